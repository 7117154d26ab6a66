//! Chia tách: the villages of a divided commune, each given to the commune it goes to. What nobody has chosen is said, and
//! stays listed at the desk until somebody does.

use std::collections::BTreeMap;

use dossier::id::{CommuneCode, VillageId};
use dossier::manage::{Part, Village, VillageMove};
use leptos::prelude::*;

use super::hall::Hall;
use super::person;
use app::live::{RwSignal, act, live};

/// What was chosen: by village, the code of its commune.
#[derive(Clone, Copy)]
pub struct Division {
    chosen: RwSignal<BTreeMap<VillageId, CommuneCode>>,
}

impl Division {
    /// Nothing chosen yet.
    pub fn new() -> Division {
        Division { chosen: RwSignal::new(BTreeMap::new()) }
    }

    /// Where the villages of these parts go, as far as it was chosen.
    pub fn moves(self, hall: Hall, parts: &[Part]) -> Vec<VillageMove> {
        let villages = untrack(|| villages(hall, parts));
        let chosen = self.chosen.get_untracked();
        let moved = villages
            .iter()
            .filter_map(|one| Some(VillageMove { village: one.id, to: *chosen.get(&one.id)? }));
        moved.collect()
    }

    /// The villages with their lists; nothing while no part is divided. `code` is the new commune's, as it is typed.
    pub fn fields(self, hall: Hall, parts: RwSignal<Vec<Part>>, code: RwSignal<String>) -> AnyView {
        let list = move || {
            let parts = parts.get();
            let villages = villages(hall, &parts);
            (parts.iter().any(|part| part.divided)).then(|| {
                let count = villages.len();
                let rows = villages.into_iter().map(|one| self.row(hall, one, &parts, code)).collect_view();
                let left = move || {
                    let parts = parts.clone();
                    let ids: Vec<VillageId> = self::villages(hall, &parts).iter().map(|one| one.id).collect();
                    self.chosen
                        .with(|chosen| said(count, ids.iter().filter(|id| chosen.contains_key(id)).count()))
                };
                view! {
                    <h3>"Các bản về đâu"</h3>
                    {rows}
                    <p class="mute" role="status">{live(left)}</p>
                }
            })
        };
        live(list)
    }

    fn row(self, hall: Hall, one: Village, parts: &[Part], code: RwSignal<String>) -> AnyView {
        let id = one.id;
        let divided: Vec<CommuneCode> =
            parts.iter().filter(|part| part.divided).map(|part| part.code).collect();
        let options = move || {
            let now = self.chosen.with_untracked(|chosen| chosen.get(&id).copied());
            let new = person::number(code.get().trim()).map(CommuneCode);
            let mut options: Vec<(CommuneCode, String)> = hall
                .communes()
                .into_iter()
                .filter_map(|(number, words)| Some((CommuneCode(person::number(&number)?), words)))
                .filter(|(code, _)| !divided.contains(code) && Some(*code) != new)
                .collect();
            options.splice(0..0, new.map(|code| (code, "Đơn vị mới".to_owned())));
            let rows = options.into_iter().map(move |(code, words)| {
                view! { <option value=code.0.to_string() selected=now == Some(code)>{format!("{words} ({code})")}</option> }
            });
            view! { <option value="">"chưa chọn"</option>{rows.collect_view()} }
        };
        let choose = move |event| {
            let to = person::number(&event_target_value(&event)).map(CommuneCode);
            self.chosen.update(|chosen| match to {
                Some(to) => _ = chosen.insert(id, to),
                None => _ = chosen.remove(&id),
            });
        };
        view! {
            <label class="line">
                <span>{one.name}</span>
                <select on:change=act(choose)>{live(options)}</select>
            </label>
        }
        .into_any()
    }
}

/// How many villages nobody has given away yet, and what becomes of them.
fn said(all: usize, chosen: usize) -> String {
    match all - chosen.min(all) {
        0 if all == 0 => "Xã này chưa có bản nào trong danh sách.".to_owned(),
        0 => format!("Đã chọn xã cho cả {all} bản."),
        left => format!(
            "Còn {left} bản chưa chọn: đến ngày, tạm theo đơn vị mới và nằm ở đầu danh sách này với dòng “Cần chọn xã”."
        ),
    }
}

fn villages(hall: Hall, parts: &[Part]) -> Vec<Village> {
    let divided = |code| parts.iter().any(|part| part.divided && part.code == code);
    hall.land.with(|land| land.villages.iter().filter(|one| divided(one.commune)).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_nobody_has_chosen_is_counted_and_said() {
        assert!(said(3, 1).starts_with("Còn 2 bản chưa chọn"));
        assert_eq!(said(3, 3), "Đã chọn xã cho cả 3 bản.");
        assert!(said(0, 0).contains("chưa có bản nào"));
    }
}
