//! Residence dossiers under the definitions that come with the product: the acceptance cases of the domain that live in
//! this room.

mod clock;
mod draft;
mod law;
mod migrate;
mod status;

use dossier::access::Role;
use dossier::act::{Act, Actor, Channel, Heads, Recorded};
use dossier::filing::Answers;
use dossier::filing::draft::{ConsentDraft, ConsentPick, FilingDraft, PersonDraft};
use dossier::filing::step::{Reason, ReturnWay, Step};
use dossier::id::AccountId;
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::procedure::load::embedded;
use dossier::procedure::{ConsentKind, FieldKind, Procedure};

/// A shipped definition.
fn procedure(id: &str) -> Procedure {
    let procedures = embedded().expect("sound files");
    procedures.into_iter().find(|procedure| procedure.id.as_str() == id).expect("a shipped definition")
}

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_date(year, month, day).expect("a real day")
}

/// Nine in the morning.
fn morning(day: Day) -> Moment {
    Moment::at(day, MinuteOfDay(9 * 60))
}

/// Wednesday 25 November 2026, nine in the morning.
fn now() -> Moment {
    morning(day(2026, 11, 25))
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(key, value)| (key.parse().expect("a key"), (*value).to_owned())).collect()
}

fn signed(who: &str) -> ConsentDraft {
    ConsentDraft {
        who: who.into(),
        at: "Sin Suối Hồ".into(),
        day: "2026-11-25".into(),
        way: ConsentPick::Signature,
        strokes: vec![(0..40).map(|x| (x, 20)).collect()],
    }
}

fn member(pairs: &[(&str, &str)]) -> PersonDraft {
    PersonDraft { answers: answers(pairs), ..PersonDraft::default() }
}

/// A family that registers at a kinsman's: everything asked is there.
fn family() -> (Procedure, FilingDraft) {
    let procedure = procedure("permanent-residence");
    let mut draft = FilingDraft::new(&procedure);
    draft.answers = answers(&[
        ("name", "Sùng A Páo"),
        ("birth", "1988-05-09"),
        ("sex", "nam"),
        ("number", "012088000101"),
        ("phone", "0912 345 678"),
        ("dwelling", "than-nhan"),
        ("address", "Bản Chí Sáng, xã Sin Suối Hồ, tỉnh Lai Châu"),
        ("relation", "con-de"),
        ("head-name", "Sùng A Chu"),
        ("head-number", "012041000015"),
        ("request", "Đăng ký thường trú vào hộ ông Sùng A Chu"),
        ("return", "dien-tu"),
    ]);
    draft.people.push(member(&[
        ("name", "Giàng Thị Mỷ"),
        ("birth", "1990-01-20"),
        ("sex", "nu"),
        ("number", "012190000033"),
        ("relation", "con-dau"),
    ]));
    draft.consents.insert(ConsentKind::Head, signed("Sùng A Chu"));
    draft.consents.insert(ConsentKind::Owner, signed("Sùng A Chu"));
    (procedure, draft)
}

/// Something sound for a field of any kind; of a choice the option of this place, or the last.
fn sample(kind: &FieldKind, option: usize) -> String {
    match kind {
        FieldKind::FullName => "Lò Văn Chung".into(),
        FieldKind::BirthDate => "2019-02-03".into(),
        FieldKind::Sex => "nam".into(),
        FieldKind::PersonalNumber => "012219000001".into(),
        FieldKind::Phone => "0912345678".into(),
        FieldKind::Email => "chung@example.vn".into(),
        FieldKind::Day => "2026-11-20".into(),
        FieldKind::Text { .. } | FieldKind::Note { .. } | FieldKind::Place => "Bản Chí Sáng".into(),
        FieldKind::Relation => "con-de".into(),
        FieldKind::Choice { options } => options[option.min(options.len() - 1)].key.to_string(),
        FieldKind::Money | FieldKind::Count { .. } => "3".into(),
    }
}

fn words(text: &str) -> Reason {
    text.parse().expect("words")
}

fn heads(mark: u8) -> Heads {
    Heads(vec![[mark; 32]])
}

fn recorded(at: Moment, act: Act) -> Recorded {
    let by = Actor { account: AccountId(1), role: Role::Officer, name: "Lò Văn Chung".into() };
    Recorded { order: 1, at, by, act }
}

fn submit(at: Moment, mark: u8) -> Recorded {
    let act = Act::Submit { heads: heads(mark), channel: Channel::Team, claimed_at: at, last_contact: None };
    recorded(at, act)
}

fn step(at: Moment, step: Step) -> Recorded {
    recorded(at, Act::Step(Box::new(step)))
}

fn accept(at: Moment, mark: u8, appointed: Day) -> Recorded {
    step(at, Step::Accept { heads: heads(mark), appointed, way: ReturnWay::Electronic, papers: Vec::new() })
}

fn decide(at: Moment, mark: u8) -> Recorded {
    let words = words("Đã đăng ký");
    step(at, Step::Decide { heads: heads(mark), words, until: None })
}
