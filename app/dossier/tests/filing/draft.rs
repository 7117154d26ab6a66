//! What is typed, and back.

use dossier::filing::draft::{ConsentDraft, ConsentPick, FilingDraft, PersonDraft};
use dossier::filing::{Answers, ConsentWay, Filing, FilingField, FilingTrouble, PaperRef};
use dossier::id::{GuestId, PaperId};
use dossier::procedure::load::embedded;
use dossier::procedure::{ConsentKind, Field, Procedure, Remark};

use super::law::with_ids;
use super::{answers, day, family, member, morning, now, procedure, sample, signed};

fn key(text: &str) -> dossier::procedure::FieldKey {
    text.parse().expect("a key")
}

#[test]
fn a_family_is_filed_with_its_values_in_canonical_spelling() {
    let (procedure, draft) = family();
    let (filing, new) = draft.parse(&procedure, now()).expect("sound");
    assert_eq!(filing.answer("phone"), Some("0912345678"));
    assert_eq!(new.len(), 1);
    let filing = with_ids(filing, new);
    assert_eq!(procedure.check(&filing, now().day()), Ok(()));
    assert_eq!(filing.consents[&ConsentKind::Head].who.as_str(), "Sùng A Chu");
}

#[test]
fn decomposed_letters_full_width_digits_and_spaces_are_put_right() {
    let (procedure, mut draft) = family();
    draft.answers.insert(key("name"), "  Su\u{300}ng A  Pa\u{301}o ".into());
    draft.answers.insert(key("number"), "012 088.000-101".into());
    draft.answers.insert(key("birth"), "09/05/1988".into());
    draft.answers.insert(key("relation"), "Con đẻ".into());
    let (filing, _) = draft.parse(&procedure, now()).expect("sound");
    let kept = ["name", "number", "birth", "relation"].map(|key| filing.answer(key).expect("kept"));
    assert_eq!(kept, ["Sùng A Páo", "012088000101", "1988-05-09", "con-de"]);
}

#[test]
fn all_faults_are_told_at_once_each_with_its_place() {
    let (procedure, mut draft) = family();
    draft.answers.insert(key("name"), "Sùng A 3".into());
    draft.answers.insert(key("birth"), "1988-02-30".into());
    draft.answers.remove(&key("address"));
    draft.answers.insert(key("head-number"), "12".into());
    draft.answers.insert(key("return"), "buu-chinh".into());
    draft.people.push(member(&[("sex", "khác"), ("relation", "bạn")]));
    draft.consents.remove(&ConsentKind::Owner);
    draft.consents.insert(ConsentKind::Head, ConsentDraft { strokes: Vec::new(), ..signed("Sùng A Chu") });
    let faults = draft.parse(&procedure, now()).expect_err("many");
    let at: Vec<FilingField> = faults.iter().map(|fault| fault.at.clone()).collect();
    let answer = |text| FilingField::Answer(key(text));
    let person = |text| FilingField::Person(1, key(text));
    let expected = [
        answer("name"),
        answer("birth"),
        answer("address"),
        answer("head-number"),
        answer("return-address"),
        person("name"),
        person("birth"),
        person("sex"),
        person("number"),
        person("relation"),
        FilingField::Consent(ConsentKind::Head),
        FilingField::Consent(ConsentKind::Owner),
    ];
    assert_eq!(at, expected);
    assert_eq!(faults[10].trouble, FilingTrouble::NoSignature);
}

#[test]
fn the_same_filing_comes_out_of_its_own_form() {
    let (procedure, mut draft) = family();
    draft.people[0].person = Some(GuestId([1, 2, 3, 4]));
    draft.people.push(PersonDraft {
        person: Some(GuestId([5; 4])),
        removed: true,
        ..member(&[("name", "Sùng A Lử"), ("birth", "không rõ")])
    });
    let lease = PaperRef { paper: "dwelling".parse().expect("a key"), digest: [7; 32], bytes: 90_000 };
    draft.papers.insert(PaperId([1; 4]), lease);
    let paper =
        ConsentDraft { way: ConsentPick::SeparatePaper, strokes: Vec::new(), ..signed("Sùng A Chu") };
    draft.consents.insert(ConsentKind::Owner, paper);
    let faults = draft.parse(&procedure, now()).expect_err("nobody has seen the paper");
    assert_eq!(faults[0].at, FilingField::Consent(ConsentKind::Owner));
    assert_eq!(faults[0].trouble, FilingTrouble::NoPaper);
    draft.originals.insert("consent".parse().expect("a key"));
    let (filing, new) = draft.parse(&procedure, now()).expect("sound");
    assert!(new.is_empty());
    assert!(filing.removed.contains(&GuestId([5; 4])), "taken out, and still there");
    assert_eq!(filing.people[&GuestId([5; 4])], answers(&[("name", "Sùng A Lử")]));
    assert_eq!(filing.consents[&ConsentKind::Owner].how, ConsentWay::SeparatePaper);
    let again = FilingDraft::of(&filing).parse(&procedure, now());
    assert_eq!(again, Ok((filing.clone(), Vec::new())));
    let far = ConsentDraft { way: ConsentPick::AtAgency, at: String::new(), ..signed("Sùng A Chu") };
    draft.consents.insert(ConsentKind::Owner, far);
    let (far, _) = draft.parse(&procedure, now()).expect("an owner who is far away says so themselves");
    let remarks = procedure.remarks(&far, now().day());
    assert!(
        remarks.contains(&Remark::ConsentAtAgency(ConsentKind::Owner)),
        "and the officer is told: {remarks:?}"
    );
    let bytes = postcard::to_allocvec(&filing).expect("plain data");
    assert_eq!(postcard::from_bytes::<Filing>(&bytes), Ok(filing));
}

