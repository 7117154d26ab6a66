//! One change as rows and back: a row is the shape of an operation (or of a run of them) and what the shape leaves
//! open.

use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::legacy::{ElementId, Key as OpKey, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange, ObjType, ScalarValue};
use dossier::id::{DossierId, GuestId};

use super::CompactError;
use super::shape::{Action, Key, LONGEST_NAME, MOST_PREDS, Object, PRED_IS_KEY, Shape};
use crate::gate;

/// No document of ours counts so far; the library breaks near 2³².
pub(super) const HIGHEST_COUNTER: u64 = 1 << 31;

/// An operation by a number (its counter, or for an element how far it lies back) and its actor's code: 0 the
/// change's own, 1 the seed's, then the frame's table.
pub(super) type Id = (u64, u64);

/// What a shape leaves open.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cells<'a> {
    pub object: Option<Id>,
    pub key: Option<Id>,
    pub hex: [u8; 4],
    pub preds: Vec<Id>,
    pub number: i64,
    pub text: std::borrow::Cow<'a, str>,
}

/// The change the rows belong to.
pub(super) struct Home<'a> {
    pub dossier: DossierId,
    pub me: &'a ActorId,
    pub start: u64,
}

impl Home<'_> {
    fn own_hex(&self) -> [u8; 4] {
        let [_, _, _, _, own @ ..] = self.dossier.0;
        own
    }
}

/// The actor of the seed.
pub(super) fn seed_actor() -> ActorId {
    ActorId::from([0u8; 1])
}

fn guests() -> OpId {
    OpId::new(1, &seed_actor())
}

/// The rows of a change's operations; `None` when one of them is of a kind that does not travel as a row.
pub(super) fn rows(
    ops: &[Op],
    home: &Home<'_>,
    mut code: impl FnMut(&ActorId) -> u64,
) -> Option<Vec<(Shape, Cells<'static>)>> {
    let mut rows = Vec::new();
    let mut made = None;
    let mut at = 0;
    while let Some(op) = ops.get(at) {
        let counter = home.start + at as u64;
        let before = OpId::new(counter - 1, home.me);
        let mut cells = Cells::default();
        let object = match &op.obj {
            ObjectId::Root => Object::Root,
            ObjectId::Id(id) if *id == guests() => Object::Guests,
            ObjectId::Id(id) if made.as_ref() == Some(id) => Object::Made,
            ObjectId::Id(id) => {
                cells.object = Some((id.counter(), code(id.actor())));
                Object::Named
            }
        };
        let key = match &op.key {
            OpKey::Map(name) => match name.parse::<GuestId>() {
                Ok(id) if id.to_string() == name.as_str() => {
                    cells.hex = id.0;
                    if id.0 == home.own_hex() { Key::HexOfDossier } else { Key::Hex }
                }
                _ if name.len() <= LONGEST_NAME => Key::Name(name.to_string()),
                _ => return None,
            },
            OpKey::Seq(ElementId::Head) => Key::Head,
            OpKey::Seq(ElementId::Id(id)) if *id == before => Key::Previous,
            OpKey::Seq(ElementId::Id(id)) => {
                cells.key = Some((counter.checked_sub(id.counter())?, code(id.actor())));
                Key::Element
            }
        };
        let element = op.key.to_opid();
        let preds = match op.pred.len() {
            1 if key == Key::Element && op.pred.get(0) == element.as_ref() => PRED_IS_KEY,
            count => u8::try_from(count).ok().filter(|count| *count <= MOST_PREDS)?,
        };
        if preds != PRED_IS_KEY {
            cells.preds = op.pred.iter().map(|id| (id.counter(), code(id.actor()))).collect();
        }
        let mut length = 1;
        let action = match &op.action {
            OpType::Make(kind) => {
                made = Some(OpId::new(counter, home.me));
                match kind {
                    ObjType::Map => Action::MakeMap,
                    ObjType::List => Action::MakeList,
                    ObjType::Text => Action::MakeText,
                    ObjType::Table => return None,
                }
            }
            OpType::Delete => Action::Delete,
            OpType::Put(ScalarValue::Int(number)) => {
                cells.number = *number;
                match number {
                    18_000_000..22_000_000 => Action::Date,
                    1_000_000_000..1_000_000_000_000 => Action::Long,
                    _ => Action::Number,
                }
            }
            OpType::Put(ScalarValue::Null) => Action::Null,
            OpType::Put(ScalarValue::Str(text)) if typed(op).is_none() => {
                cells.text = text.to_string().into();
                let phone = text.len() == 10 && text.bytes().all(|digit| digit.is_ascii_digit());
                if phone { Action::Phone } else { Action::Text }
            }
            OpType::Put(ScalarValue::Str(first)) => {
                let mut text = first.to_string();
                for (next, place) in ops[at + 1..].iter().zip(counter..) {
                    let follows = OpKey::Seq(ElementId::Id(OpId::new(place, home.me)));
                    let Some(sign) = typed(next) else { break };
                    if next.obj != op.obj || next.key != follows {
                        break;
                    }
                    text.push(sign);
                    length += 1;
                }
                cells.text = text.into();
                Action::Run
            }
            _ => return None,
        };
        cells.hex = if key == Key::Hex { cells.hex } else { [0; 4] };
        rows.push((Shape { object, insert: op.insert, key, action, preds }, cells));
        at += length;
    }
    Some(rows)
}

