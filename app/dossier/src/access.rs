//! Who may do what. One function decides for routes, exchange scopes, streams, imports and the headless device.
//!
//! A right is a [`Grant`]: a role, for an area, from a day to a day. What a role may do inside its area is one table,
//! [`Role::may`]; what is not named there is refused.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, CommuneCode, EstablishmentId};
use crate::moment::Day;
use crate::procedure::Agency;

mod area;
mod role;

pub use area::{Area, AreaError, Locality};
pub use role::Role;

/// A role somebody holds for an area, from a day to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// As what.
    pub role: Role,
    /// Where.
    pub area: Area,
    /// The first day.
    pub from: Day,
    /// The last day; `None` until somebody ends it.
    pub until: Option<Day>,
}

impl Grant {
    /// Whether it holds on a day.
    pub fn holds(&self, today: Day) -> bool {
        self.from <= today && self.until.is_none_or(|last| today <= last)
    }
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AccountStatus {
    /// Asked in, and has not come yet.
    Invited,
    /// In use.
    Active,
    /// Tạm khóa, by somebody who may.
    Suspended,
    /// Its last day has passed.
    Expired,
}

/// Where a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeviceStatus {
    /// In use.
    Ok,
    /// Thu hồi: what it brings is kept aside, and it is told to wipe itself.
    Revoked,
    /// Another copy of it was heard: both must sign in again.
    Cloned,
}

/// A person at the door, as the office knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// Where it stands.
    pub status: AccountStatus,
    /// Where the device stands that speaks for it.
    pub device: DeviceStatus,
    /// The commune whose office the account belongs to.
    pub commune: CommuneCode,
    /// Its roles, the leading one first.
    pub grants: Vec<Grant>,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// See a public page, the shell, the state of health.
    ReadPublic,
    /// Turn an invitation or a password into an enrolled device, or ask for an account.
    Enrol,
    /// Hand in what was sealed to the office: it proves itself, whoever carries it.
    HandIn,
    /// Exchange frames at all (each dossier inside is judged again).
    Exchange,
    /// Listen for hints.
    Listen,
    /// Declare a stay in one's own duty, change it, withdraw it, record a call.
    Declare,
    /// The same for somebody else: only under a recorded ủy quyền (Circular 116/2026/TT-BCA art. 3.4).
    DeclareOnBehalf,
    /// Hand in a dossier of the commune police for somebody else, under the same.
    FileForPolice,
    /// One of the commune's People's Committee.
    FileForCommittee,
    /// One of the police of the province.
    FileForProvince,
    /// Have a code of consent made: for one's own house, or for somebody who was called back.
    GiveConsent,
    /// Read notices.
    ReadNotice,
    /// Receive or return a notice, take the steps of a dossier of the police.
    Decide,
    /// Read the dossiers of the commune's People's Committee: civil status.
    ReadCivil,
    /// Take their steps.
    DecideCivil,
    /// Read the dossiers of the police of the province: criminal records, seals.
    ReadProvince,
    /// Take their steps.
    DecideProvince,
    /// One-stop (Decree 118/2025/NĐ-CP): follow what was taken in at the commune's centre, whoever decides it, and what is
    /// asked of the People's Committee; accept it with an appointment, hand the result out. Nothing in between.
    Receive,
    /// Read the list of accounts, with names and telephones.
    ReadPeople,
    /// Approve, invite, suspend accounts; give and end roles.
    ManagePeople,
    /// Name villages and establishments, and say which lies where.
    ManagePlaces,
    /// See enrolled devices, revoke one.
    ManageDevices,
    /// Look at what a revoked device brought, and take it or drop it.
    ReviewAside,
    /// Read what other communes and agencies ask of the own agency, and answer it.
    Verify,
    /// See which establishments declare, which are silent, which have no account.
    ReadAdoption,
    /// See agencies, their addresses, telephones, mailboxes and channels.
    ReadAgency,
    /// Change them.
    ManageAgency,
    /// Enter a merger or a division of communes.
    ManageUnits,
    /// Read figures that name nobody.
    ReadFigures,
    /// Read the office's own figures of work (for who runs it).
    ReadMetrics,
    /// Read what citizens complain of and recommend, and answer it.
    HearComplaints,
    /// Phi địa giới (Decree 118/2025/NĐ-CP): take in, at the own commune's one-stop desk, what the agency of another commune
    /// of the province decides, where the procedure allows it.
    ReceiveElsewhere,
    /// Read the files of the catalogue of procedures; who may do it wherever the office serves publishes new ones.
    ManageCatalogue,
    /// Read counts of residence dossiers, which name nobody: of those the own agency decides, or of all for who decides none.
    ReadDossierFigures,
}

impl Action {
    /// What reading a dossier of this agency is.
    pub const fn reading(agency: Agency) -> Action {
        match agency {
            Agency::Police => Action::ReadNotice,
            Agency::Committee => Action::ReadCivil,
            Agency::ProvincePolice => Action::ReadProvince,
        }
    }

    /// What taking a step of one is.
    pub const fn deciding(agency: Agency) -> Action {
        match agency {
            Agency::Police => Action::Decide,
            Agency::Committee => Action::DecideCivil,
            Agency::ProvincePolice => Action::DecideProvince,
        }
    }

    /// What filing for somebody else is: a dossier of this agency; `None` is a stay notice.
    pub const fn for_another(filing: Option<Agency>) -> Action {
        match filing {
            None => Action::DeclareOnBehalf,
            Some(Agency::Police) => Action::FileForPolice,
            Some(Agency::Committee) => Action::FileForCommittee,
            Some(Agency::ProvincePolice) => Action::FileForProvince,
        }
    }
}

