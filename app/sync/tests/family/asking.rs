//! Xin tài khoản: kept before anything else, sent by itself, one request at the office, a member without typing again.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::asking::{AskDraft, AskField, AskState, Asking};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{NewRequest, Objection, OpenCommune, Verdict};
use dossier::moment::Moment;
use dossier::view::Stage;
use ed25519_dalek::VerifyingKey;
use serde::Serialize;
use sync::asking::Taken;
use sync::door::Membership;
use sync::request::{Authorization, Call, Heard, KEY, Spoken};
use sync::slot::Slot;

use crate::phone::{PIN, unhex};
use crate::{COMMUNE, Caller, Office, PAO, Phone, form, saved};

/// The office's table of requests.
#[derive(Default)]
pub struct Requests {
    by_key: BTreeMap<String, (NewRequest, Option<Result<(), String>>)>,
    /// How many requests have come, repeats included.
    asked: usize,
    answered: usize,
}

impl Office {
    /// What is asked outside the exchange.
    pub fn hear(
        &mut self,
        now: Moment,
        call: &Call,
        (handle, caller): ([u8; 3], &Caller),
        membership: Membership,
    ) -> Heard {
        if call.path == "/api/v1/codes" {
            return self.hear_codes(call, caller);
        }
        let header = Authorization::parse(&call.authorization).expect("a header");
        let spoken = Spoken { method: call.method, path: &call.path, body: &call.body };
        let key = unhex(header.who);
        assert!(header.scheme == KEY && header.holds(&key, &spoken));
        let at = Some(now.plus_minutes(self.clock_ahead));
        if call.path == "/api/communes" {
            return heard(200, at, &communes());
        }
        if !header.is_timely(now.plus_minutes(self.clock_ahead)) {
            return heard(401, at, &Objection::Clock);
        }
        let requests = &mut self.requests;
        match call.path.as_str() {
            "/api/ask-account" => {
                requests.asked += 1;
                let said = serde_json::from_slice(&call.body).expect("a request");
                let known = requests.by_key.entry(header.who.to_owned()).or_insert((said, None));
                if !matches!(known.1, Some(Ok(()))) {
                    *known = (serde_json::from_slice(&call.body).expect("a request"), None);
                }
                heard(200, at, &Taken { handle: membership.handle })
            }
            _ => {
                requests.answered += 1;
                match requests.by_key.get(header.who) {
                    None => heard(404, at, &Objection::Unknown),
                    Some((_, None)) => heard(200, at, &Verdict::<Membership>::Waiting),
                    Some((_, Some(Err(why)))) => heard(200, at, &Verdict::<Membership>::Refused(why.clone())),
                    Some((_, Some(Ok(())))) => {
                        let key = VerifyingKey::from_bytes(&key).expect("a key");
                        self.devices.insert(handle, (caller.clone(), key));
                        heard(200, at, &Verdict::Approved(membership))
                    }
                }
            }
        }
    }

    fn decide(&mut self, verdict: Result<(), &str>) {
        for (_, decided) in self.requests.by_key.values_mut() {
            *decided = Some(verdict.map_err(str::to_owned));
        }
    }
}

fn heard(status: u16, at: Option<Moment>, body: &impl Serialize) -> Heard {
    Heard { status, json: true, body: serde_json::to_vec(body).expect("JSON"), at }
}

fn communes() -> Vec<OpenCommune> {
    vec![OpenCommune { code: COMMUNE, name: "xã Sin Suối Hồ".into(), duty_phone: "0213000113".into() }]
}

fn typed() -> Box<AskDraft> {
    Box::new(AskDraft {
        name: "Hảng Thị Sú".into(),
        phone: "0987000111".into(),
        commune_name: "Sin Suối Hồ".into(),
        village: "bản Sin Suối Hồ".into(),
        role: Some(Role::Owner),
        house: "Homestay Suối Mây".into(),
        ..AskDraft::default()
    })
}

fn asking(phone: &Phone) -> Asking {
    match phone.view().stage {
        Stage::Asking(asking) => *asking,
        other => panic!("{other:?}"),
    }
}

/// A new phone without a network, whose person has said that they want an account.
fn begun() -> (Office, Phone) {
    let (mut office, mut phone) = (Office::new(), Phone::new(6, Role::Owner));
    phone.start(&mut office);
    assert!(phone.ask(&mut office, Intent::BeginAsking { pin: PIN.into() }) == Answer::Done);
    (office, phone)
}

fn again(phone: Phone, office: &mut Office) -> Phone {
    let mut phone = phone.restarted();
    phone.start(office);
    assert!(matches!(phone.view().stage, Stage::Locked { .. }));
    assert!(phone.unlock(office, 0, PIN) == Answer::Done);
    phone
}

