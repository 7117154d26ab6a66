//! Nhận tờ khai đang làm dở: this tablet shows a code of its own, reads those of the other, and says the slip once the
//! form is kept here.

use dossier::filing::hand::{HandAnswer, HandIntent, HandTrouble, Slip};
use dossier::filing::intent::FormOf;
use dossier::procedure::ProcedureId;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{arrive, ask, button, no_reader, stopped};
use crate::browser::Browser;
use crate::device::Device;
use crate::live::{RwSignal, act, live};
use crate::pages::filing::form_address;
use crate::pages::form::StepsHead;
use crate::parts::camera::Camera;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::qr::Qr;
use crate::parts::shell::Page;
use crate::text::hand as words;

/// Where the page is.
pub const ADDRESS: &str = "/may/nhan-to-khai";
const TITLE: &str = "Nhận tờ khai";
const BACK: &str = "/may/thu-tuc";

/// Where on the way it is.
#[derive(Clone, PartialEq)]
enum Step {
    Offering,
    Looking,
    Came(ProcedureId, Slip),
    Stopped(&'static str),
}

/// The page.
#[component]
pub fn TakePage() -> impl IntoView {
    if !Browser::here().with(|browser| browser.can_scan()) {
        return no_reader(TITLE, BACK.to_owned());
    }
    view! { <Take/> }.into_any()
}

#[component]
fn Take() -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let step = RwSignal::new(Step::Offering);
    let (code, said) = (RwSignal::new(None::<String>), RwSignal::new(String::new()));
    let last = StoredValue::new_local(String::new());
    let go = move |to: Step| {
        step.set(to);
        arrive(browser);
    };
    // One code, for as long as the page stands: what was collected stays, and what was sealed to it still opens.
    leptos::task::spawn_local(async move {
        if let Some(HandAnswer::Offer(text)) = ask(device, HandIntent::Offer).await {
            code.try_set(Some(text));
        }
    });
    let read = move |text: Option<String>| {
        let Some(text) = text else {
            step.try_set(Step::Stopped(words::DARK));
            return true;
        };
        // The same code is in sight for more than one look.
        if last.try_update_value(|last| std::mem::replace(last, text.clone()) == text) != Some(false) {
            return false;
        }
        leptos::task::spawn_local(async move {
            let answer = ask(device, HandIntent::Seen(text)).await;
            if step.try_with_untracked(|step| *step == Step::Looking) != Some(true) {
                return;
            }
            match answer {
                Some(HandAnswer::Collected { have, of }) => {
                    said.try_set(format!("Đã nhận {have}/{of} phần"));
                }
                Some(HandAnswer::Came(of, slip)) => go(Step::Came(of, slip)),
                Some(HandAnswer::Not(HandTrouble::OtherCode)) => {
                    said.try_set(words::trouble(HandTrouble::OtherCode).to_owned());
                }
                Some(HandAnswer::Not(trouble)) => go(Step::Stopped(words::trouble(trouble))),
                _ => {}
            }
        });
        false
    };
    let look = move || {
        last.set_value(String::new());
        go(Step::Looking);
    };
    let foot = move || {
        match step.get() {
            Step::Offering => button("Máy kia đã quét xong", look),
            Step::Looking => view! {
                <button type="button" class="btn wide" on:click=act(move |_| go(Step::Offering))>"Hiện lại mã của máy này"</button>
            }
            .into_any(),
            Step::Stopped(_) => button("Làm lại", move || go(Step::Offering)),
            Step::Came(of, _) => {
                view! { <A href=form_address(&FormOf::New(of)) attr:class="btn main-act wide">"Làm tiếp tờ khai"</A> }.into_any()
            }
        }
    };
    view! {
        <Page title=TITLE under="Không cần mạng".to_owned() back=BACK.to_owned() foot=foot>
            {live(move || match step.get() {
                Step::Offering => view! {
                    <StepsHead step=1 name="Cho máy kia quét mã này"/>
                    <div class="reel once">
                        {live(move || code.get().map(|text| view! { <Qr text label="Mã của máy này".to_owned()/> }))}
                    </div>
                    <p class="sm">"Trên máy kia mở tờ khai đang làm dở, bấm “Chuyển sang máy khác”. Mã này dùng một lần."</p>
                }.into_any(),
                Step::Looking => view! {
                    <StepsHead step=2 name="Quét mã đang chạy trên máy kia"/>
                    <Camera read=Box::new(read)/>
                    <p role="status"><b>{live(move || said.get())}</b></p>
                    <p class="sm">"Giữ yên cho tới khi đủ. Thiếu phần nào thì chờ phần ấy chạy lại."</p>
                }.into_any(),
                Step::Came(_, slip) => view! { <Kept slip/> }.into_any(),
                Step::Stopped(why) => stopped(why),
            })}
        </Page>
    }
    .into_any()
}

/// All of it is here: what to say to the other.
#[component]
fn Kept(slip: Slip) -> impl IntoView {
    view! {
        <StepsHead step=3 name="Gõ số trên máy kia"/>
        <section class="card">
            <p class="st nhan" role="status"><Pictogram icon=Icon::Tick/>"Đã nhận đủ và lưu trên máy này"</p>
            <p>"Gõ số này trên máy kia:"</p>
            <p class="fig">{slip.to_string()}</p>
            <p class="sm">"Máy kia gõ xong thì không nộp tờ khai này nữa: không thành hai hồ sơ."</p>
        </section>
        <ul class="says">
            <li>"Số này còn ghi ở đầu tờ khai, gõ sau cũng được."</li>
            <li>"Ảnh giấy tờ không đi theo: tờ khai ghi giấy nào cần chụp lại."</li>
            <li>"Người nhờ đã đồng ý cho người kia: mời họ đồng ý lại với bạn trước khi nộp."</li>
        </ul>
    }
    .into_any()
}
