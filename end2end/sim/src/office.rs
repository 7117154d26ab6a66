//! The office as its server would run it: judge on a copy, commit all writes in one transaction, answer after
//! the commit. A kill leaves what was committed; a restore brings older tables back under a new epoch.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::{Action, Locality, Resource, can};
use dossier::act::Act;
use dossier::id::{CommuneCode, DeviceHandle, DossierId};
use dossier::moment::Moment;
use dossier::view::Rejection;
use sync::case::History;
use sync::copied::Seen;
use sync::frame::down::{Down, Verdict};
use sync::frame::up::Up;
use sync::frame::{self, Have, Scope};
use sync::office::answer::{Answer, Item, Missing, Row, unmet};
use sync::office::issue::{Signer, issue};
use sync::office::reach::{Reach, Weighed};
use sync::office::{Bench, Caller, Judged, Known, Rules, Write};
use sync::receipt::Epoch;
use sync::{sealed, wipe};

use crate::consent::Codes;
use crate::copies::Readings;
use crate::filing::catalogue;
use crate::registry::{BOX, KEY_ID, Person, Registry};
use crate::sabotage::Sabotage;
use crate::tables::Tables;
use crate::wrong;

/// The office.
pub struct Office {
    /// The running epoch.
    pub epoch: Epoch,
    /// What is committed.
    pub tables: Tables,
    /// Devices and keys: never restored to an older state here.
    pub registry: Registry,
    /// What revoked devices have brought; kept where no restore reaches it.
    pub aside: Vec<Up>,
    /// Older tables, and since when they are kept.
    pub backups: Vec<(Moment, Tables)>,
    /// How far devices have read.
    pub readings: Readings,
    /// Numbers of signed requests that were heard.
    pub nonces: BTreeSet<(DeviceHandle, [u8; 8])>,
    /// The rule that was taken away.
    pub sabotage: Option<Sabotage>,
    rules: Rules,
}

/// What happens to the office around one commit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Lives,
    /// Killed before the commit.
    BeforeCommit,
    /// Killed after the commit, before the answer.
    AfterCommit,
}

/// What goes back on the wire.
pub enum Response {
    /// A frame.
    Frame(Vec<u8>),
    /// 400: not a frame of a known device.
    Refused,
    /// 409: there are two of the device.
    Copied,
    /// 410: the device was revoked; the order to wipe itself.
    Order(Vec<u8>),
    /// The connection broke.
    Broken,
}

impl Office {
    /// An office with empty tables.
    pub fn new(epoch: Epoch, sabotage: Option<Sabotage>) -> Office {
        let rules = wrong::rules(sabotage);
        let (tables, registry, aside) = (Tables::default(), Registry::new(), Vec::new());
        let (backups, readings, nonces) = (Vec::new(), Readings::default(), BTreeSet::new());
        Office { epoch, tables, registry, aside, backups, readings, nonces, sabotage, rules }
    }

    /// Brings an older state back; a restored office has a new epoch.
    pub fn restore(&mut self, backup: Tables, epoch: Epoch) {
        self.tables = backup;
        self.tables.serials.clear();
        self.epoch = epoch;
    }

    /// The neighbouring commune is merged into the other. Everything in it is said again under new numbers: a device
    /// that has seen all of one commune has seen nothing of the other.
    pub fn merge(&mut self) {
        self.registry.merged = true;
        if self.sabotage != Some(Sabotage::NumbersKept) {
            let top = self.tables.top();
            for (row, number) in self.tables.rows.iter_mut().zip(top + 1..) {
                row.number = number;
            }
        }
    }

    /// One request. `few` limits the rows of an answer, as a slice of a long log.
    pub fn exchange(&mut self, body: &[u8], now: Moment, fate: Fate, few: bool, chance: usize) -> Response {
        let Some((handle, person, up)) = self.read(body) else { return Response::Refused };
        let response = if self.registry.revoked.contains(&handle) {
            self.turn_away(handle, body, up, fate)
        } else if self.is_two(handle, &up) {
            Response::Copied
        } else {
            self.serve(person, up, now, fate, (few, chance))
        };
        if fate != Fate::Lives {
            self.readings.killed();
        }
        response
    }

