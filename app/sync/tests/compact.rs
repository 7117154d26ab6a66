//! Compact sections: what goes in comes out byte for byte, or nothing does.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ROOT, ScalarValue};
use dossier::id::DossierId;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use sync::frame::Parcel;
use sync::frame::compact::{self, CompactError, Dictionary, Limits};

#[path = "compact/village.rs"]
mod village;

use village::{Chance, HA_GIANG, Known, LAI_CHAU, Notice, Phone};

const BOTH: [Dictionary; 2] = [Dictionary::NONE, Dictionary::LATEST];

fn encode(parcels: &[Parcel], dictionary: Dictionary, known: &Known) -> Vec<u8> {
    compact::encode(parcels, dictionary, |dossier, hash| known.name(dossier, hash)).expect("plain changes")
}

fn decode(bytes: &[u8], known: &Known) -> Result<Vec<Parcel>, CompactError> {
    compact::decode(bytes, |dossier, actor, seq| known.find(dossier, actor, seq), &Limits::FRAME)
}

fn nothing(bytes: &[u8]) -> Result<Vec<Parcel>, CompactError> {
    decode(bytes, &Known::default())
}

fn parcels(notices: &[Notice]) -> Vec<Parcel> {
    notices.iter().map(|notice| notice.parcel(0)).collect()
}

#[test]
fn dictionary_1_is_what_its_recipe_makes_and_never_changes() {
    let bytes = Dictionary::LATEST.bytes();
    assert!(bytes.len() <= 16 * 1024);
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, "a49cb5a7fa72b801d831b162ad783959ff66e8804bcc3519bd97d262ad0047ca");
    assert!(bytes == village::dictionary());
}

#[test]
fn an_evening_fits_in_few_bytes_and_comes_back_whole() {
    for (words, most) in [(&LAI_CHAU, 640), (&HA_GIANG, 700)] {
        let parcels = parcels(&village::evening(1, words, Notice::begin));
        let bytes = encode(&parcels, Dictionary::LATEST, &Known::default());
        assert!(bytes.len() <= most, "{} bytes", bytes.len());
        assert_eq!(nothing(&bytes), Ok(parcels));
    }
}

#[test]
fn every_kind_of_edit_comes_back_whole() {
    let mut chance = Chance(9);
    let phone = Phone::new(&mut chance);
    for round in 0..24 {
        let begin: village::Begin = if round < 12 { Notice::begin } else { Notice::begin_short };
        let mut notice = begin(&mut chance, &LAI_CHAU, &phone, 3);
        village::every_edit(round % 12, &mut notice, &phone, &mut chance);
        let parcels = [notice.parcel(0)];
        for dictionary in BOTH {
            assert_eq!(
                nothing(&encode(&parcels, dictionary, &Known::default())).as_deref(),
                Ok(&parcels[..])
            );
        }
    }
}

#[test]
fn two_hundred_notices_are_told_by_tables_and_come_back_whole() {
    let mut chance = Chance(4);
    let phone = Phone::new(&mut chance);
    let notices: Vec<Notice> = (0..200).map(|_| Notice::begin(&mut chance, &HA_GIANG, &phone, 3)).collect();
    let parcels = parcels(&notices);
    for dictionary in BOTH {
        let bytes = encode(&parcels, dictionary, &Known::default());
        assert!(bytes.len() < 200 * 45, "{} bytes", bytes.len());
        assert_eq!(nothing(&bytes).as_deref(), Ok(&parcels[..]));
    }
}

#[test]
fn a_change_whose_past_is_not_here_is_refused_by_name() {
    let mut chance = Chance(6);
    let phone = Phone::new(&mut chance);
    let mut notice = Notice::begin(&mut chance, &LAI_CHAU, &phone, 3);
    let mut known = Known::default();
    known.learn(&notice);
    notice.edit(&phone, |stay| stay.room = "7".to_owned());
    let parcels = [notice.parcel(1)];
    let bytes = encode(&parcels, Dictionary::LATEST, &known);
    assert!(bytes.len() < 60, "{} bytes", bytes.len());
    assert_eq!(decode(&bytes, &known).as_deref(), Ok(&parcels[..]));
    assert_eq!(nothing(&bytes), Err(CompactError::Unknown { dossier: notice.dossier }));
    // A sender that cannot name the past sends the chunk as it is.
    let bytes = encode(&parcels, Dictionary::LATEST, &Known::default());
    assert_eq!(nothing(&bytes).as_deref(), Ok(&parcels[..]));
}

