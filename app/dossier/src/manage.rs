//! People, devices and areas: what somebody who manages them asks the office, and what it tells. Nothing of this is kept
//! on a device: it needs the network, and what was told a moment ago is not shown as if it still held.

use serde::{Deserialize, Serialize};

use crate::access::Area;
use crate::behalf::TrackingCode;
use crate::filing::step::Reason;
use crate::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId, VillageId};
use crate::moment::Day;

mod agency;
mod agreed;
mod catalogue;
mod codes;
mod complaint;
mod counts;
mod device;
mod fee;
mod figures;
mod merger;
mod person;
mod place;
mod push;
mod request;
mod statistics;
mod verification;
mod words;

pub use agency::{Agency, AgencyChange};
pub use agreed::Agreed;
pub use catalogue::{Amended, CatalogueLine, FileName, FileNameError, NewFile};
pub use codes::{HandedCodes, LeaderDevice, MemberCode, SealedCode, ShownCode, TeamCodes};
pub use complaint::{Complaint, ComplaintKind, ComplaintSaid};
pub use counts::Counts;
pub use device::{AsideLine, AsidePart, DeviceLine};
pub use fee::OnlineFee;
pub use figures::CommuneFigures;
pub use merger::{Merger, NewMerger, Part, VillageMove};
pub use person::{Contact, Held, Invited, NewPerson, NewRole, Person, PersonChange, Sim};
pub use place::{Adoption, Commune, House, NewHouse, NewVillage, OpenCommune, Village, VillageChange};
pub use push::Subscription;
pub use request::{AccountRequest, Approval, NewRequest, Verdict, Where};
pub use statistics::{DossierFigures, Rate, Tally};
pub use verification::{AskedPerson, FoundCommune, Verification, VerificationReply};
pub use words::{Login, LoginError, Words, WordsError};

