//! People, devices and areas at the desk: one list a part, one thing beside it. Everything comes from the office at the
//! moment it is looked at; without a network the page says so and shows nothing.

pub mod hall;
pub mod line;
pub mod part;

mod agency;
mod aside;
mod complaint;
mod device;
mod division;
mod fields;
mod grid;
mod pane;
mod person;
mod procedure;
mod request;
mod role;
mod several;
mod statistics;
mod tick;
mod unit;
mod verification;
mod village;
mod ways;

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::Element;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_location, use_query_map};

use self::grid::Grid;
use self::hall::{Hall, Heard, Opened};
use self::pane::Pane;
use self::part::Part;
use self::tick::Foot;
pub use self::ways::Ways;
use super::help::KeyHelp;
use super::keys::{self, Command, Focus};
use crate::top::Top;
use app::device::Device;
use app::live::{Memo, Signal, act, flag, live};
use app::parts::icon::{Icon, Pictogram};
use app::parts::shell::name_window;

/// The field the filter words are typed into.
const SEARCH_ID: &str = "manage-search";

/// The page of a part.
#[component]
pub fn ManagePage() -> impl IntoView {
    let role = Device::here().who().with_untracked(|who| who.as_ref().map(|who| who.role));
    let path = use_location().pathname;
    let named = move || path.with(|path| Part::of(path.rsplit('/').next().unwrap_or_default()));
    let open = move |part: &Part| role.is_some_and(|role| part.is_for(role));
    let first = Part::ALL.into_iter().find(open);
    if named().filter(open).is_none() {
        let to = first.map_or("/may/may-nay".to_owned(), Part::address);
        return view! { <Redirect path=to/> }.into_any();
    }
    // The address of a part that is somebody else's work changes nothing: the first of one's own is asked.
    let part = Memo::new(move |_| named().filter(open).or(first).unwrap_or(Part::People));
    let query = use_query_map();
    let chip = Memo::new(move |_| query.with(|query| query.get("loc").unwrap_or_default()));
    let hall = Hall::asking(part, chip);
    Effect::new(move |_| {
        part.track();
        hall.open(None);
        hall.cursor.set(None);
        hall.ticked.set(Default::default());
        hall.words.set(String::new());
    });
    listen(hall);
    name_window(move || part.get().label().to_owned());
    view! { <Hallway hall=hall/> }.into_any()
}

fn listen(hall: Hall) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || hall.help.get_untracked() {
                return;
            }
            let focus = event.target().map_or(Focus::Book, |_| {
                let at = event_target::<Element>(&event);
                Focus::of(&at.tag_name(), at.get_attribute("type").as_deref())
            });
            let command = keys::command(&event.key(), focus, true);
            if command.is_some_and(|command| untrack(|| obey(hall, command))) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// Does what a key asks for; `false` leaves the key to the browser.
fn obey(hall: Hall, command: Command) -> bool {
    let keys: Vec<String> = hall.lines().into_iter().map(|line| line.key).collect();
    let at = hall.cursor.get().and_then(|cursor| keys.iter().position(|key| *key == cursor));
    let to = match command {
        Command::Down => at.map_or(0, |at| at + 1).min(keys.len().saturating_sub(1)),
        Command::Up => at.unwrap_or(0).saturating_sub(1),
        Command::First => 0,
        Command::Last => keys.len().saturating_sub(1),
        Command::Open => {
            let Some(key) = at.and_then(|at| keys.get(at)) else { return false };
            hall.open(Some(Opened::Row(key.clone())));
            return true;
        }
        Command::Close => {
            hall.open(None);
            return true;
        }
        Command::Tick => {
            let Some(key) = at.and_then(|at| keys.get(at)) else { return false };
            return hall.tick(key);
        }
        Command::Help => {
            hall.help.set(true);
            return true;
        }
        Command::Search => {
            hall.browser.with(|browser| browser.focus(SEARCH_ID));
            return true;
        }
        Command::New if hall.part.get().adds(hall.role).is_some() => {
            hall.open(Some(Opened::New));
            return true;
        }
        Command::New | Command::Receive | Command::Return => return false,
    };
    let Some(key) = keys.get(to) else { return false };
    hall.cursor.set(Some(key.clone()));
    hall.browser.with(|browser| browser.focus(&grid::row_id(key)));
    true
}