#[test]
fn a_stranger_half_typed_and_taken_out_again_leaves_nothing() {
    let (procedure, mut draft) = family();
    draft.people.push(PersonDraft { removed: true, ..member(&[("name", "12")]) });
    let (_, new) = draft.parse(&procedure, now()).expect("sound");
    assert_eq!(new.len(), 1);
}

#[test]
fn two_rows_of_one_number_are_told_of_and_namesakes_are_not() {
    let (procedure, mut draft) = family();
    let mut twin = draft.people[0].clone();
    twin.answers.insert(key("number"), "012190000034".into());
    draft.people.push(twin.clone());
    assert!(draft.parse(&procedure, now()).is_ok(), "one name, one birthday, two people");
    twin.answers.insert(key("number"), "012190000033".into());
    draft.people[1] = twin;
    let faults = draft.parse(&procedure, now()).expect_err("twice");
    assert_eq!(
        (faults[0].at.clone(), faults[0].trouble.clone()),
        (FilingField::People, FilingTrouble::Twice)
    );
}

#[test]
fn a_list_without_anybody_and_a_lease_without_a_picture_are_missing() {
    let list = procedure("temporary-residence-list");
    let faults = FilingDraft::new(&list).parse(&list, now()).expect_err("empty");
    assert!(
        faults.iter().any(|fault| fault.at == FilingField::People && fault.trouble == FilingTrouble::Missing)
    );
    let rent = procedure("temporary-residence");
    let missing = |dwelling: &str| {
        let mut draft = FilingDraft::new(&rent);
        draft.answers = answers(&[("dwelling", dwelling)]);
        let faults = draft.parse(&rent, now()).expect_err("nearly empty");
        faults.iter().any(|fault| fault.at == FilingField::Paper("lease".parse().expect("a key")))
    };
    assert!(missing("thue") && missing("o-nho") && !missing("so-huu") && !missing("than-nhan"));
}

#[test]
fn a_clock_years_behind_stops_nobody_and_a_consent_of_tomorrow_is_marked() {
    let (procedure, mut draft) = family();
    draft.answers.insert(key("birth"), "2026-11-24".into());
    draft.confirmed.insert(key("number"));
    draft.consents.insert(ConsentKind::Parent, signed("Sùng A Chu"));
    let (filing, new) = draft.parse(&procedure, morning(day(2019, 1, 1))).expect("born before the consent");
    let filing = with_ids(filing, new);
    let early = day(2026, 11, 24);
    assert_eq!(procedure.check(&filing, early), Ok(()));
    assert!(procedure.remarks(&filing, early).contains(&Remark::ConsentAhead(ConsentKind::Head)));
    assert!(!procedure.remarks(&filing, now().day()).contains(&Remark::ConsentAhead(ConsentKind::Head)));
    draft.answers.insert(key("birth"), "2027-01-01".into());
    let faults = draft.parse(&procedure, now()).expect_err("not yet born");
    assert_eq!(faults[0].trouble, FilingTrouble::Birth(dossier::birth::BirthDateError::Future));
}

#[test]
fn what_nobody_asks_for_and_what_is_not_canonical_is_refused_by_the_office() {
    let (procedure, draft) = family();
    let (mut filing, new) = draft.parse(&procedure, now()).expect("sound");
    filing = with_ids(filing, new);
    let mut far = filing.clone();
    far.consents.get_mut(&ConsentKind::Head).expect("given").at = "xa ".repeat(40);
    let faults = procedure.check(&far, now().day()).expect_err("a place without end");
    assert_eq!(faults[0].trouble, FilingTrouble::TooLong { most: 100 });
    let stranger = filing.consents[&ConsentKind::Head].clone();
    filing.consents.insert(ConsentKind::Child, stranger);
    filing.answers.insert(key("shoe-size"), "41".into());
    filing.answers.insert(key("name"), "SU\u{300}NG".into());
    let faults = procedure.check(&filing, now().day()).expect_err("strangers");
    let troubles: Vec<_> = faults.into_iter().map(|fault| fault.trouble).collect();
    assert_eq!(troubles, [FilingTrouble::NotCanonical, FilingTrouble::NotAsked, FilingTrouble::NotAsked]);
}

