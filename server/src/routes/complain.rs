//! `/phan-anh`: anybody writes to an agency, with or without a dossier, and reads its answer by a code. Whole without a
//! script; nothing that was written is ever shown again to who only has the code.

use app::parts::icon::{Icon, Pictogram, Sprite};
use app::text::refusal;
use axum::Form;
use axum::extract::State;
use axum::response::Html;
use dossier::behalf::TrackingCode;
use dossier::filing::step::{Reason, StepError};
use dossier::id::CommuneCode;
use dossier::intent::Refusal;
use dossier::manage::{Complaint, ComplaintKind, ComplaintSaid};
use leptos::prelude::*;

use super::agency_choice::{agencies, choice};
use crate::client::Client;
use crate::clock;
use crate::complaint;
use crate::error::Error;
use crate::holder::answer::{Typed, typed};
use crate::holder::{self, Shut};
use crate::office::Office;
use crate::plain::Ticket;
use crate::routes::page::anew;
use crate::store::commune::{self, CommuneRow};
use crate::story::Story;
use crate::throttle::Knock;

/// Most characters of who writes.
const FROM: usize = 120;

async fn whole(office: &Office, heading: &'static str, inside: impl FnOnce() -> AnyView) -> Html<String> {
    letter(office, "Phản ánh, kiến nghị", heading, inside).await
}

/// A page to write to an agency, made anew and kept nowhere.
pub(super) async fn letter(
    office: &Office,
    title: &'static str,
    heading: &'static str,
    inside: impl FnOnce() -> AnyView,
) -> Html<String> {
    anew(office, title, || {
        let body = view! {
            <Sprite/>
            <div class="app">
                <header class="hero"><h1>{heading}</h1></header>
                <div class="weave big"></div>
                <main class="main">{inside()}<p><a href="/">"Về trang đầu"</a></p></main>
            </div>
        };
        body.into_any()
    })
    .await
}

/// `GET /phan-anh`: a blank form.
pub async fn ask(State(office): State<Office>) -> Result<Html<String>, Error> {
    form(&office, &Typed::new(), &Ticket::mint().to_string(), None).await
}

/// `POST /phan-anh`: the code, or the form again with what is wrong.
pub async fn send(
    State(office): State<Office>,
    client: Client,
    Form(all): Form<Typed>,
) -> Result<Html<String>, Error> {
    let ticket = Ticket::read(typed(&all, "ticket")).to_string();
    let again = |why: String| form(&office, &all, &ticket, Some(why));
    let words: Reason = match typed(&all, "words").parse() {
        Ok(words) => words,
        Err(StepError::TooLong(_)) => return again("Dài quá 1.000 ký tự. Ghi ngắn lại.".to_owned()).await,
        Err(_) => return again("Chưa ghi nội dung.".to_owned()).await,
    };
    let from = dossier::vietnamese::compose(typed(&all, "from"));
    if from.chars().count() > FROM {
        return again("Phần người viết dài quá 120 ký tự.".to_owned()).await;
    }
    let kind = written(typed(&all, "kind"));
    let (commune, dossier) = match about(&office, &client, &all).await? {
        Ok(about) => about,
        Err(why) => return again(why).await,
    };
    let knock = Knock::with_letter(&office.keys, client.address);
    let wait = knock.enter(&office.store, clock::now()).await?;
    if wait > 0 {
        return again(slow(wait)).await;
    }
    let said = ComplaintSaid { kind, dossier, from, words };
    let code = complaint::keep(&office, &ticket, commune, &said, clock::now()).await?;
    shown(&office, code, true).await
}

/// What was chosen of the kinds that are written here.
fn written(slug: &str) -> ComplaintKind {
    let chosen = ComplaintKind::WRITTEN.into_iter().find(|one| one.slug() == slug);
    chosen.unwrap_or(ComplaintKind::Complaint)
}

