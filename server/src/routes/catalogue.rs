//! `/thu-tuc`: the catalogue of procedures for anybody, without a script and without an account: what each needs, how long
//! it takes, what it costs, what it rests on; and where to ring. Made from the definitions in force today.

use std::collections::BTreeMap;

use app::text::filing::{fee, span};
use axum::extract::{Path, State};
use axum::response::Html;
use dossier::procedure::{FilingChannel, Need, PaperNeeded, Procedure};
use leptos::prelude::*;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::routes::page::anew;
use crate::store::commune::{self, CommuneRow};

/// `GET /thu-tuc`: all of them, by the agency that decides.
pub async fn list(State(office): State<Office>) -> Result<Html<String>, Error> {
    let rows = commune::list(office.store.readers()).await?;
    let agencies: Vec<CommuneRow> = rows.into_iter().filter(CommuneRow::stands).collect();
    let mut areas: BTreeMap<String, Vec<Procedure>> = BTreeMap::new();
    for procedure in in_force(&office) {
        areas.entry(area(&office, &procedure)).or_default().push(procedure);
    }
    let mut areas: Vec<(String, Vec<Procedure>)> = areas.into_iter().collect();
    // The area with the most is what most people come for.
    areas.sort_by_key(|(_, procedures)| std::cmp::Reverse(procedures.len()));
    let inside = view! { <Catalogue areas agencies/> }.into_any();
    Ok(page(&office, "Thủ tục".to_owned(), inside).await)
}

/// `GET /thu-tuc/{procedure}`: one of them.
pub async fn one(State(office): State<Office>, Path(id): Path<String>) -> Result<Html<String>, Error> {
    let procedure = find(&office, &id)?;
    let title = procedure.title.clone();
    let area = area(&office, &procedure);
    let inside = view! { <Sheet procedure area/> }.into_any();
    Ok(page(&office, title, inside).await)
}

fn in_force(office: &Office) -> Vec<Procedure> {
    let today = clock::now().day();
    office.procedures.now().procedures().iter().filter(|procedure| procedure.holds(today)).cloned().collect()
}

/// A procedure in force today.
///
/// # Errors
/// [`Error::NotFound`] when there is none of this name.
pub(super) fn find(office: &Office, id: &str) -> Result<Procedure, Error> {
    in_force(office).into_iter().find(|one| one.id.as_str() == id).ok_or(Error::NotFound)
}

/// Lĩnh vực.
fn area(office: &Office, procedure: &Procedure) -> String {
    office.procedures.now().areas.get(&procedure.id).cloned().unwrap_or_default()
}

async fn page(office: &Office, title: String, inside: AnyView) -> Html<String> {
    anew(office, &title, || inside).await
}

