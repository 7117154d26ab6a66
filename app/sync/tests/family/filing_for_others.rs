//! A team member files a residence dossier at a villager's door, an officer one at the counter: each on a recorded
//! ground, through the real machines.

use dossier::access::Role;
use dossier::act::{Act, Channel};
use dossier::behalf::{BehalfDraft, BehalfFault, BehalfField, Matter};
use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::{FilingAnswer, FilingIntent, QueueQuery};
use dossier::filing::view::{FilingCard, FilingState};
use dossier::id::{DossierId, EstablishmentId};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::procedure::Agency;
use dossier::view::House;

use crate::Office;
use crate::filing::{ask, detail, filled, office, officer};
use crate::office::house;
use crate::on_behalf::witnessed;
use crate::phone::Phone;

fn helper(office: &mut Office) -> Phone {
    let mut tablet = Phone::new(5, Role::TeamMember);
    tablet.enrol(office);
    tablet.sync(office);
    tablet
}

/// The ground said, the form filled in with it.
fn grounded(device: &mut Phone, office: &mut Office) -> FilingDraft {
    let draft = filled(device, office);
    let ground = FilingIntent::KeepGround(draft.version.procedure.clone(), Box::new(witnessed()));
    assert!(ask(device, office, ground) == Answer::Done);
    draft
}

fn filings(device: &Phone) -> Vec<FilingCard> {
    device.view().home.expect("a home").filings
}

fn saved(answer: Answer) -> DossierId {
    let Answer::Saved(id) = answer else { panic!("saved") };
    id
}

fn submit(device: &mut Phone, office: &mut Office, draft: &FilingDraft) -> Answer {
    ask(device, office, FilingIntent::Submit(Box::new(draft.clone())))
}

