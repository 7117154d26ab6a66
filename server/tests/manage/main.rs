//! People, devices and areas over the network: real router, real SQLite, real signatures.

#[path = "../office/mod.rs"]
mod office;

mod areas;
mod asking;
mod catalogue;
mod codes;
mod desk;
mod devices;
mod merger;
mod people;
mod signed;

use dossier::access::Role;
use dossier::id::{CommuneCode, EstablishmentId, VillageId};
use office::{COMMUNE, TestOffice, test_office};
use server::store::village;

/// The commune beside: the same province.
const NEXT: CommuneCode = CommuneCode(3549);

/// Two communes, each with a house.
struct Land {
    test: TestOffice,
    here: EstablishmentId,
    there: EstablishmentId,
}

async fn land() -> Land {
    let test = test_office().await;
    test.add_commune().await;
    test.add_commune_of(NEXT).await;
    let (here, there) = (test.add_house(COMMUNE).await, test.add_house(NEXT).await);
    Land { test, here, there }
}

impl Land {
    async fn village(&self, commune: CommuneCode) -> VillageId {
        let rows = village::all(self.test.office.store.readers()).await.expect("a read");
        VillageId(rows.iter().find(|row| row.commune == commune.0).expect("a village").id)
    }

    /// The head of the commune's police.
    async fn head(&self) -> desk::Desk {
        desk::Desk::of(&self.test, "truong", Role::Head, 40).await
    }
}
