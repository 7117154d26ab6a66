//! Cases of the domain's list: right outcome by rule and date.

use dossier::behalf::{Basis, BehalfError};
use dossier::filing::draft::FilingDraft;
use dossier::filing::{Answers, ConsentGiven, ConsentWay, Filing, FilingField, FilingTrouble};
use dossier::id::GuestId;
use dossier::personal_number::Observation;
use dossier::procedure::{ConsentKind, Exemption, Facts, FieldKey, FilingChannel, Procedure, Remark, pinned};
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

#[test]
fn case_25_a_parent_files_for_a_minor_child_and_for_nobody_of_age() {
    let parent = Basis::Parent { parent: "Sùng A Páo".parse().expect("a name") };
    let guardian = Basis::Guardian { guardian: "Sùng A Páo".parse().expect("a name") };
    let (today, procedure) = (day(2026, 11, 25), procedure("permanent-residence"));
    let eighteen = child(&procedure, "2008-11-25", "2008-12-01");
    assert_eq!(parent.covers(&eighteen, &procedure, today), Err(BehalfError::OfAge));
    assert_eq!(parent.covers(&eighteen, &procedure, today.plus(-1)), Ok(()), "not before the birthday");
    assert_eq!(
        guardian.covers(&eighteen, &procedure, today),
        Ok(()),
        "who cannot act has a guardian at any age"
    );
    let unknown = child(&procedure, "2008", "2008-12-01");
    assert_eq!(parent.covers(&unknown, &procedure, today), Ok(()), "may be born in December");
    let (procedure, draft) = family();
    let (filing, new) = draft.parse(&procedure, now()).expect("sound");
    let family = with_ids(filing, new);
    assert_eq!(parent.covers(&family, &procedure, today), Err(BehalfError::OfAge));
    let split = self::procedure("household-split");
    assert_eq!(parent.covers(&eighteen, &split, today.plus(-1)), Err(BehalfError::NotTheirs));
    assert_eq!(guardian.covers(&eighteen, &split, today), Err(BehalfError::NotTheirs));
}

#[test]
fn case_27_is_of_children_alone_at_kin() {
    let procedure = procedure("permanent-residence");
    let today = day(2026, 11, 25);
    let consents = |filing: &dossier::filing::Filing| -> Vec<FilingField> {
        let faults = procedure.check(filing, today).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.at).filter(|at| matches!(at, FilingField::Consent(_))).collect()
    };
    use ConsentKind::{Head, Owner};
    let both = [FilingField::Consent(Head), FilingField::Consent(Owner)];
    let mut lodged = child(&procedure, "2022-01-01", "2022-02-01");
    lodged.answers.insert(key("dwelling"), "o-nho".into());
    assert_eq!(consents(&lodged), both, "art. 20.3 excepts nobody");
    let mut with_mother = child(&procedure, "2022-01-01", "2022-02-01");
    with_mother.people.insert(
        dossier::id::GuestId([1; 4]),
        answers(&[
            ("name", "Giàng Thị Mỷ"),
            ("birth", "1990-01-20"),
            ("sex", "nu"),
            ("number", "012190000033"),
            ("relation", "con-dau"),
        ]),
    );
    assert_eq!(consents(&with_mother), both, "the mother does not come in by her child's age");
    assert!(procedure.may_verify(&with_mother, today));
}

#[test]
fn who_has_no_papers_is_listed_without_a_number() {
    let procedure = procedure("residence-declaration");
    let columns = &procedure.people.as_ref().expect("a table").columns;
    let row = answers(&[("birth", "1996")]);
    let form = answers(&[("birth", "1990")]);
    let facts = Facts { answers: &form, people: &[&row], row: Some(&row) };
    let number = columns.iter().find(|column| column.key == key("number")).expect("asked for");
    assert!(!number.is_needed(&facts, day(2026, 11, 25)) && number.is_asked(&facts, day(2026, 11, 25)));
}

#[test]
fn a_lease_is_proof_enough_without_the_landlords_word_and_kin_agree_instead() {
    let procedure = procedure("temporary-residence");
    let needs = |dwelling: &str| {
        let form = answers(&[("dwelling", dwelling)]);
        let facts = Facts { answers: &form, people: &[], row: None };
        let owner =
            procedure.consents.iter().find(|consent| consent.kind == ConsentKind::Owner).expect("asked");
        let lease = procedure.papers.iter().find(|paper| paper.key.as_str() == "lease").expect("asked");
        let today = day(2026, 11, 25);
        (owner.need.holds(&facts, today), lease.need.holds(&facts, today))
    };
    assert_eq!(needs("thue"), (false, true), "Decree 154/2024/NĐ-CP art. 5.3.a");
    assert_eq!(needs("than-nhan"), (true, false), "Circular 116/2026/TT-BCA art. 6.8");
}

#[test]
fn what_costs_nothing_is_said_to_cost_nothing_by_every_way_it_is_filed() {
    for id in [
        "residence-confirmation",
        "residence-adjustment",
        "temporary-absence",
        "residence-declaration",
        "deletion-permanent-residence",
        "deletion-temporary-residence",
        "level-2-identity",
    ] {
        let procedure = procedure(id);
        for way in procedure.channels.iter().filter(|way| **way != FilingChannel::AnyCommune) {
            let fee = procedure.fees.iter().find(|fee| fee.channel == *way);
            assert_eq!(fee.map(|fee| fee.dong), Some(0), "{id} {}", way.slug());
        }
    }
}

#[test]
fn a_shipped_procedure_that_asks_for_a_consent_takes_it_on_a_paper_of_its_own() {
    for procedure in dossier::procedure::load::embedded().expect("sound files") {
        let paper =
            procedure.papers.iter().any(|paper| paper.key.as_str() == dossier::procedure::CONSENT_PAPER);
        assert!(paper || procedure.consents.is_empty(), "{}", procedure.id);
    }
}
