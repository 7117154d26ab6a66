//! Xác minh: what other communes and agencies ask of this one. Looked up in the register, answered with what was found.

use dossier::filing::step::Finding;
use dossier::manage::{Ask, Told, Verification, VerificationReply};
use dossier::moment::Day;
use leptos::prelude::*;

use super::fields::{Deed, Typed, fact};
use super::hall::Hall;
use super::line::Line;
use app::live::{RwSignal, Signal};
use app::parts::icon::Icon;
use app::parts::pick::Pick;
use app::text::time;

fn key(one: &Verification) -> String {
    format!("{}-{}", one.dossier, one.asked.0)
}

/// Its row.
pub fn line(one: &Verification, today: Day) -> Line {
    let state = match &one.reply {
        Some((_, finding)) => ("nhan", Icon::Received, format!("Đã trả lời: {}", finding.label())),
        None if one.is_late(today) => ("qua", Icon::Review, "Quá hạn, chờ trả lời".to_owned()),
        None => ("xem", Icon::Review, "Chờ trả lời".to_owned()),
    };
    let names: Vec<&str> = one.people.iter().map(|person| person.name.as_str()).collect();
    Line {
        key: key(one),
        cells: [
            names.join(", "),
            one.title.clone(),
            one.by.clone(),
            time::moment(one.asked, today),
            one.wanted_by().map(|day| day.to_string()).unwrap_or_default(),
        ],
        state,
        chips: if one.reply.is_none() { vec!["cho"] } else { Vec::new() },
    }
}

/// One slip.
pub fn shown(hall: Hall, of: &str) -> Option<AnyView> {
    let one = hall.find(|told| match told {
        Told::Verifications(slips) => slips.iter().find(|one| key(one) == of).cloned(),
        _ => None,
    })?;
    let today = hall.today.get();
    let people = one.people.iter().map(|person| {
        let more = [&person.birth, &person.number].map(String::as_str);
        let more = more.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        fact("Người", format!("{} · {more}", person.name))
    });
    let facts = view! {
        <h2>{one.title.clone()}</h2>
        <p>{one.question.to_string()}</p>
        <dl class="kv">
            {people.collect_view()}
            {fact("Nơi thường trú cũ", one.old_address.clone())}
            {fact("Nơi hỏi", one.by.clone())}
            {fact("Gọi lại", one.phone.clone())}
            {fact("Hồ sơ", one.number.clone())}
            {fact("Gửi lúc", time::moment(one.asked, today))}
            {fact("Trả lời trước", one.until.map(|day| day.to_string()).unwrap_or_default())}
            {fact("Hạn của nơi hỏi", one.due.map(|due| due.to_string()).unwrap_or_default())}
        </dl>
    };
    let answer = match one.reply {
        Some((at, finding)) => {
            view! { <p class="st nhan">{format!("Đã trả lời: {}, {}", finding.label(), time::moment(at, today))}</p> }.into_any()
        }
        None => answer(hall, &one),
    };
    Some(view! { {facts}{answer} }.into_any())
}

fn answer(hall: Hall, one: &Verification) -> AnyView {
    let (dossier, asked) = (one.dossier, one.asked);
    let (found, words) = (RwSignal::new(None::<Finding>), RwSignal::new(String::new()));
    let run = move |()| {
        let Some(finding) = found.get_untracked() else {
            return hall.object("Cần chọn kết quả xác minh.");
        };
        let typed = words.get_untracked();
        let words = match typed.trim().is_empty() {
            true => None,
            false => match typed.parse() {
                Ok(words) => Some(words),
                Err(_) => return hall.object("Lời ghi thêm không quá 1.000 ký tự."),
            },
        };
        hall.act(Ask::Reply(dossier, VerificationReply { asked, finding, words }), true);
    };
    let row = move |finding: Finding| {
        let chosen = Signal::derive(move || found.get() == Some(finding));
        view! {
            <Pick group="ket-qua" chosen choose=move |()| found.set(Some(finding))>{finding.label()}</Pick>
        }
    };
    view! {
        <section class="fields">
            <h3>"Trả lời"</h3>
            <fieldset class="picks">
                <legend class="unseen">"Kết quả xác minh"</legend>
                {Finding::ALL.iter().copied().map(row).collect_view()}
            </fieldset>
            <Typed label="Ghi thêm (nếu có)" value=words/>
            <p class="mute">"Trả lời ghi vào hồ sơ kèm tên bạn, nơi hỏi và người nộp đọc được."</p>
            <Deed words="Gửi trả lời" run=run main=true/>
        </section>
    }
    .into_any()
}
