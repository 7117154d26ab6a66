//! From a file as it is written to a procedure that may be used: every name is known, every text is there, nothing
//! stands twice, and each condition reads a field that is always asked.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;

use super::Fault;
use super::form::{conditions_of_fields, field, people, readable};
use super::raw::{RawBetween, RawConsent, RawDuty, RawFee, RawPaper, RawProcedure, RawTerm, Text};
use crate::moment::Day;
use crate::procedure::field::read_day;
use crate::procedure::{
    Agency, Between, Condition, ConsentKind, ConsentNeeded, Counting, Duty, Exemption, Fee, Field, FieldKey,
    FieldKind, Filer, FilingChannel, Need, PaperNeeded, Per, Period, Procedure, ResultForm, Span, Terms,
    Verification,
};
use crate::vietnamese::compose;

pub(super) type Sound<T> = Result<T, Fault>;

/// The procedure of a file.
pub(super) fn procedure(raw: RawProcedure) -> Sound<Procedure> {
    let valid_from = day(&raw.valid_from)?;
    let valid_to = raw.valid_to.as_ref().map(day).transpose()?;
    if let (Some(last), Some(text)) = (valid_to, &raw.valid_to)
        && last < valid_from
    {
        return Err(Fault::new(text.span(), "ends before it begins"));
    }
    if raw.field.is_empty() {
        return Err(Fault::new(raw.id.span(), "has no field"));
    }
    let fields = each(&raw.field, field)?;
    once(&raw.field, &fields, |field| field.key.to_string(), "field")?;
    let people = raw.people.as_ref().map(people).transpose()?;
    let columns = people.as_ref().map_or(&[][..], |people| &people.columns);
    conditions_of_fields(&raw.field, &fields, &[], &fields)?;
    if let Some(raw) = &raw.people {
        conditions_of_fields(&raw.get_ref().column, columns, columns, &fields)?;
    }
    let consents = each(&raw.consent, |consent| self::consent(consent, &fields))?;
    once(&raw.consent, &consents, |consent| consent.kind.slug().to_owned(), "consent")?;
    let papers = each(&raw.paper, |paper| self::paper(paper, &fields))?;
    once(&raw.paper, &papers, |paper| paper.key.to_string(), "paper")?;
    let fees = each(&raw.fee, fee)?;
    once(&raw.fee, &fees, |fee| fee.channel.slug().to_owned(), "fee for")?;
    let duties = each(&raw.duty, |duty| self::duty(duty, &fields))?;
    let between = each(&raw.between, |between| self::between(between, &fields))?;
    let term = term(raw.term.get_ref(), &fields)?;
    let verification = verification(&raw.verification, &fields)?;
    Ok(Procedure {
        id: key(&raw.id)?,
        title: words(&raw.title)?,
        code: raw.code.as_ref().map(words).transpose()?,
        form: words(&raw.form)?,
        valid_from,
        valid_to,
        basis: words(&raw.basis)?,
        source: words(&raw.source)?,
        agency: named(&raw.agency, Agency::named, "agency")?,
        channels: channels(&raw)?,
        filers: names(&raw.filers, Filer::named, "filer")?,
        intro: lines(raw.intro.get_ref(), Some(raw.intro.span()))?,
        needed: lines(&raw.needed, None)?,
        fields,
        people,
        consents,
        papers,
        term,
        fees,
        result: named(&raw.result, ResultForm::named, "result")?,
        verification,
        duties,
        between,
    })
}

/// Any commune receives what an agency of a commune decides; the police of a province have no commune.
fn channels(raw: &RawProcedure) -> Sound<Vec<FilingChannel>> {
    let channels = names(&raw.channels, FilingChannel::named, "channel")?;
    let of_province = Agency::named(raw.agency.get_ref()) == Some(Agency::ProvincePolice);
    if of_province && channels.contains(&FilingChannel::AnyCommune) {
        return Err(Fault::new(raw.channels.span(), "no commune is competent: any-commune says nothing"));
    }
    Ok(channels)
}

