//! The list: 36 px a row, the head stays, the cursor survives every answer. Or why there is none.

use dossier::intent::Refusal;
use leptos::prelude::*;

use super::hall::{Hall, Heard, Opened};
use super::line::Line;
use app::live::{Memo, act, flag, live, worded};
use app::parts::icon::{Icon, Pictogram};
use app::text::refusal;

/// The id of a row's element.
pub fn row_id(key: &str) -> String {
    format!("m-{key}")
}

/// The list.
#[component]
pub fn Grid() -> impl IntoView {
    let hall = Hall::here();
    let lines = Memo::new(move |_| hall.lines());
    let keys = move || lines.with(|lines| lines.iter().map(|line| line.key.clone()).collect::<Vec<_>>());
    let stop = Memo::new(move |_| {
        let keys = keys();
        hall.cursor.get().filter(|cursor| keys.contains(cursor)).or_else(|| keys.first().cloned())
    });
    let head = move || {
        let columns = hall.part.get().columns(hall.role).iter().enumerate();
        let columns = columns
            .map(|(place, name)| view! { <th role="columnheader" class=format!("m{place}")>{*name}</th> });
        columns.collect_view()
    };
    view! {
        <div class="scroll">
            <table class=worded(move || format!("grid {}", hall.part.get().code())) role="grid" aria-label=worded(move || hall.part.get().label())>
                <thead role="rowgroup"><tr role="row">{live(head)}</tr></thead>
                <tbody role="rowgroup">
                    <For each=keys key=|key| key.clone() let:key>
                        <Row key=key lines=lines stop=stop/>
                    </For>
                </tbody>
            </table>
            {live(move || lines.with(Vec::is_empty).then(|| why(hall)))}
        </div>
    }
    .into_any()
}

#[component]
fn Row(key: String, lines: Memo<Vec<Line>>, stop: Memo<Option<String>>) -> impl IntoView {
    let hall = Hall::here();
    let key = StoredValue::new(key);
    // A row on its way out keeps its last words until it is taken away.
    let line = Memo::new(move |old: Option<&Option<Line>>| {
        let found =
            lines.with(|lines| lines.iter().find(|line| key.with_value(|key| line.key == *key)).cloned());
        found.or_else(|| old.cloned().flatten())
    });
    let is = move |other: Option<&String>| key.with_value(|key| other == Some(key));
    let here = move || hall.cursor.with(|cursor| is(cursor.as_ref()));
    let open = move |_| {
        hall.cursor.set(Some(key.get_value()));
        hall.open(Some(Opened::Row(key.get_value())));
    };
    let stand = move |_| {
        if !untrack(here) {
            hall.cursor.set(Some(key.get_value()));
        }
    };
    view! {
        <tr
            role="row"
            id=row_id(&key.get_value())
            class:sel=flag(here)
            class:ticked=flag(move || hall.ticked.with(|ticked| key.with_value(|key| ticked.contains(key))))
            tabindex=worded(move || if stop.with(|stop| is(stop.as_ref())) { "0" } else { "-1" })
            aria-selected=worded(move || here().to_string())
            on:focusin=act(stand)
            on:click=act(open)
        >
            {live(move || line.get().map(cells))}
        </tr>
    }
    .into_any()
}

fn cells(line: Line) -> AnyView {
    let (tone, icon, words) = line.state;
    let cells = line.cells.into_iter().enumerate().map(|(place, cell)| {
        view! { <td role="gridcell" class=format!("m{place}")>{cell}</td> }
    });
    view! {
        {cells.collect_view()}
        <td role="gridcell" class="m5">
            {(!words.is_empty()).then(|| view! {
                <span class="mark"><span class=format!("st {tone}")><Pictogram icon=icon/><span>{words}</span></span></span>
            })}
        </td>
    }
    .into_any()
}

/// Why there is no row.
fn why(hall: Hall) -> AnyView {
    match hall.heard.get() {
        Heard::Asking => view! { <p class="empty mute">"Đang hỏi nơi nhận…"</p> }.into_any(),
        Heard::Told(_) => view! { <p class="empty"><b>"Không có dòng nào."</b></p> }.into_any(),
        Heard::Refused(refused) => {
            let words = match refused {
                Refusal::NeedsNetwork => {
                    "Không có mạng. Phần này chỉ hiện khi hỏi được nơi nhận, để không ai làm theo danh sách cũ."
                        .to_owned()
                }
                other => refusal::words(&other),
            };
            view! {
                <div class="empty" role="alert">
                    <p class="st xem"><Pictogram icon=Icon::Cut/><span>{words}</span></p>
                    <button class="btn" on:click=act(move |_| hall.again())>"Hỏi lại"</button>
                </div>
            }
            .into_any()
        }
    }
}
