//! Our own small table of letters against the full Unicode tables, on Vietnamese text however composed.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use dossier::vietnamese::{collation_key, compose, fold, given_name_key, same_words};

const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz\
    ĕĭŏŭčñäëïöüÿåçîûšžěřňćńśź'- ";

fn letter() -> impl Strategy<Value = char> {
    let lower: Vec<char> = LETTERS.chars().collect();
    let upper = lower.iter().flat_map(|c| c.to_uppercase());
    proptest::sample::select(lower.iter().copied().chain(upper).collect::<Vec<_>>())
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(letter(), 0..40).prop_map(String::from_iter)
}

/// Composed, decomposed, or half of each, as pasted lists are.
fn disordered() -> impl Strategy<Value = (String, String)> {
    (text(), proptest::collection::vec(any::<bool>(), 40)).prop_map(|(text, choices)| {
        let typed =
            text.chars().zip(choices).flat_map(|(c, whole)| if whole { vec![c] } else { c.nfd().collect() });
        let typed = typed.collect();
        (text, typed)
    })
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn composing_is_nfc((text, typed) in disordered()) {
        let nfc: String = typed.nfc().collect();
        prop_assert_eq!(compose(&typed), single_spaced(&nfc));
        prop_assert_eq!(compose(&typed), compose(&text));
    }

    #[test]
    fn folding_is_taking_the_marks_off_nfd((_, typed) in disordered()) {
        let bare: String = typed.nfd().filter(|c| !is_combining_mark(*c)).collect();
        let bare = bare.to_lowercase().replace('đ', "d");
        prop_assert_eq!(fold(&typed), single_spaced(&bare));
    }

    #[test]
    fn words_are_the_same_as_themselves_however_composed((text, typed) in disordered()) {
        prop_assert!(same_words(&text, &typed.to_uppercase()));
        prop_assert_eq!(given_name_key(&text), given_name_key(&typed));
        prop_assert_eq!(collation_key(&text), collation_key(&typed));
    }

    #[test]
    fn same_words_are_found_by_the_same_search((one, other) in (disordered(), disordered())) {
        prop_assert!(!same_words(&one.0, &other.1) || fold(&one.0) == fold(&other.1));
    }

    #[test]
    fn doing_it_twice_changes_nothing(any in "\\PC{0,30}|.{0,30}|[\\u{300}-\\u{36f}a-zа-яÐðƉ \\u{200b}]{0,30}") {
        let (kept, folded) = (compose(&any), fold(&any));
        prop_assert_eq!(compose(&kept), kept.clone());
        prop_assert_eq!(fold(&folded), folded.clone());
        prop_assert_eq!(fold(&kept), folded);
        prop_assert!(same_words(&any, &kept));
    }
}

#[test]
fn every_vietnamese_letter_is_known() {
    for c in LETTERS.chars().flat_map(|c| c.to_uppercase().chain([c])).filter(|c| *c != ' ') {
        let apart: String = c.nfd().collect();
        assert_eq!(compose(&apart), c.to_string());
        assert!(fold(&apart).is_ascii(), "{c} folds to {}", fold(&apart));
    }
}
