//! Words of residence dossiers: what is wrong in a form, what a card says, what happened.

use dossier::act::{Act, Recorded};
use dossier::filing::clock::{Clock, WaitsFor};
use dossier::filing::migrate::Change;
use dossier::filing::status::{FeeState, FilingStatus, Stage};
use dossier::filing::step::Step;
use dossier::filing::view::{Elsewhere, FilingCard, FilingState};
use dossier::filing::{FilingField, FilingTrouble};
use dossier::moment::Day;
use dossier::procedure::{FieldKey, FilingChannel, Per, Procedure, ResultForm, Span};
use dossier::view::{Link, Rejection};

use super::{StateWords, Tone, fault, paper, rejected, sending, time};
use crate::parts::icon::Icon;

/// The words of a fault.
pub fn trouble(trouble: &FilingTrouble) -> String {
    match trouble {
        FilingTrouble::Missing => "Chưa ghi chỗ này.".to_owned(),
        FilingTrouble::NotADate => "Ngày này chưa đủ. Ghi lại giúp nhé.".to_owned(),
        FilingTrouble::NotANumber => "Chỗ này chỉ ghi chữ số.".to_owned(),
        FilingTrouble::NotAPhone => "Số điện thoại chưa đủ số. Xem lại giúp nhé.".to_owned(),
        FilingTrouble::NotAnEmail => "Email cần có dạng ten@noi.vn. Không có thì để trống.".to_owned(),
        FilingTrouble::NotInList => "Chọn một trong các mục đã cho.".to_owned(),
        FilingTrouble::TooLong { most } => format!("Dài quá {most} ký tự. Ghi ngắn lại."),
        FilingTrouble::TooMuch { most } => format!("Nhiều nhất là {most}."),
        FilingTrouble::TooFew { least } => format!("Cần ít nhất {least} người."),
        FilingTrouble::Name(error) => fault::name(*error),
        FilingTrouble::Birth(error) => fault::birth(*error).to_owned(),
        FilingTrouble::Number(error) => paper::error(dossier::paper::PaperError::PersonalNumber(*error)),
        FilingTrouble::Unanswered(seen) => match seen.first().map(paper::observation) {
            Some((what, do_this)) => format!("{what} {do_this}"),
            None => "Nhìn lại giấy tờ giúp nhé.".to_owned(),
        },
        FilingTrouble::Twice => "Một số định danh được ghi cho hai người. Xem lại.".to_owned(),
        FilingTrouble::Ground(error) => super::behalf::record(*error).to_owned(),
        FilingTrouble::NoPaper => {
            "Chụp “Văn bản đồng ý riêng” ở phần Giấy tờ, hoặc chọn mang bản chính đến.".to_owned()
        }
        FilingTrouble::NoSignature => "Chưa có chữ ký. Mời người đó ký.".to_owned(),
        FilingTrouble::EndsBeforeItBegins => "Ngày cuối đứng trước ngày đầu. Sửa một trong hai.".to_owned(),
        FilingTrouble::LastsTooLong { years } => format!("Dài nhất {years} năm. Sửa ngày cuối."),
        FilingTrouble::NotAsked | FilingTrouble::NotCanonical | FilingTrouble::OtherVersion => {
            "Mẫu đã thay đổi. Mở lại tờ khai rồi xem từng phần.".to_owned()
        }
    }
}

