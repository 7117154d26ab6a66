//! Một trong hai: one question a screen, the values two devices wrote large, nothing chosen beforehand.

use dossier::view::ConflictValue;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::live::{RwSignal, Signal, act, flag};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;
use crate::parts::shell::Page;

/// What the page is called.
pub const DIFFER: &str = "Hai máy ghi khác nhau";

/// The question, or that none is left.
#[component]
pub fn Either(
    /// How many questions are left.
    left: usize,
    /// The page of the matter it is about.
    back: String,
    /// Who it is about, and where; empty when none is left.
    who: String,
    /// Where: a room, a procedure.
    #[prop(optional_no_strip)]
    place: Option<String>,
    /// The question.
    question: String,
    /// Of whom it can be asked: "khách".
    asked: &'static str,
    /// The values, in an order every device agrees on.
    values: Vec<ConflictValue>,
    /// Told which was chosen.
    #[prop(into)]
    choose: Callback<usize>,
) -> impl IntoView {
    if left == 0 {
        return view! {
            <Page title=DIFFER back>
                <p class="st nhan"><Pictogram icon=Icon::Tick/>"Không còn chỗ nào cần chọn."</p>
            </Page>
        }
        .into_any();
    }
    let navigate = use_navigate();
    let chosen = RwSignal::new(None::<Option<usize>>);
    let texts: Vec<String> = values.iter().map(|value| value.text.clone()).collect();
    let picks = values.into_iter().enumerate().map(move |(place, value)| {
        let by = if value.here { "máy này ghi" } else { "máy khác ghi" };
        let shown = value.shown.then_some(" · đang hiện ở mọi nơi");
        view! {
            <Pick
                group="gia-tri"
                class="big"
                chosen=Signal::derive(move || chosen.get() == Some(Some(place)))
                choose=move |()| chosen.set(Some(Some(place)))
            >
                <b>{value.text}</b>
                <small class="by"><Pictogram icon=Icon::Here class="i-s"/><span>{by}{shown}</span></small>
            </Pick>
        }
    });
    let words = move || match chosen.get() {
        Some(Some(place)) => format!("Chọn {}", texts.get(place).cloned().unwrap_or_default()),
        Some(None) => format!("Để hỏi {asked}"),
        None => "Chọn một".to_owned(),
    };
    let away = back.clone();
    let decide = move |_| match chosen.get_untracked() {
        Some(Some(place)) => choose.run(place),
        Some(None) => navigate(&away, Default::default()),
        None => {}
    };
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" disabled=flag(move || chosen.get().is_none()) on:click=act(decide.clone())>
                {words.clone()}
            </button>
        }
    };
    view! {
        <Page title=DIFFER under=format!("Còn {left} chỗ cần chọn") back foot=foot>
            <section class="card">
                <p class="caps"><b>{who}</b></p>
                <p class="sm mute">{place}</p>
            </section>
            <fieldset>
                <legend class="ask">{question}</legend>
                {picks.collect_view()}
                <Pick
                    group="gia-tri"
                    chosen=Signal::derive(move || chosen.get() == Some(None))
                    choose=move |()| chosen.set(Some(None))
                >
                    {format!("Chưa rõ, để hỏi {asked}")}
                </Pick>
            </fieldset>
            <p class="sm mute">"Cả hai đều được giữ trong lịch sử. Việc gửi không phải chờ."</p>
        </Page>
    }
    .into_any()
}
