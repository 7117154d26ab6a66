//! Mở khóa: one tile, the keypad, a way for who forgot the PIN. Counts only; no name of a guest.

use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Moment;
use dossier::view::Stage;
use leptos::prelude::*;

use super::pin::Keypad;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, flag, live};
use crate::parts::field::{Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Strip, TITLE, name_window};
use crate::text::{refusal, time};

/// How the person gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Pin,
    Passphrase,
    Forgotten,
}

/// The page.
#[component]
pub fn LockPage() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let tile = device.slice(|view| match &view.stage {
        Stage::Locked { name, unsent, .. } => (name.clone(), *unsent),
        _ => Default::default(),
    });
    let way = RwSignal::new(Way::Pin);
    let other = move || if way.get() == Way::Pin { Way::Passphrase } else { Way::Pin };
    let minute = clock.minute();
    let attempt = Attempt::new(device, clock);
    name_window(|| "Mở khóa".to_owned());
    view! {
        <div class="app">
            <header class="masthead">
                <p class="clock">{live(move || minute.get().1.to_string())}</p>
                <p class="mute">{live(move || time::long(minute.get().0))}</p>
            </header>
            <div class="weave big"></div>
            <main class="main">
                <h1 id=TITLE tabindex="-1" class="unseen">"Mở khóa"</h1>
                <div class="tile">
                    <span class="av" aria-hidden="true">{live(move || initials(&tile.get().0))}</span>
                    <div class="grow"><b>{live(move || titled(tile.get().0))}</b>{live(move || unsent(tile.get().1))}</div>
                </div>
                <div role="alert">{live(move || attempt.words().map(|words| view! {
                    <div class="check xem"><Pictogram icon=Icon::Review/><p>{words}</p></div>
                }))}</div>
                {live(move || match way.get() {
                    Way::Pin => view! { <Pin attempt/> }.into_any(),
                    Way::Passphrase => view! { <Passphrase attempt/> }.into_any(),
                    Way::Forgotten => view! { <Forgotten attempt/> }.into_any(),
                })}
                <div class="pair ways">
                    <button type="button" class="btn plain" on:click=act(move |_| way.set(other()))>
                        {live(move || if other() == Way::Pin { "Dùng mã PIN" } else { "Dùng mật khẩu chữ" })}
                    </button>
                    <button type="button" class="btn plain" on:click=act(move |_| way.set(Way::Forgotten))>"Quên mã PIN"</button>
                </div>
            </main>
            <Strip/>
        </div>
    }
}

/// "Sùng Thị Mỷ" is SM: the first and the given name.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = words.first().and_then(|word| word.chars().next());
    let last = words.last().filter(|_| words.len() > 1).and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect::<String>().to_uppercase()
}

/// Nothing that names the person lies on the device in clear; then the tile speaks of the device.
fn titled(name: String) -> String {
    if name.is_empty() { "Máy này đã khóa".to_owned() } else { name }
}

fn unsent(count: u32) -> impl IntoView {
    if count > 0 {
        view! { <p class="st"><Pictogram icon=Icon::Here/>{format!("{count} chờ gửi")}</p> }.into_any()
    } else {
        // A locked device cannot count what is inside: it says only what is certain.
        view! { <p class="sm mute">"Việc đã lưu vẫn nằm trong máy này."</p> }.into_any()
    }
}

/// A try to get in, and what came of the last one.
#[derive(Clone, Copy)]
struct Attempt {
    device: Device,
    clock: Clock,
    typed: RwSignal<String>,
    running: RwSignal<bool>,
    refused: RwSignal<Option<Refusal>>,
    shut_until: RwSignal<Option<Moment>>,
}

impl Attempt {
    fn new(device: Device, clock: Clock) -> Attempt {
        let wait = device.view().with_untracked(|view| match view.stage {
            Stage::Locked { wait, .. } => wait,
            _ => 0,
        });
        let attempt = Attempt {
            device,
            clock,
            typed: RwSignal::new(String::new()),
            running: RwSignal::new(false),
            refused: RwSignal::new(None),
            shut_until: RwSignal::new(None),
        };
        if wait > 0 {
            attempt.refuse(Refusal::Wait { wait });
        }
        attempt
    }

