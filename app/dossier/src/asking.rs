//! Xin tài khoản: what a person types who is nobody to the office yet, and how far that has come.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::id::CommuneCode;
use crate::manage::{Contact, NewRequest, OpenCommune, Sim, Words};
use crate::phone::PhoneNumber;
use crate::vietnamese::fold;

/// What is typed, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDraft {
    /// Họ và tên.
    pub name: String,
    /// Số điện thoại.
    pub phone: String,
    /// Whose name its SIM is in.
    pub sim: Sim,
    /// The commune, once it is one the office knows.
    pub commune: Option<CommuneCode>,
    /// The commune as the person calls it.
    pub commune_name: String,
    /// Bản, thôn.
    pub village: String,
    /// As what they would declare.
    pub role: Option<Role>,
    /// The establishment; only an owner has one.
    pub house: String,
}

/// A question of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskField {
    /// Họ và tên.
    Name,
    /// Số điện thoại.
    Phone,
    /// Xã.
    Commune,
    /// Bản, thôn.
    Village,
    /// As what.
    Role,
    /// The establishment.
    House,
}

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskState {
    /// Being typed.
    #[default]
    Typing,
    /// Kept here; goes to the office by itself.
    Kept,
    /// At the office, which has not decided.
    Waiting,
    /// The office said no, and why.
    Refused(String),
}

/// What the page shows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// What was typed.
    pub draft: AskDraft,
    /// How far it has come.
    pub state: AskState,
    /// The communes the office serves, once it was heard.
    pub communes: Vec<OpenCommune>,
    /// It is kept, and names a commune the office does not serve: only the person can say which is meant.
    pub astray: bool,
    /// The phone's clock is too far from the office's for its word to count.
    pub clock_off: bool,
}

impl AskDraft {
    /// The questions that are not answered well enough to be sent.
    pub fn faults(&self) -> Vec<AskField> {
        let empty = |text: &str| text.parse::<Words>().is_err();
        let wrong = [
            (AskField::Name, empty(&self.name)),
            (AskField::Phone, self.phone.parse::<PhoneNumber>().is_err()),
            (AskField::Commune, self.commune.is_none() && empty(&self.commune_name)),
            (AskField::Village, empty(&self.village)),
            (AskField::Role, self.role.is_none()),
            (AskField::House, self.role == Some(Role::Owner) && empty(&self.house)),
        ];
        wrong.into_iter().filter(|(_, wrong)| *wrong).map(|(field, _)| field).collect()
    }

    /// The commune that is meant, among those the office serves; `None` when the words fit none of them, or several.
    pub fn find(&self, communes: &[OpenCommune]) -> Option<CommuneCode> {
        let known = |code: &CommuneCode| communes.iter().any(|commune| commune.code == *code);
        if let Some(code) = self.commune.filter(known) {
            return Some(code);
        }
        let wanted = bare(&self.commune_name);
        let mut same = communes.iter().filter(|commune| bare(&commune.name) == wanted);
        let found = same.next()?;
        same.next().is_none().then_some(found.code)
    }

    /// As it is sent; `None` while something is missing or the commune is not known.
    pub fn request(&self, communes: &[OpenCommune], device_name: &str) -> Option<NewRequest> {
        let words = |text: &str| text.parse::<Words>().ok();
        let role = self.role?;
        Some(NewRequest {
            name: words(&self.name)?,
            contact: Contact { phone: Some(self.phone.parse().ok()?), sim: self.sim },
            commune: self.find(communes)?,
            village: words(&self.village)?,
            role,
            house: if role == Role::Owner { Some(words(&self.house)?) } else { None },
            device_name: words(device_name)?,
            note: None,
        })
    }
}

/// A commune's name without its kind and its diacritics.
fn bare(name: &str) -> String {
    let name = fold(name);
    let kinds = ["xa ", "phuong ", "dac khu "];
    let rest = kinds.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(&name);
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commune(code: u32, name: &str) -> OpenCommune {
        OpenCommune { code: CommuneCode(code), name: name.into(), duty_phone: String::new() }
    }

    fn typed() -> AskDraft {
        AskDraft {
            name: "Hảng Thị Sú".into(),
            phone: "0987 000 111".into(),
            commune_name: "sin suoi ho".into(),
            village: "bản Sin Suối Hồ".into(),
            role: Some(Role::Household),
            ..AskDraft::default()
        }
    }

    #[test]
    fn a_commune_is_found_however_it_is_typed_and_never_guessed() {
        let communes =
            [commune(3394, "xã Sin Suối Hồ"), commune(3390, "xã Nậm Xe"), commune(1, "phường Nậm Xe")];
        assert_eq!(typed().find(&communes), Some(CommuneCode(3394)));
        let twice = AskDraft { commune_name: "Nậm Xe".into(), ..typed() };
        assert_eq!(twice.find(&communes), None);
        let picked = AskDraft { commune: Some(CommuneCode(3390)), ..twice.clone() };
        assert_eq!(picked.find(&communes), Some(CommuneCode(3390)));
        let gone = AskDraft { commune: Some(CommuneCode(9)), ..twice };
        assert_eq!(gone.find(&communes), None);
    }

    #[test]
    fn what_is_missing_is_named_and_an_owner_needs_a_house() {
        assert_eq!(typed().faults(), []);
        let owner = AskDraft { role: Some(Role::Owner), phone: "không có".into(), ..typed() };
        assert_eq!(owner.faults(), [AskField::Phone, AskField::House]);
        assert!(typed().request(&[commune(3394, "xã Sin Suối Hồ")], "máy").is_some());
        assert!(typed().request(&[], "máy").is_none());
    }
}
