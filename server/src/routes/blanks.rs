//! `/mau`: blank forms for anybody, without a script and without an account.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use leptos::prelude::*;

use crate::error::Error;
use crate::office::Office;
use crate::printing::blank::{BLANKS, By, drawn};
use crate::routes::page::anew;

/// `GET /mau/{form}`: one of them. A day is short enough for a form that is issued anew.
pub async fn form(Path(form): Path<String>) -> Result<Response, Error> {
    let file = drawn(&form).await?;
    let named = format!("attachment; filename=\"{form}\"");
    let headers = [
        (CONTENT_TYPE, "application/pdf"),
        (CACHE_CONTROL, "public, max-age=86400"),
        (CONTENT_DISPOSITION, named.as_str()),
    ];
    Ok((headers, file).into_response())
}

/// `GET /mau`: which there are, and what for.
pub async fn list(State(office): State<Office>) -> Html<String> {
    anew(&office, "Mẫu giấy tờ", || view! { <Blanks/> }.into_any()).await
}

#[component]
fn Blanks() -> impl IntoView {
    view! {
        <div class="app">
            <header class="hero"><h1>"Mẫu giấy tờ"</h1></header>
            <div class="weave big"></div>
            <main class="main">
                <p>"In ra, viết tay rồi nộp tại Công an xã. Khai trên Bản Khai thì không cần viết lại."</p>
                <p><a class="btn wide" href="/to-khai">"Điền sẵn CT01 rồi in"</a></p>
                <h2>"Bạn viết"</h2>
                {offered(By::Citizen)}
                <h2>"Cơ quan cấp, để bạn xem trước"</h2>
                {offered(By::Agency)}
                <p class="sm mute">"Mẫu kèm theo Thông tư 116/2026/TT-BCA. Phần chú thích của CT01 ghi gọn; CT03 đến CT08 dựng theo nội dung Thông tư và các trang thủ tục, chưa đối chiếu với bản in của Thông tư."</p>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
}

fn offered(by: By) -> AnyView {
    let forms = BLANKS.iter().filter(move |blank| blank.by == by).map(|blank| {
        view! {
            <li class="card">
                <h3>{blank.title}</h3>
                <p class="sm">{blank.what}</p>
                <a class="btn wide" href=format!("/mau/{}", blank.file) download=blank.file>
                    {format!("Tải {}", blank.file)}
                </a>
            </li>
        }
    });
    view! { <ul class="stack">{forms.collect_view()}</ul> }.into_any()
}
