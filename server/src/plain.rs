//! The plain form: a notice typed without a script, filed by the office acting as a device of the account. It passes
//! the same gate and the same judge as a phone's, under a channel of its own.

pub mod page;
pub mod typed;

use std::sync::Arc;

use dossier::access::{Action, Resource, can};
use dossier::act::{Act, Channel};
use dossier::draft::StayNotice;
use dossier::id::{AccountId, DeviceHandle, DossierId, GuestId};
use dossier::view::Rejection;
use ed25519_dalek::SigningKey;
use sync::case::{History, proof_at};
use sync::document;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Parcel};
use sync::office::Caller;
use sync::office::answer::Item;
use sync::office::issue::rebuild;
use sync::receipt::{Leaf, Receipt, content};

use crate::error::Error;
use crate::exchange::rows::{self, KeyRing};
use crate::exchange::writer::Kept;
use crate::keys::Keys;
use crate::office::Office;
use crate::store::account::AccountRow;
use crate::store::device::{self, PlainDevice};
use crate::store::{dossier as log, establishment};
use crate::{clock, dice, hex};

/// What the plain form's device is called in lists.
const NAME: &str = "trang đơn giản";

/// Travels hidden in the form: the same form sent twice, or sent again after a correction, is the same notice. It
/// opens nothing by itself: what it names follows from the account as well.
#[derive(Clone, Copy)]
pub struct Ticket([u8; 8]);

impl Ticket {
    /// For a blank form.
    pub fn mint() -> Ticket {
        Ticket(dice::roll())
    }

    /// The one that came back with the form; a fresh one when nothing sensible did.
    pub fn read(text: &str) -> Ticket {
        hex::decode_exact(text).map_or_else(Ticket::mint, Ticket)
    }

    fn names(self, keys: &Keys, account: AccountId) -> Names {
        let mark = keys.mark("plain form", &[&account.0.to_be_bytes()[..], &self.0].concat());
        let mut names = Names { dossier: [0; 5], actor: [0; 5], guest: [0; 4] };
        names.dossier.copy_from_slice(&mark[..5]);
        names.actor.copy_from_slice(&mark[5..10]);
        names.guest.copy_from_slice(&mark[10..14]);
        names
    }
}

impl std::fmt::Display for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

/// What a ticket stands for. A phone rolls these: it remembers them. The form remembers nothing but its ticket, and
/// they are derived, so that two copies of one request make the very same change.
struct Names {
    dossier: [u8; 5],
    actor: [u8; 5],
    guest: [u8; 4],
}

/// What filing came to.
pub enum Filed {
    /// The office's proof.
    Receipt(Box<Receipt>),
    /// Not taken.
    Refused(Rejection),
}

/// Files the notice in the name of this person, who has just shown their password.
pub async fn file(
    office: &Office,
    person: &AccountRow,
    ticket: Ticket,
    notice: StayNotice,
) -> Result<Filed, Error> {
    let today = clock::now().day();
    let (account, principal) = (person.id(), person.principal(today));
    let house = principal.establishment(today).ok_or(Error::Forbidden)?;
    let places = establishment::places(office.store.readers(), [house]).await?;
    let place = places.get(&house).copied().ok_or(Error::Forbidden)?;
    if !can(Some(&principal), Action::Declare, Resource::At(place), today) {
        return Err(Error::Forbidden);
    }
    let handle = own_device(office, account).await?;
    let names = ticket.names(&office.keys, account);
    let dossier = DossierId::mint(handle, names.dossier);
    let mut history = story(office, dossier).await?;
    let mut up = Up::silent(handle, clock::now());
    let mut doc = history.open();
    doc.set_actor(document::actor(handle, names.actor));
    let mut stay = notice.stay;
    stay.left = document::read(&doc).ok().and_then(|before| before.left);
    stay.guests.extend(notice.guests.into_iter().map(|(_, guest)| (GuestId(names.guest), guest)));
    // Nothing differs when the same form comes again: then there is nothing to send but the submission itself.
    if let Some(change) = document::write(&mut doc, &stay) {
        let changes = vec![change.raw_bytes().to_vec()];
        up.parcels.push(Parcel { dossier, establishment: house, changes });
        history.take_own(change);
    }
    let submit = submission(&office.keys, dossier, &history);
    up.acts.push(submit);
    let kept = office
        .writer
        .keep(
            Caller {
                principal,
                name: person.name.clone(),
                others: Vec::new(),
                holds: None,
                desk: String::new(),
            },
            Arc::new(up),
        )
        .await?;
    filed(kept, dossier, &history)
}

