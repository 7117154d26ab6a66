//! `POST /theo-doi/ket-qua`: the signed result, for who holds the code and the private word, where it comes electronically.

use app::parts::icon::{Icon, Pictogram};
use app::parts::qr::Qr;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use dossier::filing::printed::{Printed, Trail};
use dossier::filing::step::ReturnWay;
use leptos::prelude::*;

use super::matter::{Shown, back, form, hub};
use super::{around, whole};
use crate::error::Error;
use crate::holder::Matter;
use crate::holder::answer::typed;
use crate::office::Office;
use crate::printing;

/// The text of the result, while one stands and comes this way.
fn signed(office: &Office, matter: &Matter) -> Option<String> {
    let decision = matter.status.decision.as_ref()?;
    if !matches!(matter.way(), Some(ReturnWay::Electronic) | None) {
        return None;
    }
    let content = matter.story.history.read_at(&decision.heads)?.ok()?;
    matter.story.signed_result(office, content.filing()?, &matter.procedure)
}

const NOT_HERE: (bool, &str) = (false, "Chưa có kết quả điện tử để xem ở đây.");

/// `POST /theo-doi/ket-qua`.
pub async fn show(State(office): State<Office>, Shown { matter, .. }: Shown) -> Result<Html<String>, Error> {
    let Some(text) = signed(&office, &matter) else { return Ok(hub(&office, &matter, Some(NOT_HERE)).await) };
    Ok(whole(&office, || around("Kết quả", page(&matter, text))).await)
}

/// `POST /theo-doi/ket-qua.pdf`: the same on paper.
pub async fn paper(
    State(office): State<Office>,
    Shown { matter, all, .. }: Shown,
) -> Result<Response, Error> {
    let wanted = Printed::named(typed(&all, FORM)).filter(|form| papers(&matter).contains(form));
    let Some(form) = wanted.filter(|_| signed(&office, &matter).is_some()) else {
        return Ok(hub(&office, &matter, Some(NOT_HERE)).await.into_response());
    };
    let file = printing::of_story(&office, &matter.story, matter.commune.code(), form).await?;
    let named = format!("attachment; filename=\"{}\"", form.file());
    let headers = [
        (CONTENT_TYPE, "application/pdf"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_DISPOSITION, named.as_str()),
    ];
    Ok((headers, file).into_response())
}

/// What says which paper is wanted.
const FORM: &str = "form";

/// The official forms of the result.
fn papers(matter: &Matter) -> Vec<Printed> {
    let trail = Trail::of(&matter.story.acts);
    let there = |form: &Printed| trail.has(*form, &matter.procedure);
    [Printed::Ct07, Printed::Ct03, Printed::Ct08].into_iter().filter(there).collect()
}

fn page(matter: &Matter, text: String) -> AnyView {
    let decision = matter.status.decision.as_ref();
    let told = decision.map(|decision| {
        let until = decision.until.map(|day| view! { <p>{format!("Thời hạn đến hết ngày {day}")}</p> });
        view! {
            <p class="st nhan"><Pictogram icon=Icon::Received/>{format!("Đã giải quyết, {}", decision.at)}</p>
            <p>{decision.words.to_string()}</p>
            {until}
        }
    });
    let papers = papers(matter).into_iter().map(|one| {
        let words = format!("Tải {} (PDF)", one.label());
        let button = view! { <button class="btn main-act wide" name=FORM value=one.slug()>{words}</button> };
        form(&matter.key, "/theo-doi/ket-qua.pdf", button.into_any())
    });
    view! {
        <section class="card proof">
            <h2>{matter.procedure.title.clone()}</h2>
            {told}
            <Qr text=text.clone() label="Mã QR của kết quả ký số".to_owned()/>
            <p class="sm mute">"Ai cũng kiểm tra được mã này ở trang Kiểm tra biên nhận. Mã có tên người và 4 số cuối: chỉ đưa cho người cần xem."</p>
            <p class="code">{text}</p>
        </section>
        {papers.collect_view()}
        {back(&matter.key)}
    }
    .into_any()
}
