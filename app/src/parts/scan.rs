//! Quét mã: a code on somebody else's screen, read by the camera into a field. Where the browser reads no codes, it is
//! said, and typing is the way.

use leptos::prelude::*;

use crate::browser::Browser;
use crate::live::{RwSignal, act, live};
use crate::parts::camera::Camera;

/// The signs of a code of the team leader.
const SIGNS: usize = 16;

/// Whether a text is one: sixteen letters and digits.
pub fn is_code(text: &str) -> bool {
    text.len() == SIGNS && text.bytes().all(|sign| sign.is_ascii_alphanumeric())
}

/// The way to it, below the field.
#[component]
pub fn Scan(
    /// What is typed or read.
    code: RwSignal<String>,
) -> impl IntoView {
    let browser = Browser::here();
    if !browser.with(|browser| browser.can_scan()) {
        let words = "Trình duyệt này chưa quét được mã. Gõ 16 ký tự giúp nhé.";
        return view! { <p class="sm mute">{words}</p> }.into_any();
    }
    let open = RwSignal::new(false);
    let said = RwSignal::new("");
    let read = move |text: Option<String>| {
        let enough = match text {
            Some(text) if is_code(&text) => {
                code.try_set(text);
                said.try_set("Đã quét xong. Đặt mật khẩu mới bên dưới.");
                true
            }
            Some(_) => {
                said.try_set("Đây không phải mã của tổ trưởng.");
                false
            }
            None => {
                said.try_set("Không mở được máy ảnh. Gõ mã giúp nhé.");
                true
            }
        };
        if enough {
            open.try_set(false);
        }
        enough
    };
    let begin = move |_| {
        open.set(true);
        said.set("Đưa mã trên máy tổ trưởng vào khung.");
    };
    view! {
        <p class="sm" role="status">{live(move || said.get())}</p>
        {live(move || if open.get() {
            view! {
                <Camera read=Box::new(read)/>
                <button type="button" class="btn wide" on:click=act(move |_| open.set(false))>"Thôi quét"</button>
            }.into_any()
        } else {
            view! { <button type="button" class="btn wide" on:click=act(begin)>"Quét mã bằng máy ảnh"</button> }.into_any()
        })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_or_an_address_is_no_code_of_a_leader() {
        assert!(is_code("ABCDEFGHIJKLMN27"));
        for other in ["", "ABCD EFGH IJKL MN27", "BANKHAI1:ABCDEFG", "https://a.vn/abc", "ABCDEFGHIJKLMN2"] {
            assert!(!is_code(other), "{other}");
        }
    }
}
