//! Đã chuyển sang máy khác: the forms that go on elsewhere, and the way back.

use dossier::filing::hand::{HandAnswer, HandIntent, HandTrouble, HandedView};
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::stopped;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, act, live};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;
use crate::text::hand as words;

/// Where the page is.
pub const ADDRESS: &str = "/may/da-chuyen";

/// The page.
#[component]
pub fn HandedPage() -> impl IntoView {
    let home = Device::here().home();
    let handed = Memo::new(move |_| home.with(|home| home.handed.clone()));
    let trouble = RwSignal::new(None::<HandTrouble>);
    view! {
        <Page title="Đã chuyển sang máy khác" back="/may".to_owned()>
            {live(move || trouble.get().map(|trouble| stopped(words::trouble(trouble))))}
            {live(move || match handed.get() {
                none if none.is_empty() => view! { <p>"Không có tờ khai nào đã chuyển sang máy khác."</p> }.into_any(),
                some => some.into_iter().map(|one| view! { <One one trouble/> }).collect_view().into_any(),
            })}
        </Page>
    }
    .into_any()
}

#[component]
fn One(one: HandedView, trouble: RwSignal<Option<HandTrouble>>) -> impl IntoView {
    let (device, today) = (Device::here(), Clock::here().today_once());
    let navigate = use_navigate();
    let slip = one.slip;
    let back = move |_| {
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            match device.ask(Intent::Filing(FilingIntent::Hand(HandIntent::TakeBack(slip)))).await {
                Answer::Done => navigate("/may", Default::default()),
                Answer::Filing(FilingAnswer::Hand(HandAnswer::Not(why))) => {
                    trouble.try_set(Some(why));
                }
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
        });
    };
    view! {
        <section class="card">
            <h2>{one.title.clone()}</h2>
            <p class="st"><Pictogram icon=Icon::Share/>{words::handed(&one, today)}</p>
            <p class="sm">"Máy này không mở và không nộp tờ khai này nữa. Máy còn giữ thêm 7 ngày kể từ lần gặp mạng tới, rồi bỏ."</p>
            <p class="sm">"Chỉ lấy lại khi máy kia không làm tiếp. Hai máy cùng nộp thì thành hai hồ sơ."</p>
            <button type="button" class="btn wide" on:click=act(back)>"Lấy lại về máy này"</button>
        </section>
    }
    .into_any()
}
