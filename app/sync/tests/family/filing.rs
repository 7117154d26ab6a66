//! A residence dossier from the landlord's phone to the result, through the real machines.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::filing::draft::{ConsentDraft, ConsentPick, FilingDraft, PersonDraft};
use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf, QueuePart, QueueQuery};
use dossier::filing::status::Stage;
use dossier::filing::step::{Item, Items, ReturnWay, Step};
use dossier::filing::view::{FilingDetail, FilingState, QueuePage};
use dossier::filing::{Answers, PaperRef};
use dossier::id::{DossierId, PaperId};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::procedure::{ConsentKind, FieldKey, load};
use dossier::view::Rejection;
use sync::catalogue::Catalogue;

use crate::phone::{PIN, Phone};
use crate::{Office, evening};

const TENANT: [(&str, &str); 14] = [
    ("name", "Lò Văn Mẫn"),
    ("birth", "2001-03-09"),
    ("sex", "nam"),
    ("number", "012201004318"),
    ("dwelling", "thue"),
    ("address", "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"),
    ("from", "2026-12-01"),
    ("until", "2027-11-30"),
    ("relation", "o-thue"),
    ("head-name", "Hảng A Xà"),
    ("head-number", "012080000123"),
    ("request", "Đăng ký tạm trú 12 tháng tại nhà cho thuê"),
    ("phone", "0912000456"),
    ("return", "dien-tu"),
];

pub fn key(name: &str) -> FieldKey {
    name.parse().expect("a key")
}

fn answers(of: &[(&str, &str)]) -> Answers {
    of.iter().map(|(name, value)| (key(name), (*value).to_owned())).collect()
}

pub fn temporary_residence() -> FormOf {
    FormOf::New("temporary-residence".parse().expect("a procedure"))
}

/// An office that works with the shipped procedures.
pub fn office() -> Office {
    let procedures = load::embedded().expect("the shipped files");
    Office { catalogue: Catalogue::of(procedures), ..Office::new() }
}

pub fn landlord(office: &mut Office, seed: u8) -> Phone {
    let mut phone = Phone::new(seed, Role::Owner);
    phone.enrol(office);
    phone
}

pub fn officer(office: &mut Office, seed: u8) -> Phone {
    let mut desk = Phone::new(seed, Role::Officer);
    desk.enrol(office);
    desk
}

pub fn ask(device: &mut Phone, office: &mut Office, intent: FilingIntent) -> Answer {
    device.ask(office, Intent::Filing(intent))
}

pub fn form(phone: &mut Phone, office: &mut Office, of: FormOf) -> FilingDraft {
    match ask(phone, office, FilingIntent::Load(of)) {
        Answer::Filing(FilingAnswer::Form(open)) => open.draft,
        _ => panic!("a form"),
    }
}

/// The form of one tenant, filled in.
pub fn filled(phone: &mut Phone, office: &mut Office) -> FilingDraft {
    let mut draft = form(phone, office, temporary_residence());
    draft.answers = answers(&TENANT);
    draft.confirmed = [key("number"), key("head-number")].into();
    let owner = ConsentDraft {
        who: "Hảng A Xà".into(),
        at: "Sin Suối Hồ".into(),
        day: "2026-11-22".into(),
        way: ConsentPick::SamePerson,
        strokes: Vec::new(),
    };
    draft.consents = BTreeMap::from([(ConsentKind::Owner, owner)]);
    let page = PaperRef { paper: "lease".parse().expect("a key"), digest: [7; 32], bytes: 90_000 };
    draft.papers = BTreeMap::from([(PaperId([1; 4]), page)]);
    draft
}

pub fn filed(phone: &mut Phone, office: &mut Office) -> DossierId {
    let draft = filled(phone, office);
    match ask(phone, office, FilingIntent::Submit(Box::new(draft))) {
        Answer::Saved(id) => id,
        Answer::Filing(FilingAnswer::Faults(faults)) => panic!("{faults:?}"),
        _ => panic!("saved"),
    }
}

pub fn detail(device: &mut Phone, office: &mut Office, id: DossierId) -> FilingDetail {
    match ask(device, office, FilingIntent::Open(id)) {
        Answer::Filing(FilingAnswer::Detail(detail)) => *detail,
        _ => panic!("a dossier"),
    }
}

