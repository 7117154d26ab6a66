//! Whether a device is told by push: its own person's to say, and nobody else's.

use axum::Json;
use dossier::id::DeviceHandle;
use dossier::manage::{Objection, Told};

use super::{Reply, objection};
use crate::asked::Asked;
use crate::push::subscription::Subscription;
use crate::store::push::{self, SubscriptionRow};

/// `GET /api/v1/push`: the key to subscribe for, where the office pushes at all, and whether this device is told.
pub async fn state(asked: Asked) -> Reply {
    let Some(service) = asked.office.pushes.service() else {
        return Ok(Json(Told::Pushed { key: None, on: false }));
    };
    let kept = push::subscription(asked.office.store.readers(), here(&asked)?).await?;
    let on = kept.is_some_and(|kept| kept.made_for == service.mark());
    Ok(Json(Told::Pushed { key: Some(service.public()), on }))
}

/// `POST /api/v1/push`: told from now on.
pub async fn begin(asked: Asked) -> Reply {
    let device = here(&asked)?;
    let service = asked.office.pushes.service().ok_or(objection(Objection::Unknown))?;
    let said: dossier::manage::Subscription = asked.read()?;
    let read = Subscription::read(&said, &service.hosts).ok_or(objection(Objection::Unfit))?;
    let row = SubscriptionRow {
        endpoint: read.endpoint.address().to_owned(),
        p256dh: crate::push::seal::point(&read.keys.point),
        auth: read.keys.secret.to_vec(),
        made_for: service.mark().to_vec(),
    };
    let mut transaction = asked.office.store.begin().await?;
    if !push::subscribe(&mut *transaction, device, &row, asked.now).await? {
        return Err(objection(Objection::Unfit));
    }
    transaction.commit().await?;
    Ok(Json(Told::Done))
}

/// `POST /api/v1/push/end`: told no longer.
pub async fn end(asked: Asked) -> Reply {
    let mut transaction = asked.office.store.begin().await?;
    push::unsubscribe(&mut transaction, here(&asked)?).await?;
    transaction.commit().await?;
    Ok(Json(Told::Done))
}

/// The device that asks; a program has none.
fn here(asked: &Asked) -> Result<DeviceHandle, crate::error::Error> {
    asked.device.ok_or(objection(Objection::Unfit))
}
