//! The officer's desk as the phone's pages know it: where it is, and whose it is. The desk itself is an artefact of its
//! own (`app/desk`), which no phone fetches.

use dossier::access::Role;

/// The stay book of the commune.
pub const BOOK: &str = "/may/ban-lam-viec";
/// People, devices and areas; it leads to the first part that is the role's work.
pub const MANAGE: &str = "/may/quan-ly";
/// The accounts a role looks after.
pub const PEOPLE: &str = "/may/quan-ly/tai-khoan";

/// The dossiers of an agency.
pub const DOSSIERS: &str = "/may/ban-ho-so";

/// The page a desk opens with: the book where it is theirs to read, the dossiers where those are, else the first part of
/// their work.
pub fn front(role: Role) -> &'static str {
    match role {
        role if role.is_police() => BOOK,
        role if role.works_on_dossiers() => DOSSIERS,
        _ => MANAGE,
    }
}

/// Whether some page of the desk is this role's work. A team leader's is a phone, with the people of the team on it.
pub fn is_for(role: Role) -> bool {
    role.works_at_a_desk() || role == Role::TeamLeader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_police_open_their_book_and_others_the_part_that_is_theirs() {
        assert_eq!(front(Role::Officer), BOOK);
        assert_eq!(front(Role::ProvincialSupervisor), MANAGE);
        for role in [Role::JusticeOfficer, Role::OneStopClerk, Role::ProvinceOfficer] {
            assert_eq!(front(role), DOSSIERS);
        }
    }

    #[test]
    fn an_owner_and_a_member_of_a_team_have_no_desk() {
        assert!(is_for(Role::Officer) && is_for(Role::TeamLeader));
        assert!(!is_for(Role::Owner) && !is_for(Role::TeamMember) && !is_for(Role::Citizen));
    }
}
