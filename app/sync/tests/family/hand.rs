//! A second member of the team goes on with a half-filled form on another tablet, without a network.

use std::collections::BTreeSet;

use dossier::access::Role;
use dossier::behalf::BehalfDraft;
use dossier::filing::draft::FilingDraft;
use dossier::filing::hand::{HandAnswer, HandIntent, HandTrouble, Slip};
use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf, OpenForm};
use dossier::id::EstablishmentId;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::procedure::ProcedureId;

use crate::Office;
use crate::filing::{ask, filled, office, officer, temporary_residence};
use crate::on_behalf::witnessed;
use crate::phone::{PIN, Phone};

const DAY: i64 = 24 * 60;

fn member(office: &mut Office, seed: u8) -> Phone {
    let mut tablet = Phone::new(seed, Role::TeamMember);
    tablet.enrol(office);
    tablet.sync(office);
    tablet.online = false;
    tablet
}

fn procedure() -> ProcedureId {
    "temporary-residence".parse().expect("a procedure")
}

/// Two tablets, the first with a half-filled form.
fn two() -> (Office, Phone, Phone, FilingDraft) {
    let mut office = office();
    let (mut first, second) = (member(&mut office, 5), member(&mut office, 6));
    let draft = filled(&mut first, &mut office);
    begin(&mut first, &mut office, &draft, witnessed());
    (office, first, second, draft)
}

fn begin(tablet: &mut Phone, office: &mut Office, draft: &FilingDraft, ground: BehalfDraft) {
    let ground = FilingIntent::KeepGround(procedure(), Box::new(ground));
    assert!(ask(tablet, office, ground) == Answer::Done);
    assert!(ask(tablet, office, FilingIntent::Keep(Box::new(draft.clone()))) == Answer::Done);
}

fn hand(tablet: &mut Phone, office: &mut Office, intent: HandIntent) -> HandAnswer {
    match ask(tablet, office, FilingIntent::Hand(intent)) {
        Answer::Filing(FilingAnswer::Hand(answer)) => answer,
        _ => panic!("about handing over"),
    }
}

fn offer(tablet: &mut Phone, office: &mut Office) -> String {
    let HandAnswer::Offer(code) = hand(tablet, office, HandIntent::Offer) else { panic!("a code") };
    code
}

fn parts(tablet: &mut Phone, office: &mut Office, code: String) -> Vec<String> {
    match hand(tablet, office, HandIntent::Give(procedure(), code)) {
        HandAnswer::Parts(parts) => parts,
        other => panic!("parts, not {other:?}"),
    }
}

fn see(tablet: &mut Phone, office: &mut Office, parts: &[String]) -> HandAnswer {
    let mut seen = parts.iter().map(|part| hand(tablet, office, HandIntent::Seen(part.clone())));
    let first = seen.next().expect("a part");
    seen.last().unwrap_or(first)
}

fn given(tablet: &mut Phone, office: &mut Office, slip: Slip) -> Answer {
    ask(tablet, office, FilingIntent::Hand(HandIntent::Given(procedure(), slip.to_string())))
}

fn opened(tablet: &mut Phone, office: &mut Office) -> OpenForm {
    match ask(tablet, office, FilingIntent::Load(temporary_residence())) {
        Answer::Filing(FilingAnswer::Form(open)) => *open,
        _ => panic!("a form"),
    }
}

fn came(answer: HandAnswer) -> Slip {
    match answer {
        HandAnswer::Came(of, slip) if of == procedure() => slip,
        other => panic!("all of it, not {other:?}"),
    }
}

/// Locked, and opened with what is on the disk.
fn reopened(tablet: &mut Phone, office: &mut Office) {
    tablet.ask(office, Intent::Lock);
    assert!(tablet.unlock(office, 0, PIN) == Answer::Done);
}

fn forms(tablet: &Phone) -> Vec<FormOf> {
    tablet.view().home.expect("a home").forms
}

