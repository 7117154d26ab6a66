//! Conditions: names for facts of a filing that decide what else is asked. A closed list, no expressions: each is
//! one arm of one function.

use serde::{Deserialize, Serialize};

use super::field::birth;
use crate::birth::BirthDate;
use crate::filing::Answers;
use crate::moment::Day;
use crate::relation::Relation;

/// What the conditions look at: the canonical answers, the people that count, and the row a column is asked in.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The answers of the form.
    pub answers: &'a Answers,
    /// The people that have not been taken out.
    pub people: &'a [&'a Answers],
    /// The row of the person, where a column is asked about.
    pub row: Option<&'a Answers>,
}

macro_rules! conditions {
    ($($name:ident $slug:literal [$($reads:literal),*] $note:literal;)*) => {
        /// A fact of a filing; they travel by their order, so new ones come at the end. In a table of people those about "the person" look at the row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Condition {
            $(#[doc = $note] $name,)*
        }

        impl Condition {
            /// All of them.
            pub const ALL: &'static [Condition] = &[$(Condition::$name),*];

            /// Its name in a procedure file.
            pub const fn slug(self) -> &'static str {
                match self { $(Condition::$name => $slug),* }
            }

            /// The fields it reads, and of choices the options: a procedure that uses it must ask for each field
            /// and offer one of the options named of it.
            pub const fn reads(self) -> &'static [&'static str] {
                match self { $(Condition::$name => &[$($reads),*]),* }
            }
        }
    };
}

conditions! {
    PersonUnderSix "person-under-six" ["birth"] "The person is under six for certain.";
    PersonSixOrOlder "person-six-or-older" ["birth"] "The person is not known to be under six.";
    PersonUnderFourteen "person-under-fourteen" ["birth"] "The person is under fourteen for certain.";
    PersonIsMinor "person-is-minor" ["birth"] "The person is under eighteen for certain.";
    FilerIsMinor "filer-is-minor" ["birth"] "The declarant is under eighteen for certain.";
    SomebodyIsMinor "somebody-is-minor" ["birth"] "The declarant or one of the people is under eighteen.";
    HasPeople "has-people" [] "Somebody stands in the table of people.";
    HeadIsAnother "head-is-another" ["relation"] "The head of the household is not the declarant.";
    OwnDwelling "own-dwelling" ["dwelling=so-huu"] "The dwelling is the declarant's own.";
    RentedDwelling "rented-dwelling" ["dwelling=thue", "dwelling=muon", "dwelling=o-nho"] "The dwelling is rented, borrowed or lent.";
    KinDwelling "kin-dwelling" ["dwelling=than-nhan"] "The dwelling is that of close kin (Law on Residence art. 20.2).";
    OwnerIsAnother "owner-is-another" ["dwelling=so-huu"] "The dwelling is somebody else's.";
    ForAnother "for-another" ["for-whom=nguoi-khac"] "It is asked about somebody other than the declarant.";
    NotInPopulationData "not-in-population-data" ["in-data=khong"] "The person is not in the population database.";
    NeedsPermission "needs-permission" ["absence=a", "absence=b"] "The absence needs a permission first (art. 31.1.a, b).";
    ReasonIsOther "reason-is-other" ["reason=khac"] "The reason is none of those listed.";
    ChangesHead "changes-head" ["change=chu-ho"] "The change is one of the head of the household.";
    FatherKnown "father-known" ["father=co"] "The father stands in the record.";
    MotherKnown "mother-known" ["mother=co"] "The mother stands in the record.";
    HouseholdSplit "household-split" ["split=thanh-vien"] "A member splits off with the head's and owner's consent.";
    ByPost "by-post" ["return=buu-chinh"] "The result is to come by post.";
    EntersHousehold "enters-household" ["dwelling=so-huu", "birth"]
        "The dwelling is somebody else's, and not everybody is a child under six who joins close kin (Law on Residence art. 20.2, 20.3).";
    ChildRenamed "child-renamed" ["birth", "change=ho-ten"] "The name of a minor of nine or older changes.";
    FirstIssue "first-issue" ["case=cap-moi"] "The certificate is asked for the first time.";
    Reissue "reissue" ["case=cap-moi"] "The certificate is exchanged or issued again.";
    NoValidCard "no-valid-card" ["card=khong"] "The person has no valid card with a chip.";
    AllUnderSix "all-under-six" ["birth"] "The declarant and all of the people are under six for certain.";
}

impl Condition {
    /// The condition of a name.
    pub fn named(slug: &str) -> Option<Condition> {
        Condition::ALL.iter().copied().find(|condition| condition.slug() == slug)
    }

