//! What the office has committed.

use std::collections::BTreeMap;

use dossier::act::Act;
use dossier::id::{AccountId, CommuneCode, DossierId};
use sync::office::answer::{Item, Row};
use sync::office::{Judged, Known, Write};

use crate::consent::Codes;

/// What is committed.
#[derive(Clone, Default)]
pub struct Tables {
    /// Dossiers.
    pub known: BTreeMap<DossierId, Known>,
    /// Who began a dossier, or has recorded since on what ground they file it for somebody else.
    pub filed_by: BTreeMap<DossierId, AccountId>,
    /// The log.
    pub rows: Vec<Row>,
    /// The last serial given.
    pub serials: BTreeMap<CommuneCode, u32>,
    /// Codes of consent it gave out.
    pub codes: Codes,
    /// How many parcels lie in quarantine.
    pub quarantined: u32,
}

impl Tables {
    /// The newest number of the log.
    pub fn top(&self) -> u64 {
        self.rows.last().map_or(0, |row| row.number)
    }

    /// One transaction of what somebody brought: the tables are rebuilt from the writes alone, as SQL would.
    pub fn commit(&mut self, judged: &Judged, serials: BTreeMap<CommuneCode, u32>, by: AccountId) {
        self.serials = serials;
        for write in &judged.writes {
            let (dossier, item) = match write {
                Write::Begin { dossier, establishment, commune, .. } => {
                    let fresh = || Known::new(*establishment, *commune);
                    self.known.entry(*dossier).or_insert_with(fresh);
                    self.filed_by.entry(*dossier).or_insert(by);
                    continue;
                }
                Write::Quarantine { .. } => {
                    self.quarantined += 1;
                    continue;
                }
                Write::Change { dossier, hash, raw } => {
                    (*dossier, Item::Change(*dossier, *hash, raw.clone()))
                }
                Write::Ordered(ordered) => (ordered.dossier, Item::Ordered(ordered.clone())),
                Write::Numbered(numbered) => (numbered.dossier, Item::Numbered(*numbered)),
                Write::Receipt(receipt) => (receipt.dossier, Item::Receipt(receipt.clone())),
            };
            if let Item::Ordered(ordered) = &item
                && matches!(ordered.recorded.act, Act::OnBehalf { .. })
                && ordered.recorded.by.role.is_team()
            {
                self.follows(dossier, by);
            }
            let Some(known) = self.known.get_mut(&dossier) else { continue };
            match &item {
                Item::Change(_, _, raw) => {
                    let _ = known.history.take(raw);
                }
                Item::Ordered(ordered) => known.acts.push(ordered.clone()),
                Item::Numbered(numbered) => known.numbered = Some(*numbered),
                Item::Receipt(receipt) => known.receipts.push(receipt.clone()),
            }
            let establishment = known.establishment;
            self.rows.push(Row { number: self.top() + 1, establishment, item });
        }
    }

    /// Who files for somebody else follows what they filed, whoever brought it to a restored office first. What was
    /// said in it is said again under new numbers: their devices have read beyond it, and have not seen it.
    fn follows(&mut self, dossier: DossierId, account: AccountId) {
        if self.filed_by.insert(dossier, account) == Some(account) {
            return;
        }
        let top = self.top();
        let again: Vec<Row> = self.rows.extract_if(.., |row| row.item.dossier() == dossier).collect();
        let again = again.into_iter().zip(top + 1..).map(|(row, number)| Row { number, ..row });
        self.rows.extend(again);
    }
}
