//! What is asked under `/api/v1`, and how the office answers it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::{Area, DeviceStatus, Role};
use dossier::filing::draft::FilingDraft;
use dossier::id::{AccountId, DeviceHandle};
use dossier::manage::{
    AgencyChange, Approval, Ask, Contact, HandedCodes, NewFile, NewHouse, NewMerger, NewPerson, NewRequest,
    NewRole, NewVillage, Part, PersonChange, Subscription, Told, VillageChange, Where, Words,
};
use dossier::procedure::load::SHIPPED;
use ed25519_dalek::SigningKey;
use server::push::hosts::Hosts;
use server::store::{grant, request};
use server::{clock, dice, revoked};
use sync::papers::Sender;
use sync::printed;
use sync::request::{Call, DEVICE, post};

use crate::filings;
use crate::hand::Hand;
use crate::office::ask;
use crate::tenant::{record, tenant, wrong_name};
use crate::world::Land;

/// Every doing, with the address it goes to.
pub const DOINGS: [(&str, &str); 36] = [
    ("GET /api/v1/people", "list"),
    ("POST /api/v1/people", "invite an owner"),
    ("POST /api/v1/people", "invite a helper"),
    ("POST /api/v1/people/{id}", "change"),
    ("POST /api/v1/people/{id}/roles", "give"),
    ("POST /api/v1/roles/{number}", "end"),
    ("GET /api/v1/villages", "list"),
    ("POST /api/v1/villages", "add"),
    ("POST /api/v1/villages/{id}", "rename"),
    ("GET /api/v1/establishments", "list"),
    ("POST /api/v1/establishments", "add"),
    ("POST /api/v1/establishments/{id}", "move"),
    ("GET /api/v1/devices", "list"),
    ("POST /api/v1/devices/{handle}/revoke", "revoke"),
    ("POST /api/v1/devices/{handle}/reinstate", "reinstate"),
    ("GET /api/v1/aside", "list"),
    ("GET /api/v1/aside/{number}", "look"),
    ("POST /api/v1/aside/{number}/accept", "accept"),
    ("POST /api/v1/aside/{number}/drop", "drop"),
    ("GET /api/v1/agencies", "list"),
    ("POST /api/v1/agencies/{code}", "change"),
    ("GET /api/v1/figures", "list"),
    ("GET /api/v1/statistics", "count the police's"),
    ("GET /api/v1/statistics", "count the committee's"),
    ("GET /api/v1/statistics", "count the province's"),
    ("POST /api/v1/followed", "follow"),
    ("GET /api/v1/requests", "list"),
    ("POST /api/v1/requests/{number}/approve", "approve"),
    ("POST /api/v1/requests/{number}/refuse", "refuse"),
    ("GET /api/v1/mergers", "list"),
    ("POST /api/v1/mergers", "enter"),
    ("GET /api/v1/procedures", "list"),
    ("GET /api/v1/procedures/{file}", "read"),
    ("POST /api/v1/procedures", "publish"),
    ("GET /api/v1/counts", "list"),
    ("POST /api/v1/consents", "agree"),
];

/// What a device says of itself being told by push.
pub const PUSH: [(&str, &str); 3] = [
    ("GET /api/v1/push", "look"),
    ("POST /api/v1/push", "be told"),
    ("POST /api/v1/push/end", "be told no longer"),
];

fn words(text: &str) -> Words {
    text.parse().expect("words")
}

fn role(role: Role, area: Area) -> NewRole {
    NewRole { role, area, from: None, until: None }
}

/// Asks about what lies there.
pub async fn doing(
    land: &mut Land,
    hand: &Hand,
    route: &str,
    doing: &str,
    place: &'static str,
) -> &'static str {
    let serial = land.serial();
    let question = question(land, route, doing, place, serial).await;
    let (status, told) = put(land, hand, &question).await;
    match (status, told) {
        (StatusCode::OK, Some(told)) => {
            if shows(land, &told, doing, place) {
                "ok"
            } else {
                "hidden"
            }
        }
        (StatusCode::NOT_FOUND, _) => "hidden",
        (StatusCode::FORBIDDEN, _) => "refused",
        (StatusCode::UNAUTHORIZED, _) => "stranger",
        // Entered already, by whoever had the right before.
        (StatusCode::CONFLICT, _) if doing == "enter" => "ok",
        (other, _) => panic!("{route} {doing}: {other}"),
    }
}