fn queue(desk: &mut Phone, office: &mut Office, part: QueuePart) -> QueuePage {
    let query = QueueQuery { part, limit: 100, ..QueueQuery::default() };
    match ask(desk, office, FilingIntent::Queue(query)) {
        Answer::Filing(FilingAnswer::Queue(page)) => *page,
        _ => panic!("a table"),
    }
}

fn stage(device: &mut Phone, office: &mut Office, id: DossierId) -> Stage {
    detail(device, office, id).card.status.stage
}

pub fn accept(seen: &FilingDetail) -> Step {
    Step::Accept {
        heads: seen.heads.clone(),
        appointed: seen.appointment,
        way: ReturnWay::Electronic,
        papers: vec!["lease".parse().expect("a key")],
    }
}

pub fn step(desk: &mut Phone, office: &mut Office, id: DossierId, step: Step) -> Answer {
    let answer = ask(desk, office, FilingIntent::Step(id, Box::new(step)));
    desk.sync(office);
    answer
}

#[test]
fn a_tenant_declared_without_network_is_accepted_asked_about_answered_and_decided() {
    let mut office = office();
    let (mut phone, mut desk) = (landlord(&mut office, 1), officer(&mut office, 2));
    phone.online = false;
    let id = filed(&mut phone, &mut office);
    let card = phone.view().home.expect("home").filings.remove(0);
    assert_eq!((card.state, card.name.as_str()), (FilingState::SavedHere, "Lò Văn Mẫn"));
    assert!(phone.cards().is_empty(), "a dossier is no notice");

    phone.online = true;
    phone.sync(&mut office);
    let own = detail(&mut phone, &mut office, id);
    assert!(matches!(own.card.state, FilingState::AtOffice { .. }), "{:?}", own.card.state);
    assert!(own.receipt.is_some_and(|receipt| receipt.current));

    desk.sync(&mut office);
    assert_eq!(queue(&mut desk, &mut office, QueuePart::Waiting).total, 1);
    let seen = detail(&mut desk, &mut office, id);
    // Tuesday 24 November 2026 is a holiday since this year: three working days end on Friday.
    assert_eq!(seen.appointment, Day::from_date(2026, 11, 27).expect("a day"));
    assert!(step(&mut desk, &mut office, id, accept(&seen)) == Answer::Done);

    let item = Item { at: None, what: "Chụp lại trang 2 của hợp đồng".parse().expect("words") };
    let items = Items::new(vec![item]).expect("one item");
    let heads = seen.heads.clone();
    step(&mut desk, &mut office, id, Step::Supplement { heads, items, until: None });
    phone.sync(&mut office);
    assert!(matches!(stage(&mut phone, &mut office, id), Stage::Supplement { .. }));

    let mut draft = form(&mut phone, &mut office, FormOf::Change(id));
    let page = PaperRef { paper: "lease".parse().expect("a key"), digest: [8; 32], bytes: 80_000 };
    draft.papers.insert(PaperId([2; 4]), page);
    for _ in 0..2 {
        // Pressed twice, it is one answer.
        assert!(
            ask(&mut phone, &mut office, FilingIntent::Submit(Box::new(draft.clone()))) == Answer::Saved(id)
        );
    }
    phone.sync(&mut office);
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    assert_eq!(seen.card.status.stage, Stage::Processing);
    let submissions = seen.acts.iter().filter(|act| matches!(act.act, dossier::act::Act::Submit { .. }));
    assert_eq!((submissions.count(), seen.filing.papers.len()), (2, 2));

    let words = "Đã cập nhật thông tin tạm trú vào cơ sở dữ liệu".parse().expect("words");
    let until = Day::from_date(2027, 11, 30);
    step(&mut desk, &mut office, id, Step::Decide { heads: seen.heads.clone(), words, until });
    step(&mut desk, &mut office, id, Step::HandOver { way: ReturnWay::Electronic });
    phone.sync(&mut office);
    let own = detail(&mut phone, &mut office, id);
    assert!(matches!(own.card.status.stage, Stage::HandedOver { .. }));
    assert_eq!(own.card.status.decision.and_then(|decision| decision.until), until);
    assert_eq!(queue(&mut desk, &mut office, QueuePart::Open).total, 0);
    assert_eq!(queue(&mut desk, &mut office, QueuePart::Ended).total, 1);
}

