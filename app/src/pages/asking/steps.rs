//! The three pages: who, where, for what.

use dossier::access::Role;
use dossier::asking::AskField;
use dossier::manage::{OpenCommune, Sim};
use dossier::vietnamese::fold;
use leptos::prelude::*;

use super::{Blocked, Form, Kind, TextField};
use crate::live::{Memo, Signal, live};
use crate::parts::pick::Pick;

const SIMS: [(Sim, &str); 3] =
    [(Sim::Own, "SIM chính chủ"), (Sim::Other, "SIM của người khác"), (Sim::Unknown, "Chưa rõ")];

/// A name and a telephone.
#[component]
pub(super) fn Who() -> impl IntoView {
    let form = Form::here();
    let picks = SIMS.map(|(sim, words)| {
        view! {
            <Pick
                group="sim"
                chosen=Signal::derive(move || form.draft.with(|draft| draft.sim) == sim)
                choose=move |()| {
                    form.edit(|draft| draft.sim = sim);
                    form.keep();
                }
            >{words}</Pick>
        }
    });
    view! {
        <TextField
            id="ho-ten"
            label="Họ và tên"
            kind=Kind::NAME
            value=form.text(|draft| draft.name.clone())
            on_input=move |text| form.edit(|draft| draft.name = text)
            on_leave=Callback::new(move |()| form.keep())
            fault=form.fault(AskField::Name)
        />
        <TextField
            id="dien-thoai"
            label="Số điện thoại"
            hint="Để Công an xã gọi lại"
            kind=Kind::DIGITS
            value=form.text(|draft| draft.phone.clone())
            on_input=move |text| form.edit(|draft| draft.phone = text)
            on_leave=Callback::new(move |()| form.keep())
            fault=form.fault(AskField::Phone)
        />
        <fieldset class="q">
            <legend class="lab">"SIM đứng tên ai"</legend>
            <div class="picks">{picks}</div>
        </fieldset>
    }
    .into_any()
}

/// Communes that are shown without a search, and those a search shows.
const FEW: usize = 6;

/// The communes to choose from: all when they are few, else those the words fit.
fn offered(communes: &[OpenCommune], typed: &str) -> Vec<OpenCommune> {
    let typed = fold(typed);
    let few = communes.len() <= FEW;
    let fits = |commune: &&OpenCommune| few || (!typed.is_empty() && fold(&commune.name).contains(&typed));
    communes.iter().filter(fits).take(FEW).cloned().collect()
}

/// The commune and the village.
#[component]
pub(super) fn Place() -> impl IntoView {
    let form = Form::here();
    let typed = move || form.asking.with(|asking| asking.communes.is_empty() || asking.communes.len() > FEW);
    let pick = move |commune: OpenCommune| {
        let (code, name) = (commune.code, commune.name.clone());
        view! {
            <Pick
                group="xa"
                chosen=Signal::derive(move || form.draft.with(|draft| draft.commune) == Some(code))
                choose=move |()| {
                    form.edit(|draft| {
                        draft.commune = Some(code);
                        draft.commune_name.clone_from(&name);
                    });
                    form.keep();
                }
            >{commune.name.clone()}</Pick>
        }
    };
    // Made anew only when the list differs: the one just tapped keeps the focus.
    let shown = Memo::new(move |_| {
        form.asking.with(|asking| form.draft.with(|draft| offered(&asking.communes, &draft.commune_name)))
    });
    let picks = move || {
        let offered = shown.get();
        (!offered.is_empty()).then(|| {
            view! {
                <fieldset class="q">
                    <legend class="lab">"Chọn xã"</legend>
                    <div class="picks">{offered.into_iter().map(pick).collect_view()}</div>
                </fieldset>
            }
        })
    };
    view! {
        {live(move || typed().then(|| view! {
            <TextField
                id="xa"
                label="Xã, phường"
                hint="Có dấu hay không dấu đều được"
                value=form.text(|draft| draft.commune_name.clone())
                on_input=move |text| form.edit(|draft| {
                    draft.commune = None;
                    draft.commune_name = text;
                })
                on_leave=Callback::new(move |()| form.keep())
            />
        }))}
        {live(picks)}
        <Blocked id="xa-loi" fault=form.fault(AskField::Commune)/>
        <TextField
            id="ban"
            label="Bản, thôn, tổ dân phố"
            value=form.text(|draft| draft.village.clone())
            on_input=move |text| form.edit(|draft| draft.village = text)
            on_leave=Callback::new(move |()| form.keep())
            fault=form.fault(AskField::Village)
        />
    }
    .into_any()
}

const ROLES: [(Role, &str, &str); 3] = [
    (Role::Owner, "Cơ sở lưu trú của tôi", "Homestay, nhà nghỉ, khách sạn"),
    (Role::Household, "Nhà tôi", "Hộ gia đình có khách ngủ lại"),
    (Role::Tenant, "Nơi tôi thuê, ở", "Có người đến ở cùng"),
];

/// As what, and the name of an establishment.
#[component]
pub(super) fn As() -> impl IntoView {
    let form = Form::here();
    let picks = ROLES.map(|(role, name, more)| {
        view! {
            <Pick
                group="vai-tro"
                chosen=Signal::derive(move || form.draft.with(|draft| draft.role) == Some(role))
                choose=move |()| {
                    form.edit(|draft| draft.role = Some(role));
                    form.keep();
                }
            >
                <b>{name}</b>
                <small>{more}</small>
            </Pick>
        }
    });
    view! {
        <fieldset class="q">
            <legend class="lab">"Tôi khai khách đến ở tại"</legend>
            <div class="picks">{picks}</div>
            <Blocked id="vai-tro-loi" fault=form.fault(AskField::Role)/>
        </fieldset>
        {live(move || (form.draft.with(|draft| draft.role) == Some(Role::Owner)).then(|| view! {
            <TextField
                id="co-so"
                label="Tên cơ sở"
                value=form.text(|draft| draft.house.clone())
                on_input=move |text| form.edit(|draft| draft.house = text)
                on_leave=Callback::new(move |()| form.keep())
                fault=form.fault(AskField::House)
            />
        }))}
    }
    .into_any()
}
