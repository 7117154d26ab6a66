//! A form is amended while a draft is out.

use dossier::filing::FilingField;
use dossier::filing::draft::{FilingDraft, Kept};
use dossier::filing::migrate::{Change, migrate};
use dossier::procedure::load::{SHIPPED, parse};
use dossier::procedure::{ConsentKind, FieldKey, Procedure};

use super::{answers, family, member, now, procedure, signed};

fn key(text: &str) -> FieldKey {
    text.parse().expect("a key")
}

/// Temporary residence as amended from 2027: no e-mail, a row no relation, a birth name, a hearth tax.
fn amended() -> Procedure {
    let (_, text) = SHIPPED.iter().find(|(file, _)| *file == "temporary-residence.toml").expect("shipped");
    let email = text.find("[[field]]\nkey = \"email\"").expect("asked");
    let next = email + text[email + 1..].find("[[field]]").expect("more fields") + 1;
    let mut text = format!("{}{}", &text[..email], &text[next..]);
    text = text.replace("valid_from = \"2026-07-01\"", "valid_from = \"2027-01-01\"");
    text = text.replacen("label = \"Giới tính\"", "label = \"Giới tính khi sinh\"", 1);
    text = text
        .replace("key = \"until\"\nlabel", "key = \"last-day\"\nlabel")
        .replace("until = \"until\"", "until = \"last-day\"");
    let column = text.rfind("[[people.column]]").expect("columns");
    let next = column + text[column..].find("[[consent]]").expect("consents");
    text = format!("{}{}", &text[..column], &text[next..]);
    text = text.replace("dong = 7000", "dong = 0");
    parse("amended.toml", &text).expect("sound")
}

fn started() -> (Procedure, FilingDraft) {
    let old = procedure("temporary-residence");
    let mut draft = FilingDraft::new(&old);
    draft.answers = answers(&[
        ("name", "Sùng A Páo"),
        ("email", "pao@example.vn"),
        ("sex", "nam"),
        ("until", "2027-05-01"),
        ("phone", "không phải số"),
    ]);
    draft.people.push(member(&[("name", "Giàng Thị Mỷ"), ("relation", "vo")]));
    draft.consents.insert(ConsentKind::Owner, signed("Sùng A Chu"));
    (old, draft)
}

#[test]
fn nothing_typed_is_lost_and_every_change_is_told() {
    let (old, draft) = started();
    let (moved, changes) = migrate(draft, &old, &amended());
    assert_eq!(moved.version, amended().version());
    assert_eq!(
        moved.answers.get("phone").map(String::as_str),
        Some("không phải số"),
        "wrong, and still there"
    );
    let kept: Vec<(Option<usize>, &str, &str)> =
        moved.kept.iter().map(|kept| (kept.person, kept.key.as_str(), kept.value.as_str())).collect();
    assert_eq!(
        kept,
        [(None, "email", "pao@example.vn"), (None, "until", "2027-05-01"), (Some(0), "relation", "vo")]
    );
    let email =
        Kept { person: None, key: key("email"), label: "Email".into(), value: "pao@example.vn".into() };
    assert!(changes.contains(&Change::NotAsked(email)));
    assert!(changes.iter().any(
        |change| matches!(change, Change::Asked { key, column: false, .. } if key.as_str() == "last-day")
    ));
    assert!(
        changes.iter().any(|change| matches!(change, Change::Reworded { key, .. } if key.as_str() == "sex"))
    );
    assert!(changes.contains(&Change::Fee) && !changes.contains(&Change::Term));
    assert!(moved.consents.contains_key(&ConsentKind::Owner));
}

#[test]
fn what_was_kept_stands_in_its_field_when_it_is_asked_again() {
    let (old, draft) = started();
    let new = amended();
    let (moved, _) = migrate(draft.clone(), &old, &new);
    let (back, changes) = migrate(moved, &new, &old);
    assert_eq!(back, draft, "there and back is the same draft");
    assert!(changes.contains(&Change::AskedAgain(FilingField::Answer(key("email")))));
    assert!(changes.contains(&Change::AskedAgain(FilingField::Person(0, key("relation")))));
}

#[test]
fn a_draft_moved_to_a_form_without_people_and_consents_can_still_be_sent_and_still_holds_them() {
    let (from, mut draft) = family();
    let mut to = from.clone();
    to.valid_from = from.valid_from.plus(200);
    (to.people, to.consents, to.papers) = (None, Vec::new(), Vec::new());
    draft.people[0].person = Some(dossier::id::GuestId([4; 4]));
    let (moved, changes) = migrate(draft.clone(), &from, &to);
    assert!(
        changes.contains(&Change::NoPeople) && changes.contains(&Change::ConsentNotAsked(ConsentKind::Head))
    );
    let (filing, new) = moved.parse(&to, now()).expect("nothing stands in the way");
    assert_eq!((new.len(), filing.present().count(), filing.consents.len()), (0, 0, 0));
    assert_eq!(to.check(&filing, now().day()), Ok(()));
    assert_eq!(moved.consents.len(), draft.consents.len());
    assert_eq!(moved.people.len(), 1);
    assert_eq!(moved.kept.len(), draft.people[0].answers.len());
}

#[test]
fn a_draft_of_another_version_is_not_sent_by_mistake() {
    let (old, draft) = started();
    let faults = draft.parse(&amended(), now()).expect_err("another version");
    assert_eq!(faults[0].at, FilingField::Version);
    assert_ne!(old.version(), amended().version());
}
