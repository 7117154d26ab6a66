//! Dữ liệu về mình: somebody without an account asks the agency what is held about them; an officer sees who they are; then
//! they read it, by the code of their letter and the last digits of their number. Nobody is indexed by their number: the
//! office looks through its dossiers when somebody asks, a stretch at each visit, and keeps only which of them it found.

mod said;

use std::net::IpAddr;
use std::time::{Duration, Instant};

use dossier::act::Act;
use dossier::behalf::TrackingCode;
use dossier::filing::step::Reason;
use dossier::id::{CommuneCode, DossierId};
use dossier::manage::{Complaint, ComplaintKind, ComplaintSaid};
use dossier::moment::Moment;
use dossier::name::FullName;
use dossier::personal_number::PersonalNumber;
use dossier::procedure::{Agency, pinned};
use dossier::terms::{self, Matter};
use subtle::ConstantTimeEq as _;

pub use said::Said;

use crate::clock;
use crate::complaint;
use crate::error::Error;
use crate::exchange::rows::KeyRing;
use crate::holder::{Key, Shut};
use crate::office::Office;
use crate::store::commune;
use crate::store::dossier as log;
use crate::store::own_data::{self as store, OwnDataRow};
use crate::story::Story;
use crate::throttle::Knock;

const UNREAD: Error = Error::Broken("a request for own data that cannot be read");

/// Dossiers looked into between two notes of how far the search has come.
const STRETCH: u32 = 64;
/// How long one visit searches.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How many digits the private word has.
const WORD: usize = 4;

/// Until when it is open to somebody who was identified now.
pub fn until(now: Moment) -> Moment {
    let days = terms::on(Matter::OwnData, now.day()).map_or(0, |term| i64::from(term.days));
    now.plus_minutes(days * 24 * 60)
}

/// What the letter is answered with once it is open.
pub fn opened(until: Moment) -> Result<Reason, Error> {
    let words = format!("Đã đối chiếu giấy tờ. Xem dữ liệu bằng mã này đến {until}.");
    words.parse().map_err(|_| UNREAD)
}

/// A request that was opened by its code and word.
pub struct Request {
    /// What opened it.
    pub key: Key,
    /// The letter, and its answer.
    pub letter: Complaint,
    /// The commune it went to.
    pub commune: CommuneCode,
    row: OwnDataRow,
    number: PersonalNumber,
}

/// Keeps a request; the code it is followed by. The same form sent twice is one.
pub async fn ask(
    office: &Office,
    ticket: &str,
    commune: CommuneCode,
    (from, number): (&FullName, PersonalNumber),
) -> Result<TrackingCode, Error> {
    let words = format!("Muốn xem dữ liệu về người có số định danh {}.", number.grouped());
    let said = ComplaintSaid {
        kind: ComplaintKind::OwnData,
        dossier: String::new(),
        from: from.to_string(),
        words: words.parse().map_err(|_| UNREAD)?,
    };
    let sealed = complaint::seal(office, &u64::from(number))?;
    let mut transaction = office.store.begin().await?;
    let (code, letter) =
        complaint::put(&mut transaction, office, ticket, commune, &said, clock::now()).await?;
    store::put(&mut *transaction, letter, &sealed).await?;
    transaction.commit().await?;
    office.writer.announce(commune);
    Ok(code)
}

/// Opens a request; guesses are slowed like those at a dossier.
pub async fn open(office: &Office, address: IpAddr, key: Key) -> Result<Result<Request, Shut>, Error> {
    let knock = Knock::with_code(&office.keys, address);
    let wait = knock.wait(&office.store, clock::now()).await?;
    if wait > 0 {
        return Ok(Err(Shut::Wait(wait)));
    }
    let letter = match key.code.parse::<TrackingCode>() {
        Ok(code) => complaint::by_code(office, code).await?,
        Err(_) => None,
    };
    let asked = match letter {
        Some((letter, commune)) => {
            store::find(office.store.readers(), letter.number).await?.map(|row| (row, letter, commune))
        }
        None => None,
    };
    let Some((row, letter, commune)) = asked else {
        knock.failed(&office.store, clock::now()).await?;
        return Ok(Err(Shut::NoCode));
    };
    let plain = KeyRing::new(office.keys.dossier_kek()).open_own(&row.number).ok_or(UNREAD)?;
    let number: u64 = postcard::from_bytes(&plain).map_err(|_| UNREAD)?;
    let number = PersonalNumber::try_from(number).map_err(|_| UNREAD)?;
    let knock = Knock::with_own_word(&office.keys, letter.number);
    let wait = knock.enter(&office.store, clock::now()).await?;
    if wait > 0 {
        return Ok(Err(Shut::Wait(wait)));
    }
    let typed: String = key.word.chars().filter(|sign| !sign.is_whitespace()).collect();
    let digits = number.to_string();
    let word = &digits[digits.len().saturating_sub(WORD)..];
    if !bool::from(typed.as_bytes().ct_eq(word.as_bytes())) {
        return Ok(Err(Shut::WrongWord));
    }
    knock.succeeded(&office.store).await?;
    Ok(Ok(Request { key, letter, commune, row, number }))
}

/// Where a request stands.
pub enum Standing {
    /// Nobody has seen yet who asks.
    Waiting,
    /// The agency answered with other words.
    Answered(Reason),
    /// It was open until then.
    Over(Moment),
    /// The office is looking: into so many so far of so many dossiers.
    Searching(u64, u64),
    /// All of it.
    Found(Vec<Datum>, Moment, u32),
}

