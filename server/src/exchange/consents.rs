//! The codes of consent of a batch: read before it is judged, marked as taken with it, and wrong ones counted after it.

use std::collections::{BTreeMap, BTreeSet};

use dossier::act::Act;
use dossier::behalf::ConsentCode;
use dossier::id::AccountId;
use dossier::moment::Moment;
use sqlx::SqliteConnection;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::office::{Caller, CodeGiven, Judged};

use crate::error::Error;
use crate::office::Office;
use crate::store::consent::{self, mark};
use crate::throttle::Knock;

/// The codes the frames name and the office gave out.
#[derive(Default)]
pub struct Consents {
    given: BTreeMap<ConsentCode, CodeGiven>,
    taken: BTreeSet<ConsentCode>,
    wrong: Vec<AccountId>,
}

fn code(sent: &SentAct) -> Option<ConsentCode> {
    match &sent.act {
        Act::OnBehalf { basis, .. } => basis.code().map(|(code, _)| code),
        _ => None,
    }
}

impl Consents {
    /// Reads them. Who has typed too many that nobody gave out has to wait: until then none of theirs is known.
    pub async fn read(
        office: &Office,
        db: &mut SqliteConnection,
        frames: &[(&Caller, &Up)],
        now: Moment,
    ) -> Result<Consents, Error> {
        let mut consents = Consents::default();
        for (caller, up) in frames {
            let named: Vec<ConsentCode> = up.acts.iter().filter_map(code).collect();
            if named.is_empty() {
                continue;
            }
            let knock = Knock::with_consent(&office.keys, caller.principal.account);
            if knock.wait(&office.store, now).await? > 0 {
                continue;
            }
            for code in named {
                if let Some(given) = consent::find(&mut *db, mark(&office.keys, code)).await? {
                    consents.taken.extend(given.used.map(|_| code));
                    consents.given.insert(code, given);
                }
            }
        }
        Ok(consents)
    }

    /// What a judge looks them up in.
    pub fn given(&mut self) -> &mut BTreeMap<ConsentCode, CodeGiven> {
        &mut self.given
    }

    /// Notes whose codes did not hold.
    pub fn note(&mut self, caller: &Caller, up: &Up, judged: &Judged) {
        let refused = |sent: &&SentAct| {
            judged.act_verdicts.iter().any(|said| said.id == sent.id && said.verdict != Verdict::Accepted)
        };
        let wrong = up.acts.iter().filter(|sent| code(sent).is_some()).filter(refused).count();
        self.wrong.extend(std::iter::repeat_n(caller.principal.account, wrong));
    }

    /// Keeps with the batch which dossier took which code.
    pub async fn keep(&self, office: &Office, db: &mut SqliteConnection) -> Result<(), Error> {
        for (code, given) in self.given.iter().filter(|(code, _)| !self.taken.contains(code)) {
            if let Some(dossier) = given.used {
                consent::set_used(&mut *db, mark(&office.keys, *code), dossier).await?;
            }
        }
        Ok(())
    }

    /// Counts the wrong ones, once the batch is kept.
    pub async fn count(&self, office: &Office, now: Moment) {
        for account in &self.wrong {
            let counted = Knock::with_consent(&office.keys, *account).failed(&office.store, now).await;
            if let Err(cause) = counted {
                tracing::warn!(%cause, "a wrong code was not counted");
            }
        }
    }
}
