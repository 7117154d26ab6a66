//! What a landlord says of a tenant: a residence dossier the shipped procedure takes.

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
