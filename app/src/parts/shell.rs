//! The frame of every page: bar, band, strip, work, foot with the one main action, tabs.

use dossier::view::LinkState;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

use super::icon::{Icon, Pictogram};
use crate::browser::Browser;
use crate::device::Device;
use crate::live::{Signal, act, live};
use crate::text::{link, refusal};

/// The element that takes the focus after a page came or a step was done.
pub const TITLE: &str = "tieu-de";

/// The page that had the focus put to its title last. A page that is drawn again because something changed must
/// not take the focus away from who is reading or typing.
#[derive(Clone, Copy)]
pub struct Arrival(StoredValue<String>);

impl Arrival {
    /// Nowhere yet.
    pub fn nowhere() -> Arrival {
        Arrival(StoredValue::new(String::new()))
    }

    /// The next page counts as new even if its address is the same: somebody unlocked, or comes back.
    pub fn forget(self) {
        self.0.set_value(String::new());
    }
}

fn focus_on_arrival() {
    let browser = Browser::here();
    let path = use_location().pathname;
    let arrival = use_context::<Arrival>();
    Effect::new(move |_| {
        let here = path.get_untracked();
        let known = arrival.is_some_and(|arrival| arrival.0.with_value(|last| *last == here));
        if !known {
            if let Some(arrival) = arrival {
                arrival.0.set_value(here);
            }
            browser.with(|browser| browser.focus(TITLE));
        }
    });
}

/// Names the window. Not with `leptos_meta::Title`: it still knows the words of a page that was drawn again after that
/// page has gone (0.8.7: `rebuild` forgets under which number it has pushed them), and asking for them then ends the
/// whole app.
pub fn name_window(words: impl Fn() -> String + 'static) {
    let browser = Browser::here();
    Effect::new(move |_| browser.with(|browser| browser.name_window(&format!("{} · Bản Khai", words()))));
}

/// The frame of a device page.
#[component]
pub fn Page(
    /// The page's name: its heading.
    #[prop(into)]
    title: Signal<String>,
    /// The window's title where the heading names somebody: the browser keeps titles in its history, in clear.
    #[prop(optional)]
    window: Option<&'static str>,
    /// One line under the name.
    #[prop(into, default = Signal::derive(String::new))]
    under: Signal<String>,
    /// Where "Quay lại" leads; without it the page has none.
    #[prop(into, optional)]
    back: Option<Signal<String>>,
    /// The foot: the one main action, and tabs.
    #[prop(into, optional)]
    foot: ViewFn,
    /// The foot ends with tabs.
    #[prop(optional)]
    tabbed: bool,
    /// There is a way to this device's own page.
    #[prop(optional)]
    menu: bool,
    /// The work.
    children: Children,
) -> impl IntoView {
    focus_on_arrival();
    name_window(move || window.map_or_else(|| title.get(), str::to_owned));
    view! {
        <div class="app">
            <header class="bar">
                {back.map(|back| view! {
                    <A href=move || back.get() attr:class="back" attr:aria-label="Quay lại">
                        <Pictogram icon=Icon::Back/>
                    </A>
                })}
                <div class="who">
                    <h1 id=TITLE tabindex="-1">{live(move || title.get())}</h1>
                    <span>{live(move || under.get())}</span>
                </div>
                {menu.then(|| view! {
                    <A href="/may/may-nay" attr:aria-label="Máy này: khóa, giao diện, lưu trữ">
                        <Pictogram icon=Icon::Menu/>
                    </A>
                })}
            </header>
            <div class="weave"></div>
            <Strip/>
            <main class="main">
                <Refused/>
                {children()}
            </main>
            <Foot foot=foot tabbed=tabbed/>
        </div>
    }
    .into_any()
}

#[component]
fn Foot(foot: ViewFn, tabbed: bool) -> impl IntoView {
    let class = if tabbed { "foot tabbed" } else { "foot" };
    view! { <footer class=class>{live(move || foot.run())}</footer> }
}

/// The state of the link in words, and of the storage when it is not safe. Says itself to readers politely.
#[component]
pub fn Strip() -> impl IntoView {
    let device = Device::here();
    let said = device.slice(|view| link::strip(&view.link));
    let copied = device.slice(|view| view.link.state == LinkState::Copied);
    let storage = device.slice(|view| (view.storage.failed, view.storage.nearly_full()));
    view! {
        <div role="status">
            {live(move || said.get().map(|(first, rest)| {
                let icon = if first.is_empty() { Icon::Sending } else { Icon::Cut };
                view! {
                    <p class="strip"><Pictogram icon=icon class="i-s"/><span><b>{first}</b>{rest}" "{live(move || copied.get().then(|| view! {
                        <A href="/may/may-nay">"Đăng nhập lại"</A>
                    }))}</span></p>
                }
            }))}
        </div>
        {live(move || match storage.get() {
            (true, _) => Some(("Chưa lưu được.", " Đừng đóng trang. Xóa bớt ảnh rồi gửi lại, hoặc ")),
            (false, true) => Some(("Máy sắp đầy.", " Hãy gửi và xóa bớt ảnh. Gấp thì ")),
            (false, false) => None,
        }.map(|(what, then)| view! {
            <p class="strip loud" role="alert">
                <Pictogram icon=Icon::Review class="i-s"/>
                <span><b>{what}</b>{then}<A href="/may/goi">"gọi trực ban"</A></span>
            </p>
        }))}
    }
    .into_any()
}

/// What was refused last, until it is put away.
#[component]
pub fn Refused() -> impl IntoView {
    let refused = Device::here().refusal();
    view! {
        <div role="alert">
            {live(move || refused.get().map(|why| view! {
                <div class="check xem">
                    <Pictogram icon=Icon::Review/>
                    <div class="grow">
                        <p>{refusal::words(&why)}</p>
                        <button class="btn slim" on:click=act(move |_| refused.set(None))>"Đã hiểu"</button>
                    </div>
                </div>
            }))}
        </div>
    }
    .into_any()
}

/// The three places of an owner.
#[component]
pub fn Tabs() -> impl IntoView {
    let device = Device::here();
    let waiting = device.slice(|view| view.link.waiting);
    view! {
        <nav class="tabs" aria-label="Các trang">
            <A href="/may" exact=true><Pictogram icon=Icon::Home/>"Tối nay"</A>
            <A href="/may/hop-gui">
                <Pictogram icon=Icon::Outbox/>
                "Hộp gửi"
                {live(move || (waiting.get() > 0).then(|| view! {
                    <span class="dot">{live(move || waiting.get())}<span class="unseen">" chờ gửi"</span></span>
                }))}
            </A>
            <A href="/may/so-khach"><Pictogram icon=Icon::Book/>"Sổ khách"</A>
        </nav>
    }
    .into_any()
}