#[test]
fn a_form_goes_on_on_a_second_tablet_and_is_handed_in_once_with_its_ground() {
    let (mut office, mut first, mut second, draft) = two();
    let code = offer(&mut second, &mut office);
    let parts = parts(&mut first, &mut office, code);
    assert!(parts.len() > 2, "{} parts", parts.len());
    let half = see(&mut second, &mut office, &parts[1..]);
    assert_eq!(half, HandAnswer::Collected { have: parts.len() as u8 - 1, of: parts.len() as u8 });
    assert!(forms(&second).is_empty());
    let slip = came(see(&mut second, &mut office, &parts[..1]));
    assert_eq!((forms(&first).len(), forms(&second).len()), (1, 1), "before the slip nothing is gone");

    assert!(given(&mut first, &mut office, slip) == Answer::Done);
    assert!(forms(&first).is_empty());
    let handed = first.view().home.expect("a home").handed;
    assert_eq!(handed.iter().map(|one| one.slip).collect::<Vec<_>>(), [slip]);
    let late = ask(&mut first, &mut office, FilingIntent::Submit(Box::new(draft.clone())));
    assert!(matches!(late, Answer::BehalfFaults(_)), "what is elsewhere is not handed in here");

    let open = opened(&mut second, &mut office);
    let came = open.came.expect("it came from another device");
    assert_eq!((came.slip, came.again), (slip, BTreeSet::from(["lease".parse().expect("a key")])));
    assert_eq!(open.draft, FilingDraft { papers: Default::default(), ..draft.clone() });
    let open = FilingDraft { originals: ["lease".parse().expect("a key")].into(), ..open.draft };
    let submit = || FilingIntent::Submit(Box::new(open.clone()));
    let early = ask(&mut second, &mut office, submit());
    assert!(matches!(early, Answer::BehalfFaults(_)), "they said yes to somebody else");
    let ground = FilingIntent::KeepGround(procedure(), Box::new(witnessed()));
    assert!(ask(&mut second, &mut office, ground) == Answer::Done);
    let Answer::Saved(id) = ask(&mut second, &mut office, submit()) else { panic!("handed in") };
    second.online = true;
    second.sync(&mut office);
    first.online = true;
    first.sync(&mut office);
    assert_eq!(office.known.keys().collect::<Vec<_>>(), [&id]);
}

#[test]
fn what_stops_half_way_leaves_the_form_where_it_is_and_can_be_begun_again() {
    let (mut office, mut first, mut second, _) = two();
    let code = offer(&mut second, &mut office);
    let before = parts(&mut first, &mut office, code);
    see(&mut second, &mut office, &before[1..]);
    // Another code: what was sealed for the one before opens nothing, and mixed parts never come together.
    let code = offer(&mut second, &mut office);
    assert_eq!(see(&mut second, &mut office, &before), HandAnswer::Not(HandTrouble::ForAnother));
    let wrong = HandIntent::Given(procedure(), "000000".to_owned());
    assert_eq!(hand(&mut first, &mut office, wrong), HandAnswer::Not(HandTrouble::OtherSlip));
    assert_eq!((forms(&first).len(), forms(&second).len()), (1, 0));
    let parts = parts(&mut first, &mut office, code);
    let slip = came(see(&mut second, &mut office, &parts));
    // The first was closed meanwhile; the slip is still that of what it holds.
    reopened(&mut first, &mut office);
    assert!(given(&mut first, &mut office, slip) == Answer::Done);
    assert!(first.view().home.expect("a home").forms.is_empty());
    let again = HandIntent::Seen(parts[0].clone());
    assert_eq!(hand(&mut second, &mut office, again), HandAnswer::Not(HandTrouble::NoOffer), "once");
}

#[test]
fn a_form_that_was_changed_after_it_was_shown_is_not_the_one_that_is_there() {
    let (mut office, mut first, mut second, mut draft) = two();
    let code = offer(&mut second, &mut office);
    let parts = parts(&mut first, &mut office, code);
    let slip = came(see(&mut second, &mut office, &parts));
    draft.answers.insert("phone".parse().expect("a key"), "0912000457".to_owned());
    assert!(ask(&mut first, &mut office, FilingIntent::Keep(Box::new(draft))) == Answer::Done);
    let wrong = HandIntent::Given(procedure(), slip.to_string());
    assert_eq!(hand(&mut first, &mut office, wrong), HandAnswer::Not(HandTrouble::OtherSlip));
    assert_eq!(forms(&first).len(), 1);
    // Shown again it takes the place of the one nobody has touched, and now the slip fits.
    let code = offer(&mut second, &mut office);
    let shown = self::parts(&mut first, &mut office, code);
    let newer = came(see(&mut second, &mut office, &shown));
    assert_ne!(newer, slip);
    let phone: dossier::procedure::FieldKey = "phone".parse().expect("a key");
    let told = |open: OpenForm| open.draft.answers.get(&phone).cloned();
    assert_eq!(told(opened(&mut second, &mut office)).as_deref(), Some("0912000457"));
    assert!(given(&mut first, &mut office, newer) == Answer::Done);
}

