//! What a landlord says of a tenant, and what somebody says whose name was written down wrongly: dossiers the shipped
//! procedures take.

use dossier::filing::Filing;
use dossier::procedure::{ConsentKind, FieldKey};
use server::clock;

use crate::office::TestOffice;

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

const WRONG_NAME: [(&str, &str); 15] = [
    ("filer-name", "Hảng A Xà"),
    ("filer-number", "012080000129"),
    ("filer-address", "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"),
    ("kinship", "cha"),
    ("name", "Hảng A Lù"),
    ("birth", "2001-03-09"),
    ("sex", "nam"),
    ("number", "012201004318"),
    ("record", "khai-sinh"),
    ("record-place", "UBND xã Sin Suối Hồ"),
    ("change", "ho-ten"),
    ("old-value", "Hảng A Lú"),
    ("new-value", "Hảng A Lù"),
    ("cause", "Giấy khai sinh ghi sai dấu"),
    ("return", "dien-tu"),
];

const RECORD: [(&str, &str); 11] = [
    ("name", "Lò Văn Mẫn"),
    ("birth", "2001-03-09"),
    ("sex", "nam"),
    ("number", "012201004318"),
    ("birth-place", "Xã Phong Thổ, tỉnh Lai Châu"),
    ("address", "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu"),
    ("residence-history", "2015 đến nay: bản Sin Suối Hồ, làm nương"),
    ("sheet", "so-1"),
    ("purpose", "Xin việc làm"),
    ("copies", "1"),
    ("return", "dien-tu"),
];

/// A filing of this procedure with these answers.
pub fn filled(test: &TestOffice, procedure: &str, answers: &[(&str, &str)]) -> Filing {
    let of = |one: &&dossier::procedure::Procedure| one.id.as_str() == procedure;
    let published = test.office.procedures.now();
    let procedure = published.procedures().iter().find(of).expect("a shipped procedure");
    let mut filing = Filing::new(procedure.version());
    let key = |name: &str| name.parse::<FieldKey>().expect("a key");
    filing.answers = answers.iter().map(|(name, value)| (key(name), (*value).to_owned())).collect();
    filing
}

/// What is asked of the commune's People's Committee: a name put right.
pub fn wrong_name(test: &TestOffice) -> Filing {
    let mut filing = filled(test, "civil-status-correction", &WRONG_NAME);
    filing.originals.insert("proof".parse().expect("a key"));
    filing
}

/// What is asked of the police of the province: a criminal record.
pub fn record(test: &TestOffice) -> Filing {
    filled(test, "criminal-record", &RECORD)
}

/// What a landlord says of a tenant.
pub fn tenant(test: &TestOffice) -> Filing {
    let mut filing = filled(test, "temporary-residence", &TENANT);
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
