//! Where a push service may be. A phone names the address, so it could name any machine the office reaches, its own
//! neighbours too; the office posts to hosts of a list, over https on its own port, and follows nobody elsewhere.

use axum::http::Uri;

const TABLE: &str = include_str!("../../data/push_hosts.csv");
/// Signs of the longest address taken.
const LONGEST: usize = 1_024;

/// The hosts that are asked.
#[derive(Clone, Default)]
pub struct Hosts {
    named: Vec<String>,
    /// A service on this machine, as a test has one: `http://127.0.0.1:4711`.
    here: Option<String>,
}

/// An address the office may post to, and the origin it is signed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    address: String,
    origin: String,
}

impl Endpoint {
    /// The address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// `https://` and the host.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Hosts {
    /// Those of the shipped list, and these.
    pub fn known(further: &[String]) -> Hosts {
        let shipped = TABLE.lines().skip(1).filter_map(|line| line.split(',').next());
        let named = shipped.map(str::to_owned).chain(further.iter().cloned()).collect();
        Hosts { named, here: None }
    }

    /// None but one service on this machine.
    pub fn here(origin: &str) -> Hosts {
        Hosts { named: Vec::new(), here: Some(origin.to_owned()) }
    }

    /// The address, if the office may post there.
    pub fn admit(&self, address: &str) -> Option<Endpoint> {
        let uri: Uri = address.parse().ok().filter(|_| address.len() <= LONGEST)?;
        let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
        let origin = format!("{scheme}://{authority}");
        let here = self.here.as_deref() == Some(origin.as_str());
        // A user, a port or an address in brackets is part of the authority: what is left is a host's name alone.
        let named = scheme == "https" && self.named.iter().any(|name| fits(name, authority.as_str()));
        (here || named).then(|| Endpoint { address: address.to_owned(), origin })
    }
}

/// Whether a name of the list stands for this host; `*.` stands for any name below.
fn fits(name: &str, host: &str) -> bool {
    match name.strip_prefix('*') {
        Some(below) => {
            let label = host.strip_suffix(below).filter(|label| !label.is_empty());
            label.is_some_and(|label| label.bytes().all(|c| c.is_ascii_alphanumeric() || b"-.".contains(&c)))
        }
        None => name == host,
    }
}

/// A host of the command line.
///
/// # Errors
/// In words, for who starts the office.
pub fn host(text: &str) -> Result<String, String> {
    let bare = text.strip_prefix("*.").unwrap_or(text);
    let plain = bare.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"-.".contains(&c));
    // An address of digits alone is a machine, not a service.
    let name = bare.contains('.') && bare.split('.').all(|label| !label.is_empty());
    let letters = bare.rsplit('.').next().is_some_and(|last| last.bytes().any(|c| c.is_ascii_lowercase()));
    if plain && name && letters {
        Ok(text.to_owned())
    } else {
        Err("không phải là tên một máy chủ".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_posts_to_known_push_services_and_to_nobody_else() {
        let hosts = Hosts::known(&["push.example.vn".to_owned()]);
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
            "https://web.push.apple.com/QGJ",
            "https://wns2-sg2p.notify.windows.com/w/?token=BQY",
            "https://push.example.vn/x",
        ] {
            assert_eq!(hosts.admit(good).expect(good).address(), good);
        }
        for bad in [
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.example.test/x",
            "https://fcm.googleapis.com@127.0.0.1/x",
            "https://127.0.0.1@fcm.googleapis.com/x",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://169.254.169.254/latest/meta-data/",
            "http://localhost:8080/admin",
            "https://.notify.windows.com/x",
            "https://notify.windows.com/x",
            "https://evil@a.notify.windows.com/x",
            "https://10.0.0.1:443@a.notify.windows.com/x",
            "file:///etc/passwd",
            "//fcm.googleapis.com/x",
            "fcm.googleapis.com",
            "",
        ] {
            assert_eq!(hosts.admit(bad), None, "{bad}");
        }
        assert_eq!(hosts.admit(&format!("https://push.example.vn/{}", "x".repeat(LONGEST))), None);
    }

    #[test]
    fn a_host_of_the_command_line_is_a_name() {
        for good in ["push.example.vn", "*.push.example.vn"] {
            assert!(host(good).is_ok(), "{good}");
        }
        for bad in ["127.0.0.1", "localhost", "[::1]", "https://x.vn", "x.vn:1", "*.*.vn", "*", "", "X.vn"] {
            assert!(host(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_line_of_the_list_has_a_name_a_day_and_a_source() {
        for line in TABLE.lines().skip(1) {
            let mut columns = line.splitn(3, ',');
            assert!(columns.next().is_some_and(|name| host(name).is_ok()), "{line}");
            assert!(columns.next().is_some_and(|day| day.len() == 10 && day > "2026"), "{line}");
            assert!(columns.next().is_some_and(|source| !source.is_empty()), "{line}");
        }
    }
}
