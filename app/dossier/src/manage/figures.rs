//! Figures of a commune, for who follows the work of many: nobody is named.

use serde::{Deserialize, Serialize};

use crate::id::CommuneCode;

/// One commune's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneFigures {
    /// The commune.
    pub code: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub name: String,
    /// Establishments.
    pub houses: u32,
    /// Of these, with an account in use.
    pub with_account: u32,
    /// Notices that began in the last thirty days.
    pub notices: u32,
    /// Receipts of these.
    pub receipted: u32,
    /// Notices of these whose first receipt was judged for its time.
    pub judged: u32,
    /// Of these, received in time.
    pub in_time: u32,
}
