//! A supplement request answered by code in full: pictures of papers, items that stand for the whole dossier, people more,
//! consents in words; each once, whoever answers.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::filing::status::Stage;
use dossier::filing::step::{Anchor, Item, Items, Step};
use dossier::filing::{ConsentWay, Filing, PaperRef};
use dossier::id::PaperId;
use dossier::procedure::ConsentKind;
use server::pictures::unnamed;
use server::{clock, dice};
use sync::papers::{self, Lying, MOST_PICTURES, Sender};
use sync::request::Call;

use crate::by_code::{SECRETS, WORD, accept, code, filed, heads, page, story, tap};
use crate::hand::{Hand, Notice, count};
use crate::office::{Answer, TestOffice, ask};
use crate::working;

/// A JPEG by its markers: of this size, and of so many bytes.
fn jpeg(seed: u8, high: u16, length: usize) -> Vec<u8> {
    let [h, high] = high.to_be_bytes();
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, h, high, 4, 0, 1, 1, 0x11, 0, 0xff, 0xda];
    bytes.extend((bytes.len()..length - 2).map(|at| (at * 31 % 251) as u8 ^ seed));
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// What the script sends.
async fn brought(test: &TestOffice, word: &str, picture: &[u8]) -> Answer {
    let body = [format!("{}\n{word}\n", code()).as_bytes(), picture].concat();
    let request = Request::post("/theo-doi/anh").header("content-type", "application/vnd.bankhai.page");
    ask(&test.router, request.body(Body::from(body)).expect("a request")).await
}

/// What the answer calls a picture by that has been brought.
async fn bring(test: &TestOffice, picture: &[u8]) -> String {
    let answer = brought(test, WORD, picture).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["picture"].as_str().expect("a name").to_owned()
}

async fn answer(test: &TestOffice, more: &[(&str, &str)]) -> String {
    page(test, "/theo-doi/bo-sung", &[&[("send", "1")], more].concat()).await
}

async fn request(test: &TestOffice, officer: &Hand, of: &Notice, dice: u8, at: &[Option<Anchor>]) {
    let what = || "Còn thiếu".parse().expect("words");
    let items = Items::new(at.iter().map(|at| Item { at: at.clone(), what: what() }).collect());
    let heads = heads(test, of).await;
    let step = Step::Supplement { heads, items: items.expect("items"), until: None };
    tap(test, officer, of, dice, step).await;
}

fn lease() -> Option<Anchor> {
    Some(Anchor::Paper("lease".parse().expect("a key")))
}

async fn said(test: &TestOffice, of: &Notice) -> Filing {
    let kept = story(test, of).await;
    kept.history.read().expect("readable").filing().cloned().expect("a filing")
}

async fn call(test: &TestOffice, hand: &Hand, make: impl FnOnce(Sender<'_>) -> Call) -> Answer {
    let handle = hand.handle.to_string();
    let call = make(Sender { handle: &handle, key: &hand.key, at: clock::now(), nonce: dice::roll() });
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", &call.authorization).body(Body::from(call.body));
    ask(&test.router, request.expect("a request")).await
}

async fn is_shown(test: &TestOffice, hand: &Hand, of: &Notice, picture: &[u8]) -> bool {
    let digest = papers::digest(picture);
    let answer = call(test, hand, |sender| sender.picture(of.dossier, digest)).await;
    let listed = call(test, hand, |sender| sender.lying(&[of.dossier])).await;
    let listed: Vec<Lying> = serde_json::from_slice(&listed.body).expect("a list");
    assert_eq!(listed.iter().any(|one| one.pictures.contains(&digest)), answer.body == picture);
    answer.body == picture
}

async fn waits(test: &TestOffice, of: &Notice) -> bool {
    matches!(story(test, of).await.status().stage, Stage::Supplement { .. })
}

#[tokio::test]
async fn a_picture_named_hundreds_of_times_is_one_and_names_of_nothing_are_told_as_missing() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[lease()]).await;
    let named = bring(&test, &jpeg(1, 900, 9_000)).await;
    let before = said(&test, &filed).await.papers.len();
    let made_up: Vec<String> = (0..300).map(|at| format!("{at:064x}.9000")).collect();
    let made_up: Vec<_> = made_up.iter().map(|name| ("g.lease.anh", name.as_str())).collect();
    assert!(answer(&test, &made_up).await.contains("Có ảnh chưa đến nơi nhận"));
    assert!(waits(&test, &filed).await);
    let often = vec![("g.lease.anh", named.as_str()); 300];
    assert!(answer(&test, &often).await.contains("Đã gửi phần bổ sung"));
    assert_eq!(said(&test, &filed).await.papers.len(), before + 1);
}

