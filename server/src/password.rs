//! Passwords: judged when chosen, kept as Argon2id, one hash at a time.

use std::sync::Arc;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::dice;

/// What the first byte of a kept hash says: Argon2id, 19 MiB, two passes, one lane, 16 bytes of salt, 32 of output.
const FORM: u8 = 1;
const SALT: usize = 16;
const OUTPUT: usize = 32;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Longer texts are refused before they cost anything.
const LONGEST: usize = 256;

/// How long somebody stands in line for a hash before being asked to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether a password is hard enough to guess, knowing the person's login and name.
pub fn strong(password: &str, login: &str, name: &str) -> bool {
    // zxcvbn needs time that grows with the square of the length; what is beyond 100 signs adds nothing.
    let judged: String = password.chars().take(100).collect();
    password.len() <= LONGEST && zxcvbn::zxcvbn(&judged, &[login, name]).score() >= zxcvbn::Score::Three
}

/// Too many hashes are wanted at once.
#[derive(Debug, thiserror::Error)]
#[error("too many passwords at once")]
pub struct Crowded;

/// The place where passwords are hashed, one at a time: each takes 19 MiB.
#[derive(Clone)]
pub struct Hasher {
    turn: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Hasher {
        Hasher { turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Hasher {
    /// What is kept of a password.
    pub async fn hash(&self, password: String) -> Result<Vec<u8>, Crowded> {
        self.in_turn(move || {
            let salt = dice::roll::<SALT>();
            [&[FORM][..], &salt, &derive(&password, &salt)].concat()
        })
        .await
    }

    /// Whether this is the password of which `kept` was kept. Without one it takes as long and is never true, so that
    /// nobody learns from the time of an answer which logins exist.
    pub async fn verify(&self, password: String, kept: Option<Vec<u8>>) -> Result<bool, Crowded> {
        self.in_turn(move || {
            let known = kept.as_deref().and_then(split);
            let (salt, wanted) = known.unwrap_or(([0; SALT], [0; OUTPUT]));
            let same: bool = derive(&password, &salt).ct_eq(&wanted).into();
            same && known.is_some() && password.len() <= LONGEST
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Crowded> {
        let turn = tokio::time::timeout(PATIENCE, self.turn.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| Crowded)?.map_err(|_| Crowded)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|_| Crowded)
    }
}

fn split(kept: &[u8]) -> Option<([u8; SALT], [u8; OUTPUT])> {
    let (form, rest) = kept.split_first()?;
    let (salt, output) = rest.split_at_checked(SALT)?;
    (*form == FORM).then_some((salt.try_into().ok()?, output.try_into().ok()?))
}

fn derive(password: &str, salt: &[u8; SALT]) -> [u8; OUTPUT] {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(OUTPUT)).expect("these parameters are in range");
    let mut output = [0; OUTPUT];
    let bytes = &password.as_bytes()[..password.len().min(LONGEST)];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(bytes, salt, &mut output)
        .expect("salt and lengths are in range");
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_passwords_are_refused_and_so_is_the_own_name() {
        for easy in ["", "123456", "matkhau", "hoadialan", "hoadialan2026", "Lò Thị Mai"] {
            assert!(!strong(easy, "hoadialan", "Lò Thị Mai"), "{easy}");
        }
        assert!(!strong(&"dài ".repeat(100), "a", "b"), "longer than anybody types");
        assert!(strong("muối ớt xanh chấm thịt gác bếp", "hoadialan", "Lò Thị Mai"));
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_salted() {
        let hasher = Hasher::default();
        let first = hasher.hash("đúng".into()).await.expect("a turn");
        let second = hasher.hash("đúng".into()).await.expect("a turn");
        assert_ne!(first, second);
        assert!(hasher.verify("đúng".into(), Some(first.clone())).await.expect("a turn"));
        assert!(!hasher.verify("sai".into(), Some(first.clone())).await.expect("a turn"));
        assert!(!hasher.verify("đúng".into(), None).await.expect("a turn"));
        assert!(!hasher.verify("đúng".into(), Some(first[..20].to_vec())).await.expect("a turn"));
    }
}
