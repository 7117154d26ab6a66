//! Người giữ mã: somebody without an account, who follows a dossier by its tracking code and does something about it with
//! its private word as well. What they do passes the same gate and the same judge as a device's frame.
//!
//! The private word is the last four digits of the declarant's personal number as the dossier gives it, or of their
//! telephone number where it gives none. It is written on no slip and in no message: who has found one of these does
//! nothing with it. Somebody who holds the code and knows the person may know the word too; what can be done is therefore
//! only what the office and the filer see at once, and nothing of it deletes anything.

pub mod answer;
pub mod picture;
pub mod place;

use std::net::IpAddr;
use std::sync::Arc;

use dossier::act::Act;
use dossier::behalf::TrackingCode;
use dossier::filing::Filing;
use dossier::filing::status::FilingStatus;
use dossier::filing::step::{Reason, ReturnWay, Step};
use dossier::id::{DeviceHandle, DossierId};
use dossier::procedure::{Procedure, pinned};
use subtle::ConstantTimeEq as _;
use sync::frame::ActId;
use sync::frame::Parcel;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::office::Caller;

use crate::error::Error;
use crate::office::Office;
use crate::routes::track;
use crate::store::commune::{self, CommuneRow};
use crate::store::dossier::{self as log, Placed};
use crate::store::tracking;
use crate::story::Story;
use crate::throttle::Knock;
use crate::{clock, dice};

/// How many digits the private word has.
const WORD: usize = 4;

/// Nobody's device: the office writes for who has none.
pub const NO_DEVICE: DeviceHandle = DeviceHandle([0; 3]);

/// What opens a dossier, as typed.
#[derive(Clone, Default)]
pub struct Key {
    /// The tracking code.
    pub code: String,
    /// The private word.
    pub word: String,
}

/// A dossier that was opened by its code and word.
pub struct Matter {
    /// What opened it.
    pub key: Key,
    /// Everything kept of it.
    pub story: Story,
    /// What it says.
    pub filing: Filing,
    /// The definition it is pinned to.
    pub procedure: Procedure,
    /// Where it stands.
    pub status: FilingStatus,
    /// With whom it lies today.
    pub commune: CommuneRow,
}

/// Why it was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// No residence dossier goes by this code.
    NoCode,
    /// The dossier gives neither number: nobody opens it by a word.
    NoWord,
    /// Another word.
    WrongWord,
    /// Too many tries; so many seconds.
    Wait(u64),
}

/// What became of something that was done by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is kept.
    Kept,
    /// The dossier had moved on: nothing was changed.
    Overtaken,
}

/// The private word of what a dossier says.
pub fn word(filing: &Filing) -> Option<String> {
    let number = ["filer-number", "number", "phone"].iter().find_map(|key| filing.answer(key))?;
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let first = digits.len().checked_sub(WORD)?;
    Some(digits[first..].iter().collect())
}

/// The dossier of a code; guesses are slowed like those at the door.
pub async fn find(
    office: &Office,
    address: IpAddr,
    typed: &str,
) -> Result<Result<(TrackingCode, DossierId), Shut>, Error> {
    let knock = Knock::with_code(&office.keys, address);
    let wait = knock.wait(&office.store, clock::now()).await?;
    if wait > 0 {
        return Ok(Err(Shut::Wait(wait)));
    }
    let found = match typed.parse::<TrackingCode>() {
        Ok(code) => {
            let mark = track::mark(&office.keys, code);
            tracking::find(office.store.readers(), mark).await?.map(|dossier| (code, dossier))
        }
        Err(_) => None,
    };
    if found.is_none() {
        knock.failed(&office.store, clock::now()).await?;
    }
    Ok(found.ok_or(Shut::NoCode))
}

/// Opens a residence dossier.
pub async fn open(office: &Office, address: IpAddr, key: Key) -> Result<Result<Matter, Shut>, Error> {
    let dossier = match find(office, address, &key.code).await? {
        Ok((_, dossier)) => dossier,
        Err(shut) => return Ok(Err(shut)),
    };
    let Some(story) = Story::read(office, dossier).await? else { return Ok(Err(Shut::NoCode)) };
    let Some(filing) = story.history.read().ok().and_then(|content| content.filing().cloned()) else {
        return Ok(Err(Shut::NoCode));
    };
    let Some(procedure) = pinned(office.procedures.now().procedures(), &filing.version).cloned() else {
        return Ok(Err(Shut::NoCode));
    };
    let Some(word) = word(&filing) else { return Ok(Err(Shut::NoWord)) };
    let knock = Knock::with_word(&office.keys, dossier);
    let wait = knock.enter(&office.store, clock::now()).await?;
    if wait > 0 {
        return Ok(Err(Shut::Wait(wait)));
    }
    let typed: String = key.word.chars().filter(|sign| !sign.is_whitespace()).collect();
    if !bool::from(typed.as_bytes().ct_eq(word.as_bytes())) {
        return Ok(Err(Shut::WrongWord));
    }
    knock.succeeded(&office.store).await?;
    let commune = commune::today(office.store.readers(), story.commune).await?;
    let commune = commune.ok_or(Error::Broken("a dossier without its commune"))?;
    let status = story.status();
    Ok(Ok(Matter { key, story, filing, procedure, status, commune }))
}

impl Matter {
    /// How the result comes: as asked for last, or as the form says.
    pub fn way(&self) -> Option<ReturnWay> {
        let accepted = self.status.accepted.as_ref().map(|accepted| accepted.way);
        let said = || ReturnWay::named(self.filing.answer("return")?);
        accepted.or(self.status.chosen).or_else(said)
    }

    /// Takes the dossier back.
    pub async fn withdraw(&self, office: &Office) -> Result<Done, Error> {
        self.act(office, ActId(dice::roll()), Act::Withdraw { claimed_at: clock::now() }).await
    }

    /// Says how the result comes.
    pub async fn return_by(
        &self,
        office: &Office,
        way: ReturnWay,
        address: Option<Reason>,
    ) -> Result<Done, Error> {
        self.act(office, ActId(dice::roll()), Act::Step(Box::new(Step::ReturnBy { way, address }))).await
    }

    async fn act(&self, office: &Office, id: ActId, act: Act) -> Result<Done, Error> {
        self.send(office, None, SentAct { dossier: self.story.dossier, id, act }).await
    }

    async fn send(&self, office: &Office, changes: Option<Vec<u8>>, act: SentAct) -> Result<Done, Error> {
        let mut up = Up::silent(NO_DEVICE, clock::now());
        if let Some(change) = changes {
            let (dossier, establishment) = (self.story.dossier, self.placed(office).await?.house);
            up.parcels.push(Parcel { dossier, establishment, changes: vec![change] });
        }
        up.acts.push(act);
        // The number is the receiving desk's, and stays so.
        let desk = self.placed(office).await?.received_at.unwrap_or(self.commune.code());
        let caller = Caller::holding(self.story.dossier, desk);
        let kept = office.writer.keep(caller, Arc::new(up)).await?.judged;
        let on_dossier = kept.verdicts.iter().map(|(_, verdict)| *verdict);
        let mut verdicts = on_dossier.chain(kept.act_verdicts.iter().map(|said| said.verdict));
        let taken = verdicts.all(|verdict| verdict == Verdict::Accepted);
        Ok(if taken { Done::Kept } else { Done::Overtaken })
    }

    async fn placed(&self, office: &Office) -> Result<Placed, Error> {
        let placed = log::placed(office.store.readers(), [self.story.dossier]).await?;
        placed.into_iter().next().ok_or(Error::Broken("a dossier without its house"))
    }
}