    fn refuse(self, refusal: Refusal) {
        if let Refusal::WrongPin { wait } | Refusal::Wait { wait } = refusal {
            // A second of grace: the clock here moves once a second, and a key that opens too early is refused again.
            let until = Moment(self.clock.now_once().0 + (i64::from(wait) + 1) * 1_000);
            self.shut_until.set((wait > 0).then_some(until));
        }
        self.refused.set(Some(refusal));
    }

    fn left(self) -> i64 {
        let now = self.clock.now();
        self.shut_until.get().map_or(0, |until| (until.0 - now.0).max(0))
    }

    fn is_shut(self) -> bool {
        self.running.get() || self.left() > 0
    }

    fn words(self) -> Option<String> {
        let left = self.left();
        // Without the second of grace, and never "in 0 seconds" while the keys are shut.
        let left = if left > 0 { u32::try_from((left - 1) / 1_000).unwrap_or(0).max(1) } else { 0 };
        if self.running.get() {
            return Some("Đang mở khóa. Mất khoảng một giây.".to_owned());
        }
        self.refused.get().map(|refused| match refused {
            Refusal::WrongPin { .. } => refusal::words(&Refusal::WrongPin { wait: left }),
            Refusal::Wait { .. } if left == 0 => "Thử lại được rồi.".to_owned(),
            Refusal::Wait { .. } => refusal::words(&Refusal::Wait { wait: left }),
            other => refusal::words(&other),
        })
    }

    fn run(self, intent: Intent) {
        self.running.set(true);
        let pending = self.device.ask(intent);
        leptos::task::spawn_local(async move {
            let answer = pending.await;
            self.running.try_set(false);
            self.typed.try_set(String::new());
            if let Answer::Refused(refusal) = answer {
                self.refuse(refusal);
            }
        });
    }
}

#[component]
fn Pin(attempt: Attempt) -> impl IntoView {
    let shut = Signal::derive(move || attempt.is_shut());
    view! { <Keypad pin=attempt.typed shut done=move |pin| attempt.run(Intent::Unlock { pin })/> }
}

#[component]
fn Passphrase(attempt: Attempt) -> impl IntoView {
    let typed = attempt.typed;
    view! {
        <form class="stack" on:submit=act(move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            attempt.run(Intent::Unlock { pin: typed.get_untracked() });
        })>
            <TextField
                id="mat-khau-chu"
                label="Mật khẩu chữ của máy này"
                hint="Hoặc gõ mã PIN ở đây"
                kind=Kind::PASSWORD
                value=typed
                on_input=move |text| typed.set(text)
            />
            <button class="btn main-act wide" disabled=flag(move || attempt.is_shut())>"Mở khóa"</button>
        </form>
    }
}

#[component]
fn Forgotten(attempt: Attempt) -> impl IntoView {
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let pin = RwSignal::new(String::new());
    view! {
        <form class="stack" on:submit=act(move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            attempt.run(Intent::Recover {
                login: login.get_untracked(),
                password: password.get_untracked(),
                pin: pin.get_untracked(),
            });
        })>
            <h2>"Đặt mã PIN mới"</h2>
            <p class="sm mute">"Cần có mạng một lần. Thông báo chưa gửi vẫn còn nguyên."</p>
            <TextField id="ten-dang-nhap" label="Tên đăng nhập" kind=Kind::LOGIN
                value=login on_input=move |text| login.set(text)/>
            <TextField id="mat-khau" label="Mật khẩu tài khoản" kind=Kind::PASSWORD
                value=password on_input=move |text| password.set(text)/>
            <TextField id="pin-moi" label="Mã PIN mới" hint="6 số" kind=Kind::PIN
                value=pin on_input=move |text| pin.set(text)/>
            <button class="btn main-act wide" disabled=flag(move || attempt.is_shut())>"Đặt mã PIN mới"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_shows_the_first_and_the_given_name() {
        assert_eq!(initials("Sùng Thị Mỷ"), "SM");
        assert_eq!(initials("Páo"), "P");
        assert_eq!(initials(""), "");
    }
}
