//! Residence dossiers over HTTP: judged by the office's own procedures, told to devices, and no notices in any figure.

use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::Filing;
use dossier::filing::step::{ReturnWay, Step};
use dossier::procedure::{ConsentKind, FieldKey};
use dossier::view::Rejection;
use server::clock;
use server::store::adoption;
use sync::frame::ActId;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};

use crate::hand::{Hand, Notice, act_verdict, verdict};
use crate::office::{COMMUNE, TestOffice};
use crate::working;

const TENANT: [(&str, &str); 13] = [
    ("name", "Lò Văn Mẫn"),
    ("birth", "2001-03-09"),
    ("sex", "nam"),
    ("number", "012201004318"),
    ("dwelling", "thue"),
    ("address", "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"),
    ("from", "2026-12-01"),
    ("until", "2027-11-30"),
    ("relation", "o-thue"),
    ("head-name", "Hảng A Xà"),
    ("head-number", "012080000129"),
    ("request", "Đăng ký tạm trú 12 tháng tại nhà cho thuê"),
    ("return", "dien-tu"),
];

/// What a landlord says of a tenant.
pub fn tenant(test: &TestOffice) -> Filing {
    let of = |procedure: &&dossier::procedure::Procedure| procedure.id.as_str() == "temporary-residence";
    let procedure = test.office.catalogue.procedures.iter().find(of).expect("a shipped procedure");
    let mut filing = Filing::new(procedure.version());
    let key = |name: &str| name.parse::<FieldKey>().expect("a key");
    filing.answers = TENANT.iter().map(|(name, value)| (key(name), (*value).to_owned())).collect();
    filing.originals.insert("lease".parse().expect("a key"));
    let owner = dossier::filing::ConsentGiven {
        who: "Hảng A Xà".parse().expect("a name"),
        at: "Sin Suối Hồ".to_owned(),
        day: clock::now().day(),
        how: dossier::filing::ConsentWay::SamePerson,
    };
    filing.consents.insert(ConsentKind::Owner, owner);
    filing
}

pub async fn people(test: &TestOffice) -> (Hand, Hand) {
    let house = test.add_house(COMMUNE).await;
    let owner = Hand::join(test, 1, Role::Owner, COMMUNE, house).await;
    (owner, Hand::join(test, 2, Role::Officer, COMMUNE, house).await)
}

pub fn step(notice: &Notice, dice: u8, step: Step) -> SentAct {
    SentAct { dossier: notice.dossier, id: ActId([dice; 8]), act: Act::Step(Box::new(step)) }
}

fn accept(notice: &Notice) -> Step {
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    let appointed = clock::now().day().plus(3);
    Step::Accept { heads, appointed, way: ReturnWay::Electronic, papers: Vec::new() }
}

#[tokio::test]
async fn a_dossier_gets_a_number_and_a_receipt_and_only_who_decides_takes_steps() {
    let test = working().await;
    let (owner, officer) = people(&test).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    let down = owner.send(&test, &owner.carrying([&filed])).await;
    assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Accepted));
    assert!(down.issued.is_some(), "a receipt in the same answer");
    // The declarant may not; an officer may; and what stands already is not done again.
    let (forbidden, late) = (Rejection::Forbidden, Rejection::OutOfOrder);
    let said = [
        (&owner, 7, Verdict::Rejected(forbidden)),
        (&officer, 8, Verdict::Accepted),
        (&officer, 9, Verdict::Rejected(late)),
    ];
    for (who, dice, expected) in said {
        let tap = step(&filed, dice, accept(&filed));
        let down = who.send(&test, &Up { acts: vec![tap.clone()], ..who.hello() }).await;
        assert_eq!(act_verdict(&down, &tap), Some(expected), "{dice}");
    }
}

#[tokio::test]
async fn what_the_definition_does_not_take_is_turned_back_whatever_the_program_says() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let mut lacking = tenant(&test);
    lacking.answers.remove("address");
    let mut stranger = tenant(&test);
    stranger.version.procedure = "of-nobody".parse().expect("a name");
    for (dice, said) in [(1, lacking), (2, stranger)] {
        let filed = owner.filing([dice; 5], &said);
        let down = owner.send(&test, &owner.carrying([&filed])).await;
        assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Rejected(Rejection::Invalid)));
    }
}

#[tokio::test]
async fn what_belongs_to_an_agency_without_a_desk_here_gets_no_receipt() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let of = |procedure: &&dossier::procedure::Procedure| procedure.id.as_str() == "birth-registration";
    let version = test.office.catalogue.procedures.iter().find(of).expect("a shipped procedure").version();
    let filed = owner.filing([5; 5], &Filing { version, ..tenant(&test) });
    let down = owner.send(&test, &owner.carrying([&filed])).await;
    assert_eq!(act_verdict(&down, &filed.submit), Some(Verdict::Rejected(Rejection::Forbidden)));
    assert!(down.issued.is_none());
}

#[tokio::test]
async fn the_procedures_are_told_to_who_knows_others_and_to_nobody_else() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let told = |known| Up { catalogue: known, ..owner.hello() };
    let down = owner.send(&test, &told(Some(0))).await;
    assert_eq!(down.catalogue.as_ref(), Some(&test.office.catalogue));
    let known = Some(test.office.catalogue.version);
    assert_eq!(owner.send(&test, &told(known)).await.catalogue, None);
    assert_eq!(owner.send(&test, &told(None)).await.catalogue, None, "an older device does not read it");
}

#[tokio::test]
async fn a_dossier_is_no_notice_in_the_figures() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    let notice = owner.notice(6, "Sùng A Páo", "012201005873");
    owner.send(&test, &owner.carrying([&filed, &notice])).await;
    let since = clock::now().plus_minutes(-60);
    let counted = adoption::notices(test.office.store.readers(), since).await.expect("figures");
    assert_eq!(counted[&COMMUNE.0].all, 1);
}
