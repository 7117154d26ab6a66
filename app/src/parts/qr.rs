//! A QR code as one path: black on white in every theme, with its quiet zone left to the style.

use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;

/// The side of the code in modules and the path of its dark ones; `None` when the text is too long for a code.
pub fn path(text: &str) -> Option<(usize, String)> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size).take_while(|place| code[row][*place].value()).count();
            if run > 0 {
                path.push_str(&format!("M{column} {row}h{run}v1h-{run}z"));
            }
            column += run.max(1);
        }
    }
    Some((code.size, path))
}

/// The code, named for readers by `label`.
#[component]
pub fn Qr(
    /// What the code says.
    text: String,
    /// What it is, for readers.
    label: String,
) -> impl IntoView {
    path(&text).map(|(side, path)| {
        view! {
            <div class="qr" role="img" aria-label=label>
                <svg viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges" aria-hidden="true">
                    <path d=path></path>
                </svg>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_finders() {
        let (side, path) = path("BK1.LC-SSH-000482").expect("short enough");
        assert!(side >= 21 && path.starts_with("M0 0h7v1h-7z"), "the top left finder comes first");
        assert!(path.contains(&format!("M{} 0h7v1h-7z", side - 7)), "the top right one");
        assert!(path.contains(&format!("M0 {}h7v1h-7z", side - 1)), "the bottom left one");
    }

    #[test]
    fn a_text_too_long_for_a_code_is_no_code() {
        assert!(path(&"a".repeat(5_000)).is_none());
    }
}
