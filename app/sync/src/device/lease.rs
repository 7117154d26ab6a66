//! Hạn liên lạc: on a device that has not met its office for long, what lies stored stays shut on screen until it has.
//! What a person types goes on as ever: a new notice is saved, copied and sent. A rule of the app, not of its locks:
//! a clock set back stretches it.

use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::intent::Intent;
use dossier::moment::Moment;

use super::{Device, Open, Stage};

/// Days from contact to contact on an own phone, and on a device that several people use.
const OWN: i64 = 30;
const SHARED: i64 = 7;
const DAY_MS: i64 = 86_400_000;

impl Device {
    /// Whether what is stored for the person at the device stays shut now.
    pub(super) fn is_shut(&self, now: Moment) -> bool {
        let days = if self.shelves.is_shared() { SHARED } else { OWN };
        match &self.stage {
            Stage::Open(open) => self.rules.heed_lease && open.is_overdue(now, days),
            _ => false,
        }
    }
}

impl Open {
    /// Who has never met the office has nothing of it stored.
    fn is_overdue(&self, now: Moment, days: i64) -> bool {
        let ends = |last: Moment| last.0.saturating_add(days * DAY_MS);
        self.office.last_contact.is_some_and(|last| ends(last) <= self.corrected(now).0)
    }
}

/// Whether an intent reads or changes what is stored; what is typed anew does not.
pub(super) fn opens_stored(intent: &Intent) -> bool {
    match intent {
        Intent::KeepDraft(draft) | Intent::Submit(draft) | Intent::SubmitFor(draft) => {
            draft.dossier.is_some()
        }
        Intent::DropDraft(of) | Intent::LoadDraft(of) => of.is_some(),
        Intent::Filing(intent) => match intent {
            FilingIntent::Procedures
            | FilingIntent::LoadGround(_)
            | FilingIntent::KeepGround(..)
            | FilingIntent::KeepPaper(..)
            | FilingIntent::DropPaper(_)
            | FilingIntent::KeptPaper(_)
            | FilingIntent::Hand(_)
            | FilingIntent::Load(FormOf::New(_))
            | FilingIntent::Drop(FormOf::New(_)) => false,
            FilingIntent::Keep(draft) | FilingIntent::Submit(draft) | FilingIntent::PrintDraft(draft) => {
                draft.dossier.is_some()
            }
            FilingIntent::Load(FormOf::Change(_))
            | FilingIntent::Drop(FormOf::Change(_))
            | FilingIntent::Open(_)
            | FilingIntent::Follow(..)
            | FilingIntent::Queue(_)
            | FilingIntent::Picture(..)
            | FilingIntent::Choose(..)
            | FilingIntent::Print(..)
            | FilingIntent::Step(..) => true,
        },
        Intent::Open(_)
        | Intent::Extend(..)
        | Intent::Close(_)
        | Intent::Withdraw(_)
        | Intent::RecordCall { .. }
        | Intent::Choose(_)
        | Intent::GroundAgain(_)
        | Intent::Settle { .. }
        | Intent::PutAway(_)
        | Intent::Book(_)
        | Intent::ShowCodes
        | Intent::Receive(_)
        | Intent::Return(..) => true,
        Intent::Enrol { .. }
        | Intent::SignIn { .. }
        | Intent::Unlock { .. }
        | Intent::Recover { .. }
        | Intent::ResetByLeader { .. }
        | Intent::BeginAsking { .. }
        | Intent::KeepAsking(_)
        | Intent::SendAsking(_)
        | Intent::DropAsking
        | Intent::AddPerson
        | Intent::AddNobody
        | Intent::Lock
        | Intent::TakeOver
        | Intent::KeepBehalf(_)
        | Intent::LoadBehalf
        | Intent::SyncNow
        | Intent::AskPersist
        | Intent::Export
        | Intent::CheckReceipt(_)
        | Intent::Manage(_)
        | Intent::Renew { .. } => false,
    }
}
