//! Communes this office serves.

use dossier::id::CommuneCode;
use dossier::view::Standing;
use sqlx::{Result, SqliteExecutor};

/// Xã, phường, đặc khu, with what its people must know.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CommuneRow {
    /// Mã đơn vị.
    pub code: u32,
    /// "xã Sin Suối Hồ".
    pub name: String,
    /// "tỉnh Lai Châu".
    pub province: String,
    /// "Công an xã Sin Suối Hồ".
    pub agency: String,
    /// Số trực ban.
    pub duty_phone: String,
    /// `queue` or `announced`; `None`: as the office says for all.
    pub standing: Option<String>,
    /// A notice is received the moment it arrives (the commune's own rule).
    pub receive_at_once: bool,
    /// Vùng sâu, vùng xa.
    pub remote: bool,
}

impl CommuneRow {
    /// The code as the domain knows it.
    pub fn code(&self) -> CommuneCode {
        CommuneCode(self.code)
    }

    /// What a receipt stands for here, `otherwise` where the commune does not say.
    pub fn standing(&self, otherwise: Standing) -> Standing {
        self.standing.as_deref().map_or(otherwise, standing_of)
    }
}

/// What a table's word for a standing means.
pub(super) fn standing_of(text: &str) -> Standing {
    if text == "announced" { Standing::Announced } else { Standing::Queue }
}

/// Adds the commune or replaces what is known about it.
pub async fn put(db: impl SqliteExecutor<'_>, row: &CommuneRow) -> Result<()> {
    sqlx::query(
        "insert into commune (code, name, province, agency, duty_phone, standing, receive_at_once, remote)
         values (?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (code) do update set name = excluded.name, province = excluded.province,
            agency = excluded.agency, duty_phone = excluded.duty_phone, standing = excluded.standing,
            receive_at_once = excluded.receive_at_once, remote = excluded.remote",
    )
    .bind(row.code)
    .bind(&row.name)
    .bind(&row.province)
    .bind(&row.agency)
    .bind(&row.duty_phone)
    .bind(&row.standing)
    .bind(row.receive_at_once)
    .bind(row.remote)
    .execute(db)
    .await?;
    Ok(())
}

/// The commune of this code.
pub async fn find(db: impl SqliteExecutor<'_>, code: CommuneCode) -> Result<Option<CommuneRow>> {
    sqlx::query_as("select * from commune where code = ?").bind(code.0).fetch_optional(db).await
}

/// All of them, by code.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<CommuneRow>> {
    sqlx::query_as("select * from commune order by code").fetch_all(db).await
}
