//! Sổ khách: this house's guests by day, newest first.

use dossier::moment::Day;
use dossier::vietnamese;
use dossier::view::{Card, Home, StubView};
use leptos::prelude::*;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, live};
use crate::pages::stub::StubRow;
use crate::parts::field::TextField;
use crate::parts::guest::GuestRows;
use crate::parts::shell::{Page, Tabs};
use crate::text::{people, time};

/// The book by day of arrival, newest first; a search ignores diacritics.
pub fn days(home: &Home, search: &str, most: usize) -> Vec<(Day, Vec<Card>)> {
    let wanted = vietnamese::fold(search);
    let fits = |card: &&Card| {
        wanted.is_empty()
            || card.room == search.trim()
            || card.guests.iter().any(|guest| vietnamese::fold(&guest.name).contains(&wanted))
    };
    let mut cards: Vec<Card> = home.cards.iter().filter(|card| !card.ended).filter(fits).cloned().collect();
    cards.sort_by_key(|card| std::cmp::Reverse(card.arrive));
    cards.truncate(most);
    let mut days: Vec<(Day, Vec<Card>)> = Vec::new();
    for card in cards {
        let day = card.arrive.day();
        match days.last_mut() {
            Some((last, cards)) if *last == day => cards.push(card),
            _ => days.push((day, vec![card])),
        }
    }
    days
}

/// What is left of those whose content is at the office only: found by initials or number.
pub fn kept(home: &Home, search: &str, most: usize) -> Vec<StubView> {
    let wanted = search.trim().to_uppercase();
    let fits =
        |stub: &&StubView| wanted.is_empty() || stub.initials == wanted || stub.number.contains(&wanted);
    home.stubs.iter().filter(fits).take(most).cloned().collect()
}

/// How many notices are shown before "Xem thêm".
const AT_ONCE: usize = 40;

/// The page.
#[component]
pub fn BookPage() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let home = device.home();
    let search = RwSignal::new(String::new());
    let most = RwSignal::new(AT_ONCE);
    let days = Memo::new(move |_| home.with(|home| search.with(|search| days(home, search, most.get()))));
    let shown = move || days.with(|days| days.iter().map(|(_, cards)| cards.len()).sum::<usize>());
    let rows = move || {
        let today = clock.today_once();
        days.get().into_iter().map(|(day, cards)| {
            let count = cards.iter().map(|card| card.guests.len()).sum();
            let name = match time::near(day, today) {
                near if near.starts_with('h') || near.starts_with('n') => format!("{near}, {}", time::long(day)),
                _ => time::long(day),
            };
            view! {
                <section class="day">
                    <h2>{capital(&name)}</h2>
                    <p class="sm mute">{people(count)}</p>
                    <ul class="card flush list">{cards.into_iter().map(|card| view! { <GuestRows card/> }).collect_view()}</ul>
                </section>
            }
        }).collect_view()
    };
    let none = Memo::new(move |_| {
        days.with(Vec::is_empty) && home.with(|home| search.with(|search| kept(home, search, 1))).is_empty()
    });
    let empty = move || {
        none.get().then(|| {
            if search.with(|search| search.trim().is_empty()) {
                "Sổ chưa có khách nào."
            } else {
                "Không thấy trong sổ trên máy này."
            }
        })
    };
    let stubs = move || {
        let stubs = home.with(|home| search.with(|search| kept(home, search, most.get())));
        (!stubs.is_empty()).then(|| view! {
            <section class="day">
                <h2>"Chỉ còn biên nhận"</h2>
                <p class="sm mute">"Nội dung ở nơi nhận, không còn trên máy này"</p>
                <ul class="card flush list">{stubs.into_iter().map(|stub| view! { <StubRow stub/> }).collect_view()}</ul>
            </section>
        })
    };
    let more = move || {
        shown().max(home.with(|home| search.with(|search| kept(home, search, most.get()).len())))
            >= most.get()
    };
    let house = device.slice(|view| view.home.as_ref().map_or(0, |home| home.cards.len()));
    let under = Signal::derive(move || format!("{} thông báo trên máy này", house.get()));
    view! {
        <Page title="Sổ khách" under foot=|| view! { <Tabs/> } tabbed=true menu=true>
            <TextField id="tim" label="Tìm khách" hint="Tên không cần dấu, hoặc số phòng" value=search on_input=move |text| search.set(text)/>
            <p role="status">{empty}</p>
            {rows}
            {live(stubs)}
            <Show when=more>
                <button type="button" class="btn wide" on:click=act(move |_| most.update(|most| *most += AT_ONCE))>"Xem thêm"</button>
            </Show>
        </Page>
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
