//! A device made by hand: it signs whatever frame a test wants to send.
#![allow(dead_code, reason = "each test uses its own part")]

use axum::body::Body;
use axum::http::Request;
use dossier::access::Role;
use dossier::act::{Act, Channel, Heads};
use dossier::draft::{GuestDraft, StayDraft};
use dossier::filing::{Filing, PaperRef};
use dossier::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId, GuestId, PaperId};
use dossier::moment::Day;
use dossier::procedure::Version;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::Stay;
use ed25519_dalek::SigningKey;
use server::clock;
use server::store::{account, device};
use sync::case::History;
use sync::document;
use sync::frame::down::{Down, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, CONTENT_TYPE, Have, Parcel, Scope};
use sync::papers::digest;

use crate::office::{Answer, TestOffice, ask};

/// A device and where it belongs.
pub struct Hand {
    pub key: SigningKey,
    pub handle: DeviceHandle,
    pub account: AccountId,
    pub house: EstablishmentId,
    pub scope: Scope,
}

/// A notice: its changes and its submission.
#[derive(Clone)]
pub struct Notice {
    pub dossier: DossierId,
    pub parcel: Parcel,
    pub submit: SentAct,
}

/// A form for tonight.
pub fn form(name: &str, number: &str, room: &str) -> StayDraft {
    let now = clock::now();
    // The fourth digit of a personal number is odd for women.
    let woman = number.as_bytes()[3] % 2 == 1;
    let guest = GuestDraft {
        name: name.into(),
        birth_year: "2001".into(),
        sex: Some(if woman { Sex::Female } else { Sex::Male }),
        number: number.into(),
        ..GuestDraft::default()
    };
    StayDraft {
        arrive_day: app::text::time::input_day(now.day()),
        arrive_time: now.minute().to_string(),
        leave_day: app::text::time::input_day(now.day().plus(2)),
        room: room.into(),
        reason: StayReason::from_code(1),
        guests: vec![guest],
        ..StayDraft::default()
    }
}

