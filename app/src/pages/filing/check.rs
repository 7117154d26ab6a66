//! Xem lại: everything that will be handed in, each with a way to its place.

use dossier::access::Role;
use dossier::filing::Answers;
use dossier::filing::draft::ConsentPick;
use dossier::filing::intent::FilingIntent;
use dossier::filing::printed::Printed;
use dossier::procedure::{Field, FilingChannel, Procedure, Span};
use leptos::prelude::*;
use leptos_router::components::A;

use super::forms::Fetch;
use super::{Section, Sheet};
use crate::device::Device;
use crate::text::filing as words;

/// The page.
#[component]
pub fn CheckPage() -> impl IntoView {
    let sheet = Sheet::here();
    let draft = sheet.draft.get();
    let procedure = sheet.procedure.get_value();
    let pages = sheet.pages().into_iter().enumerate().map(|(page, fields)| {
        let fields: Vec<Field> = fields.into_iter().filter(|field| sheet.asks(None, field)).collect();
        rows(sheet, Section::Fields(page), &fields, &draft.answers)
    });
    let columns = procedure.people.as_ref().map(|people| people.columns.clone()).unwrap_or_default();
    let present = draft.people.iter().enumerate().filter(|(_, person)| !person.removed);
    let people = present.map(|(place, person)| {
        view! {
            <section class="card">
                <h2>{format!("Người {}", place + 1)}</h2>
                <dl class="ans">{rows(sheet, Section::Person(place), &columns, &person.answers)}</dl>
            </section>
        }
    });
    let consents = draft.consents.iter().map(|(kind, consent)| {
        let how = match consent.way {
            ConsentPick::Signature => "ký trên màn hình",
            ConsentPick::SamePerson => "là người đang khai",
            ConsentPick::SeparatePaper => "có giấy viết riêng",
            ConsentPick::AtAgency => "tự xác nhận trên VNeID hoặc với cơ quan",
        };
        let said = format!("{}\n{how}", consent.who);
        one(kind.label(), said, sheet.address(Section::Consent(*kind)))
    });
    let pictures = procedure.papers.iter().filter_map(|paper| {
        let pages = draft.papers.values().filter(|page| page.paper == paper.key).count();
        (pages > 0).then(|| one(&paper.label, format!("{pages} ảnh"), sheet.address(Section::Papers)))
    });
    let papers = draft
        .originals
        .iter()
        .filter_map(|key| procedure.paper(key))
        .map(|paper| one(&paper.label, "mang bản chính đến".to_owned(), sheet.address(Section::Papers)));
    view! {
        <section class="card"><dl class="ans">{pages.collect_view()}</dl></section>
        {people.collect_view()}
        <section class="card"><dl class="ans">{consents.collect_view()}{pictures.collect_view()}{papers.collect_view()}</dl></section>
        <Terms procedure=procedure.clone() span=sheet.span()/>
        {(procedure.form == "CT01").then(|| {
            let ask = move || FilingIntent::PrintDraft(Box::new(sheet.draft.get_untracked()));
            view! { <section class="card tight"><Fetch words="Tải bản nháp CT01 để xem (PDF)".to_owned() file=Printed::Ct01.file() ask/></section> }
        })}
        <p class="sm">"Không có mạng vẫn nộp được: máy giữ lại và tự gửi khi có mạng."</p>
    }
    .into_any()
}

/// How long it takes, what it costs, what comes back.
#[component]
pub fn Terms(
    /// Of which procedure.
    procedure: Procedure,
    /// The term of what is filled in; of an empty form the ordinary one.
    span: Span,
) -> impl IntoView {
    let role = Device::here().who().with_untracked(|who| who.as_ref().map(|who| who.role));
    let counter = role.is_some_and(Role::works_on_dossiers);
    let way = if counter { FilingChannel::InPerson } else { FilingChannel::Online };
    view! {
        <section class="card tight">
            <p class="sm">"Thời hạn: "{words::span(span)}", từ khi hồ sơ đủ."</p>
            <p class="sm">{words::fee(&procedure, way)}</p>
            <p class="sm">"Kết quả: "{procedure.result.label()}"."</p>
        </section>
    }
    .into_any()
}

fn rows(sheet: Sheet, section: Section, fields: &[Field], answers: &Answers) -> AnyView {
    let rows = fields.iter().filter_map(|field| {
        let value = answers.get(&field.key)?;
        let kept = field.kind.canonical(value, sheet.clock.today_once()).ok();
        let shown = kept.map_or_else(|| value.clone(), |kept| field.shown(&kept));
        Some(one(&field.label, shown, sheet.address(section)))
    });
    rows.collect_view().into_any()
}

fn one(label: &str, value: String, to: String) -> AnyView {
    view! {
        <div>
            <dt>{label.to_owned()}</dt>
            <dd>{value}</dd>
            <dd class="go-cell"><A href=to attr:class="go">"Sửa"</A></dd>
        </div>
    }
    .into_any()
}
