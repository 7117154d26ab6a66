//! Lower-case hexadecimal, as keys and handles travel in JSON.

/// The bytes as text.
pub fn encode(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The text as bytes; `None` for anything that is not an even number of hexadecimal digits.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// The text as exactly `N` bytes.
pub fn decode_exact<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_read_back_and_anything_else_is_refused() {
        assert_eq!(encode(&[0, 9, 255]), "0009ff");
        assert_eq!(decode("0009FF"), Some(vec![0, 9, 255]));
        assert_eq!(decode_exact::<3>("0009ff"), Some([0, 9, 255]));
        assert_eq!(decode_exact::<2>("0009ff"), None);
        for wrong in ["0", "zz", "0 ", "é9"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
