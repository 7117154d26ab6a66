//! Changes followed one by one, without opening the document: what a history says in which every change follows the
//! one before it.
//!
//! Opening a document costs a hundred times what its few operations cost, and a device reads every notice it holds
//! when it is unlocked, an office every notice that comes in. Nothing is guessed here: every operation must replace
//! exactly what stands in its place, or the answer is `None` and Automerge decides.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{Change, ObjType, ScalarValue};

use super::reading::{Fields, Found, ReadError};
use super::{GUESTS, NOTE, seed_change};

/// Longest text that is followed; looking for a place in it takes time in its length.
const LONGEST_TEXT: usize = 4_000;

/// A document by its operations.
pub struct Replay {
    maps: HashMap<ObjectId, BTreeMap<String, (OpId, Value)>>,
    texts: HashMap<OpId, Vec<Sign>>,
}

enum Value {
    Scalar(ScalarValue),
    Map,
    Text,
}

/// A character of a text; a deleted one still marks a place.
struct Sign {
    id: OpId,
    sign: Option<String>,
}

impl Replay {
    /// The document of these changes after the seed; `None` when anything in them is not plain succession.
    pub fn of<'a>(changes: impl Iterator<Item = &'a Change>) -> Option<Replay> {
        let maps = [(ObjectId::Root, BTreeMap::new())].into();
        let mut replay = Replay { maps, texts: HashMap::new() };
        let (mut last, mut highest) = (None, 0);
        for change in std::iter::once(seed_change()).chain(changes) {
            let start = change.start_op().get();
            let follows = change.deps().iter().eq(last.iter());
            if !follows || start <= highest || !change.extra_bytes().is_empty() {
                return None;
            }
            for (op, counter) in change.decode().operations.into_iter().zip(start..) {
                replay.follow(OpId::new(counter, change.actor_id()), op)?;
            }
            (last, highest) = (Some(change.hash()), change.max_op());
        }
        Some(replay)
    }

    fn follow(&mut self, id: OpId, op: Op) -> Option<()> {
        match op.key {
            Key::Map(key) if !op.insert => {
                let value = match op.action {
                    OpType::Put(ScalarValue::Counter(_)) => return None,
                    OpType::Put(value) => Some(Value::Scalar(value)),
                    // The one free text, the guests and each guest: nothing else is an object.
                    OpType::Make(ObjType::Text) if op.obj == ObjectId::Root && key == NOTE => {
                        self.texts.insert(id.clone(), Vec::new());
                        Some(Value::Text)
                    }
                    OpType::Make(ObjType::Map) if op.obj != ObjectId::Root || key == GUESTS => {
                        self.maps.insert(ObjectId::Id(id.clone()), BTreeMap::new());
                        Some(Value::Map)
                    }
                    OpType::Delete => None,
                    _ => return None,
                };
                let map = self.maps.get_mut(&op.obj)?;
                let here = map.get(key.as_str()).map(|(id, _)| id);
                if !op.pred.iter().eq(here) || value.is_none() && here.is_none() {
                    return None;
                }
                match value {
                    Some(value) => drop(map.insert(key.to_string(), (id, value))),
                    None => drop(map.remove(key.as_str())),
                }
            }
            Key::Seq(after) => {
                let ObjectId::Id(object) = op.obj else { return None };
                let text = self.texts.get_mut(&object)?;
                let place = match &after {
                    ElementId::Head => None,
                    ElementId::Id(id) => Some(text.iter().position(|sign| sign.id == *id)?),
                };
                match op.action {
                    OpType::Put(ScalarValue::Str(sign))
                        if op.insert && op.pred.is_empty() && text.len() < LONGEST_TEXT =>
                    {
                        let sign = Sign { id, sign: Some(sign.to_string()) };
                        text.insert(place.map_or(0, |place| place + 1), sign);
                    }
                    OpType::Delete if !op.insert => {
                        let sign = text.get_mut(place?)?;
                        if sign.sign.is_none() || !op.pred.iter().eq([&sign.id]) {
                            return None;
                        }
                        sign.sign = None;
                    }
                    _ => return None,
                }
            }
            Key::Map(_) => return None,
        }
        Some(())
    }
}

impl Fields for Replay {
    type At = ObjectId;

