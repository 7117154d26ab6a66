//! `POST /theo-doi/ho-so`: the page of one dossier, opened by its code and private word. It names nobody.

use app::parts::icon::{Icon, Pictogram};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts as _, Request, State};
use axum::response::{Html, IntoResponse, Response};
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::ReturnWay;
use dossier::moment::Day;
use dossier::procedure::following;
use dossier::terms;
use leptos::prelude::*;

use super::fee::Purse;
use super::{around, carried, filing, look, message, on, shut, whole};
use crate::client::Client;
use crate::clock;
use crate::error::Error;
use crate::holder::answer::{Typed, typed};
use crate::holder::{self, Done, Key, Matter};
use crate::office::Office;

impl Key {
    /// Out of what a page sent.
    pub fn of(all: &Typed) -> Key {
        Key { code: typed(all, "code").to_owned(), word: typed(all, "word").to_owned() }
    }
}

/// The matter a page speaks of, or the page that says why it stays shut.
async fn opened(
    office: &Office,
    client: &Client,
    all: &Typed,
) -> Result<Result<Matter, Html<String>>, Error> {
    let key = Key::of(all);
    Ok(match holder::open(office, client.address, key.clone()).await? {
        Ok(matter) => Ok(matter),
        Err(why) => Err(whole(office, || around("Hồ sơ", shut(&key, why))).await),
    })
}

/// A matter whose code and private word a page has sent. Where it stays shut, the page that says why is the answer.
pub struct Shown {
    /// The matter.
    pub matter: Matter,
    /// All that was sent.
    pub all: Typed,
    /// Who sent it.
    pub client: Client,
}

impl FromRequest<Office> for Shown {
    type Rejection = Response;

    async fn from_request(request: Request, office: &Office) -> Result<Shown, Response> {
        let (mut parts, body) = request.into_parts();
        let client =
            Client::from_request_parts(&mut parts, office).await.map_err(IntoResponse::into_response)?;
        let sent = Form::from_request(Request::from_parts(parts, body), office).await;
        let Form(all) = sent.map_err(IntoResponse::into_response)?;
        match opened(office, &client, &all).await {
            Ok(Ok(matter)) => Ok(Shown { matter, all, client }),
            Ok(Err(page)) => Err(page.into_response()),
            Err(cause) => Err(cause.into_response()),
        }
    }
}

/// `POST /theo-doi/ho-so`.
pub async fn open(State(office): State<Office>, Shown { matter, .. }: Shown) -> Html<String> {
    hub(&office, &matter, None).await
}

/// The page of the dossier after something was done to it.
pub(super) async fn after(
    office: &Office,
    client: &Client,
    (all, done): (&Typed, Done),
    kept: &'static str,
) -> Result<Html<String>, Error> {
    let words = match done {
        Done::Kept => (true, kept),
        Done::Overtaken => {
            (false, "Hồ sơ đã đổi trạng thái trước đó, nên chưa đổi được gì. Xem lại bên dưới.")
        }
    };
    match opened(office, client, all).await? {
        Ok(matter) => Ok(hub(office, &matter, Some(words)).await),
        Err(page) => Ok(page),
    }
}