/// What is different in a form since it was begun.
pub fn change(procedure: &Procedure, change: &Change) -> String {
    let label = |key: &FieldKey| {
        let field = procedure.field(key).or_else(|| procedure.column(key));
        field.map_or_else(|| key.to_string(), |field| field.label.clone())
    };
    let paper = |key| procedure.paper(key).map_or_else(|| key.to_string(), |paper| paper.label.clone());
    match change {
        Change::Asked { label, .. } => format!("Hỏi thêm: {label}"),
        Change::NotAsked(kept) => format!("Không hỏi nữa: {}", kept.label),
        Change::AskedAgain(at) => format!("Hỏi lại: {}", place(procedure, at)),
        Change::OtherKind { key, .. } => format!("Ghi theo cách khác, xem lại: {}", label(key)),
        Change::Reworded { from, to, .. } => format!("“{from}” nay gọi là “{to}”"),
        Change::ConsentAsked(kind) => format!("Cần thêm: {}", kind.label()),
        Change::ConsentNotAsked(kind) => format!("Không cần nữa: {}", kind.label()),
        Change::PaperAsked(key) => format!("Cần thêm giấy tờ: {}", paper(key)),
        Change::PaperNotAsked(key) => format!("Không cần nữa: {}", paper(key)),
        Change::NoPeople => "Không còn bảng những người cùng trong hồ sơ".to_owned(),
        Change::Term => format!("Thời hạn nay là {}", span(procedure.term.ordinary)),
        Change::Fee => fee(procedure, FilingChannel::Online),
        Change::Basis { to } => format!("Căn cứ mới: {to}"),
    }
}

/// The element a fault links to.
pub fn anchor(at: &FilingField) -> String {
    match at {
        FilingField::Version => "tieu-de".to_owned(),
        FilingField::Answer(key) => format!("o-{key}"),
        FilingField::Person(_, key) => format!("o-{key}"),
        FilingField::People => "nguoi".to_owned(),
        FilingField::Consent(kind) => format!("dong-y-{}", kind.slug()),
        FilingField::Paper(key) => format!("giay-{key}"),
    }
}

/// Whose place is asked about, for a list of faults.
pub fn place(procedure: &Procedure, at: &FilingField) -> String {
    match at {
        FilingField::Version => procedure.title.clone(),
        FilingField::Answer(key) => {
            procedure.field(key).map_or_else(String::new, |field| field.label.clone())
        }
        FilingField::Person(place, key) => {
            let label = procedure.column(key).map_or("", |field| field.label.as_str());
            format!("Người {}: {label}", place + 1)
        }
        FilingField::People => {
            procedure.people.as_ref().map_or_else(String::new, |people| people.title.clone())
        }
        FilingField::Consent(kind) => kind.label().to_owned(),
        FilingField::Paper(key) => procedure.paper(key).map_or_else(String::new, |paper| paper.label.clone()),
    }
}

/// The one thing a card says.
pub fn state(card: &FilingCard, link: &Link) -> StateWords {
    let (icon, tone, words) = match &card.state {
        FilingState::SavedHere => (Icon::Here, Tone::Here, "Đã lưu trên máy · chưa gửi".to_owned()),
        FilingState::Sending => (Icon::Sending, Tone::Sending, sending(&link.state)),
        FilingState::Rejected(_)
        | FilingState::NotApplied(_)
        | FilingState::Conflict
        | FilingState::Unreadable => (Icon::Review, Tone::Review, "Cần xem lại".to_owned()),
        FilingState::AtOffice { at, .. } => match &card.status.stage {
            Stage::Draft | Stage::Waiting { .. } => {
                (Icon::Receipt, Tone::Received, format!("Đã gửi · có biên nhận, {}", at.minute()))
            }
            Stage::Supplement { .. } | Stage::FeeDue | Stage::Refused { .. } | Stage::Annulled { .. } => {
                (Icon::Review, Tone::Review, card.status.word().to_owned())
            }
            _ => (Icon::Received, Tone::Received, card.status.word().to_owned()),
        },
    };
    StateWords { icon, tone, words }
}

