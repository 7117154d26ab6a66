//! The headers every answer carries, page, file, refusal and failure alike.

mod office;

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Request, StatusCode};
use axum::routing::get as on_get;
use dossier::access::Action;
use office::{Answer, PASSWORD, TestOffice, ask, get, open, router, test_office};
use server::client::Peer;
use server::lane::Rate;
use server::routes::{self, LONGEST_REQUEST, Route, TABLE};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; font-src 'self'; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

fn without_nonce(policy: &str) -> String {
    match (policy.find(" 'nonce-"), policy.find("; style-src")) {
        (Some(from), Some(to)) => format!("{}{}", &policy[..from], &policy[to..]),
        _ => policy.to_owned(),
    }
}

/// Asserts everything but the cache rule, and gives the status.
fn complete(answer: &Answer, what: &str) -> u16 {
    assert_eq!(without_nonce(answer.header("content-security-policy")), POLICY, "{what}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {what}");
    }
    assert!(answer.header("permissions-policy").contains("geolocation=()"), "{what}");
    for (name, value) in &answer.headers {
        let text = value.to_str().expect("a plain header");
        assert!(!text.contains("unsafe-inline") && !text.contains("'unsafe-eval'"), "{name} of {what}");
        assert!(!name.as_str().starts_with("access-control-"), "{name} of {what} lets another site read");
    }
    answer.status.as_u16()
}

fn request(method: &str, path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder().method(method).uri(path).body(body.into()).expect("a request")
}

/// Paths that stand for the table's, and some that nobody made.
fn paths() -> BTreeSet<String> {
    let table = TABLE.iter().map(|route| route.path);
    let table = table.map(|path| path.replace("{*page}", "khai/moi").replace("{*file}", "sw.js"));
    table.chain(["/pkg/page.0123abcd.js", "/pkg/khong-co.js", "/khong/co"].map(str::to_owned)).collect()
}

#[tokio::test]
async fn every_route_answers_every_method_with_all_headers() {
    let test = test_office().await;
    let mut seen = BTreeSet::new();
    for path in paths() {
        for method in METHODS {
            let what = format!("{method} {path}");
            let answer = ask(&test.router, request(method, &path, Body::empty())).await;
            seen.insert(complete(&answer, &what));
            // What is the same for everybody may be kept; a page, a reply or a refusal never.
            let file = path.starts_with("/may") || path.starts_with("/pkg/") || path.ends_with(".js");
            let cached = answer.header("cache-control");
            if file && answer.status == StatusCode::OK {
                assert!(["no-cache", "public, max-age=31536000, immutable"].contains(&cached), "{what}");
            } else {
                assert_eq!(cached, "no-store", "{what}");
            }
        }
    }
    for status in [200, 400, 401, 404, 405] {
        assert!(seen.contains(&status), "no answer was {status}: {seen:?}");
    }
}

#[tokio::test]
async fn every_kind_of_refusal_carries_all_headers() {
    let test = with_owner().await;
    let form = "application/x-www-form-urlencoded";
    let too_much = vec![b' '; routes::LARGEST_BODY + 1];
    for (status, request) in [
        (403, Request::post("/api/sign-in").header("sec-fetch-site", "cross-site").body("{}".into())),
        (413, Request::post("/sync").body(too_much.clone().into())),
        (413, Request::post("/api/enrol").body(too_much.into())),
        (415, Request::post("/kiem-tra").body("receipt=x".into())),
        (422, Request::post("/kiem-tra").header("content-type", form).body("khac=x".into())),
        (422, Request::post("/khai").header("content-type", form).body("ticket=&login=x".into())),
        (401, Request::post("/events").body("khong phai khung".into())),
        (
            304,
            Request::get("/sw.js")
                .header("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT")
                .body(Body::empty()),
        ),
        (206, Request::get("/sw.js").header("range", "bytes=0-1").body(Body::empty())),
    ] {
        let request = request.expect("a request");
        let what = format!("{status} {}", request.uri());
        let answer = ask(&test.router, request).await;
        assert_eq!(complete(&answer, &what), status, "{what}: {}", answer.text());
    }
}

