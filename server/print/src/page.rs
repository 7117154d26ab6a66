//! Pages of marks: what is drawn where, in points from the top left.

use crate::face::Face;

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// A rectangle: x, y, width, height.
pub(crate) type Square = (f32, f32, f32, f32);

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// Words on a base line.
    Words { x: f32, y: f32, size: f32, face: Face, text: String },
    /// A thin line.
    Rule { from: (f32, f32), to: (f32, f32), thick: f32 },
    /// A line of dots.
    Dots { x: f32, y: f32, width: f32 },
    /// A rectangle's outline.
    Box { x: f32, y: f32, width: f32, height: f32 },
    /// A filled shape made of rectangles.
    Squares(Vec<Square>),
    /// A drawn stroke.
    Stroke(Vec<(f32, f32)>),
}

/// The measures of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
    /// The size of the body's letters.
    pub(crate) size: f32,
}

impl Measure {
    /// A4: what the circular's forms are printed on.
    pub(crate) const A4: Measure = Measure {
        width: 210.0 * MM,
        height: 297.0 * MM,
        left: 25.0 * MM,
        right: 17.0 * MM,
        top: 13.0 * MM,
        bottom: 17.0 * MM,
        size: 12.5,
    };

    /// The width between the margins.
    pub(crate) fn body(&self) -> f32 {
        self.width - self.left - self.right
    }

    /// Where the lowest line may end.
    pub(crate) fn floor(&self) -> f32 {
        self.height - self.bottom
    }

    /// The height of a line of `size`.
    pub(crate) fn line(size: f32) -> f32 {
        size * 1.28
    }
}
