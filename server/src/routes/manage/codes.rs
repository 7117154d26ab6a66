//! Codes of a team: a member's goes, sealed, to the devices of the leaders of the member's area, and to nobody else.

use std::collections::BTreeMap;

use axum::Json;
use dossier::access::{Action, Principal, Role};
use dossier::id::{AccountId, DeviceHandle};
use dossier::manage::{HandedCodes, LeaderDevice, MemberCode, Objection, TeamCodes, Told};
use dossier::moment::Moment;

use super::{Reply, objection};
use crate::asked::Asked;
use crate::atlas::Atlas;
use crate::hex;
use crate::store::account;
use crate::store::code::{self, BoxRow, CodeRow};

/// Codes in one request at most: a village has a leader or two.
const MOST: usize = 32;

/// Bytes of a sealed code at most.
const LONGEST: usize = 256;

/// `POST /api/v1/codes`.
pub async fn exchange(asked: Asked) -> Reply {
    let said: HandedCodes = asked.read()?;
    let malformed = objection(Objection::Malformed);
    let Some(box_key) = hex::decode_exact::<32>(&said.box_key) else { return Err(malformed) };
    if said.codes.len() > MOST {
        return Err(malformed);
    }
    let Some(device) = asked.device else { return Err(objection(Objection::Unfit)) };
    let in_team = asked.person.roles(asked.today).any(|grant| grant.role.is_team());
    if !in_team {
        return Ok(Json(Told::Codes(TeamCodes::default())));
    }
    let mut work = asked.begin().await?;
    code::put_box(&mut work.transaction, device, box_key, asked.now).await?;
    let rows = account::list(&mut *work.transaction).await?;
    let people = rows.iter().map(|row| (row.id, row.principal(asked.today))).collect();
    let team = Team { asked: &asked, atlas: &work.atlas, people: &people };
    let boxes = code::boxes(&mut *work.transaction, device).await?;
    let mut leaders: Vec<LeaderDevice> = boxes.iter().filter_map(|row| team.leader(row)).collect();
    let held = code::of_leader(&mut *work.transaction, device).await?;
    let members = held.iter().filter_map(|row| team.member(row)).collect();
    for handed in &said.codes {
        let leader = leaders.iter_mut().find(|leader| leader.device == handed.leader);
        let leader = leader.ok_or(objection(Objection::Unknown))?;
        let sealed = hex::decode(&handed.sealed).filter(|sealed| sealed.len() <= LONGEST);
        let sealed = sealed.ok_or(objection(Objection::Malformed))?;
        let pair = (device, handed.leader);
        code::put(&mut *work.transaction, pair, handed.generation, &sealed, asked.now).await?;
        leader.generation = Some(handed.generation);
    }
    work.transaction.commit().await?;
    Ok(Json(Told::Codes(TeamCodes { leaders, members })))
}

struct Team<'a> {
    asked: &'a Asked,
    atlas: &'a Atlas,
    people: &'a BTreeMap<u32, Principal>,
}

impl Team<'_> {
    /// Whether one is a leader in whose area the other is a member.
    fn leads(&self, leader: &Principal, member: &Principal) -> bool {
        let today = self.asked.today;
        let is_leader = leader.roles(today).any(|grant| grant.role == Role::TeamLeader);
        let membered = member.roles(today).filter(|grant| grant.role == Role::TeamMember);
        let mut places = membered.filter_map(|grant| self.atlas.place(grant.area));
        is_leader
            && leader.may_somewhere(Action::ManageDevices, today)
            && places.any(|place| leader.minds(Role::TeamMember, &place, today))
    }

    fn leader(&self, row: &BoxRow) -> Option<LeaderDevice> {
        let person = self.people.get(&row.account)?;
        self.leads(person, &self.asked.person).then_some(())?;
        let box_key: [u8; 32] = row.box_key.as_slice().try_into().ok()?;
        let (device, generation) = (handle(&row.handle)?, row.generation);
        Some(LeaderDevice { device, box_key: hex::encode(&box_key), generation })
    }

    fn member(&self, row: &CodeRow) -> Option<MemberCode> {
        let person = self.people.get(&row.account)?;
        let still = AccountId(row.account) != self.asked.person.account && person.is_in();
        (still && self.leads(&self.asked.person, person)).then_some(())?;
        Some(MemberCode {
            device: handle(&row.handle)?,
            person: row.person.clone(),
            device_name: row.name.clone(),
            generation: row.generation,
            at: Moment(row.at),
            sealed: hex::encode(&row.sealed),
        })
    }
}

fn handle(bytes: &[u8]) -> Option<DeviceHandle> {
    bytes.try_into().ok().map(DeviceHandle)
}
