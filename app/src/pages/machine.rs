//! Máy này: what it promises about its storage, when the office was heard last, how it looks, lock, way out.

mod push;

use dossier::access::Action;
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;
use leptos_router::components::A;

use self::push::Push;
use crate::browser::{Browser, Setting, Theme};
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, live};
use crate::pages::renew::Renew;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;
use crate::parts::shell::Page;
use crate::text::{link, time};

/// The page.
#[component]
pub fn MachinePage() -> impl IntoView {
    let device = Device::here();
    let who = device.who();
    let role = who.with_untracked(|who| who.as_ref().map(|who| who.role));
    let desk = role.filter(|role| role.works_at_a_desk());
    let back = desk.map_or("/may", crate::desk::front);
    let name = move || who.with(|who| who.as_ref().map(|who| who.name.clone()).unwrap_or_default());
    view! {
        <Page title="Máy này" under=Signal::derive(name) back=back>
            <Renew/>
            <button type="button" class="btn main-act wide" on:click=act(move |_| device.tell(Intent::Lock))>
                <Pictogram icon=Icon::Lock/>
                "Khóa máy ngay"
            </button>
            <Keeping/>
            <Contact/>
            // Who works at a desk waits for nobody's answer.
            {desk.is_none().then(|| view! { <Push/> })}
            <Look/>
            <section class="card">
                <h2>"Việc khác"</h2>
                <A href="/may/kiem-tra" attr:class="btn wide">"Kiểm tra một biên nhận"</A>
                {role.is_some_and(|role| role.may(Action::GiveConsent) && role.declares()).then(|| view! {
                    <A href="/may/ma-dong-y" attr:class="btn wide">"Mã đồng ý cho người khai hộ"</A>
                })}
                <A href="/may/goi" attr:class="btn wide">"Gọi trực ban"</A>
                <Export/>
                <p class="sm mute">"Bản Khai "{env!("CARGO_PKG_VERSION")}" · trang này không tự thức dậy khi đóng và mất mạng."</p>
            </section>
        </Page>
    }
}

/// Room that is not spoken of, bytes.
const MUCH: u64 = 1_000_000_000;

#[component]
fn Keeping() -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let storage = device.slice(|view| view.storage);
    let promise = move || match storage.get().persisted {
        Some(true) => "Trình duyệt hứa giữ dữ liệu của máy này.",
        Some(false) => "Trình duyệt chưa hứa giữ dữ liệu. Hãy cài lên màn hình chính, và gửi khi có mạng.",
        None => "Chưa hỏi trình duyệt có giữ dữ liệu không.",
    };
    let room = move || {
        storage.get().quota.map(|(used, granted)| match granted.saturating_sub(used) {
            // So much is what browsers say that do not tell the truth; and nobody needs to know it.
            MUCH.. => format!("Đã dùng {}.", link::bytes(used)),
            left => format!("Đã dùng {}, còn {}.", link::bytes(used), link::bytes(left)),
        })
    };
    view! {
        <section class="card">
            <h2>"Lưu trữ"</h2>
            <p>{promise}</p>
            <p class="sm mute">{room}</p>
            <Show when=move || storage.get().persisted != Some(true)>
                <button type="button" class="btn wide" on:click=act(move |_| browser.with(|browser| browser.persist()))>
                    "Xin trình duyệt giữ dữ liệu"
                </button>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Contact() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let link = device.link();
    let sure = device.slice(|view| view.clock_sure);
    let last = move || match link.get().last_contact {
        Some(at) => format!("Liên lạc cuối với nơi nhận: {}", time::moment(at, clock.today_once())),
        None => "Chưa liên lạc với nơi nhận lần nào.".to_owned(),
    };
    view! {
        <section class="card">
            <h2>"Liên lạc"</h2>
            <p>{last}</p>
            <p class="sm mute">{live(move || format!("Hôm nay đã dùng {} dữ liệu.", link::bytes(link.get().bytes_today)))}</p>
            <Show when=move || !sure.get()>
                <p class="sm">"Giờ máy có thể sai. Vẫn khai được; Công an xã thấy cả hai giờ."</p>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Look() -> impl IntoView {
    let browser = Browser::here();
    let worn = RwSignal::new(Theme::from_code(&browser.with(|browser| browser.kept(Setting::Theme))));
    let picks = Theme::ALL.map(|theme| {
        let words = match theme {
            Theme::System => "Theo máy",
            Theme::Light => "Ngày",
            Theme::Dark => "Đêm",
            Theme::Sun => "Ngoài nắng",
        };
        let wear = move |()| {
            worn.set(theme);
            browser.with(|browser| {
                browser.keep(Setting::Theme, theme.code());
                browser.wear(theme);
            });
        };
        view! { <Pick group="giao-dien" chosen=Signal::derive(move || worn.get() == theme) choose=wear>{words}</Pick> }
    });
    view! {
        <fieldset class="card">
            <legend class="unseen">"Giao diện"</legend>
            <h2 aria-hidden="true">"Giao diện"</h2>
            <div class="picks half">{picks}</div>
        </fieldset>
    }
    .into_any()
}

/// Everything unsent as a file under this device's key. No program opens it yet, and the page says so.
#[component]
fn Export() -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let export = move |_| {
        let pending = device.ask(Intent::Export);
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::File(bytes) => {
                    browser.with(|browser| browser.hand_over("ban-khai-chua-gui.bkx", &bytes))
                }
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
        });
    };
    view! {
        <button type="button" class="btn wide" on:click=act(export)>"Xuất tệp những việc chưa gửi"</button>
        <p class="sm mute">"Tệp có khóa, hiện chưa nơi nào mở được. Đừng chỉ dựa vào tệp: hãy gửi, hoặc gọi trực ban."</p>
    }
}
