//! Villages and establishments, and which of them declare.

use axum::Json;
use axum::extract::Path;
use dossier::access::{Action, Locality};
use dossier::id::{CommuneCode, EstablishmentId, VillageId};
use dossier::manage::{
    Adoption, Commune, House, NewHouse, NewVillage, Objection, Told, Village, VillageChange,
};
use dossier::moment::Moment;

use super::{Reply, objection, taken};
use crate::asked::{Asked, Work};
use crate::atlas::Atlas;
use crate::error::Error;
use crate::poster;
use crate::store::adoption::Declaring;
use crate::store::establishment::{self, EstablishmentRow};
use crate::store::village::{self, VillageRow};
use crate::store::{adoption, merger};

/// A house is silent when its last notice is older.
const SILENT_DAYS: i64 = 30;

/// `GET /api/v1/villages`.
pub async fn villages(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let declaring = adoption::all(asked.office.store.readers(), asked.today).await?;
    let mut shown = Vec::new();
    for id in atlas.villages.keys() {
        let Some(place) = atlas.village(*id).filter(|place| asked.sees(Action::ReadPeople, place)) else {
            continue;
        };
        let open = asked.may(Action::ReadAdoption, &place);
        shown.extend(village_of(&atlas, *id, open.then_some(&declaring), asked.now));
    }
    let communes = shown.iter().filter_map(|village| atlas.communes.get(&village.commune));
    let wide = atlas.communes.values().filter(|row| asked.sees(Action::ReadPeople, &row.place()));
    let mut communes: Vec<Commune> =
        communes.chain(wide).map(|row| Commune { code: row.code(), name: row.name.clone() }).collect();
    communes.sort_by_key(|commune| commune.code);
    communes.dedup();
    Ok(Json(Told::Villages(communes, shown)))
}

/// A village as a list shows it.
pub(super) fn village_of(
    atlas: &Atlas,
    id: VillageId,
    declaring: Option<&std::collections::BTreeMap<EstablishmentId, Declaring>>,
    now: Moment,
) -> Option<Village> {
    let row = atlas.villages.get(&id)?;
    let houses: Vec<EstablishmentId> = atlas
        .houses
        .values()
        .filter(|house| house.village == id.0)
        .map(|house| EstablishmentId(house.id))
        .collect();
    let old = now.plus_minutes(-SILENT_DAYS * 24 * 60);
    let adoption = declaring.map(|declaring| {
        let all: Vec<&Declaring> = houses.iter().filter_map(|id| declaring.get(id)).collect();
        let count = |of: &dyn Fn(&Declaring) -> bool| all.iter().filter(|one| of(one)).count() as u32;
        Adoption {
            with_account: count(&|one| one.has_account),
            silent: count(&|one| one.last_notice.is_some_and(|at| at < old)),
            never: count(&|one| one.last_notice.is_none()),
            last_notice: all.iter().filter_map(|one| one.last_notice).max(),
        }
    });
    let (commune, name, houses) = (CommuneCode(row.commune), row.name.clone(), houses.len() as u32);
    Some(Village { id, commune, name, houses, adoption })
}

/// `GET /api/v1/establishments`.
pub async fn houses(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let declaring = adoption::all(asked.office.store.readers(), asked.today).await?;
    let mut shown = Vec::new();
    for (id, row) in &atlas.houses {
        let Some(place) = atlas.house(*id).filter(|place| asked.sees(Action::ReadPeople, place)) else {
            continue;
        };
        let known = declaring.get(id).copied();
        let last = known.and_then(|one| one.last_notice);
        let village = VillageId(row.village);
        shown.push(House {
            id: *id,
            commune: CommuneCode(row.commune),
            village,
            village_name: atlas.words(dossier::access::Area::Village(village)),
            name: row.name.clone(),
            kind: row.kind.clone(),
            phone: row.phone.clone(),
            poster: format!("/co-so/{}", poster::word(&asked.office.keys, *id)),
            has_account: known.is_some_and(|one| one.has_account),
            last_notice: last.filter(|_| asked.may(Action::ReadAdoption, &place)),
        });
    }
    Ok(Json(Told::Houses(shown)))
}

