//! Đăng nhập lại: what a person does where there is a copy of the device. Nothing on it is lost, and nothing hurries.

use dossier::intent::{Answer, Intent, Refusal};
use dossier::view::LinkState;
use leptos::prelude::*;

use crate::device::Device;
use crate::live::{RwSignal, act, flag, live};
use crate::parts::field::{Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::text::refusal;

/// The card, while there is a copy.
#[component]
pub fn Renew() -> impl IntoView {
    let copied = Device::here().slice(|view| view.link.state == LinkState::Copied);
    live(move || copied.get().then(|| view! { <Form/> }))
}

#[component]
fn Form() -> impl IntoView {
    let device = Device::here();
    let (code, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let running = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refusal>);
    let run = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        running.set(true);
        let (code, password) = (code.get_untracked(), password.get_untracked());
        let pending = device.ask(Intent::Renew { code, password });
        leptos::task::spawn_local(async move {
            let answer = pending.await;
            running.try_set(false);
            refused.try_set(match answer {
                Answer::Refused(refusal) => Some(refusal),
                _ => None,
            });
        });
    };
    view! {
        <form class="card stack" on:submit=act(run)>
            <h2>"Máy này có bản sao"</h2>
            <p>"Nơi nhận thấy một máy khác giống hệt máy này, hoặc máy này vừa được khôi phục từ bản cũ. Mọi việc của bạn vẫn ở trên máy."</p>
            <p>"Đăng nhập lại là máy gửi tiếp. Mã PIN giữ nguyên. Nếu không phải bạn sao chép, hãy báo Công an xã."</p>
            <div role="alert">{live(move || refused.get().map(|why| view! {
                <div class="check xem"><Pictogram icon=Icon::Review/><p>{refusal::words(&why)}</p></div>
            }))}</div>
            <TextField id="mat-khau" label="Mật khẩu tài khoản" kind=Kind::PASSWORD
                value=password on_input=move |text| password.set(text)/>
            <TextField id="ma-moi" label="Mã mời mới" hint="Nếu Công an xã cấp mã; không có thì để trống"
                kind=Kind::TEXT value=code on_input=move |text| code.set(text)/>
            <button class="btn main-act wide" disabled=flag(move || running.get())>"Đăng nhập lại"</button>
        </form>
    }
}
