//! The device behind the page: what it shows, and a way to tell it what a person wants. The browser's entry
//! gives the way; the page never knows whether a worker, a test or nothing at all is behind it.

use std::future::Future;
use std::pin::Pin;

use crate::live::{Memo, RwSignal};
use dossier::draft::StayDraft;
use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FilingIntent;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Moment;
use dossier::view::{Home, Link, LinkState, Stage, View, Who};
use leptos::prelude::*;

/// An answer that is on its way.
pub type Pending = Pin<Box<dyn Future<Output = Answer>>>;

/// How an intent reaches the device.
pub type Asker = Box<dyn Fn(Intent) -> Pending>;

/// A half-filled form that is not kept yet.
#[derive(Clone)]
pub enum Typed {
    /// A stay notice.
    Notice(StayDraft),
    /// A residence dossier.
    Filing(Box<FilingDraft>),
}

impl Typed {
    /// What keeps it.
    pub fn keeping(self) -> Intent {
        match self {
            Typed::Notice(draft) => Intent::KeepDraft(draft),
            Typed::Filing(draft) => Intent::Filing(FilingIntent::Keep(draft)),
        }
    }
}

/// The device, for every page; a handle that copies.
#[derive(Clone, Copy)]
pub struct Device {
    view: ReadSignal<View>,
    asker: StoredValue<Asker, LocalStorage>,
    refusal: RwSignal<Option<Refusal>>,
    typing: RwSignal<Option<Typed>>,
    kept: RwSignal<Option<Moment>>,
}

impl Device {
    /// A device that shows `view` and is asked through `asker`.
    pub fn new(view: ReadSignal<View>, asker: Asker) -> Device {
        Device {
            view,
            asker: StoredValue::new_local(asker),
            refusal: RwSignal::new(None),
            typing: RwSignal::new(None),
            kept: RwSignal::new(None),
        }
    }

    /// The device of this page.
    pub fn here() -> Device {
        expect_context::<Device>()
    }

    /// Asks, and waits for the answer.
    pub fn ask(self, intent: Intent) -> Pending {
        self.asker.with_value(|asker| asker(intent))
    }

    /// Asks again whenever what `question` reads changes; the last question that was answered, and its answer. `None`
    /// asks nothing. An answer that comes after a newer question is not shown.
    pub fn follow(
        self,
        question: impl Fn() -> Option<Intent> + 'static,
    ) -> RwSignal<Option<(Intent, Answer)>> {
        let answered = RwSignal::new(None);
        let asked = StoredValue::new(0_u64);
        Effect::new(move |_| {
            let question = question();
            asked.update_value(|asked| *asked += 1);
            let Some(question) = question else { return answered.set(None) };
            let turn = asked.get_value();
            let pending = self.ask(question.clone());
            leptos::task::spawn_local(async move {
                let answer = pending.await;
                if asked.try_get_value() == Some(turn) {
                    answered.try_set(Some((question, answer)));
                }
            });
        });
        answered
    }

    /// Tells, without waiting. A refusal is shown by the page's frame, so that nothing fails silently.
    pub fn tell(self, intent: Intent) {
        let pending = self.ask(intent);
        leptos::task::spawn_local(async move {
            if let Answer::Refused(refusal) = pending.await {
                self.refuse(refusal);
            }
        });
    }

    /// Shows a refusal in the page's frame.
    pub fn refuse(self, refusal: Refusal) {
        self.refusal.set(Some(refusal));
    }

    /// What was refused last and not yet put away.
    pub fn refusal(self) -> RwSignal<Option<Refusal>> {
        self.refusal
    }

    /// What is being typed and not kept yet. The browser's entry keeps it when the typing pauses and when the
    /// page goes out of sight, and empties this.
    pub fn typing(self) -> RwSignal<Option<Typed>> {
        self.typing
    }

    /// When the half-filled form was kept last.
    pub fn kept(self) -> RwSignal<Option<Moment>> {
        self.kept
    }

    /// All the device shows.
    pub fn view(self) -> ReadSignal<View> {
        self.view
    }

    /// A slice of what the device shows, made anew only when it differs.
    pub fn slice<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&View) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&of))
    }

    /// Who is at the device.
    pub fn stage(self) -> Memo<Stage> {
        self.slice(|view| view.stage.clone())
    }

    /// The person and what they stand for; empty while nobody is in.
    pub fn who(self) -> Memo<Option<Who>> {
        self.slice(|view| match &view.stage {
            Stage::Open(who) => Some((**who).clone()),
            Stage::Starting
            | Stage::Fresh
            | Stage::Adding
            | Stage::Asking(_)
            | Stage::Locked { .. }
            | Stage::Elsewhere
            | Stage::Broken(_) => None,
        })
    }

    /// The link to the office.
    pub fn link(self) -> Memo<Link> {
        self.slice(|view| view.link.clone())
    }

    /// The owner's notices.
    pub fn home(self) -> Memo<Home> {
        self.slice(|view| view.home.clone().unwrap_or_default())
    }

    /// Whether the last try did not reach the office.
    pub fn is_cut_off(self) -> Memo<bool> {
        self.slice(|view| matches!(view.link.state, LinkState::Down { .. } | LinkState::Captive))
    }
}