#[test]
fn a_slip_that_nobody_saw_is_told_again_and_what_was_typed_since_stays() {
    let (mut office, mut first, mut second, _) = two();
    let code = offer(&mut second, &mut office);
    let shown = parts(&mut first, &mut office, code);
    let slip = came(see(&mut second, &mut office, &shown));
    reopened(&mut second, &mut office);
    let mut draft = opened(&mut second, &mut office).draft;
    draft.answers.insert("phone".parse().expect("a key"), "0912000457".to_owned());
    assert!(ask(&mut second, &mut office, FilingIntent::Keep(Box::new(draft.clone()))) == Answer::Done);
    let code = offer(&mut second, &mut office);
    let shown = parts(&mut first, &mut office, code);
    assert_eq!(came(see(&mut second, &mut office, &shown)), slip);
    assert_eq!(opened(&mut second, &mut office).draft, draft);
    assert!(given(&mut first, &mut office, slip) == Answer::Done);
}

#[test]
fn a_tablet_with_a_form_of_the_same_procedure_takes_no_other_and_both_stay() {
    let (mut office, mut first, mut second, _) = two();
    let own = filled(&mut second, &mut office);
    begin(&mut second, &mut office, &own, BehalfDraft { giver: "Lò Thị Pâng".into(), ..witnessed() });
    let code = offer(&mut second, &mut office);
    let parts = parts(&mut first, &mut office, code);
    assert_eq!(see(&mut second, &mut office, &parts), HandAnswer::Not(HandTrouble::HasForm));
    assert_eq!(opened(&mut second, &mut office).draft, own);
    assert_eq!((forms(&first).len(), forms(&second).len()), (1, 1));
    // Once its own is handed in, the same pictures may be shown again.
    assert!(matches!(ask(&mut second, &mut office, FilingIntent::Submit(Box::new(own))), Answer::Saved(_)));
    came(see(&mut second, &mut office, &parts[..1]));
}

#[test]
fn a_house_nobody_told_of_and_a_procedure_nobody_told_of_are_not_let_in() {
    let (mut office, mut first, mut second, draft) = two();
    let elsewhere = BehalfDraft { house: Some(EstablishmentId(77)), ..witnessed() };
    begin(&mut first, &mut office, &draft, elsewhere);
    let code = offer(&mut second, &mut office);
    let shown = parts(&mut first, &mut office, code);
    assert_eq!(see(&mut second, &mut office, &shown), HandAnswer::Not(HandTrouble::OtherPlace));

    let mut unknown = draft.clone();
    unknown.version.from = unknown.version.from.plus(-4_000);
    begin(&mut first, &mut office, &unknown, witnessed());
    let code = offer(&mut second, &mut office);
    let shown = parts(&mut first, &mut office, code);
    assert_eq!(see(&mut second, &mut office, &shown), HandAnswer::Not(HandTrouble::NoProcedure));
    assert!(forms(&second).is_empty());
}

#[test]
fn a_form_that_was_handed_over_is_taken_back_by_one_word_and_goes_when_its_time_is_over() {
    let (mut office, mut first, mut second, draft) = two();
    let code = offer(&mut second, &mut office);
    let shown = parts(&mut first, &mut office, code);
    let slip = came(see(&mut second, &mut office, &shown));
    assert!(given(&mut first, &mut office, slip) == Answer::Done);
    let back = FilingIntent::Hand(HandIntent::TakeBack(slip));
    assert!(ask(&mut first, &mut office, back) == Answer::Done);
    assert_eq!(opened(&mut first, &mut office).draft, draft, "its pictures too");
    assert!(first.view().home.expect("a home").handed.is_empty());

    assert!(given(&mut first, &mut office, slip) == Answer::Done);
    let there = |tablet: &Phone| tablet.view().home.expect("a home").handed.len();
    for (days, left) in [(3, 1), (6, 1), (5, 0)] {
        first.now = first.now.plus_minutes(days * DAY);
        // Without a contact no time passes.
        first.online = false;
        reopened(&mut first, &mut office);
        first.online = true;
        first.sync(&mut office);
        reopened(&mut first, &mut office);
        assert_eq!(there(&first), left, "{days} days later");
    }
}

#[test]
fn only_who_shares_a_tablet_with_a_team_hands_forms_over() {
    let mut office = office();
    let mut desk = officer(&mut office, 7);
    let mut owner = Phone::new(8, Role::Owner);
    owner.enrol(&mut office);
    for device in [&mut desk, &mut owner] {
        let answer = ask(device, &mut office, FilingIntent::Hand(HandIntent::Offer));
        assert!(answer == Answer::Refused(Refusal::Forbidden));
    }
}
