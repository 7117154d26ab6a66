//! What a notice says: everybody in it, what two devices wrote differently, what happened, what is proven.

use dossier::intent::StayField;
use dossier::moment::Day;
use dossier::reason::StayReason;
use dossier::stay::Guest;
use dossier::view::{Card, Conflict, Detail};
use leptos::prelude::*;

use super::bench::Bench;
use super::mark;
use super::table::MarkLine;
use super::{facts, words};
use app::live::act;
use app::parts::icon::{Icon, Pictogram};
use app::text::happening;

/// A label and its value.
type Pair = (&'static str, String);

/// What the notice says.
#[component]
pub fn Notice(detail: Detail, today: Day) -> impl IntoView {
    let many = detail.stay.present().count() > 1;
    let guests: Vec<_> = detail
        .stay
        .present()
        .map(|(_, guest)| {
            let name = many.then(|| view! { <h3 class="caps">{guest.name.as_str().to_owned()}</h3> });
            view! { <section>{name}<Values pairs=of_guest(guest)/></section> }
        })
        .collect();
    let gone: Vec<String> = detail
        .stay
        .guests
        .values()
        .filter(|guest| guest.removed)
        .map(|guest| guest.name.as_str().to_owned())
        .collect();
    view! {
        {guests}
        {(!gone.is_empty()).then(|| view! {
            <p class="mute">"Đã bỏ khỏi thông báo: "<span class="caps">{gone.join(", ")}</span></p>
        })}
        <section>
            {many.then(|| view! { <h3>"Chung"</h3> })}
            <Values pairs=of_stay(&detail, today)/>
        </section>
    }
}

fn of_guest(guest: &Guest) -> Vec<Pair> {
    let mut pairs = vec![
        ("Ngày sinh", guest.birth.to_string()),
        ("Giới tính", guest.sex.label().to_owned()),
        (guest.paper.kind().label(), guest.paper.grouped()),
    ];
    if guest.is_foreign() {
        pairs.push(("Quốc tịch", guest.nationality.vi_name().to_owned()));
        pairs.extend(guest.permitted_until.map(|until| ("Tạm trú đến", until.to_string())));
    }
    pairs.push(("Điện thoại", guest.phone.clone()));
    pairs.push(("Nơi cư trú", guest.home.clone()));
    pairs
}

fn of_stay(detail: &Detail, today: Day) -> Vec<Pair> {
    let stay = &detail.stay;
    let place = match stay.room.as_str() {
        "" => detail.house.name.clone(),
        room => format!("{}, phòng {room}", detail.house.name),
    };
    let reason = match stay.reason {
        StayReason::Other => stay.reason_text.clone(),
        reason => reason.label().to_owned(),
    };
    let mut pairs = vec![
        ("Cơ sở lưu trú", place),
        ("Bản", detail.house.village.clone()),
        ("Thời gian", words::stay(stay.arrive, stay.leave, today)),
    ];
    pairs.extend(stay.left.map(|left| ("Đã đi lúc", words::clock(left, today))));
    pairs.extend([
        ("Lý do lưu trú", reason),
        ("Ghi chú", stay.note.clone()),
        ("Người khai", detail.declarant.clone()),
        ("Kênh", detail.channel.map(words::channel).unwrap_or_default().to_owned()),
    ]);
    pairs
}

/// Labels and values; what was not given is not listed.
#[component]
fn Values(pairs: Vec<Pair>) -> impl IntoView {
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    view! { <dl class="kv">{pairs.map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> }).collect_view()}</dl> }
}

/// Fields two devices wrote differently, and the other notice of a pair.
#[component]
pub fn Differences(detail: Detail, today: Day) -> impl IntoView {
    let two = !detail.conflicts.is_empty();
    let conflicts = detail.conflicts.into_iter().map(|conflict| view! { <TwoValues conflict=conflict/> });
    view! {
        {two.then(|| view! {
            <section class="two">
                <h3>"Hai giá trị"</h3>
                {conflicts.collect_view()}
                <p class="mute xs">{words::TWO_VALUES}</p>
            </section>
        })}
        {detail.twin.map(|twin| view! { <Twin twin=twin today=today/> })}
    }
}

#[component]
fn TwoValues(conflict: Conflict) -> impl IntoView {
    let label = match &conflict.guest {
        Some(name) => format!("{} của {name}", words::field(conflict.field)),
        None => words::field(conflict.field).to_owned(),
    };
    let caps = matches!(conflict.field, StayField::Name(_));
    view! {
        <p class="mute">{label}</p>
        <ul class="values">
            {conflict.values.into_iter().map(|value| view! {
                <li>
                    <b class:caps=caps>{value.text}</b>
                    {value.shown.then(|| view! { <span class="mute">" (đang hiện trong sổ)"</span> })}
                </li>
            }).collect_view()}
        </ul>
    }
}

#[component]
fn Twin(twin: Card, today: Day) -> impl IntoView {
    let bench = Bench::here();
    let names: Vec<String> = twin.guests.iter().map(|guest| guest.name.clone()).collect();
    let line = mark::of_state(&twin.state, twin.margin, today);
    let stay =
        format!("đến {}, đi {}", words::arrival(twin.arrive, today), words::short_day(twin.leave, today));
    let room = (!twin.room.is_empty()).then(|| format!("phòng {}, ", twin.room));
    let other = twin.dossier;
    view! {
        <section class="two">
            <h3>"Có thể khai hai lần"</h3>
            <p><b class="caps">{names.join(", ")}</b></p>
            <p class="mute">{room}{stay}</p>
            <p><MarkLine mark=line/></p>
            <button class="btn" on:click=act(move |_| bench.open(other))>"Xem thông báo kia"</button>
        </section>
    }
}

/// What happened, in order; times worded as what they are.
#[component]
pub fn Timeline(detail: Detail, today: Day) -> impl IntoView {
    let margin = detail.card.margin;
    let entries = detail.timeline.iter().map(|entry| {
        let line = happening::line(entry, today, margin);
        let icon = match line.icon {
            Some(icon) => view! { <Pictogram icon=icon class=line.tone/> }.into_any(),
            None => view! { <span class="pt" aria-hidden="true"></span> }.into_any(),
        };
        let more = (!line.more.is_empty()).then(|| view! { <br/><span class="mute xs">{line.more}</span> });
        view! { <li>{icon}{line.what}{more}</li> }
    });
    view! {
        <section><h3>"Diễn biến"</h3><ol class="acts">{entries.collect_view()}</ol></section>
    }
}

/// What is proven and what is only claimed.
#[component]
pub fn Evidence(detail: Detail, today: Day) -> impl IntoView {
    let facts = facts::evidence(&detail, today).into_iter().map(|fact| {
        let kind = if fact.icon == Icon::Here { "Chưa chứng minh: " } else { "" };
        view! {
            <li class:proven=fact.proven>
                <Pictogram icon=fact.icon/>
                <span><span class="unseen">{kind}</span>{fact.words}</span>
            </li>
        }
    });
    view! { <section><h3>"Bằng chứng"</h3><ul class="ev">{facts.collect_view()}</ul></section> }
}
