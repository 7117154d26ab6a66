//! Roles in words.

use dossier::access::Role;

/// What a person is called.
pub const fn label(role: Role) -> &'static str {
    match role {
        Role::Owner => "Chủ cơ sở lưu trú",
        Role::Officer => "Cán bộ Công an cấp xã",
        Role::Administrator => "Quản trị",
        Role::Household => "Chủ hộ",
        Role::Tenant => "Người thuê",
        Role::Citizen => "Công dân",
        Role::TeamMember => "Thành viên tổ công nghệ số",
        Role::TeamLeader => "Tổ trưởng tổ công nghệ số",
        Role::Head => "Trưởng Công an cấp xã",
        Role::JusticeOfficer => "Công chức tư pháp, hộ tịch",
        Role::OneStopClerk => "Cán bộ một cửa",
        Role::ProvincialSupervisor => "Người theo dõi cấp tỉnh",
        Role::Integration => "Tài khoản kết nối",
        Role::ProvinceOfficer => "Cán bộ Công an cấp tỉnh",
    }
}
