//! Slowing down guesses at the door. Whole villages share one address behind a carrier's gateway, so an address is
//! only ever slowed to one try in two seconds, and an account is never shut for long: a device that is enrolled
//! already does not pass here at all.

use std::net::IpAddr;

use dossier::id::{AccountId, DossierId};
use dossier::moment::Moment;
use dossier::phone::PhoneNumber;

use crate::keys::Keys;
use crate::store::Store;
use crate::store::attempt::{self, Attempts};

/// How patient the office is with one kind of failure.
struct Patience {
    kind: &'static str,
    /// So many failures cost nothing.
    free: u32,
    /// The wait after the next one, in seconds; it doubles with every further failure.
    first_wait: i64,
    longest_wait: i64,
    /// A failure is forgotten after so many seconds without another.
    forget: i64,
}

/// Somebody guesses at one account from one address.
const PAIR: Patience = Patience { kind: "pair", free: 5, first_wait: 30, longest_wait: 900, forget: 86_400 };
/// Many guess at one account.
const LOGIN: Patience =
    Patience { kind: "login", free: 50, first_wait: 10, longest_wait: 300, forget: 3_600 };
/// One address guesses at anything.
const ADDRESS: Patience =
    Patience { kind: "address", free: 100, first_wait: 2, longest_wait: 2, forget: 600 };

/// Somebody has codes of consent made: five an hour cost nothing.
const CONSENT: Patience =
    Patience { kind: "consent", free: 5, first_wait: 60, longest_wait: 900, forget: 3_600 };
/// A helper types codes nobody gave out.
const GUESS: Patience =
    Patience { kind: "guess", free: 10, first_wait: 60, longest_wait: 900, forget: 86_400 };

/// Somebody guesses at the private word of a dossier whose code they hold. Four digits are ten thousand words: at six
/// tries a day, years.
const WORD: Patience =
    Patience { kind: "word", free: 5, first_wait: 60, longest_wait: 14_400, forget: 86_400 };

/// A telephone sends codes nobody was given.
const SENDER: Patience =
    Patience { kind: "sender", free: 10, first_wait: 60, longest_wait: 14_400, forget: 86_400 };

/// Letters to an agency from one address: a village behind a carrier's gateway shares it.
const LETTER: Patience =
    Patience { kind: "letter", free: 20, first_wait: 60, longest_wait: 900, forget: 3_600 };

impl Patience {
    /// Seconds left until the next try may be made.
    fn wait(&self, attempts: Option<Attempts>, now: Moment) -> i64 {
        let Some(attempts) = attempts else { return 0 };
        let passed = now.0.saturating_sub(attempts.last_at.0).max(0) / 1000;
        if attempts.failures <= self.free || passed >= self.forget {
            return 0;
        }
        let doublings = (attempts.failures - self.free - 1).min(20);
        (self.first_wait << doublings).min(self.longest_wait) - passed
    }

    fn after_failure(&self, attempts: Option<Attempts>, now: Moment) -> Attempts {
        let counted = attempts.filter(|old| now.0.saturating_sub(old.last_at.0) / 1000 < self.forget);
        Attempts { failures: counted.map_or(0, |old| old.failures).saturating_add(1), last_at: now }
    }
}

/// Who tries: marks only, nothing personal.
pub struct Knock {
    marks: Vec<(&'static Patience, [u8; 16])>,
}

impl Knock {
    /// A try at an account.
    pub fn at_account(keys: &Keys, login: &str, address: IpAddr) -> Knock {
        let pair = format!("{login} {address}");
        let marks = vec![
            (&PAIR, keys.mark(PAIR.kind, pair.as_bytes())),
            (&LOGIN, keys.mark(LOGIN.kind, login.as_bytes())),
        ];
        Knock { marks }.and_address(keys, address)
    }

    /// A try with a one-time code.
    pub fn with_code(keys: &Keys, address: IpAddr) -> Knock {
        Knock { marks: Vec::new() }.and_address(keys, address)
    }

    /// A code of consent to be made: each one counts, for who has it made and for the address.
    pub fn for_consent(keys: &Keys, account: AccountId, address: IpAddr) -> Knock {
        let marks = vec![(&CONSENT, keys.mark(CONSENT.kind, &account.0.to_le_bytes()))];
        Knock { marks }.and_address(keys, address)
    }

    /// A code of consent that this person typed.
    pub fn with_consent(keys: &Keys, account: AccountId) -> Knock {
        Knock { marks: vec![(&GUESS, keys.mark(GUESS.kind, &account.0.to_le_bytes()))] }
    }

    /// A letter to an agency: each one counts.
    pub fn with_letter(keys: &Keys, address: IpAddr) -> Knock {
        Knock { marks: vec![(&LETTER, keys.mark(LETTER.kind, address.to_string().as_bytes()))] }
    }

