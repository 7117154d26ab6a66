//! Bad luck, counted by kind. Which kinds a schedule meets, and how often, is drawn once per seed: a mixture of
//! everything hides what two kinds alone would show.

use crate::prng::Prng;

macro_rules! faults {
    ($($name:ident $text:literal),* $(,)?) => {
        /// One kind of bad luck.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault { $(#[doc = $text] $name),* }

        impl Fault {
            /// All kinds.
            pub const ALL: &'static [Fault] = &[$(Fault::$name),*];

            /// What it is called in a report.
            pub fn name(self) -> &'static str {
                match self { $(Fault::$name => $text),* }
            }
        }
    };
}

faults! {
    Drop "request dropped",
    ReplyLost "reply lost",
    Delay "delayed",
    Reorder "reordered",
    Duplicate "duplicated",
    Truncate "truncated",
    Captive "captive portal",
    Busy "office busy",
    AppKill "app killed",
    PowerLoss "power lost",
    WriteFails "write failed",
    KillBeforeCommit "office killed before commit",
    KillAfterCommit "office killed after commit",
    Restore "office restored from a backup",
    Clone "phone cloned",
    PutBack "old backup put back",
    Poison "poison",
    Clock "clock wrong by years",
    WrongPin "wrong PIN",
    Away "weeks without network",
    Forge "forged order to wipe",
    Revoke "device revoked",
    Merger "communes merged",
    Spoil "piece of a picture spoiled",
    NoPictures "no picture comes through",
}

/// How often each kind strikes in this schedule, and how often it has.
pub struct Luck {
    weight: [u32; Fault::ALL.len()],
    /// Strikes so far.
    pub struck: [u64; Fault::ALL.len()],
    /// Off during the heal phase.
    pub on: bool,
}

impl Luck {
    /// Draws which kinds this schedule meets.
    pub fn draw(prng: &mut Prng) -> Luck {
        let mut weight = [0; Fault::ALL.len()];
        // A piece of a picture is spoiled wherever there are any.
        weight[Fault::Spoil as usize] = 60;
        for one in &mut weight[..Fault::Spoil as usize] {
            *one = [0, 60, 250][prng.below(3)];
        }
        Luck { weight, struck: [0; Fault::ALL.len()], on: true }
    }

    /// Whether this kind strikes now; `scale` per mille of its weight.
    pub fn strikes(&mut self, fault: Fault, scale: u32, prng: &mut Prng) -> bool {
        let weight = self.weight[fault as usize];
        let strikes = self.on && weight > 0 && prng.chance(weight * scale / 1_000);
        if strikes {
            self.count(fault);
        }
        strikes
    }

    /// Counts a strike that was decided elsewhere.
    pub fn count(&mut self, fault: Fault) {
        self.struck[fault as usize] += 1;
    }
}
