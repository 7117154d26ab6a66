//! `/theo-doi`: where a matter stands, for whoever holds its code. No account, no name, and no script but for pictures: the
//! code is sent in a form, so it stands in no address and no history.

use app::parts::icon::{Icon, Pictogram, Sprite};
use app::text::refusal;
use axum::Form;
use axum::extract::State;
use axum::response::Html;
use dossier::behalf::TrackingCode;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::id::DossierId;
use dossier::intent::Refusal;
use dossier::procedure::{Agency, pinned};
use dossier::status::Status;
use leptos::prelude::*;
use serde::Deserialize;
use sync::receipt::ReceiptNumber;

use crate::client::Client;
use crate::error::Error;
use crate::holder::{self, Key, Shut};
use crate::keys::Keys;
use crate::office::Office;
use crate::routes::page::anew;
use crate::store::{commune, dossier as log};
use crate::story::Story;

pub mod fee;
pub mod matter;
pub mod message;
pub mod picture;
pub mod result;
pub mod supplement;
pub mod way;
pub mod withdraw;

/// What the form sends.
#[derive(Deserialize)]
pub struct Question {
    /// The code as typed.
    code: String,
}

/// What is told of a matter.
struct Standing {
    code: TrackingCode,
    status: Stands,
    /// The number of its receipt, once there is one.
    number: Option<ReceiptNumber>,
    agency: String,
    phone: Option<String>,
    /// The desk of another commune that received it.
    received_at: Option<String>,
}

/// Where it stands.
enum Stands {
    Notice(Status),
    /// What it is called, and where it stands.
    Filing(String, Box<FilingStatus>),
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
    let found = match holder::find(&office, client.address, &question.code).await? {
        Ok((code, dossier)) => look_up(&office, code, dossier).await?.map_or(Found::Nothing, Found::Standing),
        Err(Shut::Wait(seconds)) => Found::Wait(seconds),
        Err(_) => Found::Nothing,
    };
    Ok(page(&office, Some(found)).await)
}

async fn look_up(office: &Office, code: TrackingCode, dossier: DossierId) -> Result<Option<Standing>, Error> {
    let readers = office.store.readers();
    let Some(story) = Story::read(office, dossier).await? else { return Ok(None) };
    let status = if log::is_filing(readers, dossier).await? {
        Stands::Filing(called(office, &story), Box::new(story.status()))
    } else {
        Stands::Notice(Status::fold(&story.acts))
    };
    let row =
        commune::find(readers, story.commune).await?.ok_or(Error::Broken("a dossier without its commune"))?;
    let placed = log::placed(readers, [dossier]).await?;
    let agency = placed.first().map_or(Agency::Police, |one| one.agency);
    let (agency, phone) = row.contact(agency);
    let received_at = story.received_at().map(str::to_owned);
    Ok(Some(Standing { code, status, number: story.number, agency, phone, received_at }))
}

/// A dossier to who holds its code alone: by its procedure. What is none of residence may tell of a life (a criminal record,
/// a birth): it is a dossier, and no more.
fn called(office: &Office, story: &Story) -> String {
    let content = story.history.read().ok();
    let published = office.procedures.now();
    let procedure = content.as_ref().and_then(|said| pinned(published.procedures(), &said.filing()?.version));
    let procedure = procedure.filter(|procedure| procedure.is_of_residence());
    procedure.map_or_else(|| "Hồ sơ".to_owned(), |procedure| procedure.title.clone())
}

async fn page(office: &Office, found: Option<Found>) -> Html<String> {
    whole(office, || view! { <Track found/> }.into_any()).await
}

/// A page about a matter, made anew and kept nowhere.
async fn whole(office: &Office, body: impl FnOnce() -> AnyView) -> Html<String> {
    anew(office, "Theo dõi hồ sơ", body).await
}

/// What stands around every page about one matter.
fn around(heading: &'static str, inside: AnyView) -> AnyView {
    view! {
        <Sprite/>
        <div class="app">
            <header class="hero"><h1>{heading}</h1></header>
            <div class="weave big"></div>
            <main class="main">
                {inside}
                <p><a href="/theo-doi">"Tra mã khác"</a>" · "<a href="/phan-anh">"Phản ánh, kiến nghị"</a>" · "<a href="/du-lieu">"Dữ liệu về tôi"</a></p>
            </main>
        </div>
    }
    .into_any()
}

