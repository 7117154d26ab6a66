//! Đã chuyển sang máy khác: a half-filled form that goes on on another device. It stays here for a while, no longer as a
//! form, should the other device be lost or drowned.

use dossier::behalf::BehalfDraft;
use dossier::filing::draft::FilingDraft;
use dossier::filing::hand::Slip;
use dossier::moment::Moment;
use serde::{Deserialize, Serialize};

/// How long it stays, in milliseconds of the office's clock, from the first contact after it was handed over (rule of
/// 30/11/2026): as long as a tablet of the team keeps what is over ([`crate::stub::RETENTION`]).
pub const RETENTION: i64 = crate::stub::RETENTION;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// What was typed, with the pictures that are here only.
    pub draft: FilingDraft,
    /// On what ground.
    pub ground: Option<BehalfDraft>,
    /// What the other device showed.
    pub slip: Slip,
    /// When, by the phone's corrected clock: for the screen alone.
    pub at: Moment,
    /// When the office had been heard last by then.
    pub before: Option<Moment>,
    /// The first time it was heard after that, by its own clock.
    pub since: Option<Moment>,
}

impl Handed {
    /// What becomes of it once the office was heard at this moment of its clock: a phone's clock deletes nothing. `None`
    /// when its time is over.
    pub fn by(self, heard: Moment) -> Option<Handed> {
        match self.since {
            Some(since) if since.0.saturating_add(RETENTION) <= heard.0 => None,
            None if self.before.is_none_or(|before| before < heard) => {
                Some(Handed { since: Some(heard), ..self })
            }
            _ => Some(self),
        }
    }
}
