//! Hồ sơ: the dossiers of the commune at the desk, overdue first, the opened one beside them. The same without network.

mod act;
mod fee;
mod pane;
mod remarks;
mod supplement;
mod table;
mod verify;

use dossier::access::Role;
use dossier::filing::intent::{FilingAnswer, FilingIntent, QueuePart, QueueQuery};
use dossier::filing::view::{FilingDetail, QueuePage, QueueRow};
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::Element;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_query_map};

use self::pane::Pane;
use self::table::Table;
use super::keys::{self, Command, Focus};
use super::manage::Ways;
use crate::top::Top;
use app::browser::Browser;
use app::clock::Clock;
use app::desk::DOSSIERS;
use app::device::Device;
use app::live::{Memo, RwSignal, Signal, flag, live};
use app::parts::icon::{Icon, Pictogram};
use app::parts::shell::{Refused, name_window};

const SEARCH_ID: &str = "hang-tim";
/// The title of the opened dossier.
pub(super) const PANE_ID: &str = "hang-mo";
/// Rows of one page.
const ROWS: u32 = 200;

/// The ways into the table, as the address names them.
const PARTS: [(QueuePart, &str, &str); 5] = [
    (QueuePart::Open, "", "Đang giải quyết"),
    (QueuePart::Waiting, "cho", "Chờ tiếp nhận"),
    (QueuePart::Late, "qua-han", "Quá hạn"),
    (QueuePart::Decided, "cho-tra", "Chờ trả kết quả"),
    (QueuePart::Ended, "xong", "Đã kết thúc"),
];

/// The page's state; a handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub device: Device,
    pub browser: Browser,
    pub clock: Clock,
    pub words: RwSignal<String>,
    pub cursor: RwSignal<Option<DossierId>>,
    pub opened: RwSignal<Option<DossierId>>,
    pub page: Memo<QueuePage>,
    pub detail: Memo<Option<FilingDetail>>,
}

impl Line {
    pub(super) fn here() -> Line {
        expect_context::<Line>()
    }

    /// Whether they take in what somebody files at the counter.
    fn files_for_others(self) -> bool {
        let role = self.device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
        role.is_some_and(Role::files_for_others)
    }

    /// Whether it is the one-stop desk, which receives and hands out what others decide.
    pub(super) fn is_one_stop(self) -> bool {
        let role = self.device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
        role.is_some_and(|role| role.agency().is_none())
    }

    /// Whether it is an officer under a head: some steps are the head's.
    pub(super) fn is_officer(self) -> bool {
        let role = self.device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
        role == Some(Role::Officer)
    }

    fn rows(self) -> Vec<QueueRow> {
        self.page.with(|page| page.rows.clone())
    }

    pub(super) fn open(self, dossier: Option<DossierId>) {
        self.opened.set(dossier);
        if let Some(dossier) = dossier {
            self.cursor.set(Some(dossier));
        }
    }
}

/// Where an officer files for who stands at the counter.
const COUNTER: &str = "/may/thu-tuc";

/// The page.
#[component]
pub fn DossiersPage() -> impl IntoView {
    let device = Device::here();
    let role = device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
    if !role.is_some_and(Role::works_on_dossiers) {
        return view! { <Redirect path="/may"/> }.into_any();
    }
    let query = use_query_map();
    let part = Memo::new(move |_| {
        let named = query.with(|query| query.get("loc").unwrap_or_default());
        PARTS.iter().find(|(_, code, _)| *code == named).map_or(QueuePart::Open, |(part, ..)| *part)
    });
    let words = RwSignal::new(String::new());
    let opened = RwSignal::new(None::<DossierId>);
    let revision = device.slice(|view| view.revision);
    let asked = device.follow(move || {
        revision.track();
        let query =
            QueueQuery { search: words.get(), part: part.get(), limit: ROWS, ..QueueQuery::default() };
        Some(Intent::Filing(FilingIntent::Queue(query)))
    });
    let told = device.follow(move || {
        revision.track();
        opened.get().map(|id| Intent::Filing(FilingIntent::Open(id)))
    });
    // The rows of a moment ago stay until others come.
    let page = Memo::new(move |old: Option<&QueuePage>| {
        asked.with(|asked| match asked {
            Some((_, Answer::Filing(FilingAnswer::Queue(page)))) => (**page).clone(),
            _ => old.cloned().unwrap_or_default(),
        })
    });
    let detail = Memo::new(move |_| {
        told.with(|told| match told {
            Some((_, Answer::Filing(FilingAnswer::Detail(detail)))) => {
                Some((**detail).clone()).filter(|detail| Some(detail.card.dossier) == opened.get())
            }
            _ => None,
        })
    });
    let line = Line {
        device,
        browser: Browser::here(),
        clock: Clock::here(),
        words,
        cursor: RwSignal::new(None),
        opened,
        page,
        detail,
    };
    provide_context(line);
    listen(line);
    name_window(|| "Hồ sơ".to_owned());
    let open = move || opened.with(Option::is_some);
    view! {
        <div class="desk manage" class:open=flag(open)>
            <div class="floor">
                <Top id=SEARCH_ID label="Tìm tên, số định danh, số tiếp nhận" words=line.words/>
                <Side part/>
                <main class="tbl">
                    <Head part/>
                    <Refused/>
                    <Table/>
                </main>
                <Pane/>
            </div>
        </div>
    }
    .into_any()
}

