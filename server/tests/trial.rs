//! An office whose people are made up says so on every page and every paper; a real one never.

mod office;

use axum::body::Body;
use axum::http::Request;
use office::{ask, get, test_office};
use server::demo;

#[tokio::test]
async fn every_page_of_made_up_people_says_so_and_a_real_office_takes_it_back() {
    let test = test_office().await;
    let said = get(&test.router, "/thu-tuc").await.text();
    assert!(!said.contains("class=\"trial\""), "a real office");
    assert_eq!(get(&test.router, "/may").await.header("set-cookie"), "");
    let request = Request::get("/may").header("cookie", "bk-trial=1").body(Body::empty()).expect("a request");
    let answer = ask(&test.router, request).await;
    assert!(answer.header("set-cookie").starts_with("bk-trial=; Path=/; Max-Age=0"));

    demo::prepare(&test.office, demo::PASSWORD).await.expect("made-up people");
    let public = ["/", "/thu-tuc", "/thu-tuc/permanent-residence", "/mau", "/theo-doi", "/khai", "/kiem-tra"];
    for page in public {
        assert!(get(&test.router, page).await.text().contains("class=\"trial\""), "{page}");
    }
    assert!(get(&test.router, "/may").await.header("set-cookie").starts_with("bk-trial=1; Path=/"));
}
