//! Words of two places: names anybody may have, real places, nobody's address.

/// The words a place uses.
pub struct Words {
    pub surnames: &'static str,
    pub middles: &'static str,
    pub givens: &'static str,
    pub hamlets: &'static str,
    pub communes: &'static str,
    pub provinces: &'static [(&'static str, &'static str)],
    pub notes: &'static str,
}

pub const FOREIGN_FIRST: &str = "Anna,Marie,Thomas,James,Sophie,Lukas,Emma,Julien,Noah,Mia,David,Laura,Pierre,Hans,Chen,\
    Wei,Yuki,Kenji,Minjun,Somchai,Olga,Ivan,Carlos,Lucía,François,Zoë";
pub const FOREIGN_LAST: &str = "Müller,Smith,Dubois,Martin,Schneider,Johnson,Tanaka,Kim,Wang,Li,Garcia,Ivanov,Rossi,\
    Lefèvre,Brown,Jansen,Nielsen,Petrov,Suzuki,Park";
pub const COUNTRIES: &str = "FRA,DEU,USA,GBR,CHN,JPN,KOR,AUS,NLD,RUS,ESP,ITA,THA,CAN";
pub const CARRIERS: &str = "096,097,098,086,032,035,038,091,094,083";

/// Where the dictionary comes from.
pub const LAI_CHAU: Words = Words {
    surnames: "Lò,Giàng,Vàng,Sùng,Thào,Lý,Nguyễn,Trần,Tẩn,Phàn,Chang,Hoàng,Mùa,Hảng,Vừ,Lù,Tao,Pờ,Ly,Lê,Phạm,Vũ,Đỗ,Bùi,Đặng,Hà",
    middles: "A,Thị,Văn,Seo,Minh,Thu,Ngọc,Đức,Hồng,Láo,Mí,Xuân,Quốc,Thanh,Kim,Phương,Tuấn,Gia",
    givens: "Páo,Chỉnh,Dế,Súa,Vảng,Mai,Hoa,Lan,Dũng,Hùng,Tú,Sính,Say,Lử,Pạt,Yến,Hải,Linh,Trang,Toàn,Thắng,Bình,Sơn,\
        Nga,Huệ,Cường,Đạt,Long,Thảo,Vân",
    hamlets: "bản Sin Suối Hồ,bản Sin Câu,bản Chảng Phàng,bản Dền Sung,bản Căn Câu,bản Trung Hồ,bản Sân Bay,bản Nậm Pha,\
        tổ 1,tổ 4,tổ 9,bản Thẳm,bản Tả Lèng,bản Lao Chải,bản Hon,bản Khổng Lao",
    communes: "xã Sin Suối Hồ,xã Phong Thổ,xã Dào San,xã Sì Lở Lầu,xã Khổng Lào,xã Tả Lèng,xã Bản Bo,xã Bình Lư,xã Tân Uyên,\
        xã Than Uyên,xã Mường Kim,xã Sìn Hồ,xã Nậm Hàng,xã Mường Tè,xã Bum Tở,xã Pa Ủ,phường Tân Phong,phường Đoàn Kết",
    provinces: &[
        ("012", "Lai Châu"),
        ("010", "Lào Cai"),
        ("001", "Hà Nội"),
        ("011", "Điện Biên"),
        ("015", "Yên Bái"),
        ("025", "Phú Thọ"),
        ("079", "TP. Hồ Chí Minh"),
        ("031", "Hải Phòng"),
        ("036", "Nam Định"),
        ("038", "Thanh Hóa"),
    ],
    notes: ",,,,Khách đi xe máy,Đến muộn sau 22 giờ,Có trẻ em đi cùng,Khách đặt qua điện thoại,Đã xem giấy tờ bản gốc",
};

/// What is measured: other names and places than the dictionary's, as in the bench's generator.
pub const HA_GIANG: Words = Words {
    surnames: "Nguyễn,Trần,Lê,Phạm,Hoàng,Vàng,Giàng,Sùng,Vừ,Lò,Lý,Thào,Mùa,Hạng,Cứ,Ly,Nông,Hà,Đặng,Triệu,Bàn,Phàn,Chảo,Tẩn,\
        Lù,Xìn,Ma,Quan,Bùi,Đỗ,Vũ,Ngô,Dương,Đinh,Mai,Tô",
    middles: "Văn,Thị,Mí,Seo,A,Đức,Ngọc,Minh,Thu,Hồng,Xuân,Quốc,Thanh,Hữu,Kim,Bích,Tuấn,Gia,Bảo,Mỹ,Phương,Anh,Chí,Láo,Chỉn,Tả",
    givens: "Dũng,Hùng,Sính,Páo,Chứ,Dế,Mai,Lan,Hoa,Huệ,Thắng,Tuyết,Hạnh,Phượng,Khánh,Linh,Trang,Quỳnh,Bình,Cường,Sơn,Tú,Nhung,\
        Yến,Thảo,Vân,Đạt,Long,Lử,Sùng,Mỷ,Và,Say,Tủa,Nủ,Súng,Hòa,Hải,Toàn,Trường,Việt,Nga,Oanh,Ước",
    hamlets: "thôn Lô Lô Chải,thôn Thèn Pả,thôn Cẳng Tằng,thôn Séo Lủng,thôn Má Lủng,thôn Lao Xa,bản Nà Khương,tổ 3,tổ 5,tổ 12,\
        thôn Choản Thèn,thôn Ngải Trồ,xóm Bản Giốc,bản Tả Kố Khừ,thôn Phố Cổ,khu 2",
    communes: "xã Lũng Cú,xã Đồng Văn,xã Sà Phìn,xã Phố Bảng,xã Mèo Vạc,xã Tả Lủng,xã Xín Mần,xã Y Tý,xã Bát Xát,xã Mường Khương,\
        xã Trà Lĩnh,xã Đàm Thủy,xã Sín Thầu,xã Pa Ủ,phường Hà Giang 1,phường Cầu Giấy,phường Bến Thành,phường Hải Châu",
    provinces: &[
        ("002", "Hà Giang"),
        ("004", "Cao Bằng"),
        ("010", "Lào Cai"),
        ("011", "Điện Biên"),
        ("012", "Lai Châu"),
        ("020", "Lạng Sơn"),
        ("001", "Hà Nội"),
        ("079", "TP. Hồ Chí Minh"),
        ("031", "Hải Phòng"),
        ("048", "Đà Nẵng"),
        ("019", "Thái Nguyên"),
        ("024", "Bắc Giang"),
    ],
    notes: ",,,,Đi cùng đoàn xe máy, gửi xe tại nhà chủ,Khách cần phòng tầng trệt,Đến muộn sau 22 giờ,\
        Có trẻ em dưới 6 tuổi đi cùng,Đã xuất trình CCCD bản gốc,Khách đặt qua điện thoại",
};
