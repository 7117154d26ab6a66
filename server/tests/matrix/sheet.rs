//! The reviewed file: one line a rule, the first that fits a cell gives its verdict.

use std::collections::BTreeSet;

/// The file beside the tests.
const FILE: &str = include_str!("../access_matrix.csv");

/// What a cell is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    pub route: &'a str,
    pub doing: &'a str,
    pub role: &'a str,
    pub place: &'a str,
    pub dossier: &'a str,
    pub account: &'a str,
    pub device: &'a str,
}

impl Cell<'_> {
    fn columns(&self) -> [&str; 7] {
        [self.route, self.doing, self.role, self.place, self.dossier, self.account, self.device]
    }
}

/// One line.
pub struct Rule {
    fits: Vec<Vec<&'static str>>,
    pub verdict: &'static str,
    pub line: usize,
}

impl Rule {
    fn matches(&self, cell: &Cell<'_>) -> bool {
        let fits =
            |(allowed, value): (&Vec<&str>, &str)| allowed.iter().any(|one| *one == "*" || *one == value);
        self.fits.iter().zip(cell.columns()).all(fits)
    }
}

/// The lines, in order.
pub fn rules() -> Vec<Rule> {
    let lines =
        FILE.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let rules = lines.map(|(place, line)| {
        let columns: Vec<&str> = line.split(',').map(str::trim).collect();
        assert_eq!(columns.len(), 8, "line {} has eight columns", place + 1);
        let fits = columns[..7].iter().map(|column| column.split('|').collect()).collect();
        Rule { fits, verdict: columns[7], line: place + 1 }
    });
    rules.skip(1).collect()
}

/// What the file says of a cell, and which line did.
pub fn expected(rules: &[Rule], cell: &Cell<'_>) -> Option<(&'static str, usize)> {
    rules.iter().find(|rule| rule.matches(cell)).map(|rule| (rule.verdict, rule.line))
}

/// The routes and doings the file speaks of.
pub fn doings(rules: &[Rule]) -> BTreeSet<(&'static str, &'static str)> {
    let pairs = rules.iter().flat_map(|rule| {
        rule.fits[0].iter().flat_map(move |route| rule.fits[1].iter().map(move |doing| (*route, *doing)))
    });
    pairs.filter(|(route, doing)| *route != "*" && *doing != "*").collect()
}
