//! Residence dossiers inside an exchange: filed in the own duty and for somebody else, read, and decided on.

use dossier::act::Act;
use dossier::behalf::{Matter, TrackingCode};
use dossier::filing::Filing;
use dossier::filing::step::{Reason, ReturnWay, Step};
use dossier::id::{CommuneCode, DossierId};
use server::clock;
use server::routes::track;
use server::store::tracking;
use sync::frame::{Have, Scope};

use crate::exchanging::{ground, post, word};
use crate::hand::{Hand, Notice, act_verdict, verdict};
use crate::office::{COMMUNE, TestOffice};
use crate::tenant::{record, tenant, wrong_name};
use crate::world::{Land, NEXT, PLACES, sent};

/// Every doing. To receive is the first step, with an appointment; to decide is a step nobody takes who only receives.
pub const DOINGS: [&str; 18] = [
    "file",
    "file for",
    "file civil for",
    "file province for",
    "read dossier",
    "read civil",
    "read province",
    "read taken in",
    "receive dossier",
    "receive civil",
    "receive province",
    "receive taken in",
    "decide",
    "decide civil",
    "decide province",
    "read elsewhere",
    "receive elsewhere",
    "decide elsewhere",
];

/// Whose dossier it is, and by which way it came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Police,
    Committee,
    Province,
    /// The police's, handed in at the one-stop desk.
    TakenIn,
    /// The police's, handed in at the one-stop desk of another commune of the province.
    Elsewhere,
}

const KINDS: [Kind; 5] = [Kind::Police, Kind::Committee, Kind::Province, Kind::TakenIn, Kind::Elsewhere];

impl Kind {
    fn of(doing: &str) -> Kind {
        match doing.split_once(' ').map(|(_, of)| of) {
            Some("civil" | "civil for") => Kind::Committee,
            Some("province" | "province for") => Kind::Province,
            Some("taken in") => Kind::TakenIn,
            Some("elsewhere") => Kind::Elsewhere,
            _ => Kind::Police,
        }
    }

    fn said(self, test: &TestOffice) -> Filing {
        match self {
            Kind::Police | Kind::TakenIn | Kind::Elsewhere => tenant(test),
            Kind::Committee => wrong_name(test),
            Kind::Province => record(test),
        }
    }
}

/// A dossier of each kind at each place that nobody changes.
pub struct Filed(Vec<(&'static str, Kind, Notice)>);

impl Filed {
    /// Files them.
    pub async fn settle(land: &mut Land) -> Filed {
        let mut filed = Vec::new();
        for place in PLACES {
            for kind in KINDS {
                filed.push((place, kind, one(land, place, kind).await));
            }
        }
        Filed(filed)
    }

    /// Gives each of the police a slip.
    pub async fn with_slips(self, land: &Land) -> Filed {
        for (place, _, police) in self.0.iter().filter(|(_, kind, _)| *kind == Kind::Police) {
            let mark = track::mark(&land.test.office.keys, slip(place));
            let mut work = land.test.office.store.begin().await.expect("begun");
            tracking::insert(&mut *work, mark, police.dossier).await.expect("written");
            work.commit().await.expect("kept");
        }
        self
    }

    fn at(&self, place: &str, kind: Kind) -> &Notice {
        let found = self.0.iter().find(|(at, of, _)| (*at, *of) == (place, kind));
        found.map(|(.., notice)| notice).expect("a place")
    }

    /// Does it. Who is turned away at the door touches nothing: these share the dossiers.
    pub async fn doing(
        &self,
        land: &mut Land,
        hand: &Hand,
        (doing, place): (&str, &'static str),
        touches: bool,
    ) -> &'static str {
        let kind = Kind::of(doing);
        if doing.starts_with("file") {
            return file(land, hand, place, (kind, doing != "file")).await;
        }
        if doing.starts_with("read") {
            return read(land, hand, place, self.at(place, kind).dossier).await;
        }
        let fresh = if touches { Some(one(land, place, kind).await) } else { None };
        let of = fresh.as_ref().unwrap_or_else(|| self.at(place, kind));
        step(land, hand, of, doing.starts_with("decide")).await
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

async fn one(land: &mut Land, place: &str, kind: Kind) -> Notice {
    let said = kind.said(&land.test);
    let (dice, serial) = (dice(land), land.serial());
    let spot = &land.spots[place];
    if !matches!(kind, Kind::TakenIn | Kind::Elsewhere) {
        let filed = spot.owner.filing(dice, &said);
        spot.owner.send(&land.test, &spot.owner.carrying([&filed])).await;
        return filed;
    }
    let clerk = &land.clerks[&if kind == Kind::Elsewhere { beside(spot.commune) } else { spot.commune }];
    let mut filed = clerk.filing(dice, &said);
    filed.parcel.establishment = spot.house;
    let mut up = clerk.carrying([&filed]);
    up.acts.insert(0, sent(filed.dossier, serial, ground(Matter::Filing)));
    clerk.send(&land.test, &up).await;
    filed
}

/// Whose desk received what is decided in this commune. Of the other province one commune alone is here: its own desk did.
fn beside(commune: CommuneCode) -> CommuneCode {
    match commune {
        COMMUNE => NEXT,
        NEXT => COMMUNE,
        far => far,
    }
}

async fn file(land: &mut Land, hand: &Hand, place: &str, (kind, grounded): (Kind, bool)) -> &'static str {
    let (dice, serial) = (dice(land), land.serial());
    let mut filed = hand.filing(dice, &kind.said(&land.test));
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
    let scopes = [
        Scope::Establishment(spot.house),
        Scope::Commune(spot.commune),
        Scope::Commune(beside(spot.commune)),
        Scope::Account(spot.owner.account),
    ];
    let mut up = hand.hello();
    up.have = scopes.map(|scope| (scope, Have::default())).to_vec();
    match post(land, hand, &up).await {
        Ok(down) if down.parcels.iter().any(|parcel| parcel.dossier == dossier) => "ok",
        Ok(_) => "hidden",
        Err(refused) => refused,
    }
}

async fn step(land: &mut Land, hand: &Hand, filed: &Notice, decides: bool) -> &'static str {
    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let words = || "Không đủ điều kiện".parse::<Reason>().expect("words");
    let (appointed, way) = (clock::now().day().plus(3), ReturnWay::Electronic);
    let step = match decides {
        true => Step::Refuse { heads, reason: words(), ground: words() },
        false => Step::Accept { heads, appointed, way, papers: Vec::new() },
    };
    let serial = land.serial();
    let mut up = hand.hello();
    up.acts.push(sent(filed.dossier, serial, Act::Step(Box::new(step))));
    match post(land, hand, &up).await {
        Ok(down) => word(act_verdict(&down, &up.acts[0])),
        Err(refused) => refused,
    }
}
