//! What citizens write: a wish to see what is held about oneself, written to the commune of each place, listed, answered
//! in words or by opening it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::behalf::TrackingCode;
use dossier::manage::{Ask, Told};
use server::store::complaint;
use server::{clock, dice};
use sync::request::Call;

use crate::hand::Hand;
use crate::office::ask;
use crate::world::{BEFORE, Land, PLACES};

/// Every doing, with the address it goes to.
pub const DOINGS: [(&str, &str); 3] = [
    ("GET /api/v1/complaints", "list"),
    ("POST /api/v1/complaints/{number}", "answer"),
    ("POST /api/v1/complaints/{number}/identified", "identify"),
];

/// One of each place.
pub struct Written(Vec<(&'static str, u32, TrackingCode)>);

impl Written {
    /// Writes them.
    pub async fn settle(land: &Land) -> Written {
        let mut all = Vec::new();
        for place in PLACES {
            let (number, code) = write(land, place).await;
            all.push((place, number, code));
        }
        Written(all)
    }

    /// Does it with the one of this place.
    pub async fn doing(
        &mut self,
        land: &Land,
        hand: &Hand,
        doing: &str,
        place: &'static str,
    ) -> &'static str {
        let at = self.0.iter().position(|(of, ..)| *of == place).expect("a place");
        let (_, number, _) = self.0[at];
        let question = match doing {
            "list" => Ask::Complaints,
            "identify" => Ask::Identify(number, self.0[at].2),
            _ => Ask::AnswerComplaint(number, "Đã nhắc cán bộ trực".parse().expect("words")),
        };
        let call = Call::of(&question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
        let request = Request::builder().method(call.method).uri(&call.path);
        let request = request.header("authorization", call.authorization).body(Body::from(call.body));
        let answer = ask(&land.test.router, request.expect("a request")).await;
        let verdict = match answer.status {
            StatusCode::OK => match serde_json::from_slice(&answer.body).expect("told") {
                Told::Complaints(all) if all.iter().all(|one| one.number != number) => "hidden",
                _ => "ok",
            },
            StatusCode::NOT_FOUND => "hidden",
            StatusCode::FORBIDDEN => "refused",
            StatusCode::UNAUTHORIZED => "stranger",
            other => panic!("{other}"),
        };
        // What was answered is answered: the next one is written anew.
        if doing != "list" && verdict == "ok" {
            let (number, code) = write(land, place).await;
            self.0[at] = (place, number, code);
        }
        verdict
    }
}

/// What somebody writes to the commune of a place.
async fn write(land: &Land, place: &str) -> (u32, TrackingCode) {
    let commune = if place == "merged" { BEFORE } else { land.spots[place].commune };
    let name = "Sùng A Pó".parse().expect("a name");
    let number = "012201000217".parse().expect("a number");
    let ticket: [u8; 8] = dice::roll();
    let office = &land.test.office;
    let code = server::own_data::ask(office, &format!("{ticket:?}"), commune, (&name, number)).await;
    let all = complaint::of(office.store.readers(), [land.spots[place].commune], clock::now()).await;
    (all.expect("a list").iter().map(|row| row.id).max().expect("one"), code.expect("kept"))
}
