//! A subscription, as a browser made it and a phone hands it on; parsed here once.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use p256::PublicKey;

use super::hosts::{Endpoint, Hosts};
use super::seal::Keys;

/// Where one browser is reached, and what is sealed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The address.
    pub endpoint: Endpoint,
    /// Its keys.
    pub keys: Keys,
}

impl Subscription {
    /// What a browser wrote; `None` when it is none, or its service is one the office does not post to.
    pub fn read(said: &dossier::manage::Subscription, hosts: &Hosts) -> Option<Subscription> {
        let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).ok();
        Subscription::kept(&said.endpoint, &bytes(&said.p256dh)?, &bytes(&said.auth)?, hosts)
    }

    /// The same from the table.
    pub fn kept(endpoint: &str, p256dh: &[u8], auth: &[u8], hosts: &Hosts) -> Option<Subscription> {
        let point = Some(p256dh).filter(|bytes| bytes.len() == 65)?;
        let point = PublicKey::from_sec1_bytes(point).ok()?;
        let keys = Keys { point, secret: auth.try_into().ok()? };
        Some(Subscription { endpoint: hosts.admit(endpoint)?, keys })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_subscription_is_refused() {
        let hosts = Hosts::known(&[]);
        let point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        let said = |endpoint: &str, p256dh: &str, auth: &str| {
            let said = dossier::manage::Subscription {
                endpoint: endpoint.into(),
                p256dh: p256dh.into(),
                auth: auth.into(),
            };
            Subscription::read(&said, &hosts).is_some()
        };
        let (service, auth) = ("https://fcm.googleapis.com/fcm/send/x", "BTBZMqHH6r4Tts7J_aSIgg");
        assert!(said(service, point, auth));
        assert!(said(service, &format!("{point}="), &format!("{auth}==")), "some browsers pad");
        assert!(!said("https://example.test/x", point, auth));
        assert!(!said(service, &point.replace('x', "y"), auth), "not on the curve");
        assert!(!said(service, &point[..40], auth));
        assert!(!said(service, point, "BTBZ"));
        assert!(!said(service, point, "not base64!"));
        assert!(!said(service, "", ""));
    }
}
