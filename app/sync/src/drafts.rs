//! Half-filled forms: one of a new notice, and one for each notice being changed.

use dossier::act::Heads;
use dossier::behalf::{BehalfDraft, Ground, Way};
use dossier::draft::StayDraft;
use dossier::id::{DossierId, EstablishmentId};
use serde::{Deserialize, Serialize};

use crate::record;
use crate::vault::DataKey;

/// The `Draft` slot of the store. The first builds kept one form or none, an `Option`, whose bytes are those of a list
/// of forms and nothing after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafts {
    forms: Vec<StayDraft>,
    /// What each notice said when its form was opened. A form that waits for days is a change of that, not of what
    /// another phone has made of the notice since: sent as the newest word on every field, it would take back what
    /// the other has written.
    began: Vec<(DossierId, Heads)>,
    /// On what ground the form of a new notice is filled in for somebody else.
    behalf: Option<BehalfDraft>,
}

impl Drafts {
    /// On what ground the form of a new notice is filled in for somebody else.
    pub fn behalf(&self) -> Option<&BehalfDraft> {
        self.behalf.as_ref()
    }

    /// These, and the ground as it is typed now.
    pub fn on_ground(&self, behalf: BehalfDraft) -> Drafts {
        Drafts { behalf: Some(behalf), ..self.clone() }
    }

    /// These, once the ground was recorded with a notice that is there already.
    pub fn off_ground(&self) -> Drafts {
        Drafts { behalf: None, ..self.clone() }
    }

    /// The form of this notice, or of a new one.
    pub fn of(&self, of: Option<DossierId>) -> Option<&StayDraft> {
        self.forms.iter().find(|form| form.dossier == of)
    }

    /// What the notice said when its form was opened.
    pub fn began(&self, dossier: DossierId) -> Option<&Heads> {
        self.began.iter().find(|(of, _)| *of == dossier).map(|(_, heads)| heads)
    }

    /// The notices being changed.
    pub fn changing(&self) -> impl Iterator<Item = DossierId> {
        self.forms.iter().filter_map(|form| form.dossier)
    }

    /// These, and this form as it is typed now.
    pub fn with(&self, form: StayDraft, began: Option<Heads>) -> Drafts {
        let mut drafts = self.without(form.dossier);
        drafts.behalf.clone_from(&self.behalf);
        drafts.began.extend(form.dossier.zip(began));
        drafts.forms.push(form);
        drafts
    }

    /// These without the form of this notice, or of a new one.
    pub fn without(&self, of: Option<DossierId>) -> Drafts {
        let mut drafts = self.clone();
        drafts.forms.retain(|form| form.dossier != of);
        drafts.began.retain(|(dossier, _)| Some(*dossier) != of);
        drafts.behalf = drafts.behalf.filter(|_| of.is_some());
        drafts
    }

    /// Opens the slot. `None` when it is damaged.
    pub fn unseal(sealed: &[u8], key: &DataKey) -> Option<Drafts> {
        let before = || record::open(sealed, key).map(|(forms, began)| Drafts { forms, began, behalf: None });
        let first_builds = || record::open(sealed, key).map(|forms| Drafts { forms, ..Drafts::default() });
        let uncoded = || {
            record::open::<Uncoded>(sealed, key).map(|(forms, began, behalf)| Drafts {
                forms,
                began,
                behalf: behalf.map(UncodedGround::coded),
            })
        };
        record::open(sealed, key).or_else(uncoded).or_else(before).or_else(first_builds)
    }
}

/// The slot as builds kept it that knew no code of consent.
type Uncoded = (Vec<StayDraft>, Vec<(DossierId, Heads)>, Option<UncodedGround>);

#[derive(Serialize, Deserialize)]
struct UncodedGround {
    house: Option<EstablishmentId>,
    ground: Ground,
    giver: String,
    giver_number: String,
    days: u16,
    way: Way,
    witness: String,
    witness_number: String,
    strokes: Vec<Vec<(u8, u8)>>,
}