async fn with_owner() -> TestOffice {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    assert_eq!(test.enrol(&code.to_string()).await.status, StatusCode::OK);
    test
}

#[tokio::test]
async fn guesses_and_crowds_are_turned_away_with_all_headers() {
    let test = with_owner().await;
    let mut answer = test.sign_in("hoadialan", "sai").await;
    for _ in 0..6 {
        assert_eq!(complete(&answer, "a wrong password"), 403);
        answer = test.sign_in("hoadialan", "sai").await;
    }
    assert_eq!(complete(&answer, "the seventh wrong password"), 429);
    assert_eq!(answer.header("cache-control"), "no-store");
    let places: Vec<_> = std::iter::from_fn(|| test.office.lanes.enter(Rate::Door).ok()).collect();
    let crowded = test.sign_in("hoadialan", PASSWORD).await;
    assert_eq!(complete(&crowded, "a crowd"), 503);
    drop(places);
}

#[tokio::test]
async fn failures_carry_all_headers_and_say_nothing() {
    const WRONG: &[Route] = &[
        Route::get("/panic", Action::ReadPublic, Rate::Page, || on_get(panic)),
        Route::get("/late", Action::ReadPublic, Rate::Page, || on_get(std::future::pending::<&'static str>)),
        Route::get("/forgets", Action::Exchange, Rate::Exchange, || on_get(|| async { "secret" })),
        Route::get("/nobody-may", Action::ReadNotice, Rate::Page, || on_get(|| async { "secret" })),
    ];
    async fn panic() -> &'static str {
        panic!("secret")
    }
    let dir = tempfile::tempdir().expect("a directory");
    let office = open(dir.path()).await;
    let wrong = router(routes::build(office.clone(), WRONG, Duration::from_millis(300)));
    for (path, status) in [("/panic", 500), ("/late", 408), ("/forgets", 403), ("/nobody-may", 403)] {
        let answer = get(&wrong, path).await;
        assert_eq!(complete(&answer, path), status, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.text().contains("secret"), "{path}");
    }
    let whole = router(routes::build(office.clone(), TABLE, LONGEST_REQUEST));
    office.store.close().await.expect("a close");
    let broken = get(&whole, "/khai").await;
    assert_eq!(complete(&broken, "a form without a database"), 200);
    let body = format!(
        r#"{{"code":"0000000000","password":"{PASSWORD}","device_key":"{}","device_name":""}}"#,
        office::device_key(1)
    );
    let broken = ask(&whole, request("POST", "/api/enrol", body)).await;
    assert_eq!(complete(&broken, "a closed database"), 500);
}

#[tokio::test]
async fn only_who_came_sealed_is_told_to_come_sealed() {
    let test = test_office().await;
    let peer = |sealed| MockConnectInfo(Peer { address: ([203, 0, 113, 7], 9).into(), sealed });
    for path in ["/", "/may", "/khong/co", "/metrics"] {
        let sealed = get(&routes::router(test.office.clone()).layer(peer(true)), path).await;
        assert_eq!(sealed.header("strict-transport-security"), "max-age=31536000", "{path}");
        let open = get(&routes::router(test.office.clone()).layer(peer(false)), path).await;
        assert_eq!(open.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn every_page_made_here_runs_nothing_of_its_own_but_what_has_the_nonce() {
    let test = test_office().await;
    for path in ["/", "/khai", "/kiem-tra"] {
        let page = get(&test.router, path).await;
        let (html, policy) = (page.text(), page.header("content-security-policy"));
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        for script in html.split("<script").skip(1) {
            let nonce = script.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next());
            assert!(
                nonce.is_some_and(|nonce| policy.contains(&format!("'nonce-{nonce}'"))),
                "{path}: {script}"
            );
        }
        for word in [" style=\"", "<style", " onclick", " onload", " onerror", "javascript:"] {
            assert!(!html.contains(word), "{word} in {path}");
        }
    }
}
