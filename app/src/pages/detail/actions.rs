//! What can still be done with a notice: extend, close, withdraw. Nothing is done by one slip of the finger that
//! could not be undone: withdrawing asks once more, in the page.

use dossier::intent::Intent;
use dossier::view::{Detail, Happening};
use leptos::prelude::*;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, act};
use crate::parts::field::{Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::text::time;

/// The actions.
#[component]
pub fn Actions(
    /// The notice.
    detail: Detail,
) -> impl IntoView {
    let gone = detail.stay.left.is_some();
    // What an officer has received, and nobody has touched since, only an officer closes: the office would refuse it.
    let last = detail.timeline.iter().rev().map(|entry| &entry.what).find(|what| {
        matches!(what, Happening::Received { .. } | Happening::Returned { .. } | Happening::Supplemented)
    });
    let received = matches!(last, Some(Happening::Received { .. }));
    view! {
        {(!gone).then(|| view! { <Extend detail=detail.clone()/> })}
        {(!gone).then(|| view! { <Close detail=detail.clone()/> })}
        {if received {
            view! { <p class="sm mute">"Công an đã tiếp nhận. Khai nhầm thì gọi trực ban để rút."</p> }.into_any()
        } else {
            view! { <Withdraw detail/> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Extend(detail: Detail) -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let (id, leave, arrive) = (detail.card.dossier, detail.stay.leave, detail.stay.arrive.day());
    let rule = dossier::deadline::stay_rule(arrive);
    let day = RwSignal::new(time::input_day(leave));
    let nights = [1, 2].map(|nights| {
        let then = leave.plus(nights);
        view! {
            <button type="button" class="btn" on:click=act(move |_| device.tell(Intent::Extend(id, then)))>
                {format!("+{nights} đêm")}
                <span class="unseen">{format!(", đến {then}")}</span>
            </button>
        }
    });
    let long = clock.today_once().0 - arrive.0 >= i32::from(rule.warn_day);
    let change = move |_| {
        if let Some(then) = time::typed_day(&day.get_untracked()) {
            device.tell(Intent::Extend(id, then));
        }
    };
    view! {
        <section class="card">
            <h2>"Ở thêm"</h2>
            <p class="sm mute">"Đang ghi ngày đi "{leave.to_string()}</p>
            {long.then(|| view! { <p class="check xem"><Pictogram icon=Icon::Review/>"Sắp đủ 30 ngày: cần đăng ký tạm trú."</p> })}
            <div class="pair">{nights}</div>
            <details>
                <summary><Pictogram icon=Icon::Next class="i-s"/>"Chọn ngày đi khác"</summary>
                <div class="stack">
                    <TextField id="ngay-di-moi" label="Ngày đi mới" kind=Kind::DAY value=day on_input=move |text| day.set(text)/>
                    <button type="button" class="btn wide" on:click=act(change)>"Đổi ngày đi"</button>
                </div>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Close(detail: Detail) -> impl IntoView {
    let device = Device::here();
    let id = detail.card.dossier;
    view! {
        <button type="button" class="btn wide" on:click=act(move |_| device.tell(Intent::Close(id)))>
            <Pictogram icon=Icon::Leave/>
            "Khách đã đi"
        </button>
    }
}

#[component]
fn Withdraw(detail: Detail) -> impl IntoView {
    let device = Device::here();
    let id = detail.card.dossier;
    view! {
        <details>
            <summary><Pictogram icon=Icon::Next class="i-s"/>"Khai nhầm, rút thông báo"</summary>
            <div class="stack">
                <p class="sm">"Rút rồi thì thông báo này không còn tính. Lịch sử vẫn giữ."</p>
                <button type="button" class="btn wide" on:click=act(move |_| device.tell(Intent::Withdraw(id)))>
                    "Rút thông báo này"
                </button>
            </div>
        </details>
    }
    .into_any()
}
