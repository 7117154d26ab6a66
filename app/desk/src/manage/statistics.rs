//! Thống kê hồ sơ: residence dossiers by procedure, or by commune for who follows several; nobody is named.

use std::collections::BTreeMap;

use dossier::manage::{DossierFigures, Rate, Tally, Told};
use dossier::moment::Day;
use leptos::prelude::*;

use super::fields::{Deed, fact};
use super::hall::Hall;
use super::line::Line;
use crate::words;
use app::parts::icon::Icon;

/// The periods offered: place in the address, name. Without one it is this year.
pub const PERIODS: &[(&str, &str)] = &[("thang", "Tháng này"), ("quy", "Quý này"), ("truoc", "Năm trước")];

/// The row of everything.
const ALL: &str = "tat-ca";

/// Whether a month belongs to the period of this place in the address.
fn within(month: Day, period: &str, today: Day) -> bool {
    let ((year, at, _), (this_year, now, _)) = (month.date(), today.date());
    match period {
        "thang" => (year, at) == (this_year, now),
        "quy" => (year, (at - 1) / 3) == (this_year, (now - 1) / 3),
        "truoc" => year + 1 == this_year,
        _ => year == this_year,
    }
}

fn sum<'a>(figures: impl IntoIterator<Item = &'a DossierFigures>) -> Tally {
    figures.into_iter().fold(Tally::default(), |mut all, one| {
        all += one.tally;
        all
    })
}

/// What of the period is counted, and what is open today whenever it came.
fn counted(figures: &[DossierFigures], period: &str, today: Day) -> Tally {
    let open = sum(figures);
    let inside = sum(figures.iter().filter(|one| within(one.month, period, today)));
    Tally { open: open.open, open_late: open.open_late, ..inside }
}

/// Sums by a name, the most first.
fn by<'a>(
    figures: impl IntoIterator<Item = &'a DossierFigures>,
    name: impl Fn(&DossierFigures) -> String,
) -> Vec<(String, Tally)> {
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    for one in figures {
        *sums.entry(name(one)).or_default() += one.tally;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.received));
    sums
}

/// Whether these are told by commune: there are several, or the office told of no village to who follows a province, even
/// while only one commune of it has something to count.
fn by_commune(figures: &[DossierFigures]) -> bool {
    figures.iter().any(|one| one.commune != figures[0].commune || one.village.is_none())
}

/// The rows: procedures, or communes; everything together first.
pub fn lines(figures: &[DossierFigures], period: &str, today: Day) -> Vec<Line> {
    if figures.is_empty() {
        return Vec::new();
    }
    let mut groups: BTreeMap<(String, String), Vec<DossierFigures>> = BTreeMap::new();
    let many = by_commune(figures);
    for one in figures {
        let (name, key) = match many {
            true => (one.commune_name.clone(), one.commune.to_string()),
            false => (one.title.clone(), one.procedure.to_string()),
        };
        groups.entry((name, key)).or_default().push(one.clone());
    }
    let all = line(ALL, "Tất cả", &counted(figures, period, today));
    let rest = groups.iter().map(|((name, key), group)| line(key, name, &counted(group, period, today)));
    std::iter::once(all).chain(rest).collect()
}

fn line(key: &str, name: &str, tally: &Tally) -> Line {
    let [in_time, ..] = tally.rates();
    let state = match (tally.open_late, in_time.tenths()) {
        (0, None) => ("", Icon::Draft, String::new()),
        (0, Some(_)) => ("nhan", Icon::Received, format!("{} đúng hạn", in_time.words())),
        (late, _) => ("qua", Icon::Review, format!("{late} đang quá hạn")),
    };
    Line {
        key: key.to_owned(),
        cells: [
            name.to_owned(),
            tally.received.to_string(),
            tally.settled().to_string(),
            (tally.early + tally.in_time).to_string(),
            tally.open.to_string(),
        ],
        state,
        chips: PERIODS.iter().map(|(code, _)| *code).collect(),
    }
}

