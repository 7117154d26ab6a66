//! Official forms on paper: blank for anybody, filled for whoever may read the dossier. What stands on a filled one is
//! what was declared and what was really done; what the office does not know stays a dotted line.

use dossier::access::Principal;
use dossier::act::received_at;
use dossier::filing::Filing;
use dossier::filing::draft::FilingDraft;
use dossier::filing::printed::{Printed, Trail};
use dossier::id::{CommuneCode, DossierId};
use dossier::manage::Objection;
use dossier::procedure::{Procedure, pinned};
use print::{Poster, PrintError, Sheet};
use sync::decision::Signed;
use sync::receipt::Receipt;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::pictures;
use crate::store::commune;
use crate::story::Story;

pub mod blank;
mod case;
mod ct01;
mod ct03;
mod ct04;
mod ct05;
mod ct06;
mod ct07;
mod ct08;

use case::{Case, Desk, Reception};

/// A form of a dossier as a PDF, for whoever may read it. What is not there is as unknown as what is not theirs.
///
/// # Errors
/// [`Objection::Unknown`] for both.
pub async fn filled(
    office: &Office,
    person: &Principal,
    (dossier, form): (DossierId, Printed),
) -> Result<Vec<u8>, Error> {
    let unknown = || Error::Managed(Objection::Unknown);
    let standing = pictures::standings(office, [dossier]).await?.pop().map(|(_, standing)| standing);
    let standing = standing.filter(|standing| standing.may_read(person, clock::now().day()));
    let standing = standing.ok_or_else(unknown)?;
    let story = Story::read(office, dossier).await?.ok_or_else(unknown)?;
    of_story(office, &story, standing.commune(), form).await
}

/// A form of this dossier, for whom it was decided already that they may have it.
///
/// # Errors
/// [`Objection::Unknown`] when there is no such form of it.
pub async fn of_story(
    office: &Office,
    story: &Story,
    commune: CommuneCode,
    form: Printed,
) -> Result<Vec<u8>, Error> {
    let unknown = || Error::Managed(Objection::Unknown);
    let reception = reception(office, story, commune).await?;
    let desk = desk(office, commune).await?;
    let sheet = story.sheet(office, form, (&desk, reception.as_ref())).ok_or_else(unknown)?;
    on_paper(office.is_trial(), move || sheet).await
}

/// The declaration of a form that was not handed in, to the agency of who asks.
///
/// # Errors
/// [`Objection::Unknown`] when its procedure is not known here, or is declared on another form.
pub async fn draft(office: &Office, person: &Principal, draft: &FilingDraft) -> Result<Vec<u8>, Error> {
    let published = office.procedures.now();
    let procedure = pinned(published.procedures(), &draft.version);
    let procedure = procedure.filter(|procedure| Trail::default().has(Printed::Ct01, procedure));
    let procedure = procedure.ok_or(Error::Managed(Objection::Unknown))?;
    let filing = draft.so_far(procedure, clock::now());
    let desk = desk(office, person.commune).await?;
    let trail = Trail::default();
    let (reception, number, receipt, signed) = (None, None, None, None);
    let desk = &desk;
    let case = Case { filing: &filing, procedure, trail: &trail, desk, reception, number, receipt, signed };
    let form = ct01::form(&case);
    on_paper(office.is_trial(), move || print::forms::ct01::sheet(&form, true)).await
}

/// A declaration somebody has typed to print and sign, who has handed nothing in.
///
/// # Errors
/// [`Objection::Unfit`] when its words do not fit on a page.
pub async fn declaration(form: print::forms::ct01::Ct01, trial: bool) -> Result<Vec<u8>, Error> {
    on_paper(trial, move || print::forms::ct01::sheet(&form, false)).await
}

/// The desk of another commune that received it, and who decides in this one.
async fn reception(office: &Office, story: &Story, commune: CommuneCode) -> Result<Option<Reception>, Error> {
    let Some((at, agency)) = received_at(&story.acts) else { return Ok(None) };
    let content = story.history.read().ok();
    let published = office.procedures.now();
    let procedure = content.as_ref().and_then(|said| pinned(published.procedures(), &said.filing()?.version));
    let row = commune::find(office.store.readers(), commune).await?;
    let (Some(procedure), Some(row)) = (procedure, row) else { return Ok(None) };
    let decides = row.agency_named(procedure.agency);
    Ok(Some(Reception { desk: desk(office, at).await?, agency: agency.to_owned(), decides }))
}

