//! Filing for somebody else, in words.

use dossier::behalf::{Authorisation, Basis, BehalfError, BehalfFault, BehalfField, Consent};
use dossier::paper::PaperError;

use super::{fault, paper};

/// One line: who, by what right, how it was said, until when.
pub fn ground(basis: &Basis) -> String {
    match basis {
        Basis::Parent { parent } => format!("{parent} khai cho con chưa thành niên, không cần ủy quyền"),
        Basis::Guardian { guardian } => format!("{guardian} là người giám hộ, không cần ủy quyền"),
        Basis::Authorised(given) => {
            format!("{} ủy quyền, {}, đến hết {}", given.giver, consent(given), given.until)
        }
    }
}

/// How a person said yes.
fn consent(given: &Authorisation) -> String {
    match &given.consent {
        Consent::Signature(_) => "ký trên màn hình".to_owned(),
        Consent::Witness { name, .. } => format!("người làm chứng {name}"),
        Consent::Code(_) => "đọc mã đồng ý".to_owned(),
    }
}

/// The signature that was drawn, if one was.
pub fn strokes(basis: &Basis) -> Option<Vec<Vec<(u8, u8)>>> {
    match basis {
        Basis::Authorised(Authorisation { consent: Consent::Signature(signature), .. }) => {
            Some(signature.strokes().to_vec())
        }
        _ => None,
    }
}

/// The element a fault links to.
pub const fn anchor(field: BehalfField) -> &'static str {
    match field {
        BehalfField::House => "cho-nha",
        BehalfField::Giver => "khai-cho",
        BehalfField::GiverNumber => "so-nguoi-uy-quyen",
        BehalfField::Days => "han-uy-quyen",
        BehalfField::Witness => "nguoi-lam-chung",
        BehalfField::WitnessNumber => "so-nguoi-lam-chung",
        BehalfField::Signature => "chu-ky",
        BehalfField::Code => "ma-dong-y",
    }
}

/// The words of a fault.
pub fn words(found: &BehalfFault) -> String {
    match found {
        BehalfFault::Missing(at) => missing(*at).to_owned(),
        BehalfFault::Name(_, error) => fault::name(*error),
        BehalfFault::Number(_, error) => paper::error(PaperError::PersonalNumber(*error)),
        BehalfFault::Record(_, error) => record(*error).to_owned(),
    }
}

fn missing(at: BehalfField) -> &'static str {
    match at {
        BehalfField::House => "Chọn nhà cần khai.",
        BehalfField::Giver => "Ghi họ và tên người được khai thay.",
        BehalfField::Witness => "Ghi họ và tên người làm chứng.",
        BehalfField::GiverNumber | BehalfField::WitnessNumber => "Ghi số định danh, hoặc để trống.",
        BehalfField::Days => "Chọn ủy quyền trong mấy ngày.",
        BehalfField::Signature => "Mời người ủy quyền ký.",
        BehalfField::Code => "Ghi mã đồng ý người đó đọc.",
    }
}

/// Why a record of authorisation cannot stand, or not for this.
pub fn record(error: BehalfError) -> &'static str {
    match error {
        BehalfError::NoSignature => "Chưa có chữ ký. Mời người ủy quyền ký, hoặc chọn người làm chứng.",
        BehalfError::TooMuch => "Nét ký nhiều quá. Bấm Ký lại rồi ký gọn hơn.",
        BehalfError::Term => "Ủy quyền được từ 1 đến 365 ngày.",
        BehalfError::Matter => "Ủy quyền này cho việc khác.",
        BehalfError::Code => "Mã đồng ý có 8 số. Nghe lại rồi ghi.",
        BehalfError::OfAge => {
            "Cha, mẹ chỉ khai thay con chưa đủ 18 tuổi. Trong hồ sơ có người đã đủ 18 tuổi: cần ủy quyền."
        }
        BehalfError::NotTheirs => "Thủ tục này cha, mẹ, người giám hộ không khai thay. Cần ủy quyền.",
        BehalfError::OwnWitness => "Người khai hộ không tự làm chứng được. Mời người khác.",
    }
}
