//! Rows of the lists: what the office told, as six cells each, the last with a silhouette.

use dossier::access::{AccountStatus, DeviceStatus, Role};
use dossier::manage::{Adoption, Agency, CommuneFigures, DeviceLine, Merger, Person, Sim, Told, Village};
use dossier::moment::{Day, Moment};

use super::{aside, complaint, procedure, verification};
use app::parts::icon::Icon;
use app::text::{role, time};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is, for as long as the list is open.
    pub key: String,
    /// Five cells.
    pub cells: [String; 5],
    /// Tone, picture and words of its state.
    pub state: (&'static str, Icon, String),
    /// The filters it stays under.
    pub chips: Vec<&'static str>,
}

impl Line {
    /// Whether the words are found in it.
    pub fn holds(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        words.is_empty() || self.cells.iter().any(|cell| cell.to_lowercase().contains(&words))
    }
}

/// The rows of what was told.
pub fn lines(told: &Told, today: Day) -> Vec<Line> {
    match told {
        Told::People(people) => people.iter().map(|one| person(one, today)).collect(),
        Told::Villages(communes, villages) => {
            let name = |village: &Village| {
                let commune = communes.iter().find(|commune| commune.code == village.commune);
                commune.map(|commune| commune.name.clone()).unwrap_or_default()
            };
            villages.iter().map(|one| village(one, name(one), today)).collect()
        }
        Told::Devices(devices) => devices.iter().map(|one| device(one, today)).collect(),
        Told::Aside(kept) => kept.iter().map(|one| aside::line(one, today)).collect(),
        Told::Verifications(slips) => slips.iter().map(|one| verification::line(one, today)).collect(),
        Told::Complaints(all) => all.iter().map(|one| complaint::line(one, today)).collect(),
        Told::Agencies(agencies) => agencies.iter().map(agency).collect(),
        Told::Catalogue(files) => files.iter().map(|one| procedure::line(one, today)).collect(),
        Told::Figures(figures) => figures.iter().map(figure).collect(),
        Told::Requests(requests) => requests
            .iter()
            .map(|one| Line {
                key: one.number.to_string(),
                cells: [
                    one.said.name.to_string(),
                    role::label(one.said.role).to_owned(),
                    one.said.house.as_ref().map(ToString::to_string).unwrap_or_default(),
                    one.said.village.to_string(),
                    reach(&one.said.contact),
                ],
                state: ("xem", Icon::Review, time::moment(one.at, today)),
                chips: Vec::new(),
            })
            .collect(),
        Told::Mergers(mergers, unsettled) => {
            let loose = unsettled.iter().map(|one| Line {
                key: format!("ban-{}", one.id.0),
                cells: [one.name.clone(), String::new(), String::new(), String::new(), String::new()],
                state: ("xem", Icon::Review, format!("Cần chọn xã cho {}", one.name)),
                chips: Vec::new(),
            });
            loose.chain(mergers.iter().map(merger)).collect()
        }
        Told::Done
        | Told::Invited(_)
        | Told::Agreed(_)
        | Told::Counts(_)
        | Told::Houses(_)
        | Told::Codes(_)
        | Told::Found(_)
        // Counted for a period: its own page knows which.
        | Told::Statistics(..)
        | Told::Followed(_)
        | Told::Pushed { .. }
        | Told::CatalogueFile(_)
        | Told::Amended(_)
        | Told::OnlineFee(_)
        | Told::AsideParts(_) => Vec::new(),
    }
}

