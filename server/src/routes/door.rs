//! At the door: a person with a code or a password becomes an enrolled device, or gets a forgotten vault opened.

use std::net::IpAddr;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use dossier::access::{AccountStatus, DeviceStatus};
use dossier::id::{AccountId, DeviceHandle};
use ed25519_dalek::VerifyingKey;
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;
use sync::door::{DoorRefusal, EnrolRequest, Membership, RecoverReply, RecoverRequest, SignInRequest};

use crate::client::Client;
use crate::code::Code;
use crate::error::Error;
use crate::office::Office;
use crate::store::account::AccountRow;
use crate::store::{account, device, invitation};
use crate::throttle::Knock;
use crate::{clock, dice, hex, membership, password};

type Reply<T> = Result<Json<T>, Error>;

/// What a device calls itself is cut here.
const LONGEST_DEVICE_NAME: usize = 64;

/// `POST /api/enrol`.
pub async fn enrol(State(office): State<Office>, client: Client, body: Bytes) -> Reply<Membership> {
    let request: EnrolRequest = read(&body)?;
    let key = verifying_key(&request.device_key)?;
    let knock = Knock::with_code(&office.keys, client.address);
    wait(&office, &knock).await?;
    let Some((code, person)) = invited(&office, &request.code).await? else {
        knock.failed(&office.store, clock::now()).await?;
        return Err(Error::Door(DoorRefusal::BadCode));
    };
    let login = person.login.clone();
    if !password::strong(&request.password, &login, &person.name) {
        return Err(Error::Door(DoorRefusal::WeakPassword));
    }
    let hash = office.hasher.hash(request.password).await?;
    let mut transaction = office.store.begin().await?;
    if !invitation::take(&mut *transaction, code.hash(), clock::now()).await? {
        return Err(Error::Door(DoorRefusal::BadCode));
    }
    account::set_password(&mut *transaction, person.id(), &hash).await?;
    let handle = add_device(&mut transaction, person.id(), key, &request.device_name).await?;
    transaction.commit().await?;
    tracing::info!(account = office.keys.log_mark("account", person.id), "enrolled by code");
    membership::of(&office, person, handle).await.map(Json)
}

/// `POST /api/sign-in`.
pub async fn sign_in(State(office): State<Office>, client: Client, body: Bytes) -> Reply<Membership> {
    let request: SignInRequest = read(&body)?;
    let key = verifying_key(&request.device_key)?;
    let person = authenticate(&office, client.address, &request.login, request.password).await?;
    let mut transaction = office.store.begin().await?;
    let handle = add_device(&mut transaction, person.id(), key, &request.device_name).await?;
    transaction.commit().await?;
    tracing::info!(account = office.keys.log_mark("account", person.id), "enrolled by password");
    membership::of(&office, person, handle).await.map(Json)
}

/// `POST /api/recover`.
pub async fn recover(State(office): State<Office>, client: Client, body: Bytes) -> Reply<RecoverReply> {
    let request: RecoverRequest = read(&body)?;
    let malformed = Error::Door(DoorRefusal::Malformed);
    let (Ok(handle), Some(slot)) = (request.device.parse::<DeviceHandle>(), hex::decode(&request.slot))
    else {
        return Err(malformed);
    };
    let person = authenticate(&office, client.address, &request.login, request.password).await?;
    // Somebody else's device, an unknown one and a revoked one look alike.
    let owned =
        device::find(office.store.readers(), handle, clock::now().day()).await?.is_some_and(|device| {
            device.principal.device != DeviceStatus::Revoked && device.principal.account == person.id()
        });
    if !owned {
        return Err(Error::Door(DoorRefusal::BadPassword));
    }
    let data_key = office.keys.open_recovery(handle, &slot).ok_or(malformed)?;
    tracing::info!(account = office.keys.log_mark("account", person.id), "vault recovered");
    Ok(Json(RecoverReply { data_key: hex::encode(&data_key) }))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|_| Error::Door(DoorRefusal::Malformed))
}

fn verifying_key(text: &str) -> Result<[u8; 32], Error> {
    let bytes: Option<[u8; 32]> = hex::decode_exact(text);
    bytes
        .filter(|bytes| VerifyingKey::from_bytes(bytes).is_ok_and(|key| !key.is_weak()))
        .ok_or(Error::Door(DoorRefusal::Malformed))
}

async fn wait(office: &Office, knock: &Knock) -> Result<(), Error> {
    match knock.wait(&office.store, clock::now()).await? {
        0 => Ok(()),
        seconds => Err(Error::Slow(seconds)),
    }
}

async fn invited(office: &Office, typed: &str) -> Result<Option<(Code, AccountRow)>, Error> {
    let Some(code) = Code::parse(typed) else { return Ok(None) };
    let readers = office.store.readers();
    let Some(id) = invitation::find(readers, code.hash(), clock::now()).await? else { return Ok(None) };
    Ok(account::find(readers, id).await?.map(|person| (code, person)))
}

/// The person of this login and password; slowed down when it is guessed at.
pub(super) async fn authenticate(
    office: &Office,
    address: IpAddr,
    login: &str,
    password: String,
) -> Result<AccountRow, Error> {
    let login = login.trim().to_lowercase();
    let knock = Knock::at_account(&office.keys, &login, address);
    wait(office, &knock).await?;
    let person = account::find_by_login(office.store.readers(), &login).await?;
    let kept = person.as_ref().and_then(|person| person.password_hash.clone());
    let right = office.hasher.verify(password, kept).await?;
    // Guesses sent side by side stood in line behind each other: those over the limit learn nothing.
    wait(office, &knock).await?;
    match person.filter(|person| right && person.standing(clock::now().day()) == AccountStatus::Active) {
        Some(person) => {
            knock.succeeded(&office.store).await?;
            Ok(person)
        }
        None => {
            knock.failed(&office.store, clock::now()).await?;
            Err(Error::Door(DoorRefusal::BadPassword))
        }
    }
}

async fn add_device(
    transaction: &mut SqliteConnection,
    person: AccountId,
    key: [u8; 32],
    name: &str,
) -> Result<DeviceHandle, Error> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_DEVICE_NAME).collect();
    // Sixteen million handles: with a million devices the chance of sixteen taken ones in a row is 2⁻⁶⁴.
    for _ in 0..16 {
        let handle = DeviceHandle(dice::roll());
        if device::insert(&mut *transaction, handle, person, key, &name, clock::now()).await? {
            return Ok(handle);
        }
    }
    Err(Error::Broken("no free device handle"))
}
