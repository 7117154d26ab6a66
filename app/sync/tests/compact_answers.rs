//! Answers in few bytes: receipts by their trees, numbers by their places, own acts by theirs.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::Role;
use dossier::act::{Act, Actor};
use dossier::filing::example::example;
use dossier::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId, GuestId};
use dossier::moment::Moment;
use dossier::procedure::load::embedded;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use sync::case::History;
use sync::document;
use sync::frame::compact::{chunk_hash, numbers, taken, trees};
use sync::frame::down::{ActVerdict, Down, Numbered, Taken, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Form, FrameError, Have, MOST_BYTES, Parcel, Scope};
use sync::office::answer::{Answer, Item, Missing, Row};
use sync::office::issue::{Signer, issue};
use sync::office::{Due, Judged};
use sync::receipt::{Epoch, Receipt, ReceiptNumber};

#[path = "compact/village.rs"]
mod village;

const NOW: Moment = Moment(1_795_532_400_000);
const EPOCH: Epoch = Epoch([4; 8]);
const COMMUNE: CommuneCode = CommuneCode(3394);

fn dossier(number: u32) -> DossierId {
    let [a, b, c, d] = number.wrapping_mul(0x9e37_79b9).to_be_bytes();
    DossierId([1, 2, 3, a, b, c, d, 9])
}

fn parcels(count: u32) -> Vec<Parcel> {
    let empty =
        |number| Parcel { dossier: dossier(number), establishment: EstablishmentId(1), changes: vec![] };
    (0..count).map(empty).collect()
}

fn number(number: u32) -> Numbered {
    let serial = number + 17;
    Numbered {
        dossier: dossier(number),
        number: ReceiptNumber { commune: COMMUNE, epoch: EPOCH, serial },
        at: NOW,
    }
}

/// The receipts of one exchange.
fn receipts(count: u32) -> Vec<Receipt> {
    let due = |place| Due {
        act: place,
        dossier: dossier(place),
        numbered: number(place),
        content: [place as u8; 32],
        in_time: None,
    };
    let due: Vec<Due> = (0..count).map(due).collect();
    let key = SigningKey::from_bytes(&[7; 32]);
    issue(&due, COMMUNE, EPOCH, NOW, &Signer { key_id: 1, key: &key }).expect("something is due").0
}

#[test]
fn a_number_beside_its_parcel_costs_next_to_nothing() {
    let (parcels, numbers) = (parcels(500), (0..500).map(number).collect::<Vec<_>>());
    let bytes = numbers::encode(&numbers, NOW, &parcels);
    assert!(bytes.len() < 100, "{}", bytes.len());
    assert_eq!(numbers::decode(&bytes, NOW, &parcels), Ok(numbers));
}

#[test]
fn a_whole_tree_of_receipts_travels_without_paths() {
    for count in [1, 2, 7, 72] {
        let receipts = receipts(count);
        let (trees, rest) = trees::whole(&receipts);
        assert!(rest.is_empty());
        let parcels = parcels(count);
        let bytes = trees::encode(&trees, &parcels);
        assert!(bytes.len() <= 140 + 35 * count as usize, "{count}: {}", bytes.len());
        assert_eq!(trees::decode(&bytes, &parcels), Ok(receipts));
    }
}

#[test]
fn a_receipt_whose_neighbours_do_not_travel_keeps_its_path() {
    let mut all = receipts(9);
    all.remove(3);
    all.extend(receipts(1));
    let (trees, rest) = trees::whole(&all);
    assert_eq!((trees.len(), rest.len()), (1, 8));
    let down = Down { receipts: all.clone(), ..Down::default() };
    let mut read = Down::decode(&down.encode(Form::Compact)).expect("its own frame").receipts;
    assert_eq!(read.len(), all.len());
    read.retain(|receipt| !all.contains(receipt));
    assert!(read.is_empty());
}

#[test]
fn leaves_that_do_not_make_the_root_are_nothing() {
    let receipts = receipts(3);
    let bytes = trees::encode(&[&receipts[..2]], &[]);
    assert_eq!(trees::decode(&bytes, &[]), Err(FrameError::Malformed));
}