#[test]
fn without_a_network_a_request_is_kept_and_survives_a_restart_in_every_state() {
    let (mut office, mut phone) = begun();
    let half = Box::new(AskDraft { name: "Hảng Thị".into(), ..AskDraft::default() });
    phone.ask(&mut office, Intent::KeepAsking(half.clone()));
    let mut phone = again(phone, &mut office);
    assert_eq!((asking(&phone).draft, asking(&phone).state), (*half, AskState::Typing));

    phone.ask(&mut office, Intent::SendAsking(typed()));
    let mut phone = again(phone, &mut office);
    assert_eq!((asking(&phone).draft, asking(&phone).state), (*typed(), AskState::Kept));
    for ((_, slot), bytes) in &phone.slots {
        let clear = bytes.windows(4).any(|window| window == "Hảng".as_bytes().get(..4).expect("four"));
        assert!(!clear, "{slot:?} names the applicant");
    }

    // A network: it goes by itself.
    phone.online = true;
    phone.sync(&mut office);
    assert_eq!(asking(&phone).state, AskState::Waiting);
    let mut phone = again(phone, &mut office);
    assert_eq!(asking(&phone).state, AskState::Waiting);
    office.decide(Err("Chưa gọi được số này"));
    phone.online = true;
    phone.ask(&mut office, Intent::SyncNow);
    let mut phone = again(phone, &mut office);
    assert_eq!(asking(&phone).state, AskState::Refused("Chưa gọi được số này".into()));

    // Asked again in other words; the office says yes, and nothing is typed again.
    let better = Box::new(AskDraft { phone: "0987000222".into(), ..*typed() });
    phone.ask(&mut office, Intent::SendAsking(better));
    assert_eq!(asking(&phone).state, AskState::Waiting);
    office.decide(Ok(()));
    let mut phone = again(phone, &mut office);
    assert!(matches!(phone.view().stage, Stage::Open(_)));
    assert!(!phone.slots.keys().any(|(_, slot)| *slot == Slot::Asking));
    let ours = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert!(office.known.contains_key(&ours), "the key it asked with signs its frames");
    let mut phone = again(phone, &mut office);
    assert_eq!(phone.cards().len(), 1);
    phone.ask(&mut office, Intent::Lock);
    let recovery = Intent::Recover {
        place: dossier::place::Place(0),
        login: String::new(),
        password: String::new(),
        pin: "short".into(),
    };
    assert!(phone.ask(&mut office, recovery) == Answer::Refused(Refusal::WeakPin));
}

#[test]
fn the_same_request_twice_is_one_at_the_office_and_a_lost_one_goes_again() {
    let (mut office, mut phone) = begun();
    phone.online = true;
    phone.ask(&mut office, Intent::SendAsking(typed()));
    phone.ask(&mut office, Intent::SendAsking(typed()));
    assert_eq!((office.requests.asked, office.requests.by_key.len()), (2, 1));
    // The office was restored from before it was asked.
    office.requests.by_key.clear();
    phone.ask(&mut office, Intent::SyncNow);
    assert_eq!((asking(&phone).state, office.requests.by_key.len()), (AskState::Waiting, 1));
}

#[test]
fn a_form_with_a_hole_is_kept_and_the_hole_is_named() {
    let (mut office, mut phone) = begun();
    let holed = Box::new(AskDraft { house: String::new(), ..*typed() });
    let answer = phone.ask(&mut office, Intent::SendAsking(holed));
    assert!(answer == Answer::AskFaults(vec![AskField::House]));
    let phone = again(phone, &mut office);
    assert_eq!((asking(&phone).state, asking(&phone).draft.name), (AskState::Typing, "Hảng Thị Sú".into()));
}

#[test]
fn a_commune_the_office_does_not_serve_is_asked_of_the_person_and_never_guessed() {
    let (mut office, mut phone) = begun();
    let elsewhere = Box::new(AskDraft { commune_name: "Sin Hồ".into(), ..*typed() });
    phone.ask(&mut office, Intent::SendAsking(elsewhere.clone()));
    assert!(!asking(&phone).astray, "nobody has said which communes there are");
    phone.online = true;
    phone.sync(&mut office);
    assert!(asking(&phone).astray);
    assert_eq!(office.requests.asked, 0);
    let picked = Box::new(AskDraft { commune: Some(COMMUNE), ..*elsewhere });
    phone.ask(&mut office, Intent::SendAsking(picked));
    assert_eq!(asking(&phone).state, AskState::Waiting);
}

#[test]
fn a_phone_with_a_wrong_clock_learns_the_offices_and_its_request_counts() {
    let (mut office, mut phone) = begun();
    office.clock_ahead = 60 * 24 * 40;
    phone.online = true;
    phone.ask(&mut office, Intent::SendAsking(typed()));
    assert_eq!(asking(&phone).state, AskState::Waiting);
    let mut phone = again(phone, &mut office);
    phone.online = true;
    phone.sync(&mut office);
    assert_eq!((asking(&phone).state, asking(&phone).clock_off), (AskState::Waiting, false));
    assert!(office.requests.answered >= 1);
}

#[test]
fn who_gives_up_leaves_nothing_behind_and_others_of_the_device_stay() {
    let (mut office, mut phone) = crate::at_home();
    phone.ask(&mut office, Intent::Lock);
    phone.ask(&mut office, Intent::AddPerson);
    phone.online = false;
    assert!(phone.ask(&mut office, Intent::BeginAsking { pin: "135791".into() }) == Answer::Done);
    phone.ask(&mut office, Intent::SendAsking(typed()));
    let before = phone.slots.len();
    assert!(phone.ask(&mut office, Intent::DropAsking) == Answer::Done);
    assert_eq!(phone.slots.len(), before - 2);
    assert!(phone.unlock(&mut office, 0, PIN) == Answer::Done);
}
