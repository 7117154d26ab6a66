//! Pages of marks as a PDF.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use crate::PrintError;
use crate::face::{Face, Faces};
use crate::page::{Mark, Measure};

/// Draws the pages of what is called `name`; `across` is a word under everything else.
pub(crate) fn write(
    name: &str,
    faces: &Faces,
    pages: &[Vec<Mark>],
    across: Option<&str>,
) -> Result<Vec<u8>, PrintError> {
    let measure = Measure::A4;
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(name.to_owned()).language("vi".to_owned()));
    for marks in pages {
        let settings = PageSettings::from_wh(measure.width, measure.height).ok_or(PrintError::Write)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        if let Some(word) = across {
            watermark(&mut surface, faces, &measure, word);
        }
        for mark in marks {
            draw(&mut surface, faces, mark);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|_| PrintError::Write)
}

fn fill(grey: u8) -> Fill {
    Fill { paint: rgb::Color::new(grey, grey, grey).into(), ..Fill::default() }
}

/// Across the page, under everything, light enough to read the words above it.
fn watermark(surface: &mut Surface<'_>, faces: &Faces, measure: &Measure, word: &str) {
    let size = measure.width * 0.19;
    let wide = faces.width(Face::Bold, size, word);
    let (middle, height) = (measure.width / 2.0, measure.height / 2.0);
    surface.push_transform(&Transform::from_rotate_at(-52.0, middle, height));
    words(surface, faces, (middle - wide / 2.0, height + size * 0.33), size, Face::Bold, word, 224);
    surface.pop();
}

fn words(
    surface: &mut Surface<'_>,
    faces: &Faces,
    (x, y): (f32, f32),
    size: f32,
    face: Face,
    text: &str,
    grey: u8,
) {
    let cut = faces.cut(face);
    let glyphs: Vec<KrillaGlyph> = cut
        .glyphs(text)
        .map(|(at, letter, glyph, advance)| {
            let range = at..at + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(glyph), advance, 0.0, 0.0, 0.0, range, None)
        })
        .collect();
    surface.set_stroke(None);
    surface.set_fill(Some(fill(grey)));
    surface.draw_glyphs(Point::from_xy(x, y), &glyphs, cut.font.clone(), text, size, false);
}

fn line(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    if rest.is_empty() {
        path.line_to(first.0 + 0.1, first.1);
    }
    path.finish()
}

fn stroke(surface: &mut Surface<'_>, path: Option<Path>, width: f32, dash: Option<StrokeDash>) {
    let Some(path) = path else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        width,
        dash,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, mark: &Mark) {
    match mark {
        Mark::Words { x, y, size, face, text } => words(surface, faces, (*x, *y), *size, *face, text, 0),
        Mark::Rule { from, to, thick } => stroke(surface, line(&[*from, *to]), *thick, None),
        Mark::Dots { x, y, width } => {
            let dash = StrokeDash { array: vec![0.0, 2.6], offset: 0.0 };
            stroke(surface, line(&[(*x, *y), (*x + *width, *y)]), 0.75, Some(dash));
        }
        Mark::Box { x, y, width, height } => {
            let (right, low) = (x + width, y + height);
            let path = line(&[(*x, *y), (right, *y), (right, low), (*x, low), (*x, *y)]);
            stroke(surface, path, 0.6, None);
        }
        Mark::Squares(squares) => {
            let mut path = PathBuilder::new();
            for (x, y, width, height) in squares {
                if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rect);
                }
            }
            if let Some(path) = path.finish() {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(0)));
                surface.draw_path(&path);
            }
        }
        Mark::Stroke(points) => stroke(surface, line(points), 1.3, None),
    }
}
