//! The first time on this phone: an invitation, or an account that exists already. Three small steps, one
//! question each; a code that came with the address is there already.

use dossier::intent::{Answer, Intent, Refusal};
use dossier::view::Stage;
use leptos::prelude::*;

use super::pin::LENGTH;
use crate::browser::Browser;
use crate::device::Device;
use crate::live::{RwSignal, act, flag, live};
use crate::parts::field::{Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{TITLE, name_window};
use crate::text::refusal;

/// Where in it the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Door,
    Code,
    Password,
    Pin,
    SignIn,
}

/// What is typed on the way in.
#[derive(Clone, Copy)]
struct Entry {
    step: RwSignal<Step>,
    code: RwSignal<String>,
    login: RwSignal<String>,
    password: RwSignal<String>,
    pin: RwSignal<String>,
    again: RwSignal<String>,
    /// They have no account, and ask for one.
    asking: RwSignal<bool>,
    running: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
}

/// The page.
#[component]
pub fn FreshPage() -> impl IntoView {
    let browser = Browser::here();
    let invitation = browser.with(|browser| browser.invitation());
    let text = |value: &str| RwSignal::new(value.to_owned());
    let first = if invitation.is_empty() { Step::Door } else { Step::Code };
    let entry = Entry {
        step: RwSignal::new(first),
        code: RwSignal::new(invitation),
        login: text(""),
        password: text(""),
        pin: text(""),
        again: text(""),
        asking: RwSignal::new(false),
        running: RwSignal::new(false),
        trouble: RwSignal::new(None),
    };
    Effect::new(move |_| {
        entry.step.track();
        browser.with(|browser| browser.focus(TITLE));
    });
    view! {
        <div class="app">
            <header class="masthead"><p class="clock">"Bản Khai"</p><p class="mute">"Khai lưu trú, cả khi mất mạng"</p></header>
            <div class="weave big"></div>
            <main class="main">
                <div role="alert">{live(move || entry.trouble.get().map(|words| view! {
                    <div class="check xem"><Pictogram icon=Icon::Review/><p>{words}</p></div>
                }))}</div>
                {live(move || match entry.step.get() {
                    Step::Door => view! { <Door entry/> }.into_any(),
                    Step::Code => view! { <Code entry/> }.into_any(),
                    Step::Password => view! { <Password entry/> }.into_any(),
                    Step::Pin => view! { <Pin entry/> }.into_any(),
                    Step::SignIn => view! { <SignIn entry/> }.into_any(),
                })}
            </main>
        </div>
    }
}

impl Entry {
    fn go(self, step: Step) {
        self.trouble.set(None);
        self.step.set(step);
    }

    fn finish(self, device: Device) {
        let pin = self.pin.get_untracked();
        if pin.chars().count() < LENGTH {
            self.trouble.set(Some(refusal::words(&Refusal::WeakPin)));
            return;
        }
        if pin != self.again.get_untracked() {
            self.trouble.set(Some("Hai lần gõ mã PIN chưa giống nhau. Gõ lại giúp nhé.".to_owned()));
            return;
        }
        let (code, login) = (self.code.get_untracked(), self.login.get_untracked());
        let password = self.password.get_untracked();
        let intent = if self.asking.get_untracked() {
            Intent::BeginAsking { pin }
        } else if login.trim().is_empty() {
            Intent::Enrol { code: code.trim().to_owned(), password, pin }
        } else {
            Intent::SignIn { login: login.trim().to_owned(), password, pin }
        };
        self.running.set(true);
        self.trouble.set(None);
        let pending = device.ask(intent);
        leptos::task::spawn_local(async move {
            let answer = pending.await;
            self.running.try_set(false);
            if let Answer::Refused(refused) = answer {
                let back = match refused {
                    Refusal::BadCode => Some(Step::Code),
                    Refusal::WeakPassword => Some(Step::Password),
                    Refusal::BadPassword => Some(Step::SignIn),
                    _ => None,
                };
                if let Some(step) = back {
                    self.step.try_set(step);
                }
                self.trouble.try_set(Some(refusal::words(&refused)));
            }
        });
    }
}

#[component]
fn Heading(words: &'static str, #[prop(optional)] step: u8) -> impl IntoView {
    name_window(|| words.to_owned());
    view! {
        {(step > 0).then(|| view! {
            <div>
                <p class="sm"><b>{format!("Bước {step} trong 3")}</b></p>
                <div class="steps" aria-hidden="true">
                    {(1..=3).map(|bar| view! { <i class:on=bar <= step></i> }).collect_view()}
                </div>
            </div>
        })}
        <h1 id=TITLE tabindex="-1">{words}</h1>
    }
}

#[component]
fn Door(entry: Entry) -> impl IntoView {
    let device = Device::here();
    let wiped = device.slice(|view| view.dismissed && view.stage == Stage::Fresh);
    let adding = device.view().with_untracked(|view| view.stage == Stage::Adding);
    view! {
        <div class="stack">
            <Heading words=if adding { "Thêm người dùng" } else { "Bắt đầu trên máy này" }/>
            {live(move || wiped.get().then(|| view! {
                <div class="check xem">
                    <Pictogram icon=Icon::Review/>
                    <p>"Máy này đã bị thu hồi: Công an xã đã nhận những gì chưa gửi, rồi phần trên máy được xóa. Cần dùng lại thì hỏi Công an xã."</p>
                </div>
            }))}
            <p>"Chỉ lần đầu cần có mạng. Sau đó khai được cả khi mất mạng. Chưa có tài khoản thì xin ở đây, không cần mạng."</p>
            {adding.then(|| view! { <p>"Mỗi người có mã PIN riêng. Việc của người khác vẫn khóa."</p> })}
            <button type="button" class="btn main-act wide" on:click=act(move |_| entry.go(Step::Code))>"Tôi có mã mời"</button>
            <button type="button" class="btn wide" on:click=act(move |_| entry.go(Step::SignIn))>"Tôi đã có tài khoản"</button>
            <button type="button" class="btn wide" on:click=act(move |_| {
                entry.asking.set(true);
                entry.go(Step::Pin);
            })>"Xin tài khoản"</button>
            {adding.then(|| view! {
                <button type="button" class="btn plain wide" on:click=act(move |_| device.tell(Intent::AddNobody))>"Quay lại"</button>
            })}
        </div>
    }
}

