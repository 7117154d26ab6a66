//! Filled forms of invented people.

use print::forms::{Issue, Signed, authorisation, ct01, ct03, ct04, ct05, ct06, ct07, ct08};
use print::{Sheet, Signature};

fn s(text: &str) -> String {
    text.to_owned()
}

fn drawn(shift: u16) -> Signature {
    let wave = (0..40).map(|step| {
        let down = 48.0 + 30.0 * (f32::from(step + shift) * 0.55).sin() * (1.0 - f32::from(step) / 55.0);
        (20 + step * 5, down as u16)
    });
    Signature(vec![wave.collect(), vec![(30, 82), (120, 74), (226, 80)]])
}

fn signed(name: &str, words: &str, shift: u16) -> Signed {
    let place_and_date = s("Sin Suối Hồ, ngày 06 tháng 7 năm 2026");
    Signed { place_and_date, words: s(words), signature: drawn(shift), name: s(name), under: Vec::new() }
}

fn officer() -> Signed {
    Signed { name: s("Đại úy Lò Văn Thử"), ..Signed::default() }
}

fn head() -> Signed {
    Signed { name: s("Thượng tá Quàng Văn Mẫu"), ..Signed::default() }
}

fn issue(number: &str) -> Issue {
    Issue {
        above: s("CÔNG AN TỈNH LAI CHÂU"),
        agency: s("CÔNG AN XÃ SIN SUỐI HỒ"),
        number: s(number),
        place_and_date: s("Sin Suối Hồ, ngày 06 tháng 7 năm 2026"),
    }
}

const NAME: &str = "HẢNG THỊ MẪU";
const NUMBER: &str = "012190000001";
const HOME: &str = "Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu";
const DOSSIER: &str = "BK-LC-SSH-000482";
const PROCEDURE: &str = "Đăng ký tạm trú";

/// CT01 with three members and three consents.
pub fn ct01() -> Sheet {
    let member = |name: &str, born: &str, sex: &str, number: &str, relation: &str| ct01::Member {
        name: s(name),
        born: s(born),
        sex: s(sex),
        number: s(number),
        relation: s(relation),
    };
    ct01::sheet(
        &ct01::Ct01 {
            to: s("Công an xã Sin Suối Hồ, tỉnh Lai Châu"),
            name: s(NAME),
            born: s("12/3/1990"),
            sex: s("Nữ"),
            number: s(NUMBER),
            phone: s("0900 000 001"),
            email: String::new(),
            head: s("VÀNG A THỬ"),
            relation: s("ở thuê"),
            head_number: s("012088000002"),
            request: s(
                "Đăng ký tạm trú tại bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu (trước đây: xã Sin Suối Hồ, huyện Phong Thổ) từ ngày 10/7/2026 đến ngày 09/7/2028",
            ),
            members: vec![
                member("GIÀNG A MẪU", "04/9/1988", "Nam", "012088000003", "ở thuê"),
                member("GIÀNG THỊ NGUYỄN PÀ CHÚA MẪU", "21/01/2012", "Nữ", "012312000004", "ở thuê"),
                member("GIÀNG A CHƯ", "30/11/2018", "Nam", "012218000005", "ở thuê"),
            ],
            head_consent: signed("Vàng A Thử", "Đồng ý cho tạm trú", 0),
            owner_consent: signed("Vàng A Thử", "Đồng ý cho thuê nhà", 7),
            parent_consent: signed("Hảng Thị Mẫu", "Đồng ý", 3),
            declarant: signed("Hảng Thị Mẫu", "", 5),
        },
        false,
    )
}

/// A temporary absence, whose decision no head has signed yet.
pub fn ct03() -> Sheet {
    ct03::sheet(
        &ct03::Ct03 {
            issue: issue("07/TV"),
            dossier: s(DOSSIER),
            name: s(NAME),
            born: s("12/3/1990"),
            number: s(NUMBER),
            home: s(HOME),
            reason: s("Đi làm công nhân"),
            from: s("10/7/2026"),
            until: s("09/7/2028"),
            destination: s("Khu nhà ở công nhân, phường Kinh Bắc, tỉnh Bắc Ninh"),
            declarant: Signed { name: s("Hảng Thị Mẫu"), ..Signed::default() },
            signed: Signed::default(),
        },
        false,
    )
}

