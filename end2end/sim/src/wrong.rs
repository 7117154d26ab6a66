//! What a wrong office does: the parts of a sabotage that need more than one line.

use std::collections::BTreeSet;

use automerge::ChangeHash;
use dossier::id::DossierId;
use sync::case::History;
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::office::answer::Item;
use sync::office::{Judged, Rules};

use crate::sabotage::Sabotage;
use crate::tables::Tables;

/// The office's rules under a sabotage.
pub fn rules(sabotage: Option<Sabotage>) -> Rules {
    Rules {
        idempotent_receipts: sabotage != Some(Sabotage::ReceiptTwice),
        basis_needed: sabotage != Some(Sabotage::NoGround),
        own_filings_only: sabotage != Some(Sabotage::AnyFiling),
        fresh_look: sabotage != Some(Sabotage::UnseenDecision),
        one_answer: sabotage != Some(Sabotage::AnswersApart),
        answered_once: sabotage != Some(Sabotage::AnsweredTwice),
        reception_only: sabotage != Some(Sabotage::ReceivesAll),
        gateway_alone: sabotage != Some(Sabotage::PaidByTap),
    }
}

/// Loses one parcel of a frame that carries several.
pub fn drop_parcel(up: &mut Up, chance: usize) -> Option<DossierId> {
    if up.parcels.len() < 2 {
        return None;
    }
    let lost = up.parcels.remove(chance % up.parcels.len()).dossier;
    Some(lost)
}

/// Tells every verdict of the next dossier, and accepts the one that was lost.
pub fn turn_verdicts(judged: &mut Judged, lost: Option<DossierId>) {
    let told: Vec<Verdict> = judged.verdicts.iter().map(|(_, verdict)| *verdict).collect();
    let count = told.len();
    for (place, (_, verdict)) in judged.verdicts.iter_mut().enumerate() {
        *verdict = told[(place + 1) % count];
    }
    judged.verdicts.extend(lost.map(|lost| (lost, told.first().copied().unwrap_or(Verdict::Accepted))));
}

/// Keeps of every dossier in the frame only what the sender's own version rests on.
pub fn keep_newest_writer(tables: &mut Tables, up: &Up) {
    for parcel in &up.parcels {
        let Some(known) = tables.known.get_mut(&parcel.dossier) else { continue };
        let mut kept: BTreeSet<ChangeHash> = parcel
            .changes
            .iter()
            .filter_map(|raw| sync::gate::parse(raw).ok())
            .map(|change| change.hash())
            .collect();
        for change in known.history.changes().rev() {
            if kept.contains(&change.hash()) {
                kept.extend(change.deps());
            }
        }
        let mut history = History::new();
        for change in known.history.changes().filter(|change| kept.contains(&change.hash())) {
            let _ = history.take(change.raw_bytes());
        }
        known.history = history;
        tables.rows.retain(|row| match &row.item {
            Item::Change(dossier, hash, _) => *dossier != parcel.dossier || kept.contains(&ChangeHash(*hash)),
            _ => true,
        });
    }
}
