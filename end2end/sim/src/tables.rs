//! What the office has committed.

use std::collections::BTreeMap;

use dossier::act::Act;
use dossier::id::{AccountId, CommuneCode, DossierId};
use sync::office::answer::{Item, Row};
use sync::office::{Judged, Known, Write};
use sync::papers::PaperDigest;

use crate::consent::Codes;
use crate::fees::{Kept, Reference};
use crate::pictures::Picture;

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
    /// Pictures of papers, by their dossiers.
    pub pictures: BTreeMap<(DossierId, PaperDigest), Picture>,
    /// Codes of consent it gave out.
    pub codes: Codes,
    /// Payments through the gateway.
    pub payments: BTreeMap<Reference, Kept>,
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

    /// Who files for somebody else follows what they filed, whoever brought it to a restored office first; who did before
    /// goes on following.
    fn follows(&mut self, dossier: DossierId, account: AccountId) {
        let before = self.filed_by.insert(dossier, account);
        if before != Some(account) {
            if let (Some(known), Some(before)) = (self.known.get_mut(&dossier), before) {
                known.followers.insert(before);
            }
            self.say_again(dossier);
        }
    }

    /// Somebody else follows a dossier besides.
    pub fn let_follow(&mut self, dossier: DossierId, account: AccountId, again: bool) {
        let Some(known) = self.known.get_mut(&dossier) else { return };
        if self.filed_by.get(&dossier) != Some(&account) && known.followers.insert(account) && again {
            self.say_again(dossier);
        }
    }

    /// Whether somebody files it, or follows it.
    pub fn is_followed(&self, dossier: DossierId, account: AccountId) -> bool {
        let known = self.known.get(&dossier);
        self.filed_by.get(&dossier) == Some(&account)
            || known.is_some_and(|known| known.followers.contains(&account))
    }

    /// What was said in it is said again under new numbers: the devices of who follows it now have read beyond it, and have
    /// not seen it.
    fn say_again(&mut self, dossier: DossierId) {
        let top = self.top();
        let again: Vec<Row> = self.rows.extract_if(.., |row| row.item.dossier() == dossier).collect();
        let again = again.into_iter().zip(top + 1..).map(|(row, number)| Row { number, ..row });
        self.rows.extend(again);
    }
}
