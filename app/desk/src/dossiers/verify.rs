//! Phiếu xác minh: which agency of which commune is asked, found by what the form says of the place of before, what is asked,
//! and until when.

use dossier::filing::step::{Outcome, Reason, Step};
use dossier::filing::view::FilingDetail;
use dossier::id::CommuneCode;
use dossier::intent::{Answer, Intent};
use dossier::manage::{Ask, FoundCommune, Told};
use dossier::moment::Day;
use dossier::procedure::Agency;
use dossier::procedure::field::read_day;
use dossier::working_days::WorkingDays;
use leptos::prelude::*;

use super::Line;
use app::live::{RwSignal, Signal, act, live};
use app::parts::field::{Kind, TextField};
use app::parts::pick::Pick;
use app::text::time;

/// What is written of a slip, or of what came back another way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slip {
    typed: String,
    found: Option<Vec<FoundCommune>>,
    chosen: Option<CommuneCode>,
    agency: Option<Agency>,
    until: String,
    outcome: Option<Outcome>,
}

/// Who may be asked.
const ASKED: [Agency; 2] = [Agency::Police, Agency::Committee];

/// Working days an answer is given, where nothing else is written.
const DAYS: u16 = 3;

impl Slip {
    /// Of a dossier: the place of before is looked for first, else the own commune.
    pub(super) fn of(detail: &FilingDetail, here: &str, today: Day) -> Slip {
        let before = detail.filing.answer("old-address").unwrap_or_default();
        let typed = if before.is_empty() { here } else { before }.to_owned();
        let until = WorkingDays::calendar().after(today, DAYS);
        Slip { typed, agency: Some(Agency::Police), until: time::input_day(until), ..Slip::default() }
    }

    /// Whether the police ask the police, for whose answer only their own term counts.
    fn is_plain(&self, detail: &FilingDetail) -> bool {
        (detail.procedure.agency, self.agency) == (Agency::Police, Some(Agency::Police))
    }

    /// The step of this question; else what is missing, in words.
    pub(super) fn step(&self, question: Reason, detail: &FilingDetail) -> Result<Step, &'static str> {
        let to = self.chosen.ok_or("Cần chọn xã, phường được hỏi.")?;
        if self.is_plain(detail) {
            return Ok(Step::AskVerification { to, question });
        }
        let agency = self.agency.ok_or("Cần chọn cơ quan được hỏi.")?;
        let until = read_day(&self.until).map_err(|_| "Cần chọn ngày trả lời.")?;
        Ok(Step::Consult { to, agency, question, until })
    }

    /// The step of an answer that came another way; `None` while nothing is chosen.
    pub(super) fn outcome(&self, words: &str) -> Option<Step> {
        Some(Step::Verified { outcome: self.outcome?, words: words.trim().to_owned() })
    }
}

/// The question as it is written for a commune, before the officer changes it.
fn question(commune: &FoundCommune, agency: Agency, detail: &FilingDetail) -> String {
    let (whom, what) = match agency {
        Agency::Committee => ("UBND", "thông tin hộ tịch"),
        Agency::Police | Agency::ProvincePolice => ("Công an", "nơi thường trú"),
    };
    let at = detail.filing.answer("old-address").unwrap_or_default();
    let at = if at.is_empty() { String::new() } else { format!(" tại {at}") };
    format!(
        "Kính gửi {whom} {}, {}. Đề nghị xác minh {what} của những người có tên{at}, để giải quyết hồ sơ: {}.",
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
    let draft = move |one: &FoundCommune, agency| detail.with_value(|detail| question(one, agency, detail));
    // What nobody has changed follows whom it is written to.
    let rewrite = move || {
        let written = words.get_untracked();
        let slip = slip.get_untracked();
        let found = || slip.found.iter().flatten();
        let mut drafts = found().flat_map(|one| ASKED.map(|agency| draft(one, agency)));
        if !written.is_empty() && !drafts.any(|draft| draft == written) {
            return;
        }
        let chosen = found().find(|one| Some(one.code) == slip.chosen);
        if let Some((one, agency)) = chosen.zip(slip.agency) {
            write.run(draft(one, agency));
        }
    };
    let choose = move |code: CommuneCode| {
        slip.update(|slip| slip.chosen = Some(code));
        rewrite();
    };
    let whom = ASKED.map(|agency| {
        let chosen = Signal::derive(move || slip.with(|slip| slip.agency == Some(agency)));
        let pick = move |()| {
            slip.update(|slip| slip.agency = Some(agency));
            rewrite();
        };
        view! { <Pick group="xac-minh-ai" chosen choose=pick>{agency.label()}</Pick> }
    });
    let dated = move || !slip.with(|slip| detail.with_value(|detail| slip.is_plain(detail)));
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
            <Pick group="xac-minh-xa" chosen choose=move |()| choose(code)>
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
        <fieldset class="picks"><legend>"Cơ quan được hỏi"</legend>{whom}</fieldset>
        <TextField id="xac-minh-tim" label="Xã, phường được hỏi" hint="Tên hoặc địa chỉ cũ đều tìm được"
            value=Signal::derive(move || slip.with(|slip| slip.typed.clone()))
            on_input=move |typed: String| slip.update(|slip| slip.typed = typed)/>
        <button type="button" class="btn" on:click=act(move |_| look())>"Tìm"</button>
        <fieldset class="picks"><legend class="unseen">"Xã, phường tìm thấy"</legend>{live(rows)}</fieldset>
        {live(move || dated().then(|| view! {
            <TextField id="xac-minh-ngay" label="Đề nghị trả lời trước ngày" kind=Kind::DAY
                value=Signal::derive(move || slip.with(|slip| slip.until.clone()))
                on_input=move |typed: String| slip.update(|slip| slip.until = typed)/>
        }))}
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
