//! Pages: the static shell that device pages mount into, and the public pages, rendered here and whole without a
//! script.

use any_spawner::Executor;
use app::PublicApp;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, SET_COOKIE};
use axum::response::{Html, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{MetaTags, provide_meta_context};
use serde::Deserialize;

use crate::headers::policy_with_nonce;
use crate::office::Office;
use crate::routes::site;

/// What says to a device's pages that people here are made up (`frontend/xtask/src/shell.rs` reads it).
const TRIAL: HeaderValue = HeaderValue::from_static("bk-trial=1; Path=/; Max-Age=31536000; SameSite=Strict");
/// A real office takes the place of one that was tried out.
const TRIAL_IS_OVER: HeaderValue = HeaderValue::from_static("bk-trial=; Path=/; Max-Age=0; SameSite=Strict");

/// `GET /may` and below: the shell, the same for every page; it holds nobody's data.
pub async fn shell(State(office): State<Office>, request: Request) -> Response {
    let tried = request.headers().get(COOKIE).and_then(|cookie| cookie.to_str().ok());
    let tried = tried.is_some_and(|cookie| cookie.contains("bk-trial=1"));
    let mut response = site::named(&office, "/shell.html", request).await;
    match (office.is_trial(), tried) {
        (true, false) => drop(response.headers_mut().insert(SET_COOKIE, TRIAL)),
        (false, true) => drop(response.headers_mut().insert(SET_COOKIE, TRIAL_IS_OVER)),
        _ => {}
    }
    response
}

/// `GET /` and the other public pages.
pub async fn public(State(office): State<Office>, request: Request) -> Response {
    let assets = Assets::read(&office).await;
    // Only the first call does anything; without it the reactive system has nowhere to run.
    let _ = Executor::init_tokio();
    leptos_axum::render_app_async_with_context(
        || (),
        move || {
            provide_meta_context();
            set_headers();
            document(&assets, assets.next().into_any(), view! { <PublicApp/> }.into_any())
        },
    )(request)
    .await
}

/// What every page names besides its own words.
#[derive(Clone)]
pub struct Assets {
    /// Where the built files are; without a build a page is plain, and still useful.
    files: Option<Files>,
    /// Whether the pages are of made-up people.
    trial: bool,
}

/// Where the built files are today; names carry hashes.
#[derive(Clone, Deserialize)]
struct Files {
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
    /// Read for each page, so that a new build needs no restart.
    pub async fn read(office: &Office) -> Assets {
        let bytes = tokio::fs::read(office.site.join("assets.json")).await.ok();
        let files = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Assets { files, trial: office.is_trial() }
    }

    /// A public page runs nothing; what the next page needs is fetched while this one is read.
    fn next(&self) -> impl IntoView + use<> {
        let parts = self.files.iter().flat_map(|files| [&files.boot, &files.page_js, &files.page_wasm]);
        parts.map(|part| view! { <link rel="prefetch" href=part.clone()/> }).collect_view()
    }
}

/// The page around a page; `head` is what only this one has in its head.
pub fn document(assets: &Assets, head: AnyView, body: AnyView) -> impl IntoView + use<> {
    let class = assets.trial.then_some("trial");
    let style = assets.files.as_ref();
    let style = style.map(|files| view! { <link rel="stylesheet" href=files.style.clone()/> });
    view! {
        <!DOCTYPE html>
        <html lang="vi" data-ssr="" class=class>
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

/// A page for anybody, made anew for each request and kept nowhere.
pub async fn anew(office: &Office, title: &str, body: impl FnOnce() -> AnyView) -> Html<String> {
    let assets = Assets::read(office).await;
    let title = titled(title);
    Html(Owner::new().with(|| {
        provide_meta_context();
        document(&assets, title(), body()).to_html()
    }))
}

/// A page's title, which holds no markup: told as children, it would show the marks leptos puts between texts.
pub fn titled(words: &str) -> impl FnOnce() -> AnyView + use<> {
    let words = format!("{words} · Bản Khai").replace('&', "&amp;").replace('<', "&lt;");
    move || view! { <title inner_html=words/> }.into_any()
}

/// The policy names the nonce leptos puts on its inline script, so the page may not be kept anywhere.
fn set_headers() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) = HeaderValue::from_str(&policy_with_nonce(&nonce)) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
    response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
