//! The office is killed again and again while a family declares: nothing that was said to be saved is missing, no
//! receipt is lost, none is issued twice. `BANKHAI_KILLS` asks for more kills than the usual twelve.

mod office;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::place::Place;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use office::{PASSWORD, test_office};
use server::exchange::rows::{self, KeyRing};
use server::headless::pump::Pump;
use server::keys::{Keys, Missing};
use server::store::Store;
use server::store::stretch::{Sight, Stretch, rows};
use server::{clock, dice};
use sync::frame::Scope;
use sync::office::answer::Item;
use sync::receipt::{Receipt, ReceiptNumber};

const PIN: &str = "246810";
/// Devices: two of each house.
const DEVICES: [(&str, bool); 4] =
    [("hoadialan", true), ("hoadialan", false), ("suoimay", true), ("suoimay", false)];

/// The office's process on its port.
struct Served {
    dir: PathBuf,
    port: u16,
    child: Child,
}

impl Served {
    fn start(dir: &Path, port: u16) -> Served {
        Served { dir: dir.to_owned(), port, child: start(dir, port) }
    }

    /// Killed without a word, and started again.
    fn killed(mut self) -> Served {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
        Served::start(&self.dir, self.port)
    }
}

fn start(dir: &Path, port: u16) -> Child {
    let log = File::options().create(true).append(true).open(dir.join("log")).expect("a log file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_bankhai"))
        .env_clear()
        .args(["serve", "--addr", &format!("127.0.0.1:{port}"), "--data"])
        .arg(dir.join("data"))
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the program");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    assert!(line.contains("http://"), "the office starts after a kill: {line}");
    child
}

/// What a device's person remembers.
#[derive(Default)]
struct Memory {
    saved: BTreeSet<DossierId>,
    receipts: BTreeMap<(DossierId, [u8; 32]), Receipt>,
}

impl Memory {
    fn note(&mut self, pump: &Pump) {
        for held in pump.device().opened().expect("an open device").replica.cases.values() {
            for receipt in &held.receipts {
                self.receipts.insert((receipt.dossier, receipt.content), receipt.clone());
            }
        }
    }
}

fn ask(pump: &mut Pump, intent: Intent) -> Answer {
    pump.ask(intent).unwrap_or_else(|error| panic!("{error}"))
}

fn form() -> StayDraft {
    let now = clock::now();
    let [number, room] = dice::roll::<2>();
    let guest = GuestDraft {
        name: "Sùng A Pó".into(),
        birth_year: "2001".into(),
        sex: Some(Sex::Male),
        number: format!("012201{number:03}{room:03}"),
        ..GuestDraft::default()
    };
    StayDraft {
        arrive_day: app::text::time::input_day(now.day()),
        arrive_time: now.minute().to_string(),
        leave_day: app::text::time::input_day(now.day().plus(2)),
        room: room.to_string(),
        reason: StayReason::from_code(1),
        guests: vec![guest],
        ..StayDraft::default()
    }
}

/// Declares, extends and fetches until told to stop.
fn live(mut pump: Pump, stop: &AtomicBool) -> (Pump, Memory) {
    let mut memory = Memory::default();
    while !stop.load(Ordering::Relaxed) {
        match ask(&mut pump, Intent::Submit(form())) {
            Answer::Saved(dossier) => drop(memory.saved.insert(dossier)),
            _ => panic!("a good notice is saved whatever the network does"),
        }
        let [die, nights] = dice::roll::<2>();
        if let Some(dossier) = memory.saved.iter().nth(usize::from(die) % memory.saved.len()).copied() {
            let leave = clock::now().day().plus(1 + i32::from(nights % 20));
            let changed = ask(&mut pump, Intent::Extend(dossier, leave));
            assert!(changed == Answer::Saved(dossier));
        }
        memory.note(&pump);
        thread::sleep(Duration::from_millis(u64::from(die % 40)));
    }
    (pump, memory)
}

/// Exchanges until nothing waits.
fn settle(pump: &mut Pump) {
    for _ in 0..20 {
        ask(pump, Intent::SyncNow);
    }
    assert_eq!(pump.view().link.waiting, 0, "everything is at the office");
}

/// What the office holds, read from its database.
struct Archive {
    numbers: BTreeMap<DossierId, BTreeSet<ReceiptNumber>>,
    receipts: Vec<Receipt>,
    acts: BTreeMap<DossierId, usize>,
}

async fn archive(data: &Path) -> (Archive, Keys) {
    let keys = Keys::open(&data.join("keys"), Missing::Refuse).unwrap_or_else(|error| panic!("{error}"));
    let store = Store::open(&data.join("bankhai.db")).await.unwrap_or_else(|error| panic!("{error}"));
    let scope = Scope::Commune(office::COMMUNE);
    let stretch = Stretch { scope, sight: Sight::All, after: 0, to: u64::MAX, but: None, most: u32::MAX };
    let mut ring = KeyRing::new(keys.dossier_kek());
    let mut archive = Archive { numbers: BTreeMap::new(), receipts: Vec::new(), acts: BTreeMap::new() };
    for row in rows(store.readers(), stretch, None).await.expect("the log") {
        match rows::open(&row, &mut ring).unwrap_or_else(|error| panic!("{error}")).item {
            Item::Receipt(receipt) => archive.receipts.push(receipt),
            Item::Numbered(numbered) => {
                archive.numbers.entry(numbered.dossier).or_default().insert(numbered.number);
            }
            Item::Ordered(ordered) => *archive.acts.entry(ordered.dossier).or_default() += 1,
            Item::Change(..) => {}
        }
    }
    (archive, keys)
}

