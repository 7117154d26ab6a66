//! Everything a device needs to work alone from now on.

use dossier::access::Role;
use dossier::id::{CommuneCode, DeviceHandle};
use sync::door::Membership;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::account::AccountRow;
use crate::store::{commune, establishment};

/// The membership of this person's device, as the office knows it now.
pub async fn of(office: &Office, account: AccountRow, device: DeviceHandle) -> Result<Membership, Error> {
    let readers = office.store.readers();
    let commune = commune::find(readers, CommuneCode(account.commune))
        .await?
        .ok_or(Error::Broken("an account without its commune"))?;
    let today = clock::now().day();
    let principal = account.principal(today);
    // A role is needed to be anything here: without one the pages of a citizen open, and show nothing.
    let role = principal.leading(today).unwrap_or(Role::Citizen);
    let house = match principal.establishment(today) {
        Some(id) => establishment::find(readers, id).await?.map(|row| row.house()),
        None => None,
    };
    Ok(Membership {
        account: account.id(),
        role,
        login: account.login,
        name: account.name,
        handle: device.to_string(),
        establishment: house,
        commune: commune.code(),
        standing: commune.standing(office.standing),
        agency: commune::agency_of(role, commune.agency, &commune.name, &commune.province),
        commune_name: commune.name,
        province: commune.province,
        duty_phone: commune.duty_phone,
        receipt_keys: office.keys.receipt_public(),
        box_key: office.keys.box_public(),
    })
}