/// The asker's own devices.
pub async fn own(land: &Land, hand: &Hand) -> &'static str {
    verdict(put(land, hand, &Ask::OwnDevices).await.0)
}

/// Whether the asker's own device is told by push, from when, and no longer. Nothing is ever sent here.
pub async fn push(land: &Land, hand: &Hand, doing: &str) -> &'static str {
    let office = &land.test.office;
    assert!(office.pushes.open(&office.keys, "mailto:truc@vidu.vn", Hosts::known(&[])));
    let subscription = Subscription {
        endpoint: "https://fcm.googleapis.com/fcm/send/x".into(),
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
            .into(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
    };
    let question = match doing {
        "be told" => Ask::BePushed(subscription),
        "be told no longer" => Ask::EndPush,
        _ => Ask::Push,
    };
    verdict(put(land, hand, &question).await.0)
}

/// The codes that lie for the asker's own device.
pub async fn codes(land: &Land, hand: &Hand) -> &'static str {
    let said = HandedCodes { box_key: "09".repeat(32), codes: Vec::new() };
    let (handle, at) = (hand.handle.to_string(), (clock::now(), dice::roll()));
    let call = Call::signed(DEVICE, &handle, &hand.key, post("/api/v1/codes".into(), &said), at);
    verdict(send(land, call).await.0)
}

/// A declaration that was not handed in, as a draft on paper.
pub async fn draft(land: &Land, hand: &Hand) -> &'static str {
    let handle = hand.handle.to_string();
    let sender = Sender { handle: &handle, key: &hand.key, at: clock::now(), nonce: dice::roll() };
    let call = printed::draft(sender, &FilingDraft::of(&tenant(&land.test)));
    verdict(send(land, call).await.0)
}

fn verdict(status: StatusCode) -> &'static str {
    match status {
        StatusCode::OK => "ok",
        StatusCode::FORBIDDEN => "refused",
        StatusCode::UNAUTHORIZED => "stranger",
        other => panic!("{other}"),
    }
}

async fn put(land: &Land, hand: &Hand, question: &Ask) -> (StatusCode, Option<Told>) {
    send(land, Call::of(question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll())).await
}

async fn send(land: &Land, call: Call) -> (StatusCode, Option<Told>) {
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    let answer = ask(&land.test.router, request.expect("a request")).await;
    (answer.status, serde_json::from_slice(&answer.body).ok())
}

/// Whether what was told speaks of what lies there; what was done speaks for itself.
fn shows(land: &Land, told: &Told, doing: &str, place: &str) -> bool {
    let spot = &land.spots[place];
    match told {
        Told::People(people) => people.iter().any(|person| person.id == spot.owner.account),
        Told::Villages(_, villages) => villages.iter().any(|village| village.id == spot.village),
        Told::Houses(houses) => houses.iter().any(|house| house.id == spot.house),
        Told::Devices(devices) => devices.iter().any(|device| device.handle == spot.owner.handle),
        Told::Aside(kept) => kept.iter().any(|one| Some(one.handle) == spot.lost),
        Told::Agencies(agencies) => agencies.iter().any(|agency| agency.commune == spot.commune),
        Told::Statistics(figures, _) => {
            let of = match doing {
                "count the police's" => tenant(&land.test),
                "count the committee's" => wrong_name(&land.test),
                _ => record(&land.test),
            };
            figures.iter().any(|one| one.commune == spot.commune && one.procedure == of.version.procedure)
        }
        Told::Figures(figures) => figures.iter().any(|figure| figure.code == spot.commune),
        Told::Requests(requests) => requests.iter().any(|one| one.said.commune == spot.commune),
        Told::AsideParts(parts) => parts.iter().any(|part| !part.lines.is_empty()),
        Told::Done
        | Told::Followed(_)
        | Told::Pushed { .. }
        | Told::OnlineFee(_)
        | Told::Verifications(_)
        | Told::Complaints(_)
        | Told::Found(_)
        | Told::Invited(_)
        | Told::Agreed(_)
        | Told::Counts(_)
        | Told::Codes(_)
        | Told::Catalogue(_)
        | Told::CatalogueFile(_)
        | Told::Amended(_)
        | Told::Mergers(..) => true,
    }
}

