//! Phiếu cho người được khai thay: who filed what for them, on what ground, and how they follow it.

use dossier::filing::view::FilingDetail;
use dossier::view::Detail;
use leptos::prelude::*;

use super::detail::Opened;
use super::filing::detail::{self as filing, OpenedFiling};
use crate::device::Device;
use crate::parts::shell::Page;
use crate::parts::slip::SlipSheet;
use crate::parts::state::StateLine;
use crate::text::people;

/// The page of a notice's slip.
#[component]
pub fn SlipPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Slip detail/> }.into_any()/> }
}

/// The page of a residence dossier's slip.
#[component]
pub fn FilingSlipPage() -> impl IntoView {
    view! { <OpenedFiling draw=|detail| view! { <FilingSlip detail/> }.into_any()/> }
}

/// The slip of a notice.
#[component]
pub fn Slip(
    /// The notice it is about.
    detail: Detail,
) -> impl IntoView {
    let who = Device::here().who();
    let police = who.with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_police()));
    let back = if police { "/may".to_owned() } else { format!("/may/ho-so/{}", detail.card.dossier) };
    let Some(behalf) = detail.behalf else { return nobody(back) };
    let count = people(detail.card.guests.len());
    let facts = vec![
        ("Nơi ở", format!("{}, {}", detail.house.name, detail.house.village)),
        ("Thời gian", format!("{} đến {}", detail.stay.arrive.day(), detail.stay.leave)),
        ("Số khách", count.clone()),
    ];
    let state = view! { <StateLine state=detail.card.state/> }.into_any();
    let receipt = detail.receipt.map(|receipt| receipt.number);
    let under = format!("Thông báo lưu trú · {count}");
    view! { <SlipSheet under back behalf state receipt facts/> }.into_any()
}

/// The slip of a residence dossier.
#[component]
pub fn FilingSlip(
    /// The dossier it is about.
    detail: FilingDetail,
) -> impl IntoView {
    let back = filing::address(detail.card.dossier);
    let Some(behalf) = detail.behalf else { return nobody(back) };
    let facts = vec![
        ("Thủ tục", detail.procedure.title.clone()),
        ("Nơi nhận", detail.procedure.agency.label().to_owned()),
        ("Nhà", format!("{}, {}", detail.house.name, detail.house.village)),
    ];
    let state = view! { <filing::StateLine card=detail.card/> }.into_any();
    let receipt = detail.receipt.map(|receipt| receipt.number);
    view! { <SlipSheet under=detail.procedure.title back behalf state receipt facts/> }.into_any()
}

fn nobody(back: String) -> AnyView {
    view! { <Page title="Phiếu theo dõi" back><p>"Việc này không phải khai thay cho ai."</p></Page> }
        .into_any()
}
