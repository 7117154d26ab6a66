//! Cơ sở lưu trú.

use std::collections::BTreeMap;

use dossier::access::Locality;
use dossier::id::{CommuneCode, EstablishmentId, VillageId};
use dossier::view::House;
use sqlx::{Result, SqliteConnection, SqliteExecutor};

use super::village;

/// An establishment that takes guests.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EstablishmentRow {
    /// The office's number; 0 before it has one.
    pub id: u32,
    /// Its commune, in the units of today.
    pub commune: u32,
    /// Its name.
    pub name: String,
    /// Bản, by its name.
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

/// Adds an establishment and says its number. A village nobody has named yet is added with it, and gets the place of its
/// other households after it.
pub async fn insert(db: &mut SqliteConnection, row: &EstablishmentRow) -> Result<EstablishmentId> {
    let village = village::named(&mut *db, CommuneCode(row.commune), &row.village).await?;
    let id = sqlx::query_scalar(
        "insert into establishment (commune, name, village, kind, remote, phone, address)
         values (?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(row.commune)
    .bind(&row.name)
    .bind(village.0)
    .bind(&row.kind)
    .bind(row.remote)
    .bind(&row.phone)
    .bind(&row.address)
    .fetch_one(&mut *db)
    .await?;
    insert_everyone(db, village, CommuneCode(row.commune)).await?;
    Ok(EstablishmentId(id))
}

/// The establishment of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: EstablishmentId) -> Result<Option<EstablishmentRow>> {
    sqlx::query_as(
        "select establishment.id, establishment.commune, establishment.name, village.name as village, kind, remote,
            phone, address
         from establishment join village on village.id = establishment.village where establishment.id = ?",
    )
    .bind(id.0)
    .fetch_optional(db)
    .await
}

/// All establishments of a commune, by number; the places of the villages' other households come last.
pub async fn list(db: impl SqliteExecutor<'_>, commune: CommuneCode) -> Result<Vec<EstablishmentRow>> {
    sqlx::query_as(
        "select establishment.id, establishment.commune, establishment.name, village.name as village, kind, remote,
            phone, address
         from establishment join village on village.id = establishment.village
         where establishment.commune = ? order by everyone, establishment.id",
    )
    .bind(commune.0)
    .fetch_all(db)
    .await
}

/// The establishments that dossiers of the police of a province are about, of all communes.
pub async fn of_province_police(db: impl SqliteExecutor<'_>) -> Result<Vec<EstablishmentRow>> {
    sqlx::query_as(
        "select establishment.id, establishment.commune, establishment.name, village.name as village, kind, remote,
            phone, address
         from establishment join village on village.id = establishment.village
         where establishment.id in (select establishment from dossier where agency = 2) order by establishment.id",
    )
    .fetch_all(db)
    .await
}

/// The places of the villages' other households in all other communes of this one's province, as its desk is told of them.
pub async fn everyone_beside(db: impl SqliteExecutor<'_>, commune: CommuneCode) -> Result<Vec<House>> {
    let rows: Vec<(u32, String, String, bool, String)> = sqlx::query_as(
        "select establishment.id, establishment.name, village.name, establishment.remote, commune.name
         from establishment join village on village.id = establishment.village
         join commune on commune.code = establishment.commune
         join commune as own on own.code = ? and own.province_code = commune.province_code
         where everyone and commune.code <> own.code and own.province_code <> 0
         order by commune.name, village.name, establishment.id",
    )
    .bind(commune.0)
    .fetch_all(db)
    .await?;
    let house = |(id, name, village, remote, commune): (u32, String, String, bool, String)| {
        House { id: EstablishmentId(id), name, village, remote }.seen_from_elsewhere(&commune)
    };
    Ok(rows.into_iter().map(house).collect())
}

/// The place of the households of a village that have no name here, unless it is there.
pub async fn insert_everyone(
    db: impl SqliteExecutor<'_>,
    village: VillageId,
    commune: CommuneCode,
) -> Result<()> {
    sqlx::query(
        "insert into establishment (commune, name, village, kind, remote, everyone)
         select ?1, 'Nhà khác trong bản', ?2, 'hộ gia đình',
            coalesce((select min(remote) from establishment where village = ?2), 0), 1
         where not exists (select 1 from establishment where village = ?2 and everyone)",
    )
    .bind(commune.0)
    .bind(village.0)
    .execute(db)
    .await?;
    Ok(())
}

/// An establishment, with the number of its village.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LyingRow {
    /// The office's number.
    pub id: u32,
    /// Its commune, in the units of today.
    pub commune: u32,
    /// Its village.
    pub village: u32,
    /// Its name.
    pub name: String,
    /// "homestay", "nhà nghỉ", "khách sạn", "hộ gia đình" …
    pub kind: String,
    /// Its telephone.
    pub phone: String,
}

/// All establishments that have a name of their own, by number.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<LyingRow>> {
    sqlx::query_as(
        "select id, commune, village, name, kind, phone from establishment where not everyone order by id",
    )
    .fetch_all(db)
    .await
}

/// Moves an establishment to another village of any commune.
pub async fn set_village(
    db: impl SqliteExecutor<'_>,
    id: EstablishmentId,
    village: VillageId,
    commune: CommuneCode,
) -> Result<()> {
    sqlx::query("update establishment set village = ?, commune = ? where id = ?")
        .bind(village.0)
        .bind(commune.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Where these establishments lie, in the units of today.
pub async fn places(
    db: impl SqliteExecutor<'_>,
    ids: impl IntoIterator<Item = EstablishmentId>,
) -> Result<BTreeMap<EstablishmentId, Locality>> {
    let ids: Vec<u32> = ids.into_iter().map(|id| id.0).collect();
    let rows: Vec<(u32, u32, u32, u8)> = sqlx::query_as(
        "select establishment.id, establishment.village, establishment.commune, commune.province_code
         from establishment join commune on commune.code = establishment.commune
         where establishment.id in (select value from json_each(?))",
    )
    .bind(serde_json::to_string(&ids).unwrap_or_default())
    .fetch_all(db)
    .await?;
    let place = |(id, village, commune, province)| {
        let id = EstablishmentId(id);
        let (village, commune) = (Some(VillageId(village)), CommuneCode(commune));
        (id, Locality { establishment: Some(id), village, commune, province })
    };
    Ok(rows.into_iter().map(place).collect())
}
