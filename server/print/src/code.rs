//! The QR code as rectangles.

use fast_qr::{ECL, QRBuilder};

use crate::PrintError;
use crate::page::{MM, Square};

/// The side of the dark field: with its quiet zone a code takes more.
const SIDE: f32 = 30.0 * MM;
/// Modules of white around a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// Rectangles of the dark modules with the quiet zone at the top left, and the side of the whole, in points.
pub(crate) fn squares(text: &str) -> Result<(Vec<Square>, f32), PrintError> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| PrintError::CodeTooLong)?;
    let module = SIDE / code.size as f32;
    let mut squares = Vec::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size).take_while(|place| code[row][*place].value()).count();
            if run > 0 {
                let at = |place: usize| (place + QUIET) as f32 * module;
                squares.push((at(column), at(row), run as f32 * module, module));
            }
            column += run.max(1);
        }
    }
    Ok((squares, (code.size + 2 * QUIET) as f32 * module))
}
