//! `/du-lieu`: what is held about oneself. Asked for here, opened at the agency by an officer who sees who asks, read here;
//! and what is wrong, asked to be put right. Whole without a script; code and number stand in no address.

use app::parts::icon::{Icon, Pictogram};
use axum::Form;
use axum::extract::State;
use axum::response::Html;
use dossier::behalf::TrackingCode;
use dossier::filing::step::{Reason, StepError};
use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use dossier::name::FullName;
use dossier::personal_number::PersonalNumber;
use leptos::prelude::*;

use super::agency_choice::{agencies, choice};
use super::complain::{letter, slow};
use super::track::{self, carried, look, reached};
use crate::client::Client;
use crate::clock;
use crate::error::Error;
use crate::hex;
use crate::holder::answer::{Typed, typed};
use crate::holder::{Key, Shut};
use crate::office::Office;
use crate::own_data::{self, Datum, Request, Standing};
use crate::plain::Ticket;
use crate::store::commune::{self, CommuneRow};
use crate::throttle::Knock;

async fn whole(office: &Office, heading: &'static str, inside: impl FnOnce() -> AnyView) -> Html<String> {
    letter(office, "Dữ liệu về tôi", heading, inside).await
}

/// `GET /du-lieu`: a blank form.
pub async fn ask(State(office): State<Office>) -> Result<Html<String>, Error> {
    form(&office, &Typed::new(), &Ticket::mint().to_string(), None).await
}

/// `POST /du-lieu`: the code, or the form again with what is wrong.
pub async fn send(
    State(office): State<Office>,
    client: Client,
    Form(all): Form<Typed>,
) -> Result<Html<String>, Error> {
    let ticket = Ticket::read(typed(&all, "ticket")).to_string();
    let again = |why: String| form(&office, &all, &ticket, Some(why));
    let Ok(name) = typed(&all, "name").parse::<FullName>() else {
        return again("Ghi họ, chữ đệm và tên như trên giấy tờ.".to_owned()).await;
    };
    let Ok(number) = typed(&all, "number").parse::<PersonalNumber>() else {
        return again("Số định danh cá nhân có 12 chữ số. Xem lại trên thẻ căn cước.".to_owned()).await;
    };
    let chosen = typed(&all, "commune").parse().ok().map(CommuneCode);
    let row = match chosen {
        Some(code) => commune::today(office.store.readers(), code).await?,
        None => None,
    };
    let Some(row) = row else {
        return again("Chọn nơi đến đối chiếu giấy tờ.".to_owned()).await;
    };
    let knock = Knock::with_letter(&office.keys, client.address);
    let wait = knock.enter(&office.store, clock::now()).await?;
    if wait > 0 {
        return again(slow(wait)).await;
    }
    let code = own_data::ask(&office, &ticket, row.code(), (&name, number)).await?;
    Ok(whole(&office, "Đã gửi", || asked(code, &row)).await)
}

fn asked(code: TrackingCode, row: &CommuneRow) -> AnyView {
    let (agency, phone) =
        (row.agency.clone(), Some(row.duty_phone.clone()).filter(|phone| !phone.is_empty()));
    view! {
        <section class="card" role="status">
            <p class="st nhan"><Pictogram icon=Icon::Receipt/>"Nơi nhận đã có đề nghị"</p>
            <p class="sm mute">"Mã của bạn: chép lại hoặc chụp màn hình."</p>
            <p class="number">{code.to_string()}</p>
            <p>"Mang thẻ căn cước và mã này đến "{reached(agency, phone)}". Cán bộ đối chiếu xong, bạn xem được ngay bằng mã và 4 số cuối số định danh."</p>
        </section>
        <p><a href="/du-lieu/xem">"Xem bằng mã"</a></p>
    }
    .into_any()
}

