//! Two provinces, four communes, six houses, and for every role a person in every state at a device in every state.

use std::collections::BTreeMap;

use dossier::access::{AccountStatus, Area, DeviceStatus, Grant, Role};
use dossier::act::Act;
use dossier::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId, VillageId};
use dossier::manage::{NewMerger, Part};
use ed25519_dalek::SigningKey;
use server::clock;
use server::exchange::writer;
use server::store::account::{self, NewAccount};
use server::store::establishment::{self, EstablishmentRow};
use server::store::{device, grant, merger, village};
use sync::frame::up::SentAct;
use sync::frame::{ActId, Scope};

use crate::hand::{Hand, Notice};
use crate::office::{COMMUNE, TestOffice, test_office};

pub const NEXT: CommuneCode = CommuneCode(3549);
const FAR: CommuneCode = CommuneCode(4);
/// Merged into [`COMMUNE`] today.
pub const BEFORE: CommuneCode = CommuneCode(3592);

/// Where something lies, as the person sees it.
pub const PLACES: [&str; 6] = ["own", "village", "commune", "merged", "neighbour", "province"];
/// Where a dossier stands.
pub const STATES: [&str; 5] = ["draft", "submitted", "received", "returned", "withdrawn"];
/// Where an account stands.
pub const ACCOUNTS: [(&str, AccountStatus); 4] = [
    ("active", AccountStatus::Active),
    ("invited", AccountStatus::Invited),
    ("suspended", AccountStatus::Suspended),
    ("expired", AccountStatus::Expired),
];
/// Where a device stands; nobody has heard of the last one.
pub const DEVICES: [(&str, Option<DeviceStatus>); 4] = [
    ("ok", Some(DeviceStatus::Ok)),
    ("revoked", Some(DeviceStatus::Revoked)),
    ("cloned", Some(DeviceStatus::Cloned)),
    ("unknown", None),
];

/// What lies at one of [`PLACES`].
pub struct Spot {
    pub house: EstablishmentId,
    pub village: VillageId,
    pub commune: CommuneCode,
    /// The house's own owner, sound in every way.
    pub owner: Hand,
    /// The owner's lost device, once it has brought something.
    pub lost: Option<DeviceHandle>,
}

pub struct Land {
    pub test: TestOffice,
    pub spots: BTreeMap<&'static str, Spot>,
    /// An officer of each commune.
    pub officers: BTreeMap<CommuneCode, Hand>,
    /// A clerk at each one-stop desk.
    pub clerks: BTreeMap<CommuneCode, Hand>,
    /// By role, account and device.
    pub people: BTreeMap<(&'static str, &'static str, &'static str), Hand>,
    /// Dossiers nobody changes, by place and state.
    shared: BTreeMap<(&'static str, &'static str), Notice>,
    next: u32,
}

fn own_area(role: Role, spot: &Spot) -> Area {
    match role {
        role if role.fits(Area::Establishment(spot.house)) => Area::Establishment(spot.house),
        role if role.fits(Area::Village(spot.village)) => Area::Village(spot.village),
        Role::ProvincialSupervisor | Role::ProvinceOfficer => Area::Province(12),
        _ => Area::Commune(spot.commune),
    }
}

impl Land {
    pub async fn settle() -> Land {
        let test = test_office().await;
        for commune in [COMMUNE, NEXT, FAR, BEFORE] {
            test.add_commune_of(commune).await;
        }
        test.set_province(FAR, 1).await;
        tokio::spawn(writer::run(test.office.clone()));
        let mut land = Land {
            test,
            spots: BTreeMap::new(),
            officers: BTreeMap::new(),
            clerks: BTreeMap::new(),
            people: BTreeMap::new(),
            shared: BTreeMap::new(),
            next: 0,
        };
        for (place, commune, village) in [
            ("own", COMMUNE, "bản Sin Suối Hồ"),
            ("village", COMMUNE, "bản Sin Suối Hồ"),
            ("commune", COMMUNE, "bản Thèn Sin"),
            ("merged", BEFORE, "bản Chí Sáng"),
            ("neighbour", NEXT, "bản Vàng Pó"),
            ("province", FAR, "tổ 7"),
        ] {
            let spot = land.build(place, commune, village).await;
            land.spots.insert(place, spot);
        }
        land.merge().await;
        for commune in [COMMUNE, NEXT, FAR] {
            let house = land.spots["own"].house;
            let login = format!("sẵn sàng {commune}");
            let officer = land.person(&login, Role::Officer, Area::Commune(commune), commune, house).await;
            land.officers.insert(commune, officer);
            let login = format!("một cửa {commune}");
            let clerk = land.person(&login, Role::OneStopClerk, Area::Commune(commune), commune, house).await;
            land.clerks.insert(commune, clerk);
        }
        for role in Role::ALL {
            land.crowd(role).await;
        }
        land
    }

    /// The commune of before goes into the own one, with its house and its owner.
    async fn merge(&mut self) {
        let part = |code| Part { code, divided: false };
        let united = NewMerger {
            parts: [COMMUNE, BEFORE].map(part).to_vec(),
            code: COMMUNE,
            name: "xã Sin Suối Hồ".parse().expect("a name"),
            agency: "Công an xã Sin Suối Hồ".parse().expect("a name"),
            effective: clock::now().day(),
            villages: Vec::new(),
        };
        let by = self.spots["own"].owner.account;
        let mut transaction = self.test.office.store.begin().await.expect("a transaction");
        let name = |code: CommuneCode| code.to_string();
        merger::insert(&mut transaction, &united, name, by, clock::now()).await.expect("entered");
        transaction.commit().await.expect("a commit");
        let due =
            server::merger::apply_due(&self.test.office.store, clock::now()).await.expect("carried out");
        assert_eq!(due, 1);
        self.spots.get_mut("merged").expect("built").commune = COMMUNE;
    }