#[test]
fn a_decision_on_a_dossier_that_has_changed_needs_a_fresh_look() {
    let mut office = office();
    let (mut phone, mut desk) = (landlord(&mut office, 1), officer(&mut office, 2));
    let id = filed(&mut phone, &mut office);
    phone.sync(&mut office);
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    let change = |phone: &mut Phone, office: &mut Office, value: &str| {
        let mut draft = form(phone, office, FormOf::Change(id));
        draft.answers.insert(key("phone"), value.into());
        assert!(ask(phone, office, FilingIntent::Submit(Box::new(draft))) == Answer::Saved(id));
        phone.sync(office);
    };
    // The desk has not heard yet: the office refuses in words.
    change(&mut phone, &mut office, "0912000457");
    desk.online = false;
    assert!(step(&mut desk, &mut office, id, accept(&seen)) == Answer::Done);
    desk.online = true;
    desk.sync(&mut office);
    let seen_again = detail(&mut desk, &mut office, id);
    assert_eq!(seen_again.card.state, FilingState::NotApplied(Rejection::OutOfOrder));
    assert!(matches!(seen_again.card.status.stage, Stage::Waiting { .. }));
    // It has heard, and the page still shows the old content: the device refuses.
    assert!(step(&mut desk, &mut office, id, accept(&seen)) == Answer::Refused(Refusal::Overtaken));
    assert!(step(&mut desk, &mut office, id, accept(&seen_again)) == Answer::Done);
    assert_eq!(stage(&mut desk, &mut office, id), Stage::Accepted);
}

#[test]
fn of_two_officers_at_once_one_wins_and_the_other_is_told() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let (mut one, mut other) = (officer(&mut office, 2), officer(&mut office, 3));
    let id = filed(&mut phone, &mut office);
    phone.sync(&mut office);
    one.sync(&mut office);
    other.sync(&mut office);
    let seen = detail(&mut one, &mut office, id);
    step(&mut one, &mut office, id, accept(&seen));
    let reason = "Chỗ ở không được đăng ký".parse().expect("words");
    let ground = "Luật Cư trú điều 23".parse().expect("words");
    other.online = false;
    step(&mut other, &mut office, id, accept(&seen));
    other.online = true;
    other.sync(&mut office);
    let told = detail(&mut other, &mut office, id);
    assert_eq!(told.card.state, FilingState::NotApplied(Rejection::OutOfOrder));
    assert_eq!(told.card.status.accepted.map(|accepted| accepted.by), Some(seen_by(&one)));
    // A refusal carries its reason and ground to the person.
    step(&mut one, &mut office, id, Step::Refuse { heads: seen.heads.clone(), reason, ground });
    phone.sync(&mut office);
    assert!(matches!(stage(&mut phone, &mut office, id), Stage::Refused { ground, .. }
        if ground.as_str() == "Luật Cư trú điều 23"));
}

fn seen_by(desk: &Phone) -> String {
    desk.caller.name.clone()
}

#[test]
fn two_tablets_without_network_both_add_a_member_and_both_stay() {
    let mut office = office();
    let (mut one, mut other) = (landlord(&mut office, 1), landlord(&mut office, 4));
    let id = filed(&mut one, &mut office);
    one.sync(&mut office);
    other.sync(&mut office);
    let mut add = |device: &mut Phone, name: &str, field: (&str, &str)| {
        device.online = false;
        let mut draft = form(device, &mut office, FormOf::Change(id));
        let row = [("name", name), ("birth", "2024-05-06"), ("sex", "nu"), ("relation", "con-de")];
        let person = PersonDraft { answers: answers(&row), ..PersonDraft::default() };
        draft.people.push(person);
        draft.answers.insert(key(field.0), field.1.into());
        let parent = ConsentDraft {
            who: "Lò Văn Mẫn".into(),
            at: "Sin Suối Hồ".into(),
            day: "2026-11-22".into(),
            way: ConsentPick::SamePerson,
            strokes: Vec::new(),
        };
        draft.consents.insert(ConsentKind::Parent, parent);
        match ask(device, &mut office, FilingIntent::Submit(Box::new(draft))) {
            Answer::Saved(_) => {}
            Answer::Filing(FilingAnswer::Faults(faults)) => panic!("{faults:?}"),
            _ => panic!("saved"),
        }
        device.online = true;
    };
    add(&mut one, "Lò Thị Hoa", ("phone", "0912000999"));
    add(&mut other, "Lò Thị Xuân", ("email", "loman@vidu.vn"));
    one.sync(&mut office);
    other.sync(&mut office);
    one.sync(&mut office);
    for device in [&mut one, &mut other] {
        let said = detail(device, &mut office, id).filing;
        assert_eq!(said.present().count(), 2);
        assert_eq!((said.answer("phone"), said.answer("email")), (Some("0912000999"), Some("loman@vidu.vn")));
    }
}

