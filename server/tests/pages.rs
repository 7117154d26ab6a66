//! Pages, files and figures.

mod office;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::id::EstablishmentId;
use office::{ask, get, send_form, test_office};
use server::routes::{self, TABLE};
use server::{clock, demo, poster};

#[test]
fn no_route_is_made_outside_the_table_and_none_is_there_twice() {
    let names: std::collections::HashSet<_> = TABLE.iter().map(|route| (route.method, route.path)).collect();
    assert_eq!(names.len(), TABLE.len());
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source file");
            let made = [".route(", ".route_service(", ".nest(", ".nest_service(", ".fallback("]
                .iter()
                .map(|word| text.matches(word).count())
                .sum::<usize>();
            let allowed = usize::from(path == src.join("routes.rs"));
            assert_eq!(made, allowed, "{}", path.display());
        }
    }
}

#[tokio::test]
async fn device_pages_are_the_shell_and_a_missing_script_is_not() {
    let test = test_office().await;
    for path in ["/may", "/may/khai/0102ff0909090909"] {
        let answer = get(&test.router, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text().contains("shell"), "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    for path in ["/pkg/page.ffff.js", "/pkg", "/pkg/", "/khong-co", "/../data/epoch", "/%2e%2e/data/epoch"] {
        let answer = get(&test.router, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("shell"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_the_worker_is_asked_for_again() {
    let test = test_office().await;
    let plain = get(&test.router, "/pkg/page.0123abcd.js").await;
    assert_eq!(plain.text(), "// page");
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let request = Request::get("/pkg/page.0123abcd.js").header("accept-encoding", "gzip, br");
    let small = ask(&test.router, request.body(Body::empty()).expect("a request")).await;
    assert_eq!((small.header("content-encoding"), small.text().as_str()), ("br", "compressed"));
    assert_eq!(small.header("content-type"), plain.header("content-type"));
    assert_eq!(get(&test.router, "/sw.js").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn the_office_says_whether_it_lives_and_works() {
    let test = test_office().await;
    assert_eq!(get(&test.router, "/healthz").await.status, StatusCode::OK);
    assert_eq!(get(&test.router, "/readyz").await.status, StatusCode::OK);
    let figures = get(&test.router, "/metrics").await.text();
    assert!(figures.contains("bankhai_requests_total 2\n"), "{figures}");
    assert!(figures.contains("bankhai_writer_queue 0\n"), "{figures}");
    test.office.store.close().await.expect("a close");
    let remembered = get(&test.router, "/readyz").await;
    assert_eq!(remembered.status, StatusCode::OK, "asked again within a second, the database is left alone");
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(get(&test.router, "/healthz").await.status, StatusCode::OK);
    let closed = get(&test.router, "/readyz").await;
    assert_eq!((closed.status, closed.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "3"));
}

#[tokio::test]
async fn a_page_of_another_origin_writes_nothing_and_a_large_body_is_not_read() {
    let test = test_office().await;
    let foreign = Request::post("/api/sign-in").header("sec-fetch-site", "cross-site");
    let answer = ask(&test.router, foreign.body(Body::from("{}")).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let large = Request::post("/api/sign-in").body(Body::from(vec![b' '; routes::LARGEST_BODY + 1]));
    assert_eq!(ask(&test.router, large.expect("a request")).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_landing_page_is_whole_without_a_script_and_its_nonce_is_new_each_time() {
    let test = test_office().await;
    let first = get(&test.router, "/").await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(
        first.text().contains("<h1>Bản Khai</h1>") && first.text().contains("data-ssr"),
        "{}",
        first.text()
    );
    assert_eq!(first.header("cache-control"), "no-store");
    let nonce = |policy: &str| {
        policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).map(str::to_owned)
    };
    let nonce_of_first = nonce(first.header("content-security-policy")).expect("a nonce");
    assert!(nonce_of_first.len() >= 16);
    for script in first.text().split("<script").skip(1) {
        let inline = !script.split('>').next().is_some_and(|tag| tag.contains("src="));
        assert!(!inline || script.contains(&format!("nonce=\"{nonce_of_first}\"")), "{script}");
    }
    assert_ne!(nonce(get(&test.router, "/").await.header("content-security-policy")), Some(nonce_of_first));
    assert!(!first.text().contains("rel=\"stylesheet\""), "nothing is built in this site");

    let names = r#"{"style.css":"/pkg/style.1.css","page.js":"/pkg/page.1.js","page_bg.wasm":"/pkg/page.1.wasm",
        "boot.js":"/pkg/boot.1.js","build":"1"}"#;
    std::fs::write(test.office.site.join("assets.json"), names).expect("a build");
    let built = get(&test.router, "/").await.text();
    assert!(
        built.contains("rel=\"prefetch\" href=\"/pkg/boot.1.js\"")
            && built.contains("href=\"/pkg/style.1.css\""),
        "{built}"
    );
    assert!(!built.contains(" src="), "a public page runs nothing");
}

#[tokio::test]
async fn anybody_may_check_a_receipt_without_a_script() {
    let test = test_office().await;
    let form = get(&test.router, "/kiem-tra").await.text();
    assert!(form.contains("<textarea") && !form.contains("<script"), "{form}");
    let check = |text: String| {
        let request = Request::post("/kiem-tra").header("content-type", "application/x-www-form-urlencoded");
        let request =
            request.body(Body::from(format!("receipt={}", text.replace(':', "%3A")))).expect("a request");
        async { ask(&test.router, request).await }
    };
    let mut receipt = office::receipt(&test.office.keys);
    let genuine = check(receipt.to_text()).await;
    assert_eq!(genuine.header("cache-control"), "no-store");
    assert!(
        genuine.text().contains("Biên nhận thật") && genuine.text().contains("000482"),
        "{}",
        genuine.text()
    );
    receipt.serial = 483;
    let forged = check(receipt.to_text()).await.text();
    assert!(forged.contains("GIẢ") && !forged.contains("Biên nhận thật"), "{forged}");
    assert!(check("xin-chao".into()).await.text().contains("Không phải biên nhận"));
}

#[tokio::test]
async fn the_interface_is_described_from_the_route_table_and_leaves_nothing_out() {
    let test = test_office().await;
    let told = get(&test.router, "/openapi.json").await.json();
    for route in server::routes::TABLE {
        let path = route.path.replace("{*", "{");
        let operation = &told["paths"][&path][route.method.to_lowercase()];
        assert_eq!(operation["x-action"], format!("{:?}", route.action), "{} {path}", route.method);
        // The payment gateway signs in its own way.
        let managed = path.starts_with("/api/v1/") && path != "/api/v1/payments/notice";
        assert_eq!(operation["security"].is_array(), managed, "{path}");
        let asked = operation["parameters"].as_array().map_or(0, Vec::len);
        assert_eq!(asked, path.matches('{').count(), "{path}");
    }
}

#[tokio::test]
async fn blank_forms_are_listed_without_a_script_and_kept_for_a_day() {
    let test = test_office().await;
    let list = get(&test.router, "/mau").await;
    assert_eq!(list.status, StatusCode::OK);
    let page = list.text();
    assert!(page.contains("<h1>Mẫu giấy tờ</h1>") && !page.contains("<script"), "{page}");
    let files: Vec<&str> =
        page.split("href=\"/mau/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(files.len(), 8, "{files:?}");
    for file in files {
        let form = get(&test.router, &format!("/mau/{file}")).await;
        assert_eq!(form.status, StatusCode::OK, "{file}");
        let headers = ["content-type", "cache-control"].map(|name| form.header(name));
        assert_eq!(headers, ["application/pdf", "public, max-age=86400"], "{file}");
        assert!(form.body.starts_with(b"%PDF-"), "{file}");
        assert_eq!(get(&test.router, &format!("/mau/{file}")).await.body, form.body, "{file}");
    }
    for absent in ["/mau/ct02.pdf", "/mau/ct01", "/mau/CT01.pdf%22", "/mau/"] {
        assert_eq!(get(&test.router, absent).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn anybody_gets_ct01_with_what_they_typed_on_it_and_nothing_of_it_is_kept() {
    let test = test_office().await;
    test.add_commune().await;
    let page = get(&test.router, "/to-khai").await.text();
    assert!(
        page.contains("Đăng ký tạm trú") && page.contains("Công an") && !page.contains("<script"),
        "{page}"
    );
    let typed = [
        ("commune", "3394"),
        ("procedure", "temporary-residence"),
        ("name", "Sùng A Pó"),
        ("born", "1/2/1990"),
        ("sex", "Nam"),
        ("number", "012 201 000 217"),
        ("request", "Ở nhà thuê tại bản Thử"),
        ("1-name", "Lầu Thị Dợ"),
        ("1-relation", "vợ"),
    ];
    let paper = send_form(&test.router, "/to-khai/ct01.pdf", &typed).await;
    assert_eq!(paper.status, StatusCode::OK);
    let headers = ["content-type", "cache-control"].map(|name| paper.header(name));
    assert_eq!(headers, ["application/pdf", "no-store"]);
    let empty = send_form(&test.router, "/to-khai/ct01.pdf", &[]).await;
    assert!(paper.body.starts_with(b"%PDF-") && paper.body != empty.body, "what was typed is on it");
    let wrong = send_form(&test.router, "/to-khai/ct01.pdf", &[("name", "Sùng A Pó"), ("number", "123")])
        .await
        .text();
    assert!(wrong.contains("12 chữ số") && wrong.contains("Sùng A Pó"), "what was typed stays: {wrong}");
    let long = "a".repeat(501);
    let long = send_form(&test.router, "/to-khai/ct01.pdf", &[("request", &long)]).await.text();
    assert!(long.contains("Ghi ngắn lại"), "{long}");
}

#[tokio::test]
async fn the_catalogue_says_of_every_procedure_in_force_what_its_definition_says() {
    let test = test_office().await;
    let list = get(&test.router, "/thu-tuc").await;
    assert_eq!(list.status, StatusCode::OK);
    let page = list.text();
    assert!(page.contains("Nơi nhận") && page.contains("Công an cấp xã"));
    let today = clock::now().day();
    let published = test.office.procedures.now();
    for procedure in published.procedures().iter().filter(|one| one.holds(today)) {
        let path = format!("/thu-tuc/{}", procedure.id);
        assert!(page.contains(&format!("href=\"{path}\"")), "{path}");
        let one = get(&test.router, &path).await;
        assert_eq!(one.status, StatusCode::OK, "{path}");
        let said = one.text();
        let escaped = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let papers = procedure.papers.iter().map(|paper| &paper.label);
        for words in papers.chain(&procedure.needed).chain([&procedure.title, &procedure.basis]) {
            assert!(said.contains(&escaped(words)), "{path}: {words}");
        }
    }
    assert_eq!(get(&test.router, "/thu-tuc/khong-co").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_procedure_is_shown_step_by_step_on_its_own_screens() {
    let test = test_office().await;
    let published = test.office.procedures.now();
    for procedure in published.procedures() {
        let first = get(&test.router, &format!("/thu-tuc/{}/cach-khai", procedure.id)).await;
        assert_eq!(first.status, StatusCode::OK, "{}", procedure.id);
        let text = first.text();
        let (_, rest) = text.split_once("Bước 1 trong ").expect("the first of some");
        let last: usize = rest.split('.').next().and_then(|last| last.parse().ok()).expect("a number");
        assert!(text.contains(" inert"), "the screen cannot be used");
        let mut seen = String::new();
        for step in 1..=last {
            let one = get(&test.router, &format!("/thu-tuc/{}/cach-khai/{step}", procedure.id)).await;
            assert_eq!(one.status, StatusCode::OK, "{} {step}", procedure.id);
            seen.push_str(&one.text());
        }
        let escaped = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for label in procedure.papers.iter().map(|paper| &paper.label) {
            assert!(seen.contains(&escaped(label)), "{}: {label}", procedure.id);
        }
        assert!(seen.contains("Xem lại và nộp") && !seen.contains("chỗ cần xem lại"), "{}", procedure.id);
        for none in [0, last + 1, 70_000] {
            let gone = get(&test.router, &format!("/thu-tuc/{}/cach-khai/{none}", procedure.id)).await;
            assert_ne!(gone.status, StatusCode::OK, "{none}");
        }
    }
    assert_eq!(get(&test.router, "/thu-tuc/khong-co/cach-khai").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_guest_who_scans_the_paper_on_the_wall_reads_what_to_show_and_nobody_finds_a_house_by_counting() {
    let test = test_office().await;
    demo::prepare(&test.office, demo::PASSWORD).await.expect("made-up people");
    let house = EstablishmentId(1);
    let word = poster::word(&test.office.keys, house);
    let path = format!("/co-so/{word}");
    let page = get(&test.router, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["thẻ căn cước", "trước 23 giờ", "show your ID card or passport", "/phan-anh"] {
        assert!(page.text().contains(words), "{words}");
    }
    let request = Request::get(format!("{path}/ap-phich.pdf")).header("host", "bankhai.example.vn");
    let paper = ask(&test.router, request.body(Body::empty()).expect("a request")).await;
    assert_eq!((paper.status, paper.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(paper.body.starts_with(b"%PDF"));
    let number = house.0;
    for other in [
        format!("{number}"),
        format!("{number}-"),
        format!("{number}-00"),
        format!("{}-{}", number + 1, &word[2..]),
    ] {
        assert_eq!(
            get(&test.router, &format!("/co-so/{other}")).await.status,
            StatusCode::NOT_FOUND,
            "{other}"
        );
    }
}

#[tokio::test]
async fn a_pages_title_is_its_words_and_no_mark_of_how_it_was_made() {
    let test = test_office().await;
    let pages = [
        ("/theo-doi", "Theo dõi hồ sơ"),
        ("/phan-anh", "Phản ánh, kiến nghị"),
        ("/du-lieu", "Dữ liệu về tôi"),
        ("/khai", "Khai lưu trú"),
        ("/kiem-tra", "Kiểm tra biên nhận"),
        ("/mau", "Mẫu giấy tờ"),
        ("/to-khai", "Điền sẵn CT01"),
        ("/thu-tuc", "Thủ tục"),
        ("/thu-tuc/temporary-residence/cach-khai", "Cách khai: Đăng ký tạm trú"),
    ];
    for (path, words) in pages {
        let page = get(&test.router, path).await.text();
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        assert_eq!(title, Some(format!("{words} · Bản Khai").as_str()), "{path}");
    }
}
