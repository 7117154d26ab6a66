//! Fees paid through a gateway: what was begun, what it confirmed, what became of that.

use dossier::id::DossierId;
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// One payment.
#[derive(Clone, sqlx::FromRow)]
pub struct PaymentRow {
    /// What the gateway knows it by.
    pub reference: String,
    dossier: Vec<u8>,
    /// How much, in đồng.
    pub dong: u32,
    /// Where it is paid, once the gateway has said so.
    pub pay_at: Option<String>,
    /// The text of a VietQR code, where the gateway gives one.
    pub qr: Option<String>,
    /// How often the gateway was asked about it.
    pub tries: u32,
    paid_at: Option<i64>,
    cancelled_at: Option<i64>,
}

impl PaymentRow {
    /// The dossier.
    pub fn dossier(&self) -> Option<DossierId> {
        self.dossier.as_slice().try_into().ok().map(DossierId)
    }

    /// When the gateway's word that it was paid was kept.
    pub fn paid(&self) -> Option<Moment> {
        self.paid_at.map(Moment)
    }

    /// Whether it was begun and neither paid nor called off.
    pub fn is_open(&self) -> bool {
        self.paid_at.is_none() && self.cancelled_at.is_none()
    }
}

/// Remembers one before the gateway hears of it, to be asked about from then on.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    reference: &str,
    (dossier, dong): (DossierId, u32),
    (now, asks): (Moment, Moment),
) -> Result<()> {
    sqlx::query("insert into payment (reference, dossier, dong, begun_at, asks_at) values (?, ?, ?, ?, ?)")
        .bind(reference)
        .bind(&dossier.0[..])
        .bind(dong)
        .bind(now.0)
        .bind(asks.0)
        .execute(db)
        .await?;
    Ok(())
}

/// The one that is open for this dossier and amount: whoever begins again goes on with it.
pub async fn open(db: impl SqliteExecutor<'_>, dossier: DossierId, dong: u32) -> Result<Option<PaymentRow>> {
    sqlx::query_as(
        "select * from payment where dossier = ? and dong = ? and paid_at is null and cancelled_at is null
         order by begun_at limit 1",
    )
    .bind(&dossier.0[..])
    .bind(dong)
    .fetch_optional(db)
    .await
}

/// The one that says most about a dossier: what was paid before what is open, then the newest.
pub async fn of(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<Option<PaymentRow>> {
    sqlx::query_as(
        "select * from payment where dossier = ?
         order by paid_at is null, cancelled_at is not null, begun_at desc limit 1",
    )
    .bind(&dossier.0[..])
    .fetch_optional(db)
    .await
}

/// The one of a reference.
pub async fn find(db: impl SqliteExecutor<'_>, reference: &str) -> Result<Option<PaymentRow>> {
    sqlx::query_as("select * from payment where reference = ?").bind(reference).fetch_optional(db).await
}

/// The gateway took it up: where it is paid.
pub async fn opened(
    db: impl SqliteExecutor<'_>,
    reference: &str,
    (pay_at, qr): (&str, Option<&str>),
) -> Result<()> {
    sqlx::query("update payment set pay_at = ?, qr = ? where reference = ?")
        .bind(pay_at)
        .bind(qr)
        .bind(reference)
        .execute(db)
        .await?;
    Ok(())
}

/// The gateway is to be asked about it then, after so many tries; never again without a time.
pub async fn ask(db: impl SqliteExecutor<'_>, reference: &str, at: Option<Moment>, tries: u32) -> Result<()> {
    sqlx::query("update payment set asks_at = ?, tries = ? where reference = ? and paid_at is null")
        .bind(at.map(|at| at.0))
        .bind(tries)
        .bind(reference)
        .execute(db)
        .await?;
    Ok(())
}

/// Those the gateway is to be asked about now.
pub async fn due(db: impl SqliteExecutor<'_>, now: Moment, most: u32) -> Result<Vec<PaymentRow>> {
    sqlx::query_as("select * from payment where asks_at <= ? order by asks_at, reference limit ?")
        .bind(now.0)
        .bind(most)
        .fetch_all(db)
        .await
}

/// It was called off at the gateway; what was paid stays paid.
pub async fn cancelled(db: impl SqliteExecutor<'_>, reference: &str, now: Moment) -> Result<()> {
    sqlx::query(
        "update payment set cancelled_at = ?, asks_at = null
         where reference = ? and paid_at is null and cancelled_at is null",
    )
    .bind(now.0)
    .bind(reference)
    .execute(db)
    .await?;
    Ok(())
}

/// It was paid; `false` when that was known.
pub async fn paid(db: impl SqliteExecutor<'_>, reference: &str, now: Moment) -> Result<bool> {
    let sql = "update payment set paid_at = ?, asks_at = null where reference = ? and paid_at is null";
    let done = sqlx::query(sql).bind(now.0).bind(reference).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Those that were paid and are no act of their dossier yet.
pub async fn unsettled(db: impl SqliteExecutor<'_>, most: u32) -> Result<Vec<PaymentRow>> {
    sqlx::query_as(
        "select * from payment where paid_at is not null and settled is null order by paid_at, reference limit ?",
    )
    .bind(most)
    .fetch_all(db)
    .await
}

/// What became of one that was paid.
pub async fn settled(db: impl SqliteExecutor<'_>, reference: &str, what: &str) -> Result<()> {
    sqlx::query("update payment set settled = ? where reference = ?")
        .bind(what)
        .bind(reference)
        .execute(db)
        .await?;
    Ok(())
}
