//! Khai thay, as the office judges it: in which role somebody declares, and on what ground they file for others.

use dossier::access::{Action, Locality, Resource, Role};
use dossier::act::Act;
use dossier::behalf;
use dossier::filing::Filing;
use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::procedure::{Agency, pinned};
use dossier::view::Rejection;

use super::filing::Whose;
use super::{Bench, Caller, CodeGiven, Known};
use crate::frame::up::{SentAct, Up};

impl Bench<'_> {
    /// The role in which somebody declares: in their own duty, or for somebody else as far as they file such a matter
    /// (a stay notice, or a dossier of this agency), at their desk or for another commune. On behalf of others nobody touches
    /// what a third person has begun, unless they were shown its slip and follow it.
    pub(super) fn declaring(
        &self,
        caller: &Caller,
        place: Locality,
        matter: impl FnOnce() -> Option<Whose>,
        (known, minted): (Option<&Known>, bool),
    ) -> Result<Role, Rejection> {
        let (person, today, resource) = (&caller.principal, self.now.day(), Resource::At(place));
        if let Some(role) = person.acting(Action::Declare, resource, today) {
            return Ok(role);
        }
        let whose = matter();
        let action = Action::for_another(whose.map(|whose| whose.agency));
        let elsewhere = || self.receiving_for(caller, place, whose).map(|(role, _)| role);
        let role = person.acting(action, resource, today).or_else(elsewhere).ok_or(Rejection::Forbidden)?;
        // The device that gave the dossier its id has begun it, whoever brings it to a restored office first.
        let acted = |known: &Known| {
            let acts = known.acts.iter().map(|ordered| ordered.recorded.by.account);
            acts.chain(known.followers.iter().copied()).any(|account| account == person.account)
        };
        let own = minted || known.is_none_or(acted);
        if own || !self.rules.own_filings_only { Ok(role) } else { Err(Rejection::Forbidden) }
    }

    /// Whether they declare anything here: what they bring is looked into before it is known what it is.
    pub(super) fn declares_something(&self, caller: &Caller, place: Locality) -> Result<(), Rejection> {
        let matters = [None].into_iter().chain(Agency::ALL.iter().copied().map(Some));
        let mut actions = matters.map(Action::for_another).chain([Action::Declare]);
        let may = |action| caller.principal.acting(action, Resource::At(place), self.now.day()).is_some();
        if actions.any(may) || self.receives_for(caller, place) { Ok(()) } else { Err(Rejection::Forbidden) }
    }

    /// What somebody writes for another is taken with, or after, a record of the ground.
    pub(super) fn based(
        &self,
        caller: &Caller,
        up: &Up,
        dossier: DossierId,
        known: Option<&Known>,
    ) -> Result<(), Rejection> {
        let comes =
            up.acts.iter().any(|sent| sent.dossier == dossier && matches!(sent.act, Act::OnBehalf { .. }));
        let acts = known.into_iter().flat_map(|known| &known.acts).map(|ordered| &ordered.recorded);
        let there = behalf::recorded(acts, caller.principal.account).is_some();
        if comes || there { Ok(()) } else { Err(Rejection::NoAuthorisation) }
    }

    /// Who files for somebody else has recorded on what ground, and it held when they filed, by the clock it was recorded
    /// with: a tablet may be weeks without network, and a wrong clock never blocks. That a filing came later than its
    /// ground held stands in the record for everybody to see.
    pub(super) fn grounded(
        &self,
        caller: &Caller,
        role: Role,
        sent: &SentAct,
        known: &Known,
    ) -> Result<(), Rejection> {
        let (dossier, act) = (sent.dossier, &sent.act);
        match act {
            // Who holds the code is the person it was filed for; who pays speaks for nobody.
            _ if caller.holds.is_some() => Ok(()),
            Act::OnBehalf { basis, .. } => {
                let given = basis.given_at().unwrap_or(self.now).day();
                basis.allows(known.matter(), given).map_err(|_| Rejection::NoAuthorisation)?;
                basis.check(&caller.name).map_err(|_| Rejection::NoAuthorisation)?;
                let Some((code, given_at)) = basis.code() else { return Ok(()) };
                let (at, by) = (known.establishment, caller.principal.account);
                let holds = |given: &CodeGiven| given.holds(dossier, at, by, given_at);
                if self.codes.get(&code).is_some_and(holds) {
                    Ok(())
                } else {
                    Err(Rejection::NoAuthorisation)
                }
            }
            Act::Submit { claimed_at, .. } if !role.declares() && self.rules.basis_needed => {
                let acts = known.acts.iter().map(|ordered| &ordered.recorded);
                let basis = behalf::recorded(acts, caller.principal.account);
                let basis = basis.ok_or(Rejection::NoAuthorisation)?;
                let allows = |day| basis.allows(known.matter(), day).is_ok();
                let holds = allows(claimed_at.day()) || allows(self.now.day());
                if holds { Ok(()) } else { Err(Rejection::NoAuthorisation) }
            }
            _ => Ok(()),
        }
    }

    /// Whether this may be filed on the ground its helper has recorded. How old somebody is is told by the day it was handed
    /// in: not after today, nor before the office was heard last, whatever the helper's clock says.
    pub(super) fn covered(
        &self,
        caller: &Caller,
        role: Role,
        known: &Known,
        filing: &Filing,
        (claimed, heard): (Moment, Option<Moment>),
    ) -> Result<(), Rejection> {
        if caller.holds.is_some() || role.declares() || !self.rules.basis_needed {
            return Ok(());
        }
        let acts = known.acts.iter().map(|ordered| &ordered.recorded);
        let basis = behalf::recorded(acts, caller.principal.account).ok_or(Rejection::NoAuthorisation)?;
        let procedure = pinned(self.procedures, &filing.version).ok_or(Rejection::Invalid)?;
        let day = claimed.max(heard.unwrap_or_default()).min(self.now).day();
        basis.covers(filing, procedure, day).map_err(|_| Rejection::NoAuthorisation)
    }
}
