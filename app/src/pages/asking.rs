//! Xin tài khoản: three small pages, one question each, kept while they are typed; then what became of it.

use dossier::asking::{AskDraft, AskField, AskState, Asking};
use dossier::intent::{Answer, Intent};
use dossier::view::Stage;
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, live};
use crate::parts::field::{Blocked, Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Refused, Strip, TITLE, name_window};
use crate::text::asking as words;

mod standing;
mod steps;

/// Where in it the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Who,
    Place,
    Role,
    /// It is kept: what became of it.
    Standing,
}

impl Step {
    fn of(field: AskField) -> Step {
        match field {
            AskField::Name | AskField::Phone => Step::Who,
            AskField::Commune | AskField::Village => Step::Place,
            AskField::Role | AskField::House => Step::Role,
        }
    }

    const fn number(self) -> u8 {
        match self {
            Step::Who => 1,
            Step::Place => 2,
            Step::Role | Step::Standing => 3,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Step::Who => "Bạn là ai",
            Step::Place => "Bạn ở đâu",
            Step::Role => "Bạn khai cho nơi nào",
            Step::Standing => "Xin tài khoản",
        }
    }
}

/// What is being typed; a handle that copies.
#[derive(Clone, Copy)]
struct Form {
    device: Device,
    step: RwSignal<Step>,
    draft: RwSignal<AskDraft>,
    faults: RwSignal<Vec<AskField>>,
    asking: Memo<Asking>,
}

impl Form {
    fn here() -> Form {
        expect_context::<Form>()
    }

    fn edit(self, change: impl FnOnce(&mut AskDraft)) {
        self.draft.update(change);
        let still = self.draft.with_untracked(AskDraft::faults);
        self.faults.update(|faults| faults.retain(|fault| still.contains(fault)));
    }

    /// Keeps what is typed.
    fn keep(self) {
        self.device.tell(Intent::KeepAsking(Box::new(self.draft.get_untracked())));
    }

    fn text(self, of: impl Fn(&AskDraft) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.draft.with(&of))
    }

    fn fault(self, field: AskField) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| faults.contains(&field).then(|| words::missing(field).to_owned()))
        })
    }

    /// On to the next page, if what is asked here is there; the last one sends.
    fn next(self) {
        let here = self.step.get_untracked();
        let mut found = self.draft.with_untracked(AskDraft::faults);
        if here != Step::Role {
            found.retain(|field| Step::of(*field) == here);
        }
        self.faults.set(found.clone());
        if let Some(first) = found.first() {
            return self.step.set(Step::of(*first));
        }
        match here {
            Step::Who => self.step.set(Step::Place),
            Step::Place => self.step.set(Step::Role),
            Step::Role | Step::Standing => self.send(),
        }
        if here != Step::Role {
            self.keep();
        }
    }

    fn send(self) {
        let pending = self.device.ask(Intent::SendAsking(Box::new(self.draft.get_untracked())));
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Done => {
                    self.step.try_set(Step::Standing);
                }
                Answer::AskFaults(faults) => {
                    let first = faults.first().map_or(Step::Who, |field| Step::of(*field));
                    self.faults.try_set(faults);
                    self.step.try_set(first);
                }
                Answer::Refused(refusal) => self.device.refuse(refusal),
                _ => {}
            }
        });
    }
}

/// The page.
#[component]
pub fn AskingPage() -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let asking = device.slice(|view| match &view.stage {
        Stage::Asking(asking) => (**asking).clone(),
        _ => Asking::default(),
    });
    let first = asking.with_untracked(|asking| match asking.state {
        AskState::Typing => asking.draft.faults().first().map_or(Step::Role, |field| Step::of(*field)),
        AskState::Kept | AskState::Waiting | AskState::Refused(_) => Step::Standing,
    });
    let draft = asking.with_untracked(|asking| asking.draft.clone());
    let form = Form {
        device,
        step: RwSignal::new(first),
        draft: RwSignal::new(draft),
        faults: RwSignal::new(Vec::new()),
        asking,
    };
    provide_context(form);
    name_window(|| "Xin tài khoản".to_owned());
    Effect::new(move |_| {
        form.step.track();
        browser.with(|browser| {
            browser.to_top();
            browser.focus(TITLE);
        });
    });
    view! {
        <div class="app">
            <header class="masthead"><p class="clock">"Bản Khai"</p><p class="mute">"Xin tài khoản, cả khi mất mạng"</p></header>
            <div class="weave big"></div>
            <Strip/>
            <main class="main">
                <Refused/>
                {live(move || match form.step.get() {
                    Step::Standing => view! { <standing::Standing/> }.into_any(),
                    step => view! { <Asked step/> }.into_any(),
                })}
            </main>
        </div>
    }
}

/// One page of the form.
#[component]
fn Asked(step: Step) -> impl IntoView {
    let form = Form::here();
    let on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.next();
    };
    let back = move |_| {
        form.keep();
        form.step.set(if step == Step::Role { Step::Place } else { Step::Who });
    };
    let last = step == Step::Role;
    view! {
        <form class="stack" on:submit=act(on)>
            <div>
                <p class="sm"><b>{format!("Bước {} trong 3", step.number())}</b></p>
                <div class="steps" aria-hidden="true">
                    {(1..=3).map(|bar| view! { <i class:on=bar <= step.number()></i> }).collect_view()}
                </div>
            </div>
            <h1 id=TITLE tabindex="-1">{step.name()}</h1>
            {match step {
                Step::Who => view! { <steps::Who/> }.into_any(),
                Step::Place => view! { <steps::Place/> }.into_any(),
                Step::Role | Step::Standing => view! { <steps::As/> }.into_any(),
            }}
            <button class="btn main-act wide">{if last { "Gửi Công an xã" } else { "Tiếp tục" }}</button>
            {(step != Step::Who).then(|| view! {
                <button type="button" class="btn plain wide" on:click=act(back)>"Quay lại"</button>
            })}
            {(step == Step::Who).then(|| view! { <standing::GiveUp/> })}
        </form>
    }
    .into_any()
}
