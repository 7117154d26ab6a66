//! The officer's two acts on the opened notice: receive it, or send it back with a reason.

use dossier::id::DossierId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::bench::{Bench, REASON_ID, Sheet};
use super::words;
use app::live::{Memo, act, live};

/// What the officer may still do with the opened notice, in the order of the buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct May {
    notice: DossierId,
    receive: bool,
    send_back: bool,
    writing: bool,
}

/// The bottom of the pane. It does not depend on what the notice says, so that an answer of the device never
/// takes the words out from under the typing hand.
#[component]
pub fn Decide() -> impl IntoView {
    let bench = Bench::here();
    let may = Memo::new(move |_| {
        let returning = bench.marks.with(|marks| marks.returning);
        bench.detail.with(|detail| {
            detail.as_ref().map(|detail| May {
                notice: detail.card.dossier,
                receive: detail.can_receive,
                send_back: detail.can_return,
                writing: detail.can_return && returning == Some(detail.card.dossier),
            })
        })
    });
    view! {
        <div class="decide">
            {live(move || may.get().map(|may| if may.writing {
                view! { <Reason notice=may.notice/> }.into_any()
            } else {
                view! { <Buttons may=may/> }.into_any()
            }))}
        </div>
    }
}

#[component]
fn Buttons(may: May) -> impl IntoView {
    let bench = Bench::here();
    view! {
        {may.receive.then(|| view! {
            <button
                class="btn main-act wide"
                aria-keyshortcuts="A"
                on:click=act(move |_| bench.receive(vec![may.notice]))
            >
                "Tiếp nhận"<kbd aria-hidden="true">"A"</kbd>
            </button>
        })}
        <div class="row">
            {may.send_back.then(|| view! {
                <button class="btn grow" aria-keyshortcuts="R" on:click=act(move |_| bench.ask_reason())>
                    "Trả lại, yêu cầu bổ sung"<kbd aria-hidden="true">"R"</kbd>
                </button>
            })}
            <button class="btn" on:click=act(move |_| bench.print(Sheet::Notice))>"In"</button>
        </div>
    }
}

/// The reason; without one there is nothing to press.
#[component]
fn Reason(notice: DossierId) -> impl IntoView {
    let bench = Bench::here();
    let reason = move || bench.reasons.with(|reasons| reasons.get(&notice).cloned().unwrap_or_default());
    let typed = move |event| {
        let words = event_target_value(&event);
        bench.reasons.update(|reasons| _ = reasons.insert(notice, words));
    };
    let empty = move || reason().trim().is_empty();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        bench.send_back(notice);
    };
    view! {
        <form class="reason" on:submit=act(send)>
            <label for=REASON_ID>"Lý do trả lại, yêu cầu bổ sung"</label>
            <p class="mute xs" id="desk-reason-hint">{words::REASON_HINT}</p>
            <textarea
                id=REASON_ID
                rows="4"
                required
                maxlength="2000"
                aria-describedby="desk-reason-hint"
                prop:value=reason
                on:input=act(typed)
            ></textarea>
            <div class="row">
                <button type="submit" class="btn main-act grow" disabled=empty>"Trả lại"</button>
                <button type="button" class="btn" on:click=act(move |_| bench.close())>"Thôi"</button>
            </div>
        </form>
    }
}