    /// A text message with a code.
    pub fn by_message(keys: &Keys, from: &PhoneNumber) -> Knock {
        Knock { marks: vec![(&SENDER, keys.mark(SENDER.kind, from.as_str().as_bytes()))] }
    }

    /// A try at the private word of a dossier.
    pub fn with_word(keys: &Keys, dossier: DossierId) -> Knock {
        Knock { marks: vec![(&WORD, keys.mark(WORD.kind, &dossier.0))] }
    }

    /// A try at the private word of somebody who asks what is held about them.
    pub fn with_own_word(keys: &Keys, request: u32) -> Knock {
        let mark = keys.mark(WORD.kind, &[b"own data", &request.to_le_bytes()[..]].concat());
        Knock { marks: vec![(&WORD, mark)] }
    }

    fn and_address(mut self, keys: &Keys, address: IpAddr) -> Knock {
        self.marks.push((&ADDRESS, keys.mark(ADDRESS.kind, address.to_string().as_bytes())));
        self
    }

    /// Seconds to wait before this try is looked at; 0 when it may be.
    pub async fn wait(&self, store: &Store, now: Moment) -> Result<u64, sqlx::Error> {
        let mut longest = 0;
        for (patience, mark) in &self.marks {
            let attempts = attempt::find(store.readers(), patience.kind, *mark).await?;
            longest = longest.max(patience.wait(attempts, now));
        }
        Ok(longest.max(0) as u64)
    }

    /// Counts this try before it is looked at, so that many at once are no way around the wait; the seconds to wait where
    /// it may not be made.
    pub async fn enter(&self, store: &Store, now: Moment) -> Result<u64, sqlx::Error> {
        let mut transaction = store.begin().await?;
        let mut longest = 0;
        for (patience, mark) in &self.marks {
            let attempts = attempt::find(&mut *transaction, patience.kind, *mark).await?;
            longest = longest.max(patience.wait(attempts, now));
        }
        if longest > 0 {
            return Ok(longest as u64);
        }
        for (patience, mark) in &self.marks {
            let attempts = attempt::find(&mut *transaction, patience.kind, *mark).await?;
            let attempts = patience.after_failure(attempts, now);
            attempt::put(&mut *transaction, patience.kind, *mark, attempts).await?;
        }
        transaction.commit().await?;
        Ok(0)
    }

    /// Counts a failure.
    pub async fn failed(&self, store: &Store, now: Moment) -> Result<(), sqlx::Error> {
        let mut transaction = store.begin().await?;
        attempt::delete_before(&mut *transaction, now.plus_minutes(-24 * 60)).await?;
        for (patience, mark) in &self.marks {
            let attempts = attempt::find(&mut *transaction, patience.kind, *mark).await?;
            let attempts = patience.after_failure(attempts, now);
            attempt::put(&mut *transaction, patience.kind, *mark, attempts).await?;
        }
        transaction.commit().await
    }

    /// Pardons what this person failed at before; an address has to wait it out.
    pub async fn succeeded(&self, store: &Store) -> Result<(), sqlx::Error> {
        for (patience, mark) in &self.marks {
            if (patience.kind == PAIR.kind || patience.kind == WORD.kind)
                && attempt::find(store.readers(), patience.kind, *mark).await?.is_some()
            {
                let mut transaction = store.begin().await?;
                attempt::delete(&mut *transaction, patience.kind, *mark).await?;
                transaction.commit().await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(failures: u32) -> Option<Attempts> {
        Some(Attempts { failures, last_at: Moment(0) })
    }

    #[test]
    fn the_sixth_wrong_password_waits_and_each_further_one_longer() {
        let now = Moment(0);
        assert_eq!(PAIR.wait(None, now), 0);
        assert_eq!(PAIR.wait(failures(5), now), 0);
        assert_eq!(PAIR.wait(failures(6), now), 30);
        assert_eq!(PAIR.wait(failures(7), now), 60);
        assert_eq!(PAIR.wait(failures(60), now), 900);
        assert_eq!(PAIR.wait(failures(6), Moment(30_000)), 0);
        assert_eq!(PAIR.wait(failures(60), Moment(86_400_000)), 0);
    }

    #[test]
    fn a_village_behind_one_address_is_slowed_but_never_shut_out() {
        assert_eq!(ADDRESS.wait(failures(100_000), Moment(0)), 2);
        assert!(ADDRESS.wait(failures(100_000), Moment(2_000)) <= 0);
    }

    #[test]
    fn failures_of_long_ago_do_not_count() {
        let later = Moment(PAIR.forget * 1000);
        assert_eq!(PAIR.after_failure(failures(9), later).failures, 1);
        assert_eq!(PAIR.after_failure(failures(9), Moment(1)).failures, 10);
    }
}
