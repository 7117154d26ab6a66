//! One more role for somebody who is known, from a day to a day; and the last day of one that goes on.

use dossier::access::Role;
use dossier::id::AccountId;
use dossier::manage::{Ask, NewRole};
use leptos::prelude::*;

use super::fields::{Chosen, Deed, Typed, picked};
use super::hall::Hall;
use super::person::{areas, given};
use app::live::{Memo, RwSignal, Signal, live};
use app::text::time;

/// The form.
pub fn give(hall: Hall, to: AccountId) -> AnyView {
    let [as_what, at, from, until] = [(); 4].map(|()| RwSignal::new(String::new()));
    from.set(time::input_day(hall.today.get_untracked()));
    let role_here = move || {
        let picked = picked(as_what, &given(hall));
        picked.parse::<usize>().ok().and_then(|place| Role::ALL.get(place).copied())
    };
    let areas_here = move || {
        // Follows the chosen role.
        as_what.track();
        role_here().map(|one| areas(hall, one)).unwrap_or_default()
    };
    let run = move |()| {
        let options = untrack(areas_here);
        let chosen = picked(at, &options);
        let area = options.iter().find(|(code, _)| *code == chosen).or(options.first());
        let (Some(role), Some(area)) = (role_here(), area.and_then(|(code, _)| code.parse().ok())) else {
            return hall.object("Chưa chọn vai trò và địa bàn.");
        };
        let (from, until) = (time::typed_day(&from.get_untracked()), until.get_untracked());
        let last = time::typed_day(&until);
        if from.is_none() || (last.is_none() && !until.trim().is_empty()) {
            return hall.object("Xem lại ngày đầu và ngày cuối.");
        }
        hall.act(Ask::Give(to, NewRole { role, area, from, until: last }), false);
    };
    view! {
        <section class="fields">
            <h3>"Thêm vai trò"</h3>
            <Chosen label="Vai trò" options=Signal::derive(move || given(hall)) value=as_what/>
            <Chosen label="Địa bàn" options=Signal::derive(areas_here) value=at/>
            <Typed label="Từ ngày" value=from kind="date"/>
            <Typed label="Đến hết ngày (để trống: không thời hạn)" value=until kind="date"/>
            <Deed words="Thêm vai trò" run=run/>
        </section>
    }
    .into_any()
}

/// The last day of a role: today, or a later one. `held` are those that go on.
pub fn end(hall: Hall, held: Signal<Vec<(String, String)>>) -> AnyView {
    let (which, last) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let today = hall.today;
    last.set(time::input_day(today.get_untracked()));
    let run = move |()| {
        let options = held.get_untracked();
        let chosen = picked(which, &options);
        // What was chosen may have ended meanwhile.
        let number = options.iter().find(|(code, _)| *code == chosen).and_then(|(code, _)| code.parse().ok());
        match (number, time::typed_day(&last.get_untracked())) {
            (Some(number), Some(last)) if last >= today.get_untracked() => {
                hall.act(Ask::End(number, last), false);
            }
            _ => hall.object("Ngày cuối là hôm nay hoặc một ngày sau."),
        }
    };
    let form = move || {
        view! {
            <section class="fields">
                <h3>"Kết thúc vai trò"</h3>
                <Chosen label="Đang giữ" options=held value=which/>
                <Typed label="Ngày cuối (vẫn làm đến hết ngày này)" value=last kind="date"/>
                <Deed words="Kết thúc" run=run/>
            </section>
        }
    };
    let some = Memo::new(move |_| held.with(|held| !held.is_empty()));
    live(move || some.get().then(form)).into_any()
}