/// A dossier that speaks of who asks.
pub struct Datum {
    /// Which one.
    pub dossier: DossierId,
    /// What it is.
    pub title: String,
    /// Whether it is a residence dossier, and no stay notice.
    pub filing: bool,
    /// Everything kept of it.
    pub story: Story,
    /// With whom it lies, and their telephone.
    pub agency: (String, Option<String>),
    /// What it says of the person, line by line.
    pub said: Vec<Said>,
}

impl Request {
    /// Where it stands now. Somebody who was identified has the office look a while longer.
    pub async fn standing(&self, office: &Office) -> Result<Standing, Error> {
        let now = clock::now();
        let since = match (self.row.until().zip(self.row.since()), &self.letter.answer) {
            (None, None) => return Ok(Standing::Waiting),
            (None, Some((_, _, words))) => return Ok(Standing::Answered(words.clone())),
            (Some((until, _)), _) if until < now => return Ok(Standing::Over(until)),
            (Some((_, since)), _) => since,
        };
        let found = if self.row.is_finished() { Some(self.row.unread) } else { self.search(office).await? };
        let readers = office.store.readers();
        let Some(unread) = found else {
            let (looked, all) = store::progress(readers, self.letter.number).await?;
            return Ok(Standing::Searching(looked, all));
        };
        let mut found = Vec::new();
        for dossier in store::found(readers, self.letter.number).await? {
            found.extend(self.datum(office, dossier).await?);
        }
        Ok(Standing::Found(found, since, unread))
    }

    /// Goes on looking where it stopped, for a while; at the end, how many dossiers it could not read.
    async fn search(&self, office: &Office) -> Result<Option<u32>, Error> {
        let (began, id) = (Instant::now(), self.letter.number);
        let (mut after, mut unread) = (self.row.searched().to_vec(), self.row.unread);
        while began.elapsed() < PATIENCE {
            let dossiers = store::next(office.store.readers(), &after, STRETCH).await?;
            let (mut here, mut bad) = (Vec::new(), 0);
            for dossier in &dossiers {
                match self.datum(office, *dossier).await {
                    Ok(datum) => here.extend(datum.map(|_| *dossier)),
                    Err(Error::Broken(_)) => bad += 1,
                    Err(cause) => return Err(cause),
                }
            }
            let finished = (dossiers.len() < STRETCH as usize).then(clock::now);
            let from = after.clone();
            after = dossiers.last().map_or(after, |last| last.0.to_vec());
            unread += bad;
            let mut transaction = office.store.begin().await?;
            for dossier in here {
                store::add(&mut *transaction, id, dossier).await?;
            }
            if !store::go_on(&mut *transaction, id, (&from, &after), bad, finished).await? {
                return Ok(None);
            }
            transaction.commit().await?;
            if finished.is_some() {
                return Ok(Some(unread));
            }
        }
        Ok(None)
    }

    /// What a dossier says of who asks, if it speaks of them and was ever handed in.
    async fn datum(&self, office: &Office, dossier: DossierId) -> Result<Option<Datum>, Error> {
        let Some(story) = Story::read(office, dossier).await? else { return Ok(None) };
        if !story.acts.iter().any(|recorded| matches!(recorded.act, Act::Submit { .. })) {
            return Ok(None);
        }
        let content = story.history.read().map_err(|_| Error::Broken("a dossier that cannot be read"))?;
        let published = office.procedures.now();
        let procedure = content.filing().and_then(|filing| pinned(published.procedures(), &filing.version));
        if content.filing().is_some() && procedure.is_none() {
            return Err(Error::Broken("a dossier of an unknown procedure"));
        }
        let said = said::of(&content, procedure, self.number);
        if said.is_empty() {
            return Ok(None);
        }
        let readers = office.store.readers();
        let row = commune::today(readers, story.commune).await?;
        let row = row.ok_or(Error::Broken("a dossier without its commune"))?;
        let placed = log::placed(readers, [dossier]).await?;
        let agency = row.contact(placed.first().map_or(Agency::Police, |one| one.agency));
        let title = procedure.map_or_else(|| "Thông báo lưu trú".to_owned(), |one| one.title.clone());
        let filing = content.filing().is_some();
        Ok(Some(Datum { dossier, title, filing, story, agency, said }))
    }

    /// Asks who has this dossier to put right what it says; the code of that letter. Only of what was found.
    pub async fn correct(
        &self,
        office: &Office,
        (ticket, dossier): (&str, DossierId),
        words: Reason,
    ) -> Result<Option<TrackingCode>, Error> {
        let open = self.row.until().is_some_and(|until| clock::now() <= until);
        let found = store::found(office.store.readers(), self.letter.number).await?;
        if !open || !found.contains(&dossier) {
            return Ok(None);
        }
        let Some(datum) = self.datum(office, dossier).await? else { return Ok(None) };
        let said = ComplaintSaid {
            kind: ComplaintKind::Correction,
            dossier: datum.story.number.map(|number| number.to_string()).unwrap_or_default(),
            from: format!("{}, số định danh {}", self.letter.said.from, self.number.grouped()),
            words,
        };
        let code = complaint::keep(office, ticket, datum.story.commune, &said, clock::now()).await?;
        Ok(Some(code))
    }
}
