//! `bankhai admin …`: communes, establishments, people, invitations and devices, by command line.

mod list;
mod person;

use std::io::Write;

use clap::{Args, Subcommand};
use dossier::access::{Area, Grant, Role};
use dossier::id::{CommuneCode, DeviceHandle, EstablishmentId};

use crate::cli::{CliError, PlaceArgs, StandingArg};
use crate::invite;
use crate::premises::Premises;
use crate::store::account::NewAccount;
use crate::store::commune::CommuneRow;
use crate::store::establishment::EstablishmentRow;
use crate::store::{account, commune, device, establishment};
use crate::territory::province_of;
use crate::{clock, epoch};

/// What an administrator asks for.
#[derive(Subcommand)]
pub enum AdminCommand {
    /// Adds a commune or replaces what is known about it.
    #[command(about = "Thêm hoặc sửa một xã, phường, đặc khu")]
    Commune(CommuneArgs),
    /// Adds an establishment.
    #[command(about = "Thêm một cơ sở lưu trú")]
    Establishment(EstablishmentArgs),
    /// Adds a person who declares for an establishment.
    #[command(about = "Thêm người khai cho một cơ sở lưu trú, in mã mời")]
    Owner {
        /// The establishment.
        #[arg(help = "Số của cơ sở lưu trú (xem: admin list)")]
        establishment: u32,
        /// The person.
        #[command(flatten)]
        person: PersonArgs,
    },
    /// Adds an officer.
    #[command(about = "Thêm cán bộ Công an cấp xã, in mã mời")]
    Officer {
        /// The commune.
        #[arg(help = "Mã xã")]
        commune: u32,
        /// The person.
        #[command(flatten)]
        person: PersonArgs,
    },
    /// Adds an administrator.
    #[command(about = "Thêm người quản trị, in mã mời")]
    Administrator {
        /// The commune.
        #[arg(help = "Mã xã")]
        commune: u32,
        /// The person.
        #[command(flatten)]
        person: PersonArgs,
    },
    /// Adds somebody with any role.
    #[command(about = "Thêm người với vai trò và địa bàn bất kỳ, in mã mời")]
    Person(person::AnyoneArgs),
    /// Tạm khóa.
    #[command(about = "Tạm khóa một tài khoản")]
    Suspend {
        /// Tên đăng nhập.
        #[arg(help = "Tên đăng nhập")]
        login: String,
    },
    /// Mở khóa.
    #[command(about = "Mở khóa một tài khoản")]
    Resume {
        /// Tên đăng nhập.
        #[arg(help = "Tên đăng nhập")]
        login: String,
    },
    /// A token for a program.
    #[command(about = "Tạo mã truy cập cho phần mềm kết nối, in một lần")]
    Token(person::TokenArgs),
    /// A new code for a person.
    #[command(about = "In mã mời mới cho một tài khoản; mã cũ chưa dùng hết hiệu lực")]
    Invite {
        /// Tên đăng nhập.
        #[arg(help = "Tên đăng nhập")]
        login: String,
    },
    /// Everything that is set up.
    #[command(about = "Liệt kê xã, cơ sở, tài khoản, thiết bị")]
    List,
    /// Begins a new epoch.
    #[command(
        about = "Báo rằng dữ liệu vừa được phục hồi từ bản sao: bắt đầu epoch mới (dừng máy chủ trước)"
    )]
    Restored,
    /// Shuts a device out.
    #[command(about = "Thu hồi một thiết bị")]
    RevokeDevice {
        /// Its handle.
        #[arg(help = "Mã thiết bị, sáu chữ số thập lục phân (xem: admin list)")]
        device: DeviceHandle,
    },
}

