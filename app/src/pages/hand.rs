//! A half-filled form goes on on another tablet of the team, without a network: one shows codes, the other reads them.

use dossier::filing::hand::{HandAnswer, HandIntent};
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::live::act;
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
fn stopped(why: &'static str) -> AnyView {
    view! { <div class="check xem" role="alert"><Pictogram icon=Icon::Review/><p>{why}</p></div> }.into_any()
}

/// The one main action.
fn button(words: &'static str, then: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class="btn main-act wide" on:click=act(move |_| then())>{words}</button> }
        .into_any()
}

/// The page where the browser reads no codes.
fn no_reader(title: &'static str, back: String) -> AnyView {
    view! { <Page title back><p>{words::NO_READER}</p></Page> }.into_any()
}
