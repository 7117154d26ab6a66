//! What follows on a decided residence dossier, on the landlord's phone.

use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::filing::step::{ReturnWay, Step};
use dossier::intent::{Answer, Refusal};
use dossier::moment::Day;

use crate::filing::{accept, ask, detail, filed, form, key, landlord, office, officer, step};

#[test]
fn a_landlord_renews_without_typing_again_what_the_first_dossier_said() {
    let mut office = office();
    let (mut phone, mut desk) = (landlord(&mut office, 1), officer(&mut office, 2));
    let id = filed(&mut phone, &mut office);
    phone.sync(&mut office);
    let renewal = "temporary-residence-renewal".parse().expect("a procedure");
    let of_renewal = FormOf::New("temporary-residence-renewal".parse().expect("a procedure"));
    assert!(detail(&mut phone, &mut office, id).following.is_empty(), "not before it is decided");

    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    step(&mut desk, &mut office, id, accept(&seen));
    let seen = detail(&mut desk, &mut office, id);
    let (heads, until) = (seen.heads.clone(), Day::from_date(2027, 10, 31));
    let words = "Đã cập nhật thông tin tạm trú".parse().expect("words");
    step(&mut desk, &mut office, id, Step::Decide { heads, words, until });
    step(&mut desk, &mut office, id, Step::HandOver { way: ReturnWay::Electronic });
    phone.sync(&mut office);
    let labels: Vec<String> =
        detail(&mut phone, &mut office, id).following.into_iter().map(|(_, label)| label).collect();
    assert_eq!(labels, ["Gia hạn tạm trú", "Người ở đã chuyển đi"]);

    assert!(ask(&mut phone, &mut office, FilingIntent::Follow(id, renewal)) == Answer::Done);
    let mut draft = form(&mut phone, &mut office, of_renewal.clone());
    assert_eq!(draft.answers.get(&key("name")).map(String::as_str), Some("Lò Văn Mẫn"));
    assert_eq!(draft.answers.get(&key("current-until")).map(String::as_str), Some("2027-10-31"));

    // What has been typed since is not begun anew by another tap.
    draft.answers.insert(key("until"), "2028-10-31".into());
    ask(&mut phone, &mut office, FilingIntent::Keep(Box::new(draft)));
    let again = FilingIntent::Follow(id, "temporary-residence-renewal".parse().expect("a procedure"));
    assert!(ask(&mut phone, &mut office, again) == Answer::Done);
    let draft = form(&mut phone, &mut office, of_renewal);
    assert_eq!(draft.answers.get(&key("until")).map(String::as_str), Some("2028-10-31"));

    let elsewhere = FilingIntent::Follow(id, "seal-registration".parse().expect("a procedure"));
    assert!(ask(&mut phone, &mut office, elsewhere) == Answer::Refused(Refusal::Unknown));
}