/// A commune.
#[derive(Args)]
pub struct CommuneArgs {
    /// Mã đơn vị.
    #[arg(help = "Mã xã theo Quyết định 19/2025/QĐ-TTg, ví dụ 03394")]
    code: u32,
    /// "xã Sin Suối Hồ".
    #[arg(help = "Tên đầy đủ, ví dụ \"xã Sin Suối Hồ\"")]
    name: String,
    /// "tỉnh Lai Châu".
    #[arg(help = "Tỉnh hoặc thành phố, ví dụ \"tỉnh Lai Châu\"")]
    province: String,
    /// Số trực ban.
    #[arg(long, help = "Số điện thoại trực ban")]
    duty_phone: String,
    /// "Công an xã Sin Suối Hồ".
    #[arg(long, help = "Tên cơ quan (mặc định: Công an + tên xã)")]
    agency: Option<String>,
    /// What a receipt stands for here.
    #[arg(long, value_enum, help = "Giá trị của biên nhận ở xã này (mặc định: theo máy chủ)")]
    standing: Option<StandingArg>,
    /// Where the agency sits.
    #[arg(long, default_value = "", help = "Địa chỉ trụ sở cơ quan")]
    address: String,
    /// Its mailbox.
    #[arg(long, default_value = "", help = "Hộp thư điện tử của cơ quan")]
    mailbox: String,
    /// The channels it has announced.
    #[arg(long, default_value = "", help = "Các kênh tiếp nhận cơ quan đã thông báo, bằng chữ")]
    channels: String,
    /// The commune's own rule.
    #[arg(long, help = "Xã quy định: nhận được là tiếp nhận ngay")]
    receive_at_once: bool,
    /// Vùng sâu, vùng xa.
    #[arg(long, help = "Vùng sâu, vùng xa (hạn khai báo người nước ngoài 24 giờ)")]
    remote: bool,
}

/// An establishment.
#[derive(Args)]
pub struct EstablishmentArgs {
    /// Its commune.
    #[arg(help = "Mã xã")]
    commune: u32,
    /// Its name.
    #[arg(help = "Tên cơ sở")]
    name: String,
    /// Bản.
    #[arg(help = "Bản, thôn, tổ dân phố")]
    village: String,
    /// What it is.
    #[arg(long, default_value = "homestay", help = "Loại: homestay, nhà nghỉ, khách sạn, hộ gia đình …")]
    kind: String,
    /// Vùng sâu, vùng xa.
    #[arg(long, help = "Vùng sâu, vùng xa; tự đặt khi cả xã là vùng sâu, vùng xa")]
    remote: bool,
    /// Its telephone.
    #[arg(long, default_value = "", help = "Điện thoại")]
    phone: String,
    /// Its address.
    #[arg(long, default_value = "", help = "Địa chỉ")]
    address: String,
}

/// A person.
#[derive(Args)]
pub struct PersonArgs {
    /// Tên đăng nhập.
    #[arg(help = "Tên đăng nhập")]
    login: String,
    /// Họ và tên.
    #[arg(help = "Họ và tên")]
    name: String,
}

/// Does what was asked.
pub async fn run(
    place: &PlaceArgs,
    command: AdminCommand,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    let premises = place.open().await?;
    match command {
        AdminCommand::Commune(args) => put_commune(&premises, args, out).await,
        AdminCommand::Establishment(args) => add_establishment(&premises, args, out).await,
        AdminCommand::Owner { establishment, person } => {
            let house = establishment::find(premises.store.readers(), EstablishmentId(establishment))
                .await?
                .ok_or_else(|| CliError::Words(format!("không có cơ sở số {establishment}")))?;
            let commune = CommuneCode(house.commune);
            let area = Area::Establishment(EstablishmentId(house.id));
            add_person(&premises, &person, Role::Owner, commune, area, out).await
        }
        AdminCommand::Officer { commune, person } => {
            let commune = CommuneCode(commune);
            add_person(&premises, &person, Role::Officer, commune, Area::Commune(commune), out).await
        }
        AdminCommand::Administrator { commune, person } => {
            add_person(&premises, &person, Role::Administrator, CommuneCode(commune), Area::Everywhere, out)
                .await
        }
        AdminCommand::Person(args) => person::add(&premises, args, out).await,
        AdminCommand::Suspend { login } => person::suspend(&premises, &login, true, out).await,
        AdminCommand::Resume { login } => person::suspend(&premises, &login, false, out).await,
        AdminCommand::Token(args) => person::make_token(&premises, args, out).await,
        AdminCommand::Invite { login } => {
            let person = account::find_by_login(premises.store.readers(), &login.to_lowercase())
                .await?
                .ok_or_else(|| CliError::Words(format!("không có tài khoản {login}")))?;
            invite::print(&premises.store, person.id(), out).await
        }
        AdminCommand::List => list::write(&premises.store, out).await,
        AdminCommand::Restored => restored(&premises, out).await,
        AdminCommand::RevokeDevice { device } => revoke(&premises, device, out).await,
    }
}

