//! Fields two devices wrote differently. Equal after normalisation is no conflict: NFD or NFC, spacing, the
//! place of a tone mark. Everything else is one card for a person, and never blocks anything.

use automerge::{AutoCommit, ScalarValue};
use dossier::birth::BirthDate;
use dossier::filing::Filing;
use dossier::filing::conflict::FilingPlace;
use dossier::intent::StayField;
use dossier::moment::{Day, Moment};
use dossier::paper::PaperKind;
use dossier::procedure::Procedure;
use dossier::reason::StayReason;
use dossier::vietnamese;
use dossier::view::ConflictValue;

use crate::document::{self, Candidate};

/// The fields that need a person.
pub fn fields(doc: &AutoCommit) -> Vec<StayField> {
    let matters = |field: &StayField| !matches!(field, StayField::Confirmed(_));
    document::fields(doc)
        .into_iter()
        .filter(matters)
        .filter(|field| differs(&document::candidates(doc, *field)))
        .collect()
}

/// The places of a residence dossier that need a person.
pub fn places(doc: &AutoCommit, filing: &Filing) -> Vec<FilingPlace> {
    let mut places = document::filing::places(filing);
    places.retain(|place| differs(&document::filing::candidates(doc, place)));
    places
}

/// The values of one place as a card shows them, printed by the definition of its form.
pub fn filing_values(
    doc: &AutoCommit,
    place: &FilingPlace,
    procedure: &Procedure,
    here: impl Fn(&Candidate) -> bool,
) -> Vec<ConflictValue> {
    let field = match place {
        FilingPlace::Answer(key) => procedure.field(key),
        FilingPlace::Person(_, key) => procedure.column(key),
        FilingPlace::Consent(_) => None,
    };
    let print = |value: &ScalarValue| match (document::filing::consent(value), value.as_str(), field) {
        (Some(given), ..) => format!("{}\n{}, {}", given.who, given.at, given.day),
        (None, Some(text), Some(field)) => field.shown(text),
        (None, text, _) => text.unwrap_or_default().to_owned(),
    };
    let candidates = document::filing::candidates(doc, place);
    let value = |candidate: &Candidate| ConflictValue {
        text: print(&candidate.value),
        here: here(candidate),
        shown: candidate.shown,
    };
    candidates.iter().map(value).collect()
}

fn differs(candidates: &[Candidate]) -> bool {
    let Some((first, rest)) = candidates.split_first() else { return false };
    rest.iter().any(|other| !same(&first.value, &other.value))
}

fn same(one: &ScalarValue, other: &ScalarValue) -> bool {
    match (one, other) {
        (ScalarValue::Str(one), ScalarValue::Str(other)) => vietnamese::same_words(one, other),
        (one, other) => one == other,
    }
}

/// The values of one field as a card shows them. `here` tells which devices are this one.
pub fn values(doc: &AutoCommit, field: StayField, here: impl Fn(&Candidate) -> bool) -> Vec<ConflictValue> {
    document::candidates(doc, field)
        .iter()
        .map(|candidate| ConflictValue {
            text: print(field, &candidate.value),
            here: here(candidate),
            shown: candidate.shown,
        })
        .collect()
}

/// A value as a person reads it.
fn print(field: StayField, value: &ScalarValue) -> String {
    let number = value.as_i64();
    let day = |value: i64| i32::try_from(value).map(|day| Day(day).to_string()).ok();
    let code = |value: i64| u8::try_from(value).ok();
    let printed = match field {
        StayField::Arrive | StayField::Left => {
            number.map(|minutes| Moment(0).plus_minutes(minutes).to_string())
        }
        StayField::Leave | StayField::PermittedUntil(_) => number.and_then(day),
        StayField::Reason => {
            number.and_then(code).and_then(StayReason::from_code).map(|reason| reason.label().to_owned())
        }
        StayField::Birth(_) => {
            number.and_then(|packed| BirthDate::from_packed(packed).ok()).map(|b| b.to_string())
        }
        StayField::Sex(_) => number.map(|code| if code == 1 { "Nam" } else { "Nữ" }.to_owned()),
        StayField::PaperKind(_) => {
            number.and_then(code).and_then(PaperKind::from_code).map(|kind| kind.label().to_owned())
        }
        StayField::PaperNumber(_) => number.map(|number| format!("{number:012}")),
        StayField::Removed(_) => number.map(|flag| if flag == 0 { "Còn ở" } else { "Đã bỏ" }.to_owned()),
        StayField::Room
        | StayField::ReasonText
        | StayField::Name(_)
        | StayField::Nationality(_)
        | StayField::Phone(_)
        | StayField::Home(_)
        | StayField::Confirmed(_) => None,
    };
    printed.or_else(|| value.as_str().map(str::to_owned)).unwrap_or_default()
}
