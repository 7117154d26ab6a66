//! Photographed papers: taken on a phone, carried a piece at a time behind their text, looked at on a desk.
//!
//! I14: what the office says it has is byte for byte what was taken; a picture whose text is at the office follows it
//! from whoever still has it, and nobody lets go of the only one; text waits for no picture; and of a picture nothing the
//! office has is sent again but the piece that was under way, each time the line or the app broke off.

use std::collections::BTreeMap;

use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FilingIntent;
use dossier::filing::{Filing, PaperRef};
use dossier::id::DossierId;
use dossier::intent::Intent;
use dossier::manage::Objection;
use dossier::place::Place;
use dossier::procedure::field::Need;
use dossier::procedure::{PaperKey, PaperNeeded};
use sync::device::Open;
use sync::papers::{Arrived, CHUNK, HEAD, Head, Lying, PATH, PaperDigest, Taken, digest, hex, take};
use sync::request::Call;
use sync::slot::Slot;

use crate::office::Office;
use crate::phone::Asked;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::world::World;

/// A picture at the office.
#[derive(Clone, Default)]
pub struct Picture {
    /// What is there of it.
    there: Vec<u8>,
    whole: bool,
    /// The most that was ever there.
    most: usize,
}

/// What a phone has sent of one picture.
#[derive(Default)]
pub struct Trip {
    /// How often it asked how far the picture is.
    asked: usize,
    /// Bytes it sent although the office had them.
    again: usize,
}

/// What was sent, by phone, dossier and picture.
pub type Trips = BTreeMap<(usize, DossierId, PaperDigest), Trip>;

/// The one paper of this world's procedure.
fn key() -> PaperKey {
    "giay-to".parse().expect("a key")
}

/// The same, as the procedure asks for it.
pub fn paper() -> PaperNeeded {
    let label = "Giấy tờ kèm theo".to_owned();
    PaperNeeded { key: key(), label, hint: String::new(), need: Need::Optional, pages: 32 }
}

/// Photographs a page for a form that is about to be handed in. False where there are enough.
pub fn takes(world: &mut World, at: usize, draft: &FilingDraft) -> bool {
    if draft.papers.len() >= 3 || world.prng.chance(200) {
        return false;
    }
    let bytes = photographed(world);
    let asked = Asked::Page(Box::new(draft.clone()), bytes.clone());
    world.ask(at, Intent::Filing(FilingIntent::KeepPaper(key(), bytes)), asked);
    true
}

/// Somebody without an account brings a picture by the code of a dossier, before any answer names it: what becomes of its
/// pieces on the way is the browser's, and the office has it whole or not at all.
pub fn comes_by_code(world: &mut World, dossier: DossierId) -> PaperRef {
    let there = photographed(world);
    let page = PaperRef { paper: key(), digest: digest(&there), bytes: there.len() as u32 };
    let picture = Picture { most: there.len(), there: there.clone(), whole: true };
    world.office.tables.pictures.insert((dossier, page.digest), picture);
    world.ledger.taken.insert(page.digest, there);
    page
}

fn photographed(world: &mut World) -> Vec<u8> {
    let length = 30_000 + world.prng.below(100_000);
    let mut bytes: Vec<u8> =
        std::iter::repeat_with(|| world.prng.next().to_le_bytes()).flatten().take(length).collect();
    bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
    bytes
}

/// Somebody at a desk looks at a page.
pub fn looks(world: &mut World, at: usize, id: DossierId) -> bool {
    let open = world.phones[at].open();
    let filing = open.and_then(|open| open.replica.cases.get(&id)?.filing().ok());
    let pages: Vec<_> =
        filing.iter().flat_map(|filing| &filing.papers).map(|(page, of)| (*page, of.digest)).collect();
    let page = world.prng.pick(&pages).copied();
    if let Some((page, digest)) = page {
        world.ask(at, Intent::Filing(FilingIntent::Picture(id, page)), Asked::Look(digest));
    }
    page.is_some()
}

/// A picture on the screen.
pub fn shown(world: &mut World, digest: &PaperDigest, bytes: &[u8]) {
    if world.ledger.taken.get(digest).is_none_or(|taken| taken != bytes) {
        world.ledger.fail("I14", world.trace.step, "a picture is shown that nobody took".into());
    }
}

