//! Whose tries are counted when a proxy stands in front, and when somebody only says so.

mod office;

use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Request, StatusCode};
use office::{Answer, PASSWORD, TestOffice, ask, open_behind, router};
use serde_json::json;
use server::client::{Peer, Proxies};
use server::routes;

const PROXY: [u8; 4] = [10, 0, 0, 2];

/// An office behind the proxy, with an owner who has a password.
async fn behind_proxy() -> TestOffice {
    let dir = tempfile::tempdir().expect("a directory");
    let office = open_behind(dir.path(), Proxies::at(&[PROXY.into()])).await;
    let router = router(routes::router(office.clone()));
    let test = TestOffice { dir, office, router };
    let (_, code) = test.add_owner("hoadialan").await;
    assert_eq!(test.enrol(&code.to_string()).await.status, StatusCode::OK);
    test
}

fn seen_from(test: &TestOffice, peer: impl Into<IpAddr>) -> Router {
    let peer = Peer { address: (peer.into(), 40_000).into(), sealed: false };
    routes::router(test.office.clone()).layer(MockConnectInfo(peer))
}

async fn sign_in(router: &Router, forwarded: &str, password: &str) -> Answer {
    let body = json!({
        "login": "hoadialan", "password": password, "device_key": office::device_key(2), "device_name": "",
    });
    let request = Request::post("/api/sign-in").header("x-forwarded-for", forwarded);
    ask(router, request.body(Body::from(body.to_string())).expect("a request")).await
}

#[tokio::test]
async fn a_guesser_behind_the_proxy_slows_nobody_else_behind_it() {
    let test = behind_proxy().await;
    let proxy = seen_from(&test, PROXY);
    for _ in 0..6 {
        assert_eq!(sign_in(&proxy, "203.0.113.7", "sai").await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(sign_in(&proxy, "203.0.113.7", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    // What the guesser puts before the proxy's own entry makes nobody else of them.
    let lie = sign_in(&proxy, "198.51.100.1, 203.0.113.7", PASSWORD).await;
    assert_eq!(lie.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(sign_in(&proxy, "203.0.113.8", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_guesser_past_the_proxy_stays_one_whatever_they_say() {
    let test = behind_proxy().await;
    let direct = seen_from(&test, [198, 51, 100, 9]);
    for place in 0..6 {
        let tried = sign_in(&direct, &format!("203.0.113.{place}"), "sai").await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(sign_in(&direct, "203.0.113.99", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn only_the_proxy_can_say_that_a_browser_came_sealed() {
    let test = behind_proxy().await;
    let sealed = async |peer: [u8; 4]| {
        let request = Request::get("/kiem-tra").header("x-forwarded-proto", "https");
        let answer = ask(&seen_from(&test, peer), request.body(Body::empty()).expect("a request")).await;
        answer.header("strict-transport-security").to_owned()
    };
    assert_eq!(sealed(PROXY).await, "max-age=31536000");
    assert_eq!(sealed([198, 51, 100, 9]).await, "");
}
