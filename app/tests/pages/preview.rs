//! Pictures for the eye: `cargo test -p app --test pages -- --ignored` writes target/preview/*.html.

use std::fs;
use std::path::Path;

use app::pages::book::BookPage;
use app::pages::call::CallPage;
use app::pages::check_receipt::{CheckReceiptPage, Verdict};
use app::pages::conflict::Question;
use app::pages::detail::Sheet;
use app::pages::form::Steps;
use app::pages::fresh::FreshPage;
use app::pages::home::HomePage;
use app::pages::lock::LockPage;
use app::pages::machine::MachinePage;
use app::pages::outbox::OutboxPage;
use app::pages::pair::Pair;
use app::pages::public::Landing;
use app::pages::receipt::Paper;
use app::pages::still::ElsewherePage;
use app::pages::stub::StubPage;
use dossier::draft::GuestDraft;
use dossier::moment::Moment;
use dossier::view::{CardState, Link, ReceiptCheck, Rejection, Review, Stage, StubView, View};
use leptos::prelude::*;

use crate::sample::*;
use crate::stage::render;

fn write<V: IntoView + 'static>(
    name: &str,
    theme: &str,
    view: View,
    now: Moment,
    address: &str,
    page: impl Fn() -> V + Send + Sync + Clone + 'static,
) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = root.join("target/preview");
    fs::create_dir_all(&folder).unwrap();
    let style: String = ["fonts", "tokens", "base", "parts", "form", "pages", "print"]
        .iter()
        .map(|sheet| fs::read_to_string(root.join(format!("style/{sheet}.css"))).unwrap())
        .collect();
    let fonts = root.join("public/fonts").display().to_string();
    let style = style.replace("/fonts/", &format!("file://{fonts}/"));
    let body = render(view, now, address, page);
    let html = format!(
        "<!doctype html><html lang=vi data-theme={theme}><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><style>{style}</style><body>{body}"
    );
    fs::write(folder.join(format!("{name}.html")), html).unwrap();
}

#[test]
#[ignore = "writes files to look at"]
fn pages_to_look_at() {
    let home = || view! { <HomePage/> };
    write("a-home", "light", open(cards(), cut_off(2)), at(21, 40), "/may", home);
    write("k-home-dark", "dark", open(cards(), cut_off(2)), at(22, 48), "/may", home);
    write("k-home-over", "sun", open(cards(), cut_off(2)), at(23, 4), "/may", home);
    write("a-home-empty", "light", open(vec![], Link::default()), at(21, 40), "/may", home);
    for (name, address) in [
        ("b-guest", "/may/khai?buoc=1&khach=2"),
        ("b-stay", "/may/khai?buoc=2"),
        ("c-check", "/may/khai?buoc=3"),
    ] {
        write(
            name,
            "light",
            open(cards(), cut_off(2)),
            at(21, 43),
            address,
            || view! { <Steps draft=draft() ground=None/> },
        );
    }
    let foreign = || {
        let mut draft = draft();
        let nationality = "FRA".parse().unwrap();
        let paper = dossier::paper::PaperKind::Passport;
        draft.guests = vec![GuestDraft { nationality, paper, number: "19AB12345".into(), ..guest_draft() }];
        view! { <Steps draft ground=None/> }
    };
    write("b-foreign", "light", open(cards(), cut_off(2)), at(21, 43), "/may/khai", foreign);
    let receipted = || CardState::Receipted { at: at(22, 7), number: number() };
    write(
        "d-receipt",
        "light",
        open(cards(), Link::default()),
        at(22, 10),
        "/may/bien-nhan/01",
        move || view! { <Paper detail=detail(receipted())/> },
    );
    write(
        "detail",
        "light",
        open(cards(), Link::default()),
        at(22, 10),
        "/may/ho-so/01",
        move || view! { <Sheet detail=detail(receipted())/> },
    );
    let mut all = cards();
    all[0].state = CardState::Sending;
    let france = "FRA".parse().unwrap();
    all.push(card(
        9,
        &[("Marie Petit", "1990", france)],
        "1",
        at(9, 0),
        CardState::Review(Review::Rejected(Rejection::Invalid)),
    ));
    write("e-outbox", "light", open(all, busy()), at(21, 52), "/may/hop-gui", || view! { <OutboxPage/> });
    write(
        "f-conflict",
        "light",
        open(cards(), Link::default()),
        at(22, 0),
        "/may/chon/01",
        || view! { <Question detail=detail(CardState::Review(Review::Conflict))/> },
    );
    write(
        "pair",
        "light",
        open(cards(), Link::default()),
        at(22, 0),
        "/may/cap/01",
        || view! { <Pair detail=detail(CardState::Review(Review::Twin))/> },
    );
    let mut locked = open(cards(), cut_off(2));
    locked.stage = Stage::Locked { tiles: vec![unnamed(0)] };
    write("g-lock", "light", locked.clone(), at(19, 52), "/may", || view! { <LockPage/> });
    locked.stage = Stage::Locked { tiles: vec![tile(0, "Mỷ", 3), tile(1, "Lở", 0), unnamed(2)] };
    write("g-lock-tablet", "light", locked, at(19, 52), "/may", || view! { <LockPage/> });
    write(
        "fresh",
        "light",
        View { stage: Stage::Fresh, ..View::default() },
        at(19, 52),
        "/may",
        || view! { <FreshPage/> },
    );
    write("elsewhere", "light", View::default(), at(19, 52), "/may", || view! { <ElsewherePage/> });
    write(
        "book",
        "light",
        open(cards(), Link::default()),
        at(22, 0),
        "/may/so-khach",
        || view! { <BookPage/> },
    );
    let mut kept = open(cards(), Link::default());
    kept.home.as_mut().unwrap().stubs = vec![stub()];
    write("book-stub", "light", kept, at(22, 0), "/may/so-khach", || view! { <BookPage/> });
    write("stub", "light", open(vec![], Link::default()), at(22, 0), "/may/ho-so/09", || {
        let news = StubView { news: Some(at(20, 0)), ..stub() };
        view! { <StubPage stub=news qr=format!("BANKHAI1:{}", "3F9A2C71".repeat(16))/> }
    });
    write("call", "light", open(cards(), cut_off(2)), at(22, 48), "/may/goi", || view! { <CallPage/> });
    write(
        "machine",
        "light",
        open(cards(), cut_off(2)),
        at(22, 48),
        "/may/may-nay",
        || view! { <MachinePage/> },
    );
    write(
        "check",
        "light",
        open(cards(), cut_off(2)),
        at(22, 48),
        "/may/kiem-tra",
        || view! { <CheckReceiptPage/><Verdict found=ReceiptCheck::Forged/> },
    );
    write("landing", "light", View::default(), at(12, 0), "/", || view! { <Landing/> });
}
