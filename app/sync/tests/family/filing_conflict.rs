//! Two devices write the same place of a residence dossier differently: both values are kept, a person chooses.

use dossier::act::Act;
use dossier::behalf::Signature;
use dossier::filing::conflict::{FilingConflict, FilingPlace};
use dossier::filing::draft::{ConsentDraft, ConsentPick, FilingDraft, PersonDraft};
use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::filing::status::Stage;
use dossier::filing::step::{Item, Items, Step};
use dossier::filing::view::FilingState;
use dossier::id::DossierId;
use dossier::intent::{Answer, Refusal};
use dossier::procedure::ConsentKind;

use crate::Office;
use crate::filing::{accept, ask, detail, filed, form, key, landlord, office, officer, step};
use crate::phone::Phone;

/// Changes the dossier on a device that has no network.
fn apart(device: &mut Phone, office: &mut Office, id: DossierId, change: impl FnOnce(&mut FilingDraft)) {
    device.online = false;
    let mut draft = form(device, office, FormOf::Change(id));
    change(&mut draft);
    assert!(ask(device, office, FilingIntent::Submit(Box::new(draft))) == Answer::Saved(id));
    device.online = true;
}

fn address(value: &'static str) -> impl FnOnce(&mut FilingDraft) {
    move |draft| _ = draft.answers.insert(key("address"), value.into())
}

/// Two phones of one house, and a dossier both know.
fn two(office: &mut Office) -> (Phone, Phone, DossierId) {
    let (mut one, mut other) = (landlord(office, 1), landlord(office, 4));
    let id = filed(&mut one, office);
    one.sync(office);
    other.sync(office);
    (one, other, id)
}

fn met(one: &mut Phone, other: &mut Phone, office: &mut Office) {
    one.sync(office);
    other.sync(office);
    one.sync(office);
}

fn texts(conflict: &FilingConflict) -> Vec<&str> {
    conflict.values.iter().map(|value| value.text.as_str()).collect()
}

#[test]
fn a_field_written_differently_keeps_both_values_until_a_person_chooses() {
    let mut office = office();
    let (mut one, mut other, id) = two(&mut office);
    apart(&mut one, &mut office, id, address("Số 3, bản Sin Suối Hồ"));
    apart(&mut other, &mut office, id, address("Số 8, bản Sin Suối Hồ"));
    met(&mut one, &mut other, &mut office);
    let [at_one, at_other] = [&mut one, &mut other].map(|device| detail(device, &mut office, id));
    assert_eq!(at_one.card.state, FilingState::Conflict);
    assert_eq!(at_one.conflicts.len(), 1);
    let conflict = &at_one.conflicts[0];
    assert_eq!(conflict.place, FilingPlace::Answer(key("address")));
    assert_eq!(texts(conflict), texts(&at_other.conflicts[0]), "in one order everywhere");
    let mut both = texts(conflict);
    both.sort_unstable();
    assert_eq!(both, ["Số 3, bản Sin Suối Hồ", "Số 8, bản Sin Suối Hồ"]);
    assert_eq!(conflict.values.iter().filter(|value| value.here).count(), 1);

    // The officer sees both, and chooses neither.
    let mut desk = officer(&mut office, 2);
    desk.sync(&mut office);
    let at_desk = detail(&mut desk, &mut office, id);
    assert_eq!(texts(&at_desk.conflicts[0]), texts(conflict));
    let choose = FilingIntent::Choose(id, conflict.place.clone(), 0);
    assert!(ask(&mut desk, &mut office, choose.clone()) == Answer::Refused(Refusal::Forbidden));

    assert!(ask(&mut one, &mut office, choose) == Answer::Done);
    met(&mut one, &mut other, &mut office);
    for device in [&mut one, &mut other] {
        let there = detail(device, &mut office, id);
        assert!(there.conflicts.is_empty() && matches!(there.card.state, FilingState::AtOffice { .. }));
        assert_eq!(there.filing.answer("address"), Some(texts(conflict)[0]));
    }
}

