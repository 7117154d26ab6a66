//! Hàng hồ sơ: the dossiers of a commune as the officer's table shows them, overdue first.

use dossier::filing::Filing;
use dossier::filing::intent::{QueuePart, QueueQuery};
use dossier::filing::status::Stage;
use dossier::filing::view::{FilingCard, QueuePage, QueueRow};
use dossier::moment::Moment;
use dossier::procedure::Agency;
use dossier::vietnamese;

use super::Open;
use super::book::Words;

/// Most rows of one page.
const MOST_ROWS: usize = 500;

impl Open {
    pub(super) fn queue(&self, now: Moment, query: &QueueQuery) -> QueuePage {
        let words = Words::of(&query.search);
        let mut page = QueuePage::default();
        let mut rows = Vec::new();
        for (id, held) in self.at_desk() {
            let (Some(card), Ok(filing)) = (self.filing_card(now, *id, held), held.filing()) else {
                continue;
            };
            page.waiting += u32::from(is_waiting(&card));
            page.late += u32::from(is_late(&card));
            page.decided += u32::from(card.status.stage == Stage::Decided);
            let received = self.received(held);
            let number = received.as_ref().map(|(_, number)| number.clone()).unwrap_or_default();
            if !shows(query, &card) || !found(&words, filing, &number) {
                continue;
            }
            let house = self.house(held.establishment);
            rows.push(QueueRow {
                at: received.map(|(at, _)| at),
                number,
                establishment: house.map(|house| house.name.clone()).unwrap_or_default(),
                village: house.map(|house| house.village.clone()).unwrap_or_default(),
                pending: !held.pending.is_empty(),
                agency: self.pinned(&filing.version).map_or(Agency::Police, |procedure| procedure.agency),
                one_stop: held.acts.iter().any(|ordered| ordered.recorded.is_taken_in()),
                card,
            });
        }
        rows.sort_by_key(order);
        page.total = rows.len() as u32;
        let limit = (query.limit as usize).clamp(1, MOST_ROWS);
        page.rows = rows.into_iter().skip(query.offset as usize).take(limit).collect();
        page
    }
}

/// Late ones first and the latest of them before; then what is due next; what was not accepted yet by its arrival.
fn order(row: &QueueRow) -> impl Ord + use<> {
    let clock = row.card.clock.as_ref();
    let late = clock.map_or(0, |clock| clock.overdue);
    let due = clock.and_then(|clock| clock.due).map_or(i32::MAX, |due| due.0);
    (std::cmp::Reverse(late), !is_waiting(&row.card), due, row.at, row.card.dossier)
}

/// Whether an officer has to look at it first of all.
pub(super) fn is_waiting(card: &FilingCard) -> bool {
    matches!(card.status.stage, Stage::Waiting { .. })
}

/// Whether its term is over and it has not ended.
pub(super) fn is_late(card: &FilingCard) -> bool {
    card.status.is_with_office() && card.clock.is_some_and(|clock| clock.overdue > 0)
}

fn shows(query: &QueueQuery, card: &FilingCard) -> bool {
    let part = match query.part {
        QueuePart::Open => card.status.is_with_office(),
        QueuePart::Waiting => is_waiting(card),
        QueuePart::Late => is_late(card),
        QueuePart::Decided => card.status.stage == Stage::Decided,
        QueuePart::Ended => !card.status.is_with_office() && card.status.submitted.is_some(),
    };
    // Who looks for a name looks everywhere.
    let part = part || !query.search.trim().is_empty();
    part && query.procedure.as_ref().is_none_or(|wanted| *wanted == card.version.procedure)
}

fn found(words: &Words, filing: &Filing, number: &str) -> bool {
    let rows = filing.present().map(|(_, row)| row);
    let mut places: Vec<String> = std::iter::once(&filing.answers)
        .chain(rows)
        .flat_map(|answers| answers.iter())
        .filter(|(key, _)| key.as_str().ends_with("name") || key.as_str().ends_with("number"))
        .map(|(_, value)| vietnamese::fold(value))
        .collect();
    places.push(number.to_lowercase());
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    words.fit(&places)
}
