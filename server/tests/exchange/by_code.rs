//! A citizen without an account: opens a dossier by its code and private word, answers what is asked for, says how the
//! result comes, takes it back, and gets the signed result.

use dossier::access::Role;
use dossier::act::{Act, Channel, Recorded};
use dossier::behalf::{Matter, TrackingCode};
use dossier::filing::status::Stage;
use dossier::filing::step::{Anchor, Item, Items, ReturnWay, Step};
use server::clock;
use server::story::Story;
use sync::decision::SignedDecision;
use sync::frame::up::Up;
use sync::frame::{Have, Scope};

use crate::behalf::{with, witnessed_for};
use crate::filing::{people, step};
use crate::hand::{Hand, Notice, count};
use crate::office::{Answer, COMMUNE, TestOffice, get, send_form};
use crate::tenant::tenant;
use crate::working;

/// The last four digits of the declarant's number.
pub const WORD: &str = "4318";
pub const SECRETS: [&str; 4] = ["Lò Văn Mẫn", "Hảng A Xà", "Giàng Thị Chẳn", "012201004318"];

pub fn code() -> String {
    TrackingCode::roll([7; 8]).to_string()
}

/// What a page without a script sends.
pub async fn sent(test: &TestOffice, path: &str, fields: &[(&str, &str)]) -> Answer {
    send_form(&test.router, path, fields).await
}

pub async fn page(test: &TestOffice, path: &str, more: &[(&str, &str)]) -> String {
    let code = code();
    let key = [("code", code.as_str()), ("word", WORD)];
    sent(test, path, &[&key[..], more].concat()).await.text()
}

/// A dossier filed for a villager by the team, an officer, and the dossier.
pub async fn filed(test: &TestOffice) -> (Hand, Hand, Notice) {
    let (owner, officer) = people(test).await;
    let member = Hand::join(test, 3, Role::TeamMember, COMMUNE, owner.house).await;
    let filed = member.filing([6; 5], &tenant(test));
    let up = with(member.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 4));
    assert!(member.send(test, &up).await.issued.is_some(), "a receipt");
    (member, officer, filed)
}

pub async fn story(test: &TestOffice, of: &Notice) -> Story {
    Story::read(&test.office, of.dossier).await.expect("a read").expect("a dossier")
}

pub async fn tap(test: &TestOffice, officer: &Hand, of: &Notice, dice: u8, what: Step) {
    let up = Up { acts: vec![step(of, dice, what)], ..officer.hello() };
    officer.send(test, &up).await;
}

pub async fn heads(test: &TestOffice, of: &Notice) -> dossier::act::Heads {
    story(test, of).await.status().heads
}

pub async fn accept(test: &TestOffice, officer: &Hand, of: &Notice, dice: u8, way: ReturnWay) {
    let (heads, appointed) = (heads(test, of).await, clock::now().day().plus(3));
    tap(test, officer, of, dice, Step::Accept { heads, appointed, way, papers: Vec::new() }).await;
}

pub async fn decide(test: &TestOffice, officer: &Hand, of: &Notice, dice: u8, days: i32) {
    let (heads, until) = (heads(test, of).await, Some(clock::now().day().plus(days)));
    let words = "Đồng ý đăng ký tạm trú".parse().expect("words");
    tap(test, officer, of, dice, Step::Decide { heads, words, until }).await;
}

/// Asks for a field, and for whatever stands in `more`.
pub async fn ask_for(test: &TestOffice, officer: &Hand, of: &Notice, dice: u8, more: Option<Anchor>) {
    let what = "Ghi rõ số nhà, tổ, bản".parse().expect("words");
    let mut items = vec![Item { at: Some(Anchor::Answer("address".parse().expect("a key"))), what }];
    items.extend(more.map(|at| Item { at: Some(at), what: "Còn thiếu".parse().expect("words") }));
    let items = Items::new(items).expect("items");
    let until = Some(clock::now().day().plus(5));
    let heads = heads(test, of).await;
    tap(test, officer, of, dice, Step::Supplement { heads, items, until }).await;
}