/// The keys count wherever the focus is.
fn listen(line: Line) {
    let navigate = use_navigate();
    let counter = line.files_for_others();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let focus = event.target().map_or(Focus::Book, |_| {
                let at = event_target::<Element>(&event);
                Focus::of(&at.tag_name(), at.get_attribute("type").as_deref())
            });
            let command = keys::command(&event.key(), focus, true);
            if command == Some(Command::New) && counter {
                event.prevent_default();
                return navigate(COUNTER, Default::default());
            }
            if command.is_some_and(|command| untrack(|| obey(line, command))) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// Does what a key asks for; `false` leaves the key to the browser.
fn obey(line: Line, command: Command) -> bool {
    let keys: Vec<DossierId> = line.rows().into_iter().map(|row| row.card.dossier).collect();
    let at = line.cursor.get().and_then(|cursor| keys.iter().position(|key| *key == cursor));
    let to = match command {
        Command::Down => at.map_or(0, |at| at + 1).min(keys.len().saturating_sub(1)),
        Command::Up => at.unwrap_or(0).saturating_sub(1),
        Command::First => 0,
        Command::Last => keys.len().saturating_sub(1),
        Command::Open => {
            let Some(key) = at.and_then(|at| keys.get(at)) else { return false };
            line.open(Some(*key));
            return true;
        }
        Command::Close => {
            line.open(None);
            return true;
        }
        Command::Search => {
            line.browser.with(|browser| browser.focus(SEARCH_ID));
            return true;
        }
        Command::Tick | Command::Help | Command::New | Command::Receive | Command::Return => return false,
    };
    let Some(key) = keys.get(to) else { return false };
    line.cursor.set(Some(*key));
    line.browser.with(|browser| browser.focus(&table::row_id(*key)));
    true
}

#[component]
fn Side(part: Memo<QueuePart>) -> impl IntoView {
    let line = Line::here();
    let role = line.device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
    let police = role.is_some_and(Role::is_police);
    let ways = PARTS.map(|(own, code, words)| {
        let to = if code.is_empty() { DOSSIERS.to_owned() } else { format!("{DOSSIERS}?loc={code}") };
        let count = move || match own {
            QueuePart::Waiting => Some(line.page.with(|page| page.waiting)),
            QueuePart::Late => Some(line.page.with(|page| page.late)),
            QueuePart::Decided => Some(line.page.with(|page| page.decided)),
            QueuePart::Open | QueuePart::Ended => None,
        };
        let hot = move || own == QueuePart::Late && count().is_some_and(|count| count > 0);
        let icon = match own {
            QueuePart::Open => Icon::Outbox,
            QueuePart::Waiting => Icon::Receipt,
            QueuePart::Late => Icon::Overdue,
            QueuePart::Decided => Icon::Received,
            QueuePart::Ended => Icon::Tick,
        };
        view! {
            <li>
                <a href=to aria-current=move || (part.get() == own).then_some("page")>
                    <Pictogram icon/>
                    <span>{words}</span>
                    {live(move || count().map(|count| view! {
                        <span class="n" class:hot=flag(hot)>{count}<span class="unseen">" hồ sơ"</span></span>
                    }))}
                </a>
            </li>
        }
    });
    view! {
        <nav class="side" aria-label="Phần việc">
            <div class="weave"></div>
            <ul>
                {police.then(|| view! {
                    <li><a href=app::desk::BOOK><Pictogram icon=Icon::Book/><span>"Sổ lưu trú"</span></a></li>
                })}
                {ways}
                {role.map(|role| view! { <Ways role=role here=Signal::derive(|| None)/> })}
            </ul>
            <p class="hints mute" aria-hidden="true">
                <kbd>"J"</kbd>" "<kbd>"K"</kbd>" lên xuống"<br/>
                <kbd>"Enter"</kbd>" mở  "<kbd>"Esc"</kbd>" đóng"
                {line.files_for_others().then(|| view! { <br/><kbd>"N"</kbd>" nhận tại quầy" })}
            </p>
        </nav>
    }
    .into_any()
}

#[component]
fn Head(part: Memo<QueuePart>) -> impl IntoView {
    let line = Line::here();
    let title = move || {
        let named = PARTS.iter().find(|(own, ..)| *own == part.get());
        named.map_or("Hồ sơ", |(_, _, words)| *words)
    };
    view! {
        <div class="hd">
            <h1 class="grow">"Hồ sơ · "{live(title)}</h1>
            <p role="status">{live(move || format!("{} hồ sơ", line.page.with(|page| page.total)))}</p>
            {line.files_for_others().then(|| view! {
                <a class="btn counter" href=COUNTER aria-keyshortcuts="N"><Pictogram icon=Icon::Add class="i-s"/>"Nhận hồ sơ tại quầy"</a>
            })}
        </div>
    }
    .into_any()
}
