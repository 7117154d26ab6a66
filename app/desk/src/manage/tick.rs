//! Several at once, chosen by X: accounts, then locked or opened again; requests, then looked through together and let in.

use dossier::access::AccountStatus;
use dossier::id::AccountId;
use dossier::manage::{Ask, PersonChange, Told};
use leptos::prelude::*;

use super::fields::Deed;
use super::hall::{Hall, Opened};
use super::part::Part;
use app::live::{Memo, live};

impl Hall {
    /// Chooses a row, or lets it go; `false` where nothing is done to several.
    pub(super) fn tick(self, key: &str) -> bool {
        if !matches!(self.part.get_untracked(), Part::People | Part::Requests) {
            return false;
        }
        // What is open beside the list speaks of those that were chosen then.
        if self.opened.with_untracked(|opened| *opened == Some(Opened::Several)) {
            self.open(None);
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
            let requests = hall.part.get() == Part::Requests;
            view! {
                <div class="bulk">
                    <span><b>{format!("Đã chọn {}", count.get())}</b></span>
                    {requests.then(|| view! { <Deed words="Xem và duyệt các yêu cầu này" run=move |()| hall.open(Some(Opened::Several)) main=true/> })}
                    {(open > 0).then(|| view! { <Deed words="Tạm khóa các tài khoản này" run=move |()| all(false, PersonChange::Suspend) main=true/> })}
                    {(shut > 0).then(|| view! { <Deed words="Mở khóa các tài khoản này" run=move |()| all(true, PersonChange::Resume)/> })}
                    {(!requests && open + shut == 0).then(|| view! { <span class="mute">"Không có tài khoản nào bạn đổi được"</span> })}
                    <Deed words="Bỏ chọn" run=move |()| hall.ticked.set(Default::default())/>
                </div>
            }
        })
    };
    live(bar)
}
