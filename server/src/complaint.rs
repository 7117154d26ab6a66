//! Phản ánh, kiến nghị: written by anybody to an agency, followed by a code of its own, answered in writing by a day the
//! dated terms give.

use dossier::behalf::TrackingCode;
use dossier::id::CommuneCode;
use dossier::manage::{Complaint, ComplaintSaid};
use dossier::moment::{Day, Moment};
use dossier::terms::{self, Matter, Term};
use dossier::working_days::WorkingDays;
use sqlx::SqliteConnection;
use sync::dice::Dice;

use crate::dice;
use crate::error::Error;
use crate::exchange::rows::KeyRing;
use crate::keys::Keys;
use crate::office::Office;
use crate::store::account;
use crate::store::complaint::{self, ComplaintRow};

const UNREAD: Error = Error::Broken("a complaint that cannot be read");

/// The term for an answer to what comes on this day.
pub fn term(day: Day) -> Option<&'static Term> {
    terms::on(Matter::Complaint, day)
}

/// The last day for an answer.
fn due(day: Day) -> Day {
    let days = term(day).map_or(0, |term| u16::try_from(term.days).unwrap_or_default());
    WorkingDays::calendar().after(day, days)
}

/// What a code stands in the table as.
pub fn mark(keys: &Keys, code: TrackingCode) -> [u8; 16] {
    keys.mark("complaint", &code.bytes())
}

/// Keeps what was written; the code it is followed by. The same form sent twice is one.
pub async fn keep(
    office: &Office,
    ticket: &str,
    commune: CommuneCode,
    said: &ComplaintSaid,
    now: Moment,
) -> Result<TrackingCode, Error> {
    let mut transaction = office.store.begin().await?;
    let (code, _) = put(&mut transaction, office, ticket, commune, said, now).await?;
    transaction.commit().await?;
    office.writer.announce(commune);
    Ok(code)
}

/// The same inside of what is kept together with it; its number, too.
pub async fn put(
    db: &mut SqliteConnection,
    office: &Office,
    ticket: &str,
    commune: CommuneCode,
    said: &ComplaintSaid,
    now: Moment,
) -> Result<(TrackingCode, u32), Error> {
    // The same form sent twice is one; put right and sent again it is another, and the first is not taken for it.
    let content = postcard::to_allocvec(&(ticket, commune, said)).map_err(|_| UNREAD)?;
    let rolled = office.keys.mark("complaint form", &content);
    let mut first = [0; 8];
    first.copy_from_slice(&rolled[..8]);
    let code = TrackingCode::roll(first);
    let (mark, sealed) = (mark(&office.keys, code), seal(office, said)?);
    complaint::put(&mut *db, mark, commune, (now, due(now.day())), &sealed).await?;
    let row = complaint::by_mark(&mut *db, mark).await?.ok_or(UNREAD)?;
    Ok((code, row.id))
}

/// The one of a code.
pub async fn by_code(office: &Office, code: TrackingCode) -> Result<Option<(Complaint, CommuneCode)>, Error> {
    let Some(row) = complaint::by_mark(office.store.readers(), mark(&office.keys, code)).await? else {
        return Ok(None);
    };
    let commune = CommuneCode(row.commune);
    Ok(Some((open(office, &row).await?, commune)))
}

/// Seals plain data under the office's own key.
pub fn seal(office: &Office, said: &impl serde::Serialize) -> Result<Vec<u8>, Error> {
    let plain = postcard::to_allocvec(said).map_err(|_| UNREAD)?;
    Ok(KeyRing::new(office.keys.dossier_kek()).seal_own(&plain, &mut Dice::new(dice::roll())))
}

/// One, opened.
pub async fn open(office: &Office, row: &ComplaintRow) -> Result<Complaint, Error> {
    let ring = KeyRing::new(office.keys.dossier_kek());
    let plain = |sealed: &[u8]| ring.open_own(sealed).ok_or(UNREAD);
    let said = postcard::from_bytes(&plain(&row.said)?).map_err(|_| UNREAD)?;
    let answer = match (row.answered(), &row.answer) {
        (Some(at), Some(sealed)) => {
            let words = postcard::from_bytes(&plain(sealed)?).map_err(|_| UNREAD)?;
            let by = match row.answered_by {
                Some(id) => account::find(office.store.readers(), dossier::id::AccountId(id)).await?,
                None => None,
            };
            Some((at, by.map(|by| by.name).unwrap_or_default(), words))
        }
        _ => None,
    };
    Ok(Complaint { number: row.id, at: row.at(), due: row.due(), said, answer })
}
