//! Several people on one tablet, each behind a PIN of their own.

use crate::{CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::place::Place;
use dossier::view::Stage;
use sync::slot::Slot;

const OTHER_PIN: &str = "135791";

/// A tablet on which Người 1 and Người 2 have joined, both of the same house; Người 2 is at it.
fn tablet() -> (Office, Phone) {
    let (mut office, mut tablet) = at_home();
    tablet.ask(&mut office, Intent::Lock);
    tablet.add(&mut office, 2, Role::Owner, OTHER_PIN);
    (office, tablet)
}

fn names(tablet: &Phone) -> Vec<String> {
    let Stage::Locked { tiles } = tablet.view().stage else { panic!("locked") };
    tiles.into_iter().map(|tile| format!("{} {} {}", tile.place.0, tile.initials, tile.name)).collect()
}

#[test]
fn a_second_person_joins_beside_the_first_and_the_first_vault_stays_byte_for_byte() {
    let (mut office, mut tablet) = at_home();
    saved(tablet.ask(&mut office, Intent::Submit(form(&[PAO]))));
    tablet.ask(&mut office, Intent::Lock);
    let before = (tablet.slots.clone(), tablet.logs.clone());
    assert!(tablet.ask(&mut office, Intent::AddPerson) == Answer::Done);
    assert!(matches!(tablet.view().stage, Stage::Adding));
    assert!(tablet.ask(&mut office, Intent::AddNobody) == Answer::Done);
    assert!(matches!(tablet.view().stage, Stage::Locked { .. }));
    tablet.add(&mut office, 2, Role::Officer, OTHER_PIN);
    for (key, bytes) in before.0 {
        assert_eq!(tablet.slots[&key], bytes, "{key:?}");
    }
    assert_eq!(tablet.logs[&Place(0)], before.1[&Place(0)]);
}

#[test]
fn an_own_phone_keeps_no_name_in_clear_and_a_shared_tablet_only_what_its_tiles_show() {
    let (mut office, mut tablet) = at_home();
    assert!(!tablet.view().shared);
    tablet.ask(&mut office, Intent::Lock);
    assert_eq!(names(&tablet), ["0  "]);
    tablet.add(&mut office, 2, Role::Owner, OTHER_PIN);
    assert!(tablet.view().shared);
    tablet.ask(&mut office, Intent::Lock);
    // The first has not been here since: the tile gets its name when its person has unlocked.
    assert_eq!(names(&tablet), ["0  ", "1 N2 2"]);
    assert!(tablet.unlock(&mut office, 0, "246810") == Answer::Done);
    tablet.ask(&mut office, Intent::Lock);
    let mut tablet = tablet.restarted();
    tablet.start(&mut office);
    assert_eq!(names(&tablet), ["0 N1 1", "1 N2 2"]);
    for ((_, slot), bytes) in &tablet.slots {
        let clear = bytes.windows("Người".len()).any(|window| window == "Người".as_bytes());
        assert!(!clear, "{slot:?} spells a whole name");
    }
}

#[test]
fn a_device_of_the_team_is_a_shared_tablet_from_its_first_member_on() {
    let mut office = Office::new();
    let mut tablet = Phone::new(5, Role::TeamMember);
    tablet.enrol(&mut office);
    assert!(tablet.view().shared);
    tablet.ask(&mut office, Intent::Lock);
    assert_eq!(names(&tablet), ["0 N5 5"]);
}

#[test]
fn who_unlocks_sees_the_own_work_and_nothing_of_the_others() {
    let (mut office, mut tablet) = tablet();
    tablet.online = false;
    let theirs = saved(tablet.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    tablet.ask(&mut office, Intent::Lock);
    assert!(tablet.view().home.is_none(), "nothing of anybody shows on a locked tablet");
    assert!(tablet.unlock(&mut office, 0, "246810") == Answer::Done);
    assert!(tablet.cards().is_empty(), "offline, the first knows nothing of what the second has saved");
    assert!(matches!(tablet.ask(&mut office, Intent::Open(theirs)), Answer::Refused(Refusal::Unknown)));
    let ours = saved(tablet.ask(&mut office, Intent::Submit(form(&[PAO]))));
    tablet.ask(&mut office, Intent::Lock);
    assert!(tablet.unlock(&mut office, 1, OTHER_PIN) == Answer::Done);
    let cards = tablet.cards();
    assert_eq!((cards.len(), cards[0].dossier), (1, theirs));

    // With network each hands in what is theirs, and the office knows whose it is.
    tablet.online = true;
    tablet.sync(&mut office);
    tablet.ask(&mut office, Intent::Lock);
    assert!(tablet.unlock(&mut office, 0, "246810") == Answer::Done);
    let author = |id| office.known[&id].acts[0].recorded.by.name.clone();
    assert_eq!((author(ours), author(theirs)), ("Người 1".to_owned(), "Người 2".to_owned()));
}

#[test]
fn one_persons_pin_opens_no_other_place_and_wrong_tries_delay_only_their_own() {
    let (mut office, mut tablet) = tablet();
    tablet.ask(&mut office, Intent::Lock);
    for _ in 0..3 {
        let wrong = tablet.unlock(&mut office, 0, OTHER_PIN);
        assert!(matches!(wrong, Answer::Refused(Refusal::WrongPin { .. })));
    }
    assert!(matches!(tablet.unlock(&mut office, 0, "246810"), Answer::Refused(Refusal::Wait { wait: 15 })));
    let Stage::Locked { tiles } = tablet.view().stage else { panic!("locked") };
    assert_eq!(tiles.iter().map(|tile| tile.wait).collect::<Vec<_>>(), [15, 0]);
    assert!(tablet.unlock(&mut office, 1, OTHER_PIN) == Answer::Done);
    assert!(matches!(tablet.unlock(&mut office, 7, OTHER_PIN), Answer::Refused(Refusal::Locked)));
}

#[test]
fn a_damaged_vault_shuts_its_own_place_and_nothing_is_written_over_it() {
    let (mut office, tablet) = tablet();
    let mut tablet = tablet.restarted();
    tablet.slots.insert((Place(0), Slot::Vault), b"half a vault".to_vec());
    tablet.start(&mut office);
    assert_eq!(names(&tablet), ["1 N2 2"]);
    tablet.add(&mut office, 3, Role::Owner, "112233");
    assert_eq!(tablet.slots[&(Place(0), Slot::Vault)], b"half a vault");
    assert!(tablet.slots.contains_key(&(Place(2), Slot::Vault)));
    tablet.slots.remove(&(Place(1), Slot::Vault));
    tablet.slots.remove(&(Place(2), Slot::Vault));
    let mut tablet = tablet.restarted();
    tablet.start(&mut office);
    assert!(matches!(tablet.view().stage, Stage::Broken(_)));
}

#[test]
fn ten_people_take_turns_on_one_tablet_and_each_finds_the_own_work_after_a_restart() {
    let pin = |seed: u8| format!("10{seed:02}99");
    let mut office = Office::new();
    let mut tablet = Phone::new(20, Role::Owner);
    tablet.enrol(&mut office);
    let mut kept = vec![("246810".to_owned(), None)];
    for seed in 21..30 {
        tablet.ask(&mut office, Intent::Lock);
        tablet.add(&mut office, seed, Role::Owner, &pin(seed));
        tablet.online = false;
        let ours = saved(tablet.ask(&mut office, Intent::Submit(form(&[PAO]))));
        kept.push((pin(seed), Some(ours)));
        tablet.online = true;
    }
    tablet.ask(&mut office, Intent::Lock);
    let mut tablet = tablet.restarted();
    tablet.online = false;
    tablet.start(&mut office);
    assert_eq!(names(&tablet).len(), 10);
    for (place, (pin, ours)) in kept.iter().enumerate() {
        let place = u8::try_from(place).expect("ten");
        assert!(matches!(
            tablet.unlock(&mut office, place, "000000"),
            Answer::Refused(Refusal::WrongPin { wait: 0 })
        ));
        assert!(tablet.unlock(&mut office, place, pin) == Answer::Done, "place {place}");
        if let Some(ours) = ours {
            assert!(tablet.cards().iter().any(|card| card.dossier == *ours), "place {place}");
        }
        tablet.ask(&mut office, Intent::Lock);
    }
}
