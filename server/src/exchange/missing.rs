//! What a device lacks of the log, as far as its person may see into it.

use std::collections::BTreeSet;

use dossier::access::{Action, Principal, Role};
use dossier::procedure::Agency;
use sync::frame::up::Up;
use sync::frame::{Form, Have, Scope};
use sync::office::Caller;
use sync::office::answer::{Missing, Row};
use sync::office::reach::Reach;

use super::rows;
use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::dossier as log;
use crate::store::stretch::{self, Sight, Stretch};
use crate::store::{commune, establishment};

/// Rows weighed for one answer at most: what is older waits for the next.
const MOST_ROWS: u32 = 20_000;
/// The same for who has no hole to fill: their answer holds a screenful, or what an evening leaves.
const FIRST_ROWS: u32 = 2_000;

/// What the device lacks of each scope it asks for and may see.
pub(super) async fn missing(office: &Office, caller: &Caller, up: &Up) -> Result<Vec<Missing>, Error> {
    let mut all = Vec::new();
    let mut read = BTreeSet::new();
    for (scope, have) in &up.have {
        // A scope named a thousand times is read once.
        if !read.insert(*scope) {
            continue;
        }
        if let Some(sight) = sight(office, &caller.principal, *scope).await? {
            // Another epoch's numbers say nothing about this log.
            let have = if up.epoch.0 == office.epoch.dice { *have } else { Have::default() };
            all.push(lacking(office, (*scope, sight), have, up.form).await?);
        }
    }
    Ok(all)
}

/// Whether something lies here that this device may see and does not have.
pub async fn is_behind(office: &Office, person: &Principal, up: &Up) -> Result<bool, Error> {
    let readers = office.store.readers();
    let top = log::top(readers).await?;
    let same = up.epoch.0 == office.epoch.dice;
    let mut read = BTreeSet::new();
    for (scope, have) in &up.have {
        let after = if same && have.to <= top { have.to.max(have.low) } else { 0 };
        if after >= top || !read.insert(*scope) {
            continue;
        }
        let Some(sight) = sight(office, person, *scope).await? else { continue };
        let scope = today_scope(office, *scope).await?;
        if !stretch::weights(readers, Stretch { scope, sight, after, to: top, but: None, most: 1 })
            .await?
            .is_empty()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What of a scope this person may read: at home all of it, at a desk what is that desk's.
async fn sight(office: &Office, person: &Principal, scope: Scope) -> Result<Option<Sight>, Error> {
    let today = clock::now().day();
    let readers = office.store.readers();
    let place = match today_scope(office, scope).await? {
        // What somebody filed is theirs to follow, whatever their role is by now.
        Scope::Account(account) => {
            return Ok((person.is_in() && account == person.account).then_some(Sight::All));
        }
        Scope::Establishment(id) => establishment::places(readers, [id]).await?.remove(&id),
        Scope::Commune(code) => commune::find(readers, code).await?.map(|row| row.place()),
    };
    let Some(place) = place else { return Ok(None) };
    let sights = [
        (Action::Declare, Sight::All),
        (Action::reading(Agency::Police), Sight::Of(Agency::Police)),
        (Action::reading(Agency::Committee), Sight::Of(Agency::Committee)),
        (Action::Receive, Sight::OneStop),
        (Action::reading(Agency::ProvincePolice), Sight::Province(place.province)),
    ];
    let at = |role: Role| sights.iter().find(|(action, _)| role.may(*action)).map(|(_, sight)| *sight);
    // Who has two roles here works at the desk of the one they had first: so does their device.
    let mut roles = person.roles(today).filter(|grant| person.is_in() && grant.area.covers(&place));
    Ok(roles.find_map(|grant| at(grant.role)))
}

/// What a scope is called today. A device goes on asking for the commune it was enrolled in, and gets what follows it: its
/// cursor is of that name, and a merger has given everything new numbers.
async fn today_scope(office: &Office, scope: Scope) -> Result<Scope, Error> {
    let Scope::Commune(code) = scope else { return Ok(scope) };
    let row = commune::today(office.store.readers(), code).await?;
    Ok(Scope::Commune(row.map_or(code, |row| row.code())))
}

/// What of a scope is told now: what is missing of it or, where that is much, the newest of it.
async fn lacking(
    office: &Office,
    (scope, sight): (Scope, Sight),
    have: Have,
    form: Form,
) -> Result<Missing, Error> {
    let readers = office.store.readers();
    let top = log::top(readers).await?;
    let asked = scope;
    let scope = today_scope(office, scope).await?;
    // A device that has seen more than there is has seen another life of this log.
    let have = if have.low > top || have.to > top { Have::default() } else { have };
    let most = if have.is_whole() { FIRST_ROWS } else { MOST_ROWS };
    let above = Stretch { scope, sight, after: have.to.max(have.low), to: top, but: None, most };
    // What comes again after a cut changes nothing, but for a number: one of a commune that is merged away would stand
    // where the new one does.
    let but = Some((have.from, have.to));
    let below = Stretch { after: have.low, to: have.from.max(have.low), but, ..above };
    let mut newest = stretch::weights(readers, above).await?;
    if !have.is_whole() && newest.len() < most as usize {
        let most = most - newest.len() as u32;
        newest.extend(stretch::weights(readers, Stretch { most, ..below }).await?);
    }
    let reach = Reach::read(form, have, &newest, newest.len() < most as usize);
    let of = reach.as_ref().map(|reach| &reach.dossiers);
    // Whose newest rows are told is told whole, however many rows lie further back.
    let most = u32::MAX;
    let mut sealed = match have.is_whole() {
        true => Vec::new(),
        false => stretch::rows(readers, Stretch { most, ..below }, of).await?,
    };
    sealed.extend(stretch::rows(readers, Stretch { most, ..above }, of).await?);
    let mut keys = rows::KeyRing::new(office.keys.dossier_kek());
    let rows: Vec<Row> = sealed.iter().map(|row| rows::open(row, &mut keys)).collect::<Result<_, _>>()?;
    Ok(Missing { scope: asked, have, top, rows, above: reach.map_or(0, |reach| reach.above) })
}
