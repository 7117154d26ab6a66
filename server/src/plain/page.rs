//! The pages of the plain form: whole without a script, in the words and classes of the app.

use app::parts::icon::{Icon, Pictogram, Sprite};
use app::parts::qr::Qr;
use app::text;
use dossier::draft::{Fault, Field, Trouble};
use dossier::nationality::Nationality;
use dossier::paper::PaperKind;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::view::{CardState, Link, Standing};
use leptos::prelude::*;
use sync::receipt::Receipt;

use super::typed::Typed;

/// What stands in the way.
#[derive(Clone, Default)]
pub struct Objections {
    /// Of single fields.
    pub faults: Vec<Fault>,
    /// Of login and password.
    pub sign_in: Option<String>,
    /// Of the whole: the office is busy, the account may not declare …
    pub whole: Option<String>,
}

impl Objections {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty() && self.sign_in.is_none() && self.whole.is_none()
    }

    fn of(&self, field: Field) -> Option<String> {
        self.faults.iter().find(|fault| fault.at == field).map(text::fault::words)
    }

    /// The number has a warning that wants an answer.
    fn asks_again(&self) -> bool {
        self.faults.iter().any(|fault| matches!(fault.trouble, Trouble::Unanswered(_)))
    }
}

/// The form, with what was typed and what is wrong with it.
pub fn form(typed: &Typed, objections: &Objections) -> AnyView {
    view! {
        <Sprite/>
        <div class="app">
            <header class="bar">
                <div class="who"><h1>"Khai lưu trú"</h1><span>"Trang đơn giản, cần có mạng"</span></div>
            </header>
            <div class="weave"></div>
            <main class="main">
                {summary(objections)}
                <p class="sm mute">"Gửi trước 23:00 ngày khách đến; khách đến sau 23:00 thì trước 08:00 hôm sau. Khách nước ngoài: khai ngay khi đến."</p>
                <form class="form" method="post" action="/khai" novalidate>
                    <input type="hidden" name="ticket" value=typed.ticket.clone()/>
                    {guest(typed, objections)}
                    {stay(typed, objections)}
                    {sign_in(typed, objections)}
                    <button class="btn main-act wide">"Gửi thông báo lưu trú"</button>
                </form>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
    .into_any()
}

fn summary(objections: &Objections) -> Option<AnyView> {
    if objections.is_empty() {
        return None;
    }
    let line =
        |anchor: &'static str, words: String| view! { <li><a href=format!("#{anchor}")>{words}</a></li> };
    let mut faults = objections.faults.clone();
    faults.sort_by_key(|fault| place(fault.at));
    let faults = faults.iter().map(|fault| line(text::fault::anchor(fault.at), text::fault::words(fault)));
    let lines: Vec<_> =
        faults.chain(objections.sign_in.clone().map(|words| line("dang-nhap", words))).collect();
    let heading =
        objections.whole.clone().unwrap_or_else(|| "Chưa gửi được, còn chỗ cần xem lại.".to_owned());
    Some(
        view! {
            <section class="check qua" role="alert">
                <Pictogram icon=Icon::Review/>
                <div>
                    <p><b>{heading}</b></p>
                    <ul>{lines}</ul>
                    <p>"Phần đã gõ vẫn còn ở dưới. Sửa xong thì gõ lại mật khẩu rồi gửi."</p>
                </div>
            </section>
        }
        .into_any(),
    )
}

/// Where a field stands on this page, so that faults are told in the order they are met.
fn place(field: Field) -> u8 {
    match field {
        Field::Guests | Field::Number(_) => 0,
        Field::Name(_) => 1,
        Field::Birth(_) => 2,
        Field::Sex(_) => 3,
        Field::PermittedUntil(_) => 4,
        Field::Arrive => 5,
        Field::Leave => 6,
        Field::Room => 7,
        Field::Reason => 8,
    }
}

/// A box to type in.
struct Asked<'a> {
    id: &'static str,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    class: &'static str,
    keys: &'static str,
    complete: &'static str,
    value: &'a str,
    fault: Option<String>,
}

