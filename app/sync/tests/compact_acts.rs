//! Acts in few bytes: what goes in comes out, or nothing does.

use dossier::access::Role;
use dossier::act::{Act, Actor, Channel, Heads, PairVerdict, Recorded};
use dossier::id::{AccountId, CommuneCode, DossierId};
use dossier::moment::Moment;
use proptest::prelude::*;
use sync::frame::compact::acts::{decode_acts, decode_ordered, encode_acts, encode_ordered};
use sync::frame::compact::chunk_hash;
use sync::frame::down::Ordered;
use sync::frame::up::SentAct;
use sync::frame::{ActId, FrameError, Parcel};

#[path = "compact/village.rs"]
mod village;

const NOW: Moment = Moment(1_795_532_400_000);

fn parcels() -> Vec<Parcel> {
    village::two_phones().iter().map(|notice| notice.parcel(0)).collect()
}

fn newest(parcel: &Parcel) -> Heads {
    Heads(vec![chunk_hash(parcel.changes.last().expect("a change")).expect("a chunk")])
}

fn submission(parcel: &Parcel, id: u8) -> SentAct {
    let act = Act::Submit {
        heads: newest(parcel),
        channel: Channel::OwnPhone,
        claimed_at: Moment(NOW.0 - 60_000 * i64::from(id)),
        last_contact: Some(Moment(NOW.0 - 3_600_000)),
    };
    SentAct { dossier: parcel.dossier, id: ActId([id; 8]), act }
}

#[test]
fn the_hash_of_a_chunk_is_automerges() {
    for notice in village::two_phones() {
        for change in notice.changes {
            assert_eq!(chunk_hash(change.raw_bytes()), Some(change.hash().0));
        }
    }
    assert_eq!(chunk_hash(b"short"), None);
}

#[test]
fn a_submission_of_the_newest_content_costs_few_bytes_beside_its_id() {
    let parcels = parcels();
    let acts: Vec<SentAct> = parcels.iter().zip(1..).map(|(parcel, id)| submission(parcel, id)).collect();
    let bytes = encode_acts(&acts, NOW, &parcels);
    assert!(bytes.len() <= 10 + 3 * (8 + 7), "{} bytes", bytes.len());
    assert_eq!(decode_acts(&bytes, NOW, &parcels), Ok(acts));
}

#[test]
fn a_head_the_frame_does_not_carry_is_never_guessed() {
    let all = parcels();
    let acts = vec![submission(&all[0], 1)];
    let bytes = encode_acts(&acts, NOW, &all);
    let mut fewer = all.clone();
    fewer[0].changes.clear();
    assert_eq!(decode_acts(&bytes, NOW, &fewer), Err(FrameError::Malformed));
    assert_eq!(decode_acts(&bytes, NOW, &[]), Err(FrameError::Malformed));
    // Without parcels the hash stands whole.
    assert_eq!(decode_acts(&encode_acts(&acts, NOW, &[]), NOW, &[]), Ok(acts));
}

#[test]
fn three_hundred_acts_of_an_office_cost_little_more_than_their_ids() {
    let parcels = parcels();
    let act = |number: u32| {
        let parcel = &parcels[number as usize % 3];
        let by = if number.is_multiple_of(2) {
            (7, Role::Owner, "Sùng A Páo")
        } else {
            (3, Role::Officer, "Lò Văn Bình")
        };
        let act = if number.is_multiple_of(2) {
            submission(parcel, 1).act
        } else {
            Act::Receive { heads: newest(parcel) }
        };
        Ordered {
            dossier: parcel.dossier,
            id: ActId(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()),
            recorded: Recorded {
                order: number / 3 + 1,
                at: Moment(NOW.0 + i64::from(number) * 1_234),
                by: Actor { account: AccountId(by.0), role: by.1, name: by.2.to_owned() },
                act,
            },
        }
    };
    let acts: Vec<Ordered> = (0..300).map(act).collect();
    let bytes = encode_ordered(&acts, NOW, &parcels);
    assert!(bytes.len() < 300 * 8 + 1_000, "{} bytes", bytes.len());
    assert_eq!(decode_ordered(&bytes, NOW, &parcels), Ok(acts));
}

/// Dossier, kind, content, time, contact, words.
type MadeUp = (usize, u8, (u8, Vec<[u8; 32]>), i64, Option<i64>, String);

fn heads() -> impl Strategy<Value = (u8, Vec<[u8; 32]>)> {
    (0u8..6, prop::collection::vec(any::<[u8; 32]>(), 0..3))
}

fn an_act() -> impl Strategy<Value = MadeUp> {
    (0usize..5, any::<u8>(), heads(), any::<i64>(), prop::option::of(0i64..3), "[a-zà-ỹ ]{0,12}")
}

fn make(parcels: &[Parcel], (place, kind, (which, hashes), time, contact, text): MadeUp) -> (DossierId, Act) {
    let dossier = parcels.get(place).map_or(DossierId([place as u8; 8]), |parcel| parcel.dossier);
    let heads = match parcels.get(place).and_then(|parcel| parcel.changes.get(usize::from(which))) {
        Some(raw) => Heads(vec![chunk_hash(raw).expect("a chunk")]),
        None => Heads(hashes),
    };
    let claimed_at = Moment(time);
    let channel = [
        Channel::OwnPhone,
        Channel::Team,
        Channel::Counter,
        Channel::PlainForm,
        Channel::Program,
        Channel::Sms,
    ][usize::from(kind / 6 % 6)];
    let act = match kind % 7 {
        0 => Act::Submit { heads, channel, claimed_at, last_contact: contact.map(Moment) },
        1 => Act::Receive { heads },
        2 => Act::Return { heads, reason: text },
        3 => Act::Withdraw { claimed_at },
        4 => Act::Call { claimed_at, number: "0213".to_owned(), answered_by: text },
        5 => Act::Settle { other: DossierId([place as u8; 8]), verdict: PairVerdict::SameStay },
        _ => Act::ReceivedAt { commune: CommuneCode(place as u32), desk: text },
    };
    (dossier, act)
}

proptest! {
    #[test]
    fn any_acts_read_back(made in prop::collection::vec((an_act(), any::<[u8; 8]>(), any::<i64>()), 0..12)) {
        let parcels = parcels();
        let acts: Vec<Ordered> = made
            .into_iter()
            .map(|(made, id, at)| {
                let by = Actor { account: AccountId(at as u32 % 3), role: Role::Officer, name: made.5.clone() };
                let (order, at) = (at as u32, Moment(at));
                let (dossier, act) = make(&parcels, made);
                Ordered { dossier, id: ActId(id), recorded: Recorded { order, at, by, act } }
            })
            .collect();
        prop_assert_eq!(decode_ordered(&encode_ordered(&acts, NOW, &parcels), NOW, &parcels), Ok(acts.clone()));
        let sent: Vec<SentAct> = acts
            .into_iter()
            .map(|ordered| SentAct { dossier: ordered.dossier, id: ordered.id, act: ordered.recorded.act })
            .collect();
        prop_assert_eq!(decode_acts(&encode_acts(&sent, NOW, &parcels), NOW, &parcels), Ok(sent));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), form in 0u8..2) {
        let parcels = parcels();
        let bytes = [vec![form], bytes].concat();
        let _ = decode_acts(&bytes, NOW, &parcels);
        let _ = decode_ordered(&bytes, NOW, &parcels);
    }
}
