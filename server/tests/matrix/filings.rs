//! Residence dossiers inside an exchange: filed in the own duty and for somebody else, read, and decided on.

use dossier::act::Act;
use dossier::behalf::{Matter, TrackingCode};
use dossier::filing::step::{ReturnWay, Step};
use dossier::id::DossierId;
use server::clock;
use server::routes::track;
use server::store::tracking;
use sync::frame::{Have, Scope};

use crate::exchanging::{ground, post, word};
use crate::hand::{Hand, Notice, act_verdict, verdict};
use crate::tenant::{tenant, wrong_name};
use crate::world::{Land, PLACES, sent};

/// Every doing.
pub const DOINGS: [&str; 6] = ["file", "file for", "read dossier", "decide", "read civil", "decide civil"];

/// A dossier of the police and one of the People's Committee at each place that nobody changes.
pub struct Filed(Vec<(&'static str, Notice, Notice)>);

impl Filed {
    /// Files them.
    pub async fn settle(land: &mut Land) -> Filed {
        let mut filed = Vec::new();
        for place in PLACES {
            filed.push((place, one(land, place, false).await, one(land, place, true).await));
        }
        Filed(filed)
    }

    /// Gives each of the police a slip.
    pub async fn with_slips(self, land: &Land) -> Filed {
        for (place, police, _) in &self.0 {
            let mark = track::mark(&land.test.office.keys, slip(place));
            let mut work = land.test.office.store.begin().await.expect("begun");
            tracking::insert(&mut *work, mark, police.dossier).await.expect("written");
            work.commit().await.expect("kept");
        }
        self
    }

    fn at(&self, place: &str, civil: bool) -> &Notice {
        let (_, police, committee) = self.0.iter().find(|(of, ..)| *of == place).expect("a place");
        if civil { committee } else { police }
    }

    /// Does it. Who is turned away at the door touches nothing: these share the dossiers.
    pub async fn doing(
        &self,
        land: &mut Land,
        hand: &Hand,
        (doing, place): (&str, &'static str),
        touches: bool,
    ) -> &'static str {
        match doing {
            "file" | "file for" => file(land, hand, place, doing == "file for").await,
            "read dossier" => read(land, hand, place, self.at(place, false).dossier).await,
            "read civil" => read(land, hand, place, self.at(place, true).dossier).await,
            _ if touches => {
                let fresh = one(land, place, doing == "decide civil").await;
                decide(land, hand, &fresh).await
            }
            _ => decide(land, hand, self.at(place, doing == "decide civil")).await,
        }
    }
}

/// The code of the slip of a place.
pub fn slip(place: &str) -> TrackingCode {
    let at = PLACES.iter().position(|one| *one == place).expect("a place");
    TrackingCode::roll((0xf0_u64 + at as u64).to_le_bytes())
}

fn dice(land: &mut Land) -> [u8; 5] {
    let [a, b, c, d] = land.serial().to_be_bytes();
    [0xf1, a, b, c, d]
}

async fn one(land: &mut Land, place: &str, civil: bool) -> Notice {
    let said = if civil { wrong_name(&land.test) } else { tenant(&land.test) };
    let dice = dice(land);
    let owner = &land.spots[place].owner;
    let filed = owner.filing(dice, &said);
    owner.send(&land.test, &owner.carrying([&filed])).await;
    filed
}

async fn file(land: &mut Land, hand: &Hand, place: &str, grounded: bool) -> &'static str {
    let (dice, serial) = (dice(land), land.serial());
    let mut filed = hand.filing(dice, &tenant(&land.test));
    filed.parcel.establishment = land.spots[place].house;
    let mut up = hand.carrying([&filed]);
    if grounded {
        up.acts.insert(0, sent(filed.dossier, serial, ground(Matter::Filing)));
    }
    match post(land, hand, &up).await {
        Ok(down) => word(verdict(&down, filed.dossier)),
        Err(refused) => refused,
    }
}

async fn read(land: &Land, hand: &Hand, place: &str, dossier: DossierId) -> &'static str {
    let spot = &land.spots[place];
    let scopes =
        [Scope::Establishment(spot.house), Scope::Commune(spot.commune), Scope::Account(spot.owner.account)];
    let mut up = hand.hello();
    up.have = scopes.map(|scope| (scope, Have::default())).to_vec();
    match post(land, hand, &up).await {
        Ok(down) if down.parcels.iter().any(|parcel| parcel.dossier == dossier) => "ok",
        Ok(_) => "hidden",
        Err(refused) => refused,
    }
}

async fn decide(land: &mut Land, hand: &Hand, filed: &Notice) -> &'static str {
    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let (appointed, way) = (clock::now().day().plus(3), ReturnWay::Electronic);
    let step = Step::Accept { heads, appointed, way, papers: Vec::new() };
    let serial = land.serial();
    let mut up = hand.hello();
    up.acts.push(sent(filed.dossier, serial, Act::Step(Box::new(step))));
    match post(land, hand, &up).await {
        Ok(down) => word(act_verdict(&down, &up.acts[0])),
        Err(refused) => refused,
    }
}
