//! Measures compact frames: `cargo run --release --example frame_sizes -p sync`.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "printing and timing is what it is for")]

use std::collections::HashMap;
use std::time::Instant;

use automerge::ActorId;
use dossier::act::{Act, Channel, Heads};
use dossier::moment::Moment;
use sync::frame::compact::{self, Dictionary, Limits};
use sync::frame::up::SentAct;
use sync::frame::{ActId, Parcel};

#[path = "../tests/compact/household.rs"]
mod household;
#[path = "../tests/compact/village.rs"]
mod village;

use village::{Chance, HA_GIANG, Known, LAI_CHAU, Notice, Phone};

/// Guests with four dice of their own, or the first with those of its dossier.
const WAYS: [(&str, village::Begin); 2] = [("own ids", Notice::begin), ("short ids", Notice::begin_short)];

fn main() {
    println!("{:38} {:>8} {:>8} {:>8} {:>8} {:>8}", "bytes", "plain", "none", "dict 1", "acts", "compact");
    for seed in [1, 20_260, 7, 8, 9] {
        for (what, words) in [("W1, words known", &LAI_CHAU), ("W1, places unknown", &HA_GIANG)] {
            for (how, begin) in WAYS {
                let notices = village::evening(seed, words, begin);
                let parcels: Vec<Parcel> = notices.iter().map(|notice| notice.parcel(0)).collect();
                line(&format!("{what}, {how}"), &parcels, &Known::default());
            }
        }
    }
    let mut chance = Chance(5);
    let phone = Phone::new(&mut chance);
    let mut notice = Notice::begin(&mut chance, &HA_GIANG, &phone, 417);
    line("one new stay", &[notice.parcel(0)], &Known::default());
    let mut known = Known::default();
    known.learn(&notice);
    notice.edit(&phone, |stay| stay.leave = stay.leave.plus(1));
    line("one edit of one field", &[notice.parcel(1)], &known);
    for (how, begin) in WAYS {
        let (parcels, known) = village::back_on_network(3, begin);
        line(&format!("W3, 1,800 new, 200 edits, {how}"), &parcels, &known);
    }
    for count in [1, 54] {
        let (parcels, fields) = household::households(5, &HA_GIANG, count);
        line(&format!("{count} households of {fields} fields"), &parcels, &Known::default());
    }
    let (parcels, known) = village::back_on_network(3, Notice::begin);
    let started = Instant::now();
    let bytes = compact::encode(&parcels, Dictionary::LATEST, |dossier, hash| known.name(dossier, hash));
    println!("W3 encoded and proved in {:?}", started.elapsed());
    let (_, names) = village::back_on_network(3, Notice::begin);
    let by_name: HashMap<_, _> = names
        .0
        .into_iter()
        .map(|((dossier, hash), named)| ((dossier, named.actor, named.seq), (hash, named.max_op)))
        .collect();
    let find = |dossier, actor: &ActorId, seq| by_name.get(&(dossier, actor.clone(), seq)).copied();
    let started = Instant::now();
    let read = compact::decode(&bytes.unwrap_or_default(), find, &Limits::FRAME);
    println!("W3 decoded in {:?}", started.elapsed());
    assert_eq!(read, Ok(parcels));
}

fn line(what: &str, parcels: &[Parcel], known: &Known) {
    let plain: usize = parcels.iter().flat_map(|parcel| &parcel.changes).map(|raw| raw.len() + 2).sum();
    let size = |dictionary| {
        let bytes = compact::encode(parcels, dictionary, |dossier, hash| known.name(dossier, hash));
        let bytes = bytes.expect("our own changes");
        let find = |dossier, actor: &_, seq| known.find(dossier, actor, seq);
        assert_eq!(compact::decode(&bytes, find, &Limits::FRAME).as_deref(), Ok(parcels));
        bytes.len()
    };
    let (acts, tight) = submissions(parcels);
    let (none, latest) = (size(Dictionary::NONE), size(Dictionary::LATEST));
    println!("{what:38} {plain:>8} {none:>8} {latest:>8} {acts:>8} {tight:>8}");
}

/// One submission per dossier beside the changes: bytes as postcard and as a compact section.
fn submissions(parcels: &[Parcel]) -> (usize, usize) {
    let mut chance = Chance(1);
    let now = Moment(1_795_532_400_000);
    let act = |parcel: &Parcel| {
        let newest = compact::chunk_hash(parcel.changes.last()?)?;
        let act = Act::Submit {
            heads: Heads(vec![newest]),
            channel: Channel::OwnPhone,
            claimed_at: Moment(now.0 - chance.below(7_200_000) as i64),
            last_contact: Some(Moment(now.0 - 9_000_000)),
        };
        Some(SentAct { dossier: parcel.dossier, id: ActId(chance.bytes()), act })
    };
    let acts: Vec<SentAct> = parcels.iter().filter_map(act).collect();
    let plain = acts.iter().map(|sent| 17 + postcard::to_allocvec(&sent.act).map_or(0, |bytes| bytes.len()));
    let tight = compact::acts::encode_acts(&acts, now, parcels);
    assert_eq!(compact::acts::decode_acts(&tight, now, parcels).as_ref(), Ok(&acts));
    (plain.sum(), tight.len())
}
