//! Khai thay: for whom, by what right, and how they said yes. Three small steps before the notice or the dossier itself; each
//! is kept as soon as it is done.

use dossier::behalf::{BehalfDraft, BehalfFault, BehalfField, Ground};
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::intent::{Answer, Intent};
use dossier::procedure::Agency;
use dossier::view::House;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::browser::Browser;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, live};
use crate::parts::field::{Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, TITLE};
use crate::text::behalf as words;

mod consent;
mod goal;
mod ground;
mod who;

pub use goal::Goal;

/// Where in it the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Who,
    Ground,
    Consent,
}

impl Step {
    /// The fields that are asked here.
    fn asks(self, field: BehalfField) -> bool {
        match self {
            Step::Who => {
                matches!(field, BehalfField::House | BehalfField::Giver | BehalfField::GiverNumber)
            }
            Step::Ground => field == BehalfField::Days,
            Step::Consent => {
                matches!(
                    field,
                    BehalfField::Witness
                        | BehalfField::WitnessNumber
                        | BehalfField::Signature
                        | BehalfField::Code
                )
            }
        }
    }

    fn of(field: BehalfField) -> Step {
        [Step::Who, Step::Ground, Step::Consent]
            .into_iter()
            .find(|step| step.asks(field))
            .unwrap_or(Step::Who)
    }

    const fn place(self) -> u8 {
        match self {
            Step::Who => 1,
            Step::Ground => 2,
            Step::Consent => 3,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Step::Who => "Khai cho ai",
            Step::Ground => "Căn cứ khai thay",
            Step::Consent => "Người đó đồng ý",
        }
    }
}

/// What is being recorded; a handle that copies.
#[derive(Clone, Copy)]
pub(crate) struct Record {
    draft: RwSignal<BehalfDraft>,
    /// What it is for.
    goal: StoredValue<Goal>,
    faults: RwSignal<Vec<BehalfFault>>,
    device: Device,
    clock: Clock,
}

impl Record {
    fn here() -> Record {
        expect_context::<Record>()
    }

    /// Changes what is typed. What was wrong and is not any more goes; the rest is looked at with the next button.
    fn edit(self, change: impl FnOnce(&mut BehalfDraft)) {
        self.draft.update(change);
        let still = self.wrong();
        self.faults.update(|faults| faults.retain(|fault| still.contains(fault)));
    }

    /// Everything that is wrong with it now.
    fn wrong(self) -> Vec<BehalfFault> {
        let who = self.device.who();
        let helper = who.with_untracked(|who| who.as_ref().map(|who| who.name.clone())).unwrap_or_default();
        let draft = self.draft.get_untracked();
        let matter = self.goal.with_value(Goal::matter);
        draft.parse(self.clock.now_once(), &helper, matter).err().unwrap_or_default()
    }

    /// Keeps what is typed.
    fn keep(self) {
        let draft = self.draft.get_untracked();
        self.device.tell(self.goal.with_value(|goal| goal.keep(draft)));
    }

    /// The address of a step.
    fn address(self, step: Step) -> String {
        self.goal.with_value(|goal| goal.address(step.place()))
    }

    fn text(self, of: impl Fn(&BehalfDraft) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.draft.with(&of))
    }

    fn fault(self, field: BehalfField) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| faults.iter().find(|fault| fault.at() == field).map(words::words))
        })
    }
}

/// A line of it, kept when it is left.
#[component]
fn Line(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    kind: Kind,
    field: BehalfField,
    of: fn(&BehalfDraft) -> &String,
    at: fn(&mut BehalfDraft) -> &mut String,
) -> impl IntoView {
    let record = Record::here();
    view! {
        <TextField
            id=id
            label=label
            hint=hint
            kind=kind
            value=record.text(move |draft| of(draft).clone())
            on_input=move |text| record.edit(|draft| *at(draft) = text)
            on_leave=Callback::new(move |()| record.keep())
            fault=record.fault(field)
        />
    }
}

/// The page: fetches what was typed of it, and the houses of the helper's area.
#[component]
pub fn BehalfPage() -> impl IntoView {
    let device = Device::here();
    let loaded = RwSignal::new(None::<(BehalfDraft, Vec<House>, Option<Agency>)>);
    let query = use_query_map().get_untracked();
    let goal = Goal::of_query(|key| query.get(key));
    let ((record, matter), procedure) = (goal.load(), goal.procedure().cloned());
    leptos::task::spawn_local(async move {
        match device.ask(record).await {
            Answer::Behalf(mut draft, houses) => {
                let opened = match matter {
                    Some(matter) => device.ask(matter).await,
                    None => Answer::Done,
                };
                let there = match opened {
                    Answer::Detail(detail) => Some((detail.house.id, detail.behalf)),
                    Answer::Filing(FilingAnswer::Detail(detail)) => Some((detail.house.id, detail.behalf)),
                    _ => None,
                };
                if let Some((house, behalf)) = there {
                    draft.house = Some(house);
                    if let (Some(behalf), true) = (behalf, draft.giver.is_empty()) {
                        draft.giver = behalf.basis.principal().to_string();
                    }
                }
                let procedures = match procedure {
                    Some(_) => device.ask(Intent::Filing(FilingIntent::Procedures)).await,
                    None => Answer::Done,
                };
                let agency = match procedures {
                    Answer::Filing(FilingAnswer::Procedures(all)) => {
                        all.into_iter().find(|one| Some(&one.id) == procedure.as_ref()).map(|one| one.agency)
                    }
                    _ => None,
                };
                loaded.try_set(Some((*draft, houses, agency)));
            }
            Answer::Refused(refusal) => device.refuse(refusal),
            _ => {}
        }
    });
    live(move || {
        loaded.get().map(|(draft, houses, agency)| view! { <Steps draft houses agency goal=goal.clone()/> })
    })
}

