//! Chuyển sang máy khác: this tablet reads the other one's code, shows the form as codes, and is told the slip.

use dossier::filing::hand::{HandAnswer, HandIntent, HandTrouble};
use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::intent::{Answer, Intent};
use dossier::procedure::ProcedureId;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::reel::Reel;
use super::{arrive, ask, button, no_reader, stopped};
use crate::browser::Browser;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, flag, live};
use crate::pages::filing::form_address;
use crate::pages::form::StepsHead;
use crate::parts::camera::Camera;
use crate::parts::field::{Kind, TextField};
use crate::parts::shell::Page;
use crate::text::hand as words;

const TITLE: &str = "Chuyển sang máy khác";

/// Where the page is for a form of this procedure.
pub fn address(of: &ProcedureId) -> String {
    format!("/may/chuyen/{of}")
}

/// Where on the way it is.
#[derive(Clone, PartialEq)]
enum Step {
    Beginning,
    Looking,
    Showing(Vec<String>),
    Typing(Vec<String>),
    Stopped(&'static str),
}

/// The page.
#[component]
pub fn GivePage() -> impl IntoView {
    let of = use_params_map().read_untracked().get("of").and_then(|of| of.parse::<ProcedureId>().ok());
    let Some(of) = of else { return view! { <Redirect path="/may"/> }.into_any() };
    let back = form_address(&FormOf::New(of.clone()));
    if !Browser::here().with(|browser| browser.can_scan()) {
        return no_reader(TITLE, back);
    }
    view! { <Give of back/> }.into_any()
}

#[component]
fn Give(of: ProcedureId, back: String) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let (step, said) = (RwSignal::new(Step::Beginning), RwSignal::new(""));
    let (typed, fault, busy) =
        (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let go = move |to: Step| {
        said.set("");
        step.set(to);
        arrive(browser);
    };
    // What is typed and not kept yet is part of the form that goes.
    if let Some(typed) = device.typing().get_untracked() {
        device.typing().set(None);
        device.tell(typed.keeping());
    }
    let wanted = of.clone();
    let read = move |text: Option<String>| {
        let Some(code) = text else {
            step.try_set(Step::Stopped(words::DARK));
            return true;
        };
        let of = wanted.clone();
        leptos::task::spawn_local(async move {
            let answer = ask(device, HandIntent::Give(of, code)).await;
            if step.try_with_untracked(|step| *step == Step::Looking) != Some(true) {
                return;
            }
            match answer {
                Some(HandAnswer::Parts(parts)) => go(Step::Showing(parts)),
                Some(HandAnswer::Not(HandTrouble::OtherCode)) => {
                    said.try_set(words::trouble(HandTrouble::OtherCode));
                }
                Some(HandAnswer::Not(trouble)) => go(Step::Stopped(words::trouble(trouble))),
                _ => {}
            }
        });
        false
    };
    let read = StoredValue::new_local(read);
    let navigate = use_navigate();
    let give = move |_| {
        let (of, navigate) = (of.clone(), navigate.clone());
        busy.set(true);
        leptos::task::spawn_local(async move {
            let given = FilingIntent::Hand(HandIntent::Given(of, typed.get_untracked()));
            match device.ask(Intent::Filing(given)).await {
                Answer::Done => {
                    let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                    navigate(super::handed::ADDRESS, options);
                }
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {
                    fault.try_set(Some(words::trouble(HandTrouble::OtherSlip).to_owned()));
                }
            }
            busy.try_set(false);
        });
    };
    let foot = move || {
        match step.get() {
            Step::Beginning => view! {
                <button type="button" class="btn wide" on:click=act(move |_| go(Step::Typing(Vec::new())))>"Máy kia đã hiện số"</button>
                {button("Quét mã của máy kia", move || go(Step::Looking))}
            }
            .into_any(),
            Step::Stopped(_) => button("Làm lại", move || go(Step::Beginning)),
            Step::Showing(parts) => button("Máy kia đã hiện số", move || go(Step::Typing(parts.clone()))),
            Step::Looking => ().into_any(),
            Step::Typing(parts) => view! {
                {(!parts.is_empty()).then(|| view! {
                    <button type="button" class="btn wide" on:click=act(move |_| go(Step::Showing(parts.clone())))>"Hiện lại mã"</button>
                })}
                <button type="button" class="btn main-act wide" disabled=flag(move || busy.get()) on:click=act(give.clone())>"Xong, máy kia làm tiếp"</button>
            }
            .into_any(),
        }
    };
    view! {
        <Page title=TITLE under="Không cần mạng".to_owned() back=back foot=foot>
            {live(move || match step.get() {
                Step::Beginning => view! {
                    <StepsHead step=1 name="Quét mã trên máy kia"/>
                    <section class="card"><ul class="says">
                        <li>"Trên máy kia bấm “Làm thủ tục khác”, rồi “Nhận tờ khai đang làm dở”: máy ấy hiện một mã."</li>
                        <li>"Những gì đã ghi và các ý kiến đồng ý đi theo tờ khai. Người nhờ khai thay thì đồng ý lại với người làm tiếp."</li>
                        <li>"Ảnh giấy tờ không đi theo được: máy kia chụp lại."</li>
                    </ul></section>
                }.into_any(),
                Step::Looking => view! {
                    <StepsHead step=1 name="Quét mã trên máy kia"/>
                    <Camera read=Box::new(move |text| read.with_value(|read| read(text)))/>
                    <p class="sm" role="status">{live(move || said.get())}</p>
                }.into_any(),
                Step::Showing(codes) => view! {
                    <StepsHead step=2 name="Cho máy kia quét mã này"/>
                    <Reel codes/>
                    <p class="sm">"Giữ yên hai máy. Máy kia nhận đủ thì hiện một số."</p>
                }.into_any(),
                Step::Typing(_) => view! {
                    <StepsHead step=3 name="Gõ số máy kia hiện"/>
                    <TextField id="so-may-kia" label="Máy kia hiện số" hint="Sáu chữ số" kind=Kind::NUMBER
                        value=Signal::from(typed) on_input=move |text: String| { fault.set(None); typed.set(text) }
                        fault=Signal::from(fault)/>
                    <p class="sm">"Gõ xong thì máy kia làm tiếp, máy này không mở và không nộp tờ khai này nữa. Chưa gõ thì tờ khai vẫn ở máy này."</p>
                }.into_any(),
                Step::Stopped(why) => stopped(why),
            })}
        </Page>
    }
    .into_any()
}
