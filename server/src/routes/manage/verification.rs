//! Phiếu xác minh at the agency that is asked: what waits, what was answered of late, and the answer.

use std::sync::Arc;

use axum::Json;
use axum::extract::Path;
use dossier::access::Action;
use dossier::act::{Act, Heads, Recorded};
use dossier::filing::clock::Clock;
use dossier::filing::status::FilingStatus;
use dossier::filing::step::{Finding, Question, Step};
use dossier::filing::{Answers, Filing};
use dossier::id::{CommuneCode, DossierId};
use dossier::manage::{AskedPerson, FoundCommune, Objection, Told, Verification, VerificationReply, Words};
use dossier::moment::Moment;
use dossier::procedure::{Agency, Field, pinned};
use dossier::working_days::WorkingDays;
use sync::frame::ActId;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::office::Caller;
use sync::receipt::Epoch;

use super::{Reply, objection};
use crate::asked::Asked;
use crate::atlas::Atlas;
use crate::dice;
use crate::error::Error;
use crate::store::account;
use crate::store::verification::{self, SlipRow};
use crate::story::Story;
use crate::territory;

/// How long an answered slip stays on the list, in days.
const ANSWERED_DAYS: i64 = 30;

/// Communes told of one search.
const FOUND: usize = 12;

/// `GET /api/v1/verifications`.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let open = |code: &CommuneCode| {
        let place = atlas.commune(*code);
        place.is_some_and(|place| asked.sees(Action::Verify, &place))
    };
    let communes = atlas.communes.keys().copied().filter(open);
    let since = asked.now.plus_minutes(-ANSWERED_DAYS * 24 * 60);
    let mut told = Vec::new();
    for row in verification::of(asked.office.store.readers(), communes, since).await? {
        if answers(&asked, &atlas, &row) {
            told.extend(shown(&asked, &atlas, &row).await?);
        }
    }
    Ok(Json(Told::Verifications(told)))
}

/// Whether it is asked of an agency this person answers for.
fn answers(asked: &Asked, atlas: &Atlas, row: &SlipRow) -> bool {
    let place = atlas.today(row.commune()).zip(row.agency());
    place.is_some_and(|(place, agency)| asked.person.answering(agency, &place, asked.today).is_some())
}

/// A slip; `None` for one that fell away without an answer from here.
async fn shown(asked: &Asked, atlas: &Atlas, row: &SlipRow) -> Result<Option<Verification>, Error> {
    let Some(dossier) = row.dossier() else { return Ok(None) };
    let Some(story) = Story::read(&asked.office, dossier).await? else { return Ok(None) };
    let Some((recorded, question, heads)) = question(&story.acts, row.asked()) else { return Ok(None) };
    let reply = reply_to(&story.acts, row.asked());
    if !row.waits() && reply.is_none() {
        return Ok(None);
    }
    let content = story.history.read_at(&heads).and_then(Result::ok);
    let Some(filing) = content.as_ref().and_then(|content| content.filing()) else { return Ok(None) };
    let published = asked.office.procedures.now();
    let Some(procedure) = pinned(published.procedures(), &filing.version) else {
        return Ok(None);
    };
    let columns = procedure.people.as_ref().map_or(&[][..], |people| &people.columns);
    let main = person(&procedure.fields, &filing.answers);
    let others = filing.present().filter_map(|(_, row)| person(columns, row));
    let desk = atlas.communes.get(&story.commune);
    let by = match desk {
        Some(desk) => {
            format!("{}, {}, {}", recorded.by.name, desk.agency_named(procedure.agency), desk.province)
        }
        None => recorded.by.name.clone(),
    };
    // The number that is known is that of the police on duty.
    let phone = desk.filter(|_| procedure.agency == Agency::Police).map(|desk| desk.duty_phone.clone());
    let term = |on| procedure.term_of(filing, on);
    let due = Clock::of(&story.acts, term, WorkingDays::calendar(), asked.now).and_then(|clock| clock.due);
    Ok(Some(Verification {
        dossier,
        number: story.number.map(|number| number.to_string()).unwrap_or_default(),
        title: procedure.title.clone(),
        asked: row.asked(),
        by,
        phone: phone.unwrap_or_default(),
        to: row.commune(),
        agency: question.agency,
        until: question.until,
        question: question.words.clone(),
        people: main.into_iter().chain(others).collect(),
        old_address: old_address(filing),
        due,
        reply,
    }))
}

