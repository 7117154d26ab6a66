//! Mã đồng ý: the owner's own phone makes a code and reads it to who files for them.

use dossier::intent::{Answer, Intent};
use dossier::manage::{Agreed, Ask, Told};
use leptos::prelude::*;

use crate::device::Device;
use crate::live::{RwSignal, act, flag, live};
use crate::parts::consent::Consent;
use crate::parts::shell::Page;

/// The page.
#[component]
pub fn AgreePage() -> impl IntoView {
    let device = Device::here();
    let house = device.who().with_untracked(|who| who.as_ref().and_then(|who| who.establishment.clone()));
    let Some(house) = house else {
        return view! {
            <Page title="Mã đồng ý" back="/may/may-nay".to_owned()><p>"Tài khoản này chưa có cơ sở nào."</p></Page>
        }
        .into_any();
    };
    let (id, made, asking) = (house.id, RwSignal::new(None::<Agreed>), RwSignal::new(false));
    let make = move |_| {
        asking.set(true);
        leptos::task::spawn_local(async move {
            match device.ask(Intent::Manage(Box::new(Ask::Agree(id)))).await {
                Answer::Managed(told) => {
                    if let Told::Agreed(agreed) = *told {
                        made.try_set(Some(agreed));
                    }
                }
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
            asking.try_set(false);
        });
    };
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" disabled=flag(move || asking.get()) on:click=act(make)>
                "Lấy mã đồng ý"
            </button>
        }
    };
    view! {
        <Page title="Mã đồng ý" under=house.name back="/may/may-nay".to_owned() foot=foot>
            <p>"Nhờ người của tổ hoặc cán bộ khai lưu trú thay mình thì lấy mã này rồi đọc cho họ. Mã nói rằng mình đồng ý cho khai một lần."</p>
            {live(move || made.get().map(|agreed| view! { <Consent agreed/> }))}
            <p class="sm mute">"Không có mạng thì ký trên màn hình của họ, hoặc mời một người làm chứng."</p>
        </Page>
    }
    .into_any()
}