async fn desk(office: &Office, commune: CommuneCode) -> Result<Desk, Error> {
    let row = commune::find(office.store.readers(), commune).await?;
    let row = row.ok_or(Error::Broken("a commune that is not there"))?;
    Ok(Desk { commune: row.name, province: row.province, agency: row.agency })
}

async fn on_paper(trial: bool, sheet: impl FnOnce() -> Sheet + Send + 'static) -> Result<Vec<u8>, Error> {
    let render = if trial { print::render_trial } else { print::render };
    drawn(move || render(&sheet())).await
}

/// A paper for a wall.
///
/// # Errors
/// [`Objection::Unfit`] when its words do not fit on a page.
pub async fn poster(poster: Poster, trial: bool) -> Result<Vec<u8>, Error> {
    drawn(move || print::render_poster(&poster, trial)).await
}

/// Draws where it stops nobody else.
async fn drawn(
    draw: impl FnOnce() -> Result<Vec<u8>, PrintError> + Send + 'static,
) -> Result<Vec<u8>, Error> {
    let drawn = tokio::task::spawn_blocking(draw).await;
    drawn.map_err(|_| Error::Broken("a form was not drawn"))?.map_err(|cause| match cause {
        PrintError::TooLong => Error::Managed(Objection::Unfit),
        PrintError::CodeTooLong | PrintError::Font | PrintError::Write => {
            Error::Broken("a form cannot be drawn")
        }
    })
}

impl Story {
    /// The text of the result that stands, under the office's signature: what the notice of the result says of this
    /// content, the one it was decided on. There is none of what speaks of nobody.
    pub fn signed_result(&self, office: &Office, filing: &Filing, procedure: &Procedure) -> Option<String> {
        let decision = self.status().decision?;
        let number = self.receipt.as_ref().map(Receipt::number).or(self.number)?;
        let subject = filing.subject(procedure);
        let told = |key: &str| subject.get(key).map(String::as_str).unwrap_or_default();
        if told("name").is_empty() {
            return None;
        }
        let tail: Vec<char> = told("number").chars().collect();
        let said = Signed {
            number,
            dossier: self.dossier,
            decided_at: decision.at,
            procedure: procedure.title.clone(),
            person: told("name").to_uppercase(),
            number_tail: tail[tail.len().saturating_sub(4)..].iter().collect(),
            until: decision.until,
        };
        let key = office.keys.receipt();
        Some(said.sign(key.id, &key.signing).to_text())
    }

    /// `None` when there is no such form of it.
    fn sheet(
        &self,
        office: &Office,
        form: Printed,
        (desk, reception): (&Desk, Option<&Reception>),
    ) -> Option<Sheet> {
        let trail = Trail::of(&self.acts);
        // A form speaks of the content its step was taken on; the declaration of the newest that was handed in.
        let heads = case::step_of(&trail, form).and_then(|(_, step)| step.heads());
        let heads = heads.unwrap_or(&trail.status.heads);
        let handed_in = trail.submitted.and(self.history.read_at(heads)).and_then(Result::ok);
        let draft = handed_in.is_none();
        let content = handed_in.or_else(|| self.history.read().ok())?;
        let filing = content.filing()?;
        let published = office.procedures.now();
        let procedure = pinned(published.procedures(), &filing.version)?;
        if !trail.has(form, procedure) {
            return None;
        }
        let number =
            self.receipt.as_ref().map(Receipt::number).or(self.number).map(|number| number.to_string());
        let receipt = self.receipt.as_ref().map(Receipt::to_text);
        let signed = self.signed_result(office, filing, procedure);
        let (number, receipt, signed) = (number.as_deref(), receipt.as_deref(), signed.as_deref());
        let case = Case { filing, procedure, trail: &trail, desk, reception, number, receipt, signed };
        Some(match form {
            Printed::Ct01 => print::forms::ct01::sheet(&ct01::form(&case), draft),
            Printed::Ct03 => print::forms::ct03::sheet(&ct03::form(&case)?, draft),
            Printed::Ct04 => print::forms::ct04::sheet(&ct04::form(&case)?, draft),
            Printed::Ct05 => print::forms::ct05::sheet(&ct05::form(&case)?, draft),
            Printed::Ct06 => print::forms::ct06::sheet(&ct06::form(&case)?, draft),
            Printed::Ct07 => print::forms::ct07::sheet(&ct07::form(&case)?, draft),
            Printed::Ct08 => print::forms::ct08::sheet(&ct08::form(&case)?, draft),
        })
    }
}
