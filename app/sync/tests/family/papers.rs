//! Photographed pages through the real machines: kept before they are called kept, carried after the text, cut as often as
//! a line in the hills is, and never sent twice.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::Role;
use dossier::filing::PaperRef;
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::filing::view::FilingCard;
use dossier::id::{DossierId, PaperId};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::Objection;
use sync::device::Input;
use sync::office::Known;
use sync::papers::{self, Arrived, HEAD, Head, Lying, MOST_PICTURES, Taken};
use sync::request::{Call, CallFailure, Heard};
use sync::slot::Slot;

use crate::Office;
use crate::filing::{ask, detail, filled, landlord, office, officer};
use crate::phone::{PIN, Phone};

/// What the office keeps of pictures, and the line they come over.
#[derive(Default)]
pub struct Shelf {
    there: BTreeMap<(DossierId, [u8; 32]), Vec<u8>>,
    whole: BTreeSet<(DossierId, [u8; 32])>,
    /// Bytes one connection carries before it drops; `None`: it holds.
    connection: Option<usize>,
    left: usize,
    /// Bytes of pictures that were put on the line.
    sent: usize,
    drops: usize,
    /// Every piece is forged on its way.
    forged: bool,
    /// Forms, by the path they are asked for.
    pub forms: BTreeMap<String, Vec<u8>>,
}

/// What a request weighs besides its body, in bytes.
const HEADERS: usize = 600;
/// What is on the line when it drops: sent, and never there. 800 ms at 20 kbps.
const IN_FLIGHT: usize = 2_000;

fn said(value: &impl serde::Serialize) -> Heard {
    Heard { status: 200, json: true, body: serde_json::to_vec(value).expect("plain data"), at: None }
}

fn objected(objection: Objection) -> Heard {
    Heard { status: 404, ..said(&objection) }
}

impl Shelf {
    /// A request about pictures; what a drop lets through of it is kept.
    pub fn hear(&mut self, call: &Call, known: &BTreeMap<DossierId, Known>) -> Result<Heard, CallFailure> {
        let weight = HEADERS + call.body.len();
        let mut body = &call.body[..];
        if let Some(connection) = self.connection
            && weight > self.left
        {
            let through = self.left.saturating_sub(HEADERS);
            self.sent += through.saturating_sub(HEAD);
            body = &body[..through.saturating_sub(IN_FLIGHT).min(body.len())];
            (self.left, self.drops) = (connection, self.drops + 1);
            if call.path == papers::PATH {
                let _ = self.piece(body, known);
            }
            return Err(CallFailure::Unreachable);
        }
        self.left = self.left.saturating_sub(weight);
        if call.path == papers::PATH {
            self.sent += body.len().saturating_sub(HEAD);
            return Ok(self.piece(body, known).map_or_else(objected, |arrived| said(&arrived)));
        }
        if let Some(form) = self.forms.get(&call.path) {
            return Ok(Heard { json: false, body: form.clone(), ..said(&()) });
        }
        if call.method == "POST" {
            let asked: Vec<DossierId> = serde_json::from_slice(body).expect("dossiers");
            let lying = |dossier| Lying {
                dossier,
                pictures: self.whole.iter().filter(|(of, _)| *of == dossier).map(|(_, one)| *one).collect(),
            };
            return Ok(said(&asked.into_iter().map(lying).collect::<Vec<_>>()));
        }
        let found = self.whole.iter().find(|(dossier, digest)| {
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            call.path == format!("{}/{dossier}/{hex}", papers::PATH)
        });
        Ok(match found {
            Some(key) => Heard { json: false, body: self.there[key].clone(), ..said(&()) },
            None => objected(Objection::Unknown),
        })
    }

