//! Sổ tiếp nhận lưu trú: the officer's book under a filter, from this device's own replica. The same answer with
//! and without network.

use std::collections::BTreeSet;

use dossier::id::DossierId;
use dossier::intent::BookQuery;
use dossier::moment::Moment;
use dossier::stay::Stay;
use dossier::vietnamese;
use dossier::view::{BookChoices, BookPage, BookRow, Card, CardState};

use super::Open;
use crate::replica::Held;

/// Most rows of one page.
const MOST_ROWS: usize = 500;

impl Open {
    pub(super) fn book(&self, _now: Moment, query: &BookQuery) -> BookPage {
        let twins = self.twins();
        let words = Words::of(&query.search);
        let mut page = BookPage { choices: self.choices(), ..BookPage::default() };
        let mut rows = Vec::new();
        let mut houses = BTreeSet::new();
        for (id, held) in self.at_desk() {
            let Ok(stay) = held.stay() else { continue };
            let card = self.card(*id, held, &twins);
            if card.ended && query.search.is_empty() || !self.fits(query, held, stay, &card) {
                continue;
            }
            let found = self.rows(*id, held, stay, &card, query, &words);
            if found.is_empty() {
                continue;
            }
            houses.insert(held.establishment);
            page.late += if card.margin.is_some_and(|margin| margin < 0) { found.len() as u32 } else { 0 };
            page.review += if matches!(card.state, CardState::Review(_)) { found.len() as u32 } else { 0 };
            rows.extend(found);
        }
        rows.sort_by(|a, b| {
            b.arrive
                .cmp(&a.arrive)
                .then_with(|| a.dossier.cmp(&b.dossier))
                .then_with(|| a.guest.cmp(&b.guest))
        });
        page.total = rows.len() as u32;
        page.establishments = houses.len() as u32;
        let limit = (query.limit as usize).clamp(1, MOST_ROWS);
        page.rows = rows.into_iter().skip(query.offset as usize).take(limit).collect();
        page
    }

    fn fits(&self, query: &BookQuery, held: &Held, stay: &Stay, card: &Card) -> bool {
        let here = |day| {
            let until = stay.left.map_or(stay.leave, |left| left.day());
            stay.arrive.day() <= day && (day < until || stay.arrive.day() == day)
        };
        let village =
            |village: &String| self.house(held.establishment).is_some_and(|h| h.village == *village);
        query.day.is_none_or(here)
            && query.village.as_ref().is_none_or(village)
            && query.establishment.is_none_or(|id| id == held.establishment)
            && (!query.overdue || card.margin.is_some_and(|margin| margin < 0))
            && (!query.waiting || matches!(held.status(), dossier::status::Status::Submitted { .. }))
            && (!query.review || matches!(card.state, CardState::Review(_)))
    }

    fn rows(
        &self,
        dossier: DossierId,
        held: &Held,
        stay: &Stay,
        card: &Card,
        query: &BookQuery,
        words: &Words,
    ) -> Vec<BookRow> {
        let house = self.house(held.establishment);
        let number = self.received(held).map(|(_, number)| number).unwrap_or_default();
        stay.present()
            .filter(|(_, guest)| query.nationality.is_none_or(|wanted| wanted == guest.nationality))
            .filter(|(_, guest)| {
                words.fit(&[
                    &vietnamese::fold(guest.name.as_str()),
                    &guest.paper.number().to_lowercase(),
                    &vietnamese::fold(&stay.room),
                    &number.to_lowercase(),
                ])
            })
            .map(|(id, guest)| BookRow {
                dossier,
                guest: *id,
                arrive: stay.arrive,
                leave: stay.left.map_or(stay.leave, |left| left.day()),
                name: guest.name.as_str().to_owned(),
                birth: guest.birth.to_string(),
                nationality: guest.nationality,
                number: guest.paper.grouped(),
                establishment: house.map(|house| house.name.clone()).unwrap_or_default(),
                village: house.map(|house| house.village.clone()).unwrap_or_default(),
                room: stay.room.clone(),
                state: card.state.clone(),
                margin: card.margin,
                pending: !held.pending.is_empty(),
            })
            .collect()
    }

    fn choices(&self) -> BookChoices {
        let houses = &self.office.facts.houses;
        let villages: BTreeSet<&String> = houses.iter().map(|house| &house.village).collect();
        let stays = self.at_desk().filter_map(|(_, held)| held.stay().ok());
        let nationalities: BTreeSet<_> =
            stays.flat_map(|stay| stay.present().map(|(_, guest)| guest.nationality)).collect();
        let mut establishments: Vec<_> = houses.iter().map(|house| (house.id, house.name.clone())).collect();
        establishments.sort_by_cached_key(|(_, name)| vietnamese::collation_key(name));
        BookChoices {
            villages: villages.into_iter().cloned().collect(),
            establishments,
            nationalities: nationalities.into_iter().collect(),
        }
    }
}

/// What is searched for: every word must be found in one of the places; digits also as one run, however they
/// were grouped.
pub(super) struct Words {
    words: Vec<String>,
    digits: Option<String>,
}

impl Words {
    pub(super) fn of(search: &str) -> Words {
        let folded = vietnamese::fold(search);
        let digits: String = folded.chars().filter(|sign| !sign.is_whitespace()).collect();
        let only = digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        Words {
            words: folded.split_whitespace().map(str::to_owned).collect(),
            digits: only.then_some(digits),
        }
    }

    pub(super) fn fit(&self, places: &[&str]) -> bool {
        if let Some(digits) = &self.digits {
            return places.iter().any(|place| place.contains(digits.as_str()));
        }
        self.words.iter().all(|word| places.iter().any(|place| place.contains(word.as_str())))
    }
}
