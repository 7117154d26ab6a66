//! What is certain about a notice and what is only claimed, as the officer reads it. Facts, never blame.

use dossier::moment::{Day, Moment};
use dossier::view::{Detail, Happening};

use super::mark::{self, Mark};
use super::words;
use app::parts::icon::Icon;
use app::text::{behalf, time};

/// One line of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// A tick for what is proven; the phone for what it only says.
    pub icon: Icon,
    /// Proven by the office's own record.
    pub proven: bool,
    /// Its words.
    pub words: String,
}

/// The number and the time of the receipt: of the office's own record, also where the declarant's paper is not.
pub fn receipted(detail: &Detail) -> Option<(&str, Moment)> {
    let paper = detail.receipt.as_ref().map(|receipt| (receipt.number.as_str(), receipt.received_at));
    paper.or_else(|| {
        detail.timeline.iter().rev().find_map(|entry| match &entry.what {
            Happening::Receipted { number } => Some((number.as_str(), entry.at)),
            _ => None,
        })
    })
}

/// Everything that speaks about the time and the content of a notice.
pub fn evidence(detail: &Detail, today: Day) -> Vec<Fact> {
    let mut facts = Vec::new();
    let clock = |at: Moment| words::clock(at, today);
    let proven = |words| Fact { icon: Icon::Tick, proven: true, words };
    let claimed = |words| Fact { icon: Icon::Here, proven: false, words };
    match receipted(detail) {
        Some((_, at)) => facts.push(proven(format!("Cơ quan nhận lúc {}, cấp biên nhận", clock(at)))),
        None => facts.push(claimed("Chưa có biên nhận".to_owned())),
    }
    match &detail.receipt {
        Some(receipt) if receipt.current => {
            facts.push(proven("Biên nhận khớp nội dung đang hiện".to_owned()));
        }
        Some(_) => {
            let words = "Nội dung đã sửa sau biên nhận này".to_owned();
            facts.push(Fact { icon: Icon::Edit, proven: false, words });
        }
        None => {}
    }
    for entry in &detail.timeline {
        match &entry.what {
            Happening::SavedOnDevice { last_contact } => {
                if let Some(contact) = last_contact {
                    facts.push(proven(format!("Máy khai liên lạc lần cuối {}", clock(*contact))));
                }
                facts
                    .push(claimed(format!("Máy ghi {}: lời của máy, chưa chứng minh được", clock(entry.at))));
            }
            Happening::Called { .. } => {
                facts
                    .push(claimed(format!("Máy ghi {} đã gọi trực ban: đối chiếu sổ trực", clock(entry.at))));
            }
            Happening::Received { by } => {
                facts.push(proven(format!("{by} tiếp nhận lúc {}", clock(entry.at))));
            }
            Happening::Returned { by, .. } => {
                facts.push(proven(format!("{by} trả lại lúc {}", clock(entry.at))))
            }
            Happening::OnBehalf { by, basis } => {
                facts.push(claimed(format!("{by} khai thay: {}", behalf::ground(basis))));
            }
            Happening::Arrived
            | Happening::Due
            | Happening::ForeignLimit
            | Happening::Receipted { .. }
            | Happening::Supplemented
            | Happening::Withdrawn
            | Happening::Merged => {}
        }
    }
    facts
}

/// Lateness as a fact with its two times; empty when the notice was in time or has no receipt.
pub fn lateness(detail: &Detail, today: Day) -> Option<String> {
    let late = detail.card.margin.filter(|margin| *margin < 0)?;
    let (_, received) = receipted(detail)?;
    let due = detail.timeline.iter().find(|entry| entry.what == Happening::Due)?.at;
    let (due, received) = (words::clock(due, today), words::clock(received, today));
    Some(format!("Hạn {due}, nhận {received}: trễ {}.", time::span_long(late)))
}

/// The chip beside the name.
pub fn chip(detail: &Detail, today: Day) -> Mark {
    let ended = |icon, words: &str| Mark { icon, tone: "nhap", words: words.to_owned(), late: None };
    match detail.timeline.iter().rev().map(|entry| &entry.what).find(|what| ends(what)) {
        Some(Happening::Merged) if detail.card.ended => ended(Icon::Guests, "Đã ghép"),
        Some(_) if detail.card.ended => ended(Icon::Erase, "Đã rút"),
        _ => mark::of_state(&detail.card.state, detail.card.margin, today),
    }
}

fn ends(what: &Happening) -> bool {
    matches!(what, Happening::Withdrawn | Happening::Merged)
}

/// The guests as a title: the first name, and how many more.
pub fn people(detail: &Detail) -> (String, Option<String>) {
    let mut names = detail.stay.present().map(|(_, guest)| guest.name.as_str().to_owned());
    let first = names.next().unwrap_or_default();
    let more = names.count();
    (first, (more > 0).then(|| format!("và {more} người")))
}
