//! `/co-so/{word}`: what a guest reads who scans the paper on an establishment's wall: what to show, who tells the police
//! and until when, whom to ring, where to complain; in Vietnamese and English, without a script and without an account.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HOST};
use axum::response::{Html, IntoResponse, Response};
use leptos::prelude::*;

use crate::error::Error;
use crate::office::Office;
use crate::poster;
use crate::routes::page::anew;
use crate::store::commune::CommuneRow;
use crate::store::establishment::EstablishmentRow;

/// `GET /co-so/{word}`: the page.
pub async fn page(State(office): State<Office>, Path(word): Path<String>) -> Result<Html<String>, Error> {
    let (house, commune) = poster::find(&office, &word).await?;
    Ok(anew(&office, "Khách đến ở", || {
        let paper = format!("/co-so/{word}/ap-phich.pdf");
        view! { <Page house commune paper/> }.into_any()
    })
    .await)
}

/// `GET /co-so/{word}/ap-phich.pdf`: the paper itself.
pub async fn paper(
    State(office): State<Office>,
    Path(word): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let found = poster::find(&office, &word).await?;
    let address = format!("{}/co-so/{word}", site(&headers)?);
    let file = poster::draw(&office, found, address).await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_DISPOSITION, "attachment; filename=\"ap-phich.pdf\""),
    ];
    Ok((headers, file).into_response())
}

/// The office's own address, as whoever asks for the paper reached it. Only this machine is reached without https.
fn site(headers: &HeaderMap) -> Result<String, Error> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).ok_or(Error::NotFound)?;
    let here = ["localhost", "127.0.0.1"].iter().any(|name| host.split(':').next() == Some(name));
    Ok(format!("{}://{host}", if here { "http" } else { "https" }))
}

#[component]
fn Page(house: EstablishmentRow, commune: CommuneRow, paper: String) -> impl IntoView {
    let to = format!("tel:{}", commune.duty_phone.replace([' ', '.'], ""));
    view! {
        <div class="app">
            <header class="hero">
                <h1>{house.name}</h1>
                <p>{format!("{}, {}, {}", house.village, commune.name, commune.province)}</p>
            </header>
            <div class="weave big"></div>
            <main class="main">
                <section class="card">
                    <h2>"Khách đến ở"</h2>
                    <ul class="says">
                        <li>"Đưa thẻ căn cước, căn cước công dân, thông tin trên VNeID hoặc hộ chiếu cho cơ sở. Trẻ em: giấy khai sinh hoặc số định danh."</li>
                        <li>"Cơ sở thông báo lưu trú với Công an trước 23 giờ; đến sau 23 giờ thì trước 8 giờ hôm sau. Bạn không phải tự đi báo."</li>
                    </ul>
                    <p class="sm mute">"Luật Cư trú 68/2020/QH14 điều 30."</p>
                </section>
                <section class="card" lang="en">
                    <h2>"For guests"</h2>
                    <ul class="says">
                        <li>"Please show your ID card or passport when you arrive."</li>
                        <li>"Your host tells the police that you stay here. Guests from abroad are declared as soon as they arrive. You need not go anywhere."</li>
                    </ul>
                </section>
                <section class="card">
                    <h2>{commune.agency}</h2>
                    <p>"Trực ban (duty officer): "<a href=to>{commune.duty_phone.clone()}</a></p>
                </section>
                <a class="btn wide" href="/phan-anh">"Phản ánh, kiến nghị"</a>
                <a class="btn wide" href=paper download="ap-phich.pdf">"Tải áp phích A4 (PDF)"</a>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
}
