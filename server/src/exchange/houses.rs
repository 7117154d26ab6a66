//! The houses a device is told of: those its person files for, reads of, or receives for.

use std::collections::BTreeSet;

use dossier::access::{Action, Area, Principal, Resource, can};
use dossier::id::EstablishmentId;
use dossier::moment::Day;
use dossier::view::House;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::establishment::{self, EstablishmentRow};

/// The houses a person may file for, or whose notices or dossiers they may read.
pub async fn of(office: &Office, principal: &Principal) -> Result<Vec<House>, Error> {
    let today = clock::now().day();
    let readers = office.store.readers();
    if principal.may_somewhere(Action::ReadProvince, today) {
        return of_the_province(office, principal, today).await;
    }
    let concerned = [
        Action::ReadNotice,
        Action::ReadCivil,
        Action::Receive,
        Action::DeclareOnBehalf,
        Action::FileForPolice,
        Action::FileForCommittee,
    ];
    if !concerned.into_iter().any(|action| principal.may_somewhere(action, today)) {
        return Ok(Vec::new());
    }
    let rows = establishment::list(readers, principal.commune).await?;
    let places = establishment::places(readers, rows.iter().map(|row| EstablishmentId(row.id))).await?;
    let open = |row: &EstablishmentRow| {
        places.get(&EstablishmentId(row.id)).is_some_and(|place| {
            concerned.into_iter().any(|action| can(Some(principal), action, Resource::At(*place), today))
        })
    };
    let here = rows.into_iter().filter(open).map(EstablishmentRow::house);
    Ok(here.chain(elsewhere(office, principal, today).await?).collect())
}

/// The places of other communes for which somebody receives at their own desk. Of each village only the one place of all its
/// households: who lives there is nothing to a neighbouring commune.
async fn elsewhere(office: &Office, principal: &Principal, today: Day) -> Result<Vec<House>, Error> {
    let desks = principal.roles(today).filter(|grant| grant.role.may(Action::ReceiveElsewhere));
    let desks = desks.filter_map(|grant| match grant.area {
        Area::Commune(code) => Some(code),
        _ => None,
    });
    let mut houses = Vec::new();
    for code in desks.collect::<BTreeSet<_>>() {
        houses.extend(establishment::everyone_beside(office.store.readers(), code).await?);
    }
    Ok(houses)
}

/// The houses that dossiers of the police of the province are about.
async fn of_the_province(office: &Office, principal: &Principal, today: Day) -> Result<Vec<House>, Error> {
    let readers = office.store.readers();
    let rows = establishment::of_province_police(readers).await?;
    let places = establishment::places(readers, rows.iter().map(|row| EstablishmentId(row.id))).await?;
    let open = |row: &EstablishmentRow| {
        let place = places.get(&EstablishmentId(row.id));
        place.is_some_and(|place| can(Some(principal), Action::ReadProvince, Resource::At(*place), today))
    };
    Ok(rows.into_iter().filter(open).map(EstablishmentRow::house).collect())
}