fn last(story: &Story) -> &Recorded {
    story.acts.last().expect("an act")
}

#[tokio::test]
async fn the_code_alone_tells_the_state_and_the_private_word_opens_the_rest_and_neither_names_anybody() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    ask_for(&test, &officer, &filed, 7, None).await;
    let reloaded = get(&test.router, "/theo-doi/ho-so").await;
    assert!(reloaded.text().contains("Tra mã"), "who comes by the address alone begins with the code");
    let public = sent(&test, "/theo-doi", &[("code", &code())]).await.text();
    assert!(public.contains("Yêu cầu bổ sung: 1 mục"), "{public}");
    assert!(!public.contains("Ghi rõ số nhà"), "what is missing is for the word: {public}");
    let opened = page(&test, "/theo-doi/ho-so", &[]).await;
    for words in ["Địa chỉ đề nghị đăng ký tạm trú", "Ghi rõ số nhà, tổ, bản", "0213 000 113", "Bổ sung ngay"]
    {
        assert!(opened.contains(words), "{words} is not in: {opened}");
    }
    for told in [public, opened, page(&test, "/theo-doi/bo-sung", &[]).await] {
        for secret in SECRETS {
            assert!(!told.contains(secret), "{secret}");
        }
    }
}

#[tokio::test]
async fn the_sixth_wrong_word_waits_and_while_it_waits_even_the_right_one_is_not_looked_at() {
    let test = working().await;
    let (_, _, filed) = filed(&test).await;
    let wrong = |word: &'static str| {
        let code = code();
        let test = &test;
        async move { sent(test, "/theo-doi/ho-so", &[("code", &code), ("word", word)]).await.text() }
    };
    for word in ["0000", "4319", "", "431", "012201004318"] {
        assert!(wrong(word).await.contains("không khớp"), "{word}");
    }
    assert!(wrong("9999").await.contains("không khớp"));
    let told = wrong(WORD).await;
    assert!(!told.contains("Nơi giải quyết:") && told.contains("Đã thử nhiều lần"), "{told}");
    assert!(page(&test, "/theo-doi/rut", &[("sure", "1")]).await.contains("Đã thử nhiều lần"));
    assert!(story(&test, &filed).await.status().is_with_office(), "nothing was done");
    let other = TrackingCode::roll([8; 8]).to_string();
    let told = sent(&test, "/theo-doi/ho-so", &[("code", &other), ("word", WORD)]).await.text();
    assert!(told.contains("Chưa thấy mã này"));
}

#[tokio::test]
async fn who_holds_code_and_word_takes_the_dossier_back_once_asked_twice_and_everybody_sees_by_what() {
    let test = working().await;
    let (member, officer, filed) = filed(&test).await;
    assert!(page(&test, "/theo-doi/rut", &[]).await.contains("Rút hồ sơ?"));
    assert!(story(&test, &filed).await.status().is_with_office(), "it only asked");
    let told = page(&test, "/theo-doi/rut", &[("sure", "1")]).await;
    assert!(told.contains("Đã rút hồ sơ") && told.contains("Công dân rút hồ sơ"), "{told}");
    let kept = story(&test, &filed).await;
    assert!(matches!(kept.status().stage, Stage::Withdrawn { .. }));
    assert!(last(&kept).by.is_by_code());
    // The filer's tablet and the officer's desk are told of the act.
    for (hand, scope) in [(&member, Scope::Account(member.account)), (&officer, Scope::Commune(COMMUNE))] {
        let mut up = hand.hello();
        up.have = vec![(scope, Have::default())];
        let down = hand.send(&test, &up).await;
        let seen = down.recorded.iter().map(|ordered| &ordered.recorded);
        let by_code = seen.filter(|one| one.by.is_by_code() && matches!(one.act, Act::Withdraw { .. }));
        assert_eq!(by_code.count(), 1);
    }
    let again = page(&test, "/theo-doi/rut", &[("sure", "1")]).await;
    assert!(again.contains("không còn rút được"));
    assert_eq!(story(&test, &filed).await.acts.len(), kept.acts.len());
}