/// One row in full.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let (figures, unread) = hall.find(|told| match told {
        Told::Statistics(figures, unread) => Some((figures.clone(), *unread)),
        _ => None,
    })?;
    let of = |one: &DossierFigures| {
        key == ALL || one.procedure.to_string() == key || one.commune.to_string() == key
    };
    let figures: Vec<DossierFigures> = figures.into_iter().filter(of).collect();
    let first = figures.first()?;
    let many = figures.iter().any(|one| one.commune != first.commune);
    let title = match key {
        ALL => "Tất cả hồ sơ".to_owned(),
        key if first.procedure.to_string() == key => first.title.clone(),
        _ => first.commune_name.clone(),
    };
    let (period, today) = (hall.chip.get(), hall.today.get());
    let tally = counted(&figures, &period, today);
    let inside = || figures.iter().filter(|one| within(one.month, &period, today));
    let name = PERIODS.iter().find(|(code, _)| *code == period).map_or("Năm nay", |(_, name)| *name);
    let rates = tally.rates().map(rate);
    let file = csv(inside());
    let run = move |()| hall.browser.with(|browser| browser.hand_over("thong-ke-ho-so.csv", file.as_bytes()));
    Some(
        view! {
            <h2>{title}</h2>
            <p class="mute">{name}</p>
            {(unread > 0).then(|| view! {
                <p role="alert">{format!("Máy chủ có {unread} hồ sơ không đọc được, không nằm trong số nào ở đây. Hãy báo người quản trị.")}</p>
            })}
            <dl class="kv">
                {fact("Tiếp nhận", format!("{}, trực tuyến {}", tally.received, tally.online))}
                {fact("Đã giải quyết", format!("{}: trước hạn {}, đúng hạn {}, quá hạn {}", tally.settled(), tally.early, tally.in_time, tally.late))}
                {fact("Từ chối", tally.refused.to_string())}
                {fact("Công dân rút", tally.withdrawn.to_string())}
                {fact("Đang giải quyết", format!("{}, quá hạn {}", tally.open, tally.open_late))}
            </dl>
            <section class="fields"><h3>"Tỉ lệ"</h3><ul class="charts">{rates.collect_view()}</ul></section>
            {chart("Tiếp nhận theo kênh", by(inside(), |one| words::channel(one.channel).to_owned()))}
            {(!many && first.village.is_some()).then(|| {
                chart("Tiếp nhận theo bản", by(inside(), |one| one.village.clone().unwrap_or_default()))
            })}
            {(key != first.procedure.to_string()).then(|| {
                chart("Tiếp nhận theo thủ tục", by(inside(), |one| one.title.clone()))
            })}
            {months(inside())}
            <Deed words="Tải bảng số liệu (CSV)" run=run/>
        }
        .into_any(),
    )
}

fn rate(rate: Rate) -> AnyView {
    view! {
        <li>
            <p><b>{rate.label}</b><span>{rate.words()}</span></p>
            {bar(rate.part, rate.whole)}
            <p class="mute">{format!("{}: {} ÷ {}", rate.formula, rate.part, rate.whole)}</p>
        </li>
    }
    .into_any()
}

/// A bar of so many of so many.
fn bar(part: u32, whole: u32) -> AnyView {
    let width = (u64::from(part) * 1000 / u64::from(whole.max(1))).to_string();
    view! {
        <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="rest" width="1000" height="8"></rect>
            <rect width=width height="8"></rect>
        </svg>
    }
    .into_any()
}

fn chart(title: &'static str, sums: Vec<(String, Tally)>) -> AnyView {
    let most = sums.iter().map(|(_, tally)| tally.received).max().unwrap_or_default();
    let rows = sums.into_iter().filter(|(_, tally)| tally.received > 0).map(|(name, tally)| {
        view! { <li><p><b>{name}</b><span>{tally.received}</span></p>{bar(tally.received, most)}</li> }
    });
    view! { <section class="fields"><h3>{title}</h3><ul class="charts">{rows.collect_view()}</ul></section> }
        .into_any()
}

/// Months in their order.
fn months<'a>(figures: impl IntoIterator<Item = &'a DossierFigures>) -> AnyView {
    let mut sums: BTreeMap<Day, Tally> = BTreeMap::new();
    for one in figures {
        *sums.entry(one.month).or_default() += one.tally;
    }
    let name = |month: Day| {
        let (year, month, _) = month.date();
        format!("{month:02}/{year}")
    };
    chart("Tiếp nhận theo tháng", sums.into_iter().map(|(month, tally)| (name(month), tally)).collect())
}