#[test]
fn silence_about_a_compact_frame_is_acceptance_and_about_a_plain_one_is_nothing() {
    let sent = |place: u8| SentAct {
        dossier: dossier(place.into()),
        id: ActId([place; 8]),
        act: Act::Withdraw { claimed_at: NOW },
    };
    let acts = [sent(0), sent(1)];
    let refused = Verdict::Rejected(dossier::view::Rejection::OutOfOrder);
    let by = Actor { account: AccountId(2), role: Role::Owner, name: "Sùng A Páo".into() };
    let told = Down {
        act_verdicts: vec![ActVerdict { dossier: dossier(1), id: ActId([1; 8]), verdict: refused }],
        taken: Some(vec![Taken { act: 0, order: 3, at: NOW, by }]),
        ..Down::default()
    };
    let mut down = Down::decode(&told.encode(Form::Compact)).expect("its own frame");
    assert_eq!(down, told);
    down.settle([dossier(5)], &acts);
    assert_eq!(down.verdicts, [(dossier(5), Verdict::Accepted)]);
    let said: Vec<Verdict> = down.act_verdicts.iter().map(|said| said.verdict).collect();
    assert_eq!(said, [refused, Verdict::Accepted]);
    assert_eq!((down.recorded[0].id, down.recorded[0].recorded.order), (ActId([0; 8]), 3));
    let mut silent = Down::default();
    silent.settle([dossier(5)], &acts);
    assert_eq!(silent, Down::default());
}

fn log(count: u32) -> Vec<Row> {
    log_of(count, village::two_phones()[0].changes[0].raw_bytes())
}

/// A residence dossier says more in a byte than a notice does: many fields, each an operation.
fn queue(count: u32) -> Vec<Row> {
    let procedures = embedded().expect("the shipped definitions");
    let procedure = procedures.iter().find(|one| one.id.as_str() == "temporary-residence").expect("one");
    let (mut filing, people) = example(procedure, NOW).parse(procedure, NOW).expect("could be handed in");
    filing.people.extend(people.into_iter().map(|row| (GuestId([1, 2, 3, 4]), row)));
    let mut doc = History::new().open();
    doc.set_actor(document::actor(DeviceHandle([1; 3]), [5; 5]));
    let change = document::filing::write(&mut doc, None, &filing).expect("a change");
    log_of(count, change.raw_bytes())
}

fn log_of(count: u32, raw: &[u8]) -> Vec<Row> {
    let raw = raw.to_vec();
    let hash = chunk_hash(&raw).expect("a chunk");
    let row = |number: u32| Row {
        number: u64::from(number) + 1,
        establishment: EstablishmentId(1),
        item: Item::Change(dossier(number), hash, raw.clone()),
    };
    (0..count).map(row).collect()
}

fn pull(form: Form, have: Have, log: &[Row]) -> Down {
    pull_sending(form, have, log, Vec::new())
}

/// The same by a device that sends something, too.
fn pull_sending(form: Form, have: Have, log: &[Row], parcels: Vec<Parcel>) -> Down {
    let rows = log.iter().filter(|row| !have.holds(row.number)).cloned().collect();
    pull_of((form, have), rows, log.len() as u64, parcels)
}

/// What is told of these rows, the newest number being `top`.
fn pull_of((form, have): (Form, Have), rows: Vec<Row>, top: u64, parcels: Vec<Parcel>) -> Down {
    let scope = Scope::Commune(COMMUNE);
    let up = Up {
        form,
        epoch: EPOCH,
        have: vec![(scope, have)],
        parcels,
        ..Up::silent(DeviceHandle([1; 3]), NOW)
    };
    let missing = vec![Missing { scope, have, top, rows, above: 0 }];
    let judged = Judged::default();
    let answer = Answer {
        catalogue: None,
        epoch: EPOCH,
        now: NOW,
        role: Role::Officer,
        up: &up,
        judged,
        issued: None,
        missing,
        facts: None,
        seat: None,
        histories: BTreeMap::new(),
    };
    let bytes = answer.encode();
    assert!(bytes.len() <= MOST_BYTES, "{}", bytes.len());
    Down::decode(&bytes).expect("its own frame")
}

#[test]
fn who_was_away_long_has_the_newest_after_one_round_trip_and_all_after_two() {
    let log = log(2_000);
    let first = pull(Form::Compact, Have::all(0), &log);
    assert!(first.more);
    let newest: Vec<DossierId> = first.parcels.iter().map(|parcel| parcel.dossier).collect();
    assert!((50..=100).contains(&newest.len()), "{}", newest.len());
    assert!(newest.contains(&dossier(1_999)) && !newest.contains(&dossier(0)));
    let (_, have) = first.cursors[0];
    let second = pull(Form::Compact, have, &log);
    assert!(!second.more);
    assert_eq!(first.parcels.len() + second.parcels.len(), 2_000);
}

