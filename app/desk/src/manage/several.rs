//! Several who ask for an account, let in together: each with a login and a place of their own, one confirmation that
//! says how many, and a verdict for each. Nobody is skipped in silence: whoever was not let in stays, with the reason.

use dossier::access::Role;
use dossier::intent::{Answer, Intent};
use dossier::manage::{AccountRequest, Ask, Told, Words};
use dossier::vietnamese::fold;
use leptos::prelude::*;

use super::fields::{Chosen, Typed};
use super::hall::Hall;
use super::line;
use super::request::{KIND, NEW, TypedApproval, places};
use app::live::{Memo, RwSignal, Signal, act, live};
use app::text::{refusal, role};

/// What became of one: let in, or why not.
type Verdict = Option<Result<(), String>>;

/// One of them.
#[derive(Clone)]
struct Row {
    number: u32,
    role: Role,
    name: String,
    meta: String,
    /// What the establishment is called, if it is a new one.
    house: String,
    login: RwSignal<String>,
    at: RwSignal<String>,
    village: RwSignal<String>,
    verdict: RwSignal<Verdict>,
}

impl Row {
    fn of(hall: Hall, one: &AccountRequest, logins: &mut Vec<String>) -> Row {
        let said = &one.said;
        let house = said.house.as_ref().map_or_else(|| said.name.to_string(), Words::to_string);
        let same = |named: &str, wanted: &str| fold(named) == fold(wanted);
        let (at, village) = hall.land.with_untracked(|land| {
            let at = land.houses.iter().find(|known| same(&known.name, &house));
            let village = land.villages.iter().find(|known| same(&known.name, said.village.as_str()));
            (at.map(|known| known.id.0), village.map(|known| known.id.0))
        });
        let text =
            |number: Option<u32>, none: &str| number.map_or(none.to_owned(), |number| number.to_string());
        let meta = [role::label(said.role).to_owned(), house.clone(), said.village.to_string()];
        let reach = line::reach(&said.contact);
        let meta =
            meta.into_iter().chain([reach]).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        Row {
            number: one.number,
            role: said.role,
            name: said.name.to_string(),
            meta,
            login: RwSignal::new(suggested(&house, logins)),
            house,
            at: RwSignal::new(text(at, NEW)),
            village: RwSignal::new(text(village, "")),
            verdict: RwSignal::new(None),
        }
    }

    fn typed(&self) -> TypedApproval {
        TypedApproval {
            login: self.login.get_untracked(),
            at: self.at.get_untracked(),
            village: self.village.get_untracked(),
            name: self.house.clone(),
            kind: KIND.to_owned(),
        }
    }

    fn is_in(&self) -> bool {
        matches!(self.verdict.get(), Some(Ok(())))
    }
}

/// A login made of a name, unlike those that were made before it.
fn suggested(name: &str, taken: &mut Vec<String>) -> String {
    let plain: String = fold(name).chars().filter(char::is_ascii_alphanumeric).take(28).collect();
    let mut login = plain.clone();
    let mut count = 2;
    while !plain.is_empty() && taken.contains(&login) {
        login = format!("{plain}{count}");
        count += 1;
    }
    taken.push(login.clone());
    login
}

