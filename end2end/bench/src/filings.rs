//! Invented residence dossiers, as a landlord's phone makes them: the example of a procedure, one change and one submission
//! each.

use dossier::act::{Act, Channel};
use dossier::filing::Filing;
use dossier::filing::example::example;
use dossier::id::{DeviceHandle, DossierId, GuestId};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::procedure::load::embedded;
use ed25519_dalek::SigningKey;
use sync::case::History;
use sync::dice::Dice;
use sync::document;
use sync::door::Membership;
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Form, Parcel};

/// Of what they are.
const PROCEDURE: &str = "temporary-residence";

fn said(now: Moment, dice: &mut Dice) -> Filing {
    let procedures = embedded().expect("the shipped definitions");
    let procedure = procedures.iter().find(|one| one.id.as_str() == PROCEDURE).expect("a shipped one");
    let (mut filing, people) = example(procedure, now).parse(procedure, now).expect("could be handed in");
    filing.people.extend(people.into_iter().map(|row| (GuestId(dice.bytes()), row)));
    filing
}

/// Signed frames of so many new dossiers each.
pub fn frames(membership: &Membership, key: &SigningKey, frames: usize, each: usize) -> Vec<Vec<u8>> {
    let handle: DeviceHandle = membership.handle.parse().expect("the office gave a handle");
    let establishment = membership.establishment.as_ref().expect("a landlord has a house").id;
    let mut dice = Dice::new([11; 32]);
    let now = Moment::at(Day::from_date(2026, 11, 24).expect("a real day"), MinuteOfDay(480));
    let (actor, filing) = (document::actor(handle, dice.bytes()), said(now, &mut dice));
    let frame = |_| {
        let mut up = Up { form: Form::Compact, ..Up::silent(handle, now) };
        for _ in 0..each {
            let dossier = DossierId::mint(handle, dice.bytes());
            let mut history = History::new();
            let mut doc = history.open();
            doc.set_actor(actor.clone());
            let change = document::filing::write(&mut doc, None, &filing).expect("a new dossier is a change");
            let raw = change.raw_bytes().to_vec();
            history.take_own(change);
            let act = Act::Submit {
                heads: history.heads(),
                channel: Channel::OwnPhone,
                claimed_at: now,
                last_contact: None,
            };
            up.parcels.push(Parcel { dossier, establishment, changes: vec![raw] });
            up.acts.push(SentAct { dossier, id: ActId(dice.bytes()), act });
        }
        up.encode(key)
    };
    (0..frames).map(frame).collect()
}
