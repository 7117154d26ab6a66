//! A field to sign on with a finger: strokes on a grid of points, drawn again as lines.

use dossier::behalf::Signature;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::web_sys::Element;

use crate::live::{RwSignal, Signal, act, live};

/// Strokes as an outline of SVG.
fn outline(strokes: &[Vec<(u8, u8)>]) -> String {
    let stroke = |points: &Vec<(u8, u8)>| {
        let mut line = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            line.push_str(&format!("{}{x} {y}", if place == 0 { 'M' } else { 'L' }));
        }
        line
    };
    strokes.iter().map(stroke).collect()
}

/// A signature as it was drawn.
#[component]
pub fn Signed(
    /// Its strokes.
    strokes: Vec<Vec<(u8, u8)>>,
    /// Whose it is, for readers.
    label: String,
) -> impl IntoView {
    view! {
        <svg class="signed" viewBox="0 0 256 96" role="img" aria-label=label>
            <path d=outline(&strokes)></path>
        </svg>
    }
    .into_any()
}

/// The point of the grid under a pointer.
fn point(event: &PointerEvent) -> Option<(u8, u8)> {
    let field = event_target::<Element>(event);
    let (wide, high) = (f64::from(field.client_width()), f64::from(field.client_height()));
    if wide < 1.0 || high < 1.0 {
        return None;
    }
    let scaled =
        |at: i32, of: f64, most: u8| (f64::from(at) / of * f64::from(most)).clamp(0.0, f64::from(most)) as u8;
    Some((
        scaled(event.offset_x(), wide, Signature::WIDTH),
        scaled(event.offset_y(), high, Signature::HEIGHT),
    ))
}

/// Points nearer than this to the last one say nothing new.
const STEP: u8 = 3;

fn far(from: (u8, u8), to: (u8, u8)) -> bool {
    from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)) >= STEP
}

/// The field.
#[component]
pub fn SignatureField(
    /// Its id in the page; faults link to it.
    id: &'static str,
    /// What has been drawn.
    #[prop(into)]
    strokes: Signal<Vec<Vec<(u8, u8)>>>,
    /// Takes what was drawn, after each stroke.
    #[prop(into)]
    on_stroke: Callback<Vec<Vec<(u8, u8)>>>,
) -> impl IntoView {
    let drawing = RwSignal::new(None::<Vec<(u8, u8)>>);
    let down = move |event: PointerEvent| {
        event.prevent_default();
        // The finger may leave the field and come back: the stroke is still one.
        let _ = event_target::<Element>(&event).set_pointer_capture(event.pointer_id());
        drawing.set(point(&event).map(|first| vec![first]));
    };
    let moved = move |event: PointerEvent| {
        let Some(next) = point(&event) else { return };
        drawing.update(|drawing| {
            if let Some(points) = drawing
                && points.len() < Signature::MOST_POINTS
                && points.last().is_some_and(|last| far(*last, next))
            {
                points.push(next);
            }
        });
    };
    let up = move |_: PointerEvent| {
        if let Some(stroke) = drawing.get_untracked() {
            let mut all = strokes.get_untracked();
            all.push(stroke);
            drawing.set(None);
            on_stroke.run(all);
        }
    };
    let line = move || {
        let mut all = strokes.get();
        all.extend(drawing.get());
        outline(&all)
    };
    let empty = move || strokes.with(Vec::is_empty) && drawing.with(Option::is_none);
    view! {
        <div class="sign" id=id tabindex="-1">
            <div
                class="sign-field"
                on:pointerdown=act(down)
                on:pointermove=act(moved)
                on:pointerup=act(up)
                on:pointercancel=act(up)
            ></div>
            <svg viewBox="0 0 256 96" preserveAspectRatio="none" aria-hidden="true">
                {live(move || view! { <path d=line()></path> })}
            </svg>
            <p class="sign-hint mute">{live(move || if empty() { "Ký bằng ngón tay ở đây" } else { "" })}</p>
        </div>
        <button type="button" class="btn wide" on:click=act(move |_| on_stroke.run(Vec::new()))>"Ký lại"</button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_lines_that_begin_anew() {
        assert_eq!(outline(&[vec![(1, 2), (30, 4)], vec![(5, 6)]]), "M1 2L30 4M5 6");
        assert!(far((1, 1), (4, 1)) && !far((1, 1), (3, 3)));
    }
}
