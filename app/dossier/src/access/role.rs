//! What a person is to the office, and what that allows inside the area it is held for.

use serde::{Deserialize, Serialize};

use super::Action;
use crate::procedure::Agency;

/// What a person is to the office. The first three are the first format's; new ones come at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Chủ cơ sở lưu trú, or who declares for it.
    Owner,
    /// Cán bộ Công an cấp xã.
    Officer,
    /// Quản trị: accounts, areas, settings; sees no notice.
    Administrator,
    /// Chủ hộ, a household that takes a guest.
    Household,
    /// Người thuê, người ở: declares for the place they live in.
    Tenant,
    /// Công dân: their own matters only.
    Citizen,
    /// Thành viên tổ công nghệ số cộng đồng.
    TeamMember,
    /// Tổ trưởng tổ công nghệ số cộng đồng.
    TeamLeader,
    /// Trưởng Công an cấp xã.
    Head,
    /// Công chức tư pháp, hộ tịch.
    JusticeOfficer,
    /// Cán bộ Trung tâm phục vụ hành chính công.
    OneStopClerk,
    /// Người theo dõi cấp tỉnh: figures, no persons.
    ProvincialSupervisor,
    /// Tài khoản kết nối: a program.
    Integration,
    /// Cán bộ Công an cấp tỉnh: criminal records, seals.
    ProvinceOfficer,
}

impl Role {
    /// All of them, in the order of the first letter they travel as.
    pub const ALL: [Role; 14] = [
        Role::Owner,
        Role::Officer,
        Role::Administrator,
        Role::Household,
        Role::Tenant,
        Role::Citizen,
        Role::TeamMember,
        Role::TeamLeader,
        Role::Head,
        Role::JusticeOfficer,
        Role::OneStopClerk,
        Role::ProvincialSupervisor,
        Role::Integration,
        Role::ProvinceOfficer,
    ];

    /// What this role may do inside its area; everything else is refused.
    pub fn may(self, action: Action) -> bool {
        use Action::{
            Decide, DecideCivil, DecideProvince, Declare, DeclareOnBehalf, Exchange, FileForCommittee,
            FileForPolice, FileForProvince, GiveConsent, HearComplaints, Listen, ManageAgency,
            ManageCatalogue, ManageDevices, ManagePeople, ManagePlaces, ManageUnits, ReadAdoption,
            ReadAgency, ReadCivil, ReadDossierFigures, ReadFigures, ReadNotice, ReadPeople, ReadProvince,
            Receive, ReceiveElsewhere, ReviewAside, Verify,
        };
        let allowed: &[Action] = match self {
            Role::Owner | Role::Household | Role::Tenant => {
                &[Exchange, Listen, Declare, GiveConsent, ReadNotice]
            }
            Role::Citizen => &[Exchange, Listen],
            // At a villager's door whatever the villager has to file, whoever decides it.
            Role::TeamMember => {
                &[Exchange, Listen, DeclareOnBehalf, FileForPolice, FileForCommittee, FileForProvince]
            }
            Role::TeamLeader => &[
                Exchange,
                Listen,
                DeclareOnBehalf,
                FileForPolice,
                FileForCommittee,
                FileForProvince,
                ReadPeople,
                ManagePeople,
                ManageDevices,
                ReadAdoption,
            ],
            // A head is an officer who also says what the agency has announced.
            Role::Head if action == ManageAgency => &[ManageAgency],
            Role::Officer | Role::Head => &[
                Exchange,
                Listen,
                DeclareOnBehalf,
                FileForPolice,
                GiveConsent,
                ReadNotice,
                Decide,
                ReadPeople,
                ManagePeople,
                ManagePlaces,
                ManageDevices,
                ReviewAside,
                Verify,
                ReadAdoption,
                ReadAgency,
                ReadFigures,
                ReadDossierFigures,
                HearComplaints,
            ],
            // Their procedures are not stay notices: nothing of the police's book is theirs to see.
            Role::JusticeOfficer => &[
                Exchange,
                Listen,
                ReadCivil,
                DecideCivil,
                FileForCommittee,
                Verify,
                ReadAgency,
                ReadDossierFigures,
            ],
            // Receives and hands out; never decides, refuses or asks, and no stay notice is theirs.
            Role::OneStopClerk => &[
                Exchange,
                Listen,
                FileForPolice,
                FileForCommittee,
                FileForProvince,
                Receive,
                ReceiveElsewhere,
                ReadAgency,
            ],
            Role::ProvinceOfficer => {
                &[Exchange, Listen, ReadProvince, DecideProvince, ReadAgency, ReadDossierFigures]
            }
            Role::ProvincialSupervisor => &[Exchange, Listen, ReadAgency, ReadFigures, ReadDossierFigures],
            Role::Administrator => &[
                Exchange,
                Listen,
                ReadPeople,
                ManagePeople,
                ManagePlaces,
                ManageDevices,
                ReadAgency,
                ManageAgency,
                ManageUnits,
                ManageCatalogue,
            ],
            Role::Integration => &[Exchange, Declare, ReadNotice],
        };
        allowed.contains(&action)
    }

