//! `bankhai admin list`: everything that is set up.

use std::io::Write;

use app::text::role;
use dossier::moment::Moment;

use crate::cli::CliError;
use crate::store::account::AccountRow;
use crate::store::{Store, account, commune, device, establishment};
use crate::{clock, hex};

/// Writes communes with their establishments, then people, then devices.
pub async fn write(store: &Store, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let readers = store.readers();
    for row in commune::list(readers).await? {
        writeln!(
            out,
            "{} {}, {} · {} · trực ban {}",
            row.code(),
            row.name,
            row.province,
            row.agency,
            row.duty_phone
        )?;
        for house in establishment::list(readers, row.code()).await? {
            writeln!(out, "  cơ sở {:>4}  {} · {} · {}", house.id, house.name, house.village, house.kind)?;
        }
    }
    for person in account::list(readers).await? {
        let (role, status) = (roles(&person), status_words(&person.status));
        writeln!(
            out,
            "tài khoản {} · {} · {role} · {:05} · {status}",
            person.login, person.name, person.commune
        )?;
    }
    for device in device::list(readers).await? {
        let heard = match device.last_contact_at {
            Some(at) => format!("liên lạc lần cuối {}", Moment(at)),
            None => "chưa liên lạc".to_owned(),
        };
        let state = if device.status == "ok" { "" } else { " · đã thu hồi" };
        writeln!(
            out,
            "thiết bị {} · {} · {} · đăng ký {} · {heard}{state}",
            hex::encode(&device.handle),
            device.login,
            device.name,
            Moment(device.enrolled_at)
        )?;
    }
    Ok(())
}

/// The roles a person holds today.
fn roles(person: &AccountRow) -> String {
    let principal = person.principal(clock::now().day());
    let held: Vec<&str> = principal.roles(clock::now().day()).map(|grant| role::label(grant.role)).collect();
    if held.is_empty() { "không có vai trò".to_owned() } else { held.join(", ") }
}

fn status_words(status: &str) -> &'static str {
    match status {
        "active" => "đang dùng",
        "invited" => "chưa nhận lời mời",
        _ => "đã khóa",
    }
}
