//! Who is who: two houses of one commune, their people and devices, and the office's keys. Invented persons only.

use std::collections::BTreeMap;

use dossier::access::{AccountStatus, Area, DeviceStatus, Grant, Place, Principal, Role};
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
/// The private half of the office's box key.
pub const BOX: [u8; 32] = [9; 32];
/// The office's key id.
pub const KEY_ID: u32 = 1;

/// Where the two houses lie; no other house is known.
pub fn place_of(house: EstablishmentId) -> Option<Place> {
    let village = Some(VillageId(1));
    (1..=2).contains(&house.0).then_some(Place {
        establishment: Some(house),
        village,
        commune: COMMUNE,
        province: 12,
    })
}

/// The commune as a whole.
pub const WHOLE: Place = Place { establishment: None, village: None, commune: COMMUNE, province: 12 };

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
}

impl Person {
    /// The house they declare for.
    pub fn house(self) -> Option<EstablishmentId> {
        match self {
            Person::Mother | Person::Son => Some(EstablishmentId(1)),
            Person::Neighbour => Some(EstablishmentId(2)),
            Person::Officer => None,
        }
    }

    /// What they are to the office.
    pub fn role(self) -> Role {
        if self == Person::Officer { Role::Officer } else { Role::Owner }
    }

    fn name(self) -> &'static str {
        match self {
            Person::Mother => "Giàng Thị Mẩy",
            Person::Son => "Vàng A Páo",
            Person::Neighbour => "Lò Văn Inh",
            Person::Officer => "Chẻo Văn Sơn",
        }
    }

    /// As the office knows them.
    pub fn caller(self) -> Caller {
        let account = AccountId(self as u32 + 1);
        let area = self.house().map_or(Area::Commune(COMMUNE), Area::Establishment);
        let grant = Grant { role: self.role(), area, from: Day(0), until: None };
        let (status, device) = (AccountStatus::Active, DeviceStatus::Ok);
        let principal = Principal { account, status, device, commune: COMMUNE, grants: vec![grant] };
        Caller { principal, name: self.name().to_owned(), others: Vec::new() }
    }
}

/// The office's list of devices, and its keys.
pub struct Registry {
    /// Who holds the device, and the key its frames are signed with.
    pub devices: BTreeMap<DeviceHandle, (Person, VerifyingKey)>,
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
        Registry { devices: BTreeMap::new(), signing, keys }
    }

    /// Enrols a device.
    pub fn enrol(&mut self, person: Person, device_key: &str) -> Option<Membership> {
        let key = hex_bytes(device_key)?;
        let handle = DeviceHandle([0, 0, self.devices.len() as u8 + 1]);
        self.devices.insert(handle, (person, VerifyingKey::from_bytes(&key).ok()?));
        let caller = person.caller();
        Some(Membership {
            account: caller.principal.account,
            login: format!("may{}", person as u32),
            name: caller.name,
            role: person.role(),
            handle: handle.to_string(),
            establishment: person.house().map(house),
            commune: COMMUNE,
            commune_name: "xã Sin Suối Hồ".to_owned(),
            province: "tỉnh Lai Châu".to_owned(),
            agency: "Công an xã Sin Suối Hồ".to_owned(),
            duty_phone: "0213000000".to_owned(),
            standing: Standing::Queue,
            receipt_keys: self.keys.iter().map(|(id, key)| (*id, hex(key.as_bytes()))).collect(),
            box_key: hex(&sync::letterbox::public(&BOX)),
        })
    }

    /// What travels when a device's facts are old.
    pub fn facts(&self) -> Facts {
        Facts {
            version: 1,
            houses: vec![house(EstablishmentId(1)), house(EstablishmentId(2))],
            duty_phone: "0213000000".to_owned(),
            standing: Standing::Queue,
            receipt_keys: self.keys.iter().map(|(id, key)| (*id, key.to_bytes())).collect(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hex_bytes(text: &str) -> Option<[u8; 32]> {
    let bytes: Option<Vec<u8>> =
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect();
    bytes?.try_into().ok()
}
