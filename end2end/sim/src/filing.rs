//! Residence dossiers in the world: a small form, filed and changed by the people of a house, with photographed papers;
//! decided on by officers.

use std::sync::OnceLock;

use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FilingIntent;
use dossier::filing::status::Stage;
use dossier::filing::step::{Item, Items, Outside, ReturnWay, Step};
use dossier::id::DossierId;
use dossier::intent::Intent;
use dossier::moment::Day;
use dossier::procedure::{Procedure, load};
use sync::catalogue::Catalogue;
use sync::device::Open;
use sync::office::Known;

use crate::cast::Matter;
use crate::office::Office;
use crate::phone::Asked;
use crate::world::World;
use crate::{fees, pictures, slips};

/// The procedures of this world: one, so that a frame stays small.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let shipped = load::embedded().expect("a test reads the shipped files");
        let one = shipped.into_iter().filter(|procedure| procedure.id.as_str() == "residence-confirmation");
        let one = one.map(|procedure| Procedure { papers: vec![pictures::paper()], ..procedure });
        Catalogue::of(one.collect())
    })
}

const SAID: [(&str, &str); 8] = [
    ("name", "Lò Văn Mẫn"),
    ("birth", "2001-03-09"),
    ("sex", "nam"),
    ("number", "012201004318"),
    ("for-whom", "minh"),
    ("relation", "chu-ho"),
    ("request", "Xác nhận nơi tạm trú"),
    ("return", "dien-tu"),
];

/// Telephones people write in, one over the other.
pub const PHONES: [&str; 4] = ["0912000456", "0912000457", "0912000458", "0912000459"];

/// The form as somebody has filled it in.
pub fn filled(procedure: &Procedure) -> FilingDraft {
    let mut draft = FilingDraft::new(procedure);
    for (key, value) in SAID {
        draft.answers.insert(key.parse().expect("a key"), value.to_owned());
    }
    draft.confirmed = ["number".parse().expect("a key")].into();
    draft
}

/// The residence dossiers on a phone.
pub fn own(open: &Open) -> Vec<DossierId> {
    let here = open.replica.cases.iter().filter(|(_, held)| held.reminted.is_none() && held.filing().is_ok());
    here.map(|(id, _)| *id).collect()
}

/// Files one, or changes one that is there. Nothing, as long as no office has told which procedures there are.
pub fn files(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let mine = own(open);
    let known = world.phones[at].knows_procedures();
    let phone = PHONES[world.prng.below(PHONES.len())].to_owned();
    let change = world.prng.chance(if world.matter.is_filing() { 950 } else { 600 });
    let most = if world.matter.is_filing() { 1 } else { 3 };
    let mut draft = match world.prng.pick(&mine).copied().filter(|_| change) {
        Some(id) => return change_to(world, at, id, phone),
        None if known && mine.len() < most => filled(&catalogue().procedures[0]),
        None => return,
    };
    draft.answers.insert("phone".parse().expect("a key"), phone);
    pages(world, at, draft);
}

/// Changes what one says.
pub fn changes(world: &mut World, at: usize, id: DossierId) {
    let phone = PHONES[world.prng.below(PHONES.len())].to_owned();
    change_to(world, at, id, phone);
}

fn change_to(world: &mut World, at: usize, id: DossierId, phone: String) {
    let open = world.phones[at].open();
    let held = open.and_then(|open| open.replica.cases.get(&id)?.filing().ok());
    let Some(filing) = held else { return };
    let mut draft = FilingDraft { dossier: Some(id), ..FilingDraft::of(filing) };
    draft.answers.insert("phone".parse().expect("a key"), phone);
    pages(world, at, draft);
}

/// Where papers are what it is about, one is photographed before the form is handed in.
fn pages(world: &mut World, at: usize, draft: FilingDraft) {
    if world.matter != Matter::Papers || !pictures::takes(world, at, &draft) {
        hands_in(world, at, draft);
    }
}

/// Hands a form in.
pub fn hands_in(world: &mut World, at: usize, draft: FilingDraft) {
    world.ask(at, Intent::Filing(FilingIntent::Submit(Box::new(draft))), Asked::Save);
}

/// The residence dossiers at the office.
pub fn filings(office: &Office) -> Vec<DossierId> {
    let filing = |known: &Known| known.history.read().is_ok_and(|content| content.filing().is_some());
    office.tables.known.iter().filter(|(_, known)| filing(known)).map(|(id, _)| *id).collect()
}

/// Hands a dossier in again as it stands; nothing when it is none.
pub fn again(world: &mut World, at: usize, id: DossierId) {
    let held = world.phones[at].open().and_then(|open| open.replica.cases.get(&id));
    let Some(filing) = held.and_then(|held| held.filing().ok()) else { return };
    let draft = FilingDraft { dossier: Some(id), ..FilingDraft::of(filing) };
    hands_in(world, at, draft);
}

/// Chooses where two phones wrote differently.
pub fn chooses(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let mut cases = open.replica.cases.iter();
    let found = cases.find_map(|(id, held)| Some((*id, held.conflicting_places().first()?.clone())));
    let Some((id, place)) = found else { return };
    let choice = world.prng.below(2);
    world.ask(at, Intent::Filing(FilingIntent::Choose(id, place, choice)), Asked::Acts(vec![id]));
}

/// An officer takes the next step of a dossier, on what the screen shows.
pub fn steps(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let mine = own(open);
    let Some(id) = world.prng.pick(&mine).copied() else { return };
    let Some(held) = world.phones[at].open().and_then(|open| open.replica.cases.get(&id)) else { return };
    let (status, heads) = (held.filing_status(), held.history.heads());
    if world.matter == Matter::Papers && world.prng.chance(300) && pictures::looks(world, at, id) {
        return;
    }
    if world.matter == Matter::Fees
        && world.prng.chance(700)
        && let Some(step) = fees::step(world, &status)
    {
        return world.ask(at, Intent::Filing(FilingIntent::Step(id, Box::new(step))), Asked::Acts(vec![id]));
    }
    let stage = status.stage;
    let asks = world.prng.chance(if world.matter == Matter::Slips { 60 } else { 300 });
    let words = || "Đã xác nhận".parse().expect("words");
    let step = match stage {
        Stage::Waiting { .. } | Stage::Accepted | Stage::Processing if asks => {
            let item = Item { at: None, what: "Ghi số điện thoại".parse().expect("words") };
            Step::Supplement { heads, items: Items::new(vec![item]).expect("one"), until: None }
        }
        Stage::Waiting { .. } => {
            let (appointed, way) = (Day(20_790), ReturnWay::Electronic);
            Step::Accept { heads, appointed, way, papers: Vec::new() }
        }
        Stage::Accepted | Stage::Processing if world.matter == Matter::Slips && world.prng.chance(800) => {
            slips::question(world, at)
        }
        Stage::Verifying { to, at: asked, .. } => return slips::waits(world, at, id, (to, asked)),
        Stage::Accepted | Stage::Processing if world.matter.is_filing() && world.prng.chance(500) => {
            Step::Pause { whom: Outside::Committee }
        }
        Stage::Outside { .. } => Step::Resume,
        Stage::Accepted | Stage::Processing => Step::Decide { heads, words: words(), until: None },
        Stage::Decided => Step::HandOver { way: ReturnWay::Electronic },
        _ => return,
    };
    world.ask(at, Intent::Filing(FilingIntent::Step(id, Box::new(step))), Asked::Acts(vec![id]));
}
