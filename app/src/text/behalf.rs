//! The ground of filing for somebody else, in words.

use dossier::behalf::{Authorisation, Basis, Consent};

/// One line: who, by what right, how it was said, until when.
pub fn ground(basis: &Basis) -> String {
    match basis {
        Basis::Parent { parent } => {
            format!("{} khai cho con chưa thành niên, không cần ủy quyền", parent.as_str())
        }
        Basis::Guardian { guardian } => {
            format!("{} là người giám hộ, không cần ủy quyền", guardian.as_str())
        }
        Basis::Authorised(given) => {
            format!("{} ủy quyền, {}, đến hết {}", given.giver.as_str(), consent(given), given.until)
        }
    }
}

/// How a person said yes.
pub fn consent(given: &Authorisation) -> String {
    match &given.consent {
        Consent::Signature(_) => "ký trên màn hình".to_owned(),
        Consent::Witness { name, .. } => format!("người làm chứng {}", name.as_str()),
    }
}