    fn piece(&mut self, body: &[u8], known: &BTreeMap<DossierId, Known>) -> Result<Arrived, Objection> {
        let head = Head::read(body).ok_or(Objection::Malformed)?;
        let content = known.get(&head.dossier).and_then(|known| known.history.read().ok());
        let filing = content.as_ref().and_then(|content| content.filing()).ok_or(Objection::Unknown)?;
        assert!(filing.papers.len() <= MOST_PICTURES);
        let named = |page: &PaperRef| page.digest == head.picture && page.bytes == head.total;
        filing.papers.values().find(|page| named(page)).ok_or(Objection::Unknown)?;
        let mut bytes = body[HEAD..].to_vec();
        if self.forged {
            bytes.iter_mut().for_each(|byte| *byte = !*byte);
        }
        let key = (head.dossier, head.picture);
        let there = self.there.entry(key).or_default();
        if papers::take(there, &head, &bytes) == Taken::Whole {
            self.whole.insert(key);
        }
        Ok(Arrived { bytes: there.len() as u32, whole: self.whole.contains(&key) })
    }
}

/// A JPEG by its first bytes; the rest does not matter to anybody here.
pub fn picture(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8 ^ seed).collect();
    bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
    bytes
}

pub fn keep(phone: &mut Phone, office: &mut Office, bytes: Vec<u8>) -> (PaperId, PaperRef) {
    let lease = "lease".parse().expect("a key");
    match ask(phone, office, FilingIntent::KeepPaper(lease, bytes)) {
        Answer::Filing(FilingAnswer::Paper(id, page)) => (id, page),
        _ => panic!("kept"),
    }
}

/// A dossier with these pages.
fn filed(phone: &mut Phone, office: &mut Office, pages: &[Vec<u8>]) -> (DossierId, Vec<PaperId>) {
    let kept: Vec<_> = pages.iter().map(|page| keep(phone, office, page.clone())).collect();
    let mut draft = filled(phone, office);
    draft.papers = kept.iter().cloned().collect();
    match ask(phone, office, FilingIntent::Submit(Box::new(draft))) {
        Answer::Saved(id) => (id, kept.into_iter().map(|(id, _)| id).collect()),
        _ => panic!("saved"),
    }
}

fn shown(device: &mut Phone, office: &mut Office, id: DossierId, page: PaperId) -> Answer {
    ask(device, office, FilingIntent::Picture(id, page))
}

fn is_picture(answer: Answer, picture: &[u8]) -> bool {
    matches!(answer, Answer::Filing(FilingAnswer::Picture(shown)) if shown == picture)
}

fn card(phone: &Phone) -> FilingCard {
    phone.view().home.expect("home").filings.remove(0)
}

fn pictures(phone: &Phone) -> usize {
    phone.slots.keys().filter(|(_, slot)| matches!(slot, Slot::Paper(_))).count()
}

fn later(phone: &mut Phone, office: &mut Office, minutes: i64) {
    phone.now = phone.now.plus_minutes(minutes);
    phone.sync(office);
}

#[test]
#[expect(clippy::print_stdout, reason = "the share of what is sent twice is a figure to be read")]
fn three_pictures_over_a_line_that_drops_every_twenty_seconds_are_sent_hardly_a_byte_twice() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let pages = [picture(1, 150_000), picture(2, 149_000), picture(3, 121_345)];
    let all: usize = pages.iter().map(Vec::len).sum();
    // 20 kbps for twenty seconds.
    office.shelf.connection = Some(50_000);
    let (id, ids) = filed(&mut phone, &mut office, &pages);
    assert!(card(&phone).papers.0 < 3);
    let mut rounds = 0;
    while card(&phone).papers != (3, 3) {
        rounds += 1;
        assert!(rounds < 60, "{:?}", card(&phone).papers);
        later(&mut phone, &mut office, 1);
    }
    let (sent, drops) = (office.shelf.sent, office.shelf.drops);
    let twice = (sent - all) as f64 / all as f64;
    println!("{all} bytes of pictures, {sent} sent, {drops} drops: {:.1} % twice", twice * 100.0);
    assert!(drops >= 8 && twice <= 0.05, "{drops} drops, {twice}");
    for (page, picture) in ids.iter().zip(&pages) {
        assert!(is_picture(shown(&mut phone, &mut office, id, *page), picture));
    }
}

