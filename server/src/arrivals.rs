//! Pictures that are arriving now. A phone whose line has dropped comes back long before its old connection is noticed to
//! be dead: whoever comes for a picture takes over from whoever was reading it, once that has put down what it has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Notify, OwnedMutexGuard};

use crate::store::paper::Paper;

/// The pictures that are arriving.
#[derive(Default)]
pub struct Arrivals(Mutex<HashMap<Paper, Weak<Seat>>>);

#[derive(Default)]
struct Seat {
    /// Somebody else wants to sit here.
    wanted: Notify,
    taken: Arc<tokio::sync::Mutex<()>>,
}

/// The one place at which a picture is read; given back when it is dropped.
pub struct Reading {
    seat: Arc<Seat>,
    _taken: OwnedMutexGuard<()>,
}

impl Arrivals {
    /// Takes the place of this picture, as soon as whoever has it has given way.
    pub async fn read(&self, of: Paper) -> Reading {
        let seat = self.seat(of);
        if let Ok(taken) = Arc::clone(&seat.taken).try_lock_owned() {
            return Reading { seat, _taken: taken };
        }
        seat.wanted.notify_one();
        let taken = Arc::clone(&seat.taken).lock_owned().await;
        Reading { seat, _taken: taken }
    }

    fn seat(&self, of: Paper) -> Arc<Seat> {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seat) = seats.get(&of).and_then(Weak::upgrade) {
            return seat;
        }
        seats.retain(|_, seat| seat.strong_count() > 0);
        let seat = Arc::new(Seat::default());
        seats.insert(of, Arc::downgrade(&seat));
        seat
    }
}

impl Reading {
    /// Ends when somebody else wants the place.
    pub async fn wanted(&self) {
        self.seat.wanted.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::id::DossierId;

    #[tokio::test]
    async fn who_comes_later_takes_over_and_other_pictures_do_not_wait() {
        let arrivals = Arc::new(Arrivals::default());
        let (this, other) = ((DossierId([1; 8]), [1; 32]), (DossierId([1; 8]), [2; 32]));
        let first = arrivals.read(this).await;
        let _other = arrivals.read(other).await;
        let next = tokio::spawn({
            let arrivals = Arc::clone(&arrivals);
            async move { arrivals.read(this).await }
        });
        first.wanted().await;
        drop(first);
        drop(next.await.expect("it has the place now"));
        drop(arrivals.read(this).await);
    }
}
