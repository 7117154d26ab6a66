//! A phone in hostile hands: its own frame, opened, spoiled, and signed again with its own key.

use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ExpandedChange, ROOT};
use dossier::act::Act;
use dossier::id::{DossierId, EstablishmentId};
use sync::document;
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Parcel};

use crate::registry::Person;
use crate::world::World;

/// The frame of this phone, spoiled in one of several ways.
pub fn spoil(world: &mut World, at: usize, body: Vec<u8>) -> Vec<u8> {
    let phone = &world.phones[at];
    if phone.person() == Person::Helper {
        return trespass(world, at, body);
    }
    let Some(house) = phone.person().house() else { return body };
    let Some(key) = phone.signing_key() else { return body };
    let Ok(mut up) = Up::decode(&body, &key.verifying_key()) else { return body };
    let bytes = match world.prng.below(4) {
        0 => world.prng.roll().to_vec(),
        1 => compressed(),
        2 => far_away(),
        _ => {
            let whole = far_away();
            whole[..whole.len() / 2].to_vec()
        }
    };
    let own = world.prng.below(up.parcels.len() + 1);
    match up.parcels.get_mut(own) {
        // A notice of its own: the office turns it back, and it waits here for a person.
        Some(parcel) => parcel.changes.push(bytes),
        None => {
            let dossier = DossierId(world.prng.next().to_le_bytes());
            let establishment = if world.prng.chance(700) { house } else { EstablishmentId(77) };
            up.parcels.insert(0, Parcel { dossier, establishment, changes: vec![bytes] });
        }
    }
    up.encode(&key)
}

/// The frame of a helper who does something to a notice that others began, or files one more without a ground.
fn trespass(world: &mut World, at: usize, body: Vec<u8>) -> Vec<u8> {
    let phone = &world.phones[at];
    let Some(key) = phone.signing_key() else { return body };
    let Ok(mut up) = Up::decode(&body, &key.verifying_key()) else { return body };
    let account = phone.person().account();
    let others =
        world.office.tables.known.iter().filter(|(_, known)| {
            known.acts.first().is_some_and(|first| first.recorded.by.account != account)
        });
    let others: Vec<DossierId> = others.map(|(id, _)| *id).collect();
    match world.prng.pick(&others) {
        Some(dossier) if up.acts.is_empty() => {
            let act = Act::Withdraw { claimed_at: up.claimed_at };
            let id = ActId(world.prng.next().to_le_bytes());
            up.acts.push(SentAct { dossier: *dossier, id, act });
        }
        _ => {
            let submits = |sent: &&SentAct| matches!(sent.act, Act::Submit { .. });
            let Some(submit) = up.acts.iter().find(submits).cloned() else { return body };
            let own = |parcel: &&Parcel| parcel.dossier == submit.dossier;
            let Some(parcel) = up.parcels.iter().find(own).cloned() else { return body };
            let dossier = DossierId::mint(up.handle, [7, 7, 7, 7, world.prng.below(256) as u8]);
            up.parcels.push(Parcel { dossier, ..parcel });
            up.acts.push(SentAct { dossier, id: ActId(world.prng.next().to_le_bytes()), ..submit });
        }
    }
    up.encode(&key)
}

fn change(note: &str) -> Change {
    let mut doc: AutoCommit = document::seed();
    doc.set_actor(ActorId::from([6u8; 8]));
    let _ = doc.put(ROOT, "r", note);
    doc.commit();
    doc.get_last_local_change().expect("a change has just been made")
}

/// A chunk that opens to far more than it weighs.
fn compressed() -> Vec<u8> {
    change(&"0".repeat(20_000)).bytes().into_owned()
}

/// A change whose counter stands near 2³²: taken once, it would brick the document for everybody.
fn far_away() -> Vec<u8> {
    let mut expanded: ExpandedChange = change("9").decode();
    expanded.start_op = std::num::NonZeroU64::new((1 << 32) - 3).expect("not zero");
    Change::from(expanded).raw_bytes().to_vec()
}
