//! `POST /theo-doi/rut`: takes a dossier back before it is decided. The first time it asks whether that is meant.

use app::parts::icon::{Icon, Pictogram};
use axum::Form;
use axum::extract::State;
use axum::response::Html;
use leptos::prelude::*;

use super::matter::{after, back, form, hub, opened};
use super::{around, whole};
use crate::client::Client;
use crate::error::Error;
use crate::holder::answer::{Typed, typed};
use crate::office::Office;

/// `POST /theo-doi/rut`.
pub async fn withdraw(
    State(office): State<Office>,
    client: Client,
    Form(all): Form<Typed>,
) -> Result<Html<String>, Error> {
    let matter = match opened(&office, &client, &all).await? {
        Ok(matter) => matter,
        Err(page) => return Ok(page),
    };
    if !matter.status.is_with_office() {
        let words = "Hồ sơ này đã kết thúc, không còn rút được.";
        return Ok(hub(&office, &matter, Some((false, words))).await);
    }
    if typed(&all, "sure").is_empty() {
        let page = || {
            let sure = view! {
                <p class="check xem"><Pictogram icon=Icon::Review/>"Nơi giải quyết sẽ dừng lại. Muốn làm tiếp thì phải nộp hồ sơ mới."</p>
                <button class="btn main-act wide" name="sure" value="1">"Rút hồ sơ"</button>
            };
            let inside = view! {
                {form(&matter.key, "/theo-doi/rut", sure.into_any())}
                {back(&matter.key)}
            };
            around("Rút hồ sơ?", inside.into_any())
        };
        return Ok(whole(&office, page).await);
    }
    let done = matter.withdraw(&office).await?;
    after(&office, &client, (&all, done), "Đã rút hồ sơ. Nơi giải quyết và người nộp hộ thấy ngay.").await
}
