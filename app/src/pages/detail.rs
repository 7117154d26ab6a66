//! Hồ sơ: what a notice says, what happened to it, and what can still be done.

use dossier::id::DossierId;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::view::{CardState, Detail, Rejection, Review};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use super::outbox::Bytes;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, act, live};
use crate::pages::receipt::Summary;
use crate::pages::stub::StubPage;
use crate::parts::behalf::GroundCard;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;
use crate::parts::state::StateLine;
use crate::text::{self, happening, refusal};

mod actions;

/// Fetches the notice named in the address, again whenever the device shows something new, and draws it.
#[component]
pub fn Opened(
    /// Draws it.
    draw: fn(Detail) -> AnyView,
) -> impl IntoView {
    let device = Device::here();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<DossierId>().ok()));
    let revision = device.slice(|view| view.revision);
    let answered = device.follow(move || {
        revision.track();
        id.get().map(Intent::Open)
    });
    // Drawn again only when the notice itself differs: what is being typed beside it stays.
    let shown = Memo::new(move |_| {
        let answer = answered.with(|answered| answered.as_ref().map(|(_, answer)| answer.clone()));
        if id.get().is_none() { Some(Answer::Refused(Refusal::Unknown)) } else { answer }
    });
    live(move || {
        shown.get().map(|answer| match answer {
            Answer::Detail(detail) => draw(*detail),
            Answer::Stub(stub, qr) => view! { <StubPage stub=*stub qr/> }.into_any(),
            Answer::Refused(why) => view! { <Missing why/> }.into_any(),
            _ => view! { <Missing why=Refusal::Unknown/> }.into_any(),
        })
    })
}

#[component]
fn Missing(why: Refusal) -> impl IntoView {
    view! {
        <Page title="Thông báo lưu trú" back="/may".to_owned()>
            <p>{refusal::words(&why)}</p>
        </Page>
    }
}

/// The page.
#[component]
pub fn DetailPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Sheet detail/> }.into_any()/> }
}

/// One notice, whole.
#[component]
pub fn Sheet(
    /// The notice.
    detail: Detail,
) -> impl IntoView {
    let id = detail.card.dossier;
    let count = text::people(detail.card.guests.len());
    let open = !detail.card.ended;
    let foot = move || {
        open.then(|| {
            view! {
                <A href=format!("/may/khai?buoc=3&sua={id}") attr:class="btn wide">
                    <Pictogram icon=Icon::Edit/>
                    "Sửa hoặc thêm khách"
                </A>
            }
        })
    };
    view! {
        <Page
            title="Thông báo lưu trú"
            under=format!("{count} · {}", detail.house.name)
            back="/may".to_owned()
            foot=foot
        >
            <State detail=detail.clone()/>
            <Says detail=detail.clone()/>
            {detail.behalf.clone().map(|behalf| view! {
                <GroundCard behalf/>
                <A href=format!("/may/phieu/{id}") attr:class="btn wide">"Phiếu cho người được khai thay"</A>
            })}
            {detail.receipt.clone().map(|receipt| view! { <Summary receipt id/> })}
            <Timeline detail=detail.clone()/>
            {open.then(|| view! { <actions::Actions detail/> })}
        </Page>
    }
}

#[component]
fn State(detail: Detail) -> impl IntoView {
    let card = detail.card;
    let more = match &card.state {
        CardState::Review(review) => Some(view! { <Look review=review.clone() id=card.dossier/> }.into_any()),
        CardState::Sending => Some(view! { <Bytes/> }.into_any()),
        CardState::Received { by, .. } => {
            Some(view! { <p class="sm">"Người tiếp nhận: "{by.clone()}</p> }.into_any())
        }
        CardState::SavedHere | CardState::Receipted { .. } => None,
    };
    let ended =
        card.ended.then(|| view! { <p><b>"Thông báo này không còn tính nữa."</b>" Lịch sử vẫn giữ."</p> });
    let twin = (card.twin.is_some() && !matches!(card.state, CardState::Review(_))).then(|| view! {
        <A href=format!("/may/cap/{}", card.dossier) attr:class="btn wide">"Xem thông báo giống thế này"</A>
    });
    view! {
        <section class="card" aria-label="Tình trạng">
            {ended}
            <StateLine state=card.state/>
            {card.changed.then(|| view! { <p class="sm">"Có thay đổi sau biên nhận, chờ gửi."</p> })}
            {card.called.then(|| view! { <p class="st goi"><Pictogram icon=Icon::Call/>"Đã ghi cuộc gọi trực ban"</p> })}
            {card.margin.map(|minutes| view! { <p class="sm mute">{happening::margin(minutes)}</p> })}
            {more}
            {twin}
        </section>
    }
}

