//! The exchange: frames are judged by `sync::office`, kept by one writer, answered after the commit.

mod consents;
mod desks;
mod houses;
mod missing;
pub mod rows;
mod slips;
pub mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dossier::access::{Action, Area, Principal, Role};
use dossier::id::{AccountId, CommuneCode, DossierId, EstablishmentId};
use dossier::moment::{Day, Moment};
use sha2::{Digest, Sha256};
use sync::case::History;
use sync::copied::Seen;
use sync::frame::Scope;
use sync::frame::down::{Facts, Seat};
use sync::frame::up::Up;
use sync::office::Judged;
use sync::office::answer::{Answer, Item, unmet};
use sync::receipt::Epoch;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::device::{self, KnownDevice};
use crate::store::dossier as log;

pub use missing::is_behind;
use missing::missing;

/// How old the contact written down of a device may grow while it is heard, in minutes.
const HEARD_MINUTES: i64 = 10;

/// Judges a frame, keeps what it brings, and makes the bytes of the answer.
pub async fn exchange(office: &Office, device: KnownDevice, up: Up) -> Result<Vec<u8>, Error> {
    let caller = device.caller();
    // A device that speaks to the office of before a restore hears of it first, and offers everything again.
    let stranger = up.epoch != Epoch(office.epoch.dice) && up.epoch != Epoch::default();
    let up = Arc::new(up);
    let silent = stranger || up.parcels.is_empty() && up.acts.is_empty() && up.receipts.is_empty();
    let (judged, issued, now) = if silent {
        let now = clock::now();
        hear(office, &up, device.heard, now).await;
        (Judged::default(), None, now)
    } else {
        let kept = office.writer.keep(caller.clone(), Arc::clone(&up)).await?;
        (kept.judged, kept.issued, kept.now)
    };
    let seat = up.seated.then(|| device.seat.clone());
    let facts = facts(office, device, seat.as_ref()).await?;
    let missing = if stranger { Vec::new() } else { missing(office, &caller, &up).await? };
    let histories = histories(office, unmet(&missing), |_, _| true).await?;
    let published = office.procedures.now();
    let answer = Answer {
        epoch: Epoch(office.epoch.dice),
        now,
        role: caller.principal.leading(now.day()).unwrap_or(Role::Citizen),
        up: &up,
        judged,
        issued,
        missing,
        seat: seat.filter(|_| facts.version != up.facts),
        facts: (facts.version != up.facts).then_some(facts),
        catalogue: Some(&published.catalogue),
        histories,
    };
    Ok(answer.encode())
}

/// A device that only listens is written down as heard once in a while, or the board would call it silent.
async fn hear(office: &Office, up: &Up, before: Option<Moment>, now: Moment) {
    if before.is_some_and(|before| before.minutes_until(now) < HEARD_MINUTES) {
        return;
    }
    let written = async {
        let mut transaction = office.store.begin().await?;
        device::set_last_contact(&mut *transaction, [up.handle], now).await?;
        let seen = Seen::of(up, Epoch(office.epoch.dice)).map(|seen| (up.handle, seen));
        device::set_seen(&mut *transaction, seen).await?;
        transaction.commit().await
    };
    // The answer does not depend on it: the next exchange tries again.
    if let Err(cause) = written.await {
        tracing::warn!(%cause, "a contact was not written down");
    }
}

/// What the office has of these dossiers, as far as this person may know of them: a frame may follow on nothing else.
pub async fn histories_of(
    office: &Office,
    device: &KnownDevice,
    named: Vec<DossierId>,
) -> Result<BTreeMap<DossierId, History>, Error> {
    let own = device.principal.establishment(clock::now().day());
    let filed =
        log::followed_by(office.store.readers(), named.iter().copied(), device.principal.account).await?;
    let mut here =
        histories(office, named, |dossier, house| Some(house) == own || filed.contains(&dossier)).await?;
    here.retain(|_, history| history.changes().len() > 0);
    Ok(here)
}

/// What the office has of these dossiers, as far as they may be looked into.
async fn histories(
    office: &Office,
    dossiers: impl IntoIterator<Item = DossierId>,
    open: impl Fn(DossierId, EstablishmentId) -> bool,
) -> Result<BTreeMap<DossierId, History>, Error> {
    let mut keys = rows::KeyRing::new(office.keys.dossier_kek());
    let mut histories = BTreeMap::new();
    for dossier in dossiers {
        let mut history = History::new();
        for row in log::story(office.store.readers(), dossier).await? {
            let row = rows::open(&row, &mut keys)?;
            if let (Item::Change(_, _, raw), true) = (row.item, open(dossier, row.establishment)) {
                history.take(&raw).map_err(|_| Error::Broken("a kept change does not follow"))?;
            }
        }
        histories.insert(dossier, history);
    }
    Ok(histories)
}

