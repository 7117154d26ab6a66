//! The ways into one place: the PIN, a passphrase, a sign-in for who forgot both.

use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Moment;
use dossier::place::Place;
use dossier::view::Stage;
use leptos::prelude::*;

use super::super::pin::Keypad;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, flag};
use crate::parts::field::{Kind, TextField};
use crate::parts::scan::Scan;
use crate::text::refusal;

/// A try to get in, and what came of the last one.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    place: Place,
    device: Device,
    clock: Clock,
    typed: RwSignal<String>,
    running: RwSignal<bool>,
    refused: RwSignal<Option<Refusal>>,
    shut_until: RwSignal<Option<Moment>>,
}

impl Attempt {
    /// No try yet; what is left to wait is the place's own.
    pub(super) fn new(place: Place) -> Attempt {
        let (device, clock) = (Device::here(), Clock::here());
        let wait = device.view().with_untracked(|view| match &view.stage {
            Stage::Locked { tiles } => {
                tiles.iter().find(|tile| tile.place == place).map_or(0, |tile| tile.wait)
            }
            _ => 0,
        });
        let attempt = Attempt {
            place,
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

    /// What to say of it.
    pub(super) fn words(self) -> Option<String> {
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

/// Six digits.
#[component]
pub(super) fn Pin(attempt: Attempt) -> impl IntoView {
    let shut = Signal::derive(move || attempt.is_shut());
    view! { <Keypad pin=attempt.typed shut done=move |pin| attempt.run(Intent::Unlock { place: attempt.place, pin })/> }
}

/// Words.
#[component]
pub(super) fn Passphrase(attempt: Attempt) -> impl IntoView {
    let typed = attempt.typed;
    view! {
        <form class="stack" on:submit=act(move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            attempt.run(Intent::Unlock { place: attempt.place, pin: typed.get_untracked() });
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

/// A sign-in, and a new PIN.
#[component]
pub(super) fn Forgotten(attempt: Attempt) -> impl IntoView {
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let pin = RwSignal::new(String::new());
    view! {
        <form class="stack" on:submit=act(move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            attempt.run(Intent::Recover {
                place: attempt.place,
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

/// The code the team leader shows, and a new secret. Needs no network.
#[component]
pub(super) fn ByLeader(attempt: Attempt) -> impl IntoView {
    let [code, pin, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let differ = RwSignal::new(None::<String>);
    view! {
        <form class="stack" on:submit=act(move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let same = pin.get_untracked() == again.get_untracked();
            differ.set((!same).then(|| "Hai lần gõ chưa giống nhau. Gõ lại giúp nhé.".to_owned()));
            if same {
                attempt.run(Intent::ResetByLeader {
                    place: attempt.place,
                    code: code.get_untracked(),
                    pin: pin.get_untracked(),
                });
            }
        })>
            <h2>"Hỏi tổ trưởng"</h2>
            <p class="sm mute">"Tổ trưởng mở “Mã mở máy cho thành viên” trên máy của mình. Không cần mạng. Việc chưa gửi vẫn còn nguyên."</p>
            <TextField id="ma-to-truong" label="Mã của tổ trưởng" hint="16 ký tự, gõ liền hay cách đều được"
                kind=Kind::LETTERS value=code on_input=move |text| code.set(text)/>
            <Scan code/>
            <TextField id="mat-khau-moi" label="Mã PIN hoặc mật khẩu mới" hint="Ít nhất 6 ký tự" kind=Kind::NEW_PASSWORD
                value=pin on_input=move |text| pin.set(text)/>
            <TextField id="mat-khau-moi-lai" label="Gõ lại" kind=Kind::NEW_PASSWORD
                value=again on_input=move |text| again.set(text) fault=Signal::derive(move || differ.get())/>
            <button class="btn main-act wide" disabled=flag(move || attempt.is_shut())>"Mở máy"</button>
        </form>
    }
    .into_any()
}
