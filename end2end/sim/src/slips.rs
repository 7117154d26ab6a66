//! Phiếu xác minh between two communes: what an officer asks, what the other commune has on its list and answers, and what
//! an answer is worth.
//!
//! I13: it counts from the commune that was asked, or from what that became part of; once, for the question that stands
//! open; then it is taken; and the desk that asked sees it.

use dossier::act::Act;
use dossier::filing::intent::FilingIntent;
use dossier::filing::status::FilingStatus;
use dossier::filing::step::{Finding, Outcome, Step};

use dossier::id::{CommuneCode, DossierId};
use dossier::intent::Intent;
use dossier::manage::{Ask, Objection, Told, Verification, VerificationReply};
use dossier::moment::{Day, Moment};
use dossier::procedure::Agency;
use sync::frame::ActId;
use sync::frame::down::{Ordered, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::office::Known;
use sync::request::{Call, CallFailure, Heard, read};

use crate::calls::{Speaker, said};
use crate::office::Office;
use crate::phone::Asked;
use crate::registry::{COMMUNE, NEIGHBOUR, Person};
use crate::sabotage::Sabotage;
use crate::world::World;

/// A question: which commune, and when.
pub type Question = (CommuneCode, Moment);

fn step(act: &Act) -> Option<&Step> {
    match act {
        Act::Step(step) => Some(step),
        _ => None,
    }
}

/// The question that stands open after these acts.
fn open<'a>(acts: impl IntoIterator<Item = &'a Ordered>) -> Option<Question> {
    acts.into_iter().fold(None, |open, ordered| match &ordered.recorded.act {
        Act::Withdraw { .. } => None,
        Act::Step(step) => match &**step {
            Step::AskVerification { to, .. } | Step::Consult { to, .. } => Some((*to, ordered.recorded.at)),
            Step::Reply { .. } | Step::Verified { .. } | Step::Refuse { .. } | Step::Decide { .. } => None,
            _ => open,
        },
        _ => open,
    })
}

/// The dossier and the answer of a request.
pub fn reply_in(call: &Call) -> Option<(DossierId, VerificationReply)> {
    let dossier = call.path.strip_prefix("/api/v1/verifications/")?.parse().ok()?;
    Some((dossier, said(call).ok()?))
}

/// Whether an answer that arrives now is to a question that stands open, and of who was asked; `None` for what is no
/// answer.
pub fn stands_for(world: &World, call: &Call) -> Option<bool> {
    let (dossier, reply) = reply_in(call)?;
    let registry = &world.office.registry;
    let person = world.office.speaker(call)?.person;
    let known = world.office.tables.known.get(&dossier)?;
    let (to, at) = open(&known.acts).unzip();
    let own = to.is_some_and(|to| registry.today(to) == registry.today(person.home()));
    Some(own && at == Some(reply.asked))
}

/// What the office did with it.
pub fn watch(world: &mut World, stands: bool, heard: &Heard) {
    let taken = match read::<Told>(heard) {
        Ok(_) => true,
        Err(CallFailure::Objected(Objection::Taken | Objection::Unknown)) => false,
        Err(_) => return,
    };
    if taken != stands {
        let what =
            if taken { "an answer to no question of theirs counts" } else { "an answer was not taken" };
        world.ledger.fail("I13", world.trace.step, what.into());
    }
}

/// An answer at the office that should not be there.
pub fn misanswered(world: &World, known: &Known) -> Option<String> {
    let merged = world.ledger.merged;
    known.acts.iter().enumerate().find_map(|(place, ordered)| {
        let recorded = &ordered.recorded;
        let Some(Step::Reply { from, asked, .. }) = step(&recorded.act) else { return None };
        if open(&known.acts[..place]) != Some((*from, *asked)) {
            return Some("an answer counts for a question that does not stand".to_owned());
        }
        let person = Person::ALL.into_iter().find(|person| person.account() == recorded.by.account);
        let one = merged.is_some_and(|since| since <= recorded.at);
        let own = person.is_some_and(|person| one || person.home() == *from);
        (!own).then(|| format!("{person:?} answered for {from:?}"))
    })
}

/// What the desk that asked does not see of the last answer.
pub fn unseen(known: &Known, desk: &FilingStatus) -> Option<String> {
    let answers = known.acts.iter().rev().find_map(|ordered| match step(&ordered.recorded.act)? {
        Step::Reply { from, finding, .. } => Some(Some((*from, Outcome::from(*finding)))),
        Step::Verified { .. } => Some(None),
        _ => None,
    });
    let (from, outcome) = answers??;
    let shown = desk.verified.as_ref();
    let seen =
        shown.is_some_and(|shown| (shown.from, shown.outcome, shown.first_hand) == (from, outcome, true));
    (!seen).then(|| format!("the answer of {from:?} is not on the desk"))
}

