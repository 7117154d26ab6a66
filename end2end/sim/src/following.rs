//! Làm tiếp: a colleague is shown the slip of a dossier a helper filed, and goes on with it on a tablet of their own.
//!
//! I16: who was shown a slip, or filed, follows the dossier and has all of it; nobody else on behalf of others hears of it.

use std::collections::BTreeSet;

use dossier::act::Act;
use dossier::behalf::TrackingCode;
use dossier::filing::intent::FilingIntent;
use dossier::id::{AccountId, DossierId};
use dossier::intent::Intent;
use dossier::manage::{Ask, Objection, Told};
use sync::office::Known;

use crate::filing::{self, catalogue};
use crate::office::Office;
use crate::person;
use crate::phone::Asked;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::world::World;

/// Whom a slip was shown, and of what.
pub type Shown = BTreeSet<(DossierId, AccountId)>;

fn code_of(act: &Act) -> Option<TrackingCode> {
    match act {
        Act::OnBehalf { tracking, .. } => Some(*tracking),
        _ => None,
    }
}

impl Office {
    /// Somebody was shown a slip.
    pub fn follow(&mut self, person: Person, code: TrackingCode) -> Result<Told, Objection> {
        let any = self.sabotage == Some(Sabotage::FollowsAnything);
        let fits = |known: &Known| {
            let mut acts = known.acts.iter();
            any || acts.any(|ordered| code_of(&ordered.recorded.act) == Some(code))
        };
        let filing = |known: &Known| known.history.read().is_ok_and(|content| content.filing().is_some());
        let mut cases = self.tables.known.iter();
        let found = cases.find(|(_, known)| filing(known) && fits(known)).map(|(id, _)| *id);
        let dossier = found.filter(|_| person.role().is_team()).ok_or(Objection::Unknown)?;
        let again = self.sabotage != Some(Sabotage::FollowsUnsaid);
        self.tables.let_follow(dossier, person.account(), again);
        Ok(Told::Followed(dossier))
    }
}

/// What a member of the team does with residence dossiers: files one, is shown the slip of one, goes on with one.
pub fn helps(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let mine = filing::own(open);
    let chosen = world.prng.pick(&mine).copied();
    match (world.prng.below(10), chosen) {
        (0, _) if mine.len() < 2 => begins(world, at),
        (0..5, _) | (5..9, None) => is_shown(world, at),
        (5..9, Some(id)) => goes_on(world, at, id),
        (9, _) => world.ask(at, Intent::Lock, Asked::Other),
        _ => world.ask(at, Intent::SyncNow, Asked::Other),
    }
}

/// Files one for somebody of the house.
pub fn begins(world: &mut World, at: usize) {
    if !world.phones[at].knows_procedures() {
        return world.ask(at, Intent::SyncNow, Asked::Other);
    }
    let procedure = &catalogue().procedures[0];
    let ground = Box::new(person::ground(dossier::id::EstablishmentId(1)));
    world.ask(at, Intent::Filing(FilingIntent::KeepGround(procedure.id.clone(), ground)), Asked::Other);
    let draft = Box::new(filing::filled(procedure));
    world.ask(at, Intent::Filing(FilingIntent::Submit(draft)), Asked::Save);
}

/// Somebody holds out a slip; or says a code nobody was given.
fn is_shown(world: &mut World, at: usize) {
    let account = world.phones[at].person().account();
    let opens = world.phones.iter().filter_map(|phone| phone.open());
    let held = opens.flat_map(|open| &open.replica.cases).filter(|(_, held)| held.filing().is_ok());
    let slips = held.flat_map(|(id, held)| {
        let ordered = held.acts.iter().map(|ordered| &ordered.recorded.act);
        let acts = ordered.chain(held.pending.iter().map(|pending| &pending.act));
        acts.filter_map(code_of).map(|code| (*id, code))
    });
    let slips: Vec<(DossierId, TrackingCode)> = slips.collect();
    let slip = world.prng.pick(&slips).copied().filter(|_| world.prng.chance(600));
    let code = match slip {
        Some((dossier, code)) => {
            world.ledger.shown.insert((dossier, account));
            code
        }
        None => TrackingCode::roll(world.prng.next().to_le_bytes()),
    };
    world.ask(at, Intent::Manage(Box::new(Ask::Follow(code))), Asked::Other);
}

/// Changes one; somebody who has not written in it before records on what ground.
fn goes_on(world: &mut World, at: usize, id: DossierId) {
    let account = world.phones[at].person().account();
    let held = world.phones[at].open().and_then(|open| open.replica.cases.get(&id));
    let acted = held.is_some_and(|held| {
        let grounds = |act: &Act| code_of(act).is_some();
        let mut acts = held.acts.iter().map(|ordered| &ordered.recorded);
        held.pending.iter().any(|pending| grounds(&pending.act))
            || acts.any(|recorded| recorded.by.account == account && grounds(&recorded.act))
    });
    if acted {
        return filing::changes(world, at, id);
    }
    let ground = person::ground(dossier::id::EstablishmentId(1));
    world.ask(at, Intent::KeepBehalf(ground), Asked::Other);
    world.ask(at, Intent::GroundAgain(id), Asked::Save);
}

impl World {
    /// Whether somebody who files for others may know of a dossier: they began it, have acted in it, or were shown its slip.
    pub fn let_follow(&self, person: Person, id: DossierId) -> bool {
        let account = person.account();
        let mut devices = self.office.registry.devices.iter();
        let known = self.office.tables.known.get(&id);
        let acts = known.into_iter().flat_map(|known| &known.acts);
        self.ledger.shown.contains(&(id, account))
            || devices.any(|(handle, (whose, _))| *whose == person && id.minted_by(*handle))
            || acts.into_iter().any(|ordered| ordered.recorded.by.account == account)
    }
}
