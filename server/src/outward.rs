//! What the office itself asks of others over HTTP: one kind of client, which follows nobody elsewhere, and one rule of
//! where anything may go.

use std::time::Duration;

use ureq::Agent;

/// A client that gives up after so long, follows no redirect, and takes any status for an answer.
pub fn agent(patience: Duration) -> Agent {
    let config = Agent::config_builder().timeout_global(Some(patience));
    config.max_redirects(0).http_status_as_error(false).build().new_agent()
}

/// Whether nobody on the way reads what goes there: https, or this machine.
pub fn is_private(address: &str) -> bool {
    address.starts_with("https://") || is_here(address)
}

/// Whether it is this machine.
pub fn is_here(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    ["127.0.0.1", "localhost", "[::1]"]
        .into_iter()
        .filter_map(|host| rest.strip_prefix(host))
        .any(|after| after.is_empty() || after.starts_with([':', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_people_goes_out_by_https_or_stays_on_this_machine() {
        for good in [
            "https://sms.example.test/send",
            "http://127.0.0.1:9000/send",
            "http://localhost:9000/",
            "http://localhost",
            "http://[::1]:9000",
        ] {
            assert!(is_private(good), "{good}");
        }
        for bad in [
            "http://sms.example.test/",
            "http://127.0.0.1.example.test/",
            "http://localhost.example.test/",
            "http://localhost@sms.example.test/",
            "ftp://x",
            "",
        ] {
            assert!(!is_private(bad), "{bad}");
        }
    }
}
