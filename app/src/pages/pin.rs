//! The keypad of a PIN: six diamonds and ten large keys.

use leptos::prelude::*;

use crate::live::{RwSignal, Signal, act, flag, worded};
use crate::parts::icon::{Icon, Pictogram};

/// Digits of a PIN.
pub const LENGTH: usize = 6;

/// The diamonds and the keys.
#[component]
pub fn Keypad(
    /// What is typed.
    pin: RwSignal<String>,
    /// Nothing can be typed now.
    #[prop(into)]
    shut: Signal<bool>,
    /// Six digits are there.
    done: impl Fn(String) + Clone + 'static,
) -> impl IntoView {
    let length = move || pin.with(String::len);
    let press = move |digit: char| {
        if pin.with_untracked(String::len) < LENGTH {
            pin.update(|pin| pin.push(digit));
        }
        if pin.with_untracked(String::len) == LENGTH {
            done(pin.get_untracked());
        }
    };
    let key = {
        let press = press.clone();
        move |digit: char| {
            let press = press.clone();
            view! { <button type="button" disabled=flag(move || shut.get()) on:click=act(move |_| press(digit))>{digit.to_string()}</button> }
        }
    };
    let by_keyboard = move |event: leptos::ev::KeyboardEvent| {
        let pressed = event.key();
        if pressed == "Backspace" {
            pin.update(|pin| {
                pin.pop();
            });
        } else if let (Some(digit), false) = (pressed.chars().next(), shut.get_untracked())
            && pressed.len() == 1
            && digit.is_ascii_digit()
        {
            press(digit);
        }
    };
    view! {
        <div class="pin" id="ban-phim" tabindex="-1" role="group" aria-label="Nhập mã PIN 6 số" on:keydown=act(by_keyboard)>
            <p class="dots" role="img" aria-label=worded(move || format!("Đã nhập {} trên {LENGTH} số", length()))>
                {(0..LENGTH).map(|place| view! { <i class:f=flag(move || place < length())></i> }).collect_view()}
            </p>
            <div class="keys">
                {('1'..='9').map(key.clone()).collect_view()}
                <span></span>
                {key('0')}
                <button type="button" class="ic" aria-label="Xóa một số" on:click=act(move |_| pin.update(|pin| {
                    pin.pop();
                }))>
                    <Pictogram icon=Icon::Erase class="i-l"/>
                </button>
            </div>
        </div>
    }
    .into_any()
}
