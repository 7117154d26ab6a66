//! Danh mục thủ tục at the desk: read, tried, published while the office runs.

use dossier::access::{Area, Role};
use dossier::manage::{Amended, Ask, CatalogueLine, NewFile, Objection, Told};
use dossier::moment::Day;
use dossier::procedure::load::SHIPPED;
use server::clock;
use sync::request::CallFailure;

use crate::desk::Desk;
use crate::office::COMMUNE;
use crate::{Land, land};

const FILE: &str = "temporary-residence.toml";

fn written(day: Day) -> String {
    let (year, month, date) = day.date();
    format!("{year}-{month:02}-{date:02}")
}

fn file(name: &str, text: &str, publish: bool) -> Ask {
    Ask::Amend(NewFile { name: name.parse().expect("a name"), text: text.to_owned(), publish })
}

impl Land {
    async fn came(&self, desk: &Desk, ask: Ask) -> Amended {
        match desk.ask(&self.test, ask).await {
            Ok(Told::Amended(came)) => came,
            other => panic!("{other:?}"),
        }
    }

    async fn files(&self, desk: &Desk) -> Vec<CatalogueLine> {
        match desk.ask(&self.test, Ask::Catalogue).await {
            Ok(Told::Catalogue(files)) => files,
            other => panic!("{other:?}"),
        }
    }

    async fn text(&self, desk: &Desk) -> String {
        match desk.ask(&self.test, Ask::CatalogueFile(FILE.parse().expect("a name"))).await {
            Ok(Told::CatalogueFile(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    /// How many versions of the procedure the office works by.
    fn versions(&self) -> usize {
        let now = self.test.office.procedures.now();
        now.procedures().iter().filter(|one| one.id.as_str() == "temporary-residence").count()
    }
}

#[tokio::test]
async fn a_new_version_is_tried_published_and_worked_by_at_once() {
    let land = land().await;
    let admin = Desk::of(&land.test, "quantri", Role::Administrator, 90).await;
    let today = clock::now().day();
    assert_eq!(land.files(&admin).await.len(), SHIPPED.len());
    let text = land.text(&admin).await;
    assert_eq!(land.came(&admin, file(FILE, &text, true)).await, Amended::Changes(Vec::new()));

    let begun = text.lines().find(|line| line.starts_with("valid_from")).expect("a first day");
    let ends = text.replace(begun, &format!("{begun}\nvalid_to = \"{}\"", written(today)));
    let Amended::Changes(said) = land.came(&admin, file(FILE, &ends, false)).await else { panic!("bad") };
    assert!(said[0].contains("hết hiệu lực sau ngày"), "{said:?}");
    assert_eq!(land.text(&admin).await, text, "tried is not published");
    land.came(&admin, file(FILE, &ends, true)).await;

    let from = format!("valid_from = \"{}\"", written(today.plus(1)));
    let next = text.replace(begun, &from);
    land.came(&admin, file("temporary-residence-next.toml", &next, true)).await;
    assert_eq!(land.versions(), 2);
    let own: Vec<_> = land.files(&admin).await.into_iter().filter(|one| one.own).collect();
    assert_eq!(own.len(), 2);
    assert_eq!((own[0].until, own[1].from), (Some(today), today.plus(1)));
}

#[tokio::test]
async fn a_bad_file_is_told_by_its_line_and_changes_nothing() {
    let land = land().await;
    let admin = Desk::of(&land.test, "quantri", Role::Administrator, 90).await;
    let text = land.text(&admin).await;
    let bad = text.replace("\"head-is-another\"", "\"head-is-absent\"");
    let Amended::Fault(why) = land.came(&admin, file(FILE, &bad, true)).await else { panic!("taken") };
    assert!(why.starts_with("temporary-residence.toml, line ") && why.contains("head-is-absent"), "{why}");
    let other = text.replace("title = \"Đăng ký tạm trú\"", "title = \"Tên khác\"");
    let Amended::Fault(why) = land.came(&admin, file(FILE, &other, true)).await else { panic!("taken") };
    assert!(why.contains("chỉ được ghi thêm ngày hết hiệu lực"), "what has begun stays: {why}");
    assert_eq!((land.text(&admin).await, land.versions()), (text, 1));
    let nowhere = "khong-co.toml".parse().expect("a name");
    let unknown = admin.ask(&land.test, Ask::CatalogueFile(nowhere)).await;
    assert_eq!(unknown, Err(CallFailure::Objected(Objection::Unknown)));
}

#[tokio::test]
async fn who_administers_one_commune_reads_the_catalogue_of_all_and_publishes_nothing() {
    let land = land().await;
    let one = Desk::at(&land.test, "quantrixa", Role::Administrator, Area::Commune(COMMUNE), 91).await;
    let text = land.text(&one).await;
    let refused = one.ask(&land.test, file(FILE, &text, false)).await;
    assert_eq!(refused, Err(CallFailure::Objected(Objection::NotYours)));
    let head = land.head().await;
    assert_eq!(head.ask(&land.test, Ask::Catalogue).await, Err(CallFailure::Forbidden));
}
