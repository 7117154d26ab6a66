//! The plain form: whole without a script, judged like a phone's notice, receipted, and shut to strangers.

mod office;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::act::{Act, Channel};
use dossier::id::DeviceHandle;
use office::{Answer, COMMUNE, PASSWORD, TestOffice, ask, get, test_office};
use server::clock;
use server::exchange::rows::{self, KeyRing};
use server::exchange::writer;
use server::store::device;
use server::store::dossier as log;
use sync::office::answer::Item;
use sync::receipt::Receipt;

/// An office with an owner who has a password.
async fn with_owner() -> TestOffice {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    tokio::spawn(writer::run(test.office.clone()));
    assert_eq!(test.enrol(&code.to_string()).await.status, StatusCode::OK);
    test
}

/// A form somebody filled in well.
fn filled() -> Vec<(&'static str, String)> {
    let now = clock::now();
    vec![
        ("ticket", "00112233445566aa".into()),
        ("login", "HoaDiaLan".into()),
        ("password", PASSWORD.into()),
        ("nationality", "VNM".into()),
        ("paper", "2".into()),
        ("number", "012 201 000 217".into()),
        ("name", "Sùng A Pó".into()),
        ("birth_year", "2001".into()),
        ("sex", "M".into()),
        ("arrive_day", app::text::time::input_day(now.day())),
        ("arrive_time", now.minute().to_string()),
        ("leave_day", app::text::time::input_day(now.day().plus(2))),
        ("room", "5".into()),
        ("reason", "1".into()),
    ]
}

fn with(name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    let mut fields = filled();
    fields.retain(|(known, _)| *known != name);
    fields.push((name, value.to_owned()));
    fields
}