impl Office {
    /// What an officer of this commune is asked.
    pub fn slips(&self, person: Person) -> Vec<Verification> {
        let here = self.registry.today(person.home());
        let cases = self.tables.known.iter();
        let asked = cases.filter_map(|(id, known)| Some((*id, open(&known.acts)?)));
        asked.filter(|(_, (to, _))| self.registry.today(*to) == here).map(slip).collect()
    }

    /// An answer, as the other commune's officer gives it.
    pub fn reply(
        &mut self,
        speaker: Speaker,
        dossier: DossierId,
        reply: &VerificationReply,
        now: Moment,
    ) -> Result<Told, Objection> {
        let caller = self.registry.caller(speaker.person);
        let acts = &self.tables.known.get(&dossier).ok_or(Objection::Unknown)?.acts;
        let mut questions = acts.iter().filter_map(|ordered| {
            let question = step(&ordered.recorded.act)?.question()?;
            Some((question.to, ordered.recorded.at))
        });
        let (from, mut asked) = questions.find(|(_, at)| *at == reply.asked).ok_or(Objection::Unknown)?;
        let place = self.commune_of(from, &caller);
        caller.principal.answering(Agency::Police, &place, now.day()).ok_or(Objection::Unknown)?;
        if self.sabotage == Some(Sabotage::AnswersNewest) {
            asked = open(acts).map_or(asked, |(_, newest)| newest);
        }
        let step = Step::Reply { from, asked, finding: reply.finding, words: reply.words.clone() };
        let act = SentAct { dossier, id: ActId(speaker.nonce), act: Act::Step(Box::new(step)) };
        let up = Up { acts: vec![act], ..self.nothing_new(speaker.handle, now) };
        let judged = self.keep(&caller, &up, now);
        let taken = judged.act_verdicts.iter().all(|said| said.verdict == Verdict::Accepted);
        if taken { Ok(Told::Done) } else { Err(Objection::Taken) }
    }
}

fn slip((dossier, (to, asked)): (DossierId, Question)) -> Verification {
    Verification {
        dossier,
        number: String::new(),
        title: String::new(),
        asked,
        by: String::new(),
        phone: String::new(),
        to,
        agency: Agency::Police,
        until: None,
        question: words(),
        people: Vec::new(),
        old_address: String::new(),
        due: None,
        reply: None,
    }
}

fn words() -> dossier::filing::step::Reason {
    "Trước có thường trú ở đó không".parse().expect("words")
}

/// What an officer asks of the other commune, one way or the other.
pub fn question(world: &mut World, at: usize) -> Step {
    let to = if world.phones[at].person() == Person::Officer { NEIGHBOUR } else { COMMUNE };
    if world.prng.chance(500) {
        return Step::AskVerification { to, question: words() };
    }
    Step::Consult { to, agency: Agency::Police, question: words(), until: Day(20_800) }
}

/// What an officer does with a dossier that waits for the other commune: writes down what was said on the telephone, or
/// answers themselves, which is not theirs to do.
pub fn impatience(world: &mut World, to: CommuneCode, asked: Moment) -> Option<Step> {
    match world.prng.below(4) {
        0 => Some(Step::Verified { outcome: Outcome::NotFound, words: String::new() }),
        1 => Some(Step::Reply { from: to, asked, finding: Finding::Match, words: None }),
        _ => None,
    }
}

/// An officer looks at what other communes ask, and answers what was on the list when they last looked. False where they
/// have something else to do.
pub fn answers(world: &mut World, at: usize) -> bool {
    let slip = world.prng.pick(&world.phones[at].slips).copied();
    match (world.prng.below(10), slip) {
        (0..4, _) => world.ask(at, Intent::Manage(Box::new(Ask::Verifications)), Asked::Slips),
        (4..8, Some((dossier, asked))) => {
            let finding = if world.prng.chance(500) { Finding::Match } else { Finding::NoMatch };
            let reply = VerificationReply { asked, finding, words: None };
            world.ask(at, Intent::Manage(Box::new(Ask::Reply(dossier, reply))), Asked::Other);
        }
        _ => return false,
    }
    true
}

/// An officer's step on what waits for another commune.
pub fn waits(world: &mut World, at: usize, id: DossierId, (to, asked): Question) {
    if let Some(step) = impatience(world, to, asked) {
        world.ask(at, Intent::Filing(FilingIntent::Step(id, Box::new(step))), Asked::Acts(vec![id]));
    }
}
