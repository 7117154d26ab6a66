//! What the officer does to the opened dossier: each step with the words the law asks for, on what is on the screen.

use dossier::filing::intent::FilingIntent;
use dossier::filing::status::{FeeState, Stage};
use dossier::filing::step::{Outside, Reason, ReturnWay, Step};
use dossier::filing::view::FilingDetail;
use dossier::intent::{Answer, Intent};
use dossier::moment::Day;
use dossier::procedure::Agency;
use dossier::procedure::field::read_day;
use dossier::working_days::WorkingDays;
use leptos::prelude::*;

use super::Line;
use super::fee::{self, Amount, Due, Taken, Waiver};
use super::supplement::{Request, Wanted, items};
use super::verify::{CameBack, Slip, Whom};
use app::live::{Memo, RwSignal, Signal, act, live, worded};
use app::parts::field::{Kind, TextField};
use app::text::time;

/// A step that may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Accept,
    Supplement,
    Supplemented,
    Refuse,
    Decide,
    HandOver,
    Pause,
    Resume,
    Verify,
    Verified,
    Apologise,
    Annul,
    AskFee,
    TakeFee,
    WaiveFee,
    GiveBack,
}

impl Deed {
    const ALL: [Deed; 16] = [
        Deed::Accept,
        Deed::TakeFee,
        Deed::Decide,
        Deed::HandOver,
        Deed::Resume,
        Deed::Verified,
        Deed::Supplemented,
        Deed::Supplement,
        Deed::Verify,
        Deed::Pause,
        Deed::AskFee,
        Deed::WaiveFee,
        Deed::GiveBack,
        Deed::Apologise,
        Deed::Refuse,
        Deed::Annul,
    ];

