//! One agency: how people reach it, and what a notice is to it when it arrives.

use dossier::manage::{Agency, AgencyChange, Ask, Told, Words};
use dossier::view::Standing;
use leptos::prelude::*;

use super::fields::{Chosen, Deed, Typed, fact};
use super::hall::Hall;
use app::live::{RwSignal, Signal};

/// One agency.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let one = hall.find(|told| match told {
        Told::Agencies(agencies) => agencies.iter().find(|one| one.commune.to_string() == key).cloned(),
        _ => None,
    })?;
    let inside = if one.changeable { form(hall, &one) } else { facts(&one) };
    Some(view! { <h2>{one.name.clone()}</h2>{inside} }.into_any())
}

fn facts(one: &Agency) -> AnyView {
    view! {
        <dl class="kv">
            {fact("Trực ban", one.duty_phone.clone())}
            {fact("Hộp thư", one.mailbox.clone())}
            {fact("Địa chỉ", one.address.clone())}
            {fact("Kênh đã thông báo", one.channels.clone())}
        </dl>
    }
    .into_any()
}

fn standings() -> Vec<(String, String)> {
    [
        ("", "theo máy chủ"),
        ("queue", "hàng chờ trước cổng của Bộ Công an"),
        ("announced", "phần mềm đã thông báo"),
    ]
    .map(|(code, words)| (code.to_owned(), words.to_owned()))
    .to_vec()
}

fn receiving() -> Vec<(String, String)> {
    [("no", "cán bộ bấm tiếp nhận"), ("yes", "nhận được là tiếp nhận ngay")]
        .map(|(code, words)| (code.to_owned(), words.to_owned()))
        .to_vec()
}

fn form(hall: Hall, one: &Agency) -> AnyView {
    let commune = one.commune;
    let text = |line: &str| RwSignal::new(line.to_owned());
    let (phone, mailbox, address) = (text(&one.duty_phone), text(&one.mailbox), text(&one.address));
    let channels = text(&one.channels);
    let standing = text(match one.standing {
        None => "",
        Some(Standing::Queue) => "queue",
        Some(Standing::Announced) => "announced",
    });
    let at_once = text(if one.receive_at_once { "yes" } else { "no" });
    let save = move |()| {
        let line = |typed: RwSignal<String>| typed.get_untracked().parse::<Words>().ok();
        let Ok(duty_phone) = phone.get_untracked().parse() else {
            return hall.object("Số trực ban chưa đúng. Xem lại.");
        };
        let standing = match standing.get_untracked().as_str() {
            "queue" => Some(Standing::Queue),
            "announced" => Some(Standing::Announced),
            _ => None,
        };
        let change = AgencyChange {
            address: line(address),
            duty_phone,
            mailbox: line(mailbox),
            channels: line(channels),
            standing,
            receive_at_once: at_once.get_untracked() == "yes",
        };
        hall.act(Ask::ChangeAgency(commune, change), true);
    };
    view! {
        <section class="fields">
            <Typed label="Số trực ban" value=phone kind="tel"/>
            <Typed label="Hộp thư" value=mailbox/>
            <Typed label="Địa chỉ" value=address/>
            <Typed label="Kênh đã thông báo" value=channels/>
            <Chosen label="Biên nhận là" options=Signal::derive(standings) value=standing/>
            <Chosen label="Khi nhận được" options=Signal::derive(receiving) value=at_once/>
            <Deed words="Ghi" run=save main=true/>
        </section>
    }
    .into_any()
}
