//! Tối nay: the nearest deadline, tonight's guests, each with the one thing that is true of it.

use dossier::access::Role;
use dossier::filing::hand::HandedView;
use dossier::moment::{Day, Moment};
use dossier::view::{Card, CardState, Home};
use leptos::prelude::*;
use leptos_router::components::{A, Redirect};

use crate::clock::Clock;
use crate::desk;
use crate::device::Device;
use crate::live::{Memo, Signal, live};
use crate::pages::filing::detail::FilingRow;
use crate::pages::filing::form_address;
use crate::pages::form::{Step, address};
use crate::pages::hand::handed;
use crate::parts::deadline::{DeadlineCard, is_open};
use crate::parts::guest::GuestRows;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, Tabs};
use crate::text::refusal::OVERDUE;
use crate::text::{hand as words, people, time};

/// The day a night belongs to: until five in the morning people say "tối nay" of the night that began before.
pub fn night_of(now: Moment) -> Day {
    now.plus_minutes(-5 * 60).day()
}

/// Tonight's notices, and whatever still needs somebody: what needs a look first, then what waits, then the rest.
pub fn tonight(home: &Home, night: Day) -> Vec<Card> {
    let here = |card: &&Card| {
        let stays = night_of(card.arrive) <= night && card.leave > night && card.left.is_none();
        !card.ended && (stays || is_open(card) || matches!(card.state, CardState::Review(_)))
    };
    let mut cards: Vec<Card> = home.cards.iter().filter(here).cloned().collect();
    cards.sort_by_key(|card| match card.state {
        CardState::Review(_) => 0,
        CardState::SavedHere | CardState::Sending => 1,
        CardState::Receipted { .. } | CardState::Received { .. } => 2,
    });
    cards
}

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let who = device.who();
    let home = device.home();
    let night = Memo::new(move |_| night_of(clock.now()));
    let cards = Memo::new(move |_| home.with(|home| tonight(home, night.get())));
    let role = who.with_untracked(|who| who.as_ref().map_or(Role::Citizen, |who| who.role));
    if role.works_at_a_desk() {
        return view! { <Redirect path=desk::front(role)/> }.into_any();
    }
    let sure = device.slice(|view| view.clock_sure);
    let shut = device.slice(|view| view.shut);
    let minute = clock.minute();
    let under = move || {
        let (day, minute) = minute.get();
        let about = if sure.get() { "" } else { "khoảng " };
        format!("{about}{minute} · {}", time::long(day))
    };
    let title = move || {
        who.with(|who| {
            let house = who.as_ref().and_then(|who| who.establishment.as_ref());
            house.map_or(if role.is_team() { "Khai thay" } else { "Tối nay" }.to_owned(), |house| {
                house.name.clone()
            })
        })
    };
    let (page, words) = match role {
        role if role.is_team() => ("/may/khai-thay", "Khai thay cho người khác"),
        _ => ("/may/khai", "Khai khách mới"),
    };
    let foot = move || {
        view! {
            {(role == Role::TeamLeader).then(|| view! {
                <A href=desk::PEOPLE attr:class="btn wide"><Pictogram icon=Icon::Guests/>"Thành viên của tổ"</A>
                <A href="/may/thanh-vien" attr:class="btn wide"><Pictogram icon=Icon::Lock/>"Mã mở máy cho thành viên"</A>
            })}
            {(role != Role::Citizen).then(|| view! {
                <A href=page attr:class="btn main-act wide"><Pictogram icon=Icon::Add/>{words}</A>
            })}
            <Tabs/>
        }
    };
    view! {
        <Page title=Signal::derive(title) window="Tối nay" under=Signal::derive(under) foot=foot tabbed=true menu=true>
            {live(move || if shut.get() {
                view! { <div class="check xem" role="status"><Pictogram icon=Icon::Review/><p>{OVERDUE}</p></div> }.into_any()
            } else {
                view! { <DeadlineCard/> }.into_any()
            })}
            <DraftCards/>
            <HandedCards/>
            {live(move || (!shut.get()).then(|| view! { <Guests cards/> }))}
            {live(move || (!shut.get()).then(|| view! { <Filings/> }))}
        </Page>
    }
    .into_any()
}