pub(super) fn each<R, T>(raw: &[Spanned<R>], read: impl Fn(&R) -> Sound<T>) -> Sound<Vec<T>> {
    raw.iter().map(|one| read(one.get_ref())).collect()
}

/// Nothing stands twice; the second is told of.
pub(super) fn once<R, T>(
    raw: &[Spanned<R>],
    sound: &[T],
    key: impl Fn(&T) -> String,
    what: &str,
) -> Sound<()> {
    let mut seen = BTreeSet::new();
    for (raw, one) in raw.iter().zip(sound) {
        let key = key(one);
        if seen.contains(&key) {
            return Err(Fault::new(raw.span(), format!("a second {what} {key:?}")));
        }
        seen.insert(key);
    }
    Ok(())
}

/// A text that must say something.
pub(super) fn words(text: &Text) -> Sound<String> {
    let words = compose(text.get_ref());
    if words.is_empty() { Err(Fault::new(text.span(), "may not be empty")) } else { Ok(words) }
}

fn lines(texts: &[Text], needed: Option<Range<usize>>) -> Sound<Vec<String>> {
    match needed {
        Some(at) if texts.is_empty() => Err(Fault::new(at, "may not be empty")),
        _ => texts.iter().map(words).collect(),
    }
}

pub(super) fn key<T: FromStr<Err: Display>>(text: &Text) -> Sound<T> {
    text.get_ref().parse().map_err(|error: T::Err| Fault::new(text.span(), error.to_string()))
}

fn day(text: &Text) -> Sound<Day> {
    read_day(text.get_ref()).map_err(|_| Fault::new(text.span(), "not a day written 2026-07-01"))
}

fn named<T>(text: &Text, find: impl Fn(&str) -> Option<T>, what: &str) -> Sound<T> {
    let name = text.get_ref();
    find(name).ok_or_else(|| Fault::new(text.span(), format!("no {what} is called {name:?}")))
}

fn names<T>(texts: &Spanned<Vec<Text>>, find: impl Fn(&str) -> Option<T>, what: &str) -> Sound<Vec<T>> {
    if texts.get_ref().is_empty() {
        return Err(Fault::new(texts.span(), "may not be empty"));
    }
    texts.get_ref().iter().map(|text| named(text, &find, what)).collect()
}

pub(super) fn condition(text: &Text, name: &str) -> Sound<Condition> {
    Condition::named(name).ok_or_else(|| Fault::new(text.span(), format!("no condition is called {name:?}")))
}

/// `always`, `optional`, `when rented-dwelling`.
pub(super) fn need(text: &Text) -> Sound<Need> {
    match text.get_ref().as_str() {
        "always" => Ok(Need::Always),
        "optional" => Ok(Need::Optional),
        other => match other.strip_prefix("when ") {
            Some(name) => condition(text, name).map(Need::When),
            None => Err(Fault::new(text.span(), "neither always, optional nor when <condition>")),
        },
    }
}

/// `never`, `may`, `unless person-under-six`.
fn verification(text: &Text, form: &[Field]) -> Sound<Verification> {
    match text.get_ref().as_str() {
        "never" => Ok(Verification::Never),
        "may" => Ok(Verification::May),
        other => match other.strip_prefix("unless ") {
            Some(name) => condition_of_form(text, name, form).map(Verification::Unless),
            None => Err(Fault::new(text.span(), "neither never, may nor unless <condition>")),
        },
    }
}

fn condition_of_form(text: &Text, name: &str, form: &[Field]) -> Sound<Condition> {
    let condition = condition(text, name)?;
    readable(condition, text, &[], form).map(|()| condition)
}

fn need_of_form(text: &Text, form: &[Field]) -> Sound<Need> {
    let need = need(text)?;
    need.condition().map_or(Ok(()), |condition| readable(condition, text, &[], form))?;
    Ok(need)
}

