//! `/kiem-tra`: is a receipt genuine? A page for anybody, without a script. The receipt is sent in a form, so it
//! stands in no address and no history.

use axum::Form;
use axum::extract::State;
use axum::response::Html;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use serde::Deserialize;
use sync::receipt::{Receipt, ReceiptError};

use crate::office::Office;
use crate::receipt::{reason_words, verify};
use crate::routes::page::{Assets, document};
use crate::territory;

/// What the form sends.
#[derive(Deserialize)]
pub struct Question {
    /// The text of the QR code.
    receipt: String,
}

/// `GET /kiem-tra`: the form.
pub async fn ask(State(office): State<Office>) -> Html<String> {
    page(&office, None).await
}

/// `POST /kiem-tra`: the form with its answer.
pub async fn answer(State(office): State<Office>, Form(question): Form<Question>) -> Html<String> {
    let verdict = verify(&question.receipt, &office.keys.receipt_verifying());
    let verdict = match verdict {
        Ok(receipt) => {
            let (code, day) = (receipt.root.commune, receipt.root.received_at.day());
            // A name that cannot be read now is left out: the signature is what counts.
            let name = territory::name_on(&office.store, code, day).await.ok().flatten();
            Ok((receipt, name.unwrap_or_default()))
        }
        Err(reason) => Err(reason),
    };
    page(&office, Some(verdict)).await
}

/// A genuine receipt and the name its commune had then.
type Verdict = Result<(Receipt, String), ReceiptError>;

async fn page(office: &Office, verdict: Option<Verdict>) -> Html<String> {
    let assets = Assets::read(&office.site).await;
    let html = Owner::new().with(|| {
        provide_meta_context();
        let title = view! { <title>"Kiểm tra biên nhận · Bản Khai"</title> };
        document(assets.as_ref(), title.into_any(), view! { <CheckReceipt verdict/> }.into_any()).to_html()
    });
    Html(html)
}

#[component]
fn CheckReceipt(verdict: Option<Verdict>) -> impl IntoView {
    let verdict = verdict.map(|verdict| match verdict {
        Ok((receipt, commune)) => genuine(&receipt, commune).into_any(),
        Err(reason) => {
            view! { <p class="card" role="alert">{format!("{}.", sentence(reason))}</p> }.into_any()
        }
    });
    view! {
        <div class="app">
            <header class="hero"><h1>"Kiểm tra biên nhận"</h1></header>
            <div class="weave big"></div>
            <main class="main">
                {verdict}
                <form method="post" action="/kiem-tra">
                    <label for="receipt">"Nội dung mã QR của biên nhận, bắt đầu bằng BANKHAI1:"</label>
                    <textarea id="receipt" name="receipt" rows="6" required autocomplete="off" spellcheck="false">
                    </textarea>
                    <button class="btn main-act wide">"Kiểm tra"</button>
                </form>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
}

fn genuine(receipt: &Receipt, commune: String) -> impl IntoView + use<> {
    view! {
        <section class="card" role="status">
            <h2>"Biên nhận thật"</h2>
            <dl>
                <dt>"Số"</dt>
                <dd>{receipt.number().to_string()}</dd>
                <dt>"Máy chủ nhận lúc"</dt>
                <dd>{receipt.root.received_at.to_string()}</dd>
                <dt>"Mã xã"</dt>
                <dd>{format!("{} {commune}", receipt.root.commune)}</dd>
                <dt>"Hồ sơ"</dt>
                <dd>{receipt.dossier.to_string()}</dd>
            </dl>
            <p>"Chữ ký khớp với khóa của máy chủ này. Biên nhận không chứa tên hay số giấy tờ."</p>
        </section>
    }
}

/// The reason as a sentence of its own.
fn sentence(reason: ReceiptError) -> String {
    let mut signs = reason_words(reason).chars();
    signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect()
}
