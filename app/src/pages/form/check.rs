//! Bước 3: look at it all, then send.

use dossier::draft::{GuestDraft, StayDraft};
use dossier::intent::{Answer, Intent};
use dossier::nationality::Nationality;
use dossier::view::Who;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use super::summary::{self, Spot};
use super::{Form, Step, StepsHead, address, go, present, step_of};
use crate::browser::{Browser, Setting};
use crate::clock::Clock;
use crate::device::{Device, Typed};
use crate::live::{RwSignal, act, flag, live};
use crate::parts::icon::{Icon, Pictogram};
use crate::text::{fault, link, paper, time};

/// The answers, each with its way back.
#[component]
pub fn CheckStep() -> impl IntoView {
    let (form, clock) = (Form::here(), Clock::here());
    let who = Device::here().who();
    let go = go(form);
    let add = move |_| {
        let place = form.draft.with_untracked(|draft| draft.guests.len());
        form.edit(|draft| draft.guests.push(GuestDraft::default()));
        go(Step::Guest(place));
    };
    view! {
        <div class="form">
            <StepsHead step=3 name="Kiểm tra rồi gửi"/>
            <section class="card" id="khach" tabindex="-1">
                <dl class="ans">
                    {live(move || form.draft.with(|draft| guests(draft, clock)))}
                    {live(move || form.draft.with(stay))}
                    {live(move || who.with(|who| who.as_ref().map(|who| receiver(who, form))))}
                </dl>
            </section>
            <button type="button" class="btn wide" on:click=act(add)>
                <Pictogram icon=Icon::Add/>
                "Thêm khách cùng phòng"
            </button>
        </div>
    }
    .into_any()
}

fn guests(draft: &StayDraft, clock: Clock) -> impl IntoView + use<> {
    let dossier = draft.dossier;
    present(draft)
        .enumerate()
        .map(|(number, (place, guest))| {
            let label = format!("Khách {}", number + 1);
            let seen = if guest.confirmed { super::number::observations(guest, clock) } else { Vec::new() };
            let birth = [&guest.birth_day, &guest.birth_month, &guest.birth_year];
            let birth = birth.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("/");
            let foreign = (guest.nationality != Nationality::VNM).then(|| guest.nationality.vi_name());
            view! {
                <div>
                    <dt>{label.clone()}</dt>
                    <dd>
                        <span class="caps">{guest.name.clone()}</span>
                        <small>{birth}{guest.sex.map(|sex| format!(" · {}", sex.label()))}</small>
                        {foreign.map(|name| view! { <small>{name}</small> })}
                        <small>{guest.paper.label()}<br/><span class="nw">{paper::grouped(guest.paper, &guest.number)}</span></small>
                        {seen.iter().map(|seen| view! {
                            <small class="st xem"><Pictogram icon=Icon::Review class="i-s"/>{paper::observation(seen).0}" Đã nhìn lại thẻ."</small>
                        }).collect_view()}
                    </dd>
                    <dd class="go-cell"><A href=address(Step::Guest(place), dossier) attr:class="go" attr:aria-label=format!("Sửa {}", label.to_lowercase())>"Sửa"</A></dd>
                </div>
            }
        })
        .collect_view()
}

fn stay(draft: &StayDraft) -> impl IntoView + use<> {
    let day = |text: &str| time::typed_day(text).map_or("chưa có".to_owned(), |day| day.to_string());
    let reason = match draft.reason {
        Some(reason) if !draft.reason_text.is_empty() => format!("{}: {}", reason.label(), draft.reason_text),
        Some(reason) => reason.label().to_owned(),
        None => "chưa chọn".to_owned(),
    };
    let edit = address(Step::Stay, draft.dossier);
    let row = |label: &'static str, value: String, name: &'static str| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
                <dd class="go-cell"><A href=edit.clone() attr:class="go" attr:aria-label=name>"Sửa"</A></dd>
            </div>
        }
    };
    let room = if draft.room.is_empty() { "chưa ghi".to_owned() } else { draft.room.clone() };
    let when = format!("{}, {}\nđến {}", day(&draft.arrive_day), draft.arrive_time, day(&draft.leave_day));
    (
        row("Thời gian lưu trú", when, "Sửa thời gian lưu trú"),
        row("Lý do lưu trú", reason, "Sửa lý do lưu trú"),
        row("Số phòng", room, "Sửa số phòng"),
    )
}