pub(super) async fn hub(
    office: &Office,
    matter: &Matter,
    said: Option<(bool, &'static str)>,
) -> Html<String> {
    let told = match office.messages.line() {
        Some(_) => Some(message::wished(office, matter).await),
        None => None,
    };
    let purse = Purse::of(office, matter).await;
    whole(office, || around("Hồ sơ", page(matter, said, (told, &purse)))).await
}

fn page(
    matter: &Matter,
    said: Option<(bool, &'static str)>,
    (told, purse): (Option<bool>, &Purse),
) -> AnyView {
    let status = &matter.status;
    let (icon, tone, words) = filing(status, true);
    let said = said.map(|(good, words)| {
        if good {
            view! { <p class="check nhan" role="status"><Pictogram icon=Icon::Tick/>{words}</p> }.into_any()
        } else {
            look(words.to_owned())
        }
    });
    let (agency, phone) = matter.commune.contact(matter.procedure.agency);
    view! {
        {said}
        <section class="card" role="status">
            <h2>{matter.procedure.title.clone()}</h2>
            <p class=format!("st {tone}")><Pictogram icon/>{words}</p>
            {lines(matter, purse)}
            {matter.story.number.map(|number| view! { <p class="sm">"Biên nhận "{number.to_string()}</p> })}
            {super::where_received(matter.story.received_at())}
            <p class="sm">"Nơi giải quyết: "{super::reached(agency, phone)}</p>
        </section>
        {missing(matter)}
        {purse.offered(&matter.key)}
        {acts(&matter.key, status, matter.way())}
        {told.and_then(|told| message::offered(matter, told))}
    }
    .into_any()
}

/// What else is to know, a line each.
fn lines(matter: &Matter, purse: &Purse) -> Vec<AnyView> {
    let status = &matter.status;
    let accepted = status.accepted.as_ref().filter(|_| status.is_with_office());
    let promised = accepted.map(|accepted| match accepted.apologies {
        0 => format!("Hẹn trả kết quả ngày {}", accepted.appointed),
        _ => format!("Nơi giải quyết xin lỗi vì trả trễ, hẹn lại ngày {}", accepted.appointed),
    });
    let way = matter.way().filter(|_| status.is_with_office() || status.stage == Stage::Decided);
    let way = way.map(|way| format!("Cách nhận kết quả: {}", way.label()));
    let reason = match &status.stage {
        Stage::Refused { reason, ground, .. } | Stage::Annulled { reason, ground, .. } => {
            Some(format!("Lý do: {reason}. Căn cứ: {ground}"))
        }
        _ => None,
    };
    let until = status.decision.as_ref().and_then(|decision| decision.until);
    let renewed = following::is_renewed(&matter.procedure.id);
    let ends = until.filter(|day| renewed && is_ending(*day, clock::now().day()));
    let until = until.map(|day| format!("Thời hạn đến hết ngày {day}"));
    let ends = ends.map(|_| "Sắp hết thời hạn. Còn ở tiếp thì gia hạn trước ngày đó.".to_owned());
    let [fee, surplus] = purse.lines();
    let lines = [promised, fee, surplus, way, reason, until, ends].into_iter().flatten();
    lines.map(|line| view! { <p>{line}</p> }.into_any()).collect()
}

/// Whether a term is near its end, and not over.
fn is_ending(until: Day, today: Day) -> bool {
    let days = terms::on(terms::Matter::Renewal, today).map_or(0, |term| term.days);
    until.plus(-days) <= today && today <= until
}

/// What the agency waits for, in the form's words and the officer's.
fn missing(matter: &Matter) -> Option<AnyView> {
    let request = matter.request(&Typed::new())?;
    let asked = request.questions.iter().map(|question| (question.place.label(), question.what.clone()));
    let whole = request.whole.iter().map(|what| ("Cả hồ sơ".to_owned(), Some(what.clone())));
    let items: Vec<_> =
        asked.chain(whole).map(|(label, what)| view! { <li><b>{label}": "</b>{what}</li> }).collect();
    Some(
        view! {
            <section class="stack">
                <h2>"Cần bổ sung"</h2>
                <ul>{items}</ul>
                <p class="sm">"Cũng có thể mang tới trụ sở."</p>
                {on(&matter.key, "/theo-doi/bo-sung", "Bổ sung ngay", "btn main-act wide")}
            </section>
        }
        .into_any(),
    )
}

/// What can be done now.
fn acts(key: &Key, status: &FilingStatus, way: Option<ReturnWay>) -> AnyView {
    let decided = status.decision.is_some();
    let result = decided.then(|| match way {
        Some(ReturnWay::Electronic) | None => {
            on(key, "/theo-doi/ket-qua", "Xem kết quả", "btn main-act wide")
        }
        Some(way) => {
            let words = format!("Kết quả: {}.", way.label());
            view! { <p class="check goi"><Pictogram icon=Icon::Received/>{words}</p> }.into_any()
        }
    });
    let choosable = status.is_with_office() || status.stage == Stage::Decided;
    let choose = choosable.then(|| on(key, "/theo-doi/cach-nhan", "Chọn cách nhận kết quả", "btn wide"));
    let take_back = status.is_with_office().then(|| on(key, "/theo-doi/rut", "Rút hồ sơ", "btn wide"));
    view! { {result} {choose} {take_back} }.into_any()
}

/// A form of the matter, sent to the page it came from.
pub(super) fn form(key: &Key, to: &'static str, inside: AnyView) -> AnyView {
    view! { <form class="form" method="post" action=to novalidate>{carried(key)}{inside}</form> }.into_any()
}

/// Back to the page of the dossier.
pub(super) fn back(key: &Key) -> AnyView {
    on(key, "/theo-doi/ho-so", "Quay lại hồ sơ", "btn wide")
}
