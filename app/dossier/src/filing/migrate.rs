//! A definition is amended while a draft is out: the draft moves to the new version, the changes are told, and nothing
//! typed is lost.

use serde::{Deserialize, Serialize};

use super::draft::{FilingDraft, Kept};
use super::{Answers, FilingField};
use crate::procedure::{ConsentKind, Field, FieldKey, FieldKind, PaperKey, Procedure};

/// What is different for the person who fills a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A field that was not asked before.
    Asked {
        /// Where; of a column, in no row yet.
        key: FieldKey,
        /// What it is called.
        label: String,
        /// A column of the table of people.
        column: bool,
    },
    /// A field that is asked no more; what was typed in it is kept and shown.
    NotAsked(Kept),
    /// Something kept from an earlier version is asked again and stands in its field.
    AskedAgain(FilingField),
    /// The same field holds something else: what was typed is still there, to be looked at.
    OtherKind {
        /// Where.
        key: FieldKey,
        /// A column of the table of people.
        column: bool,
    },
    /// The field is called something else.
    Reworded {
        /// Where.
        key: FieldKey,
        /// What it was called.
        from: String,
        /// What it is called.
        to: String,
    },
    /// A consent that was not asked before.
    ConsentAsked(ConsentKind),
    /// A consent that is asked no more; one already taken is kept.
    ConsentNotAsked(ConsentKind),
    /// A paper that was not asked before.
    PaperAsked(PaperKey),
    /// A paper that is asked no more; a picture already taken is kept.
    PaperNotAsked(PaperKey),
    /// The form has no table of people any more; those typed are kept.
    NoPeople,
    /// The term is another.
    Term,
    /// The fee is another.
    Fee,
    /// It rests on another text.
    Basis {
        /// The text.
        to: String,
    },
}

/// Moves a draft from one version of a procedure to another.
pub fn migrate(draft: FilingDraft, from: &Procedure, to: &Procedure) -> (FilingDraft, Vec<Change>) {
    let mut draft = draft;
    let mut changes = Vec::new();
    draft.version = to.version();
    let columns = |procedure: &Procedure| {
        procedure.people.as_ref().map(|people| people.columns.clone()).unwrap_or_default()
    };
    fields(&from.fields, &to.fields, false, &mut changes);
    fields(&columns(from), &columns(to), true, &mut changes);
    let mut kept = std::mem::take(&mut draft.kept);
    set_aside(&mut draft.answers, &from.fields, &to.fields, None, &mut kept, &mut changes);
    for (place, person) in draft.people.iter_mut().enumerate() {
        set_aside(&mut person.answers, &columns(from), &columns(to), Some(place), &mut kept, &mut changes);
    }
    draft.kept = bring_back(kept, &mut draft.answers, &mut draft.people, to, &mut changes);
    if to.people.is_none() && !draft.people.is_empty() {
        changes.push(Change::NoPeople);
    }
    rest(from, to, &mut changes);
    (draft, changes)
}

/// What each field became.
fn fields(from: &[Field], to: &[Field], column: bool, changes: &mut Vec<Change>) {
    for field in to {
        let (key, label) = (field.key.clone(), field.label.clone());
        match from.iter().find(|old| old.key == field.key) {
            None => changes.push(Change::Asked { key, label, column }),
            Some(old) if !same_kind(&old.kind, &field.kind) => {
                changes.push(Change::OtherKind { key, column })
            }
            Some(old) if old.label != field.label => {
                changes.push(Change::Reworded { key, from: old.label.clone(), to: label });
            }
            Some(_) => {}
        }
    }
}

/// Whether what was typed for one still means the same for the other. A longer or shorter text, or another list of
/// options, is the parser's business.
fn same_kind(one: &FieldKind, other: &FieldKind) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// Takes out what has no field any more.
fn set_aside(
    answers: &mut Answers,
    from: &[Field],
    to: &[Field],
    person: Option<usize>,
    kept: &mut Vec<Kept>,
    changes: &mut Vec<Change>,
) {
    let gone: Vec<FieldKey> =
        answers.keys().filter(|key| to.iter().all(|field| field.key != **key)).cloned().collect();
    for key in gone {
        let Some(value) = answers.remove(&key).filter(|value| !value.trim().is_empty()) else { continue };
        let label = from.iter().find(|field| field.key == key).map(|field| field.label.clone());
        let label = label.unwrap_or_else(|| key.to_string());
        let one = Kept { person, key, label, value };
        changes.push(Change::NotAsked(one.clone()));
        kept.push(one);
    }
}

/// Puts what an earlier version had asked back into its field, where there is one again and it is empty.
fn bring_back(
    kept: Vec<Kept>,
    answers: &mut Answers,
    people: &mut [super::draft::PersonDraft],
    to: &Procedure,
    changes: &mut Vec<Change>,
) -> Vec<Kept> {
    let mut still = Vec::new();
    for one in kept {
        let (there, at, known) = match one.person {
            None => (Some(&mut *answers), FilingField::Answer(one.key.clone()), to.field(&one.key)),
            Some(place) => (
                people.get_mut(place).map(|person| &mut person.answers),
                FilingField::Person(place, one.key.clone()),
                to.column(&one.key),
            ),
        };
        let free = there.filter(|there| there.get(&one.key).is_none_or(|typed| typed.trim().is_empty()));
        match free {
            Some(there) if known.is_some() => {
                there.insert(one.key.clone(), one.value);
                changes.push(Change::AskedAgain(at));
            }
            _ => still.push(one),
        }
    }
    still
}

/// What is different besides the fields.
fn rest(from: &Procedure, to: &Procedure, changes: &mut Vec<Change>) {
    let consents = |procedure: &Procedure| -> Vec<ConsentKind> {
        procedure.consents.iter().map(|consent| consent.kind).collect()
    };
    let papers = |procedure: &Procedure| -> Vec<PaperKey> {
        procedure.papers.iter().map(|paper| paper.key.clone()).collect()
    };
    let (old, new) = (consents(from), consents(to));
    changes.extend(new.iter().filter(|kind| !old.contains(kind)).map(|kind| Change::ConsentAsked(*kind)));
    changes.extend(old.iter().filter(|kind| !new.contains(kind)).map(|kind| Change::ConsentNotAsked(*kind)));
    let (old, new) = (papers(from), papers(to));
    changes.extend(new.iter().filter(|key| !old.contains(key)).map(|key| Change::PaperAsked(key.clone())));
    changes.extend(old.iter().filter(|key| !new.contains(key)).map(|key| Change::PaperNotAsked(key.clone())));
    if from.term != to.term {
        changes.push(Change::Term);
    }
    if from.fees != to.fees {
        changes.push(Change::Fee);
    }
    if from.basis != to.basis {
        changes.push(Change::Basis { to: to.basis.clone() });
    }
}
