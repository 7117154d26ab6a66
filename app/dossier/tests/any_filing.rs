//! Whatever somebody types or sends, a residence dossier answers; what it accepts it accepts again.

use std::sync::LazyLock;

use proptest::prelude::*;

use dossier::act::Recorded;
use dossier::filing::Filing;
use dossier::filing::draft::{ConsentDraft, FilingDraft, PersonDraft};
use dossier::filing::migrate::migrate;
use dossier::filing::step::{Reason, Step};
use dossier::moment::{Day, Moment};
use dossier::procedure::load::{SHIPPED, embedded, parse};
use dossier::procedure::{Choice, ConsentKind, FieldKey, FieldKind, Procedure};
use dossier::working_days::WorkingDays;

static PROCEDURES: LazyLock<Vec<Procedure>> = LazyLock::new(|| embedded().expect("sound files"));

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "\\PC{0,400}",
        "[0-9 .\\-/０-９]{0,16}",
        "[0-9]{9,13}",
        "(19|20)[0-9]{2}(-[0-9]{0,2}(-[0-9]{0,2})?)?",
        "(nam|nữ|con đẻ|con-de|chu-ho|thue|so-huu|than-nhan|co|khong|khac|buu-chinh|cap-moi)",
        "[A-ZĐÐa-zàáạăằâầêôơưĕŏŭƀ' \\u{300}-\\u{323}]{0,60}",
    ]
}

fn kinds() -> Vec<FieldKind> {
    let option = |key: &str| Choice { key: key.parse().expect("a key"), label: key.into() };
    vec![
        FieldKind::FullName,
        FieldKind::BirthDate,
        FieldKind::Sex,
        FieldKind::PersonalNumber,
        FieldKind::Phone,
        FieldKind::Email,
        FieldKind::Day,
        FieldKind::Text { most: 60 },
        FieldKind::Note { most: 60 },
        FieldKind::Relation,
        FieldKind::Choice { options: vec![option("co"), option("khong")] },
        FieldKind::Place,
        FieldKind::Money,
        FieldKind::Count { most: 20 },
    ]
}

/// A draft of a procedure with any texts in any of its fields, and in one it has not.
fn any_draft() -> impl Strategy<Value = (usize, FilingDraft)> {
    let texts = prop::collection::vec(any_text(), 60);
    (0..PROCEDURES.len(), texts, any::<[bool; 8]>()).prop_map(|(place, texts, flags)| {
        let procedure = &PROCEDURES[place];
        let mut texts = texts.into_iter().cycle();
        let mut text = || texts.next().unwrap_or_default();
        let mut draft = FilingDraft::new(procedure);
        for field in &procedure.fields {
            draft.answers.insert(field.key.clone(), text());
        }
        draft.answers.insert("elsewhere".parse::<FieldKey>().expect("a key"), text());
        for flag in flags {
            let columns = procedure.people.iter().flat_map(|people| &people.columns);
            let answers = columns.map(|column| (column.key.clone(), text())).collect();
            draft.people.push(PersonDraft { answers, removed: flag, ..PersonDraft::default() });
        }
        for kind in ConsentKind::ALL {
            draft
                .consents
                .insert(*kind, ConsentDraft { who: text(), day: text(), ..ConsentDraft::default() });
        }
        (place, draft)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_canonical_text_is_canonical_and_anything_else_is_answered(text in any_text(), today in -200_000..200_000i32) {
        for kind in kinds() {
            if let Ok(kept) = kind.canonical(&text, Day(today)) {
                prop_assert_eq!(kind.canonical(&kept, Day(today)), Ok(kept));
            }
        }
    }

    #[test]
    fn any_draft_is_parsed_or_refused_at_its_places((place, draft) in any_draft(), now in any::<i64>()) {
        let procedure = &PROCEDURES[place];
        match draft.parse(procedure, Moment(now)) {
            Ok((filing, _)) => { let _ = procedure.remarks(&filing, Moment(now).day()); }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn a_draft_moved_to_any_procedure_loses_no_text((place, draft) in any_draft(), other in 0..20usize) {
        let (from, to) = (&PROCEDURES[place], &PROCEDURES[other % PROCEDURES.len()]);
        let texts = |draft: &FilingDraft| {
            let people = draft.people.iter().flat_map(|person| person.answers.values());
            let kept = draft.kept.iter().map(|kept| &kept.value);
            let all = draft.answers.values().chain(people).chain(kept).filter(|text| !text.trim().is_empty());
            let mut all: Vec<String> = all.cloned().collect();
            all.sort();
            all
        };
        let before = texts(&draft);
        let (moved, _) = migrate(draft, from, to);
        prop_assert_eq!(texts(&moved), before.clone());
        let (back, _) = migrate(moved, to, from);
        prop_assert_eq!(texts(&back), before);
    }

    #[test]
    fn any_bytes_decode_to_something_sound_or_to_nothing(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let today = Day(20_782);
        if let Ok(filing) = postcard::from_bytes::<Filing>(&bytes) {
            for procedure in PROCEDURES.iter() {
                let _ = (procedure.check(&filing, today), procedure.remarks(&filing, today));
                let _ = (procedure.may_verify(&filing, today), procedure.term_of(&filing, today));
            }
            let _ = FilingDraft::of(&filing);
        }
        let _ = postcard::from_bytes::<Recorded>(&bytes);
        if let Ok(step) = postcard::from_bytes::<Step>(&bytes) {
            prop_assert!(postcard::to_allocvec(&step).is_ok());
        }
        let _ = postcard::from_bytes::<Procedure>(&bytes);
    }

    #[test]
    fn words_are_never_empty_and_read_back(text in "\\PC{0,60}|(.|\n){0,60}") {
        if let Ok(words) = text.parse::<Reason>() {
            prop_assert!(!words.as_str().is_empty());
            prop_assert_eq!(words.as_str().parse::<Reason>(), Ok(words.clone()));
        }
    }

    #[test]
    fn a_spoiled_definition_is_refused_and_never_breaks(file in 0..20usize, at in 0..6_000usize, cut in 0..40usize, put in any_text()) {
        let (name, text) = SHIPPED[file % SHIPPED.len()];
        let from = text.char_indices().map(|(at, _)| at).nth(at % text.chars().count()).unwrap_or(0);
        let rest = text[from..].char_indices().map(|(at, _)| from + at).nth(cut).unwrap_or(text.len());
        if let Err(bad) = parse(name, &format!("{}{put}{}", &text[..from], &text[rest..])) {
            prop_assert!(bad.line >= 1 && !bad.reason.is_empty());
        }
        let _ = parse(name, &put);
    }

    #[test]
    fn any_table_breaks_no_calendar(holidays in any_text(), swapped in "([0-9,\\-]{0,24}\n){0,5}") {
        let _ = WorkingDays::parse(&format!("h\n{holidays}"), &swapped);
    }
}
