//! Khai: the form of a stay notice in three steps. The place in the form is in the address, what is typed in one
//! signal, and every fault comes from the parser the device and the office use too.

pub mod birth;
pub mod check;
pub mod guest;
pub mod nationality;
pub mod number;
pub mod opening;
pub mod reason;
pub mod stay;
pub mod summary;

use std::collections::HashSet;
use std::time::Duration;

use dossier::behalf::BehalfDraft;
use dossier::draft::{Fault, Field, GuestDraft, StayDraft, Trouble};
use dossier::id::DossierId;
use dossier::intent::Intent;
use dossier::moment::Moment;
use dossier::view::House;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::browser::Browser;
use crate::clock::Clock;
use crate::device::{Device, Typed};
use crate::live::{Memo, RwSignal, Signal, act, live};
use crate::pages::behalf::Goal;
use crate::parts::behalf::Banner;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, TITLE};
use crate::text::{fault, paper, time};

/// How long a tap takes from the moment the field before it loses the focus.
const TAP_LANDS: Duration = Duration::from_millis(250);

/// Where in the form the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bước 1: one guest, by place.
    Guest(usize),
    /// Bước 2: days, room, reason.
    Stay,
    /// Bước 3: look at it all, then send.
    Check,
}

/// The form being filled; a handle that copies.
#[derive(Clone, Copy)]
pub struct Form {
    /// What is typed.
    pub draft: RwSignal<StayDraft>,
    /// The guest for whom "Nước ngoài" was picked and no country yet; the draft still says Việt Nam.
    pub no_country: RwSignal<Option<usize>>,
    /// It is a new notice for somebody else.
    pub on_behalf: bool,
    /// The house it is for, when that is not the person's own.
    pub place: StoredValue<Option<House>>,
    faults: Memo<Vec<Fault>>,
    left: RwSignal<HashSet<Field>>,
    device: Device,
}

impl Form {
    /// A form over this draft.
    pub fn new(draft: StayDraft) -> Form {
        let (device, clock) = (Device::here(), Clock::here());
        // What was kept before was another form.
        device.kept().set(None);
        let draft = RwSignal::new(draft);
        let faults = Memo::new(move |_| {
            let now = clock.now();
            draft.with(|draft| draft.parse(now).err().unwrap_or_default())
        });
        let (no_country, left) = (RwSignal::new(None), RwSignal::new(HashSet::new()));
        let place = StoredValue::new(None);
        Form { draft, no_country, on_behalf: false, place, faults, left, device }
    }

    /// The form of this page.
    pub fn here() -> Form {
        expect_context::<Form>()
    }

    /// Changes what is typed, and has it kept.
    pub fn edit(self, change: impl FnOnce(&mut StayDraft)) {
        self.draft.update(change);
        self.device.typing().set(Some(Typed::Notice(self.draft.get_untracked())));
    }

    /// Changes one guest. A change of what a warning speaks of asks the warning again.
    pub fn edit_guest(self, place: usize, change: impl FnOnce(&mut GuestDraft)) {
        self.edit(|draft| {
            if let Some(guest) = draft.guests.get_mut(place) {
                let said = |guest: &GuestDraft| {
                    (guest.number.clone(), guest.birth_year.clone(), guest.sex, guest.paper)
                };
                let before = said(guest);
                change(guest);
                guest.confirmed &= said(guest) == before;
            }
        });
    }

    /// A text of one guest.
    pub fn guest_text(
        self,
        place: usize,
        of: impl Fn(&GuestDraft) -> String + Send + Sync + 'static,
    ) -> Signal<String> {
        Signal::derive(move || self.draft.with(|draft| draft.guests.get(place).map(&of).unwrap_or_default()))
    }

    /// One guest as typed.
    pub fn guest(self, place: usize) -> GuestDraft {
        self.draft.with(|draft| draft.guests.get(place).cloned().unwrap_or_default())
    }

    /// The field was left: its faults are shown, but only once the tap that left it has landed. Words that appear
    /// earlier push the button away from under the finger, and the tap is lost.
    pub fn leave(self, field: Field) {
        let show = move || {
            self.left.try_update(|left| {
                left.insert(field);
            });
        };
        set_timeout(show, TAP_LANDS);
    }

