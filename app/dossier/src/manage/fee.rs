//! Nộp lệ phí trực tuyến: what an office knows about paying the fee of a dossier over the network.

use serde::{Deserialize, Serialize};

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnlineFee {
    /// Nothing is to be paid, or this office takes nothing over the network.
    Closed,
    /// It can be begun.
    Open,
    /// It was begun; the gateway has not confirmed anything.
    Waiting,
    /// The gateway has confirmed it: it becomes an act of the dossier in a moment.
    Paid,
    /// The gateway did not answer; nothing was paid.
    Away,
    /// It is paid on this page of the gateway's.
    At(String),
}
