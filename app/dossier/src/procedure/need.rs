//! What a procedure needs besides its fields: people, consents, papers; what it costs and how long it takes.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::field::{Field, Need};
use super::slug::{FieldKey, PaperKey};
use crate::worded::worded;

worded! {
    /// The agency that is competent.
    Agency {
        /// Công an xã, phường, đặc khu.
        Police = "commune-police" "Công an cấp xã",
        /// Ủy ban nhân dân cấp xã.
        Committee = "commune-committee" "Ủy ban nhân dân cấp xã",
        /// Công an tỉnh, thành phố.
        ProvincePolice = "province-police" "Công an cấp tỉnh",
    }
}

impl Agency {
    /// Cấp thực hiện, in words: what Quyết định công bố thủ tục hành chính names beside each procedure.
    pub fn level(self) -> &'static str {
        match self {
            Agency::Police | Agency::Committee => "Cấp xã",
            Agency::ProvincePolice => "Cấp tỉnh",
        }
    }

    /// The one that works for this commune: "Công an xã Phong Thổ".
    pub fn in_commune(self, commune: &str) -> String {
        match self {
            Agency::Police => format!("Công an {commune}"),
            Agency::Committee => format!("UBND {commune}"),
            Agency::ProvincePolice => self.label().to_owned(),
        }
    }
}

worded! {
    /// By which way a dossier is filed.
    FilingChannel {
        /// Trực tuyến.
        Online = "online" "Trực tuyến",
        /// Trực tiếp.
        InPerson = "in-person" "Trực tiếp tại cơ quan",
        /// Phi địa giới: at the one-stop desk of any commune of the province; it costs what it costs in person.
        AnyCommune = "any-commune" "Tiếp nhận tại bất kỳ xã nào trong tỉnh",
    }
}

worded! {
    /// Who may file.
    Filer {
        /// The person concerned.
        Oneself = "self" "Người có yêu cầu",
        /// Cha, mẹ.
        Parent = "parent" "Cha hoặc mẹ",
        /// Người giám hộ, người đại diện theo pháp luật.
        Guardian = "guardian" "Người giám hộ, người đại diện hợp pháp",
        /// A member for the household.
        Member = "household-member" "Thành viên hộ gia đình",
        /// Chủ sở hữu chỗ ở, người cho thuê.
        Owner = "owner" "Chủ sở hữu chỗ ở, người cho thuê",
        /// The body that runs a dormitory, camp, religious or social facility.
        Facility = "facility" "Cơ quan, tổ chức quản lý chỗ ở",
        /// Ông, bà, người thân thích khác.
        Kin = "kin" "Ông, bà hoặc người thân thích khác",
        /// The representative of a business or organisation.
        Business = "business" "Đại diện cơ sở kinh doanh, tổ chức",
        /// Người được ủy quyền.
        Authorised = "authorised" "Người được ủy quyền",
    }
}

worded! {
    /// Whose consent.
    ConsentKind {
        /// Ý kiến của chủ hộ (CT01, 4).
        Head = "head" "Ý kiến của chủ hộ",
        /// Ý kiến của chủ sở hữu chỗ ở hợp pháp (CT01, 5).
        Owner = "owner" "Ý kiến của chủ sở hữu chỗ ở hợp pháp",
        /// Ý kiến của cha hoặc mẹ hoặc người giám hộ (CT01, 6).
        Parent = "parent" "Ý kiến của cha hoặc mẹ hoặc người giám hộ",
        /// Ý kiến của người được cải chính: a child of nine and older whose name changes.
        Child = "child" "Ý kiến của người được thay đổi họ, tên",
    }
}

worded! {
    /// What a fee is counted by.
    Per {
        /// One for the dossier.
        Filing = "filing" "mỗi hồ sơ",
        /// One for each person in it.
        Person = "person" "mỗi người",
    }
}

worded! {
    /// Why nothing is to be paid (Circular 75/2022/TT-BTC art. 4, from memory; the list was not seen).
    Exemption {
        /// Trẻ em.
        Child = "child" "Trẻ em",
        /// Người cao tuổi.
        Elderly = "elderly" "Người cao tuổi",
        /// Người khuyết tật.
        Disabled = "disabled" "Người khuyết tật",
        /// Người có công với cách mạng.
        Merit = "merit" "Người có công với cách mạng",
        /// Đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn.
        EthnicMinority = "ethnic-minority" "Đồng bào dân tộc thiểu số ở xã có điều kiện kinh tế - xã hội đặc biệt khó khăn",
        /// Công dân thường trú tại xã biên giới.
        BorderCommune = "border-commune" "Công dân thường trú tại xã biên giới",
        /// Công dân thường trú tại huyện đảo.
        Island = "island" "Công dân thường trú tại đặc khu, xã đảo",
        /// Hộ nghèo.
        Poor = "poor" "Công dân thuộc hộ nghèo",
        /// Công dân từ đủ 16 đến dưới 18 tuổi mồ côi cả cha và mẹ.
        Orphan = "orphan" "Công dân từ đủ 16 tuổi đến dưới 18 tuổi mồ côi cả cha và mẹ",
    }
}