    /// The words under a field that was left; warnings are not among them.
    pub fn fault(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let left = self.left.with(|left| left.contains(&field));
            self.faults.with(|faults| {
                let blocked =
                    |fault: &&Fault| fault.at == field && !matches!(fault.trouble, Trouble::Unanswered(_));
                left.then(|| faults.iter().find(blocked).map(fault::words)).flatten()
            })
        })
    }

    /// Whether the field was left.
    pub fn was_left(self, field: Field) -> bool {
        self.left.with(|left| left.contains(&field))
    }

    /// The number that is meant, when the zero in front of a personal number was lost.
    pub fn lost_zero(self, place: usize) -> Option<String> {
        self.faults.with(|faults| {
            faults.iter().find(|fault| fault.at == Field::Number(place)).and_then(|fault| {
                match &fault.trouble {
                    Trouble::Paper(error) => paper::meant(error),
                    _ => None,
                }
            })
        })
    }

    /// What is wrong in this step; all of it is shown from now on.
    pub fn look_at(self, step: Step) -> Vec<Fault> {
        let mut found = self.faults.get_untracked();
        found.retain(|fault| step == Step::Check || belongs(fault.at, step));
        self.left.update(|left| left.extend(found.iter().map(|fault| fault.at)));
        found
    }

    /// Whether everything outside the guests is in order, so that step 2 may be passed over.
    pub fn knows_the_stay(self) -> bool {
        self.faults.with_untracked(|faults| !faults.iter().any(|fault| belongs(fault.at, Step::Stay)))
    }
}

fn belongs(field: Field, step: Step) -> bool {
    match step {
        Step::Guest(place) => fault::guest_of(field) == Some(place),
        Step::Stay => matches!(field, Field::Arrive | Field::Leave | Field::Room | Field::Reason),
        Step::Check => true,
    }
}

/// The step a fault is repaired in.
pub fn step_of(field: Field) -> Step {
    match fault::guest_of(field) {
        Some(place) => Step::Guest(place),
        None if field == Field::Guests => Step::Check,
        None => Step::Stay,
    }
}

/// The address of a step.
pub fn address(step: Step, dossier: Option<DossierId>) -> String {
    let edited = dossier.map(|id| format!("&sua={id}")).unwrap_or_default();
    match step {
        Step::Guest(place) => format!("/may/khai?buoc=1&khach={}{edited}", place + 1),
        Step::Stay => format!("/may/khai?buoc=2{edited}"),
        Step::Check => format!("/may/khai?buoc=3{edited}"),
    }
}

/// A draft ready to be typed into: a new one begins now, with one guest.
pub fn begun(mut draft: StayDraft, now: Moment) -> StayDraft {
    if draft.arrive_day.is_empty() {
        draft.arrive_day = time::input_day(now.day());
        draft.arrive_time = now.minute().to_string();
    }
    if draft.guests.is_empty() {
        draft.guests.push(GuestDraft::default());
    }
    draft
}

