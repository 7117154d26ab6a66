//! Cơ sở lưu trú.

use dossier::id::{CommuneCode, EstablishmentId};
use dossier::view::House;
use sqlx::{Result, SqliteExecutor};

/// An establishment that takes guests.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EstablishmentRow {
    /// The office's number; 0 before it has one.
    pub id: u32,
    /// Its commune.
    pub commune: u32,
    /// Its name.
    pub name: String,
    /// Bản.
    pub village: String,
    /// "homestay", "nhà nghỉ", "khách sạn", "hộ gia đình" …
    pub kind: String,
    /// Vùng sâu, vùng xa.
    pub remote: bool,
    /// Its telephone.
    pub phone: String,
    /// Its address as written on paper.
    pub address: String,
}

impl EstablishmentRow {
    /// As a page shows it.
    pub fn house(self) -> House {
        House { id: EstablishmentId(self.id), name: self.name, village: self.village, remote: self.remote }
    }
}

/// Adds an establishment and says its number.
pub async fn insert(db: impl SqliteExecutor<'_>, row: &EstablishmentRow) -> Result<EstablishmentId> {
    let id = sqlx::query_scalar(
        "insert into establishment (commune, name, village, kind, remote, phone, address)
         values (?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(row.commune)
    .bind(&row.name)
    .bind(&row.village)
    .bind(&row.kind)
    .bind(row.remote)
    .bind(&row.phone)
    .bind(&row.address)
    .fetch_one(db)
    .await?;
    Ok(EstablishmentId(id))
}

/// The establishment of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: EstablishmentId) -> Result<Option<EstablishmentRow>> {
    sqlx::query_as("select * from establishment where id = ?").bind(id.0).fetch_optional(db).await
}

/// All establishments of a commune, by number.
pub async fn list(db: impl SqliteExecutor<'_>, commune: CommuneCode) -> Result<Vec<EstablishmentRow>> {
    sqlx::query_as("select * from establishment where commune = ? order by id")
        .bind(commune.0)
        .fetch_all(db)
        .await
}
