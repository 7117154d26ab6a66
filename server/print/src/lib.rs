//! Official forms as PDF: a plain [`Sheet`] becomes the same bytes every time.
//!
//! Three steps, each blind to the next: [`forms`] hold the fixed words of each form and give a [`Sheet`];
//! the flow lays it out in lines and pages; the writer draws those with the fonts of this crate inside. There
//! is no clock here: a date on paper is a word of the sheet.

mod code;
mod face;
mod flow;
pub mod forms;
mod furniture;
mod ink;
mod lines;
mod page;
mod poster;
mod sheet;
mod table;

pub use poster::Poster;
pub use sheet::{
    Align, Block, Cell, Code, Column, Field, Foot, Head, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, Sheet, Signature,
    Style,
};

/// Pages beyond which a sheet is no form any more: [`render`] refuses instead of cutting words off.
pub const MAX_PAGES: usize = 60;

/// Why a sheet was not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// More than [`MAX_PAGES`] pages would be needed.
    #[error("the sheet needs more than {MAX_PAGES} pages")]
    TooLong,
    /// The text of the QR code does not fit into a code.
    #[error("the text does not fit into a QR code")]
    CodeTooLong,
    /// A font of this crate could not be read.
    #[error("the built-in font cannot be read")]
    Font,
    /// The PDF could not be put together.
    #[error("the PDF could not be written")]
    Write,
}

/// The word across a draft.
const DRAFT: &str = "BẢN NHÁP";
/// The word across everything printed where people are made up.
const TRIAL: &str = "TẬP HUẤN";

/// The sheet as a PDF file: fonts inside (only the glyphs used), text that can be searched, no date of its own.
///
/// # Errors
/// See [`PrintError`]; no text makes it panic.
pub fn render(sheet: &Sheet) -> Result<Vec<u8>, PrintError> {
    across(sheet, sheet.draft.then_some(DRAFT))
}

/// The same from an office whose people are made up: nobody can take it for a paper of a real one.
///
/// # Errors
/// See [`PrintError`].
pub fn render_trial(sheet: &Sheet) -> Result<Vec<u8>, PrintError> {
    across(sheet, Some(TRIAL))
}

/// A poster as a PDF file; `trial` where people are made up.
///
/// # Errors
/// See [`PrintError`].
pub fn render_poster(poster: &Poster, trial: bool) -> Result<Vec<u8>, PrintError> {
    poster.draw(trial.then_some(TRIAL))
}

fn across(sheet: &Sheet, word: Option<&str>) -> Result<Vec<u8>, PrintError> {
    let faces = face::Faces::open()?;
    let pages = flow::lay_out(sheet, &faces)?;
    ink::write(&sheet.name, &faces, &pages, word)
}