#[test]
fn a_half_filled_form_is_there_after_the_phone_was_off_and_each_procedure_has_its_own() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let mut draft = form(&mut phone, &mut office, temporary_residence());
    draft.answers = answers(&TENANT[..2]);
    ask(&mut phone, &mut office, FilingIntent::Keep(Box::new(draft.clone())));
    let mut phone = phone.restarted();
    phone.online = false;
    phone.start(&mut office);
    phone.unlock(&mut office, 0, PIN);
    assert_eq!(phone.view().home.expect("home").forms, [temporary_residence()]);
    assert_eq!(form(&mut phone, &mut office, temporary_residence()), draft);
}

#[test]
fn the_procedures_travel_once_and_again_only_when_one_has_changed() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    phone.sync(&mut office);
    let known = phone.device.opened().expect("open").catalogue.clone();
    assert_eq!(known, office.catalogue);
    phone.sync(&mut office);
    office.catalogue.procedures[0].title = "Đăng ký tạm trú (mẫu mới)".into();
    office.catalogue = Catalogue::of(office.catalogue.procedures.clone());
    phone.sync(&mut office);
    assert_ne!(phone.device.opened().expect("open").catalogue.version, known.version);
}

#[test]
fn what_a_program_sends_past_the_form_is_judged_by_the_definition_of_the_office() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    // The device knows a procedure that asks for nothing; the office knows the real one.
    let mut lax = office.catalogue.procedures.clone();
    for procedure in &mut lax {
        procedure.fields.iter_mut().for_each(|field| field.need = dossier::procedure::Need::Optional);
        procedure.consents.clear();
        procedure.papers.clear();
    }
    let real = std::mem::replace(&mut office.catalogue, Catalogue::of(lax));
    phone.sync(&mut office);
    phone.online = false;
    let mut draft = form(&mut phone, &mut office, temporary_residence());
    draft.answers = answers(&TENANT[..1]);
    let Answer::Saved(id) = ask(&mut phone, &mut office, FilingIntent::Submit(Box::new(draft))) else {
        panic!("saved");
    };
    office.catalogue = real;
    phone.online = true;
    phone.sync(&mut office);
    assert_eq!(detail(&mut phone, &mut office, id).card.state, FilingState::Rejected(Rejection::Invalid));
}

#[test]
fn the_term_runs_in_working_days_and_a_late_one_stands_first() {
    let mut office = office();
    let (mut phone, mut desk) = (landlord(&mut office, 1), officer(&mut office, 2));
    let first = filed(&mut phone, &mut office);
    let second = filed(&mut phone, &mut office);
    phone.sync(&mut office);
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, second);
    step(&mut desk, &mut office, second, accept(&seen));
    assert_eq!(evening().day(), Day::from_date(2026, 11, 24).expect("a day"));
    // Friday the 27th was the last day; on Monday it is one working day over.
    desk.now = Moment::at(Day::from_date(2026, 11, 30).expect("a day"), MinuteOfDay(600));
    let rows = queue(&mut desk, &mut office, QueuePart::Open).rows;
    let order: Vec<DossierId> = rows.iter().map(|row| row.card.dossier).collect();
    assert_eq!(order, [second, first]);
    assert_eq!(rows[0].card.clock.map(|clock| clock.overdue), Some(1));
}
