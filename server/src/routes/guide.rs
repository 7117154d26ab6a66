//! `/thu-tuc/{procedure}/cach-khai`: how the form of a procedure is filled in, step by step, for anybody and without a
//! script. Each step is the product's own screen, drawn by the same code over an invented person, so it is never out of
//! date and a procedure added by a file has its guide at once. The screen is inert: nothing in it can be pressed or typed.

use app::browser::{Browser, NoBrowser};
use app::clock::Clock;
use app::device::{Device, Pending};
use app::live::Signal as LiveSignal;
use app::pages::filing::Sections;
use app::pages::filing::shown::{Step, steps};
use app::parts::icon::Sprite;
use axum::extract::{Path, State};
use axum::response::Html;
use dossier::filing::example::example;
use dossier::filing::intent::OpenForm;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::procedure::Procedure;
use dossier::view::View;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;
use leptos_router::location::RequestUrl;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::routes::catalogue::find;
use crate::routes::page::{Assets, document, titled};

/// `GET /thu-tuc/{procedure}/cach-khai`: the first step.
pub async fn first(State(office): State<Office>, Path(id): Path<String>) -> Result<Html<String>, Error> {
    page(&office, &id, 1).await
}

/// `GET /thu-tuc/{procedure}/cach-khai/{step}`: any other, counted from 1.
pub async fn step(
    State(office): State<Office>,
    Path((id, step)): Path<(String, u16)>,
) -> Result<Html<String>, Error> {
    page(&office, &id, step).await
}

async fn page(office: &Office, id: &str, step: u16) -> Result<Html<String>, Error> {
    let procedure = find(office, id)?;
    let assets = Assets::read(office).await;
    let now = clock::now();
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_meta_context();
        stage(now);
        let draft = example(&procedure, now);
        let all = steps(draft.clone(), procedure.clone());
        let place = usize::from(step).checked_sub(1)?;
        let shown = all.get(place)?;
        let (changes, asked) = (Vec::new(), Vec::new());
        let open = OpenForm { draft, procedure: procedure.clone(), changes, asked, came: None };
        let inside = around(&procedure, &all, place, screen(open, shown)).into_any();
        let title = titled(&format!("Cách khai: {}", procedure.title));
        Some(document(&assets, title(), inside).to_html())
    });
    owner.cleanup();
    html.map(Html).ok_or(Error::NotFound)
}

/// What every screen expects around it: a device nobody is at, which answers nothing.
fn stage(now: Moment) {
    let (view, _) = signal(View::default());
    let answer = |_| Box::pin(async { Answer::Refused(Refusal::Unknown) }) as Pending;
    let device = Device::new(view, Box::new(answer));
    provide_context(device);
    provide_context(Browser::new(NoBrowser));
    provide_context(Clock::new(LiveSignal::derive(move || now.0), device));
}

fn screen(open: OpenForm, step: &Step) -> AnyView {
    provide_context(RequestUrl::new(&step.address));
    view! { <Router><Sections open/></Router> }.into_any()
}

/// The screen in its frame, what is done there, and the ways on and back.
fn around(procedure: &Procedure, all: &[Step], place: usize, screen: AnyView) -> impl IntoView + use<> {
    let at = |step: usize| format!("/thu-tuc/{}/cach-khai/{step}", procedure.id);
    let (number, last) = (place + 1, all.len());
    // Not the words of the button in the picture, which cannot be pressed.
    let on = (number < last).then(|| (at(number + 1), format!("Xem bước {}", number + 1)));
    let before = (place > 0).then(|| (at(place), format!("Xem lại bước {place}")));
    let sheet = format!("/thu-tuc/{}", procedure.id);
    let own = format!("/may/thu-tuc/{}", procedure.id);
    let says = all.get(place).map(|step| step.says);
    view! {
        <Sprite/>
        <div class="app">
            <header class="hero"><h1>"Cách khai"</h1><p>{procedure.title.clone()}</p></header>
            <div class="weave big"></div>
            <main class="main">
                <p><b>{format!("Bước {number} trong {last}. ")}</b>{says}</p>
                <p class="sm mute">"Màn hình ví dụ: người và giấy tờ trong đó đều không có thật."</p>
                <div class="frame" inert aria-hidden="true">{screen}</div>
                {match on {
                    Some((on, words)) => view! { <a class="btn main-act wide" href=on>{words}</a> }.into_any(),
                    None => view! { <a class="btn main-act wide" href=own>"Khai trên máy này"</a> }.into_any(),
                }}
                {before.map(|(before, words)| view! { <a class="btn wide" href=before>{words}</a> })}
                <p><a href=sheet>"Cần gì, bao lâu, lệ phí bao nhiêu"</a></p>
            </main>
        </div>
    }
}
