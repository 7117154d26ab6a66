//! Who is at the other end of a request: the address it comes from, and whether its way here is sealed.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};

use crate::error::Error;
use crate::office::Office;

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its address; a proxy's when there is one in between.
    pub address: SocketAddr,
    /// Whether the connection is TLS.
    pub sealed: bool,
}

/// Connections as they come, without TLS.
pub struct Plain(pub TcpListener);

impl Listener for Plain {
    type Io = TcpStream;
    type Addr = Peer;

    async fn accept(&mut self) -> (TcpStream, Peer) {
        // Axum's own way of accepting waits out what passes, such as too many open files.
        let (stream, address) = Listener::accept(&mut self.0).await;
        (stream, Peer { address, sealed: false })
    }

    fn local_addr(&self) -> std::io::Result<Peer> {
        Ok(Peer { address: self.0.local_addr()?, sealed: false })
    }
}

impl Connected<IncomingStream<'_, Plain>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Plain>) -> Peer {
        *stream.remote_addr()
    }
}

/// The proxies in front of this office. What one of them says of where a request came from is believed; what anybody
/// else says is not.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Arc<[IpAddr]>);

impl Proxies {
    /// These and no others.
    pub fn at(addresses: &[IpAddr]) -> Proxies {
        Proxies(addresses.iter().map(IpAddr::to_canonical).collect())
    }

    /// Who is behind this peer. Of `X-Forwarded-For` the last entry counts, which the proxy itself wrote: all before
    /// it are whatever the sender liked to write.
    fn client(&self, peer: Peer, headers: &HeaderMap) -> Client {
        let near = peer.address.ip().to_canonical();
        if !self.0.contains(&near) {
            return Client { address: near, sealed: peer.sealed };
        }
        let address = last(headers, "x-forwarded-for").and_then(address).unwrap_or(near);
        let sealed = last(headers, "x-forwarded-proto") == Some("https");
        Client { address, sealed: sealed || peer.sealed }
    }
}

/// The last entry of the last header of this name.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let text = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    text.rsplit(',').next().map(str::trim)
}

/// An address with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let found = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    found.map(|address: IpAddr| address.to_canonical())
}

/// A proxy's address from the command line: of this machine or of the network around it.
pub fn proxy(text: &str) -> Result<IpAddr, String> {
    let found = address(text.trim()).ok_or("không phải là một địa chỉ IP")?;
    let near = match found {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    if near { Ok(found) } else { Err("proxy phải ở cùng máy hoặc trong mạng nội bộ".into()) }
}

/// Who asks, as far as the office can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address guesses are counted by.
    pub address: IpAddr,
    /// Whether the browser spoke TLS, to the office itself or to its proxy.
    pub sealed: bool,
}

impl FromRequestParts<Office> for Client {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Client, Error> {
        let ConnectInfo(peer) = ConnectInfo::<Peer>::from_request_parts(parts, office)
            .await
            .map_err(|_| Error::Broken("a request from nowhere"))?;
        Ok(office.proxies.client(peer, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: [u8; 4] = [10, 0, 0, 2];

    /// What the office takes for the client when `peer` sends these headers.
    fn seen(peer: [u8; 4], headers: &[(&'static str, &str)]) -> (String, bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a header"));
        }
        let peer = Peer { address: (peer, 40_000).into(), sealed: false };
        let client = Proxies::at(&[PROXY.into()]).client(peer, &map);
        (client.address.to_string(), client.sealed)
    }

    #[test]
    fn the_proxy_says_where_a_request_came_from() {
        let from = |text: &str| seen(PROXY, &[("x-forwarded-for", text), ("x-forwarded-proto", "https")]);
        assert_eq!(from("203.0.113.7"), ("203.0.113.7".into(), true));
        assert_eq!(from("203.0.113.7:51000"), ("203.0.113.7".into(), true));
        assert_eq!(from("2001:db8::7"), ("2001:db8::7".into(), true));
        assert_eq!(from("[2001:db8::7]:51000"), ("2001:db8::7".into(), true));
        assert_eq!(from("::ffff:203.0.113.7"), ("203.0.113.7".into(), true));
    }

    #[test]
    fn nobody_but_the_proxy_is_believed() {
        let spoofed = [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "https")];
        assert_eq!(seen([198, 51, 100, 9], &spoofed), ("198.51.100.9".into(), false));
        assert_eq!(seen([10, 0, 0, 3], &spoofed), ("10.0.0.3".into(), false));
    }

    #[test]
    fn what_a_sender_writes_before_the_proxy_does_counts_for_nothing() {
        assert_eq!(seen(PROXY, &[("x-forwarded-for", "1.1.1.1, 203.0.113.7")]).0, "203.0.113.7");
        let two = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "203.0.113.7")];
        assert_eq!(seen(PROXY, &two).0, "203.0.113.7");
        assert_eq!(seen(PROXY, &[("x-forwarded-proto", "https, http")]), ("10.0.0.2".into(), false));
    }

    #[test]
    fn a_proxy_that_says_nothing_readable_is_the_client_itself() {
        for text in ["", "unknown", "203.0.113.7,", "203.0.113", "pao.example"] {
            assert_eq!(seen(PROXY, &[("x-forwarded-for", text)]).0, "10.0.0.2", "{text}");
        }
        assert_eq!(seen(PROXY, &[]).0, "10.0.0.2");
    }

    #[test]
    fn a_proxy_is_near() {
        for near in ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "::1", "fd00::1", "fe80::1"] {
            assert!(proxy(near).is_ok(), "{near}");
        }
        for far in ["8.8.8.8", "0.0.0.0", "2001:db8::1", "pao.example", ""] {
            assert!(proxy(far).is_err(), "{far}");
        }
    }
}
