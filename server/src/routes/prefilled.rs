//! `/to-khai`: CT01 with what somebody types here already on it, for anybody to print and sign; without an account and
//! without a script. Nothing of it is kept.

use app::parts::icon::{Icon, Pictogram};
use axum::Form;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use dossier::filing::printed::{Printed, Trail};
use dossier::personal_number::PersonalNumber;
use dossier::procedure::Procedure;
use dossier::vietnamese::compose;
use leptos::prelude::*;
use print::forms::ct01::{Ct01, Member};

use super::agency_choice::{agencies, choice};
use crate::clock;
use crate::error::Error;
use crate::holder::answer::{Typed, typed};
use crate::office::Office;
use crate::printing;
use crate::routes::page::anew;
use crate::store::commune::CommuneRow;

/// Most characters of a line, and of the request.
const LINE: usize = 120;
const REQUEST: usize = 500;
/// Rows offered for members; more are written on the paper by hand.
const MEMBERS: usize = 4;

/// The lines of the declarant, as the form numbers them: name of the field, label, what kind of keys a phone shows.
const LINES: [(&str, &str, &str); 8] = [
    ("name", "1. Họ, chữ đệm và tên khai sinh", "text"),
    ("born", "2. Ngày, tháng, năm sinh", "text"),
    ("number", "4. Số định danh cá nhân", "numeric"),
    ("phone", "5. Số điện thoại liên hệ", "tel"),
    ("email", "6. Email", "email"),
    ("head", "7. Họ, chữ đệm và tên chủ hộ", "text"),
    ("relation", "8. Mối quan hệ với chủ hộ", "text"),
    ("head-number", "9. Số định danh cá nhân của chủ hộ", "numeric"),
];

/// What is asked of a member.
const OF_MEMBER: [(&str, &str, &str); 5] = [
    ("name", "Họ, chữ đệm và tên", "text"),
    ("born", "Ngày, tháng, năm sinh", "text"),
    ("sex", "Giới tính", "text"),
    ("number", "Số định danh cá nhân", "numeric"),
    ("relation", "Mối quan hệ với chủ hộ", "text"),
];

/// `GET /to-khai`.
pub async fn ask(State(office): State<Office>) -> Result<Html<String>, Error> {
    form(&office, &Typed::new(), None).await
}

/// `POST /to-khai/ct01.pdf`: the form, or the page again with what is wrong.
pub async fn draw(State(office): State<Office>, Form(all): Form<Typed>) -> Result<Response, Error> {
    let agencies = agencies(&office).await?;
    let filled = match filled(&office, &agencies, &all) {
        Ok(filled) => filled,
        Err(why) => return Ok(form(&office, &all, Some(why)).await?.into_response()),
    };
    let file = match printing::declaration(filled, office.is_trial()).await {
        Err(Error::Managed(_)) => {
            let why = "Nhiều chữ quá, không vừa tờ giấy. Ghi ngắn lại.".to_owned();
            return Ok(form(&office, &all, Some(why)).await?.into_response());
        }
        other => other?,
    };
    let headers = [
        (CONTENT_TYPE, "application/pdf"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_DISPOSITION, "attachment; filename=\"ct01.pdf\""),
    ];
    Ok((headers, file).into_response())
}

/// The procedures declared on this form, as of today.
fn procedures(office: &Office) -> Vec<Procedure> {
    let today = clock::now().day();
    let declared = |one: &&Procedure| one.holds(today) && Trail::default().has(Printed::Ct01, one);
    office.procedures.now().procedures().iter().filter(declared).cloned().collect()
}

/// What stands on the form; or what is wrong, in words.
fn filled(office: &Office, agencies: &[CommuneRow], all: &Typed) -> Result<Ct01, String> {
    let line = |name: &str| text(all, name, LINE);
    let to = agencies.iter().find(|row| row.code.to_string() == typed(all, "commune"));
    let procedure = procedures(office).into_iter().find(|one| one.id.as_str() == typed(all, "procedure"));
    let request: Vec<String> = [procedure.map(|one| one.title), Some(text(all, "request", REQUEST)?)]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let member = |place: usize| -> Result<Member, String> {
        let of = |name: &str| line(&format!("{place}-{name}"));
        let number = number(&of("number")?)?;
        Ok(Member {
            name: of("name")?.to_uppercase(),
            born: of("born")?,
            sex: of("sex")?,
            number,
            relation: of("relation")?,
        })
    };
    let members: Vec<Member> = (1..=MEMBERS).map(member).collect::<Result<_, _>>()?;
    Ok(Ct01 {
        to: to.map(|row| format!("{}, {}", row.agency, row.province)).unwrap_or_default(),
        name: line("name")?.to_uppercase(),
        born: line("born")?,
        sex: line("sex")?,
        number: number(&line("number")?)?,
        phone: line("phone")?,
        email: line("email")?,
        head: line("head")?,
        relation: line("relation")?,
        head_number: number(&line("head-number")?)?,
        request: request.join("; "),
        members: members.into_iter().filter(|one| *one != Member::default()).collect(),
        ..Ct01::default()
    })
}