impl<'a> Asked<'a> {
    fn text(id: &'static str, name: &'static str, label: &'static str, value: &'a str) -> Asked<'a> {
        let (kind, class, keys, complete) = ("text", "box", "text", "off");
        Asked { id, name, label, hint: "", kind, class, keys, complete, value, fault: None }
    }

    fn show(self) -> AnyView {
        let below = format!("{}-loi", self.id);
        let hint = (!self.hint.is_empty()).then(|| view! { <span class="hint">{self.hint}</span> });
        view! {
            <div class="q">
                <label for=self.id>{self.label}{hint}</label>
                <input
                    class=self.class
                    id=self.id
                    name=self.name
                    type=self.kind
                    inputmode=self.keys
                    autocomplete=self.complete
                    autocapitalize="off"
                    spellcheck="false"
                    value=self.value.to_owned()
                    aria-invalid=self.fault.is_some().then_some("true")
                    aria-describedby=below.clone()
                />
                {wrong(below, self.fault)}
            </div>
        }
        .into_any()
    }
}

/// What is wrong, under its field.
fn wrong(id: String, fault: Option<String>) -> AnyView {
    let words = fault
        .map(|words| view! { <div class="check qua"><Pictogram icon=Icon::Review/><p>{words}</p></div> });
    view! { <div id=id>{words}</div> }.into_any()
}

/// A list to choose from: codes and words.
fn choice(
    (id, name, label): (&'static str, &'static str, &'static str),
    options: Vec<(String, String)>,
    chosen: &str,
    fault: Option<String>,
) -> AnyView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(code, words)| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{words}</option> }
        })
        .collect();
    let below = format!("{id}-loi");
    view! {
        <div class="q">
            <label for=id>{label}</label>
            <select class="box" id=id name=name aria-describedby=below.clone()>{options}</select>
            {wrong(below, fault)}
        </div>
    }
    .into_any()
}

fn guest(typed: &Typed, objections: &Objections) -> AnyView {
    let kinds =
        PaperKind::ALL.iter().map(|kind| (kind.code().to_string(), kind.label().to_owned())).collect();
    let mut countries = vec![Nationality::VNM];
    countries.extend(Nationality::all().into_iter().filter(|other| *other != Nationality::VNM));
    let countries = countries.into_iter().map(|it| (it.code(), it.vi_name().to_owned())).collect();
    let confirm = (objections.asks_again() || !typed.confirmed.is_empty()).then(|| {
        let checked = !typed.confirmed.is_empty();
        view! {
            <label class="tick">
                <input type="checkbox" name="confirmed" value="1" checked=checked/>
                "Đã nhìn lại giấy tờ, đúng như vậy"
            </label>
        }
    });
    view! {
        <section class="form">
            <h2>"Khách"</h2>
            {choice(("quoc-tich", "nationality", "Quốc tịch"), countries, &typed.nationality().code(), None)}
            {choice(("loai-giay-to", "paper", "Loại giấy tờ"), kinds, &typed.paper().code().to_string(), None)}
            <div>
                {Asked {
                    class: "box id",
                    hint: text::paper::hint(typed.paper()),
                    fault: objections.of(Field::Number(0)),
                    ..Asked::text("so-giay-to", "number", "Số giấy tờ", &typed.number)
                }.show()}
                {confirm}
            </div>
            {Asked {
                class: "box caps",
                hint: "Như in trên giấy tờ",
                fault: objections.of(Field::Name(0)),
                ..Asked::text("ho-ten", "name", "Họ, chữ đệm và tên khai sinh", &typed.name)
            }.show()}
            {birth(typed, objections)}
            {sex(typed, objections)}
            {Asked {
                kind: "date",
                hint: "Chỉ cho khách nước ngoài: xem dấu nhập cảnh hoặc thị thực",
                fault: objections.of(Field::PermittedUntil(0)),
                ..Asked::text("thoi-han", "permitted_until", "Được tạm trú đến ngày", &typed.permitted_until)
            }.show()}
        </section>
    }
    .into_any()
}

fn birth(typed: &Typed, objections: &Objections) -> AnyView {
    let part = |id: &'static str,
                name: &'static str,
                label: &'static str,
                longest: &'static str,
                value: &str| {
        view! {
            <div>
                <label for=id>{label}</label>
                <input class="box" id=id name=name inputmode="numeric" autocomplete="off" maxlength=longest
                    aria-describedby="ngay-sinh-loi" value=value.to_owned()/>
            </div>
        }
    };
    view! {
        <fieldset class="q" id="ngay-sinh" tabindex="-1">
            <legend class="lab">"Ngày, tháng, năm sinh"<span class="hint">"Chỉ biết năm thì ghi năm"</span></legend>
            <div class="date">
                {part("sinh-ngay", "birth_day", "Ngày", "2", &typed.birth_day)}
                {part("sinh-thang", "birth_month", "Tháng", "2", &typed.birth_month)}
                {part("nam-sinh", "birth_year", "Năm", "4", &typed.birth_year)}
            </div>
            {wrong("ngay-sinh-loi".to_owned(), objections.of(Field::Birth(0)))}
        </fieldset>
    }
    .into_any()
}