/// The act that asked then, its question, and the content that was handed in by then.
fn question(acts: &[Recorded], asked: Moment) -> Option<(&Recorded, Question<'_>, Heads)> {
    let at = acts.iter().position(|recorded| recorded.at == asked && asks(&recorded.act).is_some())?;
    let status = FilingStatus::fold(&acts[..at]);
    Some((&acts[at], asks(&acts[at].act)?, status.heads))
}

fn asks(act: &Act) -> Option<Question<'_>> {
    match act {
        Act::Step(step) => step.question(),
        _ => None,
    }
}

fn reply_to(acts: &[Recorded], asked: Moment) -> Option<(Moment, Finding)> {
    acts.iter().find_map(|recorded| match &recorded.act {
        Act::Step(step) => match &**step {
            Step::Reply { asked: of, finding, .. } if *of == asked => Some((recorded.at, *finding)),
            _ => None,
        },
        _ => None,
    })
}

/// What a register is looked up by; `None` for a row without a name.
fn person(fields: &[Field], answers: &Answers) -> Option<AskedPerson> {
    let field = |key: &str| fields.iter().find(|field| field.key.as_str() == key);
    let shown = |key: &str| match (answers.get(key), field(key)) {
        (Some(value), Some(field)) => field.shown(value),
        _ => String::new(),
    };
    let name = shown("name");
    (!name.is_empty()).then(|| AskedPerson {
        name,
        birth: shown("birth"),
        number: answers.get("number").cloned().unwrap_or_default(),
    })
}

fn old_address(filing: &Filing) -> String {
    filing.answer("old-address").unwrap_or_default().to_owned()
}

/// `POST /api/v1/verifications/{dossier}`.
pub async fn reply(Path(dossier): Path<String>, asked: Asked) -> Reply {
    let unknown = || objection(Objection::Unknown);
    let reply: VerificationReply = asked.read()?;
    let dossier: DossierId = dossier.parse().map_err(|_| unknown())?;
    let readers = asked.office.store.readers();
    let row = verification::find(readers, dossier, reply.asked).await?.ok_or_else(unknown)?;
    let atlas = asked.atlas().await?;
    let place = asked.must(Action::Verify, atlas.today(row.commune()))?;
    if !answers(&asked, &atlas, &row) {
        return Err(unknown());
    }
    // A program has no device to speak by, and nobody's word to give.
    let handle = asked.device.ok_or_else(|| objection(Objection::NotYours))?;
    let name = account::find(readers, asked.person.account).await?.ok_or_else(unknown)?.name;
    let step =
        Step::Reply { from: row.commune(), asked: reply.asked, finding: reply.finding, words: reply.words };
    let act = SentAct { dossier, id: ActId(dice::roll()), act: Act::Step(Box::new(step)) };
    let up = Up { epoch: Epoch(asked.office.epoch.dice), acts: vec![act], ..Up::silent(handle, asked.now) };
    let caller = Caller {
        principal: asked.person.clone(),
        name,
        others: Vec::new(),
        holds: None,
        desk: String::new(),
    };
    let kept = asked.office.writer.keep(caller, Arc::new(up)).await?;
    // Somebody else was quicker, or the dossier has gone on without an answer.
    if kept.judged.act_verdicts.iter().any(|said| said.verdict != Verdict::Accepted) {
        return Err(objection(Objection::Taken));
    }
    asked.office.writer.announce(place.commune);
    Ok(Json(Told::Done))
}

/// `POST /api/v1/communes`: what is looked for stands in no address.
pub async fn find(asked: Asked) -> Reply {
    let words: Words = asked.read()?;
    let atlas = asked.atlas().await?;
    let today = asked.today;
    let search = move || territory::find(words.as_str(), today, FOUND);
    let found = tokio::task::spawn_blocking(search).await;
    let found = found.map_err(|_| Error::Broken("a search for communes ended"))?;
    let told = found.into_iter().map(|(code, name, province)| FoundCommune {
        code,
        name,
        province,
        here: atlas.communes.get(&code).is_some_and(|row| row.stands()),
    });
    Ok(Json(Told::Found(told.collect())))
}