fn stay(name: &str, number: &str, room: &str) -> Stay {
    let notice = form(name, number, room).parse(clock::now()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut stay = notice.stay;
    stay.guests.extend(notice.guests.into_iter().map(|(_, guest)| (GuestId([1, 2, 3, 4]), guest)));
    stay
}

impl Hand {
    /// A person of the office with an enrolled device.
    pub async fn join(
        test: &TestOffice,
        seed: u8,
        role: Role,
        commune: CommuneCode,
        house: EstablishmentId,
    ) -> Hand {
        let own = (role == Role::Owner).then_some(house);
        let (account, _) = test.add_person(&format!("nguoi{seed}"), role, commune, own).await;
        let (key, handle) = (SigningKey::from_bytes(&[seed; 32]), DeviceHandle([seed; 3]));
        let public = key.verifying_key().to_bytes();
        let mut transaction = test.office.store.begin().await.expect("a transaction");
        account::set_password(&mut *transaction, account, b"none").await.expect("active");
        device::insert(&mut *transaction, handle, account, public, "máy thử", clock::now())
            .await
            .expect("a device");
        transaction.commit().await.expect("a commit");
        let scope = match role {
            Role::Owner => Scope::Establishment(house),
            Role::TeamMember => Scope::Account(account),
            _ => Scope::Commune(commune),
        };
        Hand { key, handle, account, house, scope }
    }

    /// A notice of one guest that nobody has seen yet.
    pub fn notice(&self, dice: u8, name: &str, number: &str) -> Notice {
        self.notice_of([dice; 5], name, number)
    }

    /// The same, of these dice.
    pub fn notice_of(&self, dice: [u8; 5], name: &str, number: &str) -> Notice {
        self.notice_saying(dice, &stay(name, number, "5"))
    }

    /// The same, of guests who came so many minutes ago.
    pub fn notice_after(&self, dice: u8, minutes: i64) -> Notice {
        let said = stay("Sùng A Pó", "012201000217", "5");
        let arrive = said.arrive.plus_minutes(-minutes);
        self.notice_saying([dice; 5], &Stay { arrive, ..said })
    }

    fn notice_saying(&self, dice: [u8; 5], said: &Stay) -> Notice {
        let mut history = History::new();
        let mut doc = history.open();
        doc.set_actor(document::actor(self.handle, dice));
        let change = document::write(&mut doc, said).expect("a change");
        let raw = change.raw_bytes().to_vec();
        history.take_own(change);
        let dossier = DossierId::mint(self.handle, dice);
        let parcel = Parcel { dossier, establishment: self.house, changes: vec![raw] };
        Notice { dossier, parcel, submit: self.submit(dossier, history.heads(), dice) }
    }

    /// A residence dossier nobody has seen yet.
    pub fn filing(&self, dice: [u8; 5], said: &Filing) -> Notice {
        let mut history = History::new();
        let mut doc = history.open();
        doc.set_actor(document::actor(self.handle, dice));
        let change = document::filing::write(&mut doc, None, said).expect("a change");
        let raw = change.raw_bytes().to_vec();
        history.take_own(change);
        let dossier = DossierId::mint(self.handle, dice);
        let parcel = Parcel { dossier, establishment: self.house, changes: vec![raw] };
        Notice { dossier, parcel, submit: self.submit(dossier, history.heads(), dice) }
    }

    /// The notice with another room on top: two changes, each needed.
    pub fn moved(&self, notice: &Notice, room: &str) -> Notice {
        let mut history = History::new();
        for raw in &notice.parcel.changes {
            history.take(raw).expect("its own change");
        }
        let mut doc = history.open();
        doc.set_actor(document::actor(self.handle, [0xee; 5]));
        let before = document::read(&doc).expect("a stay");
        let change = document::write(&mut doc, &Stay { room: room.into(), ..before }).expect("a change");
        let mut parcel = notice.parcel.clone();
        parcel.changes.push(change.raw_bytes().to_vec());
        history.take_own(change);
        Notice {
            dossier: notice.dossier,
            parcel,
            submit: self.submit(notice.dossier, history.heads(), [0xee; 5]),
        }
    }

    /// The dossier saying something else on top: two changes, each needed.
    pub fn filing_after(&self, notice: &Notice, said: &Filing) -> Notice {
        self.written_on(notice, said, |history| history.read().expect("a content").filing().cloned())
    }

    /// The same as a program of somebody else may write it: as if it began here, its procedure too.
    pub fn begun_again(&self, notice: &Notice, said: &Filing) -> Notice {
        self.written_on(notice, said, |_| None)
    }

    fn written_on(
        &self,
        notice: &Notice,
        said: &Filing,
        before: impl Fn(&History) -> Option<Filing>,
    ) -> Notice {
        let mut history = History::new();
        for raw in &notice.parcel.changes {
            history.take(raw).expect("its own change");
        }
        let mut doc = history.open();
        doc.set_actor(document::actor(self.handle, [0xee; 5]));
        let before = before(&history);
        let change = document::filing::write(&mut doc, before.as_ref(), said).expect("a change");
        let mut parcel = notice.parcel.clone();
        parcel.changes.push(change.raw_bytes().to_vec());
        history.take_own(change);
        let submit = self.submit(notice.dossier, history.heads(), [0xee; 5]);
        Notice { dossier: notice.dossier, parcel, submit }
    }

    /// A residence dossier that is still a draft, with pages whose pictures these are.
    pub fn papers(&self, dice: [u8; 5], pages: &[&[u8]]) -> Parcel {
        let from = Day::from_date(2026, 7, 1).expect("the day the shipped definition begins");
        let version = Version { procedure: "temporary-residence".parse().expect("a name"), from };
        let mut filing = Filing::new(version);
        for (place, page) in (0_u32..).zip(pages) {
            let paper = "lease".parse().expect("a key");
            let page = PaperRef { paper, digest: digest(page), bytes: page.len() as u32 };
            filing.papers.insert(PaperId(place.to_be_bytes()), page);
        }
        let mut doc = History::new().open();
        doc.set_actor(document::actor(self.handle, dice));
        let change = document::filing::write(&mut doc, None, &filing).expect("a change");
        let (dossier, changes) = (DossierId::mint(self.handle, dice), vec![change.raw_bytes().to_vec()]);
        Parcel { dossier, establishment: self.house, changes }
    }

    fn submit(&self, dossier: DossierId, heads: Heads, dice: [u8; 5]) -> SentAct {
        let act =
            Act::Submit { heads, channel: Channel::OwnPhone, claimed_at: clock::now(), last_contact: None };
        let mut id = [0; 8];
        id[..3].copy_from_slice(&self.handle.0);
        id[3..].copy_from_slice(&dice);
        SentAct { dossier, id: ActId(id), act }
    }

    /// A frame that carries nothing and has seen nothing.
    pub fn hello(&self) -> Up {
        Up { have: vec![(self.scope, Have::default())], ..Up::silent(self.handle, clock::now()) }
    }

    /// A frame with these notices.
    pub fn carrying<'a>(&self, notices: impl IntoIterator<Item = &'a Notice>) -> Up {
        let mut up = self.hello();
        for notice in notices {
            up.parcels.push(notice.parcel.clone());
            up.acts.push(notice.submit.clone());
        }
        up
    }

    /// Posts a frame.
    pub async fn post(&self, test: &TestOffice, up: &Up) -> Answer {
        post_bytes(test, up.encode(&self.key)).await
    }

    /// Posts a frame that must be answered with one.
    pub async fn send(&self, test: &TestOffice, up: &Up) -> Down {
        let answer = self.post(test, up).await;
        assert_eq!(answer.header("content-type"), CONTENT_TYPE, "{} {}", answer.status, answer.text());
        Down::decode(&answer.body).expect("a frame")
    }
}

pub async fn post_bytes(test: &TestOffice, bytes: Vec<u8>) -> Answer {
    ask(&test.router, Request::post("/sync").body(Body::from(bytes)).expect("a request")).await
}

/// What the office said of a dossier.
pub fn verdict(down: &Down, dossier: DossierId) -> Option<Verdict> {
    down.verdicts.iter().find(|(of, _)| *of == dossier).map(|(_, verdict)| *verdict)
}

/// What the office said of an act.
pub fn act_verdict(down: &Down, act: &SentAct) -> Option<Verdict> {
    down.act_verdicts.iter().find(|said| said.id == act.id).map(|said| said.verdict)
}

/// How many rows of a table match.
pub async fn count(test: &TestOffice, table: &str) -> i64 {
    // The names come from the tests themselves.
    let sql = format!("select count(*) from {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_one(test.office.store.readers())
        .await
        .expect("a count")
}
