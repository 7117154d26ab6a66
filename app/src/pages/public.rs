//! The public pages, rendered by the server and useful without any script.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::parts::icon::{Icon, Pictogram};

/// `/`: what it is, the ways in.
#[component]
pub fn Landing() -> impl IntoView {
    view! {
        <Title text="Bản Khai · khai lưu trú, cả khi mất mạng"/>
        <div class="app">
            <header class="hero">
                <h1>"Bản Khai"</h1>
                <p>"Khai báo lưu trú từ điện thoại, ngay khi khách đến, cả khi mất mạng."</p>
            </header>
            <div class="weave big"></div>
            <main class="main">
                <a class="btn main-act wide" href="/may" rel="external">"Mở Bản Khai trên máy này"</a>
                <a class="btn wide" href="/khai" rel="external">"Khai bằng trang đơn giản, không cần cài"</a>
                <a class="btn wide" href="/thu-tuc" rel="external">"Xem thủ tục: cần gì, bao lâu, lệ phí"</a>
                <a class="btn wide" href="/theo-doi" rel="external">"Theo dõi hồ sơ bằng mã trên phiếu"</a>
                <a class="btn wide" href="/kiem-tra" rel="external">"Kiểm tra một biên nhận"</a>
                <a class="btn wide" href="/mau" rel="external">"Tải mẫu giấy (PDF)"</a>
                <a class="btn wide" href="/phan-anh" rel="external">"Phản ánh, kiến nghị"</a>
                <ul class="card flush list promises">
                    <Promise icon=Icon::Here name="Nói đã lưu là đã lưu">
                        "Thông báo nằm chắc trên máy bạn, được khóa bằng mã PIN."
                    </Promise>
                    <Promise icon=Icon::Sent name="Có mạng là tự gửi">
                        "Vài KB là đủ cho cả tối. Mạng yếu cũng tới nơi, không mất, không trùng."
                    </Promise>
                    <Promise icon=Icon::Receipt name="Biên nhận có chữ ký">
                        "Kiểm tra được ngay trên máy, không cần mạng. Mã không chứa tên hay số giấy tờ."
                    </Promise>
                </ul>
                <p class="sm mute">"Thông báo lưu trú: trước 23:00 ngày khách đến; đến sau 23:00 thì trước 08:00 ngày hôm sau (Luật Cư trú, Điều 30)."</p>
            </main>
        </div>
    }
}

#[component]
fn Promise(icon: Icon, name: &'static str, children: Children) -> impl IntoView {
    view! { <li><Pictogram icon/><div><b>{name}</b>{children()}</div></li> }
}
