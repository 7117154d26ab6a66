//! Communes this office serves.

use dossier::access::{Locality, Role};
use dossier::id::CommuneCode;
use dossier::procedure::Agency;
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
    /// Two-digit code of the province; 0 before the office has looked it up.
    pub province_code: u8,
    /// Where the agency sits.
    pub address: String,
    /// Its mailbox.
    pub mailbox: String,
    /// The channels it has announced, in its own words.
    pub channels: String,
    /// The commune that followed it; `None` while it stands.
    pub successor: Option<u32>,
}

impl CommuneRow {
    /// The code as the domain knows it.
    pub fn code(&self) -> CommuneCode {
        CommuneCode(self.code)
    }

    /// The whole of it, as something lies there.
    pub fn place(&self) -> Locality {
        Locality { establishment: None, village: None, commune: self.code(), province: self.province_code }
    }

    /// What an agency that works for it is called.
    pub fn agency_named(&self, agency: Agency) -> String {
        named(agency, self.agency.clone(), &self.name, &self.province)
    }

    /// Whether it has not been merged into another.
    pub fn stands(&self) -> bool {
        self.successor.is_none()
    }

    /// What an agency that works for it is called, and its telephone: only that of its police is known here.
    pub fn contact(&self, agency: Agency) -> (String, Option<String>) {
        let phone = Some(&self.duty_phone).filter(|phone| agency == Agency::Police && !phone.is_empty());
        (named(agency, self.agency.clone(), &self.name, &self.province), phone.cloned())
    }

    /// What a receipt stands for here, `otherwise` where the commune does not say.
    pub fn standing(&self, otherwise: Standing) -> Standing {
        self.standing.as_deref().map_or(otherwise, standing_of)
    }
}

/// The agency somebody of this role sees named: the one they work for, else the commune's police.
pub fn agency_of(role: Role, police: String, commune: &str, province: &str) -> String {
    match role.agency() {
        None if role == Role::OneStopClerk => format!("Trung tâm PVHCC {commune}"),
        agency => named(agency.unwrap_or(Agency::Police), police, commune, province),
    }
}

/// What an agency that works for a commune is called.
fn named(agency: Agency, police: String, commune: &str, province: &str) -> String {
    match agency {
        Agency::Police => police,
        Agency::Committee => format!("UBND {commune}"),
        Agency::ProvincePolice => format!("Công an {province}"),
    }
}

/// What a table's word for a standing means.
pub(super) fn standing_of(text: &str) -> Standing {
    if text == "announced" { Standing::Announced } else { Standing::Queue }
}

/// The table's word for a standing.
pub fn standing_text(standing: Standing) -> &'static str {
    match standing {
        Standing::Queue => "queue",
        Standing::Announced => "announced",
    }
}

/// Adds the commune or replaces what is known about it.
pub async fn put(db: impl SqliteExecutor<'_>, row: &CommuneRow) -> Result<()> {
    sqlx::query(
        "insert into commune (code, name, province, agency, duty_phone, standing, receive_at_once, remote,
            province_code, address, mailbox, channels, successor)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (code) do update set name = excluded.name, province = excluded.province,
            agency = excluded.agency, duty_phone = excluded.duty_phone, standing = excluded.standing,
            receive_at_once = excluded.receive_at_once, remote = excluded.remote,
            province_code = excluded.province_code, address = excluded.address, mailbox = excluded.mailbox,
            channels = excluded.channels, successor = excluded.successor",
    )
    .bind(row.code)
    .bind(&row.name)
    .bind(&row.province)
    .bind(&row.agency)
    .bind(&row.duty_phone)
    .bind(&row.standing)
    .bind(row.receive_at_once)
    .bind(row.remote)
    .bind(row.province_code)
    .bind(&row.address)
    .bind(&row.mailbox)
    .bind(&row.channels)
    .bind(row.successor)
    .execute(db)
    .await?;
    Ok(())
}

/// The commune of this code.
pub async fn find(db: impl SqliteExecutor<'_>, code: CommuneCode) -> Result<Option<CommuneRow>> {
    sqlx::query_as("select * from commune where code = ?").bind(code.0).fetch_optional(db).await
}

/// What this code stands for today: the commune itself, or the one that followed it.
pub async fn today(db: impl SqliteExecutor<'_>, code: CommuneCode) -> Result<Option<CommuneRow>> {
    sqlx::query_as(
        "select * from commune where code = (select coalesce(successor, code) from commune where code = ?)",
    )
    .bind(code.0)
    .fetch_optional(db)
    .await
}

/// All of them, by code.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<CommuneRow>> {
    sqlx::query_as("select * from commune order by code").fetch_all(db).await
}

/// The communes whose province is not known by its code yet.
pub async fn without_province(db: impl SqliteExecutor<'_>) -> Result<Vec<CommuneCode>> {
    let codes: Vec<u32> =
        sqlx::query_scalar("select code from commune where province_code = 0").fetch_all(db).await?;
    Ok(codes.into_iter().map(CommuneCode).collect())
}

/// Remembers the province of a commune.
pub async fn set_province(db: impl SqliteExecutor<'_>, code: CommuneCode, province: u8) -> Result<()> {
    sqlx::query("update commune set province_code = ? where code = ?")
        .bind(province)
        .bind(code.0)
        .execute(db)
        .await?;
    Ok(())
}
