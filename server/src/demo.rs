//! An invented commune to try with: houses and their people, a community team, and the desk. The password of a
//! trial can be read here by everybody, so a trial never listens beyond this machine; a class gets one that is rolled anew.

use std::fmt::Write;

use app::text::role;
use dossier::access::{Area, Grant, Role};
use dossier::id::{AccountId, CommuneCode, EstablishmentId};

use sqlx::SqliteConnection;

use crate::cli::CliError;
use crate::clock;
use crate::code::Code;
use crate::invite;
use crate::office::Office;
use crate::store::account::{self, NewAccount};
use crate::store::commune::{self, CommuneRow};
use crate::store::establishment::{self, EstablishmentRow};
use crate::store::{office, village};

/// The password of every invented account of a trial.
pub const PASSWORD: &str = "suong-tren-dinh-po-ma-lung";

const COMMUNE: CommuneCode = CommuneCode(3394);

/// Another commune of the province, to be asked for verification.
const BESIDE: CommuneCode = CommuneCode(3549);

/// Name, village, kind.
const HOUSES: [(&str, &str, &str); 4] = [
    ("Homestay Hoa Địa Lan", "bản Sin Suối Hồ", "homestay"),
    ("Homestay Suối Mây", "bản Sin Suối Hồ", "homestay"),
    ("Nhà nghỉ Bình Minh", "bản Thèn Sin", "nhà nghỉ"),
    ("Hộ Giàng Thị Chẳn", "bản Sin Suối Hồ", "hộ gia đình"),
];

struct Person {
    login: &'static str,
    name: &'static str,
    role: Role,
    holds: Holds,
}

/// What a role is held for.
#[derive(Clone, Copy)]
enum Holds {
    /// One of [`HOUSES`], by place.
    House(usize),
    /// The village of one of them.
    VillageOf(usize),
    Commune,
    Beside,
    Province,
    Everywhere,
}

const fn person(login: &'static str, name: &'static str, role: Role, holds: Holds) -> Person {
    Person { login, name, role, holds }
}

/// Communes that were merged on 01-07-2025, to merge them again: code, name, house.
const OLD: [(u32, &str, &str); 2] =
    [(3586, "xã Nậm Xe", "Nhà nghỉ Nậm Xe"), (3592, "xã Sin Suối Hồ (cũ)", "Homestay Chợ Phiên")];

const PEOPLE: [Person; 15] = [
    person("hoadialan", "Giàng Thị Mỷ", Role::Owner, Holds::House(0)),
    person("hoadialan2", "Vàng A Chỉnh", Role::Owner, Holds::House(0)),
    person("suoimay", "Hảng Thị Sú", Role::Owner, Holds::House(1)),
    person("binhminh", "Lý Văn Tả", Role::Owner, Holds::House(2)),
    person("congan", "Lò Văn Chung", Role::Officer, Holds::Commune),
    person("phongtho", "Lù Thị Hoa", Role::Officer, Holds::Beside),
    person("tuphap", "Vùi Thị Chính", Role::JusticeOfficer, Holds::Commune),
    person("motcua", "Mùa Thị Say", Role::OneStopClerk, Holds::Commune),
    person("catinh", "Tao Văn Ngọc", Role::ProvinceOfficer, Holds::Province),
    person("truong", "Quàng Văn Phương", Role::Head, Holds::Commune),
    person("totruong", "Vàng Thị Xú", Role::TeamLeader, Holds::VillageOf(0)),
    person("tovien1", "Sùng A Khua", Role::TeamMember, Holds::VillageOf(0)),
    person("tovien2", "Hảng Thị Dợ", Role::TeamMember, Holds::VillageOf(0)),
    person("giamsat", "Đèo Thị Lả", Role::ProvincialSupervisor, Holds::Province),
    person("quantri", "Tẩn Thị Mẩy", Role::Administrator, Holds::Everywhere),
];

/// An account to try with, and a fresh code that does the same on another device.
pub struct Invented {
    login: &'static str,
    what: String,
    code: Code,
}