/// Why a dossier needs a look.
pub fn review(state: &FilingState) -> Option<&'static str> {
    match state {
        FilingState::Rejected(why) | FilingState::NotApplied(why) => Some(match (state, why) {
            (_, Rejection::Invalid) => {
                "Nơi nhận thấy tờ khai chưa đủ theo mẫu. Mở ra, xem lại và nộp lần nữa."
            }
            (_, Rejection::Forbidden) => "Tài khoản này không nộp được hồ sơ ở đây. Hỏi Công an xã.",
            (_, Rejection::NoAuthorisation) => rejected(*why),
            (FilingState::NotApplied(_), _) => {
                "Hồ sơ đã thay đổi trước khi việc vừa bấm tới nơi. Xem lại rồi làm lại."
            }
            _ => "Nơi nhận chưa nhận được hồ sơ này. Máy vẫn giữ nguyên. Bấm “Sửa, bổ sung” và nộp lần nữa.",
        }),
        FilingState::Conflict => Some("Hai máy ghi khác nhau. Cả hai đều được giữ, chọn một giúp nhé."),
        FilingState::Unreadable => {
            Some("Chưa đọc lại được hồ sơ này. Không mất gì: bản lưu vẫn còn trên máy.")
        }
        FilingState::SavedHere | FilingState::Sending | FilingState::AtOffice { .. } => None,
    }
}

/// How many pictures are there; nothing where all are.
pub fn pictures((there, all): (u32, u32)) -> Option<String> {
    (there < all).then(|| format!("Ảnh giấy tờ tới nơi: {there}/{all}. Chữ đi trước, ảnh theo sau."))
}

/// How long it takes: "03 ngày làm việc".
pub fn span(span: Span) -> String {
    match span {
        Span::AtOnce => "giải quyết ngay".to_owned(),
        Span::HalfDay => "nửa ngày làm việc".to_owned(),
        Span::WorkingDays(days) => format!("{days:02} ngày làm việc"),
        Span::Days(days) => format!("{days:02} ngày"),
    }
}

/// "Lệ phí: 7.000 đồng mỗi hồ sơ", and who pays nothing by this very definition; what is not known is said.
pub fn fee(procedure: &Procedure, channel: FilingChannel) -> String {
    match procedure.fees.iter().find(|fee| fee.channel == channel) {
        None => "Lệ phí: chưa rõ, cơ quan sẽ báo.".to_owned(),
        Some(fee) if fee.dong == 0 => "Không thu lệ phí.".to_owned(),
        Some(fee) => {
            let per = if fee.per == Per::Person { "mỗi người" } else { "mỗi hồ sơ" };
            let exempt: Vec<&str> = fee.exempt.iter().map(|reason| reason.label()).collect();
            let exempt = if exempt.is_empty() {
                String::new()
            } else {
                format!(" Miễn cho: {}.", exempt.join("; "))
            };
            format!("Lệ phí: {} đồng {per}.{exempt}", dong(fee.dong))
        }
    }
}

/// 7000 is "7.000".
pub fn dong(amount: u32) -> String {
    let digits = amount.to_string();
    let first = digits.len() % 3;
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            words.push('.');
        }
        words.push(digit);
    }
    words
}

/// What is to be paid and where, was paid, or comes back. Whether the agency takes money over the network a device has to
/// ask; where the dossier has a tracking code, the page it opens tells.
pub fn owed(status: &FilingStatus, has_code: bool) -> Option<String> {
    match status.fee {
        FeeState::Due { dong: due } if status.is_with_office() => {
            let online = if has_code {
                ", hoặc trực tuyến ở trang Theo dõi hồ sơ nếu nơi này có thu"
            } else {
                ""
            };
            Some(format!("Lệ phí {} đồng: nộp tại cơ quan tiếp nhận{online}.", dong(due)))
        }
        _ if status.surplus > 0 => {
            Some(format!("Đã nộp thừa {} đồng, cơ quan sẽ hoàn.", dong(status.surplus)))
        }
        FeeState::Paid { dong: paid, .. } if status.is_with_office() => {
            Some(format!("Đã nộp lệ phí {} đồng.", dong(paid)))
        }
        _ => None,
    }
}