#[tokio::test]
async fn a_picture_by_code_is_one_as_a_phones_once_the_answer_names_it_and_nothing_before() {
    let test = working().await;
    let (member, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[lease()]).await;
    let told = page(&test, "/theo-doi/bo-sung", &[]).await;
    for words in ["/theo-doi/anh.js?", "type=\"file\"", "cần bật JavaScript", "Tôi mang bản chính đến"]
    {
        assert!(told.contains(words), "{words} is not in: {told}");
    }
    let (one, two) = (jpeg(1, 1_600, 150_000), jpeg(2, 900, 90_000));
    let (first, second) = (bring(&test, &one).await, bring(&test, &two).await);
    assert_eq!(bring(&test, &one).await, first, "the same again is one");
    assert_eq!(count(&test, "paper").await, 2);
    for hand in [&member, &officer] {
        assert!(!is_shown(&test, hand, &filed, &one).await, "no dossier names it yet");
    }
    let clear = one[1_000..1_032].to_vec();
    let sealed: Vec<Vec<u8>> = sqlx::query_scalar("select sealed from paper_piece")
        .fetch_all(test.office.store.readers())
        .await
        .expect("rows");
    assert!(sealed.iter().all(|piece| !piece.windows(32).any(|part| part == clear)), "sealed");

    let told = answer(&test, &[("g.lease.anh", &first), ("g.lease.anh", &second)]).await;
    assert!(told.contains("Đã gửi phần bổ sung"), "{told}");
    for picture in [&one, &two] {
        for hand in [&member, &officer] {
            assert!(is_shown(&test, hand, &filed, picture).await, "who may read the dossier sees it");
        }
    }
    assert_eq!(count(&test, "paper_piece").await, 0, "it lies with the objects");
    let filing = said(&test, &filed).await;
    assert_eq!(filing.papers.values().filter(|page| page.paper.as_str() == "lease").count(), 2);
    let kept = story(&test, &filed).await;
    assert_eq!(kept.status().stage, Stage::Waiting { supplemented: true });
    accept(&test, &officer, &filed, 8, dossier::filing::step::ReturnWay::Electronic).await;
    assert_eq!(story(&test, &filed).await.status().stage, Stage::Accepted);
}

#[tokio::test]
async fn what_is_no_page_or_comes_unasked_is_turned_away_in_words_and_not_kept() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    let page = jpeg(1, 1_600, 1_000);
    let early = brought(&test, WORD, &page).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    request(&test, &officer, &filed, 9, &[lease()]).await;
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    for (what, status, words) in [
        (b"\x89PNG\r\n\x1a\n".to_vec(), unfit, "Hãy chụp lại"),
        (page[..900].to_vec(), unfit, "Hãy chụp lại"),
        (jpeg(1, 1_601, 1_000), unfit, "lớn quá"),
        (jpeg(1, 1_600, PaperRef::MOST_BYTES as usize + 1), unfit, "lớn quá"),
        (jpeg(1, 1_600, server::routes::LARGEST_BODY), StatusCode::PAYLOAD_TOO_LARGE, ""),
    ] {
        let answer = brought(&test, WORD, &what).await;
        assert_eq!(answer.status, status, "{}", what.len());
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    for word in ["0000", "", "43181"] {
        assert_eq!(brought(&test, word, &page).await.status, StatusCode::NOT_FOUND, "{word}");
    }
    let empty = Request::post("/theo-doi/anh").body(Body::empty()).expect("a request");
    assert_eq!(ask(&test.router, empty).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(count(&test, "paper").await, 0, "nothing was kept");
    assert!(waits(&test, &filed).await);
}

#[tokio::test]
async fn more_pages_than_the_paper_may_have_are_told_and_more_pictures_than_may_wait_are_not_taken() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[lease()]).await;
    let mut names = Vec::new();
    for seed in 0..MOST_PICTURES as u8 {
        names.push(bring(&test, &jpeg(seed, 100, 500)).await);
    }
    let last = brought(&test, WORD, &jpeg(99, 100, 500)).await;
    assert!(last.status == StatusCode::UNPROCESSABLE_ENTITY && last.text().contains("Nhiều ảnh quá"));
    let seven: Vec<(&str, &str)> = names[..7].iter().map(|name| ("g.lease.anh", name.as_str())).collect();
    let told = answer(&test, &seven).await;
    assert!(told.contains("Nhiều nhất là 6.") && waits(&test, &filed).await, "{told}");
    for (_, name) in &seven {
        assert!(told.contains(name), "what was sent is still on the page");
    }
    assert!(answer(&test, &seven[..6]).await.contains("Đã gửi phần bổ sung"));
    assert_eq!(
        (said(&test, &filed).await.papers.len(), count(&test, "paper").await),
        (6, 6),
        "the rest is gone"
    );
}

