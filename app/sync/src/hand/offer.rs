//! The code a device shows that takes a form in: the public half of a key made for this once.

use crate::base32;

/// What the code begins with. Capitals, digits and these signs only: a third fewer points than any other text.
const MARK: &str = "BANKHAI-NHAN1:";

/// The code of a key.
pub fn write(public: &[u8; 32]) -> String {
    format!("{MARK}{}", base32::encode(public))
}

/// The key of a code. `None` for every other text.
pub fn read(text: &str) -> Option<[u8; 32]> {
    base32::decode(text.strip_prefix(MARK)?)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_reads_back_and_any_text_is_read_or_refused(key: [u8; 32], text: String) {
            prop_assert_eq!(read(&write(&key)), Some(key));
            let _ = read(&text);
            let _ = read(&format!("{MARK}{text}"));
        }
    }

    #[test]
    fn a_receipt_and_a_part_are_no_offer() {
        let part = format!("BANKHAI-TO1:{}", base32::encode(&[7; 32]));
        for other in ["", MARK, "BANKHAI1:ABCDEFG", part.as_str(), &write(&[7; 32])[..60]] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