    /// Whether it holds in a filing on a day. An answer that is not there makes it false, except where the
    /// name says "or older".
    pub fn holds(self, facts: &Facts<'_>, today: Day) -> bool {
        let answers = facts.answers;
        let person = facts.row.unwrap_or(answers);
        let is = |key: &str, value: &str| answers.get(key).is_some_and(|kept| kept == value);
        let given = |key: &str| answers.contains_key(key);
        let all_under_six =
            || is_under(6, answers, today) && facts.people.iter().all(|row| is_under(6, row, today));
        match self {
            Condition::PersonUnderSix => is_under(6, person, today),
            Condition::PersonSixOrOlder => !is_under(6, person, today),
            Condition::PersonUnderFourteen => is_under(14, person, today),
            Condition::PersonIsMinor => is_under(18, person, today),
            Condition::FilerIsMinor => is_under(18, answers, today),
            Condition::SomebodyIsMinor => {
                is_under(18, answers, today) || facts.people.iter().any(|row| is_under(18, row, today))
            }
            Condition::HasPeople => !facts.people.is_empty(),
            Condition::HeadIsAnother => given("relation") && !is("relation", &Relation::HEAD.key()),
            Condition::OwnDwelling => is("dwelling", "so-huu"),
            Condition::RentedDwelling => {
                is("dwelling", "thue") || is("dwelling", "muon") || is("dwelling", "o-nho")
            }
            Condition::KinDwelling => is("dwelling", "than-nhan"),
            Condition::OwnerIsAnother => given("dwelling") && !is("dwelling", "so-huu"),
            Condition::ForAnother => is("for-whom", "nguoi-khac"),
            Condition::NotInPopulationData => is("in-data", "khong"),
            Condition::NeedsPermission => is("absence", "a") || is("absence", "b"),
            Condition::ReasonIsOther => is("reason", "khac"),
            Condition::ChangesHead => is("change", "chu-ho"),
            Condition::FatherKnown => is("father", "co"),
            Condition::MotherKnown => is("mother", "co"),
            Condition::HouseholdSplit => is("split", "thanh-vien"),
            Condition::ByPost => is("return", "buu-chinh"),
            Condition::EntersHousehold => {
                let joins_kin = is("dwelling", "than-nhan") && all_under_six();
                given("dwelling") && !is("dwelling", "so-huu") && !joins_kin
            }
            Condition::ChildRenamed => {
                is("change", "ho-ten") && is_under(18, answers, today) && !is_under(9, answers, today)
            }
            Condition::FirstIssue => is("case", "cap-moi"),
            Condition::Reissue => given("case") && !is("case", "cap-moi"),
            Condition::NoValidCard => is("card", "khong"),
            Condition::AllUnderSix => all_under_six(),
        }
    }
}

/// Under that many whole years on a day, whatever the unknown parts of the birth date are. Born on 29 February, a
/// person is a year older from 1 March in common years.
fn is_under(years: u16, person: &Answers, today: Day) -> bool {
    person.get("birth").and_then(|kept| birth(kept)).is_some_and(|birth| surely_under(years, birth, today))
}

/// Whether somebody is of that many whole years on a day, whatever the unknown parts of the birth date are.
pub(crate) fn is_surely_of(years: u16, person: &Answers, today: Day) -> bool {
    person.get("birth").and_then(|kept| birth(kept)).is_some_and(|birth| {
        let (year, month, day) = today.date();
        let last = (
            i32::from(birth.year()) + i32::from(years),
            birth.month().unwrap_or(12),
            birth.day().unwrap_or(31),
        );
        (year, month, day) >= last
    })
}

fn surely_under(years: u16, birth: BirthDate, today: Day) -> bool {
    let (year, month, day) = today.date();
    let birthday =
        (i32::from(birth.year()) + i32::from(years), birth.month().unwrap_or(1), birth.day().unwrap_or(1));
    (year, month, day) < birthday
}

#[cfg(test)]
mod tests {
    use super::*;

    fn born(text: &str) -> Answers {
        Answers::from([("birth".parse().expect("a key"), text.to_owned())])
    }

    fn holds(condition: Condition, answers: &Answers, today: (i32, u8, u8)) -> bool {
        let facts = Facts { answers, people: &[], row: None };
        condition.holds(&facts, Day::from_date(today.0, today.1, today.2).expect("a real day"))
    }

    #[test]
    fn a_child_is_under_six_until_the_day_before_the_sixth_birthday() {
        let child = born("2020-11-25");
        assert!(holds(Condition::PersonUnderSix, &child, (2026, 11, 24)));
        assert!(!holds(Condition::PersonUnderSix, &child, (2026, 11, 25)));
        assert!(holds(Condition::PersonSixOrOlder, &child, (2026, 11, 25)));
    }

    #[test]
    fn of_whom_only_the_year_is_known_nobody_is_taken_for_a_child_without_being_one() {
        assert!(
            !holds(Condition::PersonIsMinor, &born("2008"), (2026, 6, 1)),
            "may have been born in January"
        );
        assert!(holds(Condition::PersonIsMinor, &born("2009"), (2026, 6, 1)));
        assert!(!holds(Condition::PersonIsMinor, &born("1941"), (2026, 6, 1)));
        assert!(!holds(Condition::PersonIsMinor, &Answers::new(), (2026, 6, 1)));
    }

    #[test]
    fn born_on_the_29th_of_february_one_is_of_age_on_the_first_of_march() {
        let leap = born("2008-02-29");
        assert!(holds(Condition::FilerIsMinor, &leap, (2026, 2, 28)));
        assert!(!holds(Condition::FilerIsMinor, &leap, (2026, 3, 1)));
    }

    #[test]
    fn a_row_speaks_for_its_own_person() {
        let (adult, child) = (born("1990"), born("2024"));
        let today = Day::from_date(2026, 11, 25).expect("a real day");
        let rows = [&child];
        let facts = Facts { answers: &adult, people: &rows, row: Some(&child) };
        assert!(
            Condition::PersonUnderSix.holds(&facts, today) && !Condition::FilerIsMinor.holds(&facts, today)
        );
        assert!(Condition::SomebodyIsMinor.holds(&facts, today));
    }

    #[test]
    fn every_condition_reads_back_from_its_name() {
        for condition in Condition::ALL {
            assert_eq!(Condition::named(condition.slug()), Some(*condition));
        }
        assert_eq!(Condition::named("when-it-rains"), None);
    }
}
