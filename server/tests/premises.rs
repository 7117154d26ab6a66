//! The data directory over the years: restarts, copies put back, keys that must not change.

mod office;

use std::fs;
use std::path::Path;

use office::open;
use server::epoch::Epoch;
use server::office::Office;
use server::store;

/// What an exchange does: uses log numbers in a commit, then tells the file beside the database.
async fn log_up_to(office: &Office, number: u64) {
    let mut transaction = office.store.begin().await.expect("a transaction");
    store::office::set_log_high(&mut *transaction, number).await.expect("a write");
    transaction.commit().await.expect("a commit");
    office.sidecar.remember(office.epoch, number).expect("the epoch file");
}

async fn shut(office: Office) {
    office.store.close().await.expect("a close");
}

async fn epoch_now(dir: &Path) -> Epoch {
    let office = open(dir).await;
    let epoch = office.epoch;
    shut(office).await;
    epoch
}

#[tokio::test]
async fn a_restart_keeps_keys_and_epoch() {
    let dir = tempfile::tempdir().expect("a directory");
    let office = open(dir.path()).await;
    let (keys, box_key, epoch) = (office.keys.receipt_public(), office.keys.box_public(), office.epoch);
    log_up_to(&office, 7).await;
    shut(office).await;
    let again = open(dir.path()).await;
    assert_eq!(again.keys.receipt_public(), keys);
    assert_eq!(again.keys.box_public(), box_key);
    assert_eq!(again.epoch, epoch);
}

#[tokio::test]
async fn a_copy_put_back_gets_a_new_epoch_once() {
    let dir = tempfile::tempdir().expect("a directory");
    let (database, copy) = (dir.path().join("data/bankhai.db"), dir.path().join("copy.db"));
    let office = open(dir.path()).await;
    let first = office.epoch;
    log_up_to(&office, 7).await;
    shut(office).await;
    fs::copy(&database, &copy).expect("a backup");
    let office = open(dir.path()).await;
    log_up_to(&office, 8).await;
    shut(office).await;

    fs::copy(&copy, &database).expect("a restore");
    let second = epoch_now(dir.path()).await;
    assert_eq!(second.generation, first.generation + 1);
    assert_ne!(second.dice, first.dice);
    assert_eq!(epoch_now(dir.path()).await, second, "a restart is not a restore");

    // The same copy again, with nothing logged since: its epoch is the first one, and that is over.
    fs::copy(&copy, &database).expect("a restore");
    let third = epoch_now(dir.path()).await;
    assert_eq!(third.generation, second.generation + 1);
    assert!(third.dice != first.dice && third.dice != second.dice);
}

#[tokio::test]
async fn a_database_without_its_epoch_file_or_thrown_away_gets_a_new_epoch() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let office = open(dir.path()).await;
    let first = office.epoch;
    log_up_to(&office, 7).await;
    shut(office).await;
    fs::remove_file(data.join("epoch")).expect("a lost file");
    let second = epoch_now(dir.path()).await;
    assert_ne!(second.dice, first.dice);
    fs::remove_file(data.join("bankhai.db")).expect("a database thrown away");
    let third = epoch_now(dir.path()).await;
    assert_eq!(third.generation, second.generation + 1);
}

#[tokio::test]
async fn a_crash_between_commit_and_epoch_file_is_no_restore() {
    let dir = tempfile::tempdir().expect("a directory");
    let office = open(dir.path()).await;
    let epoch = office.epoch;
    log_up_to(&office, 7).await;
    let mut transaction = office.store.begin().await.expect("a transaction");
    store::office::set_log_high(&mut *transaction, 9).await.expect("a write");
    transaction.commit().await.expect("a commit");
    shut(office).await;
    assert_eq!(epoch_now(dir.path()).await, epoch);
}

#[tokio::test]
async fn a_lost_key_is_never_replaced_in_silence() {
    let dir = tempfile::tempdir().expect("a directory");
    shut(open(dir.path()).await).await;
    fs::remove_file(dir.path().join("data/keys/dossier-kek.key")).expect("a lost key");
    let refused = server::premises::Premises::open(&dir.path().join("data"), None).await;
    assert!(refused.err().is_some_and(|error| error.to_string().contains("dossier-kek")));
}

#[tokio::test]
async fn a_damaged_database_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    shut(open(dir.path()).await).await;
    let database = dir.path().join("data/bankhai.db");
    let mut bytes = fs::read(&database).expect("the database");
    let length = bytes.len();
    bytes[4096..length].fill(0xa5);
    fs::write(&database, bytes).expect("damage");
    assert!(server::premises::Premises::open(&dir.path().join("data"), None).await.is_err());
}