async fn form(
    office: &Office,
    all: &Typed,
    ticket: &str,
    why: Option<String>,
) -> Result<Html<String>, Error> {
    let agencies = agencies(office).await?;
    let page = || {
        let value = |name: &str| typed(all, name).to_owned();
        view! {
            {why.map(look)}
            <p>"Bạn xem được những gì phần mềm này giữ về chính bạn: các thông báo lưu trú và hồ sơ có số định danh của bạn."</p>
            <p class="sm mute">"Gửi đề nghị ở đây, rồi mang thẻ căn cước đến nơi đã chọn một lần để cán bộ đối chiếu. Không ai khác xem được."</p>
            <form class="form" method="post" action="/du-lieu" novalidate>
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                <div class="q">
                    <label for="name">"Họ, chữ đệm và tên"</label>
                    <input class="box" id="name" name="name" value=value("name") autocomplete="off"/>
                </div>
                <div class="q">
                    <label for="number">"Số định danh cá nhân"<span class="hint">"12 số trên thẻ căn cước"</span></label>
                    <input class="box id" id="number" name="number" value=value("number") inputmode="numeric" autocomplete="off"/>
                </div>
                {choice(&agencies, "Nơi đến đối chiếu giấy tờ", "Chọn nơi đến", typed(all, "commune"))}
                <button class="btn main-act wide">"Gửi đề nghị"</button>
            </form>
            <p><a href="/du-lieu/xem">"Đã có mã: xem dữ liệu"</a></p>
        }
        .into_any()
    };
    Ok(whole(office, "Dữ liệu về tôi", page).await)
}

/// `GET /du-lieu/xem`: asks for code and word.
pub async fn key(State(office): State<Office>) -> Html<String> {
    whole(&office, "Xem dữ liệu về tôi", || by_code(&Key::default(), None)).await
}

fn by_code(key: &Key, why: Option<String>) -> AnyView {
    view! {
        {why.map(look)}
        <form class="form" method="post" action="/du-lieu/xem">
            <div class="q">
                <label for="code">"Mã của bạn"<span class="hint">"10 chữ và số, có khi gửi đề nghị"</span></label>
                <input class="box id caps" id="code" name="code" required value=key.code.clone() autocomplete="off" autocapitalize="characters" spellcheck="false"/>
            </div>
            <div class="q">
                <label for="word">"4 số cuối số định danh cá nhân"</label>
                <input class="box id" id="word" name="word" required inputmode="numeric" pattern="[0-9 ]*" maxlength="8" autocomplete="off"/>
            </div>
            <button class="btn main-act wide">"Xem"</button>
        </form>
        <p><a href="/du-lieu">"Chưa có mã: gửi đề nghị"</a></p>
    }
    .into_any()
}

/// The request a page speaks of, or the page that says why it stays shut.
async fn opened(
    office: &Office,
    client: &Client,
    all: &Typed,
) -> Result<Result<Request, Html<String>>, Error> {
    let key = Key::of(all);
    let why = match own_data::open(office, client.address, key.clone()).await? {
        Ok(request) => return Ok(Ok(request)),
        Err(Shut::Wait(seconds)) => slow(seconds),
        Err(Shut::WrongWord) => "4 số này không khớp. Xem lại rồi gõ lại.".to_owned(),
        Err(Shut::NoCode | Shut::NoWord) => "Chưa thấy mã này. Xem lại mã có khi gửi đề nghị.".to_owned(),
    };
    Ok(Err(whole(office, "Xem dữ liệu về tôi", || by_code(&key, Some(why))).await))
}

/// `POST /du-lieu/xem`: where the request stands, or what is held.
pub async fn show(
    State(office): State<Office>,
    client: Client,
    Form(all): Form<Typed>,
) -> Result<Html<String>, Error> {
    match opened(&office, &client, &all).await? {
        Ok(request) => shown(&office, &request, None).await,
        Err(page) => Ok(page),
    }
}

async fn shown(office: &Office, request: &Request, said: Option<AnyView>) -> Result<Html<String>, Error> {
    let standing = request.standing(office).await?;
    let row = commune::today(office.store.readers(), request.commune).await?;
    let row = row.ok_or(Error::Broken("a request without its commune"))?;
    let page = || view! { {said}{standing_of(&request.key, standing, row)} }.into_any();
    Ok(whole(office, "Dữ liệu về tôi", page).await)
}

fn standing_of(key: &Key, standing: Standing, row: CommuneRow) -> AnyView {
    let again = |words: &'static str| {
        view! { <form class="form" method="post" action="/du-lieu/xem">{carried(key)}<button class="btn wide">{words}</button></form> }
    };
    let card = |tone: &str, icon: Icon, words: String, more: AnyView| {
        let class = format!("st {tone}");
        view! { <section class="card" role="status"><p class=class><Pictogram icon/>{words}</p>{more}</section> }.into_any()
    };
    match standing {
        Standing::Waiting => {
            let (agency, phone) = (row.agency, Some(row.duty_phone).filter(|phone| !phone.is_empty()));
            let more = view! { <p>"Mang thẻ căn cước và mã này đến "{reached(agency, phone)}"."</p> };
            let card = card("xem", Icon::Review, "Chờ cán bộ đối chiếu giấy tờ".to_owned(), more.into_any());
            view! { {card}{again("Xem lại")} }.into_any()
        }
        Standing::Answered(words) => {
            let more = view! { <p class="note">{words.to_string()}</p> }.into_any();
            card("qua", Icon::Review, "Nơi nhận đã trả lời, chưa mở dữ liệu".to_owned(), more)
        }
        Standing::Over(until) => {
            let more = view! { <p><a href="/du-lieu">"Gửi đề nghị mới"</a></p> }.into_any();
            card("qua", Icon::Review, format!("Đã hết hạn xem lúc {until}"), more)
        }
        Standing::Searching(looked, all) => {
            let words = format!("Đang tìm: đã xem {looked} trong {all} hồ sơ");
            let card = card("xem", Icon::Receipt, words, ().into_any());
            view! { {card}{again("Xem tiếp")} }.into_any()
        }
        Standing::Found(found, at, unread) => found_of(key, found, at, unread),
    }
}

