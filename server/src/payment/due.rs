//! Whether the fee of a dossier can be paid online now, and the way there: the same for who opens it by its code and for who
//! filed it with an account.

use dossier::filing::status::{FeeState, FilingStatus};
use dossier::id::DossierId;
use dossier::manage::OnlineFee;

use super::begin;
use super::gateway::{Back, Opened};
use super::reference::Reference;
use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::payment;

/// What became of the wish to pay.
#[derive(Debug)]
pub enum Begun {
    /// This office takes nothing online.
    NotTaken,
    /// Nothing is to be paid any more.
    NotDue,
    /// The gateway has confirmed it, and it is being recorded: nobody pays it again.
    Paid,
    /// The gateway is away.
    Away {
        /// Somebody has been on its page before: whether they paid is not known.
        begun: bool,
    },
    /// So much, in đồng, is paid there.
    At(u32, Opened),
}

/// How much is to be paid now, in đồng: it is asked for, and the dossier still lies here.
pub fn due(status: &FilingStatus) -> Option<u32> {
    match status.fee {
        FeeState::Due { dong } if status.is_with_office() => Some(dong),
        _ => None,
    }
}

/// Begins to pay what is due of a dossier that stands so, or goes on with the payment that is open.
///
/// # Errors
/// The office's own.
pub async fn pay(
    office: &Office,
    (dossier, status): (DossierId, &FilingStatus),
    back: Back,
) -> Result<Begun, Error> {
    let Some(gateway) = office.payments.gateway() else { return Ok(Begun::NotTaken) };
    let Some(dong) = due(status) else { return Ok(Begun::NotDue) };
    let row = payment::of(office.store.readers(), dossier).await?;
    if row.as_ref().is_some_and(|row| row.paid().is_some()) {
        return Ok(Begun::Paid);
    }
    let before = row.is_some_and(|row| row.is_open() && row.pay_at.is_some());
    let begun = begin(office, gateway, (dossier, dong), (Reference::mint(), back), clock::now()).await?;
    Ok(begun.map_or(Begun::Away { begun: before }, |opened| Begun::At(dong, opened)))
}

/// What is known of paying it online, without beginning anything.
///
/// # Errors
/// The office's own.
pub async fn stands(office: &Office, dossier: DossierId, status: &FilingStatus) -> Result<OnlineFee, Error> {
    if office.payments.gateway().is_none() || due(status).is_none() {
        return Ok(OnlineFee::Closed);
    }
    Ok(match payment::of(office.store.readers(), dossier).await? {
        Some(row) if row.paid().is_some() => OnlineFee::Paid,
        Some(row) if row.is_open() && row.pay_at.is_some() => OnlineFee::Waiting,
        _ => OnlineFee::Open,
    })
}
