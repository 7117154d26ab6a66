//! Phiếu xác minh: which commune is asked, found by what the form says of the place of before, and what is asked.

use dossier::filing::step::{Outcome, Step};
use dossier::filing::view::FilingDetail;
use dossier::id::CommuneCode;
use dossier::intent::{Answer, Intent};
use dossier::manage::{Ask, FoundCommune, Told};
use leptos::prelude::*;

use super::Line;
use app::live::{RwSignal, Signal, act, live};
use app::parts::field::TextField;
use app::parts::pick::Pick;

/// What is written of a slip, or of what came back another way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slip {
    typed: String,
    found: Option<Vec<FoundCommune>>,
    chosen: Option<CommuneCode>,
    outcome: Option<Outcome>,
}

impl Slip {
    /// Of a dossier: the place of before is looked for first.
    pub(super) fn of(detail: &FilingDetail) -> Slip {
        let typed = detail.filing.answer("old-address").unwrap_or_default().to_owned();
        Slip { typed, ..Slip::default() }
    }

    /// The commune to ask; `None` while none is chosen.
    pub(super) fn to(&self) -> Option<CommuneCode> {
        self.chosen
    }

    /// The step of an answer that came another way; `None` while nothing is chosen.
    pub(super) fn outcome(&self, words: &str) -> Option<Step> {
        Some(Step::Verified { outcome: self.outcome?, words: words.trim().to_owned() })
    }
}

/// The question as it is written for a commune, before the officer changes it.
fn question(commune: &FoundCommune, detail: &FilingDetail) -> String {
    let at = detail.filing.answer("old-address").unwrap_or_default();
    let at = if at.is_empty() { String::new() } else { format!(" tại {at}") };
    format!(
        "Kính gửi Công an {}, {}. Đề nghị xác minh nơi thường trú của những người có tên{at}, để giải quyết hồ sơ: {}.",
        lower(&commune.name),
        lower(&commune.province),
        detail.procedure.title
    )
}

/// "Xã Mường Kim" inside a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The commune: looked for and chosen. The question follows the choice until somebody has written another.
#[component]
pub(super) fn Whom(
    /// What is written.
    slip: RwSignal<Slip>,
    /// The question.
    words: Signal<String>,
    /// Writes it.
    #[prop(into)]
    write: Callback<String>,
    /// Of which dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let line = Line::here();
    let detail = StoredValue::new(detail);
    let look = move || {
        let Ok(typed) = slip.with_untracked(|slip| slip.typed.parse()) else { return };
        let asked = line.device.ask(Intent::Manage(Box::new(Ask::FindCommunes(typed))));
        leptos::task::spawn_local(async move {
            match asked.await {
                Answer::Managed(told) => {
                    if let Told::Found(found) = *told {
                        slip.try_update(|slip| (slip.found, slip.chosen) = (Some(found), None));
                    }
                }
                Answer::Refused(refusal) => line.device.refuse(refusal),
                _ => {}
            }
        });
    };
    look();
    let choose = move |one: &FoundCommune| {
        let written = words.get_untracked();
        let drafts = slip.with_untracked(|slip| {
            let found = slip.found.iter().flatten();
            found.map(|one| detail.with_value(|detail| question(one, detail))).collect::<Vec<_>>()
        });
        if written.is_empty() || drafts.contains(&written) {
            write.run(detail.with_value(|detail| question(one, detail)));
        }
        let code = one.code;
        slip.update(|slip| slip.chosen = Some(code));
    };
    let row = move |one: FoundCommune| {
        let code = one.code;
        let chosen = Signal::derive(move || slip.with(|slip| slip.chosen == Some(code)));
        let more = if one.here {
            "nhận phiếu ngay trên Bản Khai"
        } else {
            "chưa dùng Bản Khai: gửi bằng văn bản"
        };
        let words = format!("{}, {}", one.name, one.province);
        view! {
            <Pick group="xac-minh-xa" chosen choose=move |()| choose(&one)>
                {words}<span class="sm mute">" · "{more}</span>
            </Pick>
        }
    };
    let rows = move || {
        slip.with(|slip| slip.found.clone()).map(|found| match found.is_empty() {
            true => view! { <p class="sm mute">"Không thấy xã nào có tên này."</p> }.into_any(),
            false => found.into_iter().map(row).collect_view().into_any(),
        })
    };
    view! {
        <TextField id="xac-minh-tim" label="Xã, phường được hỏi" hint="Tên hoặc địa chỉ cũ đều tìm được"
            value=Signal::derive(move || slip.with(|slip| slip.typed.clone()))
            on_input=move |typed: String| slip.update(|slip| slip.typed = typed)/>
        <button type="button" class="btn" on:click=act(move |_| look())>"Tìm"</button>
        <fieldset class="picks"><legend class="unseen">"Xã, phường tìm thấy"</legend>{live(rows)}</fieldset>
    }
    .into_any()
}

/// What came back another way than through this office.
#[component]
pub(super) fn CameBack(
    /// What is written.
    slip: RwSignal<Slip>,
) -> impl IntoView {
    let row = move |outcome: Outcome| {
        let chosen = Signal::derive(move || slip.with(|slip| slip.outcome == Some(outcome)));
        view! {
            <Pick group="xac-minh-ket-qua" chosen choose=move |()| slip.update(|slip| slip.outcome = Some(outcome))>
                {outcome.label()}
            </Pick>
        }
    };
    view! {
        <p class="sm mute">"Dùng khi trả lời đến bằng văn bản, điện thoại. Xã trả lời trên Bản Khai thì kết quả tự hiện."</p>
        <fieldset class="picks">
            <legend>"Kết quả xác minh"</legend>
            {Outcome::ALL.iter().copied().map(row).collect_view()}
        </fieldset>
    }
    .into_any()
}
