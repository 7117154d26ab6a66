//! The officer's desk, rendered natively over invented people. The pages go to `target/preview/` to be looked at.

mod sample;
mod stage;

use desk::filters::Filters;
use desk::marks::Marks;
use desk::news::{Seen, Shown, Spoken};
use dossier::id::GuestId;
use dossier::intent::{BookQuery, StayField};
use dossier::moment::Moment;
use dossier::view::{BookRow, Conflict, ConflictValue, Detail, LinkState, Rejection};

use sample::*;
use stage::*;

#[test]
fn the_book_says_each_state_with_its_time() {
    let html = render(Scene::default());
    keep("desk.html", &html);
    let states = [
        "Tiếp nhận 23:40",
        "Trễ 4 phút",
        "2 giá trị",
        "Khai hai lần",
        "Đã trả lại",
        "Chờ gửi",
        "Chờ tiếp nhận 22:06",
    ];
    says(&html, &states);
    says(
        &html,
        &["Cập nhật 23:41:06", "tỉnh Lai Châu · trực ban: Lò Văn Chung", "FRA 20AK48136", "22/11 19:05"],
    );
    says(&html, &["14 người · 6 cơ sở · 2 trễ · 2 cần xem lại", "1–14 / 14"]);
}

#[test]
fn no_style_attribute_stands_in_the_page() {
    for html in [
        render(Scene::default()),
        render(Scene { detail: Some(detail()), marks: open(2), ..Scene::default() }),
    ] {
        assert!(!html.contains("style=\""));
        assert!(!html.contains("<script"));
    }
}

#[test]
fn one_row_takes_the_tab_key_and_is_the_selected_one() {
    let html =
        render(Scene { marks: Marks { cursor: Some(key(2, 1)), ..Marks::default() }, ..Scene::default() });
    assert_eq!(html.matches("<tr").count(), 15);
    assert_eq!(html.matches("aria-selected=\"true\"").count(), 1);
    let row = html.split("<tr").find(|row| row.contains("Thào Thị Chú")).expect("as written above");
    assert!(row.contains("tabindex=\"0\"") && row.contains("aria-selected=\"true\""), "{row}");
    let without = render(Scene::default());
    let first = without.split("<tr").find(|row| row.contains("Mùa A Khua")).expect("as written above");
    assert!(first.contains("tabindex=\"0\""), "with no cursor the first row takes it");
}

#[test]
fn an_open_notice_shows_everybody_and_words_times_as_what_they_are() {
    let mut marks = open(2);
    marks.ticked = [notice(2), notice(3), notice(6)].into();
    let html = render(Scene { detail: Some(detail()), marks, ..Scene::default() });
    keep("desk-open.html", &html);
    says(&html, &["Thào Thị Chú và 1 người", "012 098 002 915", "Người khaiTẩn A Sèng", "SSH-1-000-497"]);
    says(&html, &["Máy ghi 22:46", "liên lạc lần cuối 21:12", "Hạn 23:00, nhận 23:04: trễ 4 phút."]);
    // Three notices are chosen; one has an unsent tap already.
    says(&html, &["Đã chọn 3", "Tiếp nhận 2 trong 3"]);
}

#[test]
fn without_a_reason_nothing_can_be_sent_back() {
    let mut marks = open(2);
    marks.returning = marks.opened;
    let html = render(Scene { detail: Some(detail()), marks, ..Scene::default() });
    keep("desk-return.html", &html);
    let form = html.split("<form class=\"reason\"").nth(1).expect("as written above");
    let button =
        form.split("<button").find(|button| button.contains("type=\"submit\"")).expect("as written above");
    assert!(button.contains("disabled"), "{button}");
}

#[test]
fn what_can_no_longer_be_done_has_no_button() {
    let done = Detail { can_receive: false, can_return: false, ..detail() };
    let html = render(Scene { detail: Some(done), marks: open(2), ..Scene::default() });
    let pane = html
        .split("class=\"decide\"")
        .nth(1)
        .and_then(|rest| rest.split("</aside>").next())
        .expect("as written above");
    assert!(!pane.contains("Tiếp nhận") && !pane.contains("Trả lại") && pane.contains(">In<"), "{pane}");
}