    const fn label(self) -> &'static str {
        match self {
            Deed::Accept => "Tiếp nhận, hẹn trả",
            Deed::Supplement => "Yêu cầu bổ sung",
            Deed::Supplemented => "Đã bổ sung tại trụ sở",
            Deed::Refuse => "Từ chối",
            Deed::Decide => "Giải quyết",
            Deed::HandOver => "Đã trả kết quả",
            Deed::Pause => "Chuyển UBND xã xác nhận",
            Deed::Resume => "UBND xã đã trả lời",
            Deed::Verify => "Gửi phiếu xác minh",
            Deed::Verified => "Ghi kết quả xác minh",
            Deed::Apologise => "Xin lỗi, hẹn lại",
            Deed::Annul => "Hủy bỏ kết quả",
            Deed::AskFee => "Yêu cầu nộp lệ phí",
            Deed::TakeFee => "Đã thu lệ phí tiền mặt",
            Deed::WaiveFee => "Miễn lệ phí",
            Deed::GiveBack => "Đã hoàn tiền nộp thừa",
        }
    }

    /// Whether it fits where the dossier stands; the office judges again.
    fn fits(self, detail: &FilingDetail) -> bool {
        let status = &detail.card.status;
        let working = matches!(status.stage, Stage::Accepted | Stage::Processing);
        let waiting = matches!(status.stage, Stage::Waiting { .. });
        match self {
            Deed::Accept => waiting,
            Deed::Supplement => waiting || working,
            Deed::Supplemented => matches!(status.stage, Stage::Supplement { .. }),
            Deed::Refuse => status.is_with_office() && status.submitted.is_some(),
            Deed::Decide => working,
            // Their own dossiers need nobody's word to go to the People's Committee.
            Deed::Pause => working && detail.procedure.agency == Agency::Police,
            Deed::Verify => working && detail.may_verify,
            Deed::Verified => matches!(status.stage, Stage::Verifying { .. }),
            Deed::Resume => matches!(status.stage, Stage::Outside { .. }),
            Deed::HandOver => status.stage == Stage::Decided,
            Deed::Apologise => {
                status.is_with_office() && detail.card.clock.is_some_and(|clock| clock.overdue > 0)
            }
            Deed::Annul => status.decision.is_some(),
            Deed::AskFee => working && status.fee == FeeState::NotAsked && fee::known(detail).is_some(),
            Deed::TakeFee => fee::owed(detail).is_some() && (working || status.stage == Stage::FeeDue),
            Deed::GiveBack => status.surplus > 0,
            Deed::WaiveFee => {
                let open = matches!(status.fee, FeeState::NotAsked | FeeState::Due { .. });
                let knows = fee::known(detail).is_some_and(|fee| !fee.exempt.is_empty());
                open && knows && (working || status.stage == Stage::FeeDue)
            }
        }
    }

    /// Whether the one-stop desk takes it, too.
    const fn is_of_reception(self) -> bool {
        matches!(self, Deed::Accept | Deed::Supplemented | Deed::HandOver)
    }

    /// Whether words are asked for, and a ground besides.
    const fn asks(self) -> Option<&'static str> {
        match self {
            Deed::Refuse | Deed::Annul => Some("Lý do"),
            Deed::Supplemented => Some("Đã bổ sung những gì"),
            Deed::Decide => Some("Nội dung giải quyết"),
            Deed::Apologise => Some("Vì sao trễ"),
            Deed::Verify => Some("Nội dung cần xác minh"),
            Deed::Verified => Some("Nội dung trả lời (nếu có)"),
            Deed::Accept | Deed::Supplement | Deed::HandOver | Deed::Pause | Deed::Resume => None,
            Deed::AskFee | Deed::TakeFee | Deed::WaiveFee | Deed::GiveBack => None,
        }
    }

    /// What takes something from a person is never the button that catches the eye.
    const fn ends(self) -> bool {
        matches!(self, Deed::Refuse | Deed::Annul)
    }

    /// Whether it is what is usually done next: what is waited for comes by itself, and is seldom written down here.
    const fn leads(self) -> bool {
        !self.ends() && !matches!(self, Deed::Verified | Deed::Supplemented)
    }

    const fn asks_ground(self) -> bool {
        self.ends()
    }

    const fn asks_day(self) -> Option<&'static str> {
        match self {
            Deed::Accept => Some("Ngày hẹn trả"),
            Deed::Apologise => Some("Ngày hẹn mới"),
            Deed::Decide => Some("Thời hạn đến hết ngày (nếu có)"),
            Deed::Supplement => Some("Bổ sung trước ngày (nếu có)"),
            _ => None,
        }
    }
}

/// What is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Written {
    words: String,
    ground: String,
    day: String,
}

