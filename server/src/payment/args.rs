//! How the operator names the payment gateway.

use std::path::{Path, PathBuf};

use clap::Args;

use super::gateway::Gateway;
use super::signature::PaymentKey;
use crate::outward;

/// Fewest bytes of the key: as many as the signature has.
const LEAST_KEY: usize = 32;

/// Off until all three are named. The key comes from a file: a command line is everybody's to read.
#[derive(Args, Clone, Default)]
pub struct PaymentArgs {
    #[arg(
        long,
        env = "BANKHAI_PAYMENT_GATEWAY",
        value_name = "URL",
        help = "Cổng thanh toán lệ phí trực tuyến: địa chỉ nhận /payments (mặc định: không thu trực tuyến)"
    )]
    payment_gateway: Option<String>,
    #[arg(
        long,
        env = "BANKHAI_PAYMENT_KEY",
        value_name = "FILE",
        help = "Tệp chứa khóa chung với cổng thanh toán, ký bằng HMAC-SHA256"
    )]
    payment_key: Option<PathBuf>,
    #[arg(
        long,
        env = "BANKHAI_PAYMENT_OFFICE",
        value_name = "URL",
        help = "Địa chỉ của máy chủ này như người dân gõ: cổng thanh toán báo tin và đưa người nộp về đó"
    )]
    payment_office: Option<String>,
}

impl PaymentArgs {
    /// The gateway, where one is named.
    ///
    /// # Errors
    /// In words, for who starts the office.
    pub fn gateway(&self) -> Result<Option<Gateway>, String> {
        let (address, key, office) = match (&self.payment_gateway, &self.payment_key, &self.payment_office) {
            (None, None, None) => return Ok(None),
            (Some(address), Some(key), Some(office)) => (address, key, office),
            _ => {
                return Err(
                    "thu lệ phí trực tuyến cần đủ cả ba: --payment-gateway, --payment-key và --payment-office"
                        .to_owned(),
                );
            }
        };
        if ![address, office].into_iter().all(|one| outward::is_private(one)) {
            return Err(
                "cổng thanh toán và địa chỉ của máy chủ phải là https (http chỉ cho 127.0.0.1)".to_owned()
            );
        }
        Ok(Some(Gateway::new(address, read(key)?, office)))
    }
}

fn read(file: &Path) -> Result<PaymentKey, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| format!("không đọc được {}: {cause}", file.display()))?;
    let key = text.trim();
    if key.len() < LEAST_KEY {
        return Err(format!("khóa trong {} cần ít nhất {LEAST_KEY} ký tự", file.display()));
    }
    Ok(PaymentKey::new(key.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_by_default_and_half_a_gateway_is_refused_in_words() {
        let dir = tempfile::tempdir().expect("a directory");
        let (long, short) = (dir.path().join("khoa"), dir.path().join("ngan"));
        std::fs::write(&long, "0123456789abcdef0123456789abcdef\n").expect("a file");
        std::fs::write(&short, "0123456789abcdef").expect("a file");
        let named = |gateway: Option<&str>, key: Option<&Path>, office: Option<&str>| {
            let args = PaymentArgs {
                payment_gateway: gateway.map(str::to_owned),
                payment_key: key.map(Path::to_owned),
                payment_office: office.map(str::to_owned),
            };
            args.gateway().map(|gateway| gateway.is_some())
        };
        let (pay, xa) = (Some("https://pay.example.vn/v1"), Some("https://xa.example.vn"));
        assert_eq!(named(None, None, None), Ok(false));
        assert_eq!(named(pay, Some(&long), xa), Ok(true));
        for half in [named(pay, None, xa), named(pay, Some(&long), None), named(None, Some(&long), None)] {
            assert!(half.is_err_and(|words| words.contains("đủ cả ba")));
        }
        let open = named(Some("http://pay.example.vn"), Some(&long), xa);
        assert!(open.is_err_and(|words| words.contains("https")));
        assert!(named(pay, Some(&short), xa).is_err_and(|words| words.contains("ít nhất 32")));
        assert!(
            named(pay, Some(&dir.path().join("khong")), xa).is_err_and(|words| words.contains("không đọc"))
        );
    }
}