/// Where the term stands, for a card: "Hẹn trả 27/11", "Quá hạn 2 ngày làm việc".
pub fn term(clock: &Clock, today: Day) -> String {
    let days = if clock.working { "ngày làm việc" } else { "ngày" };
    match clock {
        Clock { ended: Some(_), overdue: 0, .. } => "Đúng hạn".to_owned(),
        Clock { ended: Some(_), overdue, .. } => format!("Trễ {overdue} {days}"),
        Clock { overdue, waits_for: WaitsFor::Verification(_), .. } if *overdue > 0 => {
            format!("Quá hạn {overdue} ngày do chờ xác minh")
        }
        Clock { overdue, .. } if *overdue > 0 => format!("Quá hạn {overdue} {days}"),
        Clock { paused: Some(since), .. } => format!("Tạm dừng tính hạn từ {since}"),
        Clock { appointed, .. } => format!("Hẹn trả {}", time::near(*appointed, today)),
    }
}

/// Whom a dossier waits for elsewhere, and until when: "Công an cấp xã trả lời trước 02/12".
pub fn asked(status: &FilingStatus, today: Day) -> Option<String> {
    let Stage::Verifying { agency, until: Some(until), .. } = &status.stage else { return None };
    let late = if *until < today { "quá hạn trả lời từ" } else { "trả lời trước" };
    Some(format!("{} {late} {}", agency.label(), time::near(*until, today)))
}

/// One entry of what happened: icon, colour, what, and more about it. Only procedures of residence have papers of that series.
pub fn happened(
    recorded: &Recorded,
    first: bool,
    procedure: &Procedure,
) -> Option<(Icon, &'static str, String, String)> {
    let by = &recorded.by.name;
    Some(match &recorded.act {
        Act::Submit { .. } if first && recorded.is_taken_in() => {
            (Icon::Receipt, "nhan", "Một cửa đã nhận hồ sơ".to_owned(), by.clone())
        }
        Act::Submit { .. } if first => {
            (Icon::Receipt, "nhan", "Nơi nhận đã nhận hồ sơ".to_owned(), String::new())
        }
        Act::Submit { .. } => {
            let how = by_code(recorded, "Đã nhận phần sửa, bổ sung");
            (Icon::Receipt, "nhan", how, String::new())
        }
        Act::Withdraw { .. } => (Icon::Review, "xem", by_code(recorded, "Công dân rút hồ sơ"), String::new()),
        Act::Step(step) => step_happened(step, by, procedure.result),
        _ => return None,
    })
}

/// Said before a dossier is begun whose agency is another commune's.
pub fn received_for(decides: &str) -> String {
    format!("Tiếp nhận thay cho {decides}")
}

/// Who received a dossier that another commune decides.
pub fn received_by(elsewhere: &Elsewhere) -> String {
    format!("Tiếp nhận tại {}", elsewhere.received)
}

/// What was done without an account says so.
fn by_code(recorded: &Recorded, what: &str) -> String {
    if recorded.by.is_by_code() { format!("{what} bằng mã theo dõi") } else { what.to_owned() }
}

