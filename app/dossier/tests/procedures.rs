//! The definitions that come with the product are whole, and travel.

use dossier::moment::Day;
use dossier::procedure::load::{SHIPPED, embedded};
use dossier::procedure::{Procedure, in_force};

#[test]
fn every_shipped_definition_loads_and_is_called_as_its_file() {
    let procedures = embedded().expect("sound files");
    assert_eq!(procedures.len(), SHIPPED.len());
    let today = Day::from_date(2026, 11, 25).expect("a real day");
    for (file, _) in SHIPPED {
        let id = file.strip_suffix(".toml").expect("a toml file").parse().expect("a key");
        assert!(in_force(&procedures, &id, today).is_some(), "{file}");
    }
}

#[test]
fn a_definition_reads_back_from_its_binary_form() {
    for procedure in embedded().expect("sound files") {
        let bytes = postcard::to_allocvec(&procedure).expect("plain data");
        assert_eq!(postcard::from_bytes::<Procedure>(&bytes).as_ref(), Ok(&procedure));
        assert!(bytes.len() < 12_000, "{} takes {} bytes", procedure.id, bytes.len());
    }
}