#[test]
fn what_another_client_makes_travels_as_it_is() {
    let mut chance = Chance(7);
    let phone = Phone::new(&mut chance);
    let mut notice = Notice::begin(&mut chance, &LAI_CHAU, &phone, 3);
    notice.doc.put(ROOT, "q", ScalarValue::counter(3)).unwrap();
    notice.doc.put(ROOT, "blob", vec![0u8; 40]).unwrap();
    notice.doc.commit_with(CommitOptions::default().with_time(1_795_000_000).with_message("xin chào"));
    notice.changes.extend(notice.doc.get_last_local_change());
    notice.edit(&phone, |stay| stay.room = "8".to_owned());
    let parcels = [notice.parcel(0)];
    assert_eq!(parcels[0].changes.len(), 3);
    for dictionary in BOTH {
        assert_eq!(nothing(&encode(&parcels, dictionary, &Known::default())).as_deref(), Ok(&parcels[..]));
    }
}

#[test]
fn bytes_that_are_no_change_are_not_encoded() {
    let parcel = Parcel {
        dossier: DossierId([1; 8]),
        establishment: dossier::id::EstablishmentId(1),
        changes: vec![vec![1, 2, 3]],
    };
    assert_eq!(compact::encode(&[parcel], Dictionary::NONE, |_, _| None), None);
}

#[test]
fn another_version_or_dictionary_is_refused() {
    let parcels = parcels(&village::two_phones());
    let mut bytes = encode(&parcels, Dictionary::LATEST, &Known::default());
    bytes[1] = 2;
    assert_eq!(nothing(&bytes), Err(CompactError::Version));
    bytes[1] = 0;
    assert!(nothing(&bytes).is_err());
    bytes[..2].copy_from_slice(&[9, 1]);
    assert_eq!(nothing(&bytes), Err(CompactError::Version));
}

#[test]
fn the_dossiers_are_known_before_anything_is_rebuilt() {
    let parcels = parcels(&village::two_phones());
    let bytes = encode(&parcels, Dictionary::LATEST, &Known::default());
    let dossiers: Vec<DossierId> = parcels.iter().map(|parcel| parcel.dossier).collect();
    assert_eq!(compact::dossiers(&bytes, &Limits::FRAME), Ok(dossiers));
}

#[test]
fn no_parcels_are_a_section_too() {
    assert_eq!(nothing(&encode(&[], Dictionary::LATEST, &Known::default())), Ok(Vec::new()));
}

#[test]
fn every_one_bit_error_is_refused_or_harmless() {
    let parcels = parcels(&village::two_phones());
    for dictionary in BOTH {
        let bytes = encode(&parcels, dictionary, &Known::default());
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            if let Ok(read) = nothing(&damaged) {
                assert!(read == parcels, "bit {bit} gave other content");
            }
        }
    }
}

/// A section around a body somebody made up.
fn section(body: &[u8]) -> Vec<u8> {
    let mut deflate = flate2::Compress::new(flate2::Compression::best(), false);
    let mut out = [&[1, 0][..], &[0; 16], &[0]].concat();
    out.reserve(body.len() + 1024);
    deflate.compress_vec(body, &mut out, flate2::FlushCompress::Finish).expect("bytes deflate");
    out
}

