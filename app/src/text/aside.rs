//! What was kept aside, in words: what a dossier says, label by label, and what was done with it.

use dossier::act::Act;
use dossier::content::Content;
use dossier::filing::Filing;
use dossier::procedure::{Procedure, pinned};
use dossier::stay::{Guest, Stay};

use super::behalf;

/// Everything that is told of one dossier, in the order it is read.
pub fn lines(
    known: bool,
    whose: String,
    deeds: Vec<String>,
    said: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let what = if known { "sửa hồ sơ nơi nhận đã có" } else { "hồ sơ mới" };
    let unread =
        said.is_empty().then_some(("Nội dung", "chưa đọc được: nối tiếp một phần chưa có ở đây".to_owned()));
    let mut lines = vec![("Là", what.to_owned()), ("Của", whose), ("Việc", deeds.join("; "))];
    lines.extend(unread);
    let facts = lines.into_iter().map(|(label, value)| (label.to_owned(), value));
    facts.filter(|(_, value)| !value.is_empty()).chain(said).collect()
}

/// What it is, and what it says.
pub fn said(content: &Content, procedures: &[Procedure]) -> (String, Vec<(String, String)>) {
    match content {
        Content::Stay(stay) => ("Thông báo lưu trú".to_owned(), of_stay(stay)),
        Content::Filing(filing) => match pinned(procedures, &filing.version) {
            Some(procedure) => (procedure.title.clone(), of_filing(filing, procedure)),
            None => (filing.version.procedure.to_string(), Vec::new()),
        },
    }
}

fn of_stay(stay: &Stay) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> =
        stay.present().map(|(_, guest)| ("Khách".to_owned(), of_guest(guest))).collect();
    let reason = stay.reason.label();
    let reason =
        [reason, &stay.reason_text].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>();
    lines.push(("Đến".to_owned(), stay.arrive.to_string()));
    lines.push((
        "Đi".to_owned(),
        stay.left.map_or_else(|| format!("dự kiến {}", stay.leave), |left| format!("đã đi {left}")),
    ));
    lines.push(("Phòng".to_owned(), stay.room.clone()));
    lines.push(("Lý do".to_owned(), reason.join(": ")));
    lines.push(("Ghi chú".to_owned(), stay.note.clone()));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

fn of_guest(guest: &Guest) -> String {
    let paper = format!("{} {}", guest.paper.kind().label(), guest.paper.grouped());
    let parts = [
        guest.name.to_string(),
        guest.birth.to_string(),
        guest.sex.label().to_owned(),
        guest.nationality.vi_name().to_owned(),
        paper,
        guest.phone.clone(),
        guest.home.clone(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn of_filing(filing: &Filing, procedure: &Procedure) -> Vec<(String, String)> {
    let fields = procedure.fields.iter().filter_map(|field| {
        let value = filing.answers.get(&field.key)?;
        Some((field.label.clone(), field.shown(value)))
    });
    let columns = procedure.people.as_ref().map(|people| people.columns.as_slice()).unwrap_or_default();
    let people = filing.present().map(|(_, row)| {
        let said = columns.iter().filter_map(|column| Some(column.shown(row.get(&column.key)?)));
        ("Người cùng hồ sơ".to_owned(), said.collect::<Vec<_>>().join(" · "))
    });
    let pages = filing.papers.len();
    let papers = (pages > 0).then(|| ("Ảnh giấy tờ".to_owned(), format!("{pages} trang")));
    fields.chain(people).chain(papers).collect()
}

/// What was done, and when by the device's own clock where it says.
pub fn deed(act: &Act) -> String {
    match act {
        Act::Submit { claimed_at, .. } => format!("nộp, máy ghi {claimed_at}"),
        Act::OnBehalf { basis, .. } => format!("khai thay: {}", behalf::ground(basis)),
        Act::Withdraw { claimed_at } => format!("rút thông báo, máy ghi {claimed_at}"),
        Act::Call { claimed_at, .. } => format!("ghi cuộc gọi trực ban, máy ghi {claimed_at}"),
        Act::Settle { .. } => "trả lời về hai thông báo giống nhau".to_owned(),
        Act::Receive { .. } => "tiếp nhận".to_owned(),
        Act::Return { reason, .. } => format!("trả lại: {reason}"),
        Act::Step(_) => "một bước xử lý hồ sơ".to_owned(),
        Act::ReceivedAt { desk, .. } => format!("tiếp nhận tại {desk}"),
    }
}