/// What it would be done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Nothing that belongs to anybody.
    Public,
    /// The office itself.
    Office,
    /// Something that lies somewhere.
    At(Locality),
}

/// Whether this person may do this to that. What is not named is refused.
pub fn can(principal: Option<&Principal>, action: Action, resource: Resource, today: Day) -> bool {
    let open_to_all = matches!(
        (action, resource),
        (Action::ReadPublic | Action::Enrol | Action::HandIn, Resource::Public)
            | (Action::ReadMetrics, Resource::Office)
    );
    open_to_all || principal.is_some_and(|person| person.acting(action, resource, today).is_some())
}

impl Principal {
    /// Whether anything is open to them that is not open to everybody.
    pub fn is_in(&self) -> bool {
        self.status == AccountStatus::Active && self.device == DeviceStatus::Ok
    }

    /// The roles that hold today.
    pub fn roles(&self, today: Day) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.holds(today))
    }

    /// The role that decides which pages open first.
    pub fn leading(&self, today: Day) -> Option<Role> {
        self.roles(today).next().map(|grant| grant.role)
    }

    /// The establishment they declare for in their own duty.
    pub fn establishment(&self, today: Day) -> Option<EstablishmentId> {
        self.roles(today).find_map(|grant| match grant.area {
            Area::Establishment(id) if grant.role.may(Action::Declare) => Some(id),
            _ => None,
        })
    }

    /// The role in which they answer what is asked of this agency there.
    pub fn answering(&self, agency: Agency, place: &Locality, today: Day) -> Option<Role> {
        let answers = |grant: &&Grant| {
            let own = grant.role.may(Action::Verify) && grant.role.agency() == Some(agency);
            own && grant.area.covers(place)
        };
        if self.is_in() { self.roles(today).find(answers).map(|grant| grant.role) } else { None }
    }

    /// The right by which they are told counts of this agency's dossiers there. Of what no agency decides any more, only
    /// who follows all of them is told.
    pub fn counting(&self, agency: Option<Agency>, place: &Locality, today: Day) -> Option<&Grant> {
        let told = |grant: &&Grant| {
            let own = grant.role.agency();
            grant.role.may(Action::ReadDossierFigures)
                && (own.is_none() || own == agency)
                && grant.area.covers(place)
        };
        if self.is_in() { self.roles(today).find(told) } else { None }
    }

    /// The province whose police they are.
    pub fn province(&self, today: Day) -> Option<u8> {
        self.roles(today).find_map(|grant| match grant.area {
            Area::Province(code) if grant.role.may(Action::ReadProvince) => Some(code),
            _ => None,
        })
    }

    /// The role in which they do this to that; `None` when none of theirs allows it.
    pub fn acting(&self, action: Action, resource: Resource, today: Day) -> Option<Role> {
        if !self.is_in() {
            return None;
        }
        let allowed = |grant: &&Grant| {
            grant.role.may(action)
                && match resource {
                    Resource::Public => false,
                    Resource::Office => matches!(action, Action::Exchange | Action::Listen),
                    Resource::At(place) => grant.area.covers(&place),
                }
        };
        self.roles(today).find(allowed).map(|grant| grant.role)
    }

    /// Whether they hold this role there, whatever others they hold besides.
    pub fn holds(&self, role: Role, place: &Locality, today: Day) -> bool {
        self.is_in() && self.roles(today).any(|grant| grant.role == role && grant.area.covers(place))
    }

    /// At which desk, and in which role, they receive what is decided at this place: a desk of another commune of the same
    /// province. `lies` says where a commune lies today.
    pub fn receiving_for(
        &self,
        place: &Locality,
        lies: impl Fn(CommuneCode) -> Option<Locality>,
        today: Day,
    ) -> Option<(Role, CommuneCode)> {
        let desk = |grant: &Grant| match grant.area {
            Area::Commune(code) if grant.role.may(Action::ReceiveElsewhere) => lies(code),
            _ => None,
        };
        // A province nobody has looked up yet is no province.
        let beside = |desk: &Locality| {
            desk.commune != place.commune && desk.province == place.province && place.province != 0
        };
        let mut desks = self.roles(today).filter_map(|grant| Some((grant.role, desk(grant)?)));
        let found = desks.find(|(_, desk)| beside(desk)).map(|(role, desk)| (role, desk.commune));
        found.filter(|_| self.is_in())
    }

    /// Whether they may give this role at this place, or change who holds it there.
    pub fn gives(&self, role: Role, place: &Locality, today: Day) -> bool {
        self.is_in()
            && self.roles(today).any(|grant| {
                grant.role.may(Action::ManagePeople) && grant.role.gives(role) && grant.area.covers(place)
            })
    }

    /// Whether the devices of people with this role there are theirs to look after. Who works for the commune revokes a
    /// lost one whoever's it is, for it does not wait; a leader of a team looks after the team's.
    pub fn minds(&self, role: Role, place: &Locality, today: Day) -> bool {
        self.is_in()
            && self.roles(today).any(|grant| {
                grant.role.may(Action::ManageDevices)
                    && (!grant.role.is_team() || grant.role.gives(role))
                    && grant.area.covers(place)
            })
    }

    /// Whether they may do this somewhere at all: what a door can know before it is said to what.
    pub fn may_somewhere(&self, action: Action, today: Day) -> bool {
        self.is_in() && self.roles(today).any(|grant| grant.role.may(action))
    }
}
