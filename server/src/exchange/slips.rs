//! Phiếu xác minh in a batch: where the communes lie that replies speak for, and which questions stand after it.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::Locality;
use dossier::act::Act;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::Step;
use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use sqlx::SqliteConnection;
use sync::frame::up::Up;
use sync::office::{Judged, Known};

use super::writer::Writer;
use crate::error::Error;
use crate::store::{commune, verification};

/// The slips of a batch.
#[derive(Default)]
pub struct Slips {
    today: BTreeMap<CommuneCode, Locality>,
    told: BTreeSet<CommuneCode>,
}

fn step(act: &Act) -> Option<&Step> {
    match act {
        Act::Step(step) => Some(step),
        _ => None,
    }
}

impl Slips {
    /// Looks up the communes that replies speak for.
    pub async fn read<'a>(
        db: &mut SqliteConnection,
        frames: impl Iterator<Item = &'a Up>,
    ) -> Result<Slips, Error> {
        let mut slips = Slips::default();
        let named = frames.flat_map(|up| &up.acts).filter_map(|sent| match step(&sent.act)? {
            Step::Reply { from, .. } => Some(*from),
            _ => None,
        });
        for code in named.collect::<BTreeSet<_>>() {
            slips.today.extend(commune::today(&mut *db, code).await?.map(|row| (code, row.place())));
        }
        Ok(slips)
    }

    /// Where a commune a reply speaks for lies today.
    pub fn place(&self, code: CommuneCode) -> Option<Locality> {
        self.today.get(&code).copied()
    }

    /// Writes down what the dossiers of a frame ask by now.
    pub async fn keep(
        &mut self,
        db: &mut SqliteConnection,
        known: &BTreeMap<DossierId, Known>,
        judged: &Judged,
        now: Moment,
    ) -> Result<(), Error> {
        let acted: BTreeSet<DossierId> = judged.ordered.iter().map(|ordered| ordered.dossier).collect();
        for dossier in acted {
            let acts = || known.get(&dossier).into_iter().flat_map(|known| &known.acts);
            let asked = || acts().filter_map(|ordered| step(&ordered.recorded.act)?.question());
            if asked().next().is_none() {
                continue;
            }
            let status = FilingStatus::fold(acts().map(|ordered| &ordered.recorded));
            let open = match status.stage {
                Stage::Verifying { to, agency, at, .. } => Some((to, agency, at)),
                _ => None,
            };
            verification::stand(&mut *db, dossier, open, now).await?;
            for code in asked().map(|question| question.to) {
                self.told.extend(commune::today(&mut *db, code).await?.map(|row| row.code()));
            }
        }
        Ok(())
    }

    /// Tells the desks of the communes that were asked: after the commit.
    pub fn announce(self, writer: &Writer) {
        self.told.into_iter().for_each(|commune| writer.announce(commune));
    }
}
