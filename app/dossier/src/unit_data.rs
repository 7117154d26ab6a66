//! The tables of units as text, 0.9 MB. Only what names these constants carries them.

/// Units since 01-07-2025, for [`crate::unit::Units::parse`].
pub const CURRENT: &str = include_str!("../data/communes.csv");

/// Units until 30-06-2025.
pub const OLD: &str = include_str!("../data/communes_before_2025-07-01.csv");

/// Which new units took over which old ones.
pub const CHANGES: &str = include_str!("../data/commune_successors.csv");