#[test]
fn a_dossier_for_a_villager_goes_with_its_ground_without_network_and_comes_back_with_a_receipt() {
    let mut office = office();
    let mut tablet = helper(&mut office);
    tablet.online = false;
    let draft = grounded(&mut tablet, &mut office);
    let id = saved(submit(&mut tablet, &mut office, &draft));
    let shown = detail(&mut tablet, &mut office, id);
    assert_eq!(shown.card.state, FilingState::SavedHere);
    let slip = shown.behalf.expect("the ground, and the code on the slip");
    assert!(!slip.tracking.is_empty());

    tablet.online = true;
    tablet.sync(&mut office);
    let shown = detail(&mut tablet, &mut office, id);
    assert!(shown.receipt.is_some() && shown.owns);
    assert_eq!(shown.behalf.map(|behalf| behalf.tracking), Some(slip.tracking), "the slip stays true");
    assert_eq!(shown.channel, Some(Channel::Team));
    let matters: Vec<Matter> = office.known[&id]
        .acts
        .iter()
        .filter_map(|ordered| match &ordered.recorded.act {
            Act::OnBehalf { basis, .. } => match &**basis {
                dossier::behalf::Basis::Authorised(given) => Some(given.matter),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(matters, [Matter::Filing]);

    // The officer sees for whom, by whom and on what ground.
    let mut desk = officer(&mut office, 3);
    desk.sync(&mut office);
    let at_desk = detail(&mut desk, &mut office, id);
    assert_eq!(
        at_desk.behalf.map(|behalf| behalf.basis.principal().to_string()),
        Some("Giàng Thị Chẳn".to_owned())
    );
    assert!(at_desk.decides);
}

#[test]
fn without_a_sound_ground_no_dossier_is_kept_and_what_is_wrong_is_told() {
    let mut office = office();
    let mut tablet = helper(&mut office);
    let draft = filled(&mut tablet, &mut office);
    let Answer::BehalfFaults(faults) = submit(&mut tablet, &mut office, &draft) else { panic!("faults") };
    assert_eq!(faults[0], BehalfFault::Missing(BehalfField::House));
    assert!(filings(&tablet).is_empty());
}

#[test]
fn the_next_villager_says_yes_anew() {
    let mut office = office();
    let mut tablet = helper(&mut office);
    let draft = grounded(&mut tablet, &mut office);
    saved(submit(&mut tablet, &mut office, &draft));
    let next = filled(&mut tablet, &mut office);
    assert!(matches!(submit(&mut tablet, &mut office, &next), Answer::BehalfFaults(_)));
    let mut unsaid = next.clone();
    unsaid.answers.insert("name".parse().expect("a key"), "Vàng A Chỉnh".into());
    let ground = BehalfDraft { giver: "Vàng A Chỉnh".into(), ..witnessed() };
    ask(&mut tablet, &mut office, FilingIntent::KeepGround(next.version.procedure.clone(), Box::new(ground)));
    saved(submit(&mut tablet, &mut office, &unsaid));
    tablet.sync(&mut office);
    assert_eq!(filings(&tablet).len(), 2);
    assert!(filings(&tablet).iter().all(|card| matches!(card.state, FilingState::AtOffice { .. })));
}

#[test]
fn a_ground_said_for_a_stay_notice_lets_nobody_file_a_dossier() {
    let mut office = office();
    let mut tablet = helper(&mut office);
    assert!(tablet.ask(&mut office, Intent::KeepBehalf(witnessed())) == Answer::Done);
    let draft = filled(&mut tablet, &mut office);
    assert!(matches!(submit(&mut tablet, &mut office, &draft), Answer::BehalfFaults(_)));
}

#[test]
fn an_officer_files_a_dossier_for_a_person_at_the_counter() {
    let mut office = office();
    let mut desk = officer(&mut office, 3);
    desk.sync(&mut office);
    let draft = grounded(&mut desk, &mut office);
    let id = saved(submit(&mut desk, &mut office, &draft));
    desk.sync(&mut office);
    let shown = detail(&mut desk, &mut office, id);
    assert_eq!(shown.channel, Some(Channel::Counter));
    assert!(shown.receipt.is_some() && shown.decides && shown.behalf.is_some());
}

#[test]
fn an_owner_records_no_ground_for_their_own_dossier() {
    let mut office = office();
    let mut phone = crate::filing::landlord(&mut office, 1);
    phone.sync(&mut office);
    let draft = filled(&mut phone, &mut office);
    let procedure = draft.version.procedure.clone();
    let refused = Answer::Refused(Refusal::Forbidden);
    assert!(ask(&mut phone, &mut office, FilingIntent::LoadGround(procedure)) == refused);
    let id = saved(submit(&mut phone, &mut office, &draft));
    assert!(detail(&mut phone, &mut office, id).behalf.is_none());
}

fn at_counter(office: &mut Office, seed: u8, role: Role) -> Phone {
    let mut desk = Phone::new(seed, role);
    desk.enrol(office);
    desk.sync(office);
    desk
}

fn offered(desk: &mut Phone, office: &mut Office) -> Vec<Agency> {
    let Answer::Filing(FilingAnswer::Procedures(all)) = ask(desk, office, FilingIntent::Procedures) else {
        panic!("procedures")
    };
    all.into_iter().map(|procedure| procedure.agency).collect()
}

#[test]
fn each_counter_offers_what_is_taken_in_there() {
    let mut office = office();
    let by_hand =
        office.catalogue.procedures.iter().filter(|procedure| procedure.is_received_by_hand()).count();
    assert!(
        by_hand < office.catalogue.procedures.len(),
        "some are filed online alone (Decree 154/2024/NĐ-CP)"
    );
    let mut clerk = at_counter(&mut office, 3, Role::OneStopClerk);
    assert_eq!(offered(&mut clerk, &mut office).len(), by_hand);
    let mut justice = at_counter(&mut office, 4, Role::JusticeOfficer);
    let civil = offered(&mut justice, &mut office);
    assert!(civil.len() >= 3 && civil.iter().all(|agency| *agency == Agency::Committee), "{civil:?}");
    let mut police = at_counter(&mut office, 6, Role::Officer);
    assert!(offered(&mut police, &mut office).iter().all(|agency| *agency == Agency::Police));
}

#[test]
fn a_clerk_takes_in_a_dossier_sees_where_it_lies_and_files_no_stay_notice() {
    let mut office = office();
    let mut clerk = at_counter(&mut office, 3, Role::OneStopClerk);
    let draft = grounded(&mut clerk, &mut office);
    let id = saved(submit(&mut clerk, &mut office, &draft));
    clerk.sync(&mut office);
    let shown = detail(&mut clerk, &mut office, id);
    assert_eq!(shown.channel, Some(Channel::Counter));
    assert!(shown.receipt.is_some() && shown.behalf.is_some());
    let query = Box::new(QueueQuery { limit: 10, ..QueueQuery::default() });
    let Answer::Filing(FilingAnswer::Queue(page)) = ask(&mut clerk, &mut office, FilingIntent::Queue(*query))
    else {
        panic!("a table")
    };
    let rows: Vec<_> = page.rows.iter().map(|row| (row.card.dossier, row.agency, row.one_stop)).collect();
    assert_eq!(rows, [(id, Agency::Police, true)]);
    let notice = Intent::SubmitFor(Default::default());
    assert!(clerk.ask(&mut office, notice) == Answer::Refused(Refusal::Forbidden));
}

#[test]
fn a_clerk_is_offered_another_commune_only_where_it_is_received_anywhere_and_is_told_who_decides() {
    let mut office = office();
    let beside = House { id: EstablishmentId(99), name: "Nhà khác trong bản".into(), ..house() };
    let beside = House { village: "bản Vàng Pó".into(), ..beside }.seen_from_elsewhere("xã Phong Thổ");
    office.houses.push(beside.clone());
    let mut clerk = at_counter(&mut office, 3, Role::OneStopClerk);
    let offered = |clerk: &mut Phone, office: &mut Office, slug: &str| {
        let ground = FilingIntent::LoadGround(slug.parse().expect("a procedure"));
        let Answer::Behalf(_, houses) = ask(clerk, office, ground) else { panic!("a ground") };
        houses.iter().filter_map(|house| house.elsewhere().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(offered(&mut clerk, &mut office, "temporary-residence"), ["xã Phong Thổ"]);
    assert!(offered(&mut clerk, &mut office, "residence-declaration").is_empty());

    clerk.online = false;
    let draft = grounded(&mut clerk, &mut office);
    let there = BehalfDraft { house: Some(beside.id), ..witnessed() };
    let ground = FilingIntent::KeepGround(draft.version.procedure.clone(), Box::new(there));
    assert!(ask(&mut clerk, &mut office, ground) == Answer::Done);
    let id = saved(submit(&mut clerk, &mut office, &draft));
    let card = detail(&mut clerk, &mut office, id).card;
    assert_eq!(card.elsewhere.map(|elsewhere| elsewhere.decides).as_deref(), Some("Công an xã Phong Thổ"));
}
