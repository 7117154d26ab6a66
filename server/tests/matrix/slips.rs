//! Phiếu xác minh: what is asked of the commune there, listed, answered; and the search for a commune to ask.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::act::Act;
use dossier::filing::step::{Finding, ReturnWay, Step};
use dossier::id::{CommuneCode, DossierId};
use dossier::manage::{Ask, Told, VerificationReply};
use dossier::moment::Moment;
use dossier::procedure::Agency;
use server::{clock, dice};
use sync::request::Call;

use crate::hand::Hand;
use crate::office::ask;
use crate::tenant::tenant;
use crate::world::{BEFORE, Land, PLACES, sent};

/// Every doing, with the address it goes to.
pub const DOINGS: [(&str, &str); 5] = [
    ("GET /api/v1/verifications", "list"),
    ("POST /api/v1/verifications/{dossier}", "reply"),
    ("GET /api/v1/verifications", "list the committee's"),
    ("POST /api/v1/verifications/{dossier}", "reply as the committee"),
    ("POST /api/v1/communes", "find"),
];

/// A question to the police and one to the People's Committee of each place.
pub struct Asked(Vec<(&'static str, Agency, DossierId, Moment)>);

impl Asked {
    /// Asks them.
    pub async fn settle(land: &mut Land) -> Asked {
        let mut asked = Vec::new();
        for place in PLACES {
            for agency in [Agency::Police, Agency::Committee] {
                let (dossier, at) = question(land, place, agency).await;
                asked.push((place, agency, dossier, at));
            }
        }
        Asked(asked)
    }

    /// Does it with the question of this place.
    pub async fn doing(
        &mut self,
        land: &mut Land,
        hand: &Hand,
        doing: &str,
        place: &'static str,
    ) -> &'static str {
        let agency = if doing.ends_with("committee") || doing.ends_with("committee's") {
            Agency::Committee
        } else {
            Agency::Police
        };
        let of = |(at, whose, ..): &(&str, Agency, DossierId, Moment)| (*at, *whose) == (place, agency);
        let at = self.0.iter().position(of).expect("a place");
        let (_, _, dossier, asked) = self.0[at];
        let (replies, lists) = (doing.starts_with("reply"), doing.starts_with("list"));
        let found = match doing {
            _ if lists => Ask::Verifications,
            _ if replies => {
                Ask::Reply(dossier, VerificationReply { asked, finding: Finding::Match, words: None })
            }
            _ => Ask::FindCommunes("Sin Suối Hồ".parse().expect("words")),
        };
        let verdict = put(land, hand, &found, dossier).await;
        // What was answered is answered: the next one is asked anew.
        if (replies, verdict) == (true, "ok") {
            let (dossier, asked) = question(land, place, agency).await;
            self.0[at] = (place, agency, dossier, asked);
        }
        verdict
    }
}

async fn put(land: &Land, hand: &Hand, question: &Ask, dossier: DossierId) -> &'static str {
    let call = Call::of(question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    let answer = ask(&land.test.router, request.expect("a request")).await;
    match answer.status {
        StatusCode::OK => match serde_json::from_slice(&answer.body).expect("told") {
            Told::Verifications(slips) if slips.iter().all(|slip| slip.dossier != dossier) => "hidden",
            _ => "ok",
        },
        StatusCode::NOT_FOUND => "hidden",
        StatusCode::FORBIDDEN => "refused",
        StatusCode::UNAUTHORIZED => "stranger",
        other => panic!("{other}"),
    }
}

/// A dossier of the own commune about which the commune there is asked.
async fn question(land: &mut Land, place: &str, agency: Agency) -> (DossierId, Moment) {
    let [a, b, c, d] = land.serial().to_be_bytes();
    let owner = &land.spots["own"].owner;
    let filed = owner.filing([0xf2, a, b, c, d], &tenant(&land.test));
    owner.send(&land.test, &owner.carrying([&filed])).await;
    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let commune = land.spots[place].commune;
    // The question may still name what was merged away.
    let to = if place == "merged" { BEFORE } else { commune };
    let (appointed, way) = (clock::now().day().plus(3), ReturnWay::Electronic);
    let accept = Step::Accept { heads, appointed, way, papers: Vec::new() };
    let question = "Có thường trú ở đó?".parse().expect("words");
    let verify = match agency {
        Agency::Police => Step::AskVerification { to, question },
        agency => Step::Consult { to, agency, question, until: appointed },
    };
    let (first, second) = (land.serial(), land.serial());
    let officer = &land.officers[&CommuneCode(3394)];
    let mut up = officer.hello();
    up.acts = vec![
        sent(filed.dossier, first, Act::Step(Box::new(accept))),
        sent(filed.dossier, second, Act::Step(Box::new(verify))),
    ];
    let down = officer.send(&land.test, &up).await;
    let of_it = down.recorded.iter().find(|ordered| ordered.dossier == filed.dossier);
    (filed.dossier, of_it.expect("recorded").recorded.at)
}
