//! One person: how to reach them, what they are where, a new code, a stop; and somebody new.

use dossier::access::{AccountStatus, Area, Role};
use dossier::id::{EstablishmentId, VillageId};
use dossier::manage::{Ask, Contact, Held, NewPerson, NewRole, Person, PersonChange, Sim, Told};
use leptos::prelude::*;

use super::fields::{Chosen, Deed, Typed, fact, picked};
use super::hall::Hall;
use super::{line, role as role_form};
use app::live::{RwSignal, Signal, live};
use app::parts::qr::Qr;
use app::text::{role, time};

fn find(hall: Hall, key: &str) -> Option<Person> {
    hall.find(|told| match told {
        Told::People(people) => people.iter().find(|one| one.id.0.to_string() == key).cloned(),
        _ => None,
    })
}

/// Somebody who is known.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let first = find(hall, key)?;
    let key = key.to_owned();
    let contact = first.changeable.then(|| contact(hall, &first));
    let give = first.changeable.then(|| role_form::give(hall, first.id));
    let goes_on = key.clone();
    let held =
        Signal::derive(move || find(hall, &goes_on).map(|person| held_on(hall, &person)).unwrap_or_default());
    let end = first.changeable.then(|| role_form::end(hall, held));
    let facts = move || find(hall, &key).map(|person| facts(hall, person));
    Some(view! { {live(facts)}<Code/>{end}{give}{contact} }.into_any())
}

fn facts(hall: Hall, person: Person) -> AnyView {
    let today = hall.today.get();
    let id = person.id;
    let held = person.roles.iter().map(|one| held(hall, one)).collect_view();
    let change = move |change: PersonChange| hall.act(Ask::ChangePerson(id, change), false);
    let deeds = person.changeable.then(|| {
        let (words, next) = match person.status {
            AccountStatus::Suspended => ("Mở khóa", PersonChange::Resume),
            _ => ("Tạm khóa", PersonChange::Suspend),
        };
        view! {
            <div class="row wrap">
                <Deed words="Mã mời mới" run=move |()| change(PersonChange::NewCode)/>
                <Deed words=words run=move |()| change(next.clone())/>
            </div>
        }
    });
    let heard = person.last_contact.map(|at| time::moment(at, today)).unwrap_or_default();
    view! {
        <h2>{person.name.clone()}</h2>
        <dl class="kv">
            {fact("Tên đăng nhập", person.login.clone())}
            {fact("Gọi lại", line::reach(&person.contact))}
            {fact("Số máy", person.devices.to_string())}
            {fact("Liên lạc cuối", heard)}
            {fact("Đến hết ngày", person.expires.map(|day| day.to_string()).unwrap_or_default())}
        </dl>
        <h3>"Vai trò"</h3>
        <ul class="held">{held}</ul>
        {deeds}
    }
    .into_any()
}

/// The roles that go on, as a list of a form shows them.
fn held_on(hall: Hall, person: &Person) -> Vec<(String, String)> {
    let today = hall.today.get();
    let on = person.roles.iter().filter(|one| one.until.is_none_or(|last| last >= today));
    on.map(|one| (one.number.to_string(), format!("{} · {}", role::label(one.role), one.place))).collect()
}

fn held(hall: Hall, one: &Held) -> AnyView {
    let today = hall.today.get();
    let over = one.until.is_some_and(|last| last < today);
    let until = match one.until {
        Some(last) if over => format!("đã hết {last}"),
        Some(last) => format!("từ {} đến hết {last}", one.from),
        None => format!("từ {}", one.from),
    };
    view! {
        <li class:mute=over>
            <b>{role::label(one.role)}</b>" · "{one.place.clone()}
            <span class="row"><span class="grow mute">{until}</span></span>
        </li>
    }
    .into_any()
}

/// The code that was just made: on the screen for a camera, in signs for a voice.
#[component]
fn Code() -> impl IntoView {
    let hall = Hall::here();
    live(move || {
        hall.code.get().map(|invited| {
            let until = invited.until.to_string();
            view! {
                <section class="made" role="status">
                    <h3>"Mã mời của "{invited.login}</h3>
                    <p class="code num">{invited.code.clone()}</p>
                    <Qr text=invited.code label="Mã mời".to_owned()/>
                    <p>"Dùng một lần, đến "{until}". Đọc hoặc cho quét ngay: đóng lại là không xem được nữa."</p>
                </section>
            }
        })
    })
}

const SIMS: [(&str, &str, Sim); 3] = [
    ("unknown", "SIM chưa rõ của ai", Sim::Unknown),
    ("own", "SIM chính chủ", Sim::Own),
    ("other", "SIM người khác đứng tên", Sim::Other),
];

fn sims() -> Vec<(String, String)> {
    SIMS.iter().map(|(code, words, _)| ((*code).to_owned(), (*words).to_owned())).collect()
}

fn sim_of(code: &str) -> Sim {
    SIMS.iter().find(|(known, ..)| *known == code).map_or(Sim::Unknown, |(.., sim)| *sim)
}

/// What is typed of a telephone; `None` when it cannot be one.
fn contact_of(phone: RwSignal<String>, sim: RwSignal<String>) -> Option<Contact> {
    let phone = phone.get_untracked();
    let phone = if phone.trim().is_empty() { None } else { Some(phone.parse().ok()?) };
    Some(Contact { phone, sim: sim_of(&sim.get_untracked()) })
}