/// The buttons, and the form of the chosen step.
#[component]
pub fn Acts() -> impl IntoView {
    let line = Line::here();
    let chosen = RwSignal::new(None::<Deed>);
    let written = RwSignal::new(Written::default());
    let wanted = RwSignal::new(vec![Wanted::default()]);
    let slip = RwSignal::new(Slip::default());
    let due = RwSignal::new(Due::default());
    let fault = RwSignal::new(None::<String>);
    // Another dossier begins with nothing chosen.
    Effect::new(move |before: Option<Option<dossier::id::DossierId>>| {
        let now = line.opened.get();
        if before.is_some_and(|before| before != now) {
            chosen.set(None);
            written.set(Written::default());
            wanted.set(vec![Wanted::default()]);
        }
        now
    });
    let may = Memo::new(move |_| {
        line.detail.with(|detail| match detail {
            Some(detail) if detail.decides => Deed::ALL
                .into_iter()
                .filter(|deed| deed.fits(detail) && (deed.is_of_reception() || !line.is_one_stop()))
                .filter(|deed| *deed != Deed::Annul || !line.is_officer())
                .collect(),
            _ => Vec::new(),
        })
    });
    let waits = move || line.detail.with(|detail| detail.as_ref().is_some_and(|detail| !detail.decides));
    let choose = move |deed: Deed| {
        let detail = line.detail.get_untracked();
        let day = match deed {
            Deed::Accept => detail.as_ref().map(|detail| time::input_day(detail.appointment)),
            Deed::Apologise => {
                let in_three_days = line.clock.today_once().plus(3);
                Some(time::input_day(WorkingDays::calendar().on_or_after(in_three_days)))
            }
            Deed::Decide => {
                detail.as_ref().and_then(|detail| detail.filing.answer("until").map(str::to_owned))
            }
            _ => None,
        };
        let here = line.device.who().with_untracked(|who| {
            who.as_ref().map(|who| format!("{}, {}", who.commune, who.province)).unwrap_or_default()
        });
        let today = line.clock.today_once();
        slip.set(detail.as_ref().map(|detail| Slip::of(detail, &here, today)).unwrap_or_default());
        due.set(detail.as_ref().map(Due::of).unwrap_or_default());
        written.set(Written { day: day.unwrap_or_default(), ..Written::default() });
        wanted.set(vec![Wanted::default()]);
        fault.set(None);
        chosen.set(Some(deed));
    };
    view! {
        <div class="decide">
            {live(move || {
                let may = may.get();
                match chosen.get().filter(|deed| may.contains(deed)) {
                    Some(deed) => view! { <Form deed chosen written wanted slip due fault/> }.into_any(),
                    None => may
                        .into_iter()
                        .enumerate()
                        .map(|(place, deed)| {
                            let class = if place == 0 && deed.leads() { "btn main-act wide" } else { "btn" };
                            view! { <button class=class on:click=act(move |_| choose(deed))>{deed.label()}</button> }
                        })
                        .collect_view()
                        .into_any(),
                }
            })}
            {live(move || waits().then(|| view! { <p class="sm mute">"Việc vừa bấm đang chờ gửi."</p> }))}
        </div>
    }
    .into_any()
}

#[component]
fn Form(
    deed: Deed,
    chosen: RwSignal<Option<Deed>>,
    written: RwSignal<Written>,
    wanted: RwSignal<Vec<Wanted>>,
    slip: RwSignal<Slip>,
    due: RwSignal<Due>,
    fault: RwSignal<Option<String>>,
) -> impl IntoView {
    let line = Line::here();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(detail) = line.detail.get_untracked() else { return };
        let (wanted, slip, due) = (wanted.get_untracked(), slip.get_untracked(), due.get_untracked());
        match step(deed, &written.get_untracked(), (&wanted, &slip, &due), &detail) {
            Err(words) => fault.set(Some(words.to_owned())),
            Ok(step) => {
                let id = detail.card.dossier;
                leptos::task::spawn_local(async move {
                    match line.device.ask(Intent::Filing(FilingIntent::Step(id, Box::new(step)))).await {
                        Answer::Refused(refusal) => line.device.refuse(refusal),
                        _ => chosen.try_set(None),
                    }
                });
            }
        }
    };
    let text = move |of: fn(&Written) -> &String| {
        Signal::derive(move || written.with(|written| of(written).clone()))
    };
    view! {
        <form class="reason" on:submit=act(send)>
            <h3>{deed.label()}</h3>
            {(deed == Deed::Supplement).then(|| line.detail.get_untracked().map(|detail| view! { <Request written=wanted detail/> }))}
            {(deed == Deed::Verify).then(|| line.detail.get_untracked().map(|detail| view! {
                <Whom slip words=text(|written| &written.words) detail
                    write=move |words: String| written.update(|written| written.words = words)/>
            }))}
            {(deed == Deed::Verified).then(|| view! { <CameBack slip/> })}
            {line.detail.get_untracked().and_then(|detail| match deed {
                Deed::AskFee => Some(view! { <Amount due detail/> }.into_any()),
                Deed::TakeFee => Some(view! { <Taken detail/> }.into_any()),
                Deed::WaiveFee => Some(view! { <Waiver due detail/> }.into_any()),
                Deed::GiveBack => fee::too_much(&detail),
                _ => None,
            })}
            {deed.asks().map(|label| view! {
                <label for="buoc-loi">{label}</label>
                <textarea id="buoc-loi" rows="4" maxlength="2000" prop:value=worded(move || written.with(|written| written.words.clone()))
                    on:input=act(move |event| written.update(|written| written.words = event_target_value(&event)))></textarea>
            })}
            {deed.asks_ground().then(|| view! {
                <TextField id="buoc-can-cu" label="Căn cứ pháp lý" hint="Điều, khoản của văn bản" value=text(|written| &written.ground)
                    on_input=move |typed: String| written.update(|written| written.ground = typed)/>
            })}
            {deed.asks_day().map(|label| view! {
                <TextField id="buoc-ngay" label=label kind=Kind::DAY value=text(|written| &written.day)
                    on_input=move |typed: String| written.update(|written| written.day = typed)/>
            })}
            {live(move || fault.get().map(|words| view! { <p class="check qua" role="alert">{words}</p> }))}
            <div class="row">
                <button type="submit" class="btn main-act grow">{deed.label()}</button>
                <button type="button" class="btn" on:click=act(move |_| chosen.set(None))>"Thôi"</button>
            </div>
        </form>
    }
    .into_any()
}

