//! Phiếu cho người được khai thay: who filed what for them, on what ground, and how they follow it. They leave with it
//! on paper, or take a picture; nothing on it is anybody else's.

use dossier::view::{CardState, Detail};
use leptos::prelude::*;

use super::detail::Opened;
use crate::browser::Browser;
use crate::device::Device;
use crate::live::act;
use crate::parts::behalf::GroundCard;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::qr::Qr;
use crate::parts::shell::Page;
use crate::parts::state::StateLine;
use crate::text::people;

/// The page.
#[component]
pub fn SlipPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Slip detail/> }.into_any()/> }
}

/// The slip.
#[component]
pub fn Slip(
    /// The notice it is about.
    detail: Detail,
) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let police = device.who().with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_police()));
    let back = if police { "/may".to_owned() } else { format!("/may/ho-so/{}", detail.card.dossier) };
    let machine = if police { "Máy này" } else { "Máy của tổ" };
    let Some(behalf) = detail.behalf.clone() else {
        return view! {
            <Page title="Phiếu theo dõi" back>
                <p>"Thông báo này không phải khai thay cho ai."</p>
            </Page>
        }
        .into_any();
    };
    let who = device.who();
    let agency =
        who.with_untracked(|who| who.as_ref().map(|who| (who.agency.clone(), who.duty_phone.clone())));
    let (agency, duty) = agency.unwrap_or_default();
    let code = behalf.tracking.clone();
    let link = browser.with(|browser| browser.tracking_address());
    let sent = matches!(detail.card.state, CardState::Receipted { .. } | CardState::Received { .. });
    let count = people(detail.card.guests.len());
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" on:click=act(move |_| browser.with(|browser| browser.print()))>
                <Pictogram icon=Icon::Print class="i-s"/>
                "In phiếu"
            </button>
        }
    };
    view! {
        <Page title="Phiếu theo dõi" window="Phiếu theo dõi" under=format!("Thông báo lưu trú · {count}") back foot=foot>
            <section class="card proof">
                <p class="sm mute">"Mã theo dõi"</p>
                <p class="number">{code}</p>
                <div class="row top">
                    <Qr text=link.clone() label="Mã QR tới trang tra mã theo dõi".to_owned()/>
                    <div class="grow">
                        <StateLine state=detail.card.state.clone()/>
                        {(!sent).then(|| view! {
                            <p class="sm">{machine}" sẽ tự gửi khi có mạng. Sau đó mới tra được mã này."</p>
                        })}
                        {detail.receipt.as_ref().map(|receipt| view! { <p class="sm">"Biên nhận "{receipt.number.clone()}</p> })}
                    </div>
                </div>
                <p class="sm">"Tra mã tại "<span class="nw">{link}</span>", hoặc gọi "{agency}", "{duty}"."</p>
                <p class="sm mute">"Mã không chứa tên hay số giấy tờ."</p>
            </section>
            <GroundCard behalf/>
            <section class="card">
                <dl class="ans plain">
                    <div><dt>"Nơi ở"</dt><dd>{detail.house.name.clone()}", "{detail.house.village.clone()}</dd></div>
                    <div><dt>"Thời gian"</dt><dd>{detail.stay.arrive.day().to_string()}" đến "{detail.stay.leave.to_string()}</dd></div>
                    <div><dt>"Số khách"</dt><dd>{count}</dd></div>
                </dl>
            </section>
        </Page>
    }
    .into_any()
}
