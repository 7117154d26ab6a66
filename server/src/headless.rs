//! `bankhai device …`: a device without a screen over the very same core as the phone. Reception programs and
//! load rigs use it.
//!
//! Its state directory holds what a phone holds: sealed records and a vault. The PIN comes from the environment
//! (`BANKHAI_PIN`), never from an argument that a process list shows.

pub mod input;
pub mod link;
pub mod pump;
pub mod store;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::view::{CardState, Stage};

use crate::cli::CliError;
use pump::Pump;

/// Where the device lives and whom it speaks to.
#[derive(Args, Clone)]
pub struct DeviceArgs {
    /// The state directory.
    #[arg(long, env = "BANKHAI_STATE", help = "Thư mục trạng thái của thiết bị")]
    pub state: PathBuf,
    /// The office.
    #[arg(long, env = "BANKHAI_SERVER", default_value = "http://127.0.0.1:8080", help = "Địa chỉ máy chủ")]
    pub server: String,
    /// The PIN.
    #[arg(long, env = "BANKHAI_PIN", hide_env_values = true, help = "Mã PIN (nên đặt trong BANKHAI_PIN)")]
    pub pin: String,
}

/// What the device is asked to do.
#[derive(Subcommand)]
pub enum DeviceCommand {
    /// Join with a one-time code.
    #[command(about = "Đăng ký thiết bị bằng mã mời")]
    Enrol {
        /// The code.
        #[arg(help = "Mã mời")]
        code: String,
        /// The account's password.
        #[arg(long, env = "BANKHAI_PASSWORD", hide_env_values = true, help = "Mật khẩu của tài khoản")]
        password: String,
    },
    /// Declare stays from a file.
    #[command(about = "Khai từ tệp JSON, mỗi dòng một lần đến (xem docs trong server/README.md)")]
    Declare {
        /// The file; `-` is standard input.
        #[arg(help = "Tệp .jsonl, hoặc - để đọc từ đầu vào chuẩn")]
        file: PathBuf,
    },
    /// Exchange now.
    #[command(about = "Gửi và nhận ngay")]
    Sync,
    /// What is known.
    #[command(about = "Danh sách thông báo trên thiết bị")]
    List {
        /// As JSON lines.
        #[arg(long, help = "In dạng JSON, mỗi dòng một thông báo")]
        json: bool,
    },
    /// The receipts.
    #[command(about = "In nội dung các biên nhận, mỗi dòng một biên nhận")]
    Receipts,
}

/// Does it.
pub fn run(args: DeviceArgs, command: DeviceCommand, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let mut pump = Pump::open(&args.state, &args.server)?;
    if let DeviceCommand::Enrol { code, password } = command {
        let pin = args.pin;
        return match pump.ask(Intent::Enrol { code, password, pin })? {
            Answer::Done => Ok(writeln!(out, "Đã đăng ký thiết bị.")?),
            other => Err(unexpected(other)),
        };
    }
    match pump.ask(Intent::Unlock { pin: args.pin })? {
        Answer::Done => {}
        other => return Err(unexpected(other)),
    }
    match command {
        DeviceCommand::Enrol { .. } => Ok(()),
        DeviceCommand::Declare { file } => declare(&mut pump, &file, out),
        DeviceCommand::Sync => {
            pump.ask(Intent::SyncNow)?;
            let view = pump.view();
            let waiting = view.link.waiting;
            writeln!(out, "{waiting} việc chờ gửi.")?;
            if waiting > 0 { Err(CliError::Words("chưa gửi được hết".into())) } else { Ok(()) }
        }
        DeviceCommand::List { json } => list(&mut pump, json, out),
        DeviceCommand::Receipts => {
            let view = pump.view();
            for card in view.home.map(|home| home.cards).unwrap_or_default() {
                if let Answer::Detail(detail) = pump.ask(Intent::Open(card.dossier))?
                    && let Some(receipt) = detail.receipt
                {
                    writeln!(out, "{}", receipt.qr)?;
                }
            }
            Ok(())
        }
    }
}

fn declare(pump: &mut Pump, file: &std::path::Path, out: &mut dyn Write) -> Result<(), CliError> {
    let text = if file.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin())?
    } else {
        std::fs::read_to_string(file)?
    };
    let mut refused = 0;
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let draft =
            input::parse(line).map_err(|cause| CliError::Words(format!("dòng {}: {cause}", place + 1)))?;
        match pump.ask(Intent::Submit(draft))? {
            Answer::Saved(dossier) => writeln!(out, "{dossier}")?,
            Answer::Faults(faults) => {
                refused += 1;
                let at: Vec<String> = faults.iter().map(|fault| format!("{:?}", fault.at)).collect();
                writeln!(out, "dòng {}: cần xem lại {}", place + 1, at.join(", "))?;
            }
            other => return Err(unexpected(other)),
        }
    }
    if refused > 0 {
        return Err(CliError::Words(format!("{refused} dòng chưa khai được, các dòng khác đã lưu")));
    }
    Ok(())
}

fn list(pump: &mut Pump, json: bool, out: &mut dyn Write) -> Result<(), CliError> {
    let view = pump.view();
    let Stage::Open(_) = view.stage else { return Err(CliError::Words("thiết bị đang khóa".into())) };
    for card in view.home.map(|home| home.cards).unwrap_or_default() {
        let (state, number) = match &card.state {
            CardState::SavedHere => ("saved", ""),
            CardState::Sending => ("sending", ""),
            CardState::Receipted { number, .. } => ("receipted", number.as_str()),
            CardState::Received { .. } => ("received", ""),
            CardState::Review(_) => ("review", ""),
        };
        if json {
            let line = serde_json::json!({
                "dossier": card.dossier.to_string(), "state": state, "number": number,
                "guests": card.guests.len(), "room": card.room, "arrive": card.arrive.0,
            });
            writeln!(out, "{line}")?;
        } else {
            let (guests, room) = (card.guests.len(), &card.room);
            writeln!(out, "{} · {} khách · phòng {room} · {state} {number}", card.dossier, guests)?;
        }
    }
    Ok(())
}

fn unexpected(answer: Answer) -> CliError {
    CliError::Words(match answer {
        Answer::Refused(refusal) => refused(&refusal).to_owned(),
        _ => "thiết bị trả lời không như mong đợi".to_owned(),
    })
}

fn refused(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NeedsNetwork => "không tới được máy chủ",
        Refusal::NotOurOffice => "máy chủ trả lời không phải của Bản Khai",
        Refusal::BadCode => "mã mời sai, đã dùng hoặc quá hạn",
        Refusal::BadPassword => "sai tên đăng nhập hoặc mật khẩu",
        Refusal::WeakPassword => "mật khẩu dễ đoán",
        Refusal::WeakPin => "mã PIN phải có ít nhất 6 ký tự",
        Refusal::WrongPin { .. } | Refusal::Wait { .. } => "sai mã PIN",
        Refusal::NotKept => "không ghi được vào thư mục trạng thái",
        Refusal::Busy => "máy chủ đang bận",
        Refusal::Locked => "thiết bị chưa đăng ký hoặc đang khóa",
        Refusal::Unknown | Refusal::Overtaken | Refusal::Forbidden | Refusal::NeedsReason => "không làm được",
    }
}