/// A request leaves a phone.
pub fn sends(world: &mut World, at: usize, call: &Call) {
    let head = Head::read(&call.body).filter(|_| call.path == PATH);
    let Some(Head { dossier, picture, from, .. }) = head else { return };
    let trip = world.ledger.trips.entry((at, dossier, picture)).or_default();
    let (from, length) = (from as usize, call.body.len() - HEAD);
    let most = world.office.tables.pictures.get(&(dossier, picture)).map_or(0, |picture| picture.most);
    trip.asked += usize::from(length == 0);
    trip.again += most.min(from + length).saturating_sub(from);
}

fn papers_of(office: &Office, dossier: DossierId) -> Vec<PaperRef> {
    let content = office.tables.known.get(&dossier).and_then(|known| known.history.read().ok());
    let filing = content.as_ref().and_then(|content| content.filing());
    filing.into_iter().flat_map(|filing: &Filing| filing.papers.values().cloned()).collect()
}

impl Office {
    fn files(&self, person: Person, dossier: DossierId) -> bool {
        let Some(known) = self.tables.known.get(&dossier) else { return false };
        let account = person.account();
        person.house() == Some(known.establishment)
            || self.tables.filed_by.get(&dossier) == Some(&account)
            || known.followers.contains(&account)
    }

    fn reads(&self, person: Person, dossier: DossierId) -> bool {
        let Some(known) = self.tables.known.get(&dossier) else { return false };
        let place = self.registry.place_of(known.establishment);
        let desk = matches!(person, Person::Officer | Person::OfficerThere);
        let here = place.is_some_and(|place| place.commune == self.registry.today(person.home()));
        self.files(person, dossier) || desk && here || self.on_counter(person, dossier)
    }

    /// A piece arrives.
    pub fn bring(&mut self, person: Person, head: &Head, bytes: &[u8]) -> Result<Arrived, Objection> {
        let named = |page: &PaperRef| page.digest == head.picture && page.bytes == head.total;
        if !self.files(person, head.dossier) || !papers_of(self, head.dossier).iter().any(named) {
            return Err(Objection::Unknown);
        }
        let sabotage = self.sabotage;
        let picture = self.tables.pictures.entry((head.dossier, head.picture)).or_default();
        if picture.whole {
            return Ok(Arrived { bytes: head.total, whole: true });
        }
        if sabotage == Some(Sabotage::PiecesForgotten) && bytes.is_empty() {
            picture.there.clear();
        }
        let taken = if sabotage == Some(Sabotage::PiecesUnchecked) {
            let follows = head.from as usize == picture.there.len();
            picture.there.extend(&bytes[..if follows { bytes.len().min(head.room()) } else { 0 }]);
            if picture.there.len() == head.total as usize { Taken::Whole } else { Taken::More }
        } else {
            take(&mut picture.there, head, bytes)
        };
        picture.most = picture.most.max(picture.there.len());
        picture.whole = taken == Taken::Whole;
        let early = sabotage == Some(Sabotage::WholeTooEarly) && picture.there.len() >= CHUNK;
        match taken {
            Taken::SpoiledPicture => Err(Objection::Unfit),
            _ => Ok(Arrived { bytes: picture.there.len() as u32, whole: picture.whole || early }),
        }
    }

    /// Which pictures of these dossiers are there.
    pub fn lying(&self, person: Person, dossiers: &[DossierId]) -> Vec<Lying> {
        let open = dossiers.iter().filter(|id| self.reads(person, **id));
        let lying = open.map(|id| {
            let named: Vec<PaperDigest> = papers_of(self, *id).iter().map(|page| page.digest).collect();
            let own = self
                .tables
                .pictures
                .iter()
                .filter(|((of, digest), picture)| of == id && picture.whole && named.contains(digest));
            Lying { dossier: *id, pictures: own.map(|((_, digest), _)| *digest).collect() }
        });
        lying.filter(|lying| !lying.pictures.is_empty()).collect()
    }

