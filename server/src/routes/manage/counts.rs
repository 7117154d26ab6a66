//! What waits in each part of the work, counted over exactly the lists the asker would be shown.

use axum::Json;
use dossier::access::Action;
use dossier::manage::{Counts, Told};

use super::{Reply, aside, complaint, device, person, place, request, verification};
use crate::asked::Asked;
use crate::error::Error;

/// `GET /api/v1/counts`.
pub async fn list(asked: Asked) -> Reply {
    let today = asked.today;
    let may = |action| asked.person.may_somewhere(action, today);
    if !may(Action::ReadPeople) && !may(Action::Verify) {
        return Err(Error::Forbidden);
    }
    let mut counts = Counts::default();
    if let Told::People(people) = person::list(asked.clone()).await?.0 {
        counts.people = people.len() as u32;
    }
    if let Told::Villages(_, villages) = place::villages(asked.clone()).await?.0 {
        let adoptions = villages.iter().filter_map(|village| village.adoption.as_ref());
        counts.quiet_houses = adoptions.map(|one| one.silent + one.never).sum();
    }
    if may(Action::ManagePeople)
        && let Told::Requests(requests) = request::list(asked.clone()).await?.0
    {
        counts.requests = requests.len() as u32;
    }
    if may(Action::ManageDevices)
        && let Told::Devices(devices) = device::list(asked.clone()).await?.0
    {
        counts.silent_devices = devices.iter().filter(|one| one.is_silent(today)).count() as u32;
        counts.unsent_devices = devices.iter().filter(|one| one.unsent > 0).count() as u32;
    }
    if may(Action::ReviewAside)
        && let Told::Aside(kept) = aside::list(asked.clone()).await?.0
    {
        counts.aside = kept.len() as u32;
    }
    if may(Action::HearComplaints)
        && let Told::Complaints(all) = complaint::list(asked.clone()).await?.0
    {
        counts.complaints = all.iter().filter(|one| one.answer.is_none()).count() as u32;
    }
    if may(Action::Verify)
        && let Told::Verifications(slips) = verification::list(asked).await?.0
    {
        counts.verifications = slips.iter().filter(|slip| slip.reply.is_none()).count() as u32;
    }
    Ok(Json(Told::Counts(counts)))
}
