//! Bước 3: how the person said yes: signed here, or before a witness.

use dossier::behalf::{BehalfField, Matter, Way};
use leptos::prelude::*;

use super::{Goal, Line, Record};
use crate::clock::Clock;
use crate::live::{Signal, live};
use crate::parts::field::{Blocked, Kind};
use crate::parts::pick::Pick;
use crate::parts::signature::SignatureField;

const WAYS: [(Way, &str); 3] = [
    (Way::Signature, "Ký trên màn hình"),
    (Way::Witness, "Có người làm chứng"),
    (Way::Code, "Đọc mã đồng ý 8 số"),
];

/// The step.
#[component]
pub fn ConsentStep() -> impl IntoView {
    let (record, clock) = (Record::here(), Clock::here());
    let picks = WAYS.map(|(way, words)| {
        view! {
            <Pick
                group="cach-dong-y"
                chosen=Signal::derive(move || record.draft.with(|draft| draft.way) == way)
                choose=move |()| {
                    record.edit(|draft| draft.way = way);
                    record.keep();
                }
            >{words}</Pick>
        }
    });
    let who = record.device.who();
    let counter = who.with_untracked(|who| who.as_ref().is_some_and(|who| who.role.works_at_a_desk()));
    let helper = if counter { "cán bộ tại quầy" } else { "người cầm máy này" };
    let what = match record.goal.with_value(Goal::matter) {
        Matter::Filing => "khai và nộp hồ sơ này thay tôi",
        Matter::StayNotice => "khai thông báo lưu trú thay tôi",
    };
    let read = move || {
        let until = clock.today_once().plus(i32::from(record.draft.with(|draft| draft.days)) - 1);
        record.draft.with(|draft| {
            format!("“Tôi, {}, nhờ {helper} {what}, đến hết ngày {until}.”", draft.giver.trim())
        })
    };
    view! {
        <div class="form">
            <section class="card tight">
                <p class="sm mute">"Đọc cho người đó nghe"</p>
                <p class="sm">{live(read)}</p>
            </section>
            <fieldset class="q">
                <legend class="unseen">"Người đó đồng ý bằng cách nào"</legend>
                <div class="picks third">{picks}</div>
            </fieldset>
            {live(move || match record.draft.with(|draft| draft.way) {
                Way::Signature => view! { <Drawn/> }.into_any(),
                Way::Witness => view! { <Witness/> }.into_any(),
                Way::Code => view! { <Said/> }.into_any(),
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Drawn() -> impl IntoView {
    let record = Record::here();
    view! {
        <div class="q">
            <SignatureField
                id="chu-ky"
                strokes=Signal::derive(move || record.draft.with(|draft| draft.strokes.clone()))
                on_stroke=move |strokes| {
                    record.edit(|draft| draft.strokes = strokes);
                    record.keep();
                }
            />
            <Blocked id="chu-ky-loi" fault=record.fault(BehalfField::Signature)/>
            <p class="sm mute">"Nét ký được giữ cùng hồ sơ và in trên phiếu. Đây không phải chữ ký số."</p>
        </div>
    }
    .into_any()
}

#[component]
fn Said() -> impl IntoView {
    view! {
        <Line id="ma-dong-y" label="Mã đồng ý" hint="8 số, người đó xem trên máy của mình, hoặc Công an xã gọi lại đọc cho" kind=Kind::NUMBER field=BehalfField::Code
            of=|draft| &draft.code at=|draft| &mut draft.code/>
        <p class="sm mute">"Mã dùng một lần, trong 15 phút. Không có mạng vẫn ghi được: nơi nhận xem mã khi thông báo đến. Mã không đúng thì máy báo, lúc đó mời người ấy ký."</p>
    }
    .into_any()
}

#[component]
fn Witness() -> impl IntoView {
    view! {
        <Line id="nguoi-lam-chung" label="Người làm chứng" hint="Họ và tên; không phải người khai hộ" kind=Kind::NAME field=BehalfField::Witness
            of=|draft| &draft.witness at=|draft| &mut draft.witness/>
        <Line id="so-nguoi-lam-chung" label="Số định danh của người làm chứng (không bắt buộc)" kind=Kind::NUMBER field=BehalfField::WitnessNumber
            of=|draft| &draft.witness_number at=|draft| &mut draft.witness_number/>
    }
    .into_any()
}
