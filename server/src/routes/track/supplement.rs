//! `POST /theo-doi/bo-sung`: what a supplement request names, one below the other, and nothing else of the form. It works
//! without a script, but for pictures.

use std::collections::BTreeSet;

use app::text::filing::trouble;
use axum::extract::State;
use axum::response::Html;
use leptos::prelude::*;
use sync::papers::MOST_PICTURES;

use super::matter::{Shown, after, back, form, hub};
use super::{around, look, picture, whole};
use crate::clock;
use crate::error::Error;
use crate::holder::Matter;
use crate::holder::answer::{Objections, Typed, every, named_picture, typed};
use crate::holder::place::{PICK, PICKED, Question, Request};
use crate::office::Office;
use crate::pictures::unnamed;

mod question;

use question::{Sheet, wrong};

/// `POST /theo-doi/bo-sung`.
pub async fn answer(
    State(office): State<Office>,
    Shown { matter, all, client }: Shown,
) -> Result<Html<String>, Error> {
    let Some(request) = matter.request(&all) else {
        // Answered already, from here or from another device.
        let words = "Nơi giải quyết không chờ bổ sung: phần bổ sung đã đến, hoặc hồ sơ đã đi tiếp.";
        return Ok(hub(&office, &matter, Some((true, words))).await);
    };
    let (mut all, lost) = there(&office, &matter, all).await?;
    let asked = |request, all, objections: Objections, said: Option<&'static str>| {
        let (office, matter) = (office.clone(), &matter);
        async move { asked(&office, matter, (request, all), &objections, said).await }
    };
    if lost {
        let words = "Có ảnh chưa đến nơi nhận. Ảnh nào còn thiếu thì chụp lại, rồi gửi.";
        return Ok(asked(&request, &all, Objections::new(), Some(words)).await);
    }
    if typed(&all, "send").is_empty() {
        return Ok(asked(&request, &all, Objections::new(), None).await);
    }
    let filing = match matter.answered(&office.keys, &request, &all, clock::now()) {
        Ok(filing) if filing == matter.filing => {
            let words = "Phần này giống như đã nộp. Sửa theo lời cán bộ rồi gửi.";
            return Ok(asked(&request, &all, Objections::new(), Some(words)).await);
        }
        Ok(filing) => filing,
        Err(objections) => {
            let (mut request, mut words) = (request, None);
            if matter.follow_up(&request, &objections, &mut all) {
                request = matter.request(&all).unwrap_or(request);
                words = Some("Điều vừa ghi cần thêm chỗ khác: ghi tiếp ở dưới rồi gửi.");
            }
            return Ok(asked(&request, &all, objections, words).await);
        }
    };
    let done = matter.answer(&office, &filing).await?;
    after(&office, &client, (&all, done), "Đã gửi phần bổ sung. Cán bộ sẽ xem tiếp.").await
}

/// What was sent, without the pictures that are not there; whether one was missing. More than can wait for a dossier are not
/// there, and each is looked for once: to look is to write, and a body has room for thousands of names.
async fn there(office: &Office, matter: &Matter, all: Typed) -> Result<(Typed, bool), Error> {
    let (mut kept, mut lost, mut named) = (Typed::new(), false, BTreeSet::new());
    for (name, value) in all {
        if name.ends_with(".anh") {
            if !named.insert((name.clone(), value.clone())) {
                continue;
            }
            let held = match named_picture(&value).filter(|_| named.len() <= MOST_PICTURES) {
                Some(page) => unnamed::hold(office, matter.story.dossier, page).await?,
                None => false,
            };
            if !held {
                lost = true;
                continue;
            }
        }
        kept.push((name, value));
    }
    Ok((kept, lost))
}

async fn asked(
    office: &Office,
    matter: &Matter,
    (request, all): (&Request, &Typed),
    objections: &Objections,
    said: Option<&'static str>,
) -> Html<String> {
    let page = || {
        let known = |at: &str| at == PICK || request.questions.iter().any(|question| question.owns(at));
        let rest = objections.iter().find(|(at, _)| !known(at)).map(|_| {
            let words = if request.whole.is_empty() {
                "Tờ khai còn chỗ khác chưa đúng, trang này không sửa được. Hỏi nơi giải quyết."
            } else {
                "Tờ khai còn chỗ khác chưa đúng. Chọn thêm chỗ đó rồi ghi lại."
            };
            look(words.to_owned())
        });
        let agency = matter.commune.contact(matter.procedure.agency).0;
        let sheet = Sheet { all, objections, agency: &agency };
        let (asked, follow): (Vec<_>, Vec<_>) =
            request.questions.iter().partition(|question| question.what.is_some());
        let show = |questions: Vec<&Question>| {
            questions.into_iter().map(|question| sheet.question(question)).collect::<Vec<_>>()
        };
        let picked =
            follow.iter().map(|one| view! { <input type="hidden" name=PICKED value=one.name.clone()/> });
        let picked: Vec<_> = picked.collect();
        let inside = view! {
            {picked}
            {show(asked)}
            {whole_dossier(request, all, objections)}
            {show(follow)}
            <p class="sm" role="status" data-tin=""></p>
            <button class="btn main-act wide" name="send" value="1">"Gửi phần bổ sung"</button>
        };
        let inside = view! {
            {said.map(|words| look(words.to_owned()))}
            {rest}
            {form(&matter.key, "/theo-doi/bo-sung", inside.into_any())}
            {back(&matter.key)}
            <script src=picture::ADDRESS.clone() defer></script>
        };
        around("Bổ sung", inside.into_any())
    };
    whole(office, page).await
}

/// What stands for the whole dossier, and where it is answered: at the places its holder picks, as on a phone.
fn whole_dossier(request: &Request, all: &Typed, objections: &Objections) -> Option<AnyView> {
    if request.whole.is_empty() {
        return None;
    }
    let words: Vec<_> = request.whole.iter().map(|what| view! { <li>{what.clone()}</li> }).collect();
    let free = request
        .places
        .iter()
        .filter(|(name, _)| request.questions.iter().all(|question| question.name != *name));
    let options: Vec<_> =
        free.map(|(name, label)| view! { <option value=name.clone()>{label.clone()}</option> }).collect();
    // What was just picked is asked below, and the list is at its beginning again.
    let fault = objections.iter().find(|(at, _)| at == PICK).map(|(_, why)| wrong(trouble(why)));
    let first = if every(all, PICKED).next().is_none() {
        "Chọn chỗ cần sửa, thêm"
    } else {
        "Chọn thêm chỗ khác"
    };
    Some(
        view! {
            <section class="card tight">
                <p><b>"Cả hồ sơ"</b></p>
                <p class="sm">"Cán bộ ghi:"</p>
                <ul class="says">{words}</ul>
            </section>
            <div class="q">
                <label for=PICK>"Sửa, thêm ở đâu"
                    <span class="hint">"Việc này không gắn với một ô. Phải sửa, thêm ở đâu thì chọn chỗ đó, rồi ghi ở dưới."</span>
                </label>
                <select class="box" id=PICK name=PICK>
                    <option value="">{first}</option>
                    {options}
                </select>
                {fault}
            </div>
            <button class="btn wide" name="add" value="1">"Thêm chỗ này"</button>
        }
        .into_any(),
    )
}