/// The half-filled forms: where each goes on, and whose it is.
fn drafts(home: &Home) -> Vec<(String, String)> {
    let new = home.has_draft.then(|| ("/may/khai".to_owned(), "Đang khai dở. Khai tiếp.".to_owned()));
    let changed = home.cards.iter().filter(|card| !card.ended && home.changing.contains(&card.dossier));
    let changed = changed.map(|card| {
        let name = card.guests.first().map(|guest| guest.name.clone()).unwrap_or_default();
        (address(Step::Check, Some(card.dossier)), format!("Đang sửa dở thông báo của {name}. Sửa tiếp."))
    });
    let forms = home.forms.iter().map(|of| (form_address(of), "Tờ khai đang làm dở. Làm tiếp.".to_owned()));
    new.into_iter().chain(changed).chain(forms).collect()
}

#[component]
fn DraftCards() -> impl IntoView {
    let home = Device::here().home();
    let drafts = Memo::new(move |_| home.with(drafts));
    live(move || {
        drafts
            .get()
            .into_iter()
            .map(|(page, words)| {
                view! {
                    <A href=page attr:class="card guest">
                        <div class="grow">
                            <p class="st nhap"><Pictogram icon=Icon::Draft/>"Bản nháp"</p>
                            <p class="meta">{words}</p>
                        </div>
                        <Pictogram icon=Icon::Next class="i-s"/>
                    </A>
                }
            })
            .collect_view()
    })
}

/// The forms that are on another tablet of the team now.
#[component]
fn HandedCards() -> impl IntoView {
    let (home, today) = (Device::here().home(), Clock::here().today_once());
    let handed = Memo::new(move |_| home.with(|home| home.handed.clone()));
    live(move || {
        let card = |one: HandedView| {
            view! {
                <A href=handed::ADDRESS attr:class="card guest">
                    <div class="grow">
                        <p class="st"><Pictogram icon=Icon::Share/>{words::handed(&one, today)}</p>
                        <p class="meta">{one.title}</p>
                    </div>
                    <Pictogram icon=Icon::Next class="i-s"/>
                </A>
            }
        };
        handed.get().into_iter().map(card).collect_view()
    })
}

#[component]
fn Guests(cards: Memo<Vec<Card>>) -> impl IntoView {
    let count = move || cards.with(|cards| cards.iter().map(|card| card.guests.len()).sum::<usize>());
    let some = move || count() > 0;
    view! {
        <section>
            {live(move || match count() {
                0 => view! { <h2>"Đêm nay chưa có khách."</h2> }.into_any(),
                count => view! { <h2>{format!("Khách đêm nay: {}", people(count))}</h2> }.into_any(),
            })}
            <Show when=some>
                <ul class="card flush list">
                    {live(move || cards.get().into_iter().map(|card| view! { <GuestRows card/> }).collect_view())}
                </ul>
            </Show>
        </section>
    }
}

/// The residence dossiers of this device, and the way to begin one.
#[component]
fn Filings() -> impl IntoView {
    let (device, home) = (Device::here(), Device::here().home());
    let team = device.who().with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_team()));
    let cards = Memo::new(move |_| home.with(|home| home.filings.clone()));
    let some = Memo::new(move |_| home.with(|home| home.procedures));
    view! {
        {live(move || {
            let cards = cards.get();
            (!cards.is_empty()).then(|| view! {
                <section>
                    <h2>"Hồ sơ cư trú"</h2>
                    <ul class="card flush list">{cards.into_iter().map(|card| view! { <FilingRow card/> }).collect_view()}</ul>
                </section>
            })
        })}
        {team.then(|| view! {
            <A href="/may/lam-tiep" attr:class="btn wide"><Pictogram icon=Icon::Share/>"Làm tiếp hồ sơ theo phiếu"</A>
        })}
        {live(move || some.get().then(|| view! {
            <A href="/may/thu-tuc" attr:class="btn wide"><Pictogram icon=Icon::Book/>"Làm thủ tục khác"</A>
        }))}
    }
}
