//! Processor time: what a schedule costs is said in seconds of a core, because the machine is shared.

use std::time::Duration;

/// What this thread has used so far, as Linux counts it in nanoseconds; `None` elsewhere.
pub fn used() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
