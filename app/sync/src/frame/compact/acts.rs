//! Acts in few bytes: the dossier by its place among the parcels, heads as "the newest change of this dossier in this
//! frame", times as differences. What does not repeat stands whole in the dice: act ids, dossiers and heads that the
//! frame does not carry.
//!
//! | part | bytes |
//! |---|---|
//! | form | 0 body as it is, 1 body deflated |
//! | dice | number, then bytes |
//! | body | to the end |
//!
//! Body upwards: count; columns of places, kinds, heads, times, texts. Downwards, before these: actors (account, role,
//! name), then columns of order, time and actor. A place is 0 for a new dossier (8 bytes in the dice), else z(place −
//! last) + 1 in the list of parcels and new dossiers. A submission named by its heads has no id in the dice. Heads are 0 and their count (32 bytes each in the dice), 1 for
//! those of the act before of this dossier, or 2 + how many changes of the parcel come after.

use std::collections::HashMap;

use dossier::access::Role;
use dossier::act::{Act, Actor, Channel, Heads, Recorded};
use dossier::id::{AccountId, DossierId};
use dossier::moment::Moment;

use super::places::{Places, Times, close, column, open};
use super::{chunk_hash, signed, zigzag};
use crate::frame::down::Ordered;
use crate::frame::up::SentAct;
use crate::frame::{ActId, FrameError, Parcel};
use crate::wire::{Reader, WireError, Writer};

const CHANNELS: [Channel; 7] = [
    Channel::OwnPhone,
    Channel::Team,
    Channel::Counter,
    Channel::PlainForm,
    Channel::Program,
    Channel::Sms,
    Channel::Code,
];
const ROLES: [Role; 14] = Role::ALL;

/// Kinds of acts; the rest of the byte holds a submission's channel and what is said of its last contact.
const OTHER: u8 = 0;
const SUBMIT: u8 = 1;
const RECEIVE: u8 = 2;
const RETURN: u8 = 3;
const WITHDRAW: u8 = 4;
/// A submission whose id is [`ActId::of_submission`]: it has no bytes of its own.
const SUBMIT_NAMED: u8 = 5;
const CONTACT_SAME: u8 = 1;
const CONTACT_GIVEN: u8 = 2;

/// A device's acts as a section. `claimed_at` is the frame's own time, `parcels` are those of the same frame.
pub fn encode_acts(acts: &[SentAct], claimed_at: Moment, parcels: &[Parcel]) -> Vec<u8> {
    let mut sheet = Sheet::new(parcels);
    let mut body = Writer::default();
    body.number(acts.len() as u64);
    for sent in acts {
        sheet.push(sent.dossier, sent.id, claimed_at, &sent.act);
    }
    sheet.end(body)
}

/// The acts of a section, with the time and the parcels of its frame.
///
/// # Errors
/// `Malformed` when the bytes do not parse or name a change that the frame does not carry.
pub fn decode_acts(bytes: &[u8], claimed_at: Moment, parcels: &[Parcel]) -> Result<Vec<SentAct>, FrameError> {
    let (mut dice, body) = open(bytes)?;
    let mut body = Reader(&body);
    let count = body.count(2)?;
    let acts = Sheet::new(parcels).read(&mut body, &mut dice, &vec![claimed_at; count])?;
    let sent = acts.into_iter().map(|(dossier, id, act)| SentAct { dossier, id, act }).collect();
    body.end()?;
    dice.end()?;
    Ok(sent)
}

/// The office's acts as a section. `at` is the frame's own time, `parcels` are those of the same frame.
pub fn encode_ordered(acts: &[Ordered], at: Moment, parcels: &[Parcel]) -> Vec<u8> {
    let mut sheet = Sheet::new(parcels);
    let (mut actors, mut last, mut order_of) = (Actors::default(), Times(at.0), HashMap::new());
    let (mut orders, mut times, mut who) = (Writer::default(), Writer::default(), Writer::default());
    for Ordered { dossier, id, recorded } in acts {
        let before = order_of.insert(*dossier, recorded.order).unwrap_or(0);
        orders.number(zigzag(i64::from(recorded.order) - i64::from(before) - 1));
        last.write(recorded.at.0, &mut times);
        who.number(actors.place(&recorded.by));
        sheet.push(*dossier, *id, recorded.at, &recorded.act);
    }
    let mut body = actors.write();
    body.number(acts.len() as u64);
    [orders, times, who].iter().for_each(|column| body.raw(&column.0));
    sheet.end(body)
}