    /// A frame, whose it is, and by which device.
    fn read(&self, body: &[u8]) -> Option<(DeviceHandle, Person, Up)> {
        let (handle, _) = frame::sender(body).ok()?;
        let (person, key) = self.registry.devices.get(&handle)?;
        let named = frame::up::dossiers(body).unwrap_or_default();
        let up = Up::decode_after(body, key, &self.histories(named)).ok()?;
        Some((handle, *person, up))
    }

    /// Whether there are two of a device: it was noticed before, or this frame shows it.
    fn is_two(&mut self, handle: DeviceHandle, up: &Up) -> bool {
        if self.sabotage == Some(Sabotage::CopiesUnnoticed) {
            return false;
        }
        if Seen::of(up, self.epoch).is_some_and(|seen| self.readings.hear(handle, seen)) {
            self.registry.copied.insert(handle);
        }
        self.registry.copied.contains(&handle)
    }

    /// Where a commune lies that a reply speaks for.
    pub fn commune_of(&self, code: CommuneCode, caller: &Caller) -> Locality {
        let whole = self.registry.whole(code);
        match self.sabotage {
            Some(Sabotage::AnybodyAnswers) => self.registry.whole(caller.principal.commune),
            Some(Sabotage::SlipsStayBehind) => Locality { commune: code, ..whole },
            _ => whole,
        }
    }

    /// What a frame comes to, the last serials given and the codes that were taken.
    fn judge(&self, caller: &Caller, up: &Up, now: Moment) -> (Judged, BTreeMap<CommuneCode, u32>, Codes) {
        let mut known = self.copies(up);
        let mut serials = self.tables.serials.clone();
        let mut codes = self.named(up);
        let mut bench = Bench {
            rules: self.rules,
            epoch: self.epoch,
            now,
            keys: &self.registry.keys,
            place_of: &|house| self.registry.place_of(house),
            commune_of: &|code| Some(self.commune_of(code, caller)),
            receive_at_once: &|_| false,
            procedures: &catalogue().procedures,
            serials: &mut serials,
            codes: &mut codes,
            known: &mut known,
        };
        let judged = bench.judge(caller, up);
        (judged, serials, codes)
    }

    /// Receipts for what is due, into what is kept.
    fn sign(&self, judged: &mut Judged, commune: CommuneCode, now: Moment) -> Option<frame::down::Issued> {
        let signer = Signer { key_id: KEY_ID, key: &self.registry.signing };
        let (receipts, issued) = issue(&judged.due, commune, self.epoch, now, &signer)?;
        judged.writes.extend(receipts.into_iter().map(Write::Receipt));
        Some(issued)
    }

    /// What the office writes for somebody who speaks by no frame.
    pub fn keep(&mut self, caller: &Caller, up: &Up, now: Moment) -> Judged {
        let (mut judged, serials, codes) = self.judge(caller, up, now);
        self.sign(&mut judged, caller.principal.commune, now);
        self.tables.commit(&judged, serials, caller.principal.account);
        self.take_codes(codes);
        judged
    }

    /// A frame that brings nothing.
    pub fn nothing_new(&self, handle: DeviceHandle, now: Moment) -> Up {
        Up { epoch: self.epoch, ..Up::silent(handle, now) }
    }

