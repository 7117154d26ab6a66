//! Sáp nhập, chia tách: entered before, carried out on the day; villages nobody has assigned are asked for.

use dossier::id::CommuneCode;
use dossier::manage::{Ask, Merger, NewMerger, Part, Told, VillageChange};
use leptos::prelude::*;

use super::division::Division;
use super::fields::{Chosen, Deed, Typed, fact, picked};
use super::hall::Hall;
use super::person;
use app::live::{RwSignal, Signal, act, flag, live};
use app::text::time;

/// One merger, or one village that needs its commune.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    if let Some(village) = key.strip_prefix("ban-") {
        return join(hall, village);
    }
    let one: Merger = hall.find(|told| match told {
        Told::Mergers(mergers, _) => mergers.iter().find(|one| one.number.to_string() == key).cloned(),
        _ => None,
    })?;
    let parts = one.parts.iter().map(|(part, name)| {
        let divided = if part.divided { ", chia tách" } else { "" };
        view! { <li>{format!("{name} ({}){divided}", part.code)}</li> }
    });
    let parts = parts.collect_view();
    Some(
        view! {
            <h2>{one.name.clone()}</h2>
            <dl class="kv">
                {fact("Mã mới", one.code.to_string())}
                {fact("Từ ngày", one.effective.to_string())}
                {fact("Trạng thái", if one.applied { "đã thực hiện" } else { "chờ đến ngày" })}
            </dl>
            <h3>"Từ các đơn vị"</h3>
            <ul class="held">{parts}</ul>
        }
        .into_any(),
    )
}

fn join(hall: Hall, village: &str) -> Option<AnyView> {
    let village = person::village(village)?;
    let name = hall.find(|told| match told {
        Told::Mergers(_, unsettled) => {
            unsettled.iter().find(|one| one.id == village).map(|one| one.name.clone())
        }
        _ => None,
    })?;
    let commune = RwSignal::new(String::new());
    let run = move |()| {
        let Some(code) = person::number(&picked(commune, &untrack(|| hall.communes()))) else { return };
        hall.act(Ask::ChangeVillage(village, VillageChange::Join(CommuneCode(code))), true);
    };
    Some(
        view! {
            <h2>"Chọn xã cho "{name}</h2>
            <section class="fields">
                <Chosen label="Xã" options=Signal::derive(move || hall.communes()) value=commune/>
                <Deed words="Ghi" run=run main=true/>
            </section>
        }
        .into_any(),
    )
}

/// One more merger.
pub fn new(hall: Hall) -> AnyView {
    let [code, name, agency, effective] = [(); 4].map(|()| RwSignal::new(String::new()));
    effective.set(time::input_day(hall.today.get_untracked().plus(1)));
    let chosen = RwSignal::new(Vec::<Part>::new());
    let division = Division::new();
    let parts = move || {
        let rows = hall.communes().into_iter().filter_map(move |(number, words)| {
            let code = CommuneCode(person::number(&number)?);
            let part = move || chosen.with(|parts| parts.iter().find(|part| part.code == code).cloned());
            let take = move |_| {
                chosen.update(|parts| match parts.iter().position(|part| part.code == code) {
                    Some(place) => _ = parts.remove(place),
                    None => parts.push(Part { code, divided: false }),
                });
            };
            let divide = move |_| {
                chosen.update(|parts| {
                    parts.iter_mut().filter(|part| part.code == code).for_each(|part| part.divided = !part.divided);
                });
            };
            Some(view! {
                <li class="row">
                    <label class="grow">
                        <input type="checkbox" prop:checked=flag(move || part().is_some()) on:change=act(take)/>
                        {format!(" {words} ({code})")}
                    </label>
                    {live(move || part().map(|part| view! {
                        <label><input type="checkbox" prop:checked=part.divided on:change=act(divide)/>" chia"</label>
                    }))}
                </li>
            })
        });
        rows.collect_view()
    };
    let enter = move |()| {
        let (code, day) =
            (person::number(code.get_untracked().trim()), time::typed_day(&effective.get_untracked()));
        let (Some(code), Some(effective)) = (code, day) else {
            return hall.object("Mã mới có năm chữ số; cần ngày có hiệu lực.");
        };
        let (Ok(name), Ok(agency)) = (name.get_untracked().parse(), agency.get_untracked().parse()) else {
            return hall.object("Cần tên đơn vị mới và tên cơ quan.");
        };
        let parts = chosen.get_untracked();
        if parts.is_empty() {
            return hall.object("Chọn ít nhất một đơn vị cũ.");
        }
        let villages = division.moves(hall, &parts);
        let new = NewMerger { parts, code: CommuneCode(code), name, agency, effective, villages };
        hall.act(Ask::Merge(new), true);
    };
    view! {
        <h2>"Nhập sáp nhập"</h2>
        <section class="fields">
            <h3>"Đơn vị cũ"</h3>
            <ul class="held">{live(parts)}</ul>
            <Typed label="Mã mới" value=code/>
            <Typed label="Tên mới, như “xã Sin Suối Hồ”" value=name/>
            <Typed label="Cơ quan, như “Công an xã Sin Suối Hồ”" value=agency/>
            <Typed label="Có hiệu lực từ ngày" value=effective kind="date"/>
            {division.fields(hall, chosen, code)}
            <Deed words="Ghi" run=enter main=true/>
        </section>
    }
    .into_any()
}
