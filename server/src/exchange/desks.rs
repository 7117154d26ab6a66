//! Where the one-stop desks lie today that a batch speaks of: those at which its people receive for other communes, and those
//! where its dossiers were received.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::{Action, Area, Locality};
use dossier::id::{CommuneCode, DossierId};
use sqlx::SqliteConnection;
use sync::office::{Caller, Known};

use crate::error::Error;
use crate::store::commune;

/// The desks of a batch, by the commune they were known by.
#[derive(Default)]
pub struct Desks(BTreeMap<CommuneCode, Locality>);

impl Desks {
    /// Looks them up.
    pub async fn read<'a>(
        db: &mut SqliteConnection,
        callers: impl Iterator<Item = &'a Caller>,
        known: &BTreeMap<DossierId, Known>,
    ) -> Result<Desks, Error> {
        let grants = callers.flat_map(|caller| &caller.principal.grants);
        let working = grants.filter(|grant| grant.role.may(Action::ReceiveElsewhere));
        let working = working.filter_map(|grant| match grant.area {
            Area::Commune(code) => Some(code),
            _ => None,
        });
        let received = known.values().filter_map(Known::received_at);
        let mut desks = Desks::default();
        for code in working.chain(received).collect::<BTreeSet<_>>() {
            desks.0.extend(commune::today(&mut *db, code).await?.map(|row| (code, row.place())));
        }
        Ok(desks)
    }

    /// Where the desk of this commune lies today.
    pub fn place(&self, code: CommuneCode) -> Option<Locality> {
        self.0.get(&code).copied()
    }
}
