//! A browser's subscription to its push service, as it is handed on.

use serde::{Deserialize, Serialize};

/// What a browser made (`PushSubscription`); the office parses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Where the push service takes messages for it.
    pub endpoint: String,
    /// The browser's point, base64url.
    pub p256dh: String,
    /// Its secret, base64url.
    pub auth: String,
}