fn submission(keys: &Keys, dossier: DossierId, history: &History) -> SentAct {
    let (heads, now) = (history.heads(), clock::now());
    let mark = keys.mark("plain submission", &[&dossier.0[..], &heads.0.concat()].concat());
    let mut id = [0; 8];
    id.copy_from_slice(&mark[..8]);
    // The form has no clock of its own: what it claims is what the office saw.
    let act = Act::Submit { heads, channel: Channel::PlainForm, claimed_at: now, last_contact: Some(now) };
    SentAct { dossier, id: ActId(id), act }
}

fn filed(kept: Kept, dossier: DossierId, history: &History) -> Result<Filed, Error> {
    let on_dossier = kept.judged.verdicts.iter().map(|(_, verdict)| *verdict);
    let on_act = kept.judged.act_verdicts.iter().map(|said| said.verdict);
    for verdict in on_dossier.chain(on_act) {
        if let Verdict::Rejected(why) = verdict {
            return Ok(Filed::Refused(why));
        }
    }
    let issued = || {
        let heads = history.heads();
        let (_, projection) = proof_at(history, &heads)?.ok()?;
        let issued = kept.issued.as_ref()?;
        let leaf = issued.leaves.first()?;
        let (serial, number_epoch) = (leaf.serial, leaf.number_epoch);
        let leaf = Leaf { serial, number_epoch, dossier, content: content(&heads, &projection) };
        rebuild(issued, &[leaf])?.pop()
    };
    let receipt = kept.judged.again.first().cloned().or_else(issued);
    receipt
        .map(|receipt| Filed::Receipt(Box::new(receipt)))
        .ok_or(Error::Broken("a filing without a receipt"))
}

/// What the office holds of this notice.
async fn story(office: &Office, dossier: DossierId) -> Result<History, Error> {
    let mut ring = KeyRing::new(office.keys.dossier_kek());
    let mut history = History::new();
    for row in log::story(office.store.readers(), dossier).await? {
        if let Item::Change(_, _, raw) = rows::open(&row, &mut ring)?.item {
            history.take(&raw).map_err(|_| Error::Broken("a kept change does not follow"))?;
        }
    }
    Ok(history)
}

/// The account's device behind the form, made at its first filing.
async fn own_device(office: &Office, account: AccountId) -> Result<DeviceHandle, Error> {
    let known = match device::find_plain(office.store.readers(), account).await? {
        Some(known) => known,
        None => make_device(office, account).await?,
    };
    if known.revoked { Err(Error::Forbidden) } else { Ok(known.handle) }
}

async fn make_device(office: &Office, account: AccountId) -> Result<PlainDevice, Error> {
    let mut transaction = office.store.begin().await?;
    // Somebody may have been faster; the transaction holds the write lock, so this look is the last word.
    if let Some(known) = device::find_plain(&mut *transaction, account).await? {
        return Ok(known);
    }
    let public = SigningKey::from_bytes(&dice::roll()).verifying_key().to_bytes();
    for _ in 0..16 {
        let handle = DeviceHandle(dice::roll());
        if device::insert(&mut *transaction, handle, account, public, NAME, clock::now()).await? {
            device::set_plain(&mut *transaction, handle).await?;
            transaction.commit().await?;
            return Ok(PlainDevice { handle, revoked: false });
        }
    }
    Err(Error::Broken("no free device handle"))
}
