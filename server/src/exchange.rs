//! The exchange: frames are judged by `sync::office`, kept by one writer, answered after the commit.

pub mod rows;
pub mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dossier::access::{Action, Resource, Role, can};
use dossier::id::{DossierId, EstablishmentId};
use dossier::moment::Moment;
use sha2::{Digest, Sha256};
use sync::case::History;
use sync::frame::down::Facts;
use sync::frame::up::Up;
use sync::frame::{Have, Scope};
use sync::office::answer::{Answer, Item, Missing, Row, unmet};
use sync::office::{Caller, Judged};
use sync::receipt::Epoch;

use crate::error::Error;
use crate::office::Office;
use crate::store::device::KnownDevice;
use crate::store::dossier::{self as log, Stretch};
use crate::store::establishment;

/// Rows read for one answer at most; beyond that the device fetches its log oldest first, slice by slice.
const MOST_ROWS: u32 = 20_000;

/// Judges a frame, keeps what it brings, and makes the bytes of the answer.
pub async fn exchange(office: &Office, device: KnownDevice, up: Up) -> Result<Vec<u8>, Error> {
    let caller = device.caller();
    // A device that speaks to the office of before a restore hears of it first, and offers everything again.
    let stranger = up.epoch != Epoch(office.epoch.dice) && up.epoch != Epoch::default();
    let up = Arc::new(up);
    let silent = stranger || up.parcels.is_empty() && up.acts.is_empty() && up.receipts.is_empty();
    let (judged, issued, now) = if silent {
        (Judged::default(), None, crate::clock::now())
    } else {
        let kept = office.writer.keep(caller.clone(), Arc::clone(&up)).await?;
        (kept.judged, kept.issued, kept.now)
    };
    let facts = facts(office, device).await?;
    let missing = if stranger { Vec::new() } else { missing(office, &caller, &up).await? };
    let histories = histories(office, unmet(&missing), |_| true).await?;
    let answer = Answer {
        epoch: Epoch(office.epoch.dice),
        now,
        role: caller.principal.role,
        up: &up,
        judged,
        issued,
        missing,
        facts: (facts.version != up.facts).then_some(facts),
        histories,
    };
    Ok(answer.encode())
}

/// What the office has of these dossiers, as far as their houses may be looked into.
pub async fn histories(
    office: &Office,
    dossiers: impl IntoIterator<Item = DossierId>,
    house: impl Fn(EstablishmentId) -> bool,
) -> Result<BTreeMap<DossierId, History>, Error> {
    let mut keys = rows::KeyRing::new(office.keys.dossier_kek());
    let mut histories = BTreeMap::new();
    for dossier in dossiers {
        let mut history = History::new();
        for row in log::story(office.store.readers(), dossier).await? {
            let row = rows::open(&row, &mut keys)?;
            if let (Item::Change(_, _, raw), true) = (row.item, house(row.establishment)) {
                history.take(&raw).map_err(|_| Error::Broken("a kept change does not follow"))?;
            }
        }
        histories.insert(dossier, history);
    }
    Ok(histories)
}

/// What the device lacks of each scope it asks for and may see.
async fn missing(office: &Office, caller: &Caller, up: &Up) -> Result<Vec<Missing>, Error> {
    let mut all = Vec::new();
    let mut read = BTreeSet::new();
    for (scope, have) in &up.have {
        // A scope named a thousand times is read once.
        if may_read(caller, *scope) && read.insert(*scope) {
            // Another epoch's numbers say nothing about this log.
            let have = if up.epoch.0 == office.epoch.dice { *have } else { Have::default() };
            all.push(stretch(office, *scope, have).await?);
        }
    }
    Ok(all)
}

fn may_read(caller: &Caller, scope: Scope) -> bool {
    let person = &caller.principal;
    let resource = match scope {
        Scope::Establishment(id) => Resource::Establishment { id, commune: person.commune },
        Scope::Commune(commune) => Resource::Commune(commune),
    };
    // An officer's scope is the commune; an establishment named by an officer could be another commune's.
    let own = matches!(scope, Scope::Commune(_)) || person.role == Role::Owner;
    own && can(Some(person), Action::ReadNotice, resource)
}

async fn stretch(office: &Office, scope: Scope, have: Have) -> Result<Missing, Error> {
    let readers = office.store.readers();
    let top = log::top(readers).await?;
    // A device that has seen more than there is has seen another life of this log.
    let have = if have.low > top || have.to > top { Have::default() } else { have };
    let below = Stretch { scope, after: have.low, to: have.from.max(have.low), most: MOST_ROWS + 1 };
    let above = Stretch { scope, after: have.to.max(have.low), to: top, most: MOST_ROWS + 1 };
    let mut sealed = if have.is_whole() { Vec::new() } else { log::rows(readers, below).await? };
    sealed.extend(log::rows(readers, above).await?);
    let whole = sealed.len() <= MOST_ROWS as usize;
    if !whole {
        // Too much for one answer: the hole is forgotten and the log read from its beginning.
        let oldest = Stretch { scope, after: have.low, to: top, most: MOST_ROWS };
        sealed = log::rows(readers, oldest).await?;
    }
    let mut keys = rows::KeyRing::new(office.keys.dossier_kek());
    let rows: Vec<Row> = sealed.iter().map(|row| rows::open(row, &mut keys)).collect::<Result<_, _>>()?;
    Ok(Missing { scope, have, top, rows, whole })
}

/// What the account's devices show of the commune and its houses.
async fn facts(office: &Office, device: KnownDevice) -> Result<Facts, Error> {
    let houses = match device.principal.role {
        Role::Owner => device.house.into_iter().collect(),
        Role::Officer => {
            let rows = establishment::list(office.store.readers(), device.principal.commune).await?;
            rows.into_iter().map(|row| row.house()).collect()
        }
        Role::Administrator => Vec::new(),
    };
    let keys = office.keys.receipt_verifying();
    let mut facts = Facts {
        version: 0,
        houses,
        standing: device.standing.unwrap_or(office.standing),
        duty_phone: device.duty_phone,
        receipt_keys: keys.iter().map(|(id, key)| (*id, key.to_bytes())).collect(),
    };
    facts.version = version(&facts);
    Ok(facts)
}

/// A version that changes when the facts do; never 0, which stands for none.
fn version(facts: &Facts) -> u64 {
    let text = serde_json::to_vec(facts).unwrap_or_default();
    let digest = Sha256::digest(text);
    let mut eight = [0; 8];
    eight.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(eight) >> 1 | 1
}

/// Establishments and their communes, as the writer knows them.
pub(crate) type Communes = BTreeMap<EstablishmentId, dossier::id::CommuneCode>;

/// A hint for open desks: something new in this scope, up to this number.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    /// The establishment.
    pub establishment: EstablishmentId,
    /// Its commune.
    pub commune: dossier::id::CommuneCode,
    /// The newest number.
    pub number: u64,
}

impl Hint {
    /// Whether a listener of this scope wants to know.
    pub fn concerns(&self, scope: Scope) -> bool {
        match scope {
            Scope::Establishment(id) => id == self.establishment,
            Scope::Commune(commune) => commune == self.commune,
        }
    }
}

/// The scope a person listens to.
pub fn scope_of(caller: &Caller) -> Option<Scope> {
    match (caller.principal.role, caller.principal.establishment) {
        (Role::Owner, Some(id)) => Some(Scope::Establishment(id)),
        (Role::Officer, _) => Some(Scope::Commune(caller.principal.commune)),
        _ => None,
    }
}

/// When the office commits: its own clock, once a batch.
pub(crate) fn now() -> Moment {
    crate::clock::now()
}