impl UncodedGround {
    fn coded(self) -> BehalfDraft {
        let UncodedGround { house, ground, giver, giver_number, days, way, witness, witness_number, strokes } =
            self;
        let code = String::new();
        BehalfDraft { house, ground, giver, giver_number, days, way, witness, witness_number, strokes, code }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn the_half_filled_form_of_the_first_builds_is_still_there() {
        let mut dice = Dice::new([3; 32]);
        let key = DataKey::roll(&mut dice);
        let form = StayDraft { room: "5".to_owned(), ..StayDraft::default() };
        for kept in [Some(form), None] {
            let sealed = record::seal(&kept, &key, &mut dice);
            let drafts = Drafts::unseal(&sealed, &key).expect("sealed by this key");
            assert_eq!(drafts.of(None).cloned(), kept);
        }
    }

    #[test]
    fn the_forms_of_builds_that_knew_no_ground_are_still_there() {
        let mut dice = Dice::new([5; 32]);
        let key = DataKey::roll(&mut dice);
        let (form, dossier) = (StayDraft { room: "5".to_owned(), ..StayDraft::default() }, DossierId([7; 8]));
        let kept = (vec![form.clone()], vec![(dossier, Heads(vec![[1; 32]]))]);
        let drafts = Drafts::unseal(&record::seal(&kept, &key, &mut dice), &key).expect("sealed by this key");
        assert_eq!((drafts.of(None), drafts.behalf()), (Some(&form), None));
        assert_eq!(drafts.began(dossier), Some(&Heads(vec![[1; 32]])));
    }

    #[test]
    fn the_ground_of_builds_that_knew_no_code_is_still_there() {
        let mut dice = Dice::new([6; 32]);
        let key = DataKey::roll(&mut dice);
        let ground = UncodedGround {
            house: None,
            ground: Ground::Authorised,
            giver: "Giàng Thị Chẳn".to_owned(),
            giver_number: String::new(),
            days: 7,
            way: Way::Witness,
            witness: "Hảng A Chư".to_owned(),
            witness_number: String::new(),
            strokes: Vec::new(),
        };
        let kept: Uncoded = (vec![StayDraft::default()], Vec::new(), Some(ground));
        let drafts = Drafts::unseal(&record::seal(&kept, &key, &mut dice), &key).expect("sealed by this key");
        assert_eq!(
            drafts.behalf().map(|behalf| (behalf.witness.as_str(), behalf.days)),
            Some(("Hảng A Chư", 7))
        );
        assert!(drafts.of(None).is_some());
    }

    #[test]
    fn a_ground_goes_with_the_new_form_and_not_with_a_change() {
        let behalf = BehalfDraft { giver: "Giàng Thị Chẳn".to_owned(), ..BehalfDraft::default() };
        let drafts = Drafts::default().on_ground(behalf.clone()).with(StayDraft::default(), None);
        assert_eq!(drafts.behalf(), Some(&behalf));
        assert_eq!(drafts.without(Some(DossierId([1; 8]))).behalf(), Some(&behalf));
        assert_eq!(drafts.without(None).behalf(), None);
    }

    #[test]
    fn a_form_is_kept_with_what_its_notice_said_when_it_was_opened() {
        let mut dice = Dice::new([4; 32]);
        let key = DataKey::roll(&mut dice);
        let dossier = DossierId([7; 8]);
        let form = StayDraft { dossier: Some(dossier), ..StayDraft::default() };
        let drafts =
            Drafts::default().with(form, Some(Heads(vec![[1; 32]]))).with(StayDraft::default(), None);
        let again =
            Drafts::unseal(&record::seal(&drafts, &key, &mut dice), &key).expect("sealed by this key");
        assert_eq!(again, drafts);
        assert_eq!(again.began(dossier), Some(&Heads(vec![[1; 32]])));
        assert_eq!(again.without(Some(dossier)).began(dossier), None);
        assert_eq!(again.changing().collect::<Vec<_>>(), [dossier]);
    }
}