async fn put_commune(
    premises: &Premises,
    args: CommuneArgs,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    if args.code > 99_999 {
        return Err(CliError::Words("mã xã có năm chữ số".into()));
    }
    let row = CommuneRow {
        code: args.code,
        agency: args.agency.unwrap_or_else(|| format!("Công an {}", args.name)),
        name: args.name,
        province: args.province,
        duty_phone: args.duty_phone,
        standing: args.standing.map(|standing| standing.text().to_owned()),
        receive_at_once: args.receive_at_once,
        remote: args.remote,
        province_code: province_of(CommuneCode(args.code))
            .ok_or_else(|| CliError::Words(format!("không có đơn vị cấp xã nào mang mã {:05}", args.code)))?,
        address: args.address,
        mailbox: args.mailbox,
        channels: args.channels,
        successor: None,
    };
    let mut transaction = premises.store.begin().await?;
    commune::put(&mut *transaction, &row).await?;
    transaction.commit().await?;
    writeln!(out, "Đã ghi {} {}, {}.", row.code(), row.name, row.province)?;
    Ok(())
}

async fn add_establishment(
    premises: &Premises,
    args: EstablishmentArgs,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    let commune = known_commune(premises, CommuneCode(args.commune)).await?;
    let row = EstablishmentRow {
        id: 0,
        commune: args.commune,
        name: args.name,
        village: args.village,
        kind: args.kind,
        remote: args.remote || commune.remote,
        phone: args.phone,
        address: args.address,
    };
    let mut transaction = premises.store.begin().await?;
    let id = establishment::insert(&mut transaction, &row).await?;
    transaction.commit().await?;
    writeln!(out, "Đã thêm cơ sở số {}: {}, {}.", id.0, row.name, row.village)?;
    Ok(())
}

async fn add_person(
    premises: &Premises,
    person: &PersonArgs,
    role: Role,
    commune: CommuneCode,
    area: Area,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    known_commune(premises, commune).await?;
    let login = person.login.trim().to_lowercase();
    if login.is_empty() || account::find_by_login(premises.store.readers(), &login).await?.is_some() {
        return Err(CliError::Words(format!("tên đăng nhập “{login}” đã có người dùng hoặc không hợp lệ")));
    }
    let grant = Grant { role, area, from: clock::now().day(), until: None };
    let new =
        NewAccount { login: &login, name: person.name.trim(), commune, grant, by: None, at: clock::now() };
    let mut transaction = premises.store.begin().await?;
    let id = account::insert(&mut transaction, &new).await?;
    transaction.commit().await?;
    writeln!(out, "Đã thêm tài khoản {login}.")?;
    invite::print(&premises.store, id, out).await
}

async fn known_commune(premises: &Premises, code: CommuneCode) -> Result<CommuneRow, CliError> {
    commune::find(premises.store.readers(), code)
        .await?
        .ok_or_else(|| CliError::Words(format!("chưa có xã {code}; thêm bằng: bankhai admin commune")))
}

async fn restored(premises: &Premises, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let _lock = premises.lock()?;
    let epoch = epoch::force(&premises.store, &premises.epoch_file())
        .await
        .map_err(crate::premises::PremisesError::from)?;
    writeln!(
        out,
        "Đã bắt đầu epoch thứ {}. Khi kết nối lại, các máy sẽ gửi lại những gì chúng còn giữ.",
        epoch.generation
    )?;
    Ok(())
}

async fn revoke(
    premises: &Premises,
    handle: DeviceHandle,
    out: &mut (dyn Write + Send),
) -> Result<(), CliError> {
    let mut transaction = premises.store.begin().await?;
    if !device::revoke(&mut *transaction, handle, clock::now()).await? {
        return Err(CliError::Words(format!("không có thiết bị {handle}")));
    }
    transaction.commit().await?;
    writeln!(
        out,
        "Đã thu hồi thiết bị {handle}. Những gì máy đó chưa gửi sẽ không được nhận từ máy đó nữa."
    )?;
    Ok(())
}