    /// Whether this role is held for an area of this size. A supervisor of one bản, or an owner of a whole commune, is
    /// a slip of the hand.
    pub fn fits(self, area: super::Area) -> bool {
        use super::Area::{Commune, Establishment, Everywhere, Province, Village};
        match self {
            Role::Owner | Role::Household | Role::Tenant => matches!(area, Establishment(_)),
            Role::Integration => matches!(area, Establishment(_)),
            Role::TeamMember | Role::TeamLeader => matches!(area, Village(_) | Commune(_)),
            Role::Citizen | Role::Officer | Role::Head | Role::JusticeOfficer | Role::OneStopClerk => {
                matches!(area, Commune(_))
            }
            Role::ProvincialSupervisor | Role::ProvinceOfficer => matches!(area, Province(_)),
            Role::Administrator => matches!(area, Commune(_) | Province(_) | Everywhere),
        }
    }

    /// Whether this role may give that one, inside the same area: nobody gives more than their own.
    pub fn gives(self, role: Role) -> bool {
        use Role::{
            Administrator, Citizen, Head, Household, Integration, JusticeOfficer, Officer, OneStopClerk,
            Owner, ProvinceOfficer, ProvincialSupervisor, TeamLeader, TeamMember, Tenant,
        };
        let given: &[Role] = match self {
            TeamLeader => &[TeamMember],
            Officer => &[Owner, Household, Tenant, Citizen, TeamMember, TeamLeader],
            Head => &[Owner, Household, Tenant, Citizen, TeamMember, TeamLeader, Officer, Integration],
            Administrator => &[
                Owner,
                Household,
                Tenant,
                Citizen,
                TeamMember,
                TeamLeader,
                Officer,
                Head,
                JusticeOfficer,
                OneStopClerk,
                ProvincialSupervisor,
                ProvinceOfficer,
                Administrator,
                Integration,
            ],
            _ => &[],
        };
        given.contains(&role)
    }

    /// The agency whose dossiers they decide on.
    pub fn agency(self) -> Option<Agency> {
        Agency::ALL.iter().copied().find(|agency| self.may(Action::deciding(*agency)))
    }

    /// Whether dossiers lie on their desk: to decide on them, or to take them in and hand out what came of them.
    pub fn works_on_dossiers(self) -> bool {
        self.agency().is_some() || self.may(Action::Receive)
    }

    /// Whether they hand in somebody else's dossier: at a counter, at a door.
    pub fn files_for_others(self) -> bool {
        Agency::ALL.iter().any(|agency| self.may(Action::for_another(Some(*agency))))
    }

    /// Whether they work at the desk of the commune police.
    pub fn is_police(self) -> bool {
        matches!(self, Role::Officer | Role::Head)
    }

    /// Whether their work is a desk's: books, people, figures, rather than the forms of a phone.
    pub fn works_at_a_desk(self) -> bool {
        !self.declares() && !self.is_team() && self != Role::Citizen
    }

    /// Whether they fill in forms for a place that is their own duty.
    pub fn declares(self) -> bool {
        self.may(Action::Declare)
    }

    /// Whether they file for others from a shared tablet.
    pub fn is_team(self) -> bool {
        matches!(self, Role::TeamMember | Role::TeamLeader)
    }
}