/// Something to look at again.
pub(super) fn look(words: String) -> AnyView {
    view! { <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{words}</p> }.into_any()
}

/// What opens the matter, carried from page to page: it stands in no address.
pub(super) fn carried(key: &Key) -> AnyView {
    view! {
        <input type="hidden" name="code" value=key.code.clone()/>
        <input type="hidden" name="word" value=key.word.clone()/>
    }
    .into_any()
}

/// A button that goes on to another page of the matter.
fn on(key: &Key, to: &'static str, words: &'static str, class: &'static str) -> AnyView {
    view! { <form class="form" method="post" action=to>{carried(key)}<button class=class>{words}</button></form> }
        .into_any()
}

/// Why the matter stays shut, and the way to try again.
fn shut(key: &Key, why: Shut) -> AnyView {
    let words = match why {
        Shut::NoCode => "Chưa thấy mã này. Xem lại phiếu; máy của tổ có thể chưa gửi được.".to_owned(),
        Shut::NoWord => {
            "Tờ khai này không ghi số định danh hay số điện thoại, nên không mở được ở đây. Hỏi nơi nộp hồ sơ.".to_owned()
        }
        Shut::WrongWord => "4 số này không khớp với tờ khai. Xem lại rồi gõ lại.".to_owned(),
        Shut::Wait(seconds) => {
            refusal::words(&Refusal::Wait { wait: u32::try_from(seconds).unwrap_or(u32::MAX) })
        }
    };
    let again = matches!(why, Shut::WrongWord | Shut::Wait(_)).then(|| private(&key.code));
    view! { {look(words)} {again} }.into_any()
}

