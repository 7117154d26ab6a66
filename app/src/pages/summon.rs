//! Bàn làm việc, on a device that has only a phone's pages so far: the desk is fetched once, and takes this page's place.

use leptos::prelude::*;
use leptos_router::components::{A, Redirect};

use crate::browser::Browser;
use crate::desk;
use crate::device::Device;
use crate::live::{RwSignal, act, live};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;

/// The page.
#[component]
pub fn Summon() -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let role = device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
    let Some(role) = role.filter(|role| desk::is_for(*role)) else {
        return view! { <Redirect path="/may"/> }.into_any();
    };
    let missing = RwSignal::new(false);
    let open = move || {
        missing.set(false);
        browser.with(|browser| browser.open_desk(Box::new(move || missing.try_set(true))));
    };
    Effect::new(move |_| open());
    let again = move || {
        view! {
            <div class="check xem" role="alert">
                <Pictogram icon=Icon::Cut/>
                <p>"Bàn làm việc chưa được tải về máy này. Lần đầu mở cần có mạng một lần; từ đó mở được cả khi mất mạng. Việc đã lưu vẫn ở trên máy."</p>
            </div>
            <button type="button" class="btn main-act wide" on:click=act(move |_| open())>"Thử lại"</button>
        }
    };
    view! {
        <Page title="Bàn làm việc" menu=true>
            {live(move || if missing.get() {
                again().into_any()
            } else {
                view! { <p role="status">"Đang mở bàn làm việc…"</p> }.into_any()
            })}
            {(!role.works_at_a_desk()).then(|| view! {
                <A href="/may" attr:class="btn wide"><Pictogram icon=Icon::Back/>"Khai thay"</A>
            })}
        </Page>
    }
    .into_any()
}