#[component]
fn Catalogue(areas: Vec<(String, Vec<Procedure>)>, agencies: Vec<CommuneRow>) -> impl IntoView {
    let group = |(area, procedures): (String, Vec<Procedure>)| {
        let rows: Vec<_> = procedures
            .into_iter()
            .map(|one| {
                let (agency, term) = (one.agency.label(), span(one.term.ordinary));
                let under = format!("{agency} · {term} · {}", short_fee(&one));
                view! {
                    <li>
                        <a class="task" href=format!("/thu-tuc/{}", one.id)>
                            <span class="grow">{one.title.clone()}<small class="mute">{under}</small></span>
                        </a>
                    </li>
                }
            })
            .collect();
        view! { <h2>{area}</h2><ul class="card flush list tasks">{rows}</ul> }
    };
    let places = agencies.into_iter().map(|row| {
        let more = [row.address, row.mailbox].into_iter().filter(|words| !words.is_empty());
        let phone = (!row.duty_phone.is_empty()).then(|| {
            let to = format!("tel:{}", row.duty_phone.replace([' ', '.'], ""));
            view! { <p>"Trực ban: "<a href=to>{row.duty_phone.clone()}</a></p> }
        });
        view! {
            <li>
                <div class="grow">
                    <p class="name">{format!("{}, {}", row.agency, row.province)}</p>
                    {phone}
                    {more.map(|words| view! { <p class="sm">{words}</p> }).collect_view()}
                </div>
            </li>
        }
    });
    view! {
        <div class="app">
            <header class="hero"><h1>"Thủ tục"</h1><p>"Cần gì, bao lâu, lệ phí bao nhiêu"</p></header>
            <div class="weave big"></div>
            <main class="main">
                {areas.into_iter().map(group).collect_view()}
                <h2>"Nơi nhận"</h2>
                <ul class="card list">{places.collect_view()}</ul>
                <p><a href="/mau">"Tải mẫu giấy (PDF)"</a></p>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
}

/// What it costs online, in two or three words.
fn short_fee(procedure: &Procedure) -> String {
    match procedure.fees.iter().find(|fee| fee.channel == FilingChannel::Online) {
        None => "lệ phí chưa rõ".to_owned(),
        Some(fee) if fee.dong == 0 => "không thu lệ phí".to_owned(),
        Some(fee) => format!("{} đồng", app::text::filing::dong(fee.dong)),
    }
}

#[component]
fn Sheet(procedure: Procedure, area: String) -> impl IntoView {
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let card = |title: &'static str, rows: Vec<String>| {
        (!rows.is_empty()).then(
            || view! { <section class="card"><h2>{title}</h2><ul class="says">{lines(rows)}</ul></section> },
        )
    };
    let consents = procedure.consents.iter().map(|consent| match &consent.need {
        Need::Always => consent.kind.label().to_owned(),
        Need::Optional | Need::When(_) => format!("{}, nếu trường hợp của bạn cần", consent.kind.label()),
    });
    let filers: Vec<&str> = procedure.filers.iter().map(|filer| filer.label()).collect();
    let channels: Vec<&str> = procedure.channels.iter().map(|channel| channel.label()).collect();
    let mut terms = vec![format!("{}, từ khi hồ sơ đủ", span(procedure.term.ordinary))];
    terms.extend(procedure.term.longer.map(|(_, longer)| format!("{} trong trường hợp riêng", span(longer))));
    terms.extend(procedure.term.verified.map(|longer| format!("{} khi phải xác minh", span(longer))));
    // Wherever it is handed in by hand, it costs the same.
    let ways = procedure.channels.iter().filter(|way| **way != FilingChannel::AnyCommune);
    let fees = ways.map(|way| format!("{}: {}", way.label(), fee(&procedure, *way)));
    let fees: Vec<String> = fees.collect();
    let sources = std::iter::once(&procedure.source)
        .chain([&procedure.term.source])
        .chain(procedure.fees.iter().map(|fee| &fee.source))
        .filter(|source| !source.is_empty());
    let mut sources: Vec<String> = sources.cloned().collect();
    sources.dedup();
    view! {
        <div class="app">
            <header class="hero"><h1>{procedure.title.clone()}</h1><p>{procedure.agency.label()}</p></header>
            <div class="weave big"></div>
            <main class="main">
                {card("Dùng khi nào", procedure.intro.clone())}
                {card("Cần có sẵn", procedure.needed.clone())}
                {card("Giấy tờ", procedure.papers.iter().map(paper).collect())}
                {card("Ai phải đồng ý", consents.collect())}
                {card("Thời hạn", terms)}
                {card("Lệ phí", fees)}
                {card("Nộp thế nào", vec![format!("Cách nộp: {}", channels.join("; ")), format!("Người nộp: {}", filers.join("; "))])}
                {card("Kết quả", vec![procedure.result.label().to_owned()])}
                {card("Lĩnh vực, cấp thực hiện", vec![area, procedure.agency.level().to_owned()])}
                {card("Căn cứ", procedure.code.iter().map(|code| format!("Mã thủ tục {code}")).chain([procedure.basis.clone()]).collect())}
                <a class="btn main-act wide" href=format!("/may/thu-tuc/{}", procedure.id)>"Khai trên máy này"</a>
                <a class="btn wide" href=format!("/thu-tuc/{}/cach-khai", procedure.id)>"Xem cách khai từng bước"</a>
                {sources.into_iter().map(|source| view! { <p class="sm mute">{source}</p> }).collect_view()}
                <p><a href="/thu-tuc">"Mọi thủ tục"</a></p>
            </main>
        </div>
    }
}

fn paper(paper: &PaperNeeded) -> String {
    let when = match paper.need {
        Need::Always => "",
        Need::Optional => " (nếu có)",
        Need::When(_) => " (tùy trường hợp)",
    };
    match paper.hint.is_empty() {
        true => format!("{}{when}", paper.label),
        false => format!("{}{when}. {}", paper.label, paper.hint),
    }
}