#[test]
fn two_values_and_the_pair_are_shown_and_nothing_is_chosen() {
    let value = |text: &str, shown| ConflictValue { text: text.to_owned(), here: false, shown };
    let conflict = Conflict {
        field: StayField::Birth(GuestId([0, 0, 0, 1])),
        guest: Some("Thào Thị Chú".to_owned()),
        values: vec![value("08/06/2001", true), value("06/08/2001", false)],
    };
    let twin = card(9, received(22, 50), Some(10));
    let both = Detail { conflicts: vec![conflict], twin: Some(twin), ..detail() };
    let html = render(Scene { detail: Some(both), marks: open(2), ..Scene::default() });
    keep("desk-two.html", &html);
    says(
        &html,
        &[
            "Ngày sinh của Thào Thị Chú",
            "08/06/2001 (đang hiện trong sổ)",
            "06/08/2001",
            "Có thể khai hai lần",
        ],
    );
}

#[test]
fn an_empty_answer_names_the_filters_and_never_says_nobody_exists() {
    let filters = Filters { village: Some("Chung Hồ".to_owned()), overdue: true, ..Filters::default() };
    let html = render(Scene { filters, rows: Vec::new(), search: "giang", ..Scene::default() });
    keep("desk-empty.html", &html);
    says(
        &html,
        &[
            "Không thấy trong xã này.",
            "Đang lọc: hôm nay 24/11/2026 · bản Chung Hồ · quá hạn, trễ · chữ đang tìm.",
        ],
    );
    says(&html, &["Xóa lọc"]);
    assert!(!words(&html).contains("tồn tại"));
    assert!(!html.contains("href=\"?giang"), "the search stays out of every address");
}

#[test]
fn without_network_the_desk_says_since_when_and_what_waits() {
    let mut offline = view();
    offline.link.state = LinkState::Down { retry_at: None };
    offline.link.waiting = 2;
    if let Some(desk) = &mut offline.desk {
        desk.refused = vec![(notice(9), Rejection::OutOfOrder)];
    }
    let html = render(Scene { view: offline, ..Scene::default() });
    keep("desk-offline.html", &html);
    says(&html, &["Mất mạng từ 23:41, vẫn dùng được, 2 việc chờ gửi"]);
    says(&html, &["Việc tiếp nhận của bạn không áp dụng: thông báo đã được sửa / rút trước đó."]);
}

fn shown(rows: Vec<BookRow>, search: &str) -> Shown {
    Shown { query: BookQuery { search: search.to_owned(), ..BookQuery::default() }, page: page(rows) }
}

#[test]
fn a_row_is_news_only_under_the_same_question() {
    let first = Seen::next(None, &shown(rows().split_off(2), ""));
    assert!(first.fresh.is_empty(), "a book that opens is not news");
    let second = Seen::next(Some(&first), &shown(rows(), ""));
    let fresh: Vec<_> = second.fresh.keys().copied().collect();
    assert_eq!(fresh, [notice(1)], "the second guest of a known notice is not a new notice");
    assert!(Seen::next(Some(&second), &shown(rows(), "")).fresh.is_empty());
    let searched = Seen::next(Some(&first), &shown(rows(), "mua"));
    assert!(searched.fresh.is_empty(), "another question brings other rows, not news");
    assert!(Seen::next(Some(&searched), &shown(rows(), "")).fresh.is_empty());
}

#[test]
fn news_is_said_at_once_and_then_at_most_every_five_seconds() {
    let first = Seen::next(None, &shown(rows().split_off(4), ""));
    let second = Seen::next(Some(&first), &shown(rows().split_off(1), ""));
    let third = Seen::next(Some(&second), &shown(rows(), ""));
    let second_at = |seconds: i64| Moment(at(23, 41).0 + seconds * 1000);
    let said = Spoken::next(None, &second, second_at(0));
    assert_eq!(said.words, "Có 2 thông báo mới từ Bình Minh và 1 cơ sở khác.");
    let soon = Spoken::next(Some(&said), &third, second_at(3));
    assert_eq!(soon.words, said.words, "three seconds later it waits");
    let again = Spoken::next(Some(&soon), &third, second_at(6));
    assert_eq!(again.words, "Có 1 thông báo mới từ Hoa Địa Lan.");
    assert_eq!(Spoken::next(Some(&again), &third, second_at(60)).words, again.words, "nothing is said twice");
}
