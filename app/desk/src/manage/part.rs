//! The parts of the work with people, devices and areas: who sees which, and what each asks the office.

use dossier::access::{Action, Area, Role};
use dossier::manage::Ask;

use super::statistics;
use crate::help::Key;
use app::parts::icon::Icon;

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Tài khoản.
    People,
    /// Chờ duyệt.
    Requests,
    /// Bản và cơ sở.
    Villages,
    /// Thiết bị.
    Devices,
    /// Giữ riêng.
    Aside,
    /// Xác minh.
    Verifications,
    /// Phản ánh, kiến nghị.
    Complaints,
    /// Cơ quan.
    Agencies,
    /// Thống kê lưu trú.
    Figures,
    /// Thống kê hồ sơ.
    Statistics,
    /// Địa bàn.
    Units,
    /// Thủ tục.
    Procedures,
}

impl Part {
    /// All of them, in the order of the side.
    pub const ALL: [Part; 12] = [
        Part::People,
        Part::Requests,
        Part::Villages,
        Part::Devices,
        Part::Aside,
        Part::Verifications,
        Part::Complaints,
        Part::Agencies,
        Part::Figures,
        Part::Statistics,
        Part::Units,
        Part::Procedures,
    ];

    /// Its place in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Part::People => "tai-khoan",
            Part::Requests => "cho-duyet",
            Part::Villages => "ban",
            Part::Devices => "thiet-bi",
            Part::Aside => "giu-rieng",
            Part::Verifications => "xac-minh",
            Part::Complaints => "phan-anh",
            Part::Agencies => "co-quan",
            Part::Figures => "thong-ke",
            Part::Statistics => "thong-ke-ho-so",
            Part::Units => "dia-ban",
            Part::Procedures => "thu-tuc",
        }
    }

    /// The part of a place in the address.
    pub fn of(code: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Its address.
    pub fn address(self) -> String {
        format!("/may/quan-ly/{}", self.code())
    }

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Part::People => "Tài khoản",
            Part::Requests => "Chờ duyệt",
            Part::Villages => "Bản và cơ sở",
            Part::Devices => "Thiết bị",
            Part::Aside => "Giữ riêng",
            Part::Verifications => "Xác minh",
            Part::Complaints => "Phản ánh",
            Part::Agencies => "Cơ quan",
            Part::Figures => "Thống kê lưu trú",
            Part::Statistics => "Thống kê hồ sơ",
            Part::Units => "Địa bàn",
            Part::Procedures => "Thủ tục",
        }
    }

    /// What one row is.
    pub const fn unit(self) -> &'static str {
        match self {
            Part::People => "người",
            Part::Requests => "người chờ",
            Part::Villages => "bản",
            Part::Devices => "máy",
            Part::Aside => "lần gửi",
            Part::Verifications => "phiếu",
            Part::Complaints => "phản ánh",
            Part::Agencies => "cơ quan",
            Part::Figures => "xã",
            Part::Statistics => "dòng",
            Part::Units => "lần thay đổi",
            Part::Procedures => "tệp",
        }
    }

    /// Its picture.
    pub const fn icon(self) -> Icon {
        match self {
            Part::People => Icon::Guests,
            Part::Requests => Icon::Review,
            Part::Villages => Icon::Home,
            Part::Devices => Icon::Here,
            Part::Aside => Icon::Lock,
            Part::Verifications => Icon::Sent,
            Part::Complaints => Icon::Outbox,
            Part::Agencies => Icon::Phone,
            Part::Figures | Part::Statistics => Icon::Signal,
            Part::Units => Icon::Share,
            Part::Procedures => Icon::Book,
        }
    }

    /// Whether it is this role's work.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            // A team leader lets members in by a code; who asks for an account asks the commune.
            Part::Requests => role.may(Action::ManagePeople) && !role.is_team(),
            Part::People | Part::Villages => role.may(Action::ReadPeople),
            Part::Devices => role.may(Action::ManageDevices),
            Part::Aside => role.may(Action::ReviewAside),
            Part::Verifications => role.may(Action::Verify),
            Part::Complaints => role.may(Action::HearComplaints),
            Part::Agencies => role.may(Action::ReadAgency),
            Part::Figures => role.may(Action::ReadFigures),
            Part::Statistics => role.may(Action::ReadDossierFigures),
            Part::Units => role.may(Action::ManageUnits),
            Part::Procedures => role.may(Action::ManageCatalogue),
        }
    }

    /// What it asks the office.
    pub const fn ask(self) -> Ask {
        match self {
            Part::People => Ask::People(None),
            Part::Requests => Ask::Requests,
            Part::Villages => Ask::Villages(None),
            Part::Devices => Ask::Devices(None),
            Part::Aside => Ask::Aside,
            Part::Verifications => Ask::Verifications,
            Part::Complaints => Ask::Complaints,
            Part::Agencies => Ask::Agencies,
            Part::Figures => Ask::Figures,
            Part::Statistics => Ask::Statistics,
            Part::Units => Ask::Mergers,
            Part::Procedures => Ask::Catalogue,
        }
    }

    /// Whether its forms name villages and establishments.
    pub const fn names_places(self) -> bool {
        matches!(self, Part::People | Part::Requests | Part::Villages | Part::Units)
    }

    /// Whether something is added here.
    pub fn adds(self, role: Role) -> Option<&'static str> {
        match self {
            Part::People if role.may(Action::ManagePeople) && role.is_team() => Some("Thêm thành viên"),
            Part::People if role.may(Action::ManagePeople) => Some("Thêm tài khoản"),
            Part::Villages if role.may(Action::ManagePeople) && !role.is_team() => Some("Thêm bản"),
            Part::Units if role.may(Action::ManageUnits) => Some("Nhập sáp nhập"),
            Part::Procedures => Some("Thêm tệp"),
            _ => None,
        }
    }

    /// The names of its columns for this role; the last one is the state.
    pub fn columns(self, role: Role) -> &'static [&'static str] {
        match self {
            Part::People => &["Họ và tên", "Tên đăng nhập", "Vai trò", "Địa bàn", "Điện thoại", "Trạng thái"],
            Part::Requests => &["Họ và tên", "Xin làm", "Cơ sở", "Bản", "Gọi lại", "Gửi lúc"],
            Part::Villages => &["Bản", "Xã", "Cơ sở", "Có tài khoản", "Lần khai cuối", "Trạng thái"],
            Part::Devices => &["Người dùng", "Máy", "Mã máy", "Liên lạc cuối", "Chưa gửi", "Trạng thái"],
            Part::Aside => &["Người dùng", "Máy", "Hồ sơ", "Đến lúc", "Máy ghi lúc", "Trạng thái"],
            Part::Verifications => &["Người được hỏi", "Thủ tục", "Nơi hỏi", "Gửi lúc", "Hạn", "Trạng thái"],
            Part::Complaints => &["Loại", "Nội dung", "Hồ sơ", "Gửi lúc", "Hạn", "Trạng thái"],
            Part::Agencies => &["Cơ quan", "Địa bàn", "Trực ban", "Hộp thư", "Địa chỉ", "Tiếp nhận"],
            Part::Figures => {
                &["Xã", "Cơ sở", "Có tài khoản", "Thông báo 30 ngày", "Có biên nhận", "Nhận đúng hạn"]
            }
            // Who follows a province is told of its communes.
            Part::Statistics if role.fits(Area::Province(0)) => {
                &["Xã", "Tiếp nhận", "Đã giải quyết", "Đúng hạn", "Đang giải quyết", "Trạng thái"]
            }
            Part::Statistics => {
                &["Thủ tục", "Tiếp nhận", "Đã giải quyết", "Đúng hạn", "Đang giải quyết", "Trạng thái"]
            }
            Part::Units => &["Đơn vị cũ", "Đơn vị mới", "Mã mới", "Từ ngày", "", "Trạng thái"],
            Part::Procedures => &["Thủ tục", "Lĩnh vực", "Cơ quan", "Thời hạn", "Từ ngày", "Trạng thái"],
        }
    }

    /// The filters it has: place in the address, name.
    pub const fn chips(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Part::People => &[("cho", "Chưa vào lần nào"), ("khoa", "Đang khóa"), ("to", "Tổ công nghệ số")],
            Part::Villages => &[("chua", "Có cơ sở chưa khai"), ("im", "Có cơ sở im lặng")],
            Part::Devices => {
                &[("im", "Im lặng quá 7 ngày"), ("chua", "Còn chưa gửi"), ("khoa", "Đã thu hồi")]
            }
            Part::Verifications | Part::Complaints => &[("cho", "Chờ trả lời")],
            Part::Statistics => statistics::PERIODS,
            Part::Requests
            | Part::Aside
            | Part::Agencies
            | Part::Figures
            | Part::Units
            | Part::Procedures => &[],
        }
    }
}