#[tokio::test]
async fn an_answer_never_names_a_picture_that_is_not_there() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[lease()]).await;
    let name = bring(&test, &jpeg(1, 100, 500)).await;
    let (other, longer) = (format!("{}.500", "ab".repeat(32)), name.replace(".500", ".501"));
    for forged in [other.as_str(), &longer, "khong", ""] {
        let told = answer(&test, &[("g.lease.anh", &name), ("g.lease.anh", forged)]).await;
        assert!(told.contains("Có ảnh chưa đến nơi nhận"), "{told}");
        assert!(told.contains(&name) && waits(&test, &filed).await, "{told}");
    }
    // A paper nobody asked for is not added to.
    let told = answer(&test, &[("g.dwelling.anh", &name)]).await;
    assert!(told.contains("Chưa ghi chỗ này.") && waits(&test, &filed).await, "{told}");
}

#[tokio::test]
async fn of_two_tabs_with_a_picture_each_one_has_answered_and_the_picture_of_the_other_is_gone() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[lease()]).await;
    let (one, two) = (bring(&test, &jpeg(1, 100, 500)).await, bring(&test, &jpeg(2, 100, 500)).await);
    let (first, second) = ([("g.lease.anh", one.as_str())], [("g.lease.anh", two.as_str())]);
    let (one, two) = tokio::join!(answer(&test, &first), answer(&test, &second));
    let won = [&one, &two].iter().filter(|told| told.contains("Đã gửi phần bổ sung")).count();
    assert_eq!(won, 1, "{one} {two}");
    let kept = story(&test, &filed).await;
    assert_eq!(kept.history.heads(), kept.status().heads, "nothing stands beside the answer");
    assert_eq!((said(&test, &filed).await.papers.len(), count(&test, "paper").await), (1, 1));
    let rows = count(&test, "log").await;
    assert!(answer(&test, &first).await.contains("phần bổ sung đã đến"), "the same again");
    assert_eq!(count(&test, "log").await, rows);
}

#[tokio::test]
async fn what_the_teams_tablet_has_answered_is_not_answered_again_by_the_page() {
    let test = working().await;
    let (member, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[lease()]).await;
    let (same, other) = (jpeg(1, 100, 40_000), jpeg(2, 100, 500));
    let (name, not_needed) = (bring(&test, &same).await, bring(&test, &other).await);
    // The tablet photographed the page, too: by chance the very same picture, which it has not brought yet.
    let mut filing = said(&test, &filed).await;
    let leased =
        PaperRef { paper: "lease".parse().expect("a key"), digest: papers::digest(&same), bytes: 40_000 };
    filing.papers.insert(PaperId([9; 4]), leased);
    let answered = member.filing_after(&filed, &filing);
    member.send(&test, &member.carrying([&answered])).await;
    assert!(!waits(&test, &filed).await);
    let told = answer(&test, &[("g.lease.anh", &name), ("g.lease.anh", &not_needed)]).await;
    assert!(told.contains("phần bổ sung đã đến"), "{told}");
    assert_eq!(said(&test, &filed).await.papers.len(), 1);
    // What the dossier names of what waited is a picture of it now, and the rest goes in a day.
    unnamed::settle_all(&test.office, clock::now()).await.expect("settled");
    assert!(is_shown(&test, &officer, &filed, &same).await);
    assert_eq!(count(&test, "paper").await, 2);
    unnamed::settle_all(&test.office, clock::now().plus_minutes(24 * 60 + 1)).await.expect("settled");
    assert_eq!(count(&test, "paper").await, 1, "nobody named it for a day");
    assert!(is_shown(&test, &officer, &filed, &same).await);
}

#[tokio::test]
async fn what_stands_for_the_whole_dossier_is_answered_where_its_holder_picks() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[None]).await;
    let told = page(&test, "/theo-doi/bo-sung", &[]).await;
    for words in ["Cả hồ sơ", "Còn thiếu", "value=\"a.request\"", "value=\"g.lease\"", "value=\"c.owner\""]
    {
        assert!(told.contains(words), "{words} is not in: {told}");
    }
    for secret in SECRETS.iter().chain(&["Người 1", "a.return-address"]) {
        assert!(!told.contains(secret), "{secret}");
    }
    assert!(answer(&test, &[]).await.contains("Chưa ghi chỗ này."), "nothing was picked");
    assert!(
        answer(&test, &[("cho", "p.01020304.name")]).await.contains("Chưa ghi chỗ này."),
        "no such place"
    );
    let told = page(&test, "/theo-doi/bo-sung", &[("add", "1"), ("cho", "a.request")]).await;
    assert!(told.contains("name=\"a.request\"") && told.contains("name=\"them\""), "{told}");
    let picked = [("them", "a.request"), ("cho", "g.dwelling")];
    assert!(answer(&test, &picked).await.contains("Chưa ghi chỗ này."), "picked, and not answered");
    let name = bring(&test, &jpeg(1, 100, 500)).await;
    let words = ("a.request", "Tạm trú 12 tháng, cả hai vợ chồng");
    let given = [words, ("g.dwelling.anh", name.as_str())];
    let told = answer(&test, &[&picked[..], &given].concat()).await;
    assert!(told.contains("Đã gửi phần bổ sung"), "{told}");
    let filing = said(&test, &filed).await;
    assert_eq!(filing.answer("request"), Some(words.1));
    assert_eq!(filing.papers.len(), 1);
    assert!(answer(&test, &[&picked[..], &given].concat()).await.contains("phần bổ sung đã đến"));
}

