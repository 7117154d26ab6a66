//! The office's dice: random bytes from the operating system.

/// `N` random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: no key and no code may be made then.
pub fn roll<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("an operating system that serves a network has randomness");
    bytes
}
