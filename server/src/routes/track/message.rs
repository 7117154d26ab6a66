//! `POST /theo-doi/tin-nhan`: whether news of a dossier come by text message as well. Nothing is sent without this yes.

use axum::extract::State;
use axum::response::Html;
use leptos::prelude::*;

use super::matter::{Shown, form, hub};
use crate::clock;
use crate::error::Error;
use crate::holder::Matter;
use crate::holder::answer::typed;
use crate::message::{inbound, telephone};
use crate::office::Office;
use crate::store::message;

/// Whether news come already; what cannot be read now counts as no.
pub(super) async fn wished(office: &Office, matter: &Matter) -> bool {
    message::wished(office.store.readers(), matter.story.dossier).await.unwrap_or(false)
}

/// The offer, where the dossier gives a telephone that can be reached; only its last digits are shown.
pub(super) fn offered(matter: &Matter, told: bool) -> Option<AnyView> {
    let phone = telephone(&matter.filing)?;
    let tail = phone.as_str().chars().skip(7).collect::<String>();
    let (words, to, button) = if told {
        (format!("Đang báo tin cho số điện thoại đuôi {tail}."), "0", "Thôi báo bằng tin nhắn")
    } else {
        let words = "Tin nhắn không ghi tên, không có đường dẫn. Đừng bấm vào tin nào có đường dẫn.";
        (
            format!("Báo tin cho số điện thoại đuôi {tail} khi hồ sơ có tin mới. {words}"),
            "1",
            "Báo bằng tin nhắn",
        )
    };
    let inside = view! {
        <p class="sm">{words}</p>
        <button class="btn wide" name="on" value=to>{button}</button>
    };
    Some(form(&matter.key, "/theo-doi/tin-nhan", inside.into_any()))
}

/// `POST /theo-doi/tin-nhan`.
pub async fn turn(
    State(office): State<Office>,
    Shown { matter, all, .. }: Shown,
) -> Result<Html<String>, Error> {
    let on = typed(&all, "on") == "1";
    if office.messages.line().is_none() || telephone(&matter.filing).is_none() {
        return Ok(hub(&office, &matter, Some((false, "Nơi này chưa báo tin bằng tin nhắn."))).await);
    }
    inbound::turn(&office, matter.story.dossier, on, clock::now()).await?;
    let words = if on { "Sẽ báo bằng tin nhắn." } else { "Không báo bằng tin nhắn nữa." };
    Ok(hub(&office, &matter, Some((true, words))).await)
}
