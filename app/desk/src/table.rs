//! The book: one row a person, 36 px, newest arrival first. Rows are kept by id, so that an answer of the device
//! changes cells and never the place, the focus or the scroll.

use dossier::moment::Day;
use dossier::nationality::Nationality;
use dossier::view::BookRow;
use leptos::prelude::*;

use super::bench::{Bench, row_id};
use super::filters::ROWS;
use super::mark::{self, Mark};
use super::marks::RowKey;
use super::news::Seen;
use super::words;
use app::live::{Memo, act, flag, live, worded};
use app::parts::icon::{Icon, Pictogram};

/// The columns, in the order of every width.
const COLUMNS: [&str; 7] =
    ["Đến", "Họ và tên", "Ngày sinh", "Số giấy tờ", "Cơ sở · phòng", "Đi", "Trạng thái"];

/// The table, or why it is empty.
#[component]
pub fn Table(
    /// What has just come.
    seen: Memo<Seen>,
) -> impl IntoView {
    let bench = Bench::here();
    let count = move || bench.page(|page| page.total.saturating_add(1)).to_string();
    // One row takes the Tab key: the one with the cursor, or the first.
    let stop = Memo::new(move |_| {
        let keys = bench.keys();
        let cursor = bench.marks.with(|marks| marks.cursor);
        cursor.filter(|cursor| keys.contains(cursor)).or(keys.first().copied())
    });
    view! {
        <div class="scroll">
            <table class="grid" role="grid" aria-label=words::TITLE aria-rowcount=count>
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">
                        <th role="columnheader" class="c0"><TickAll/></th>
                        {COLUMNS.iter().enumerate().map(|(place, name)| {
                            let sort = (place == 0).then_some("descending");
                            let arrow = (place == 0).then(|| view! { <span aria-hidden="true">" ↓"</span> });
                            view! {
                                <th role="columnheader" class=format!("c{}", place + 1) aria-sort=sort>
                                    {*name}{arrow}
                                </th>
                            }
                        }).collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || bench.keys() key=|key| *key let:key>
                        <Row key=key seen=seen stop=stop/>
                    </For>
                </tbody>
            </table>
            <Empty/>
        </div>
    }
    .into_any()
}

#[component]
fn TickAll() -> impl IntoView {
    let bench = Bench::here();
    let all = move || {
        let keys = bench.keys();
        !keys.is_empty() && bench.marks.with(|marks| keys.iter().all(|key| marks.ticked.contains(&key.0)))
    };
    let flip = move |_| {
        let keys = untrack(|| bench.keys());
        bench.marks.update(|marks| marks.tick_all(&keys));
    };
    view! {
        <label class="tick">
            <input type="checkbox" aria-label="Chọn mọi thông báo đang thấy" prop:checked=flag(all) on:change=act(flip)/>
        </label>
    }
}

#[component]
fn Row(key: RowKey, seen: Memo<Seen>, stop: Memo<Option<RowKey>>) -> impl IntoView {
    let bench = Bench::here();
    // A row on its way out keeps its last words until it is taken away.
    let row =
        Memo::new(move |old: Option<&Option<BookRow>>| bench.row(key).or_else(|| old.cloned().flatten()));
    let here = Memo::new(move |_| bench.marks.with(|marks| marks.cursor == Some(key)));
    let ticked = Memo::new(move |_| bench.marks.with(|marks| marks.ticked.contains(&key.0)));
    let fresh = Memo::new(move |_| seen.with(|seen| seen.fresh.contains_key(&key.0)));
    let place = move || {
        let offset = bench.filters.with(|filters| filters.leaf.saturating_mul(ROWS));
        let place = bench.keys().iter().position(|other| *other == key).unwrap_or_default();
        (place + 2).saturating_add(usize::try_from(offset).unwrap_or_default()).to_string()
    };
    let stand = move |_| {
        if !here.get_untracked() {
            bench.marks.update(|marks| marks.cursor = Some(key));
        }
    };
    let open = move |_| {
        bench.marks.update(|marks| marks.cursor = Some(key));
        bench.open(key.0);
    };
    let name = move || row.with(|row| row.as_ref().map(|row| format!("Chọn {}", row.name)));
    view! {
        <tr
            role="row"
            id=row_id(key)
            class:sel=flag(move || here.get())
            class:fresh=flag(move || fresh.get())
            tabindex=worded(move || if stop.get() == Some(key) { "0" } else { "-1" })
            aria-selected=worded(move || here.get().to_string())
            aria-rowindex=worded(place)
            on:focusin=act(stand)
            on:click=act(open)
        >
            <td role="gridcell" class="c0" on:click=act(|event: leptos::ev::MouseEvent| event.stop_propagation())>
                <label class="tick">
                    <input
                        type="checkbox"
                        tabindex="-1"
                        aria-label=name
                        prop:checked=flag(move || ticked.get())
                        on:change=act(move |_| bench.marks.update(|marks| marks.tick(key.0)))
                    />
                </label>
            </td>
            {live(move || row.get().map(|row| view! { <Cells row=row today=bench.today.get()/> }))}
        </tr>
    }
    .into_any()
}

#[component]
fn Cells(row: BookRow, today: Day) -> impl IntoView {
    let mark = mark::of_row(&row, today);
    let foreign = (row.nationality != Nationality::VNM)
        .then(|| view! { <abbr title=row.nationality.vi_name()>{row.nationality.code()}</abbr>" " });
    let place = if row.room.is_empty() {
        row.establishment
    } else {
        format!("{} · {}", row.establishment, row.room)
    };
    view! {
        <td role="gridcell" class="c1 num">{words::arrival(row.arrive, today)}</td>
        <td role="gridcell" class="c2 caps"><b>{row.name}</b></td>
        <td role="gridcell" class="c3 num">{row.birth}</td>
        <td role="gridcell" class="c4 num">{foreign}{row.number}</td>
        <td role="gridcell" class="c5">{place}</td>
        <td role="gridcell" class="c6 num">{words::short_day(row.leave, today)}</td>
        <td role="gridcell" class="c7"><MarkLine mark=mark/></td>
    }
}

/// A state in the table or on a chip: silhouette and words together.
#[component]
pub fn MarkLine(
    /// What is said.
    mark: Mark,
    /// Tinted, as a chip.
    #[prop(optional)]
    fill: bool,
) -> impl IntoView {
    let class = format!("st {} {}", mark.tone, if fill { "fill" } else { "" });
    view! {
        <span class="mark">
            <span class=class><Pictogram icon=mark.icon/><span>{mark.words}</span></span>
            {mark.late.map(|late| {
                let aloud = format!(", {late}");
                view! {
                    <span class="st qua late" title=late>
                        <Pictogram icon=Icon::Overdue/>
                        <span class="unseen">{aloud}</span>
                    </span>
                }
            })}
        </span>
    }
}

/// Why there is no row: what is being filtered by, and never that somebody does not exist.
#[component]
fn Empty() -> impl IntoView {
    let bench = Bench::here();
    let reasons = move || {
        let search = bench.search.with(|search| !search.trim().is_empty());
        bench.filters.with(|filters| words::filters_on(filters, search, bench.today.get()))
    };
    let empty =
        move || bench.shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.page.rows.is_empty()));
    view! {
        {live(move || empty().then(|| view! {
            <div class="empty">
                <p><b>{words::NOTHING}</b></p>
                <p class="mute">{reasons}</p>
            </div>
        }))}
        {live(move || bench.shown.with(Option::is_none).then(|| view! { <p class="empty mute">"Đang mở sổ…"</p> }))}
    }
}
