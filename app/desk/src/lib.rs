//! The officer's desk: the stay book of the commune, live, keyboard first, the same without network on a tablet.
//! Everything it shows comes from the device's own replica. It is an artefact of its own, with a phone's pages in it: who
//! has no desk does not fetch it.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

pub mod bench;
pub mod dossiers;
pub mod filters;
pub mod keys;
pub mod manage;
pub mod mark;
pub mod marks;
pub mod news;
pub mod words;

mod bar;
mod bulk;
mod decide;
mod doing;
mod facts;
mod filter_bar;
mod help;
mod notice;
mod pane;
mod side;
mod table;
mod top;
mod troubles;

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::Element;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::{NavigateOptions, path};

use self::bar::Bar;
use self::bench::Bench;
use self::bulk::Bulk;
use self::filter_bar::FilterBar;
use self::filters::Filters;
use self::help::Help;
use self::keys::{Command, Focus};
use self::news::{Seen, Spoken};
use self::pane::Pane;
use self::side::Side;
use self::table::Table;
use self::troubles::Troubles;
use app::clock::Clock;
use app::live::{Memo, flag, live, worded};
use app::parts::icon::{Icon, Pictogram};
use app::parts::shell::name_window;

/// Where an officer files for who stands at the counter.
const COUNTER: &str = "/may/khai-thay";

/// The pages of a device that has a desk: a phone's, and the desk's own.
pub fn pages() -> AnyView {
    app::pages_with(vec![
        app::at(path!("/may/ban-lam-viec"), Desk),
        app::at(path!("/may/ban-ho-so"), dossiers::DossiersPage),
        app::at(path!("/may/quan-ly"), manage::ManagePage),
        app::at(path!("/may/quan-ly/:part"), manage::ManagePage),
    ])
}

/// The officer's desk.
#[component]
pub fn Desk() -> impl IntoView {
    let address = use_query_map();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let filters = Memo::new(move |_| address.with(|address| Filters::from_url(|key| address.get(key))));
    let go = move |filters: Filters| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("{}{}", path.get_untracked(), filters.to_url()), options);
    };
    let bench = Bench::fetching(filters, go);
    listen(bench);
    name_window(|| words::TITLE.to_owned());
    view! { <Floor bench=bench/> }
}

/// The keys count wherever the focus is, also nowhere.
fn listen(bench: Bench) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || bench.help.get_untracked() {
                return;
            }
            let focus = event.target().map_or(Focus::Book, |_| {
                let at = event_target::<Element>(&event);
                Focus::of(&at.tag_name(), at.get_attribute("type").as_deref())
            });
            let command = keys::command(&event.key(), focus, bench.letters.get_untracked());
            if command == Some(Command::New) {
                event.prevent_default();
                return navigate(COUNTER, NavigateOptions::default());
            }
            if command.is_some_and(|command| untrack(|| bench.obey(command))) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// The desk over a bench: bar, side, book, notice. Its parts give their types away (`into_any`): the whole desk as
/// one type is deeper than the compiler follows.
#[component]
pub fn Floor(
    /// What its parts read and do.
    bench: Bench,
) -> impl IntoView {
    provide_context(bench);
    let seen = Memo::new(move |old: Option<&Seen>| {
        bench.shown.with(|shown| match (shown, old) {
            (Some(shown), old) => Seen::next(old, shown),
            (None, Some(old)) => old.clone(),
            (None, None) => Seen::default(),
        })
    });
    let open = move || bench.marks.with(|marks| marks.opened.is_some());
    view! {
        <div class="desk" class:open=flag(open) data-print=worded(move || bench.sheet.get().code())>
            <div class="floor">
                <Bar/>
                <Side/>
                <main class="tbl">
                    <Head/>
                    <FilterBar/>
                    <Troubles/>
                    <Table seen=seen/>
                    <Bulk/>
                </main>
                <Pane/>
            </div>
            <Aloud seen=seen/>
            <Help/>
        </div>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    let bench = Bench::here();
    let counts =
        Memo::new(move |_| bench.page(|page| (page.total, page.establishments, page.late, page.review)));
    let printed =
        move || words::printed(bench.device.who().with(|who| who.clone()).as_ref(), Clock::here().now());
    let late = move || (counts.get().2 > 0).then(|| view! { " · "<b class="qua">{counts.get().2}</b>" trễ" });
    let review = move || {
        (counts.get().3 > 0).then(|| view! { " · "<b class="xem">{counts.get().3}</b>" cần xem lại" })
    };
    view! {
        <div class="hd">
            <h1 class="grow">{words::TITLE}</h1>
            <p>
                <b>{live(move || counts.get().0)}</b>" người · "<b>{live(move || counts.get().1)}</b>" cơ sở"
                {late}{review}
            </p>
            <a class="btn counter" href=COUNTER aria-keyshortcuts="N"><Pictogram icon=Icon::Add class="i-s"/>"Khai tại quầy"</a>
            <p class="paper-only">{printed}</p>
        </div>
    }
    .into_any()
}

/// What has just come, said to readers politely.
#[component]
fn Aloud(seen: Memo<Seen>) -> impl IntoView {
    let clock = Clock::here();
    let spoken =
        Memo::new(move |old: Option<&Spoken>| seen.with(|seen| Spoken::next(old, seen, clock.now())));
    view! { <p class="unseen" role="status">{live(move || spoken.with(|spoken| spoken.words.clone()))}</p> }
}
