//! A procedure file as it is written: every value with its place in the text. Unknown keys are refused by name.

use serde::Deserialize;
use toml::Spanned;

/// A text and where it stands.
pub(super) type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProcedure {
    pub id: Text,
    pub title: Text,
    pub area: Text,
    pub code: Option<Text>,
    pub form: Text,
    pub valid_from: Text,
    pub valid_to: Option<Text>,
    pub basis: Text,
    pub source: Text,
    pub agency: Text,
    pub channels: Spanned<Vec<Text>>,
    pub filers: Spanned<Vec<Text>>,
    pub intro: Spanned<Vec<Text>>,
    pub needed: Vec<Text>,
    pub result: Text,
    pub verification: Text,
    pub term: Spanned<RawTerm>,
    #[serde(default)]
    pub field: Vec<Spanned<RawField>>,
    pub people: Option<Spanned<RawPeople>>,
    #[serde(default)]
    pub consent: Vec<Spanned<RawConsent>>,
    #[serde(default)]
    pub paper: Vec<Spanned<RawPaper>>,
    #[serde(default)]
    pub fee: Vec<Spanned<RawFee>>,
    #[serde(default)]
    pub duty: Vec<Spanned<RawDuty>>,
    #[serde(default)]
    pub between: Vec<Spanned<RawBetween>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTerm {
    pub ordinary: Text,
    pub longer: Option<Text>,
    pub longer_when: Option<Text>,
    pub verified: Option<Text>,
    pub counting: Text,
    pub source: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub key: Text,
    pub label: Text,
    #[serde(default)]
    pub hint: Option<Text>,
    pub kind: Text,
    pub most: Option<Spanned<u32>>,
    pub options: Option<Spanned<Vec<Spanned<RawOption>>>>,
    pub need: Option<Text>,
    pub only: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub key: Text,
    pub label: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPeople {
    pub title: Text,
    pub one: Text,
    pub at_least: u16,
    pub at_most: Spanned<u16>,
    pub column: Vec<Spanned<RawField>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConsent {
    pub kind: Text,
    pub need: Text,
    pub words: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPaper {
    pub key: Text,
    pub label: Text,
    pub hint: Option<Text>,
    pub need: Text,
    pub pages: Spanned<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFee {
    pub dong: u32,
    pub channel: Text,
    pub per: Text,
    #[serde(default)]
    pub exempt: Vec<Text>,
    pub source: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDuty {
    pub key: Text,
    pub within: Option<Spanned<u16>>,
    pub before: Option<Spanned<u16>>,
    pub words: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBetween {
    pub from: Text,
    pub until: Text,
    pub most_years: Option<u16>,
}