/// What is asked. `sync::request` says under which address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Everybody with a role in an area; `None`: wherever the asker may look.
    People(Option<Area>),
    /// A new account, with a one-time code.
    Invite(NewPerson),
    /// A change of an account.
    ChangePerson(AccountId, PersonChange),
    /// One more role.
    Give(AccountId, NewRole),
    /// The last day of a role, by its number.
    End(u32, Day),
    /// Villages, with their adoption where the asker may see it.
    Villages(Option<Area>),
    /// A village nobody has named yet.
    AddVillage(NewVillage),
    /// A new name, or the commune it went to.
    ChangeVillage(VillageId, VillageChange),
    /// Establishments.
    Houses(Option<Area>),
    /// A new one.
    AddHouse(NewHouse),
    /// It lies in another village.
    MoveHouse(EstablishmentId, VillageId),
    /// Devices of the people of an area.
    Devices(Option<Area>),
    /// The asker's own.
    OwnDevices,
    /// Thu hồi.
    Revoke(DeviceHandle),
    /// Agencies.
    Agencies,
    /// A change of one.
    ChangeAgency(CommuneCode, AgencyChange),
    /// Figures that name nobody.
    Figures,
    /// Who waits for an account.
    Requests,
    /// Duyệt.
    Approve(u32, Approval),
    /// Từ chối, with a reason.
    Refuse(u32, Words),
    /// Mergers and divisions, past and to come.
    Mergers,
    /// One more.
    Merge(NewMerger),
    /// What waits in each part of the work.
    Counts,
    /// A code of consent for an establishment.
    Agree(EstablishmentId),
    /// A device of which there seemed to be two is one after all.
    Reinstate(DeviceHandle),
    /// What revoked devices brought.
    Aside,
    /// One of it is taken, as of its author and dated when it came.
    TakeAside(u32),
    /// One of it is dropped, with a reason.
    DropAside(u32, Words),
    /// Verification slips of other communes: those that wait, and those answered of late.
    Verifications,
    /// An answer to one.
    Reply(DossierId, VerificationReply),
    /// The communes of today whose names are found in a text: an address, or a part of a name.
    FindCommunes(Words),
    /// What one of it says.
    LookAside(u32),
    /// Residence dossiers in figures.
    Statistics,
    /// Go on with the residence dossier whose slip one was shown.
    Follow(TrackingCode),
    /// What citizens wrote to the agency: what waits, and what was answered of late.
    Complaints,
    /// An answer to one.
    AnswerComplaint(u32, Reason),
    /// Whether the office pushes, and tells this device.
    Push,
    /// Tell this device from now on, through its browser's push service.
    BePushed(Subscription),
    /// Tell it no longer.
    EndPush,
    /// The person who wants to see what is held about them stands here with the code of this very request, and their paper
    /// is theirs: anybody may have written in their name.
    Identify(u32, TrackingCode),
    /// Danh mục thủ tục: its files.
    Catalogue,
    /// The text of one.
    CatalogueFile(FileName),
    /// What another file would change, or its publication.
    Amend(NewFile),
    /// How paying the fee of this dossier over the network stands.
    OnlineFee(DossierId),
    /// Begin to pay it so, or go on with what was begun.
    PayOnline(DossierId),
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Done.
    Done,
    /// The one-time code of an account: readable now and never again.
    Invited(Invited),
    /// People.
    People(Vec<Person>),
    /// Villages, and the communes they lie in.
    Villages(Vec<Commune>, Vec<Village>),
    /// Establishments.
    Houses(Vec<House>),
    /// Devices.
    Devices(Vec<DeviceLine>),
    /// Agencies.
    Agencies(Vec<Agency>),
    /// Figures.
    Figures(Vec<CommuneFigures>),
    /// Who waits.
    Requests(Vec<AccountRequest>),
    /// Mergers, and the villages that still need their commune.
    Mergers(Vec<Merger>, Vec<Village>),
    /// What waits in each part of the work.
    Counts(Counts),
    /// A code of consent: readable now and never again.
    Agreed(Agreed),
    /// What revoked devices brought.
    Aside(Vec<AsideLine>),
    /// Codes of a team.
    Codes(TeamCodes),
    /// Verification slips.
    Verifications(Vec<Verification>),
    /// Communes that were looked for, the likeliest first.
    Found(Vec<FoundCommune>),
    /// What one frame of a revoked device says, dossier by dossier; none when it cannot be read.
    AsideParts(Vec<AsidePart>),
    /// Residence dossiers in figures, and how many of the office are in none because they cannot be read.
    Statistics(Vec<DossierFigures>, u32),
    /// The dossier one follows from now on.
    Followed(DossierId),
    /// What citizens wrote to the agency, what is due first above.
    Complaints(Vec<Complaint>),
    /// Whether this device is told by push.
    Pushed {
        /// The key a browser subscribes for; `None` when the office pushes nothing.
        key: Option<String>,
        /// Whether this device is told.
        on: bool,
    },
    /// The files of the catalogue.
    Catalogue(Vec<CatalogueLine>),
    /// The text of one.
    CatalogueFile(String),
    /// What a file comes to.
    Amended(Amended),
    /// How paying a fee over the network stands.
    OnlineFee(OnlineFee),
}

/// Why something asked was not done. `app/src/text` words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Objection {
    /// What was sent cannot be read (400).
    Malformed,
    /// There is none, or it lies outside the asker's area: the two look alike (404).
    Unknown,
    /// Inside the area, but more than the asker's own role gives (403).
    NotYours,
    /// The login, the village or the day is taken; the request was decided already (409).
    Taken,
    /// Nobody would be left who may let others in (409).
    LastAdministrator,
    /// These very bytes were heard before (409).
    Repeated,
    /// The device's clock and the office's are too far apart (401).
    Clock,
    /// The role is not held for an area of this kind, or the days do not follow each other (422).
    Unfit,
    /// The code is of another request (422).
    OtherCode,
}