    fn root(&self) -> ObjectId {
        ObjectId::Root
    }

    fn get(&self, at: &ObjectId, key: &str) -> Result<Option<Found<'_, ObjectId>>, ReadError> {
        let map = self.maps.get(at).ok_or(ReadError::Invalid)?;
        Ok(map.get(key).map(|(id, value)| match value {
            Value::Scalar(value) => Found::Scalar(Cow::Borrowed(value)),
            Value::Map | Value::Text => Found::Object(ObjectId::Id(id.clone())),
        }))
    }

    fn keys(&self, at: &ObjectId) -> Vec<String> {
        self.maps.get(at).map(|map| map.keys().cloned().collect()).unwrap_or_default()
    }

    fn text(&self, at: &ObjectId) -> Result<String, ReadError> {
        let ObjectId::Id(id) = at else { return Err(ReadError::Invalid) };
        let text = self.texts.get(id).ok_or(ReadError::Invalid)?;
        Ok(text.iter().filter_map(|sign| sign.sign.as_deref()).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use automerge::{ActorId, AutoCommit, ChangeHash, ExpandedChange, ReadDoc};
    use proptest::prelude::*;

    use super::*;
    use crate::document::{self, seed_hash};

    /// What a document holds, to the last key, as text.
    fn dump<D: Fields>(doc: &D, at: &D::At, depth: usize, out: &mut String) {
        for key in doc.keys(at) {
            out.push_str(&format!("{depth}{key}="));
            match doc.get(at, &key).expect("a key that was listed") {
                Some(Found::Scalar(value)) => out.push_str(&format!("{value:?};")),
                Some(Found::Object(object)) if depth == 0 && key == NOTE => {
                    out.push_str(&format!("{:?};", doc.text(&object)));
                }
                Some(Found::Object(object)) => dump(doc, &object, depth + 1, out),
                None => out.push_str("nothing"),
            }
        }
    }

    fn dumped<D: Fields>(doc: &D) -> String {
        let mut out = String::new();
        dump(doc, &doc.root(), 0, &mut out);
        out
    }

    fn change(actor: u8, seq: u64, start: u64, deps: Vec<ChangeHash>, operations: Vec<Op>) -> Change {
        Change::from(ExpandedChange {
            operations,
            actor_id: ActorId::from([actor; 8]),
            hash: None,
            seq,
            start_op: NonZeroU64::new(start).expect("not zero"),
            time: 0,
            message: None,
            deps,
            extra_bytes: Vec::new(),
            author: None,
        })
    }

    /// Changes out of dice: mostly plain succession, with operations that replace something else, or nothing, strewn
    /// in.
    fn history(dice: &[(u8, u8, u8, u8)]) -> Vec<Change> {
        let guests = ObjectId::Id(OpId::new(1, &ActorId::from([0u8; 1])));
        let mut objects = vec![ObjectId::Root, guests.clone()];
        let mut standing: HashMap<(ObjectId, String), OpId> = HashMap::new();
        standing.insert((ObjectId::Root, GUESTS.into()), OpId::new(1, &ActorId::from([0u8; 1])));
        let (mut text, mut signs): (Option<ObjectId>, Vec<OpId>) = (None, Vec::new());
        let (mut changes, mut last, mut start) = (Vec::<Change>::new(), seed_hash(), 2u64);
        let mut seqs = [0u64; 3];
        for chunk in dice.chunks(5) {
            let who = usize::from(chunk[0].0 % 3);
            let actor = ActorId::from([who as u8 + 1; 8]);
            let mut operations = Vec::new();
            for (what, place, with, luck) in chunk {
                let id = OpId::new(start + operations.len() as u64, &actor);
                let wild = *luck < 12;
                let (object, name) = match what % 8 {
                    0 if !wild => (objects[1].clone(), "0badcafe"),
                    1 if !wild => (ObjectId::Root, NOTE),
                    _ => {
                        let object = objects[usize::from(*place) % objects.len()].clone();
                        (object, ["g", "n", "r", "0badcafe"][usize::from(*with % 4)])
                    }
                };
                let here = standing.get(&(object.clone(), name.to_owned())).cloned();
                let pred = match (luck, &here) {
                    (0..4, _) => Vec::new(),
                    (4..8, _) => vec![OpId::new(1, &ActorId::from([0u8; 1]))],
                    (_, here) => here.iter().cloned().collect(),
                };
                let key = Key::Map(name.into());
                let scalar = ScalarValue::Int(i64::from(*luck));
                let action = match what % 8 {
                    0 => OpType::Make(ObjType::Map),
                    1 => OpType::Make(ObjType::Text),
                    2 if here.is_none() && !wild => continue,
                    2 => OpType::Delete,
                    3 | 4 => OpType::Put(scalar),
                    5 => OpType::Put(ScalarValue::Str(name.into())),
                    more => {
                        let Some(obj) = text.clone() else { continue };
                        let at = signs.get(usize::from(*place) % signs.len().max(1)).cloned();
                        let element = at.clone().map_or(ElementId::Head, ElementId::Id);
                        let op = match (more, at) {
                            (6, Some(at)) => Op {
                                action: OpType::Delete,
                                obj,
                                key: Key::Seq(element),
                                pred: vec![at].into(),
                                insert: false,
                            },
                            _ => Op {
                                action: OpType::Put(ScalarValue::Str(name.into())),
                                obj,
                                key: Key::Seq(element),
                                pred: Vec::new().into(),
                                insert: true,
                            },
                        };
                        match &op.key {
                            _ if op.insert => signs.push(id),
                            Key::Seq(ElementId::Id(gone)) if !wild => signs.retain(|sign| sign != gone),
                            _ => {}
                        }
                        operations.push(op);
                        continue;
                    }
                };
                let place = (object.clone(), name.to_owned());
                match &action {
                    OpType::Delete => drop(standing.remove(&place)),
                    _ => drop(standing.insert(place, id.clone())),
                }
                match &action {
                    OpType::Make(ObjType::Map) => objects.push(ObjectId::Id(id)),
                    OpType::Make(_) => (text, signs) = (Some(ObjectId::Id(id)), Vec::new()),
                    _ => {}
                }
                operations.push(Op { action, obj: object, key, pred: pred.into(), insert: false });
            }
            if operations.is_empty() {
                continue;
            }
            seqs[who] += 1;
            let made = change(who as u8 + 1, seqs[who], start, vec![last], operations);
            (last, start) = (made.hash(), made.max_op() + 1);
            changes.push(made);
        }
        changes
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_followed_is_what_automerge_opens(
            dice in proptest::collection::vec(any::<(u8, u8, u8, u8)>(), 1..30),
        ) {
            let changes = history(&dice);
            if let Some(replay) = Replay::of(changes.iter()) {
                let doc: AutoCommit = document::of(changes.iter()).expect("Automerge opens what is followed");
                prop_assert_eq!(dumped(&replay), dumped(&doc));
            }
        }
    }

    #[test]
    fn of_every_three_histories_out_of_dice_one_at_least_is_followed() {
        let mut dice = crate::dice::Dice::new([5; 32]);
        let histories = (0..300).map(|_| {
            let drawn: [u8; 48] = dice.bytes();
            let rolls: Vec<_> = drawn.chunks(4).map(|roll| (roll[0], roll[1], roll[2], roll[3])).collect();
            history(&rolls)
        });
        let followed = histories.filter(|changes| Replay::of(changes.iter()).is_some()).count();
        assert!(followed >= 100, "only {followed} of 300");
    }

    #[test]
    fn two_who_wrote_beside_each_other_are_not_followed() {
        let put = |value: i64| Op {
            action: OpType::Put(ScalarValue::Int(value)),
            obj: ObjectId::Root,
            key: Key::Map("r".into()),
            pred: Vec::new().into(),
            insert: false,
        };
        let one = change(1, 1, 2, vec![seed_hash()], vec![put(1)]);
        let two = change(2, 1, 2, vec![seed_hash()], vec![put(2)]);
        assert!(Replay::of([&one].into_iter()).is_some());
        assert!(Replay::of([&one, &two].into_iter()).is_none());
        let doc = document::of([&one, &two].into_iter()).expect("both follow the seed");
        assert_eq!(doc.get_all(automerge::ROOT, "r").expect("a key").len(), 2);
    }
}