#[test]
fn the_text_goes_first_and_an_officer_works_with_it_before_the_pictures_are_there() {
    let mut office = office();
    let (mut phone, mut desk) = (landlord(&mut office, 1), officer(&mut office, 2));
    office.shelf.connection = Some(1_000);
    let pages = [picture(1, 90_000), picture(2, 80_000)];
    let (id, ids) = filed(&mut phone, &mut office, &pages);
    assert_eq!(card(&phone).papers, (0, 2), "the text is there, no picture is");
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    assert_eq!((seen.card.papers, seen.decides), ((0, 2), true));
    office.shelf.connection = None;
    assert!(shown(&mut desk, &mut office, id, ids[0]) == Answer::Refused(Refusal::Unknown));
    later(&mut phone, &mut office, 10);
    assert_eq!(card(&phone).papers, (2, 2));
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    assert_eq!((seen.card.papers, seen.arrived.len()), ((2, 2), 2));
    assert!(is_picture(shown(&mut desk, &mut office, id, ids[1]), &pages[1]));
    assert_eq!(pictures(&desk), 0, "what an officer looks at is not kept");
    desk.online = false;
    assert!(shown(&mut desk, &mut office, id, ids[1]) == Answer::Refused(Refusal::NeedsNetwork));
}

#[test]
fn a_picture_a_restored_office_did_not_know_yet_comes_once_its_text_is_there_again() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    office.shelf.connection = Some(1_000);
    let (_, _) = filed(&mut phone, &mut office, &[picture(6, 40_000)]);
    assert_eq!(card(&phone).papers, (0, 1));
    // The office has lost the dossier, and the phone asks about the picture before it hears of that.
    let mut restored =
        Office { epoch: sync::receipt::Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    restored.catalogue.clone_from(&office.catalogue);
    office.known.clear();
    office.shelf.connection = None;
    later(&mut phone, &mut office, 10);
    assert_eq!(card(&phone).papers, (0, 1));
    for _ in 0..3 {
        later(&mut phone, &mut restored, 10);
    }
    assert_eq!(card(&phone).papers, (1, 1));
}

#[test]
fn a_picture_half_sent_goes_on_where_it_was_after_the_phone_was_off_for_days() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    office.shelf.connection = Some(30_000);
    let (_, _) = filed(&mut phone, &mut office, &[picture(5, 100_000)]);
    later(&mut phone, &mut office, 1);
    let before = office.shelf.sent;
    assert!(before > 20_000 && card(&phone).papers == (0, 1));
    let mut phone = phone.restarted();
    office.shelf.connection = None;
    phone.now = phone.now.plus_minutes(5 * 24 * 60);
    phone.start(&mut office);
    assert!(pictures(&phone) == 1, "a locked device keeps it");
    phone.unlock(&mut office, 0, PIN);
    assert_eq!(card(&phone).papers, (1, 1));
    assert!(office.shelf.sent <= 100_000 + 2 * IN_FLIGHT * office.shelf.drops);
}

#[test]
fn a_picture_is_not_called_kept_before_the_store_has_it() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let lease = "lease".parse().expect("a key");
    let intent = Intent::Filing(FilingIntent::KeepPaper(lease, picture(1, 9_000)));
    let effects = phone.device.step(phone.now, [7; 32], Input::Ask { seq: 900, intent });
    let answered = |effects: &[sync::device::Effect]| {
        effects.iter().any(|effect| matches!(effect, sync::device::Effect::Answer { .. }))
    };
    assert!(!answered(&effects), "nothing is said before the store has answered");
    let batch = effects.iter().find_map(|effect| match effect {
        sync::device::Effect::Keep { batch, writes } => {
            let sealed = writes.slots.iter().find(|(_, slot, _)| matches!(slot, Slot::Paper(_)));
            let clear = picture(1, 9_000);
            let clear = &clear[100..132];
            assert!(sealed.is_some_and(|(.., bytes)| !bytes.windows(32).any(|part| part == clear)));
            Some(*batch)
        }
        _ => None,
    });
    let effects = phone.device.step(phone.now, [8; 32], Input::NotKept(batch.expect("a batch")));
    assert!(effects.iter().any(|effect| matches!(
        effect,
        sync::device::Effect::Answer { answer: Answer::Refused(Refusal::NotKept), .. }
    )));
}

