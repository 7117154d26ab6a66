//! The officer's bench: what the desk's parts read, and what they may do. One value, handed down by context.

use std::collections::BTreeMap;

use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::moment::Day;
use dossier::view::{BookPage, BookRow, Detail};
use leptos::prelude::*;

use super::filters::Filters;
use super::marks::{Marks, RowKey, chosen};
use super::news::Shown;
use app::browser::Browser;
use app::clock::Clock;
use app::device::Device;
use app::live::{Memo, RwSignal};

/// What is being printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// The rows in sight.
    #[default]
    Book,
    /// The notice beside them.
    Notice,
}

impl Sheet {
    /// The value of `data-print`.
    pub const fn code(self) -> &'static str {
        match self {
            Sheet::Book => "book",
            Sheet::Notice => "notice",
        }
    }
}

/// The id of an element the focus goes to.
pub const SEARCH_ID: &str = "desk-search";
/// The title of the opened notice.
pub const NOTICE_ID: &str = "desk-notice";
/// The reason box.
pub const REASON_ID: &str = "desk-reason";

/// The id of a row's element.
pub fn row_id(row: RowKey) -> String {
    format!("r-{}-{}", row.0, row.1)
}

/// What the desk's parts read and do; a handle that copies.
#[derive(Clone, Copy)]
pub struct Bench {
    /// The device.
    pub device: Device,
    /// The browser.
    pub browser: Browser,
    /// The filters, from the address.
    pub filters: Memo<Filters>,
    /// Today.
    pub today: Memo<Day>,
    /// Rows and the question they answer; `None` until the first answer.
    pub shown: Memo<Option<Shown>>,
    /// The notice beside the table, as the device last told it.
    pub detail: Memo<Option<Detail>>,
    /// The words searched for: never in the address.
    pub search: RwSignal<String>,
    /// Where the officer stands.
    pub marks: RwSignal<Marks>,
    /// Reasons being written, each by its notice: walking away loses none.
    pub reasons: RwSignal<BTreeMap<DossierId, String>>,
    /// What is being printed.
    pub sheet: RwSignal<Sheet>,
    /// Whether the list of keys is open.
    pub help: RwSignal<bool>,
    /// Whether single letters are keys.
    pub letters: RwSignal<bool>,
    pub(super) go: StoredValue<Box<dyn Fn(Filters)>, LocalStorage>,
}

/// The unfinished things of a desk: what [`Bench::fetching`] and a test start from.
#[derive(Clone, Copy)]
pub struct Typing {
    /// The words searched for.
    pub search: RwSignal<String>,
    /// Where the officer stands.
    pub marks: RwSignal<Marks>,
}

impl Typing {
    /// Nothing typed, nothing marked.
    pub fn new() -> Typing {
        Typing { search: RwSignal::new(String::new()), marks: RwSignal::new(Marks::default()) }
    }
}

impl Default for Typing {
    fn default() -> Typing {
        Typing::new()
    }
}

impl Bench {
    /// A bench over what is shown; `go` changes the address.
    pub fn over(
        filters: Memo<Filters>,
        shown: Memo<Option<Shown>>,
        detail: Memo<Option<Detail>>,
        typing: Typing,
        go: impl Fn(Filters) + 'static,
    ) -> Bench {
        let minute = Clock::here().minute();
        Bench {
            device: Device::here(),
            browser: Browser::here(),
            filters,
            today: Memo::new(move |_| minute.get().0),
            shown,
            detail,
            search: typing.search,
            marks: typing.marks,
            reasons: RwSignal::new(BTreeMap::new()),
            sheet: RwSignal::new(Sheet::Book),
            help: RwSignal::new(false),
            letters: RwSignal::new(true),
            go: StoredValue::new_local(Box::new(go)),
        }
    }

    /// A bench that asks the device: again whenever the question or the device's revision changes, while the old
    /// rows stay.
    pub fn fetching(filters: Memo<Filters>, go: impl Fn(Filters) + 'static) -> Bench {
        let typing = Typing::new();
        let device = Device::here();
        let revision = device.slice(|view| view.revision);
        let minute = Clock::here().minute();
        let query =
            Memo::new(move |_| filters.with(|filters| filters.query(minute.get().0, &typing.search.get())));
        let book = device.follow(move || {
            revision.track();
            Some(Intent::Book(query.get()))
        });
        let opened = Memo::new(move |_| typing.marks.with(|marks| marks.opened));
        let notice = device.follow(move || {
            revision.track();
            opened.get().map(Intent::Open)
        });
        // Rows of a moment ago are better than none: a shut vault or an unlucky answer keeps the last page.
        let shown = Memo::new(move |old: Option<&Option<Shown>>| {
            book.with(|book| match book {
                Some((Intent::Book(query), Answer::Book(page))) => {
                    Some(Shown { query: query.clone(), page: (**page).clone() })
                }
                _ => old.cloned().flatten(),
            })
        });
        let detail = Memo::new(move |_| {
            notice.with(|notice| match notice {
                Some((_, Answer::Detail(detail))) if Some(detail.card.dossier) == opened.get() => {
                    Some((**detail).clone())
                }
                _ => None,
            })
        });
        Bench::over(filters, shown, detail, typing, go)
    }

    /// The bench of this desk.
    pub fn here() -> Bench {
        expect_context::<Bench>()
    }

    /// A slice of the page of the book.
    pub fn page<T>(self, of: impl FnOnce(&BookPage) -> T) -> T {
        self.shown.with(|shown| match shown {
            Some(shown) => of(&shown.page),
            None => of(&BookPage::default()),
        })
    }

    /// The rows in order.
    pub fn keys(self) -> Vec<RowKey> {
        self.page(|page| page.rows.iter().map(|row| (row.dossier, row.guest)).collect())
    }

    /// One row, while it is there.
    pub fn row(self, key: RowKey) -> Option<BookRow> {
        self.page(|page| page.rows.iter().find(|row| (row.dossier, row.guest) == key).cloned())
    }

    /// Ticked notices in sight, and those that can be received.
    pub fn chosen(self) -> (usize, Vec<DossierId>) {
        self.marks.with(|marks| self.page(|page| chosen(&page.rows, &marks.ticked)))
    }
}
