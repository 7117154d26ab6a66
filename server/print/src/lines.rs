//! Words into lines.

use unicode_normalization::char::is_combining_mark;

use crate::face::{Face, Faces, words};

/// Words of one face.
pub(crate) struct Span<'a> {
    pub(crate) face: Face,
    pub(crate) text: &'a str,
}

/// Words that stand together on a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) x: f32,
    pub(crate) face: Face,
    pub(crate) text: String,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f32,
}

impl Line {
    fn push(&mut self, faces: &Faces, size: f32, face: Face, word: &str, width: f32) {
        let space = faces.width(face, size, " ");
        match self.runs.last_mut() {
            Some(run) if run.face == face => {
                run.text.push(' ');
                run.text.push_str(word);
                self.width += space + width;
            }
            last => {
                let x = if last.is_some() { self.width + space } else { 0.0 };
                self.runs.push(Run { x, face, text: word.to_owned() });
                self.width = x + width;
            }
        }
    }
}

/// The spans as lines no wider than `width`: broken between words, a word wider than a line between its letters,
/// never before a combining mark.
pub(crate) fn lay(faces: &Faces, size: f32, width: f32, spans: &[Span<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    for span in spans {
        let space = faces.width(span.face, size, " ");
        for word in words(span.text) {
            let wide = faces.width(span.face, size, &word);
            let room = if line.runs.is_empty() { width } else { width - line.width - space };
            if wide <= room {
                line.push(faces, size, span.face, &word, wide);
                continue;
            }
            if !line.runs.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut pieces = pieces(faces, size, width, span.face, &word);
            let last = pieces.pop();
            for (piece, wide) in pieces {
                line.push(faces, size, span.face, &piece, wide);
                lines.push(std::mem::take(&mut line));
            }
            if let Some((piece, wide)) = last {
                line.push(faces, size, span.face, &piece, wide);
            }
        }
    }
    if !line.runs.is_empty() {
        lines.push(line);
    }
    lines
}

/// As few lines as [`lay`] makes, but of like length: a heading in the middle of a column ends on no lone word.
pub(crate) fn balanced(faces: &Faces, size: f32, width: f32, span: &Span<'_>) -> Vec<Line> {
    let mut best = lay(faces, size, width, std::slice::from_ref(span));
    if !(2..=6).contains(&best.len()) {
        return best;
    }
    let mut narrow = width - size * 0.5;
    while narrow > width * 0.4 {
        let tried = lay(faces, size, narrow, std::slice::from_ref(span));
        if tried.len() > best.len() {
            break;
        }
        best = tried;
        narrow -= size * 0.5;
    }
    best
}

/// A word cut into pieces that fit.
fn pieces(faces: &Faces, size: f32, width: f32, face: Face, word: &str) -> Vec<(String, f32)> {
    let mut pieces: Vec<(String, f32)> = Vec::new();
    for (_, letter, _, advance) in faces.cut(face).glyphs(word) {
        let wide = advance * size;
        match pieces.last_mut() {
            Some((piece, so_far)) if *so_far + wide <= width || is_combining_mark(letter) => {
                piece.push(letter);
                *so_far += wide;
            }
            _ => pieces.push((letter.to_string(), wide)),
        }
    }
    pieces
}
