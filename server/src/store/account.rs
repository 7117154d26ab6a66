//! Persons known to the office.

use dossier::access::Role;
use dossier::id::{AccountId, CommuneCode, EstablishmentId};
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// A person who may sign in. No `Debug`: it holds a name and a password's hash.
#[derive(Clone, sqlx::FromRow)]
pub struct AccountRow {
    /// The office's number.
    pub id: u32,
    /// Tên đăng nhập.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// As the table writes it; read by [`AccountRow::role`].
    role: String,
    /// The commune.
    pub commune: u32,
    /// Owners: the establishment.
    pub establishment: Option<u32>,
    /// Made by [`crate::password`]; `None` until the invitation is used.
    pub password_hash: Option<Vec<u8>>,
    /// `invited`, `active` or `suspended`.
    pub status: String,
}

impl AccountRow {
    /// The account's number as the domain knows it.
    pub fn id(&self) -> AccountId {
        AccountId(self.id)
    }

    /// The role.
    pub fn role(&self) -> Role {
        role_of(&self.role)
    }
}

/// A person to add. The status is `invited` until a password is set.
pub struct NewAccount<'a> {
    /// Tên đăng nhập, already in lower case.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The role.
    pub role: Role,
    /// The commune.
    pub commune: CommuneCode,
    /// Owners: the establishment.
    pub establishment: Option<EstablishmentId>,
    /// Now.
    pub at: Moment,
}

/// How the tables write a role.
fn role_text(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Officer => "officer",
        Role::Administrator => "administrator",
    }
}

/// The role a table names. The schema allows three words; the one with the fewest rights stands for any other.
pub(super) fn role_of(text: &str) -> Role {
    match text {
        "owner" => Role::Owner,
        "officer" => Role::Officer,
        _ => Role::Administrator,
    }
}

/// Adds a person; a taken login is a unique violation.
pub async fn insert(db: impl SqliteExecutor<'_>, new: &NewAccount<'_>) -> Result<AccountId> {
    let id = sqlx::query_scalar(
        "insert into account (login, name, role, commune, establishment, status, created_at)
         values (?, ?, ?, ?, ?, 'invited', ?) returning id",
    )
    .bind(new.login)
    .bind(new.name)
    .bind(role_text(new.role))
    .bind(new.commune.0)
    .bind(new.establishment.map(|id| id.0))
    .bind(new.at.0)
    .fetch_one(db)
    .await?;
    Ok(AccountId(id))
}

/// The person of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: AccountId) -> Result<Option<AccountRow>> {
    sqlx::query_as("select * from account where id = ?").bind(id.0).fetch_optional(db).await
}

/// The person of this login.
pub async fn find_by_login(db: impl SqliteExecutor<'_>, login: &str) -> Result<Option<AccountRow>> {
    sqlx::query_as("select * from account where login = ?").bind(login).fetch_optional(db).await
}

/// Sets the password and, unless the account is suspended, makes it active.
pub async fn set_password(db: impl SqliteExecutor<'_>, id: AccountId, hash: &[u8]) -> Result<()> {
    sqlx::query(
        "update account set password_hash = ?,
            status = case status when 'suspended' then 'suspended' else 'active' end where id = ?",
    )
    .bind(hash)
    .bind(id.0)
    .execute(db)
    .await?;
    Ok(())
}

/// All persons, by commune and login.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<AccountRow>> {
    sqlx::query_as("select * from account order by commune, login").fetch_all(db).await
}
