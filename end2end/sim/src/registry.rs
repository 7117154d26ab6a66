//! Who is who: two houses of one commune, or of two that are merged, their people and devices, and the office's keys. Invented persons only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use dossier::access::{AccountStatus, Area, DeviceStatus, Grant, Locality, Principal, Role};
use dossier::id::{AccountId, CommuneCode, DeviceHandle, EstablishmentId, VillageId};
use dossier::moment::Day;
use dossier::view::{House, Standing};
use ed25519_dalek::{SigningKey, VerifyingKey};
use sync::door::Membership;
use sync::frame::down::Facts;
use sync::office::Caller;
use sync::receipt::Keys;

/// The commune of the simulation.
pub const COMMUNE: CommuneCode = CommuneCode(3394);
/// Its neighbour, where house 2 lies until it is merged into the other.
pub const NEIGHBOUR: CommuneCode = CommuneCode(3592);
/// The private half of the office's box key.
pub const BOX: [u8; 32] = [9; 32];
/// The office's key id.
pub const KEY_ID: u32 = 1;

/// A person who uses a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// First of the family of house 1.
    Mother,
    /// Second of the same family, with an account of their own.
    Son,
    /// Owner of house 2.
    Neighbour,
    /// The commune's officer.
    Officer,
    /// The officer of its neighbour.
    OfficerThere,
    /// A member of the community team: files for house 1.
    Helper,
    /// Another one, with a tablet of their own.
    Colleague,
    /// The clerk of the neighbouring commune's one-stop desk.
    Clerk,
}

impl Person {
    /// All of them.
    pub const ALL: [Person; 8] = [
        Person::Mother,
        Person::Son,
        Person::Neighbour,
        Person::Officer,
        Person::OfficerThere,
        Person::Helper,
        Person::Colleague,
        Person::Clerk,
    ];

    /// The commune they lived in, or worked for, on the first day.
    pub fn home(self) -> CommuneCode {
        match self {
            Person::Neighbour | Person::OfficerThere | Person::Clerk => NEIGHBOUR,
            Person::Mother | Person::Son | Person::Officer | Person::Helper | Person::Colleague => COMMUNE,
        }
    }

    /// The house they declare for.
    pub fn house(self) -> Option<EstablishmentId> {
        match self {
            Person::Mother | Person::Son => Some(EstablishmentId(1)),
            Person::Neighbour => Some(EstablishmentId(2)),
            Person::Officer | Person::OfficerThere | Person::Helper | Person::Colleague | Person::Clerk => {
                None
            }
        }
    }

    /// What they are to the office.
    pub fn role(self) -> Role {
        match self {
            Person::Mother | Person::Son | Person::Neighbour => Role::Owner,
            Person::Officer | Person::OfficerThere => Role::Officer,
            Person::Helper | Person::Colleague => Role::TeamMember,
            Person::Clerk => Role::OneStopClerk,
        }
    }

    /// Whether they hand in for others, on a ground whose days the clock of their device tells.
    pub fn files_on_a_ground(self) -> bool {
        self.role().is_team() || self == Person::Clerk
    }

    fn name(self) -> &'static str {
        match self {
            Person::Mother => "Giàng Thị Mẩy",
            Person::Son => "Vàng A Páo",
            Person::Neighbour => "Lò Văn Inh",
            Person::Officer => "Chẻo Văn Sơn",
            Person::OfficerThere => "Lù Văn Tỉnh",
            Person::Helper => "Tẩn Láo San",
            Person::Colleague => "Phàn Tả Mẩy",
            Person::Clerk => "Vàng Thị Sú",
        }
    }

    /// Their account.
    pub fn account(self) -> AccountId {
        AccountId(self as u32 + 1)
    }
}

/// The office's list of devices, and its keys.
pub struct Registry {
    /// Who holds the device, and the key its frames are signed with.
    pub devices: BTreeMap<DeviceHandle, (Person, VerifyingKey)>,
    /// Whether the neighbouring commune has been merged into the other.
    pub merged: bool,
    /// Devices that were revoked.
    pub revoked: BTreeSet<DeviceHandle>,
    /// Devices of which the office has noticed that there are two.
    pub copied: BTreeSet<DeviceHandle>,
    /// The key receipts are signed with.
    pub signing: SigningKey,
    /// The keys receipts verify with.
    pub keys: Keys,
}

