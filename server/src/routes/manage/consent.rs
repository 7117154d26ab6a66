//! Codes of consent: made for the people of a house by themselves, or by the commune for whom it called back.

use axum::Json;
use dossier::access::Action;
use dossier::behalf::ConsentCode;
use dossier::id::EstablishmentId;
use dossier::manage::{Agreed, Told};

use super::Reply;
use crate::asked::Asked;
use crate::client::Client;
use crate::dice;
use crate::error::Error;
use crate::store::consent::{self, mark};
use crate::throttle::Knock;

/// `POST /api/v1/consents`.
pub async fn make(client: Client, asked: Asked) -> Reply {
    let establishment: EstablishmentId = asked.read()?;
    let knock = Knock::for_consent(&asked.office.keys, asked.person.account, client.address);
    match knock.wait(&asked.office.store, asked.now).await? {
        0 => {}
        seconds => return Err(Error::Slow(seconds)),
    }
    let mut work = asked.begin().await?;
    asked.must(Action::GiveConsent, work.atlas.house(establishment))?;
    consent::forget_before(&mut *work.transaction, asked.now.plus_minutes(-consent::KEPT_MINUTES)).await?;
    let until = asked.now.plus_minutes(ConsentCode::LIFETIME_MINUTES);
    // With a million codes alive the chance of eight taken ones in a row is 10⁻¹⁶.
    for _ in 0..8 {
        let code = ConsentCode::roll(dice::roll());
        let given = sync::office::CodeGiven {
            establishment,
            from: asked.now,
            until,
            made_by: asked.person.account,
            used: None,
        };
        if consent::insert(&mut *work.transaction, mark(&asked.office.keys, code), &given).await? {
            work.transaction.commit().await?;
            knock.failed(&asked.office.store, asked.now).await?;
            return Ok(Json(Told::Agreed(Agreed { code, until })));
        }
    }
    Err(Error::Broken("no free code of consent"))
}
