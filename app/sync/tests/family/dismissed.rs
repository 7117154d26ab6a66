//! A revoked device hands over what waits, then wipes the member's place and no other.

use crate::{BOX, CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::{Area, Role};
use dossier::id::EstablishmentId;
use dossier::intent::{Answer, Intent};
use dossier::place::Place;
use dossier::view::{CardState, Rejection, Review, Stage};
use sync::device::{Effect, Input, Reply};
use sync::frame::up::Up;
use sync::slot::Slot;

/// The notices in the office's quarantine.
fn handed_over(office: &Office, handle: [u8; 3]) -> Vec<dossier::id::DossierId> {
    let (_, key) = &office.devices[&handle];
    let brought = |frame: &Vec<u8>| Up::decode(frame, key).map(|up| up.parcels).unwrap_or_default();
    let mut all: Vec<_> = office.quarantine.iter().flat_map(brought).map(|parcel| parcel.dossier).collect();
    all.sort();
    all.dedup();
    all
}

/// Nothing of anybody is left, only why.
fn bare(phone: &Phone) -> bool {
    phone.slots.keys().all(|(_, slot)| *slot == Slot::Dismissed)
}

#[test]
fn a_revoked_phone_wipes_itself_once_the_office_holds_what_it_had() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let unsent = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    office.revoked.push([1; 3]);
    phone.online = true;
    phone.sync(&mut office);
    assert_eq!(handed_over(&office, [1; 3]), [unsent]);
    assert!(office.known.is_empty(), "nothing of it counts as filed");
    assert!(matches!(phone.view().stage, Stage::Fresh));
    assert!(bare(&phone) && phone.logs.is_empty());
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert!(matches!(phone.view().stage, Stage::Fresh), "a wiped phone is a new one");
    assert!(phone.view().dismissed, "and says why");
}

#[test]
fn more_than_one_frame_holds_is_handed_over_before_anything_is_wiped() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let mut all: Vec<_> =
        (0..900).map(|_| saved(phone.ask(&mut office, Intent::Submit(form(&[PAO, CHINH]))))).collect();
    all.sort();
    office.revoked.push([1; 3]);
    phone.online = true;
    phone.sync(&mut office);
    assert!(office.quarantine.len() > 1, "{}", office.quarantine.len());
    assert_eq!(handed_over(&office, [1; 3]), all);
    assert!(bare(&phone) && phone.logs.is_empty());
}

#[test]
fn what_the_office_had_turned_back_is_handed_over_too() {
    let (mut office, mut phone) = at_home();
    let sound = office.devices.clone();
    for (caller, _) in office.devices.values_mut() {
        caller.principal.grants[0].area = Area::Establishment(EstablishmentId(2));
    }
    let refused = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert!(matches!(phone.cards()[0].state, CardState::Review(Review::Rejected(Rejection::Forbidden))));
    office.devices = sound;
    office.revoked.push([1; 3]);
    phone.sync(&mut office);
    assert_eq!(handed_over(&office, [1; 3]), [refused]);
    assert!(bare(&phone) && phone.logs.is_empty());
}

#[test]
fn the_others_on_a_tablet_keep_everything_byte_for_byte() {
    let (mut office, mut tablet) = at_home();
    tablet.ask(&mut office, Intent::Lock);
    tablet.add(&mut office, 2, Role::Owner, "135791");
    tablet.ask(&mut office, Intent::Lock);
    assert!(tablet.unlock(&mut office, 0, "246810") == Answer::Done);
    tablet.ask(&mut office, Intent::Lock);
    let slots = |tablet: &Phone| {
        let own = tablet.slots.iter().filter(|((place, _), _)| *place == Place(0));
        own.map(|(key, bytes)| (*key, bytes.clone())).collect::<Vec<_>>()
    };
    let (before, log) = (slots(&tablet), tablet.logs.get(&Place(0)).cloned());
    office.revoked.push([2; 3]);
    assert!(tablet.unlock(&mut office, 1, "135791") == Answer::Done);
    let Stage::Locked { tiles } = tablet.view().stage else { panic!("locked") };
    assert_eq!(tiles.len(), 1);
    assert_eq!((slots(&tablet), tablet.logs.get(&Place(0)).cloned()), (before, log));
    assert!(tablet.slots.keys().all(|(place, _)| *place == Place(0)));
    assert!(tablet.unlock(&mut office, 0, "246810") == Answer::Done);
}

#[test]
fn an_order_that_is_not_the_offices_or_not_about_this_frame_wipes_nothing() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let before = (phone.slots.clone(), phone.logs.clone());
    let handle = dossier::id::DeviceHandle([1; 3]);
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    for turn in 0..3 {
        let effects = phone.device.step(phone.now, [turn + 1; 32], Input::Nudge);
        let sent = effects.into_iter().find_map(|effect| match effect {
            Effect::Post { id, body } => Some((id, body)),
            _ => None,
        });
        let (id, body) = sent.expect("a frame");
        let order = match turn {
            0 => sync::wipe::order(handle, &sync::wipe::digest(&body), 1, &stranger),
            1 => sync::wipe::order(handle, &sync::wipe::digest(b"an older frame"), 1, &office.key),
            _ => b"<html>410 Gone</html>".to_vec(),
        };
        let reply = Reply::Revoked(order);
        let effects = phone.device.step(phone.now, [9; 32], Input::Reply { id, reply });
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Keep { .. })));
    }
    assert!(matches!(phone.view().stage, Stage::Open(_)));
    assert_eq!((phone.slots.clone(), phone.logs.clone()), before);
    assert!(phone.slots.values().any(|bytes| sync::sealed::open(bytes, &BOX).is_some()));
}
