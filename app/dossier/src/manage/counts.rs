//! What waits for somebody in each part of the work, in numbers alone.

use serde::{Deserialize, Serialize};

/// Counts inside the asker's area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// People with an account.
    pub people: u32,
    /// Who waits for an account.
    pub requests: u32,
    /// Establishments that never sent a notice, or whose last one is more than thirty days old.
    pub quiet_houses: u32,
    /// Devices in order that were not heard for seven days.
    pub silent_devices: u32,
    /// Devices where something waited by their own last word.
    pub unsent_devices: u32,
    /// What revoked devices brought and nobody has looked at.
    pub aside: u32,
    /// Verification slips of other communes that wait for an answer.
    #[serde(default)]
    pub verifications: u32,
    /// What citizens wrote that waits for an answer.
    #[serde(default)]
    pub complaints: u32,
}
