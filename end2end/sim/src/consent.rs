//! Codes of consent: whom the office gave which, what a helper was told of them, and what they may have said yes to.

use std::collections::BTreeMap;

use dossier::act::Act;
use dossier::behalf::ConsentCode;
use dossier::id::{DossierId, EstablishmentId};
use dossier::moment::Moment;
use sync::frame::up::Up;
use sync::office::{CodeGiven, Known};

use crate::office::Office;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::world::World;

/// Codes and what the office knows of each.
pub type Codes = BTreeMap<ConsentCode, CodeGiven>;

/// The code of an act that records a ground.
pub fn code_of(act: &Act) -> Option<ConsentCode> {
    match act {
        Act::OnBehalf { basis, .. } => basis.code().map(|(code, _)| code),
        _ => None,
    }
}

impl Office {
    /// Gives out a code: somebody of a house says yes to one matter with it.
    fn give(&mut self, code: ConsentCode, house: EstablishmentId, maker: Person, now: Moment) -> CodeGiven {
        let until = now.plus_minutes(ConsentCode::LIFETIME_MINUTES);
        let made_by = maker.account();
        let given = CodeGiven { establishment: house, from: now, until, made_by, used: None };
        self.tables.codes.insert(code, given);
        given
    }

    /// The codes a frame names.
    pub fn named(&self, up: &Up) -> Codes {
        let named = up.acts.iter().filter_map(|sent| Some((code_of(&sent.act)?, sent.dossier)));
        named.filter_map(|(code, dossier)| Some((code, self.known_code(code, dossier, up)?))).collect()
    }

    fn known_code(&self, code: ConsentCode, dossier: DossierId, up: &Up) -> Option<CodeGiven> {
        if self.sabotage != Some(Sabotage::AnyCode) {
            return self.tables.codes.get(&code).copied();
        }
        let own = up.parcels.iter().find(|parcel| parcel.dossier == dossier);
        let house = own.map(|parcel| parcel.establishment)?;
        let (from, until) = (Moment(0), Moment(i64::MAX / 2));
        Some(CodeGiven { establishment: house, from, until, made_by: Person::Mother.account(), used: None })
    }

    /// Which dossier took which code, with the batch.
    pub fn take_codes(&mut self, codes: Codes) {
        if self.sabotage != Some(Sabotage::CodeTwice) {
            for (code, given) in codes {
                self.tables.codes.entry(code).and_modify(|known| *known = given);
            }
        }
    }
}

/// What somebody reads out to a helper: a code of their own, of another house, the one that was read out last, or
/// digits nobody gave out.
pub fn read_out(world: &mut World, house: EstablishmentId) -> ConsentCode {
    let rolled = ConsentCode::roll(world.prng.next().to_le_bytes());
    let codes = world.ledger.codes.iter();
    let last = codes.max_by_key(|(_, given)| given.from).map(|(code, _)| *code);
    let (house, maker) = match (world.prng.below(10), last) {
        (0..4, _) => (house, Person::Mother),
        (4, _) => (EstablishmentId(2), Person::Neighbour),
        (5..9, Some(last)) => return last,
        _ => return rolled,
    };
    let given = world.office.give(rolled, house, maker, world.now);
    world.ledger.codes.insert(rolled, given);
    rolled
}

/// What stands at the office on a code that says yes to something else, or to nothing at all. Codes are `given` to the
/// world's knowledge, whatever the office knows of them by now.
pub fn misused(given: &Codes, known: &BTreeMap<DossierId, Known>) -> Option<String> {
    let mut taken: BTreeMap<ConsentCode, DossierId> = BTreeMap::new();
    for (id, one) in known {
        for recorded in one.acts.iter().map(|ordered| &ordered.recorded) {
            let Act::OnBehalf { basis, .. } = &recorded.act else { continue };
            let Some((code, said)) = basis.code() else { continue };
            let by = recorded.by.account;
            if !given.get(&code).is_some_and(|given| given.holds(*id, one.establishment, by, said)) {
                return Some(format!("{id} stands on a code that was not given for it"));
            }
            if taken.insert(code, *id).is_some_and(|other| other != *id) {
                return Some(format!("{id} and another stand on one code"));
            }
        }
    }
    None
}
