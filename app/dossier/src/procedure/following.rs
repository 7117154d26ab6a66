//! What comes after: the procedures that follow on a dossier, from when on, and what of it is not typed again
//! (`procedures/following.csv`).

use std::sync::OnceLock;

use super::field::write_day;
use super::{ConsentKind, FieldKey, FieldKind, Procedure, ProcedureId};
use crate::filing::draft::{ConsentDraft, ConsentPick, FilingDraft, PersonDraft, numbers};
use crate::filing::{Answers, Filing};
use crate::moment::Day;
use crate::vietnamese;

const TABLE: &str = include_str!("../../procedures/following.csv");

/// From when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Once it was handed in: both go side by side, each to its own agency (liên thông, Decree 63/2024/NĐ-CP).
    Filed,
    /// Once it was decided.
    Decided,
}

/// A procedure that follows on another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Following {
    /// On which.
    pub after: ProcedureId,
    /// Which.
    pub then: ProcedureId,
    /// From when on.
    pub from: From,
    /// What a person calls it then.
    pub label: String,
    /// The text it rests on.
    pub source: String,
    /// Fields that are carried under another key: before, after.
    renamed: Vec<(FieldKey, FieldKey)>,
    /// What is filled in because it follows.
    set: Vec<(FieldKey, String)>,
    /// Fields that are typed anew.
    anew: Vec<FieldKey>,
    /// Consents of who files it themselves: whose, and the fields of before that name them and their place.
    agreed: Vec<(ConsentKind, FieldKey, FieldKey)>,
    /// The fields of before that name the child's parents: only of one of them what is agreed, and how the new dossier's
    /// people are related, is known. Nobody where nothing hangs on it.
    parents: Vec<FieldKey>,
}

/// All of them.
pub fn shipped() -> &'static [Following] {
    static SHIPPED: OnceLock<Vec<Following>> = OnceLock::new();
    SHIPPED.get_or_init(|| TABLE.lines().skip(1).filter_map(line).collect())
}

/// What follows on a dossier of this procedure.
pub fn after(procedure: &ProcedureId) -> impl Iterator<Item = &'static Following> {
    shipped().iter().filter(move |following| following.after == *procedure)
}

/// Whether what this procedure grants ends on a day and may be renewed: what follows takes that day along.
pub fn is_renewed(procedure: &ProcedureId) -> bool {
    after(procedure).any(|following| {
        following.from == From::Decided
            && following.renamed.first().is_some_and(|(from, _)| from.as_str() == "until")
    })
}

/// One line; `None` when it is none, and a test reads all of ours.
fn line(line: &str) -> Option<Following> {
    let columns: Vec<&str> = line.split(',').collect();
    let [after, then, from, label, renamed, set, anew, agreed, parents, source] = columns.as_slice() else {
        return None;
    };
    let pairs = |text: &str, between: char, sign: char| -> Option<Vec<(FieldKey, String)>> {
        let pair = |pair: &str| {
            let (key, value) = pair.split_once(sign)?;
            Some((key.parse().ok()?, value.to_owned()))
        };
        text.split(between).filter(|pair| !pair.is_empty()).map(pair).collect()
    };
    let renamed = pairs(renamed, ' ', '>')?.into_iter().map(|(from, to)| Some((from, to.parse().ok()?)));
    let keys = |text: &str| text.split_whitespace().map(|key| key.parse().ok()).collect::<Option<_>>();
    Some(Following {
        after: after.parse().ok()?,
        then: then.parse().ok()?,
        from: match *from {
            "filed" => From::Filed,
            "decided" => From::Decided,
            _ => return None,
        },
        label: (*label).to_owned(),
        source: (*source).to_owned(),
        renamed: renamed.collect::<Option<_>>()?,
        // A value may have words.
        set: pairs(set, ';', '=')?,
        anew: keys(anew)?,
        parents: keys(parents)?,
        agreed: agreed
            .split_whitespace()
            .map(|pair| {
                let (kind, who) = pair.split_once('=')?;
                let (who, at) = who.split_once('@')?;
                Some((ConsentKind::named(kind)?, who.parse().ok()?, at.parse().ok()?))
            })
            .collect::<Option<_>>()?,
    })
}

