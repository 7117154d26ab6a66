//! What is asked: fields of a form, what each may hold, and when it must be filled.

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Facts};
use super::slug::FieldKey;
use crate::birth::BirthDate;
use crate::filing::FilingTrouble;
use crate::moment::Day;
use crate::name::FullName;
use crate::personal_number::PersonalNumber;
use crate::phone::PhoneNumber;
use crate::relation::Relation;
use crate::vietnamese::{compose, compose_lines};

/// One field of a form, or one column of its table of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in a filing.
    pub key: FieldKey,
    /// The form's words.
    pub label: String,
    /// One line of help; may be empty.
    pub hint: String,
    /// What it holds.
    pub kind: FieldKind,
    /// When it must be filled.
    pub need: Need,
    /// It is asked only where this holds; always, if `None`.
    pub only: Option<Condition>,
}

/// When something must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// In every filing.
    Always,
    /// In none.
    Optional,
    /// Where this holds; elsewhere it may be left out.
    When(Condition),
}

/// What a field holds. Kept in a filing as one canonical text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// Họ, chữ đệm và tên.
    FullName,
    /// Ngày, tháng, năm sinh: `1941`, `1941-03` or `1941-03-08`.
    BirthDate,
    /// Giới tính: `nam` or `nu`.
    Sex,
    /// Số định danh cá nhân: twelve digits.
    PersonalNumber,
    /// Số điện thoại.
    Phone,
    /// Thư điện tử.
    Email,
    /// A calendar day: `2026-11-25`.
    Day,
    /// One line.
    Text {
        /// Most characters.
        most: u16,
    },
    /// Several lines.
    Note {
        /// Most characters.
        most: u16,
    },
    /// Mối quan hệ với chủ hộ: the key of a [`Relation`].
    Relation,
    /// One of a few: the key of the option.
    Choice {
        /// In the order offered.
        options: Vec<Choice>,
    },
    /// An address as it is written on the paper, one line of at most [`FieldKind::PLACE`] characters.
    Place,
    /// An amount in đồng: digits.
    Money,
    /// A whole number.
    Count {
        /// The greatest.
        most: u32,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is kept.
    pub key: FieldKey,
    /// What is shown.
    pub label: String,
}

impl Need {
    /// Whether it must be there.
    pub fn holds(self, facts: &Facts<'_>, today: Day) -> bool {
        match self {
            Need::Always => true,
            Need::Optional => false,
            Need::When(condition) => condition.holds(facts, today),
        }
    }

    /// The condition it hangs on.
    pub fn condition(self) -> Option<Condition> {
        if let Need::When(condition) = self { Some(condition) } else { None }
    }
}

impl Field {
    /// Whether the form asks for it.
    pub fn is_asked(&self, facts: &Facts<'_>, today: Day) -> bool {
        self.only.is_none_or(|condition| condition.holds(facts, today))
    }

    /// Whether a filing without it has a fault.
    pub fn is_needed(&self, facts: &Facts<'_>, today: Day) -> bool {
        self.is_asked(facts, today) && self.need.holds(facts, today)
    }

    /// The words for a kept value: `nam` is Nam, a day is dd/mm/yyyy.
    pub fn shown(&self, value: &str) -> String {
        let day = |value: &str| read_day(value).ok().map(|day| day.to_string());
        let words = match &self.kind {
            FieldKind::Sex => match value {
                "nam" => Some("Nam".to_owned()),
                "nu" => Some("Nữ".to_owned()),
                _ => None,
            },
            FieldKind::BirthDate => birth(value).map(|birth| birth.to_string()),
            FieldKind::Day => day(value),
            FieldKind::PersonalNumber => value.parse().ok().map(PersonalNumber::grouped),
            FieldKind::Relation => value.parse().ok().map(|relation: Relation| relation.to_string()),
            FieldKind::Choice { options } => {
                options.iter().find(|option| option.key.as_str() == value).map(|option| option.label.clone())
            }
            _ => None,
        };
        words.unwrap_or_else(|| value.to_owned())
    }
}

impl FieldKind {
    /// Most characters of an address.
    pub const PLACE: usize = 300;
    /// Most characters of an e-mail address (RFC 5321 allows 254).
    pub const EMAIL: usize = 254;

