//! `bankhai receipt …`: whether a receipt is genuine, on any machine, without a network.

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Subcommand;
use ed25519_dalek::VerifyingKey;
use sync::decision::SignedDecision;
use sync::receipt::{Keys, Receipt, ReceiptError};

use crate::cli::CliError;
use crate::hex;
use crate::keys::{self, Missing};
use crate::premises::PremisesError;

/// A receipt's text is shorter than this; more is something else.
const LONGEST_TEXT: u64 = 16 * 1024;

/// What is asked about a receipt.
#[derive(Subcommand)]
pub enum ReceiptCommand {
    /// Is it genuine?
    #[command(about = "Kiểm tra một biên nhận là thật hay giả")]
    Verify {
        /// Its text.
        #[arg(
            help = "Nội dung mã QR của biên nhận (BANKHAI1:…) hoặc của giấy kết quả (BANKHAI-KQ1:…); để trống thì đọc từ đầu vào chuẩn (stdin)"
        )]
        text: Option<String>,
        /// Keys of the office that issued it.
        #[arg(
            long = "key",
            value_parser = key,
            help = "Khóa công khai của cơ quan, dạng SỐ:HEX; dùng được nhiều lần (mặc định: khóa trong thư mục dữ liệu)"
        )]
        keys: Vec<(u32, VerifyingKey)>,
        /// Where this office's own keys are.
        #[arg(long, env = "BANKHAI_DATA", default_value = "./data", help = "Thư mục dữ liệu")]
        data: PathBuf,
    },
}

/// Answers; a receipt that is not genuine is an error with its reason.
pub fn run(command: ReceiptCommand, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let ReceiptCommand::Verify { text, keys, data } = command;
    let text = match text {
        Some(text) => text,
        None => {
            let mut text = String::new();
            std::io::stdin().lock().take(LONGEST_TEXT).read_to_string(&mut text)?;
            text
        }
    };
    let keys = if keys.is_empty() { own_keys(&data)? } else { keys };
    if SignedDecision::is_meant(&text) {
        let signed = SignedDecision::from_text(&text);
        let signed = signed.and_then(|signed| signed.verify(&keys).map(|()| signed));
        return decided(&signed.map_err(|reason| CliError::Words(reason_words(reason).into()))?, out);
    }
    let receipt = verify(&text, &keys).map_err(|reason| CliError::Words(reason_words(reason).into()))?;
    writeln!(out, "Biên nhận THẬT, chữ ký đúng.")?;
    writeln!(out, "Số: {}", receipt.number())?;
    writeln!(out, "Cơ quan: mã xã {}, khóa số {}", receipt.root.commune, receipt.root.key_id)?;
    writeln!(out, "Nhận lúc: {} (giờ Việt Nam, theo đồng hồ của máy chủ)", receipt.root.received_at)?;
    writeln!(out, "Hồ sơ: {}", receipt.dossier)?;
    writeln!(out, "Dấu nội dung: {}", hex::encode(&receipt.content))?;
    Ok(())
}

fn decided(signed: &SignedDecision, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let said = &signed.said;
    writeln!(out, "Kết quả THẬT, chữ ký đúng. Còn hiệu lực hay không thì hỏi máy chủ của cơ quan.")?;
    writeln!(out, "Người: {} …{}", said.person, said.number_tail)?;
    writeln!(out, "Thủ tục: {}", said.procedure)?;
    writeln!(out, "Hồ sơ: {}, khóa số {}", said.number, signed.key_id)?;
    writeln!(out, "Giải quyết lúc: {}", said.decided_at)?;
    if let Some(until) = said.until {
        writeln!(out, "Đến hết ngày: {until}")?;
    }
    Ok(())
}

/// The receipt of this text, if one of these keys signed it.
pub fn verify(text: &str, keys: &Keys) -> Result<Receipt, ReceiptError> {
    let receipt = Receipt::from_text(text)?;
    receipt.verify(keys)?;
    Ok(receipt)
}

/// Why a receipt proves nothing, for a person.
pub fn reason_words(reason: ReceiptError) -> &'static str {
    match reason {
        ReceiptError::NotAReceipt => "không phải biên nhận của Bản Khai, hoặc đọc thiếu ký tự",
        ReceiptError::UnknownKey => {
            "không kiểm tra được: biên nhận ký bằng khóa không có ở đây (xã khác, hoặc khóa mới hơn)"
        }
        ReceiptError::Forged => "biên nhận GIẢ hoặc đã bị sửa: chữ ký không khớp với nội dung",
    }
}

fn own_keys(data: &std::path::Path) -> Result<Keys, CliError> {
    let keys = keys::Keys::open(&data.join("keys"), Missing::Refuse).map_err(PremisesError::from)?;
    Ok(keys.receipt_verifying())
}

fn key(text: &str) -> Result<(u32, VerifyingKey), String> {
    let wrong = || "khóa có dạng SỐ:HEX, ví dụ 1:3b6a…".to_owned();
    let (id, bytes) = text.split_once(':').ok_or_else(wrong)?;
    let bytes = hex::decode_exact(bytes).ok_or_else(wrong)?;
    Ok((id.parse().map_err(|_| wrong())?, VerifyingKey::from_bytes(&bytes).map_err(|_| wrong())?))
}