/// The character a plain insertion into a text brings.
fn typed(op: &Op) -> Option<char> {
    let OpType::Put(ScalarValue::Str(text)) = &op.action else { return None };
    let mut signs = text.chars();
    let sign = signs.next()?;
    (op.insert && op.pred.is_empty() && signs.next().is_none()).then_some(sign)
}

/// The operations that rows stand for, measured while they are made.
pub(super) fn ops<'a>(
    rows: impl Iterator<Item = (&'a Shape, Cells<'a>)>,
    home: &Home<'_>,
    actor: impl Fn(u64) -> Option<ActorId>,
) -> Result<Vec<Op>, CompactError> {
    let name = |counter: Option<u64>, code: u64| {
        let counter = counter.filter(|counter| (1..HIGHEST_COUNTER).contains(counter));
        let actor = if code == 0 { Some(home.me.clone()) } else { actor(code) };
        counter.zip(actor).map(|(counter, actor)| OpId(counter, actor)).ok_or(CompactError::Malformed)
    };
    let mut ops: Vec<Op> = Vec::new();
    let mut made = None;
    let mut weight = 0;
    for (shape, cells) in rows {
        let counter = home.start + ops.len() as u64;
        let before = || ElementId::Id(OpId::new(counter - 1, home.me));
        weight += cells.text.len();
        if ops.len() as u64 >= gate::MOST_OPS || weight > gate::MOST_BYTES {
            return Err(CompactError::TooLarge);
        }
        let obj = match (shape.object, cells.object) {
            (Object::Root, _) => ObjectId::Root,
            (Object::Guests, _) => ObjectId::Id(guests()),
            (Object::Made, _) => ObjectId::Id(name(made, 0)?),
            (Object::Named, Some((counter, code))) => ObjectId::Id(name(Some(counter), code)?),
            (Object::Named, None) => return Err(CompactError::Malformed),
        };
        let key = match (&shape.key, cells.key) {
            (Key::Name(name), _) => OpKey::Map(name.as_str().into()),
            (Key::Hex, _) => OpKey::Map(GuestId(cells.hex).to_string().into()),
            (Key::HexOfDossier, _) => OpKey::Map(GuestId(home.own_hex()).to_string().into()),
            (Key::Head, _) => OpKey::head(),
            (Key::Previous, _) => before().into_key(),
            (Key::Element, Some((back, code))) => {
                ElementId::Id(name(counter.checked_sub(back), code)?).into_key()
            }
            (Key::Element, None) => return Err(CompactError::Malformed),
        };
        let pred = match key.to_opid() {
            Some(element) if shape.preds == PRED_IS_KEY => vec![element],
            _ => {
                let ids = cells.preds.iter().map(|(counter, code)| name(Some(*counter), *code));
                ids.collect::<Result<_, _>>()?
            }
        };
        let action = match shape.action {
            Action::MakeMap => OpType::Make(ObjType::Map),
            Action::MakeList => OpType::Make(ObjType::List),
            Action::MakeText => OpType::Make(ObjType::Text),
            Action::Delete => OpType::Delete,
            Action::Text | Action::Phone => OpType::Put(ScalarValue::Str(cells.text.as_ref().into())),
            Action::Number | Action::Date | Action::Long => OpType::Put(ScalarValue::Int(cells.number)),
            Action::Null => OpType::Put(ScalarValue::Null),
            Action::Run => {
                let mut key = key;
                for sign in cells.text.chars() {
                    if ops.len() as u64 >= gate::MOST_OPS {
                        return Err(CompactError::TooLarge);
                    }
                    let action = OpType::Put(ScalarValue::Str(String::from(sign).into()));
                    ops.push(Op { action, obj: obj.clone(), key, pred: Vec::new().into(), insert: true });
                    key = ElementId::Id(OpId::new(home.start + ops.len() as u64 - 1, home.me)).into_key();
                }
                continue;
            }
        };
        if matches!(action, OpType::Make(_)) {
            made = Some(counter);
        }
        ops.push(Op { action, obj, key, pred: pred.into(), insert: shape.insert });
    }
    Ok(ops)
}

/// The chunk that operations make, by Automerge's own encoder; time 0, no message.
pub(super) fn build(
    home: &Home<'_>,
    seq: u64,
    deps: Vec<ChangeHash>,
    operations: Vec<Op>,
) -> Result<Change, CompactError> {
    let start_op = NonZeroU64::new(home.start).ok_or(CompactError::Malformed)?;
    if operations.is_empty() || home.start >= HIGHEST_COUNTER || seq >= HIGHEST_COUNTER {
        return Err(CompactError::Malformed);
    }
    let expanded = ExpandedChange {
        operations,
        actor_id: home.me.clone(),
        hash: None,
        seq,
        start_op,
        time: 0,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    };
    // The library promises nothing about rows that make no sense; those of an honest sender were tried by it.
    let change =
        catch_unwind(AssertUnwindSafe(|| Change::from(expanded))).map_err(|_| CompactError::Malformed)?;
    if change.raw_bytes().len() > gate::MOST_BYTES { Err(CompactError::TooLarge) } else { Ok(change) }
}