    /// The canonical text of what was typed. `today` judges births. Nothing typed is [`FilingTrouble::Missing`].
    pub fn canonical(&self, typed: &str, today: Day) -> Result<String, FilingTrouble> {
        if compose(typed).is_empty() {
            return Err(FilingTrouble::Missing);
        }
        match self {
            FieldKind::FullName => typed.parse().map(FullName::into).map_err(FilingTrouble::Name),
            FieldKind::BirthDate => read_birth(typed, today).map(write_birth),
            FieldKind::Sex => match compose(typed).to_lowercase().as_str() {
                "nam" => Ok("nam".to_owned()),
                "nữ" | "nu" => Ok("nu".to_owned()),
                _ => Err(FilingTrouble::NotInList),
            },
            FieldKind::PersonalNumber => {
                typed.parse().map(|number: PersonalNumber| number.to_string()).map_err(FilingTrouble::Number)
            }
            FieldKind::Phone => typed
                .parse()
                .map(|phone: PhoneNumber| phone.as_str().to_owned())
                .map_err(|_| FilingTrouble::NotAPhone),
            FieldKind::Email => email(typed),
            FieldKind::Day => read_day(typed).map(write_day),
            FieldKind::Text { most } => short(compose(typed), usize::from(*most)),
            FieldKind::Note { most } => short(compose_lines(typed), usize::from(*most)),
            FieldKind::Place => short(compose(typed), FieldKind::PLACE),
            FieldKind::Relation => typed.parse().map(Relation::key).map_err(|_| FilingTrouble::NotInList),
            FieldKind::Choice { options } => {
                let typed = compose(typed);
                let chosen = options.iter().find(|option| option.key.as_str() == typed);
                chosen.map(|option| option.key.to_string()).ok_or(FilingTrouble::NotInList)
            }
            FieldKind::Money => count(typed, u32::MAX),
            FieldKind::Count { most } => count(typed, *most),
        }
    }
}

fn short(text: String, most: usize) -> Result<String, FilingTrouble> {
    if text.chars().count() > most { Err(FilingTrouble::TooLong { most }) } else { Ok(text) }
}

/// Enough to catch a slip of the finger; only a letter that arrives proves an address.
fn email(typed: &str) -> Result<String, FilingTrouble> {
    let text = short(compose(typed), FieldKind::EMAIL)?;
    let sound = text.split_once('@').is_some_and(|(name, host)| {
        let labels = host.split('.').all(|label| !label.is_empty());
        !name.is_empty() && host.contains('.') && labels && !host.contains('@') && !text.contains(' ')
    });
    if sound { Ok(text) } else { Err(FilingTrouble::NotAnEmail) }
}

/// Spaces and dots group thousands.
fn count(typed: &str, most: u32) -> Result<String, FilingTrouble> {
    let digits: String = compose(typed).chars().filter(|c| !matches!(c, ' ' | '.')).collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FilingTrouble::NotANumber);
    }
    match digits.parse::<u32>() {
        Ok(number) if number <= most => Ok(number.to_string()),
        _ => Err(FilingTrouble::TooMuch { most }),
    }
}

/// `yyyy-mm-dd`, as the browser's date control writes it.
pub fn read_day(typed: &str) -> Result<Day, FilingTrouble> {
    let typed = compose(typed);
    if typed.is_empty() {
        return Err(FilingTrouble::Missing);
    }
    let parts: Vec<&str> = typed.split('-').collect();
    let [year, month, day] = parts[..] else { return Err(FilingTrouble::NotADate) };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return Err(FilingTrouble::NotADate);
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else {
        return Err(FilingTrouble::NotADate);
    };
    Day::from_date(year, month, day).ok_or(FilingTrouble::NotADate)
}

/// `yyyy-mm-dd`.
pub fn write_day(day: Day) -> String {
    let (year, month, day) = day.date();
    format!("{year:04}-{month:02}-{day:02}")
}

/// `1941`, `1941-03`, `1941-03-08`; an empty part is not known (`1941--`), and dd/mm/yyyy is read too.
pub fn read_birth(typed: &str, today: Day) -> Result<BirthDate, FilingTrouble> {
    let typed = compose(typed);
    let parts: Vec<&str> =
        if typed.contains('/') { typed.rsplit('/').collect() } else { typed.split('-').collect() };
    let (year, month, day) = match parts[..] {
        [year] => (year, "", ""),
        [year, month] => (year, month, ""),
        [year, month, day] => (year, month, day),
        _ => return Err(FilingTrouble::NotADate),
    };
    if [year, month, day].iter().all(|part| part.trim().is_empty()) {
        return Err(FilingTrouble::Missing);
    }
    BirthDate::parse(day, month, year, today).map_err(FilingTrouble::Birth)
}

/// As much as is known: `1941-03`.
pub fn write_birth(birth: BirthDate) -> String {
    let month = birth.month().map(|month| format!("-{month:02}")).unwrap_or_default();
    let day = birth.day().map(|day| format!("-{day:02}")).unwrap_or_default();
    format!("{:04}{month}{day}", birth.year())
}

/// The birth date of a kept value, whatever today is.
pub fn birth(kept: &str) -> Option<BirthDate> {
    let mut parts = kept.split('-');
    let mut part = || parts.next().map_or(Some(0), |part| part.parse::<i64>().ok());
    let packed = part()?.clamp(0, 9_999) * 10_000 + part()?.clamp(0, 99) * 100 + part()?.clamp(0, 99);
    BirthDate::from_packed(packed).ok()
}