impl Following {
    /// The form of the new dossier: what the old one says and the new form asks, so that nothing is typed twice. `until`
    /// is the end of the term that was decided, which may be another than was asked for.
    pub fn begin(&self, before: &Filing, until: Option<Day>, to: &Procedure, today: Day) -> FilingDraft {
        let mut draft = FilingDraft::new(to);
        let mut said = before.answers.clone();
        if let (Some(day), Some((from, _))) = (until, self.renamed.first()) {
            said.insert(from.clone(), write_day(day));
        }
        let fits = |key: &FieldKey, value: &String| {
            let field = to.field(key)?;
            field.kind.canonical(value, today).ok().map(|_| (key.clone(), value.clone()))
        };
        let own = said.iter().filter(|(key, _)| {
            !self.anew.contains(key) && !self.renamed.iter().any(|(from, _)| from == *key)
        });
        draft.answers = own.filter_map(|(key, value)| fits(key, value)).collect();
        let renamed = self.renamed.iter().filter_map(|(from, to)| fits(to, said.get(from)?));
        draft.answers.extend(renamed);
        let parent = self.is_parents(&said);
        let known = self
            .set
            .iter()
            .filter(|(key, _)| parent || to.field(key).is_none_or(|field| field.kind != FieldKind::Relation));
        draft.answers.extend(known.filter_map(|(key, value)| fits(key, value)));
        draft.confirmed = numbers(&draft.answers);
        let agreed = self.agreed.iter().filter(|_| parent).filter_map(|(kind, who, at)| {
            let (who, at) = (said.get(who)?.clone(), said.get(at)?.clone());
            let (day, way) = (write_day(today), ConsentPick::SamePerson);
            Some((*kind, ConsentDraft { who, at, day, way, strokes: Vec::new() }))
        });
        draft.consents = agreed.collect();
        if to.people.is_some() {
            draft.people = before.present().map(|(_, row)| person(row, to)).collect();
        }
        draft
    }

    /// Whether who consents here is one of the parents, by their names; a grandmother who registers a birth is not.
    fn is_parents(&self, said: &Answers) -> bool {
        let name = |key: &FieldKey| said.get(key).map(|name| vietnamese::compose(name).to_lowercase());
        let who = self.agreed.first().and_then(|(_, who, _)| name(who));
        self.parents.is_empty() || self.parents.iter().any(|parent| name(parent) == who && who.is_some())
    }
}

