//! The desk rendered natively, kept to be looked at, and read as a reader reads it.

use std::path::Path;

use app::browser::{Browser, NoBrowser};
use app::clock::Clock;
use app::device::Device;
use app::live::{Memo, Signal};
use app::parts::icon::Sprite;
use desk::Floor;
use desk::bench::{Bench, Typing};
use desk::filters::Filters;
use desk::marks::Marks;
use desk::news::Shown;
use dossier::intent::Answer;
use dossier::view::{BookRow, Detail, View};
use leptos::prelude::*;

use crate::sample::*;

/// What stands on the desk.
pub struct Scene {
    pub view: View,
    pub filters: Filters,
    pub rows: Vec<BookRow>,
    pub detail: Option<Detail>,
    pub marks: Marks,
    pub search: &'static str,
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

pub fn open(number: u8) -> Marks {
    Marks { cursor: Some(key(number, 1)), opened: Some(notice(number)), ..Marks::default() }
}

pub fn render(scene: Scene) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let (view, _) = signal(scene.view);
        let device = Device::new(view, Box::new(|_| Box::pin(async { Answer::Done })));
        provide_context(device);
        provide_context(Browser::new(NoBrowser));
        provide_context(Clock::new(Signal::derive(|| at(23, 41).0), device));
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

pub fn keep(name: &str, html: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("as written above");
    let folder = root.join("target/preview");
    std::fs::create_dir_all(&folder).expect("as written above");
    let page = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Sổ tiếp nhận lưu trú · Bản Khai</title>\
         <link rel=\"stylesheet\" href=\"../../style/main.css\"></head><body>{html}</body></html>"
    );
    std::fs::write(folder.join(name), page).expect("as written above");
}

/// Words as a reader meets them: without tags and comments.
pub fn words(html: &str) -> String {
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
pub fn says(html: &str, wanted: &[&str]) {
    let words = words(html);
    for wanted in wanted {
        assert!(words.contains(wanted), "{wanted:?} is not on the page:\n{words}");
    }
}
