//! What pages say.

use app::pages::book::BookPage;
use app::pages::check_receipt::Verdict;
use app::pages::conflict::Question;
use app::pages::detail::Sheet;
use app::pages::form::Steps;
use app::pages::home::HomePage;
use app::pages::lock::LockPage;
use app::pages::outbox::OutboxPage;
use app::pages::receipt::Paper;
use app::pages::stub::StubPage;
use app::parts::deadline::{Nearness, pressing};
use dossier::moment::{MinuteOfDay, Moment};
use dossier::view::{CardState, Link, ReceiptCheck, Review, Stage, StubView};
use leptos::prelude::*;

use crate::sample::*;
use crate::stage::{render, words};

fn home_at(now: Moment, link: Link) -> String {
    words(&render(open(cards(), link), now, "/may", || view! { <HomePage/> }))
}

#[test]
fn home_says_one_true_thing_of_each_guest() {
    let said = home_at(at(21, 40), cut_off(2));
    for expected in [
        "Homestay Hoa Địa Lan",
        "21:40 · Chủ nhật 22/11/2026",
        "Mất mạng , vẫn khai được. 2 chờ gửi",
        "Hạn: trước 23:00",
        "còn 1 giờ 20",
        "Khách đêm nay: 3 người",
        "Lò Thị Hạnh sinh 14/03/1996 · phòng 2 Đã lưu trên máy · chưa gửi",
        "Claire Dubois Pháp · sinh 03/06/1985 · phòng 3 Đã gửi · có biên nhận, 19:12",
        "chưa phải là thông báo lưu trú với cơ quan đăng ký cư trú",
        "Khai khách mới",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(!said.contains("đã thông báo"), "a queue never says the authority was notified");
}

#[test]
fn the_call_comes_first_when_half_an_hour_is_left() {
    let near = home_at(at(22, 48), cut_off(2));
    assert!(near.contains("còn 12 phút Gọi trực ban cũng đúng luật. Gọi trực ban Công an xã"), "{near}");
    let over = home_at(at(23, 4), cut_off(2));
    assert!(over.contains("Quá hạn 4 phút"), "{over}");
}

#[test]
fn a_late_arrival_is_never_overdue_at_one_minute_past_eleven() {
    let late = card(
        3,
        &[("Giàng A Lềnh", "25/12/1998", dossier::nationality::Nationality::VNM)],
        "1",
        at(23, 1),
        CardState::SavedHere,
    );
    let found = pressing(&[late], at(23, 2)).unwrap();
    assert_eq!(found.nearness(), Nearness::Calm);
    assert_eq!(found.due, Moment::at(today().plus(1), MinuteOfDay(480)));
}

#[test]
fn the_card_goes_when_everything_has_a_receipt() {
    let mut done = cards();
    done.remove(0);
    assert_eq!(pressing(&done, at(22, 0)), None);
    let said = words(&render(open(done, Link::default()), at(22, 0), "/may", || view! { <HomePage/> }));
    assert!(!said.contains("Hạn:") && !said.contains("chờ gửi"), "{said}");
}

#[test]
fn a_foreigner_is_to_be_declared_at_once() {
    let thai = "THA".parse().unwrap();
    let waits = card(4, &[("Somchai", "1990", thai)], "4", at(19, 0), CardState::SavedHere);
    let said = words(&render(open(vec![waits], cut_off(1)), at(19, 5), "/may", || view! { <HomePage/> }));
    assert!(said.contains("Khách nước ngoài: phải khai ngay , chậm nhất 19:00 ngày mai"), "{said}");
}

#[test]
fn a_number_that_does_not_fit_the_year_is_a_question_with_two_answers() {
    let page = || view! { <Steps draft=draft() ground=None/> };
    let html = render(open(cards(), cut_off(2)), at(21, 43), "/may/khai?buoc=1&khach=2", page);
    let said = words(&html);
    assert!(said.contains("Bước 1 trong 3: Người lưu trú") && said.contains("Khách thứ 2"), "{said}");
    assert!(
        said.contains(
            "Số này thường của người sinh năm 2004. Bạn ghi 1994. Nhìn lại thẻ giúp nhé. Sửa năm Thẻ đúng vậy"
        ),
        "{said}"
    );
    assert!(!said.contains("số sai"), "no check digit exists");
}

#[test]
fn the_check_shows_every_answer_and_one_sentence_about_the_network() {
    let page = || view! { <Steps draft=draft() ground=None/> };
    let html = render(open(cards(), cut_off(2)), at(21, 43), "/may/khai?buoc=3", page);
    let said = words(&html);
    for expected in [
        "Khách 1 Sùng A Páo 09/10/2001",
        "012 304 000 217",
        "22/11/2026, 21:35 đến 24/11/2026",
        "Du lịch",
        "Công an xã Sin Suối Hồ",
        "Đang mất mạng. Bấm gửi: máy giữ lại và tự gửi khi có mạng. Gửi thông báo lưu trú",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(html.contains("aria-label=\"Sửa khách 2\""));
}

#[test]
fn a_receipt_proves_itself_and_words_the_phones_time_as_a_claim() {
    let page = || {
        let detail = detail(CardState::Receipted { at: at(22, 7), number: number() });
        view! { <Paper detail/> }
    };
    let html = render(open(cards(), Link::default()), at(22, 10), "/may/bien-nhan/0101010101010101", page);
    let said = words(&html);
    for expected in [
        "Đã gửi · có biên nhận",
        "LC-SSH 2611 000482",
        "Chữ ký đúng",
        "Máy ghi 21:44: đã lưu trên máy",
        "trước hạn 53 phút",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(html.contains("aria-label=\"Mã QR của biên nhận LC-SSH 2611 000482\""));
}

#[test]
fn a_forged_receipt_is_told_from_one_nobody_here_can_judge() {
    let said = |found: ReceiptCheck| {
        words(&render(
            open(cards(), Link::default()),
            at(22, 10),
            "/may/kiem-tra",
            move || view! { <Verdict found=found.clone()/> },
        ))
    };
    assert!(said(ReceiptCheck::Forged).contains("Không phải biên nhận thật"));
    assert!(said(ReceiptCheck::UnknownKey).contains("Chưa biết nơi ký"));
    let genuine = ReceiptCheck::Genuine {
        number: number(),
        received_at: at(22, 7),
        commune: "xã Sin Suối Hồ".into(),
        matches: Some(true),
    };
    assert!(
        said(genuine)
            .contains("Biên nhận thật Số tiếp nhận LC-SSH 2611 000482 Công an xã Sin Suối Hồ nhận lúc 22:07")
    );
}

#[test]
fn nothing_is_chosen_beforehand_where_two_devices_differ() {
    let page = || view! { <Question detail=detail(CardState::Review(Review::Conflict))/> };
    let html = render(open(cards(), Link::default()), at(22, 10), "/may/chon/0101010101010101", page);
    let said = words(&html);
    assert!(
        said.contains("Ngày đi dự kiến là ngày nào?") && said.contains("Chưa rõ, để hỏi khách"),
        "{said}"
    );
    assert!(!html.contains(" checked"), "{html}");
}

#[test]
fn the_outbox_shows_bytes_truly_gone() {
    let mut all = cards();
    all[0].state = CardState::Sending;
    let said = words(&render(open(all, busy()), at(21, 52), "/may/hop-gui", || view! { <OutboxPage/> }));
    for expected in [
        "Hôm nay đã dùng 18 KB dữ liệu",
        "Đang gửi 62 %, còn 14 giây",
        "1,1 KB trên 1,8 KB · còn khoảng 14 giây",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}

#[test]
fn a_locked_tablet_asks_who_is_there_and_shows_a_keypad_only_to_who_has_said_so() {
    let mut view = open(cards(), cut_off(2));
    view.home = None;
    view.stage = Stage::Locked { tiles: vec![tile(0, "Vừ", 2), tile(1, "Mỷ", 0), unnamed(2)] };
    let said = words(&render(view.clone(), at(19, 52), "/may", || view! { <LockPage/> }));
    assert!(said.contains("Ai đang dùng máy? V Vừ Chủ cơ sở lưu trú 2 chờ gửi"), "{said}");
    assert!(said.contains("M Mỷ") && said.contains("Người dùng 3") && said.contains("Thêm người"), "{said}");
    assert!(!said.contains("Quên mã PIN"), "{said}");
    view.stage = Stage::Locked { tiles: vec![unnamed(0)] };
    let said = words(&render(view, at(19, 52), "/may", || view! { <LockPage/> }));
    assert!(said.contains("Máy này đã khóa") && said.contains("Quên mã PIN"), "{said}");
}

#[test]
fn a_locked_phone_names_no_guest() {
    let mut view = open(cards(), cut_off(2));
    view.home = None;
    view.stage = Stage::Locked { tiles: vec![tile(0, "Vừ", 2)] };
    let html = render(view, at(19, 52), "/may", || view! { <LockPage/> });
    let said = words(&html);
    assert!(said.contains("Vừ Chủ cơ sở lưu trú 2 chờ gửi") && said.contains("Quên mã PIN"), "{said}");
    assert!(html.contains("aria-label=\"Đã nhập 0 trên 6 số\"") && !said.contains("Lò Thị Hạnh"), "{said}");
}

#[test]
fn a_notice_sent_back_says_who_why_and_what_to_do() {
    let state = CardState::Review(Review::Returned {
        by: "Lò Văn Chung".into(),
        reason: "thiếu số phòng".into(),
    });
    let page = move || view! { <Sheet detail=detail(state.clone())/> };
    let said =
        words(&render(open(cards(), Link::default()), at(22, 10), "/may/ho-so/0101010101010101", page));
    assert!(said.contains("Cần xem lại Lò Văn Chung trả lại: thiếu số phòng Sửa thông báo"), "{said}");
}

#[test]
fn a_phone_without_contact_for_too_long_says_so_and_still_takes_a_guest() {
    let mut view = open(Vec::new(), cut_off(2));
    view.shut = true;
    let said = words(&render(view, at(21, 40), "/may", || view! { <HomePage/> }));
    assert!(said.contains("Máy lâu chưa liên lạc với nơi nhận") && said.contains("Khai khách mới"), "{said}");
    assert!(!said.contains("Đêm nay chưa có khách"), "{said}");
}

#[test]
fn a_failed_save_is_loud_and_offers_a_way_out() {
    let mut view = open(cards(), cut_off(2));
    view.storage.failed = true;
    let html = render(view, at(21, 40), "/may", || view! { <HomePage/> });
    assert!(
        words(&html).contains("Chưa lưu được. Đừng đóng trang. Xóa bớt ảnh rồi gửi lại, hoặc gọi trực ban")
    );
    assert!(html.contains("role=\"alert\""));
}

#[test]
fn of_a_stub_the_book_and_its_page_say_what_is_here_and_where_the_rest_is() {
    let stub = stub();
    let mut view = open(Vec::new(), Link::default());
    view.home.as_mut().unwrap().stubs = vec![stub.clone()];
    let said = words(&render(view.clone(), at(21, 40), "/may/so-khach", || view! { <BookPage/> }));
    assert!(said.contains("Chỉ còn biên nhận") && said.contains("SP"), "{said}");
    assert!(said.contains("Đã gửi · có biên nhận") && !said.contains("Sổ chưa có khách nào"), "{said}");

    let page = |stub: StubView| {
        let qr = "BANKHAI1:ABC".to_owned();
        words(&render(open(Vec::new(), Link::default()), at(21, 40), "/may", move || {
            view! { <StubPage stub=stub.clone() qr=qr.clone()/> }
        }))
    };
    let said = page(stub.clone());
    assert!(
        said.contains("Nội dung ở nơi nhận, không còn trên máy này") && said.contains(&number()),
        "{said}"
    );
    assert!(!said.contains("khôi phục") && !said.contains("việc mới"));
    let said = page(StubView { news: Some(at(20, 0)), restored: true, ..stub });
    assert!(said.contains("Nơi nhận có việc mới") && said.contains("Hỏi Công an xã"), "{said}");
}
