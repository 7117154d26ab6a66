//! Which official forms there are of a dossier: one for each step that was really taken, the declaration for any.

use serde::{Deserialize, Serialize};

use super::status::FilingStatus;
use super::step::Step;
use crate::act::{Act, Recorded};
use crate::behalf::{self, Basis};
use crate::procedure::{Procedure, ResultForm};
use crate::worded::worded;

worded! {
    /// An official form of a residence dossier (Circular 116/2026/TT-BCA).
    Printed {
        /// Tờ khai thay đổi thông tin cư trú.
        Ct01 = "ct01" "tờ khai CT01",
        /// Phiếu tiếp nhận hồ sơ và hẹn trả kết quả.
        Ct04 = "ct04" "phiếu tiếp nhận CT04",
        /// Phiếu hướng dẫn bổ sung, hoàn thiện hồ sơ.
        Ct05 = "ct05" "phiếu hướng dẫn bổ sung CT05",
        /// Phiếu từ chối tiếp nhận, giải quyết hồ sơ.
        Ct06 = "ct06" "phiếu từ chối CT06",
        /// Thông báo về kết quả giải quyết, hủy bỏ đăng ký cư trú.
        Ct08 = "ct08" "thông báo kết quả CT08",
        /// Xác nhận thông tin về cư trú.
        Ct07 = "ct07" "giấy xác nhận CT07",
        /// Phiếu khai báo tạm vắng.
        Ct03 = "ct03" "phiếu khai báo tạm vắng CT03",
    }
}

impl Printed {
    /// What its file is called: nobody's name, no number of a dossier.
    pub const fn file(self) -> &'static str {
        match self {
            Printed::Ct01 => "CT01.pdf",
            Printed::Ct04 => "CT04.pdf",
            Printed::Ct05 => "CT05.pdf",
            Printed::Ct06 => "CT06.pdf",
            Printed::Ct08 => "CT08.pdf",
            Printed::Ct07 => "CT07.pdf",
            Printed::Ct03 => "CT03.pdf",
        }
    }
}

/// The acts of a dossier the forms speak of: only those that changed something, of each kind the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail<'a> {
    /// Where it stands after all of them.
    pub status: FilingStatus,
    /// Who handed it in, first.
    pub submitted: Option<&'a Recorded>,
    /// On what ground, where that was for somebody else.
    pub ground: Option<&'a Basis>,
    /// Tiếp nhận.
    pub accepted: Option<&'a Recorded>,
    /// Yêu cầu bổ sung.
    pub supplement: Option<&'a Recorded>,
    /// Từ chối.
    pub refused: Option<&'a Recorded>,
    /// Giải quyết.
    pub decided: Option<&'a Recorded>,
    /// Hủy bỏ kết quả.
    pub annulled: Option<&'a Recorded>,
}

