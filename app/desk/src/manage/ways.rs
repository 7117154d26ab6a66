//! The ways into a role's parts, each with what waits there: asked again after every contact.

use dossier::access::{Action, Role};
use dossier::intent::{Answer, Intent};
use dossier::manage::{Ask, Counts, Told};
use leptos::prelude::*;

use super::part::Part;
use app::device::Device;
use app::live::{Memo, Signal, flag, live};
use app::parts::icon::Pictogram;

/// The ways.
#[component]
pub fn Ways(
    /// As what the person is here.
    role: Role,
    /// The part that is open.
    here: Signal<Option<Part>>,
) -> impl IntoView {
    let device = Device::here();
    let contact = device.slice(|view| view.link.last_contact);
    let counted = device.follow(move || {
        contact.track();
        (role.may(Action::ReadPeople) || role.may(Action::Verify))
            .then(|| Intent::Manage(Box::new(Ask::Counts)))
    });
    // What was counted a moment ago is better than a number that jumps away; without a network there is none.
    let counts = Memo::new(move |_| {
        counted.with(|counted| match counted {
            Some((_, Answer::Managed(told))) => match **told {
                Told::Counts(counts) => Some(counts),
                _ => None,
            },
            _ => None,
        })
    });
    let ways = Part::ALL.into_iter().filter(|part| part.is_for(role)).map(|part| {
        let current = move || (here.get() == Some(part)).then_some("page");
        let badge = Memo::new(move |_| counts.get().and_then(|counts| badge(part, &counts)));
        view! {
            <li>
                <a href=part.address() aria-current=current>
                    <Pictogram icon=part.icon()/>
                    <span>{part.label()}</span>
                    {live(move || badge.get().map(|badge| view! {
                        <span class="n" class:hot=flag(move || badge.hot)>{badge.count}<span class="unseen">{badge.unit}</span></span>
                    }))}
                </a>
            </li>
        }
    });
    ways.collect_view().into_any()
}

/// A number beside a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Badge {
    count: u32,
    unit: &'static str,
    /// Somebody waits for it.
    hot: bool,
}

/// What a part counts; nothing where there is nothing to count.
fn badge(part: Part, counts: &Counts) -> Option<Badge> {
    let (count, unit, hot) = match part {
        Part::People => (counts.people, " tài khoản", false),
        Part::Requests => (counts.requests, " người chờ duyệt", counts.requests > 0),
        Part::Villages => (counts.quiet_houses, " cơ sở im lặng hoặc chưa khai", false),
        Part::Devices if counts.unsent_devices > 0 => (counts.unsent_devices, " máy còn chưa gửi", true),
        Part::Devices => (counts.silent_devices, " máy im lặng", false),
        Part::Aside => (counts.aside, " lần gửi chờ xem", counts.aside > 0),
        Part::Verifications => (counts.verifications, " phiếu chờ trả lời", counts.verifications > 0),
        Part::Complaints => (counts.complaints, " phản ánh chờ trả lời", counts.complaints > 0),
        Part::Agencies | Part::Figures | Part::Statistics | Part::Units | Part::Procedures => return None,
    };
    Some(Badge { count, unit, hot })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_somebody_is_hot_and_what_is_unsent_goes_before_what_is_silent() {
        let counts = Counts {
            people: 8,
            requests: 2,
            quiet_houses: 3,
            silent_devices: 4,
            unsent_devices: 0,
            aside: 0,
            verifications: 0,
            complaints: 0,
        };
        let of = |part, counts: &Counts| badge(part, counts).map(|badge| (badge.count, badge.hot));
        assert_eq!(of(Part::Requests, &counts), Some((2, true)));
        assert_eq!(of(Part::Devices, &counts), Some((4, false)));
        assert_eq!(of(Part::Devices, &Counts { unsent_devices: 1, ..counts }), Some((1, true)));
        assert_eq!(of(Part::Villages, &counts), Some((3, false)));
        assert_eq!(of(Part::Figures, &counts), None);
    }
}