fn sex(typed: &Typed, objections: &Objections) -> AnyView {
    let picks = Sex::ALL.map(|sex| {
        let checked = typed.sex() == Some(sex);
        view! {
            <label class="pick">
                <input type="radio" name="sex" value=sex.code().to_string() checked=checked/>
                <span class="rb" aria-hidden="true"></span>
                <span class="grow">{sex.label()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="q" id="gioi-tinh" tabindex="-1">
            <legend class="lab">"Giới tính"</legend>
            <div class="picks half">{picks}</div>
            {wrong("gioi-tinh-loi".to_owned(), objections.of(Field::Sex(0)))}
        </fieldset>
    }
    .into_any()
}

fn stay(typed: &Typed, objections: &Objections) -> AnyView {
    let reasons = StayReason::ALL.iter().map(|reason| (reason.code().to_string(), reason.label().to_owned()));
    let reasons = std::iter::once((String::new(), "Chọn lý do".to_owned())).chain(reasons).collect();
    let chosen = typed.reason().map_or(String::new(), |reason| reason.code().to_string());
    view! {
        <section class="form">
            <h2>"Lưu trú"</h2>
            {Asked {
                kind: "date",
                fault: objections.of(Field::Arrive),
                ..Asked::text("ngay-den", "arrive_day", "Ngày đến", &typed.arrive_day)
            }.show()}
            {Asked { kind: "time", ..Asked::text("gio-den", "arrive_time", "Giờ đến", &typed.arrive_time) }.show()}
            {Asked {
                kind: "date",
                fault: objections.of(Field::Leave),
                ..Asked::text("ngay-di", "leave_day", "Ngày đi dự kiến", &typed.leave_day)
            }.show()}
            {Asked {
                hint: "Không có thì để trống",
                fault: objections.of(Field::Room),
                ..Asked::text("so-phong", "room", "Số phòng", &typed.room)
            }.show()}
            {choice(("ly-do", "reason", "Lý do lưu trú"), reasons, &chosen, objections.of(Field::Reason))}
            {Asked::text("ly-do-chu", "reason_text", "Nếu là mục đích khác, ghi rõ", &typed.reason_text).show()}
        </section>
    }
    .into_any()
}

fn sign_in(typed: &Typed, objections: &Objections) -> AnyView {
    view! {
        <section class="form">
            <h2>"Người thông báo"</h2>
            {Asked {
                complete: "username",
                fault: objections.sign_in.clone(),
                ..Asked::text("dang-nhap", "login", "Tên đăng nhập", &typed.login)
            }.show()}
            {Asked {
                kind: "password",
                complete: "current-password",
                hint: "Trang này không nhớ bạn: mỗi lần gửi gõ một lần",
                ..Asked::text("mat-khau", "password", "Mật khẩu", "")
            }.show()}
        </section>
    }
    .into_any()
}

/// The receipt, after a filing.
pub fn receipt(receipt: &Receipt, standing: Standing) -> AnyView {
    let number = receipt.number().to_string();
    let at = receipt.root.received_at;
    let proven = CardState::Receipted { at, number: number.clone() };
    let words = text::state(&proven, &Link::default()).words;
    let note = text::standing_note(standing, &proven);
    let code = receipt.to_text();
    let label = format!("Mã QR của biên nhận {number}");
    view! {
        <Sprite/>
        <div class="app">
            <header class="bar">
                <div class="who"><h1>"Biên nhận"</h1><span>"Thông báo lưu trú"</span></div>
            </header>
            <div class="weave"></div>
            <main class="main">
                <section class="card proof" role="status">
                    <div class="row">
                        <Pictogram icon=Icon::Receipt class="seal"/>
                        <div class="grow"><h2 class="proven">{words}</h2><p class="sm">{at.to_string()}</p></div>
                    </div>
                    <p class="sm mute">"Số tiếp nhận"</p>
                    <p class="number">{number}</p>
                    <Qr text=code.clone() label/>
                    {note.map(|note| view! { <p class="sm">"Biên nhận này "{note}"."</p> })}
                    <p class="sm mute">"Mã không chứa tên hay số giấy tờ. Chụp màn hình hoặc chép mã dưới đây để giữ."</p>
                    <p class="code">{code}</p>
                </section>
                <a class="btn main-act wide" href="/khai">"Khai khách khác"</a>
                <p><a href="/">"Về trang đầu"</a></p>
            </main>
        </div>
    }
    .into_any()
}
