//! Half-filled forms of residence dossiers: one of a new dossier for each procedure, and one for each dossier being
//! changed.

use dossier::act::Heads;
use dossier::behalf::BehalfDraft;
use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FormOf;
use dossier::procedure::ProcedureId;
use serde::{Deserialize, Serialize};

use crate::papers::PaperDigest;
use crate::record;
use crate::vault::DataKey;

/// The `Forms` slot of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    forms: Vec<Form>,
    /// On what ground the form of a new dossier is filled in for somebody else.
    grounds: Vec<(ProcedureId, BehalfDraft)>,
}

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
        self.forms.iter().find(|form| form.draft.of_what() == *of)
    }

    /// Of which there are forms.
    pub fn all(&self) -> impl Iterator<Item = FormOf> {
        self.forms.iter().map(|form| form.draft.of_what())
    }

    /// The pictures they name.
    pub fn pictures(&self) -> impl Iterator<Item = PaperDigest> {
        self.forms.iter().flat_map(|form| form.draft.papers.values()).map(|page| page.digest)
    }

    /// These, and this form as it is typed now.
    pub fn with(&self, draft: FilingDraft, began: Option<Heads>) -> Forms {
        let mut forms = self.without(&draft.of_what());
        forms.grounds.clone_from(&self.grounds);
        forms.forms.push(Form { draft, began });
        forms
    }

    /// These without the form of this, and without the ground it was filled in on: the next person says yes anew.
    pub fn without(&self, of: &FormOf) -> Forms {
        let mut forms = self.clone();
        forms.forms.retain(|form| form.draft.of_what() != *of);
        forms.grounds.retain(|(procedure, _)| FormOf::New(procedure.clone()) != *of);
        forms
    }

    /// On what ground the form of a new dossier of this procedure is filled in for somebody else.
    pub fn ground(&self, of: &ProcedureId) -> Option<&BehalfDraft> {
        self.grounds.iter().find(|(procedure, _)| procedure == of).map(|(_, behalf)| behalf)
    }

    /// These, and the ground as it is typed now.
    pub fn on_ground(&self, of: ProcedureId, behalf: BehalfDraft) -> Forms {
        let mut forms = self.clone();
        forms.grounds.retain(|(procedure, _)| *procedure != of);
        forms.grounds.push((of, behalf));
        forms
    }

    /// Opens the slot, also as builds kept it whose helpers filed no dossiers. `None` when it is damaged.
    pub fn unseal(sealed: &[u8], key: &DataKey) -> Option<Forms> {
        let groundless = || record::open(sealed, key).map(|forms| Forms { forms, grounds: Vec::new() });
        record::open(sealed, key).or_else(groundless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use dossier::procedure::load;

    fn form() -> FilingDraft {
        let procedures = load::embedded().expect("the shipped files");
        FilingDraft::new(procedures.first().expect("one of them"))
    }

    #[test]
    fn the_forms_of_builds_whose_helpers_filed_no_dossiers_are_still_there() {
        let mut dice = Dice::new([7; 32]);
        let key = DataKey::roll(&mut dice);
        let kept = vec![Form { draft: form(), began: Some(Heads(vec![[1; 32]])) }];
        let forms = Forms::unseal(&record::seal(&kept, &key, &mut dice), &key).expect("sealed by this key");
        assert_eq!((forms.of(&form().of_what()), forms.grounds.len()), (kept.first(), 0));
        let none = record::seal(&Vec::<Form>::new(), &key, &mut dice);
        assert_eq!(Forms::unseal(&none, &key), Some(Forms::default()));
    }

    #[test]
    fn a_ground_goes_with_its_form_and_the_next_person_says_yes_anew() {
        let procedure = form().version.procedure;
        let behalf = BehalfDraft { giver: "Giàng Thị Chẳn".to_owned(), ..BehalfDraft::default() };
        let forms = Forms::default().on_ground(procedure.clone(), behalf.clone()).with(form(), None);
        let mut dice = Dice::new([8; 32]);
        let key = DataKey::roll(&mut dice);
        let again = Forms::unseal(&record::seal(&forms, &key, &mut dice), &key).expect("sealed by this key");
        assert_eq!(again.ground(&procedure), Some(&behalf));
        assert_eq!(again.without(&form().of_what()).ground(&procedure), None);
    }
}
