//! Where a dossier stands after what was done to it.

use dossier::act::{Act, Recorded};
use dossier::filing::status::{FeeState, FilingStatus, Stage};
use dossier::filing::step::{Finding, Item, Items, Outcome, Outside, Payment, ReturnWay, Step};
use dossier::id::CommuneCode;
use dossier::moment::Moment;
use dossier::procedure::Exemption;
use dossier::status::Status;

use super::{accept, day, decide, heads, morning, now, recorded, step, submit, words};

fn word(acts: &[Recorded]) -> &'static str {
    FilingStatus::fold(acts).word()
}

fn ask(at: Moment, mark: u8) -> Recorded {
    let item = Item { at: None, what: words("Bổ sung hợp đồng thuê") };
    let items = Items::new(vec![item]).expect("an item");
    step(at, Step::Supplement { heads: heads(mark), items, until: None })
}

fn refuse(mark: u8) -> Recorded {
    let (reason, ground) = (words("Chỗ ở thuộc diện cấm"), words("Điều 23 Luật Cư trú"));
    step(now(), Step::Refuse { heads: heads(mark), reason, ground })
}

fn verify(to: u32) -> Recorded {
    step(
        now(),
        Step::AskVerification {
            to: CommuneCode(to), question: words("Có thường trú ở bản Chí Sáng?")
        },
    )
}

fn annul() -> Recorded {
    let (reason, ground) = (words("Đăng ký sai đối tượng"), words("Điều 13 Thông tư 116/2026/TT-BCA"));
    step(now(), Step::Annul { reason, ground })
}

fn at_work() -> Vec<Recorded> {
    vec![submit(now(), 1), accept(now(), 1, day(2026, 11, 30))]
}

#[test]
fn a_dossier_goes_from_the_door_to_the_result_in_the_words_of_the_page() {
    let way = [
        (submit(now(), 1), "Chờ tiếp nhận"),
        (ask(now(), 1), "Yêu cầu bổ sung"),
        (submit(now(), 2), "Chờ tiếp nhận"),
        (accept(now(), 2, day(2026, 11, 30)), "Đã tiếp nhận"),
        (step(now(), Step::FeeDue { dong: 7_000 }), "Chờ lệ phí"),
        (step(now(), Step::FeePaid { dong: 7_000, how: Payment::Online }), "Đang xử lý"),
        (verify(3_394), "Chờ xác minh"),
        (step(now(), Step::Verified { outcome: Outcome::Match, words: String::new() }), "Đang xử lý"),
        (step(now(), Step::Pause { whom: Outside::Committee }), "Chờ UBND cấp xã"),
        (step(now(), Step::Resume), "Đang xử lý"),
        (step(now(), Step::Transfer { to: CommuneCode(3_400) }), "Chuyển cơ quan"),
        (decide(now(), 2), "Đã giải quyết"),
        (step(now(), Step::HandOver { way: ReturnWay::Electronic }), "Đã trả kết quả"),
        (annul(), "Hủy bỏ kết quả"),
    ];
    let mut status = FilingStatus::default();
    assert_eq!(status.word(), "Bản nháp");
    for (act, word) in way {
        assert!(status.admits(&act), "{word}");
        status = status.after(&act);
        assert_eq!(status.word(), word);
    }
}

#[test]
fn only_one_supplement_request_is_open_and_a_supplement_answered_twice_is_one_answer() {
    let mut acts = vec![submit(now(), 1), ask(now(), 1)];
    let open = FilingStatus::fold(&acts);
    let later = morning(day(2026, 11, 26));
    assert!(!open.admits(&ask(later, 1)), "a second request while one is open");
    assert!(!open.admits(&submit(now(), 1)), "the same content answers nothing");
    acts.push(submit(now(), 2));
    let answered = FilingStatus::fold(&acts);
    assert_eq!(answered.stage, Stage::Waiting { supplemented: true });
    assert!(!answered.admits(&submit(now(), 2)));
    acts.push(submit(now(), 3));
    let twice = FilingStatus::fold(&acts);
    assert_eq!((twice.stage, twice.heads), (answered.stage, heads(3)), "one answer, its newest content");
}

#[test]
fn what_was_brought_to_the_office_answers_a_supplement_where_nothing_on_the_form_is_wrong() {
    let at = |asked| Step::Supplemented { asked, words: words("Đã mang bản chính") };
    let brought = step(morning(day(2026, 11, 26)), at(now()));
    let waits = FilingStatus::fold(&[submit(now(), 1), ask(now(), 1)]);
    assert_eq!(
        waits.clone().after(&brought).stage,
        Stage::Waiting { supplemented: true },
        "not accepted yet"
    );
    let mut acts = at_work();
    acts.push(ask(now(), 1));
    assert_eq!(FilingStatus::fold(&acts).after(&brought).stage, Stage::Processing);
    acts.push(submit(now(), 2));
    let answered = FilingStatus::fold(&acts);
    assert!(!answered.admits(&brought), "it was answered from the phone first");
    let other = step(morning(day(2026, 11, 26)), at(morning(day(2026, 11, 20))));
    assert!(!waits.admits(&other), "of another request nothing was brought");
    let late = waits.after(&brought).after(&submit(now(), 2));
    assert_eq!(
        (late.stage, late.heads),
        (Stage::Waiting { supplemented: true }, heads(2)),
        "nothing of it is lost"
    );
}