/// The office's acts of a section, with the time and the parcels of its frame.
///
/// # Errors
/// `Malformed` when the bytes do not parse or name a change that the frame does not carry.
pub fn decode_ordered(bytes: &[u8], at: Moment, parcels: &[Parcel]) -> Result<Vec<Ordered>, FrameError> {
    let (mut dice, body) = open(bytes)?;
    let mut body = Reader(&body);
    let actors = read_actors(&mut body)?;
    let count = body.count(5)?;
    let mut columns = || column(&mut body, count);
    let (orders, times, who) = (columns()?, columns()?, columns()?);
    let mut last = Times(at.0);
    let times: Vec<Moment> = times.into_iter().map(|time| Moment(last.read(time))).collect();
    let acts = Sheet::new(parcels).read(&mut body, &mut dice, &times)?;
    body.end()?;
    dice.end()?;
    let mut order_of = HashMap::new();
    let mut ordered = Vec::new();
    for ((((dossier, id, act), at), who), order) in acts.into_iter().zip(times).zip(who).zip(orders) {
        let before: i64 = order_of.get(&dossier).copied().unwrap_or(0);
        let order = before.checked_add(1).and_then(|next| next.checked_add(signed(order)));
        let order = order.and_then(|order| u32::try_from(order).ok()).ok_or(FrameError::Malformed)?;
        order_of.insert(dossier, i64::from(order));
        let by =
            usize::try_from(who).ok().and_then(|who| actors.get(who)).ok_or(FrameError::Malformed)?.clone();
        ordered.push(Ordered { dossier, id, recorded: Recorded { order, at, by, act } });
    }
    Ok(ordered)
}

/// Who acted, each told once.
#[derive(Default)]
pub(super) struct Actors<'a>(Vec<&'a Actor>);

impl<'a> Actors<'a> {
    /// The place of an actor in the table.
    pub fn place(&mut self, actor: &'a Actor) -> u64 {
        let known = self.0.iter().position(|known| *known == actor);
        if known.is_none() {
            self.0.push(actor);
        }
        known.unwrap_or(self.0.len() - 1) as u64
    }

    /// The table: account, role and name each.
    pub fn write(&self) -> Writer {
        let mut body = Writer::default();
        body.number(self.0.len() as u64);
        for actor in &self.0 {
            body.number(actor.account.0.into());
            body.number(ROLES.iter().position(|role| *role == actor.role).expect("all are listed") as u64);
            body.bytes(actor.name.as_bytes());
        }
        body
    }
}

pub(super) fn read_actors(body: &mut Reader<'_>) -> Result<Vec<Actor>, FrameError> {
    let mut actors = Vec::new();
    for _ in 0..body.count(3)? {
        let account = AccountId(body.fit()?);
        let role = *ROLES.get(body.fit::<usize>()?).ok_or(FrameError::Malformed)?;
        actors.push(Actor { account, role, name: text(body)? });
    }
    Ok(actors)
}

fn text(reader: &mut Reader<'_>) -> Result<String, FrameError> {
    Ok(std::str::from_utf8(reader.bytes()?).map_err(|_| FrameError::Malformed)?.to_owned())
}

/// What both directions share: which dossier, which act, which content.
struct Sheet<'a> {
    parcels: HashMap<DossierId, &'a Parcel>,
    places: Places,
    heads_of: HashMap<DossierId, Heads>,
    contact: Option<Moment>,
    dice: Vec<u8>,
    columns: [Writer; 5],
}

