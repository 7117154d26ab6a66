//! Measures compact frames: `cargo run --release --example frame_sizes -p sync`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::hint::black_box;

use sync::frame::Parcel;
use sync::frame::compact::{self, Dictionary, Limits};

#[path = "../tests/compact/village.rs"]
mod village;

use village::{Chance, HA_GIANG, Known, Notice, Phone};

fn main() {
    println!("{:28} {:>8} {:>8} {:>8}", "bytes of changes", "plain", "none", "dict 1");
    for seed in [1, 20_260, 7] {
        let parcels: Vec<Parcel> = village::evening(seed).iter().map(|notice| notice.parcel(0)).collect();
        line("W1, 8 stays and 12 edits", &parcels, &Known::default());
    }
    let mut chance = Chance(5);
    let phone = Phone::new(&mut chance);
    let mut notice = Notice::begin(&mut chance, &HA_GIANG, &phone, 417);
    line("one new stay", &[notice.parcel(0)], &Known::default());
    let mut known = Known::default();
    known.learn(&notice);
    notice.edit(&phone, |stay| stay.leave = stay.leave.plus(1));
    line("one edit of one field", &[notice.parcel(1)], &known);
    let (parcels, known) = village::back_on_network(3);
    line("W3, 1,800 new, 200 edits", &parcels, &known);
    if std::env::args().any(|argument| argument == "--loop") {
        for _ in 0..20 {
            let bytes = compact::encode(&parcels, Dictionary::LATEST, |dossier, hash| known.name(dossier, hash));
            black_box(bytes);
        }
    }
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
    println!("{what:28} {plain:>8} {:>8} {:>8}", size(Dictionary::NONE), size(Dictionary::LATEST));
}