fn encoded(fields: &[(&'static str, String)]) -> String {
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

async fn send(test: &TestOffice, fields: &[(&'static str, String)]) -> Answer {
    let request = Request::post("/khai").header("content-type", "application/x-www-form-urlencoded");
    ask(&test.router, request.body(Body::from(encoded(fields))).expect("a request")).await
}

/// The receipt a page shows.
fn receipt(answer: &Answer) -> Receipt {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let page = answer.text();
    let from = page.find("BANKHAI1:").expect("a receipt's text");
    let text: String = page[from..].chars().take_while(|c| *c == ':' || c.is_ascii_alphanumeric()).collect();
    Receipt::from_text(&text).expect("a receipt")
}

async fn items(test: &TestOffice, receipt: &Receipt) -> Vec<Item> {
    let mut ring = KeyRing::new(test.office.keys.dossier_kek());
    let story = log::story(test.office.store.readers(), receipt.dossier).await.expect("a read");
    story.iter().map(|row| rows::open(row, &mut ring).unwrap_or_else(|e| panic!("{e}")).item).collect()
}

#[tokio::test]
async fn the_form_needs_no_script_and_is_kept_nowhere() {
    let test = test_office().await;
    let answer = get(&test.router, "/khai").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    let page = answer.text();
    assert!(!page.contains("<script"), "{page}");
    for label in ["Quốc tịch", "Số giấy tờ", "Ngày đến", "Số phòng", "Lý do lưu trú", "Mật khẩu"]
    {
        assert!(page.contains(label), "{label}");
    }
    for field in filled() {
        assert!(page.contains(&format!("name=\"{}\"", field.0)), "{}", field.0);
    }
}

#[tokio::test]
async fn a_good_form_is_receipted_like_a_phones_notice() {
    let test = with_owner().await;
    let answer = send(&test, &filled()).await;
    let proof = receipt(&answer);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(proof.verify(&test.office.keys.receipt_verifying()), Ok(()));
    let page = answer.text();
    for expected in [
        &*proof.number().to_string(),
        "Đã gửi · có biên nhận",
        "chưa phải là thông báo lưu trú",
        "aria-label=\"Mã QR",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("Sùng A Pó") && !page.contains(PASSWORD));
    let channel = items(&test, &proof).await.into_iter().find_map(|item| match item {
        Item::Ordered(ordered) => match ordered.recorded.act {
            Act::Submit { channel, .. } => Some((channel, ordered.recorded.by.name)),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(channel, Some((Channel::PlainForm, "Giàng Thị Mỷ".to_owned())));
}

#[tokio::test]
async fn the_same_form_sent_again_is_the_same_notice_and_a_corrected_one_keeps_its_number() {
    let test = with_owner().await;
    let first = receipt(&send(&test, &filled()).await);
    let rows = items(&test, &first).await.len();
    let (again, beside) = (filled(), filled());
    let (again, beside) = tokio::join!(send(&test, &again), send(&test, &beside));
    assert_eq!(receipt(&again), first);
    assert_eq!(receipt(&beside), first);
    assert_eq!(items(&test, &first).await.len(), rows);

    let corrected = receipt(&send(&test, &with("room", "7")).await);
    assert_eq!((corrected.dossier, corrected.number()), (first.dossier, first.number()));
    assert_ne!(corrected.content, first.content);
    let another = receipt(&send(&test, &with("ticket", "00112233445566ab")).await);
    assert_ne!(another.number(), first.number());
}

#[tokio::test]
async fn faults_stand_at_their_fields_and_nothing_typed_is_lost_but_the_password() {
    let test = with_owner().await;
    for (name, value, anchor, words) in [
        ("number", "0122010002", "#so-giay-to", "ở đây là 10 số."),
        ("name", "", "#ho-ten", "Chưa có họ tên."),
        ("birth_year", "41", "#ngay-sinh", "Năm sinh cần đủ 4 số"),
        ("sex", "", "#gioi-tinh", "Chưa chọn giới tính"),
        ("leave_day", "01/01/2020", "#ngay-di", "Ngày đi đứng trước ngày đến."),
        ("arrive_day", "hôm nay", "#ngay-den", "Ngày giờ này chưa đủ."),
        ("reason", "", "#ly-do", "Chưa chọn lý do lưu trú."),
        ("nationality", "FRA", "#thoi-han", "Chưa có thời hạn tạm trú."),
        ("password", "", "#dang-nhap", "Chưa có tên đăng nhập hoặc mật khẩu."),
    ] {
        let answer = send(&test, &with(name, value)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(answer.header("cache-control"), "no-store");
        let page = answer.text();
        assert!(
            page.contains(&format!("href=\"{anchor}\"")) && page.contains(words),
            "{name}: {}",
            &page[page.find("role=\"alert").unwrap_or(0)..]
        );
        assert!(!page.contains(PASSWORD), "{name}");
        assert!(page.contains("value=\"5\""), "the room stays: {name}");
        assert!(page.contains("00112233445566aa"), "the ticket stays: {name}");
    }
    assert_eq!(log::top(test.office.store.readers()).await.expect("a read"), 0, "nothing was filed");
}

#[tokio::test]
async fn a_warning_is_answered_with_a_tick_and_never_refused() {
    let test = with_owner().await;
    let asked = send(&test, &with("sex", "F")).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text().contains("Số này thường của người giới tính nam."), "{}", asked.text());
    assert!(asked.text().contains("name=\"confirmed\""));
    let mut answered = with("sex", "F");
    answered.push(("confirmed", "1".into()));
    receipt(&send(&test, &answered).await);
}

#[tokio::test]
async fn what_is_typed_stays_text() {
    let test = with_owner().await;
    let answer = send(&test, &with("name", "\"><script>alert(1)</script>")).await;
    let page = answer.text();
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script"), "{page}");
    let request = Request::post("/khai").header("content-type", "application/json");
    let unreadable = ask(&test.router, request.body(Body::from("{}")).expect("a request")).await;
    assert_eq!(unreadable.status, StatusCode::BAD_REQUEST);
    assert!(unreadable.text().contains("Chưa đọc được phần đã gửi."));
}

#[tokio::test]
async fn strangers_officers_and_other_pages_file_nothing() {
    let test = with_owner().await;
    let wrong = send(&test, &with("password", "sai")).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(wrong.text().contains("Tên đăng nhập và mật khẩu chưa khớp."));
    assert!(wrong.text().contains("012 201 000 217"), "what was typed is kept");

    let (_, code) = test.add_person("congan", Role::Officer, COMMUNE, None).await;
    assert_eq!(test.enrol(&code.to_string()).await.status, StatusCode::OK);
    let officer = send(&test, &with("login", "congan")).await;
    assert_eq!(officer.status, StatusCode::FORBIDDEN);
    assert!(officer.text().contains("Tài khoản này không làm được việc đó."));

    let request = Request::post("/khai")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("host", "khai.test")
        .header("origin", "https://la.test");
    let elsewhere = ask(&test.router, request.body(Body::from(encoded(&filled()))).expect("a request")).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert_eq!(log::top(test.office.store.readers()).await.expect("a read"), 0, "nothing was filed");

    for _ in 0..5 {
        send(&test, &with("password", "sai")).await;
    }
    let slowed = send(&test, &filled()).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    assert!(slowed.text().contains("Thử lại sau"));
}

#[tokio::test]
async fn revoking_the_forms_device_shuts_the_form_and_nothing_else() {
    let test = with_owner().await;
    let proof = receipt(&send(&test, &filled()).await);
    let devices = device::list(test.office.store.readers()).await.expect("a read");
    let plain = devices.iter().find(|row| row.name == "trang đơn giản").expect("a device of its own");
    assert_eq!(plain.handle, &proof.dossier.0[..3]);
    let handle = DeviceHandle(plain.handle.as_slice().try_into().expect("three bytes"));
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    assert!(device::revoke(&mut *transaction, handle, clock::now()).await.expect("a write"));
    transaction.commit().await.expect("a commit");
    assert_eq!(send(&test, &with("room", "9")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(test.sign_in("hoadialan", PASSWORD).await.status, StatusCode::OK);
}
