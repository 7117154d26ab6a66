//! Bước 1: the house, and the person it is filed for.

use dossier::behalf::{BehalfField, Matter};
use dossier::procedure::Agency;
use dossier::vietnamese::fold;
use dossier::view::House;
use leptos::prelude::*;

use super::{Line, Record};
use crate::live::{RwSignal, Signal, live};
use crate::parts::field::{Blocked, Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;
use crate::text::filing;

/// Houses that are shown without a search.
const FEW: usize = 8;

/// The houses a search finds; all of them while nothing is typed.
fn found(houses: &[House], typed: &str) -> Vec<House> {
    let typed = fold(typed);
    let fits = |house: &&House| {
        typed.is_empty() || fold(&format!("{} {}", house.name, house.village)).contains(&typed)
    };
    houses.iter().filter(fits).take(FEW).cloned().collect()
}

/// The step.
#[component]
pub fn Who(
    /// The houses of the helper's area.
    houses: Vec<House>,
    /// What is filed.
    matter: Matter,
    /// The agency that decides a dossier.
    agency: Option<Agency>,
) -> impl IntoView {
    let (asked, hint) = match matter {
        Matter::Filing => ("Hồ sơ về nhà nào", "Họ và tên người dân có hồ sơ"),
        Matter::StayNotice => ("Khách ở nhà nào", "Họ và tên người chủ nhà, hoặc người có trách nhiệm khai"),
    };
    let record = Record::here();
    let typed = RwSignal::new(String::new());
    let (many, none) = (houses.len() > FEW, houses.is_empty());
    let beyond = houses.iter().any(|house| house.elsewhere().is_some());
    let houses = StoredValue::new(houses);
    let rows = move || {
        let chosen = record.draft.with(|draft| draft.house);
        houses.with_value(|houses| {
            let mut shown = found(houses, &typed.get());
            let missing = houses.iter().find(|house| Some(house.id) == chosen);
            // What was chosen stays in sight, whatever is searched for.
            if let Some(house) = missing.filter(|house| !shown.contains(house)) {
                shown.insert(0, house.clone());
            }
            shown
        })
    };
    // Whose it is when the chosen house lies in another commune.
    let received_for = move || {
        let chosen = record.draft.with(|draft| draft.house)?;
        houses.with_value(|houses| {
            let commune = houses.iter().find(|house| house.id == chosen)?.elsewhere()?;
            Some(filing::received_for(&agency?.in_commune(commune)))
        })
    };
    let pick = move |house: House| {
        let id = house.id;
        view! {
            <Pick
                group="cho-nha"
                chosen=Signal::derive(move || record.draft.with(|draft| draft.house) == Some(id))
                choose=move |()| {
                    record.edit(|draft| draft.house = Some(id));
                    record.keep();
                }
            >
                <b>{house.name}</b>
                <small>{house.village}</small>
            </Pick>
        }
    };
    view! {
        <div class="form">
            <fieldset class="q" id="cho-nha" tabindex="-1">
                <legend class="lab">{asked}</legend>
                {none.then(|| view! {
                    <p class="sm">"Chưa có nhà nào trong địa bàn của bạn trên máy này. Có mạng một lần để lấy danh sách, hoặc hỏi Công an xã."</p>
                })}
                {many.then(|| view! {
                    <TextField id="tim-nha" label="Tìm nhà" hint="Gõ không dấu cũng được. Nhà chưa có trong danh sách: gõ “nhà khác”" value=typed on_input=move |text| typed.set(text)/>
                })}
                {beyond.then(|| view! {
                    <p class="sm mute">"Nơi ở thuộc xã khác trong tỉnh: gõ tên xã, nơi này nhận thay. Tỉnh khác: mời người dân nộp trực tuyến hoặc nộp tại tỉnh đó."</p>
                })}
                <div class="picks">{live(move || rows().into_iter().map(pick).collect_view())}</div>
                {live(move || received_for().map(|words| view! {
                    <p class="check goi" role="status"><Pictogram icon=Icon::Received/>{words}</p>
                }))}
                <Blocked id="cho-nha-loi" fault=record.fault(BehalfField::House)/>
            </fieldset>
            <Line id="khai-cho" label="Khai thay cho ai" hint=hint kind=Kind::NAME field=BehalfField::Giver
            of=|draft| &draft.giver at=|draft| &mut draft.giver/>
            <Line id="so-nguoi-uy-quyen" label="Số định danh của người đó (không bắt buộc)" kind=Kind::NUMBER field=BehalfField::GiverNumber
            of=|draft| &draft.giver_number at=|draft| &mut draft.giver_number/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::id::EstablishmentId;

    #[test]
    fn a_house_is_found_by_its_village_without_diacritics() {
        let house = |id, name: &str, village: &str| House {
            id: EstablishmentId(id),
            name: name.into(),
            village: village.into(),
            remote: true,
        };
        let houses =
            [house(1, "Hộ Lý Văn Tả", "bản Thèn Sin"), house(2, "Homestay Suối Mây", "bản Sin Suối Hồ")];
        assert_eq!(found(&houses, "then sin")[0].id, EstablishmentId(1));
        assert_eq!(found(&houses, "").len(), 2);
        assert!(found(&houses, "khong co").is_empty());
    }
}
