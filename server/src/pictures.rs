//! Pictures of papers at the office: only those a dossier names, from whoever may write it, for whoever may read it;
//! sealed under the dossier's key.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use axum::body::BodyDataStream;
use dossier::access::{Action, Locality, Principal, Resource, can};
use dossier::filing::{Filing, PaperRef};
use dossier::id::{AccountId, CommuneCode, DossierId};
use dossier::manage::Objection;
use dossier::moment::Day;
use dossier::procedure::Agency;
use futures_util::StreamExt as _;
use sync::case::History;
use sync::dice::Dice;
use sync::office::answer::Item;
use sync::papers::{Arrived, Head, MOST_PICTURES, PaperDigest, Taken, take};

use crate::error::Error;
use crate::exchange::rows::{self, KeyRing};
use crate::office::Office;
use crate::store::dossier::{self as log, Placed};
use crate::store::paper::{self, Paper};
use crate::store::{commune, establishment, follower};
use crate::{clock, dice};

pub mod unnamed;

/// A body that has not come for so long is given up.
const PATIENCE: Duration = Duration::from_secs(240);

/// What decides who may do what to a dossier's papers, and about its fee.
#[derive(Clone)]
pub struct Standing {
    place: Locality,
    /// Who files it, and who follows it.
    filers: BTreeSet<AccountId>,
    agency: Agency,
    one_stop: bool,
    /// The one-stop desk of another commune that received it.
    desk: Option<Locality>,
}

impl Standing {
    /// Whether this person may write the dossier: the rule of an exchange (`sync::office`).
    pub fn may_write(&self, person: &Principal, today: Day) -> bool {
        let at = Resource::At(self.place);
        let own = self.filers.contains(&person.account);
        can(Some(person), Action::Declare, at, today)
            || (own && can(Some(person), Action::for_another(Some(self.agency)), at, today))
            || (own && self.received_by(person, today))
    }

    /// Whether this person may take the steps of the agency that decides it.
    pub fn may_decide(&self, person: &Principal, today: Day) -> bool {
        can(Some(person), Action::deciding(self.agency), Resource::At(self.place), today)
    }

    /// Whether this person receives at the desk of another commune that took it in.
    fn received_by(&self, person: &Principal, today: Day) -> bool {
        self.desk.is_some_and(|desk| can(Some(person), Action::ReceiveElsewhere, Resource::At(desk), today))
    }

    /// The commune it lies with.
    pub fn commune(&self) -> CommuneCode {
        self.place.commune
    }

    /// Whether this person may read it: at home all that concerns the house, at a desk its own agency's.
    pub fn may_read(&self, person: &Principal, today: Day) -> bool {
        let own = person.is_in() && self.filers.contains(&person.account);
        let may = |action| can(Some(person), action, Resource::At(self.place), today);
        let here = self.one_stop && self.desk.is_none() || self.agency == Agency::Committee;
        own || may(Action::Declare)
            || may(Action::reading(self.agency))
            || (here && may(Action::Receive))
            || self.received_by(person, today)
    }
}

/// Where these dossiers stand; what is not there is left out.
pub async fn standings(
    office: &Office,
    dossiers: impl IntoIterator<Item = DossierId>,
) -> Result<Vec<(DossierId, Standing)>, Error> {
    let readers = office.store.readers();
    let placed = log::placed(readers, dossiers).await?;
    let places = establishment::places(readers, placed.iter().map(|one| one.house)).await?;
    let followers = follower::of(readers, placed.iter().map(|one| one.dossier)).await?;
    let mut desks = BTreeMap::new();
    for code in placed.iter().filter_map(|one| one.received_at).collect::<BTreeSet<_>>() {
        desks.extend(commune::find(readers, code).await?.map(|row| (code, row.place())));
    }
    let standing = |one: Placed| {
        let Placed { dossier, house, filed_by, agency, one_stop, received_at } = one;
        let desk = received_at.and_then(|code| desks.get(&code).copied());
        let followers = followers.iter().filter(|(of, _)| *of == dossier).map(|(_, account)| *account);
        let filers = followers.chain(filed_by).collect();
        Some((dossier, Standing { place: *places.get(&house)?, filers, agency, one_stop, desk }))
    };
    Ok(placed.into_iter().filter_map(standing).collect())
}

/// A residence dossier as it says now, and its key.
struct Case {
    filing: Filing,
    keys: KeyRing,
    dossier: DossierId,
    commune: CommuneCode,
}

async fn case(office: &Office, dossier: DossierId, standing: &Standing) -> Result<Option<Case>, Error> {
    let mut keys = KeyRing::new(office.keys.dossier_kek());
    let mut history = History::new();
    for row in log::story(office.store.readers(), dossier).await? {
        if let Item::Change(_, _, raw) = rows::open(&row, &mut keys)?.item {
            history.take(&raw).map_err(|_| Error::Broken("a kept change does not follow"))?;
        }
    }
    let filing = history.read().ok().and_then(|content| content.filing().cloned());
    Ok(filing.map(|filing| Case { filing, keys, dossier, commune: standing.place.commune }))
}

impl Case {
    fn names(&self, picture: &PaperDigest) -> bool {
        self.filing.papers.values().any(|page| page.digest == *picture)
    }

    fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let key = self.keys.get(self.dossier).ok_or(Error::Broken("a dossier without its key"))?;
        Ok(key.seal(bytes, &mut Dice::new(dice::roll())))
    }

    fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let key = self.keys.get(self.dossier).ok_or(Error::Broken("a dossier without its key"))?;
        key.open(sealed).map_err(|_| Error::Broken("a picture does not open"))
    }
}

