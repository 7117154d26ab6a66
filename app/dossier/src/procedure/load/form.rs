//! The fields of a form and the columns of its table of people; and that each condition reads a field that is always
//! asked.

use toml::Spanned;

use super::Fault;
use super::raw::{RawField, RawPeople, Text};
use super::sound::{Sound, condition, each, key, need, once, words};
use crate::procedure::{Choice, Condition, Field, FieldKind, Need, People};
use crate::vietnamese::compose;

pub(super) fn field(raw: &RawField) -> Sound<Field> {
    Ok(Field {
        key: key(&raw.key)?,
        label: words(&raw.label)?,
        hint: raw.hint.as_ref().map(|hint| compose(hint.get_ref())).unwrap_or_default(),
        kind: kind(raw)?,
        need: raw.need.as_ref().map_or(Ok(Need::Always), need)?,
        only: raw.only.as_ref().map(|only| condition(only, only.get_ref())).transpose()?,
    })
}

/// The most characters any text may have: what a document keeps of one value with room to spare.
const MOST: u32 = 4_000;

fn kind(raw: &RawField) -> Sound<FieldKind> {
    let text = |default: u16| match &raw.most {
        None => Ok(default),
        Some(most) if (1..=MOST).contains(most.get_ref()) => Ok(*most.get_ref() as u16),
        Some(most) => Err(Fault::new(most.span(), format!("not between 1 and {MOST}"))),
    };
    let kind = match raw.kind.get_ref().as_str() {
        "full-name" => FieldKind::FullName,
        "birth-date" => FieldKind::BirthDate,
        "sex" => FieldKind::Sex,
        "personal-number" => FieldKind::PersonalNumber,
        "phone" => FieldKind::Phone,
        "email" => FieldKind::Email,
        "day" => FieldKind::Day,
        "text" => FieldKind::Text { most: text(120)? },
        "note" => FieldKind::Note { most: text(1_000)? },
        "relation" => FieldKind::Relation,
        "choice" => FieldKind::Choice { options: options(raw)? },
        "place" => FieldKind::Place,
        "money" => FieldKind::Money,
        "count" => FieldKind::Count { most: raw.most.as_ref().map_or(999, |most| *most.get_ref()) },
        other => return Err(Fault::new(raw.kind.span(), format!("no kind of field is called {other:?}"))),
    };
    let takes_most =
        matches!(kind, FieldKind::Text { .. } | FieldKind::Note { .. } | FieldKind::Count { .. });
    if let (Some(most), false) = (&raw.most, takes_most) {
        return Err(Fault::new(most.span(), "this kind of field has no most"));
    }
    if let (Some(options), false) = (&raw.options, matches!(kind, FieldKind::Choice { .. })) {
        return Err(Fault::new(options.span(), "only a choice has options"));
    }
    Ok(kind)
}

fn options(raw: &RawField) -> Sound<Vec<Choice>> {
    let Some(listed) = &raw.options else {
        return Err(Fault::new(raw.kind.span(), "a choice needs options"));
    };
    if listed.get_ref().len() < 2 {
        return Err(Fault::new(listed.span(), "a choice needs two options"));
    }
    let options =
        each(listed.get_ref(), |option| Ok(Choice { key: key(&option.key)?, label: words(&option.label)? }))?;
    once(listed.get_ref(), &options, |option| option.key.to_string(), "option")?;
    Ok(options)
}

pub(super) fn people(raw: &Spanned<RawPeople>) -> Sound<People> {
    let raw = raw.get_ref();
    let columns = each(&raw.column, field)?;
    once(&raw.column, &columns, |column| column.key.to_string(), "column")?;
    if *raw.at_most.get_ref() == 0 || *raw.at_most.get_ref() < raw.at_least {
        return Err(Fault::new(raw.at_most.span(), "fewer than the least, or nobody"));
    }
    Ok(People {
        title: words(&raw.title)?,
        one: words(&raw.one)?,
        columns,
        at_least: raw.at_least,
        at_most: *raw.at_most.get_ref(),
    })
}

/// Every condition reads fields that are there and always asked, so that what is asked never hangs in a chain.
pub(super) fn readable(condition: Condition, text: &Text, row: &[Field], form: &[Field]) -> Sound<()> {
    // Of a person of a table the row is read, of the declarant the form.
    let own = condition.slug().starts_with("person-") && !row.is_empty();
    let fields = if own { row } else { form };
    let refuse = |why: String| Err(Fault::new(text.span(), format!("{} reads {why}", condition.slug())));
    let keys =
        |read: &'static str| read.split_once('=').map_or((read, None), |(key, option)| (key, Some(option)));
    let reads: Vec<_> = condition.reads().iter().map(|read| keys(read)).collect();
    for (key, _) in &reads {
        let options: Vec<_> =
            reads.iter().filter(|(of, _)| of == key).filter_map(|(_, option)| *option).collect();
        match fields.iter().find(|field| field.key.as_str() == *key) {
            None => return refuse(format!("a field {key:?}, and there is none")),
            Some(field) if field.only.is_some() => {
                return refuse(format!("{key:?}, which is not always asked"));
            }
            Some(field) if !options.is_empty() && !offers(field, &options) => {
                return refuse(format!(
                    "the option {:?} of {key:?}, which it does not offer",
                    options.join(", ")
                ));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn offers(field: &Field, any_of: &[&str]) -> bool {
    let FieldKind::Choice { options } = &field.kind else { return false };
    options.iter().any(|option| any_of.contains(&option.key.as_str()))
}

pub(super) fn conditions_of_fields(
    raw: &[Spanned<RawField>],
    sound: &[Field],
    row: &[Field],
    form: &[Field],
) -> Sound<()> {
    for (raw, field) in raw.iter().zip(sound) {
        let raw = raw.get_ref();
        if let (Some(condition), Some(text)) = (field.only, &raw.only) {
            readable(condition, text, row, form)?;
        }
        if let (Some(condition), Some(text)) = (field.need.condition(), &raw.need) {
            readable(condition, text, row, form)?;
        }
    }
    Ok(())
}