async fn question(land: &mut Land, route: &str, doing: &str, place: &'static str, serial: u32) -> Ask {
    let (house, village, commune) = {
        let spot = &land.spots[place];
        (spot.house, spot.village, spot.commune)
    };
    let owner = land.spots[place].owner.account;
    let login = format!("moi{serial}").parse().expect("a login");
    let of_house = role(Role::Owner, Area::Establishment(house));
    match (route, doing) {
        ("GET /api/v1/people", _) => Ask::People(None),
        (_, "invite an owner") => Ask::Invite(NewPerson {
            login,
            name: words("Người Mới"),
            contact: Contact::default(),
            role: of_house,
        }),
        (_, "invite a helper") => {
            let role = role(Role::TeamMember, Area::Village(village));
            Ask::Invite(NewPerson { login, name: words("Người Mới"), contact: Contact::default(), role })
        }
        ("POST /api/v1/people/{id}", _) => Ask::ChangePerson(owner, PersonChange::Reach(Contact::default())),
        (_, "give") => Ask::Give(owner, of_house),
        (_, "end") => Ask::End(lent(land, owner, of_house.area).await, clock::now().day()),
        ("GET /api/v1/villages", _) => Ask::Villages(None),
        ("POST /api/v1/villages", _) => {
            Ask::AddVillage(NewVillage { commune, name: words(&format!("bản mới {serial}")) })
        }
        (_, "rename") => {
            Ask::ChangeVillage(village, VillageChange::Rename(words(&format!("bản tên {serial}"))))
        }
        ("GET /api/v1/establishments", _) => Ask::Houses(None),
        ("POST /api/v1/establishments", _) => Ask::AddHouse(NewHouse {
            village,
            name: words(&format!("Nhà mới {serial}")),
            kind: words("homestay"),
            phone: None,
            address: None,
        }),
        (_, "move") => Ask::MoveHouse(house, village),
        ("GET /api/v1/devices", _) => Ask::Devices(None),
        (_, "reinstate") => {
            Ask::Reinstate(land.device(owner, house, commune, Some(DeviceStatus::Cloned)).await.handle)
        }
        ("GET /api/v1/aside", _) => {
            if land.spots[place].lost.is_none() {
                let number = aside(land, place).await;
                let lost = handle_of(land, number).await;
                if let Some(spot) = land.spots.get_mut(place) {
                    spot.lost = Some(lost);
                }
            }
            Ask::Aside
        }
        (_, "look") => Ask::LookAside(aside(land, place).await),
        (_, "accept") => Ask::TakeAside(aside(land, place).await),
        (_, "drop") => Ask::DropAside(aside(land, place).await, words("không rõ ai gửi")),
        (_, "revoke") => Ask::Revoke(land.device(owner, house, commune, Some(DeviceStatus::Ok)).await.handle),
        ("GET /api/v1/agencies", _) => Ask::Agencies,
        ("POST /api/v1/agencies/{code}", _) => Ask::ChangeAgency(
            commune,
            AgencyChange {
                address: None,
                duty_phone: "0213 000 113".parse().expect("a phone"),
                mailbox: None,
                channels: None,
                standing: None,
                receive_at_once: false,
            },
        ),
        ("GET /api/v1/figures", _) => Ask::Figures,
        ("GET /api/v1/statistics", _) => Ask::Statistics,
        (_, "follow") => Ask::Follow(filings::slip(place)),
        ("GET /api/v1/requests", _) => {
            waiting(land, place, serial).await;
            Ask::Requests
        }
        (_, "approve") => {
            let number = waiting(land, place, serial).await;
            Ask::Approve(number, Approval { login, role: Role::Owner, at: Where::House(house), until: None })
        }
        ("GET /api/v1/mergers", _) => Ask::Mergers,
        (_, "enter") => Ask::Merge(NewMerger {
            parts: vec![Part { code: commune, divided: false }],
            code: commune,
            name: words("xã mai sau"),
            agency: words("Công an xã mai sau"),
            effective: clock::now().day().plus(400),
            villages: Vec::new(),
        }),
        ("GET /api/v1/procedures", _) => Ask::Catalogue,
        (_, "read") => Ask::CatalogueFile("seal-registration.toml".parse().expect("a name")),
        (_, "publish") => {
            let file = "seal-registration.toml";
            let shipped = SHIPPED.iter().find(|(name, _)| *name == file).expect("a shipped one");
            let (name, text) = (file.parse().expect("a name"), shipped.1.to_owned());
            Ask::Amend(NewFile { name, text, publish: true })
        }
        ("GET /api/v1/counts", _) => Ask::Counts,
        (_, "agree") => Ask::Agree(house),
        (_, "refuse") => Ask::Refuse(waiting(land, place, serial).await, words("chưa rõ là ai")),
        other => panic!("{other:?}"),
    }
}

