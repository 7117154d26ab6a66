//! What is wrong in this step, on top, each a link to its field.

use leptos::prelude::*;

use super::{Form, Step, go};
use crate::browser::Browser;
use crate::live::{RwSignal, act};
use crate::parts::icon::{Icon, Pictogram};

/// The element that takes the focus after a fault was found.
pub const SUMMARY: &str = "can-xem";

/// One place to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The step it is repaired in; none when it is this one.
    pub step: Option<Step>,
    /// The element to go to.
    pub anchor: &'static str,
    /// The words.
    pub words: String,
}

/// Shows the places to look at, if any.
#[component]
pub fn Summary(
    /// The places.
    faults: RwSignal<Vec<Spot>>,
) -> impl IntoView {
    let go = go(Form::here());
    let browser = Browser::here();
    let rows = move || {
        let go = go.clone();
        faults.with(|spots| (!spots.is_empty()).then(|| {
            let count = spots.len();
            let links = spots.iter().cloned().map(|spot| {
                let go = go.clone();
                view! {
                    <li><a href=format!("#{}", spot.anchor) on:click=act(move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        if let Some(step) = spot.step {
                            go(step);
                        }
                        browser.with(|browser| browser.focus(spot.anchor));
                    })>{spot.words.clone()}</a></li>
                }
            }).collect_view();
            view! {
                <div class="check xem">
                    <Pictogram icon=Icon::Review/>
                    <div class="grow"><p><b>{format!("Có {count} chỗ cần xem lại")}</b></p><ul>{links}</ul></div>
                </div>
            }
        }))
    };
    view! { <div id=SUMMARY tabindex="-1" role="alert">{rows}</div> }
}

/// Turns the faults of a step into places to look at, and moves the focus to them.
pub fn show(browser: Browser, faults: RwSignal<Vec<Spot>>, spots: Vec<Spot>) {
    faults.set(spots);
    browser.with(|browser| {
        browser.to_top();
        browser.focus(SUMMARY);
    });
}