pub fn ct04() -> Sheet {
    ct04::sheet(
        &ct04::Ct04 {
            issue: issue("48/TNHS"),
            dossier: s(DOSSIER),
            filer: s(NAME),
            filer_number: s(NUMBER),
            address: s(HOME),
            phone: s("0900 000 001"),
            procedure: s(PROCEDURE),
            elsewhere: None,
            papers: vec![s("Tờ khai thay đổi thông tin cư trú (CT01)"), s("Hợp đồng thuê nhà (bản chụp)")],
            originals: vec![s("Giấy khai sinh của con")],
            received: s("08 giờ 15 phút, ngày 06 tháng 7 năm 2026"),
            promised: s("17 giờ 00 phút, ngày 09 tháng 7 năm 2026"),
            way: s("Nhận trực tiếp tại cơ quan tiếp nhận"),
            fee: s("Miễn lệ phí (công dân thường trú tại xã biên giới)"),
            filer_signed: Signed { name: s("Hảng Thị Mẫu"), signature: drawn(5), ..Signed::default() },
            officer: officer(),
            code: s("BK1.LC-SSH-000482"),
        },
        false,
    )
}

pub fn ct05() -> Sheet {
    ct05::sheet(
        &ct05::Ct05 {
            issue: issue("12/HDHS"),
            dossier: s(DOSSIER),
            filer: s(NAME),
            filer_number: s(NUMBER),
            address: s(HOME),
            procedure: s(PROCEDURE),
            items: vec![
                s("Ảnh chụp hợp đồng thuê nhà bị mờ ở trang 2: chụp lại trang 2."),
                s("Mục 9: số định danh cá nhân của chủ hộ còn thiếu."),
            ],
            due: s("13 tháng 7 năm 2026"),
            officer: officer(),
        },
        false,
    )
}

pub fn ct06() -> Sheet {
    ct06::sheet(
        &ct06::Ct06 {
            issue: issue("03/TC"),
            dossier: s(DOSSIER),
            filer: s(NAME),
            filer_number: s(NUMBER),
            address: s(HOME),
            procedure: s(PROCEDURE),
            reason: s("Chỗ ở đề nghị đăng ký tạm trú thuộc địa điểm không được đăng ký tạm trú mới."),
            ground: s("Khoản 4 Điều 27 Luật Cư trú"),
            filer_signed: Signed::default(),
            signed: head(),
        },
        false,
    )
}

pub fn ct07() -> Sheet {
    ct07::sheet(
        &ct07::Ct07 {
            issue: issue("77/XN"),
            name: s(NAME),
            born: s("12/3/1990"),
            sex: s("Nữ"),
            number: s(NUMBER),
            ethnicity: s("Mông"),
            religion: s("Không"),
            nationality: s("Việt Nam"),
            origin: s(HOME),
            permanent: s(HOME),
            temporary: String::new(),
            present: s(HOME),
            head: s("GIÀNG A MẪU"),
            relation: s("Vợ"),
            head_number: s("012088000003"),
            members: vec![ct07::Member {
                name: s("GIÀNG A CHƯ"),
                born: s("30/11/2018"),
                sex: s("Nam"),
                number: s("012218000005"),
                relation: s("Con đẻ"),
            }],
            other: s("Bản Sin Suối Hồ trước đây thuộc huyện Phong Thổ"),
            valid_until: s("06 tháng 7 năm 2027"),
            signed: head(),
            code: s("BANKHAI-KQ1:AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYUCULBOGAZDINRYHI6D4"),
        },
        false,
    )
}

pub fn ct08() -> Sheet {
    ct08::sheet(
        &ct08::Ct08 {
            issue: issue("91/TB"),
            dossier: s(DOSSIER),
            person: s("Bà Hảng Thị Mẫu"),
            number: s(NUMBER),
            procedure: s(PROCEDURE),
            result: s("Đã đăng ký tạm trú cho bà Hảng Thị Mẫu và 03 người cùng thay đổi"),
            from: s("10 tháng 7 năm 2026"),
            until: s("09 tháng 7 năm 2028"),
            address: s(HOME),
            ground: s("Điều 27, Điều 28 Luật Cư trú"),
            signed: head(),
            code: s("BANKHAI-KQ1:AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYUCULBOGAZDINRYHI6D4"),
        },
        false,
    )
}

pub fn authorisation() -> Sheet {
    let side =
        |name: &str, number: &str| authorisation::Side { name: s(name), number: s(number), address: s(HOME) };
    authorisation::sheet(
        &authorisation::Authorisation {
            from: side(NAME, NUMBER),
            to: side("VÀNG THỊ VÍ DỤ", "012195000006"),
            procedure: s(PROCEDURE),
            given: s("Ký trên màn hình, có người làm chứng"),
            until: s("31 tháng 7 năm 2026"),
            from_signed: signed("Hảng Thị Mẫu", "", 5),
            to_signed: signed("Vàng Thị Ví Dụ", "", 1),
            witness: Signed::default(),
        },
        true,
    )
}

/// Every sample with its name.
pub fn all() -> Vec<(&'static str, Sheet)> {
    vec![
        ("ct01", ct01()),
        ("ct03", ct03()),
        ("ct04", ct04()),
        ("ct05", ct05()),
        ("ct06", ct06()),
        ("ct07", ct07()),
        ("ct08", ct08()),
        ("authorisation", authorisation()),
    ]
}
