//! `POST /theo-doi/bo-sung`: the fields a supplement request names, one below the other, and nothing else of the form.

use app::parts::icon::{Icon, Pictogram};
use app::text::filing::trouble;
use axum::extract::State;
use axum::response::Html;
use dossier::filing::FilingTrouble;
use dossier::procedure::{Field, FieldKind};
use dossier::relation::Relation;
use leptos::prelude::*;

use super::matter::{Shown, after, back, form, hub};
use super::{around, look, whole};
use crate::clock;
use crate::error::Error;
use crate::holder::Matter;
use crate::holder::answer::{Objections, Place, Question, Request, Typed, typed};
use crate::office::Office;

/// `POST /theo-doi/bo-sung`.
pub async fn answer(
    State(office): State<Office>,
    Shown { matter, all, client }: Shown,
) -> Result<Html<String>, Error> {
    let Some(request) = matter.request().filter(|request| request.elsewhere.is_empty()) else {
        // Answered already, from here or from another device; or not to be answered here.
        let words = if matter.request().is_some() {
            (false, "Có mục trang này chưa nhận được.")
        } else {
            (true, "Nơi giải quyết không chờ bổ sung: phần bổ sung đã đến, hoặc hồ sơ đã đi tiếp.")
        };
        return Ok(hub(&office, &matter, Some(words)).await);
    };
    if typed(&all, "send").is_empty() {
        return Ok(asked(&office, &matter, &request, &all, &Objections::new()).await);
    }
    let filing = match matter.answered(&request, &all, clock::now()) {
        Ok(filing) if filing == matter.filing => {
            return Ok(asked(&office, &matter, &request, &all, &vec![]).await);
        }
        Ok(filing) => filing,
        Err(objections) => return Ok(asked(&office, &matter, &request, &all, &objections).await),
    };
    let done = matter.answer(&office, &filing).await?;
    after(&office, &client, (&all, done), "Đã gửi phần bổ sung. Cán bộ sẽ xem tiếp.").await
}

async fn asked(
    office: &Office,
    matter: &Matter,
    request: &Request,
    all: &Typed,
    objections: &Objections,
) -> Html<String> {
    let same = objections.is_empty() && !typed(all, "send").is_empty();
    let page = || {
        let of = |name: &str| objections.iter().find(|(at, _)| at == name).map(|(_, why)| why);
        let known = |at: &str| request.questions.iter().any(|question| question.name == at);
        let rest = objections.iter().find(|(at, _)| !known(at)).map(|_| {
            look("Tờ khai còn chỗ khác chưa đúng, trang này không sửa được. Hỏi nơi giải quyết.".to_owned())
        });
        let unchanged =
            same.then(|| look("Phần này giống như đã nộp. Sửa theo lời cán bộ rồi gửi.".to_owned()));
        let fields: Vec<_> =
            request.questions.iter().map(|question| one(question, all, of(&question.name))).collect();
        let inside = view! {
            {fields}
            <button class="btn main-act wide" name="send" value="1">"Gửi phần bổ sung"</button>
        };
        let inside = view! {
            {rest}
            {unchanged}
            {form(&matter.key, "/theo-doi/bo-sung", inside.into_any())}
            {back(&matter.key)}
        };
        around("Bổ sung", inside.into_any())
    };
    whole(office, page).await
}

/// One question: the form's words, the officer's, the box, and what is wrong with what is in it.
fn one(question: &Question, all: &Typed, fault: Option<&FilingTrouble>) -> AnyView {
    let (name, value) = (question.name.clone(), typed(all, &question.name).to_owned());
    let what = view! { <span class="hint">"Cán bộ ghi: "{question.what.clone()}</span> };
    let sure = matches!(fault, Some(FilingTrouble::Unanswered(_))).then(|| {
        view! {
            <label class="tick"><input type="checkbox" name=question.confirmed() value="1"/><span>"Giấy tờ ghi đúng như vậy"</span></label>
        }
    });
    let wrong = fault.map(|why| {
        view! { <div class="check qua" role="alert"><Pictogram icon=Icon::Review/><p>{trouble(why)}</p></div> }
    });
    let field = match &question.place {
        Place::Answer(field) | Place::Person(_, _, field) => entry(field, &name, value),
        Place::Shown(..) => {
            let checked = !value.is_empty();
            view! {
                <label class="tick">
                    <input type="checkbox" id=name.clone() name=name.clone() value="1" checked=checked/>
                    <span>"Tôi mang bản chính đến cho cán bộ xem. Ảnh thì gửi bằng máy của tổ hoặc ứng dụng."</span>
                </label>
            }
            .into_any()
        }
    };
    view! {
        <div class="q"><label for=name.clone()>{question.label()}{what}</label>{field}{wrong}{sure}</div>
    }
    .into_any()
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
