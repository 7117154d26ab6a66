//! Báo khi có trả lời: whether this phone is told while the page is closed. Nothing is asked of the browser before a tap.

use dossier::intent::{Answer, Intent};
use dossier::manage::{Ask, Told};
use leptos::prelude::*;

use crate::browser::{Browser, Pushing};
use crate::device::Device;
use crate::live::{RwSignal, act, live};

/// The card; there is none where the office pushes nothing, was not heard, or several people use the device.
#[component]
pub fn Push() -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let shared = device.slice(|view| view.shared);
    // The key to subscribe for, and whether this device is told as far as the office knows.
    let office = RwSignal::new(None::<(String, bool)>);
    let here = RwSignal::new(None::<Pushing>);
    let failed = RwSignal::new(false);
    let look = move || {
        browser.with(|browser| browser.pushing(Box::new(move |state| here.try_set(Some(state)))));
        let pending = device.ask(Intent::Manage(Box::new(Ask::Push)));
        leptos::task::spawn_local(async move {
            if let Answer::Managed(told) = pending.await
                && let Told::Pushed { key, on } = *told
            {
                office.try_set(key.map(|key| (key, on)));
            }
        });
    };
    let say = move |ask: Ask| {
        let pending = device.ask(Intent::Manage(Box::new(ask)));
        leptos::task::spawn_local(async move {
            if let Answer::Refused(refusal) = pending.await {
                device.refuse(refusal);
            }
            look();
        });
    };
    Effect::new(move |_| look());
    let begin = move |_| {
        let Some((key, _)) = office.get_untracked() else { return };
        failed.set(false);
        let made = move |made| match made {
            Some(subscription) => say(Ask::BePushed(subscription)),
            None => {
                failed.try_set(true);
                look();
            }
        };
        browser.with(|browser| browser.begin_pushing(&key, Box::new(made)));
    };
    let end = move |_| {
        browser.with(|browser| browser.end_pushing());
        say(Ask::EndPush);
    };
    let card = move || {
        let ((_, on), here) = (office.get()?, here.get()?);
        let on = on && here == Pushing::On;
        let words = match here {
            Pushing::Missing => {
                "Trình duyệt này không báo được khi Bản Khai đóng. Trên iPhone, hãy thêm Bản Khai vào màn hình chính trước."
            }
            Pushing::Barred => {
                "Máy đang chặn thông báo của Bản Khai. Muốn được báo, hãy cho phép trong cài đặt của trình duyệt."
            }
            _ if on => "Máy này sẽ báo khi có trả lời, cả khi Bản Khai đóng.",
            _ if failed.get() => {
                "Chưa bật được: trình duyệt không nối được với dịch vụ báo của nó. Mở Bản Khai vẫn thấy trả lời."
            }
            _ => {
                "Khi được tiếp nhận, cần bổ sung hoặc có kết quả, máy báo một câu ngắn, không có tên, không có số."
            }
        };
        let button = match here {
            Pushing::Missing | Pushing::Barred => None,
            _ if on => Some(view! { <button type="button" class="btn wide" on:click=act(end)>"Thôi báo"</button> }.into_any()),
            _ => Some(view! { <button type="button" class="btn wide" on:click=act(begin)>"Báo cho máy này"</button> }.into_any()),
        };
        Some(view! { <section class="card"><h2>"Báo khi có trả lời"</h2><p>{words}</p>{button}</section> })
    };
    live(move || if shared.get() { None } else { card() })
}