#[tokio::test]
async fn killing_the_office_at_any_moment_loses_nothing_and_numbers_nothing_twice() {
    let kills: u32 = std::env::var("BANKHAI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let test = test_office().await;
    let mut codes: BTreeMap<&str, String> = BTreeMap::new();
    for login in ["hoadialan", "suoimay"] {
        codes.insert(login, test.add_owner(login).await.1.to_string());
    }
    test.office.store.close().await.expect("closed");
    let office::TestOffice { dir, office, router } = test;
    drop((office, router));
    let place = dir.path().to_owned();
    let (kills, devices) = tokio::task::spawn_blocking(move || loop_of_kills(&place, kills, &codes))
        .await
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));

    let (archive, keys) = archive(&dir.path().join("data")).await;
    let keys = keys.receipt_verifying();
    let mut given = BTreeMap::new();
    for (dossier, numbers) in &archive.numbers {
        assert_eq!(numbers.len(), 1, "{dossier} has one number");
        for number in numbers {
            assert_eq!(given.insert(*number, *dossier), None, "{number} is given once");
        }
    }
    let kept: BTreeSet<_> =
        archive.receipts.iter().map(|receipt| (receipt.dossier, receipt.content)).collect();
    assert_eq!(kept.len(), archive.receipts.len(), "one receipt for one content");
    let (mut saved, mut receipts) = (0, 0);
    for memory in &devices {
        for dossier in &memory.saved {
            saved += 1;
            assert!(archive.acts.contains_key(dossier), "{dossier} was saved and is at the office");
            let proven = memory.receipts.keys().any(|(of, _)| of == dossier);
            assert!(proven, "{dossier} has a receipt on its phone");
        }
        for receipt in memory.receipts.values() {
            receipts += 1;
            assert_eq!(receipt.verify(&keys), Ok(()));
            assert_eq!(given.get(&receipt.number()), Some(&receipt.dossier), "{}", receipt.number());
            assert!(
                kept.contains(&(receipt.dossier, receipt.content)),
                "{} is at the office",
                receipt.number()
            );
        }
    }
    assert!(saved >= kills as usize, "{saved} notices under {kills} kills");
    eprintln!("{kills} kills, {saved} notices saved, {receipts} receipts held, {} numbers", given.len());
}

fn loop_of_kills(dir: &Path, kills: u32, codes: &BTreeMap<&str, String>) -> (u32, Vec<Memory>) {
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let address = format!("http://127.0.0.1:{port}");
    let mut served = Served::start(dir, port);
    let state = |place: usize| dir.join(format!("device-{place}"));
    let pumps: Vec<Pump> = DEVICES
        .iter()
        .enumerate()
        .map(|(place, (login, first))| {
            let mut pump = Pump::open(&state(place), &address).unwrap_or_else(|error| panic!("{error}"));
            let (password, pin) = (PASSWORD.to_owned(), PIN.to_owned());
            let intent = if *first {
                Intent::Enrol { code: codes[login].clone(), password, pin }
            } else {
                Intent::SignIn { login: (*login).to_owned(), password, pin }
            };
            assert!(ask(&mut pump, intent) == Answer::Done);
            pump
        })
        .collect();
    let stop = Arc::new(AtomicBool::new(false));
    let lives: Vec<_> = pumps
        .into_iter()
        .map(|pump| {
            let stop = stop.clone();
            thread::spawn(move || live(pump, &stop))
        })
        .collect();
    let begun = Instant::now();
    let mut done = 0;
    // A machine that is busy elsewhere kills less often, never longer.
    while done < kills && (begun.elapsed() < Duration::from_secs(40) || kills > 12) {
        let [long, short] = dice::roll::<2>();
        thread::sleep(Duration::from_millis(30 + u64::from(long) * 3 + u64::from(short)));
        served = served.killed();
        done += 1;
    }
    thread::sleep(Duration::from_millis(200));
    stop.store(true, Ordering::Relaxed);
    let ended: Vec<(Pump, Memory)> =
        lives.into_iter().map(|life| life.join().expect("no device panicked")).collect();
    let mut memories = Vec::new();
    for (place, (mut pump, mut memory)) in ended.into_iter().enumerate() {
        settle(&mut pump);
        memory.note(&pump);
        drop(pump);
        // Off and on again: what the phone's disk holds is what counts.
        let mut pump = Pump::open(&state(place), &address).unwrap_or_else(|error| panic!("{error}"));
        assert!(ask(&mut pump, Intent::Unlock { place: Place::FIRST, pin: PIN.into() }) == Answer::Done);
        let open = pump.device().opened().expect("an open device");
        assert_eq!(open.damaged, 0);
        for (dossier, content) in memory.receipts.keys() {
            let held = open.replica.cases.get(dossier).map(|held| &held.receipts[..]).unwrap_or_default();
            assert!(held.iter().any(|receipt| receipt.content == *content), "a receipt survives a restart");
        }
        memory.note(&pump);
        memories.push(memory);
    }
    served.child.kill().expect("killed");
    served.child.wait().expect("gone");
    assert!(done >= kills.min(6), "{done} kills in the time there is");
    (done, memories)
}
