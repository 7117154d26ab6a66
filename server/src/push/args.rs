//! How the operator turns pushing on.

use clap::Args;

use super::hosts::{self, Hosts};

/// Off until somebody is named whom push services can write to.
#[derive(Args, Clone, Default)]
pub struct PushArgs {
    #[arg(
        long,
        env = "BANKHAI_PUSH_CONTACT",
        value_name = "mailto:…",
        help = "Báo qua trình duyệt (Web Push): địa chỉ để dịch vụ báo liên hệ, mailto: hoặc https: (mặc định: không báo)"
    )]
    push_contact: Option<String>,
    #[arg(
        long,
        env = "BANKHAI_PUSH_HOST",
        value_parser = hosts::host,
        value_delimiter = ',',
        requires = "push_contact",
        value_name = "HOST",
        help = "Thêm máy chủ dịch vụ báo được phép gửi tới, ngoài các dịch vụ đã biết"
    )]
    push_host: Vec<String>,
}

impl PushArgs {
    /// Whom services can write to and the hosts that are asked, where pushing is on.
    ///
    /// # Errors
    /// In words, for who starts the office.
    pub fn service(self) -> Result<Option<(String, Hosts)>, String> {
        let Some(contact) = self.push_contact else { return Ok(None) };
        if !contact.starts_with("mailto:") && !contact.starts_with("https://") {
            return Err("địa chỉ liên hệ của Web Push phải bắt đầu bằng mailto: hoặc https://".to_owned());
        }
        Ok(Some((contact, Hosts::known(&self.push_host))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pushing_is_off_until_somebody_is_named_whom_a_service_can_write_to() {
        let named = |contact: Option<&str>| {
            PushArgs { push_contact: contact.map(str::to_owned), push_host: Vec::new() }.service()
        };
        assert!(matches!(named(None), Ok(None)));
        assert!(matches!(named(Some("mailto:truc@vidu.vn")), Ok(Some(_))));
        assert!(named(Some("truc@vidu.vn")).is_err());
    }
}
