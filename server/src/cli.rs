//! The command line. Every word it prints is for the person who runs the office, in Vietnamese.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dossier::view::Standing;

use crate::admin::{self, AdminCommand};
use crate::headless::{self, DeviceArgs, DeviceCommand};
use crate::message::gateway::SmsArgs;
use crate::objects::bucket::BucketArgs;
use crate::payment::args::PaymentArgs;
use crate::premises::{Premises, PremisesError};
use crate::procedures::ProceduresError;
use crate::procedures::publish::{self, ProceduresCommand};
use crate::push::args::PushArgs;
use crate::receipt::{self, ReceiptCommand};
use crate::tls::{Identity, TlsError};
use crate::{client, logs, serve};

/// The program.
#[derive(Parser)]
#[command(name = "bankhai", version, about = "Bản Khai: thông báo lưu trú, có mạng hay không có mạng")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(about = "Chạy máy chủ")]
    Serve(Box<ServeArgs>),
    #[command(about = "Quản trị: xã, cơ sở lưu trú, tài khoản, mã mời, thiết bị")]
    Admin {
        #[command(flatten)]
        place: PlaceArgs,
        #[command(subcommand)]
        command: AdminCommand,
    },
    #[command(about = "Thiết bị không màn hình, cho phần mềm lễ tân")]
    Device {
        #[command(flatten)]
        args: DeviceArgs,
        #[command(subcommand)]
        command: DeviceCommand,
    },
    #[command(about = "Danh mục thủ tục: xem, thử, công bố")]
    Procedures {
        #[command(flatten)]
        place: PlaceArgs,
        #[command(subcommand)]
        command: ProceduresCommand,
    },
    #[command(about = "Biên nhận")]
    Receipt {
        #[command(subcommand)]
        command: ReceiptCommand,
    },
}

/// Where the office keeps everything.
#[derive(Args, Clone)]
pub struct PlaceArgs {
    /// The data directory.
    #[arg(long, env = "BANKHAI_DATA", default_value = "./data", global = true, help = "Thư mục dữ liệu")]
    pub data: PathBuf,
    /// The database, if it is not in the data directory.
    #[arg(
        long,
        env = "BANKHAI_DATABASE_URL",
        global = true,
        help = "Cơ sở dữ liệu, ví dụ sqlite:./data/bankhai.db (mặc định: trong thư mục dữ liệu)"
    )]
    pub database_url: Option<String>,
}

impl PlaceArgs {
    /// Opens the place.
    pub async fn open(&self) -> Result<Premises, PremisesError> {
        Premises::open(&self.data, self.database_url.as_deref()).await
    }
}

/// How the office is started.
#[derive(Args, Clone)]
pub struct ServeArgs {
    /// Where everything is.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Where the office listens.
    #[arg(long, env = "BANKHAI_ADDR", default_value = "127.0.0.1:8080", help = "Địa chỉ và cổng")]
    pub addr: SocketAddr,
    /// What a receipt stands for in communes that do not say.
    #[arg(
        long,
        env = "BANKHAI_STANDING",
        value_enum,
        default_value = "queue",
        help = "Giá trị của biên nhận khi xã chưa định: queue = hàng chờ trước cổng của Bộ Công an; \
                announced = phần mềm đã được cơ quan đăng ký cư trú thông báo"
    )]
    pub standing: StandingArg,
    /// Invented people to try with.
    #[arg(
        long,
        env = "BANKHAI_DEMO",
        help = "Dùng thử: thêm một xã và các tài khoản bịa, chỉ trên máy này (127.0.0.1)"
    )]
    pub demo: bool,
    /// The same people for a class, on any address.
    #[arg(
        long,
        env = "BANKHAI_TRAINING",
        conflicts_with = "demo",
        help = "Tập huấn: như dùng thử, chạy được trên mạng; mỗi lần chạy in ra một mật khẩu mới cho cả lớp"
    )]
    pub training: bool,
    /// The built pages.
    #[arg(long, env = "BANKHAI_SITE", default_value = "target/site", help = "Thư mục các trang đã dựng")]
    pub site: PathBuf,
    /// TLS of its own.
    #[command(flatten)]
    pub tls: TlsArgs,
    /// The gateway of text messages.
    #[command(flatten)]
    pub sms: SmsArgs,
    /// The payment gateway.
    #[command(flatten)]
    pub payment: PaymentArgs,
    /// Web Push.
    #[command(flatten)]
    pub push: PushArgs,
    /// The bucket of pictures.
    #[command(flatten)]
    pub bucket: BucketArgs,
    /// Who stands in front.
    #[arg(
        long,
        env = "BANKHAI_TRUSTED_PROXY",
        value_parser = client::proxy,
        value_delimiter = ',',
        value_name = "ADDR",
        help = "Địa chỉ nội bộ của proxy đứng trước: chỉ tin địa chỉ khách (X-Forwarded-For) do proxy này ghi"
    )]
    pub trusted_proxy: Vec<IpAddr>,
}

