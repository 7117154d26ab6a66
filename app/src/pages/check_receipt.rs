//! Kiểm tra biên nhận: genuine or not, offline, and why a made-up one is not.

use dossier::intent::{Answer, Intent};
use dossier::view::ReceiptCheck;
use leptos::prelude::*;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, act, live, worded};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;
use crate::text::time;

/// The page.
#[component]
pub fn CheckReceiptPage() -> impl IntoView {
    let device = Device::here();
    let text = RwSignal::new(String::new());
    let verdict = RwSignal::new(None::<ReceiptCheck>);
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let pending = device.ask(Intent::CheckReceipt(text.get_untracked().trim().to_owned()));
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Checked(found) => verdict.set(Some(found)),
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
        });
    };
    view! {
        <Page title="Kiểm tra biên nhận" under="Không cần mạng".to_owned() back="/may/may-nay".to_owned()>
            <form class="stack" on:submit=act(check)>
                <div class="q">
                    <label for="ma-bien-nhan">"Mã của biên nhận"<span class="hint">"Dán chữ đọc được từ mã QR"</span></label>
                    <textarea
                        class="box"
                        id="ma-bien-nhan"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=worded(move || text.get())
                        on:input=act(move |event| text.set(event_target_value(&event)))
                    ></textarea>
                </div>
                <button class="btn main-act wide">"Kiểm tra"</button>
            </form>
            <div role="status">{live(move || verdict.get().map(|found| view! { <Verdict found/> }))}</div>
        </Page>
    }
}

/// What checking says, in words.
#[component]
pub fn Verdict(
    /// What was found.
    found: ReceiptCheck,
) -> impl IntoView {
    let today = Clock::here().today_once();
    let (tone, icon, heading, lines) = match found {
        ReceiptCheck::Genuine { number, received_at, commune, matches } => {
            let about = match matches {
                Some(true) => "Thông báo trên máy này ghi đúng như biên nhận.",
                Some(false) => "Thông báo trên máy này đã sửa sau biên nhận.",
                None => "Thông báo của biên nhận này không ở trên máy này.",
            };
            let received = format!("Công an {commune} nhận lúc {}", time::moment(received_at, today));
            (
                "nhan",
                Icon::Receipt,
                "Biên nhận thật",
                vec![format!("Số tiếp nhận {number}"), received, about.to_owned()],
            )
        }
        ReceiptCheck::Decided { number, decided_at, commune, procedure, person, until } => {
            let mut lines = vec![
                person,
                procedure,
                format!(
                    "Công an {commune} giải quyết lúc {}, hồ sơ {number}",
                    time::moment(decided_at, today)
                ),
            ];
            lines.extend(until.map(|day| format!("Đến hết ngày {day}")));
            lines.push(
                "So với tên trên giấy. Kết quả còn hiệu lực không thì tra ở trang /kiem-tra khi có mạng."
                    .to_owned(),
            );
            ("nhan", Icon::Received, "Kết quả thật", lines)
        }
        ReceiptCheck::NotAReceipt => (
            "xem",
            Icon::Review,
            "Chữ này không phải mã biên nhận",
            vec!["Dán lại đủ cả mã, từ đầu đến cuối.".to_owned()],
        ),
        ReceiptCheck::UnknownKey => (
            "xem",
            Icon::Review,
            "Chưa biết nơi ký biên nhận này",
            vec!["Máy này chỉ biết chữ ký của xã mình. Hỏi Công an nơi ghi trên biên nhận.".to_owned()],
        ),
        ReceiptCheck::Forged => (
            "qua",
            Icon::Overdue,
            "Không phải biên nhận thật",
            vec!["Chữ ký không khớp với nội dung: mã đã bị sửa, hoặc không do nơi nhận ký.".to_owned()],
        ),
    };
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <section class=format!("card verdict {tone}")>
            <h2 class="row"><Pictogram icon class="i-l"/>{heading}</h2>
            {lines}
        </section>
    }
}
