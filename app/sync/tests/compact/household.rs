//! Invented households that register their temporary residence: the shipped form, four people with names, numbers and days
//! of their own, as a team carries them home from an evening. Consents and pictures are not counted.

use std::collections::{BTreeMap, BTreeSet};

use dossier::filing::example::example;
use dossier::filing::{Answers, Filing};
use dossier::id::{DossierId, EstablishmentId, GuestId};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::paper::PaperKind;
use dossier::procedure::Procedure;
use dossier::procedure::load::embedded;
use dossier::sex::Sex;
use sync::case::History;
use sync::document;
use sync::frame::Parcel;

use super::village::{Chance, Phone, Words};

/// What people are to who files.
const OTHERS: [&str; 3] = ["vo", "con-de", "con-de"];

fn with(answers: &mut Answers, said: impl IntoIterator<Item = (&'static str, String)>) {
    answers.extend(said.into_iter().map(|(key, value)| (key.parse().expect("a key"), value)));
}

/// A person of the country.
fn person(chance: &mut Chance, words: &Words, today: Day) -> Answers {
    let guest = loop {
        let guest = chance.guest(words, today);
        if guest.paper.kind() == PaperKind::CitizenCard {
            break guest;
        }
    };
    let (year, month, day) = (guest.birth.year(), guest.birth.month(), guest.birth.day());
    let birth = format!("{year:04}-{:02}-{:02}", month.unwrap_or(1), day.unwrap_or(1));
    let sex = if guest.sex == Sex::Male { "nam" } else { "nu" };
    let mut answers = Answers::new();
    let number = guest.paper.number();
    with(&mut answers, [("name", guest.name.to_string()), ("birth", birth), ("number", number)]);
    with(&mut answers, [("sex", sex.to_owned())]);
    answers
}

fn filing(chance: &mut Chance, words: &Words, procedure: &Procedure, today: Day) -> Filing {
    let now = Moment::at(today, MinuteOfDay(1_200));
    let mut answers = example(procedure, now).answers;
    answers.extend(person(chance, words, today));
    let place = format!("{}, {}", chance.pick(words.hamlets), chance.pick(words.communes));
    with(&mut answers, [("address", place), ("phone", format!("0912{}", chance.digits(6)))]);
    let people = OTHERS.map(|relation| {
        let mut one = person(chance, words, today);
        with(&mut one, [("relation", relation.to_owned())]);
        (GuestId(chance.bytes()), one)
    });
    Filing {
        version: procedure.version(),
        answers,
        people: BTreeMap::from(people),
        removed: BTreeSet::new(),
        consents: BTreeMap::new(),
        papers: BTreeMap::new(),
        originals: BTreeSet::new(),
    }
}

/// So many new ones of one tablet, and the answers each holds.
pub fn households(seed: u64, words: &Words, count: usize) -> (Vec<Parcel>, usize) {
    let procedures = embedded().expect("the shipped definitions");
    let procedure = procedures.iter().find(|one| one.id.as_str() == "temporary-residence").expect("shipped");
    let today = Day::from_date(2026, 11, 24).expect("a day");
    let mut chance = Chance(seed);
    let phone = Phone::new(&mut chance);
    let mut fields = 0;
    let parcels = (0..count).map(|_| {
        let filing = filing(&mut chance, words, procedure, today);
        fields = filing.answers.len() + filing.people.values().map(Answers::len).sum::<usize>();
        let mut doc = History::new().open();
        doc.set_actor(phone.actor.clone());
        let change = document::filing::write(&mut doc, None, &filing).expect("a new dossier");
        let dossier = DossierId::mint(phone.handle, chance.bytes());
        let changes = vec![change.raw_bytes().to_vec()];
        Parcel { dossier, establishment: EstablishmentId(417), changes }
    });
    (parcels.collect(), fields)
}
