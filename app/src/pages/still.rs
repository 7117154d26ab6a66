//! Pages of a device nobody can use at the moment: it is being opened, it is open elsewhere, it cannot be opened.

use dossier::intent::Intent;
use leptos::prelude::*;

use crate::device::Device;
use crate::live::act;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Refused, TITLE, name_window};

#[component]
fn Frame(words: &'static str, children: Children) -> impl IntoView {
    name_window(|| words.to_owned());
    view! {
        <div class="app">
            <header class="masthead"><p class="clock">"Bản Khai"</p></header>
            <div class="weave big"></div>
            <main class="main">
                <h1 id=TITLE tabindex="-1">{words}</h1>
                <Refused/>
                {children()}
            </main>
        </div>
    }
}

/// The store is being opened.
#[component]
pub fn StartingPage() -> impl IntoView {
    view! { <Frame words="Đang mở sổ trên máy"><p class="mute">"Việc đã lưu vẫn ở đây."</p></Frame> }
}

/// The app is open in another window.
#[component]
pub fn ElsewherePage() -> impl IntoView {
    let device = Device::here();
    view! {
        <Frame words="Đang mở ở cửa sổ khác">
            <p class="mute">"Chỉ một cửa sổ ghi vào sổ, để không mất gì."</p>
            <button type="button" class="btn main-act wide" on:click=act(move |_| device.tell(Intent::TakeOver))>
                "Dùng ở đây"
            </button>
        </Frame>
    }
}

/// The storage cannot be opened.
#[component]
pub fn BrokenPage(
    /// Why, for the person who helps.
    why: String,
) -> impl IntoView {
    view! {
        <Frame words="Chưa mở được sổ trên máy">
            <p>"Không có gì bị xóa. Đóng hẳn trình duyệt rồi mở lại. Nếu vẫn thế, đưa máy cho Công an xã xem."</p>
            <p>"Cần khai ngay: gọi trực ban, hoặc "<a href="/khai" rel="external">"khai bằng trang đơn giản"</a>"."</p>
            <p class="check goi"><Pictogram icon=Icon::Review/><span class="code">{why}</span></p>
        </Frame>
    }
}
