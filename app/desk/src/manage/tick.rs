//! Several accounts at once: chosen by X, then locked or opened again. An approval is never given to several: each is called
//! back first.

use dossier::access::AccountStatus;
use dossier::id::AccountId;
use dossier::manage::{Ask, PersonChange, Told};
use leptos::prelude::*;

use super::fields::Deed;
use super::hall::Hall;
use super::part::Part;
use app::live::{Memo, live};

impl Hall {
    /// Chooses a row, or lets it go; `false` where nothing is done to several.
    pub(super) fn tick(self, key: &str) -> bool {
        if self.part.get_untracked() != Part::People {
            return false;
        }
        self.ticked.update(|ticked| {
            if !ticked.remove(key) {
                ticked.insert(key.to_owned());
            }
        });
        true
    }

    /// The chosen accounts that may be changed and stand so.
    fn chosen(self, suspended: bool) -> Vec<AccountId> {
        let ticked = self.ticked.get();
        let stands = |status| (status == AccountStatus::Suspended) == suspended;
        self.find(|told| match told {
            Told::People(people) => Some(
                people
                    .iter()
                    .filter(|one| ticked.contains(&one.id.0.to_string()))
                    .filter(|one| one.changeable && stands(one.status))
                    .map(|one| one.id)
                    .collect(),
            ),
            _ => None,
        })
        .unwrap_or_default()
    }
}

/// What can be done with what is chosen; there only while something is.
#[component]
pub fn Foot() -> impl IntoView {
    let hall = Hall::here();
    let count = Memo::new(move |_| hall.ticked.with(std::collections::BTreeSet::len));
    let all = move |suspended: bool, change: PersonChange| {
        for id in untrack(|| hall.chosen(suspended)) {
            hall.act(Ask::ChangePerson(id, change.clone()), false);
        }
        hall.ticked.set(Default::default());
    };
    let bar = move || {
        (count.get() > 0).then(|| {
            let (open, shut) = (hall.chosen(false).len(), hall.chosen(true).len());
            view! {
                <div class="bulk">
                    <span><b>{format!("Đã chọn {}", count.get())}</b></span>
                    {(open > 0).then(|| view! { <Deed words="Tạm khóa các tài khoản này" run=move |()| all(false, PersonChange::Suspend) main=true/> })}
                    {(shut > 0).then(|| view! { <Deed words="Mở khóa các tài khoản này" run=move |()| all(true, PersonChange::Resume)/> })}
                    {(open + shut == 0).then(|| view! { <span class="mute">"Không có tài khoản nào bạn đổi được"</span> })}
                    <Deed words="Bỏ chọn" run=move |()| hall.ticked.set(Default::default())/>
                </div>
            }
        })
    };
    live(bar)
}
