//! What is done inside an exchange, and how the office answers it.

use axum::http::StatusCode;
use dossier::act::{Act, Channel};
use dossier::behalf::{Authorisation, Basis, Consent, Matter, TrackingCode};
use dossier::view::Rejection;
use server::clock;
use sync::frame::down::{Down, Verdict};
use sync::frame::up::Up;
use sync::frame::{CONTENT_TYPE, Have, Scope};

use crate::hand::{Hand, act_verdict, verdict};
use crate::world::{Land, sent};

/// Doings that name a dossier in some state.
pub const ON_A_DOSSIER: [&str; 5] = ["read", "change", "withdraw", "receive", "return"];
/// Doings that begin one.
pub const BEGINNING: [&str; 2] = ["declare", "declare for"];

fn refusal(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "stranger",
        StatusCode::FORBIDDEN => "refused",
        StatusCode::GONE => "gone",
        StatusCode::CONFLICT => "copied",
        other => panic!("{other}"),
    }
}

pub fn word(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Accepted) => "ok",
        Some(Verdict::Rejected(Rejection::Forbidden)) => "refused",
        Some(Verdict::Rejected(Rejection::NoAuthorisation)) => "ungrounded",
        Some(Verdict::Rejected(Rejection::OutOfOrder)) => "late",
        other => panic!("{other:?}"),
    }
}

pub async fn post(land: &Land, hand: &Hand, up: &Up) -> Result<Down, &'static str> {
    let answer = hand.post(&land.test, up).await;
    if answer.header("content-type") != CONTENT_TYPE {
        return Err(refusal(answer.status));
    }
    Ok(Down::decode(&answer.body).expect("a frame"))
}

pub fn ground(matter: Matter) -> Act {
    let now = clock::now();
    let name = |text: &str| text.parse().expect("a name");
    let consent = Consent::Witness { name: name("Hảng A Chư"), number: None };
    let (giver, until) = (name("Giàng Thị Chẳn"), now.day());
    let given = Authorisation { giver, giver_number: None, matter, until, given_at: now, consent };
    Act::OnBehalf { basis: Box::new(Basis::Authorised(given)), tracking: TrackingCode::roll([1; 8]) }
}

/// Begins a notice for the house there, with or without a ground.
pub async fn begin(land: &mut Land, hand: &Hand, place: &str, grounded: bool) -> &'static str {
    let serial = land.serial();
    let [a, b, c, d] = serial.to_be_bytes();
    let mut notice = hand.notice_of([0xbe, a, b, c, d], "Sùng A Pó", "012201000217");
    notice.parcel.establishment = land.spots[place].house;
    let mut up = hand.carrying([&notice]);
    if grounded {
        up.acts.insert(0, sent(notice.dossier, serial, ground(Matter::StayNotice)));
    }
    match post(land, hand, &up).await {
        Ok(down) => word(verdict(&down, notice.dossier)),
        Err(refused) => refused,
    }
}

/// Does something to a dossier of the house there that stands so.
pub async fn on_dossier(
    land: &mut Land,
    hand: &Hand,
    doing: &str,
    (place, state): (&'static str, &'static str),
    touches: bool,
) -> &'static str {
    // A doing that is turned away at the door touches nothing, and a look changes nothing: these share a dossier.
    let notice = match touches && doing != "read" {
        true => land.dossier(place, state).await,
        false => land.shared(place, state).await,
    };
    let serial = land.serial();
    let (house, commune) = (land.spots[place].house, land.spots[place].commune);
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    let mut up = hand.hello();
    match doing {
        "read" => {
            let owner = land.spots[place].owner.account;
            up.have = [Scope::Establishment(house), Scope::Commune(commune), Scope::Account(owner)]
                .map(|scope| (scope, Have::default()))
                .to_vec();
            return match post(land, hand, &up).await {
                Ok(down) if down.parcels.iter().any(|parcel| parcel.dossier == notice.dossier) => "ok",
                Ok(_) => "hidden",
                Err(refused) => refused,
            };
        }
        "change" => {
            let moved = hand.moved(&notice, "9");
            up.parcels.push(moved.parcel);
            let (claimed_at, last_contact) = (clock::now(), None);
            let Act::Submit { heads, .. } = moved.submit.act else { panic!("a submission") };
            let act = Act::Submit { heads, channel: Channel::OwnPhone, claimed_at, last_contact };
            up.acts.push(sent(notice.dossier, serial, act));
        }
        "withdraw" => up.acts.push(sent(notice.dossier, serial, Act::Withdraw { claimed_at: clock::now() })),
        "receive" => up.acts.push(sent(notice.dossier, serial, Act::Receive { heads })),
        "return" => {
            up.acts.push(sent(notice.dossier, serial, Act::Return { heads, reason: "thiếu ngày đi".into() }));
        }
        other => panic!("{other}"),
    }
    match post(land, hand, &up).await {
        Ok(down) if doing == "change" => word(verdict(&down, notice.dossier)),
        Ok(down) => word(act_verdict(&down, &up.acts[0])),
        Err(refused) => refused,
    }
}