pub(super) fn slow(seconds: u64) -> String {
    refusal::words(&Refusal::Wait { wait: u32::try_from(seconds).unwrap_or(u32::MAX) })
}

/// To whom it goes: to who has the dossier, or to the agency chosen.
async fn about(
    office: &Office,
    client: &Client,
    all: &Typed,
) -> Result<Result<(CommuneCode, String), String>, Error> {
    let readers = office.store.readers();
    let code = typed(all, "code");
    if code.trim().is_empty() {
        let chosen = typed(all, "commune").parse().ok().map(CommuneCode);
        let row = match chosen {
            Some(code) => commune::today(readers, code).await?,
            None => None,
        };
        return Ok(row
            .map(|row| (row.code(), String::new()))
            .ok_or_else(|| "Chọn nơi nhận, hoặc ghi mã theo dõi của hồ sơ.".to_owned()));
    }
    let dossier = match holder::find(office, client.address, code).await? {
        Ok((_, dossier)) => dossier,
        Err(Shut::Wait(seconds)) => return Ok(Err(slow(seconds))),
        Err(_) => {
            return Ok(Err("Chưa thấy mã hồ sơ này. Xem lại, hoặc để trống rồi chọn nơi nhận.".to_owned()));
        }
    };
    let Some(story) = Story::read(office, dossier).await? else {
        return Ok(Err("Chưa thấy mã hồ sơ này.".to_owned()));
    };
    let row = commune::today(readers, story.commune).await?;
    let row = row.ok_or(Error::Broken("a dossier without its commune"))?;
    let number = story.number.map(|number| number.to_string()).unwrap_or_default();
    Ok(Ok((row.code(), number)))
}

async fn form(
    office: &Office,
    all: &Typed,
    ticket: &str,
    why: Option<String>,
) -> Result<Html<String>, Error> {
    let agencies = agencies(office).await?;
    let days = complaint::term(clock::now().day()).map_or(0, |term| term.days);
    let page = || {
        let value = |name: &str| typed(all, name).to_owned();
        let kind = written(typed(all, "kind"));
        let kinds = ComplaintKind::WRITTEN.iter().map(|one| {
            let checked = *one == kind;
            view! {
                <label class="pick">
                    <input type="radio" name="kind" value=one.slug() checked=checked/>
                    <span class="rb" aria-hidden="true"></span>
                    <span class="grow">{one.label()}</span>
                </label>
            }
        });
        let why = why.map(|why| {
            view! { <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{why}</p> }
        });
        view! {
            {why}
            <p class="sm mute">{format!("Nơi nhận trả lời bằng văn bản trong {days} ngày làm việc. Việc đang nguy cấp thì gọi 113.")}</p>
            <form class="form" method="post" action="/phan-anh" novalidate>
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                <fieldset class="q"><legend class="lab">"Đây là"</legend><div class="picks half">{kinds.collect_view()}</div></fieldset>
                {choice(&agencies, "Gửi đến", "Chọn nơi nhận", typed(all, "commune"))}
                <div class="q">
                    <label for="code">"Mã theo dõi hồ sơ"<span class="hint">"Chỉ khi nói về một hồ sơ"</span></label>
                    <input class="box id caps" id="code" name="code" value=value("code") autocomplete="off" autocapitalize="characters" spellcheck="false"/>
                </div>
                <div class="q">
                    <label for="words">"Nội dung"</label>
                    <textarea class="box" id="words" name="words" rows="6">{value("words")}</textarea>
                </div>
                <div class="q">
                    <label for="from">"Người viết, cách liên hệ"<span class="hint">"Không ghi cũng được; nơi nhận có thể không xác minh được"</span></label>
                    <input class="box" id="from" name="from" value=value("from") autocomplete="off"/>
                </div>
                <button class="btn main-act wide">"Gửi"</button>
            </form>
            <p><a href="/phan-anh/tra-loi">"Xem trả lời bằng mã"</a></p>
        }
        .into_any()
    };
    Ok(whole(office, "Phản ánh, kiến nghị", page).await)
}