#[tokio::test]
async fn what_is_decided_cannot_be_taken_back_and_of_two_at_once_one_wins_and_the_other_is_told() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    accept(&test, &officer, &filed, 7, ReturnWay::Electronic).await;
    let taking = || page(&test, "/theo-doi/rut", &[("sure", "1")]);
    let (one, other, ()) = tokio::join!(taking(), taking(), decide(&test, &officer, &filed, 8, 300));
    let kept = story(&test, &filed).await;
    let changed = kept.acts.iter().filter(|one| {
        matches!(&one.act, Act::Withdraw { .. })
            || matches!(&one.act, Act::Step(step) if matches!(**step, Step::Decide { .. }))
    });
    assert_eq!(changed.count(), 1, "one of the three");
    let won = [&one, &other].iter().filter(|told| told.contains("Đã rút hồ sơ")).count();
    let withdrawn = usize::from(matches!(kept.status().stage, Stage::Withdrawn { .. }));
    assert_eq!(won, withdrawn);
    for told in [one, other] {
        let words = ["Đã rút hồ sơ", "không còn rút được", "đã đổi trạng thái"];
        assert!(words.iter().any(|words| told.contains(words)), "{told}");
    }
}

#[tokio::test]
async fn an_answer_is_parsed_as_the_form_is_and_given_twice_it_is_one() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    ask_for(&test, &officer, &filed, 7, None).await;
    let answer = |address: &'static str| {
        let test = &test;
        async move { page(test, "/theo-doi/bo-sung", &[("send", "1"), ("a.address", address)]).await }
    };
    assert!(answer(" ").await.contains("Chưa ghi chỗ này."));
    let long: &'static str = Box::leak("a".repeat(301).into_boxed_str());
    assert!(answer(long).await.contains("Dài quá 300 ký tự"));
    let same = answer("Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu").await;
    assert!(same.contains("giống như đã nộp"), "{same}");
    assert!(matches!(story(&test, &filed).await.status().stage, Stage::Supplement { .. }));

    let said = "Nhà 12, bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu";
    let told = answer(said).await;
    assert!(told.contains("Đã gửi phần bổ sung") && told.contains("Chờ tiếp nhận"), "{told}");
    let kept = story(&test, &filed).await;
    assert_eq!(kept.status().stage, Stage::Waiting { supplemented: true });
    let content = kept.history.read_at(&kept.status().heads).expect("there").expect("readable");
    assert_eq!(content.filing().and_then(|filing| filing.answer("address")), Some(said));
    assert!(matches!(last(&kept).act, Act::Submit { channel: Channel::Code, .. }));
    assert!(last(&kept).by.is_by_code());
    let receipt = kept.receipt.as_ref().expect("a receipt of the new content");
    assert_eq!(receipt.verify(&test.office.keys.receipt_verifying()), Ok(()));
    assert_eq!(Some(receipt.number()), kept.number, "the number stays");

    let rows = count(&test, "log").await;
    let again = answer(said).await;
    assert!(again.contains("phần bổ sung đã đến"), "{again}");
    answer("Chỗ khác").await;
    assert_eq!(count(&test, "log").await, rows, "nothing is written when nothing is asked for");
    accept(&test, &officer, &filed, 8, ReturnWay::Electronic).await;
    assert_eq!(story(&test, &filed).await.status().stage, Stage::Accepted, "the officer works on the answer");
}

#[tokio::test]
async fn two_answers_at_once_are_one_and_the_other_changes_nothing() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    ask_for(&test, &officer, &filed, 7, None).await;
    let answer = |address: &'static str| {
        page(&test, "/theo-doi/bo-sung", Box::leak(Box::new([("send", "1"), ("a.address", address)])))
    };
    let (one, other) = tokio::join!(answer("Nhà 1, bản Sin Suối Hồ"), answer("Nhà 2, bản Sin Suối Hồ"));
    let won = [&one, &other].iter().filter(|told| told.contains("Đã gửi phần bổ sung")).count();
    assert_eq!(won, 1, "{one} {other}");
    let kept = story(&test, &filed).await;
    let submits = kept.acts.iter().filter(|one| matches!(one.act, Act::Submit { .. })).count();
    assert_eq!((submits, kept.history.heads()), (2, kept.status().heads), "nothing stands beside the answer");
}

