//! How many requests of one kind may be under way at once. Whoever comes beyond that is asked to come back: a short
//! queue that refuses is kinder on a bad line than a long one that times out.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Health and figures: always answered.
    Free,
    /// Pages and files.
    Page,
    /// Enrolment, sign-in, recovery: each may wait for a password to be hashed.
    Door,
    /// Exchanges, as many as the writer's queue holds.
    Exchange,
    /// Streams of hints: open for hours, limited by their own handler.
    Stream,
}

/// The places of each kind.
pub struct Lanes {
    page: Arc<Semaphore>,
    door: Arc<Semaphore>,
    exchange: Arc<Semaphore>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        Lanes {
            page: Arc::new(Semaphore::new(512)),
            door: Arc::new(Semaphore::new(32)),
            exchange: Arc::new(Semaphore::new(256)),
        }
    }
}

/// All places are taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Full;

impl Lanes {
    /// A place, held until the answer is made; kinds without a limit need none.
    pub fn enter(&self, rate: Rate) -> Result<Option<OwnedSemaphorePermit>, Full> {
        let lane = match rate {
            Rate::Free | Rate::Stream => return Ok(None),
            Rate::Page => &self.page,
            Rate::Door => &self.door,
            Rate::Exchange => &self.exchange,
        };
        lane.clone().try_acquire_owned().map(Some).map_err(|_| Full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_lane_refuses_and_leaves_the_others_alone() {
        let lanes = Lanes::default();
        let held: Vec<_> = (0..32).map(|_| lanes.enter(Rate::Door).expect("a place")).collect();
        assert_eq!(lanes.enter(Rate::Door).err(), Some(Full));
        assert!(lanes.enter(Rate::Exchange).is_ok());
        assert!(lanes.enter(Rate::Free).is_ok());
        drop(held);
        assert!(lanes.enter(Rate::Door).is_ok());
    }
}
