//! Who may do what. One function decides for routes, exchange scopes, streams and the headless device.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, CommuneCode, EstablishmentId};

/// What a person is to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Chủ cơ sở lưu trú, or who declares for it.
    Owner,
    /// Cán bộ Công an cấp xã.
    Officer,
    /// Quản trị: accounts and settings; sees no notice.
    Administrator,
}

/// A person at the door, as the office knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// Owners: the establishment they declare for.
    pub establishment: Option<EstablishmentId>,
    /// The commune the account belongs to: no right crosses its border.
    pub commune: CommuneCode,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See a public page, the shell, the state of health.
    ReadPublic,
    /// Turn an invitation or a password into an enrolled device.
    Enrol,
    /// Exchange frames at all (each dossier inside is judged again).
    Exchange,
    /// Listen for hints.
    Listen,
    /// Declare a stay, change it, withdraw it, record a call.
    Declare,
    /// Read the notices of an establishment.
    ReadNotice,
    /// Receive or return a notice.
    Decide,
    /// Read figures that name nobody.
    ReadMetrics,
}

/// What it would be done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Nothing that belongs to anybody.
    Public,
    /// The office itself.
    Office,
    /// Everything of one commune.
    Commune(CommuneCode),
    /// One establishment and its notices.
    Establishment {
        /// The establishment.
        id: EstablishmentId,
        /// Its commune.
        commune: CommuneCode,
    },
}

/// Whether this person may do this to that. What is not named here is refused.
pub fn can(principal: Option<&Principal>, action: Action, resource: Resource) -> bool {
    match (action, resource) {
        (Action::ReadPublic | Action::Enrol, Resource::Public) => return true,
        (Action::ReadMetrics, Resource::Office) => return true,
        _ => {}
    }
    let Some(person) = principal else { return false };
    match (action, resource) {
        (Action::Exchange | Action::Listen, Resource::Office) => {
            matches!(person.role, Role::Owner | Role::Officer)
        }
        (Action::Declare, Resource::Establishment { id, commune }) => {
            person.role == Role::Owner && person.establishment == Some(id) && person.commune == commune
        }
        (Action::ReadNotice, Resource::Establishment { id, commune }) => match person.role {
            Role::Owner => person.establishment == Some(id) && person.commune == commune,
            Role::Officer => person.commune == commune,
            Role::Administrator => false,
        },
        (Action::ReadNotice | Action::Decide, Resource::Commune(commune)) => {
            person.role == Role::Officer && person.commune == commune
        }
        (Action::Decide, Resource::Establishment { commune, .. }) => {
            person.role == Role::Officer && person.commune == commune
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: CommuneCode = CommuneCode(3394);
    const NEXT: CommuneCode = CommuneCode(3549);

    fn person(role: Role, establishment: Option<u32>) -> Principal {
        Principal {
            account: AccountId(1),
            role,
            establishment: establishment.map(EstablishmentId),
            commune: HERE,
        }
    }

    fn house(id: u32, commune: CommuneCode) -> Resource {
        Resource::Establishment { id: EstablishmentId(id), commune }
    }

    #[test]
    fn an_owner_declares_and_reads_only_the_own_house() {
        let owner = person(Role::Owner, Some(7));
        assert!(can(Some(&owner), Action::Declare, house(7, HERE)));
        assert!(can(Some(&owner), Action::ReadNotice, house(7, HERE)));
        assert!(!can(Some(&owner), Action::Declare, house(8, HERE)));
        assert!(!can(Some(&owner), Action::ReadNotice, house(8, HERE)));
        assert!(!can(Some(&owner), Action::Decide, house(7, HERE)));
        assert!(!can(Some(&owner), Action::ReadNotice, Resource::Commune(HERE)));
    }

    #[test]
    fn an_officer_stops_at_the_border_of_the_commune() {
        let officer = person(Role::Officer, None);
        assert!(can(Some(&officer), Action::Decide, house(7, HERE)));
        assert!(can(Some(&officer), Action::ReadNotice, Resource::Commune(HERE)));
        assert!(!can(Some(&officer), Action::Decide, house(7, NEXT)));
        assert!(!can(Some(&officer), Action::ReadNotice, Resource::Commune(NEXT)));
        assert!(!can(Some(&officer), Action::Declare, house(7, HERE)));
    }

    #[test]
    fn an_administrator_sees_no_notice_and_nobody_without_a_name_gets_past_the_door() {
        let administrator = person(Role::Administrator, None);
        assert!(!can(Some(&administrator), Action::ReadNotice, house(7, HERE)));
        assert!(!can(Some(&administrator), Action::Exchange, Resource::Office));
        for action in [Action::Exchange, Action::Listen, Action::Declare, Action::ReadNotice, Action::Decide]
        {
            assert!(!can(None, action, house(7, HERE)));
            assert!(!can(None, action, Resource::Office));
        }
        assert!(can(None, Action::ReadPublic, Resource::Public));
    }
}
