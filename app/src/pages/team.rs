//! Thành viên: the codes that open a member's tablet again, on the leader's own device and without a network. One at a
//! time, and only when asked for: whoever looks over the shoulder sees one.

use dossier::intent::{Answer, Intent};
use dossier::manage::ShownCode;
use leptos::prelude::*;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, act, flag, live};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::qr::Qr;
use crate::parts::shell::Page;
use crate::text::time;

/// The page.
#[component]
pub fn TeamPage() -> impl IntoView {
    let device = Device::here();
    let codes = RwSignal::new(None::<Vec<ShownCode>>);
    let shown = RwSignal::new(None::<usize>);
    leptos::task::spawn_local(async move {
        match device.ask(Intent::ShowCodes).await {
            Answer::Codes(found) => {
                codes.try_set(Some(found));
            }
            Answer::Refused(refusal) => device.refuse(refusal),
            _ => {}
        }
    });
    let rows = move || {
        codes.get().map(|codes| {
            if codes.is_empty() {
                return view! {
                    <p>"Chưa có mã nào. Mã tự về máy này khi máy của thành viên và máy này đều đã liên lạc với nơi nhận."</p>
                }
                .into_any();
            }
            let rows = codes.into_iter().enumerate().map(|(at, code)| view! { <Row at code shown/> });
            view! { <ul class="card flush list">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <Page title="Mã mở máy cho thành viên" window="Thành viên" back="/may".to_owned()>
            <p>"Thành viên quên mật khẩu thì gõ mã này trên máy của họ rồi đặt mật khẩu mới. Không cần mạng, việc chưa gửi vẫn còn. Chỉ đưa mã cho đúng người đó."</p>
            {live(rows)}
        </Page>
    }
    .into_any()
}

#[component]
fn Row(at: usize, code: ShownCode, shown: RwSignal<Option<usize>>) -> impl IntoView {
    let today = Clock::here().today_once();
    let open = move || shown.get() == Some(at);
    let signs = code.code.replace(' ', "");
    let grouped = code.code.clone();
    view! {
        <li class="stack code-row">
            <button type="button" class="btn wide" class:on=flag(open)
                on:click=act(move |_| shown.update(|shown| *shown = if *shown == Some(at) { None } else { Some(at) }))>
                <Pictogram icon=Icon::Guests/>{code.person.clone()}
            </button>
            <p class="sm mute">{format!("{} · mã lúc {}", code.device_name, time::moment(code.at, today))}</p>
            {live(move || open().then(|| view! {
                <div class="stack">
                    <Qr text=signs.clone() label="Mã mở máy dạng QR".to_owned()/>
                    <p class="code">{grouped.clone()}</p>
                </div>
            }))}
        </li>
    }
    .into_any()
}
