//! What a page asks of the browser around it, besides the device: focus, print, share, hand over a file, keep a
//! small setting. Nothing personal goes through [`Browser::keep`].

use dossier::manage::Subscription;
use leptos::prelude::*;

/// Small settings of this phone; none of them personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The appearance: see [`Theme`].
    Theme,
    /// The room declared last.
    Room,
    /// Somebody has joined on this phone.
    Joined,
    /// A desk was opened on this device: it opens with the desk's pages from now on.
    Desk,
}

/// The appearance of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the phone itself.
    #[default]
    System,
    /// Ngày.
    Light,
    /// Đêm.
    Dark,
    /// Ngoài nắng.
    Sun,
}

impl Theme {
    /// All four in the order they are offered.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Sun];

    /// The value of `data-theme`; empty when the phone decides.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Sun => "sun",
        }
    }

    /// The theme of a kept setting; anything unknown is the phone's own.
    pub fn from_code(code: &str) -> Theme {
        Theme::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// Whether this phone is told while the page is closed, as far as the browser knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushing {
    /// The browser has no such thing.
    Missing,
    /// The person, or the phone, does not let this site show anything.
    Barred,
    /// It could be.
    Off,
    /// It is subscribed.
    On,
}

/// What the browser can do for a page.
pub trait Abilities {
    /// Puts the focus on the element with this id, scrolled into view.
    fn focus(&self, id: &str) {
        let id = id.to_owned();
        self.focus_on(Box::new(move || Some(id)));
    }
    /// The same once the page has been drawn; which element, is asked only then.
    fn focus_on(&self, id: Box<dyn FnOnce() -> Option<String>>);
    /// Gives the window a name.
    fn name_window(&self, name: &str);
    /// Scrolls to the top of the page.
    fn to_top(&self);
    /// Opens the print dialog.
    fn print(&self);
    /// Where a tracking code is looked up. The code itself is never part of an address.
    fn tracking_address(&self) -> String;
    /// Leaves for this address of somebody else's, which is told nothing of where one comes from.
    fn leave_for(&self, address: &str);
    /// Shares a text, or copies it where there is no sharing.
    fn share(&self, text: &str);
    /// Hands a file to the person.
    fn hand_over(&self, name: &str, bytes: &[u8]);
    /// Makes the picture chosen in the file field with this id small, and says it: a JPEG; `None` when it is no picture.
    fn picture(&self, field: &str, then: Box<dyn FnOnce(Option<Vec<u8>>)>);
    /// An address under which this page shows a picture.
    fn show_picture(&self, jpeg: &[u8]) -> String;
    /// Gives such an address back: nothing is to be seen there any more.
    fn hide_picture(&self, address: &str);
    /// Whether it reads QR codes with the camera.
    fn can_scan(&self) -> bool;
    /// Shows what the camera sees in the `<video>` with this id, and says what each code in sight says, until `then`
    /// answers that it is enough: `None` when there is no camera to be had. The camera is given back then, when the page
    /// goes out of sight, and when what is returned is called.
    fn scan(&self, video: &str, then: Box<dyn Fn(Option<String>) -> bool>) -> Box<dyn FnOnce()>;
    /// Keeps a small setting.
    fn keep(&self, setting: Setting, value: &str);
    /// A kept setting; empty when there is none.
    fn kept(&self, setting: Setting) -> String;
    /// Shows the pages in this appearance from now on.
    fn wear(&self, theme: Theme);
    /// The invitation code that came behind `#ma=` in the address; it was erased from the address at once.
    fn invitation(&self) -> String;
    /// Asks the browser to keep the storage (`navigator.storage.persist()`), and tells the device the answer.
    fn persist(&self);
    /// Says whether this phone is told while the page is closed.
    fn pushing(&self, then: Box<dyn FnOnce(Pushing)>);
    /// Asks the person and subscribes for this key; `None` when it cannot be. Only right after a tap.
    fn begin_pushing(&self, key: &str, then: Box<dyn FnOnce(Option<Subscription>)>);
    /// Lets go of the subscription.
    fn end_pushing(&self);
    /// Fetches the desk's pages and lets them take the place of these, with the device as open as it is; `missing` is
    /// called when they cannot be had.
    fn open_desk(&self, missing: Box<dyn FnOnce()>);
}

/// The browser of this page; a handle that copies.
#[derive(Clone, Copy)]
pub struct Browser(StoredValue<Box<dyn Abilities>, LocalStorage>);

impl Browser {
    /// A browser with these abilities.
    pub fn new(abilities: impl Abilities + 'static) -> Browser {
        Browser(StoredValue::new_local(Box::new(abilities)))
    }

    /// The browser of this page.
    pub fn here() -> Browser {
        expect_context::<Browser>()
    }

    /// Uses it.
    pub fn with<T>(self, of: impl FnOnce(&dyn Abilities) -> T) -> T {
        self.0.with_value(|abilities| of(abilities.as_ref()))
    }
}

/// A browser that can do nothing: the server's, and a test's.
pub struct NoBrowser;

impl Abilities for NoBrowser {
    fn focus_on(&self, _: Box<dyn FnOnce() -> Option<String>>) {}
    fn name_window(&self, _: &str) {}
    fn to_top(&self) {}
    fn print(&self) {}
    fn tracking_address(&self) -> String {
        "https://bankhai.example.vn/theo-doi".to_owned()
    }
    fn leave_for(&self, _: &str) {}
    fn share(&self, _: &str) {}
    fn hand_over(&self, _: &str, _: &[u8]) {}
    fn picture(&self, _: &str, then: Box<dyn FnOnce(Option<Vec<u8>>)>) {
        then(None);
    }
    fn show_picture(&self, _: &[u8]) -> String {
        String::new()
    }
    fn hide_picture(&self, _: &str) {}
    fn can_scan(&self) -> bool {
        false
    }
    fn scan(&self, _: &str, then: Box<dyn Fn(Option<String>) -> bool>) -> Box<dyn FnOnce()> {
        then(None);
        Box::new(|| {})
    }
    fn keep(&self, _: Setting, _: &str) {}
    fn kept(&self, _: Setting) -> String {
        String::new()
    }
    fn wear(&self, _: Theme) {}
    fn invitation(&self) -> String {
        String::new()
    }
    fn persist(&self) {}
    fn pushing(&self, then: Box<dyn FnOnce(Pushing)>) {
        then(Pushing::Missing);
    }
    fn begin_pushing(&self, _: &str, then: Box<dyn FnOnce(Option<Subscription>)>) {
        then(None);
    }
    fn end_pushing(&self) {}
    fn open_desk(&self, _: Box<dyn FnOnce()>) {}
}
