//! Working days used and left.

use dossier::act::Recorded;
use dossier::filing::clock::{Clock, WaitsFor, appointment};
use dossier::filing::step::{Item, Items, Outcome, Outside, Step};
use dossier::id::CommuneCode;
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::procedure::Term;
use dossier::working_days::WorkingDays;

use super::{accept, answers, day, decide, family, heads, morning, now, procedure, step, submit, words};

fn calendar() -> WorkingDays {
    WorkingDays::shipped().expect("the shipped tables")
}

/// Accepted on Friday 20 November 2026; Tuesday 24 is off: three working days are Monday 23, Wednesday 25, Thursday 26.
fn accepted() -> Vec<Recorded> {
    let friday = morning(day(2026, 11, 20));
    vec![submit(friday, 1), accept(friday, 1, day(2026, 11, 26))]
}

/// The term of a filing of which nothing particular is known.
fn ordinary(id: &str) -> Term {
    let term = procedure(id).term;
    Term { ordinary: term.ordinary, verified: term.verified, counting: term.counting }
}

fn clock(id: &str, acts: &[Recorded], on: Day) -> Clock {
    Clock::of(acts, |_| ordinary(id), &calendar(), morning(on)).expect("accepted")
}

#[test]
fn three_working_days_begin_the_working_day_after_and_leave_out_the_24th_of_november() {
    let on = |date| clock("temporary-residence", &accepted(), day(2026, 11, date));
    let start = on(20);
    assert_eq!((start.started, start.due), (day(2026, 11, 23), Some(day(2026, 11, 26))));
    assert_eq!((start.used, start.left, start.term), (0, 3, 3));
    assert_eq!((on(25).used, on(25).left, on(25).overdue), (1, 2, 0));
    assert_eq!((on(26).used, on(26).left, on(26).overdue), (2, 1, 0), "the last day is still its own");
    assert_eq!((on(27).used, on(27).left, on(27).overdue), (3, 0, 1));
    assert_eq!((on(30).left, on(30).overdue, on(30).waits_for), (-1, 2, WaitsFor::Agency));
}

#[test]
fn the_slip_promises_the_last_day_of_the_term() {
    let promised = |id: &str, at: Moment| appointment(at, ordinary(id), &calendar());
    let friday = day(2026, 11, 20);
    assert_eq!(promised("temporary-residence", morning(friday)), day(2026, 11, 26));
    assert_eq!(promised("residence-confirmation", morning(friday)), friday, "half a day, from the morning");
    let afternoon = Moment::at(friday, MinuteOfDay(14 * 60));
    assert_eq!(promised("residence-confirmation", afternoon), day(2026, 11, 23));
    assert_eq!(
        promised("permanent-residence", morning(day(2026, 2, 13))),
        day(2026, 3, 3),
        "over the lunar new year"
    );
    assert_eq!(promised("criminal-record", morning(friday)), day(2026, 11, 30), "ten days of the calendar");
}

#[test]
fn time_at_the_peoples_committee_does_not_count() {
    let mut acts = accepted();
    acts.push(step(morning(day(2026, 11, 25)), Step::Pause { whom: Outside::Committee }));
    let away = clock("temporary-residence", &acts, day(2026, 12, 9));
    assert_eq!((away.used, away.left, away.overdue), (1, 2, 0));
    assert_eq!((away.due, away.paused), (None, Some(day(2026, 11, 25))));
    assert_eq!(away.waits_for, WaitsFor::Outside(Outside::Committee));
    acts.push(step(morning(day(2026, 12, 10)), Step::Resume));
    let back = clock("temporary-residence", &acts, day(2026, 12, 10));
    assert_eq!((back.used, back.left, back.due), (1, 2, Some(day(2026, 12, 11))));
}

#[test]
fn case_28_a_verification_that_is_not_answered_makes_it_late_by_the_other_commune() {
    let friday = morning(day(2026, 11, 20));
    let other = CommuneCode(3_394);
    let mut acts = vec![submit(friday, 1), accept(friday, 1, day(2026, 12, 2))];
    let question = words("Có thường trú ở bản Chí Sáng?");
    acts.push(step(morning(day(2026, 11, 23)), Step::AskVerification { to: other, question }));
    let late = clock("permanent-residence", &acts, day(2026, 12, 4));
    assert_eq!(
        (late.due, late.overdue, late.waits_for),
        (Some(day(2026, 12, 2)), 2, WaitsFor::Verification(other))
    );
    let apology =
        Step::Apologise { appointed: day(2026, 12, 9), words: words("Chờ xác minh của xã cũ") };
    acts.push(step(morning(day(2026, 12, 4)), apology));
    let told = clock("permanent-residence", &acts, day(2026, 12, 4));
    assert_eq!((told.appointed, told.due, told.overdue), (day(2026, 12, 9), Some(day(2026, 12, 2)), 2));
    acts.push(step(
        morning(day(2026, 12, 7)),
        Step::Verified { outcome: Outcome::Match, words: String::new() },
    ));
    acts.push(decide(morning(day(2026, 12, 7)), 1));
    let ended = clock("permanent-residence", &acts, day(2027, 3, 1));
    assert_eq!((ended.ended, ended.overdue, ended.waits_for), (Some(day(2026, 12, 7)), 3, WaitsFor::Nobody));
}

#[test]
fn a_confirmation_that_is_verified_has_the_longer_term() {
    let mut acts = accepted();
    assert_eq!(clock("residence-confirmation", &acts, day(2026, 11, 20)).due, Some(day(2026, 11, 20)));
    let question = words("Bản đã đổi tên từ bao giờ?");
    acts.push(step(morning(day(2026, 11, 20)), Step::AskVerification { to: CommuneCode(3_394), question }));
    assert_eq!(clock("residence-confirmation", &acts, day(2026, 11, 20)).due, Some(day(2026, 11, 26)));
}