fn found_of(key: &Key, found: Vec<Datum>, at: Moment, unread: u32) -> AnyView {
    let unread =
        (unread > 0).then(|| look(format!("Có {unread} hồ sơ máy chủ không đọc được, chưa xem được.")));
    let words = match found.len() {
        0 => format!("Không có hồ sơ nào ghi số định danh của bạn, tính đến {at}"),
        count => format!("{count} hồ sơ có số định danh của bạn, tính đến {at}"),
    };
    view! {
        <p class="st nhan" role="status"><Pictogram icon=Icon::Received/>{words}</p>
        {unread}
        {found.into_iter().map(|one| datum(key, one)).collect_view()}
    }
    .into_any()
}

fn datum(key: &Key, one: Datum) -> AnyView {
    let (icon, tone, words) = track::state(&one.story, one.filing);
    let (agency, phone) = one.agency;
    let lines =
        one.said.into_iter().map(|said| view! { <div><dt>{said.label}</dt><dd>{said.value}</dd></div> });
    view! {
        <section class="card">
            <h2>{one.title}</h2>
            <p class=format!("st {tone}")><Pictogram icon/>{words}</p>
            {one.story.number.map(|number| view! { <p class="sm">"Biên nhận "{number.to_string()}</p> })}
            <p class="sm">"Nơi giữ: "{reached(agency, phone)}</p>
            <dl class="ans plain">{lines.collect_view()}</dl>
            <details>
                <summary>"Có chỗ sai, đề nghị sửa"</summary>
                <form class="form" method="post" action="/du-lieu/sua">
                    {carried(key)}
                    <input type="hidden" name="ticket" value=Ticket::mint().to_string()/>
                    <input type="hidden" name="dossier" value=hex::encode(&one.dossier.0)/>
                    <div class="q">
                        <label>"Chỗ nào sai, đúng là gì"
                            <textarea class="box" name="words" rows="4" required maxlength="1000"></textarea>
                        </label>
                    </div>
                    <button class="btn wide">"Gửi đề nghị sửa"</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// `POST /du-lieu/sua`: a letter to who has the dossier.
pub async fn correct(
    State(office): State<Office>,
    client: Client,
    Form(all): Form<Typed>,
) -> Result<Html<String>, Error> {
    let request = match opened(&office, &client, &all).await? {
        Ok(request) => request,
        Err(page) => return Ok(page),
    };
    let words: Reason = match typed(&all, "words").parse() {
        Ok(words) => words,
        Err(StepError::TooLong(_)) => {
            let why = look("Dài quá 1.000 ký tự. Ghi ngắn lại.".to_owned());
            return shown(&office, &request, Some(why)).await;
        }
        Err(_) => {
            return shown(&office, &request, Some(look("Chưa ghi chỗ nào sai.".to_owned()))).await;
        }
    };
    let ticket = Ticket::read(typed(&all, "ticket")).to_string();
    let dossier = hex::decode_exact(typed(&all, "dossier")).map(DossierId);
    let dossier = dossier.ok_or(Error::NotFound)?;
    let code = request.correct(&office, (&ticket, dossier), words).await?.ok_or(Error::NotFound)?;
    let said = view! {
        <section class="card" role="status">
            <p class="st nhan"><Pictogram icon=Icon::Receipt/>"Nơi giữ hồ sơ đã có đề nghị sửa"</p>
            <p class="sm mute">"Xem trả lời bằng mã này ở trang Phản ánh:"</p>
            <p class="number">{code.to_string()}</p>
            <p><a href="/phan-anh/tra-loi">"Xem trả lời"</a></p>
        </section>
    };
    shown(&office, &request, Some(said.into_any())).await
}
