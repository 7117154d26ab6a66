//! Mở khóa: who is at the device, the keypad of the one who is, a way for who forgot the PIN. Counts only; no name of
//! a guest.

use dossier::intent::Intent;
use dossier::place::{Place, Tile};
use dossier::view::Stage;
use leptos::prelude::*;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, act, live, worded};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Strip, TITLE, name_window};
use crate::text::{role, time};

mod entry;

use entry::{Attempt, ByLeader, Forgotten, Passphrase, Pin};

/// How the person gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Pin,
    Passphrase,
    Forgotten,
    Leader,
}

/// The page.
#[component]
pub fn LockPage() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let tiles = device.slice(|view| match &view.stage {
        Stage::Locked { tiles } => tiles.clone(),
        _ => Vec::new(),
    });
    let several = device.slice(|view| match &view.stage {
        Stage::Locked { tiles } => tiles.len() > 1,
        _ => false,
    });
    // Who is alone on a device need not say who it is.
    let alone = tiles.with_untracked(|tiles| (tiles.len() == 1).then(|| tiles[0].place));
    let chosen = RwSignal::new(alone);
    let minute = clock.minute();
    name_window(|| "Mở khóa".to_owned());
    view! {
        <div class="app">
            <header class="masthead">
                <p class="clock">{live(move || minute.get().1.to_string())}</p>
                <p class="mute">{live(move || time::long(minute.get().0))}</p>
            </header>
            <div class="weave big"></div>
            <main class="main wide">
                {live(move || if several.get() {
                    view! {
                        <h1 id=TITLE tabindex="-1">"Ai đang dùng máy?"</h1>
                        <div class="tiles">
                            {live(move || tiles.get().into_iter().map(|tile| view! { <Choice tile chosen/> }).collect_view())}
                            <button type="button" class="tile" on:click=act(move |_| device.tell(Intent::AddPerson))>
                                <Pictogram icon=Icon::Add class="i-xl"/><span class="grow"><b>"Thêm người"</b></span>
                            </button>
                        </div>
                    }.into_any()
                } else {
                    view! {
                        <h1 id=TITLE tabindex="-1" class="unseen">"Mở khóa"</h1>
                        {live(move || tiles.get().into_iter().map(|tile| view! {
                            <div class="tile on"><Face tile several=false/></div>
                        }).collect_view())}
                    }.into_any()
                })}
                {live(move || chosen.get().map(|place| {
                    let tile = tiles.with_untracked(|tiles| tiles.iter().find(|tile| tile.place == place).cloned());
                    view! { <Entrance tile=tile.unwrap_or_default() several=several.get()/> }
                }))}
            </main>
            <Strip/>
        </div>
    }
}

/// A tile to tap.
#[component]
fn Choice(tile: Tile, chosen: RwSignal<Option<Place>>) -> impl IntoView {
    let place = tile.place;
    let on = move || chosen.get() == Some(place);
    view! {
        <button type="button" class=worded(move || if on() { "tile on" } else { "tile" }.to_owned())
            aria-pressed=worded(move || on().to_string()) on:click=act(move |_| chosen.set(Some(place)))>
            <Face tile several=true/>
        </button>
    }
}

/// The star with the initials, the name, what they are, how much waits.
#[component]
fn Face(tile: Tile, several: bool) -> impl IntoView {
    view! {
        <span class=format!("av av-{}", tile.place.0 % 4) aria-hidden="true">{tile.initials.clone()}</span>
        <span class="grow">
            <b>{titled(&tile, several)}</b>
            {tile.role.map(|role| view! { <span class="sm mute">{role::label(role)}</span> })}
            {unsent(tile.unsent)}
        </span>
    }
}

/// Where no name lies in clear, the tile speaks of the device.
fn titled(tile: &Tile, several: bool) -> String {
    match (tile.name.is_empty(), several) {
        (false, _) => tile.name.clone(),
        (true, true) => format!("Người dùng {}", u32::from(tile.place.0) + 1),
        (true, false) => "Máy này đã khóa".to_owned(),
    }
}

fn unsent(count: u32) -> impl IntoView {
    if count > 0 {
        view! { <span class="st"><Pictogram icon=Icon::Here/>{format!("{count} chờ gửi")}</span> }.into_any()
    } else {
        // A locked device cannot count what is inside: it says only what is certain.
        view! { <span class="sm mute">"Việc đã lưu vẫn nằm trong máy này."</span> }.into_any()
    }
}

/// The way in of one person.
#[component]
fn Entrance(tile: Tile, several: bool) -> impl IntoView {
    let device = Device::here();
    let attempt = Attempt::new(tile.place);
    let led = tile.led;
    let way = RwSignal::new(Way::Pin);
    let other = move || if way.get() == Way::Pin { Way::Passphrase } else { Way::Pin };
    view! {
        <div class="entrance">
        {several.then(|| view! {
            <h2>{format!("Mã PIN của {}", titled(&tile, true))}</h2>
            <p class="sm mute">"6 số. Việc của người khác vẫn khóa và vẫn được gửi khi có mạng."</p>
        })}
        <div role="alert">{live(move || attempt.words().map(|words| view! {
            <div class="check xem"><Pictogram icon=Icon::Review/><p>{words}</p></div>
        }))}</div>
        <div class="way">
        {live(move || match way.get() {
            Way::Pin => view! { <Pin attempt/> }.into_any(),
            Way::Passphrase => view! { <Passphrase attempt/> }.into_any(),
            Way::Forgotten => view! { <Forgotten attempt/> }.into_any(),
            Way::Leader => view! { <ByLeader attempt/> }.into_any(),
        })}
        </div>
        <div class="pair ways">
            <button type="button" class="btn plain" on:click=act(move |_| way.set(other()))>
                {live(move || if other() == Way::Pin { "Dùng mã PIN" } else { "Dùng mật khẩu chữ" })}
            </button>
            <button type="button" class="btn plain" on:click=act(move |_| way.set(Way::Forgotten))>"Quên mã PIN"</button>
        </div>
        {led.then(|| view! {
            <div class="ways">
                <button type="button" class="btn plain wide" on:click=act(move |_| way.set(Way::Leader))>"Quên mật khẩu? Hỏi tổ trưởng"</button>
            </div>
        })}
        {(!several).then(|| view! {
            <div class="ways">
                <button type="button" class="btn plain wide" on:click=act(move |_| device.tell(Intent::AddPerson))>"Thêm người dùng máy này"</button>
            </div>
        })}
        </div>
    }
}
