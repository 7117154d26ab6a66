//! What the officer does at the bench: every button and every key ends here.

use std::time::Duration;

use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;

use super::bench::{Bench, NOTICE_ID, REASON_ID, SEARCH_ID, Sheet, row_id};
use super::filters::Filters;
use super::keys::Command;
use super::marks::{Marks, RowKey, chosen};

impl Bench {
    /// Looks at the book another way; ticks do not outlive the rows they were made on.
    pub fn look(self, filters: Filters) {
        self.marks.update(|marks| marks.ticked.clear());
        self.go.with_value(|go| go(filters));
    }

    /// Another way, made from the present one; from its first page.
    pub fn filter(self, change: impl FnOnce(&mut Filters)) {
        let mut filters = self.filters.get_untracked();
        filters.leaf = 0;
        change(&mut filters);
        self.look(filters);
    }

    /// Opens a notice and takes the reader to it.
    pub fn open(self, notice: DossierId) {
        self.marks.update(|marks| marks.open(notice));
        self.focus(NOTICE_ID);
    }

    /// Tiếp nhận: tells the device; what it refuses is shown by the page's frame.
    pub fn receive(self, notices: Vec<DossierId>) {
        if notices.is_empty() {
            return;
        }
        self.marks.update(|marks| notices.iter().for_each(|notice| _ = marks.ticked.remove(notice)));
        self.device.tell(Intent::Receive(notices));
    }

    /// Opens the reason box of the opened notice, or of the one with the cursor.
    pub fn ask_reason(self) {
        let may = self.detail.with_untracked(|detail| detail.as_ref().is_none_or(|detail| detail.can_return));
        self.marks.update(|marks| {
            if let Some(notice) = marks.opened.or(marks.cursor.map(|row| row.0)).filter(|_| may) {
                marks.open(notice);
                marks.returning = Some(notice);
            }
        });
        self.focus(REASON_ID);
    }

    /// Sends it back; without a reason nothing happens.
    pub fn send_back(self, notice: DossierId) {
        let reason = self.reasons.with_untracked(|reasons| reasons.get(&notice).cloned().unwrap_or_default());
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return;
        }
        let pending = self.device.ask(Intent::Return(notice, reason));
        leptos::task::spawn_local(async move {
            match pending.await {
                // The words stay until the device has kept them.
                Answer::Refused(refusal) => self.device.refuse(refusal),
                _ => {
                    self.reasons.update(|reasons| _ = reasons.remove(&notice));
                    self.marks.update(|marks| marks.returning = None);
                    self.focus(NOTICE_ID);
                }
            }
        });
    }

    /// Prints one sheet, once the page has been laid out for it.
    pub fn print(self, sheet: Sheet) {
        self.sheet.set(sheet);
        set_timeout(move || self.browser.with(|browser| browser.print()), Duration::ZERO);
    }

    /// Does what a key asks for; `false` leaves the key to the browser.
    pub fn obey(self, command: Command) -> bool {
        let keys = self.keys();
        match command {
            Command::Down => self.walk(&keys, 1),
            Command::Up => self.walk(&keys, -1),
            Command::First => self.walk(&keys, isize::MIN),
            Command::Last => self.walk(&keys, isize::MAX),
            Command::Tick => self.marks.update(|marks| {
                if let Some((notice, _)) = marks.cursor {
                    marks.tick(notice);
                }
            }),
            Command::Open => match self.marks.with_untracked(|marks| marks.cursor) {
                Some((notice, _)) => self.open(notice),
                None => return false,
            },
            Command::Close => self.close(),
            Command::Receive => self.receive_here(),
            Command::Return => self.ask_reason(),
            Command::Search => self.focus(SEARCH_ID),
            Command::Help => self.help.set(true),
            Command::New => return false,
        }
        true
    }

    /// Closes the innermost thing and goes back to the row.
    pub fn close(self) {
        self.marks.update(Marks::close);
        if self.marks.with_untracked(|marks| marks.opened.is_some()) {
            self.focus(NOTICE_ID);
        } else {
            self.focus_row();
        }
    }

    fn walk(self, keys: &[RowKey], by: isize) {
        self.marks.update(|marks| marks.step(keys, by));
        self.focus_row();
    }

    /// Moves the focus to the row with the cursor, wherever it stands once the page has been drawn: the focus on a row
    /// already passed would call the cursor back.
    fn focus_row(self) {
        let row = move || self.marks.try_with_untracked(|marks| marks.cursor).flatten().map(row_id);
        self.browser.with(|browser| browser.focus_on(Box::new(row)));
    }

    fn receive_here(self) {
        let (count, notices) = self.chosen();
        if count > 0 {
            return self.receive(notices);
        }
        let marks = self.marks.get_untracked();
        if let Some(notice) = marks.opened.or(marks.cursor.map(|row| row.0)) {
            let (_, notices) = self.page(|page| chosen(&page.rows, &[notice].into()));
            self.receive(notices);
        }
    }

    /// Moves the focus once the page has been drawn.
    fn focus(self, id: &str) {
        let id = id.to_owned();
        set_timeout(move || self.browser.with(|browser| browser.focus(&id)), Duration::ZERO);
    }
}
