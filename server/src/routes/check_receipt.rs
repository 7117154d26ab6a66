//! `/kiem-tra`: is a receipt, or a result on paper, genuine? A page for anybody, without a script. The text is sent in a
//! form, so it stands in no address and no history. Of a result it says whether it still stands, and nothing the paper
//! does not say.

use axum::Form;
use axum::extract::State;
use axum::response::Html;
use leptos::prelude::*;
use serde::Deserialize;
use sync::decision::{Signed, SignedDecision};
use sync::receipt::{Receipt, ReceiptError};

use crate::office::Office;
use crate::receipt::{reason_words, verify};
use crate::routes::page::anew;
use crate::story::Story;
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
    let keys = office.keys.receipt_verifying();
    if SignedDecision::is_meant(&question.receipt) {
        let signed = SignedDecision::from_text(&question.receipt);
        let verdict = match signed.and_then(|signed| signed.verify(&keys).map(|()| signed.said)) {
            Ok(said) => {
                let stands = stands(&office, &said).await;
                Ok(Genuine::Decision(Box::new(said), stands))
            }
            Err(reason) => Err(reason),
        };
        return page(&office, Some(verdict)).await;
    }
    let verdict = match verify(&question.receipt, &keys) {
        Ok(receipt) => {
            let (code, day) = (receipt.root.commune, receipt.root.received_at.day());
            // A name that cannot be read now is left out: the signature is what counts.
            let name = territory::name_on(&office.store, code, day).await.ok().flatten();
            Ok(Genuine::Receipt(Box::new(receipt), name.unwrap_or_default()))
        }
        Err(reason) => Err(reason),
    };
    page(&office, Some(verdict)).await
}

/// What was found genuine.
enum Genuine {
    /// A receipt, and the name its commune had then.
    Receipt(Box<Receipt>, String),
    /// A result, and whether it still stands; `None` when that cannot be read now.
    Decision(Box<Signed>, Option<bool>),
}

type Verdict = Result<Genuine, ReceiptError>;

/// Whether a result has not been annulled, and no later decision has taken its place.
async fn stands(office: &Office, said: &Signed) -> Option<bool> {
    let story = Story::read(office, said.dossier).await.ok()??;
    Some(story.status().decision.is_some_and(|decision| decision.at == said.decided_at))
}

async fn page(office: &Office, verdict: Option<Verdict>) -> Html<String> {
    anew(office, "Kiểm tra biên nhận", || view! { <CheckReceipt verdict/> }.into_any()).await
}

#[component]
fn CheckReceipt(verdict: Option<Verdict>) -> impl IntoView {
    let verdict = verdict.map(|verdict| match verdict {
        Ok(Genuine::Receipt(receipt, commune)) => genuine(&receipt, commune).into_any(),
        Ok(Genuine::Decision(said, stands)) => decision(&said, stands).into_any(),
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
                    <label for="receipt">"Nội dung mã QR trên biên nhận hoặc trên giấy kết quả, bắt đầu bằng BANKHAI"</label>
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

fn decision(said: &Signed, stands: Option<bool>) -> impl IntoView + use<> {
    let (heading, words) = match stands {
        Some(true) => ("Kết quả thật, đang có hiệu lực", "Chữ ký khớp với khóa của máy chủ này."),
        Some(false) => {
            ("Kết quả đã bị hủy bỏ", "Chữ ký là thật, nhưng cơ quan đã hủy bỏ hoặc thay kết quả này.")
        }
        None => ("Kết quả thật", "Chữ ký khớp. Chưa đọc được kết quả còn hiệu lực hay không."),
    };
    let tail =
        if said.number_tail.is_empty() { String::new() } else { format!(" · số …{}", said.number_tail) };
    view! {
        <section class="card" role="status">
            <h2>{heading}</h2>
            <dl>
                <dt>"Người"</dt>
                <dd>{format!("{}{tail}", said.person)}</dd>
                <dt>"Thủ tục"</dt>
                <dd>{said.procedure.clone()}</dd>
                <dt>"Giải quyết lúc"</dt>
                <dd>{said.decided_at.to_string()}</dd>
                {said.until.map(|day| view! { <dt>"Đến hết ngày"</dt><dd>{day.to_string()}</dd> })}
                <dt>"Hồ sơ"</dt>
                <dd>{said.number.to_string()}</dd>
            </dl>
            <p>{words}" So tên và số với giấy đang cầm."</p>
        </section>
    }
}

/// The reason as a sentence of its own.
fn sentence(reason: ReceiptError) -> String {
    let mut signs = reason_words(reason).chars();
    signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect()
}