fn step_happened(step: &Step, by: &str, result: ResultForm) -> (Icon, &'static str, String, String) {
    let by = by.to_owned();
    let codes = result.codes();
    let paper =
        |what: &str, code: &str| if codes.is_some() { format!("{what} ({code})") } else { what.to_owned() };
    match step {
        Step::Accept { appointed, .. } => {
            (Icon::Received, "nhan", paper("Tiếp nhận hồ sơ", "CT04"), format!("{by} · hẹn trả {appointed}"))
        }
        Step::Supplement { items, .. } => {
            let items: Vec<&str> = items.iter().map(|item| item.what.as_str()).collect();
            (Icon::Review, "xem", paper("Yêu cầu bổ sung", "CT05"), format!("{by}: {}", items.join("; ")))
        }
        Step::Supplemented { words, .. } => {
            (Icon::Received, "gui", "Đã bổ sung tại trụ sở".to_owned(), format!("{by}: {words}"))
        }
        Step::Refuse { reason, ground, .. } => {
            (Icon::Review, "qua", paper("Từ chối", "CT06"), format!("{by}: {reason} · Căn cứ: {ground}"))
        }
        Step::AskVerification { question, .. } => {
            (Icon::Sent, "gui", "Gửi phiếu xác minh".to_owned(), format!("{by}: {question}"))
        }
        Step::Consult { agency, question, until, .. } => {
            let what = format!("Hỏi {}, trả lời trước {until}", agency.label());
            (Icon::Sent, "gui", what, format!("{by}: {question}"))
        }
        Step::Verified { outcome, words } => {
            let words = if words.is_empty() { by } else { format!("{by}: {words}") };
            (Icon::Received, "gui", format!("Kết quả xác minh: {}", outcome.label()), words)
        }
        Step::Reply { finding, words, .. } => {
            let words = words.as_ref().map_or_else(|| by.clone(), |words| format!("{by}: {words}"));
            (Icon::Received, "gui", format!("Nơi được hỏi trả lời xác minh: {}", finding.label()), words)
        }
        Step::Pause { whom } => (Icon::Sent, "gui", format!("Chờ {}", whom.label()), by),
        Step::Resume => (Icon::Received, "gui", "Tiếp tục giải quyết".to_owned(), by),
        Step::FeeDue { dong: amount } => {
            (Icon::Review, "xem", format!("Yêu cầu nộp lệ phí {} đồng", dong(*amount)), by)
        }
        Step::FeePaid { dong: amount, how } => {
            (Icon::Tick, "nhan", format!("Đã nộp {} đồng", dong(*amount)), format!("{by} · {}", how.label()))
        }
        Step::Exempt { reason } => {
            (Icon::Tick, "nhan", "Miễn lệ phí".to_owned(), format!("{by}: {}", reason.label()))
        }
        Step::Decide { words, until, .. } => {
            let until = until.map(|day| format!(" · đến hết ngày {day}")).unwrap_or_default();
            (
                Icon::Received,
                "nhan",
                paper("Giải quyết", codes.unwrap_or_default()),
                format!("{by}: {words}{until}"),
            )
        }
        Step::HandOver { way } => {
            (Icon::Received, "nhan", "Trả kết quả".to_owned(), format!("{by} · {}", way.label()))
        }
        Step::Annul { reason, ground } => {
            (Icon::Review, "qua", "Hủy bỏ kết quả".to_owned(), format!("{by}: {reason} · Căn cứ: {ground}"))
        }
        Step::Transfer { .. } => (Icon::Sent, "gui", "Chuyển cơ quan".to_owned(), by),
        Step::Apologise { appointed, words } => {
            (Icon::Review, "xem", format!("Xin lỗi, hẹn lại {appointed}"), format!("{by}: {words}"))
        }
        Step::ReturnBy { way, address } => {
            let address = address.as_ref().map(|address| format!(" · {address}")).unwrap_or_default();
            (Icon::Sent, "gui", format!("Chọn cách nhận kết quả: {}", way.label()), format!("{by}{address}"))
        }
        Step::PaidOver { dong: amount } => {
            (Icon::Review, "xem", format!("Đã nộp thừa {} đồng, cần hoàn", dong(*amount)), by)
        }
        Step::Refunded { dong: amount } => {
            (Icon::Tick, "nhan", format!("Đã hoàn {} đồng", dong(*amount)), by)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_a_point() {
        assert_eq!(
            ["0", "7.000", "15.000", "1.284.000"],
            [0, 7_000, 15_000, 1_284_000].map(dong).each_ref().map(String::as_str)
        );
    }

    #[test]
    fn a_decision_is_told_with_the_paper_its_procedure_hands_out() {
        let words: dossier::filing::step::Reason = "Đồng ý".parse().expect("words");
        let decided = Step::Decide { heads: Default::default(), words, until: None };
        let told = |result| step_happened(&decided, "Lò Văn Thử", result).2;
        assert_eq!(
            [ResultForm::Ct08, ResultForm::Ct07, ResultForm::Ct03AndCt08, ResultForm::CivilExtract].map(told),
            ["Giải quyết (CT08)", "Giải quyết (CT07)", "Giải quyết (CT03, CT08)", "Giải quyết"]
        );
    }
}
