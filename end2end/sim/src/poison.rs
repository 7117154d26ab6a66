//! A phone in hostile hands: its own frame, opened, spoiled, and signed again with its own key.

use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ExpandedChange, ROOT};
use dossier::id::{DossierId, EstablishmentId};
use sync::document;
use sync::frame::Parcel;
use sync::frame::up::Up;

use crate::world::World;

/// The frame of this phone, spoiled in one of several ways.
pub fn spoil(world: &mut World, at: usize, body: Vec<u8>) -> Vec<u8> {
    let phone = &world.phones[at];
    let Some(house) = phone.person.house() else { return body };
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
