//! What lies where today: communes, their villages, their establishments. Read whole for each question about people and
//! areas: a province has some thousand rows, and nobody asks twice in a second.

use std::collections::BTreeMap;

use dossier::access::{Area, Grant, Locality};
use dossier::id::{CommuneCode, EstablishmentId, VillageId};
use sqlx::SqliteConnection;

use crate::store::commune::{self, CommuneRow};
use crate::store::establishment::{self, LyingRow};
use crate::store::village::{self, VillageRow};

/// What lies where.
pub struct Atlas {
    /// Communes by code.
    pub communes: BTreeMap<CommuneCode, CommuneRow>,
    /// Villages by number.
    pub villages: BTreeMap<VillageId, VillageRow>,
    /// Establishments by number.
    pub houses: BTreeMap<EstablishmentId, LyingRow>,
}

impl Atlas {
    /// Reads it.
    pub async fn read(db: &mut SqliteConnection) -> Result<Atlas, sqlx::Error> {
        let communes = commune::list(&mut *db).await?;
        let villages = village::all(&mut *db).await?;
        let houses = establishment::all(&mut *db).await?;
        Ok(Atlas {
            communes: communes.into_iter().map(|row| (row.code(), row)).collect(),
            villages: villages.into_iter().map(|row| (VillageId(row.id), row)).collect(),
            houses: houses.into_iter().map(|row| (EstablishmentId(row.id), row)).collect(),
        })
    }

    /// The whole of a commune.
    pub fn commune(&self, code: CommuneCode) -> Option<Locality> {
        self.communes.get(&code).map(CommuneRow::place)
    }

    /// The whole of what a commune is today: itself, or what it was merged into.
    pub fn today(&self, code: CommuneCode) -> Option<Locality> {
        let next = self.communes.get(&code)?.successor.map_or(code, CommuneCode);
        self.commune(next)
    }

    /// A village.
    pub fn village(&self, id: VillageId) -> Option<Locality> {
        let row = self.villages.get(&id)?;
        Some(Locality { village: Some(id), ..self.commune(CommuneCode(row.commune))? })
    }

    /// An establishment.
    pub fn house(&self, id: EstablishmentId) -> Option<Locality> {
        let row = self.houses.get(&id)?;
        let village = Some(VillageId(row.village));
        Some(Locality { establishment: Some(id), village, ..self.commune(CommuneCode(row.commune))? })
    }

    /// The whole of an area, as something lies there: nothing smaller than it covers it.
    pub fn place(&self, area: Area) -> Option<Locality> {
        let nowhere = Locality { establishment: None, village: None, commune: CommuneCode(0), province: 0 };
        match area {
            Area::Establishment(id) => self.house(id),
            Area::Village(id) => self.village(id),
            Area::Commune(code) => self.commune(code),
            Area::Province(code) => {
                let known = self.communes.values().any(|row| row.province_code == code);
                known.then_some(Locality { province: code, ..nowhere })
            }
            Area::Everywhere => Some(nowhere),
        }
    }

    /// An area in words.
    pub fn words(&self, area: Area) -> String {
        match area {
            Area::Establishment(id) => self.houses.get(&id).map(|row| row.name.clone()),
            Area::Village(id) => self.villages.get(&id).map(|row| row.name.clone()),
            Area::Commune(code) => self.communes.get(&code).map(|row| row.name.clone()),
            Area::Province(code) => {
                let row = self.communes.values().find(|row| row.province_code == code);
                row.map(|row| row.province.clone())
            }
            Area::Everywhere => Some("mọi nơi".to_owned()),
        }
        .unwrap_or_default()
    }

    /// Where these roles hold; the commune of the account where there is none.
    pub fn places<'a>(&self, grants: impl Iterator<Item = &'a Grant>, home: CommuneCode) -> Vec<Locality> {
        let places: Vec<Locality> = grants.filter_map(|grant| self.place(grant.area)).collect();
        if places.is_empty() { self.commune(home).into_iter().collect() } else { places }
    }
}