    fn serve(
        &mut self,
        person: Person,
        mut up: Up,
        now: Moment,
        fate: Fate,
        (few, chance): (bool, usize),
    ) -> Response {
        let wrong_dossier = self.sabotage == Some(Sabotage::WrongDossier);
        let dropped = if wrong_dossier { wrong::drop_parcel(&mut up, chance) } else { None };
        let caller = self.registry.caller(person);
        let (mut judged, serials, codes) = self.judge(&caller, &up, now);
        if wrong_dossier {
            wrong::turn_verdicts(&mut judged, dropped);
        }
        let issued = self.sign(&mut judged, caller.principal.commune, now);
        if self.sabotage == Some(Sabotage::AckBeforeCommit) && fate == Fate::BeforeCommit {
            // The answer is made from what would have been committed, and is already on its way.
            let committed = self.tables.clone();
            self.tables.commit(&judged, serials, caller.principal.account);
            let answer = self.answer(person, &up, judged, issued, now, few);
            self.tables = committed;
            return Response::Frame(answer);
        }
        if fate == Fate::BeforeCommit {
            return Response::Broken;
        }
        self.tables.commit(&judged, serials, caller.principal.account);
        self.take_codes(codes);
        if let Some(seen) =
            Seen::of(&up, self.epoch).filter(|_| !up.parcels.is_empty() || !up.acts.is_empty())
        {
            self.readings.write(up.handle, seen);
        }
        if self.sabotage == Some(Sabotage::LastWriterWins) {
            wrong::keep_newest_writer(&mut self.tables, &up);
        }
        if fate == Fate::AfterCommit {
            return Response::Broken;
        }
        Response::Frame(self.answer(person, &up, judged, issued, now, few))
    }

    /// A revoked device: what it brings is kept aside, and only then is it told to wipe itself.
    fn turn_away(&mut self, handle: DeviceHandle, body: &[u8], up: Up, fate: Fate) -> Response {
        if fate == Fate::BeforeCommit {
            return Response::Broken;
        }
        if self.sabotage != Some(Sabotage::WipesUnkept) {
            self.aside.push(up);
        }
        if fate == Fate::AfterCommit {
            return Response::Broken;
        }
        Response::Order(wipe::order(handle, &wipe::digest(body), KEY_ID, &self.registry.signing))
    }

    /// Sealed copies, whoever carries them; `None` when the connection broke.
    pub fn take_sealed(&mut self, body: &[u8], now: Moment, fate: Fate, carrier: Person) -> Option<Vec<u8>> {
        let signs = (self.sabotage == Some(Sabotage::CarrierSigns)).then_some(carrier);
        let mut fates = Vec::new();
        for copy in sealed::unbundle(body).unwrap_or_default().0 {
            let frame = sealed::open(copy, &BOX).unwrap_or_default();
            let Some((handle, person, up)) = self.read(&frame) else {
                fates.push(sealed::Fate::Left);
                continue;
            };
            // Of a device that is out, or of which there are two, it lies aside for somebody to look at.
            let out = self.registry.revoked.contains(&handle) || self.registry.copied.contains(&handle);
            let response = if out {
                self.turn_away(handle, &frame, up, fate)
            } else {
                self.serve(signs.unwrap_or(person), up, now, fate, (false, 0))
            };
            let told = match response {
                Response::Frame(answer) => Down::decode(&answer).ok(),
                Response::Refused | Response::Copied => None,
                Response::Order(_) => {
                    fates.push(sealed::Fate::Taken);
                    continue;
                }
                Response::Broken => return None,
            };
            let taken = told.is_some_and(|down| {
                let known = |id: &DossierId| self.tables.known.contains_key(id);
                let early = |verdict: Verdict| verdict == Verdict::Rejected(Rejection::OutOfOrder);
                !down.verdicts.iter().any(|(_, verdict)| early(*verdict))
                    && !down.act_verdicts.iter().any(|act| early(act.verdict) && !known(&act.dossier))
            });
            fates.push(if taken { sealed::Fate::Taken } else { sealed::Fate::Left });
        }
        Some(sealed::answer(&fates))
    }

    fn histories(&self, dossiers: impl IntoIterator<Item = DossierId>) -> BTreeMap<DossierId, History> {
        let history = |dossier| Some((dossier, self.tables.known.get(&dossier)?.history.clone()));
        dossiers.into_iter().filter_map(history).collect()
    }

