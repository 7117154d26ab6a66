//! The officer's desk, rendered natively over invented people. The pages go to `target/preview/` to be looked at.

use std::collections::BTreeMap;
use std::path::Path;

use app::browser::{Browser, NoBrowser};
use app::clock::Clock;
use app::desk::Floor;
use app::desk::bench::{Bench, Typing};
use app::desk::filters::Filters;
use app::desk::marks::{Marks, RowKey};
use app::desk::news::{Seen, Shown, Spoken};
use app::device::Device;
use app::parts::icon::Sprite;
use dossier::access::Role;
use dossier::birth::BirthDate;
use dossier::deadline::Due;
use dossier::id::{DossierId, EstablishmentId, GuestId};
use dossier::intent::{Answer, BookQuery, StayField};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};
use dossier::view::{
    BookChoices, BookPage, BookRow, Card, CardGuest, CardState, Conflict, ConflictValue, Desk, Detail, Entry,
    Happening, House, Link, LinkState, ReceiptView, Rejection, Review, Stage, Standing, View, Who,
};
use leptos::prelude::*;

fn today() -> Day {
    Day::from_date(2026, 11, 24).unwrap()
}

fn at(hour: u16, minute: u16) -> Moment {
    Moment::at(today(), MinuteOfDay(hour * 60 + minute))
}

fn notice(number: u8) -> DossierId {
    DossierId([7, 7, 7, 0, 0, 0, 0, number])
}

fn key(number: u8, guest: u8) -> RowKey {
    (notice(number), GuestId([0, 0, 0, guest]))
}

fn receipted(hour: u16, minute: u16) -> CardState {
    CardState::Receipted { at: at(hour, minute), number: "SSH-1-000-497".to_owned() }
}

fn received(hour: u16, minute: u16) -> CardState {
    CardState::Received { at: at(hour, minute), by: "Lò Văn Chung".to_owned() }
}

/// Notice, name, birth, nationality, number, house and room, state, margin.
type Line = (u8, &'static str, &'static str, &'static str, &'static str, (&'static str, &'static str), CardState, i64);

fn lines() -> Vec<(Moment, Line)> {
    let lan = "Hoa Địa Lan";
    vec![
        (at(23, 31), (1, "Mùa A Khua", "17/02/1999", "VNM", "012 299 003 184", (lan, "4"), received(23, 40), 500)),
        (at(22, 41), (2, "Thào Thị Chú", "08/06/2001", "VNM", "012 301 007 762", ("Suối Mây", "1"), receipted(23, 4), -4)),
        (at(22, 41), (2, "Giàng A Lềnh", "25/12/1998", "VNM", "012 098 002 915", ("Suối Mây", "1"), receipted(23, 4), -4)),
        (at(22, 20), (3, "Đặng Quốc Khánh", "30/04/1985", "VNM", "001 085 019 447", ("Bình Minh", "12"), receipted(22, 21), 39)),
        (at(21, 35), (4, "Sùng A Páo", "09/10/2001", "VNM", "012 201 005 873", (lan, "5"), received(22, 7), 53)),
        (at(21, 35), (4, "Sùng Thị Dính", "14/03/2004", "VNM", "012 304 000 217", (lan, "5"), received(22, 7), 53)),
        (at(21, 20), (5, "Lò Thị Hạnh", "14/03/1996", "VNM", "012 196 004 318", (lan, "2"), received(22, 6), -64)),
        (at(21, 20), (6, "Nguyễn Hữu Phước", "02/09/1988", "VNM", "001 088 012 654", (lan, "2"), receipted(22, 6), 54)),
        (at(21, 10), (7, "Vàng Văn Ún", "1941", "VNM", "012 041 000 066", ("Hộ Vàng Thị Dua", ""), CardState::Review(Review::Conflict), 60)),
        (at(20, 45), (8, "Phạm Thùy Linh", "19/09/1993", "VNM", "037 193 008 201", ("Mây Núi", "3"), received(20, 46), 134)),
        (at(20, 15), (9, "Chẻo Sành Mẩy", "11/11/1979", "VNM", "012 179 001 358", ("Hộ Tẩn Láo Lở", ""), CardState::Review(Review::Twin), 120)),
        (at(19, 30), (10, "Tôn Nữ Thị Ninh Hoàng Phương Uyên Nhi", "05/05/1990", "VNM", "014 090 006 673", ("Nhà nghỉ cộng đồng Chung Hồ", "7"), received(19, 33), 207)),
        (at(19, 5), (11, "Claire Dubois", "27/07/1994", "FRA", "20AK48136", (lan, "3"), received(19, 12), 228)),
        (Moment::at(today().plus(-2), MinuteOfDay(1145)), (12, "Li Wen", "03/10/1987", "CHN", "EJ4403917", ("Mây Núi", "1"),
            CardState::Review(Review::Returned { by: "Lò Văn Chung".to_owned(), reason: "Thiếu số phòng".to_owned() }), 228)),
    ]
}

