//! One who asks for an account: called back, then let in or told why not.

use dossier::access::Role;
use dossier::manage::{AccountRequest, Approval, Ask, Told, Where, Words};
use leptos::prelude::*;

use super::fields::{Chosen, Deed, Typed, fact, picked};
use super::hall::Hall;
use super::{line, person};
use app::live::{RwSignal, Signal, live};
use app::text::{role, time};

/// The value of "a new establishment" in the list.
pub(super) const NEW: &str = "new";
/// What a new establishment is, until somebody says otherwise.
pub(super) const KIND: &str = "homestay";

/// An approval as it is typed.
pub(super) struct TypedApproval {
    pub login: String,
    /// An establishment's number, or [`NEW`].
    pub at: String,
    pub village: String,
    pub name: String,
    pub kind: String,
}

impl TypedApproval {
    /// What there is to send, or what there is to put right.
    pub(super) fn parse(&self, as_what: Role) -> Result<Approval, &'static str> {
        let login = self.login.parse();
        let login = login.map_err(|_| "Tên đăng nhập: 3 đến 32 chữ thường không dấu, số, dấu chấm, gạch.")?;
        let at = match person::house(&self.at) {
            Some(house) => Where::House(house),
            None => match (person::village(&self.village), self.name.parse(), self.kind.parse()) {
                (Some(village), Ok(name), Ok(kind)) => Where::New { village, name, kind },
                _ => return Err("Cơ sở mới cần bản, tên và loại."),
            },
        };
        Ok(Approval { login, role: as_what, at, until: None })
    }
}

/// The establishments a person can be let in for.
pub(super) fn places(hall: Hall) -> Vec<(String, String)> {
    let mut places = vec![(NEW.to_owned(), "Cơ sở mới".to_owned())];
    places.extend(hall.houses());
    places
}

/// One request.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let one = hall.find(|told| match told {
        Told::Requests(requests) => requests.iter().find(|one| one.number.to_string() == key).cloned(),
        _ => None,
    })?;
    let (facts, approve, refuse) = (facts(hall, &one), approve(hall, &one), refuse(hall, one.number));
    Some(view! { {facts}{approve}{refuse} }.into_any())
}

fn facts(hall: Hall, one: &AccountRequest) -> AnyView {
    let said = &one.said;
    let text = |line: &Option<Words>| line.as_ref().map(ToString::to_string).unwrap_or_default();
    view! {
        <h2>{said.name.to_string()}</h2>
        <dl class="kv">
            {fact("Xin làm", role::label(said.role))}
            {fact("Cơ sở", text(&said.house))}
            {fact("Bản", said.village.to_string())}
            {fact("Gọi lại", line::reach(&said.contact))}
            {fact("Máy", said.device_name.to_string())}
            {fact("Lời nhắn", text(&said.note))}
            {fact("Gửi lúc", time::moment(one.at, hall.today.get()))}
        </dl>
        <p class="mute">"Gọi lại hoặc gặp mặt rồi mới duyệt: số điện thoại không phải là bằng chứng."</p>
    }
    .into_any()
}

fn approve(hall: Hall, one: &AccountRequest) -> AnyView {
    let (number, as_what) = (one.number, one.said.role);
    let name = one.said.house.as_ref().map_or_else(|| one.said.name.to_string(), ToString::to_string);
    let [login, at, village] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (name, kind) = (RwSignal::new(name), RwSignal::new(KIND.to_owned()));
    let is_new = move || matches!(at.get().as_str(), "" | NEW);
    let run = move |()| {
        let village = picked(village, &untrack(|| hall.villages()));
        let typed = TypedApproval {
            login: login.get_untracked(),
            at: at.get_untracked(),
            village,
            name: name.get_untracked(),
            kind: kind.get_untracked(),
        };
        match typed.parse(as_what) {
            Ok(approval) => hall.act(Ask::Approve(number, approval), true),
            Err(why) => hall.object(why),
        }
    };
    let fresh = move || {
        is_new().then(|| {
            view! {
                <Chosen label="Bản" options=Signal::derive(move || hall.villages()) value=village/>
                <Typed label="Tên cơ sở" value=name/>
                <Typed label="Loại" value=kind/>
            }
        })
    };
    view! {
        <section class="fields">
            <h3>"Duyệt"</h3>
            <Typed label="Tên đăng nhập" value=login/>
            <Chosen label="Cơ sở" options=Signal::derive(move || places(hall)) value=at/>
            {live(fresh)}
            <Deed words="Duyệt" run=run main=true/>
        </section>
    }
    .into_any()
}

fn refuse(hall: Hall, number: u32) -> AnyView {
    let reason = RwSignal::new(String::new());
    let run = move |()| match reason.get_untracked().parse() {
        Ok(reason) => hall.act(Ask::Refuse(number, reason), true),
        Err(_) => hall.object("Cần ghi lý do."),
    };
    view! {
        <section class="fields">
            <h3>"Từ chối"</h3>
            <Typed label="Lý do, người xin đọc được" value=reason/>
            <Deed words="Từ chối" run=run/>
        </section>
    }
    .into_any()
}
