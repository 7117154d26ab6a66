//! What travels: the form as it was typed and the ground it is filled in on. No picture of a paper: the form says which
//! are to be photographed again.

use std::collections::BTreeSet;

use dossier::behalf::{BehalfDraft, Signature};
use dossier::filing::draft::FilingDraft;
use dossier::filing::hand::{HandTrouble, Slip};
use dossier::id::CommuneCode;
use dossier::procedure::PaperKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::parts;
use crate::dice::Dice;
use crate::frame::compact::deflate::{deflate, inflate};
use crate::letterbox;

/// How it is packed. A build that packs otherwise takes the next number, and reads the earlier ones.
const VERSION: u8 = 1;
/// Most bytes once it is inflated: a form of thirty people with every consent signed has 20 KB.
const MOST_BYTES: usize = 64 * 1024;
const PURPOSE: &[u8] = b"bankhai hand 1";
const SLIP: &[u8] = b"bankhai hand slip 1";

/// A half-filled form of a new dossier, on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The commune the team works in: numbers of houses mean something in one only.
    pub commune: CommuneCode,
    /// The form, without papers.
    pub draft: FilingDraft,
    /// For whom and on what ground it is filled in, as far as it was said; never that they have said yes.
    pub ground: Option<BehalfDraft>,
    /// The papers that are to be photographed again.
    pub again: BTreeSet<PaperKey>,
}

impl Bundle {
    /// What travels of this form. `again` are the papers that were on another device before and are not here either.
    pub fn of(
        commune: CommuneCode,
        draft: &FilingDraft,
        ground: Option<&BehalfDraft>,
        again: &BTreeSet<PaperKey>,
    ) -> Bundle {
        let here = draft.papers.values().map(|page| page.paper.clone());
        let again = again.iter().cloned().chain(here).collect();
        let draft = FilingDraft { papers: Default::default(), step: 0, ..draft.clone() };
        // They said yes to who holds this tablet, and whoever goes on is asked for by name: that is said anew.
        let ground = ground.map(|ground| BehalfDraft {
            witness: String::new(),
            witness_number: String::new(),
            strokes: Vec::new(),
            code: String::new(),
            ..ground.clone()
        });
        Bundle { commune, draft, ground, again }
    }

    fn plain(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("plain data")
    }

    /// The six digits of it. Who has only seen the sealed parts cannot know them.
    pub fn slip(&self) -> Slip {
        let mut first = [0; 8];
        first.copy_from_slice(&Sha256::new().chain_update(SLIP).chain_update(self.plain()).finalize()[..8]);
        Slip::of(first)
    }

    /// The codes to show to the device with this key.
    ///
    /// # Errors
    /// `TooLong` when it is more than codes carry; `OtherCode` when that is no key.
    pub fn seal(&self, to: &[u8; 32], dice: &mut Dice) -> Result<Vec<String>, HandTrouble> {
        let plain = self.plain();
        if plain.len() > MOST_BYTES {
            return Err(HandTrouble::TooLong);
        }
        let packed = [&[VERSION][..], &deflate(&plain, &[])].concat();
        let sealed = letterbox::seal(PURPOSE, &[], &packed, to, dice).ok_or(HandTrouble::OtherCode)?;
        parts::cut(&sealed).ok_or(HandTrouble::TooLong)
    }

    /// What was sealed to this key: somebody else's bytes.
    ///
    /// # Errors
    /// `ForAnother` when it was not; `OtherVersion` when it was packed by a build this one does not know; `Damaged` when it
    /// is no form of a new dossier without papers, written as this build writes it.
    pub fn open(sealed: &[u8], with: &[u8; 32]) -> Result<Bundle, HandTrouble> {
        let packed = letterbox::open(PURPOSE, &[], sealed, with).ok_or(HandTrouble::ForAnother)?;
        let (version, deflated) = packed.split_first().ok_or(HandTrouble::Damaged)?;
        if *version != VERSION {
            return Err(HandTrouble::OtherVersion);
        }
        let plain = inflate(deflated, &[], MOST_BYTES).map_err(|_| HandTrouble::Damaged)?;
        let bundle: Bundle = postcard::from_bytes(&plain).map_err(|_| HandTrouble::Damaged)?;
        // One way to write it: nothing after its end, no key twice, and both devices have the same slip.
        if bundle.is_sound() && bundle.plain() == plain { Ok(bundle) } else { Err(HandTrouble::Damaged) }
    }

