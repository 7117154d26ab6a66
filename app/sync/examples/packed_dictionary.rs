//! Writes the dictionary of packed changes to standard output:
//! `cargo run -q --example packed_dictionary -p sync > packed-1.bin`. A dictionary that lies in a store is never written
//! again; the next one gets the next form.

use std::io::Write;

#[path = "../tests/compact/village.rs"]
mod village;

use village::{Chance, LAI_CHAU, Notice, Phone};

/// Changes as they are hashed: without magic and checksum.
fn main() -> std::io::Result<()> {
    let mut chance = Chance(20_261_125);
    let mut out = std::io::stdout();
    for round in 0..9 {
        let phone = Phone::new(&mut chance);
        let mut notice = Notice::begin_short(&mut chance, &LAI_CHAU, &phone, 1);
        if round % 3 == 0 {
            notice.edit(&phone, |stay| stay.leave = stay.leave.plus(1));
        } else {
            // What most notices are: a name, a number, a room.
            let mut short = notice.stay.clone();
            short.note.clear();
            for guest in short.guests.values_mut() {
                guest.home.clear();
                if round % 3 == 1 {
                    guest.phone.clear();
                }
            }
            notice.doc = sync::document::seed();
            notice.changes.clear();
            notice.edit(&phone, |stay| *stay = short);
        }
        for change in notice.changes.iter().rev() {
            out.write_all(&change.raw_bytes()[8..])?;
        }
    }
    Ok(())
}