/// Puts the commune and its people in if they are not there, sets this password again and makes fresh codes.
pub async fn prepare(office: &Office, password: &str) -> Result<Vec<Invented>, CliError> {
    let houses = put_houses(office).await?;
    office.begin_trial();
    let mut invented = Vec::new();
    for person in &PEOPLE {
        let id = put_person(office, person, &houses).await?;
        let hash =
            office.hasher.hash(password.into()).await.map_err(|busy| CliError::Words(busy.to_string()))?;
        let mut transaction = office.store.begin().await?;
        account::set_password(&mut *transaction, id, &hash).await?;
        transaction.commit().await?;
        let what = match person.holds {
            Holds::House(place) => HOUSES[place].0.to_owned(),
            Holds::VillageOf(place) => format!("{}, {}", role::label(person.role), HOUSES[place].1),
            Holds::Beside => format!("{}, xã Phong Thổ", role::label(person.role)),
            Holds::Commune | Holds::Province | Holds::Everywhere => role::label(person.role).to_owned(),
        };
        let what = format!("{what}, {}", person.name);
        invented.push(Invented { login: person.login, what, code: invite::mint(&office.store, id).await? });
    }
    Ok(invented)
}

async fn put_houses(office: &Office) -> Result<Vec<EstablishmentId>, CliError> {
    let known = establishment::list(office.store.readers(), COMMUNE).await?;
    let mut transaction = office.store.begin().await?;
    office::set_demo(&mut *transaction).await?;
    commune::put(&mut *transaction, &invented_commune()).await?;
    commune::put(&mut *transaction, &beside()).await?;
    let mut houses = Vec::new();
    for (name, village, kind) in HOUSES {
        let id = match known.iter().find(|row| row.name == name) {
            Some(row) => EstablishmentId(row.id),
            None => {
                let row = EstablishmentRow {
                    id: 0,
                    commune: COMMUNE.0,
                    name: name.into(),
                    village: village.into(),
                    kind: kind.into(),
                    remote: true,
                    phone: String::new(),
                    address: format!("{village}, xã Sin Suối Hồ, tỉnh Lai Châu"),
                };
                establishment::insert(&mut transaction, &row).await?
            }
        };
        houses.push(id);
    }
    put_beside(&mut transaction).await?;
    for (code, name, house) in OLD {
        put_old(&mut transaction, code, name, house).await?;
    }
    transaction.commit().await?;
    Ok(houses)
}

/// A house of the other commune, unless it has one.
async fn put_beside(db: &mut SqliteConnection) -> Result<(), CliError> {
    if !establishment::list(&mut *db, BESIDE).await?.is_empty() {
        return Ok(());
    }
    let row = EstablishmentRow {
        id: 0,
        commune: BESIDE.0,
        name: "Nhà nghỉ Mường So".into(),
        village: "bản Vàng Pó".into(),
        kind: "nhà nghỉ".into(),
        remote: true,
        phone: String::new(),
        address: "bản Vàng Pó, xã Phong Thổ, tỉnh Lai Châu".into(),
    };
    establishment::insert(db, &row).await?;
    Ok(())
}

/// A commune of before, unless it is known: it may have been merged meanwhile.
async fn put_old(db: &mut SqliteConnection, code: u32, name: &str, house: &str) -> Result<(), CliError> {
    if commune::find(&mut *db, CommuneCode(code)).await?.is_some() {
        return Ok(());
    }
    let row = CommuneRow {
        code,
        name: name.into(),
        agency: format!("Công an {name}"),
        address: String::new(),
        mailbox: String::new(),
        channels: String::new(),
        ..invented_commune()
    };
    commune::put(&mut *db, &row).await?;
    let row = EstablishmentRow {
        id: 0,
        commune: code,
        name: house.into(),
        village: "bản Trung Tâm".into(),
        kind: "homestay".into(),
        remote: true,
        phone: String::new(),
        address: format!("{name}, tỉnh Lai Châu"),
    };
    establishment::insert(db, &row).await?;
    Ok(())
}

fn invented_commune() -> CommuneRow {
    CommuneRow {
        code: COMMUNE.0,
        name: "xã Sin Suối Hồ".into(),
        province: "tỉnh Lai Châu".into(),
        agency: "Công an xã Sin Suối Hồ".into(),
        duty_phone: "0213 000 113".into(),
        standing: None,
        receive_at_once: false,
        remote: true,
        province_code: 12,
        address: "bản Sin Suối Hồ, xã Sin Suối Hồ".into(),
        mailbox: "congan.sinsuoiho@example.vn".into(),
        channels: "Ứng dụng này; trực tiếp tại trụ sở; điện thoại trực ban".into(),
        successor: None,
    }
}

