//! Half-filled forms of residence dossiers: one of a new dossier for each procedure, and one for each dossier being
//! changed.

use crate::papers::PaperDigest;
use dossier::act::Heads;
use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FormOf;
use serde::{Deserialize, Serialize};

/// The `Forms` slot of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms(Vec<Form>);

/// One form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What was typed.
    pub draft: FilingDraft,
    /// What the dossier said when its form was opened: a form that waits for days is a change of that.
    pub began: Option<Heads>,
}

impl Forms {
    /// The form of this.
    pub fn of(&self, of: &FormOf) -> Option<&Form> {
        self.0.iter().find(|form| form.draft.of_what() == *of)
    }

    /// Of which there are forms.
    pub fn all(&self) -> impl Iterator<Item = FormOf> {
        self.0.iter().map(|form| form.draft.of_what())
    }

    /// The pictures they name.
    pub fn pictures(&self) -> impl Iterator<Item = PaperDigest> {
        self.0.iter().flat_map(|form| form.draft.papers.values()).map(|page| page.digest)
    }

    /// These, and this form as it is typed now.
    pub fn with(&self, draft: FilingDraft, began: Option<Heads>) -> Forms {
        let mut forms = self.without(&draft.of_what());
        forms.0.push(Form { draft, began });
        forms
    }

    /// These without the form of this.
    pub fn without(&self, of: &FormOf) -> Forms {
        let mut forms = self.clone();
        forms.0.retain(|form| form.draft.of_what() != *of);
        forms
    }
}
