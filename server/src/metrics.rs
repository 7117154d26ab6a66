//! Figures that name nobody, in the text form Prometheus reads.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted since the start.
#[derive(Default)]
pub struct Metrics {
    /// Requests answered.
    pub requests: AtomicU64,
    /// Of these, with a status of 500 and more.
    pub failures: AtomicU64,
    /// Exchanges answered.
    pub exchanges: AtomicU64,
    /// Notices accepted.
    pub accepted: AtomicU64,
    /// Notices refused.
    pub refused: AtomicU64,
    /// Payments the gateway confirmed and the office kept.
    pub payments_kept: AtomicU64,
    /// Of these, what is to be given back.
    pub payments_over: AtomicU64,
    /// What the gateway said of payments nobody knows here, or of another amount.
    pub payments_refused: AtomicU64,
    /// Exchanges that wait for the writer now.
    pub queue: AtomicU64,
    /// How long the last commit took, in milliseconds.
    pub last_commit_ms: AtomicU64,
}

impl Metrics {
    /// Counts one more.
    pub fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// All figures as text.
    pub fn text(&self) -> String {
        let figures = [
            ("bankhai_requests_total", "counter", "Requests answered.", &self.requests),
            ("bankhai_failures_total", "counter", "Requests answered with a server error.", &self.failures),
            ("bankhai_exchanges_total", "counter", "Exchanges answered.", &self.exchanges),
            ("bankhai_notices_accepted_total", "counter", "Notices accepted.", &self.accepted),
            ("bankhai_notices_refused_total", "counter", "Notices refused.", &self.refused),
            ("bankhai_payments_kept_total", "counter", "Payments confirmed and kept.", &self.payments_kept),
            ("bankhai_payments_over_total", "counter", "Payments to be given back.", &self.payments_over),
            (
                "bankhai_payments_refused_total",
                "counter",
                "Payments of an unknown reference or another amount.",
                &self.payments_refused,
            ),
            ("bankhai_writer_queue", "gauge", "Exchanges waiting for the writer.", &self.queue),
            (
                "bankhai_last_commit_milliseconds",
                "gauge",
                "Duration of the last commit.",
                &self.last_commit_ms,
            ),
        ];
        let mut text = String::new();
        for (name, kind, help, figure) in figures {
            let value = figure.load(Ordering::Relaxed);
            write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n")
                .expect("a String takes any text");
        }
        text
    }
}
