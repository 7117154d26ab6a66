//! Chuyển tờ khai đang làm dở: a half-filled form goes from one tablet of the team to another by codes on their screens,
//! without a network. What a person wants of it, and what the device answers.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;
use crate::procedure::{PaperKey, ProcedureId};

/// Six digits of what was handed over. The device that took it in shows them once it is kept there; who types them on
/// the other one has seen that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct Slip(u32);

/// A text or a number that is no slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slip has six digits")]
pub struct NoSlip;

impl Slip {
    /// There are so many.
    const COUNT: u32 = 1_000_000;

    /// The slip of a digest.
    pub fn of(digest: [u8; 8]) -> Slip {
        // 2⁶⁴ is so much more than there are slips that none is likelier than another by more than 10⁻¹³.
        Slip((u64::from_be_bytes(digest) % u64::from(Slip::COUNT)) as u32)
    }
}

impl TryFrom<u32> for Slip {
    type Error = NoSlip;

    fn try_from(number: u32) -> Result<Slip, NoSlip> {
        if number < Slip::COUNT { Ok(Slip(number)) } else { Err(NoSlip) }
    }
}

impl From<Slip> for u32 {
    fn from(slip: Slip) -> u32 {
        slip.0
    }
}

impl FromStr for Slip {
    type Err = NoSlip;

    /// Spaces, dots and hyphens do not matter.
    fn from_str(text: &str) -> Result<Slip, NoSlip> {
        let signs = text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '.'));
        let digits: String = signs.collect();
        if digits.len() != 6 || !digits.bytes().all(|sign| sign.is_ascii_digit()) {
            return Err(NoSlip);
        }
        digits.parse().map(Slip).map_err(|_| NoSlip)
    }
}

impl fmt::Display for Slip {
    /// `048 213`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandIntent {
    /// Nhận: make the code this device shows the other one. It holds once, and while this device stays open.
    Offer,
    /// The camera saw this: a part of a form, maybe.
    Seen(String),
    /// Chuyển: the half-filled form of a new dossier of this procedure, for the device that shows this code.
    Give(ProcedureId, String),
    /// The other device shows this slip: the form is there from now on.
    Given(ProcedureId, String),
    /// Lấy lại: the form with this slip is filled in here again.
    TakeBack(Slip),
}

/// What the device answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandAnswer {
    /// The code to show.
    Offer(String),
    /// The codes to show, one after the other and again from the first.
    Parts(Vec<String>),
    /// So many of the parts are here.
    Collected {
        /// Here.
        have: u8,
        /// Of so many.
        of: u8,
    },
    /// All of it is here and kept: the form of this procedure, and what its slip says.
    Came(ProcedureId, Slip),
    /// Not done, and why. Nothing typed is lost on either device.
    Not(HandTrouble),
}

/// Why a form was not handed over. `app/src/text/hand.rs` words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum HandTrouble {
    /// A code of something else.
    #[error("not a code of this")]
    OtherCode,
    /// No code was made here since the device was opened, or it was used.
    #[error("no code of this device holds")]
    NoOffer,
    /// It was sealed for another device, or for an earlier code of this one.
    #[error("sealed for somebody else")]
    ForAnother,
    /// It does not read as a form.
    #[error("damaged")]
    Damaged,
    /// It was packed by a build this one does not know.
    #[error("of another version of the app")]
    OtherVersion,
    /// This device has not been told of the procedure as the form was begun under.
    #[error("an unknown procedure")]
    NoProcedure,
    /// The house lies where this member does not work, or nobody has told this device of it.
    #[error("an unknown house")]
    OtherPlace,
    /// There is a half-filled form of the same procedure here: both stay as they are.
    #[error("a form of this procedure is here already")]
    HasForm,
    /// There is no such form here.
    #[error("no such form")]
    NoForm,
    /// More than codes carry.
    #[error("too long")]
    TooLong,
    /// Not the slip of the form as it is now.
    #[error("another slip")]
    OtherSlip,
}

/// A form that is on another device now, as a page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedView {
    /// Its slip.
    pub slip: Slip,
    /// What the procedure is called.
    pub title: String,
    /// When it was handed over, by the phone's corrected clock.
    pub at: Moment,
}

/// Where a form was begun that goes on here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// Its slip, for as long as the other device may still ask.
    pub slip: Slip,
    /// When it came, by the phone's corrected clock.
    pub at: Moment,
    /// Papers that were photographed there: pictures do not travel this way.
    pub again: BTreeSet<PaperKey>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_however_it_is_typed() {
        let slip = Slip::of(48_213_u64.to_be_bytes());
        assert_eq!(slip.to_string(), "048 213");
        for typed in ["048213", "048 213", " 048-213 ", "04.82.13"] {
            assert_eq!(typed.parse(), Ok(slip), "{typed}");
        }
        for wrong in ["", "48213", "0482130", "04821a", "٠٤٨٢١٣"] {
            assert_eq!(wrong.parse::<Slip>(), Err(NoSlip), "{wrong}");
        }
        assert_eq!(Slip::try_from(1_000_000), Err(NoSlip));
    }
}