/// TLS of its own, for an office without a proxy.
#[derive(Args, Clone)]
pub struct TlsArgs {
    #[arg(
        long,
        env = "BANKHAI_TLS_CERT",
        requires = "tls_key",
        value_name = "FILE",
        help = "Chạy https: chứng chỉ và các chứng chỉ trung gian, dạng PEM"
    )]
    tls_cert: Option<PathBuf>,
    #[arg(
        long,
        env = "BANKHAI_TLS_KEY",
        requires = "tls_cert",
        value_name = "FILE",
        help = "Khóa riêng của chứng chỉ, dạng PEM (kill -HUP: đọc lại cả hai tệp)"
    )]
    tls_key: Option<PathBuf>,
}

impl TlsArgs {
    /// The files, when both are named.
    pub fn identity(self) -> Option<Identity> {
        Some(Identity { certificate: self.tls_cert?, key: self.tls_key? })
    }
}

/// [`Standing`], as the command line writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StandingArg {
    /// A queue in front of the Ministry's portal.
    Queue,
    /// The agency's announced software.
    Announced,
}

impl StandingArg {
    /// As the domain knows it.
    pub fn standing(self) -> Standing {
        match self {
            StandingArg::Queue => Standing::Queue,
            StandingArg::Announced => Standing::Announced,
        }
    }

    /// As the table writes it.
    pub fn text(self) -> &'static str {
        match self {
            StandingArg::Queue => "queue",
            StandingArg::Announced => "announced",
        }
    }
}

/// What a command could not do, in words for the person who gave it.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The data directory.
    #[error(transparent)]
    Premises(#[from] PremisesError),
    /// The files of the procedures.
    #[error(transparent)]
    Procedures(#[from] ProceduresError),
    /// The database.
    #[error("cơ sở dữ liệu báo lỗi: {0}")]
    Database(#[from] sqlx::Error),
    /// The certificate or its key.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The network.
    #[error("không mở được địa chỉ {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// Reading or writing.
    #[error("đọc hoặc ghi bị lỗi: {0}")]
    Io(#[from] std::io::Error),
    /// Everything with its own words.
    #[error("{0}")]
    Words(String),
}

impl Cli {
    /// Does what was asked, writing answers to `out`.
    pub async fn run(self, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
        match self.command {
            Command::Serve(args) => {
                logs::start();
                serve::run(*args, out).await
            }
            Command::Admin { place, command } => admin::run(&place, command, out).await,
            Command::Device { args, command } => {
                tokio::task::block_in_place(|| headless::run(args, command, out))
            }
            Command::Procedures { place, command } => {
                publish::run(&place.open().await?.procedures(), command, out)
            }
            Command::Receipt { command } => receipt::run(command, out),
        }
    }
}

/// Runs the program with the arguments of the process.
pub async fn main() -> ExitCode {
    match Cli::parse().run(&mut std::io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done when even standard error is closed.
            let _ = writeln!(std::io::stderr(), "bankhai: {error}");
            ExitCode::FAILURE
        }
    }
}
