//! Everything about one notice: what it says, what happened, what proves it.

use dossier::act::{Act, Channel, PairVerdict};
use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::{DossierId, EstablishmentId, GuestId};
use dossier::intent::StayField;
use dossier::moment::{Day, Moment};
use dossier::status::Status;
use dossier::stay::{Guest, Stay};
use dossier::view::{Behalf, Conflict, Detail, Entry, Happening, House, ReceiptCheck, ReceiptView};

use super::Open;
use crate::conflict;
use crate::decision::{Signed, SignedDecision};
use crate::receipt::{Receipt, ReceiptError};
use crate::replica::Held;

impl Open {
    pub(super) fn detail(&self, _now: Moment, id: DossierId) -> Option<Detail> {
        let held = self.replica.cases.get(&id)?;
        let officer = self.role().is_police();
        if officer && !self.at_desk().any(|(here, _)| *here == id) {
            return None;
        }
        let stay = held.stay().ok()?;
        let twins = self.twins();
        let card = self.card(id, held, &twins);
        let status = held.status();
        let twin = card.twin.and_then(|twin| Some(self.card(twin, self.replica.cases.get(&twin)?, &twins)));
        let declarant = held.acts.iter().find_map(|ordered| match ordered.recorded.act {
            Act::Submit { .. } => Some(ordered.recorded.by.name.clone()),
            _ => None,
        });
        let waits = held.pending.iter().any(|p| matches!(p.act, Act::Receive { .. } | Act::Return { .. }));
        Some(Detail {
            stay: stay.clone(),
            draft: form(id, stay),
            house: self.house(held.establishment).cloned().unwrap_or_else(|| nowhere(held.establishment)),
            declarant: declarant.unwrap_or_else(|| self.member.membership.name.clone()),
            channel: channel(held),
            behalf: self.behalf(held),
            receipt: held.receipt().map(|receipt| ReceiptView {
                number: receipt.number().to_string(),
                received_at: receipt.root.received_at,
                qr: receipt.to_text(),
                current: held.is_proven_now(receipt),
            }),
            timeline: self.timeline(held, stay),
            conflicts: self.conflicts(held, stay),
            twin,
            can_receive: officer && !waits && matches!(status, Status::Submitted { .. }),
            can_return: officer
                && !waits
                && matches!(status, Status::Submitted { .. } | Status::Received { .. }),
            card,
        })
    }

    /// The newest ground recorded in it, whether the office has it yet or not.
    pub(super) fn behalf(&self, held: &Held) -> Option<Behalf> {
        let own = &self.member.membership.name;
        let pending = held.pending.iter().rev().map(|pending| (&pending.act, own));
        let ordered = held.acts.iter().rev().map(|act| (&act.recorded.act, &act.recorded.by.name));
        // What the office did not take is still what was said, until it is recorded anew.
        let refused = held.refused.iter().rev().map(|refused| (&refused.act, own));
        pending.chain(ordered).chain(refused).find_map(|(act, by)| match act {
            Act::OnBehalf { basis, tracking } => {
                Some(Behalf { by: by.clone(), basis: (**basis).clone(), tracking: tracking.to_string() })
            }
            _ => None,
        })
    }

