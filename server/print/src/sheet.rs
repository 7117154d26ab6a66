//! What stands on a form, without where it stands.

/// Width of the field a signature is drawn on, in its own units.
pub const SIGNATURE_WIDTH: u16 = 256;
/// Height of the field a signature is drawn on, in its own units.
pub const SIGNATURE_HEIGHT: u16 = 96;

/// One form, filled or blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What stands above the title.
    pub head: Head,
    /// The title in capitals, one entry a line.
    pub title: Vec<String>,
    /// A line in italics under the title; empty for none.
    pub subtitle: String,
    /// "Kính gửi: …"; empty for none.
    pub addressee: String,
    /// Everything between the addressee and the signatures.
    pub body: Vec<Block>,
    /// Who signs, side by side; cells without a heading leave their place free.
    pub signatures: Vec<Cell>,
    /// What stands under the signatures.
    pub foot: Foot,
    /// The form's name for the file's properties: never a person's name.
    pub name: String,
    /// Prints BẢN NHÁP across every page.
    pub draft: bool,
}

/// What stands above the title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The issuing agency, the one above it first; empty: the country's words stand alone in the middle.
    pub agency: Vec<String>,
    /// "Số: …" under the agency; empty for none.
    pub number: String,
    /// "…, ngày … tháng … năm …" under the motto; empty for none.
    pub place_and_date: String,
    /// The form's code and circular at the top right; empty for none.
    pub form: String,
}

/// One labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// "1. Họ, chữ đệm và tên khai sinh:", with its number and colon.
    pub label: String,
    /// The value; empty prints a dotted line.
    pub value: String,
    /// Its part of the line beside the other fields of the row; 0 counts as 1.
    pub share: u16,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As the body.
    Plain,
    /// A heading: stays with what follows.
    Bold,
    /// Slanted.
    Italic,
    /// A note: slanted and smaller.
    Note,
}

/// Where words stand between two edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Middle,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The words of its head.
    pub head: String,
    /// Its part of the width; 0 counts as 1.
    pub share: u16,
    /// How its cells are set.
    pub align: Align,
}

/// A signature as drawn: strokes of points, x below [`SIGNATURE_WIDTH`], y below [`SIGNATURE_HEIGHT`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature(pub Vec<Vec<(u16, u16)>>);

/// Who signs: a consent, the declarant, the officer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Place and date, slanted; empty for none.
    pub place_and_date: String,
    /// Who, in capitals; empty leaves the whole cell free.
    pub heading: String,
    /// "(Ký, ghi rõ họ tên)", slanted; empty for none.
    pub hint: String,
    /// The consent's own words.
    pub words: String,
    /// What was drawn; empty leaves the room to sign by hand.
    pub signature: Signature,
    /// The name under the signature; empty leaves its line free.
    pub name: String,
    /// Lines under the name, e.g. the number of who consented in VNeID.
    pub under: Vec<String>,
}

/// One piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// One or more fields on a line; one under the other when they do not fit.
    Fields(Vec<Field>),
    /// A field of twelve boxes, as of a personal number.
    Boxes {
        /// The label with its number and colon.
        label: String,
        /// The digits; anything but at most twelve characters prints as a plain field.
        digits: String,
    },
    /// A paragraph.
    Text {
        /// How it is set.
        style: Style,
        /// Where it stands.
        align: Align,
        /// The words.
        text: String,
    },
    /// A list with dashes.
    Bullets(Vec<String>),
    /// A ruled table; its head is printed again on every page it reaches.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// The rows; missing cells are empty, cells too many join the last one.
        rows: Vec<Vec<String>>,
    },
    /// Consents or signatures side by side, in the middle of the body.
    Cells(Vec<Cell>),
    /// Free room, in tenths of a line.
    Gap(u8),
}

/// What a phone reads from the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What the code says.
    pub text: String,
    /// What stands beside it.
    pub lines: Vec<String>,
}

/// What stands under the signatures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foot {
    /// A QR code of 30 mm and the words beside it.
    pub code: Option<Code>,
    /// The notes of the form; the first is their heading.
    pub notes: Vec<String>,
}

impl Field {
    /// A field that takes one part of its row.
    pub fn new(label: &str, value: &str) -> Self {
        Self { label: label.to_owned(), value: value.to_owned(), share: 1 }
    }

    /// The same with `share` parts of its row.
    #[must_use]
    pub fn share(mut self, share: u16) -> Self {
        self.share = share;
        self
    }
}

impl Block {
    /// A field with a line of its own.
    pub fn field(label: &str, value: &str) -> Self {
        Self::Fields(vec![Field::new(label, value)])
    }

    /// A paragraph as the body.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { style: Style::Plain, align: Align::Left, text: text.into() }
    }

    /// A heading.
    pub fn heading(text: &str) -> Self {
        Self::Text { style: Style::Bold, align: Align::Left, text: text.to_owned() }
    }
}
