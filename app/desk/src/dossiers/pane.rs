//! The opened dossier beside the table.

use dossier::filing::view::FilingDetail;
use leptos::prelude::*;

use super::act::Acts;
use super::fee;
use super::remarks::Remarks;
use super::{Line, PANE_ID};
use app::live::{Memo, act, live};
use app::pages::filing::detail::{Happened, answers};
use app::pages::filing::forms::Forms;
use app::pages::filing::pictures::Pictures;
use app::parts::behalf::GroundCard;
use app::parts::icon::{Icon, Pictogram};
use app::text::{filing as words, time};

/// The pane.
#[component]
pub fn Pane() -> impl IntoView {
    let line = Line::here();
    let open = Memo::new(move |_| line.opened.with(Option::is_some));
    view! {
        {live(move || open.get().then(|| view! {
            <aside class="pane" aria-label="Chi tiết hồ sơ">
                <div class="content">
                    {live(move || line.detail.get().map(|detail| view! { <Opened detail/> }))}
                </div>
                // What is being written stays while the dossier beside it is told anew.
                <Acts/>
            </aside>
        }))}
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
    let taken_in = detail.acts.iter().find(|recorded| recorded.is_taken_in()).map(|recorded| {
        let (at, by) = (time::moment(recorded.at, today), recorded.by.name.clone());
        let desk = match &card.elsewhere {
            Some(elsewhere) => words::received_by(elsewhere),
            None => "Nhận qua Trung tâm phục vụ hành chính công".to_owned(),
        };
        view! { <p class="sm mute">{desk}": "{by}", "{at}</p> }
    });
    let decides = line.is_one_stop().then(|| {
        let elsewhere = card.elsewhere.as_ref().map(|elsewhere| elsewhere.decides.clone());
        let agency = elsewhere.unwrap_or_else(|| detail.procedure.agency.label().to_owned());
        view! { <p class="sm mute">"Nơi giải quyết: "<b>{agency}</b></p> }
    });
    view! {
        <div class="title">
            <p class="grow mute">{card.title.clone()}" "<span class="num nw">{number}</span></p>
            <button class="shut" aria-keyshortcuts="Escape" on:click=act(move |_| line.open(None))>
                <Pictogram icon=Icon::Back class="i-s"/>
                "Về bảng"
            </button>
        </div>
        <div class="names">
            <h2 id=PANE_ID tabindex="-1"><span class="caps">{card.name.clone()}</span></h2>
            <p><b>{card.status.word()}</b>{words::asked(&card.status, today).map(|words| format!(" · {words}"))}{card.clock.map(|clock| format!(" · {}", words::term(&clock, today)))}</p>
        </div>
        {decides}
        {taken_in}
        {words::review(&card.state).map(|words| view! {
                <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{words}</p>
            })}
            {changed.then(|| view! {
                <p class="check xem"><Pictogram icon=Icon::Review/>"Hồ sơ đã sửa sau khi tiếp nhận. Xem lại trước khi giải quyết."</p>
            })}
            <Remarks detail=detail.clone()/>
            {fee::too_much(&detail)}
            <dl class="ans plain">{answers(&detail)}</dl>
            <p class="sm mute">"Người nộp: "{detail.declarant.clone()}" · "{detail.house.name.clone()}", "{detail.house.village.clone()}</p>
            {words::pictures(card.papers).map(|words| view! { <p class="sm mute">{words}</p> })}
            {detail.behalf.clone().map(|behalf| view! { <GroundCard behalf/> })}
            <Pictures detail=detail.clone()/>
            <Happened detail=detail.clone()/>
            <Forms detail/>
    }
    .into_any()
}
