//! What the office asks of a residence dossier: that its procedure takes what it says, and that an act fits where it
//! stands.

use dossier::access::{Action, Locality, Resource, Role};
use dossier::act::{Act, Recorded};
use dossier::behalf::Matter;
use dossier::content::Content;
use dossier::filing::Filing;
use dossier::filing::status::FilingStatus;
use dossier::filing::step::Step;
use dossier::id::CommuneCode;
use dossier::moment::Moment;
use dossier::procedure::{Agency, Procedure, pinned};
use dossier::view::Rejection;

use super::{Bench, Caller, Known};

impl Known {
    /// Whether it is a residence dossier.
    pub(super) fn is_filing(&self) -> bool {
        match &self.said {
            Some((_, content)) => content.filing().is_some(),
            None => matches!(self.history.read(), Ok(Content::Filing(_))),
        }
    }

    /// Whose it is; `None` for a notice.
    pub(super) fn whose(&self, procedures: &[Procedure]) -> Option<Whose> {
        match &self.said {
            Some((_, content)) => content.filing().map(|filing| Whose::of(filing, procedures)),
            None => self.history.read().ok().and_then(|said| Some(Whose::of(said.filing()?, procedures))),
        }
    }

    /// Who is competent for it; `None` for a notice.
    pub(super) fn filing(&self, procedures: &[Procedure]) -> Option<Agency> {
        self.whose(procedures).map(|whose| whose.agency)
    }

    /// Whether the one-stop desk of the competent commune receives it: what was taken in there, and what is asked of the
    /// People's Committee, whose desk it is. What was filed online with the police goes to them (Circular 116/2026/TT-BCA
    /// art. 3.1), and what the desk of another commune took in is handed out there.
    fn passes_one_stop(&self, agency: Agency) -> bool {
        let taken_in = || self.acts.iter().any(|ordered| ordered.recorded.is_taken_in());
        agency == Agency::Committee || (taken_in() && self.received_at().is_none())
    }

    /// Which agency of this commune was asked then; the last one asked there, when nothing was asked at that moment.
    fn asked_of(&self, commune: CommuneCode, at: Moment) -> Option<Agency> {
        let questions = self.acts.iter().filter_map(|ordered| match &ordered.recorded.act {
            Act::Step(step) => Some((ordered.recorded.at, step.question()?)),
            _ => None,
        });
        let there: Vec<_> = questions.filter(|(_, question)| question.to == commune).collect();
        let then = there.iter().find(|(asked, _)| *asked == at).or(there.last());
        then.map(|(_, question)| question.agency)
    }

    /// What is filed: an authorisation is for one or the other.
    pub(super) fn matter(&self) -> Matter {
        if self.is_filing() { Matter::Filing } else { Matter::StayNotice }
    }
}