/// The three steps over a draft.
#[component]
pub fn Steps(
    /// The draft to go on with.
    draft: StayDraft,
    /// On what ground, and for which house, when it is filled in for somebody else.
    #[prop(optional_no_strip)]
    ground: Option<(BehalfDraft, Option<House>)>,
    /// The house of a notice that is changed, when it is not the person's own.
    #[prop(optional_no_strip)]
    place: Option<House>,
) -> impl IntoView {
    let place = place.or_else(|| ground.as_ref().and_then(|(_, house)| house.clone()));
    let form = Form { on_behalf: ground.is_some(), place: StoredValue::new(place), ..Form::new(draft) };
    provide_context(form);
    let (device, clock, browser) = (Device::here(), Clock::here(), Browser::here());
    let query = use_query_map();
    let step = Memo::new(move |_| {
        let query = query.read();
        let guests = form.draft.with(|draft| draft.guests.len());
        match query.get("buoc").as_deref() {
            Some("2") => Step::Stay,
            Some("3") => Step::Check,
            _ => {
                let place = query.get("khach").and_then(|place| place.parse::<usize>().ok()).unwrap_or(1);
                Step::Guest(place.saturating_sub(1).min(guests.saturating_sub(1)))
            }
        }
    });
    // A new step begins at its title, at the top.
    Effect::new(move |before: Option<Step>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            browser.with(|browser| {
                browser.to_top();
                browser.focus(TITLE);
            });
        }
        now
    });
    let dossier = form.draft.with_untracked(|draft| draft.dossier);
    let title = move || match step.get() {
        Step::Check => "Kiểm tra rồi gửi",
        Step::Guest(_) | Step::Stay if dossier.is_some() => "Sửa thông báo",
        Step::Guest(_) | Step::Stay => "Thông báo lưu trú",
    };
    let under = move || {
        let where_to = match step.get() {
            Step::Guest(place) => format!("Khách thứ {}", place + 1),
            Step::Stay | Step::Check => crate::text::people(form.draft.with(|draft| present(draft).count())),
        };
        match device.kept().get() {
            Some(at) => format!("{where_to} · tự lưu lúc {}", time::moment(at, clock.today_once())),
            None => where_to,
        }
    };
    let back = move || match step.get() {
        Step::Guest(0) => dossier.map_or("/may".to_owned(), |id| format!("/may/ho-so/{id}")),
        Step::Guest(place) => address(Step::Guest(place - 1), dossier),
        Step::Stay => {
            address(Step::Guest(form.draft.with(|draft| draft.guests.len()).saturating_sub(1)), dossier)
        }
        Step::Check => address(Step::Stay, dossier),
    };
    let faults = RwSignal::new(Vec::new());
    let foot = move || match step.get() {
        Step::Guest(place) => view! { <guest::Next place faults/> }.into_any(),
        Step::Stay => view! { <stay::Next faults/> }.into_any(),
        Step::Check => view! { <check::Send faults/> }.into_any(),
    };
    view! {
        <Page
            title=Signal::derive(move || title().to_owned())
            under=Signal::derive(under)
            back=Signal::derive(back)
            foot=foot
        >
            {ground.map(|(behalf, house)| view! { <Banner behalf house record=Goal::Notice.address(1)/> })}
            <summary::Summary faults/>
            {live(move || match step.get() {
                Step::Guest(place) => view! { <guest::GuestStep place/> }.into_any(),
                Step::Stay => view! { <stay::StayStep/> }.into_any(),
                Step::Check => view! { <check::CheckStep/> }.into_any(),
            })}
            <Discard/>
        </Page>
    }
}

/// Throws the half-filled form away, after one more look; a sent notice stays as it is.
#[component]
fn Discard() -> impl IntoView {
    let device = Device::here();
    let navigate = use_navigate();
    let dossier = Form::here().draft.with_untracked(|draft| draft.dossier);
    let discard = move |_| {
        device.typing().set(None);
        device.kept().set(None);
        device.tell(Intent::DropDraft(dossier));
        navigate("/may", Default::default());
    };
    view! {
        <details>
            <summary><Pictogram icon=Icon::Next class="i-s"/>"Không khai nữa"</summary>
            <button type="button" class="btn wide" on:click=act(discard)>"Xóa bản nháp"</button>
        </details>
    }
    .into_any()
}

/// The guests that count, with their places.
pub fn present(draft: &StayDraft) -> impl Iterator<Item = (usize, &GuestDraft)> {
    draft.guests.iter().enumerate().filter(|(_, guest)| !guest.removed)
}

/// Goes to a step of this form.
pub fn go(form: Form) -> impl Fn(Step) + Clone {
    let navigate = use_navigate();
    move |step| {
        let dossier = form.draft.with_untracked(|draft| draft.dossier);
        navigate(&address(step, dossier), Default::default());
    }
}

/// "Bước 1 trong 3: Người lưu trú", and three bars for the eye.
#[component]
pub fn StepsHead(
    /// Which of the three.
    step: u8,
    /// Its name.
    name: &'static str,
) -> impl IntoView {
    view! {
        <div class="steps-head">
            <p class="sm"><b>{format!("Bước {step} trong 3: {name}")}</b></p>
            <div class="steps" aria-hidden="true">
                {(1..=3).map(|bar| view! { <i class:on=bar <= step></i> }).collect_view()}
            </div>
        </div>
    }
}