/// What is counted, for a spreadsheet: UTF-8 with a mark, so that it is opened as such.
fn csv<'a>(figures: impl IntoIterator<Item = &'a DossierFigures>) -> String {
    let mut text =
        "\u{feff}Mã xã,Xã,Bản,Thủ tục,Kênh,Tháng,Tiếp nhận,Trước hạn,Đúng hạn,Quá hạn,Từ chối,Công dân rút,\
        Đang giải quyết,Đang quá hạn,Kết quả điện tử,Có ký số,Không giấy tờ,Đã nộp lệ phí,Nộp trực tuyến\r\n"
            .to_owned();
    for one in figures {
        let (year, month, _) = one.month.date();
        let tally = &one.tally;
        let words = [
            one.commune.to_string(),
            one.commune_name.clone(),
            one.village.clone().unwrap_or_default(),
            one.title.clone(),
            words::channel(one.channel).to_owned(),
            format!("{year}-{month:02}"),
        ];
        let counts = [
            tally.received,
            tally.early,
            tally.in_time,
            tally.late,
            tally.refused,
            tally.withdrawn,
            tally.open,
            tally.open_late,
            tally.electronic,
            tally.signed,
            tally.paperless,
            tally.paid,
            tally.paid_online,
        ];
        let cells = words.iter().map(|word| cell(word)).chain(counts.iter().map(u32::to_string));
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

/// A word in a table (RFC 4180). What a spreadsheet would take for a formula is made a word.
fn cell(word: &str) -> String {
    let formula = word.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, word.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::act::Channel;
    use dossier::id::CommuneCode;

    fn figures(commune: u32, procedure: &str, (year, month): (i32, u8), tally: Tally) -> DossierFigures {
        DossierFigures {
            commune: CommuneCode(commune),
            commune_name: format!("xã {commune}"),
            village: Some("bản \"Trên\"".to_owned()),
            procedure: procedure.parse().expect("a procedure"),
            title: procedure.to_owned(),
            channel: Channel::Team,
            month: Day::from_date(year, month, 1).expect("a day"),
            tally,
        }
    }

    fn today() -> Day {
        Day::from_date(2026, 11, 29).expect("a day")
    }

    fn rows(lines: &[Line]) -> Vec<(&str, &str, &str)> {
        lines
            .iter()
            .map(|line| (line.cells[0].as_str(), line.cells[1].as_str(), line.cells[4].as_str()))
            .collect()
    }

    #[test]
    fn a_period_counts_what_came_in_it_and_what_is_open_is_open_whenever_it_came() {
        let came = Tally { received: 2, open: 1, ..Tally::default() };
        let all = [
            figures(1, "a", (2026, 11), came),
            figures(1, "a", (2026, 10), came),
            figures(1, "b", (2026, 1), came),
            figures(1, "b", (2025, 12), came),
        ];
        assert_eq!(rows(&lines(&all, "", today())), [("Tất cả", "6", "4"), ("a", "4", "2"), ("b", "2", "2")]);
        assert_eq!(rows(&lines(&all, "thang", today()))[0], ("Tất cả", "2", "4"));
        assert_eq!(rows(&lines(&all, "quy", today()))[0], ("Tất cả", "4", "4"));
        assert_eq!(rows(&lines(&all, "truoc", today()))[0], ("Tất cả", "2", "4"));
    }

    #[test]
    fn who_follows_a_province_sees_a_row_for_each_commune_even_where_there_is_one() {
        let came = Tally { received: 3, open: 2, ..Tally::default() };
        let told = |procedure| DossierFigures { village: None, ..figures(1, procedure, (2026, 11), came) };
        let lines = lines(&[told("a"), told("b")], "", today());
        assert_eq!(rows(&lines), [("Tất cả", "6", "4"), ("xã 1", "6", "4")]);
    }

    #[test]
    fn who_follows_several_communes_sees_a_row_for_each() {
        let late = Tally { received: 3, late: 1, open: 2, open_late: 1, ..Tally::default() };
        let all =
            [figures(1, "a", (2026, 11), late), figures(2, "b", (2026, 11), Tally { received: 1, ..late })];
        let lines = lines(&all, "", today());
        assert_eq!(rows(&lines), [("Tất cả", "4", "4"), ("xã 1", "3", "2"), ("xã 2", "1", "2")]);
        assert_eq!((lines[0].state.0, lines[0].state.2.as_str()), ("qua", "2 đang quá hạn"));
        assert_eq!(super::lines(&[], "", today()), []);
    }

    #[test]
    fn a_table_says_who_quotes_and_holds_no_formula() {
        let one = figures(3394, "a", (2026, 11), Tally { received: 1, ..Tally::default() });
        let text = csv(&[DossierFigures { title: "=a".to_owned(), ..one }]);
        let row = text.lines().nth(1).expect("a row");
        assert!(row.starts_with("\"03394\",\"xã 3394\",\"bản \"\"Trên\"\"\",\"'=a\",\"tổ công nghệ số khai hộ\",\"2026-11\",1,0,"), "{row}");
    }
}