/// What the account's devices show of the commune and its houses.
async fn facts(office: &Office, device: KnownDevice, seat: Option<&Seat>) -> Result<Facts, Error> {
    let houses = match device.house {
        Some(house) => vec![house],
        None => houses::of(office, &device.principal).await?,
    };
    let keys = office.keys.receipt_verifying();
    let mut facts = Facts {
        version: 0,
        houses,
        standing: device.standing.unwrap_or(office.standing),
        duty_phone: device.duty_phone,
        receipt_keys: keys.iter().map(|(id, key)| (*id, key.to_bytes())).collect(),
    };
    facts.version = version(&facts, seat);
    Ok(facts)
}

/// A version that changes when the facts do, or the seat that travels with them; never 0, which stands for none.
fn version(facts: &Facts, seat: Option<&Seat>) -> u64 {
    let text = match seat {
        Some(seat) => serde_json::to_vec(&(facts, seat)).unwrap_or_default(),
        None => serde_json::to_vec(facts).unwrap_or_default(),
    };
    let digest = Sha256::digest(text);
    let mut eight = [0; 8];
    eight.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(eight) >> 1 | 1
}

/// Something an open page wants to know.
#[derive(Clone, Debug)]
pub enum News {
    /// Something was said in a dossier.
    Dossier(Hint),
    /// Something about the people, devices or areas of a commune changed.
    People(CommuneCode),
    /// Communes were merged: who listens as somebody of before listens anew.
    Territory,
}

/// Who listens.
pub struct Listener {
    scope: Scope,
    /// The province whose police they are.
    province: Option<u8>,
    commune: CommuneCode,
    /// Whether they work with people, and whether beyond one commune.
    manages: bool,
    wide: bool,
}

impl Listener {
    /// This person, today.
    pub fn of(person: &Principal, today: Day) -> Listener {
        let manages = [Action::ReadPeople, Action::ReadAgency, Action::ReadFigures];
        let wide =
            |grant: &dossier::access::Grant| matches!(grant.area, Area::Province(_) | Area::Everywhere);
        Listener {
            scope: scope_of(person, today),
            province: person.province(today),
            commune: person.commune,
            manages: manages.into_iter().any(|action| person.may_somewhere(action, today)),
            wide: person.roles(today).any(wide),
        }
    }

    /// The number to fetch up to, if this concerns them; 0: whatever there is.
    pub fn hears(&self, news: News) -> Option<u64> {
        match news {
            News::Dossier(hint) => {
                let there = self.province.is_some() && self.province == hint.province;
                (there || hint.concerns(self.scope)).then_some(hint.number)
            }
            News::Territory => None,
            News::People(commune) => (self.manages && (self.wide || commune == self.commune)).then_some(0),
        }
    }
}

/// A hint for open desks: something new in this scope, up to this number.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The establishment.
    pub establishment: EstablishmentId,
    /// Its commune, in the units of today.
    pub commune: CommuneCode,
    /// The commune whose one-stop desk received it, where that is another.
    pub received_at: Option<CommuneCode>,
    /// Its province, if the office knows.
    pub province: Option<u8>,
    /// Who did something in it: those who filed it are among them.
    pub authors: BTreeSet<AccountId>,
    /// The newest number.
    pub number: u64,
}

impl Hint {
    /// Whether a listener of this scope wants to know.
    pub fn concerns(&self, scope: Scope) -> bool {
        match scope {
            Scope::Establishment(id) => id == self.establishment,
            Scope::Commune(commune) => commune == self.commune || Some(commune) == self.received_at,
            Scope::Account(account) => self.authors.contains(&account),
        }
    }
}

/// The scope a person listens to.
pub fn scope_of(principal: &Principal, today: Day) -> Scope {
    let at = |area| match area {
        Area::Establishment(id) => Some(Scope::Establishment(id)),
        Area::Commune(code) => Some(Scope::Commune(code)),
        Area::Village(_) | Area::Province(_) | Area::Everywhere => None,
    };
    let reads = |role: Role| {
        [Action::ReadNotice, Action::ReadCivil, Action::Receive].into_iter().any(|action| role.may(action))
    };
    let reading = principal.roles(today).filter(|grant| reads(grant.role));
    reading.filter_map(|grant| at(grant.area)).next().unwrap_or(Scope::Account(principal.account))
}

/// When the office commits: its own clock, once a batch.
pub(crate) fn now() -> Moment {
    crate::clock::now()
}
