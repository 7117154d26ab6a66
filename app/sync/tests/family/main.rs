//! A family of phones and their office in memory: the smallest shells that perform the machines' effects, and what is
//! told through them.

mod asking;
mod cloned;
mod dismissed;
mod evening;
mod filing;
mod filing_after;
mod filing_conflict;
mod filing_for_others;
mod filing_term;
mod full_frame;
mod half_filled;
mod hand;
mod leader;
mod lease;
mod locked_away;
mod manage;
mod numbers;
mod office;
mod on_behalf;
mod papers;
mod phone;
mod printing;
mod sealed_copies;
mod seat;
mod stubs;
mod tablet;

use office::*;
use phone::Phone;
use sync::office::Caller;