#[test]
fn what_is_no_picture_or_too_large_is_not_kept() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    for bytes in [b"%PDF-1.7".to_vec(), Vec::new(), picture(1, PaperRef::MOST_BYTES as usize + 1)] {
        let lease = "lease".parse().expect("a key");
        let answer = ask(&mut phone, &mut office, FilingIntent::KeepPaper(lease, bytes));
        assert!(answer == Answer::Refused(Refusal::Unknown));
    }
    assert_eq!(pictures(&phone), 0);
}

#[test]
fn a_picture_taken_again_is_gone_and_one_a_dossier_names_stays() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    phone.online = false;
    let (_, first) = keep(&mut phone, &mut office, picture(1, 9_000));
    let (_, again) = keep(&mut phone, &mut office, picture(1, 9_000));
    assert_eq!((&first, pictures(&phone)), (&again, 1), "the same picture is kept once");
    let shown = ask(&mut phone, &mut office, FilingIntent::KeptPaper(first.clone()));
    assert!(is_picture(shown, &picture(1, 9_000)));
    assert!(ask(&mut phone, &mut office, FilingIntent::DropPaper(first.clone())) == Answer::Done);
    assert_eq!(pictures(&phone), 0);
    let gone = ask(&mut phone, &mut office, FilingIntent::KeptPaper(first));
    assert!(gone == Answer::Refused(Refusal::Unknown));
    let (id, _) = filed(&mut phone, &mut office, &[picture(2, 9_000)]);
    let page = detail(&mut phone, &mut office, id).filing.papers.values().next().expect("a page").clone();
    ask(&mut phone, &mut office, FilingIntent::DropPaper(page));
    assert_eq!(pictures(&phone), 1);
}

#[test]
fn an_own_phone_keeps_a_picture_thirty_days_and_shows_the_offices_after_that() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let (id, ids) = filed(&mut phone, &mut office, &[picture(1, 40_000)]);
    later(&mut phone, &mut office, 29 * 24 * 60);
    assert_eq!((card(&phone).papers, pictures(&phone)), ((1, 1), 1));
    later(&mut phone, &mut office, 2 * 24 * 60);
    assert_eq!(pictures(&phone), 0);
    assert!(is_picture(shown(&mut phone, &mut office, id, ids[0]), &picture(1, 40_000)));
}

#[test]
fn a_shared_tablet_drops_a_picture_as_soon_as_the_office_has_it() {
    let mut office = office();
    let mut tablet = landlord(&mut office, 1);
    tablet.ask(&mut office, Intent::Lock);
    tablet.add(&mut office, 3, Role::Owner, "135790");
    filed(&mut tablet, &mut office, &[picture(1, 40_000)]);
    tablet.sync(&mut office);
    assert_eq!((card(&tablet).papers, pictures(&tablet)), ((1, 1), 0));
}

#[test]
fn pieces_forged_on_their_way_are_never_a_picture() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    office.shelf.forged = true;
    filed(&mut phone, &mut office, &[picture(1, 40_000)]);
    for _ in 0..5 {
        later(&mut phone, &mut office, 20);
    }
    assert_eq!(card(&phone).papers, (0, 1));
    office.shelf.forged = false;
    later(&mut phone, &mut office, 20);
    assert_eq!(card(&phone).papers, (1, 1));
}