/// A second role of the house's owner, to be ended.
async fn lent(land: &Land, owner: AccountId, area: Area) -> u32 {
    let given = dossier::access::Grant { role: Role::Owner, area, from: clock::now().day(), until: None };
    let mut transaction = land.test.office.store.begin().await.expect("a transaction");
    let number = grant::insert(&mut *transaction, owner, &given, None, clock::now()).await.expect("a role");
    transaction.commit().await.expect("a commit");
    number
}

/// What a revoked device of the house's owner brought.
async fn aside(land: &mut Land, place: &'static str) -> u32 {
    let (owner, house, commune) = {
        let spot = &land.spots[place];
        (spot.owner.account, spot.house, spot.commune)
    };
    let lost = land.device(owner, house, commune, Some(DeviceStatus::Revoked)).await;
    let up = lost.carrying([&lost.notice(1, "Sùng A Pó", "012201000217")]);
    let frame = up.encode(&lost.key);
    revoked::keep(&land.test.office, lost.handle, &frame, Some(&up), false).await.expect("kept");
    let sql = "select max(id) from quarantine where device = ?";
    let read = sqlx::query_scalar(sql).bind(&lost.handle.0[..]).fetch_one(land.test.office.store.readers());
    read.await.expect("its number")
}

async fn handle_of(land: &Land, number: u32) -> DeviceHandle {
    let row = server::store::revoked::find(land.test.office.store.readers(), number).await.expect("a read");
    DeviceHandle(row.expect("it waits").device.try_into().expect("three bytes"))
}

/// Somebody there who waits for an account.
async fn waiting(land: &mut Land, place: &str, serial: u32) -> u32 {
    let said = NewRequest {
        name: words("Người Xin"),
        contact: Contact::default(),
        commune: land.spots[place].commune,
        village: words("bản nào đó"),
        role: Role::Owner,
        house: None,
        device_name: words("máy"),
        note: None,
    };
    // A real key: an approval makes a device of it.
    let mut seed = [7; 32];
    seed[..4].copy_from_slice(&serial.to_be_bytes());
    let key = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
    let [_, high, middle, low] = (serial | 0x80_0000).to_be_bytes();
    let mut transaction = land.test.office.store.begin().await.expect("a transaction");
    let handle = DeviceHandle([high, middle, low]);
    request::put(&mut *transaction, handle, key, &said, clock::now()).await.expect("a request");
    transaction.commit().await.expect("a commit");
    let sql = "select id from account_request where public_key = ?";
    let read = sqlx::query_scalar(sql).bind(&key[..]).fetch_one(land.test.office.store.readers());
    read.await.expect("its number")
}
