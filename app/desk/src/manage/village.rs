//! One bản: which establishments declare, which do not, one more of them; and one more bản.

use dossier::access::Action;
use dossier::id::CommuneCode;
use dossier::manage::{Ask, House, NewHouse, NewVillage, Told, Village, VillageChange};
use leptos::prelude::*;

use super::fields::{Chosen, Deed, Typed, picked};
use super::hall::Hall;
use super::person;
use app::live::{RwSignal, Signal, act, live};
use app::parts::consent::Consent;
use app::text::time;

fn find(hall: Hall, key: &str) -> Option<Village> {
    hall.find(|told| match told {
        Told::Villages(_, villages) => villages.iter().find(|one| one.id.0.to_string() == key).cloned(),
        _ => None,
    })
}

/// One village.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let first = find(hall, key)?;
    let key = key.to_owned();
    let list = move || find(hall, &key).map(|one| houses(hall, &one));
    let change = (hall.role.may(Action::ManagePeople) && !hall.role.is_team()).then(|| change(hall, &first));
    Some(view! { {live(list)}{change} }.into_any())
}

fn houses(hall: Hall, one: &Village) -> AnyView {
    let today = hall.today.get();
    let open = one.adoption.is_some();
    let row = move |house: House| {
        let said = match (open, house.has_account, house.last_notice) {
            (false, ..) => String::new(),
            (_, false, None) => "chưa có tài khoản, chưa khai lần nào".to_owned(),
            (_, true, None) => "có tài khoản, chưa khai lần nào".to_owned(),
            (_, _, Some(at)) => format!("khai lần cuối {}", time::moment(at, today)),
        };
        let phone = if house.phone.is_empty() { String::new() } else { format!(" · {}", house.phone) };
        let id = house.id;
        let agree = hall.role.may(Action::GiveConsent).then(|| view! {
            <button class="btn plain" on:click=act(move |_| hall.act(Ask::Agree(id), false))>"Mã đồng ý"</button>
        });
        view! {
            <li>
                <b>{house.name}</b>" · "{house.kind}{phone}
                <span class="row"><span class="grow mute">{said}</span><a class="btn plain" href=house.poster target="_blank">"Áp phích"</a>{agree}</span>
            </li>
        }
    };
    let houses = hall.houses_of(one.id).into_iter().map(row).collect_view();
    view! {
        <h2>{one.name.clone()}</h2>
        <h3>"Cơ sở"</h3>
        <ul class="held">{houses}</ul>
        {live(move || hall.agreed.get().map(|agreed| view! { <Consent agreed/> }))}
    }
    .into_any()
}

fn change(hall: Hall, one: &Village) -> AnyView {
    let id = one.id;
    let [name, kind, phone] = [(); 3].map(|()| RwSignal::new(String::new()));
    let new_name = RwSignal::new(one.name.clone());
    kind.set("homestay".to_owned());
    let add = move |()| {
        let phone = phone.get_untracked();
        let phone = if phone.trim().is_empty() { Ok(None) } else { phone.parse().map(Some) };
        let (Ok(name), Ok(kind), Ok(phone)) =
            (name.get_untracked().parse(), kind.get_untracked().parse(), phone)
        else {
            return hall.object("Cơ sở cần tên và loại; điện thoại để trống hoặc đúng số.");
        };
        hall.act(Ask::AddHouse(NewHouse { village: id, name, kind, phone, address: None }), false);
    };
    let rename = move |()| match new_name.get_untracked().parse() {
        Ok(name) => hall.act(Ask::ChangeVillage(id, VillageChange::Rename(name)), false),
        Err(_) => hall.object("Tên bản còn trống."),
    };
    view! {
        <section class="fields">
            <h3>"Thêm cơ sở"</h3>
            <Typed label="Tên" value=name/>
            <Typed label="Loại" value=kind/>
            <Typed label="Điện thoại" value=phone kind="tel"/>
            <Deed words="Thêm cơ sở" run=add main=true/>
        </section>
        <section class="fields">
            <h3>"Đổi tên bản"</h3>
            <Typed label="Tên mới" value=new_name/>
            <Deed words="Đổi tên" run=rename/>
        </section>
    }
    .into_any()
}

/// One more village.
pub fn new(hall: Hall) -> AnyView {
    let [name, commune] = [(); 2].map(|()| RwSignal::new(String::new()));
    let add = move |()| {
        let commune = person::number(&picked(commune, &untrack(|| hall.communes()))).map(CommuneCode);
        let (Some(commune), Ok(name)) = (commune, name.get_untracked().parse()) else {
            return hall.object("Bản cần tên và xã.");
        };
        hall.act(Ask::AddVillage(NewVillage { commune, name }), true);
    };
    view! {
        <h2>"Thêm bản"</h2>
        <section class="fields">
            <Typed label="Tên, như “bản Chung Hồ”" value=name/>
            <Chosen label="Xã" options=Signal::derive(move || hall.communes()) value=commune/>
            <Deed words="Thêm bản" run=add main=true/>
        </section>
    }
    .into_any()
}
