//! Biên nhận: what was verified on this device, its code, and the evidence of time. Prints on A5.

use dossier::id::DossierId;
use dossier::view::{CardState, Detail, ReceiptView};
use leptos::prelude::*;
use leptos_router::components::A;

use super::detail::{Opened, Timeline};
use crate::browser::Browser;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::act;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::qr::Qr;
use crate::parts::shell::Page;
use crate::text::{people, standing_note, time};

/// The page.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Paper detail/> }.into_any()/> }
}

/// The receipt on its notice's page: number and time, and the way to all of it.
#[component]
pub fn Summary(
    /// The receipt.
    receipt: ReceiptView,
    /// Its notice.
    id: DossierId,
) -> impl IntoView {
    let today = Clock::here().today_once();
    view! {
        <A href=format!("/may/bien-nhan/{id}") attr:class="card guest">
            <Pictogram icon=Icon::Receipt class="i-l"/>
            <div class="grow">
                <p class="name">"Biên nhận "{receipt.number}</p>
                <p class="meta">"nhận lúc "{time::moment(receipt.received_at, today)}</p>
            </div>
            <Pictogram icon=Icon::Next class="i-s"/>
        </A>
    }
}

/// The receipt, whole.
#[component]
pub fn Paper(
    /// Its notice.
    detail: Detail,
) -> impl IntoView {
    let browser = Browser::here();
    let id = detail.card.dossier;
    let back = format!("/may/ho-so/{id}");
    let under = format!("Thông báo lưu trú · {}", people(detail.card.guests.len()));
    let Some(receipt) = detail.receipt.clone() else {
        return view! {
            <Page title="Biên nhận" under back>
                <p>"Chưa có biên nhận. Có mạng là máy tự gửi."</p>
            </Page>
        }
        .into_any();
    };
    let code = receipt.qr.clone();
    let foot = move || {
        let code = code.clone();
        view! {
            <div class="pair">
                <button type="button" class="btn" on:click=act(move |_| browser.with(|browser| browser.print()))>
                    <Pictogram icon=Icon::Print class="i-s"/>
                    "In A5"
                </button>
                <button type="button" class="btn main-act" on:click=act(move |_| browser.with(|browser| browser.share(&code)))>
                    <Pictogram icon=Icon::Share class="i-s"/>
                    "Chia sẻ mã"
                </button>
            </div>
        }
    };
    view! {
        <Page title="Biên nhận" under back foot=foot>
            <Proof
                seen=matches!(detail.card.state, CardState::Received { .. })
                receipt
                whose=format!("{}, {}. Người thông báo: {}.", detail.house.name, detail.house.village, detail.declarant)
            />
            <Timeline detail/>
        </Page>
    }
    .into_any()
}

/// Number, time, code, and what it is not.
#[component]
pub fn Proof(
    /// An officer has received the notice.
    seen: bool,
    /// The receipt.
    receipt: ReceiptView,
    /// On paper: the house, and who declared.
    whose: String,
) -> impl IntoView {
    let who = Device::here().who();
    let standing = who.with_untracked(|who| who.as_ref().map(|who| who.standing).unwrap_or_default());
    let proven = CardState::Receipted { at: receipt.received_at, number: receipt.number.clone() };
    let (icon, heading) = match seen {
        true => (Icon::Received, "Công an đã tiếp nhận"),
        false => (Icon::Receipt, "Đã gửi · có biên nhận"),
    };
    let note = standing_note(standing, &proven);
    let label = format!("Mã QR của biên nhận {}", receipt.number);
    view! {
        <section class="card proof">
            <div class="row">
                <Pictogram icon class="seal"/>
                <div class="grow"><h2 class="proven">{heading}</h2><p class="sm">{receipt.received_at.to_string()}</p></div>
            </div>
            <p class="sm mute">"Số tiếp nhận"</p>
            <p class="number">{receipt.number}</p>
            <div class="row top">
                <Qr text=receipt.qr label/>
                <div class="grow">
                    <p class="st nhan"><Pictogram icon=Icon::Tick class="i-s"/>"Chữ ký đúng"</p>
                    <p class="sm mute">"Kiểm tra ngay trên máy này"</p>
                </div>
            </div>
            {(!receipt.current).then(|| view! {
                <p class="check xem"><Pictogram icon=Icon::Review/>"Thông báo đã sửa sau biên nhận này. Phần sửa chờ gửi."</p>
            })}
            {note.map(|note| view! { <p class="sm">"Biên nhận này "{note}"."</p> })}
            <p class="sm mute">"Mã không chứa tên hay số giấy tờ."</p>
            <p class="paper-only">{whose}</p>
        </section>
    }
}
