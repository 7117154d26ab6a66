//! Devices: whose there are, and shutting one out.

use dossier::access::{Area, DeviceStatus, Role};
use dossier::id::DeviceHandle;
use dossier::manage::{Ask, DeviceLine, Objection, Told};
use server::clock;
use server::store::device;
use sync::request::CallFailure;

use crate::desk::Desk;
use crate::{Land, land};

async fn devices(desk: &Desk, land: &Land, question: Ask) -> Vec<DeviceLine> {
    match desk.ask(&land.test, question).await {
        Ok(Told::Devices(devices)) => devices,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_lost_phone_is_revoked_from_the_desk_and_is_out_at_once() {
    let land = land().await;
    let head = land.head().await;
    let owner = Desk::at(&land.test, "chunha", Role::Owner, Area::Establishment(land.here), 70).await;
    let seen = devices(&head, &land, Ask::Devices(None)).await;
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().any(|line| line.handle == owner.handle && !line.this));
    assert!(seen.iter().any(|line| line.handle == head.handle && line.this));
    assert_eq!(head.ask(&land.test, Ask::Revoke(owner.handle)).await, Ok(Told::Done));
    assert_eq!(owner.ask(&land.test, Ask::OwnDevices).await, Err(CallFailure::Forbidden));
    let line = devices(&head, &land, Ask::Devices(None)).await;
    let line = line.iter().find(|line| line.handle == owner.handle).expect("still listed");
    assert_eq!(line.status, DeviceStatus::Revoked);
}

#[tokio::test]
async fn people_revoke_their_own_devices_and_nobody_elses() {
    let land = land().await;
    let owner = Desk::at(&land.test, "chunha", Role::Owner, Area::Establishment(land.here), 70).await;
    let other = Desk::at(&land.test, "nhaben", Role::Owner, Area::Establishment(land.there), 71).await;
    assert_eq!(devices(&owner, &land, Ask::OwnDevices).await.len(), 1);
    let unknown = Err(CallFailure::Objected(Objection::Unknown));
    assert_eq!(owner.ask(&land.test, Ask::Revoke(other.handle)).await, unknown);
    assert_eq!(owner.ask(&land.test, Ask::Revoke(DeviceHandle([9, 9, 9]))).await, unknown);
    assert_eq!(owner.ask(&land.test, Ask::Revoke(owner.handle)).await, Ok(Told::Done));
    assert_eq!(owner.ask(&land.test, Ask::OwnDevices).await, Err(CallFailure::Forbidden));
}

#[tokio::test]
async fn the_desk_puts_a_device_in_order_of_which_there_seemed_to_be_two_and_nobody_their_own() {
    let land = land().await;
    let head = land.head().await;
    let owner = Desk::at(&land.test, "chunha", Role::Owner, Area::Establishment(land.here), 70).await;
    let (unknown, taken) = (Objection::Unknown, Objection::Taken);
    let refused = |objection| Err(CallFailure::Objected(objection));
    assert_eq!(head.ask(&land.test, Ask::Reinstate(owner.handle)).await, refused(taken), "it is in order");
    let mut transaction = land.test.office.store.begin().await.expect("a transaction");
    device::set_status(&mut *transaction, owner.handle, DeviceStatus::Cloned, clock::now())
        .await
        .expect("a state");
    transaction.commit().await.expect("a commit");
    assert_eq!(owner.ask(&land.test, Ask::OwnDevices).await, Err(CallFailure::Forbidden));
    assert_eq!(head.ask(&land.test, Ask::Reinstate(head.handle)).await, refused(unknown));
    let other = Desk::at(&land.test, "nhaben", Role::Owner, Area::Establishment(land.there), 71).await;
    assert_eq!(other.ask(&land.test, Ask::Reinstate(owner.handle)).await, Err(CallFailure::Forbidden));
    assert_eq!(head.ask(&land.test, Ask::Reinstate(owner.handle)).await, Ok(Told::Done));
    assert_eq!(devices(&owner, &land, Ask::OwnDevices).await.len(), 1);
    assert_eq!(head.ask(&land.test, Ask::Revoke(owner.handle)).await, Ok(Told::Done));
    assert_eq!(
        head.ask(&land.test, Ask::Reinstate(owner.handle)).await,
        refused(taken),
        "revoked is for good"
    );
}