fn consent(raw: &RawConsent, form: &[Field]) -> Sound<ConsentNeeded> {
    Ok(ConsentNeeded {
        kind: named(&raw.kind, ConsentKind::named, "consent")?,
        need: need_of_form(&raw.need, form)?,
        words: words(&raw.words)?,
    })
}

fn paper(raw: &RawPaper, form: &[Field]) -> Sound<PaperNeeded> {
    if *raw.pages.get_ref() == 0 {
        return Err(Fault::new(raw.pages.span(), "a paper has a page"));
    }
    Ok(PaperNeeded {
        key: key(&raw.key)?,
        label: words(&raw.label)?,
        hint: raw.hint.as_ref().map(|hint| compose(hint.get_ref())).unwrap_or_default(),
        need: need_of_form(&raw.need, form)?,
        pages: *raw.pages.get_ref(),
    })
}

fn fee(raw: &RawFee) -> Sound<Fee> {
    let channel = named(&raw.channel, FilingChannel::named, "channel")?;
    if channel == FilingChannel::AnyCommune {
        return Err(Fault::new(raw.channel.span(), "any-commune costs what in-person costs"));
    }
    Ok(Fee {
        dong: raw.dong,
        channel,
        per: named(&raw.per, Per::named, "way of counting")?,
        exempt: raw
            .exempt
            .iter()
            .map(|text| named(text, Exemption::named, "exemption"))
            .collect::<Sound<_>>()?,
        source: words(&raw.source)?,
    })
}

/// A field of the form that holds a day.
fn day_of_form(text: &Text, form: &[Field]) -> Sound<FieldKey> {
    let is_day = |field: &&Field| matches!(field.kind, FieldKind::Day | FieldKind::BirthDate);
    let field = form.iter().filter(is_day).find(|field| field.key.as_str() == text.get_ref());
    let key = field.map(|field| field.key.clone());
    key.ok_or_else(|| Fault::new(text.span(), format!("no field {:?} that is a day", text.get_ref())))
}

fn between(raw: &RawBetween, form: &[Field]) -> Sound<Between> {
    let (from, until) = (day_of_form(&raw.from, form)?, day_of_form(&raw.until, form)?);
    Ok(Between { from, until, most_years: raw.most_years })
}

fn duty(raw: &RawDuty, form: &[Field]) -> Sound<Duty> {
    let period = match (&raw.within, &raw.before) {
        (Some(days), None) => Period::Within(*days.get_ref()),
        (None, Some(days)) => Period::Before(*days.get_ref()),
        _ => return Err(Fault::new(raw.key.span(), "either within or before")),
    };
    Ok(Duty { key: day_of_form(&raw.key, form)?, period, words: words(&raw.words)? })
}

fn term(raw: &RawTerm, form: &[Field]) -> Sound<Terms> {
    let longer = match (&raw.longer, &raw.longer_when) {
        (Some(length), Some(when)) => Some((condition_of_form(when, when.get_ref(), form)?, span(length)?)),
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => {
            return Err(Fault::new(one.span(), "longer and longer_when go together"));
        }
    };
    Ok(Terms {
        ordinary: span(&raw.ordinary)?,
        longer,
        verified: raw.verified.as_ref().map(span).transpose()?,
        counting: named(&raw.counting, Counting::named, "way of counting")?,
        source: words(&raw.source)?,
    })
}

/// `at once`, `half a day`, `3 working days`, `30 days`.
fn span(text: &Text) -> Sound<Span> {
    let number = |digits: &str| digits.parse().ok().filter(|days| *days > 0 && *days <= 365);
    let span = match text.get_ref().as_str() {
        "at once" => Some(Span::AtOnce),
        "half a day" => Some(Span::HalfDay),
        other => match other.split_once(' ') {
            Some((digits, "working days" | "working day")) => number(digits).map(Span::WorkingDays),
            Some((digits, "days" | "day")) => number(digits).map(Span::Days),
            _ => None,
        },
    };
    span.ok_or_else(|| Fault::new(text.span(), "neither at once, half a day, 3 working days nor 30 days"))
}