#[tokio::test]
async fn people_are_added_once_and_none_is_named_or_counted_on_the_page() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[Some(Anchor::People)]).await;
    let told = answer(&test, &[]).await;
    assert!(told.contains("Chưa ghi chỗ này.") && told.contains("Thêm thành viên 1"), "{told}");
    let told = page(&test, "/theo-doi/bo-sung", &[("nguoi", "1")]).await;
    assert!(told.contains("m.1.name") && !told.contains("m.2.name"), "room for one more: {told}");
    let child = [
        ("m.0.name", "Lò Thị Ngần"),
        ("m.0.birth", "12/5/2022"),
        ("m.0.sex", "nu"),
        ("m.0.relation", "con-de"),
    ];
    let wrong = [&child[..], &[("nguoi", "1"), ("m.1.name", "Lò 4")]].concat();
    let told = answer(&test, &wrong).await;
    assert!(
        waits(&test, &filed).await && told.contains("Lò Thị Ngần"),
        "what was typed is still there: {told}"
    );
    // A row left blank is nobody. A child wants a parent's yes, which nobody had asked for.
    let child = [&child[..], &[("nguoi", "1")]].concat();
    let told = answer(&test, &child).await;
    for words in ["cần thêm chỗ khác", "c.parent.who", "name=\"them\" value=\"c.parent\"", "Lò Thị Ngần"]
    {
        assert!(told.contains(words), "{words} is not in: {told}");
    }
    let yes = [
        ("them", "c.parent"),
        ("c.parent.who", "Lò Văn Mẫn"),
        ("c.parent.at", "Sin Suối Hồ"),
        ("c.parent.way", "own"),
    ];
    let child = [&child[..], &yes].concat();
    let (one, other) = tokio::join!(answer(&test, &child), answer(&test, &child));
    assert!([&one, &other].iter().any(|told| told.contains("Đã gửi phần bổ sung")), "{one} {other}");
    let filing = said(&test, &filed).await;
    let names: Vec<_> = filing.present().filter_map(|(_, row)| row.get("name")).collect();
    assert_eq!(names, ["Lò Thị Ngần"], "twice at once is one person");
    for told in [one, other] {
        assert!(!told.contains("Lò Thị Ngần"), "{told}");
    }
}

#[tokio::test]
async fn a_consent_is_given_in_words_and_a_signature_needs_a_screen_of_the_app() {
    let test = working().await;
    let (_, officer, filed) = filed(&test).await;
    request(&test, &officer, &filed, 7, &[Some(Anchor::Consent(ConsentKind::Owner))]).await;
    let told = page(&test, "/theo-doi/bo-sung", &[]).await;
    assert!(told.contains("Muốn ký trên màn hình") && !told.contains("Hảng A Xà"), "{told}");
    let who = ("c.owner.who", "Hảng A Xà");
    assert!(answer(&test, &[who, ("c.owner.way", "")]).await.contains("Chọn một trong hai cách."));
    let told = answer(&test, &[who, ("c.owner.way", "paper")]).await;
    assert!(told.contains("Chưa ghi chỗ này."), "where it was said is asked, too: {told}");
    assert!(waits(&test, &filed).await);
    let place = ("c.owner.at", "Sin Suối Hồ");
    let paper = jpeg(1, 100, 500);
    let name = bring(&test, &paper).await;
    let told = answer(&test, &[who, place, ("c.owner.way", "paper"), ("g.consent.anh", &name)]).await;
    assert!(told.contains("Đã gửi phần bổ sung"), "{told}");
    assert!(is_shown(&test, &officer, &filed, &paper).await, "the paper it stands on");
    let given = said(&test, &filed).await.consents.remove(&ConsentKind::Owner).expect("given");
    assert_eq!((given.how, given.day), (ConsentWay::SeparatePaper, clock::now().day()));
    // Two who say yes on one paper: there is one place to photograph it.
    let both = [ConsentKind::Owner, ConsentKind::Head].map(|kind| Some(Anchor::Consent(kind)));
    request(&test, &officer, &filed, 8, &both).await;
    let told = page(&test, "/theo-doi/bo-sung", &[]).await;
    assert_eq!((told.matches("g.consent.anh").count(), told.matches(".way").count()), (1, 4), "{told}");
}