#[test]
fn a_supplement_answered_on_two_phones_is_one_answer_that_the_desk_goes_on_with() {
    let mut office = office();
    let (mut one, mut other, id) = two(&mut office);
    let mut desk = officer(&mut office, 2);
    desk.sync(&mut office);
    let heads = detail(&mut desk, &mut office, id).heads;
    let item = Item { at: None, what: "Ghi địa chỉ và số điện thoại".parse().expect("words") };
    let items = Items::new(vec![item]).expect("one item");
    step(&mut desk, &mut office, id, Step::Supplement { heads, items, until: None });
    one.sync(&mut office);
    other.sync(&mut office);
    apart(&mut one, &mut office, id, address("Số 3, bản Sin Suối Hồ"));
    apart(&mut other, &mut office, id, |draft| {
        _ = draft.answers.insert(key("phone"), "0912000457".into());
    });
    met(&mut one, &mut other, &mut office);
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    assert_eq!(seen.card.status.stage, Stage::Waiting { supplemented: true });
    let said = ["address", "phone"].map(|name| seen.filing.answer(name));
    assert_eq!(said, [Some("Số 3, bản Sin Suối Hồ"), Some("0912000457")]);
    assert!(step(&mut desk, &mut office, id, accept(&seen)) == Answer::Done);
    assert_eq!(detail(&mut desk, &mut office, id).card.status.stage, Stage::Accepted);
}

#[test]
fn parts_that_cannot_stand_together_wait_for_their_author() {
    let mut office = office();
    let (mut one, mut other, id) = two(&mut office);
    let child = |draft: &mut FilingDraft| {
        let said = [
            ("name", "Lò Thị Mẩy"),
            ("birth", "1999-02-01"),
            ("sex", "nu"),
            ("number", "012199004319"),
            ("relation", "cung-o-thue"),
        ];
        let answers = said.iter().map(|(name, value)| (key(name), (*value).to_owned())).collect();
        draft.people.push(PersonDraft { answers, ..PersonDraft::default() });
    };
    apart(&mut one, &mut office, id, child);
    apart(&mut other, &mut office, id, child);
    met(&mut one, &mut other, &mut office);
    assert_eq!(detail(&mut one, &mut office, id).filing.present().count(), 2, "the same person twice");
    let of_all = |act: &Act| matches!(act, Act::Submit { heads, .. } if heads.0.len() > 1);
    assert!(
        !office.known[&id].acts.iter().any(|ordered| of_all(&ordered.recorded.act)),
        "nobody handed that in"
    );
}

#[test]
fn the_same_words_typed_twice_are_no_conflict() {
    let mut office = office();
    let (mut one, mut other, id) = two(&mut office);
    apart(&mut one, &mut office, id, address("Số 3, bản Sin Suối Hồ"));
    apart(&mut other, &mut office, id, address("Số 3, bản Sin Suối Hồ"));
    met(&mut one, &mut other, &mut office);
    assert!(detail(&mut one, &mut office, id).conflicts.is_empty());
}

#[test]
fn two_consents_of_one_kind_given_on_two_devices_are_both_kept() {
    let mut office = office();
    let (mut one, mut other, id) = two(&mut office);
    let strokes: Vec<Vec<(u8, u8)>> = vec![(0..12).map(|at| (at * 3, at)).collect()];
    assert!(Signature::new(strokes.clone()).is_ok());
    let signed = |who: &str| {
        let consent = ConsentDraft {
            who: who.into(),
            at: "Sin Suối Hồ".into(),
            day: "2026-11-22".into(),
            way: ConsentPick::Signature,
            strokes: strokes.clone(),
        };
        move |draft: &mut FilingDraft| _ = draft.consents.insert(ConsentKind::Owner, consent)
    };
    apart(&mut one, &mut office, id, signed("Hảng A Xà"));
    apart(&mut other, &mut office, id, signed("Hảng Thị Sú"));
    met(&mut one, &mut other, &mut office);
    let there = detail(&mut one, &mut office, id);
    assert_eq!(there.conflicts[0].place, FilingPlace::Consent(ConsentKind::Owner));
    assert!(texts(&there.conflicts[0]).iter().any(|text| text.starts_with("Hảng Thị Sú\n")));
}