worded! {
    /// What the agency hands back.
    ResultForm {
        /// Thông báo về kết quả giải quyết.
        Ct08 = "ct08" "Thông báo về kết quả giải quyết, hủy bỏ đăng ký cư trú (CT08)",
        /// Xác nhận thông tin về cư trú.
        Ct07 = "ct07" "Xác nhận thông tin về cư trú (CT07)",
        /// Phiếu khai báo tạm vắng, with a notice.
        Ct03AndCt08 = "ct03+ct08" "Phiếu khai báo tạm vắng (CT03) và thông báo kết quả (CT08)",
        /// Notice and confirmation.
        Ct08AndCt07 = "ct08+ct07" "Thông báo kết quả (CT08) và Xác nhận thông tin về cư trú (CT07)",
        /// Giấy khai sinh.
        BirthCertificate = "birth-certificate" "Giấy khai sinh",
        /// Trích lục thay đổi, cải chính hộ tịch.
        CivilExtract = "civil-extract" "Trích lục thay đổi, cải chính, bổ sung thông tin hộ tịch",
        /// Giấy chứng nhận đủ điều kiện về an ninh, trật tự.
        SecurityCertificate = "security-certificate" "Giấy chứng nhận đủ điều kiện về an ninh, trật tự",
        /// Giấy chứng nhận đăng ký mẫu con dấu.
        SealCertificate = "seal-certificate" "Giấy chứng nhận đăng ký mẫu con dấu",
        /// Phiếu lý lịch tư pháp.
        CriminalRecord = "criminal-record" "Phiếu lý lịch tư pháp",
        /// Thông báo kết quả điều chỉnh thông tin dân cư.
        PopulationNotice = "population-notice" "Thông báo kết quả cập nhật, chỉnh sửa thông tin dân cư",
        /// Thông báo số định danh cá nhân.
        NumberNotice = "number-notice" "Thông báo số định danh cá nhân",
        /// Tài khoản định danh điện tử mức độ 2.
        Account = "level-2-account" "Tài khoản định danh điện tử mức độ 02",
    }
}

impl ResultForm {
    /// The codes of the papers of the CT series it is made of; `None` for what is no procedure of residence.
    pub const fn codes(self) -> Option<&'static str> {
        match self {
            ResultForm::Ct08 => Some("CT08"),
            ResultForm::Ct07 => Some("CT07"),
            ResultForm::Ct03AndCt08 => Some("CT03, CT08"),
            ResultForm::Ct08AndCt07 => Some("CT08, CT07"),
            ResultForm::BirthCertificate
            | ResultForm::CivilExtract
            | ResultForm::SecurityCertificate
            | ResultForm::SealCertificate
            | ResultForm::CriminalRecord
            | ResultForm::PopulationNotice
            | ResultForm::NumberNotice
            | ResultForm::Account => None,
        }
    }
}

worded! {
    /// When the days begin to count.
    Counting {
        /// From the working day after the complete dossier was received.
        NextWorkingDay = "next-working-day" "Tính từ ngày làm việc tiếp theo",
        /// From the day it was received.
        SameDay = "same-day" "Tính từ ngày tiếp nhận",
        /// What is taken in from 15:00 on counts from the next working day.
        SameDayUntil15 = "same-day-until-15" "Tính từ ngày tiếp nhận; nhận từ 15 giờ thì từ ngày làm việc tiếp theo",
    }
}

/// The table of people of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// The table's heading.
    pub title: String,
    /// What one of them is called: thành viên, người thuê.
    pub one: String,
    /// Its columns.
    pub columns: Vec<Field>,
    /// At least so many.
    pub at_least: u16,
    /// At most so many.
    pub at_most: u16,
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentNeeded {
    /// Whose.
    pub kind: ConsentKind,
    /// When.
    pub need: Need,
    /// What the person agrees to, in plain words.
    pub words: String,
}

/// A paper to be attached as a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperNeeded {
    /// Its name in a filing.
    pub key: PaperKey,
    /// What it is called.
    pub label: String,
    /// One line of help; may be empty.
    pub hint: String,
    /// When.
    pub need: Need,
    /// Most pages.
    pub pages: u16,
}

/// How long the agency has of one filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The ordinary term.
    pub ordinary: Span,
    /// The term once another commune was asked to verify.
    pub verified: Option<Span>,
    /// When the days begin to count.
    pub counting: Counting,
}

/// How long the agency has, case by case. Which case a filing is, its content says: [`super::Procedure::term_of`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The ordinary term.
    pub ordinary: Span,
    /// Another ordinary term, where this holds of the filing.
    pub longer: Option<(Condition, Span)>,
    /// The term once another commune was asked to verify; where there is a longer term, of a filing it holds for.
    pub verified: Option<Span>,
    /// When the days begin to count.
    pub counting: Counting,
    /// Where it is written, and how certain that is.
    pub source: String,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// Giải quyết ngay.
    AtOnce,
    /// Nửa ngày làm việc.
    HalfDay,
    /// Ngày làm việc.
    WorkingDays(u16),
    /// Ngày, of the calendar.
    Days(u16),
}

/// What is to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// Đồng.
    pub dong: u32,
    /// For which way of filing.
    pub channel: FilingChannel,
    /// Counted by what.
    pub per: Per,
    /// Who pays nothing.
    pub exempt: Vec<Exemption>,
    /// Where it is written, and how certain that is.
    pub source: String,
}

/// A period the declarant should keep. It marks a filing, and never stops one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The day it hangs on.
    pub key: FieldKey,
    /// Which way.
    pub period: Period,
    /// The rule in plain words.
    pub words: String,
}

/// A number of days from, or before, a day of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// Within so many days after it.
    Within(u16),
    /// Not earlier than so many days before it, and not after it.
    Before(u16),
}

/// Two days of a form that follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Between {
    /// The first.
    pub from: FieldKey,
    /// The last; not before the first.
    pub until: FieldKey,
    /// Not more than so many years after it.
    pub most_years: Option<u16>,
}

/// Whether another commune may be asked to verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verification {
    /// There is nothing to verify.
    Never,
    /// It may.
    May,
    /// It may unless this holds.
    Unless(Condition),
}
