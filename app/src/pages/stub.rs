//! Phần còn giữ: what a tablet of the community team still has of a notice or a dossier that is over, said as it is.

use dossier::view::{ReceiptView, StubView};
use leptos::prelude::*;
use leptos_router::components::A;

use super::receipt::Proof;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;

/// What is left of one.
#[component]
pub fn StubPage(
    /// What is left.
    stub: StubView,
    /// The text of its receipt's QR code.
    qr: String,
) -> impl IntoView {
    let StubView { number, initials, received, news, restored, .. } = stub;
    let receipt = ReceiptView { number, received_at: received, qr, current: true };
    view! {
        <Page title="Biên nhận" under=format!("Của {initials}") back="/may/so-khach".to_owned()>
            {news.map(|at| view! {
                <p class="check xem"><Pictogram icon=Icon::Review/>{format!("Nơi nhận có việc mới lúc {at}. Tra mã trên phiếu, hoặc hỏi Công an xã.")}</p>
            })}
            {restored.then(|| view! {
                <p class="check xem"><Pictogram icon=Icon::Review/>"Nơi nhận đã khôi phục dữ liệu và chưa nhắc lại hồ sơ này. Hỏi Công an xã; biên nhận dưới đây vẫn là bằng chứng."</p>
            })}
            <p>"Nội dung ở nơi nhận, không còn trên máy này. Máy của tổ chỉ giữ số, chữ cái đầu và ngày."</p>
            <Proof seen=false receipt whose=String::new()/>
        </Page>
    }
}

/// Its row in the book.
#[component]
pub fn StubRow(
    /// What is left.
    stub: StubView,
) -> impl IntoView {
    view! {
        <li>
            <A href=format!("/may/ho-so/{}", stub.dossier) attr:class="guest">
                <div class="grow">
                    <p class="name">{stub.initials}</p>
                    <p class="meta">{stub.number}" · "{stub.received.day().to_string()}</p>
                    <p class="st nhan"><Pictogram icon=Icon::Receipt/>"Đã gửi · có biên nhận"</p>
                    {stub.news.map(|_| view! { <p class="st xem"><Pictogram icon=Icon::Review/>"Nơi nhận có việc mới"</p> })}
                </div>
                <Pictogram icon=Icon::Next class="i-s"/>
            </A>
        </li>
    }
}