    fn is_sound(&self) -> bool {
        let draft = &self.draft;
        let fits = |strokes: &Vec<Vec<(u8, u8)>>| {
            strokes.iter().map(Vec::len).sum::<usize>() <= Signature::MOST_POINTS
                && strokes.iter().flatten().all(|(_, y)| *y <= Signature::HEIGHT)
        };
        let new = draft.dossier.is_none() && draft.people.iter().all(|person| person.person.is_none());
        let ground = self.ground.iter().map(|ground| &ground.strokes);
        let drawn = draft.consents.values().map(|consent| &consent.strokes).chain(ground);
        new && draft.papers.is_empty() && draft.step == 0 && drawn.into_iter().all(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::filing::PaperRef;
    use dossier::filing::draft::{ConsentDraft, PersonDraft};
    use dossier::id::{DossierId, EstablishmentId, PaperId};
    use dossier::procedure::{ConsentKind, load};
    use proptest::prelude::*;

    fn key<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
        text.parse().expect("a key")
    }

    fn form() -> FilingDraft {
        let procedures = load::embedded().expect("the shipped files");
        let of = procedures.iter().find(|one| one.id.as_str() == "temporary-residence").expect("one of them");
        let said = [("name", "Lò Văn Mẫn"), ("number", "012201004318"), ("birth", "2001-03-09")];
        let strokes = vec![(0..60).map(|at| (at * 3, 20 + at % 30)).collect()];
        FilingDraft {
            answers: said.iter().map(|(field, text)| (key(field), (*text).to_owned())).collect(),
            people: vec![PersonDraft {
                answers: [(key("name"), "Sùng Thị Dính".to_owned())].into(),
                ..PersonDraft::default()
            }],
            consents: [(ConsentKind::Owner, ConsentDraft { strokes, ..ConsentDraft::default() })].into(),
            ..FilingDraft::new(of)
        }
    }

    fn ground() -> BehalfDraft {
        BehalfDraft {
            house: Some(EstablishmentId(3)),
            giver: "Giàng Thị Chẳn".to_owned(),
            days: 7,
            ..BehalfDraft::default()
        }
    }

    fn bundle(draft: &FilingDraft) -> Bundle {
        Bundle::of(CommuneCode(3289), draft, Some(&ground()), &BTreeSet::new())
    }

    fn whole(codes: &[String]) -> Vec<u8> {
        let mut parts = parts::Parts::default();
        for code in codes {
            parts.add(code).expect("a part");
        }
        parts.whole().expect("all of it")
    }

    const SECRET: [u8; 32] = [9; 32];

    fn sent(bundle: &Bundle) -> Vec<u8> {
        let codes = bundle.seal(&letterbox::public(&SECRET), &mut Dice::new([4; 32]));
        whole(&codes.expect("short enough"))
    }

    #[test]
    fn a_form_and_its_ground_come_out_as_they_went_in_and_both_ends_say_the_same_slip() {
        let bundle = bundle(&form());
        let came = Bundle::open(&sent(&bundle), &SECRET).expect("sealed to this key");
        assert_eq!((came.slip(), &came), (bundle.slip(), &bundle));
        let mut other = form();
        other.answers.insert(key("phone"), "0912000456".to_owned());
        assert_ne!(Bundle { draft: other, ..bundle.clone() }.slip(), bundle.slip());
    }

    #[test]
    fn no_picture_travels_and_the_papers_that_were_photographed_are_named() {
        let page = PaperRef { paper: key("lease"), digest: [7; 32], bytes: 90_000 };
        let before = BTreeSet::from([key("photo")]);
        let mut draft = form();
        draft.papers.insert(PaperId([1; 4]), page);
        draft.step = 3;
        let bundle = Bundle::of(CommuneCode(3289), &draft, None, &before);
        assert_eq!(bundle.again, BTreeSet::from([key("lease"), key("photo")]));
        assert!(bundle.draft.papers.is_empty());
        assert!(Bundle::open(&sent(&bundle), &SECRET).is_ok());
        assert_eq!(
            Bundle::open(&sent(&Bundle { draft, ..bundle }), &SECRET),
            Err(HandTrouble::Damaged),
            "a page without its picture"
        );
    }

    #[test]
    fn a_form_of_a_dossier_that_is_there_and_a_drawing_without_end_are_not_let_in() {
        let changing = FilingDraft { dossier: Some(DossierId([1; 8])), ..form() };
        let mut drawn = bundle(&form());
        drawn.ground = Some(BehalfDraft { strokes: vec![vec![(1, 1); 513]], ..ground() });
        for wrong in [Bundle { draft: changing, ..bundle(&form()) }, drawn] {
            assert_eq!(Bundle::open(&sent(&wrong), &SECRET), Err(HandTrouble::Damaged));
        }
    }

    #[test]
    fn a_form_too_long_for_codes_is_refused_where_it_is() {
        let mut draft = form();
        draft.answers.insert(key("note"), "a".repeat(MOST_BYTES));
        let to = letterbox::public(&SECRET);
        let mut dice = Dice::new([5; 32]);
        assert_eq!(bundle(&draft).seal(&to, &mut dice), Err(HandTrouble::TooLong));
        let noise: String = (0..6_000).map(|_| char::from(b'0' + dice.bytes::<1>()[0] % 70)).collect();
        draft.answers.insert(key("note"), noise.repeat(3));
        assert!(bundle(&draft).seal(&to, &mut dice).is_ok_and(|codes| codes.len() <= parts::MOST));
        let noise: String = (0..30_000).map(|_| char::from(b'0' + dice.bytes::<1>()[0] % 70)).collect();
        draft.answers.insert(key("note"), noise);
        assert_eq!(bundle(&draft).seal(&to, &mut dice), Err(HandTrouble::TooLong));
    }

    #[test]
    fn only_the_device_that_showed_the_code_opens_it() {
        let sealed = sent(&bundle(&form()));
        assert_eq!(Bundle::open(&sealed, &[8; 32]), Err(HandTrouble::ForAnother));
        assert_eq!(Bundle::open(&[], &SECRET), Err(HandTrouble::ForAnother));
    }

    #[test]
    fn the_first_version_is_read_as_it_was_written() {
        let text = include_str!("../../tests/hand_1.txt").trim();
        let sealed = crate::base32::decode(text).expect("base 32");
        assert_eq!(Bundle::open(&sealed, &SECRET), Ok(bundle(&form())));
    }

    #[test]
    fn another_version_is_told_apart_from_damage() {
        let to = letterbox::public(&SECRET);
        let seal = |packed: &[u8]| letterbox::seal(PURPOSE, &[], packed, &to, &mut Dice::new([6; 32]));
        let open = |packed: &[u8]| Bundle::open(&seal(packed).expect("a key"), &SECRET);
        assert_eq!(open(&[VERSION + 1, 0, 0]), Err(HandTrouble::OtherVersion));
        assert_eq!(open(&[]), Err(HandTrouble::Damaged));
        let longer = [bundle(&form()).plain(), vec![0]].concat();
        assert_eq!(open(&[&[VERSION][..], &deflate(&longer, &[])].concat()), Err(HandTrouble::Damaged));
        let bomb = deflate(&vec![0; 4 * MOST_BYTES], &[]);
        assert_eq!(open(&[&[VERSION][..], &bomb].concat()), Err(HandTrouble::Damaged));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form_or_refused(plain: Vec<u8>, at: prop::sample::Index, byte: u8) {
            let to = letterbox::public(&SECRET);
            let mut near = bundle(&form()).plain();
            let place = at.index(near.len());
            near[place] = byte;
            for plain in [plain, near] {
                let packed = [&[VERSION][..], &deflate(&plain, &[])].concat();
                let sealed = letterbox::seal(PURPOSE, &[], &packed, &to, &mut Dice::new([6; 32]));
                let opened = Bundle::open(&sealed.expect("a key"), &SECRET);
                prop_assert!(opened.is_err() || opened.is_ok_and(|bundle| bundle.plain() == plain));
            }
        }
    }
}