/// The step of what was written; else what is missing, in words.
fn step(
    deed: Deed,
    written: &Written,
    (wanted, slip, due): (&[Wanted], &Slip, &Due),
    detail: &FilingDetail,
) -> Result<Step, &'static str> {
    let heads = detail.heads.clone();
    let words = || written.words.parse::<Reason>().map_err(|_| "Cần ghi bằng lời, không quá 1.000 ký tự.");
    let ground = || written.ground.parse::<Reason>().map_err(|_| "Cần ghi căn cứ pháp lý.");
    let day = || -> Result<Day, &'static str> { read_day(&written.day).map_err(|_| "Cần chọn ngày.") };
    let until = || if written.day.is_empty() { Ok(None) } else { day().map(Some) };
    Ok(match deed {
        Deed::Accept => {
            Step::Accept { heads, appointed: day()?, way: way(detail), papers: detail.filing.attached() }
        }
        Deed::Supplement => {
            let items = items(wanted, detail).ok_or("Cần ghi ít nhất một việc cần bổ sung.")?;
            Step::Supplement { heads, items, until: until()? }
        }
        Deed::Supplemented => {
            let Stage::Supplement { at: asked, .. } = detail.card.status.stage else {
                return Err("Hồ sơ không còn chờ bổ sung.");
            };
            Step::Supplemented { asked, words: words()? }
        }
        Deed::Refuse => Step::Refuse { heads, reason: words()?, ground: ground()? },
        Deed::Decide => Step::Decide { heads, words: words()?, until: until()? },
        Deed::HandOver => Step::HandOver { way: way(detail) },
        Deed::Pause => Step::Pause { whom: Outside::Committee },
        Deed::Resume => Step::Resume,
        Deed::Verify => slip.step(words()?, detail)?,
        Deed::Verified => slip.outcome(&written.words).ok_or("Cần chọn kết quả xác minh.")?,
        Deed::Apologise => Step::Apologise { appointed: day()?, words: words()? },
        Deed::Annul => Step::Annul { reason: words()?, ground: ground()? },
        Deed::AskFee => due.ask()?,
        Deed::TakeFee => fee::taken(detail)?,
        Deed::WaiveFee => due.waive()?,
        Deed::GiveBack => Step::Refunded { dong: detail.card.status.surplus },
    })
}

/// How the person asked for the result.
fn way(detail: &FilingDetail) -> ReturnWay {
    if let Some(way) = detail.card.status.chosen {
        return way;
    }
    match detail.filing.answer("return") {
        Some("truc-tiep") => ReturnWay::InPerson,
        Some("buu-chinh") => ReturnWay::Post,
        _ => ReturnWay::Electronic,
    }
}