#[test]
fn a_confirmation_for_another_names_that_person_and_is_about_nobody_else() {
    let procedure = procedure("residence-confirmation");
    let mut draft = filled(&procedure, 1);
    assert_eq!(draft.answers[&key("for-whom")], "nguoi-khac");
    let (filing, new) = draft.parse(&procedure, now()).expect("somebody is named");
    let mut filing = with_ids(filing, new);
    assert_eq!(procedure.check(&filing, now().day()), Ok(()));
    assert_eq!(Some(filing.subject(&procedure)), filing.people.values().next());
    filing.removed = filing.people.keys().copied().collect();
    assert_eq!(*filing.subject(&procedure), Answers::new(), "and not of the declarant");
    draft.people[0].removed = true;
    let faults = [procedure.check(&filing, now().day()), draft.parse(&procedure, now()).map(|_| ())];
    for faults in faults {
        let faults = faults.expect_err("nobody is named");
        let told: Vec<_> = faults.into_iter().map(|fault| (fault.at, fault.trouble)).collect();
        assert_eq!(told, [(FilingField::People, FilingTrouble::Missing)]);
    }
    draft.answers.insert(key("for-whom"), "minh".into());
    assert!(draft.parse(&procedure, now()).is_ok(), "for oneself nobody else is needed");
}

#[test]
fn a_paper_of_many_pages_is_received_once_and_one_that_will_be_brought_is_not() {
    let mut filing = Filing::new(procedure("temporary-residence").version());
    for page in 1..4 {
        let lease = PaperRef { paper: "lease".parse().expect("a key"), digest: [page; 32], bytes: 90_000 };
        filing.papers.insert(PaperId([page; 4]), lease);
    }
    filing.originals.insert("dwelling".parse().expect("a key"));
    assert_eq!(filing.attached(), ["lease".parse().expect("a key")]);
}

/// Fills in everything a definition asks for, choosing the option of this place everywhere.
fn filled(procedure: &Procedure, option: usize) -> FilingDraft {
    let fill = |fields: &[Field]| -> Answers {
        fields.iter().map(|field| (field.key.clone(), sample(&field.kind, option))).collect()
    };
    let mut draft = FilingDraft::new(procedure);
    draft.answers = fill(&procedure.fields);
    for field in &procedure.fields {
        draft.confirmed.insert(field.key.clone());
    }
    if let Some(people) = &procedure.people {
        let confirmed = people.columns.iter().map(|column| column.key.clone()).collect();
        draft.people.push(PersonDraft {
            answers: fill(&people.columns),
            confirmed,
            ..PersonDraft::default()
        });
    }
    for consent in &procedure.consents {
        draft.consents.insert(consent.kind, signed("Sùng A Chu"));
    }
    for (place, paper) in procedure.papers.iter().enumerate() {
        let page = PaperRef { paper: paper.key.clone(), digest: [1; 32], bytes: 1 };
        draft.papers.insert(PaperId([place as u8; 4]), page);
    }
    draft
}

#[test]
fn every_shipped_definition_can_be_filled_in_by_every_choice_and_stands_before_the_office() {
    for procedure in embedded().expect("sound files") {
        for option in 0..8 {
            let parsed = filled(&procedure, option).parse(&procedure, now());
            let (filing, new) = parsed.unwrap_or_else(|faults| panic!("{}: {faults:?}", procedure.id));
            let filing = with_ids(filing, new);
            assert_eq!(procedure.check(&filing, now().day()), Ok(()), "{}", procedure.id);
            let again = FilingDraft::of(&filing).parse(&procedure, now());
            assert_eq!(again, Ok((filing, Vec::new())), "{}", procedure.id);
        }
    }
}

#[test]
fn what_the_parser_lets_through_the_office_never_refuses_whatever_is_left_empty() {
    for procedure in embedded().expect("sound files") {
        let whole = filled(&procedure, 0);
        for field in &procedure.fields {
            let mut draft = whole.clone();
            draft.answers.remove(&field.key);
            if let Ok((filing, new)) = draft.parse(&procedure, morning(day(2026, 11, 25))) {
                let checked = procedure.check(&with_ids(filing, new), now().day());
                assert_eq!(checked, Ok(()), "{} without {}", procedure.id, field.key);
            }
        }
    }
}