#[component]
fn Code(entry: Entry) -> impl IntoView {
    let on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if entry.code.with_untracked(|code| code.trim().is_empty()) {
            entry.trouble.set(Some("Chưa có mã mời. Mã in trên giấy Công an xã đưa.".to_owned()));
        } else {
            entry.login.set(String::new());
            entry.go(Step::Password);
        }
    };
    view! {
        <form class="stack" on:submit=act(on)>
            <Heading words="Mã mời" step=1/>
            <TextField
                id="ma-moi"
                label="Mã mời"
                hint="In trên giấy Công an xã đưa"
                kind=Kind { class: "id", complete: "one-time-code", ..Kind::TEXT }
                value=entry.code
                on_input=move |text| entry.code.set(text)
            />
            <button class="btn main-act wide">"Tiếp tục"</button>
            <button type="button" class="btn plain wide" on:click=act(move |_| entry.go(Step::Door))>"Quay lại"</button>
        </form>
    }
}

#[component]
fn Password(entry: Entry) -> impl IntoView {
    let on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if entry.password.with_untracked(|password| password.chars().count() < 8) {
            entry.trouble.set(Some("Mật khẩu cần ít nhất 8 ký tự.".to_owned()));
        } else {
            entry.go(Step::Pin);
        }
    };
    view! {
        <form class="stack" on:submit=act(on)>
            <Heading words="Đặt mật khẩu" step=2/>
            <TextField
                id="mat-khau"
                label="Mật khẩu tài khoản"
                hint="Dùng khi đổi máy hay quên mã PIN. Ba, bốn từ ghép lại."
                kind=Kind::NEW_PASSWORD
                value=entry.password
                on_input=move |text| entry.password.set(text)
            />
            <button class="btn main-act wide">"Tiếp tục"</button>
            <button type="button" class="btn plain wide" on:click=act(move |_| entry.go(Step::Code))>"Quay lại"</button>
        </form>
    }
}

#[component]
fn Pin(entry: Entry) -> impl IntoView {
    let device = Device::here();
    let asking = entry.asking.get_untracked();
    let on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        entry.finish(device);
    };
    let back = move |_| {
        let known = entry.login.with_untracked(|login| !login.is_empty());
        if entry.asking.get_untracked() {
            entry.asking.set(false);
            return entry.go(Step::Door);
        }
        entry.go(if known { Step::SignIn } else { Step::Password });
    };
    view! {
        <form class="stack" on:submit=act(on)>
            {if asking {
                view! {
                    <Heading words="Đặt mã PIN trước"/>
                    <p class="sm mute">"Mã này khóa những gì bạn sắp ghi, và mở máy về sau. Chưa cần mạng."</p>
                }.into_any()
            } else {
                view! {
                    <Heading words="Đặt mã PIN" step=3/>
                    <p class="sm mute">"Mã này mở khóa máy, cả khi mất mạng. Người khác cầm máy không đọc được."</p>
                }.into_any()
            }}
            <TextField id="pin" label="Mã PIN" hint="6 số" kind=Kind::PIN
                value=entry.pin on_input=move |text| entry.pin.set(text)/>
            <TextField id="pin-lai" label="Gõ lại mã PIN" kind=Kind::PIN
                value=entry.again on_input=move |text| entry.again.set(text)/>
            <button class="btn main-act wide" disabled=flag(move || entry.running.get())>
                {live(move || match (entry.running.get(), asking) {
                    (true, false) => "Đang mở tài khoản",
                    (false, false) => "Dùng trên máy này",
                    (true, true) => "Đang đặt mã",
                    (false, true) => "Tiếp tục",
                })}
            </button>
            <button type="button" class="btn plain wide" on:click=act(back)>"Quay lại"</button>
        </form>
    }
}

#[component]
fn SignIn(entry: Entry) -> impl IntoView {
    let on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let empty = |text: RwSignal<String>| text.with_untracked(|text| text.trim().is_empty());
        if empty(entry.login) || empty(entry.password) {
            entry.trouble.set(Some("Ghi cả tên đăng nhập và mật khẩu.".to_owned()));
        } else {
            entry.go(Step::Pin);
        }
    };
    view! {
        <form class="stack" on:submit=act(on)>
            <Heading words="Đăng nhập"/>
            <TextField id="ten-dang-nhap" label="Tên đăng nhập" kind=Kind::LOGIN
                value=entry.login on_input=move |text| entry.login.set(text)/>
            <TextField id="mat-khau" label="Mật khẩu" kind=Kind::PASSWORD
                value=entry.password on_input=move |text| entry.password.set(text)/>
            <button class="btn main-act wide">"Tiếp tục"</button>
            <button type="button" class="btn plain wide" on:click=act(move |_| {
                entry.login.set(String::new());
                entry.go(Step::Door);
            })>"Quay lại"</button>
        </form>
    }
}
