//! What a device keeps: an append-only log of records, each sealed under the vault's key, and a few slots that
//! are overwritten. State is the fold of the records; nothing else is the truth.

use dossier::act::Act;
use dossier::id::{DossierId, EstablishmentId};
use dossier::moment::Moment;
use dossier::view::Rejection;
use serde::{Deserialize, Serialize};

use crate::dice::Dice;
use crate::door::Membership;
use crate::envelope;
use crate::frame::down::{Facts, Numbered, Ordered, Seat};
use crate::frame::{ActId, Have, Scope};
use crate::papers::PaperDigest;
use crate::receipt::{Epoch, Receipt};
use crate::stub::Stub;
use crate::vault::DataKey;

/// One thing that happened on this device or came from the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    /// A dossier exists here.
    Begun {
        /// The dossier.
        dossier: DossierId,
        /// The establishment it is about.
        establishment: EstablishmentId,
    },
    /// A raw change chunk.
    Change {
        /// The dossier.
        dossier: DossierId,
        /// The chunk.
        raw: Vec<u8>,
        /// The epoch of the office it came from; `None` when it was made here.
        from_office: Option<Epoch>,
    },
    /// These changes are at the office of this epoch.
    AtOffice {
        /// The dossier.
        dossier: DossierId,
        /// The epoch of the office that took them.
        epoch: Epoch,
        /// Their hashes.
        hashes: Vec<[u8; 32]>,
    },
    /// The office lacks something that comes before: everything of this dossier goes up again.
    SendAgain(DossierId),
    /// An act of this device that waits for the office.
    Pending {
        /// The dossier.
        dossier: DossierId,
        /// What makes a repeat the same act.
        id: ActId,
        /// The act.
        act: Act,
        /// When this device kept it, by its own clock: a claim.
        at: Moment,
    },
    /// An act in the office's order.
    Ordered {
        /// The epoch of the office that ordered it.
        epoch: Epoch,
        /// The act.
        ordered: Ordered,
    },
    /// The office did not take an act.
    ActRefused {
        /// The dossier.
        dossier: DossierId,
        /// The act.
        id: ActId,
        /// Why.
        why: Rejection,
    },
    /// A receipt that was verified before it was kept.
    Receipt(Receipt),
    /// The number and time of a receipt.
    Numbered(Numbered),
    /// The office did not take the dossier, or (`None`) takes it again.
    Rejected {
        /// The dossier.
        dossier: DossierId,
        /// Why.
        why: Option<Rejection>,
    },
    /// The id was taken at the office: the same content goes on under another.
    Reminted {
        /// The id that was taken.
        old: DossierId,
        /// The id it goes on under.
        new: DossierId,
    },
    /// A person has read which acts of this dossier the office refused.
    PutAway(DossierId),
    /// The office of this epoch, which knows the dossier, was shown the receipts of before its restore.
    Offered {
        /// The dossier.
        dossier: DossierId,
        /// The epoch of the office.
        epoch: Epoch,
    },
    /// The office of this epoch has these pictures of the dossier's papers.
    PapersThere {
        /// The dossier.
        dossier: DossierId,
        /// The epoch of the office.
        epoch: Epoch,
        /// The pictures.
        pictures: Vec<PaperDigest>,
    },
    /// On a tablet of the community team: nothing is left to do about the dossier here. Whatever is recorded of it after
    /// this ends that again.
    AtRest {
        /// The dossier.
        dossier: DossierId,
        /// The epoch of the office that has all of it.
        epoch: Epoch,
        /// Since when, by the office's clock.
        at: Moment,
    },
    /// Its content is not here any more.
    Stub {
        /// The dossier.
        dossier: DossierId,
        /// What is left of it.
        stub: Box<Stub>,
    },
    /// The office spoke of a dossier of which only a stub is here.
    StubHeard {
        /// The dossier.
        dossier: DossierId,
        /// The office's epoch.
        epoch: Epoch,
        /// When the office did something new about it.
        news: Option<Moment>,
    },
}

impl Record {
    /// The dossier it is about.
    pub fn dossier(&self) -> DossierId {
        match self {
            Record::Begun { dossier, .. }
            | Record::Change { dossier, .. }
            | Record::AtOffice { dossier, .. }
            | Record::SendAgain(dossier)
            | Record::Pending { dossier, .. }
            | Record::ActRefused { dossier, .. }
            | Record::Rejected { dossier, .. }
            | Record::Reminted { old: dossier, .. }
            | Record::PutAway(dossier)
            | Record::Offered { dossier, .. }
            | Record::PapersThere { dossier, .. }
            | Record::AtRest { dossier, .. }
            | Record::Stub { dossier, .. }
            | Record::StubHeard { dossier, .. } => *dossier,
            Record::Ordered { ordered, .. } => ordered.dossier,
            Record::Receipt(receipt) => receipt.dossier,
            Record::Numbered(numbered) => numbered.dossier,
        }
    }
}

/// The `Member` slot.
#[derive(Clone, Serialize, Deserialize)]
pub struct Member {
    /// What the office said at the door.
    pub membership: Membership,
    /// The device's Ed25519 signing key: it signs frames, and lies under the vault's key like everything else.
    pub signing_key: [u8; 32],
}

impl Member {
    /// The member at a seat that is not theirs yet: by the names of today, and asking for the commune of today.
    pub fn seated(&self, seat: &Seat) -> Option<Member> {
        let Seat { commune, commune_name, province, agency } = seat.clone();
        let membership = Membership { commune, commune_name, province, agency, ..self.membership.clone() };
        (membership != self.membership).then(|| Member { membership, ..self.clone() })
    }
}

/// The `Office` slot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeState {
    /// The epoch last seen; zeros when never.
    pub epoch: Epoch,
    /// What has been seen of each scope.
    pub cursors: Vec<(Scope, Have)>,
    /// Facts.
    pub facts: Facts,
    /// The last contact, by the office's clock.
    pub last_contact: Option<Moment>,
    /// The office's clock minus the phone's at that contact, milliseconds.
    pub clock_offset: i64,
    /// The office has been restored since receipts were issued, and it was not shown all of them yet: it can take up
    /// those of a dossier it knows, and one that it turned back waits for a person first.
    pub offer_receipts: bool,
}

/// Seals a value for the store.
pub fn seal(value: &impl Serialize, key: &DataKey, dice: &mut Dice) -> Vec<u8> {
    let plain = envelope::wrap(&postcard::to_allocvec(value).expect("plain data"));
    key.seal(&plain, dice)
}

/// Opens a value from the store. `None` when it is damaged: the caller counts it, and deletes nothing.
pub fn open<T: serde::de::DeserializeOwned>(sealed: &[u8], key: &DataKey) -> Option<T> {
    let plain = key.open(sealed).ok()?;
    postcard::from_bytes(envelope::unwrap(&plain).ok()?).ok()
}
