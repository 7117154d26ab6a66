//! Cases of the domain's list: right outcome by rule and date.

use dossier::filing::draft::FilingDraft;
use dossier::filing::{Answers, ConsentGiven, ConsentWay, Filing, FilingField, FilingTrouble};
use dossier::id::GuestId;
use dossier::personal_number::Observation;
use dossier::procedure::{ConsentKind, Exemption, FieldKey, FilingChannel, Procedure, Remark, pinned};
use dossier::sex::Sex;

use super::{answers, day, family, member, now, procedure, signed};

fn key(text: &str) -> FieldKey {
    text.parse().expect("a key")
}

#[test]
fn case_11_a_number_made_for_another_year_and_sex_is_warned_of_confirmed_and_flagged() {
    let (procedure, mut draft) = family();
    draft.answers.insert(key("number"), "012204000001".into());
    draft.answers.insert(key("birth"), "1994".into());
    draft.answers.insert(key("sex"), "nữ".into());
    let seen = vec![
        Observation::YearDiffers { number_says: 2004, typed: 1994 },
        Observation::SexDiffers { number_says: Sex::Male },
    ];
    let faults = draft.parse(&procedure, now()).expect_err("a warning nobody has answered");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].at, FilingField::Answer(key("number")));
    assert_eq!(faults[0].trouble, FilingTrouble::Unanswered(seen.clone()));
    draft.confirmed.insert(key("head-number"));
    assert_eq!(draft.parse(&procedure, now()), Err(faults), "another number was confirmed");
    draft.confirmed.insert(key("number"));
    let (filing, _) = draft.parse(&procedure, now()).expect("confirmed");
    let flagged = Remark::Confirmed(None, key("number"), seen);
    assert!(procedure.remarks(&filing, now().day()).contains(&flagged));
    assert_eq!(procedure.check(&filing, now().day()), Ok(()));
}

#[test]
fn case_12_an_elder_with_only_a_birth_year_keeps_only_the_year() {
    let (procedure, mut draft) = family();
    for (typed, kept, shown) in
        [("1941", "1941", "1941"), ("1941--", "1941", "1941"), ("3/1941", "1941-03", "03/1941")]
    {
        draft.answers.insert(key("birth"), typed.into());
        draft.confirmed.insert(key("number"));
        let (filing, _) = draft.parse(&procedure, now()).expect("a year is enough");
        assert_eq!(filing.answer("birth"), Some(kept));
        assert_eq!(procedure.field(&key("birth")).expect("asked").shown(kept), shown);
    }
}

#[test]
fn case_13_a_child_of_three_without_a_number_is_filed_and_flagged() {
    let (procedure, mut draft) = family();
    let child = [("name", "Sùng Thị Dợ"), ("birth", "2023-08-01"), ("sex", "nu"), ("relation", "chau-noi")];
    draft.people.push(member(&child));
    draft.consents.insert(ConsentKind::Parent, signed("Giàng Thị Mỷ"));
    let (filing, new) = draft.parse(&procedure, now()).expect("a child needs no number");
    let with_ids = with_ids(filing, new);
    let child = with_ids.people.keys().nth(1).copied();
    let missing = Remark::NumberMissing(child, key("number"));
    assert_eq!(procedure.remarks(&with_ids, now().day()), [missing]);

    let mut grown = draft.clone();
    grown.people[1].answers.insert(key("birth"), "2019-08-01".into());
    let faults = grown.parse(&procedure, now()).expect_err("a child of seven has one");
    assert_eq!(faults[0].at, FilingField::Person(1, key("number")));
    assert_eq!(faults[0].trouble, FilingTrouble::Missing);
}

#[test]
fn case_26_a_birth_registered_65_days_ago_is_accepted_and_marked_over_the_60_days() {
    let procedure = procedure("permanent-residence");
    let filing = child(&procedure, "2026-07-20", "2026-08-01");
    assert_eq!(procedure.check(&filing, day(2026, 10, 5)), Ok(()));
    let late = |days| Remark::LateBy { key: key("birth-registered"), days };
    assert!(procedure.remarks(&filing, day(2026, 10, 5)).contains(&late(5)), "65 days are 5 over");
    assert!(!procedure.remarks(&filing, day(2026, 9, 30)).contains(&late(0)), "the sixtieth day");
    assert!(procedure.remarks(&filing, day(2026, 10, 1)).contains(&late(1)));
}

#[test]
fn case_27_for_a_child_under_six_no_verification_is_offered() {
    let procedure = procedure("permanent-residence");
    let today = day(2026, 11, 25);
    assert!(!procedure.may_verify(&child(&procedure, "2022-01-01", "2022-02-01"), today));
    assert!(procedure.may_verify(&child(&procedure, "2019-01-01", "2019-02-01"), today));
    let (procedure, draft) = family();
    let (filing, _) = draft.parse(&procedure, now()).expect("sound");
    assert!(procedure.may_verify(&filing, today));
}

