//! `POST /theo-doi/rut`: takes a dossier back before it is decided. The first time it asks whether that is meant.

use app::parts::icon::{Icon, Pictogram};
use axum::extract::State;
use axum::response::Html;
use leptos::prelude::*;

use super::matter::{Shown, after, back, form, hub};
use super::{around, whole};
use crate::error::Error;
use crate::holder::answer::typed;
use crate::office::Office;

/// `POST /theo-doi/rut`.
pub async fn withdraw(
    State(office): State<Office>,
    Shown { matter, all, client }: Shown,
) -> Result<Html<String>, Error> {
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
