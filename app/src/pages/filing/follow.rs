//! Làm tiếp hồ sơ: a member of the team goes on with a dossier somebody else of the team began, shown its slip.

use dossier::behalf::TrackingCode;
use dossier::intent::{Answer, Intent};
use dossier::manage::{Ask, Told};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::detail::address;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, flag};
use crate::parts::field::{Kind, TextField};
use crate::parts::shell::Page;
use crate::text::refusal;

/// The page.
#[component]
pub fn FollowPage() -> impl IntoView {
    let device = Device::here();
    let navigate = use_navigate();
    let code = RwSignal::new(String::new());
    let (fault, running) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let go_on = move |_| {
        let Ok(code) = code.get_untracked().parse::<TrackingCode>() else {
            return fault
                .set(Some("Mã theo dõi có 10 chữ và số, in trên phiếu. Xem lại giúp nhé.".to_owned()));
        };
        let navigate = navigate.clone();
        running.set(true);
        leptos::task::spawn_local(async move {
            match device.ask(Intent::Manage(Box::new(Ask::Follow(code)))).await {
                Answer::Managed(told) => {
                    if let Told::Followed(dossier) = *told {
                        device.tell(Intent::SyncNow);
                        navigate(&address(dossier), Default::default());
                    }
                }
                Answer::Refused(refused) => fault.try_set(Some(refusal::words(&refused))),
                _ => {}
            }
            running.try_set(false);
        });
    };
    view! {
        <Page title="Làm tiếp hồ sơ" under="Hồ sơ người khác trong tổ đã nộp".to_owned() back="/may".to_owned()
            foot=move || view! {
                <button type="button" class="btn main-act wide" disabled=flag(move || running.get()) on:click=act(go_on.clone())>"Lấy hồ sơ về máy này"</button>
            }>
            <p>"Người dân đưa phiếu theo dõi thì làm tiếp được trên máy này: sửa, bổ sung, xem kết quả. Cần có mạng lúc lấy về."</p>
            <TextField id="ma-theo-doi" label="Mã theo dõi" hint="In trên phiếu, như 7K2QD-0M9XA" kind=Kind::LETTERS
                value=Signal::from(code) on_input=move |typed: String| { fault.set(None); code.set(typed) }
                fault=Signal::from(fault)/>
        </Page>
    }
    .into_any()
}
