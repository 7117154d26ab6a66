//! Pictures of papers: brought, asked about, shown; the forms printed of the same dossiers, and their fee over the network.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::filing::printed::Printed;
use dossier::id::DossierId;
use dossier::manage::Ask;
use server::{clock, dice};
use sync::papers::{self, Lying, Sender};
use sync::printed;
use sync::request::Call;

use crate::hand::Hand;
use crate::office::{Answer, ask};
use crate::world::{Land, PLACES};

/// Every doing, with the address it goes to.
pub const DOINGS: [(&str, &str); 6] = [
    ("POST /api/v1/papers", "bring"),
    ("POST /api/v1/papers/there", "list"),
    ("GET /api/v1/papers/{dossier}/{digest}", "show"),
    ("GET /api/v1/forms/{dossier}/{form}", "print"),
    ("GET /api/v1/fees/{dossier}", "ask about the fee"),
    ("POST /api/v1/fees/{dossier}", "pay the fee"),
];

/// A dossier at each place, whose picture its owner has brought.
pub struct Filed(Vec<(&'static str, DossierId)>);

fn picture() -> Vec<u8> {
    [&[0xff, 0xd8, 0xff][..], &[7; 500]].concat()
}

async fn put(land: &Land, hand: &Hand, make: impl FnOnce(Sender<'_>) -> Call) -> Answer {
    let handle = hand.handle.to_string();
    let call = make(Sender { handle: &handle, key: &hand.key, at: clock::now(), nonce: dice::roll() });
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", &call.authorization).body(Body::from(call.body));
    ask(&land.test.router, request.expect("a request")).await
}

fn asking(sender: Sender<'_>, ask: &Ask) -> Call {
    Call::of(ask, sender.handle, sender.key, sender.at, sender.nonce)
}

impl Filed {
    /// Files them.
    pub async fn settle(land: &Land) -> Filed {
        let mut filed = Vec::new();
        for place in PLACES {
            let owner = &land.spots[place].owner;
            let parcel = owner.papers([0xee; 5], &[&picture()]);
            let dossier = parcel.dossier;
            let mut up = owner.hello();
            up.parcels.push(parcel);
            owner.send(&land.test, &up).await;
            let brought = put(land, owner, |sender| sender.bring(dossier, &picture(), 0)).await;
            assert_eq!(brought.status, StatusCode::OK);
            filed.push((place, dossier));
        }
        Filed(filed)
    }

    /// Does it to the dossier there.
    pub async fn doing(&self, land: &Land, hand: &Hand, doing: &str, place: &str) -> &'static str {
        let (_, dossier) = self.0.iter().find(|(of, _)| *of == place).expect("a place");
        let picture = picture();
        let digest = papers::digest(&picture);
        let answer = match doing {
            "bring" => {
                put(land, hand, |sender| sender.how_far(*dossier, (digest, picture.len() as u32))).await
            }
            "print" => put(land, hand, |sender| printed::call(sender, *dossier, Printed::Ct01)).await,
            "ask about the fee" => put(land, hand, |sender| asking(sender, &Ask::OnlineFee(*dossier))).await,
            "pay the fee" => put(land, hand, |sender| asking(sender, &Ask::PayOnline(*dossier))).await,
            "list" => put(land, hand, |sender| sender.lying(&[*dossier])).await,
            _ => put(land, hand, |sender| sender.picture(*dossier, digest)).await,
        };
        match answer.status {
            StatusCode::OK if doing == "list" => {
                let lying: Vec<Lying> = serde_json::from_slice(&answer.body).expect("a list");
                if lying.is_empty() { "hidden" } else { "ok" }
            }
            StatusCode::OK => "ok",
            StatusCode::NOT_FOUND => "hidden",
            StatusCode::FORBIDDEN => "refused",
            StatusCode::UNAUTHORIZED => "stranger",
            other => panic!("{other}"),
        }
    }
}
