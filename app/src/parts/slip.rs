//! Phiếu theo dõi: what somebody a matter was filed for leaves with, on paper or as a picture they take. Nothing on it is
//! anybody else's.

use dossier::access::Role;
use dossier::view::Behalf;
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::live::act;
use crate::parts::behalf::GroundCard;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::qr::Qr;
use crate::parts::shell::Page;

/// The slip of one matter.
#[component]
pub fn SlipSheet(
    /// What was filed.
    under: String,
    /// Where the matter's page is.
    back: String,
    /// For whom, and by which code it is followed.
    behalf: Behalf,
    /// The one thing that is true of it.
    state: AnyView,
    /// The number of its receipt, once there is one.
    receipt: Option<String>,
    /// What it is about: label and value.
    facts: Vec<(&'static str, String)>,
) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let who = device.who();
    let role = who.with_untracked(|who| who.as_ref().map(|who| who.role));
    let machine = if role.is_some_and(Role::works_at_a_desk) { "Máy này" } else { "Máy của tổ" };
    let agency =
        who.with_untracked(|who| who.as_ref().map(|who| (who.agency.clone(), who.duty_phone.clone())));
    let (agency, duty) = agency.unwrap_or_default();
    // The number that is known is that of the police on duty.
    let ask = match role.is_some_and(|role| role.is_police() || role.is_team()) {
        true => format!("hoặc gọi {agency}, {duty}"),
        false => format!("hoặc hỏi {agency}"),
    };
    let code = behalf.tracking.clone();
    let link = browser.with(|browser| browser.tracking_address());
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" on:click=act(move |_| browser.with(|browser| browser.print()))>
                <Pictogram icon=Icon::Print class="i-s"/>
                "In phiếu"
            </button>
        }
    };
    let facts = facts.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    view! {
        <Page title="Phiếu theo dõi" window="Phiếu theo dõi" under back foot=foot>
            <section class="card proof">
                <p class="sm mute">"Mã theo dõi"</p>
                <p class="number">{code}</p>
                <div class="row top">
                    <Qr text=link.clone() label="Mã QR tới trang tra mã theo dõi".to_owned()/>
                    <div class="grow">
                        {state}
                        {receipt.is_none().then(|| view! {
                            <p class="sm">{machine}" sẽ tự gửi khi có mạng. Sau đó mới tra được mã này."</p>
                        })}
                        {receipt.map(|number| view! { <p class="sm">"Biên nhận "{number}</p> })}
                    </div>
                </div>
                <p class="sm">"Tra mã tại "<span class="nw">{link}</span>", "{ask}"."</p>
                <p class="sm mute">"Mã không chứa tên hay số giấy tờ."</p>
            </section>
            <GroundCard behalf/>
            <section class="card"><dl class="ans plain">{facts.collect_view()}</dl></section>
        </Page>
    }
    .into_any()
}
