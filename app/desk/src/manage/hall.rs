//! What the parts of this work read and do; a handle that copies, handed down by context.

use std::collections::BTreeSet;

use dossier::access::Role;
use dossier::id::VillageId;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{Agreed, Ask, Commune, House, Invited, Told, Village};
use dossier::moment::Day;
use leptos::prelude::*;

use super::line::{Line, lines};
use super::part::Part;
use super::statistics;
use app::browser::Browser;
use app::clock::Clock;
use app::device::Device;
use app::live::{Memo, RwSignal};
use app::text::refusal;

/// What the office said to the question of this part.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Heard {
    /// Nothing yet.
    #[default]
    Asking,
    /// This.
    Told(Told),
    /// It did not answer, or would not.
    Refused(Refusal),
}

/// What is open beside the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A row, by its key.
    Row(String),
    /// Something new.
    New,
    /// All that is chosen.
    Several,
}

/// Villages and establishments, for the lists of forms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Land {
    /// Communes.
    pub communes: Vec<Commune>,
    /// Villages.
    pub villages: Vec<Village>,
    /// Establishments.
    pub houses: Vec<House>,
}

/// The hall.
#[derive(Clone, Copy)]
pub struct Hall {
    /// The device.
    pub device: Device,
    /// The browser.
    pub browser: Browser,
    /// As what the person is here.
    pub role: Role,
    /// The part.
    pub part: Memo<Part>,
    /// Today.
    pub today: Memo<Day>,
    /// What the office said last; nothing older is ever shown in its place.
    pub heard: Memo<Heard>,
    /// Villages and establishments.
    pub land: Memo<Land>,
    /// The filter of the address.
    pub chip: Memo<String>,
    /// The words looked for: never in the address.
    pub words: RwSignal<String>,
    /// The row the keys stand on.
    pub cursor: RwSignal<Option<String>>,
    /// What is open.
    pub opened: RwSignal<Option<Opened>>,
    /// Why the last thing asked was not done.
    pub said: RwSignal<Option<String>>,
    /// The code that was made last: readable now and never again.
    pub code: RwSignal<Option<Invited>>,
    /// The code of consent that was made last.
    pub agreed: RwSignal<Option<Agreed>>,
    /// The rows that are chosen, to do something to several.
    pub ticked: RwSignal<BTreeSet<String>>,
    /// Whether the list of keys is open.
    pub help: RwSignal<bool>,
    turn: RwSignal<u32>,
}

impl Hall {
    /// A hall that asks the office: again after every contact, and after everything done here.
    pub fn asking(part: Memo<Part>, chip: Memo<String>) -> Hall {
        let device = Device::here();
        let contact = device.slice(|view| view.link.last_contact);
        let turn = RwSignal::new(0_u32);
        let heard_of = move |question: Box<dyn Fn() -> Option<Ask>>| {
            let answered = device.follow(move || {
                contact.track();
                turn.track();
                question().map(|ask| Intent::Manage(Box::new(ask)))
            });
            Memo::new(move |_| {
                answered.with(|answered| match answered {
                    Some((Intent::Manage(ask), Answer::Managed(told))) => {
                        (Some((**ask).clone()), Heard::Told((**told).clone()))
                    }
                    Some((Intent::Manage(ask), Answer::Refused(refusal))) => {
                        (Some((**ask).clone()), Heard::Refused(refusal.clone()))
                    }
                    _ => (None, Heard::Asking),
                })
            })
        };
        let main = heard_of(Box::new(move || Some(part.get().ask())));
        let villages = heard_of(Box::new(move || part.get().names_places().then_some(Ask::Villages(None))));
        let houses = heard_of(Box::new(move || part.get().names_places().then_some(Ask::Houses(None))));
        let heard = Memo::new(move |_| {
            let (ask, heard) = main.get();
            // What another part was told is not this one's.
            if ask == Some(part.get().ask()) { heard } else { Heard::Asking }
        });
        let land = Memo::new(move |_| {
            let mut land = Land::default();
            if let (_, Heard::Told(Told::Villages(communes, villages))) = villages.get() {
                (land.communes, land.villages) = (communes, villages);
            }
            if let (_, Heard::Told(Told::Houses(houses))) = houses.get() {
                land.houses = houses;
            }
            land
        });
        Hall::over(part, chip, heard, land, turn)
    }

