//! What the gateway says of a payment is kept before anything else happens, whether it brought it or was asked.

use dossier::moment::Moment;

use super::gateway::{Standing, Word};
use super::reference::Reference;
use crate::error::Error;
use crate::metrics::Metrics;
use crate::office::Office;
use crate::store::payment;

/// Why it is not kept. No money is moved by it: somebody compares with the gateway's own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// No payment goes by this reference here.
    #[error("no payment goes by this reference")]
    Unknown,
    /// Another amount than the office asked for.
    #[error("not the amount that was asked for")]
    Amount,
}

/// Keeps it; said again it changes nothing.
pub async fn keep(office: &Office, word: &Word, now: Moment) -> Result<Result<(), NotKept>, Error> {
    let Ok(reference) = word.reference.parse::<Reference>() else {
        Metrics::count(&office.metrics.payments_refused);
        tracing::warn!("the gateway speaks of a payment by what is no reference");
        return Ok(Err(NotKept::Unknown));
    };
    let mut transaction = office.store.begin().await?;
    let known = payment::find(&mut *transaction, &word.reference).await?;
    let refused = match known {
        None => Some(NotKept::Unknown),
        Some(row) if row.dong != word.amount => Some(NotKept::Amount),
        Some(_) => None,
    };
    if let Some(why) = refused {
        Metrics::count(&office.metrics.payments_refused);
        tracing::warn!(%reference, %why, "what the gateway says of a payment is not kept");
        return Ok(Err(why));
    }
    let news = match word.state {
        Standing::Waiting => false,
        Standing::Cancelled => {
            payment::cancelled(&mut *transaction, &word.reference, now).await?;
            false
        }
        Standing::Paid => payment::paid(&mut *transaction, &word.reference, now).await?,
    };
    transaction.commit().await?;
    if news {
        Metrics::count(&office.metrics.payments_kept);
        office.payments.wake();
    }
    Ok(Ok(()))
}
