//! Cha, mẹ, người giám hộ: they need no authorisation (Circular 116/2026/TT-BCA art. 3.4), so that they are what they say
//! is looked at in what is filed. A guardian may stand for somebody of age who cannot act; a parent may not.

use super::{Basis, BehalfError};
use crate::filing::Filing;
use crate::moment::Day;
use crate::procedure::condition::is_surely_of;
use crate::procedure::{Filer, Procedure};

/// Đủ 18 tuổi (Civil Code 2015 art. 20).
const OF_AGE: u16 = 18;

impl Basis {
    /// Whether this residence dossier may be filed on this ground on a day.
    ///
    /// # Errors
    /// Somebody it is about is of age for certain, or the procedure is not a parent's or guardian's to file.
    pub fn covers(&self, filing: &Filing, procedure: &Procedure, today: Day) -> Result<(), BehalfError> {
        let filer = match self {
            Basis::Authorised(_) => return Ok(()),
            Basis::Parent { .. } => Filer::Parent,
            Basis::Guardian { .. } => Filer::Guardian,
        };
        if !procedure.filers.contains(&filer) {
            return Err(BehalfError::NotTheirs);
        }
        let mut people = [&filing.answers].into_iter().chain(filing.present().map(|(_, row)| row));
        if filer == Filer::Parent && people.any(|person| is_surely_of(OF_AGE, person, today)) {
            return Err(BehalfError::OfAge);
        }
        Ok(())
    }
}
