//! Half-filled forms of residence dossiers: one of a new dossier for each procedure, and one for each dossier being
//! changed. Besides them those that went to another device, and which of them came from one.

use dossier::act::Heads;
use dossier::behalf::BehalfDraft;
use dossier::filing::draft::FilingDraft;
use dossier::filing::hand::{Came, Slip};
use dossier::filing::intent::FormOf;
use dossier::moment::Moment;
use dossier::procedure::ProcedureId;
use serde::{Deserialize, Serialize};

use crate::papers::PaperDigest;
use crate::record;
use crate::vault::DataKey;

pub mod handed;

use handed::Handed;

/// The `Forms` slot of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    forms: Vec<Form>,
    /// On what ground the form of a new dossier is filled in for somebody else.
    grounds: Vec<(ProcedureId, BehalfDraft)>,
    /// Those that are on another device now.
    handed: Vec<Handed>,
    /// Which forms of new dossiers were begun on another device.
    came: Vec<(ProcedureId, Came)>,
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
        let handed = self.handed.iter().map(|handed| &handed.draft);
        let drafts = self.forms.iter().map(|form| &form.draft).chain(handed);
        drafts.flat_map(|draft| draft.papers.values()).map(|page| page.digest)
    }

    /// These, and this form as it is typed now.
    pub fn with(&self, draft: FilingDraft, began: Option<Heads>) -> Forms {
        let mut forms = self.without(&draft.of_what());
        forms.grounds.clone_from(&self.grounds);
        forms.came.clone_from(&self.came);
        forms.forms.push(Form { draft, began });
        forms
    }

    /// These without the form of this, and without the ground it was filled in on: the next person says yes anew.
    pub fn without(&self, of: &FormOf) -> Forms {
        let mut forms = self.clone();
        forms.forms.retain(|form| form.draft.of_what() != *of);
        forms.grounds.retain(|(procedure, _)| FormOf::New(procedure.clone()) != *of);
        forms.came.retain(|(procedure, _)| FormOf::New(procedure.clone()) != *of);
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

    /// Where the form of this was begun, if that was on another device.
    pub fn came(&self, of: &FormOf) -> Option<&Came> {
        let FormOf::New(procedure) = of else { return None };
        self.came.iter().find(|(came, _)| came == procedure).map(|(_, came)| came)
    }

    /// Whether somebody has begun a new dossier of this procedure here: its form, or for whom it is.
    pub fn has_begun(&self, of: &ProcedureId) -> bool {
        let said = self.ground(of).is_some_and(|ground| !ground.giver.trim().is_empty());
        said || self.of(&FormOf::New(of.clone())).is_some()
    }

    /// These, and a form that came from another device with the ground it is filled in on.
    pub fn with_came(&self, draft: FilingDraft, ground: Option<BehalfDraft>, came: Came) -> Forms {
        let procedure = draft.version.procedure.clone();
        let mut forms = self.without(&draft.of_what());
        forms.forms.push(Form { draft, began: None });
        forms.grounds.extend(ground.map(|ground| (procedure.clone(), ground)));
        forms.came.push((procedure, came));
        forms
    }

    /// Those that are on another device now.
    pub fn handed(&self) -> &[Handed] {
        &self.handed
    }

    /// These, with the form of a new dossier of this procedure on another device from now on: it is no form here any more.
    /// `heard` is when the office was heard last. `None` when there is no such form.
    pub fn handed_over(
        &self,
        of: &ProcedureId,
        slip: Slip,
        at: Moment,
        heard: Option<Moment>,
    ) -> Option<Forms> {
        let of = FormOf::New(of.clone());
        let draft = self.of(&of)?.draft.clone();
        let ground = self.ground(&draft.version.procedure).cloned();
        let mut forms = self.without(&of);
        forms.handed.push(Handed { draft, ground, slip, at, before: heard, since: None });
        Some(forms)
    }

    /// These, with the one with this slip a form here again. `None` when there is none, or when another of its procedure
    /// has been begun meanwhile.
    pub fn taken_back(&self, slip: Slip) -> Option<Forms> {
        let mut forms = self.clone();
        let at = forms.handed.iter().position(|handed| handed.slip == slip)?;
        let Handed { draft, ground, .. } = forms.handed.remove(at);
        let procedure = draft.version.procedure.clone();
        if self.has_begun(&procedure) {
            return None;
        }
        forms.grounds.retain(|(of, _)| *of != procedure);
        forms.forms.push(Form { draft, began: None });
        forms.grounds.extend(ground.map(|ground| (procedure, ground)));
        Some(forms)
    }

    /// These, after the office was heard at this moment of its clock; `None` when nothing is different.
    pub fn by(&self, heard: Moment) -> Option<Forms> {
        let handed: Vec<Handed> = self.handed.iter().cloned().filter_map(|one| one.by(heard)).collect();
        (handed != self.handed).then(|| Forms { handed, ..self.clone() })
    }

    /// Opens the slot, also as builds kept it whose helpers filed no dossiers, or handed none over. `None` when it is
    /// damaged.
    pub fn unseal(sealed: &[u8], key: &DataKey) -> Option<Forms> {
        let groundless = || record::open(sealed, key).map(|forms| Forms { forms, ..Forms::default() });
        let unhanded =
            || record::open(sealed, key).map(|(forms, grounds)| Forms { forms, grounds, ..Forms::default() });
        record::open(sealed, key).or_else(unhanded).or_else(groundless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use dossier::filing::PaperRef;
    use dossier::id::PaperId;
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
    fn the_forms_and_grounds_of_builds_that_handed_none_over_are_still_there() {
        let mut dice = Dice::new([9; 32]);
        let key = DataKey::roll(&mut dice);
        let procedure = form().version.procedure;
        let behalf = BehalfDraft { giver: "Giàng Thị Chẳn".to_owned(), ..BehalfDraft::default() };
        let kept = (vec![Form { draft: form(), began: None }], vec![(procedure.clone(), behalf.clone())]);
        let forms = Forms::unseal(&record::seal(&kept, &key, &mut dice), &key).expect("sealed by this key");
        assert_eq!(forms.of(&form().of_what()), kept.0.first());
        assert_eq!((forms.ground(&procedure), forms.handed.len()), (Some(&behalf), 0));
    }

    #[test]
    fn a_form_that_was_handed_over_is_no_form_until_it_is_taken_back_and_its_pictures_stay() {
        let mut draft = form();
        let page = PaperRef { paper: "lease".parse().expect("a key"), digest: [7; 32], bytes: 9 };
        draft.papers.insert(PaperId([1; 4]), page);
        let (of, procedure) = (draft.of_what(), draft.version.procedure.clone());
        let behalf = BehalfDraft { giver: "Giàng Thị Chẳn".to_owned(), ..BehalfDraft::default() };
        let slip = Slip::of([5; 8]);
        let forms = Forms::default().on_ground(procedure.clone(), behalf.clone()).with(draft.clone(), None);
        let handed = forms.handed_over(&procedure, slip, Moment(5), None).expect("a form");
        assert_eq!((handed.of(&of), handed.ground(&procedure)), (None, None));
        assert_eq!(handed.pictures().collect::<Vec<_>>(), [[7; 32]]);
        let another = handed.with(form(), None);
        assert_eq!(another.taken_back(slip), None, "neither is written over");
        let mut dice = Dice::new([8; 32]);
        let key = DataKey::roll(&mut dice);
        let kept = Forms::unseal(&record::seal(&handed, &key, &mut dice), &key).expect("sealed by this key");
        let back = kept.taken_back(slip).expect("it is here");
        assert_eq!(back.of(&of).map(|form| &form.draft), Some(&draft));
        assert_eq!((back.ground(&procedure), back.handed.len()), (Some(&behalf), 0));
        assert_eq!(back.taken_back(slip), None);
    }

    #[test]
    fn a_form_that_was_handed_over_goes_seven_days_after_the_office_was_next_heard() {
        let procedure = form().version.procedure;
        let day = 86_400_000;
        let forms = Forms::default().with(form(), None);
        let handed = forms.handed_over(&procedure, Slip::of([5; 8]), Moment(0), Some(Moment(50 * day)));
        let handed = handed.expect("a form");
        assert_eq!(handed.by(Moment(50 * day)), None, "not heard since");
        let met = handed.by(Moment(90 * day)).expect("its time begins");
        assert_eq!((met.handed.len(), met.by(Moment(97 * day - 1))), (1, None));
        assert_eq!(met.by(Moment(97 * day)).map(|forms| forms.handed.len()), Some(0));
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
