//! People, devices and areas, rendered natively over invented people. The pages go to `target/preview/` to be looked at.

use std::path::Path;

use app::browser::{Browser, NoBrowser};
use app::clock::Clock;
use app::device::Device;
use app::live::{Memo, RwSignal, Signal};
use app::parts::icon::Sprite;
use desk::manage::Hallway;
use desk::manage::hall::{Hall, Heard, Land, Opened};
use desk::manage::part::Part;
use dossier::access::{AccountStatus, Area, DeviceStatus, Role};
use dossier::id::{AccountId, CommuneCode, DeviceHandle, VillageId};
use dossier::intent::{Answer, Refusal};
use dossier::manage::{
    AccountRequest, Adoption, AsideLine, Commune, Contact, DeviceLine, Held, Invited, NewRequest, Person,
    Sim, Told, Village,
};
use dossier::moment::{Day, Moment};
use dossier::view::{Stage, Standing, View, Who};
use leptos::prelude::*;

const NOW: Moment = Moment(1_795_000_000_000);
const COMMUNE: CommuneCode = CommuneCode(3394);

fn who(role: Role) -> Who {
    Who {
        name: "Lò Văn Thử".into(),
        role,
        establishment: None,
        commune: "xã Sin Suối Hồ".into(),
        agency: "Công an xã Sin Suối Hồ".into(),
        province: "tỉnh Lai Châu".into(),
        duty_phone: "0213 000 113".into(),
        standing: Standing::Queue,
    }
}

fn person(number: u32, name: &str, role: Role, status: AccountStatus) -> Person {
    let place = if role == Role::Owner { "Homestay Hoa Địa Lan" } else { "bản Sin Suối Hồ" };
    Person {
        id: AccountId(number),
        login: format!("thu{number}"),
        name: name.into(),
        commune: COMMUNE,
        status,
        expires: None,
        contact: Contact { phone: "0912 000 001".parse().ok(), sim: Sim::Other },
        roles: vec![Held {
            number,
            role,
            area: Area::Village(VillageId(1)),
            place: place.into(),
            from: Day(20_700),
            until: None,
        }],
        devices: 1,
        last_contact: Some(NOW),
        changeable: true,
    }
}

fn people() -> Told {
    Told::People(vec![
        person(1, "Giàng Thị Thử", Role::Owner, AccountStatus::Active),
        person(2, "Vàng A Thử", Role::TeamMember, AccountStatus::Invited),
        person(3, "Hảng Thị Thử", Role::Owner, AccountStatus::Suspended),
    ])
}

fn request(number: u32, name: &str, house: &str, village: &str) -> AccountRequest {
    let words = |text: &str| text.parse().expect("as written above");
    AccountRequest {
        number,
        at: NOW,
        said: NewRequest {
            name: words(name),
            contact: Contact { phone: "0912 000 001".parse().ok(), sim: Sim::Own },
            commune: COMMUNE,
            village: words(village),
            role: Role::Owner,
            house: Some(words(house)),
            device_name: words("Chrome trên Android"),
            note: None,
        },
    }
}

struct Scene {
    role: Role,
    part: Part,
    heard: Heard,
    chip: &'static str,
    opened: Option<Opened>,
    code: Option<Invited>,
    ticked: &'static [&'static str],
}

impl Scene {
    fn of(role: Role, part: Part, heard: Heard) -> Scene {
        Scene { role, part, heard, chip: "", opened: None, code: None, ticked: &[] }
    }

    fn render(self, name: &str) -> String {
        let html = Owner::new().with(|| {
            let view = View { stage: Stage::Open(Box::new(who(self.role))), ..View::default() };
            let (view, _) = signal(view);
            let device = Device::new(view, Box::new(|_| Box::pin(async { Answer::Done })));
            provide_context(device);
            provide_context(Browser::new(NoBrowser));
            provide_context(Clock::new(Signal::derive(|| NOW.0), device));
            let land = Land {
                communes: vec![Commune { code: COMMUNE, name: "xã Sin Suối Hồ".into() }],
                villages: vec![village(1, "bản Sin Suối Hồ", 2, 1)],
                houses: Vec::new(),
            };
            let (part, chip, heard) = (self.part, self.chip.to_owned(), self.heard);
            let hall = Hall::over(
                Memo::new(move |_| part),
                Memo::new(move |_| chip.clone()),
                Memo::new(move |_| heard.clone()),
                Memo::new(move |_| land.clone()),
                RwSignal::new(0),
            );
            hall.opened.set(self.opened);
            hall.code.set(self.code);
            hall.ticked.set(self.ticked.iter().map(|key| (*key).to_owned()).collect());
            view! { <Sprite/><Hallway hall=hall/> }.to_html()
        });
        keep(name, &html);
        html
    }
}

