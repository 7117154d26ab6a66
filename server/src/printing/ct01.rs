//! CT01 from what was declared.

use dossier::act::{Act, Channel};
use dossier::behalf::Signature as Drawn;
use dossier::filing::{Answers, ConsentWay};
use dossier::procedure::{ConsentKind, FieldKind};
use print::Signature;
use print::forms::Signed;
use print::forms::ct01::{Ct01, Member};

use super::case::{Case, long_day, shown};

/// Fields that have an item of their own on the form, or are no part of the request.
const ELSEWHERE: [&str; 11] = [
    "name",
    "birth",
    "sex",
    "number",
    "phone",
    "email",
    "relation",
    "head-name",
    "head-number",
    "return",
    "return-address",
];

/// The form as far as it was filled in.
pub fn form(case: &Case<'_>) -> Ct01 {
    let (head, head_number) = case.head();
    Ct01 {
        to: case.desk.addressee(),
        name: case.person(),
        born: case.shown("birth"),
        sex: case.shown("sex"),
        number: case.kept("number"),
        phone: case.kept("phone"),
        email: case.kept("email"),
        head,
        relation: case.shown("relation"),
        head_number,
        request: request(case),
        members: members(case),
        head_consent: consent(case, ConsentKind::Head),
        owner_consent: consent(case, ConsentKind::Owner),
        parent_consent: consent(case, ConsentKind::Parent),
        declarant: declarant(case),
    }
}

/// What is asked for: the procedure, what its form asks besides the items, and the declarant's own words.
fn request(case: &Case<'_>) -> String {
    let mut parts = vec![case.procedure.title.clone()];
    for field in &case.procedure.fields {
        let own_words = field.key.as_str() == "request";
        let Some(value) = case.filing.answers.get(&field.key).filter(|_| !own_words) else { continue };
        if !ELSEWHERE.contains(&field.key.as_str()) {
            let value = field.shown(value);
            parts.push(match field.kind {
                FieldKind::Note { .. } => value,
                _ => format!("{}: {value}", field.label),
            });
        }
    }
    let own = case.kept("request");
    if !own.is_empty() {
        parts.push(own);
    }
    parts.join("; ")
}

fn members(case: &Case<'_>) -> Vec<Member> {
    let columns = case.procedure.people.as_ref().map_or(&[][..], |people| &people.columns);
    let member = |row: &Answers| Member {
        name: shown(columns, row, "name").to_uppercase(),
        born: shown(columns, row, "birth"),
        sex: shown(columns, row, "sex"),
        number: row.get("number").cloned().unwrap_or_default(),
        relation: shown(columns, row, "relation"),
    };
    case.filing.present().map(|(_, row)| member(row)).collect()
}

fn consent(case: &Case<'_>, kind: ConsentKind) -> Signed {
    let Some(given) = case.filing.consents.get(&kind) else { return Signed::default() };
    let asked = case.procedure.consents.iter().find(|consent| consent.kind == kind);
    let words = asked.map_or_else(|| "Đồng ý".to_owned(), |consent| consent.words.clone());
    let place_and_date = match given.at.trim() {
        "" => long_day(given.day),
        at => format!("{at}, {}", long_day(given.day)),
    };
    let (signature, under) = match &given.how {
        ConsentWay::Signature(drawn) => (strokes(drawn), None),
        ConsentWay::SamePerson => (Signature::default(), Some("(là người kê khai, không phải ký riêng)")),
        ConsentWay::SeparatePaper => (Signature::default(), Some("(có văn bản đồng ý riêng)")),
        ConsentWay::AtAgency => (Signature::default(), Some("(xác nhận qua VNeID hoặc với cơ quan)")),
    };
    let under = under.into_iter().map(str::to_owned).collect();
    Signed { place_and_date, words, signature, name: given.who.to_string(), under }
}

fn strokes(drawn: &Drawn) -> Signature {
    let stroke = |points: &Vec<(u8, u8)>| points.iter().map(|(x, y)| ((*x).into(), (*y).into())).collect();
    Signature(drawn.strokes().iter().map(stroke).collect())
}

/// Who handed it in. Nobody signs what came over the network (note 7 of the form).
fn declarant(case: &Case<'_>) -> Signed {
    let Some(recorded) = case.trail.submitted else { return Signed::default() };
    let Act::Submit { channel, .. } = recorded.act else { return Signed::default() };
    let under = match channel {
        Channel::Counter => Vec::new(),
        _ => vec!["(nộp trực tuyến, không phải ký)".to_owned()],
    };
    Signed { place_and_date: case.desk.dated(recorded.at.day()), under, ..case.filer() }
}
