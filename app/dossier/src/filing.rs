//! Hồ sơ: what a residence dossier says, right by construction of its values: each is the canonical text of a domain
//! type. [`draft`] is what was typed, [`step`]s are what is done to it, [`status`] and [`clock`] follow from those.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::behalf::{BehalfError, Signature};
use crate::birth::BirthDateError;
use crate::id::{GuestId, PaperId};
use crate::moment::Day;
use crate::name::{FullName, FullNameError};
use crate::personal_number::{Observation, PersonalNumber, PersonalNumberError};
use crate::procedure::field::birth;
use crate::procedure::{Condition, ConsentKind, Facts, Field, FieldKey, PaperKey, Procedure, Version};
use crate::sex::Sex;

mod check;
pub mod clock;
pub mod conflict;
pub mod draft;
pub mod example;
pub mod figure;
pub mod hand;
pub mod intent;
pub mod migrate;
pub mod printed;
pub mod status;
pub mod step;
pub mod view;

/// One person in a residence dossier: the key of the child in the document, as a guest is in a notice.
pub type PersonId = GuestId;

/// Canonical texts by field: `yyyy-mm-dd`, births as far as known, `nam` or `nu`, bare digits, composed letters.
pub type Answers = BTreeMap<FieldKey, String>;

/// What a residence dossier says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The definition it was filled in under.
    pub version: Version,
    /// The form's fields.
    pub answers: Answers,
    /// The table of people, by the id of the child in the document; those taken out are still here.
    pub people: BTreeMap<PersonId, Answers>,
    /// Who was taken out: kept in the history.
    pub removed: BTreeSet<PersonId>,
    /// Consents given.
    pub consents: BTreeMap<ConsentKind, ConsentGiven>,
    /// Papers attached, a page each.
    pub papers: BTreeMap<PaperId, PaperRef>,
    /// Papers whose original is brought and shown, and not attached (Circular 116/2026/TT-BCA art. 3.6).
    pub originals: BTreeSet<PaperKey>,
}

/// What is known of a person nobody has named.
static NOBODY: Answers = Answers::new();

/// A consent as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// Who gave it.
    pub who: FullName,
    /// Where, as the form writes it: "Sin Suối Hồ".
    pub at: String,
    /// On which day.
    pub day: Day,
    /// How.
    pub how: ConsentWay,
}

impl ConsentGiven {
    /// Most characters of a place.
    pub const PLACE: usize = 100;
}

/// How a consent was given (Decree 154/2024/NĐ-CP as amended; CT01 note 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentWay {
    /// Ký trên màn hình.
    Signature(Signature),
    /// The declarant is that person: no signature of their own is needed.
    SamePerson,
    /// A separate written consent, no notarisation; it is attached, or was shown.
    SeparatePaper,
    /// That person says so themselves, on VNeID or to the agency: nothing here shows it yet.
    AtAgency,
}

/// A picture of one page of a paper. It has no name: what it is called is the procedure's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRef {
    /// Which of the papers the procedure asks for.
    pub paper: PaperKey,
    /// SHA-256 of the picture.
    pub digest: [u8; 32],
    /// Its length.
    pub bytes: u32,
}

impl PaperRef {
    /// Most bytes of a picture that is let in. A page shrunk to a long side of 1,600 points comes to 150 KB at most.
    pub const MOST_BYTES: u32 = 192 * 1024;
}

/// Where in a filing something is. In a draft people go by their place in it, in a filing by their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FilingField {
    /// The version it is pinned to.
    Version,
    /// A field of the form.
    Answer(FieldKey),
    /// A column of one person.
    Person(usize, FieldKey),
    /// The table of people as a whole.
    People,
    /// A consent.
    Consent(ConsentKind),
    /// A paper.
    Paper(PaperKey),
}

/// Something the person can put right. `app/src/text` words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilingTrouble {
    /// Nothing there.
    Missing,
    /// Not a date.
    NotADate,
    /// Not a whole number.
    NotANumber,
    /// Not a telephone number.
    NotAPhone,
    /// Not an e-mail address.
    NotAnEmail,
    /// None of those offered.
    NotInList,
    /// Longer than it may be.
    TooLong {
        /// Most characters.
        most: usize,
    },
    /// More than there may be: a number, people, or pages of a paper.
    TooMuch {
        /// The most.
        most: u32,
    },
    /// Fewer people than there must be.
    TooFew {
        /// The least.
        least: u16,
    },
    /// The name cannot be one.
    Name(FullNameError),
    /// The birth date cannot be one.
    Birth(BirthDateError),
    /// The number cannot be one.
    Number(PersonalNumberError),
    /// What in the number does not fit, and nobody has said yet that the paper shows it so.
    Unanswered(Vec<Observation>),
    /// The same number twice in one filing.
    Twice,
    /// What was drawn is no signature.
    NoSignature,
    /// A last day before the first.
    EndsBeforeItBegins,
    /// A last day further from the first than it may be.
    LastsTooLong {
        /// Most years.
        years: u16,
    },
    /// The procedure does not ask for this.
    NotAsked,
    /// A value that is not in its canonical spelling: no draft of ours made it.
    NotCanonical,
    /// It was filled in under another version of the definition.
    OtherVersion,
    /// The paper it is said to stand on is neither attached nor brought.
    NoPaper,
    /// The ground it is filed on is not one for who stands here.
    Ground(BehalfError),
}

