//! Where things lie: communes and their provinces by the tables of units.

use dossier::id::CommuneCode;
use dossier::moment::Day;
use dossier::unit::{Unit, Units};
use dossier::unit_data::{CHANGES, CURRENT, OLD};

use crate::clock;
use crate::store::{Store, commune, merger};

/// The province of a commune: by what the code names today, else by what it named last.
pub fn province_of(code: CommuneCode) -> Option<u8> {
    let units = Units::parse(CURRENT, OLD, CHANGES).ok()?;
    let today = clock::now().day();
    let last =
        || units.successors(code).first().and_then(|next| units.resolve(code, next.effective.plus(-1)));
    units.resolve(code, today).or_else(last).map(|unit| unit.province)
}

/// What a code named on a day: a receipt of those days says the commune of then, whatever has followed it.
pub async fn name_on(store: &Store, code: CommuneCode, day: Day) -> Result<Option<String>, sqlx::Error> {
    if let Some(name) = merger::name_before(store.readers(), code, day).await? {
        return Ok(Some(name));
    }
    if let Some(row) = commune::find(store.readers(), code).await? {
        return Ok(Some(row.name));
    }
    let units = Units::parse(CURRENT, OLD, CHANGES).ok();
    Ok(units.and_then(|units| units.resolve(code, day).map(|unit| unit.full_name())))
}

/// The communes of a day a text names, at most so many, with their names and those of their provinces. The tables are
/// read for the occasion: nobody looks twice in a minute, and they are large.
pub fn find(text: &str, today: Day, most: usize) -> Vec<(CommuneCode, String, String)> {
    let Ok(units) = Units::parse(CURRENT, OLD, CHANGES) else { return Vec::new() };
    let found = units.find(text, today).into_iter().take(most);
    let province = |unit: &Unit| unit.province_name(today).unwrap_or_default().to_owned();
    found.map(|unit| (unit.code, unit.full_name(), province(unit))).collect()
}

/// Looks up the provinces of communes that were entered before their codes were kept.
pub async fn complete(store: &Store) -> Result<(), sqlx::Error> {
    for code in commune::without_province(store.readers()).await? {
        if let Some(province) = province_of(code) {
            let mut transaction = store.begin().await?;
            commune::set_province(&mut *transaction, code, province).await?;
            transaction.commit().await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_its_province_even_after_a_merger() {
        assert_eq!(province_of(CommuneCode(3394)), Some(12));
        assert_eq!(province_of(CommuneCode(3592)), Some(12), "xã Sin Suối Hồ of before");
        assert_eq!(province_of(CommuneCode(99_999)), None);
    }
}
