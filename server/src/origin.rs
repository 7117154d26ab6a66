//! Writes come from our own pages or from programs, never from somebody else's page.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};

/// Whether a page of another origin is behind this write. Browsers say where they come from in `Sec-Fetch-Site`, old
/// ones in `Origin`; programs say neither, and no page can hide both.
pub fn foreign(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return false;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let origin = origin.to_str().ok().and_then(|text| text.parse::<Uri>().ok());
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = origin.as_ref().and_then(|uri| uri.authority()).map(|authority| authority.as_str());
    authority.is_none() || authority != host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, said: &[(&'static str, &'static str)], verdict: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.insert(*name, value.parse().expect("a header"));
        }
        assert_eq!(foreign(&method, &headers), verdict, "{method} {said:?}");
    }

    #[test]
    fn only_our_own_pages_and_programs_write() {
        let host = ("host", "bankhai.test");
        check(Method::POST, &[host], false);
        check(Method::POST, &[host, ("sec-fetch-site", "same-origin")], false);
        check(Method::POST, &[host, ("sec-fetch-site", "cross-site")], true);
        check(Method::POST, &[host, ("sec-fetch-site", "same-site")], true);
        check(Method::POST, &[host, ("origin", "https://bankhai.test")], false);
        check(Method::POST, &[host, ("origin", "https://evil.test")], true);
        check(Method::POST, &[host, ("origin", "null")], true);
        check(Method::GET, &[host, ("sec-fetch-site", "cross-site")], false);
    }
}
