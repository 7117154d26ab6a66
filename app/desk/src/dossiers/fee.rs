//! Lệ phí: asked for by what the definition says, taken at the counter, or waived for a reason the fee knows.

use dossier::act::{Act, Channel};
use dossier::filing::status::FeeState;
use dossier::filing::step::{Payment, Step};
use dossier::filing::view::FilingDetail;
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{Ask, OnlineFee, Told};
use dossier::procedure::{Exemption, Fee, FilingChannel};
use leptos::prelude::*;

use app::device::Device;
use app::live::{RwSignal, Signal, live};
use app::parts::field::{Kind, TextField};
use app::parts::icon::{Icon, Pictogram};
use app::parts::pick::Pick;
use app::text::filing::{dong, fee};

/// What is written about a fee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// How much, as typed.
    typed: String,
    /// Why nothing.
    reason: Option<Exemption>,
}

/// The way it was handed in: fees differ by it.
fn way(detail: &FilingDetail) -> FilingChannel {
    let counter = |act: &Act| matches!(act, Act::Submit { channel: Channel::Counter, .. });
    match detail.acts.iter().any(|recorded| counter(&recorded.act)) {
        true => FilingChannel::InPerson,
        false => FilingChannel::Online,
    }
}

/// The fee of this dossier, where its definition knows one that is not nothing.
pub(super) fn known(detail: &FilingDetail) -> Option<&Fee> {
    let way = way(detail);
    detail.procedure.fees.iter().find(|fee| fee.channel == way && fee.dong > 0)
}

/// What is to be paid now.
pub(super) fn owed(detail: &FilingDetail) -> Option<u32> {
    if let FeeState::Due { dong } = detail.card.status.fee { Some(dong) } else { None }
}

impl Due {
    /// As the definition says it for this dossier, to be looked at.
    pub(super) fn of(detail: &FilingDetail) -> Due {
        let people = u32::try_from(detail.filing.present().count()).unwrap_or(u32::MAX).max(1);
        let charge = detail.procedure.charge(way(detail), people, None);
        let typed = if charge.dong == 0 { String::new() } else { charge.dong.to_string() };
        Due { typed, reason: None }
    }

    /// Asks for it.
    pub(super) fn ask(&self) -> Result<Step, &'static str> {
        let digits: String = self.typed.chars().filter(|sign| !matches!(sign, '.' | ' ')).collect();
        match digits.parse() {
            Ok(dong) if dong > 0 => Ok(Step::FeeDue { dong }),
            _ => Err("Cần ghi số tiền, bằng đồng."),
        }
    }

    /// Waives it.
    pub(super) fn waive(&self) -> Result<Step, &'static str> {
        self.reason.map(|reason| Step::Exempt { reason }).ok_or("Cần chọn lý do miễn.")
    }
}

/// Taken at the counter.
pub(super) fn taken(detail: &FilingDetail) -> Result<Step, &'static str> {
    let dong = owed(detail).ok_or("Hồ sơ này không còn lệ phí phải nộp.")?;
    Ok(Step::FeePaid { dong, how: Payment::Cash })
}

/// How much is asked for.
#[component]
pub(super) fn Amount(
    /// What is written.
    due: RwSignal<Due>,
    /// Of which dossier.
    detail: FilingDetail,
) -> impl IntoView {
    view! {
        <p class="sm mute">{fee(&detail.procedure, way(&detail))}</p>
        <TextField id="le-phi" label="Số tiền (đồng)" kind=Kind::DIGITS
            value=Signal::derive(move || due.with(|due| due.typed.clone()))
            on_input=move |typed: String| due.update(|due| due.typed = typed)/>
    }
    .into_any()
}

/// What was taken.
#[component]
pub(super) fn Taken(
    /// Of which dossier.
    detail: FilingDetail,
) -> impl IntoView {
    owed(&detail).map(|owed| {
        view! {
            <p><b>{format!("{} đồng", dong(owed))}</b>", tiền mặt"</p>
            <Begun id=detail.card.dossier/>
        }
    })
}

/// What is said before cash is taken while somebody has begun to pay online. Nobody but who pays can call that off.
fn begun(fee: &OnlineFee) -> Option<&'static str> {
    match fee {
        OnlineFee::Waiting => Some(
            "Đã có người mở trang nộp trực tuyến, cổng thanh toán chưa xác nhận. Hỏi người nộp đã trả ở đó chưa: thu cả hai thì phải hoàn.",
        ),
        OnlineFee::Paid => {
            Some("Cổng thanh toán đã xác nhận khoản này, đang ghi vào hồ sơ. Không thu tiền mặt nữa.")
        }
        OnlineFee::Closed | OnlineFee::Open | OnlineFee::Away | OnlineFee::At(_) => None,
    }
}

#[component]
fn Begun(id: DossierId) -> impl IntoView {
    let told = Device::here().follow(move || Some(Intent::Manage(Box::new(Ask::OnlineFee(id)))));
    live(move || {
        let words = told.with(|told| match told {
            Some((_, Answer::Managed(told))) => match &**told {
                Told::OnlineFee(fee) => begun(fee),
                _ => None,
            },
            Some((_, Answer::Refused(Refusal::NeedsNetwork))) => {
                Some("Không có mạng, chưa hỏi được có ai đang nộp trực tuyến không.")
            }
            _ => None,
        });
        words.map(
            |words| view! { <p class="check xem" role="status"><Pictogram icon=Icon::Review/>{words}</p> },
        )
    })
}

/// Why nothing is to be paid.
#[component]
pub(super) fn Waiver(
    /// What is written.
    due: RwSignal<Due>,
    /// Of which dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let reasons = known(&detail).map(|fee| fee.exempt.clone()).unwrap_or_default();
    let row = move |reason: Exemption| {
        let chosen = Signal::derive(move || due.with(|due| due.reason == Some(reason)));
        view! {
            <Pick group="mien-le-phi" chosen choose=move |()| due.update(|due| due.reason = Some(reason))>
                {reason.label()}
            </Pick>
        }
    };
    view! {
        <fieldset class="picks"><legend>"Lý do miễn"</legend>{reasons.into_iter().map(row).collect_view()}</fieldset>
    }
    .into_any()
}

/// What was paid too much, where something was.
pub(super) fn too_much(detail: &FilingDetail) -> Option<AnyView> {
    let surplus = detail.card.status.surplus;
    let words = || format!("Đã nộp thừa {} đồng, cần hoàn", dong(surplus));
    (surplus > 0).then(|| view! { <p class="check xem">{words()}</p> }.into_any())
}