    /// A picture, for who may read its dossier.
    pub fn picture(&self, person: Person, dossier: &str, digest: &str) -> Result<Vec<u8>, Objection> {
        let dossier: DossierId = dossier.parse().map_err(|_| Objection::Unknown)?;
        let mut own =
            self.tables.pictures.iter().filter(|((of, known), _)| *of == dossier && hex(known) == digest);
        let (_, picture) = own.find(|(_, picture)| picture.whole).ok_or(Objection::Unknown)?;
        if self.reads(person, dossier) { Ok(picture.there.clone()) } else { Err(Objection::Unknown) }
    }

    fn has(&self, dossier: DossierId, digest: PaperDigest) -> bool {
        self.tables.pictures.get(&(dossier, digest)).is_some_and(|picture| picture.whole)
    }

    /// How many of the pictures a dossier names are there.
    pub fn pictures_of(&self, dossier: DossierId) -> usize {
        papers_of(self, dossier).iter().filter(|page| self.has(dossier, page.digest)).count()
    }
}

impl World {
    /// Whether who is at a phone holds a picture the office lacks, although its text is there and waits for nobody.
    pub fn brings(&self, at: usize, open: &Open) -> bool {
        let here =
            |digest: PaperDigest| self.phones[at].disk.slot(open.place(), Slot::Paper(digest)).is_some();
        let waits = |id: &DossierId| open.replica.cases.get(id).is_none_or(|held| held.rejected.is_some());
        let known = self.office.tables.known.keys().filter(|id| !waits(id));
        let mut pages =
            known.flat_map(|id| papers_of(&self.office, *id).into_iter().map(move |page| (*id, page.digest)));
        pages.any(|(id, digest)| !self.office.has(id, digest) && here(digest))
    }

    /// Whether it holds one at all that is not at the office: what a wrong device carries first.
    pub fn keeps_back(&self, at: usize) -> bool {
        let (phone, seat) = (&self.phones[at], self.phones[at].seat());
        let here = |digest: &&PaperDigest| phone.disk.slot(seat, Slot::Paper(**digest)).is_some();
        let there = |digest: &PaperDigest| {
            self.office.tables.pictures.iter().any(|((_, of), one)| of == digest && one.whole)
        };
        self.ledger.taken.keys().filter(here).any(|digest| !there(digest))
    }

    /// What is wrong with the pictures at the end.
    pub fn unpictured(&self) -> Option<String> {
        for id in self.office.tables.known.keys() {
            for page in papers_of(&self.office, *id) {
                let there =
                    self.office.tables.pictures.get(&(*id, page.digest)).filter(|picture| picture.whole);
                match there {
                    Some(picture) if self.ledger.taken.get(&page.digest) != Some(&picture.there) => {
                        return Some(format!("{id}: a picture at the office is not what was taken"));
                    }
                    None if !self.excused(page.digest) => {
                        return Some(format!("{id}: a picture that was taken is not at the office"));
                    }
                    _ => {}
                }
            }
        }
        let senders = |dossier, picture| {
            self.ledger.trips.keys().filter(|(_, of, one)| (*of, *one) == (dossier, picture)).count()
        };
        // Two copies of a phone do not know of each other.
        let alone = self.ledger.trips.iter().filter(|((_, of, one), _)| senders(*of, *one) == 1);
        let mut wasted = alone.filter(|(_, trip)| trip.again > CHUNK * trip.asked.saturating_sub(1));
        wasted.next().map(|((at, id, _), trip)| {
            format!(
                "phone {at}: {id}: {} bytes of a picture went twice, {} questions",
                trip.again, trip.asked
            )
        })
    }

    /// A picture may be missing where nobody who comes any more has it, and it went with a phone or with an office.
    fn excused(&self, digest: PaperDigest) -> bool {
        let held = (0..self.phones.len()).any(|at| {
            let phone = &self.phones[at];
            let out = |seat: Place| {
                let handle = phone.people[usize::from(seat.0)].1;
                self.office.registry.revoked.contains(&handle) || self.gone.contains(&(at, seat))
            };
            let mut seats = phone.seats().into_iter();
            seats.any(|seat| !out(seat) && phone.disk.slot(seat, Slot::Paper(digest)).is_some())
        });
        let went = self.ledger.restores > 0 || self.put_back || !self.gone.is_empty();
        !held && (went || !self.office.registry.revoked.is_empty())
    }
}