impl Part {
    /// What must be known of the list, in one sentence.
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Part::Devices => Some(
                "Mỗi máy đã vào là một phiên đăng nhập; trình duyệt không giữ phiên nào khác. Thu hồi máy là chấm dứt phiên.",
            ),
            Part::Statistics => Some(
                "Không chọn kỳ là năm nay. Tiếp nhận tính theo ngày nộp, giải quyết tính theo ngày có kết quả, đang giải quyết tính hôm nay.",
            ),
            Part::Procedures => Some(
                "Mỗi tệp là một bản của một thủ tục, dùng cho mọi xã của máy chủ này. Bản đã có hiệu lực chỉ được ghi thêm ngày hết hiệu lực; nội dung mới là một tệp mới.",
            ),
            _ => None,
        }
    }
}

/// The keys of a part, as its page lists them.
pub fn keys(part: Part, role: Role) -> Vec<Key> {
    let mut keys: Vec<Key> = vec![
        (&["J", "↓"], "Dòng dưới"),
        (&["K", "↑"], "Dòng trên"),
        (&["Home", "End"], "Dòng đầu, dòng cuối"),
        (&["Enter"], "Mở bên cạnh"),
        (&["Esc"], "Đóng"),
        (&["/"], "Tìm trong danh sách"),
    ];
    match part {
        Part::People => {
            keys.push((&["X", "Space"], "Chọn, bỏ chọn tài khoản: khóa hoặc mở khóa nhiều người một lúc"));
        }
        Part::Requests => keys.push((&["X", "Space"], "Chọn, bỏ chọn yêu cầu: duyệt nhiều người một lúc")),
        _ => {}
    }
    keys.extend(part.adds(role).map(|words| -> Key { (&["N"], words) }));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_own_address_and_six_columns() {
        for part in Part::ALL {
            assert_eq!(Part::of(part.code()), Some(part));
            for role in Role::ALL {
                assert_eq!(part.columns(role).len(), 6, "{}", part.label());
            }
            assert!(part.address().starts_with(app::desk::MANAGE));
        }
        assert_eq!(Part::People.address(), app::desk::PEOPLE);
    }

    #[test]
    fn a_role_sees_what_is_its_work() {
        let of = |role: Role| Part::ALL.into_iter().filter(|part| part.is_for(role)).collect::<Vec<_>>();
        assert_eq!(of(Role::TeamLeader), [Part::People, Part::Villages, Part::Devices]);
        assert_eq!(of(Role::ProvincialSupervisor), [Part::Agencies, Part::Figures, Part::Statistics]);
        assert_eq!(of(Role::JusticeOfficer), [Part::Verifications, Part::Agencies, Part::Statistics]);
        assert_eq!(of(Role::ProvinceOfficer), [Part::Agencies, Part::Statistics]);
        assert!(of(Role::Administrator).contains(&Part::Units) && !of(Role::Head).contains(&Part::Units));
        assert!(of(Role::Owner).is_empty() && of(Role::TeamMember).is_empty());
    }
}