#[test]
fn handing_a_dossier_on_changes_neither_promise_nor_clock() {
    let mut acts = accepted();
    let before = clock("temporary-residence", &acts, day(2026, 11, 25));
    acts.push(step(morning(day(2026, 11, 25)), Step::Transfer { to: CommuneCode(3_400) }));
    assert_eq!(clock("temporary-residence", &acts, day(2026, 11, 25)), before);
}

#[test]
fn what_is_waited_for_from_the_person_is_not_the_agencys_time() {
    let mut acts = accepted();
    let item = Item { at: None, what: words("Chụp lại trang 2") };
    let items = Items::new(vec![item]).expect("an item");
    acts.push(step(morning(day(2026, 11, 25)), Step::Supplement { heads: heads(1), items, until: None }));
    let waiting = clock("temporary-residence", &acts, day(2026, 12, 1));
    assert_eq!((waiting.used, waiting.overdue, waiting.waits_for), (1, 0, WaitsFor::Citizen));
    acts.push(submit(morning(day(2026, 12, 1)), 2));
    assert_eq!(clock("temporary-residence", &acts, day(2026, 12, 1)).due, Some(day(2026, 12, 2)));
}

#[test]
fn no_clock_runs_before_a_dossier_is_accepted_and_none_after_it_ended_on_time() {
    let friday = morning(day(2026, 11, 20));
    let term = |_| ordinary("temporary-residence");
    assert_eq!(Clock::of(&[submit(friday, 1)], term, &calendar(), now()), None);
    let mut acts = accepted();
    acts.push(decide(morning(day(2026, 11, 23)), 1));
    let ended = clock("temporary-residence", &acts, day(2030, 1, 1));
    assert_eq!((ended.used, ended.left, ended.overdue), (1, 2, 0));
}

#[test]
fn who_is_in_no_database_has_thirty_days_and_who_is_has_five() {
    let procedure = procedure("residence-declaration");
    let (_, draft) = family();
    let (mut filing, _) = draft.parse(&super::procedure("permanent-residence"), now()).expect("sound");
    let question =
        Step::AskVerification { to: CommuneCode(3_394), question: words("Có thường trú ở đó?") };
    let mut asked = accepted();
    asked.push(step(morning(day(2026, 11, 23)), question));
    for (known, due, verified) in
        [("co", day(2026, 11, 30), day(2026, 11, 30)), ("khong", day(2026, 12, 21), day(2027, 1, 19))]
    {
        filing.answers = answers(&[("in-data", known)]);
        let due_of = |acts: &[Recorded]| {
            let term = |on| procedure.term_of(&filing, on);
            Clock::of(acts, term, &calendar(), now()).expect("accepted").due
        };
        assert_eq!(due_of(&accepted()), Some(due), "the thirtieth day is a Sunday");
        assert_eq!(due_of(&asked), Some(verified), "sixty days are of who is in no database");
    }
}

#[test]
fn a_last_day_that_is_off_moves_on_and_what_is_decided_on_it_is_in_time() {
    // Ten days of the calendar end on Saturday the 28th: the last day is Monday the 30th.
    let start = morning(day(2026, 11, 18));
    let acts = [submit(start, 1), accept(start, 1, day(2026, 11, 30))];
    let on = |date| clock("criminal-record", &acts, day(2026, 11, date));
    assert_eq!((on(28).due, on(28).left, on(28).overdue), (Some(day(2026, 11, 30)), 3, 0));
    assert_eq!((on(30).left, on(30).overdue, on(30).working), (1, 0, false));
    let ended = |date| {
        let acts = [acts.as_slice(), &[decide(morning(day(2026, 11, date)), 1)]].concat();
        clock("criminal-record", &acts, day(2026, 12, 9))
    };
    assert_eq!((ended(27).left, ended(30).left, ended(30).overdue), (3, 0, 0));
}

#[test]
fn what_is_decided_on_a_day_off_after_the_last_day_is_late() {
    // Accepted on Monday; Tuesday the 24th is off: the last of the three working days is Friday the 27th.
    let start = morning(day(2026, 11, 23));
    let mut acts = vec![submit(start, 1), accept(start, 1, day(2026, 11, 27))];
    let open = clock("temporary-residence", &acts, day(2026, 11, 28));
    assert_eq!((open.due, open.overdue), (Some(day(2026, 11, 27)), 1));
    acts.push(decide(morning(day(2026, 11, 28)), 1));
    assert_eq!(clock("temporary-residence", &acts, day(2026, 12, 9)).overdue, 1);
}

#[test]
fn a_clock_that_claims_any_year_breaks_nothing() {
    for wild in [i64::MIN, i64::MAX, 0] {
        let term = |_| ordinary("temporary-residence");
        let acts = [submit(Moment(wild), 1), accept(Moment(wild), 1, Day(i32::MAX))];
        let _ = Clock::of(&acts, term, &calendar(), Moment(-wild.saturating_add(1)));
    }
}

#[test]
fn a_birth_that_is_registered_after_three_is_due_the_next_working_day() {
    let procedure = procedure("birth-registration");
    let filing = dossier::filing::Filing::new(procedure.version());
    let promised = |on: Day, hour: u16| {
        appointment(Moment::at(on, MinuteOfDay(hour * 60)), procedure.term_of(&filing, on), &calendar())
    };
    assert_eq!(promised(day(2026, 11, 30), 14), day(2026, 11, 30));
    assert_eq!(promised(day(2026, 11, 30), 15), day(2026, 12, 1));
    assert_eq!(promised(day(2026, 11, 27), 16), day(2026, 11, 30), "over the weekend");
}