    /// A hall over what was heard.
    pub fn over(
        part: Memo<Part>,
        chip: Memo<String>,
        heard: Memo<Heard>,
        land: Memo<Land>,
        turn: RwSignal<u32>,
    ) -> Hall {
        let device = Device::here();
        let minute = Clock::here().minute();
        let role = device.who().with_untracked(|who| who.as_ref().map_or(Role::Citizen, |who| who.role));
        Hall {
            device,
            browser: Browser::here(),
            role,
            part,
            today: Memo::new(move |_| minute.get().0),
            heard,
            land,
            chip,
            words: RwSignal::new(String::new()),
            cursor: RwSignal::new(None),
            opened: RwSignal::new(None),
            said: RwSignal::new(None),
            code: RwSignal::new(None),
            agreed: RwSignal::new(None),
            ticked: RwSignal::new(BTreeSet::new()),
            help: RwSignal::new(false),
            turn,
        }
    }

    /// The hall of this page.
    pub fn here() -> Hall {
        expect_context::<Hall>()
    }

    /// The rows in sight.
    pub fn lines(self) -> Vec<Line> {
        let (chip, words) = (self.chip.get(), self.words.get());
        let all = self.heard.with(|heard| match heard {
            Heard::Told(Told::Statistics(figures, _)) => statistics::lines(figures, &chip, self.today.get()),
            Heard::Told(told) => lines(told, self.today.get()),
            Heard::Asking | Heard::Refused(_) => Vec::new(),
        });
        let known = self.part.get().chips().iter().any(|(code, _)| *code == chip);
        let stays = |line: &Line| (!known || line.chips.contains(&chip.as_str())) && line.holds(&words);
        all.into_iter().filter(stays).collect()
    }

    /// Something of what was told, without following it.
    pub fn find<T>(self, of: impl FnOnce(&Told) -> Option<T>) -> Option<T> {
        self.heard.with(|heard| match heard {
            Heard::Told(told) => of(told),
            Heard::Asking | Heard::Refused(_) => None,
        })
    }

    /// Opens something, with nothing said of the last thing.
    pub fn open(self, opened: Option<Opened>) {
        self.said.set(None);
        self.code.set(None);
        self.agreed.set(None);
        self.opened.set(opened);
    }

    /// Asks the same again.
    pub fn again(self) {
        self.turn.update(|turn| *turn += 1);
    }

    /// Says why nothing was asked.
    pub fn object(self, why: &str) {
        self.said.set(Some(why.to_owned()));
    }

    /// Does something; what is refused is said in the pane, and what was typed stays.
    pub fn act(self, ask: Ask, closes: bool) {
        let pending = self.device.ask(Intent::Manage(Box::new(ask)));
        self.said.set(None);
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Managed(told) => {
                    match *told {
                        Told::Invited(invited) => self.code.try_set(Some(invited)),
                        Told::Agreed(agreed) => self.agreed.try_set(Some(agreed)),
                        _ if closes => self.opened.try_set(None),
                        _ => {}
                    }
                    self.turn.try_update(|turn| *turn += 1);
                }
                Answer::Refused(refused) => self.said.try_set(Some(refusal::words(&refused))),
                _ => {}
            }
        });
    }

    /// Villages, as a list of a form shows them.
    pub fn villages(self) -> Vec<(String, String)> {
        self.land
            .with(|land| land.villages.iter().map(|one| (one.id.0.to_string(), one.name.clone())).collect())
    }

    /// Establishments, as a list of a form shows them.
    pub fn houses(self) -> Vec<(String, String)> {
        let named = |one: &House| (one.id.0.to_string(), format!("{} · {}", one.name, one.village_name));
        self.land.with(|land| land.houses.iter().map(named).collect())
    }

    /// Communes, as a list of a form shows them.
    pub fn communes(self) -> Vec<(String, String)> {
        let named = |one: &Commune| (one.code.0.to_string(), one.name.clone());
        self.land.with(|land| land.communes.iter().map(named).collect())
    }

    /// The establishments of one village.
    pub fn houses_of(self, village: VillageId) -> Vec<House> {
        self.land.with(|land| land.houses.iter().filter(|one| one.village == village).cloned().collect())
    }
}
