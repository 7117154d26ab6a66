//! Chỉ giữ phần còn lại: a tablet of the community team lets go of what it need not hold. Done while its member comes in,
//! when the whole log has just been read: what stays is written anew in the transaction that drops the rest.

use dossier::filing::intent::FormOf;
use dossier::id::DossierId;
use dossier::moment::{Day, Moment};
use dossier::place::initials;
use dossier::status::Status;
use dossier::view::StubView;

use super::Open;
use crate::frame::down::Down;
use crate::record::Record;
use crate::replica::Held;
use crate::stub::{Name, RETENTION, Stub};

/// A log as it was read: each sealed record, and the dossier it is about. `None`: it cannot be read, and stays.
pub(super) type Log = Vec<(Option<DossierId>, Vec<u8>)>;

impl Open {
    /// What there is to write down, and the log without what goes, if anything does. Every time is the office's: a phone's
    /// clock deletes nothing.
    pub(super) fn let_go(&self, log: Log) -> (Vec<Record>, Option<Vec<Vec<u8>>>) {
        let Some(heard) = self.office.last_contact.filter(|_| self.role().is_team()) else {
            return (Vec::new(), None);
        };
        let epoch = self.office.epoch;
        let twins = self.twins();
        let (mut records, mut gone) = (Vec::new(), Vec::new());
        let over = self
            .replica
            .cases
            .iter()
            .filter(|(id, held)| !twins.contains_key(id) && self.is_over(**id, held, heard.day()));
        for (id, held) in over {
            match held.at_rest {
                Some((since, at)) if since == epoch => {
                    let Some(stub) =
                        self.stub(*id, held, heard).filter(|_| at.0.saturating_add(RETENTION) <= heard.0)
                    else {
                        continue;
                    };
                    records.push(Record::Stub { dossier: *id, stub: Box::new(stub) });
                    gone.push(*id);
                }
                _ => records.push(Record::AtRest { dossier: *id, epoch, at: heard }),
            }
        }
        let stays = |dossier: &Option<DossierId>| dossier.is_none_or(|dossier| !gone.contains(&dossier));
        let log = (!gone.is_empty()).then(|| {
            log.into_iter().filter(|(dossier, _)| stays(dossier)).map(|(_, sealed)| sealed).collect()
        });
        (records, log)
    }

    /// Whether nothing more is to be done about a dossier here: the office of today has all of it, the receipt of exactly
    /// what it says was verified, and nobody waits for anybody.
    fn is_over(&self, id: DossierId, held: &Held, today: Day) -> bool {
        let epoch = self.office.epoch;
        let proven = held.receipt().map(|receipt| receipt.content);
        let whole = held.is_whole_at(epoch)
            && proven.is_some()
            && held.content_of(&held.history.heads()) == proven
            && !held.has_receipts_to_offer(epoch);
        let quiet = held.rejected.is_none()
            && held.refused.is_empty()
            && held.conflicts().is_empty()
            && held.conflicting_places().is_empty();
        let typed = self.drafts.changing().any(|changing| changing == id)
            || self.forms.of(&FormOf::Change(id)).is_some();
        let ended = match (held.stay(), held.filing()) {
            // Guests who are still there can still be extended or leave, and what was sent back is to be put right.
            (Ok(stay), _) => match held.status() {
                Status::Submitted { .. } | Status::Received { .. } => {
                    stay.left.map_or(stay.leave, |left| left.day()) < today
                }
                status => !status.is_open(),
            },
            (_, Ok(filing)) => {
                let here = |digest| self.courier.kept.has(digest);
                let pictures = filing.papers.values().any(|page| here(&page.digest));
                !held.filing_status().is_with_office() && !pictures && self.lacking(held).next().is_none()
            }
            // What cannot be read is not deleted.
            _ => false,
        };
        held.reminted.is_none() && whole && quiet && !typed && ended
    }

    /// As a page lists them.
    pub(super) fn stubs(&self) -> Vec<StubView> {
        let stubs = self.replica.stubs.iter().rev();
        stubs.map(|(dossier, stub)| stub.show(*dossier, self.office.epoch)).collect()
    }

    /// One of them, with its proof.
    pub(super) fn opened_stub(&self, id: DossierId) -> Option<(StubView, String)> {
        let stub = self.replica.stub(id)?;
        Some((stub.show(id, self.office.epoch), stub.receipt.to_text()))
    }

    fn stub(&self, id: DossierId, held: &Held, heard: Moment) -> Option<Stub> {
        let name = match held.stay() {
            Ok(stay) => stay.present().next().map(|(_, guest)| guest.name.as_str().to_owned()),
            Err(_) => self.filing_card(heard, id, held).map(|card| card.name),
        };
        Some(Stub {
            initials: initials(&name.unwrap_or_default()),
            received: self.received(held)?.0,
            receipt: held.receipt()?.clone(),
            epoch: self.office.epoch,
            followed: heard,
            news: None,
            names: held.history.changes().map(Name::of).collect(),
        })
    }

    /// Takes out of an answer what is about dossiers of which only a stub is here: the content does not come back. That
    /// the office speaks of them, and of something new, is kept.
    pub(super) fn without_stubs(&self, down: &mut Down) -> Vec<Record> {
        let epoch = down.epoch;
        let mut said = Vec::new();
        for (dossier, stub) in &self.replica.stubs {
            let of = down.recorded.iter().filter(|ordered| ordered.dossier == *dossier);
            let at = of.map(|ordered| ordered.recorded.at).max();
            let spoken = at.is_some() || down.parcels.iter().any(|parcel| parcel.dossier == *dossier);
            if let Some(news) = stub.hears(epoch, at).filter(|_| spoken) {
                said.push(Record::StubHeard { dossier: *dossier, epoch, news });
            }
        }
        let is_stub = |dossier: DossierId| self.replica.stub(dossier).is_some();
        down.parcels.retain(|parcel| !is_stub(parcel.dossier));
        down.recorded.retain(|ordered| !is_stub(ordered.dossier));
        down.numbered.retain(|numbered| !is_stub(numbered.dossier));
        down.receipts.retain(|receipt| !is_stub(receipt.dossier));
        said
    }
}