fn person(row: &Answers, to: &Procedure) -> PersonDraft {
    let answers: Answers = row
        .iter()
        .filter(|(key, _)| to.column(key).is_some())
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    PersonDraft { confirmed: numbers(&answers), answers, ..PersonDraft::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::load;

    fn procedure(id: &str) -> Procedure {
        let all = load::embedded().expect("the shipped files");
        all.into_iter().find(|one| one.id.as_str() == id).expect("a shipped procedure")
    }

    #[test]
    fn every_line_names_shipped_procedures_and_their_fields() {
        assert_eq!(shipped().len(), TABLE.lines().count() - 1);
        for following in shipped() {
            assert!(!following.source.is_empty(), "{}", following.label);
            let (before, after) = (procedure(following.after.as_str()), procedure(following.then.as_str()));
            for (from, to) in &following.renamed {
                assert!(before.field(from).is_some() && after.field(to).is_some(), "{from} {to}");
            }
            for (key, value) in &following.set {
                let field = after.field(key).expect("a field");
                assert!(field.kind.canonical(value, Day(20_800)).is_ok(), "{key}={value}");
            }
            assert!(
                following.anew.iter().all(|key| before.field(key).is_some() || after.field(key).is_some())
            );
        }
    }

    #[test]
    fn permanent_residence_of_a_newborn_asks_nothing_that_the_birth_registration_said() {
        let (before, to) = (procedure("birth-registration"), procedure("permanent-residence"));
        let mut filing = Filing::new(before.version());
        let key = |name: &str| name.parse::<FieldKey>().expect("a key");
        for (name, value) in [
            ("filer-name", "Hảng A Xà"),
            ("filer-number", "012080000129"),
            ("filer-address", "Bản Sin Suối Hồ, xã Sin Suối Hồ"),
            ("father-name", "Hảng A Xà"),
            ("name", "Hảng Thị Mai"),
            ("birth", "2026-11-20"),
            ("sex", "nu"),
            ("linked-address", "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"),
            ("return", "dien-tu"),
        ] {
            filing.answers.insert(key(name), value.to_owned());
        }
        let linked = after(&before.id).find(|one| one.then == to.id).expect("permanent residence follows");
        assert_eq!(linked.from, From::Filed, "side by side");
        let now = crate::moment::Moment(20_786 * 86_400_000);
        let draft = linked.begin(&filing, None, &to, now.day());
        let (said, people) = draft.parse(&to, now).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert!(people.is_empty());
        assert_eq!(said.answer("name"), Some("Hảng Thị Mai"));
        assert_eq!(said.answer("head-name"), Some("Hảng A Xà"));
        assert_eq!(said.answer("address"), Some("Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"));
        assert_eq!(said.consents[&ConsentKind::Parent].who.as_str(), "Hảng A Xà");

        // A grandmother who registers the birth is no parent, and nobody knows yet whose household it is.
        filing.answers.insert(key("filer-name"), "Vàng Thị Sua".to_owned());
        let draft = linked.begin(&filing, None, &to, now.day());
        assert!(draft.consents.is_empty(), "nobody consents in a parent's place");
        assert_eq!(draft.answers.get(&key("relation")), None);
        assert!(draft.parse(&to, now).is_err());
    }

    #[test]
    fn a_renewal_asks_nothing_that_the_registration_said() {
        let (before, to) = (procedure("temporary-residence"), procedure("temporary-residence-renewal"));
        let mut filing = Filing::new(before.version());
        let key = |name: &str| name.parse::<FieldKey>().expect("a key");
        for (name, value) in [
            ("name", "Lò Văn Mẫn"),
            ("number", "012201004318"),
            ("until", "2027-11-30"),
            ("request", "Đăng ký tạm trú"),
            ("address", "Bản Sin Suối Hồ"),
        ] {
            filing.answers.insert(key(name), value.to_owned());
        }
        let renewal = after(&before.id).find(|one| one.then == to.id).expect("renewal follows");
        let decided = Day::from_date(2027, 10, 31);
        let draft = renewal.begin(&filing, decided, &to, Day(20_800));
        let said = |name: &str| draft.answers.get(&key(name)).map(String::as_str);
        assert_eq!((said("name"), said("address")), (Some("Lò Văn Mẫn"), Some("Bản Sin Suối Hồ")));
        assert_eq!(said("current-until"), Some("2027-10-31"), "what was decided, not what was asked");
        assert_eq!((said("until"), said("request")), (None, None), "typed anew");
        assert!(draft.confirmed.contains(&key("number")));
    }

    #[test]
    fn who_says_a_lease_has_ended_is_not_asked_why() {
        let to = procedure("deletion-temporary-residence");
        let filing = Filing::new(procedure("temporary-residence").version());
        let ended = after(&filing.version.procedure).find(|one| one.then == to.id).expect("deletion follows");
        let draft = ended.begin(&filing, None, &to, Day(20_800));
        assert_eq!(draft.answers.get("reason").map(String::as_str), Some("thoi-thue"));
    }
}