    fn timeline(&self, held: &Held, stay: &Stay) -> Vec<Entry> {
        let due = self.due(held, stay);
        let mut entries = vec![
            Entry { at: stay.arrive, what: Happening::Arrived },
            Entry { at: due.at, what: Happening::Due },
        ];
        entries.extend(due.foreign_limit.map(|at| Entry { at, what: Happening::ForeignLimit }));
        let mut submitted = false;
        for ordered in &held.acts {
            let (at, by) = (ordered.recorded.at, ordered.recorded.by.name.clone());
            let what = match &ordered.recorded.act {
                Act::Submit { claimed_at, last_contact, .. } if !submitted => {
                    submitted = true;
                    let saved = Happening::SavedOnDevice { last_contact: *last_contact };
                    entries.push(Entry { at: *claimed_at, what: saved });
                    let received = self.received(held);
                    let first = received.as_ref().map_or(at, |(first, _)| *first);
                    let number = received.map(|(_, number)| number).unwrap_or_default();
                    entries.push(Entry { at: first, what: Happening::Receipted { number } });
                    continue;
                }
                Act::Submit { .. } => Happening::Supplemented,
                Act::Call { claimed_at, number, answered_by } => {
                    let (number, answered_by) = (number.clone(), answered_by.clone());
                    entries.push(Entry { at: *claimed_at, what: Happening::Called { number, answered_by } });
                    continue;
                }
                Act::Withdraw { .. } => Happening::Withdrawn,
                Act::Settle { verdict: PairVerdict::SameStay, .. } => Happening::Merged,
                Act::Settle { verdict: PairVerdict::Different, .. } => continue,
                Act::Receive { .. } => Happening::Received { by },
                Act::Return { reason, .. } => Happening::Returned { by, reason: reason.clone() },
                Act::OnBehalf { basis, .. } => Happening::OnBehalf { by, basis: basis.clone() },
                // Of a residence dossier, and that has its own page.
                Act::Step(_) | Act::ReceivedAt { .. } => continue,
            };
            entries.push(Entry { at, what });
        }
        for pending in &held.pending {
            match &pending.act {
                Act::Submit { claimed_at, last_contact, .. } if !submitted => {
                    submitted = true;
                    let what = Happening::SavedOnDevice { last_contact: *last_contact };
                    entries.push(Entry { at: *claimed_at, what });
                }
                Act::Call { claimed_at, number, answered_by } => {
                    let (number, answered_by) = (number.clone(), answered_by.clone());
                    entries.push(Entry { at: *claimed_at, what: Happening::Called { number, answered_by } });
                }
                _ => {}
            }
        }
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    fn conflicts(&self, held: &Held, stay: &Stay) -> Vec<Conflict> {
        if held.conflicts().is_empty() {
            return Vec::new();
        }
        let doc = held.history.open();
        let handle = self.handle();
        held.conflicts()
            .iter()
            .map(|field| Conflict {
                field: *field,
                guest: guest_of(*field)
                    .and_then(|guest| stay.guests.get(&guest))
                    .map(|guest| guest.name.as_str().to_owned()),
                values: conflict::values(&doc, *field, |candidate| candidate.by == Some(handle)),
            })
            .collect()
    }

    pub(super) fn check_receipt(&self, text: &str) -> ReceiptCheck {
        let keys = self.receipt_keys();
        let found = if SignedDecision::is_meant(text) {
            SignedDecision::from_text(text)
                .and_then(|signed| signed.verify(&keys).map(|()| decided(&signed.said)))
        } else {
            Receipt::from_text(text)
                .and_then(|receipt| receipt.verify(&keys).map(|()| self.genuine(&receipt)))
        };
        match found {
            Ok(genuine) => genuine,
            Err(ReceiptError::UnknownKey) => ReceiptCheck::UnknownKey,
            Err(ReceiptError::Forged) => ReceiptCheck::Forged,
            Err(ReceiptError::NotAReceipt) => ReceiptCheck::NotAReceipt,
        }
    }

    fn genuine(&self, receipt: &Receipt) -> ReceiptCheck {
        ReceiptCheck::Genuine {
            number: receipt.number().to_string(),
            received_at: receipt.root.received_at,
            commune: receipt.root.commune.to_string(),
            matches: self.replica.cases.get(&receipt.dossier).map(|held| held.proves(receipt)),
        }
    }
}

fn decided(said: &Signed) -> ReceiptCheck {
    let tail =
        if said.number_tail.is_empty() { String::new() } else { format!(" · số …{}", said.number_tail) };
    ReceiptCheck::Decided {
        number: said.number.to_string(),
        decided_at: said.decided_at,
        commune: said.number.commune.to_string(),
        procedure: said.procedure.clone(),
        person: format!("{}{tail}", said.person),
        until: said.until,
    }
}

/// By which way it came first.
pub(super) fn channel(held: &Held) -> Option<Channel> {
    let ordered = held.acts.iter().map(|ordered| &ordered.recorded.act);
    let mut acts = ordered.chain(held.pending.iter().map(|pending| &pending.act));
    acts.find_map(|act| match act {
        Act::Submit { channel, .. } => Some(*channel),
        _ => None,
    })
}

pub(super) fn nowhere(id: EstablishmentId) -> House {
    House { id, name: String::new(), village: String::new(), remote: false }
}

fn guest_of(field: StayField) -> Option<GuestId> {
    match field {
        StayField::Arrive
        | StayField::Leave
        | StayField::Left
        | StayField::Room
        | StayField::Reason
        | StayField::ReasonText => None,
        StayField::Name(guest)
        | StayField::Birth(guest)
        | StayField::Sex(guest)
        | StayField::Nationality(guest)
        | StayField::PaperKind(guest)
        | StayField::PaperNumber(guest)
        | StayField::PermittedUntil(guest)
        | StayField::Phone(guest)
        | StayField::Home(guest)
        | StayField::Removed(guest)
        | StayField::Confirmed(guest) => Some(guest),
    }
}

/// The form of a notice that exists.
pub(super) fn form(dossier: DossierId, stay: &Stay) -> StayDraft {
    StayDraft {
        dossier: Some(dossier),
        arrive_day: iso(stay.arrive.day()),
        arrive_time: stay.arrive.minute().to_string(),
        leave_day: iso(stay.leave),
        room: stay.room.clone(),
        reason: Some(stay.reason),
        reason_text: stay.reason_text.clone(),
        note: stay.note.clone(),
        guests: stay.guests.iter().map(|(id, guest)| guest_form(*id, guest)).collect(),
        step: 0,
    }
}

fn guest_form(id: GuestId, guest: &Guest) -> GuestDraft {
    let part = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    GuestDraft {
        guest: Some(id),
        name: guest.name.as_str().to_owned(),
        birth_day: part(guest.birth.day()),
        birth_month: part(guest.birth.month()),
        birth_year: guest.birth.year().to_string(),
        sex: Some(guest.sex),
        nationality: guest.nationality,
        paper: guest.paper.kind(),
        number: guest.paper.number(),
        permitted_until: guest.permitted_until.map(iso).unwrap_or_default(),
        phone: guest.phone.clone(),
        home: guest.home.clone(),
        confirmed: guest.confirmed,
        removed: guest.removed,
    }
}

fn iso(day: Day) -> String {
    let (year, month, date) = day.date();
    format!("{year:04}-{month:02}-{date:02}")
}