impl<'a> Trail<'a> {
    /// Of acts in the office's order.
    pub fn of(acts: impl IntoIterator<Item = &'a Recorded>) -> Trail<'a> {
        let mut trail = Trail::default();
        let mut grounds = Vec::new();
        for recorded in acts {
            if matches!(recorded.act, Act::OnBehalf { .. }) {
                grounds.push(recorded);
            }
            let after = trail.status.clone().after(recorded);
            if after == trail.status {
                continue;
            }
            trail.status = after;
            match &recorded.act {
                Act::Submit { .. } if trail.submitted.is_none() => {
                    trail.submitted = Some(recorded);
                    trail.ground = behalf::recorded(grounds.iter().copied(), recorded.by.account);
                }
                Act::Step(step) => match **step {
                    Step::Accept { .. } => trail.accepted = Some(recorded),
                    Step::Supplement { .. } => trail.supplement = Some(recorded),
                    Step::Refuse { .. } => trail.refused = Some(recorded),
                    Step::Decide { .. } => trail.decided = Some(recorded),
                    Step::Annul { .. } => trail.annulled = Some(recorded),
                    _ => {}
                },
                _ => {}
            }
        }
        trail
    }

    /// Whether there is such a form of it. The declaration is there before anything was done; a list of people is
    /// declared by each of them on a form of their own, which is among its papers.
    pub fn has(&self, form: Printed, procedure: &Procedure) -> bool {
        let residence = procedure.is_of_residence();
        let notice =
            matches!(procedure.result, ResultForm::Ct08 | ResultForm::Ct03AndCt08 | ResultForm::Ct08AndCt07);
        match form {
            Printed::Ct01 => procedure.form == "CT01",
            Printed::Ct04 => residence && self.accepted.is_some(),
            Printed::Ct05 => residence && self.supplement.is_some(),
            Printed::Ct06 => residence && self.refused.is_some(),
            Printed::Ct08 => notice && self.decided.is_some(),
            // What was annulled confirms nothing: what is handed out of it is no paper any more.
            Printed::Ct03 => procedure.result == ResultForm::Ct03AndCt08 && self.status.decision.is_some(),
            Printed::Ct07 => procedure.confirms() && self.status.decision.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::act::{Actor, Channel, Heads};
    use crate::filing::step::{Item, Items, ReturnWay};
    use crate::id::AccountId;
    use crate::moment::{Day, Moment};
    use crate::procedure::load;

    fn recorded(order: u32, act: Act) -> Recorded {
        let by = Actor { account: AccountId(1), role: Role::Officer, name: "Lò Văn Thử".to_owned() };
        Recorded { order, at: Moment(i64::from(order) * 60_000), by, act }
    }

    fn submit(order: u32, content: u8) -> Recorded {
        let heads = Heads(vec![[content; 32]]);
        let claimed_at = Moment(0);
        recorded(order, Act::Submit { heads, channel: Channel::OwnPhone, claimed_at, last_contact: None })
    }

    fn step(order: u32, step: Step) -> Recorded {
        recorded(order, Act::Step(Box::new(step)))
    }

    fn of(trail: &Trail<'_>, id: &str) -> Vec<&'static str> {
        let all = load::embedded().expect("the shipped files");
        let procedure = all.iter().find(|one| one.id.as_str() == id).expect("a shipped procedure");
        Printed::ALL.iter().filter(|form| trail.has(**form, procedure)).map(|form| form.slug()).collect()
    }

    #[test]
    fn a_form_is_there_once_its_step_was_taken_and_stays_after_the_dossier_has_moved_on() {
        let words = || "Bổ sung hợp đồng thuê".parse().expect("words");
        let first = Heads(vec![[1; 32]]);
        let second = Heads(vec![[2; 32]]);
        let items = Items::new(vec![Item { at: None, what: words() }]).expect("items");
        let accept = |heads: &Heads| Step::Accept {
            heads: heads.clone(),
            appointed: Day(20_000),
            way: ReturnWay::Electronic,
            papers: Vec::new(),
        };
        let acts = [
            submit(1, 1),
            // Of other content: it does not apply.
            step(2, accept(&second)),
            step(3, Step::Supplement { heads: first, items, until: None }),
            submit(4, 2),
            step(5, accept(&second)),
            step(6, Step::Decide { heads: second, words: words(), until: None }),
        ];
        let after = |many: usize| Trail::of(&acts[..many]);
        let id = "temporary-residence";
        assert_eq!(of(&after(0), id), ["ct01"]);
        assert_eq!(of(&after(2), id), ["ct01"]);
        assert_eq!(of(&after(4), id), ["ct01", "ct05"]);
        assert_eq!(of(&after(6), id), ["ct01", "ct04", "ct05", "ct08"]);
        assert_eq!(after(6).submitted, Some(&acts[0]));
    }

    #[test]
    fn an_absence_is_declared_on_ct03_and_has_the_papers_of_every_dossier_of_residence() {
        let words = || "Thiếu văn bản cho phép".parse().expect("words");
        let heads = || Heads(vec![[1; 32]]);
        let items = Items::new(vec![Item { at: None, what: words() }]).expect("items");
        let (appointed, way) = (Day(20_000), ReturnWay::Electronic);
        let accept = Step::Accept { heads: heads(), appointed, way, papers: Vec::new() };
        let after = |steps: Vec<Step>| {
            let steps = (2..).zip(steps).map(|(order, done)| step(order, done));
            let acts: Vec<Recorded> = std::iter::once(submit(1, 1)).chain(steps).collect();
            of(&Trail::of(&acts), "temporary-absence")
        };
        let decide = Step::Decide { heads: heads(), words: words(), until: None };
        let annul = Step::Annul { reason: words(), ground: words() };
        assert_eq!(after(Vec::new()), [] as [&str; 0]);
        assert_eq!(after(vec![Step::Supplement { heads: heads(), items, until: None }]), ["ct05"]);
        assert_eq!(after(vec![Step::Refuse { heads: heads(), reason: words(), ground: words() }]), ["ct06"]);
        assert_eq!(after(vec![accept.clone(), decide.clone()]), ["ct04", "ct08", "ct03"]);
        assert_eq!(after(vec![accept, decide, annul]), ["ct04", "ct08"], "what was annulled is no slip");
    }

    #[test]
    fn what_is_filed_on_another_form_has_none_of_these() {
        let acts = [submit(1, 1)];
        let trail = Trail::of(&acts);
        assert_eq!(of(&trail, "temporary-residence-list"), [] as [&str; 0]);
        assert_eq!(of(&trail, "security-certificate"), [] as [&str; 0]);
        assert_eq!(of(&trail, "household-split"), ["ct01"]);
    }
}
