//! One question of a supplement request on the page: the form's words, the officer's, the boxes, and what is wrong with what
//! is in them.

use app::parts::icon::{Icon, Pictogram};
use app::text::filing::trouble;
use dossier::filing::FilingTrouble;
use dossier::procedure::{ConsentNeeded, Field, FieldKind, PaperNeeded, People};
use dossier::relation::Relation;
use leptos::prelude::*;

use crate::holder::answer::{Objections, Typed, confirmed, every, pages, rows, typed};
use crate::holder::place::{Place, Question};

/// What was typed, and what is wrong with it.
pub(super) struct Sheet<'a> {
    pub all: &'a Typed,
    pub objections: &'a Objections,
    /// Where papers are brought.
    pub agency: &'a str,
}

/// Something to put right.
pub(super) fn wrong(words: String) -> AnyView {
    view! { <div class="check qua" role="alert"><Pictogram icon=Icon::Review/><p>{words}</p></div> }
        .into_any()
}

impl Sheet<'_> {
    fn value(&self, name: &str) -> String {
        typed(self.all, name).to_owned()
    }

    fn fault(&self, name: &str) -> Option<&FilingTrouble> {
        self.objections.iter().find(|(at, _)| at == name).map(|(_, why)| why)
    }

    fn wrong(&self, name: &str) -> Option<AnyView> {
        self.fault(name).map(|why| wrong(trouble(why)))
    }

    pub(super) fn question(&self, question: &Question) -> AnyView {
        let what = question
            .what
            .clone()
            .map(|what| view! { <span class="hint">"Cán bộ ghi: "{what}</span> }.into_any());
        let (name, label) = (&question.name, question.place.label());
        match &question.place {
            Place::Answer(field) | Place::Person(_, _, field) => self.field(name, label, what, field),
            Place::Paper(paper) => self.paper(name, what, paper),
            Place::People(people) => self.people(what, people),
            Place::Consent(consent, paper) => self.consent(name, what, consent, paper.as_ref()),
        }
    }

    fn field(&self, name: &str, label: String, what: Option<AnyView>, field: &Field) -> AnyView {
        let fault = self.fault(name);
        let sure = matches!(fault, Some(FilingTrouble::Unanswered(_))).then(|| {
            view! {
                <label class="tick"><input type="checkbox" name=confirmed(name) value="1"/><span>"Giấy tờ ghi đúng như vậy"</span></label>
            }
        });
        let hint = (!field.hint.is_empty() && what.is_none())
            .then(|| view! { <span class="hint">{field.hint.clone()}</span> });
        view! {
            <div class="q">
                <label for=name.to_owned()>{label}{hint}{what}</label>
                {entry(field, name, self.value(name))}
                {self.wrong(name)}
                {sure}
            </div>
        }
        .into_any()
    }

    /// Pictures of a paper's pages, or its original. The script takes the pictures; without it the page says so.
    fn paper(&self, name: &str, what: Option<AnyView>, paper: &PaperNeeded) -> AnyView {
        let brings = !typed(self.all, name).is_empty();
        let hint = (!paper.hint.is_empty()).then(|| view! { <p class="sm mute">{paper.hint.clone()}</p> });
        view! {
            <section class="stack" aria-label=paper.label.clone()>
                <div class="q"><span class="lab">{paper.label.clone()}{what}</span></div>
                {hint}
                {self.photos(paper)}
                <label class="tick">
                    <input type="checkbox" id=name.to_owned() name=name.to_owned() value="1" checked=brings/>
                    <span>"Tôi mang bản chính đến cho cán bộ xem"</span>
                </label>
                {self.wrong(name)}
            </section>
        }
        .into_any()
    }

    fn photos(&self, paper: &PaperNeeded) -> AnyView {
        let field = pages(&paper.key);
        let chosen: Vec<_> = every(self.all, &field)
            .map(|one| view! { <input type="hidden" name=field.clone() value=one.to_owned()/> })
            .collect();
        let id = format!("chup-{}", paper.key);
        view! {
            <div class="photo" data-anh=field.clone() data-nhieu=paper.pages.to_string() data-ten=paper.label.clone()>
                {chosen}
                <p class="check goi" data-khong="">
                    <Pictogram icon=Icon::Review/>
                    <span>"Trình duyệt này chưa chụp, gửi ảnh được ở đây (cần bật JavaScript). Mang giấy tờ đến "{self.agency.to_owned()}", hoặc nhờ máy của tổ công nghệ số chụp."</span>
                </p>
                <label class="btn wide" hidden>
                    <span data-goi="">"Chụp ảnh"</span>
                    <span class="unseen">": "{paper.label.clone()}</span>
                    <input class="unseen" type="file" id=id accept="image/*" capture="environment"/>
                </label>
            </div>
        }
        .into_any()
    }

    /// Somebody more. Those who stand there are asked about one by one.
    fn people(&self, what: Option<AnyView>, people: &People) -> AnyView {
        let count = rows(self.all, people);
        let rows: Vec<_> = (0..count)
            .map(|row| {
                let boxes: Vec<_> = people
                    .columns
                    .iter()
                    .map(|column| {
                        self.field(&format!("m.{row}.{}", column.key), column.label.clone(), None, column)
                    })
                    .collect();
                view! {
                    <section class="card stack" aria-label=format!("Thêm {} {}", people.one, row + 1)>
                        <p><b>{format!("Thêm {} {}", people.one, row + 1)}</b></p>
                        {boxes}
                    </section>
                }
            })
            .collect();
        let more: Vec<_> =
            (1..count).map(|_| view! { <input type="hidden" name="nguoi" value="1"/> }).collect();
        view! {
            <section class="stack" id="m" aria-label=people.title.clone()>
                <div class="q"><span class="lab">{people.title.clone()}{what}</span></div>
                <p class="sm mute">"Ở đây chỉ thêm được người. Sửa hay bỏ người đã khai thì đến nơi giải quyết, hoặc nhờ máy đã nộp hồ sơ."</p>
                {self.wrong("m")}
                {rows}
                {more}
                <button class="btn wide" name="nguoi" value="1">{format!("Thêm {} nữa", people.one)}</button>
            </section>
        }
        .into_any()
    }

    /// A consent in words. Who would sign needs a screen of the app.
    fn consent(
        &self,
        name: &str,
        what: Option<AnyView>,
        consent: &ConsentNeeded,
        paper: Option<&PaperNeeded>,
    ) -> AnyView {
        let part = |part: &str| format!("{name}.{part}");
        let chosen = self.value(&part("way"));
        let ways = [("own", "Là chính người đang khai"), ("paper", "Có giấy viết riêng")];
        let picks: Vec<_> = ways
            .map(|(way, words)| {
                view! {
                    <label class="pick">
                        <input type="radio" name=part("way") value=way checked=chosen == way/>
                        <span class="rb" aria-hidden="true"></span>
                        <span class="grow">{words}</span>
                    </label>
                }
            })
            .into_iter()
            .collect();
        let fault = self.fault(name).map(|why| match why {
            FilingTrouble::NoSignature => wrong("Chọn một trong hai cách.".to_owned()),
            why => wrong(trouble(why)),
        });
        view! {
            <section class="stack" id=name.to_owned() aria-label=consent.kind.label()>
                <div class="q"><span class="lab">{consent.kind.label()}{what}</span></div>
                <p class="sm">"“"{consent.words.clone()}"”"</p>
                <div class="q">
                    <label for=part("who")>"Họ, chữ đệm và tên người đồng ý"</label>
                    <input class="box" id=part("who") name=part("who") value=self.value(&part("who")) autocomplete="off"/>
                </div>
                <div class="q">
                    <label for=part("at")>"Nơi đồng ý"<span class="hint">"Ghi tên xã, như Sin Suối Hồ"</span></label>
                    <input class="box" id=part("at") name=part("at") value=self.value(&part("at")) autocomplete="off"/>
                </div>
                <fieldset class="q"><legend class="lab">"Đồng ý bằng cách nào"</legend><div class="picks">{picks}</div></fieldset>
                {paper.map(|paper| self.photos(paper))}
                <p class="sm mute">"Giấy viết riêng không chụp thì mang đến cho cán bộ xem. Muốn ký trên màn hình thì nhờ máy của tổ công nghệ số, hoặc đến nơi giải quyết."</p>
                {fault}
            </section>
        }
        .into_any()
    }
}

