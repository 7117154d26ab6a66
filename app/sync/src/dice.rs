//! Dice: random bytes as an argument. The shell rolls 32 bytes once per step; everything random in that step
//! is drawn from them, so that a simulator replays a run from one seed.

use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};

/// A stream of bytes from one roll: SHA-256 in counter mode.
#[derive(Clone)]
pub struct Dice {
    seed: [u8; 32],
    drawn: u64,
}

impl Dice {
    /// Dice from one roll.
    pub fn new(seed: [u8; 32]) -> Dice {
        Dice { seed, drawn: 0 }
    }

    /// The next N bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        for part in out.chunks_mut(32) {
            let block =
                Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_le_bytes()).finalize();
            self.drawn += 1;
            part.copy_from_slice(&block[..part.len()]);
        }
        out
    }

    /// A number in 0..1, for jitter.
    pub fn fraction(&mut self) -> f64 {
        f64::from(u32::from_le_bytes(self.bytes())) / (f64::from(u32::MAX) + 1.0)
    }
}

/// The dice serve a library that wants a generator; they never fail.
impl TryRng for Dice {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.bytes()))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for part in out.chunks_mut(32) {
            let block: [u8; 32] = self.bytes();
            part.copy_from_slice(&block[..part.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Dice {}