/// Telephone and whose SIM it is in.
pub fn reach(contact: &dossier::manage::Contact) -> String {
    let phone = contact.phone.as_ref().map(ToString::to_string).unwrap_or_default();
    match contact.sim {
        _ if phone.is_empty() => phone,
        Sim::Own => format!("{phone} · SIM chính chủ"),
        Sim::Other => format!("{phone} · SIM người khác"),
        Sim::Unknown => format!("{phone} · SIM chưa rõ"),
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = words.collect();
    all.dedup();
    all.join(", ")
}

fn person(one: &Person, today: Day) -> Line {
    let held = || one.roles.iter().filter(|held| held.until.is_none_or(|last| last >= today));
    let mut chips = Vec::new();
    let state = match one.status {
        AccountStatus::Active => ("nhan", Icon::Received, "Đang dùng".to_owned()),
        AccountStatus::Invited => {
            chips.push("cho");
            ("", Icon::Draft, "Chưa vào".to_owned())
        }
        AccountStatus::Suspended => {
            chips.push("khoa");
            ("qua", Icon::Lock, "Đang khóa".to_owned())
        }
        AccountStatus::Expired => {
            chips.push("khoa");
            ("qua", Icon::Lock, "Hết hạn".to_owned())
        }
    };
    if held().any(|held| matches!(held.role, Role::TeamMember | Role::TeamLeader)) {
        chips.push("to");
    }
    Line {
        key: one.id.0.to_string(),
        cells: [
            one.name.clone(),
            one.login.clone(),
            joined(held().map(|held| role::label(held.role).to_owned())),
            joined(held().map(|held| held.place.clone())),
            one.contact.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
        ],
        state,
        chips,
    }
}

fn last(at: Option<Moment>, today: Day) -> String {
    at.map_or_else(|| "chưa lần nào".to_owned(), |at| time::moment(at, today))
}

fn village(one: &Village, commune: String, today: Day) -> Line {
    let mut chips = Vec::new();
    let (with, at, state) = match &one.adoption {
        Some(Adoption { with_account, silent, never, last_notice }) => {
            if *never > 0 {
                chips.push("chua");
            }
            if *silent > 0 {
                chips.push("im");
            }
            let state = match (one.houses, *never, *silent) {
                (0, ..) => ("", Icon::Home, "Chưa có cơ sở".to_owned()),
                (_, 0, 0) => ("nhan", Icon::Received, "Đều khai".to_owned()),
                (_, 0, silent) => ("xem", Icon::Review, format!("{silent} im lặng")),
                (_, never, _) => ("xem", Icon::Review, format!("{never} chưa khai")),
            };
            (with_account.to_string(), last(*last_notice, today), state)
        }
        None => (String::new(), String::new(), ("", Icon::Home, String::new())),
    };
    let cells = [one.name.clone(), commune, one.houses.to_string(), with, at];
    Line { key: one.id.0.to_string(), cells, state, chips }
}

fn device(one: &DeviceLine, today: Day) -> Line {
    let mut chips = Vec::new();
    let silent = one.is_silent(today);
    if silent {
        chips.push("im");
    }
    if one.unsent > 0 {
        chips.push("chua");
    }
    let state = match one.status {
        DeviceStatus::Ok if one.this => ("nhan", Icon::Received, "Máy này".to_owned()),
        DeviceStatus::Ok if silent => ("xem", Icon::Review, "Im lặng".to_owned()),
        DeviceStatus::Ok => ("nhan", Icon::Received, "Đang dùng".to_owned()),
        DeviceStatus::Cloned => ("qua", Icon::Review, "Nghi bị sao chép".to_owned()),
        DeviceStatus::Revoked => {
            chips.push("khoa");
            ("qua", Icon::Lock, "Đã thu hồi".to_owned())
        }
    };
    let name = if one.shared { format!("{} · dùng chung", one.name) } else { one.name.clone() };
    let unsent = if one.unsent > 0 { one.unsent.to_string() } else { String::new() };
    let cells = [one.person.clone(), name, one.handle.to_string(), last(one.last_contact, today), unsent];
    Line { key: one.handle.to_string(), cells, state, chips }
}

fn agency(one: &Agency) -> Line {
    let state = if one.receive_at_once {
        ("nhan", Icon::Received, "Nhận là tiếp nhận".to_owned())
    } else {
        ("", Icon::Receipt, "Cán bộ tiếp nhận".to_owned())
    };
    Line {
        key: one.commune.to_string(),
        cells: [
            one.name.clone(),
            format!("{}, {}", one.commune_name, one.province),
            one.duty_phone.clone(),
            one.mailbox.clone(),
            one.address.clone(),
        ],
        state,
        chips: Vec::new(),
    }
}

fn figure(one: &CommuneFigures) -> Line {
    let share = match one.judged {
        0 => String::new(),
        all => format!("{}% đúng hạn", u64::from(one.in_time) * 100 / u64::from(all)),
    };
    Line {
        key: one.code.to_string(),
        cells: [
            one.name.clone(),
            one.houses.to_string(),
            one.with_account.to_string(),
            one.notices.to_string(),
            one.receipted.to_string(),
        ],
        state: ("", Icon::Receipt, share),
        chips: Vec::new(),
    }
}

fn merger(one: &Merger) -> Line {
    let old = one.parts.iter().map(|(part, name)| {
        if part.divided { format!("{name} {} (chia)", part.code) } else { format!("{name} {}", part.code) }
    });
    let state = if one.applied {
        ("nhan", Icon::Received, "Đã thực hiện".to_owned())
    } else {
        ("", Icon::Sending, "Chờ đến ngày".to_owned())
    };
    Line {
        key: one.number.to_string(),
        cells: [
            joined(old),
            one.name.clone(),
            one.code.to_string(),
            one.effective.to_string(),
            String::new(),
        ],
        state,
        chips: Vec::new(),
    }
}
