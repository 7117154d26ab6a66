//! `/theo-doi`: where a matter stands, for whoever holds its code. No account, no script, no name: the code is sent in a
//! form, so it stands in no address and no history.

use app::parts::icon::{Icon, Pictogram, Sprite};
use app::text::refusal;
use axum::Form;
use axum::extract::State;
use axum::response::Html;
use dossier::behalf::TrackingCode;
use dossier::id::{CommuneCode, DossierId};
use dossier::intent::Refusal;
use dossier::status::Status;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use serde::Deserialize;
use sync::office::answer::Item;

use crate::client::Client;
use crate::clock;
use crate::error::Error;
use crate::exchange::rows::{self, KeyRing};
use crate::keys::Keys;
use crate::office::Office;
use crate::routes::page::{Assets, document};
use crate::store::{commune, dossier as log, tracking};
use crate::throttle::Knock;

/// What the form sends.
#[derive(Deserialize)]
pub struct Question {
    /// The code as typed.
    code: String,
}

/// What is told of a matter.
struct Standing {
    status: Status,
    agency: String,
    duty_phone: String,
}

/// What came of a question.
enum Found {
    Standing(Standing),
    Nothing,
    Wait(u64),
}

/// The mark a code is kept as.
pub fn mark(keys: &Keys, code: TrackingCode) -> [u8; 16] {
    keys.mark("tracking", &code.bytes())
}

/// `GET /theo-doi`: the form.
pub async fn ask(State(office): State<Office>) -> Html<String> {
    page(&office, None).await
}

/// `POST /theo-doi`: the form with its answer. Guesses are slowed like those at the door.
pub async fn answer(
    State(office): State<Office>,
    client: Client,
    Form(question): Form<Question>,
) -> Result<Html<String>, Error> {
    let knock = Knock::with_code(&office.keys, client.address);
    let wait = knock.wait(&office.store, clock::now()).await?;
    if wait > 0 {
        return Ok(page(&office, Some(Found::Wait(wait))).await);
    }
    let found = match question.code.parse::<TrackingCode>() {
        Ok(code) => look_up(&office, code).await?,
        Err(_) => None,
    };
    if found.is_none() {
        knock.failed(&office.store, clock::now()).await?;
    }
    Ok(page(&office, Some(found.map_or(Found::Nothing, Found::Standing))).await)
}

async fn look_up(office: &Office, code: TrackingCode) -> Result<Option<Standing>, Error> {
    let readers = office.store.readers();
    let Some(dossier) = tracking::find(readers, mark(&office.keys, code)).await? else { return Ok(None) };
    let Some((status, commune)) = standing(office, dossier).await? else { return Ok(None) };
    let row = commune::find(readers, commune).await?.ok_or(Error::Broken("a dossier without its commune"))?;
    Ok(Some(Standing { status, agency: row.agency, duty_phone: row.duty_phone }))
}

async fn standing(office: &Office, dossier: DossierId) -> Result<Option<(Status, CommuneCode)>, Error> {
    let mut ring = KeyRing::new(office.keys.dossier_kek());
    let mut acts = Vec::new();
    let mut commune = None;
    for row in log::story(office.store.readers(), dossier).await? {
        commune = Some(CommuneCode(row.commune));
        if let Item::Ordered(ordered) = rows::open(&row, &mut ring)?.item {
            acts.push(ordered.recorded);
        }
    }
    Ok(commune.map(|commune| (Status::fold(&acts), commune)))
}

async fn page(office: &Office, found: Option<Found>) -> Html<String> {
    let assets = Assets::read(&office.site).await;
    let html = Owner::new().with(|| {
        provide_meta_context();
        let title = view! { <title>"Theo dõi hồ sơ · Bản Khai"</title> };
        document(assets.as_ref(), title.into_any(), view! { <Track found/> }.into_any()).to_html()
    });
    Html(html)
}

#[component]
fn Track(found: Option<Found>) -> impl IntoView {
    let said = found.map(|found| match found {
        Found::Standing(standing) => told(standing),
        Found::Nothing => {
            view! { <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>"Chưa thấy mã này. Xem lại phiếu; máy của tổ có thể chưa gửi được."</p> }
                .into_any()
        }
        Found::Wait(seconds) => {
            let wait = u32::try_from(seconds).unwrap_or(u32::MAX);
            view! { <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{refusal::words(&Refusal::Wait { wait })}</p> }
                .into_any()
        }
    });
    view! {
        <Sprite/>
        <div class="app">
            <header class="hero"><h1>"Theo dõi hồ sơ"</h1></header>
            <div class="weave big"></div>
            <main class="main">
                {said}
                <form class="form" method="post" action="/theo-doi">
                    <div class="q">
                        <label for="code">"Mã theo dõi"<span class="hint">"10 chữ và số, in trên phiếu, như 7K2QD-0M9XA"</span></label>
                        <input class="box id caps" id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false"/>
                    </div>
                    <button class="btn main-act wide">"Tra mã"</button>
                </form>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
}

fn told(standing: Standing) -> AnyView {
    let (icon, tone, words) = match standing.status {
        Status::Draft => (Icon::Here, "", "Đã đến nơi nhận, chưa nộp".to_owned()),
        Status::Submitted { at, supplement: false, .. } => {
            (Icon::Receipt, "nhan", format!("Đã gửi · có biên nhận, {at}"))
        }
        Status::Submitted { at, .. } => (Icon::Receipt, "nhan", format!("Đã bổ sung, {at}")),
        Status::Received { at, .. } => (Icon::Received, "nhan", format!("Công an đã tiếp nhận, {at}")),
        // The reason may speak of people: it is told to who filed, not to a code.
        Status::Returned { at, .. } => (Icon::Review, "xem", format!("Yêu cầu bổ sung, {at}")),
        Status::Withdrawn { at } => (Icon::Erase, "nhap", format!("Đã rút, {at}")),
        Status::Merged { at, .. } => (Icon::Guests, "nhap", format!("Đã ghép với thông báo khác, {at}")),
    };
    view! {
        <section class="card" role="status">
            <h2>"Thông báo lưu trú"</h2>
            <p class=format!("st {tone}")><Pictogram icon/>{words}</p>
            <p class="sm">"Hỏi thêm: "{standing.agency}", "<span class="nw">{standing.duty_phone}</span></p>
        </section>
    }
    .into_any()
}
