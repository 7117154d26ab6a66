//! What a dossier says of one person, and of nobody else in it.

use std::collections::BTreeSet;

use dossier::content::Content;
use dossier::filing::{Answers, Filing};
use dossier::personal_number::PersonalNumber;
use dossier::procedure::{Field, FieldKind, Procedure};
use dossier::stay::{Guest, Stay};

/// One line: what is called so, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The form's words.
    pub label: String,
    /// What was written.
    pub value: String,
}

fn line(label: &str, value: String) -> Option<Said> {
    (!value.is_empty()).then(|| Said { label: label.to_owned(), value })
}

/// What this content says of the person of this number; nothing when it does not speak of them.
pub fn of(content: &Content, procedure: Option<&Procedure>, number: PersonalNumber) -> Vec<Said> {
    match (content, procedure) {
        (Content::Stay(stay), _) => {
            let guests = stay.guests.values();
            let mine = guests.filter(|guest| guest.paper.personal_number() == Some(number));
            mine.flat_map(|guest| of_guest(stay, guest)).collect()
        }
        (Content::Filing(filing), Some(procedure)) => of_filing(filing, procedure, number),
        (Content::Filing(_), None) => Vec::new(),
    }
}

fn of_guest(stay: &Stay, guest: &Guest) -> Vec<Said> {
    let left = stay.left.map(|left| left.to_string()).unwrap_or_default();
    let lines = [
        line("Họ, chữ đệm và tên", guest.name.to_string()),
        line("Ngày, tháng, năm sinh", guest.birth.to_string()),
        line("Giới tính", guest.sex.label().to_owned()),
        line("Quốc tịch", guest.nationality.vi_name().to_owned()),
        line("Giấy tờ", guest.paper.grouped()),
        line("Số điện thoại", guest.phone.clone()),
        line("Nơi cư trú", guest.home.clone()),
        line("Đến", stay.arrive.to_string()),
        line("Ngày đi dự kiến", stay.leave.to_string()),
        line("Đã đi", left),
        line("Số phòng", stay.room.clone()),
        line("Lý do lưu trú", stay.reason.label().to_owned()),
        guest.removed.then(|| Said {
            label: "Ghi chú".to_owned(),
            value: "Nhập nhầm, đã bỏ khỏi thông báo; còn trong lịch sử".to_owned(),
        }),
    ];
    lines.into_iter().flatten().collect()
}

/// Of whom a field speaks: the part of its key before the last word, where some `…-number` says that is a person; else the
/// one the form is about.
fn whose<'a>(key: &'a str, people: &BTreeSet<&str>) -> &'a str {
    let mut cuts = key.match_indices('-').map(|(at, _)| &key[..at]);
    cuts.rfind(|start| people.contains(start)).unwrap_or("")
}

fn of_filing(filing: &Filing, procedure: &Procedure, number: PersonalNumber) -> Vec<Said> {
    let digits = number.to_string();
    let is_number = |field: &&Field| matches!(field.kind, FieldKind::PersonalNumber);
    let numbers = procedure.fields.iter().filter(is_number);
    let people: BTreeSet<&str> =
        numbers.clone().filter_map(|field| field.key.as_str().strip_suffix("-number")).collect();
    let mine: BTreeSet<&str> = numbers
        .filter(|field| filing.answers.get(&field.key) == Some(&digits))
        .map(|field| whose(field.key.as_str(), &people))
        .collect();
    let of = |fields: &[Field], answers: &Answers, keep: &dyn Fn(&Field) -> bool| -> Vec<Said> {
        let kept = fields.iter().filter(|field| keep(field));
        kept.filter_map(|field| line(&field.label, field.shown(answers.get(&field.key)?))).collect()
    };
    let mut said =
        of(&procedure.fields, &filing.answers, &|field| mine.contains(whose(field.key.as_str(), &people)));
    let columns = procedure.people.as_ref().map_or(&[][..], |people| &people.columns[..]);
    let rows = filing
        .people
        .values()
        .filter(|row| columns.iter().filter(is_number).any(|column| row.get(&column.key) == Some(&digits)));
    said.extend(rows.flat_map(|row| of(columns, row, &|_| true)));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::filing::example::example;
    use dossier::moment::{Day, MinuteOfDay, Moment};
    use dossier::procedure::load::embedded;

    #[test]
    fn a_form_says_of_the_mother_what_is_hers_and_nothing_of_the_child() {
        let now = Moment::at(Day::from_date(2026, 11, 29).expect("a day"), MinuteOfDay(600));
        let procedures = embedded().expect("the shipped files");
        let birth = procedures.iter().find(|one| one.id.as_str() == "birth-registration").expect("one");
        let (filing, _) = example(birth, now).parse(birth, now).expect("could be handed in");
        let number = |key: &str| -> PersonalNumber {
            let key: dossier::procedure::FieldKey = key.parse().expect("a key");
            filing.answers.get(&key).expect("an answer").parse().expect("a number")
        };
        let mother = of(&Content::Filing(filing.clone()), Some(birth), number("mother-number"));
        let labels: Vec<&str> = mother.iter().map(|one| one.label.as_str()).collect();
        assert!(!mother.is_empty());
        assert!(labels.iter().all(|label| !label.contains("cha") && !label.contains("trẻ")), "{labels:?}");
        let nobody: PersonalNumber = "011090000009".parse().expect("a number");
        assert_eq!(of(&Content::Filing(filing), Some(birth), nobody), []);
    }
}
