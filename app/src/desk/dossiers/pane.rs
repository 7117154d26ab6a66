//! The opened dossier beside the table.

use dossier::filing::view::FilingDetail;
use leptos::prelude::*;

use super::act::Acts;
use super::{Line, PANE_ID};
use crate::live::{act, live};
use crate::pages::filing::detail::{Happened, answers};
use crate::parts::icon::{Icon, Pictogram};
use crate::text::filing as words;

/// The pane.
#[component]
pub fn Pane() -> impl IntoView {
    let line = Line::here();
    view! {
        <aside class="pane" aria-label="Chi tiết hồ sơ">
            {live(move || match line.detail.get() {
                Some(detail) => view! { <Opened detail/> }.into_any(),
                None => view! { <p class="empty mute">"Chọn một hồ sơ để xem."</p> }.into_any(),
            })}
            // What is being written stays while the dossier beside it is told anew.
            <Acts/>
        </aside>
    }
    .into_any()
}

#[component]
fn Opened(detail: FilingDetail) -> impl IntoView {
    let line = Line::here();
    let card = &detail.card;
    let today = line.clock.today_once();
    let number = detail.receipt.as_ref().map(|receipt| receipt.number.clone());
    let number = number.or_else(|| match &card.state {
        dossier::filing::view::FilingState::AtOffice { number, .. } => Some(number.clone()),
        _ => None,
    });
    let changed = card.status.changed_since_accepted();
    view! {
        <div class="work">
            <div class="row">
                <h2 class="grow" id=PANE_ID tabindex="-1"><span class="caps">{card.name.clone()}</span></h2>
                <button class="btn slim" aria-label="Đóng" on:click=act(move |_| line.open(None))>"Đóng"</button>
            </div>
            <p class="sm">{card.title.clone()}</p>
            <p class="sm mute">{number}</p>
            <p><b>{card.status.word()}</b>{card.clock.map(|clock| format!(" · {}", words::term(&clock, today)))}</p>
            {words::review(&card.state).map(|words| view! {
                <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{words}</p>
            })}
            {changed.then(|| view! {
                <p class="check xem"><Pictogram icon=Icon::Review/>"Hồ sơ đã sửa sau khi tiếp nhận. Xem lại trước khi giải quyết."</p>
            })}
            <dl class="ans plain">{answers(&detail)}</dl>
            <p class="sm mute">"Người nộp: "{detail.declarant.clone()}" · "{detail.house.name.clone()}", "{detail.house.village.clone()}</p>
            <Happened detail=detail.clone()/>
        </div>
    }
    .into_any()
}
