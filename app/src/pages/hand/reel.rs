//! Codes shown one after the other, and again from the first, until whoever reads them has all.

use std::time::Duration;

use leptos::prelude::*;

use crate::live::{RwSignal, live};
use crate::parts::qr::Qr;

/// How long each is shown: long enough for two looks of a slow camera.
const EACH: Duration = Duration::from_millis(300);

/// The codes.
#[component]
pub(super) fn Reel(
    /// What each says.
    codes: Vec<String>,
) -> impl IntoView {
    let (of, at) = (codes.len(), RwSignal::new(0_usize));
    let next = move || {
        at.try_update(|at| *at = (*at + 1) % of.max(1));
    };
    // Without a clock the first code stands still: nothing is told that is not so.
    if let Ok(clock) = set_interval_with_handle(next, EACH) {
        on_cleanup(move || clock.clear());
    }
    view! {
        <div class="reel">
            {live(move || {
                let label = format!("Mã của tờ khai, {of} phần chạy vòng");
                codes.get(at.get()).cloned().map(|text| view! { <Qr text label/> })
            })}
            <p class="sm mute" aria-hidden="true">{live(move || format!("Đang hiện phần {}/{of}", at.get() + 1))}</p>
        </div>
    }
    .into_any()
}