#[test]
fn case_27_a_child_under_six_needs_no_consent_of_head_and_owner() {
    let procedure = procedure("permanent-residence");
    let filing = child(&procedure, "2022-01-01", "2022-02-01");
    assert_eq!(procedure.check(&filing, day(2026, 11, 25)), Ok(()), "the parent's is enough");
    let older = child(&procedure, "2016-01-01", "2016-02-01");
    let at: Vec<_> =
        procedure.check(&older, day(2026, 11, 25)).expect_err("consents").into_iter().map(|f| f.at).collect();
    use ConsentKind::{Head, Owner};
    assert_eq!(
        at,
        [FilingField::Answer(key("number")), FilingField::Consent(Head), FilingField::Consent(Owner)]
    );
}

#[test]
fn case_31_a_resident_of_a_border_commune_pays_nothing_with_the_reason_and_a_city_dweller_pays() {
    let charge = |id: &str, reason| {
        let charge = procedure(id).charge(FilingChannel::Online, 1, reason);
        (charge.dong, charge.exempt)
    };
    let border = Some(Exemption::BorderCommune);
    assert_eq!(charge("temporary-residence", border), (0, border));
    assert_eq!(charge("temporary-residence", None), (7_000, None));
    assert_eq!(charge("permanent-residence", None), (10_000, None));
    assert_eq!(
        charge("security-certificate", border),
        (300_000, None),
        "no fee of those the exemption is for"
    );
    let list = procedure("temporary-residence-list");
    assert_eq!(list.charge(FilingChannel::Online, 45, None).dong, 225_000);
    assert_eq!(list.charge(FilingChannel::InPerson, 45, None).dong, 450_000);
    assert_eq!(charge("residence-confirmation", None), (0, None));
}

#[test]
fn a_renewal_is_marked_when_it_comes_too_early_or_after_the_end() {
    let procedure = procedure("temporary-residence-renewal");
    let mut filing = Filing::new(procedure.version());
    filing.answers = answers(&[("current-until", "2026-12-31"), ("number", "012088000101")]);
    let marks = |on| procedure.remarks(&filing, on);
    let current = key("current-until");
    assert_eq!(marks(day(2026, 12, 15)), [Remark::EarlyBy { key: current.clone(), days: 1 }]);
    assert_eq!((marks(day(2026, 12, 16)), marks(day(2026, 12, 31))), (vec![], vec![]));
    assert_eq!(marks(day(2027, 1, 2)), [Remark::LateBy { key: current, days: 2 }]);
}

#[test]
fn a_temporary_residence_ends_after_it_begins_and_within_two_years() {
    let procedure = procedure("temporary-residence");
    let trouble = |from: &str, until: &str| {
        let mut draft = FilingDraft::new(&procedure);
        draft.answers = answers(&[("from", from), ("until", until)]);
        let faults = draft.parse(&procedure, now()).expect_err("nearly empty");
        faults
            .into_iter()
            .find(|fault| fault.at == FilingField::Answer(key("until")))
            .map(|fault| fault.trouble)
    };
    assert_eq!(trouble("2026-12-01", "2026-11-30"), Some(FilingTrouble::EndsBeforeItBegins));
    assert_eq!(trouble("2026-12-01", "2028-12-02"), Some(FilingTrouble::LastsTooLong { years: 2 }));
    assert_eq!(trouble("2026-12-01", "2028-12-01"), None);
    assert_eq!(trouble("2028-02-29", "2030-02-28"), None);
}

#[test]
fn a_filing_under_no_known_version_finds_none_and_is_refused_under_another() {
    let (procedure, draft) = family();
    let (mut filing, _) = draft.parse(&procedure, now()).expect("sound");
    filing.version.from = day(2025, 1, 1);
    assert!(pinned(std::slice::from_ref(&procedure), &filing.version).is_none());
    let faults = procedure.check(&filing, now().day()).expect_err("another version");
    assert_eq!(faults[0].trouble, FilingTrouble::OtherVersion);
}

/// A child that is registered at a parent's place, filed by the parent: as the office gets it.
fn child(procedure: &Procedure, born: &str, registered: &str) -> Filing {
    let mut filing = Filing::new(procedure.version());
    filing.answers = answers(&[
        ("name", "Sùng A Dế"),
        ("birth", born),
        ("sex", "nam"),
        ("dwelling", "than-nhan"),
        ("address", "Bản Chí Sáng, xã Sin Suối Hồ"),
        ("birth-registered", registered),
        ("relation", "con-de"),
        ("head-name", "Sùng A Páo"),
        ("head-number", "012088000101"),
        ("request", "Đăng ký thường trú cho con"),
        ("return", "truc-tiep"),
    ]);
    let who = "Sùng A Páo".parse().expect("a name");
    let given = ConsentGiven { who, at: String::new(), day: day(2026, 9, 1), how: ConsentWay::SamePerson };
    filing.consents.insert(ConsentKind::Parent, given);
    filing
}

/// The filing as the device keeps it: new people have ids.
pub fn with_ids(mut filing: Filing, new: Vec<Answers>) -> Filing {
    for (place, row) in new.into_iter().enumerate() {
        filing.people.insert(GuestId([9, 0, 0, place as u8]), row);
    }
    filing
}
