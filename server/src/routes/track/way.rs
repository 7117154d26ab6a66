//! `POST /theo-doi/cach-nhan`: how the result comes: electronic, in person, by post.

use app::parts::icon::{Icon, Pictogram};
use app::text::filing::trouble;
use axum::extract::State;
use axum::response::Html;
use dossier::filing::FilingTrouble;
use dossier::filing::step::{Reason, ReturnWay};
use dossier::procedure::FieldKind;
use leptos::prelude::*;

use super::matter::{Shown, after, back, form, hub};
use super::{around, whole};
use crate::error::Error;
use crate::holder::Matter;
use crate::holder::answer::typed;
use crate::office::Office;

const WAYS: [ReturnWay; 3] = [ReturnWay::Electronic, ReturnWay::InPerson, ReturnWay::Post];

/// `POST /theo-doi/cach-nhan`.
pub async fn choose(
    State(office): State<Office>,
    Shown { matter, all, client }: Shown,
) -> Result<Html<String>, Error> {
    let Some(way) = ReturnWay::named(typed(&all, "way")) else {
        return Ok(asked(&office, &matter, matter.way(), "", None).await);
    };
    let written = typed(&all, "address");
    let address = if way == ReturnWay::Post {
        match FieldKind::Place
            .canonical(written, dossier::moment::Day(0))
            .map(|place| place.parse::<Reason>())
        {
            Ok(Ok(address)) => Some(address),
            Ok(Err(_)) => {
                return Ok(asked(&office, &matter, Some(way), written, Some(FilingTrouble::Missing)).await);
            }
            Err(why) => return Ok(asked(&office, &matter, Some(way), written, Some(why)).await),
        }
    } else {
        None
    };
    // Said already: pressed twice it is one choice.
    if address.is_none() && matter.status.chosen == Some(way) && matter.way() == Some(way) {
        return Ok(hub(&office, &matter, Some((true, "Đã ghi cách nhận kết quả."))).await);
    }
    let done = matter.return_by(&office, way, address).await?;
    after(&office, &client, (&all, done), "Đã ghi cách nhận kết quả.").await
}

async fn asked(
    office: &Office,
    matter: &Matter,
    chosen: Option<ReturnWay>,
    address: &str,
    fault: Option<FilingTrouble>,
) -> Html<String> {
    let page = || {
        let picks = WAYS.map(|way| {
            view! {
                <label class="pick">
                    <input type="radio" name="way" value=way.slug() checked=chosen == Some(way)/>
                    <span class="rb" aria-hidden="true"></span>
                    <span class="grow">{way.label()}</span>
                </label>
            }
        });
        let fault = fault.map(|why| {
            view! { <div class="check qua" role="alert"><Pictogram icon=Icon::Review/><p>{trouble(&why)}</p></div> }
        });
        let inside = view! {
            <fieldset class="q"><legend class="lab">"Nhận kết quả bằng cách nào"</legend><div class="picks">{picks}</div></fieldset>
            <div class="q">
                <label for="address">"Địa chỉ nhận"<span class="hint">"Chỉ ghi khi nhận qua bưu chính"</span></label>
                <input class="box" id="address" name="address" value=address.to_owned() autocomplete="off"/>
                {fault}
            </div>
            <button class="btn main-act wide">"Ghi lại"</button>
        };
        let inside = view! {
            {form(&matter.key, "/theo-doi/cach-nhan", inside.into_any())}
            {back(&matter.key)}
        };
        around("Cách nhận kết quả", inside.into_any())
    };
    whole(office, page).await
}
