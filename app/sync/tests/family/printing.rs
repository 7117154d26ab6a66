//! Official forms: fetched from the office when somebody wants one, and kept nowhere.

use dossier::filing::PaperRef;
use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::filing::printed::Printed;
use dossier::id::{DossierId, PaperId};
use dossier::intent::{Answer, Refusal};

use crate::filing::{ask, filed, landlord, office};
use crate::phone::Phone;

fn printed(phone: &mut Phone, office: &mut crate::Office, id: DossierId) -> Answer {
    ask(phone, office, FilingIntent::Print(id, Printed::Ct01))
}

#[test]
fn a_form_comes_from_the_office_and_without_network_the_page_hears_that_it_needs_one() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let id = filed(&mut phone, &mut office);
    let file = b"%PDF-1.7 of somebody".to_vec();
    office.shelf.forms.insert(format!("/api/v1/forms/{id}/ct01"), file.clone());
    let slots = phone.slots.len();
    assert!(printed(&mut phone, &mut office, id) == Answer::Filing(FilingAnswer::Printed(file.clone())));
    assert_eq!(phone.slots.len(), slots, "nothing of it is kept");
    phone.online = false;
    assert!(printed(&mut phone, &mut office, id) == Answer::Refused(Refusal::NeedsNetwork));
    phone.online = true;
    assert!(printed(&mut phone, &mut office, id) == Answer::Filing(FilingAnswer::Printed(file)));
}

#[test]
fn what_is_no_form_or_of_no_dossier_here_is_not_handed_to_the_page() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let id = filed(&mut phone, &mut office);
    assert!(printed(&mut phone, &mut office, id) == Answer::Refused(Refusal::Unknown), "not there yet");
    office.shelf.forms.insert(format!("/api/v1/forms/{id}/ct01"), b"<html>sign in".to_vec());
    assert!(printed(&mut phone, &mut office, id) == Answer::Refused(Refusal::NotOurOffice));
    assert!(printed(&mut phone, &mut office, DossierId([9; 8])) == Answer::Refused(Refusal::Unknown));
}

#[test]
fn a_form_that_was_not_handed_in_is_printed_without_its_pictures_and_kept_nowhere() {
    let mut office = office();
    let mut phone = landlord(&mut office, 1);
    let procedures = dossier::procedure::load::embedded().expect("the shipped files");
    let mut draft = FilingDraft::new(&procedures[0]);
    let paper = "lease".parse().expect("a key");
    draft.papers.insert(PaperId([1; 4]), PaperRef { paper, digest: [1; 32], bytes: 9 });
    let wanted = FilingIntent::PrintDraft(Box::new(draft));
    let printed = |phone: &mut Phone, office: &mut crate::Office| ask(phone, office, wanted.clone());
    let file = b"%PDF-1.7 of nobody yet".to_vec();
    office.shelf.forms.insert("/api/v1/drafts/ct01".to_owned(), file.clone());
    let slots = phone.slots.len();
    assert!(printed(&mut phone, &mut office) == Answer::Filing(FilingAnswer::Printed(file)));
    assert_eq!(phone.slots.len(), slots, "nothing of it is kept");
    phone.online = false;
    assert!(printed(&mut phone, &mut office) == Answer::Refused(Refusal::NeedsNetwork));
}
