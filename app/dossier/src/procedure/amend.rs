//! Sửa đổi danh mục: what new files change of the procedures an office works with. A version that has begun is what
//! dossiers are judged by, so it may be given a last day, and nothing else: what the law changes is a new version.

use super::{Procedure, Version};
use crate::moment::Day;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// A version comes into force on its first day.
    Begins(Version),
    /// A version that had begun ends after this day.
    Ends(Version, Day),
    /// A version that has not begun is another, or is taken back.
    Redrafted(Version),
}

/// Why files change nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAmended {
    /// What a begun version says was changed.
    #[error(
        "{} đã có hiệu lực từ {}: chỉ được ghi thêm ngày hết hiệu lực; nội dung mới phải là một tệp mới",
        .0.procedure, .0.from
    )]
    Changed(Version),
    /// A begun version is not there any more.
    #[error("{} từ {} không còn trong các tệp, mà hồ sơ đã nộp vẫn theo bản ấy", .0.procedure, .0.from)]
    Gone(Version),
    /// A last day that has passed already: somebody may have filed since.
    #[error("{} không thể hết hiệu lực từ {last}: ngày ấy đã qua", version.procedure)]
    EndedBefore {
        /// Which version.
        version: Version,
        /// The day that was given.
        last: Day,
    },
    /// A first day that has passed: what was filed since was filed under another version, or under none.
    #[error("{} không thể có hiệu lực từ {}: ngày ấy đã qua", .0.procedure, .0.from)]
    BegunBefore(Version),
}

/// What `after` changes of `before`, today.
///
/// # Errors
/// See [`NotAmended`].
pub fn amendments(
    before: &[Procedure],
    after: &[Procedure],
    today: Day,
) -> Result<Vec<Amendment>, NotAmended> {
    let mut changes = Vec::new();
    for old in before {
        let version = old.version();
        let begun = old.valid_from <= today;
        match after.iter().find(|new| new.version() == version) {
            Some(new) if new == old => {}
            None if begun => return Err(NotAmended::Gone(version)),
            Some(new) if begun => changes.push(ended(old, new, today)?),
            None | Some(_) => changes.push(Amendment::Redrafted(version)),
        }
    }
    for new in after {
        let version = new.version();
        if before.iter().all(|old| old.version() != version) {
            if new.valid_from < today {
                return Err(NotAmended::BegunBefore(version));
            }
            changes.push(Amendment::Begins(version));
        }
    }
    Ok(changes)
}

/// A begun version with another last day, today or later, and nothing else of it changed.
fn ended(old: &Procedure, new: &Procedure, today: Day) -> Result<Amendment, NotAmended> {
    let version = old.version();
    let same = Procedure { valid_to: old.valid_to, ..new.clone() } == *old;
    let ran_out = old.valid_to.is_some_and(|last| last < today);
    match new.valid_to {
        Some(last) if same && !ran_out && last >= today => Ok(Amendment::Ends(version, last)),
        Some(last) if same && !ran_out => Err(NotAmended::EndedBefore { version, last }),
        Some(_) | None => Err(NotAmended::Changed(version)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::load::embedded;

    fn day(text: &str) -> Day {
        crate::procedure::field::read_day(text).expect("a day")
    }

    /// One shipped procedure, today, and what its file becomes.
    fn amended(change: impl FnOnce(&mut Vec<Procedure>)) -> Result<Vec<Amendment>, NotAmended> {
        let mut before = embedded().expect("the shipped files");
        before.retain(|one| one.id.as_str() == "temporary-residence");
        let mut after = before.clone();
        change(&mut after);
        amendments(&before, &after, day("2026-11-29"))
    }

    fn last_day(all: &mut [Procedure], last: &str) {
        all[0].valid_to = Some(day(last));
    }

    fn next(all: &mut Vec<Procedure>, from: &str) {
        all.push(Procedure { valid_from: day(from), valid_to: None, ..all[0].clone() });
    }

    #[test]
    fn a_version_ends_and_the_next_begins_the_day_after() {
        let changes = amended(|all| {
            last_day(all, "2026-12-31");
            next(all, "2027-01-01");
            all[1].term.ordinary = all[1].term.verified.unwrap_or(all[1].term.ordinary);
        });
        let changes = changes.expect("allowed");
        assert!(matches!(&changes[0], Amendment::Ends(_, last) if *last == day("2026-12-31")), "{changes:?}");
        assert!(
            matches!(&changes[1], Amendment::Begins(begun) if begun.from == day("2027-01-01")),
            "{changes:?}"
        );
    }

    #[test]
    fn what_a_begun_version_says_stays_as_it_was() {
        let said = amended(|all| all[0].title = "Tên khác".to_owned());
        assert!(matches!(said, Err(NotAmended::Changed(_))), "{said:?}");
        let both = amended(|all| {
            all[0].title = "Tên khác".to_owned();
            last_day(all, "2026-12-31");
        });
        assert!(matches!(both, Err(NotAmended::Changed(_))), "an ending hides no other change: {both:?}");
        assert!(matches!(amended(Vec::clear), Err(NotAmended::Gone(_))));
    }

    #[test]
    fn nothing_begins_or_ends_in_the_past() {
        let ended = amended(|all| last_day(all, "2026-11-28"));
        assert!(matches!(ended, Err(NotAmended::EndedBefore { .. })), "{ended:?}");
        let begun = amended(|all| next(all, "2026-11-28"));
        assert!(matches!(begun, Err(NotAmended::BegunBefore(_))), "{begun:?}");
        assert!(amended(|all| last_day(all, "2026-11-29")).is_ok(), "today is the last day");
    }

    #[test]
    fn a_version_that_has_not_begun_may_be_written_anew() {
        let mut before = embedded().expect("the shipped files");
        before.truncate(1);
        before[0].valid_from = day("2027-01-01");
        let mut after = before.clone();
        after[0].title = "Tên khác".to_owned();
        let today = day("2026-11-29");
        let changes = amendments(&before, &after, today).expect("allowed");
        assert_eq!(changes, [Amendment::Redrafted(before[0].version())]);
        assert_eq!(amendments(&before, &[], today), Ok(changes));
        assert_eq!(amendments(&before, &before, today), Ok(Vec::new()));
    }
}
