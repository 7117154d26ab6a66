//! People by command line: every role, a stop, a token for a program.

use std::io::Write;

use clap::Args;
use dossier::access::{Area, Role};
use dossier::id::CommuneCode;
use dossier::moment::Day;
use sha2::{Digest, Sha256};

use super::{PersonArgs, add_person};
use crate::atlas::Atlas;
use crate::cli::CliError;
use crate::premises::Premises;
use crate::store::account::AccountRow;
use crate::store::grant::role_of;
use crate::store::{account, token};
use crate::{clock, dice, hex};

/// Somebody with any role.
#[derive(Args)]
pub struct AnyoneArgs {
    /// The role.
    #[arg(value_parser = role, help = "Vai trò, ví dụ team_leader, head, provincial_supervisor, administrator")]
    role: Role,
    /// Where.
    #[arg(help = "Địa bàn: establishment-1, village-1, commune-3394, province-12 hoặc everywhere")]
    area: Area,
    /// The person.
    #[command(flatten)]
    person: PersonArgs,
    /// The office the account belongs to.
    #[arg(long, help = "Mã xã của tài khoản, khi địa bàn rộng hơn một xã")]
    commune: Option<u32>,
}

/// A token to make.
#[derive(Args)]
pub struct TokenArgs {
    /// Tên đăng nhập.
    #[arg(help = "Tên đăng nhập của tài khoản kết nối hoặc quản trị")]
    login: String,
    /// The last day.
    #[arg(long, value_parser = day, help = "Ngày cuối cùng, ví dụ 2026-12-31")]
    until: Day,
}

fn role(text: &str) -> Result<Role, String> {
    role_of(text).ok_or_else(|| "không có vai trò này".into())
}

fn day(text: &str) -> Result<Day, String> {
    app::text::time::typed_day(text).ok_or_else(|| "ngày viết như 2026-12-31".into())
}

async fn known(premises: &Premises, login: &str) -> Result<AccountRow, CliError> {
    account::find_by_login(premises.store.readers(), &login.to_lowercase())
        .await?
        .ok_or_else(|| CliError::Words(format!("không có tài khoản {login}")))
}

/// Adds somebody with a role.
pub async fn add(
    premises: &Premises,
    args: AnyoneArgs,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    if !args.role.fits(args.area) {
        return Err(CliError::Words(format!("vai trò này không giữ cho địa bàn {}", args.area)));
    }
    let mut reader = premises.store.readers().acquire().await?;
    let atlas = Atlas::read(&mut reader).await?;
    drop(reader);
    let place = atlas.place(args.area);
    let place = place.ok_or_else(|| CliError::Words(format!("không có địa bàn {}", args.area)))?;
    let own = Some(place.commune).filter(|code| code.0 != 0);
    let commune = own.or(args.commune.map(CommuneCode));
    let commune =
        commune.ok_or_else(|| CliError::Words("cần --commune cho địa bàn rộng hơn một xã".into()))?;
    add_person(premises, &args.person, args.role, commune, args.area, out).await
}

/// Stops an account, or opens it again. Its tokens end with a stop.
pub async fn suspend(
    premises: &Premises,
    login: &str,
    suspended: bool,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    let id = known(premises, login).await?.id();
    let mut transaction = premises.store.begin().await?;
    account::set_suspended(&mut *transaction, id, suspended).await?;
    if suspended {
        token::end_all(&mut *transaction, id, clock::now()).await?;
    }
    transaction.commit().await?;
    writeln!(out, "{} tài khoản {login}.", if suspended { "Đã tạm khóa" } else { "Đã mở khóa" })?;
    Ok(())
}

/// Makes a token and prints it: the only time it is readable.
pub async fn make_token(
    premises: &Premises,
    args: TokenArgs,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    let person = known(premises, &args.login).await?;
    let today = clock::now().day();
    let programs = |role: Role| matches!(role, Role::Integration | Role::Administrator);
    if !person.principal(today).roles(today).any(|grant| programs(grant.role)) {
        return Err(CliError::Words("chỉ tài khoản kết nối hoặc quản trị có mã truy cập".into()));
    }
    // A program has no invitation to answer.
    let text = hex::encode(&dice::roll::<32>());
    let mut transaction = premises.store.begin().await?;
    account::set_active(&mut *transaction, person.id()).await?;
    let hash = Sha256::digest(text.as_bytes()).into();
    token::insert(&mut *transaction, hash, person.id(), args.until, clock::now()).await?;
    transaction.commit().await?;
    writeln!(out, "Mã truy cập (đến hết {}, chỉ hiện lần này): {text}", args.until)?;
    Ok(())
}
