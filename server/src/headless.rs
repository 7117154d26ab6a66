//! `bankhai device …`: a device without a screen over the very same core as the phone. Reception programs and
//! load rigs use it.
//!
//! Its state directory holds what a phone holds: sealed records and a vault. The PIN comes from the environment
//! (`BANKHAI_PIN`), never from an argument that a process list shows.

pub mod input;
pub mod link;
pub mod pump;
pub mod store;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, Subcommand};
use dossier::access::Role;
use dossier::asking::{AskDraft, AskState};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::place::Place;
use dossier::view::{CardState, Stage};
use sha2::{Digest, Sha256};
use sync::device::Device;

use crate::cli::CliError;
use input::Line;
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
    /// Sign in again where there is a copy of the device.
    #[command(about = "Đăng nhập lại khi thiết bị có bản sao; mọi việc trên thiết bị còn nguyên")]
    Renew {
        /// The account's password.
        #[arg(long, env = "BANKHAI_PASSWORD", hide_env_values = true, help = "Mật khẩu của tài khoản")]
        password: String,
        /// A one-time code, for who has no password.
        #[arg(long, default_value = "", help = "Mã mời mới, nếu không nhớ mật khẩu")]
        code: String,
    },
    /// Ask for an account, also without a network: `sync` sends it and asks for the answer.
    #[command(about = "Xin tài khoản; chưa có mạng thì lưu lại, lần sync sau gửi đi")]
    AskAccount {
        /// Họ và tên.
        #[arg(long, help = "Họ và tên")]
        name: String,
        /// The telephone.
        #[arg(long, help = "Số điện thoại để gọi lại")]
        phone: String,
        /// The commune.
        #[arg(long, help = "Xã, phường")]
        commune: String,
        /// The village.
        #[arg(long, help = "Bản, thôn, tổ dân phố")]
        village: String,
        /// The establishment; without one it is a household that asks.
        #[arg(long, help = "Tên cơ sở lưu trú; bỏ trống nếu là hộ gia đình")]
        house: Option<String>,
    },
    /// Declare stays, and what became of them, from a file.
    #[command(about = "Khai từ tệp JSON, mỗi dòng một lần đến hoặc một việc sau đó (xem server/README.md)")]
    Declare {
        /// The file; `-` is standard input.
        #[arg(help = "Tệp .jsonl, hoặc - để đọc từ đầu vào chuẩn")]
        file: PathBuf,
    },
    /// Exchange now.
    #[command(about = "Gửi và nhận ngay")]
    Sync {
        /// As JSON lines, one whenever something new is here.
        #[arg(long, help = "In dạng JSON: một dòng mỗi khi có thêm điều mới trên thiết bị")]
        json: bool,
    },
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
    if let DeviceCommand::AskAccount { name, phone, commune, village, house } = command {
        let role = if house.is_some() { Role::Owner } else { Role::Household };
        let (commune_name, house) = (commune, house.unwrap_or_default());
        let draft =
            AskDraft { name, phone, commune_name, village, role: Some(role), house, ..AskDraft::default() };
        let began = match pump.view().stage {
            Stage::Fresh => pump.ask(Intent::BeginAsking { pin: args.pin })?,
            _ => pump.ask(Intent::Unlock { place: Place::FIRST, pin: args.pin })?,
        };
        return match (began, pump.ask(Intent::SendAsking(Box::new(draft)))?) {
            (Answer::Done, Answer::Done) => asked(&pump, out),
            (Answer::Done, Answer::AskFaults(faults)) => {
                Err(CliError::Words(format!("cần xem lại {faults:?}")))
            }
            (Answer::Done, other) | (other, _) => Err(unexpected(other)),
        };
    }
    if let DeviceCommand::Sync { json: true } = command {
        pump.watch(Box::new(watcher()));
    }
    // Who unlocks a device need not ask for the first exchange: it is the device's own.
    match pump.ask(Intent::Unlock { place: Place::FIRST, pin: args.pin })? {
        Answer::Done => {}
        other => return Err(unexpected(other)),
    }
    match command {
        DeviceCommand::Enrol { .. } | DeviceCommand::AskAccount { .. } => Ok(()),
        DeviceCommand::Renew { password, code } => match pump.ask(Intent::Renew { code, password })? {
            Answer::Done => Ok(writeln!(out, "Đã đăng nhập lại. Mọi việc còn nguyên.")?),
            other => Err(unexpected(other)),
        },
        DeviceCommand::Sync { .. } if matches!(pump.view().stage, Stage::Asking(_)) => asked(&pump, out),
        DeviceCommand::Declare { file } => declare(&mut pump, &file, out),
        DeviceCommand::Sync { json } => {
            let waiting = pump.view().link.waiting;
            if !json {
                writeln!(out, "{waiting} việc chờ gửi.")?;
            }
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

/// What became of a request for an account.
fn asked(pump: &Pump, out: &mut dyn Write) -> Result<(), CliError> {
    let Stage::Asking(asking) = pump.view().stage else {
        return Ok(writeln!(out, "Đã được duyệt.")?);
    };
    match asking.state {
        AskState::Waiting => writeln!(out, "Đã gửi, chờ Công an xã duyệt.")?,
        AskState::Refused(why) => return Err(CliError::Words(format!("chưa được duyệt: {why}"))),
        AskState::Kept if asking.astray => {
            return Err(CliError::Words("máy chủ không có xã này".into()));
        }
        AskState::Kept | AskState::Typing => writeln!(out, "Đã lưu trên máy, chưa gửi.")?,
    }
    Ok(())
}

/// Says on standard output what is on the device, whenever that has changed: the first line when it is unlocked, before
/// the first exchange. `ms` count from that line; two devices of one `digest` hold the same notices, edits included.
fn watcher() -> impl FnMut(&Device) + Send {
    let mut told = None;
    let mut unlocked = None;
    move |device| {
        let Some(open) = device.opened() else { return };
        let cases = open.replica.cases.values();
        let changes: usize = cases.clone().map(|held| held.history.changes().len()).sum();
        let said = (cases.filter(|held| held.stay().is_ok()).count(), changes, open.waiting());
        if told.replace(said) == Some(said) {
            return;
        }
        let ms = unlocked.get_or_insert_with(Instant::now).elapsed().as_secs_f64() * 1_000.0;
        let mut digest = Sha256::new();
        for (dossier, held) in &open.replica.cases {
            digest.update(dossier.0);
            held.history.heads().0.iter().for_each(|head| digest.update(head));
        }
        let digest = crate::hex::encode(&digest.finalize()[..8]);
        let (notices, changes, waiting) = said;
        let line = serde_json::json!({
            "ms": ms, "notices": notices, "changes": changes, "waiting": waiting, "digest": digest,
        });
        // Nobody listens any more: the exchange goes on all the same.
        let _ = writeln!(std::io::stdout(), "{line}");
    }
}

/// Line by line: what a program writes to standard input is kept and answered before the next is read.
fn declare(pump: &mut Pump, file: &Path, out: &mut dyn Write) -> Result<(), CliError> {
    let lines: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(file)?))
    };
    let mut refused = 0;
    for (place, line) in lines.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let words = |cause: String| CliError::Words(format!("dòng {}: {cause}", place + 1));
        match answer(pump, &line).map_err(|error| words(error.to_string()))? {
            Answer::Saved(dossier) => writeln!(out, "{dossier}")?,
            Answer::Done => writeln!(out, "dòng {}: đã ghi", place + 1)?,
            Answer::Faults(faults) => {
                refused += 1;
                let at: Vec<String> = faults.iter().map(|fault| format!("{:?}", fault.at)).collect();
                writeln!(out, "dòng {}: cần xem lại {}", place + 1, at.join(", "))?;
            }
            other => return Err(words(unexpected(other).to_string())),
        }
        out.flush()?;
    }
    if refused > 0 {
        return Err(CliError::Words(format!("{refused} dòng chưa khai được, các dòng khác đã lưu")));
    }
    Ok(())
}

/// What the device answers to one line.
fn answer(pump: &mut Pump, line: &str) -> Result<Answer, CliError> {
    let misread = |error: input::InputError| CliError::Words(error.to_string());
    match input::parse(line).map_err(misread)? {
        Line::New(draft) => pump.ask(Intent::Submit(*draft)),
        Line::Edit(id, edit) => match pump.ask(Intent::LoadDraft(Some(id)))? {
            Answer::Draft(mut draft) => {
                edit.apply(&mut draft).map_err(misread)?;
                pump.ask(Intent::Submit(*draft))
            }
            other => Ok(other),
        },
        Line::Close(id) => pump.ask(Intent::Close(id)),
        Line::Withdraw(id) => pump.ask(Intent::Withdraw(id)),
    }
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
        Refusal::Overdue => "lâu chưa liên lạc với máy chủ: cần một lần trao đổi trước",
        Refusal::Locked => "thiết bị chưa đăng ký hoặc đang khóa",
        Refusal::Unknown
        | Refusal::Overtaken
        | Refusal::Forbidden
        | Refusal::NeedsReason
        | Refusal::Unasked
        | Refusal::WrongCode { .. }
        | Refusal::Managed(_) => "không làm được",
    }
}