fn rows() -> Vec<BookRow> {
    let lines = lines().into_iter().enumerate();
    lines
        .map(|(place, (arrive, (number, name, birth, nation, paper, (house, room), state, margin)))| BookRow {
            dossier: notice(number),
            guest: GuestId([0, 0, 0, u8::try_from(place).unwrap()]),
            arrive,
            leave: today().plus(1),
            name: name.to_owned(),
            birth: birth.to_owned(),
            nationality: nation.parse().unwrap(),
            number: paper.to_owned(),
            establishment: house.to_owned(),
            village: "Sín Chải".to_owned(),
            room: room.to_owned(),
            state,
            margin: Some(margin),
            pending: number == 3,
        })
        .collect()
}

fn page(rows: Vec<BookRow>) -> BookPage {
    BookPage {
        total: u32::try_from(rows.len()).unwrap(),
        late: 2,
        review: 2,
        establishments: 6,
        choices: BookChoices {
            villages: vec!["Sín Chải".to_owned(), "Chung Hồ".to_owned()],
            establishments: vec![(EstablishmentId(4), "Homestay Suối Mây".to_owned())],
            nationalities: vec![Nationality::VNM, "FRA".parse().unwrap(), "CHN".parse().unwrap()],
        },
        rows,
    }
}

fn guest(name: &str, year: &str, number: &str) -> Guest {
    Guest {
        name: name.parse().unwrap(),
        birth: BirthDate::parse("8", "6", year, today()).unwrap(),
        sex: Sex::Female,
        nationality: Nationality::VNM,
        paper: IdentityPaper::parse(PaperKind::IdentityCard, number).unwrap(),
        permitted_until: None,
        phone: String::new(),
        home: "bản Sàng Mà Pho".to_owned(),
        confirmed: false,
        removed: false,
    }
}

fn card(number: u8, state: CardState, margin: Option<i64>) -> Card {
    Card {
        dossier: notice(number),
        guests: vec![CardGuest {
            guest: GuestId([0, 0, 0, 1]),
            name: "Thào Thị Chú".to_owned(),
            birth: "08/06/2001".to_owned(),
            nationality: Nationality::VNM,
        }],
        room: "1".to_owned(),
        arrive: at(22, 41),
        leave: today().plus(2),
        left: None,
        state,
        due: Due { at: at(23, 0), foreign_limit: None, is_next_morning: false, is_night_before: false },
        margin,
        changed: false,
        conflicts: 0,
        twin: None,
        called: false,
        ended: false,
    }
}

fn detail() -> Detail {
    let entry = |at, what| Entry { at, what };
    let guests = BTreeMap::from([
        (GuestId([0, 0, 0, 1]), guest("Thào Thị Chú", "2001", "012301007762")),
        (GuestId([0, 0, 0, 2]), guest("Giàng A Lềnh", "1998", "012098002915")),
    ]);
    Detail {
        card: card(2, receipted(23, 4), Some(-4)),
        stay: Stay {
            arrive: at(22, 41),
            leave: today().plus(2),
            left: None,
            room: "1".to_owned(),
            reason: StayReason::FamilyVisit,
            reason_text: String::new(),
            note: String::new(),
            guests,
        },
        draft: dossier::draft::StayDraft::default(),
        house: House {
            id: EstablishmentId(4),
            name: "Homestay Suối Mây".to_owned(),
            village: "Sín Chải".to_owned(),
            remote: true,
        },
        declarant: "Tẩn A Sèng".to_owned(),
        receipt: Some(ReceiptView {
            number: "SSH-1-000-497".to_owned(),
            received_at: at(23, 4),
            qr: String::new(),
            current: true,
        }),
        timeline: vec![
            entry(at(22, 41), Happening::Arrived),
            entry(at(22, 46), Happening::SavedOnDevice { last_contact: Some(at(21, 12)) }),
            entry(at(23, 0), Happening::Due),
            entry(at(23, 4), Happening::Receipted { number: "SSH-1-000-497".to_owned() }),
        ],
        conflicts: Vec::new(),
        twin: None,
        can_receive: true,
        can_return: true,
    }
}

fn view() -> View {
    View {
        revision: 3,
        stage: Stage::Open(Box::new(Who {
            name: "Lò Văn Chung".to_owned(),
            role: Role::Officer,
            establishment: None,
            commune: "xã Sin Suối Hồ".to_owned(),
            agency: "Công an xã Sin Suối Hồ".to_owned(),
            province: "tỉnh Lai Châu".to_owned(),
            duty_phone: "02130000000".to_owned(),
            standing: Standing::Announced,
        })),
        link: Link { last_contact: Some(Moment(at(23, 41).0 + 6000)), ..Link::default() },
        desk: Some(Desk { tonight: 61, waiting: 5, late: 2, review: 2, unsent: 1, refused: Vec::new() }),
        ..View::default()
    }
}

/// What stands on the desk.
struct Scene {
    view: View,
    filters: Filters,
    rows: Vec<BookRow>,
    detail: Option<Detail>,
    marks: Marks,
    search: &'static str,
}

