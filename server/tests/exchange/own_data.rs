//! Dữ liệu về mình: asked for by anybody, opened by an officer who sees who asks, read by code and word.

use axum::http::StatusCode;
use dossier::access::Role;
use dossier::filing::example::example;
use dossier::manage::{Ask, Complaint, ComplaintKind, Told};
use dossier::procedure::Procedure;
use server::clock;

use crate::by_code::sent;
use crate::complaint::{list, put, read_code};
use crate::filing::people;
use crate::hand::{Hand, count};
use crate::office::{TestOffice, get};
use crate::{NEXT, working};

const NUMBER: &str = "012201000217";

async fn asked(test: &TestOffice) -> String {
    let said = [
        ("ticket", "0102030405060708"),
        ("name", "Sùng A Pó"),
        ("number", "0122 0100 0217"),
        ("commune", "3394"),
    ];
    read_code(&sent(test, "/du-lieu", &said).await.text())
}

/// Who wrote this letter stands there and says this code.
fn identified(letter: &Complaint, code: &str) -> Ask {
    Ask::Identify(letter.number, code.parse().expect("a code"))
}

async fn look(test: &TestOffice, code: &str, word: &str) -> String {
    sent(test, "/du-lieu/xem", &[("code", code), ("word", word)]).await.text()
}

/// Two stay notices of two people and a residence dossier, all handed in; the officer, and the letter of who asks.
async fn settled(test: &TestOffice) -> (Hand, Complaint, String) {
    let (phone, officer) = people(test).await;
    let theirs = phone.notice(1, "Sùng A Pó", NUMBER);
    let others = phone.notice(2, "Lầu Thị Dợ", "012301000218");
    let published = test.office.procedures.now();
    let of = |one: &&Procedure| one.id.as_str() == "residence-confirmation";
    let procedure = published.procedures().iter().find(of).expect("a shipped procedure");
    let (mut filing, _) =
        example(procedure, clock::now()).parse(procedure, clock::now()).expect("could be handed in");
    filing.answers.insert("number".parse().expect("a key"), NUMBER.to_owned());
    let filed = phone.filing([3; 5], &filing);
    phone.send(test, &phone.carrying([&theirs, &others, &filed])).await;
    let code = asked(test).await;
    let letter = list(test, &officer).await.into_iter().next().expect("a letter");
    (officer, letter, code)
}

#[tokio::test]
async fn nobody_reads_what_is_held_before_an_officer_has_seen_who_asks() {
    let test = working().await;
    assert!(get(&test.router, "/du-lieu").await.text().contains("Công an xã Sin Suối Hồ"));
    let (officer, letter, code) = settled(&test).await;
    assert_eq!(asked(&test).await, code, "the same form twice is one");
    assert_eq!((count(&test, "own_data").await, letter.said.kind), (1, ComplaintKind::OwnData));
    assert!(letter.said.words.as_str().contains("012 201 000 217") && letter.said.from == "Sùng A Pó");
    let waits = look(&test, &code, "0217").await;
    assert!(waits.contains("Chờ cán bộ đối chiếu giấy tờ") && !waits.contains("Biên nhận"), "{waits}");
    assert!(look(&test, &code, "0218").await.contains("4 số này không khớp"));
    assert!(look(&test, "7K2QD-0M9XA", "0217").await.contains("Chưa thấy mã này"));

    test.add_commune_of(NEXT).await;
    let beside = Hand::join(&test, 61, Role::Officer, NEXT, officer.house).await;
    let identify = || identified(&letter, &code);
    assert_eq!(put(&test, &beside, identify()).await, Err(StatusCode::NOT_FOUND), "not their commune");
    assert_eq!(put(&test, &officer, identify()).await, Ok(Told::Done));
    assert_eq!(put(&test, &officer, identify()).await, Err(StatusCode::CONFLICT), "opened once");

    let held = look(&test, &code, "0217").await;
    assert!(held.contains("2 hồ sơ có số định danh của bạn"), "{held}");
    for mine in ["Thông báo lưu trú", "Xác nhận thông tin về cư trú", "Sùng A Pó", "012 201 000 217"]
    {
        assert!(held.contains(mine), "{mine} in {held}");
    }
    for other in ["Lầu Thị Dợ", "012 301 000 218"] {
        assert!(!held.contains(other), "{other}");
    }
    assert!(look(&test, &code, "0218").await.contains("4 số này không khớp"), "still by the word alone");
}

#[tokio::test]
async fn who_wrote_in_somebody_elses_name_is_not_opened_by_the_card_of_that_person() {
    let test = working().await;
    let (officer, first, stranger) = settled(&test).await;
    let said = [("ticket", "0a"), ("name", "Sùng A Pó"), ("number", NUMBER), ("commune", "3394")];
    let own = read_code(&sent(&test, "/du-lieu", &said).await.text());
    let refused = put(&test, &officer, identified(&first, &own)).await;
    assert_eq!(refused, Err(StatusCode::UNPROCESSABLE_ENTITY), "the letter on top is not theirs");
    let second = list(&test, &officer).await.into_iter().find(|one| one.number != first.number);
    put(&test, &officer, identified(&second.expect("two"), &own)).await.expect("identified");
    assert!(look(&test, &own, "0217").await.contains("2 hồ sơ"));
    assert!(look(&test, &stranger, "0217").await.contains("Chờ cán bộ đối chiếu"));
}

#[tokio::test]
async fn two_visits_at_once_search_once_and_count_what_cannot_be_read_once() {
    let test = working().await;
    let (officer, letter, code) = settled(&test).await;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update log set sealed = zeroblob(100)").execute(&mut *transaction).await.expect("damage");
    transaction.commit().await.expect("a commit");
    put(&test, &officer, identified(&letter, &code)).await.expect("identified");
    tokio::join!(look(&test, &code, "0217"), look(&test, &code, "0217"));
    let told = look(&test, &code, "0217").await;
    assert!(told.contains("Có 3 hồ sơ máy chủ không đọc được"), "{told}");
}

