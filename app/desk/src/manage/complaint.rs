//! Phản ánh, kiến nghị: what waits for an answer, what is due first above; answered in writing.

use dossier::filing::step::{Reason, StepError};
use dossier::manage::{Ask, Complaint, ComplaintKind, Told};
use dossier::moment::Day;
use leptos::prelude::*;

use super::fields::{Deed, Typed, fact};
use super::hall::Hall;
use super::line::Line;
use app::live::{RwSignal, act, worded};
use app::parts::icon::Icon;
use app::text::time;

/// Its row.
pub fn line(one: &Complaint, today: Day) -> Line {
    let state = match &one.answer {
        Some((at, ..)) => ("nhan", Icon::Received, format!("Đã trả lời, {}", time::moment(*at, today))),
        None if one.is_late(today) => ("qua", Icon::Review, "Quá hạn, chờ trả lời".to_owned()),
        None => ("xem", Icon::Review, "Chờ trả lời".to_owned()),
    };
    let mut short: String = one.said.words.as_str().chars().take(80).collect();
    if short.len() < one.said.words.as_str().len() {
        short.push('…');
    }
    Line {
        key: one.number.to_string(),
        cells: [
            one.said.kind.label().to_owned(),
            short,
            one.said.dossier.clone(),
            time::moment(one.at, today),
            one.due.to_string(),
        ],
        state,
        chips: if one.answer.is_none() { vec!["cho"] } else { Vec::new() },
    }
}

/// One.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let one = hall.find(|told| match told {
        Told::Complaints(all) => all.iter().find(|one| one.number.to_string() == key).cloned(),
        _ => None,
    })?;
    let today = hall.today.get();
    let facts = view! {
        <h2>{one.said.kind.label()}</h2>
        <p>{one.said.words.to_string()}</p>
        <dl class="kv">
            {fact("Người viết", one.said.from.clone())}
            {fact("Hồ sơ", one.said.dossier.clone())}
            {fact("Gửi lúc", time::moment(one.at, today))}
            {fact("Hạn trả lời", one.due.to_string())}
        </dl>
    };
    let answer = match &one.answer {
        Some((at, by, words)) => view! {
            <p class="st nhan">{format!("{by} đã trả lời, {}", time::moment(*at, today))}</p>
            <p>{words.to_string()}</p>
        }
        .into_any(),
        None => view! { {identified(hall, &one)}{answer(hall, one.number)} }.into_any(),
    };
    Some(view! { {facts}{answer} }.into_any())
}

/// Opens what is held about who asks, once they have shown who they are.
fn identified(hall: Hall, one: &Complaint) -> Option<AnyView> {
    let number = one.number;
    let code = RwSignal::new(String::new());
    let run = move |()| match code.get_untracked().parse() {
        Ok(code) => hall.act(Ask::Identify(number, code), true),
        Err(_) => hall.object("Mã có 10 chữ và số."),
    };
    (one.said.kind == ComplaintKind::OwnData).then(|| {
        view! {
            <section class="fields">
                <p>"Chỉ mở khi người này đang ở đây, thẻ căn cước đúng là của họ, và mã họ mang theo đúng là mã của đề nghị này: người khác có thể đã gửi đề nghị bằng tên và số của họ."</p>
                <Typed label="Mã người đến mang theo" value=code/>
                <Deed words="Đã đối chiếu, mở cho xem" run=run/>
            </section>
        }
        .into_any()
    })
}

fn answer(hall: Hall, number: u32) -> AnyView {
    let words = RwSignal::new(String::new());
    let run = move |()| match words.get_untracked().parse::<Reason>() {
        Ok(words) => hall.act(Ask::AnswerComplaint(number, words), true),
        Err(StepError::TooLong(_)) => hall.object("Trả lời không quá 1.000 ký tự."),
        Err(_) => hall.object("Cần ghi nội dung trả lời."),
    };
    view! {
        <section class="fields">
            <h3>"Trả lời"</h3>
            <label class="line">
                <span>"Người viết đọc được bằng mã, không thấy tên bạn"</span>
                <textarea rows="6" maxlength="1000" prop:value=worded(move || words.get())
                    on:input=act(move |event| words.set(event_target_value(&event)))></textarea>
            </label>
            <Deed words="Gửi trả lời" run=run main=true/>
        </section>
    }
    .into_any()
}