impl Default for Scene {
    fn default() -> Scene {
        Scene {
            view: view(),
            filters: Filters::default(),
            rows: rows(),
            detail: None,
            marks: Marks::default(),
            search: "",
        }
    }
}

fn open(number: u8) -> Marks {
    Marks { cursor: Some(key(number, 1)), opened: Some(notice(number)), ..Marks::default() }
}

fn render(scene: Scene) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let (view, _) = signal(scene.view);
        let device = Device::new(view, Box::new(|_| Box::pin(async { Answer::Done })));
        provide_context(device);
        provide_context(Browser::new(NoBrowser));
        provide_context(Clock::new(Signal::stored(Moment(at(23, 41).0).0), device));
        let (filters, rows, detail) = (scene.filters, scene.rows, scene.detail);
        let shown = Shown { query: filters.query(today(), scene.search), page: page(rows) };
        let typing = Typing::new();
        typing.marks.set(scene.marks);
        typing.search.set(scene.search.to_owned());
        let bench = Bench::over(
            Memo::new(move |_| filters.clone()),
            Memo::new(move |_| Some(shown.clone())),
            Memo::new(move |_| detail.clone()),
            typing,
            |_| {},
        );
        view! { <Sprite/><Floor bench=bench/> }.to_html()
    })
}

fn keep(name: &str, html: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = root.join("target/preview");
    std::fs::create_dir_all(&folder).unwrap();
    let page = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Sổ tiếp nhận lưu trú · Bản Khai</title>\
         <link rel=\"stylesheet\" href=\"../../style/main.css\"></head><body>{html}</body></html>"
    );
    std::fs::write(folder.join(name), page).unwrap();
}

/// Words as a reader meets them: without tags and comments.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => words.push(letter),
            _ => {}
        }
    }
    words
}

#[track_caller]
fn says(html: &str, wanted: &[&str]) {
    let words = words(html);
    for wanted in wanted {
        assert!(words.contains(wanted), "{wanted:?} is not on the page:\n{words}");
    }
}

#[test]
fn the_book_says_each_state_with_its_time() {
    let html = render(Scene::default());
    keep("desk.html", &html);
    let states = ["Tiếp nhận 23:40", "Trễ 4 phút", "2 giá trị", "Khai hai lần", "Đã trả lại", "Chờ gửi", "Chờ tiếp nhận 22:06"];
    says(&html, &states);
    says(&html, &["Cập nhật 23:41:06", "tỉnh Lai Châu · trực ban: Lò Văn Chung", "FRA 20AK48136", "22/11 19:05"]);
    says(&html, &["14 người · 6 cơ sở · 2 trễ · 2 cần xem lại", "1–14 / 14"]);
}

#[test]
fn no_style_attribute_stands_in_the_page() {
    for html in [render(Scene::default()), render(Scene { detail: Some(detail()), marks: open(2), ..Scene::default() })] {
        assert!(!html.contains("style=\""));
        assert!(!html.contains("<script"));
    }
}

#[test]
fn one_row_takes_the_tab_key_and_is_the_selected_one() {
    let html = render(Scene { marks: Marks { cursor: Some(key(2, 1)), ..Marks::default() }, ..Scene::default() });
    assert_eq!(html.matches("<tr").count(), 15);
    assert_eq!(html.matches("aria-selected=\"true\"").count(), 1);
    let row = html.split("<tr").find(|row| row.contains("Thào Thị Chú")).unwrap();
    assert!(row.contains("tabindex=\"0\"") && row.contains("aria-selected=\"true\""), "{row}");
    let without = render(Scene::default());
    let first = without.split("<tr").find(|row| row.contains("Mùa A Khua")).unwrap();
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
    let form = html.split("<form class=\"reason\"").nth(1).unwrap();
    let button = form.split("<button").find(|button| button.contains("type=\"submit\"")).unwrap();
    assert!(button.contains("disabled"), "{button}");
}

#[test]
fn what_can_no_longer_be_done_has_no_button() {
    let done = Detail { can_receive: false, can_return: false, ..detail() };
    let html = render(Scene { detail: Some(done), marks: open(2), ..Scene::default() });
    let pane = html.split("class=\"decide\"").nth(1).and_then(|rest| rest.split("</aside>").next()).unwrap();
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
    says(&html, &["Ngày sinh của Thào Thị Chú", "08/06/2001 (đang hiện trong sổ)", "06/08/2001", "Có thể khai hai lần"]);
}

#[test]
fn an_empty_answer_names_the_filters_and_never_says_nobody_exists() {
    let filters = Filters { village: Some("Chung Hồ".to_owned()), overdue: true, ..Filters::default() };
    let html = render(Scene { filters, rows: Vec::new(), search: "giang", ..Scene::default() });
    keep("desk-empty.html", &html);
    says(&html, &["Không thấy trong xã này.", "Đang lọc: hôm nay 24/11/2026 · bản Chung Hồ · quá hạn, trễ · chữ đang tìm."]);
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