/// One fault and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingFault {
    /// Where.
    pub at: FilingField,
    /// What.
    pub trouble: FilingTrouble,
}

impl Filing {
    /// An empty one.
    pub fn new(version: Version) -> Filing {
        Filing {
            version,
            answers: Answers::new(),
            people: BTreeMap::new(),
            removed: BTreeSet::new(),
            consents: BTreeMap::new(),
            papers: BTreeMap::new(),
            originals: BTreeSet::new(),
        }
    }

    /// The people that count.
    pub fn present(&self) -> impl Iterator<Item = (&PersonId, &Answers)> {
        self.people.iter().filter(|(id, _)| !self.removed.contains(id))
    }

    /// Of whom the result speaks: the declarant, or the one other person of the household a confirmation is asked for.
    /// Where it is asked for several, or for another who is not named, it speaks of nobody.
    pub fn subject(&self, procedure: &Procedure) -> &Answers {
        let mut present = self.present().map(|(_, row)| row);
        match (present.next(), present.next()) {
            _ if !self.is_for_another(procedure) => &self.answers,
            (Some(row), None) => row,
            _ => &NOBODY,
        }
    }

    /// Whether a confirmation is asked about somebody other than the declarant: they stand in the table of people.
    fn is_for_another(&self, procedure: &Procedure) -> bool {
        let another = |facts: &Facts<'_>| Condition::ForAnother.holds(facts, procedure.valid_from);
        procedure.confirms() && self.with_facts(None, another)
    }

    /// The papers of which pages are attached, each once. An original that is to be shown is none of them: it is looked
    /// at and noted, and not collected (Circular 116/2026/TT-BCA art. 3.6).
    pub fn attached(&self) -> Vec<PaperKey> {
        let keys: BTreeSet<&PaperKey> = self.papers.values().map(|page| &page.paper).collect();
        keys.into_iter().cloned().collect()
    }

    /// A value of the form.
    pub fn answer(&self, key: &str) -> Option<&str> {
        self.answers.get(key).map(String::as_str)
    }

    /// Answers a question about this filing, or about one row of it.
    pub fn with_facts<T>(&self, row: Option<&Answers>, ask: impl FnOnce(&Facts<'_>) -> T) -> T {
        let people: Vec<&Answers> = self.present().map(|(_, row)| row).collect();
        ask(&Facts { answers: &self.answers, people: &people, row })
    }
}

/// What in the personal number of a field does not fit the birth and sex beside it: `number` goes with `birth` and
/// `sex`, `father-number` with `father-birth` and `father-sex`.
pub fn observations(field: &Field, answers: &Answers) -> Vec<Observation> {
    let number = answers.get(&field.key).and_then(|kept| kept.parse::<PersonalNumber>().ok());
    let (Some(number), Some(stem)) = (number, field.key.as_str().strip_suffix("number")) else {
        return Vec::new();
    };
    let beside = |what: &str| answers.get(format!("{stem}{what}").as_str());
    let sex = beside("sex").and_then(|kept| match kept.as_str() {
        "nam" => Some(Sex::Male),
        "nu" => Some(Sex::Female),
        _ => None,
    });
    number.observations(beside("birth").and_then(|kept| birth(kept)), sex)
}

impl Procedure {
    /// Whether a filing may be submitted: what the office asks again of what a device sent.
    pub fn check(&self, filing: &Filing, today: Day) -> Result<(), Vec<FilingFault>> {
        let mut faults = check::faults(self, filing, today);
        faults.extend(self.unnamed(filing, filing.present().next().is_none()));
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// That it is asked for somebody else, and nobody stands in the table of people.
    fn unnamed(&self, filing: &Filing, nobody: bool) -> Option<FilingFault> {
        let fault = FilingFault { at: FilingField::People, trouble: FilingTrouble::Missing };
        (nobody && filing.is_for_another(self)).then_some(fault)
    }
}
