//! The line to the office: the exchange under way, and the pauses after tries that failed.

use std::collections::BTreeMap;

use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::view::LinkState;

use super::Effect;
use crate::dice::Dice;
use crate::frame::up::SentAct;

/// The first pause after a failed try, and the longest, in milliseconds.
const FIRST_PAUSE: f64 = 2_000.0;
const LONGEST_PAUSE: f64 = 15.0 * 60_000.0;

/// An exchange under way.
pub struct Exchange {
    pub(super) id: u64,
    pub(super) began: Moment,
    /// When bytes last moved.
    pub(super) moved: Moment,
    pub(super) sent: u32,
    pub(super) total: u32,
    pub(super) parcels: BTreeMap<DossierId, Vec<[u8; 32]>>,
    pub(super) acts: Vec<SentAct>,
    /// The dossiers of which receipts from before a restore went along.
    pub(super) offered: Vec<DossierId>,
    /// The digest of the frame: what an order to wipe must speak of.
    pub(super) frame: [u8; 32],
    /// Something came up while it ran: go again at once.
    pub(super) again: bool,
    /// Not everything fitted.
    pub(super) more: bool,
}

/// What is known of failed tries.
#[derive(Default)]
pub struct Retry {
    pub(super) failures: u32,
    /// When to try again, by the phone's clock.
    pub(super) at: Option<Moment>,
    pub(super) captive: bool,
    /// There is another copy of this device.
    pub(super) copied: bool,
    pub(super) listening: bool,
}

/// Without a byte for so long, in milliseconds, the shell has lost the exchange. 2G is slow, but it moves.
const LOST: i64 = 120_000;

impl Exchange {
    /// Whether nothing has moved for too long.
    pub(super) fn is_lost(&self, now: Moment) -> bool {
        now.0.saturating_sub(self.moved.0) >= LOST
    }

    pub(super) fn state(&self, now: Moment) -> LinkState {
        let elapsed = now.0.saturating_sub(self.began.0).max(0) as u64;
        // No estimate before something has moved: a bar that guesses is worse than none.
        let seconds_left = match (self.sent, elapsed) {
            (0, _) | (_, 0) => None,
            (sent, elapsed) => {
                let left = u64::from(self.total.saturating_sub(sent));
                u32::try_from((left * elapsed / u64::from(sent)).div_ceil(1_000)).ok()
            }
        };
        LinkState::Busy { sent: self.sent, total: self.total, seconds_left }
    }

    /// Whether this dossier is in it.
    pub(super) fn carries(&self, dossier: DossierId) -> bool {
        self.parcels.contains_key(&dossier) || self.acts.iter().any(|sent| sent.dossier == dossier)
    }
}

impl Retry {
    pub(super) fn state(&self, clock_offset: i64) -> LinkState {
        match (self.captive, self.failures) {
            _ if self.copied => LinkState::Copied,
            (true, _) => LinkState::Captive,
            (false, 0) => LinkState::Idle,
            _ => LinkState::Down { retry_at: self.at.map(|at| Moment(at.0.saturating_add(clock_offset))) },
        }
    }

    pub(super) fn fail(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        least: Option<u32>,
        effects: &mut Vec<Effect>,
    ) {
        self.failures = self.failures.saturating_add(1);
        // Full jitter: a village that comes back on the network together does not knock together.
        let cap = (FIRST_PAUSE * f64::from(1u32 << self.failures.min(10))).min(LONGEST_PAUSE);
        let least = f64::from(least.unwrap_or(0)) * 1_000.0;
        let pause = least + dice.fraction() * cap;
        let at = Moment(now.0.saturating_add(pause as i64));
        self.at = Some(at);
        effects.push(Effect::Wake(at));
    }
}
