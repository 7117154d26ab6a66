//! Đang làm thay: who for, by what right, on every page of such a notice.

use dossier::behalf::{BehalfDraft, Ground, Way};
use dossier::view::{Behalf, House};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::parts::icon::{Icon, Pictogram};
use crate::parts::signature::Signed;
use crate::text::behalf as words;

/// The banner over a form that is filled in for somebody else.
#[component]
pub fn Banner(
    /// The ground as it is typed.
    behalf: BehalfDraft,
    /// The house it is for, if it is known.
    house: Option<House>,
    /// For whom it is received, where another commune decides it.
    #[prop(optional_no_strip)]
    received_for: Option<String>,
    /// Where the ground is recorded.
    #[prop(into)]
    record: String,
) -> impl IntoView {
    let how = match (behalf.ground, behalf.way) {
        (Ground::Parent, _) => "Cha, mẹ khai cho con, không cần ủy quyền".to_owned(),
        (Ground::Guardian, _) => "Người giám hộ, không cần ủy quyền".to_owned(),
        (Ground::Authorised, Way::Signature) => format!("Ủy quyền {} ngày, ký trên màn hình", behalf.days),
        (Ground::Authorised, Way::Witness) => {
            format!("Ủy quyền {} ngày, người làm chứng {}", behalf.days, behalf.witness)
        }
        (Ground::Authorised, Way::Code) => format!("Ủy quyền {} ngày, đọc mã đồng ý", behalf.days),
    };
    let place = house.map(|house| format!(" · {}, {}", house.name, house.village)).unwrap_or_default();
    view! {
        <section class="behalf" aria-label="Khai thay">
            <Pictogram icon=Icon::Guests/>
            <div class="grow">
                <p>"Đang làm thay cho "<b class="caps">{behalf.giver}</b></p>
                <p class="sm mute">{how}{place}</p>
                {received_for.map(|words| view! { <p><b>{words}</b></p> })}
            </div>
            <A href=record attr:class="btn slim">"Sửa"</A>
        </section>
    }
    .into_any()
}

/// The ground on the page of a notice, with the signature as it was drawn.
#[component]
pub fn GroundCard(
    /// The ground.
    behalf: Behalf,
) -> impl IntoView {
    let signature = words::strokes(&behalf.basis).map(|strokes| {
        let label = format!("Chữ ký của {}", behalf.basis.principal());
        view! { <Signed strokes label/> }
    });
    view! {
        <section class="card" aria-label="Khai thay">
            <h2>"Khai thay"</h2>
            <dl class="ans plain">
                <div><dt>"Khai cho"</dt><dd class="caps">{behalf.basis.principal().to_string()}</dd></div>
                <div><dt>"Người khai hộ"</dt><dd>{behalf.by}</dd></div>
                <div><dt>"Căn cứ"</dt><dd>{words::ground(&behalf.basis)}</dd></div>
            </dl>
            {signature}
        </section>
    }
    .into_any()
}
