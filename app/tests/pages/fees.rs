//! What a phone says of a fee: who must pay is called to it, and paid is said of what the office has written down alone.

use app::pages::filing::fee::FeePage;
use app::pages::home::HomePage;
use dossier::filing::status::{FeeState, FilingStatus, Stage};
use dossier::filing::step::Payment;
use dossier::filing::view::{FilingCard, FilingState};
use dossier::id::DossierId;
use dossier::moment::Day;
use dossier::procedure::Version;
use dossier::view::{Home, View};
use leptos::prelude::*;

use crate::sample::*;
use crate::stage::{render, words};

fn card(number: u8, name: &str, stage: Stage, fee: FeeState) -> FilingCard {
    FilingCard {
        dossier: DossierId([number; 8]),
        version: Version { procedure: "temporary-residence".parse().unwrap(), from: Day(20_000) },
        title: "Đăng ký tạm trú".into(),
        name: name.into(),
        others: 0,
        state: FilingState::AtOffice { at: at(9, 0), number: "TR-1".into() },
        status: FilingStatus { stage, fee, ..FilingStatus::default() },
        clock: None,
        papers: (0, 0),
        elsewhere: None,
    }
}

fn with(filings: Vec<FilingCard>) -> View {
    let view = open(Vec::new(), busy());
    View { home: Some(Home { filings, ..Home::default() }), ..view }
}

#[test]
fn a_dossier_that_waits_for_its_fee_calls_like_one_that_waits_for_a_supplement() {
    let due = card(1, "Lò Văn Mẫn", Stage::FeeDue, FeeState::Due { dong: 15_000 });
    let html = render(with(vec![due]), at(10, 0), "/may", || view! { <HomePage/> });
    let said = words(&html);
    assert!(said.contains("Chờ lệ phí Lệ phí 15.000 đồng: nộp tại cơ quan tiếp nhận."), "{said}");
    let before = html.split("Chờ lệ phí").next().unwrap();
    assert!(before.rsplit("<p class=\"st ").next().unwrap().starts_with("xem"), "{html}");
}

#[test]
fn who_comes_back_from_the_gateway_sees_what_has_a_fee_and_paid_only_where_it_was_written_down() {
    let paid = FeeState::Paid { dong: 7_000, how: Payment::Online, at: at(9, 30) };
    let all = vec![
        card(1, "Lò Văn Mẫn", Stage::FeeDue, FeeState::Due { dong: 15_000 }),
        card(2, "Giàng Thị Chẳn", Stage::Processing, paid),
        card(3, "Hảng A Lù", Stage::Processing, FeeState::NotAsked),
        card(4, "Vùi Thị Sến", Stage::Decided, paid),
    ];
    let said = words(&render(with(all), at(10, 0), "/may/le-phi", || view! { <FeePage/> }));
    assert!(said.contains("Đã nộp rồi thì không nộp lại"), "{said}");
    let (due, settled) = said.split_once("Giàng Thị Chẳn").unwrap();
    assert!(due.contains("Lò Văn Mẫn") && !due.contains("Đã nộp lệ phí"), "{said}");
    assert!(settled.contains("Đã nộp lệ phí 7.000 đồng."), "{said}");
    assert!(!said.contains("Hảng A Lù") && !said.contains("Vùi Thị Sến"), "{said}");
}
