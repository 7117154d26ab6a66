//! Bản sao: a device says in every frame how far it has read its log, and only ever reads on. One that has read less than
//! it had before is two devices, or an old one that was put back. Both are answered 409 with this content type and no
//! body, and both keep everything: who is at one of them signs in again and is another device from then on.

use dossier::moment::Moment;

use crate::frame::Scope;
use crate::frame::up::Up;
use crate::receipt::Epoch;

/// The content type of the answer; its status is 409.
pub const CONTENT_TYPE: &str = "application/vnd.bankhai.copied";

/// How far a device had read when it made a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The life of the office whose numbers these are.
    pub epoch: Epoch,
    /// Which log.
    pub scope: Scope,
    /// Everything up to this number.
    pub low: u64,
    /// When the frame was made, by the device's own clock: a claim.
    pub at: Moment,
}

impl Seen {
    /// What a frame says to an office of this epoch. `None` when it speaks to another, or to none yet: a device that has
    /// lost what it knew of the office says so by an epoch of zeros, and begins anew.
    pub fn of(up: &Up, epoch: Epoch) -> Option<Seen> {
        let (scope, have) = up.have.first().filter(|_| up.epoch == epoch)?;
        Some(Seen { epoch, scope: *scope, low: have.low, at: up.claimed_at })
    }

    /// Whose numbers these are, as bytes to keep.
    pub fn log(&self) -> Vec<u8> {
        postcard::to_allocvec(&(self.epoch, self.scope)).expect("plain data")
    }

    /// What was kept; `None` when it is damaged.
    pub fn kept(log: &[u8], low: u64, at: Moment) -> Option<Seen> {
        let (epoch, scope) = postcard::from_bytes(log).ok()?;
        Some(Seen { epoch, scope, low, at })
    }

    fn same_log(&self, other: &Seen) -> bool {
        (self.epoch, self.scope) == (other.epoch, other.scope)
    }

    /// Whether a device that has said `before` cannot have made this frame. A frame made earlier that arrives late or
    /// twice says less as well: it claims an earlier time.
    pub fn contradicts(&self, before: &Seen) -> bool {
        self.same_log(before) && self.low < before.low && self.at > before.at
    }

    /// What is remembered once this has been said; `None` when that is no more than before.
    pub fn remembered(self, before: Option<&Seen>) -> Option<Seen> {
        match before.filter(|before| before.same_log(&self)) {
            Some(before) => {
                let further = (self.low, self.at) > (before.low, before.at);
                further.then_some(self)
            }
            None => Some(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use dossier::id::CommuneCode;
    use proptest::prelude::*;

    use super::*;

    fn seen(low: u64, at: i64) -> Seen {
        Seen { epoch: Epoch([1; 8]), scope: Scope::Commune(CommuneCode(3394)), low, at: Moment(at) }
    }

    #[test]
    fn less_than_before_said_later_is_a_copy_and_said_earlier_is_only_late() {
        assert!(seen(5, 20).contradicts(&seen(7, 10)));
        assert!(!seen(5, 5).contradicts(&seen(7, 10)) && !seen(7, 20).contradicts(&seen(7, 10)));
        let elsewhere = Seen { epoch: Epoch([2; 8]), ..seen(7, 10) };
        assert!(!seen(5, 20).contradicts(&elsewhere), "a restored office counts anew");
        assert_eq!(seen(5, 20).remembered(Some(&elsewhere)), Some(seen(5, 20)));
        assert_eq!(Seen::kept(&elsewhere.log(), 7, Moment(10)), Some(elsewhere));
        assert_eq!(seen(5, 5).remembered(Some(&seen(7, 10))), None);
    }

    proptest! {
        /// One device, its clock going on: whatever the line repeats, delays and loses, it is never taken for two.
        #[test]
        fn one_device_is_never_two_however_its_frames_arrive(
            steps in proptest::collection::vec((0u64..3, 1i64..1_000), 1..20),
            order in proptest::collection::vec(any::<prop::sample::Index>(), 1..40),
        ) {
            let (mut low, mut at) = (0, 0);
            let frames: Vec<Seen> = steps.iter().map(|(read, passed)| {
                (low, at) = (low + read, at + passed);
                seen(low, at)
            }).collect();
            let mut known: Option<Seen> = None;
            for index in order {
                let frame = frames[index.index(frames.len())];
                prop_assert!(!known.is_some_and(|known| frame.contradicts(&known)));
                known = frame.remembered(known.as_ref()).or(known);
            }
        }

        /// Two that take turns: what one sends comes back to it as news, so it speaks twice, and the other is noticed the
        /// first time it speaks.
        #[test]
        fn two_that_take_turns_are_noticed_at_once(start in 0u64..100, read in 1u64..10) {
            let mut known: Option<Seen> = None;
            for frame in [seen(start, 1), seen(start + read, 2)] {
                prop_assert!(!known.is_some_and(|known| frame.contradicts(&known)));
                known = frame.remembered(known.as_ref()).or(known);
            }
            prop_assert!(seen(start, 3).contradicts(&known.expect("heard")));
        }
    }
}