/// Asks for the private word.
fn private(code: &str) -> AnyView {
    view! {
        <form class="form" method="post" action="/theo-doi/ho-so">
            <input type="hidden" name="code" value=code.to_owned()/>
            <div class="q">
                <label for="word">"4 số cuối số định danh cá nhân của người khai"
                    <span class="hint">"Tờ khai không ghi số định danh thì gõ 4 số cuối số điện thoại"</span>
                </label>
                <input class="box id" id="word" name="word" required inputmode="numeric" pattern="[0-9 ]*" maxlength="8" autocomplete="off"/>
            </div>
            <button class="btn main-act wide">"Mở hồ sơ"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Track(found: Option<Found>) -> impl IntoView {
    // One thing a page: a matter that was found is the page.
    let again = if matches!(found, Some(Found::Standing(_))) {
        view! { <p><a href="/theo-doi">"Tra mã khác"</a></p> }.into_any()
    } else {
        view! {
                <form class="form" method="post" action="/theo-doi">
                    <div class="q">
                        <label for="code">"Mã theo dõi"<span class="hint">"10 chữ và số, in trên phiếu, như 7K2QD-0M9XA"</span></label>
                        <input class="box id caps" id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false"/>
                    </div>
                    <button class="btn main-act wide">"Tra mã"</button>
                </form>
        }
        .into_any()
    };
    let said = found.map(|found| match found {
        Found::Standing(standing) => told(standing),
        Found::Nothing => shut(&Key::default(), Shut::NoCode),
        Found::Wait(seconds) => {
            let wait = u32::try_from(seconds).unwrap_or(u32::MAX);
            look(refusal::words(&Refusal::Wait { wait }))
        }
    });
    view! {
        <Sprite/>
        <div class="app">
            <header class="hero"><h1>"Theo dõi hồ sơ"</h1></header>
            <div class="weave big"></div>
            <main class="main">
                {said}
                {again}
                <p><a href="/">"Về trang đầu"</a>" · "<a href="/phan-anh">"Phản ánh, kiến nghị"</a>" · "<a href="/du-lieu">"Dữ liệu về tôi"</a></p>
            </main>
        </div>
    }
}

fn told(standing: Standing) -> AnyView {
    let opens = matches!(&standing.status, Stands::Filing(_, status) if status.submitted.is_some());
    let code = standing.code.to_string();
    let more_by_word = opens.then(|| {
        view! {
            <section class="stack">
                <h2>"Xem kỹ hơn, bổ sung, rút hồ sơ"</h2>
                {private(&code)}
            </section>
        }
    });
    let (matter, (icon, tone, words), more) = match &standing.status {
        Stands::Notice(status) => ("Thông báo lưu trú", notice(status), None),
        Stands::Filing(called, status) => (called.as_str(), filing(status, false), appointment(status)),
    };
    let asked_of = if standing.received_at.is_some() { "Nơi giải quyết: " } else { "Hỏi thêm: " };
    view! {
        <section class="card" role="status">
            <h2>{matter.to_owned()}</h2>
            <p class=format!("st {tone}")><Pictogram icon/>{words}</p>
            {more.map(|more| view! { <p>{more}</p> })}
            {standing.number.map(|number| view! { <p class="sm">"Biên nhận "{number.to_string()}</p> })}
            {where_received(standing.received_at.as_deref())}
            <p class="sm">{asked_of}{reached(standing.agency, standing.phone)}</p>
        </section>
        {more_by_word}
    }
    .into_any()
}

/// What a dossier has met last. Reasons, and what is missing, may speak of people: a code is told how much there is, with
/// the private word, too, what.
fn filing(status: &FilingStatus, opened: bool) -> (Icon, &'static str, String) {
    let word = status.word();
    let more = |what: &str| {
        if opened { String::new() } else { format!(". Mở hồ sơ ở dưới để xem {what}") }
    };
    match &status.stage {
        Stage::Draft => (Icon::Here, "", "Đã đến nơi nhận, chưa nộp".to_owned()),
        Stage::Waiting { .. } => {
            let at = status.submitted.map(|at| format!(", {at}")).unwrap_or_default();
            (Icon::Receipt, "nhan", format!("Đã gửi · có biên nhận{at}. {word}"))
        }
        Stage::Supplement { items, until, .. } => {
            let until = until.map(|day| format!(", trước ngày {day}")).unwrap_or_default();
            let count = items.iter().count();
            (Icon::Review, "xem", format!("{word}: {count} mục{until}{}", more("từng mục")))
        }
        Stage::Refused { at, .. } | Stage::Annulled { at, .. } => {
            (Icon::Review, "qua", format!("{word}, {at}{}", more("lý do")))
        }
        Stage::Withdrawn { at } => (Icon::Erase, "nhap", format!("{word}, {at}")),
        Stage::HandedOver { at, .. } => (Icon::Received, "nhan", format!("{word}, {at}")),
        Stage::FeeDue => (Icon::Review, "xem", word.to_owned()),
        Stage::Accepted
        | Stage::Processing
        | Stage::Verifying { .. }
        | Stage::Outside { .. }
        | Stage::Decided => (Icon::Received, "nhan", word.to_owned()),
    }
}

/// The day promised, while somebody waits for it.
fn appointment(status: &FilingStatus) -> Option<String> {
    let accepted = status.accepted.as_ref().filter(|_| status.is_with_office())?;
    Some(format!("Hẹn trả kết quả ngày {}", accepted.appointed))
}

fn notice(status: &Status) -> (Icon, &'static str, String) {
    match status {
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
    }
}

/// Where a dossier stands, to who has shown who they are: reasons stay where the dossier is opened.
pub(super) fn state(story: &Story, is_filing: bool) -> (Icon, &'static str, String) {
    if is_filing { filing(&story.status(), true) } else { notice(&Status::fold(&story.acts)) }
}

/// Where it was received, if that is not where it is decided.
fn where_received(desk: Option<&str>) -> Option<AnyView> {
    let words = desk.map(|desk| format!("Nơi tiếp nhận: {desk}"))?;
    Some(view! { <p class="sm">{words}</p> }.into_any())
}

/// An agency, and its telephone where one is known.
pub(super) fn reached(agency: String, phone: Option<String>) -> AnyView {
    let phone = phone.map(|phone| view! { ", "<span class="nw">{phone}</span> });
    view! { {agency}{phone} }.into_any()
}