fn keep(name: &str, html: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("as written above");
    let folder = root.join("target/preview");
    std::fs::create_dir_all(&folder).expect("as written above");
    let page = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>Bản Khai</title>\
         <link rel=\"stylesheet\" href=\"../../style/main.css\"></head><body>{html}</body></html>"
    );
    std::fs::write(folder.join(name), page).expect("as written above");
}

fn words(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
    pieces.collect()
}

fn village(number: u32, name: &str, houses: u32, never: u32) -> Village {
    let adoption = Adoption { with_account: houses - never, silent: 0, never, last_notice: Some(NOW) };
    Village { id: VillageId(number), commune: COMMUNE, name: name.into(), houses, adoption: Some(adoption) }
}

#[test]
fn accounts_say_who_is_what_where_and_whether_they_came() {
    let html = Scene::of(Role::Head, Part::People, Heard::Told(people())).render("manage-people.html");
    let said = words(&html);
    for wanted in ["3 người", "Giàng Thị Thử", "Thành viên tổ công nghệ số", "Chưa vào", "Đang khóa"]
    {
        assert!(said.contains(wanted), "{wanted:?} is not on the page:\n{said}");
    }
    for way in ["Chờ duyệt", "Thiết bị", "Cơ quan", "Bản và cơ sở", "Sổ lưu trú"] {
        assert!(said.contains(way), "{way}");
    }
    assert!(!said.contains("Địa bàn, mã mới") && !html.contains("href=\"/may/quan-ly/dia-ban\""));
    assert!(!html.contains("style=\""));
}

#[test]
fn a_filter_stands_in_the_address_and_words_never_do() {
    let scene = Scene { chip: "cho", ..Scene::of(Role::Head, Part::People, Heard::Told(people())) };
    let html = scene.render("manage-filter.html");
    assert!(words(&html).contains("1 người") && html.contains("?loc=khoa"));
    assert!(!words(&html).contains("Giàng Thị Thử"));
}

#[test]
fn without_a_network_nothing_old_is_shown() {
    let heard = Heard::Refused(Refusal::NeedsNetwork);
    let said = words(&Scene::of(Role::Head, Part::People, heard).render("manage-offline.html"));
    assert!(said.contains("Không có mạng") && said.contains("Hỏi lại"), "{said}");
    assert!(!said.contains("0 người"));
}

#[test]
fn a_new_code_is_shown_once_as_signs_and_as_a_picture() {
    let code =
        Invited { account: AccountId(2), login: "thu2".into(), code: "7K2QD-9MXWA".into(), until: NOW };
    let opened = Some(Opened::Row("2".into()));
    let scene =
        Scene { opened, code: Some(code), ..Scene::of(Role::Head, Part::People, Heard::Told(people())) };
    let html = scene.render("manage-code.html");
    assert!(words(&html).contains("7K2QD-9MXWA") && html.contains("class=\"qr\""));
    assert!(words(&html).contains("SIM người khác"));
}

#[test]
fn a_team_leader_adds_members_of_the_own_village_and_sees_no_requests() {
    let scene = Scene {
        opened: Some(Opened::New),
        ..Scene::of(Role::TeamLeader, Part::People, Heard::Told(people()))
    };
    let html = scene.render("manage-team.html");
    let said = words(&html);
    assert!(said.contains("Thêm thành viên") && !said.contains("Chờ duyệt"));
    let roles = html.split("<span>Vai trò<!></span>").nth(1).expect("a list of roles");
    let roles = roles.split("</select>").next().expect("its end");
    assert_eq!(roles.matches("<option").count(), 1, "{roles}");
}