/// The chosen requests.
pub fn shown(hall: Hall) -> Option<AnyView> {
    let ticked = hall.ticked.get_untracked();
    let mut logins = Vec::new();
    let rows: Vec<Row> = hall.find(|told| match told {
        Told::Requests(requests) => Some(
            requests
                .iter()
                .filter(|one| ticked.contains(&one.number.to_string()))
                .map(|one| Row::of(hall, one, &mut logins))
                .collect(),
        ),
        _ => None,
    })?;
    let drawn = rows.iter().cloned().map(|row| drawn(hall, row)).collect_view();
    let rows = StoredValue::new(rows);
    let left = Memo::new(move |_| rows.with_value(|rows| rows.iter().filter(|row| !row.is_in()).count()));
    let (sure, busy) = (RwSignal::new(false), RwSignal::new(false));
    let run = move |_| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            // Those that are in already are not asked for again.
            let all = rows.get_value().into_iter().filter(|row| untrack(|| !row.is_in()));
            for row in all {
                let verdict = match row.typed().parse(row.role) {
                    Ok(approval) => ask(hall, row.number, approval).await,
                    Err(why) => Err(why.to_owned()),
                };
                row.verdict.try_set(Some(verdict));
            }
            busy.try_set(false);
            sure.try_set(false);
            hall.again();
        });
    };
    let foot = move || {
        match (left.get(), busy.get(), sure.get()) {
        (0, ..) => view! { <p class="st nhan" role="status">"Đã duyệt hết."</p> }.into_any(),
        (count, true, _) => view! { <p class="mute" role="status">{format!("Đang duyệt, còn {count} người…")}</p> }.into_any(),
        (count, false, false) => view! {
            <button type="button" class="btn main-act" on:click=act(move |_| sure.set(true))>{format!("Duyệt {count} người")}</button>
        }
        .into_any(),
        (count, false, true) => view! {
            <p><b>{format!("Đã gọi lại hoặc gặp mặt cả {count} người?")}</b></p>
            <div class="row wrap">
                <button type="button" class="btn main-act" on:click=act(run)>{format!("Đúng, duyệt {count} người")}</button>
                <button type="button" class="btn" on:click=act(move |_| sure.set(false))>"Chưa"</button>
            </div>
        }
        .into_any(),
    }
    };
    Some(view! { {drawn}<section class="fields">{live(foot)}</section> }.into_any())
}

async fn ask(hall: Hall, number: u32, approval: dossier::manage::Approval) -> Result<(), String> {
    match hall.device.ask(Intent::Manage(Box::new(Ask::Approve(number, approval)))).await {
        Answer::Managed(_) => {
            hall.ticked.try_update(|ticked| ticked.retain(|key| *key != number.to_string()));
            Ok(())
        }
        Answer::Refused(refused) => Err(refusal::words(&refused)),
        _ => Err(refusal::words(&dossier::intent::Refusal::Unknown)),
    }
}

fn drawn(hall: Hall, row: Row) -> AnyView {
    let Row { name, meta, house, login, at, village, verdict, .. } = row;
    let is_in = Memo::new(move |_| verdict.with(|verdict| matches!(verdict, Some(Ok(())))));
    let villages = move || {
        let mut all = vec![(String::new(), "Chọn bản".to_owned())];
        all.extend(hall.villages());
        all
    };
    let is_new = Memo::new(move |_| at.with(|at| at == NEW));
    let new = move || {
        is_new.get().then(
            || view! { <Chosen label="Bản của cơ sở mới" options=Signal::derive(villages) value=village/> },
        )
    };
    let fields = move || {
        (!is_in.get()).then(|| {
            view! {
                <Typed label="Tên đăng nhập" value=login/>
                <Chosen label="Cơ sở" options=Signal::derive(move || places(hall)) value=at/>
                {live(new)}
            }
        })
    };
    let said = move || {
        verdict.get().map(|verdict| match verdict {
            Ok(()) => view! { <p class="st nhan" role="status">"Đã duyệt"</p> }.into_any(),
            Err(why) => {
                view! { <p class="st xem" role="alert">{format!("Chưa duyệt: {why}")}</p> }.into_any()
            }
        })
    };
    view! {
        <section class="fields">
            <h2>{name}</h2>
            <p class="mute">{meta}</p>
            {live(said)}
            {live(fields)}
            {live(move || (is_new.get() && !is_in.get()).then(|| format!("Cơ sở mới: {house}")))}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_made_of_names_and_no_two_alike() {
        let mut taken = Vec::new();
        let mut next = |name: &str| suggested(name, &mut taken);
        assert_eq!(next("Homestay Hoa Địa Lan"), "homestayhoadialan");
        assert_eq!(next("Homestay Hoa Địa Lan"), "homestayhoadialan2");
        assert_eq!(next("Nhà sàn Páo & Mỷ"), "nhasanpaomy");
        assert_eq!(next("…"), "", "somebody types it");
    }
}
