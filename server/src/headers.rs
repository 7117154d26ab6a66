//! The headers every answer carries, whatever made it: page, file, refusal, failure; a frame the fewest.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use sync::frame;

use crate::client::Client;

const FIXED: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
    ),
];

/// The policy without a nonce: there is no inline script anywhere but on pages the server renders. A text becomes markup
/// or an address of a script only where the page's own policy of that name (`frontend/src/policy.js`) lets it; pages
/// without a script have none, so there nothing does. Browsers before Trusted Types leave that part out.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; font-src 'self'; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

/// The policy of a page the server rendered, which holds one inline script with this nonce.
pub fn policy_with_nonce(nonce: &str) -> String {
    POLICY.replace("'wasm-unsafe-eval'", &format!("'wasm-unsafe-eval' 'nonce-{nonce}'"))
}

/// Once a browser came sealed it comes so for a year. What else lies under the host's name is not the office's to say.
const SEALED_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers; what a handler set itself (a nonce, a cache rule) stays.
pub async fn secure(client: Client, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // A frame is never shown: what governs a page would cost it more bytes than an evening's notices. Another site
    // cannot have one either: its content type needs a permission nobody gives.
    if headers.get(CONTENT_TYPE).is_some_and(|kind| kind == frame::CONTENT_TYPE) {
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        return response;
    }
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if client.sealed {
        headers.insert(STRICT_TRANSPORT_SECURITY, SEALED_ONLY);
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response
}
