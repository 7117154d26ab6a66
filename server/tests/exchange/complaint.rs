//! Phản ánh, kiến nghị: written by anybody, answered at the desk of the agency, read by a code of its own.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::manage::{Ask, Complaint, Told};
use dossier::moment::Day;
use dossier::terms::{self, Matter};
use dossier::working_days::WorkingDays;
use server::{clock, dice};
use sync::request::Call;

use crate::by_code::{code, filed, sent};
use crate::filing::people;
use crate::hand::{Hand, count};
use crate::office::{TestOffice, ask, get};
use crate::working;

pub async fn put(test: &TestOffice, hand: &Hand, question: Ask) -> Result<Told, StatusCode> {
    let call = Call::of(&question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    let answer = ask(&test.router, request.expect("a request")).await;
    match answer.status {
        StatusCode::OK => Ok(serde_json::from_slice(&answer.body).expect("told")),
        other => Err(other),
    }
}

pub async fn list(test: &TestOffice, hand: &Hand) -> Vec<Complaint> {
    match put(test, hand, Ask::Complaints).await {
        Ok(Told::Complaints(all)) => all,
        other => panic!("{other:?}"),
    }
}

const WORDS: &str = "Đến hai lần đều không có cán bộ trực";

async fn write(test: &TestOffice, ticket: &str, more: &[(&str, &str)]) -> String {
    let said =
        [("ticket", ticket), ("kind", "phan-anh"), ("words", WORDS), ("from", "Giàng Thị Sua, 0912000789")];
    sent(test, "/phan-anh", &[&said[..], more].concat()).await.text()
}

pub fn read_code(page: &str) -> String {
    let after = page.split("class=\"number\">").nth(1).unwrap_or_else(|| panic!("a code in: {page}"));
    after.chars().take(11).collect()
}

async fn read(test: &TestOffice, code: &str) -> String {
    sent(test, "/phan-anh/tra-loi", &[("code", code)]).await.text()
}

fn due() -> Day {
    let term = terms::on(Matter::Complaint, clock::now().day()).expect("a term");
    WorkingDays::calendar().after(clock::now().day(), u16::try_from(term.days).expect("days"))
}

#[tokio::test]
async fn anybody_writes_to_the_agency_sees_by_when_it_answers_and_reads_the_answer_by_the_code_alone() {
    let test = working().await;
    let (_, officer) = people(&test).await;
    let form = get(&test.router, "/phan-anh").await.text();
    assert!(form.contains("10 ngày làm việc") && form.contains("Công an xã Sin Suối Hồ"), "{form}");
    let told = write(&test, "0102030405060708", &[("commune", "3394")]).await;
    assert!(told.contains("Đã gửi") && told.contains(&format!("hết ngày {}", due())), "{told}");
    let code = read_code(&told);
    let again = write(&test, "0102030405060708", &[("commune", "3394")]).await;
    assert_eq!(read_code(&again), code, "the same form twice is one");
    assert_eq!(count(&test, "complaint").await, 1);

    let standing = read(&test, &code.to_lowercase()).await;
    assert!(standing.contains("Nơi nhận đã có") && !standing.contains(WORDS), "{standing}");
    let waiting = list(&test, &officer).await;
    assert_eq!((waiting.len(), waiting[0].said.words.as_str()), (1, WORDS));
    let number = waiting[0].number;
    let reply = || Ask::AnswerComplaint(number, "Xin lỗi. Từ nay trực cả buổi trưa.".parse().expect("words"));
    assert!(put(&test, &officer, reply()).await.is_ok());
    assert_eq!(put(&test, &officer, reply()).await, Err(StatusCode::CONFLICT), "answered once");
    let told = read(&test, &code).await;
    assert!(told.contains("Từ nay trực cả buổi trưa"), "{told}");
    for secret in [WORDS, "Giàng Thị Sua", "0912000789"] {
        assert!(!told.contains(secret), "{secret}");
    }
    assert!(read(&test, "7K2QD-0M9XA").await.contains("Chưa thấy mã này"));
}

#[tokio::test]
async fn what_is_written_about_a_dossier_goes_to_who_has_it_and_a_wrong_code_sends_nothing() {
    let test = working().await;
    let (_, officer, _) = filed(&test).await;
    let wrong = write(&test, "01", &[("code", "7K2QD-0M9XA")]).await;
    assert!(
        wrong.contains("Chưa thấy mã hồ sơ này") && wrong.contains(WORDS),
        "what was typed stays: {wrong}"
    );
    assert!(write(&test, "01", &[]).await.contains("Chọn nơi nhận"));
    assert!(write(&test, "01", &[("words", "x"), ("commune", "9999")]).await.contains("Chọn nơi nhận"));
    assert_eq!(count(&test, "complaint").await, 0);
    let told = write(&test, "0000000000000001", &[("code", &code())]).await;
    assert!(told.contains("Về hồ sơ 03394-"), "{told}");
    assert!(list(&test, &officer).await[0].said.dossier.starts_with("03394-"));
}

#[tokio::test]
async fn what_is_due_first_stands_above_and_what_is_late_is_called_late() {
    let test = working().await;
    let (_, officer) = people(&test).await;
    let said = |words: &str| dossier::manage::ComplaintSaid {
        kind: dossier::manage::ComplaintKind::Recommendation,
        dossier: String::new(),
        from: String::new(),
        words: words.parse().expect("words"),
    };
    for (ticket, words, ago) in [("a", "mới", 0), ("b", "cũ", 40), ("c", "giữa", 5)] {
        let at = clock::now().plus_minutes(-60 * 24 * ago);
        let commune = crate::office::COMMUNE;
        server::complaint::keep(&test.office, ticket, commune, &said(words), at).await.expect("kept");
    }
    let all = list(&test, &officer).await;
    let order: Vec<&str> = all.iter().map(|one| one.said.words.as_str()).collect();
    assert_eq!(order, ["cũ", "giữa", "mới"]);
    let late = all.iter().map(|one| one.is_late(clock::now().day())).collect::<Vec<_>>();
    assert_eq!(late, [true, false, false]);
}

#[tokio::test]
async fn nothing_written_lies_in_the_open_in_the_database() {
    let test = working().await;
    people(&test).await;
    let told = write(&test, "0102030405060708", &[("commune", "3394")]).await;
    let code = read_code(&told).replace('-', "");
    let sql = "select count(*) from complaint where instr(said, ?) > 0 or instr(mark, ?) > 0";
    for secret in [WORDS, "Giàng", &code] {
        let open = sqlx::query_scalar::<_, i64>(sql).bind(secret.as_bytes()).bind(secret.as_bytes());
        assert_eq!(open.fetch_one(test.office.store.readers()).await.expect("a count"), 0, "{secret}");
    }
}
