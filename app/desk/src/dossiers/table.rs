//! The table: 36 px a row, late ones on top.

use dossier::filing::view::QueueRow;
use dossier::id::DossierId;
use leptos::prelude::*;

use super::Line;
use app::live::{Memo, act, flag, live, worded};
use app::parts::icon::{Icon, Pictogram};
use app::text::{filing as words, time};

/// The id of a row's element.
pub fn row_id(dossier: DossierId) -> String {
    format!("h-{dossier}")
}

/// The table.
#[component]
pub fn Table() -> impl IntoView {
    let line = Line::here();
    let keys =
        move || line.page.with(|page| page.rows.iter().map(|row| row.card.dossier).collect::<Vec<_>>());
    let stop = Memo::new(move |_| {
        let keys = keys();
        line.cursor.get().filter(|cursor| keys.contains(cursor)).or_else(|| keys.first().copied())
    });
    let where_it_lies = if line.is_one_stop() { "Nơi giải quyết" } else { "Nơi ở" };
    let columns = ["Người", "Thủ tục", where_it_lies, "Nhận lúc", "Hẹn trả", "Tình trạng"];
    view! {
        <div class="scroll">
            <table class="grid" role="grid" aria-label="Hồ sơ">
                <thead role="rowgroup"><tr role="row">
                    {columns.iter().enumerate().map(|(place, name)| view! { <th role="columnheader" class=format!("m{place}")>{*name}</th> }).collect_view()}
                </tr></thead>
                <tbody role="rowgroup">
                    <For each=keys key=|key| *key let:key><Row key stop/></For>
                </tbody>
            </table>
            {live(move || line.page.with(|page| page.rows.is_empty()).then(|| view! {
                <p class="empty"><b>"Không có hồ sơ nào ở đây."</b></p>
            }))}
        </div>
    }
    .into_any()
}

#[component]
fn Row(key: DossierId, stop: Memo<Option<DossierId>>) -> impl IntoView {
    let line = Line::here();
    // A row on its way out keeps its last words until it is taken away.
    let row = Memo::new(move |old: Option<&Option<QueueRow>>| {
        let found = line.page.with(|page| page.rows.iter().find(|row| row.card.dossier == key).cloned());
        found.or_else(|| old.cloned().flatten())
    });
    let here = move || line.cursor.get() == Some(key);
    let stand = move |_| {
        if !untrack(here) {
            line.cursor.set(Some(key));
        }
    };
    view! {
        <tr
            role="row"
            id=row_id(key)
            class:sel=flag(here)
            tabindex=worded(move || if stop.get() == Some(key) { "0" } else { "-1" })
            aria-selected=worded(move || here().to_string())
            on:focusin=act(stand)
            on:click=act(move |_| line.open(Some(key)))
        >
            {live(move || row.get().map(|row| cells(line, row)))}
        </tr>
    }
    .into_any()
}

fn cells(line: Line, row: QueueRow) -> AnyView {
    let today = line.clock.today_once();
    let others = if row.card.others > 0 { format!(" +{}", row.card.others) } else { String::new() };
    let late = row.card.clock.is_some_and(|clock| clock.overdue > 0 && clock.ended.is_none());
    let said = words::state(&row.card, &line.device.link().get_untracked());
    let (tone, icon, state) = match (row.pending, late) {
        (true, _) => ("", Icon::Here, format!("{} · chờ gửi", row.card.status.word())),
        (false, true) => ("qua", Icon::Overdue, row.card.status.word().to_owned()),
        (false, false) if row.card.status.submitted.is_some() => {
            (said.tone.class(), said.icon, row.card.status.word().to_owned())
        }
        (false, false) => (said.tone.class(), said.icon, said.words),
    };
    let back = (row.card.status.surplus > 0).then_some(" · cần hoàn tiền");
    let elsewhere = row.card.elsewhere.as_ref();
    let lies = match (line.is_one_stop(), elsewhere) {
        (true, Some(at)) => at.decides.clone(),
        (true, None) => row.agency.label().to_owned(),
        // Of what another desk took in, the village is known and no house.
        (false, Some(at)) => format!("{} · {}", row.village, words::received_by(at)),
        (false, None) => format!("{}, {}", row.establishment, row.village),
    };
    // While another agency is asked, the day that is waited for is theirs.
    let term = words::asked(&row.card.status, today);
    let term = term.or_else(|| row.card.clock.map(|clock| words::term(&clock, today)));
    let one_stop = row.one_stop && elsewhere.is_none() && !line.is_one_stop();
    let through = one_stop.then_some(" · một cửa");
    view! {
        <td role="gridcell" class="m0 caps">{row.card.name}{others}</td>
        <td role="gridcell" class="m1">{row.card.title}</td>
        <td role="gridcell" class="m2">{lies}</td>
        <td role="gridcell" class="m3">{row.at.map(|at| time::moment(at, today))}{through}</td>
        <td role="gridcell" class="m4">{term}</td>
        <td role="gridcell" class="m5">
            <span class="mark"><span class=format!("st {tone}")><Pictogram icon/><span>{state}{back}</span></span></span>
        </td>
    }
    .into_any()
}
