//! What whoever filed a dossier may do: follow it on paper, go on with what comes after it, change it, withdraw it.

use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::filing::view::FilingDetail;
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use super::form_address;
use crate::device::Device;
use crate::live::act;
use crate::pages::behalf::Goal;
use crate::parts::icon::{Icon, Pictogram};

/// What may be done now.
#[component]
pub(super) fn Actions(
    /// The dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let device = Device::here();
    let (card, id) = (&detail.card, detail.card.dossier);
    let open = detail.owns && (card.status.submitted.is_none() || card.status.is_with_office());
    let withdraw = move |_| device.tell(Intent::Withdraw(id));
    let slip = detail.behalf.is_some().then(|| {
        view! {
            <A href=format!("/may/phieu-ho-so/{id}") attr:class="btn wide">
                <Pictogram icon=Icon::Print class="i-s"/>
                "Phiếu theo dõi cho người dân"
            </A>
        }
    });
    // What another member of the team filed: whoever goes on with it says on what ground.
    let team = device.who().with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_team()));
    let take_up = (team && !detail.owns && card.status.is_with_office()).then(|| {
        view! {
            <p class="sm">"Hồ sơ này do người khác trong tổ nộp. Muốn sửa, bổ sung thì ghi lại ai nhờ."</p>
            <A href=Goal::DossierAgain(id).address(1) attr:class="btn main-act wide">"Làm tiếp hồ sơ này"</A>
        }
    });
    let next = detail.following.iter().cloned().map(|(procedure, label)| {
        let navigate = use_navigate();
        let begin = move |_| {
            let (navigate, procedure) = (navigate.clone(), procedure.clone());
            leptos::task::spawn_local(async move {
                let follow = FilingIntent::Follow(id, procedure.clone());
                match device.ask(Intent::Filing(follow)).await {
                    Answer::Refused(refusal) => device.refuse(refusal),
                    _ => navigate(&form_address(&FormOf::New(procedure)), Default::default()),
                }
            });
        };
        // Before the end only what goes side by side is offered: that is what is done next.
        let class = if open { "btn main-act wide" } else { "btn wide" };
        view! { <button type="button" class=class on:click=act(begin)>{label}</button> }
    });
    let next = next.collect_view();
    let change = open.then(|| view! {
        <A href=form_address(&FormOf::Change(id)) attr:class="btn wide"><Pictogram icon=Icon::Edit class="i-s"/>"Sửa, bổ sung"</A>
        <details>
            <summary><Pictogram icon=Icon::Next class="i-s"/>"Rút hồ sơ"</summary>
            <div class="stack">
                <p class="sm">"Rút rồi thì cơ quan không giải quyết nữa. Lịch sử vẫn giữ."</p>
                <button type="button" class="btn wide" on:click=act(withdraw)>"Rút hồ sơ này"</button>
            </div>
        </details>
    });
    (take_up, slip, next, change)
}
