//! Pictograms: 24 px grid, 2 px stroke, one meaning each. The sprite is written once a page.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident = $id:literal $shape:literal),* $(,)?) => {
        /// One pictogram.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $(#[doc = $id] $name,)*
        }

        impl Icon {
            /// The reference into the sprite.
            pub const fn href(self) -> &'static str {
                match self { $(Icon::$name => concat!("#i-", $id),)* }
            }
        }

        const SPRITE: &str = concat!(
            $("<symbol id=\"i-", $id, "\" viewBox=\"0 0 24 24\">", $shape, "</symbol>"),*
        );
    };
}

icons! {
    Back = "lui" r##"<path d="M15 5l-7 7 7 7"/>"##,
    Menu = "menu" r##"<path d="M4 7h16M4 12h16M4 17h16"/>"##,
    Cut = "matmang" r##"<path d="M4 4l16 16M8.5 7.2A6 6 0 0 1 17.9 11h.3A3.9 3.9 0 0 1 20.6 18M16.5 19H7a4.5 4.5 0 0 1-.8-8.9"/>"##,
    Signal = "song" r##"<path d="M5 20v-3M10 20v-6M15 20V10M20 20V5" stroke-width="2.6"/>"##,
    Phone = "phone" r##"<path d="M7 3.5l3 .3 1.3 4-2 2c1 2.2 2.7 3.9 4.9 4.9l2-2 4 1.3.3 3a2.5 2.5 0 0 1-2.6 2.5C10.5 19.2 4.8 13.5 4.5 6.1A2.5 2.5 0 0 1 7 3.5z"/>"##,
    Here = "may" r##"<rect x="5.5" y="2.5" width="13" height="19" rx="2.5"/><path d="M12 7v7M9 11.2l3 3 3-3M10 18.2h4"/>"##,
    Next = "toi" r##"<path d="M9 5l7 7-7 7"/>"##,
    Received = "nhan" r##"<path fill="currentColor" stroke="none" d="M12 1l3.2 3.2h4.6v4.6L23 12l-3.2 3.2v4.6h-4.6L12 23l-3.2-3.2H4.2v-4.6L1 12l3.2-3.2V4.2h4.6z"/><path stroke="var(--surface)" stroke-width="2.4" d="M7.8 12.3l3 3 5.4-6"/>"##,
    Receipt = "bien" r##"<path d="M12 1.8l3 3h4.2V9l3 3-3 3v4.2H15l-3 3-3-3H4.8V15l-3-3 3-3V4.8H9z"/><path d="M8.2 12.2l2.7 2.7 4.9-5.4"/>"##,
    Sending = "gui" r##"<circle cx="12" cy="12" r="9.5" opacity=".28"/><path d="M12 2.5a9.5 9.5 0 1 1-6.6 16.3"/><path d="M12 16V8M8.8 11L12 7.8 15.2 11"/>"##,
    Sent = "dagui" r##"<circle cx="12" cy="12" r="9.5"/><path d="M12 16.5V8M8.5 11.3L12 7.8l3.5 3.5"/>"##,
    Review = "xem" r##"<path fill="currentColor" stroke="none" d="M12 .8L23.2 12 12 23.2.8 12z"/><path stroke="var(--surface)" stroke-width="2.6" d="M12 6.8v6M12 16.8v.1"/>"##,
    Overdue = "qua" r##"<path fill="currentColor" stroke="none" d="M22.5 16.4l-6.1 6.1H7.6l-6.1-6.1V7.6l6.1-6.1h8.8l6.1 6.1z"/><path stroke="var(--surface)" stroke-width="2.3" d="M12 6.5V12l3.8 2.3"/>"##,
    Call = "goi" r##"<rect x="2" y="2" width="20" height="20" rx="4" fill="currentColor" stroke="none"/><path stroke="var(--nghe-tint)" stroke-width="1.9" d="M8.2 6.5l2 .2.9 2.7-1.4 1.3c.7 1.5 1.9 2.7 3.4 3.4l1.3-1.4 2.7.9.2 2c-.1.9-.8 1.6-1.7 1.6-4.7-.2-8.6-4.2-9-9 .1-.9.7-1.6 1.6-1.7z"/>"##,
    Draft = "nhap" r##"<path stroke-dasharray="3 3.2" d="M4 4h16v16H4z"/><path d="M8.5 15.5l.6-2.6 5.4-5.4 2 2-5.4 5.4z"/>"##,
    Add = "them" r##"<path d="M12 5v14M5 12h14"/>"##,
    Home = "nha" r##"<path d="M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z"/>"##,
    Outbox = "hop" r##"<path d="M4 13l2.5-8h11L20 13v6H4zM4 13h5a3 3 0 0 0 6 0h5"/>"##,
    Book = "so" r##"<path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6"/>"##,
    Tick = "ok" r##"<path d="M5 12.5l4.5 4.5L19 7"/>"##,
    Edit = "sua" r##"<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z"/>"##,
    Print = "in" r##"<path d="M7 9V3.5h10V9M7 17H4v-7.5h16V17h-3M7 14h10v6.5H7z"/>"##,
    Share = "chiase" r##"<path d="M12 15V4M8 8l4-4 4 4M5 13v7h14v-7"/>"##,
    Erase = "xoa" r##"<path d="M9 5h11a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 20 19H9l-6.5-7zM11.5 9.5l5 5M16.5 9.5l-5 5"/>"##,
    Lock = "khoa" r##"<path d="M5 11h14v9.5H5zM8 11V7.5a4 4 0 0 1 8 0V11M12 15v2"/>"##,
    Moon = "den" r##"<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>"##,
    Leave = "di" r##"<path d="M13 4H5v16h8M10 12h11M17.5 8.5L21 12l-3.5 3.5"/>"##,
    Guests = "khach" r##"<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-3.6 2.6-6 6-6s6 2.4 6 6M16 5.2a3.3 3.3 0 0 1 0 5.8M17.5 14.4c2.1.7 3.5 2.700 3.500 5.600"/>"##,
}

/// The sprite; written once, by the page's outermost component.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <svg class="sprite" aria-hidden="true" inner_html=SPRITE></svg> }
}

/// A pictogram, hidden from readers: a word always stands beside it.
#[component]
pub fn Pictogram(
    /// Which one.
    icon: Icon,
    /// More classes: `i-s`, `i-l`, `i-xl`, a colour.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! { <svg class=format!("i {class}") aria-hidden="true"><use href=icon.href()></use></svg> }
}