#[test]
fn villages_show_who_never_declared_and_devices_who_is_silent() {
    let villages = vec![village(1, "bản Sin Suối Hồ", 4, 0), village(2, "bản Chung Hồ", 3, 2)];
    let communes = vec![Commune { code: COMMUNE, name: "xã Sin Suối Hồ".into() }];
    let heard = Heard::Told(Told::Villages(communes, villages));
    let said = words(&Scene::of(Role::Head, Part::Villages, heard).render("manage-villages.html"));
    assert!(said.contains("2 chưa khai") && said.contains("Đều khai"), "{said}");
    let device = DeviceLine {
        handle: DeviceHandle([1, 2, 3]),
        account: AccountId(1),
        person: "Giàng Thị Thử".into(),
        name: "Chrome trên Android".into(),
        status: DeviceStatus::Ok,
        shared: false,
        plain: false,
        enrolled: NOW,
        last_contact: Some(NOW.plus_minutes(-9 * 24 * 60)),
        unsent: 2,
        this: false,
    };
    let heard = Heard::Told(Told::Devices(vec![device]));
    let opened = Some(Opened::Row("010203".into()));
    let scene = Scene { opened, ..Scene::of(Role::Head, Part::Devices, heard) };
    let said = words(&scene.render("manage-devices.html"));
    assert!(said.contains("Im lặng") && said.contains("Thu hồi máy này"), "{said}");
}

#[test]
fn several_requests_are_looked_through_together_each_with_its_own_login_and_place() {
    let waiting = vec![
        request(1, "Chảo Thị Thử", "Homestay Mây", "bản Sin Suối Hồ"),
        request(2, "Lầu A Thử", "Homestay Mây", "nơi nào đó"),
        request(3, "Vàng A Thử", "Nhà nghỉ Suối", "bản Sin Suối Hồ"),
    ];
    let scene = Scene {
        opened: Some(Opened::Several),
        ticked: &["1", "2"],
        ..Scene::of(Role::Head, Part::Requests, Heard::Told(Told::Requests(waiting)))
    };
    let html = scene.render("manage-several.html");
    let said = words(&html);
    assert!(said.contains("Đã chọn 2") && said.contains("Duyệt 2 người"), "{said}");
    let pane = html.split("<aside").nth(1).expect("a pane");
    assert!(words(pane).contains("Lầu A Thử") && !words(pane).contains("Vàng A Thử"));
    // A village nobody knows is left to whoever decides.
    let unset = pane.matches("<option value=\"\" selected").count();
    assert_eq!(unset, 1, "{pane}");
    assert!(!words(pane).contains("Đúng, duyệt"), "nothing is done before it was confirmed");
}

#[test]
fn nobody_decides_on_what_was_kept_aside_before_it_is_seen() {
    let line = AsideLine {
        number: 4,
        handle: DeviceHandle([1, 2, 3]),
        name: "Chrome trên Android".into(),
        person: "Giàng Thị Thử".into(),
        came: NOW,
        claimed: Some(NOW),
        revoked: Some(NOW.plus_minutes(5)),
        notices: 1,
        carried: false,
        full: false,
    };
    let opened = Some(Opened::Row("4".into()));
    let scene = Scene { opened, ..Scene::of(Role::Head, Part::Aside, Heard::Told(Told::Aside(vec![line]))) };
    let said = words(&scene.render("manage-aside.html"));
    assert!(said.contains("Đang hỏi nơi nhận") && !said.contains("Hợp lệ thì có biên nhận"), "{said}");
}

#[test]
fn a_role_that_goes_on_can_be_ended_on_a_chosen_day_today_unless_said_otherwise() {
    let opened = Some(Opened::Row("1".into()));
    let scene = Scene { opened, ..Scene::of(Role::Head, Part::People, Heard::Told(people())) };
    let html = scene.render("manage-role.html");
    let form = html.split("Kết thúc vai trò").nth(1).expect("the form");
    assert!(form.contains("Chủ cơ sở lưu trú · Homestay Hoa Địa Lan"), "{form}");
    assert!(form.contains("type=\"date\""));
}