/// Takes a piece in, as far as it comes. What is not named, or not this person's to write, is as unknown as what is not.
pub async fn bring(
    office: Office,
    person: Principal,
    head: Head,
    (begun, body): (Vec<u8>, BodyDataStream),
) -> Result<Arrived, Error> {
    let unknown = || Error::Managed(Objection::Unknown);
    let standing = standings(&office, [head.dossier]).await?.pop().map(|(_, standing)| standing);
    let standing = standing.filter(|standing| standing.may_write(&person, clock::now().day()));
    let standing = standing.ok_or_else(unknown)?;
    let case = case(&office, head.dossier, &standing).await?.ok_or_else(unknown)?;
    let named = |page: &&PaperRef| page.digest == head.picture && page.bytes == head.total;
    case.filing.papers.values().find(named).ok_or_else(unknown)?;
    let of: Paper = (head.dossier, head.picture);
    let readers = office.store.readers();
    let before = paper::is_whole(readers, of).await?;
    if before == Some(true) {
        return Ok(Arrived { bytes: head.total, whole: true });
    }
    let crowded = before.is_none() && paper::count(readers, head.dossier).await? >= MOST_PICTURES as u32;
    if head.total == 0 || head.total > PaperRef::MOST_BYTES || crowded {
        return Err(Error::Managed(Objection::Unfit));
    }
    // It goes on to its end when the line has dropped, and this request with it: what has come is put down.
    let work = tokio::spawn(async move { read(&office, &case, &head, begun, body).await });
    work.await.map_err(|_| Error::Broken("a picture was not taken in"))?
}

async fn read(
    office: &Office,
    case: &Case,
    head: &Head,
    mut bytes: Vec<u8>,
    mut body: BodyDataStream,
) -> Result<Arrived, Error> {
    let of: Paper = (head.dossier, head.picture);
    let place = office.arrivals.read(of).await;
    let there = paper::arrived(office.store.readers(), of).await?;
    let room = head.room();
    let coming = async {
        while there == head.from && bytes.len() < room {
            tokio::select! {
                piece = body.next() => match piece {
                    Some(Ok(piece)) => bytes.extend(piece),
                    // The end, or the line has dropped.
                    Some(Err(_)) | None => break,
                },
                () = place.wanted() => break,
            }
        }
    };
    // Whatever has come by then is put down.
    let _ = tokio::time::timeout(PATIENCE, coming).await;
    let arrived = put_down(office, case, head, &bytes).await;
    drop(place);
    arrived
}

async fn put_down(office: &Office, case: &Case, head: &Head, bytes: &[u8]) -> Result<Arrived, Error> {
    let of: Paper = (head.dossier, head.picture);
    let now = clock::now();
    let mut transaction = office.store.begin().await?;
    paper::begin(&mut *transaction, of, head.total, now).await?;
    let mut picture = Vec::new();
    for sealed in paper::pieces(&mut *transaction, of).await? {
        picture.extend(case.open(&sealed)?);
    }
    let before = picture.len();
    let taken = take(&mut picture, head, bytes);
    match taken {
        Taken::SpoiledChunk | Taken::SpoiledPicture => {
            paper::cut(&mut *transaction, of, picture.len()).await?;
        }
        Taken::More | Taken::Whole if picture.len() > before => {
            let piece = &picture[before..];
            paper::put(&mut *transaction, of, before, piece.len(), &case.seal(piece)?).await?;
        }
        Taken::More | Taken::Whole => {}
    }
    transaction.commit().await?;
    match taken {
        Taken::SpoiledPicture => Err(Error::Managed(Objection::Unfit)),
        Taken::SpoiledChunk | Taken::More => Ok(Arrived { bytes: picture.len() as u32, whole: false }),
        Taken::Whole => {
            // First the object, then the word that it is there: what a crash leaves between is made whole again.
            office.objects.put(of, case.seal(&picture)?).await.map_err(broken)?;
            let mut transaction = office.store.begin().await?;
            paper::set_whole(&mut *transaction, of, now).await?;
            paper::cut(&mut *transaction, of, 0).await?;
            transaction.commit().await?;
            office.writer.announce(case.commune);
            Ok(Arrived { bytes: head.total, whole: true })
        }
    }
}

fn broken(cause: object_store::Error) -> Error {
    tracing::error!(%cause, "an object");
    Error::Broken("the objects cannot be used")
}

/// A picture, for whoever may read its dossier.
pub async fn show(
    office: &Office,
    person: &Principal,
    (dossier, picture): (DossierId, PaperDigest),
) -> Result<Vec<u8>, Error> {
    let unknown = || Error::Managed(Objection::Unknown);
    let standing = standings(office, [dossier]).await?.pop().map(|(_, standing)| standing);
    let standing = standing.filter(|standing| standing.may_read(person, clock::now().day()));
    let standing = standing.ok_or_else(unknown)?;
    if paper::is_whole(office.store.readers(), (dossier, picture)).await? != Some(true) {
        return Err(unknown());
    }
    let case = case(office, dossier, &standing).await?.ok_or_else(unknown)?;
    let sealed = office.objects.get((dossier, picture)).await.map_err(broken)?;
    case.open(&sealed.ok_or(Error::Broken("a picture is missing from the objects"))?)
}