/// The three steps.
#[component]
pub fn Steps(
    /// What was typed of it.
    draft: BehalfDraft,
    /// The houses of the helper's area.
    houses: Vec<House>,
    /// The agency that decides a dossier.
    #[prop(optional_no_strip)]
    agency: Option<Agency>,
    /// What it is recorded for.
    goal: Goal,
) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let matter = goal.matter();
    let start = match &goal {
        Goal::Dossier(procedure) => format!("/may/thu-tuc/{procedure}"),
        _ => "/may".to_owned(),
    };
    let record = Record {
        draft: RwSignal::new(draft),
        goal: StoredValue::new(goal),
        faults: RwSignal::new(Vec::new()),
        device,
        clock: Clock::here(),
    };
    provide_context(record);
    let query = use_query_map();
    let step = Memo::new(move |_| match query.read().get("buoc").as_deref() {
        Some("2") => Step::Ground,
        Some("3") => Step::Consent,
        _ => Step::Who,
    });
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
    let back = move || match step.get() {
        Step::Who => start.clone(),
        Step::Ground => record.address(Step::Who),
        Step::Consent => record.address(Step::Ground),
    };
    let houses = StoredValue::new(houses);
    view! {
        <Page
            title=Signal::derive(move || step.get().name().to_owned())
            window="Khai thay"
            under=Signal::derive(move || format!("Khai thay · bước {} trong 3", step.get().place()))
            back=Signal::derive(back)
            foot=move || view! { <Next step/> }
        >
            <Faults/>
            {live(move || match step.get() {
                Step::Who => view! { <who::Who houses=houses.get_value() matter agency/> }.into_any(),
                Step::Ground => view! { <ground::GroundStep/> }.into_any(),
                Step::Consent => view! { <consent::ConsentStep/> }.into_any(),
            })}
        </Page>
    }
    .into_any()
}

/// What is wrong, on top, each a link to its field.
#[component]
fn Faults() -> impl IntoView {
    let (record, browser) = (Record::here(), Browser::here());
    let navigate = use_navigate();
    view! {
        <div id="can-xem" tabindex="-1" role="alert">
            {live(move || {
                let faults = record.faults.get();
                let navigate = navigate.clone();
                (!faults.is_empty()).then(move || {
                    let count = faults.len();
                    let links = faults.into_iter().map(|fault| {
                        let (navigate, anchor, words) =
                            (navigate.clone(), words::anchor(fault.at()), words::words(&fault));
                        let go = move |event: leptos::ev::MouseEvent| {
                            event.prevent_default();
                            navigate(&record.address(Step::of(fault.at())), Default::default());
                            browser.with(|browser| browser.focus(anchor));
                        };
                        view! { <li><a href=format!("#{anchor}") on:click=act(go)>{words}</a></li> }
                    });
                    view! {
                        <div class="check xem">
                            <Pictogram icon=Icon::Review/>
                            <div class="grow">
                                <p><b>{format!("Có {count} chỗ cần xem lại")}</b></p>
                                <ul>{links.collect_view()}</ul>
                            </div>
                        </div>
                    }
                })
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Next(step: Memo<Step>) -> impl IntoView {
    let (record, browser) = (Record::here(), Browser::here());
    let navigate = use_navigate();
    let next = move |_| {
        record.keep();
        let own = record.draft.with_untracked(|draft| draft.ground != Ground::Authorised);
        let (here, found) = (step.get_untracked(), record.wrong());
        // The last step shows whatever is still wrong; before it, only what is asked here.
        let last = here == Step::Consent || (here == Step::Ground && own);
        let found: Vec<BehalfFault> =
            found.into_iter().filter(|fault| last || here.asks(fault.at())).collect();
        record.faults.set(found.clone());
        if !found.is_empty() {
            browser.with(|browser| {
                browser.to_top();
                browser.focus("can-xem");
            });
            return;
        }
        let (next, again) = record.goal.with_value(|goal| (goal.next(), goal.again()));
        let to = match (here, again) {
            (_, Some(id)) if last => {
                let (device, navigate) = (record.device, navigate.clone());
                leptos::task::spawn_local(async move {
                    match device.ask(Intent::GroundAgain(id)).await {
                        Answer::Saved(_) => navigate(&next, Default::default()),
                        Answer::BehalfFaults(found) => record.faults.try_set(found),
                        Answer::Refused(refusal) => device.refuse(refusal),
                        _ => {}
                    }
                });
                return;
            }
            (_, None) if last => next,
            (Step::Who, _) => record.address(Step::Ground),
            (Step::Ground | Step::Consent, _) => record.address(Step::Consent),
        };
        navigate(&to, Default::default());
    };
    view! { <button type="button" class="btn main-act wide" on:click=act(next)>"Tiếp tục"</button> }
        .into_any()
}
