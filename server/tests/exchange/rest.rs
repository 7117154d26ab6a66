//! At rest: whoever copies the data directory or reads the log finds no name and no number, in no encoding.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dossier::filing::printed::Printed;
use server::hex;
use sync::wire::Writer;

use crate::hand::{Notice, count};
use crate::tenant::tenant;
use crate::{owner, printing, working};

const NAME: &str = "Thào Mí Sính";
const NUMBER: &str = "012201000533";
const ROOM: &str = "phòng gác bếp";

/// Everything the office logs while these tests run.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The base 64 form of bytes at each of the three places they may stand at, without what neighbours change.
fn base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    (0..3)
        .map(|shift| {
            let padded = [&vec![0; shift][..], bytes].concat();
            let whole = padded.chunks_exact(3).flat_map(|three| {
                let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
                [18, 12, 6, 0].map(|by| ALPHABET[(bits >> by & 63) as usize])
            });
            whole.skip(if shift == 0 { 0 } else { 4 }).collect()
        })
        .collect()
}

/// Every form a planted text may be found in.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms = vec![text.as_bytes().to_vec(), wide, text.to_uppercase().into_bytes()];
    forms.push(hex::encode(text.as_bytes()).into_bytes());
    forms.push(hex::encode(text.as_bytes()).to_uppercase().into_bytes());
    forms.extend(base64(text.as_bytes()));
    if let Ok(number) = text.parse::<u64>() {
        // As Automerge writes it.
        let mut out = Writer::default();
        out.number(number);
        forms.push(out.0);
    }
    forms
}

fn find(bytes: &[u8], what: &str) {
    for planted in [NAME, NUMBER, ROOM] {
        for form in forms(planted) {
            let found = bytes.windows(form.len()).any(|window| window == form);
            assert!(!found, "{planted} as {form:02x?} in {what}");
        }
    }
}

fn scan(dir: &Path) -> u64 {
    let mut scanned = 0;
    for entry in std::fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            scanned += scan(&path);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            find(&bytes, &path.display().to_string());
            scanned += bytes.len() as u64;
        }
    }
    scanned
}

#[test]
fn the_search_finds_what_is_there() {
    let encoded = base64(b"xy012201000533");
    for form in forms(NUMBER) {
        let here = [b"....".as_slice(), &form, b"...."].concat();
        let caught = std::panic::catch_unwind(|| find(&here, "here"));
        assert!(caught.is_err(), "{form:02x?}");
    }
    assert!(std::panic::catch_unwind(|| find(&encoded[0], "base 64")).is_err());
}

#[tokio::test]
async fn no_name_or_number_lies_readable_in_the_database_its_log_or_the_logs() {
    let log = Log::default();
    let writer = log.clone();
    let filter = tracing_subscriber::EnvFilter::new("info,server=trace,sync=trace,sqlx=warn");
    let started =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || writer.clone()).try_init();
    assert!(started.is_ok(), "nobody else listens in this program");

    let test = working().await;
    let phone = owner(&test, 1).await;
    let kept = phone.notice(1, NAME, NUMBER);
    let good = phone.moved(&kept, ROOM);
    // What lies in quarantine is somebody's name as well.
    let fresh = phone.notice(2, NAME, NUMBER);
    let damaged = Notice {
        parcel: sync::frame::Parcel { establishment: dossier::id::EstablishmentId(99), ..fresh.parcel },
        ..fresh
    };
    let raw = good.parcel.changes.concat();
    assert!(
        raw.windows(NAME.len()).any(|window| window == NAME.as_bytes()),
        "on the wire the name is readable"
    );
    let down = phone.send(&test, &phone.carrying([&good, &damaged])).await;
    assert!(down.issued.is_some());
    assert_eq!(count(&test, "quarantine").await, 1);
    // Who asks for a paper with a name on it leaves none behind.
    let mut said = tenant(&test);
    said.answers.insert("name".parse().expect("a key"), NAME.to_owned());
    said.answers.insert("number".parse().expect("a key"), NUMBER.to_owned());
    let filed = phone.filing([3; 5], &said);
    phone.send(&test, &phone.carrying([&filed])).await;
    let form = printing::get(&test, &phone, filed.dossier, Printed::Ct01).await;
    assert_eq!(form.status, axum::http::StatusCode::OK);
    let data = test.dir.path().join("data");
    assert!(scan(&data) > 40_000, "database, write-ahead log, keys");
    test.office.store.close().await.expect("closed");
    scan(&data);
    let logged = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(String::from_utf8_lossy(&logged).contains("/sync"), "the exchange is in the log");
    assert!(String::from_utf8_lossy(&logged).contains("/api/v1/forms/{dossier}/{form}"), "so is the form");
    find(&logged, "the log");
}
