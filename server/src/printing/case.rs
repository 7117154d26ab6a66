//! What the forms are filled in from, and the words several of them share.

use dossier::access::Role;
use dossier::act::{Act, Recorded};
use dossier::filing::printed::{Printed, Trail};
use dossier::filing::step::Step;
use dossier::filing::{Answers, Filing};
use dossier::moment::Day;
use dossier::procedure::{Field, Procedure, ResultForm};
use dossier::relation::Relation;
use print::forms::{Issue, Signed};

/// The agency a dossier lies with.
pub struct Desk {
    /// "xã Sin Suối Hồ".
    pub commune: String,
    /// "tỉnh Lai Châu".
    pub province: String,
    /// "Công an xã Sin Suối Hồ".
    pub agency: String,
}

/// The one-stop desk of another commune that received a dossier.
pub struct Reception {
    /// The commune it works for.
    pub desk: Desk,
    /// "Trung tâm PVHCC xã Sin Suối Hồ".
    pub agency: String,
    /// Who decides: "Công an xã Phong Thổ".
    pub decides: String,
}

/// A dossier, as a form speaks of it.
pub struct Case<'a> {
    /// The content the form speaks of.
    pub filing: &'a Filing,
    /// The definition it is pinned to.
    pub procedure: &'a Procedure,
    /// What was done.
    pub trail: &'a Trail<'a>,
    /// With whom it lies.
    pub desk: &'a Desk,
    /// Where it was received, if that was in another commune.
    pub reception: Option<&'a Reception>,
    /// Its number.
    pub number: Option<&'a str>,
    /// The text of its newest receipt.
    pub receipt: Option<&'a str>,
    /// The text of the signed result, once there is one.
    pub signed: Option<&'a str>,
}

/// The step a form is about; the declaration is about none.
pub fn step_of<'a>(trail: &Trail<'a>, form: Printed) -> Option<(&'a Recorded, &'a Step)> {
    let recorded = match form {
        Printed::Ct01 => None,
        Printed::Ct04 => trail.accepted,
        Printed::Ct05 => trail.supplement,
        Printed::Ct06 => trail.refused,
        Printed::Ct03 | Printed::Ct07 | Printed::Ct08 => trail.decided,
    }?;
    match &recorded.act {
        Act::Step(step) => Some((recorded, step)),
        _ => None,
    }
}

/// "ngày 06 tháng 7 năm 2026": days and the first two months with two digits, so that nothing can be put before them.
pub fn long_day(day: Day) -> String {
    let (year, month, day) = day.date();
    let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
    format!("ngày {day:02} tháng {month} năm {year}")
}

/// The words of a value of these fields; empty when there is none.
pub fn shown(fields: &[Field], answers: &Answers, key: &str) -> String {
    let field = fields.iter().find(|field| field.key.as_str() == key);
    match (answers.get(key), field) {
        (Some(value), Some(field)) => field.shown(value),
        _ => String::new(),
    }
}

impl Desk {
    /// "Sin Suối Hồ": the unit without its kind.
    pub fn place(&self) -> &str {
        let bare = ["xã ", "phường ", "đặc khu "].iter().find_map(|kind| self.commune.strip_prefix(kind));
        bare.unwrap_or(&self.commune)
    }

    /// "Sin Suối Hồ, ngày 06 tháng 7 năm 2026".
    pub fn dated(&self, day: Day) -> String {
        format!("{}, {}", self.place(), long_day(day))
    }

    /// The head of a paper it issues. Its number is the agency's own book's, and is written by hand.
    pub fn issue(&self, day: Day) -> Issue {
        Issue {
            above: format!("Công an {}", self.province).to_uppercase(),
            agency: self.agency.to_uppercase(),
            number: String::new(),
            place_and_date: self.dated(day),
        }
    }

    /// "Công an xã Sin Suối Hồ, tỉnh Lai Châu".
    pub fn addressee(&self) -> String {
        format!("{}, {}", self.agency, self.province)
    }
}

impl Reception {
    /// The head of a paper it gives out.
    pub fn issue(&self, day: Day) -> Issue {
        Issue {
            above: format!("UBND {}", self.desk.commune).to_uppercase(),
            agency: self.agency.to_uppercase(),
            number: String::new(),
            place_and_date: self.desk.dated(day),
        }
    }
}

impl Case<'_> {
    /// The words of an answer; empty when there is none.
    pub fn shown(&self, key: &str) -> String {
        shown(&self.procedure.fields, &self.filing.answers, key)
    }

    /// A value as it is kept; empty when there is none.
    pub fn kept(&self, key: &str) -> String {
        self.filing.answer(key).unwrap_or_default().to_owned()
    }

    /// Who declares, in capitals as on a paper.
    pub fn person(&self) -> String {
        self.kept("name").to_uppercase()
    }

    /// The head of the household whom the relation is to, and the number of theirs: of the new household where one is
    /// registered or split off (note 2 of CT01). Where only the head changes it is who still is: the next one is what
    /// is asked for.
    pub fn head(&self) -> (String, String) {
        if self.filing.answer("head-name").is_some() {
            return (self.kept("head-name").to_uppercase(), self.kept("head-number"));
        }
        match self.kept("relation").parse::<Relation>() {
            Ok(Relation::HEAD) => (self.person(), self.kept("number")),
            _ => (String::new(), String::new()),
        }
    }

    /// Where the person lives, where the form asks for it. The address of the request is not where they live yet, but of
    /// who only goes away.
    pub fn home(&self) -> String {
        let leaves = self.procedure.result == ResultForm::Ct03AndCt08;
        self.kept(if leaves { "address" } else { "old-address" })
    }

    /// Mã hồ sơ.
    pub fn code(&self) -> String {
        self.number.unwrap_or_default().to_owned()
    }

    /// Who hands it in, for the place of their signature: the person of the recorded ground, else whose account it came
    /// from. Who typed it at a counter does not sign for the declarant.
    pub fn filer(&self) -> Signed {
        let Some(submitted) = self.trail.submitted else { return Signed::default() };
        let name = match self.trail.ground {
            Some(ground) => ground.principal().to_string(),
            None if submitted.by.role.files_for_others() => self.kept("name"),
            None => submitted.by.name.clone(),
        };
        Signed { name, ..Signed::default() }
    }
}

/// The head of the agency, where it was their own act; what an officer did they sign by hand.
pub fn signing_head(recorded: &Recorded) -> Signed {
    if recorded.by.role == Role::Head { officer(recorded) } else { Signed::default() }
}

/// Who did it, for the place of their signature.
pub fn officer(recorded: &Recorded) -> Signed {
    Signed { name: recorded.by.name.clone(), ..Signed::default() }
}
