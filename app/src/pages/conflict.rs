//! Hai máy ghi khác nhau: one question a screen, both values large, nothing chosen beforehand.

use dossier::intent::{Choice, Intent, StayField};
use dossier::view::{Conflict, Detail};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::detail::Opened;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, flag};
use crate::parts::guest::page_of;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;
use crate::parts::shell::Page;

/// The page.
#[component]
pub fn ConflictPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Question detail/> }.into_any()/> }
}

/// The question a field asks.
pub fn question(field: StayField) -> &'static str {
    match field {
        StayField::Arrive => "Khách đến lúc nào?",
        StayField::Leave => "Ngày đi dự kiến là ngày nào?",
        StayField::Left => "Khách đã đi lúc nào?",
        StayField::Room => "Phòng nào?",
        StayField::Reason => "Lý do lưu trú là gì?",
        StayField::ReasonText => "Mục đích khác là gì?",
        StayField::Name(_) => "Họ tên đúng là gì?",
        StayField::Birth(_) => "Ngày sinh đúng là ngày nào?",
        StayField::Sex(_) => "Giới tính trên giấy tờ là gì?",
        StayField::Nationality(_) => "Quốc tịch nào?",
        StayField::PaperKind(_) => "Loại giấy tờ nào?",
        StayField::PaperNumber(_) => "Số giấy tờ đúng là số nào?",
        StayField::PermittedUntil(_) => "Thời hạn tạm trú đến ngày nào?",
        StayField::Phone(_) => "Số điện thoại nào?",
        StayField::Home(_) => "Nơi cư trú ở đâu?",
        StayField::Removed(_) => "Khách này có ở không?",
        StayField::Confirmed(_) => "Đã nhìn lại giấy tờ chưa?",
    }
}

/// The first question that is open.
#[component]
pub fn Question(
    /// The notice.
    detail: Detail,
) -> impl IntoView {
    let back = page_of(&detail.card);
    let left = detail.conflicts.len();
    let under = if left == 0 { String::new() } else { format!("Còn {left} chỗ cần chọn") };
    match detail.conflicts.first().cloned() {
        Some(conflict) => view! { <One detail conflict under back/> }.into_any(),
        None => view! {
            <Page title="Hai máy ghi khác nhau" back>
                <p class="st nhan"><Pictogram icon=Icon::Tick/>"Không còn chỗ nào cần chọn."</p>
            </Page>
        }
        .into_any(),
    }
}

#[component]
fn One(detail: Detail, conflict: Conflict, under: String, back: String) -> impl IntoView {
    let device = Device::here();
    let navigate = use_navigate();
    let chosen = RwSignal::new(None::<Option<usize>>);
    let id = detail.card.dossier;
    let field = conflict.field;
    let name = conflict.guest.clone().unwrap_or_else(|| {
        detail.card.guests.iter().map(|guest| guest.name.clone()).collect::<Vec<_>>().join(", ")
    });
    let room = (!detail.card.room.is_empty()).then(|| format!("phòng {}", detail.card.room));
    let texts: Vec<String> = conflict.values.iter().map(|value| value.text.clone()).collect();
    let picks = conflict
        .values
        .into_iter()
        .enumerate()
        .map(|(place, value)| {
            let by = if value.here { "máy này ghi" } else { "máy khác ghi" };
            let shown = value.shown.then_some(" · đang hiện ở mọi nơi");
            view! {
                <Pick
                    group="gia-tri"
                    class="big"
                    chosen=Signal::derive(move || chosen.get() == Some(Some(place)))
                    choose=move |()| chosen.set(Some(Some(place)))
                >
                    <b>{value.text}</b>
                    <small class="by"><Pictogram icon=Icon::Here class="i-s"/><span>{by}{shown}</span></small>
                </Pick>
            }
        })
        .collect_view();
    let words = move || match chosen.get() {
        Some(Some(place)) => format!("Chọn {}", texts.get(place).cloned().unwrap_or_default()),
        Some(None) => "Để hỏi khách".to_owned(),
        None => "Chọn một".to_owned(),
    };
    let away = back.clone();
    let decide = move |_| match chosen.get_untracked() {
        Some(Some(place)) => device.tell(Intent::Choose(Choice { dossier: id, field, place })),
        Some(None) => navigate(&away, Default::default()),
        None => {}
    };
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" disabled=flag(move || chosen.get().is_none()) on:click=act(decide.clone())>
                {words.clone()}
            </button>
        }
    };
    view! {
        <Page title="Hai máy ghi khác nhau" under back foot=foot>
            <section class="card">
                <p class="caps"><b>{name}</b></p>
                <p class="sm mute">{room}</p>
            </section>
            <fieldset>
                <legend class="ask">{question(field)}</legend>
                {picks}
                <Pick
                    group="gia-tri"
                    chosen=Signal::derive(move || chosen.get() == Some(None))
                    choose=move |()| chosen.set(Some(None))
                >
                    "Chưa rõ, để hỏi khách"
                </Pick>
            </fieldset>
            <p class="sm mute">"Cả hai đều được giữ trong lịch sử. Việc gửi không phải chờ."</p>
        </Page>
    }
}
