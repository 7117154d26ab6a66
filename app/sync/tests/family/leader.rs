//! A member of a team has forgotten the secret; the leader's device lets them in, without a network.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{HandedCodes, LeaderDevice, MemberCode, TeamCodes, Told};
use dossier::place::Place;
use dossier::view::Stage;
use sync::request::{Authorization, Call, Heard};

use crate::on_behalf::witnessed;
use crate::phone::PIN;
use crate::{Caller, Office, PAO, Phone, form, leading, saved};

const NEW_PIN: &str = "975310";

/// The codes that lie at the office.
#[derive(Default)]
pub struct Codes {
    boxes: BTreeMap<DeviceHandle, (Role, String)>,
    lying: BTreeMap<(DeviceHandle, DeviceHandle), (u32, String)>,
    /// How often devices have asked.
    pub heard: usize,
}

impl Office {
    /// `POST /api/v1/codes`: everybody here is of one village.
    pub fn hear_codes(&mut self, call: &Call, caller: &Caller) -> Heard {
        let header = Authorization::parse(&call.authorization).expect("a header");
        let device: DeviceHandle = header.who.parse().expect("a handle");
        let said: HandedCodes = serde_json::from_slice(&call.body).expect("codes");
        let role = leading(caller);
        let codes = &mut self.team;
        codes.heard += 1;
        codes.boxes.insert(device, (role, said.box_key));
        for handed in said.codes {
            codes.lying.insert((device, handed.leader), (handed.generation, handed.sealed));
        }
        let generation = |leader: &DeviceHandle| codes.lying.get(&(device, *leader)).map(|(known, _)| *known);
        let leaders =
            codes.boxes.iter().filter(|(_, (of, _))| *of == Role::TeamLeader && role == Role::TeamMember);
        let leaders = leaders.map(|(leader, (_, box_key))| LeaderDevice {
            device: *leader,
            box_key: box_key.clone(),
            generation: generation(leader),
        });
        let members = codes.lying.iter().filter(|((_, leader), _)| *leader == device);
        let members = members.map(|((member, _), (generation, sealed))| MemberCode {
            device: *member,
            person: "Sùng A Khua".into(),
            device_name: "máy thử".into(),
            generation: *generation,
            at: crate::evening(),
            sealed: sealed.clone(),
        });
        let told = Told::Codes(TeamCodes { leaders: leaders.collect(), members: members.collect() });
        Heard { status: 200, json: true, body: serde_json::to_vec(&told).expect("JSON"), at: None }
    }
}

/// A leader's phone and a member's tablet that have both met their office.
fn team() -> (Office, Phone, Phone) {
    let mut office = Office::new();
    let (mut leader, mut tablet) = (Phone::new(7, Role::TeamLeader), Phone::new(5, Role::TeamMember));
    leader.enrol(&mut office);
    tablet.enrol(&mut office);
    meet(&mut leader, &mut office);
    (office, leader, tablet)
}

/// A contact half an hour later.
fn meet(phone: &mut Phone, office: &mut Office) {
    phone.now = phone.now.plus_minutes(31);
    phone.sync(office);
}

fn shown(leader: &mut Phone, office: &mut Office) -> Vec<String> {
    match leader.ask(office, Intent::ShowCodes) {
        Answer::Codes(codes) => codes.into_iter().map(|shown| shown.code).collect(),
        _ => panic!("codes"),
    }
}

fn reset(tablet: &mut Phone, office: &mut Office, code: &str, pin: &str) -> Answer {
    tablet.ask(office, Intent::ResetByLeader { place: Place(0), code: code.into(), pin: pin.into() })
}

#[test]
fn a_forgotten_secret_is_replaced_with_the_leaders_code_and_nothing_unsent_is_lost() {
    let (mut office, mut leader, mut tablet) = team();
    (leader.online, tablet.online) = (false, false);
    assert!(tablet.ask(&mut office, Intent::KeepBehalf(witnessed())) == Answer::Done);
    let unsent = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    tablet.ask(&mut office, Intent::Lock);
    let Stage::Locked { tiles } = tablet.view().stage else { panic!("locked") };
    assert!(tiles[0].led);
    // The leader's phone was closed meanwhile, and shows the code without a network.
    let mut leader = leader.restarted();
    leader.start(&mut office);
    leader.unlock(&mut office, 0, PIN);
    let codes = shown(&mut leader, &mut office);
    assert_eq!(codes.len(), 1);
    assert!(reset(&mut tablet, &mut office, &codes[0], NEW_PIN) == Answer::Done);
    assert_eq!(tablet.cards()[0].dossier, unsent);

    let mut tablet = tablet.restarted();
    tablet.start(&mut office);
    assert!(matches!(tablet.unlock(&mut office, 0, PIN), Answer::Refused(Refusal::WrongPin { .. })));
    assert!(tablet.unlock(&mut office, 0, NEW_PIN) == Answer::Done);
    tablet.online = true;
    tablet.sync(&mut office);
    assert!(office.known.contains_key(&unsent), "what was unsent goes");

    // The code was used: the contact has made another, and the old one opens nothing.
    tablet.ask(&mut office, Intent::Lock);
    assert!(matches!(
        reset(&mut tablet, &mut office, &codes[0], PIN),
        Answer::Refused(Refusal::WrongCode { .. })
    ));
    leader.online = true;
    meet(&mut leader, &mut office);
    let next = shown(&mut leader, &mut office);
    assert!(next.len() == 1 && next != codes);
    assert!(reset(&mut tablet, &mut office, &next[0].replace(' ', "-").to_lowercase(), PIN) == Answer::Done);
}

#[test]
fn wrong_codes_are_delayed_like_wrong_pins_and_a_short_secret_is_not_taken() {
    let (mut office, mut leader, mut tablet) = team();
    let code = shown(&mut leader, &mut office).remove(0);
    tablet.ask(&mut office, Intent::Lock);
    assert!(reset(&mut tablet, &mut office, &code, "123") == Answer::Refused(Refusal::WeakPin));
    for _ in 0..3 {
        let wrong = reset(&mut tablet, &mut office, "AAAA BBBB CCCC DDDD", NEW_PIN);
        assert!(matches!(wrong, Answer::Refused(Refusal::WrongCode { .. })));
    }
    assert!(matches!(reset(&mut tablet, &mut office, &code, NEW_PIN), Answer::Refused(Refusal::Wait { .. })));
    assert!(matches!(tablet.unlock(&mut office, 0, PIN), Answer::Refused(Refusal::Wait { .. })));
    tablet.now = tablet.now.plus_minutes(2);
    assert!(reset(&mut tablet, &mut office, &code, NEW_PIN) == Answer::Done);
}

#[test]
fn a_code_is_handed_over_once_and_owners_hand_over_none() {
    let (mut office, _, mut tablet) = team();
    let before = office.team.heard;
    for _ in 0..3 {
        tablet.sync(&mut office);
    }
    assert_eq!(office.team.heard, before, "an exchange a moment later asks nothing");
    meet(&mut tablet, &mut office);
    assert_eq!(office.team.heard, before + 1, "what lies there already is not sealed again");
    let mut owner = Phone::new(1, Role::Owner);
    owner.enrol(&mut office);
    owner.ask(&mut office, Intent::Submit(form(&[PAO])));
    assert_eq!(office.team.heard, before + 1);
    owner.ask(&mut office, Intent::Lock);
    assert!(matches!(
        reset(&mut owner, &mut office, "AAAA BBBB CCCC DDDD", NEW_PIN),
        Answer::Refused(Refusal::WrongCode { .. })
    ));
}
