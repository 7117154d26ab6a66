//! Pages: the static shell that device pages mount into, and the public pages, rendered here and whole without a
//! script.

use std::path::Path;

use any_spawner::Executor;
use app::PublicApp;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::response::Response;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{MetaTags, provide_meta_context};
use serde::Deserialize;

use crate::headers::policy_with_nonce;
use crate::office::Office;
use crate::routes::site;

/// `GET /may` and below: the shell, the same for every page; it holds nobody's data.
pub async fn shell(State(office): State<Office>, request: Request) -> Response {
    site::named(&office, "/shell.html", request).await
}

/// `GET /` and the other public pages.
pub async fn public(State(office): State<Office>, request: Request) -> Response {
    let assets = Assets::read(&office.site).await;
    // Only the first call does anything; without it the reactive system has nowhere to run.
    let _ = Executor::init_tokio();
    leptos_axum::render_app_async_with_context(
        || (),
        move || {
            provide_meta_context();
            set_headers();
            let next = assets.as_ref().map(Assets::next);
            document(assets.as_ref(), next.into_any(), view! { <PublicApp/> }.into_any())
        },
    )(request)
    .await
}

/// Where the built files are today; names carry hashes.
#[derive(Clone, Deserialize)]
pub struct Assets {
    #[serde(rename = "style.css")]
    style: String,
    #[serde(rename = "page.js")]
    page_js: String,
    #[serde(rename = "page_bg.wasm")]
    page_wasm: String,
    #[serde(rename = "boot.js")]
    boot: String,
}

impl Assets {
    /// Read for each page, so that a new build needs no restart. Without one the page is plain, and still useful.
    pub async fn read(site: &Path) -> Option<Assets> {
        let bytes = tokio::fs::read(site.join("assets.json")).await.ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// A public page runs nothing; what the next page needs is fetched while this one is read.
    fn next(&self) -> impl IntoView + use<> {
        let parts = [self.boot.clone(), self.page_js.clone(), self.page_wasm.clone()];
        parts.map(|part| view! { <link rel="prefetch" href=part/> }).to_vec()
    }
}

/// The page around a page; `head` is what only this one has in its head.
pub fn document(assets: Option<&Assets>, head: AnyView, body: AnyView) -> impl IntoView + use<> {
    let style = assets.map(|assets| view! { <link rel="stylesheet" href=assets.style.clone()/> });
    view! {
        <!DOCTYPE html>
        <html lang="vi" data-ssr="">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" content="#1b1e52"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="icon" href="/icons/icon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/icon-192.png"/>
                {style}
                {head}
                <MetaTags/>
            </head>
            <body>{body}</body>
        </html>
    }
}

/// The policy names the nonce leptos puts on its inline script, so the page may not be kept anywhere.
fn set_headers() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) = HeaderValue::from_str(&policy_with_nonce(&nonce)) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
    response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
