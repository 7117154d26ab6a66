//! How long the agency has, by what the dossier says, as the desk shows it.

use dossier::filing::example::example;
use dossier::filing::intent::FilingIntent;
use dossier::intent::Answer;
use dossier::moment::Day;
use dossier::procedure::load::embedded;

use crate::filing::{accept, ask, detail, key, landlord, office, officer, step};

#[test]
fn the_slip_and_the_card_of_who_is_in_no_database_say_thirty_days() {
    let mut office = office();
    let (mut phone, mut desk) = (landlord(&mut office, 1), officer(&mut office, 2));
    let all = embedded().expect("the shipped files");
    let procedure = all.iter().find(|one| one.id.as_str() == "residence-declaration").expect("a shipped one");
    let mut draft = example(procedure, phone.now);
    for (known, due) in [("co", (2026, 12, 1)), ("khong", (2026, 12, 24))] {
        draft.answers.insert(key("in-data"), known.into());
        let intent = FilingIntent::Submit(Box::new(draft.clone()));
        let Answer::Saved(id) = ask(&mut phone, &mut office, intent) else { panic!("not saved") };
        phone.sync(&mut office);
        desk.sync(&mut office);
        let due = Day::from_date(due.0, due.1, due.2).expect("a day");
        let seen = detail(&mut desk, &mut office, id);
        assert_eq!(seen.appointment, due, "{known}");
        step(&mut desk, &mut office, id, accept(&seen));
        let clock = detail(&mut desk, &mut office, id).card.clock.expect("accepted");
        assert_eq!((clock.due, clock.appointed), (Some(due), due), "{known}");
    }
}