fn text(all: &Typed, name: &str, most: usize) -> Result<String, String> {
    let text = compose(typed(all, name).trim());
    if text.chars().count() > most {
        return Err(format!("Có chỗ dài quá {most} ký tự. Ghi ngắn lại."));
    }
    Ok(text)
}

/// Twelve digits, or nothing: what is not known yet is written by hand.
fn number(text: &str) -> Result<String, String> {
    match text {
        "" => Ok(String::new()),
        typed => typed
            .parse::<PersonalNumber>()
            .map(|number| number.to_string())
            .map_err(|_| "Số định danh cá nhân có 12 chữ số. Chưa biết thì để trống.".to_owned()),
    }
}

async fn form(office: &Office, all: &Typed, why: Option<String>) -> Result<Html<String>, Error> {
    let (agencies, procedures) = (agencies(office).await?, procedures(office));
    let inside = || view! { <Page all=all.clone() why agencies procedures/> }.into_any();
    Ok(anew(office, "Điền sẵn CT01", inside).await)
}

#[component]
fn Page(
    all: Typed,
    why: Option<String>,
    agencies: Vec<CommuneRow>,
    procedures: Vec<Procedure>,
) -> impl IntoView {
    let input = |name: String, label: &'static str, keys: &'static str| {
        let value = typed(&all, &name).to_owned();
        view! {
            <div class="q">
                <label for=name.clone()>{label}</label>
                <input class="box" id=name.clone() name=name value=value inputmode=keys autocomplete="off"/>
            </div>
        }
        .into_any()
    };
    let chosen = typed(&all, "procedure").to_owned();
    let options = procedures.into_iter().map(|one| {
        let (id, selected) = (one.id.to_string(), one.id.as_str() == chosen);
        view! { <option value=id selected=selected>{one.title}</option> }
    });
    let sexes = ["", "Nam", "Nữ"].map(|sex| {
        let selected = sex == typed(&all, "sex");
        view! { <option value=sex selected=selected>{if sex.is_empty() { "Để trống" } else { sex }}</option> }
    });
    let (before, after) = LINES.split_at(2);
    let lines = |of: &[(&'static str, &'static str, &'static str)]| {
        of.iter().map(|(name, label, keys)| input((*name).to_owned(), label, keys)).collect_view()
    };
    let member = |place: usize| {
        let rows = OF_MEMBER.iter().map(|(name, label, keys)| input(format!("{place}-{name}"), label, keys));
        view! { <details class="card"><summary>{format!("Người thứ {place}")}</summary>{rows.collect_view()}</details> }
    };
    let why =
        why.map(|why| view! { <p class="check xem" role="alert"><Pictogram icon=Icon::Review/>{why}</p> });
    view! {
        <app::parts::icon::Sprite/>
        <div class="app">
            <header class="hero"><h1>"Điền sẵn CT01"</h1></header>
            <div class="weave big"></div>
            <main class="main">
                {why}
                <p>"Gõ chữ nào, tờ giấy có sẵn chữ ấy; chỗ để trống thì viết tay. Không có gì được giữ lại ở đây."</p>
                <form class="form" method="post" action="/to-khai/ct01.pdf" novalidate>
                    {choice(&agencies, "Kính gửi", "Để trống", typed(&all, "commune"))}
                    <div class="q">
                        <label for="procedure">"Việc cần làm"</label>
                        <select class="box" id="procedure" name="procedure"><option value="">"Để trống"</option>{options.collect_view()}</select>
                    </div>
                    {lines(before)}
                    <div class="q">
                        <label for="sex">"3. Giới tính"</label>
                        <select class="box" id="sex" name="sex">{sexes.collect_view()}</select>
                    </div>
                    {lines(after)}
                    <div class="q">
                        <label for="request">"10. Nội dung đề nghị"</label>
                        <textarea class="box" id="request" name="request" rows="4">{typed(&all, "request").to_owned()}</textarea>
                    </div>
                    <h2>"11. Người trong hộ cùng thay đổi"</h2>
                    {(1..=MEMBERS).map(member).collect_view()}
                    <button class="btn main-act wide">"Tải tờ khai (PDF)"</button>
                </form>
                <p><a href="/mau">"Mẫu để trống"</a></p>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
}
