//! A half-filled form on its way from one tablet to another, by codes that one shows and the other reads. The device
//! that takes it in shows an [`offer`], a key of its own that holds once; the other seals a [`bundle`] to that key and
//! shows it in [`parts`], again and again. No network, no office, and nobody who films the screens learns anything.

pub mod bundle;
pub mod offer;
pub mod parts;