#[tokio::test]
async fn the_same_form_put_right_and_sent_again_is_another_letter() {
    let test = working().await;
    let (_, _, code) = settled(&test).await;
    let said = [
        ("ticket", "0102030405060708"),
        ("name", "Sùng A Pó"),
        ("number", "012201000225"),
        ("commune", "3394"),
    ];
    let other = read_code(&sent(&test, "/du-lieu", &said).await.text());
    assert!(other != code && count(&test, "own_data").await == 2);
    assert!(look(&test, &other, "0225").await.contains("Chờ cán bộ đối chiếu"));
}

#[tokio::test]
async fn what_is_wrong_is_asked_to_be_put_right_where_the_dossier_lies_and_nowhere_else() {
    let test = working().await;
    let (officer, letter, code) = settled(&test).await;
    put(&test, &officer, identified(&letter, &code)).await.expect("identified");
    let held = look(&test, &code, "0217").await;
    let field = |page: &str, name: &str| -> String {
        let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a field");
        after.split('"').next().expect("a value").to_owned()
    };
    let (ticket, dossier) = (field(&held, "ticket"), field(&held, "dossier"));
    let fields = |dossier: &'static str, words: &'static str| {
        [("code", code.as_str()), ("word", "0217"), ("ticket", "02"), ("dossier", dossier), ("words", words)]
    };
    assert!(sent(&test, "/du-lieu/sua", &fields("", "Sai năm sinh")).await.status == StatusCode::NOT_FOUND);
    let strange = fields("0909090909090909", "Sai năm sinh");
    let answer = sent(&test, "/du-lieu/sua", &strange).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text());
    let said = [
        ("code", code.as_str()),
        ("word", "0217"),
        ("ticket", &ticket),
        ("dossier", &dossier),
        ("words", "Năm sinh đúng là 2001"),
    ];
    let told = sent(&test, "/du-lieu/sua", &said).await.text();
    assert!(told.contains("Nơi giữ hồ sơ đã có đề nghị sửa"), "{told}");
    sent(&test, "/du-lieu/sua", &said).await;
    let letters = list(&test, &officer).await;
    let corrections: Vec<&Complaint> =
        letters.iter().filter(|one| one.said.kind == ComplaintKind::Correction).collect();
    assert_eq!(corrections.len(), 1, "sent twice it is one");
    assert!(corrections[0].said.dossier.starts_with("03394-"));
    assert!(corrections[0].said.from.contains("012 201 000 217"));
}

#[tokio::test]
async fn it_closes_after_its_days_and_an_answer_of_other_words_opens_nothing() {
    let test = working().await;
    let (officer, letter, code) = settled(&test).await;
    let no = Ask::AnswerComplaint(letter.number, "Giấy tờ không phải của người đến".parse().expect("words"));
    put(&test, &officer, no).await.expect("answered");
    assert!(look(&test, &code, "0217").await.contains("Giấy tờ không phải của người đến"));
    assert_eq!(put(&test, &officer, identified(&letter, &code)).await, Err(StatusCode::CONFLICT));
    assert!(look(&test, &code, "0217").await.contains("chưa mở dữ liệu"), "what was refused stays shut");

    let said = [("ticket", "0a"), ("name", "Sùng A Pó"), ("number", NUMBER), ("commune", "3394")];
    let again = read_code(&sent(&test, "/du-lieu", &said).await.text());
    let letters = list(&test, &officer).await;
    let letter = letters.iter().find(|one| one.answer.is_none()).expect("the second");
    put(&test, &officer, identified(letter, &again)).await.expect("identified");
    assert!(look(&test, &again, "0217").await.contains("2 hồ sơ"));
    let past = clock::now().plus_minutes(-1).0;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update own_data set until_at = ? where until_at is not null")
        .bind(past)
        .execute(&mut *transaction)
        .await
        .expect("moved");
    transaction.commit().await.expect("kept");
    let over = look(&test, &again, "0217").await;
    assert!(over.contains("Đã hết hạn xem") && !over.contains("Biên nhận"), "{over}");
    assert_eq!(count(&test, "own_datum").await, 2);
    let third =
        read_code(&sent(&test, "/du-lieu", &[("ticket", "0c"), said[1], said[2], said[3]]).await.text());
    let letters = list(&test, &officer).await;
    let letter = letters.iter().find(|one| one.answer.is_none()).expect("the third");
    put(&test, &officer, identified(letter, &third)).await.expect("identified");
    assert_eq!(count(&test, "own_datum").await, 0, "which dossiers spoke of them is forgotten");
}

#[tokio::test]
async fn no_number_lies_in_the_open_and_nothing_that_is_no_number_is_sent() {
    let test = working().await;
    let (officer, letter, code) = settled(&test).await;
    put(&test, &officer, identified(&letter, &code)).await.expect("identified");
    look(&test, &code, "0217").await;
    let rows: Vec<Vec<u8>> = sqlx::query_scalar("select number from own_data")
        .fetch_all(test.office.store.readers())
        .await
        .expect("rows");
    assert!(rows.iter().all(|row| !row.windows(12).any(|some| some == NUMBER.as_bytes())));
    let said = [("ticket", "0b"), ("name", "Sùng A Pó"), ("number", "12345"), ("commune", "3394")];
    let told = sent(&test, "/du-lieu", &said).await.text();
    assert!(told.contains("12 chữ số") && told.contains("Sùng A Pó"), "what was typed stays: {told}");
    assert_eq!(count(&test, "own_data").await, 1);
}