#[test]
fn a_body_that_inflates_to_a_thousand_times_its_size_is_refused() {
    let bomb = section(&vec![0; 64 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(nothing(&bomb), Err(CompactError::TooLarge));
}

#[test]
fn texts_that_stand_for_more_than_the_limit_are_refused_before_they_are_made() {
    // One shape (typed text in the root's "n"), one actor, one parcel with one change of 60 rows that all point at one
    // part of 60,000 letters.
    let body = {
        let mut out: Vec<u8> = vec![1, 0, 4, 1, b'n']; // shapes: root, named "n", text
        out.extend([1, 1, 1]); // one handle, one actor by handle 1
        out.extend([1, 0, 2, 1]); // one parcel: handle 0, establishment 1, one change
        out.extend([1, 0, 0]); // who, seq, deps
        out.extend([1; 60]); // operations
        out.push(0);
        out.extend([2; 60]); // one part each
        out.push(0);
        out.extend([1; 59]); // all the first
        out.extend([0xe0, 0xd4, 3]); // of 60,000 bytes
        out.extend(vec![b'a'; 60_000]);
        out
    };
    let mut bytes = section(&body);
    bytes.splice(18..19, [13].into_iter().chain([7; 13])); // dice: handle, actor, dossier
    let small = Limits { rebuilt: 1 << 20, ..Limits::FRAME };
    assert_eq!(compact::decode(&bytes, |_, _, _| None, &small), Err(CompactError::TooLarge));
    // With more room it is the size of one change that stops it.
    assert_eq!(nothing(&bytes), Err(CompactError::TooLarge));
}

#[test]
fn a_section_of_more_changes_than_the_limit_is_refused() {
    let parcels = parcels(&village::two_phones());
    let bytes = encode(&parcels, Dictionary::LATEST, &Known::default());
    for limits in [
        Limits { changes: 3, ..Limits::FRAME },
        Limits { operations: 20, ..Limits::FRAME },
        Limits { rebuilt: 500, ..Limits::FRAME },
        Limits { inflated: 100, ..Limits::FRAME },
    ] {
        assert_eq!(compact::decode(&bytes, |_, _, _| None, &limits), Err(CompactError::TooLarge));
    }
}

/// What one of two phones does next to a notice.
fn act(step: u8, notice: &mut Notice, phone: &Phone, chance: &mut Chance) {
    match step % 16 {
        story @ 0..12 => village::every_edit(usize::from(story), notice, phone, chance),
        12 => notice.edit(phone, |stay| stay.note.clear()),
        13 => notice.edit(phone, |stay| stay.note.insert_str(0, "Ế́🏠x")),
        14 => notice.edit(phone, |stay| stay.left = None),
        _ => notice.edit(phone, |stay| {
            stay.note.pop();
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_history_of_two_phones_comes_back_whole(
        seed: u64,
        steps in prop::collection::vec((any::<bool>(), any::<bool>(), any::<u8>()), 0..14),
        cut in 0usize..8,
    ) {
        let mut chance = Chance(seed);
        let phones = [Phone::new(&mut chance), Phone::new(&mut chance)];
        let mut here = Notice::begin(&mut chance, &LAI_CHAU, &phones[0], 5);
        let mut there = here.clone();
        for (second, merge, step) in steps {
            if second {
                act(step, &mut there, &phones[1], &mut chance);
            } else {
                act(step, &mut here, &phones[0], &mut chance);
            }
            if merge {
                here.merge(&there);
                there.merge(&here);
            }
        }
        here.merge(&there);
        // The receiver has the first few changes already.
        let cut = cut.min(here.changes.len() - 1);
        let mut known = Known::default();
        known.learn(&Notice { changes: here.changes[..cut].to_vec(), ..here.clone() });
        let parcels = [here.parcel(cut)];
        for dictionary in BOTH {
            let bytes = encode(&parcels, dictionary, &known);
            let read = decode(&bytes, &known);
            prop_assert_eq!(read.as_deref(), Ok(&parcels[..]));
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(nothing(&bytes).is_err());
        prop_assert!(nothing(&section(&bytes)).is_err());
    }

    #[test]
    fn a_true_body_with_a_few_other_bytes_is_refused_or_the_same(
        changed in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let parcels = parcels(&village::two_phones());
        let bytes = encode(&parcels, Dictionary::NONE, &Known::default());
        // Damaged after inflation, so that every field of the body is reached.
        let mut reader = &bytes[18..];
        let dice = usize::from(reader[0]);
        reader = &reader[1 + dice..];
        let mut body = Vec::with_capacity(16 * 1024);
        flate2::Decompress::new(false)
            .decompress_vec(reader, &mut body, flate2::FlushDecompress::Finish)
            .unwrap();
        for (place, byte) in changed {
            let place = place.index(body.len());
            body[place] = byte;
        }
        let mut damaged = section(&body);
        damaged.splice(2..19, bytes[2..19 + dice].iter().copied());
        if let Ok(read) = nothing(&damaged) {
            prop_assert_eq!(read, parcels);
        }
    }
}
