//! `/khai`: the plain form. Login and password come with each form, so there is no session to steal; every page is
//! made anew and kept nowhere.

use app::text;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use dossier::id::CommuneCode;
use dossier::intent::Refusal;
use leptos::prelude::*;
use sync::door::DoorRefusal;
use sync::receipt::Receipt;

use super::door::authenticate;
use super::page::anew;
use crate::client::Client;
use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::plain::page::{self, Objections};
use crate::plain::typed::Typed;
use crate::plain::{Filed, Ticket};
use crate::store::account::AccountRow;
use crate::store::commune;

/// `GET /khai`: a blank form.
pub async fn ask(State(office): State<Office>) -> Response {
    let typed = Typed { ticket: Ticket::mint().to_string(), ..Typed::blank(clock::now()) };
    form(&office, StatusCode::OK, typed, Objections::default()).await
}

/// `POST /khai`: the receipt, or the form again with what is wrong.
pub async fn file(
    State(office): State<Office>,
    client: Client,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Response, Error> {
    let Ok(Form(mut typed)) = typed else {
        let whole = Some("Chưa đọc được phần đã gửi. Ghi lại giúp nhé.".to_owned());
        let blank = Typed { ticket: Ticket::mint().to_string(), ..Typed::blank(clock::now()) };
        return Ok(form(
            &office,
            StatusCode::BAD_REQUEST,
            blank,
            Objections { whole, ..Objections::default() },
        )
        .await);
    };
    let ticket = Ticket::read(&typed.ticket);
    typed.ticket = ticket.to_string();
    let notice = match typed.draft().parse(clock::now()) {
        Ok(notice) => notice,
        Err(faults) => {
            let objections = Objections { faults, ..Objections::default() };
            return Ok(form(&office, StatusCode::UNPROCESSABLE_ENTITY, typed, objections).await);
        }
    };
    if typed.login.trim().is_empty() || typed.password.is_empty() {
        let sign_in = Some("Chưa có tên đăng nhập hoặc mật khẩu.".to_owned());
        let objections = Objections { sign_in, ..Objections::default() };
        return Ok(form(&office, StatusCode::UNPROCESSABLE_ENTITY, typed, objections).await);
    }
    let filed = async {
        let person = authenticate(&office, client.address, &typed.login, typed.password.clone()).await?;
        let filed = crate::plain::file(&office, &person, ticket, notice).await?;
        Ok((person, filed))
    };
    match filed.await {
        Ok((person, Filed::Receipt(receipt))) => proof(&office, &person, &receipt).await,
        Ok((_, Filed::Refused(why))) => {
            let whole = Some(text::rejected(why).to_owned());
            let objections = Objections { whole, ..Objections::default() };
            Ok(form(&office, StatusCode::UNPROCESSABLE_ENTITY, typed, objections).await)
        }
        Err(error) => refused(&office, typed, error).await,
    }
}

/// The form again, with the reason it was not taken; what cannot be told in words stays an error.
async fn refused(office: &Office, typed: Typed, error: Error) -> Result<Response, Error> {
    let words = |refusal: Refusal| Some(text::refusal::words(&refusal));
    let mut objections = Objections::default();
    let (status, seconds) = match error {
        Error::Door(DoorRefusal::BadPassword) => {
            objections.sign_in = words(Refusal::BadPassword);
            (StatusCode::FORBIDDEN, None)
        }
        Error::Slow(seconds) => {
            objections.whole = words(Refusal::Wait { wait: u32::try_from(seconds).unwrap_or(u32::MAX) });
            (StatusCode::TOO_MANY_REQUESTS, Some(seconds))
        }
        Error::Busy => {
            objections.whole = Some("Nơi nhận đang bận. Chờ một chút rồi gửi lại.".to_owned());
            (StatusCode::SERVICE_UNAVAILABLE, Some(3))
        }
        Error::Forbidden => {
            objections.whole = words(Refusal::Forbidden);
            (StatusCode::FORBIDDEN, None)
        }
        other => return Err(other),
    };
    let mut response = form(office, status, typed, objections).await;
    if let Some(seconds) = seconds {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

async fn form(office: &Office, status: StatusCode, typed: Typed, objections: Objections) -> Response {
    let body = move || page::form(&typed, &objections);
    (status, whole(office, "Khai lưu trú", body).await).into_response()
}

async fn proof(office: &Office, person: &AccountRow, receipt: &Receipt) -> Result<Response, Error> {
    let commune = commune::find(office.store.readers(), CommuneCode(person.commune)).await?;
    let standing = commune.map_or(office.standing, |commune| commune.standing(office.standing));
    Ok(whole(office, "Biên nhận", || page::receipt(receipt, standing)).await.into_response())
}

async fn whole(office: &Office, title: &'static str, body: impl FnOnce() -> AnyView) -> Html<String> {
    anew(office, title, body).await
}
