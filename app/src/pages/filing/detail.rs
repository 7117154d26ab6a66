//! Một hồ sơ: where it stands, what is missing, what it says, what proves it.

use dossier::act::Act;
use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf};
use dossier::filing::status::Stage;
use dossier::filing::view::{FilingCard, FilingDetail, FilingState};
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::view::Rejection;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use super::actions::Actions;
use super::fee::PayOnline;
use super::form_address;
use super::forms::Forms;
use super::pictures::Pictures;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, live};
use crate::pages::behalf::Goal;
use crate::parts::behalf::GroundCard;
use crate::parts::either::DIFFER;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::qr::Qr;
use crate::parts::shell::Page;
use crate::text::{filing as words, time};

/// Where a dossier's page is.
pub fn address(id: DossierId) -> String {
    format!("/may/ho-so-cu-tru/{id}")
}

/// One dossier on a list.
#[component]
pub fn FilingRow(
    /// Its card.
    card: FilingCard,
) -> impl IntoView {
    let device = Device::here();
    let said = words::state(&card, &device.link().get());
    let today = Clock::here().today_once();
    let others = if card.others > 0 { format!(" và {} người", card.others) } else { String::new() };
    view! {
        <li>
            <A href=address(card.dossier) attr:class="guest">
                <div class="grow">
                    <p class="name">{card.name}{others}</p>
                    <p class="meta">{card.title}</p>
                    {card.elsewhere.as_ref().map(|elsewhere| view! { <p class="meta">{words::received_by(elsewhere)}</p> })}
                    <p class=format!("st {}", said.tone.class())><Pictogram icon=said.icon/>{said.words}</p>
                    {words::owed(&card.status, false).map(|words| view! { <p class="meta">{words}</p> })}
                    {card.clock.map(|clock| view! { <p class="meta">{words::term(&clock, today)}</p> })}
                    {words::pictures(card.papers).map(|words| view! { <p class="meta">{words}</p> })}
                </div>
                <Pictogram icon=Icon::Next class="i-s"/>
            </A>
        </li>
    }
    .into_any()
}

/// The page.
#[component]
pub fn FilingDetailPage() -> impl IntoView {
    view! { <OpenedFiling draw=|detail| view! { <Whole detail/> }.into_any()/> }
}

/// The dossier of the address, drawn anew as it changes.
#[component]
pub fn OpenedFiling(
    /// Draws it.
    draw: fn(FilingDetail) -> AnyView,
) -> impl IntoView {
    let device = Device::here();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<DossierId>().ok()))
    });
    let revision = device.slice(|view| view.revision);
    let told = device.follow(move || {
        revision.track();
        id.get().map(|id| Intent::Filing(FilingIntent::Open(id)))
    });
    let detail = Memo::new(move |_| {
        told.with(|told| match told {
            Some((_, Answer::Filing(FilingAnswer::Detail(detail)))) => Some((**detail).clone()),
            _ => None,
        })
    });
    live(move || {
        match detail.get() {
        Some(detail) => draw(detail),
        None => view! { <Page title="Hồ sơ" back="/may".to_owned()><p>"Máy chưa có hồ sơ này. Đang lấy về thì chờ một lát."</p></Page> }.into_any(),
    }
    })
}

/// The dossier.
#[component]
pub fn Whole(
    /// All of it.
    detail: FilingDetail,
) -> impl IntoView {
    let card = detail.card.clone();
    view! {
        <Page title=detail.procedure.title.clone() window="Hồ sơ" under=card.name.clone() back="/may".to_owned()>
            <State detail=detail.clone()/>
            <Says detail=detail.clone()/>
            <Pictures detail=detail.clone()/>
            {detail.behalf.clone().map(|behalf| view! { <GroundCard behalf/> })}
            <Happened detail=detail.clone()/>
            <Proof detail=detail.clone()/>
            <Forms detail=detail.clone()/>
            <Actions detail/>
        </Page>
    }
    .into_any()
}

/// The one thing that is true of a dossier.
#[component]
pub fn StateLine(
    /// Its card.
    card: FilingCard,
) -> impl IntoView {
    let device = Device::here();
    live(move || {
        let said = words::state(&card, &device.link().get());
        view! { <p class=format!("st {}", said.tone.class()) role="status"><Pictogram icon=said.icon/>{said.words}</p> }
    })
}