fn receiver(who: &Who, form: Form) -> impl IntoView + use<> {
    let place = form.place.get_value().or_else(|| who.establishment.clone());
    let house = place.map(|house| format!("{}, {}", house.name, house.village));
    view! {
        <div><dt>"Địa chỉ lưu trú"</dt><dd>{house}<small>{who.commune.clone()}", "{who.province.clone()}</small></dd></div>
        <div><dt>"Nơi nhận"</dt><dd>{who.agency.clone()}</dd></div>
    }
}

/// One sentence about the network, and the one button.
#[component]
pub fn Send(
    /// The places to look at.
    faults: RwSignal<Vec<Spot>>,
) -> impl IntoView {
    let (form, device, browser) = (Form::here(), Device::here(), Browser::here());
    let navigate = use_navigate();
    let sentence = device.slice(|view| link::before_sending(&view.link.state));
    let sending = RwSignal::new(false);
    let police = device.who().with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_police()));
    let changing = form.draft.with_untracked(|draft| draft.dossier.is_some());
    let look = move |found: &[dossier::draft::Fault]| {
        let spots = found
            .iter()
            .map(|found| Spot {
                step: Some(step_of(found.at)),
                anchor: fault::anchor(found.at),
                words: named(form, found),
            })
            .collect();
        summary::show(browser, faults, spots);
    };
    let send = move |_| {
        let found = form.look_at(Step::Check);
        if !found.is_empty() {
            look(&found);
            return;
        }
        let draft = form.draft.get_untracked();
        let unsent = draft.clone();
        let navigate = navigate.clone();
        // From here on the device holds it: a late keeping of the draft would bring a sent form back.
        device.typing().set(None);
        sending.set(true);
        leptos::task::spawn_local(async move {
            let room = draft.room.clone();
            let intent = if form.on_behalf { Intent::SubmitFor(draft) } else { Intent::Submit(draft) };
            match device.ask(intent).await {
                saved @ (Answer::Saved(_) | Answer::Done) => {
                    device.kept().set(None);
                    browser.with(|browser| {
                        browser.keep(Setting::Room, &room);
                        browser.persist();
                    });
                    // Who stands at the counter leaves with a slip.
                    let to = match saved {
                        Answer::Saved(id) if police => format!("/may/phieu/{id}"),
                        _ => "/may".to_owned(),
                    };
                    navigate(&to, Default::default());
                }
                Answer::Faults(found) => look(&found),
                // The record is looked at again where it is made; it shows what is missing with its own button.
                Answer::BehalfFaults(_) => {
                    device.typing().set(Some(Typed::Notice(unsent)));
                    navigate("/may/khai-thay?buoc=3", Default::default());
                }
                Answer::Refused(refusal) => {
                    device.typing().set(Some(Typed::Notice(unsent)));
                    device.refuse(refusal);
                }
                _ => {}
            }
            sending.try_set(false);
        });
    };
    view! {
        <p class="sm">{live(move || sentence.get())}</p>
        <button type="button" class="btn main-act wide" disabled=flag(move || sending.get()) on:click=act(send)>
            {if changing { "Gửi thay đổi" } else { "Gửi thông báo lưu trú" }}
        </button>
    }
    .into_any()
}

/// The words of a fault, with the guest it belongs to when there are several.
fn named(form: Form, found: &dossier::draft::Fault) -> String {
    match fault::guest_of(found.at) {
        // Asked late: whoever has gone on meanwhile has taken the form along.
        Some(place) if form.draft.try_with_untracked(|draft| present(draft).count() > 1) == Some(true) => {
            format!("Khách {}: {}", place + 1, fault::words(found))
        }
        _ => fault::words(found),
    }
}
