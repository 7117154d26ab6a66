//! Nộp lệ phí trực tuyến: for who filed with an own account the way to the page of the payment gateway, where the office has
//! one, and the page they come back to. What the gateway says counts once it is an act of the dossier.

use dossier::filing::status::FeeState;
use dossier::filing::view::{FilingCard, FilingDetail};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{Ask, OnlineFee, Told};
use dossier::view::LinkState;
use leptos::prelude::*;

use super::detail::FilingRow;
use crate::browser::Browser;
use crate::device::Device;
use crate::live::{Memo, RwSignal, act, flag, live};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;

const WAITING: &str = "Đang chờ cổng thanh toán xác nhận. Đã nộp rồi thì không nộp lại.";

/// The way to the gateway, while the fee is to be paid by who filed it here; asked anew after each contact.
#[component]
pub(super) fn PayOnline(
    /// The dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let (id, status) = (detail.card.dossier, &detail.card.status);
    let due = matches!(status.fee, FeeState::Due { .. }) && status.is_with_office();
    // Who was filed for has a code, and pays on the page it opens.
    let theirs = due && detail.owns && detail.behalf.is_none();
    let contact = device.slice(|view| view.link.last_contact);
    let cut = device.slice(|view| matches!(view.link.state, LinkState::Down { .. }));
    let told = device.follow(move || {
        contact.track();
        theirs.then(|| Intent::Manage(Box::new(Ask::OnlineFee(id))))
    });
    let busy = RwSignal::new(false);
    let pay = move |_| {
        busy.set(true);
        let pending = device.ask(Intent::Manage(Box::new(Ask::PayOnline(id))));
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Managed(said) => match *said {
                    Told::OnlineFee(OnlineFee::At(page)) => browser.with(|browser| browser.leave_for(&page)),
                    said => told.try_set(Some((
                        Intent::Manage(Box::new(Ask::PayOnline(id))),
                        Answer::Managed(Box::new(said)),
                    ))),
                },
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
            busy.try_set(false);
        });
    };
    let button = move |class, words| {
        view! { <button type="button" class=class disabled=flag(move || busy.get()) on:click=act(pay)>{words}</button> }
    };
    live(move || {
        let offline = || {
            let words = "Có mạng thì máy hỏi được nơi này có thu lệ phí trực tuyến không.";
            theirs.then(|| view! { <p class="sm">{words}</p> }.into_any())
        };
        if cut.get() {
            return offline();
        }
        let fee = match told.with(|told| told.as_ref().map(|(_, answer)| answer.clone()))? {
            Answer::Managed(told) => match *told {
                Told::OnlineFee(fee) => fee,
                _ => return None,
            },
            Answer::Refused(Refusal::NeedsNetwork) => return offline(),
            _ => return None,
        };
        let waits = |words| view! { <p class="st gui" role="status"><Pictogram icon=Icon::Sent/>{words}</p> };
        Some(match fee {
            OnlineFee::Closed | OnlineFee::At(_) => return None,
            OnlineFee::Open => view! {
                {button("btn main-act wide", "Nộp lệ phí trực tuyến")}
                <p class="sm">"Mở trang của cổng thanh toán. Trang đó không biết tên người và nội dung hồ sơ."</p>
            }
            .into_any(),
            OnlineFee::Waiting => view! { {waits(WAITING)}{button("btn wide", "Chưa nộp, mở trang thanh toán")} }.into_any(),
            OnlineFee::Paid => waits("Cổng thanh toán đã xác nhận, nơi nhận đang ghi vào hồ sơ.").into_any(),
            OnlineFee::Away => view! {
                <p role="alert">"Cổng thanh toán chưa trả lời, chưa có khoản tiền nào được nộp. Lát nữa thử lại, hoặc nộp tại cơ quan tiếp nhận."</p>
                {button("btn wide", "Thử lại")}
            }
            .into_any(),
        })
    })
}

/// Whether a fee of it is or was to be paid while it lies at the office.
fn has_fee(card: &FilingCard) -> bool {
    matches!(card.status.fee, FeeState::Due { .. } | FeeState::Paid { .. }) && card.status.is_with_office()
}

/// Where the gateway sends people back to: it names no dossier, so these are all that have a fee.
#[component]
pub fn FeePage() -> impl IntoView {
    let home = Device::here().home();
    let cards = Memo::new(move |_| {
        home.with(|home| home.filings.iter().filter(|card| has_fee(card)).cloned().collect::<Vec<_>>())
    });
    view! {
        <Page title="Lệ phí" back="/may".to_owned()>
            <p>"Cổng thanh toán xác nhận thì hồ sơ mới ghi là đã nộp. Đã nộp rồi thì không nộp lại, máy sẽ hiện khi có tin."</p>
            <ul class="card flush list">{live(move || cards.get().into_iter().map(|card| view! { <FilingRow card/> }).collect_view())}</ul>
        </Page>
    }
    .into_any()
}
