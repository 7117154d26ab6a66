//! Signed requests that write are heard once: what was said of the last minutes is remembered, in bounded memory.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use dossier::moment::Moment;
use sync::request::TOLERANCE_MINUTES;

/// Requests remembered at most; beyond them the office is busy rather than forgetful.
const MOST: usize = 65_536;

/// The requests that were heard.
#[derive(Default)]
pub struct Nonces(Mutex<Heard>);

#[derive(Default)]
struct Heard {
    known: HashSet<[u8; 40]>,
    order: VecDeque<(Moment, [u8; 40])>,
}

/// Whether a request is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It is.
    First,
    /// It was heard before.
    Again,
    /// Too many were heard lately to be sure.
    Full,
}

impl Nonces {
    /// Remembers a request of this key. Its claimed time has been found near enough to `now`: after twice the tolerance
    /// it is refused for its age alone, and need not be remembered.
    pub fn hear(&self, key: &[u8; 32], nonce: [u8; 8], now: Moment) -> Hearing {
        let mut mark = [0; 40];
        mark[..32].copy_from_slice(key);
        mark[32..].copy_from_slice(&nonce);
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let long_ago = now.plus_minutes(-2 * TOLERANCE_MINUTES);
        while let Some((_, old)) = heard.order.pop_front_if(|(at, _)| *at < long_ago) {
            heard.known.remove(&old);
        }
        if heard.known.contains(&mark) {
            return Hearing::Again;
        }
        if heard.order.len() >= MOST {
            return Hearing::Full;
        }
        heard.known.insert(mark);
        heard.order.push_back((now, mark));
        Hearing::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_count_once_until_their_age_alone_refuses_them() {
        let (nonces, now) = (Nonces::default(), Moment(1_795_000_000_000));
        assert_eq!(nonces.hear(&[1; 32], [9; 8], now), Hearing::First);
        assert_eq!(nonces.hear(&[1; 32], [9; 8], now.plus_minutes(20)), Hearing::Again);
        assert_eq!(nonces.hear(&[2; 32], [9; 8], now), Hearing::First, "another device");
        assert_eq!(nonces.hear(&[1; 32], [9; 8], now.plus_minutes(21)), Hearing::First);
    }

    #[test]
    fn memory_is_bounded_and_a_full_one_forgets_nothing() {
        let (nonces, now) = (Nonces::default(), Moment(1_795_000_000_000));
        for number in 0..MOST as u64 {
            assert_eq!(nonces.hear(&[1; 32], number.to_le_bytes(), now), Hearing::First);
        }
        assert_eq!(nonces.hear(&[1; 32], [255; 8], now), Hearing::Full);
        assert_eq!(nonces.hear(&[1; 32], [0; 8], now), Hearing::Again);
        assert_eq!(nonces.hear(&[1; 32], [255; 8], now.plus_minutes(21)), Hearing::First);
    }
}