    /// The rows a transaction reads: every dossier the frame speaks of.
    fn copies(&self, up: &Up) -> BTreeMap<DossierId, Known> {
        let parcels = up.parcels.iter().map(|parcel| parcel.dossier);
        let acts = up.acts.iter().map(|sent| sent.dossier);
        let receipts = up.receipts.iter().map(|receipt| receipt.dossier);
        let pairs = up.acts.iter().filter_map(|sent| match sent.act {
            Act::Settle { other, .. } => Some(other),
            _ => None,
        });
        let named = parcels.chain(acts).chain(receipts).chain(pairs);
        named.filter_map(|id| self.tables.known.get(&id).map(|known| (id, known.clone()))).collect()
    }

    fn answer(
        &self,
        person: Person,
        up: &Up,
        judged: Judged,
        issued: Option<frame::down::Issued>,
        now: Moment,
        few: bool,
    ) -> Vec<u8> {
        let principal = self.registry.caller(person).principal;
        let top = self.tables.top();
        let mut missing = Vec::new();
        for (scope, have) in &up.have {
            let place = match scope {
                Scope::Establishment(id) => self.registry.place_of(*id),
                Scope::Commune(code) => Some(self.registry.whole(*code)),
                Scope::Account(_) => None,
            };
            let open = |place| can(Some(&principal), Action::ReadNotice, Resource::At(place), now.day());
            let own = *scope == Scope::Account(principal.account);
            let counter = person == Person::Clerk;
            if !own && !counter && !place.is_some_and(open) {
                continue;
            }
            // Log numbers of another epoch say nothing about this log.
            let have = if up.epoch == self.epoch { *have } else { Have::default() };
            let inside = |row: &&Row| match scope {
                _ if counter => self.on_counter(person, row.item.dossier()),
                Scope::Establishment(id) => row.establishment == *id,
                Scope::Commune(code) => {
                    let place = self.registry.place_of(row.establishment);
                    place.is_some_and(|place| place.commune == self.registry.today(*code))
                }
                Scope::Account(account) => self.tables.is_followed(row.item.dossier(), *account),
            };
            // A number that was told another of is told no more.
            let is_number = |row: &&Row| matches!(row.item, Item::Numbered(_));
            let told = self.tables.rows.iter().filter(|row| have.from < row.number && row.number <= have.to);
            let numbered: BTreeSet<DossierId> =
                told.filter(is_number).map(|row| row.item.dossier()).collect();
            let rows: Vec<Row> = self
                .tables
                .rows
                .iter()
                .filter(inside)
                .filter(|row| !have.holds(row.number))
                .filter(|row| {
                    row.number > have.to || !is_number(row) || !numbered.contains(&row.item.dossier())
                })
                .cloned()
                .collect();
            let (rows, above) = if few { newest(rows) } else { (rows, 0) };
            missing.push(Missing { scope: *scope, have, top, rows, above });
        }
        let facts = (up.facts < 1).then(|| self.registry.facts(person));
        let role = person.role();
        let histories = self.histories(unmet(&missing));
        Answer {
            epoch: self.epoch,
            now,
            role,
            up,
            judged,
            issued,
            missing,
            facts,
            seat: None,
            catalogue: Some(catalogue()),
            histories,
        }
        .encode()
    }
}

/// Where many are missing, the newest few, as an office tells a long queue; and the number nothing is left out above.
fn newest(rows: Vec<Row>) -> (Vec<Row>, u64) {
    let few = rows.iter().rev().take(7);
    let few = few.map(|row| Weighed { number: row.number, dossier: row.item.dossier(), weight: 1 });
    let few: Vec<Weighed> = few.collect();
    if few.len() < 7 {
        return (rows, 0);
    }
    let reach = Reach::within(&few, 4);
    let told = rows.into_iter().filter(|row| reach.dossiers.contains(&row.item.dossier()));
    (told.collect(), reach.above)
}
