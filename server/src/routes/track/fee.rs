//! `POST /theo-doi/le-phi`: the way to the payment gateway, for who holds the code and the private word; and what the page
//! of the dossier says of its fee. It is paid when the gateway's word is kept here, and not before.

use app::parts::icon::{Icon, Pictogram};
use app::parts::qr::Qr;
use app::text::filing::dong;
use axum::extract::State;
use axum::response::Html;
use dossier::filing::status::FeeState;
use dossier::filing::step::Payment;
use leptos::prelude::*;

use super::matter::{Shown, back, hub};
use super::{around, on, whole};
use crate::error::Error;
use crate::holder::{Key, Matter};
use crate::office::Office;
use crate::payment::due::{Begun, due, pay as pay_online};
use crate::payment::gateway::{Back, Opened};
use crate::store::payment::{self as kept, PaymentRow};

/// The fee of a matter, and what is known of its payment.
pub(super) struct Purse {
    fee: FeeState,
    surplus: u32,
    /// It is asked for, and the dossier still lies here.
    due: Option<u32>,
    /// There is a gateway.
    gateway: bool,
    row: Option<PaymentRow>,
}

impl Purse {
    /// What cannot be read now counts as not begun.
    pub(super) async fn of(office: &Office, matter: &Matter) -> Purse {
        let status = &matter.status;
        let row = match status.fee {
            FeeState::Due { .. } => {
                kept::of(office.store.readers(), matter.story.dossier).await.ok().flatten()
            }
            FeeState::NotAsked | FeeState::Paid { .. } | FeeState::Exempt { .. } => None,
        };
        let gateway = office.payments.gateway().is_some();
        Purse { fee: status.fee, surplus: status.surplus, due: due(status), gateway, row }
    }

    /// What is to be paid, or was; and what comes back.
    pub(super) fn lines(&self) -> [Option<String>; 2] {
        let kept = self.row.as_ref().and_then(|row| Some((row.dong, row.paid()?)));
        let fee = match (self.due, self.fee, kept) {
            (_, FeeState::Paid { dong: paid, how, at }, _) => {
                let how = if how == Payment::Online { ", trực tuyến" } else { "" };
                Some(format!("Đã nộp {} đồng lúc {at}{how}", dong(paid)))
            }
            (Some(_), _, Some((paid, at))) => {
                Some(format!("Đã nộp {} đồng lúc {at}, trực tuyến", dong(paid)))
            }
            (Some(due), ..) => {
                let online = if self.gateway { " hoặc nộp trực tuyến" } else { "" };
                Some(format!("Lệ phí cần nộp: {} đồng, nộp tại nơi giải quyết{online}", dong(due)))
            }
            (None, ..) => None,
        };
        let surplus = (self.surplus > 0)
            .then(|| format!("Đã nộp thừa {} đồng, nơi giải quyết sẽ hoàn lại", dong(self.surplus)));
        [fee, surplus]
    }

    /// The way to the gateway, while something is to be paid. Whoever has been there is told what is waited for.
    pub(super) fn offered(&self, key: &Key) -> Option<AnyView> {
        let paid = self.row.as_ref().is_some_and(|row| row.paid().is_some());
        if !self.gateway || self.due.is_none() || paid {
            return None;
        }
        Some(match self.row.as_ref().filter(|row| row.is_open() && row.pay_at.is_some()) {
            Some(_) => view! {
                <p class="check goi" role="status"><Pictogram icon=Icon::Sent/>
                    "Đang chờ cổng thanh toán xác nhận. Đã nộp rồi thì không nộp lại: lát nữa mở lại trang này để xem."
                </p>
                {on(key, "/theo-doi/le-phi", "Chưa nộp, mở trang thanh toán", "btn wide")}
            }
            .into_any(),
            None => on(key, "/theo-doi/le-phi", "Nộp lệ phí trực tuyến", "btn main-act wide"),
        })
    }
}

/// What is said when the gateway does not answer: that nothing was paid only where nobody has been on its page.
const fn away(begun: bool) -> (bool, &'static str) {
    let words = if begun {
        "Cổng thanh toán chưa trả lời, nên chưa biết khoản trước đã nộp hay chưa. Đã nộp rồi thì không nộp lại: lát nữa mở lại trang này để xem."
    } else {
        "Cổng thanh toán chưa trả lời, chưa có khoản tiền nào được nộp. Lát nữa thử lại, hoặc nộp tại nơi giải quyết."
    };
    (false, words)
}

/// `POST /theo-doi/le-phi`.
pub async fn pay(State(office): State<Office>, Shown { matter, .. }: Shown) -> Result<Html<String>, Error> {
    let said = match pay_online(&office, (matter.story.dossier, &matter.status), Back::Tracking).await? {
        Begun::At(dong, opened) => {
            let page = || around("Nộp lệ phí", page(&matter, dong, opened));
            return Ok(whole(&office, page).await);
        }
        Begun::NotTaken => Some((false, "Nơi này chưa thu lệ phí trực tuyến.")),
        Begun::NotDue => Some((false, "Hồ sơ này không còn lệ phí phải nộp.")),
        Begun::Away { begun } => Some(away(begun)),
        // What was paid and is being recorded is not paid again: the page says that it was.
        Begun::Paid => None,
    };
    Ok(hub(&office, &matter, said).await)
}

fn page(matter: &Matter, due: u32, Opened { pay_address, qr }: Opened) -> AnyView {
    let host = pay_address.split('/').nth(2).unwrap_or_default().to_owned();
    let code = qr.map(|text| {
        view! {
            <section class="card proof">
                <h2>"Hoặc quét bằng ứng dụng ngân hàng"</h2>
                <Qr text label="Mã VietQR của khoản lệ phí này".to_owned()/>
            </section>
        }
    });
    let (agency, phone) = matter.commune.contact(matter.procedure.agency);
    view! {
        <section class="card">
            <h2>{format!("Lệ phí {} đồng", dong(due))}</h2>
            <p>{matter.procedure.title.clone()}</p>
            <p class="sm">"Trang thanh toán: "<b>{host}</b>". Trang đó không biết tên người và nội dung hồ sơ."</p>
        </section>
        <p><a class="btn main-act wide" href=pay_address rel="noopener noreferrer">"Đến trang thanh toán"</a></p>
        {code}
        <p class="sm">"Nộp xong thì trở lại trang Theo dõi hồ sơ. Chỉ khi cổng thanh toán xác nhận, hồ sơ mới ghi là đã nộp. Không ai gọi điện hay nhắn tin đòi lệ phí này."</p>
        <p class="sm">"Hỏi thêm: "{super::reached(agency, phone)}</p>
        {back(&matter.key)}
    }
    .into_any()
}
