//! A half-filled form goes on on another tablet of the team, without a network: one shows codes, the other reads them.

use dossier::filing::hand::{HandAnswer, HandIntent, HandTrouble};
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, TITLE};
use crate::text::hand as words;

pub mod give;
pub mod handed;
mod reel;
pub mod take;

/// What the device answers; what it does not take otherwise is said in the page's frame.
async fn ask(device: Device, intent: HandIntent) -> Option<HandAnswer> {
    match device.ask(Intent::Filing(FilingIntent::Hand(intent))).await {
        Answer::Filing(FilingAnswer::Hand(answer)) => Some(answer),
        Answer::Refused(refusal) => {
            device.refuse(refusal);
            None
        }
        _ => None,
    }
}

/// Another step of the way: whoever listens hears its name.
fn arrive(browser: Browser) {
    browser.with(|browser| {
        browser.to_top();
        browser.focus(TITLE);
    });
}

/// Why it stopped.
#[component]
fn Trouble(trouble: HandTrouble) -> impl IntoView {
    view! {
        <div class="check xem" role="alert"><Pictogram icon=Icon::Review/><p>{words::trouble(trouble)}</p></div>
    }
    .into_any()
}

/// The camera gave nothing, or was given back: the page had gone out of sight.
#[component]
fn Dark() -> impl IntoView {
    view! {
        <div class="check xem" role="alert">
            <Pictogram icon=Icon::Review/>
            <p>"Máy ảnh đang tắt. Cho phép trang này dùng máy ảnh rồi mở lại. Không mất gì."</p>
        </div>
    }
    .into_any()
}

/// The page where the browser reads no codes.
#[component]
fn NoReader(title: &'static str, back: String) -> impl IntoView {
    view! { <Page title back><p>{words::NO_READER}</p></Page> }.into_any()
}
