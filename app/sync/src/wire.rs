//! Bytes on the wire: LEB128 numbers, lengths, fixed arrays. A reader never panics and never allocates more
//! than it has been given.

/// Why bytes cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// They end too early.
    #[error("ends too early")]
    Short,
    /// A number does not fit its type.
    #[error("number too large")]
    Number,
    /// Something is left over.
    #[error("trailing bytes")]
    Trailing,
    /// Not what was expected here.
    #[error("unexpected bytes")]
    Unexpected,
}

/// Appends values to a byte vector.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    /// A LEB128 number.
    pub fn number(&mut self, mut value: u64) {
        loop {
            let low = (value & 0x7f) as u8;
            value >>= 7;
            if value == 0 {
                self.0.push(low);
                return;
            }
            self.0.push(low | 0x80);
        }
    }

    /// A length and that many bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// Bytes whose length the reader knows.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

/// Takes values off a byte slice.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// One byte.
    pub fn byte(&mut self) -> Result<u8, WireError> {
        let (first, rest) = self.0.split_first().ok_or(WireError::Short)?;
        self.0 = rest;
        Ok(*first)
    }

    /// A LEB128 number of at most 64 bits.
    pub fn number(&mut self) -> Result<u64, WireError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(WireError::Number);
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(WireError::Number)
    }

    /// A number that counts things each at least `least` bytes long: a lie about the count cannot make the
    /// reader allocate.
    pub fn count(&mut self, least: usize) -> Result<usize, WireError> {
        let count = usize::try_from(self.number()?).map_err(|_| WireError::Number)?;
        if count > self.0.len() / least.max(1) { Err(WireError::Short) } else { Ok(count) }
    }

    /// A number that fits a smaller type.
    pub fn fit<T: TryFrom<u64>>(&mut self) -> Result<T, WireError> {
        T::try_from(self.number()?).map_err(|_| WireError::Number)
    }

    /// A length and that many bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], WireError> {
        let length = self.count(1)?;
        self.take(length)
    }

    /// Exactly so many bytes.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        if length > self.0.len() {
            return Err(WireError::Short);
        }
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(taken)
    }

    /// Exactly N bytes.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        self.take(N)?.try_into().map_err(|_| WireError::Short)
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), WireError> {
        if self.0.is_empty() { Ok(()) } else { Err(WireError::Trailing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_reads_back(value: u64) {
            let mut writer = Writer::default();
            writer.number(value);
            let mut reader = Reader(&writer.0);
            prop_assert_eq!(reader.number(), Ok(value));
            prop_assert_eq!(reader.end(), Ok(()));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut reader = Reader(&bytes);
            while reader.bytes().is_ok() && !reader.0.is_empty() {}
        }
    }

    #[test]
    fn a_count_larger_than_the_bytes_left_is_refused() {
        assert_eq!(Reader(&[0xff, 0xff, 0xff, 0x7f, 0]).count(1), Err(WireError::Short));
    }
}
