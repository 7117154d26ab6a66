//! What a ground is recorded for: it says where the record is kept, and where the way goes on.

use dossier::behalf::{BehalfDraft, Matter};
use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::id::DossierId;
use dossier::intent::Intent;
use dossier::procedure::ProcedureId;

use crate::pages::filing::{detail, form_address};

/// What it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A new stay notice.
    Notice,
    /// A new residence dossier of this procedure.
    Dossier(ProcedureId),
    /// A notice whose ground the office did not take: it is recorded anew.
    NoticeAgain(DossierId),
    /// A residence dossier whose ground the office did not take.
    DossierAgain(DossierId),
}

impl Goal {
    /// As the address says it; what it does not say is a new notice.
    pub fn of_query(get: impl Fn(&str) -> Option<String>) -> Goal {
        let id = |key: &str| get(key).and_then(|id| id.parse::<DossierId>().ok());
        let procedure = || get("thu-tuc").and_then(|slug| slug.parse().ok());
        id("lai")
            .map(Goal::NoticeAgain)
            .or_else(|| id("ho-so").map(Goal::DossierAgain))
            .or_else(|| procedure().map(Goal::Dossier))
            .unwrap_or(Goal::Notice)
    }

    /// The address of a step of its record.
    pub fn address(&self, step: u8) -> String {
        let goal = match self {
            Goal::Notice => String::new(),
            Goal::Dossier(procedure) => format!("&thu-tuc={procedure}"),
            Goal::NoticeAgain(id) => format!("&lai={id}"),
            Goal::DossierAgain(id) => format!("&ho-so={id}"),
        };
        format!("/may/khai-thay?buoc={step}{goal}")
    }

    /// What is there of it, and what it stands on: for a matter that is there already also that matter.
    pub fn load(&self) -> (Intent, Option<Intent>) {
        match self {
            Goal::Notice => (Intent::LoadBehalf, None),
            Goal::Dossier(procedure) => (Intent::Filing(FilingIntent::LoadGround(procedure.clone())), None),
            Goal::NoticeAgain(id) => (Intent::LoadBehalf, Some(Intent::Open(*id))),
            Goal::DossierAgain(id) => (Intent::LoadBehalf, Some(Intent::Filing(FilingIntent::Open(*id)))),
        }
    }

    /// The procedure of a new dossier.
    pub fn procedure(&self) -> Option<&ProcedureId> {
        match self {
            Goal::Dossier(procedure) => Some(procedure),
            Goal::Notice | Goal::NoticeAgain(_) | Goal::DossierAgain(_) => None,
        }
    }

    /// Keeps what is typed.
    pub fn keep(&self, draft: BehalfDraft) -> Intent {
        match self {
            Goal::Dossier(procedure) => {
                Intent::Filing(FilingIntent::KeepGround(procedure.clone(), Box::new(draft)))
            }
            Goal::Notice | Goal::NoticeAgain(_) | Goal::DossierAgain(_) => Intent::KeepBehalf(draft),
        }
    }

    /// The matter whose ground is recorded anew.
    pub fn again(&self) -> Option<DossierId> {
        match self {
            Goal::NoticeAgain(id) | Goal::DossierAgain(id) => Some(*id),
            Goal::Notice | Goal::Dossier(_) => None,
        }
    }

    /// Where the way goes on once it is recorded.
    pub fn next(&self) -> String {
        match self {
            Goal::Notice => "/may/khai".to_owned(),
            Goal::Dossier(procedure) => form_address(&FormOf::New(procedure.clone())),
            Goal::NoticeAgain(id) => format!("/may/ho-so/{id}"),
            Goal::DossierAgain(id) => detail::address(*id),
        }
    }

    /// What is filed.
    pub fn matter(&self) -> Matter {
        match self {
            Goal::Dossier(_) | Goal::DossierAgain(_) => Matter::Filing,
            Goal::Notice | Goal::NoticeAgain(_) => Matter::StayNotice,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_the_record_is_for() {
        let id = DossierId([7; 8]);
        let procedure = "temporary-residence".parse().expect("a procedure");
        for goal in [Goal::Notice, Goal::Dossier(procedure), Goal::NoticeAgain(id), Goal::DossierAgain(id)] {
            let address = goal.address(2);
            let query = address.split_once('?').map_or("", |(_, query)| query);
            let get = |key: &str| {
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                pairs.find(|(name, _)| *name == key).map(|(_, value)| value.to_owned())
            };
            assert_eq!(Goal::of_query(get), goal, "{address}");
        }
    }
}