/// The page over a hall.
#[component]
pub fn Hallway(
    /// What its parts read and do.
    hall: Hall,
) -> impl IntoView {
    provide_context(hall);
    let open = move || hall.opened.with(Option::is_some);
    view! {
        <div class="desk manage" class:open=flag(open)>
            <div class="floor">
                <Top id=SEARCH_ID label="Tìm trong danh sách" words=hall.words/>
                <Side/>
                <main class="tbl">
                    <Head/>
                    <Grid/>
                    <Foot/>
                </main>
                <Pane/>
            </div>
            <KeyHelp open=hall.help list=Signal::derive(move || part::keys(hall.part.get(), hall.role))/>
        </div>
    }
    .into_any()
}

#[component]
fn Side() -> impl IntoView {
    let hall = Hall::here();
    let back = match hall.role {
        role if role.is_police() => Some(("/may/ban-lam-viec", Icon::Book, "Sổ lưu trú")),
        role if role.works_on_dossiers() => Some((app::desk::DOSSIERS, Icon::Outbox, "Hồ sơ")),
        role if role.is_team() => Some(("/may", Icon::Back, "Khai thay")),
        _ => None,
    };
    view! {
        <nav class="side" aria-label="Phần việc">
            <div class="weave"></div>
            <ul>
                {back.map(|(to, icon, words)| view! {
                    <li><a href=to><Pictogram icon=icon/><span>{words}</span></a></li>
                })}
                <Ways role=hall.role here=Signal::derive(move || Some(hall.part.get()))/>
            </ul>
            <p class="hints mute" aria-hidden="true">
                <kbd>"J"</kbd>" "<kbd>"K"</kbd>" lên xuống"<br/>
                <kbd>"Enter"</kbd>" mở  "<kbd>"Esc"</kbd>" đóng"
            </p>
            <button class="all-keys" on:click=act(move |_| hall.help.set(true))>
                <kbd aria-hidden="true">"?"</kbd>" Mọi phím tắt"
            </button>
        </nav>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    let hall = Hall::here();
    let count = move || {
        let told = hall.heard.with(|heard| matches!(heard, Heard::Told(_)));
        told.then(|| format!("{} {}", hall.lines().len(), hall.part.get().unit()))
    };
    let add = move || {
        hall.part.get().adds(hall.role).map(|words| {
            view! {
                <button class="btn main-act" on:click=act(move |_| hall.open(Some(Opened::New)))>
                    <Pictogram icon=Icon::Add/>
                    {words}
                </button>
            }
        })
    };
    view! {
        <div class="hd">
            <h1 class="grow">{live(move || hall.part.get().label())}</h1>
            <p role="status">{live(count)}</p>
            {live(add)}
        </div>
        {live(move || hall.part.get().note().map(|words| view! { <p class="note mute">{words}</p> }))}
        {live(move || chips(hall.part.get(), hall.chip))}
    }
    .into_any()
}

fn chips(part: Part, chip: Memo<String>) -> AnyView {
    if part.chips().is_empty() {
        return ().into_any();
    }
    let links = part.chips().iter().map(|(code, words)| {
        let on = move || chip.with(|chip| chip == code);
        let to = move || if on() { part.address() } else { format!("{}?loc={code}", part.address()) };
        view! { <a class="chip" class:on=flag(on) href=to aria-current=move || on().then_some("true")>{*words}</a> }
    });
    view! { <div class="filters" role="group" aria-label="Lọc">{links.collect_view()}</div> }.into_any()
}