impl<'a> Sheet<'a> {
    fn new(parcels: &'a [Parcel]) -> Sheet<'a> {
        Sheet {
            parcels: parcels.iter().map(|parcel| (parcel.dossier, parcel)).collect(),
            places: Places::new(parcels),
            heads_of: HashMap::new(),
            contact: None,
            dice: Vec::new(),
            columns: Default::default(),
        }
    }

    fn push(&mut self, dossier: DossierId, id: ActId, frame: Moment, act: &Act) {
        let named = matches!(act, Act::Submit { heads, .. } if !heads.0.is_empty() && id == ActId::of_submission(heads));
        if !named {
            self.dice.extend_from_slice(&id.0);
        }
        self.places.write(dossier, &mut self.columns[0], &mut self.dice);
        let since = |moment: Moment| zigzag(frame.0.wrapping_sub(moment.0));
        match act {
            Act::Submit { heads, channel, claimed_at, last_contact } => {
                self.heads(dossier, heads);
                self.columns[3].number(since(*claimed_at));
                let contact = match last_contact {
                    None => 0,
                    same if *same == self.contact => CONTACT_SAME,
                    Some(moment) => {
                        self.columns[3].number(since(*moment));
                        self.contact = *last_contact;
                        CONTACT_GIVEN
                    }
                };
                let channel =
                    CHANNELS.iter().position(|known| known == channel).expect("all are listed") as u8;
                let kind = if named { SUBMIT_NAMED } else { SUBMIT };
                self.columns[1].raw(&[kind | channel << 3 | contact << 6]);
            }
            Act::Receive { heads } => {
                self.columns[1].raw(&[RECEIVE]);
                self.heads(dossier, heads);
            }
            Act::Return { heads, reason } => {
                self.columns[1].raw(&[RETURN]);
                self.heads(dossier, heads);
                self.columns[4].bytes(reason.as_bytes());
            }
            Act::Withdraw { claimed_at } => {
                self.columns[1].raw(&[WITHDRAW]);
                self.columns[3].number(since(*claimed_at));
            }
            Act::Call { .. }
            | Act::Settle { .. }
            | Act::OnBehalf { .. }
            | Act::Step(_)
            | Act::ReceivedAt { .. } => {
                self.columns[1].raw(&[OTHER]);
                self.columns[4].bytes(&postcard::to_allocvec(act).expect("plain data"));
            }
        }
    }

    fn heads(&mut self, dossier: DossierId, heads: &Heads) {
        let after = match (heads.0.as_slice(), self.parcels.get(&dossier)) {
            ([head], Some(parcel)) => {
                parcel.changes.iter().rev().position(|raw| chunk_hash(raw).as_ref() == Some(head))
            }
            _ => None,
        };
        if let Some(after) = after {
            self.columns[2].number(after as u64 + 2);
        } else if self.heads_of.get(&dossier) == Some(heads) {
            self.columns[2].number(1);
        } else {
            self.columns[2].number(0);
            self.columns[2].number(heads.0.len() as u64);
            heads.0.iter().for_each(|head| self.dice.extend_from_slice(head));
        }
        self.heads_of.insert(dossier, heads.clone());
    }

    fn end(self, mut body: Writer) -> Vec<u8> {
        self.columns.iter().for_each(|column| body.raw(&column.0));
        close(&self.dice, body)
    }

    fn read(
        &mut self,
        body: &mut Reader<'_>,
        dice: &mut Reader<'_>,
        times: &[Moment],
    ) -> Result<Vec<(DossierId, ActId, Act)>, FrameError> {
        let mut places = Vec::new();
        for _ in times {
            places.push(body.number()?);
        }
        let kinds = body.take(times.len())?;
        let mut codes = Vec::new();
        for _ in
            kinds.iter().filter(|kind| matches!(**kind & 0b111, SUBMIT | SUBMIT_NAMED | RECEIVE | RETURN))
        {
            let code = body.number()?;
            codes.push((code, if code == 0 { body.fit::<usize>()? } else { 0 }));
        }
        let mut spans = Vec::new();
        for kind in kinds {
            if matches!(kind & 0b111, SUBMIT | SUBMIT_NAMED | WITHDRAW) {
                let claimed = body.number()?;
                let contact = if kind >> 6 == CONTACT_GIVEN { Some(body.number()?) } else { None };
                spans.push((claimed, contact));
            }
        }
        let (mut codes, mut spans) = (codes.into_iter(), spans.into_iter());
        let mut acts = Vec::new();
        for ((place, kind), frame) in places.into_iter().zip(kinds).zip(times) {
            let named = kind & 0b111 == SUBMIT_NAMED;
            let id = if named { ActId::default() } else { ActId(dice.array()?) };
            let dossier = self.places.read(place, dice)?;
            let before = |span: u64| Moment(frame.0.wrapping_sub(signed(span)));
            let act = match kind & 0b111 {
                SUBMIT | SUBMIT_NAMED => {
                    let channel =
                        *CHANNELS.get(usize::from(kind >> 3 & 0b111)).ok_or(FrameError::Malformed)?;
                    let heads = self.read_heads(dossier, codes.next().ok_or(WireError::Short)?, dice)?;
                    let (claimed, contact) = spans.next().ok_or(WireError::Short)?;
                    let last_contact = match (kind >> 6, contact) {
                        (CONTACT_SAME, _) => self.contact,
                        (_, Some(span)) => {
                            self.contact = Some(before(span));
                            self.contact
                        }
                        _ => None,
                    };
                    Act::Submit { heads, channel, claimed_at: before(claimed), last_contact }
                }
                RECEIVE => {
                    let heads = self.read_heads(dossier, codes.next().ok_or(WireError::Short)?, dice)?;
                    Act::Receive { heads }
                }
                RETURN => {
                    let heads = self.read_heads(dossier, codes.next().ok_or(WireError::Short)?, dice)?;
                    Act::Return { heads, reason: text(body)? }
                }
                WITHDRAW => Act::Withdraw { claimed_at: before(spans.next().ok_or(WireError::Short)?.0) },
                OTHER => {
                    let bytes = body.bytes()?;
                    match postcard::take_from_bytes(bytes)? {
                        (act, []) => act,
                        _ => return Err(FrameError::Malformed),
                    }
                }
                _ => return Err(FrameError::Unknown),
            };
            let id = match &act {
                Act::Submit { heads, .. } if named => ActId::of_submission(heads),
                _ => id,
            };
            acts.push((dossier, id, act));
        }
        Ok(acts)
    }

    fn read_heads(
        &mut self,
        dossier: DossierId,
        (code, count): (u64, usize),
        dice: &mut Reader<'_>,
    ) -> Result<Heads, FrameError> {
        let heads = match code {
            0 => {
                let mut heads = Vec::new();
                for _ in 0..count {
                    heads.push(dice.array()?);
                }
                Heads(heads)
            }
            1 => self.heads_of.get(&dossier).cloned().ok_or(FrameError::Malformed)?,
            more => {
                let parcel = self.parcels.get(&dossier).ok_or(FrameError::Malformed)?;
                let after = usize::try_from(more - 2).map_err(|_| FrameError::Malformed)?;
                let raw = parcel.changes.iter().rev().nth(after).ok_or(FrameError::Malformed)?;
                Heads(vec![chunk_hash(raw).ok_or(FrameError::Malformed)?])
            }
        };
        self.heads_of.insert(dossier, heads.clone());
        Ok(heads)
    }
}
