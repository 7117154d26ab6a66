//! What happened, as one number (the same seed must give the same) and, when asked, as lines.

use std::fmt::{Arguments, Write};

/// The trace of one schedule.
pub struct Trace {
    /// FNV-1a over every line.
    pub hash: u64,
    /// The step of the schedule.
    pub step: u32,
    lines: Option<Vec<String>>,
    line: String,
}

impl Trace {
    /// An empty trace; `keep` keeps the lines.
    pub fn new(keep: bool) -> Trace {
        Trace { hash: 0xcbf2_9ce4_8422_2325, step: 0, lines: keep.then(Vec::new), line: String::new() }
    }

    /// Notes one thing.
    pub fn note(&mut self, what: Arguments<'_>) {
        self.line.clear();
        let _ = write!(self.line, "{} {what}", self.step);
        for byte in self.line.bytes() {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        if let Some(lines) = &mut self.lines {
            lines.push(self.line.clone());
        }
    }

    /// The lines kept.
    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}
