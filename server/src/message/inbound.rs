//! What comes in by text message: a tracking code, for its state; the same with a word before it, to be told from now on
//! (`BAO`) or no longer (`THOI`). Only the telephone that stands in the dossier turns messages on.

use app::text::message as words;
use dossier::behalf::TrackingCode;
use dossier::moment::Moment;
use dossier::phone::PhoneNumber;
use dossier::vietnamese::fold;

use super::telephone;
use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::routes::track;
use crate::store::{commune, message, tracking};
use crate::story::Story;
use crate::throttle::Knock;

/// What is wished with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Ask,
    On,
    Off,
}

/// What a text asks for; `None` when there is no code in it.
fn read(text: &str) -> Option<(Wish, TrackingCode)> {
    let bare = fold(text);
    let (first, rest) = bare.split_once(' ').unwrap_or(("", &bare));
    let (wish, code) = match first {
        "bao" => (Wish::On, rest),
        "thoi" | "tat" | "huy" => (Wish::Off, rest),
        "hs" | "ma" => (Wish::Ask, rest),
        _ => (Wish::Ask, bare.as_str()),
    };
    code.parse().ok().map(|code| (wish, code))
}

/// The answer to a text; `None` when there is none to give.
pub async fn answer(office: &Office, from: &str, text: &str) -> Result<Option<String>, Error> {
    let said = |words: &str| Ok(Some(words.to_owned()));
    let from: PhoneNumber = match from.parse() {
        Ok(from) => from,
        Err(_) => return Ok(None),
    };
    let now = clock::now();
    let knock = Knock::by_message(&office.keys, &from);
    let wait = knock.wait(&office.store, now).await?;
    if wait > 0 {
        return said(words::SLOW);
    }
    let found = match read(text) {
        Some((wish, code)) => {
            let mark = track::mark(&office.keys, code);
            tracking::find(office.store.readers(), mark).await?.map(|dossier| (wish, dossier))
        }
        None => None,
    };
    let Some((wish, dossier)) = found else {
        knock.failed(&office.store, now).await?;
        return said(words::UNKNOWN);
    };
    let Some(story) = Story::read(office, dossier).await? else { return said(words::UNKNOWN) };
    let content = story.history.read().ok();
    let Some(filing) = content.as_ref().and_then(|content| content.filing()) else {
        return said(words::NOTICE);
    };
    match wish {
        Wish::Ask => {
            let commune = commune::today(office.store.readers(), story.commune).await?;
            let phone = commune.map(|row| words::plain(&row.duty_phone)).unwrap_or_default();
            let number = story.number.map(|number| number.to_string()).unwrap_or_default();
            Ok(Some(words::state(&number, &story.status(), &phone)))
        }
        Wish::On if telephone(filing).as_ref() == Some(&from) => {
            turn(office, dossier, true, now).await?;
            said(words::ON)
        }
        Wish::On => said(words::OTHER_PHONE),
        Wish::Off if telephone(filing).as_ref() == Some(&from) => {
            turn(office, dossier, false, now).await?;
            said(words::OFF)
        }
        Wish::Off => said(words::OTHER_PHONE),
    }
}

/// Turns messages about a dossier on or off. Turned on for the first time, one says what has arrived.
pub async fn turn(
    office: &Office,
    dossier: dossier::id::DossierId,
    on: bool,
    now: Moment,
) -> Result<(), Error> {
    let mut transaction = office.store.begin().await?;
    if !on {
        message::unwish(&mut *transaction, dossier).await?;
    } else if message::wish(&mut *transaction, dossier, now).await? {
        message::put(&mut *transaction, dossier, "receipt", 0, now).await?;
    }
    transaction.commit().await?;
    office.messages.wake();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_out_of_a_text_however_it_is_typed() {
        let code: TrackingCode = "7K2QD-0M9XA".parse().expect("a code");
        for (text, wish) in [
            ("7K2QD-0M9XA", Wish::Ask),
            (" 7k2qd 0m9xa ", Wish::Ask),
            ("HS 7K2QD0M9XA", Wish::Ask),
            ("Báo 7K2QD-OM9XA", Wish::On),
            ("THÔI 7K2QD-0M9XA", Wish::Off),
        ] {
            assert_eq!(read(text), Some((wish, code)), "{text}");
        }
        for text in ["", "BAO", "xin chao", "7K2QD-0M9X"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
