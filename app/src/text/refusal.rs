//! Why something was not done: what happened, what to do, what is safe.

use dossier::intent::Refusal;
use dossier::manage::Objection;

/// What a device says that has not met its office for too long.
pub const OVERDUE: &str = "Máy lâu chưa liên lạc với nơi nhận, nên phần đã lưu tạm đóng. Có mạng là mở lại. Vẫn khai được khách mới.";

/// The words of a refusal.
pub fn words(refusal: &Refusal) -> String {
    let words = match refusal {
        Refusal::NeedsNetwork => "Việc này cần có mạng. Mọi thứ trên máy vẫn giữ nguyên.",
        Refusal::NotOurOffice => "Mạng này đòi đăng nhập. Việc của bạn vẫn ở trên máy.",
        Refusal::BadCode => "Mã mời này không còn dùng được. Xin Công an xã mã mới.",
        Refusal::BadPassword => "Tên đăng nhập và mật khẩu chưa khớp. Xem lại rồi thử lần nữa.",
        Refusal::WeakPassword => "Mật khẩu này dễ đoán. Dùng ba, bốn từ ghép lại cho dễ nhớ mà khó đoán.",
        Refusal::WeakPin => "Mã PIN cần 6 số, và không phải dãy dễ đoán như 123456.",
        Refusal::WrongPin { wait: 0 } => "Mã PIN chưa đúng. Không mất gì; thử lại.",
        Refusal::WrongPin { wait } => return format!("Mã PIN chưa đúng. Thử lại sau {}.", seconds(*wait)),
        Refusal::WrongCode { wait: 0 } => "Mã của tổ trưởng chưa đúng. Xem lại từng cụm bốn ký tự.",
        Refusal::WrongCode { wait } => {
            return format!("Mã của tổ trưởng chưa đúng. Thử lại sau {}.", seconds(*wait));
        }
        Refusal::Wait { wait } => {
            return format!("Đã thử nhiều lần. Thử lại sau {}. Không mất gì.", seconds(*wait));
        }
        Refusal::NotKept => "Chưa lưu được. Đừng đóng trang. Xóa bớt ảnh rồi gửi lại.",
        Refusal::Locked => "Máy đang khóa. Mở khóa rồi làm tiếp; phần đã gõ vẫn còn.",
        Refusal::Unknown => "Không thấy thông báo này trên máy.",
        Refusal::Overtaken => "Thông báo này vừa thay đổi. Xem lại rồi bấm lần nữa.",
        Refusal::Forbidden => "Tài khoản này không làm được việc đó. Hỏi Công an xã.",
        Refusal::NeedsReason => "Cần ghi lý do.",
        Refusal::Busy => "Nơi nhận đang bận. Máy sẽ tự thử lại.",
        Refusal::Unasked => {
            "Nơi nhận chưa có tài khoản này nên chưa mở giúp được. Nhớ lại mã PIN, hoặc thêm người dùng rồi xin lại."
        }
        Refusal::Overdue => OVERDUE,
        Refusal::Managed(objection) => objected(*objection),
    };
    words.to_owned()
}

/// Why something about people, devices or areas was not done.
const fn objected(objection: Objection) -> &'static str {
    match objection {
        Objection::Malformed => "Nơi nhận không đọc được nội dung này. Tải lại trang rồi thử lần nữa.",
        Objection::Unknown => "Không thấy, hoặc nằm ngoài địa bàn của bạn.",
        Objection::NotYours => "Vai trò của bạn không giao được việc này.",
        Objection::Taken => "Đã có rồi, hoặc đã có người khác làm trước. Xem lại danh sách.",
        Objection::LastAdministrator => "Đây là người quản trị cuối cùng. Thêm người khác trước đã.",
        Objection::Repeated => "Việc này vừa được ghi rồi. Xem lại danh sách.",
        Objection::Clock => "Giờ trên máy lệch nhiều. Bấm cập nhật rồi thử lại.",
        Objection::OtherCode => "Mã này của đề nghị khác. Xem lại mã người đến mang theo.",
        Objection::Unfit => "Vai trò, địa bàn và ngày chưa khớp nhau. Xem lại.",
    }
}

/// "14 giây", "2 phút".
pub fn seconds(count: u32) -> String {
    if count < 120 { format!("{count} giây") } else { format!("{} phút", count.div_ceil(60)) }
}