#[test]
fn who_comes_to_a_queue_of_residence_dossiers_can_read_every_answer() {
    let (log, mut have, mut told) = (queue(4_000), Have::all(0), BTreeSet::new());
    for _ in 0..20 {
        let down = pull(Form::Compact, have, &log);
        told.extend(down.parcels.iter().map(|parcel| parcel.dossier));
        (_, have) = down.cursors[0];
        if !down.more {
            break;
        }
    }
    assert_eq!(told.len(), 4_000);
}

#[test]
fn a_receipt_that_is_not_told_to_an_officer_hides_no_dossier_behind_a_cut() {
    // As an office keeps a batch: the changes, then the receipts of the same dossiers.
    let (changes, given) = (log(2_000), receipts(2_000));
    let mut rows: Vec<Row> = Vec::new();
    for (changes, receipts) in changes.chunks(10).zip(given.chunks(10)) {
        let receipts = receipts.iter().map(|receipt| Item::Receipt(receipt.clone()));
        for item in changes.iter().map(|row| row.item.clone()).chain(receipts) {
            rows.push(Row { number: rows.len() as u64 + 1, establishment: EstablishmentId(1), item });
        }
    }
    let (mut have, mut told) = (Have::all(0), Vec::new());
    for _ in 0..60 {
        let held = rows.iter().filter(|row| have.from < row.number && row.number <= have.to);
        let whole: BTreeSet<DossierId> = held.map(|row| row.item.dossier()).collect();
        let missing = rows.iter().filter(|row| !whole.contains(&row.item.dossier())).cloned();
        let down = pull_of((Form::Plain, have), missing.collect(), rows.len() as u64, Vec::new());
        told.extend(down.parcels.iter().map(|parcel| parcel.dossier));
        (_, have) = down.cursors[0];
        if !down.more {
            break;
        }
    }
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), 2_000);
}

#[test]
fn who_was_away_an_evening_has_all_at_once() {
    let down = pull(Form::Compact, Have::all(0), &log(300));
    assert!(!down.more);
    assert_eq!(down.parcels.len(), 300);
}

#[test]
fn what_was_minted_anew_under_another_id_comes_beside_what_has_the_same_bytes() {
    let log = log(2);
    let Item::Change(_, _, raw) = &log[0].item else { panic!("a change") };
    let again = Parcel { dossier: dossier(1), establishment: EstablishmentId(1), changes: vec![raw.clone()] };
    for form in [Form::Compact, Form::Plain] {
        let down = pull_sending(form, Have::all(0), &log, vec![again.clone()]);
        let told: Vec<DossierId> = down.parcels.iter().map(|parcel| parcel.dossier).collect();
        assert_eq!(told, [dossier(0)], "the device has its own, and lacks the one of the same bytes");
        assert_eq!(down.parcels[0].changes, std::slice::from_ref(raw));
    }
}

#[test]
fn a_client_of_plain_frames_is_never_sent_more_than_it_can_read() {
    let (log, mut have, mut got) = (log(2_000), Have::all(0), 0);
    for _ in 0..20 {
        let down = pull(Form::Plain, have, &log);
        got += down.parcels.len();
        (_, have) = down.cursors[0];
        if !down.more {
            break;
        }
    }
    assert_eq!(got, 2_000);
}

proptest! {
    #[test]
    fn numbers_come_back(told in prop::collection::vec((0u32..40, 0u32..5_000, 0u8..3, any::<u32>(), any::<i64>()), 0..30)) {
        let numbers: Vec<Numbered> = told
            .into_iter()
            .map(|(place, commune, epoch, serial, at)| Numbered {
                dossier: dossier(place),
                number: ReceiptNumber { commune: CommuneCode(commune), epoch: Epoch([epoch; 8]), serial },
                at: Moment(at),
            })
            .collect();
        let bytes = numbers::encode(&numbers, NOW, &parcels(20));
        prop_assert_eq!(numbers::decode(&bytes, NOW, &parcels(20)), Ok(numbers));
    }

    #[test]
    fn taken_acts_come_back(told in prop::collection::vec((any::<u32>(), any::<u32>(), any::<i64>(), 0u32..3), 0..30)) {
        let taken: Vec<Taken> = told
            .into_iter()
            .map(|(act, order, at, who)| Taken {
                act,
                order,
                at: Moment(at),
                by: Actor { account: AccountId(who), role: Role::Owner, name: format!("Người {who}") },
            })
            .collect();
        prop_assert_eq!(taken::decode(&taken::encode(&taken, NOW), NOW), Ok(taken));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = numbers::decode(&bytes, NOW, &[]);
        let _ = taken::decode(&bytes, NOW);
        let _ = trees::decode(&bytes, &[]);
    }
}