#[component]
fn State(detail: FilingDetail) -> impl IntoView {
    let card = detail.card.clone();
    let today = Clock::here().today_once();
    let stands = matches!(card.state, FilingState::AtOffice { .. }).then(|| card.status.word());
    let more = match &card.status.stage {
        Stage::Supplement { by, items, until, .. } => {
            let items = items.iter().map(|item| view! { <li>{item.what.to_string()}</li> }).collect_view();
            let until = until.map(|day| format!(" Trước ngày {day}."));
            Some(view! {
                <p><b>{by.clone()}" cần bổ sung:"</b></p>
                <ul class="says">{items}</ul>
                <p class="sm">"Bổ sung một lần cho đủ."{until}" Cũng có thể mang tới trụ sở."</p>
                <A href=form_address(&FormOf::Change(card.dossier)) attr:class="btn main-act wide">"Bổ sung hồ sơ"</A>
            }
            .into_any())
        }
        Stage::Refused { by, reason, ground, .. } => Some(
            view! {
                <p><b>{by.clone()}": "</b>{reason.to_string()}</p>
                <p class="sm">"Căn cứ: "{ground.to_string()}</p>
            }
            .into_any(),
        ),
        _ => None,
    };
    let ungrounded = matches!(
        card.state,
        FilingState::Rejected(Rejection::NoAuthorisation)
            | FilingState::NotApplied(Rejection::NoAuthorisation)
    );
    let choose = (card.state == FilingState::Conflict).then(|| format!("/may/chon-ho-so/{}", card.dossier));
    let again = ungrounded.then(|| Goal::DossierAgain(card.dossier).address(3));
    let decided = card.status.decision.clone().map(|decision| {
        view! {
            <p><b>{decision.words.to_string()}</b></p>
            {decision.until.map(|day| view! { <p class="sm">"Thời hạn đến hết ngày "{day.to_string()}</p> })}
        }
    });
    view! {
        <section class="card" aria-label="Tình trạng">
            <StateLine card=card.clone()/>
            {stands.map(|words| view! { <p class="sm">"Tình trạng: "<b>{words}</b></p> })}
            {card.elsewhere.as_ref().map(|elsewhere| view! {
                <p class="sm">{words::received_by(elsewhere)}<br/>"Nơi giải quyết: "<b>{elsewhere.decides.clone()}</b></p>
            })}
            {words::review(&card.state).map(|words| view! { <p>{words}</p> })}
            {choose.map(|page| view! { <A href=page attr:class="btn main-act wide">"Chọn giá trị đúng"</A> })}
            {again.map(|page| view! { <A href=page attr:class="btn main-act wide">"Ghi lại sự đồng ý"</A> })}
            {words::pictures(card.papers).map(|words| view! { <p class="sm">{words}</p> })}
            {card.clock.map(|clock| view! { <p class="sm">{words::term(&clock, today)}</p> })}
            {words::owed(&card.status, detail.behalf.is_some()).map(|words| view! { <p>{words}</p> })}
            <PayOnline detail/>
            {decided}
            {more}
        </section>
    }
    .into_any()
}

#[component]
fn Says(detail: FilingDetail) -> impl IntoView {
    view! { <section class="card" aria-label="Nội dung"><dl class="ans plain">{answers(&detail)}</dl></section> }.into_any()
}

/// What it says: label and value.
pub fn answers(detail: &FilingDetail) -> AnyView {
    let procedure = &detail.procedure;
    let form = procedure.fields.iter().filter_map(|field| {
        let value = detail.filing.answers.get(&field.key)?;
        Some((field.label.clone(), field.shown(value)))
    });
    let columns = procedure.people.as_ref().map(|people| people.columns.clone()).unwrap_or_default();
    let people = detail.filing.present().enumerate().map(|(place, (_, row))| {
        let said: Vec<String> = columns
            .iter()
            .filter_map(|column| row.get(&column.key).map(|value| column.shown(value)))
            .collect();
        (format!("Người {}", place + 1), said.join("\n"))
    });
    let consents = detail.filing.consents.iter().map(|(kind, given)| {
        (kind.label().to_owned(), format!("{}\n{}, {}", given.who, given.at, given.day))
    });
    let papers = detail
        .filing
        .originals
        .iter()
        .filter_map(|key| procedure.paper(key))
        .map(|paper| (paper.label.clone(), "xem bản chính".to_owned()));
    // Both are said, to whoever reads it, until the declarant has chosen.
    let conflicts = detail.conflicts.iter().map(|conflict| {
        let whose = conflict.whose.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let values: Vec<&str> = conflict.values.iter().map(|value| value.text.as_str()).collect();
        (format!("{}{whose}: {}", conflict.label, DIFFER.to_lowercase()), values.join("\n"))
    });
    let rows = conflicts.chain(form).chain(people).chain(consents).chain(papers).map(|(label, value)| {
        view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
    });
    rows.collect_view().into_any()
}

/// What happened, in order.
#[component]
pub fn Happened(
    /// The dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let today = Clock::here().today_once();
    let first = detail.acts.iter().position(|act| matches!(act.act, Act::Submit { .. }));
    let lines = detail.acts.iter().enumerate().filter_map(|(place, recorded)| {
        let (icon, tone, what, more) = words::happened(recorded, first == Some(place), &detail.procedure)?;
        let at = time::moment(recorded.at, today);
        Some(view! {
            <li>
                <Pictogram icon class=tone/>
                <b>{at}" · "{what}</b>
                {(!more.is_empty()).then(|| view! { <br/><span class="mute">{more}</span> })}
            </li>
        })
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card"><h2>"Quá trình giải quyết"</h2><ol class="acts">{lines}</ol></section>
        }
    })
}

#[component]
fn Proof(detail: FilingDetail) -> impl IntoView {
    detail.receipt.map(|receipt| {
        let label = format!("Mã QR của biên nhận {}", receipt.number);
        view! {
            <section class="card proof">
                <h2>"Biên nhận "{receipt.number}</h2>
                <div class="row top">
                    <Qr text=receipt.qr label/>
                    <div class="grow">
                        <p class="st nhan"><Pictogram icon=Icon::Tick class="i-s"/>"Chữ ký đúng"</p>
                        <p class="sm mute">"Nhận lúc "{receipt.received_at.to_string()}</p>
                        {(!receipt.current).then(|| view! { <p class="sm">"Có phần sửa sau biên nhận này."</p> })}
                    </div>
                </div>
            </section>
        }
    })
}