#[component]
fn Look(review: Review, id: DossierId) -> impl IntoView {
    let ungrounded = matches!(
        review,
        Review::Rejected(Rejection::NoAuthorisation)
            | Review::NotApplied { why: Rejection::NoAuthorisation, .. }
    );
    let way = match &review {
        _ if ungrounded => Some((format!("/may/khai-thay?buoc=3&lai={id}"), "Ghi lại sự đồng ý")),
        Review::Conflict => Some((format!("/may/chon/{id}"), "Chọn giá trị đúng")),
        Review::Twin => Some((format!("/may/cap/{id}"), "Xem hai thông báo")),
        Review::Returned { .. } | Review::Rejected(_) => {
            Some((format!("/may/khai?buoc=3&sua={id}"), "Sửa thông báo"))
        }
        Review::Unreadable | Review::NotApplied { .. } => None,
    };
    let device = Device::here();
    let read = (matches!(review, Review::NotApplied { .. }) && !ungrounded).then(|| {
        let put_away = move |_| device.tell(Intent::PutAway(id));
        view! { <button type="button" class="btn wide" on:click=act(put_away)>"Đã hiểu"</button> }
    });
    view! {
        <p>{text::review(&review)}</p>
        {read}
        {way.map(|(page, words)| view! { <A href=page attr:class="btn main-act wide">{words}</A> })}
    }
}

#[component]
fn Says(detail: Detail) -> impl IntoView {
    let stay = &detail.stay;
    let many = stay.present().count() > 1;
    let guests = stay
        .present()
        .enumerate()
        .map(|(place, (_, guest))| {
            let label = if many { format!("Khách {}", place + 1) } else { "Khách".to_owned() };
            let until = guest.permitted_until.map(|day| format!("Thời hạn tạm trú: {day}"));
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>
                        <span class="caps">{guest.name.to_string()}</span>
                        <small>{guest.birth.to_string()}" · "{guest.sex.label()}" · "{guest.nationality.vi_name()}</small>
                        <small>{guest.paper.kind().label()}<br/><span class="nw">{guest.paper.grouped()}</span></small>
                        {until.map(|until| view! { <small>{until}</small> })}
                        {guest.confirmed.then(|| view! { <small>"Đã nhìn lại giấy tờ."</small> })}
                    </dd>
                </div>
            }
        })
        .collect_view();
    let reason = if stay.reason_text.is_empty() {
        stay.reason.label().to_owned()
    } else {
        format!("{}: {}", stay.reason.label(), stay.reason_text)
    };
    let room = if stay.room.is_empty() { String::new() } else { format!("Phòng {}, ", stay.room) };
    view! {
        <section class="card" aria-label="Nội dung thông báo">
            <dl class="ans plain">
                {guests}
                <div><dt>"Đến"</dt><dd>{stay.arrive.minute().to_string()}" "{stay.arrive.day().to_string()}</dd></div>
                <div><dt>"Đi"</dt><dd>{match stay.left {
                    Some(left) => format!("đã đi {left}"),
                    None => format!("dự kiến {}", stay.leave),
                }}</dd></div>
                <div><dt>"Lý do lưu trú"</dt><dd>{reason}</dd></div>
                <div><dt>"Địa chỉ lưu trú"</dt><dd>{room}{detail.house.name.clone()}", "{detail.house.village.clone()}</dd></div>
                <div><dt>"Người thông báo"</dt><dd>{detail.declarant.clone()}</dd></div>
                {(!stay.note.is_empty()).then(|| view! { <div><dt>"Ghi chú"</dt><dd>{stay.note.clone()}</dd></div> })}
            </dl>
        </section>
    }
}

/// What happened, in order; what only the phone says is worded as its claim.
#[component]
pub fn Timeline(
    /// The notice.
    detail: Detail,
) -> impl IntoView {
    let today = Clock::here().today_once();
    let margin = detail.card.margin;
    let lines = detail
        .timeline
        .iter()
        .map(|entry| happening::line(entry, today, margin))
        .map(|line| {
            let icon = match line.icon {
                Some(icon) => view! { <Pictogram icon class=line.tone/> }.into_any(),
                None => view! { <span class="pt" aria-hidden="true"></span> }.into_any(),
            };
            let more = (!line.more.is_empty()).then(|| view! { <br/><span class="mute">{line.more}</span> });
            view! { <li>{icon}<b>{line.what}</b>{more}</li> }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>"Bằng chứng về thời gian"</h2>
            <ol class="acts">{lines}</ol>
        </section>
    }
}