#[test]
fn a_decision_holds_only_for_the_content_it_names() {
    let mut acts = at_work();
    acts.push(submit(now(), 2));
    let changed = FilingStatus::fold(&acts);
    assert!(changed.changed_since_accepted());
    assert!(!changed.admits(&decide(now(), 1)), "the officer has not seen the change");
    assert!(!changed.admits(&refuse(1)) && !changed.admits(&ask(now(), 1)));
    let edited = FilingStatus::fold(&[submit(now(), 1), submit(now(), 2)]);
    let accepts = |mark| edited.admits(&accept(now(), mark, day(2026, 11, 30)));
    assert!(!accepts(1) && accepts(2), "what the citizen changed while the officer read is read first");
    let decided = changed.after(&decide(now(), 2));
    assert_eq!(decided.decision.map(|decision| decision.heads), Some(heads(2)));
}

#[test]
fn of_two_officers_at_once_one_wins_and_the_other_changes_nothing() {
    let mut acts = vec![submit(now(), 1), accept(now(), 1, day(2026, 11, 30))];
    let status = FilingStatus::fold(&acts);
    assert!(!status.admits(&accept(now(), 1, day(2026, 12, 1))) && !status.admits(&submit(now(), 1)));
    acts.push(decide(now(), 1));
    assert!(!FilingStatus::fold(&acts).admits(&refuse(1)));
}

#[test]
fn case_30_an_annulled_result_no_longer_stands_and_both_are_kept() {
    let mut acts = at_work();
    assert!(!FilingStatus::fold(&acts).admits(&annul()), "there is nothing to annul");
    acts.push(decide(now(), 1));
    acts.push(annul());
    let status = FilingStatus::fold(&acts);
    assert_eq!(status.decision, None, "what was before holds again");
    let Stage::Annulled { decision, reason, .. } = &status.stage else { panic!("annulled") };
    assert_eq!((decision.words.as_str(), reason.as_str()), ("Đã đăng ký", "Đăng ký sai đối tượng"));
    assert!(!status.admits(&annul()) && !status.admits(&decide(now(), 1)));
}

#[test]
fn a_fee_is_asked_once_paid_in_full_or_forgiven_with_its_reason() {
    let fee = |dong| step(now(), Step::FeeDue { dong });
    let paid = |dong| step(now(), Step::FeePaid { dong, how: Payment::Cash });
    let exempt = step(now(), Step::Exempt { reason: Exemption::BorderCommune });
    let mut acts = at_work();
    assert!(!FilingStatus::fold(&acts).admits(&fee(0)) && !FilingStatus::fold(&acts).admits(&paid(7_000)));
    let forgiven = FilingStatus::fold(&acts).after(&exempt);
    assert_eq!(forgiven.fee, FeeState::Exempt { reason: Exemption::BorderCommune });
    acts.push(fee(7_000));
    let due = FilingStatus::fold(&acts);
    assert!(!due.admits(&fee(9_000)) && !due.admits(&paid(5_000)) && !due.admits(&decide(now(), 1)));
    assert_eq!(due.clone().after(&exempt).word(), "Đang xử lý");
    let settled = due.after(&paid(7_000));
    assert!(!settled.admits(&paid(7_000)) && !settled.admits(&exempt) && settled.admits(&decide(now(), 1)));
}

#[test]
fn nothing_is_decided_while_another_is_asked_and_an_answer_nobody_asked_for_is_none() {
    let answer = step(now(), Step::Verified { outcome: Outcome::NotFound, words: "Không có".into() });
    let mut acts = at_work();
    assert!(!FilingStatus::fold(&acts).admits(&answer));
    acts.push(verify(3_394));
    let waiting = FilingStatus::fold(&acts);
    assert!(!waiting.admits(&decide(now(), 1)) && !waiting.admits(&verify(3_395)));
    let answered = waiting.after(&answer);
    let verified = answered.verified.clone().expect("an answer");
    assert_eq!((verified.from, verified.outcome), (CommuneCode(3_394), Outcome::NotFound));
    assert!(!answered.admits(&answer) && answered.admits(&refuse(1)));
}