/// `POST /api/v1/villages`.
pub async fn add_village(asked: Asked) -> Reply {
    let new: NewVillage = asked.read()?;
    let mut work = asked.begin().await?;
    asked.must(Action::ManagePlaces, work.atlas.commune(new.commune))?;
    let known = |row: &VillageRow| row.commune == new.commune.0 && row.name == new.name.as_str();
    if work.atlas.villages.values().any(known) {
        return Err(objection(Objection::Taken));
    }
    let village = village::named(&mut work.transaction, new.commune, new.name.as_str()).await?;
    establishment::insert_everyone(&mut *work.transaction, village, new.commune).await?;
    work.done(&asked.office, new.commune, Told::Done).await.map(Json)
}

/// `POST /api/v1/villages/{id}`.
pub async fn change_village(Path(id): Path<u32>, asked: Asked) -> Reply {
    let change: VillageChange = asked.read()?;
    let mut work = asked.begin().await?;
    let id = VillageId(id);
    // A village is its commune's: who works in it alone does not rename it.
    let whole = work.atlas.village(id).map(|place| Locality { village: None, ..place });
    let place = asked.must(Action::ManagePlaces, whole)?;
    match change {
        VillageChange::Rename(name) => {
            village::rename(&mut *work.transaction, id, name.as_str()).await.map_err(taken)?;
        }
        VillageChange::Join(commune) => {
            asked.must(Action::ManageUnits, Some(place))?;
            asked.must(Action::ManageUnits, work.atlas.commune(commune))?;
            merger::carry(&mut work.transaction, id, commune).await?;
            merger::say_again(&mut work.transaction, commune, Some(id)).await?;
            asked.office.writer.announce(commune);
        }
    }
    work.done(&asked.office, place.commune, Told::Done).await.map(Json)
}

/// `POST /api/v1/establishments`.
pub async fn add_house(asked: Asked) -> Reply {
    let new: NewHouse = asked.read()?;
    let mut work = asked.begin().await?;
    let place = asked.must(Action::ManagePlaces, work.atlas.village(new.village))?;
    let text = |line: Option<dossier::manage::Words>| line.map(String::from).unwrap_or_default();
    let row = house_row(&work.atlas, new.village, new.name.as_str(), new.kind.as_str())
        .ok_or(objection(Objection::Unknown))?;
    let phone = new.phone.map(|phone| phone.as_str().to_owned()).unwrap_or_default();
    let row = EstablishmentRow { phone, address: text(new.address), ..row };
    establishment::insert(&mut work.transaction, &row).await?;
    work.done(&asked.office, place.commune, Told::Done).await.map(Json)
}

/// A new establishment of a village, remote where its commune is.
pub(super) fn house_row(
    atlas: &Atlas,
    village: VillageId,
    name: &str,
    kind: &str,
) -> Option<EstablishmentRow> {
    let row = atlas.villages.get(&village)?;
    let commune = atlas.communes.get(&CommuneCode(row.commune))?;
    Some(EstablishmentRow {
        id: 0,
        commune: row.commune,
        name: name.to_owned(),
        village: row.name.clone(),
        kind: kind.to_owned(),
        remote: commune.remote,
        phone: String::new(),
        address: String::new(),
    })
}

/// `POST /api/v1/establishments/{id}`: it lies in another village of its commune.
pub async fn move_house(Path(id): Path<u32>, asked: Asked) -> Reply {
    let village: VillageId = asked.read()?;
    let mut work = asked.begin().await?;
    let id = EstablishmentId(id);
    let from = asked.must(Action::ManagePlaces, work.atlas.house(id))?;
    let to = asked.must(Action::ManagePlaces, work.atlas.village(village))?;
    moved(&mut work, id, village, from, to).await?;
    work.done(&asked.office, to.commune, Told::Done).await.map(Json)
}

async fn moved(
    work: &mut Work,
    id: EstablishmentId,
    village: VillageId,
    from: Locality,
    to: Locality,
) -> Result<(), Error> {
    // Between communes a house goes with its village, by a merger.
    if from.commune != to.commune {
        return Err(objection(Objection::Unfit));
    }
    establishment::set_village(&mut *work.transaction, id, village, to.commune).await?;
    Ok(())
}