fn house(id: EstablishmentId) -> House {
    let name = if id.0 == 1 { "Homestay Mây" } else { "Homestay Suối" };
    House { id, name: name.to_owned(), village: "Bản Sin Suối Hồ".to_owned(), remote: true }
}

impl Registry {
    /// A registry without devices.
    pub fn new() -> Registry {
        let signing = SigningKey::from_bytes(&[7; 32]);
        let keys = vec![(KEY_ID, signing.verifying_key())];
        let (devices, revoked, copied) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Registry { devices, merged: true, revoked, copied, signing, keys }
    }

    /// What a commune is called today.
    pub fn today(&self, code: CommuneCode) -> CommuneCode {
        if self.merged { COMMUNE } else { code }
    }

    /// Where the two houses lie; no other house is known.
    pub fn place_of(&self, house: EstablishmentId) -> Option<Locality> {
        let code = if house.0 == 1 { COMMUNE } else { NEIGHBOUR };
        (1..=2).contains(&house.0).then_some(Locality {
            establishment: Some(house),
            village: Some(VillageId(house.0)),
            ..self.whole(code)
        })
    }

    /// A commune as a whole, by its name of any day.
    pub fn whole(&self, code: CommuneCode) -> Locality {
        Locality { establishment: None, village: None, commune: self.today(code), province: 12 }
    }

    /// A person as the office knows them today.
    pub fn caller(&self, person: Person) -> Caller {
        let commune = self.today(person.home());
        let area = match person {
            Person::Mother | Person::Son => Area::Establishment(EstablishmentId(1)),
            Person::Neighbour => Area::Establishment(EstablishmentId(2)),
            Person::Officer | Person::OfficerThere | Person::Clerk => Area::Commune(commune),
            Person::Helper | Person::Colleague => Area::Village(VillageId(1)),
        };
        let grant = Grant { role: person.role(), area, from: Day(0), until: None };
        let (status, device) = (AccountStatus::Active, DeviceStatus::Ok);
        let account = person.account();
        let principal = Principal { account, status, device, commune, grants: vec![grant] };
        let own = self.devices.iter().filter(|(_, (whose, _))| *whose == person);
        let others = own.map(|(handle, _)| *handle).collect();
        Caller { principal, name: person.name().to_owned(), others, holds: None, desk: String::new() }
    }

    /// Enrols a device.
    pub fn enrol(&mut self, person: Person, device_key: &str) -> Option<Membership> {
        let key = hex_bytes(device_key)?;
        let handle = DeviceHandle([0, 0, self.devices.len() as u8 + 1]);
        self.devices.insert(handle, (person, VerifyingKey::from_bytes(&key).ok()?));
        let caller = self.caller(person);
        Some(Membership {
            account: caller.principal.account,
            login: format!("may{}", person as u32),
            name: caller.name,
            role: person.role(),
            handle: handle.to_string(),
            establishment: person.house().map(house),
            commune: caller.principal.commune,
            commune_name: "xã Sin Suối Hồ".to_owned(),
            province: "tỉnh Lai Châu".to_owned(),
            agency: "Công an xã Sin Suối Hồ".to_owned(),
            duty_phone: "0213000000".to_owned(),
            standing: Standing::Queue,
            receipt_keys: self.keys.iter().map(|(id, key)| (*id, hex(key.as_bytes()))).collect(),
            box_key: box_key().to_owned(),
        })
    }

    /// What travels when a device's facts are old. The desk of another commune sees where a house lies.
    pub fn facts(&self, person: Person) -> Facts {
        let near = house(EstablishmentId(1));
        let far = person == Person::Clerk && !self.merged;
        let near = if far { near.seen_from_elsewhere("xã Sin Suối Hồ") } else { near };
        Facts {
            version: 1,
            houses: vec![near, house(EstablishmentId(2))],
            duty_phone: "0213000000".to_owned(),
            standing: Standing::Queue,
            receipt_keys: self.keys.iter().map(|(id, key)| (*id, key.to_bytes())).collect(),
        }
    }
}

/// The public half of the office's box key: the same in every world.
fn box_key() -> &'static str {
    static KEY: OnceLock<String> = OnceLock::new();
    KEY.get_or_init(|| hex(&sync::letterbox::public(&BOX)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hex_bytes(text: &str) -> Option<[u8; 32]> {
    let bytes: Option<Vec<u8>> =
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect();
    bytes?.try_into().ok()
}