/// `GET /phan-anh/tra-loi`: asks for the code.
pub async fn follow(State(office): State<Office>) -> Html<String> {
    whole(&office, "Xem trả lời", || by_code(None)).await
}

/// `POST /phan-anh/tra-loi`: where it stands, and the answer.
pub async fn answer(
    State(office): State<Office>,
    client: Client,
    Form(all): Form<Typed>,
) -> Result<Html<String>, Error> {
    let knock = Knock::with_code(&office.keys, client.address);
    let wait = knock.wait(&office.store, clock::now()).await?;
    if wait > 0 {
        return Ok(whole(&office, "Xem trả lời", || by_code(Some(slow(wait)))).await);
    }
    match typed(&all, "code").parse::<TrackingCode>() {
        Ok(code) if complaint::by_code(&office, code).await?.is_some() => shown(&office, code, false).await,
        _ => {
            knock.failed(&office.store, clock::now()).await?;
            let why = "Chưa thấy mã này. Xem lại mã đã ghi khi gửi.".to_owned();
            Ok(whole(&office, "Xem trả lời", || by_code(Some(why))).await)
        }
    }
}

fn by_code(why: Option<String>) -> AnyView {
    let why =
        why.map(|why| view! { <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{why}</p> });
    view! {
        {why}
        <form class="form" method="post" action="/phan-anh/tra-loi">
            <div class="q">
                <label for="code">"Mã phản ánh"<span class="hint">"10 chữ và số, có khi gửi xong"</span></label>
                <input class="box id caps" id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false"/>
            </div>
            <button class="btn main-act wide">"Xem"</button>
        </form>
    }
    .into_any()
}

async fn shown(office: &Office, code: TrackingCode, fresh: bool) -> Result<Html<String>, Error> {
    let (one, at) = complaint::by_code(office, code).await?.ok_or(Error::NotFound)?;
    let row = commune::today(office.store.readers(), at).await?;
    let row = row.ok_or(Error::Broken("a complaint without its commune"))?;
    let heading = if fresh { "Đã gửi" } else { "Trả lời" };
    Ok(whole(office, heading, || standing(&one, &row, fresh.then_some(code))).await)
}

fn standing(one: &Complaint, row: &CommuneRow, fresh: Option<TrackingCode>) -> AnyView {
    let late = one.is_late(clock::now().day());
    let (tone, icon, words) = match &one.answer {
        Some((at, ..)) => ("nhan", Icon::Received, format!("Đã trả lời, {at}")),
        None if late => ("qua", Icon::Review, format!("Quá hạn trả lời từ ngày {}", one.due)),
        None => ("nhan", Icon::Receipt, format!("Nơi nhận đã có, {}", one.at)),
    };
    let due = one.answer.is_none().then(|| view! { <p>{format!("Hạn trả lời: hết ngày {}", one.due)}</p> });
    let answer = one.answer.as_ref().map(|(_, _, words)| view! { <p class="note">{words.to_string()}</p> });
    let code = fresh.map(|code| {
        view! {
            <p class="sm mute">"Mã phản ánh: chép lại hoặc chụp màn hình, chỉ có mã này xem được trả lời."</p>
            <p class="number">{code.to_string()}</p>
        }
    });
    let dossier = (!one.said.dossier.is_empty())
        .then(|| view! { <p class="sm">{format!("Về hồ sơ {}", one.said.dossier)}</p> });
    view! {
        <section class="card" role="status">
            <h2>{one.said.kind.label()}</h2>
            <p class=format!("st {tone}")><Pictogram icon/>{words}</p>
            {due}
            {answer}
            {code}
            {dossier}
            <p class="sm">"Nơi nhận: "{row.agency.clone()}", "<span class="nw">{row.duty_phone.clone()}</span></p>
        </section>
    }
    .into_any()
}
