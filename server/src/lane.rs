//! How many requests of one kind may be under way at once. Whoever comes beyond that is asked to come back: a short
//! queue that refuses is kinder on a bad line than a long one that times out.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use dossier::id::DeviceHandle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Streams of hints that may be open at once.
const STREAMS: usize = 512;
/// Of these, per device. A phone that has lost its line opens a new stream long before the old one is noticed to be
/// dead, so the newest are kept and the oldest ends.
const STREAMS_OF_ONE: usize = 5;

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
    /// Questions about people, devices and areas: each reads a whole list.
    Desk,
    /// Streams of hints: open for hours, so their place is taken by [`Lanes::stream`].
    Stream,
}

/// The places of each kind.
pub struct Lanes {
    page: Arc<Semaphore>,
    door: Arc<Semaphore>,
    exchange: Arc<Semaphore>,
    desk: Arc<Semaphore>,
    stream: Arc<Semaphore>,
    listening: Mutex<HashMap<DeviceHandle, VecDeque<oneshot::Sender<()>>>>,
}

/// The place of an open stream, given back when it is dropped.
pub struct StreamPlace {
    _place: OwnedSemaphorePermit,
    /// Ends when the device has opened too many newer streams.
    pub replaced: oneshot::Receiver<()>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        Lanes {
            page: Arc::new(Semaphore::new(512)),
            door: Arc::new(Semaphore::new(32)),
            exchange: Arc::new(Semaphore::new(256)),
            desk: Arc::new(Semaphore::new(64)),
            stream: Arc::new(Semaphore::new(STREAMS)),
            listening: Mutex::default(),
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
            Rate::Desk => &self.desk,
        };
        lane.clone().try_acquire_owned().map(Some).map_err(|_| Full)
    }

    /// A place for a stream of this device. Beyond [`STREAMS_OF_ONE`] its oldest stream ends.
    pub fn stream(&self, device: DeviceHandle) -> Result<StreamPlace, Full> {
        let place = self.stream.clone().try_acquire_owned().map_err(|_| Full)?;
        let (hold, replaced) = oneshot::channel();
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        listening.retain(|_, holds| {
            holds.retain(|hold| !hold.is_closed());
            !holds.is_empty()
        });
        let holds = listening.entry(device).or_default();
        while holds.len() >= STREAMS_OF_ONE {
            holds.pop_front();
        }
        holds.push_back(hold);
        Ok(StreamPlace { _place: place, replaced })
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

    #[tokio::test]
    async fn a_device_keeps_its_newest_streams_and_all_devices_together_have_a_limit() {
        let lanes = Lanes::default();
        let phone = DeviceHandle([1; 3]);
        let mut held: Vec<_> = (0..6).map(|_| lanes.stream(phone).expect("a place")).collect();
        assert!((&mut held[0].replaced).await.is_err(), "the oldest of six ends");
        assert!(held[1].replaced.try_recv().is_err_and(|cause| cause == oneshot::error::TryRecvError::Empty));
        held.remove(0);
        held.extend((0..507).map(|n: u16| {
            let [high, low] = n.to_be_bytes();
            lanes.stream(DeviceHandle([2, high, low])).expect("a place")
        }));
        assert!(lanes.stream(phone).is_err(), "512 are open");
        held.pop();
        assert!(lanes.stream(phone).is_ok());
    }
}