impl Bench<'_> {
    /// The role in which somebody decides on what lies here. An answer to a slip is the asked agency's, and only what was
    /// asked of it. What came through the payment gateway is nobody's to say but its own.
    pub(super) fn deciding(
        &self,
        caller: &Caller,
        here: Locality,
        known: &Known,
        act: &Act,
    ) -> Result<Role, Rejection> {
        let reply = match act {
            Act::Step(step) => match **step {
                Step::Reply { from, asked, .. } => Some((from, asked)),
                // What lies in another commune, a merger moves; by a tap nothing is handed on.
                Step::Transfer { .. } => return Err(Rejection::Forbidden),
                ref step if step.is_of_the_gateway() && self.rules.gateway_alone => {
                    return Err(Rejection::Forbidden);
                }
                _ => None,
            },
            _ => None,
        };
        let Some((from, asked)) = reply else { return self.desk_of(caller, here, known, act) };
        let agency = known.asked_of(from, asked).ok_or(Rejection::Forbidden)?;
        let place = (self.commune_of)(from).ok_or(Rejection::Forbidden)?;
        caller.principal.answering(agency, &place, self.now.day()).ok_or(Rejection::Forbidden)
    }

    /// The role at a desk: its own agency's, or the one-stop desk's for what goes over its counter, here or where the
    /// dossier was received.
    fn desk_of(&self, caller: &Caller, here: Locality, known: &Known, act: &Act) -> Result<Role, Rejection> {
        let agency = known.filing(self.procedures);
        let acting = |action, place| caller.principal.acting(action, Resource::At(place), self.now.day());
        let of_the_head = matches!(act, Act::Step(step) if step.is_of_the_head());
        let decides = acting(Action::deciding(agency.unwrap_or(Agency::Police)), here)
            .map(|role| {
                if of_the_head && caller.principal.holds(Role::Head, &here, self.now.day()) {
                    Role::Head
                } else {
                    role
                }
            })
            .filter(|role| !of_the_head || *role != Role::Officer);
        let receives = || {
            let of_reception =
                matches!(act, Act::Step(step) if step.is_of_reception() || !self.rules.reception_only);
            let here = agency.is_some_and(|agency| known.passes_one_stop(agency)).then_some(here);
            let desks = here.into_iter().chain(self.receiving_desk(known)).filter(|_| of_reception);
            desks.filter_map(|desk| acting(Action::Receive, desk)).next()
        };
        decides.or_else(receives).ok_or(Rejection::Forbidden)
    }

    /// Whether a procedure of ours, in the version it names, takes this filing. What a tablet whose clock runs a day
    /// ahead has written is not turned back for that.
    pub(super) fn takes(&self, filing: &Filing) -> Result<(), Rejection> {
        let procedure = pinned(self.procedures, &filing.version).ok_or(Rejection::Invalid)?;
        procedure.check(filing, self.now.day().plus(1)).map_err(|_| Rejection::Invalid)
    }
}

/// Whose a residence dossier is, by its procedure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Whose {
    /// Who is competent for it.
    pub agency: Agency,
    /// Any commune of the province may receive it.
    pub anywhere: bool,
}

impl Whose {
    /// The police's, and theirs alone, where it names no procedure of ours.
    pub(super) fn of(filing: &Filing, procedures: &[Procedure]) -> Whose {
        let procedure = pinned(procedures, &filing.version);
        Whose {
            agency: procedure.map_or(Agency::Police, |procedure| procedure.agency),
            anywhere: procedure.is_some_and(Procedure::is_received_anywhere),
        }
    }
}

/// An officer decides on what was on the screen, and on nothing that has ended; if the dossier has moved on, the tap is
/// refused in words.
pub(super) fn precondition(
    known: &Known,
    recorded: &Recorded,
    procedures: &[Procedure],
    fresh_look: bool,
) -> Result<(), Rejection> {
    if let Act::Step(step) = &recorded.act
        && step.question().is_some_and(|question| !may_ask(known, procedures, recorded.at, question.agency))
    {
        return Err(Rejection::Invalid);
    }
    let status = FilingStatus::fold(known.acts.iter().map(|ordered| &ordered.recorded));
    match &recorded.act {
        Act::Step(_) if !fresh_look => Ok(()),
        Act::Step(_) | Act::Withdraw { .. } if !status.admits(recorded) => Err(Rejection::OutOfOrder),
        Act::Receive { .. }
        | Act::Return { .. }
        | Act::Settle { .. }
        | Act::Call { .. }
        | Act::ReceivedAt { .. } => Err(Rejection::OutOfOrder),
        Act::Step(_) | Act::Withdraw { .. } | Act::Submit { .. } | Act::OnBehalf { .. } => Ok(()),
    }
}

/// Whether the procedure lets another commune or agency be asked about it (not for a child under six at a parent's place).
/// Only agencies of communes have slips.
fn may_ask(known: &Known, procedures: &[Procedure], at: Moment, agency: Agency) -> bool {
    match known.history.read() {
        _ if agency == Agency::ProvincePolice => false,
        Ok(Content::Filing(filing)) => pinned(procedures, &filing.version)
            .is_some_and(|procedure| procedure.may_verify(&filing, at.day())),
        _ => false,
    }
}
