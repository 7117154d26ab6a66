//! Bổ sung: what becomes of a supplement request (CT05) that is answered: on one phone or on two, by a code, once or again.
//!
//! I17: it is answered once. By a code an answer counts while something is asked, and the second is told that there is nothing
//! to answer. What another phone of the house adds is kept and takes the dossier no step back or forth. And what was handed
//! in on phones apart stands handed in as one: what the desk sees is what a decision there counts for.

use dossier::access::Role;
use dossier::act::{Act, Channel, Heads};
use dossier::filing::status::FilingStatus;
use dossier::filing::step::Step;
use sync::frame::down::Ordered;
use sync::office::Known;

/// What has been handed in and asked so far.
#[derive(Default)]
struct Told {
    newest: Heads,
    waits: bool,
    begun: bool,
}

impl Told {
    fn hear(&mut self, act: &Act) {
        match act {
            Act::Submit { heads, .. } if *heads != self.newest => {
                self.newest = heads.clone();
                self.waits = false;
            }
            Act::Withdraw { .. } => self.waits = false,
            Act::Step(step) => match &**step {
                Step::Supplement { .. } => self.waits = true,
                Step::Refuse { .. } | Step::Decide { .. } => self.waits = false,
                _ => {}
            },
            _ => {}
        }
    }
}

/// Whether the desk waits for something after these acts.
pub fn waits<'a>(acts: impl IntoIterator<Item = &'a Ordered>) -> bool {
    let mut told = Told::default();
    acts.into_iter().for_each(|ordered| told.hear(&ordered.recorded.act));
    told.waits
}

/// What is wrong with the answers of one dossier.
pub fn amiss(known: &Known) -> Option<&'static str> {
    twice(known).or_else(|| apart(known))
}

/// An answer that stands where nothing was asked.
fn twice(known: &Known) -> Option<&'static str> {
    let (mut told, mut status) = (Told::default(), FilingStatus::default());
    for recorded in known.acts.iter().map(|ordered| &ordered.recorded) {
        let after = status.clone().after(recorded);
        if let Act::Submit { channel, .. } = recorded.act
            && std::mem::replace(&mut told.begun, true)
            && !told.waits
        {
            if channel == Channel::Code || recorded.by.role == Role::Citizen {
                return Some("an answer by code counts, and nothing was asked");
            }
            if after.stage != status.stage {
                return Some("what was answered already is answered once more");
            }
        }
        told.hear(&recorded.act);
        status = after;
    }
    None
}

/// All that lies here was handed in, and a decision on it would be refused.
fn apart(known: &Known) -> Option<&'static str> {
    let submitted = || {
        known.acts.iter().filter_map(|ordered| match &ordered.recorded.act {
            Act::Submit { heads, .. } => Some(heads),
            _ => None,
        })
    };
    let (there, newest) = (known.history.heads(), submitted().next_back()?);
    let handed_in = |head| submitted().any(|heads| heads.0.contains(head));
    let stuck = *newest != there && there.0.iter().all(handed_in);
    stuck.then_some("what two phones handed in is on the desk, and nobody can decide on it")
}