fn beside() -> CommuneRow {
    CommuneRow {
        code: BESIDE.0,
        name: "xã Phong Thổ".into(),
        agency: "Công an xã Phong Thổ".into(),
        duty_phone: "0213 000 549".into(),
        address: String::new(),
        mailbox: String::new(),
        channels: String::new(),
        ..invented_commune()
    }
}

async fn put_person(
    office: &Office,
    person: &Person,
    houses: &[EstablishmentId],
) -> Result<AccountId, CliError> {
    if let Some(row) = account::find_by_login(office.store.readers(), person.login).await? {
        return Ok(row.id());
    }
    let mut transaction = office.store.begin().await?;
    let area = match person.holds {
        Holds::House(place) => Area::Establishment(houses[place]),
        Holds::VillageOf(place) => {
            Area::Village(village::named(&mut transaction, COMMUNE, HOUSES[place].1).await?)
        }
        Holds::Commune => Area::Commune(COMMUNE),
        Holds::Beside => Area::Commune(BESIDE),
        Holds::Province => Area::Province(12),
        Holds::Everywhere => Area::Everywhere,
    };
    let new = NewAccount {
        login: person.login,
        name: person.name,
        commune: if matches!(person.holds, Holds::Beside) { BESIDE } else { COMMUNE },
        grant: Grant { role: person.role, area, from: clock::now().day(), until: None },
        by: None,
        at: clock::now(),
    };
    let id = account::insert(&mut transaction, &new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// What a newcomer reads.
pub fn words(site: &str, password: &str, invented: &[Invented]) -> String {
    let mut text = format!(
        "\nBản Khai — bản dùng thử, mọi người và số điện thoại đều bịa. / A demo with invented people: open the \
         address below, sign in, declare a guest, switch the network off and declare another.\n\n\
         \x20 Địa chỉ:   {site}\n\
         \x20 Mật khẩu:  {password}   (chung cho mọi tài khoản)\n\n\
         \x20 Tên đăng nhập   Mã mời dùng một lần   Là ai\n"
    );
    for one in invented {
        writeln!(text, "  {:<14}  {:<20}  {}", one.login, one.code.to_string(), one.what)
            .expect("a String takes any text");
    }
    text.push_str(
        "\nThử gì:\n\
         \x20 1. Mở địa chỉ trên, đăng nhập “hoadialan”, đặt mã PIN, khai một khách đêm nay.\n\
         \x20 2. Tắt mạng (hoặc dừng máy chủ bằng Ctrl+C), tải lại trang: vẫn mở được, vẫn khai được.\n\
         \x20 3. Bật mạng lại: thông báo tự gửi, biên nhận có mã QR hiện trên thẻ.\n\
         \x20 4. Ở cửa sổ ẩn danh, đăng nhập “congan”: sổ lưu trú của xã đầy dần; bấm tiếp nhận hoặc trả lại.\n\
         \x20 5. “tovien1” là thành viên tổ công nghệ số: khai thay cho một nhà, có ghi ủy quyền, in phiếu theo dõi.\n\
         \x20 6. “hoadialan2” là máy thứ hai của cùng nhà: khai trùng một khách để xem cặp trùng.\n\
         \x20 7. “truong”: tài khoản, chờ duyệt, thiết bị, cơ quan; “totruong”: thành viên của tổ.\n\
         \x20 8. “phongtho” là Công an xã bên: trả lời phiếu xác minh mà “congan” gửi từ một hồ sơ.\n\
         \x20 9. “tuphap”: hồ sơ khai sinh, cải chính hộ tịch của UBND xã, riêng với hồ sơ Công an.\n\
         \x20 10. “motcua” là cán bộ một cửa: nhận hồ sơ mọi thủ tục tại quầy, theo dõi, trả kết quả; “catinh” là Công an tỉnh.\n\
         \x20 11. “quantri”: mục Địa bàn, nhập sáp nhập 03394, 03586, 03592 thành xã Sin Suối Hồ hôm nay.\n\n\
         Dừng: Ctrl+C\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_password_would_pass_at_the_door() {
        for person in &PEOPLE {
            assert!(crate::password::strong(PASSWORD, person.login, person.name), "{}", person.login);
        }
    }
}
