//! Hai máy ghi khác nhau: the first question of a notice, or of a residence dossier, that is open.

use dossier::filing::intent::FilingIntent;
use dossier::filing::view::FilingDetail;
use dossier::intent::{Choice, Intent, StayField};
use dossier::view::Detail;
use leptos::prelude::*;

use super::detail::Opened;
use super::filing::detail::{self as filing, OpenedFiling};
use crate::device::Device;
use crate::parts::either::Either;
use crate::parts::guest::page_of;

/// The page.
#[component]
pub fn ConflictPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Question detail/> }.into_any()/> }
}

/// The page of a residence dossier.
#[component]
pub fn FilingConflictPage() -> impl IntoView {
    view! { <OpenedFiling draw=|detail| view! { <FilingQuestion detail/> }.into_any()/> }
}

/// The question a field asks.
pub fn question(field: StayField) -> &'static str {
    match field {
        StayField::Arrive => "Khách đến lúc nào?",
        StayField::Leave => "Ngày đi dự kiến là ngày nào?",
        StayField::Left => "Khách đã đi lúc nào?",
        StayField::Room => "Phòng nào?",
        StayField::Reason => "Lý do lưu trú là gì?",
        StayField::ReasonText => "Mục đích khác là gì?",
        StayField::Name(_) => "Họ tên đúng là gì?",
        StayField::Birth(_) => "Ngày sinh đúng là ngày nào?",
        StayField::Sex(_) => "Giới tính trên giấy tờ là gì?",
        StayField::Nationality(_) => "Quốc tịch nào?",
        StayField::PaperKind(_) => "Loại giấy tờ nào?",
        StayField::PaperNumber(_) => "Số giấy tờ đúng là số nào?",
        StayField::PermittedUntil(_) => "Thời hạn tạm trú đến ngày nào?",
        StayField::Phone(_) => "Số điện thoại nào?",
        StayField::Home(_) => "Nơi cư trú ở đâu?",
        StayField::Removed(_) => "Khách này có ở không?",
        StayField::Confirmed(_) => "Đã nhìn lại giấy tờ chưa?",
    }
}

/// The first question of a notice.
#[component]
pub fn Question(
    /// The notice.
    detail: Detail,
) -> impl IntoView {
    let device = Device::here();
    let (back, id) = (page_of(&detail.card), detail.card.dossier);
    let left = detail.conflicts.len();
    let first = detail.conflicts.into_iter().next();
    let field = first.as_ref().map(|conflict| conflict.field);
    let choose = move |place| {
        if let Some(field) = field {
            device.tell(Intent::Choose(Choice { dossier: id, field, place }));
        }
    };
    let everybody =
        || detail.card.guests.iter().map(|guest| guest.name.clone()).collect::<Vec<_>>().join(", ");
    let who = first.as_ref().and_then(|conflict| conflict.guest.clone()).unwrap_or_else(everybody);
    let place = (!detail.card.room.is_empty()).then(|| format!("phòng {}", detail.card.room));
    let question = field.map(question).unwrap_or_default().to_owned();
    let values = first.map(|conflict| conflict.values).unwrap_or_default();
    view! { <Either left back who place question asked="khách" values choose/> }
}

/// The first question of a residence dossier.
#[component]
pub fn FilingQuestion(
    /// The dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let device = Device::here();
    let id = detail.card.dossier;
    let left = detail.conflicts.len();
    let first = detail.conflicts.into_iter().next();
    let (at, values) = first.clone().map(|conflict| (conflict.place, conflict.values)).unzip();
    let choose = move |choice| {
        if let Some(at) = at.clone() {
            device.tell(Intent::Filing(FilingIntent::Choose(id, at, choice)));
        }
    };
    let who = first.as_ref().and_then(|conflict| conflict.whose.clone()).unwrap_or(detail.card.name);
    let question = first.map(|conflict| format!("{}: ghi nào đúng?", conflict.label)).unwrap_or_default();
    let place = Some(detail.procedure.title);
    let (back, values) = (filing::address(id), values.unwrap_or_default());
    view! { <Either left back who place question asked="người đó" values choose/> }
}