    async fn build(&mut self, place: &str, commune: CommuneCode, name: &str) -> Spot {
        let row = EstablishmentRow {
            id: 0,
            commune: commune.0,
            name: format!("Nhà {place}"),
            village: name.into(),
            kind: "homestay".into(),
            remote: true,
            phone: String::new(),
            address: String::new(),
        };
        let mut transaction = self.test.office.store.begin().await.expect("a transaction");
        let house = establishment::insert(&mut transaction, &row).await.expect("a house");
        let village = village::named(&mut transaction, commune, name).await.expect("a village");
        transaction.commit().await.expect("a commit");
        let area = Area::Establishment(house);
        let owner = self.person(&format!("chủ {place}"), Role::Owner, area, commune, house).await;
        Spot { house, village, commune, owner, lost: None }
    }

    /// A sound person at a sound device.
    pub async fn person(
        &mut self,
        login: &str,
        role: Role,
        area: Area,
        commune: CommuneCode,
        house: EstablishmentId,
    ) -> Hand {
        let account = self.account(login, role, area, commune, AccountStatus::Active).await;
        self.device(account, house, commune, Some(DeviceStatus::Ok)).await
    }

    async fn account(
        &self,
        login: &str,
        role: Role,
        area: Area,
        commune: CommuneCode,
        status: AccountStatus,
    ) -> AccountId {
        let now = clock::now();
        let grant = Grant { role, area, from: now.day(), until: None };
        let new = NewAccount { login, name: "Người Thử", commune, grant, by: None, at: now };
        let mut transaction = self.test.office.store.begin().await.expect("a transaction");
        let account = account::insert(&mut transaction, &new).await.expect("an account");
        if status != AccountStatus::Invited {
            account::set_password(&mut *transaction, account, b"none").await.expect("in use");
        }
        if status == AccountStatus::Suspended {
            account::set_suspended(&mut *transaction, account, true).await.expect("suspended");
        }
        if status == AccountStatus::Expired {
            let last = Some(now.day().plus(-1));
            account::set_expiry(&mut *transaction, account, last).await.expect("expired");
        }
        transaction.commit().await.expect("a commit");
        account
    }

    /// A device of an account in some state; none at all when nobody has heard of it.
    pub async fn device(
        &mut self,
        account: AccountId,
        house: EstablishmentId,
        commune: CommuneCode,
        status: Option<DeviceStatus>,
    ) -> Hand {
        self.next += 1;
        let [_, high, middle, low] = self.next.to_be_bytes();
        let handle = DeviceHandle([high, middle, low]);
        let mut seed = [0x5a; 32];
        seed[..4].copy_from_slice(&self.next.to_be_bytes());
        let key = SigningKey::from_bytes(&seed);
        if let Some(status) = status {
            let public = key.verifying_key().to_bytes();
            let mut transaction = self.test.office.store.begin().await.expect("a transaction");
            let at = clock::now();
            device::insert(&mut *transaction, handle, account, public, "máy thử", at)
                .await
                .expect("a device");
            if status != DeviceStatus::Ok {
                device::set_status(&mut *transaction, handle, status, at).await.expect("a state");
            }
            transaction.commit().await.expect("a commit");
        }
        Hand { key, handle, account, house, scope: Scope::Commune(commune) }
    }

    /// A person of this role in every state at a device in every state.
    async fn crowd(&mut self, role: Role) {
        let name = grant::role_text(role);
        let (area, house) = (own_area(role, &self.spots["own"]), self.spots["own"].house);
        for (account_name, status) in ACCOUNTS {
            let login = format!("{name} {account_name}");
            let account = self.account(&login, role, area, COMMUNE, status).await;
            for (device_name, device) in DEVICES {
                let hand = self.device(account, house, COMMUNE, device).await;
                self.people.insert((name, account_name, device_name), hand);
            }
        }
    }

    /// A dossier of the house there, filed by its owner, in this state. Its dice are fresh.
    pub async fn dossier(&mut self, place: &str, state: &str) -> Notice {
        self.next += 1;
        let [a, b, c, d] = self.next.to_be_bytes();
        let dice = [0xd0, a, b, c, d];
        let spot = &self.spots[place];
        let mut notice = spot.owner.notice_of(dice, "Sùng A Pó", "012201000217");
        let mut up = spot.owner.carrying([&notice]);
        if state == "draft" {
            up.acts.clear();
        }
        spot.owner.send(&self.test, &up).await;
        let officer = &self.officers[&spot.commune];
        let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
        let done = match state {
            "received" => Some((officer, Act::Receive { heads })),
            "returned" => Some((officer, Act::Return { heads, reason: "thiếu".into() })),
            "withdrawn" => Some((&spot.owner, Act::Withdraw { claimed_at: clock::now() })),
            _ => None,
        };
        if let Some((hand, act)) = done {
            let mut up = hand.hello();
            up.acts.push(sent(notice.dossier, self.next, act));
            hand.send(&self.test, &up).await;
        }
        notice.parcel.establishment = spot.house;
        notice
    }

    /// One that is looked at, or asked about by who is turned away.
    pub async fn shared(&mut self, place: &'static str, state: &'static str) -> Notice {
        if let Some(notice) = self.shared.get(&(place, state)) {
            return notice.clone();
        }
        let notice = self.dossier(place, state).await;
        self.shared.insert((place, state), notice.clone());
        notice
    }

    pub fn serial(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

pub fn sent(dossier: DossierId, dice: u32, act: Act) -> SentAct {
    let mut id = [0xac; 8];
    id[..4].copy_from_slice(&dice.to_be_bytes());
    SentAct { dossier, id: ActId(id), act }
}
