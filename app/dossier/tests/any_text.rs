//! Whatever bytes somebody sends, parsing answers; what it accepts reads back as the same value.

use std::str::FromStr;

use proptest::prelude::*;

use dossier::birth::BirthDate;
use dossier::moment::Day;
use dossier::name::FullName;
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::personal_number::PersonalNumber;
use dossier::phone::PhoneNumber;
use dossier::sex::Sex;
use dossier::unit::Units;
use dossier::vietnamese::same_words;

const TODAY: Day = Day(20_781);

/// Any text, and texts near enough to be accepted often.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "\\PC{0,120}",
        "[0-9 .\\-０-９]{0,16}",
        "[0-9]{9,13}",
        "[A-Za-z0-9 \\-/+()]{0,32}",
        "[A-ZĐÐa-zàáạăằâầêôơưĕŏŭƀ' \\u{300}-\\u{323}]{0,60}",
    ]
}

/// What is accepted is shown in a form that is accepted again as the same value.
fn reads_back<T: FromStr + ToString + PartialEq + std::fmt::Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string().parse::<T>().ok(), Some(value));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn one_text_breaks_no_parser(text in any_text()) {
        reads_back::<FullName>(&text);
        reads_back::<PersonalNumber>(&text);
        reads_back::<PhoneNumber>(&text);
        reads_back::<Nationality>(&text);
        let _ = Nationality::search(&text);
        for kind in PaperKind::ALL {
            if let Ok(paper) = IdentityPaper::parse(*kind, &text) {
                let again = IdentityPaper::parse(*kind, &paper.grouped());
                prop_assert_eq!(again.as_ref(), Ok(&paper));
                let sent = IdentityPaper::parse(*kind, &paper.number());
                prop_assert_eq!(sent.as_ref(), Ok(&paper));
                let _ = paper.personal_number().map(|number| number.observations(None, Some(Sex::Male)));
            }
        }
    }

    #[test]
    fn three_texts_break_no_birth_date(day in any_text(), month in any_text(), year in any_text()) {
        let _ = BirthDate::parse(&day, &month, &year, TODAY);
    }

    #[test]
    fn three_typed_numbers_are_a_date_of_the_calendar_or_refused(day in 0..40u8, month in 0..15u8, year in 1900..2030u16) {
        let parsed = BirthDate::parse(&day.to_string(), &month.to_string(), &year.to_string(), TODAY);
        if let Ok(date) = parsed {
            prop_assert_eq!(BirthDate::from_packed(date.to_packed()), Ok(date));
            prop_assert_eq!((date.day().unwrap_or(0), date.month().unwrap_or(0), date.year()), (day, month, year));
            let real = Day::from_date(year.into(), month, day).is_some();
            prop_assert!(real || day == 0);
        }
    }

    #[test]
    fn any_number_breaks_no_packed_date(packed in any::<i64>(), near in 0..99_999_999i64) {
        for packed in [packed, near] {
            if let Ok(date) = BirthDate::from_packed(packed) {
                prop_assert_eq!(date.to_packed(), packed);
            }
        }
    }

    #[test]
    fn any_number_breaks_no_personal_number(value in any::<u64>(), near in 0..1_000_000_000_000u64) {
        prop_assert!(PersonalNumber::try_from(value).is_ok() == (value < 1_000_000_000_000));
        let number = PersonalNumber::try_from(near).expect("below 10 to the 12th");
        prop_assert_eq!(number.grouped().parse(), Ok(number));
        prop_assert_eq!(number.value(), near);
        prop_assert!((1900..2400).contains(&number.birth_year()));
    }

    #[test]
    fn any_table_breaks_no_units(current in any_text(), old in "([0-9,x\\-]{0,30}\n){0,5}", changes in any_text()) {
        let _ = Units::parse(&format!("h\n{current}"), &old, &format!("h\n{changes}"));
    }
}

#[test]
fn namesakes_of_one_year_are_two_people() {
    let person = |name: &str, number: &str| {
        let name: FullName = name.parse().expect("a name");
        let birth = BirthDate::parse("", "", "1988", TODAY).expect("a year");
        (name, birth, IdentityPaper::parse(PaperKind::IdentityCard, number).expect("a number"))
    };
    let (one, other) = (person("Giàng A Páo", "012088000101"), person("Giàng A Páo", "012088000102"));
    assert!(same_words(one.0.as_str(), other.0.as_str()) && one.1 == other.1);
    assert_ne!(one, other);
}
