//! How many tests passed and failed, read from what the test runners print.

use std::fmt;

/// A sum of tests; the last line of `cargo xtask test`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that ran and held.
    pub passed: u32,
    /// Tests that ran and did not hold.
    pub failed: u32,
}

impl Tally {
    /// Adds the tests of another runner.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads one line of a runner: cargo's `test result: ok. 3 passed; 0 failed; …` or `3 passed, 0 failed`.
    pub fn find_in(line: &str) -> Option<Tally> {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            let (_, counts) = result.split_once(". ")?;
            return Some(Tally { passed: count(counts, "passed")?, failed: count(counts, "failed")? });
        }
        let (passed, failed) = line.split_once(", ")?;
        Some(Tally { passed: whole(passed, "passed")?, failed: whole(failed, "failed")? })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn count(counts: &str, word: &str) -> Option<u32> {
    counts.split(';').find_map(|part| whole(part, word))
}

/// `"12 passed"` with the word `passed` is 12; anything more or less is nothing.
fn whole(part: &str, word: &str) -> Option<u32> {
    part.trim().strip_suffix(word)?.trim_end().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_closing_line_are_counted() {
        let cargo = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::find_in(cargo), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(Tally::find_in("7 passed, 0 failed"), Some(Tally { passed: 7, failed: 0 }));
    }

    #[test]
    fn other_lines_are_not_counted() {
        for line in
            ["running 3 tests", "test a ... ok", "what 3 passed, 0 failed", "3 passed, none failed", ""]
        {
            assert_eq!(Tally::find_in(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_printed_can_be_read_again() {
        let mut sum = Tally { passed: 2, failed: 1 };
        sum.add(Tally { passed: 40, failed: 0 });
        assert_eq!(Tally::find_in(&sum.to_string()), Some(Tally { passed: 42, failed: 1 }));
    }
}