const BAD_PHONE: &str = "Số điện thoại chưa đúng. Xem lại.";

fn contact(hall: Hall, person: &Person) -> AnyView {
    let id = person.id;
    let phone = person.contact.phone.as_ref().map(ToString::to_string).unwrap_or_default();
    let now = SIMS.iter().find(|(.., sim)| *sim == person.contact.sim).map_or("unknown", |(code, ..)| *code);
    let (phone, sim) = (RwSignal::new(phone), RwSignal::new(now.to_owned()));
    let save = move |()| match contact_of(phone, sim) {
        Some(contact) => hall.act(Ask::ChangePerson(id, PersonChange::Reach(contact)), false),
        None => hall.object(BAD_PHONE),
    };
    view! {
        <section class="fields">
            <h3>"Số gọi lại"</h3>
            <Typed label="Điện thoại" value=phone kind="tel"/>
            <Chosen label="SIM" options=Signal::derive(sims) value=sim/>
            <Deed words="Ghi số" run=save/>
        </section>
    }
    .into_any()
}

/// The roles this person gives at this desk, and what kind of area each is held for.
pub(super) fn given(hall: Hall) -> Vec<(String, String)> {
    let roles = Role::ALL.into_iter().enumerate().filter(|(_, role)| hall.role.gives(*role));
    roles.map(|(place, one)| (place.to_string(), role::label(one).to_owned())).collect()
}

/// The areas a role may be held for here.
pub(super) fn areas(hall: Hall, one: Role) -> Vec<(String, String)> {
    let named = |area: Area, words: String| (area.to_string(), words);
    let mut all: Vec<(String, String)> = hall.land.with(|land| {
        let houses = land.houses.iter().map(|house| {
            named(Area::Establishment(house.id), format!("{} · {}", house.name, house.village_name))
        });
        let villages =
            land.villages.iter().map(|village| named(Area::Village(village.id), village.name.clone()));
        let communes =
            land.communes.iter().map(|commune| named(Area::Commune(commune.code), commune.name.clone()));
        houses.chain(villages).chain(communes).collect()
    });
    if hall.role == Role::Administrator {
        all.push(named(Area::Everywhere, "mọi nơi".to_owned()));
    }
    all.retain(|(area, _)| area.parse().is_ok_and(|area| one.fits(area)));
    all
}

/// Somebody new.
pub fn new(hall: Hall) -> AnyView {
    let [name, login, phone, sim, as_what, at, until] = [(); 7].map(|()| RwSignal::new(String::new()));
    let role_here = move || {
        let picked = picked(as_what, &given(hall));
        picked.parse::<usize>().ok().and_then(|place| Role::ALL.get(place).copied())
    };
    let areas_here = move || {
        // Follows the chosen role.
        as_what.track();
        role_here().map(|one| areas(hall, one)).unwrap_or_default()
    };
    let invite = move |()| {
        let Some(contact) = contact_of(phone, sim) else { return hall.object(BAD_PHONE) };
        let Ok(name) = name.get_untracked().parse() else { return hall.object("Chưa có họ và tên.") };
        let Ok(login) = login.get_untracked().parse() else {
            return hall.object("Tên đăng nhập: 3 đến 32 chữ thường không dấu, số, dấu chấm, gạch.");
        };
        let options = untrack(areas_here);
        let chosen = picked(at, &options);
        // What was chosen for another role is not taken over.
        let area = options.iter().find(|(code, _)| *code == chosen).or(options.first());
        let (Some(role), Some(area)) = (role_here(), area.and_then(|(code, _)| code.parse().ok())) else {
            return hall.object("Chưa chọn vai trò và địa bàn.");
        };
        let until = time::typed_day(&until.get_untracked());
        hall.act(
            Ask::Invite(NewPerson { login, name, contact, role: NewRole { role, area, from: None, until } }),
            false,
        );
    };
    let another = move |()| {
        [name, login, phone].into_iter().for_each(|text| text.set(String::new()));
        hall.code.set(None);
    };
    let form = move || {
        view! {
            <section class="fields">
                <Typed label="Họ và tên" value=name/>
                <Typed label="Tên đăng nhập" value=login/>
                <Typed label="Điện thoại" value=phone kind="tel"/>
                <Chosen label="SIM" options=Signal::derive(sims) value=sim/>
                <Chosen label="Vai trò" options=Signal::derive(move || given(hall)) value=as_what/>
                <Chosen label="Địa bàn" options=Signal::derive(areas_here) value=at/>
                <Typed label="Đến hết ngày (để trống: không thời hạn)" value=until kind="date"/>
                <Deed words="Tạo và lấy mã mời" run=invite main=true/>
            </section>
        }
        .into_any()
    };
    // The form gives way to the code: on a phone it would push it out of sight.
    let made = move || view! { <Code/><Deed words="Thêm người nữa" run=another/> }.into_any();
    view! {
        <h2>{hall.part.get_untracked().adds(hall.role).unwrap_or_default()}</h2>
        {live(move || if hall.code.with(Option::is_some) { made() } else { form() })}
    }
    .into_any()
}

/// The number of a list's value.
pub fn number(code: &str) -> Option<u32> {
    code.parse().ok()
}

/// The village of a list's value.
pub fn village(code: &str) -> Option<VillageId> {
    number(code).map(VillageId)
}

/// The establishment of a list's value.
pub fn house(code: &str) -> Option<EstablishmentId> {
    number(code).map(EstablishmentId)
}
