//! A code of consent on the screen of who had it made: large, to be read out, and until when.

use dossier::manage::Agreed;
use leptos::prelude::*;

/// The code.
#[component]
pub fn Consent(
    /// What was made.
    agreed: Agreed,
) -> impl IntoView {
    view! {
        <section class="card proof made" role="status">
            <h3>"Mã đồng ý"</h3>
            <p class="number code num">{agreed.code.to_string()}</p>
            <p>"Dùng một lần cho nhà này, đến "{agreed.until.minute().to_string()}". Đọc cho người khai hộ; ai gọi lạ hỏi mã thì đừng đọc."</p>
        </section>
    }
    .into_any()
}