fn entry(field: &Field, name: &str, value: String) -> AnyView {
    let name = name.to_owned();
    let options: Vec<(String, String)> = match &field.kind {
        FieldKind::Sex => vec![("nam".to_owned(), "Nam".to_owned()), ("nu".to_owned(), "Nữ".to_owned())],
        FieldKind::Choice { options } => {
            options.iter().map(|option| (option.key.to_string(), option.label.clone())).collect()
        }
        FieldKind::Relation => Relation::all().map(|one| (one.key(), one.label().to_owned())).collect(),
        _ => Vec::new(),
    };
    if !options.is_empty() {
        let chosen = value;
        let blank = std::iter::once((String::new(), "Chọn".to_owned()));
        let options: Vec<_> = blank
            .chain(options)
            .map(|(code, words)| {
                let selected = code == chosen;
                view! { <option value=code selected=selected>{words}</option> }
            })
            .collect();
        return view! { <select class="box" id=name.clone() name=name.clone()>{options}</select> }.into_any();
    }
    if matches!(field.kind, FieldKind::Note { .. }) {
        return view! { <textarea class="box" id=name.clone() name=name.clone() rows="4">{value}</textarea> }
            .into_any();
    }
    let (kind, keys) = match field.kind {
        FieldKind::Day => ("date", "text"),
        FieldKind::PersonalNumber | FieldKind::Money | FieldKind::Count { .. } => ("text", "numeric"),
        FieldKind::Phone => ("text", "tel"),
        FieldKind::Email => ("text", "email"),
        _ => ("text", "text"),
    };
    view! {
        <input class="box" id=name.clone() name=name.clone() type=kind inputmode=keys value=value autocomplete="off" autocapitalize="off" spellcheck="false"/>
    }
    .into_any()
}
