//! Giữ riêng: what a revoked device brought. Looked at by somebody, and taken or dropped with a reason.

use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{AsideLine, AsidePart, Ask, Told};
use dossier::moment::Day;
use leptos::prelude::*;

use super::fields::{Deed, Typed, fact};
use super::hall::Hall;
use super::line::Line;
use app::live::{RwSignal, live};
use app::parts::icon::Icon;
use app::text::{refusal, time};

/// Whether the device says it was made before it was out. Its clock is the device's own.
fn words(one: &AsideLine) -> &'static str {
    match (one.claimed, one.revoked) {
        (Some(claimed), Some(revoked)) if claimed < revoked => "Ghi trước khi thu hồi",
        (Some(_), Some(_)) => "Ghi sau khi thu hồi",
        _ => "Chưa rõ ghi lúc nào",
    }
}

/// Its row.
pub fn line(one: &AsideLine, today: Day) -> Line {
    let state = match (one.full, words(one)) {
        (true, words) => ("qua", Icon::Review, format!("{words} · đã đầy")),
        (false, words) => ("xem", Icon::Review, words.to_owned()),
    };
    Line {
        key: one.number.to_string(),
        cells: [
            one.person.clone(),
            one.name.clone(),
            if one.notices > 0 { one.notices.to_string() } else { "chưa đọc được".to_owned() },
            time::moment(one.came, today),
            one.claimed.map(|at| time::moment(at, today)).unwrap_or_default(),
        ],
        state,
        chips: Vec::new(),
    }
}

/// One of it.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let one = hall.find(|told| match told {
        Told::Aside(kept) => kept.iter().find(|one| one.number.to_string() == key).cloned(),
        _ => None,
    })?;
    let (number, today) = (one.number, hall.today.get());
    let moment = |at| time::moment(at, today);
    let reason = RwSignal::new(String::new());
    let drop = move |()| match reason.get_untracked().parse() {
        Ok(reason) => hall.act(Ask::DropAside(number, reason), true),
        Err(_) => hall.object("Cần ghi lý do."),
    };
    // Nobody decides on what they have not seen.
    let heard = RwSignal::new(None::<Result<Vec<AsidePart>, Refusal>>);
    let look = move || {
        heard.set(None);
        let asking = hall.device.ask(Intent::Manage(Box::new(Ask::LookAside(number))));
        leptos::task::spawn_local(async move {
            let told = match asking.await {
                Answer::Managed(told) => match *told {
                    Told::AsideParts(parts) => Ok(parts),
                    _ => Err(Refusal::Unknown),
                },
                Answer::Refused(refused) => Err(refused),
                _ => Err(Refusal::Unknown),
            };
            heard.try_set(Some(told));
        });
    };
    Effect::new(move |_| look());
    let full = "Chỗ giữ riêng của máy này đã đầy. Máy giữ phần còn lại và gửi tiếp khi có chỗ.";
    Some(
        view! {
            <h2>{one.person.clone()}</h2>
            <dl class="kv">
                {fact("Máy", format!("{} · {}", one.name, one.handle))}
                {fact("Hồ sơ", if one.notices > 0 { one.notices.to_string() } else { String::new() })}
                {fact("Đến lúc", moment(one.came))}
                {fact("Máy ghi lúc", one.claimed.map(moment).unwrap_or_default())}
                {fact("Thu hồi lúc", one.revoked.map(moment).unwrap_or_default())}
                {fact("Trạng thái", words(&one))}
                {fact("Cách đến", if one.carried { "bản niêm phong, do máy bất kỳ mang hộ" } else { "máy tự gửi" })}
            </dl>
            {one.full.then(|| view! { <p class="st xem">{full}</p> })}
            {live(move || match heard.get() {
                None => view! { <p class="mute">"Đang hỏi nơi nhận…"</p> }.into_any(),
                Some(Err(refused)) => view! {
                    <p class="st xem" role="alert">{refusal::words(&refused)}</p>
                    <Deed words="Hỏi lại" run=move |()| look()/>
                }.into_any(),
                Some(Ok(parts)) => view! {
                    {if parts.is_empty() {
                        view! { <p class="st xem">"Phần này nối tiếp một phần chưa có ở đây: chưa đọc được."</p> }.into_any()
                    } else {
                        parts.into_iter().map(part).collect_view().into_any()
                    }}
                    <p class="mute">"Giờ máy ghi là lời của máy. Gọi cho người dùng hỏi lại rồi mới quyết định."</p>
                    <section class="fields">
                        <h3>"Nhận"</h3>
                        <p>"Xét như mọi lần gửi của người này, tính từ lúc đến. Hợp lệ thì có biên nhận."</p>
                        <Deed words="Nhận" run=move |()| hall.act(Ask::TakeAside(number), true) main=true/>
                    </section>
                    <section class="fields">
                        <h3>"Bỏ"</h3>
                        <p>"Nội dung bị xóa; còn lại dòng ghi ai bỏ, lúc nào, vì sao."</p>
                        <Typed label="Lý do" value=reason/>
                        <Deed words="Bỏ" run=drop/>
                    </section>
                }.into_any(),
            })}
        }
        .into_any(),
    )
}

/// One dossier of it, to be read.
fn part(part: AsidePart) -> AnyView {
    let title = match (part.title.is_empty(), part.lines.is_empty()) {
        (false, _) => part.title,
        (true, false) => "Hồ sơ chưa rõ".to_owned(),
        (true, true) => "Ngoài địa bàn của bạn".to_owned(),
    };
    let lines = part.lines.into_iter().map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> });
    view! { <section class="fields"><h3>{title}</h3><dl class="kv">{lines.collect_view()}</dl></section> }
        .into_any()
}
