//! What became of the request, and what can be done meanwhile.

use dossier::asking::AskState;
use dossier::intent::Intent;
use leptos::prelude::*;

use super::{Form, Icon, Pictogram, Step, TITLE, words};
use crate::live::{RwSignal, act, live};
use crate::text::role;

/// The page once it is kept.
#[component]
pub(super) fn Standing() -> impl IntoView {
    let form = Form::here();
    let state = move || form.asking.with(|asking| asking.state.clone());
    let icon = move || match state() {
        AskState::Waiting => Icon::Sent,
        AskState::Refused(_) => Icon::Review,
        AskState::Kept | AskState::Typing => Icon::Here,
    };
    let edit = move |step: Step| {
        form.draft.set(form.asking.with_untracked(|asking| asking.draft.clone()));
        form.faults.set(Vec::new());
        form.step.set(step);
    };
    view! {
        <div class="stack">
            <h1 id=TITLE tabindex="-1">{Step::Standing.name()}</h1>
            <section class="card" role="status">
                <p class="st">{live(move || view! { <Pictogram icon=icon()/> })}{live(move || words::state(&state()))}</p>
                {live(move || match state() {
                    AskState::Refused(why) => Some(view! { <p><b>"Công an xã ghi: "</b>{why}</p> }),
                    _ => None,
                })}
                <p>{live(move || words::next(&state()))}</p>
                {live(move || form.asking.with(|asking| asking.clock_off).then(|| view! {
                    <p>"Giờ trên máy lệch nhiều. Chỉnh lại ngày giờ của máy rồi gửi lại."</p>
                }))}
            </section>
            {live(move || form.asking.with(|asking| asking.astray).then(|| view! {
                <div class="check xem">
                    <Pictogram icon=Icon::Review/>
                    <p>"Nơi nhận này không có xã bạn ghi. Chọn lại xã; phần khác giữ nguyên."</p>
                </div>
            }))}
            {live(move || match state() {
                AskState::Refused(_) => view! {
                    <button type="button" class="btn main-act wide" on:click=act(move |_| edit(Step::Who))>"Sửa và xin lại"</button>
                }.into_any(),
                _ if form.asking.with(|asking| asking.astray) => view! {
                    <button type="button" class="btn main-act wide" on:click=act(move |_| edit(Step::Place))>"Chọn lại xã"</button>
                }.into_any(),
                AskState::Waiting => view! {
                    <button type="button" class="btn main-act wide" on:click=act(move |_| form.device.tell(Intent::SyncNow))>"Hỏi lại ngay"</button>
                }.into_any(),
                AskState::Kept | AskState::Typing => view! {
                    <button type="button" class="btn main-act wide" on:click=act(move |_| form.device.tell(Intent::SyncNow))>"Gửi ngay"</button>
                }.into_any(),
            })}
            <Meanwhile/>
            <Said/>
            {live(move || (!matches!(state(), AskState::Refused(_))).then(|| view! {
                <button type="button" class="btn wide" on:click=act(move |_| edit(Step::Who))><Pictogram icon=Icon::Edit/>"Sửa"</button>
            }))}
            <button type="button" class="btn wide" on:click=act(move |_| form.device.tell(Intent::Lock))>
                <Pictogram icon=Icon::Lock/>"Khóa máy ngay"
            </button>
            <GiveUp/>
        </div>
    }
    .into_any()
}

/// Guests do not wait for an account.
#[component]
fn Meanwhile() -> impl IntoView {
    let form = Form::here();
    let phone = move || {
        form.asking.with(|asking| {
            let code = asking.draft.find(&asking.communes);
            let commune = asking.communes.iter().find(|commune| Some(commune.code) == code);
            commune.map(|commune| commune.duty_phone.clone()).unwrap_or_default()
        })
    };
    view! {
        <section class="card">
            <h2>"Trong lúc chờ"</h2>
            <p>"Có khách ngủ lại thì báo Công an xã qua điện thoại trước 23:00. Báo như vậy cũng đúng luật."</p>
            {live(move || {
                let phone = phone();
                if phone.is_empty() {
                    return view! { <p class="sm mute">"Số trực ban hiện ở đây khi máy đã liên lạc được."</p> }.into_any();
                }
                let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                view! {
                    <a class="btn wide" href=format!("tel:{dial}")><Pictogram icon=Icon::Phone/>"Gọi "{phone}</a>
                }.into_any()
            })}
        </section>
    }
    .into_any()
}

/// What was typed.
#[component]
fn Said() -> impl IntoView {
    let form = Form::here();
    live(move || {
        let draft = form.asking.with(|asking| asking.draft.clone());
        let house = if draft.house.is_empty() { String::new() } else { format!(" · {}", draft.house) };
        view! {
            <section class="card">
                <h2>"Bạn đã ghi"</h2>
                <p><b>{draft.name}</b>" · "{draft.phone}</p>
                <p>{draft.village}", "{draft.commune_name}</p>
                <p>{draft.role.map(role::label).unwrap_or_default()}{house}</p>
            </section>
        }
    })
}

/// Throwing it away takes two taps.
#[component]
pub(super) fn GiveUp() -> impl IntoView {
    let form = Form::here();
    let sure = RwSignal::new(false);
    live(move || {
        if sure.get() {
            view! {
                <div class="check xem">
                    <Pictogram icon=Icon::Review/>
                    <div class="grow">
                        <p>"Bỏ thì những gì đã ghi ở đây mất hẳn. Yêu cầu đã gửi vẫn ở Công an xã."</p>
                        <div class="pair">
                            <button type="button" class="btn" on:click=act(move |_| form.device.tell(Intent::DropAsking))>"Bỏ yêu cầu"</button>
                            <button type="button" class="btn" on:click=act(move |_| sure.set(false))>"Giữ lại"</button>
                        </div>
                    </div>
                </div>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="btn plain wide" on:click=act(move |_| sure.set(true))>"Bỏ yêu cầu này"</button>
            }
            .into_any()
        }
    })
}