#[test]
fn the_commune_that_was_asked_answers_that_question_and_no_other() {
    let reply = |from: u32, asked: Moment| {
        let words = Some(words("Có thường trú từ năm 2009"));
        step(now(), Step::Reply { from: CommuneCode(from), asked, finding: Finding::Match, words })
    };
    let mut acts = at_work();
    assert!(!FilingStatus::fold(&acts).admits(&reply(3_394, now())), "nobody has asked");
    acts.push(verify(3_394));
    let waiting = FilingStatus::fold(&acts);
    assert!(!waiting.admits(&reply(3_395, now())), "another commune was asked");
    assert!(!waiting.admits(&reply(3_394, Moment(now().0 - 1))), "an earlier question");
    let answered = waiting.after(&reply(3_394, now()));
    assert_eq!((answered.word(), answered.admits(&reply(3_394, now()))), ("Đang xử lý", false));
    let verified = answered.verified.expect("an answer");
    assert_eq!((verified.outcome, verified.first_hand), (Outcome::Match, true));
    assert_eq!(verified.words, "Có thường trú từ năm 2009");
}

#[test]
fn a_citizen_withdraws_until_there_is_a_result() {
    let withdraw = recorded(now(), Act::Withdraw { claimed_at: now() });
    let with_office = [vec![submit(now(), 1)], vec![submit(now(), 1), ask(now(), 1)], at_work()];
    for mut acts in with_office {
        acts.push(withdraw.clone());
        assert_eq!(word(&acts), "Công dân rút hồ sơ");
        assert!(!FilingStatus::fold(&acts).admits(&accept(now(), 1, day(2026, 11, 30))));
    }
    let mut decided = at_work();
    decided.push(decide(now(), 1));
    assert!(!FilingStatus::fold(&decided).admits(&withdraw));
    assert!(!FilingStatus::default().admits(&withdraw));
}

#[test]
fn a_dossier_handed_on_keeps_what_it_had_and_the_other_commune_goes_on_with_it() {
    let mut acts = at_work();
    acts.push(step(now(), Step::Transfer { to: CommuneCode(3_400) }));
    let moved = FilingStatus::fold(&acts);
    assert_eq!(moved.accepted, FilingStatus::fold(&at_work()).accepted);
    assert!(!moved.admits(&step(now(), Step::Transfer { to: CommuneCode(3_400) })));
    acts.push(verify(3_394));
    assert_eq!(word(&acts), "Chờ xác minh");
}

#[test]
fn what_is_paid_too_much_moves_no_dossier_adds_up_and_is_given_back_whole() {
    let over = |dong| step(now(), Step::PaidOver { dong });
    let back = |dong| step(now(), Step::Refunded { dong });
    let mut acts = at_work();
    acts.push(step(now(), Step::Transfer { to: CommuneCode(3_400) }));
    let moved = FilingStatus::fold(&acts);
    assert!(!moved.admits(&back(0)) && !moved.admits(&over(0)));
    let owed = moved.clone().after(&over(7_000)).after(&over(8_000));
    assert_eq!(
        owed,
        FilingStatus { surplus: 15_000, ..moved.clone() },
        "no officer of the other commune was at work"
    );
    assert!(!owed.admits(&back(7_000)));
    let given = owed.after(&back(15_000));
    assert_eq!((given.surplus, given.stage), (0, moved.stage));
}

#[test]
fn an_apology_promises_a_later_day_and_no_earlier_one() {
    let apologise = |on| step(now(), Step::Apologise { appointed: on, words: words("Chờ xác minh") });
    let status = FilingStatus::fold(&at_work());
    assert!(!status.admits(&apologise(day(2026, 11, 30))));
    let accepted = status.after(&apologise(day(2026, 12, 4))).accepted.expect("accepted");
    assert_eq!((accepted.appointed, accepted.apologies), (day(2026, 12, 4), 1));
}

#[test]
fn a_stay_notice_knows_no_steps_and_a_dossier_no_reception_of_a_notice() {
    let notice = Status::fold(&[submit(now(), 1)]);
    assert!(!notice.admits(&accept(now(), 1, day(2026, 11, 30))));
    let dossier = FilingStatus::fold(&[submit(now(), 1)]);
    assert!(!dossier.admits(&recorded(now(), Act::Receive { heads: heads(1) })));
    assert!(
        !dossier.admits(&recorded(
            morning(day(2026, 11, 26)),
            Act::Return { heads: heads(1), reason: "x".into() }
        ))
    );
}

#[test]
fn a_status_and_every_act_read_back_from_their_binary_form() {
    let mut acts = at_work();
    acts.extend([verify(3_394), ask(now(), 1), decide(now(), 1), refuse(1), annul()]);
    for act in &acts {
        let bytes = postcard::to_allocvec(act).expect("plain data");
        assert_eq!(postcard::from_bytes::<Recorded>(&bytes).as_ref(), Ok(act));
    }
    let status = FilingStatus::fold(&acts);
    let bytes = postcard::to_allocvec(&status).expect("plain data");
    assert_eq!(postcard::from_bytes::<FilingStatus>(&bytes), Ok(status));
}