#[tokio::test]
async fn an_original_can_be_promised_and_half_an_answer_is_none() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    let lease = || Anchor::Paper("lease".parse().expect("a key"));
    ask_for(&test, &officer, &filed, 7, Some(lease())).await;
    let address = ("a.address", "Nhà 12, bản Sin Suối Hồ");
    let told = page(&test, "/theo-doi/bo-sung", &[("send", "1"), address]).await;
    assert!(told.contains("Tôi mang bản chính đến") && told.contains("Chưa ghi chỗ này."), "{told}");
    assert!(matches!(story(&test, &filed).await.status().stage, Stage::Supplement { .. }));
    let told = page(&test, "/theo-doi/bo-sung", &[("send", "1"), address, ("g.lease", "1")]).await;
    assert!(told.contains("Đã gửi phần bổ sung"), "{told}");
}

#[tokio::test]
async fn the_way_of_return_is_chosen_by_code_and_by_post_only_with_an_address() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    let choose = |way: &'static str, address: &'static str| {
        let test = &test;
        async move { page(test, "/theo-doi/cach-nhan", &[("way", way), ("address", address)]).await }
    };
    assert!(choose("bo-cau", "").await.contains("Nhận kết quả bằng cách nào"), "no such way");
    assert!(choose("buu-chinh", "  ").await.contains("Chưa ghi chỗ này."));
    assert_eq!(story(&test, &filed).await.status().chosen, None);
    assert!(choose("buu-chinh", "Bản Sin Suối Hồ, nhà ông trưởng bản").await.contains("Đã ghi"));
    assert_eq!(story(&test, &filed).await.status().chosen, Some(ReturnWay::Post));
    accept(&test, &officer, &filed, 7, ReturnWay::Post).await;
    let told = choose("truc-tiep", "").await;
    assert!(told.contains("Cách nhận kết quả: Nhận trực tiếp tại nơi nộp"), "{told}");
    let kept = story(&test, &filed).await;
    assert_eq!(kept.status().accepted.map(|accepted| accepted.way), Some(ReturnWay::InPerson));
    choose("truc-tiep", "").await;
    assert_eq!(story(&test, &filed).await.acts.len(), kept.acts.len(), "said twice is said once");
}

#[tokio::test]
async fn the_signed_result_is_for_code_and_word_once_decided_and_only_where_it_comes_electronically() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    assert!(page(&test, "/theo-doi/ket-qua", &[]).await.contains("Chưa có kết quả"));
    accept(&test, &officer, &filed, 7, ReturnWay::Electronic).await;
    decide(&test, &officer, &filed, 8, 300).await;
    let told = page(&test, "/theo-doi/ket-qua", &[]).await;
    let text =
        told.split("BANKHAI-KQ1:").nth(1).and_then(|rest| rest.split('<').next()).expect("a signed result");
    let signed = SignedDecision::from_text(&format!("BANKHAI-KQ1:{text}")).expect("readable");
    assert_eq!(signed.verify(&test.office.keys.receipt_verifying()), Ok(()));
    let code = code();
    let asked = async |word, form| {
        let key = [("code", code.as_str()), ("word", word), ("form", form)];
        sent(&test, "/theo-doi/ket-qua.pdf", &key).await
    };
    let paper = asked(WORD, "ct08").await;
    assert!(paper.body.starts_with(b"%PDF") && paper.header("cache-control") == "no-store");
    for (word, form) in [("0000", "ct08"), (WORD, "ct07"), (WORD, "ct01"), (WORD, "")] {
        assert!(!asked(word, form).await.body.starts_with(b"%PDF"), "{word} {form}");
    }
    assert!(page(&test, "/theo-doi/cach-nhan", &[("way", "truc-tiep")]).await.contains("Đã ghi"));
    let told = page(&test, "/theo-doi/ket-qua", &[]).await;
    assert!(!told.contains("BANKHAI-KQ1") && told.contains("Nhận trực tiếp"), "{told}");
}
