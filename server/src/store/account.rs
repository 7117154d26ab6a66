//! Persons known to the office.

use dossier::access::{AccountStatus, DeviceStatus, Grant, Principal};
use dossier::id::{AccountId, CommuneCode};
use dossier::moment::{Day, Moment};
use sqlx::{AssertSqlSafe, Result, SqliteConnection, SqliteExecutor};

use super::grant;

/// A person who may sign in. No `Debug`: it holds a name and a password's hash.
#[derive(Clone, sqlx::FromRow)]
pub struct AccountRow {
    /// The office's number.
    pub id: u32,
    /// Tên đăng nhập.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The commune whose office it belongs to.
    pub commune: u32,
    /// Made by [`crate::password`]; `None` until the invitation is used.
    pub password_hash: Option<Vec<u8>>,
    /// `invited`, `active` or `suspended`.
    pub status: String,
    /// The last day it may be used.
    pub expires_on: Option<i32>,
    /// Digits, or nothing.
    pub contact_phone: String,
    /// `own`, `other` or `unknown`: whose name the SIM is in.
    pub sim: String,
    /// When it was made.
    pub created_at: i64,
    grants: String,
}

impl AccountRow {
    /// The account's number as the domain knows it.
    pub fn id(&self) -> AccountId {
        AccountId(self.id)
    }

    /// Where it stands on a day.
    pub fn standing(&self, today: Day) -> AccountStatus {
        status_of(&self.status, self.expires_on, today)
    }

    /// The roles it holds or held, oldest first.
    pub fn grants(&self) -> Vec<Grant> {
        grant::from_json(&self.grants)
    }

    /// The person at a sound device, or at the plain form.
    pub fn principal(&self, today: Day) -> Principal {
        Principal {
            account: self.id(),
            status: self.standing(today),
            device: DeviceStatus::Ok,
            commune: CommuneCode(self.commune),
            grants: self.grants(),
        }
    }
}

/// Where an account stands: its last day shuts it as much as a person does.
pub(super) fn status_of(text: &str, expires_on: Option<i32>, today: Day) -> AccountStatus {
    match text {
        _ if expires_on.is_some_and(|last| last < today.0) => AccountStatus::Expired,
        "active" => AccountStatus::Active,
        "invited" => AccountStatus::Invited,
        _ => AccountStatus::Suspended,
    }
}

/// A person to add. The status is `invited` until a password is set.
pub struct NewAccount<'a> {
    /// Tên đăng nhập, already in lower case.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// The commune whose office it belongs to.
    pub commune: CommuneCode,
    /// What they are to begin with.
    pub grant: Grant,
    /// Who adds them; `None`: whoever runs the office, at its own machine.
    pub by: Option<AccountId>,
    /// Now.
    pub at: Moment,
}

/// Adds a person with a role; a taken login is a unique violation.
pub async fn insert(db: &mut SqliteConnection, new: &NewAccount<'_>) -> Result<AccountId> {
    let id = sqlx::query_scalar(
        "insert into account (login, name, commune, status, created_at) values (?, ?, ?, 'invited', ?) returning id",
    )
    .bind(new.login)
    .bind(new.name)
    .bind(new.commune.0)
    .bind(new.at.0)
    .fetch_one(&mut *db)
    .await?;
    grant::insert(db, AccountId(id), &new.grant, new.by, new.at).await?;
    Ok(AccountId(id))
}

/// A query of persons with their roles. Nothing in it comes from outside.
fn selecting(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("select account.*, {} as grants from account {rest}", grant::AS_JSON))
}

/// The person of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: AccountId) -> Result<Option<AccountRow>> {
    sqlx::query_as(selecting("where id = ?")).bind(id.0).fetch_optional(db).await
}

/// The person of this login.
pub async fn find_by_login(db: impl SqliteExecutor<'_>, login: &str) -> Result<Option<AccountRow>> {
    sqlx::query_as(selecting("where login = ?")).bind(login).fetch_optional(db).await
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

/// Tạm khóa, or opens again; an account that was never used goes back to its invitation.
pub async fn set_suspended(db: impl SqliteExecutor<'_>, id: AccountId, suspended: bool) -> Result<()> {
    sqlx::query(
        "update account set status = case when ? then 'suspended'
            when password_hash is null and not exists (select 1 from device where device.account = account.id)
                then 'invited'
            else 'active' end where id = ?",
    )
    .bind(suspended)
    .bind(id.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Makes an account active whose device is known before it has a password.
pub async fn set_active(db: impl SqliteExecutor<'_>, id: AccountId) -> Result<()> {
    sqlx::query("update account set status = 'active' where id = ?").bind(id.0).execute(db).await?;
    Ok(())
}

/// Sets the last day an account may be used.
pub async fn set_expiry(db: impl SqliteExecutor<'_>, id: AccountId, last: Option<Day>) -> Result<()> {
    sqlx::query("update account set expires_on = ? where id = ?")
        .bind(last.map(|day| day.0))
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Sets how to reach the person.
pub async fn set_contact(db: impl SqliteExecutor<'_>, id: AccountId, phone: &str, sim: &str) -> Result<()> {
    sqlx::query("update account set contact_phone = ?, sim = ? where id = ?")
        .bind(phone)
        .bind(sim)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// All persons, by commune and login.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<AccountRow>> {
    sqlx::query_as(selecting("order by commune, login")).fetch_all(db).await
}

/// The persons whose office is this commune's, by login.
pub async fn of_commune(db: impl SqliteExecutor<'_>, commune: CommuneCode) -> Result<Vec<AccountRow>> {
    sqlx::query_as(selecting("where commune = ? order by login")).bind(commune.0).fetch_all(db).await
}
