//! The access matrix: every route crossed with role, place, state of the dossier, of the account and of the device, each
//! cell asked over HTTP and compared with `server/tests/access_matrix.csv`, which is reviewed by people.

#[path = "../office/mod.rs"]
mod office;

#[path = "../exchange/hand.rs"]
mod hand;

#[path = "../exchange/tenant.rs"]
mod tenant;

mod complaints;
mod exchanging;
mod filings;
mod managing;
mod pictures;
mod sheet;
mod slips;
mod swapped;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use server::routes::TABLE;
use server::store::grant::role_text;
use sheet::{Cell, Rule, doings, expected, rules};
use world::{ACCOUNTS, DEVICES, Land, PLACES, STATES};

/// What was found in cells that do not say what the file says.
#[derive(Default)]
struct Tally {
    cells: usize,
    used: BTreeSet<usize>,
    wrong: BTreeMap<String, usize>,
}

impl Tally {
    fn note(&mut self, rules: &[Rule], cell: &Cell<'_>, found: &str) {
        self.cells += 1;
        match expected(rules, cell) {
            Some((verdict, line)) => {
                self.used.insert(line);
                if verdict != found {
                    let Cell { route, doing, role, place, dossier, account, device } = cell;
                    let told = format!(
                        "{route},{doing},{role},{place},{dossier},{account},{device}: {found}, not {verdict} (line {line})"
                    );
                    *self.wrong.entry(told).or_default() += 1;
                }
            }
            None => *self.wrong.entry(format!("{cell:?}: {found}, and no line")).or_default() += 1,
        }
    }

    #[expect(clippy::print_stdout, reason = "the number of cells is asked for")]
    fn settle(self, what: &str) {
        let wrong: Vec<&String> = self.wrong.keys().take(60).collect();
        assert!(wrong.is_empty(), "{} of {} cells of {what}: {wrong:#?}", self.wrong.len(), self.cells);
        println!("{what}: {} cells", self.cells);
    }
}

#[test]
fn a_route_without_lines_is_red() {
    let rules = rules();
    let spoken: BTreeSet<&str> = doings(&rules).into_iter().map(|(route, _)| route).collect();
    for route in TABLE {
        let named = format!("{} {}", route.method, route.path);
        assert!(spoken.contains(named.as_str()), "{named} has no line in access_matrix.csv");
    }
    for route in spoken {
        assert!(
            TABLE.iter().any(|known| format!("{} {}", known.method, known.path) == route),
            "{route} is in access_matrix.csv and nowhere else"
        );
    }
}

#[tokio::test]
async fn what_is_everybodys_is_open_and_everything_else_is_shut_to_who_has_no_name() {
    let land = Land::settle().await;
    let (rules, mut tally) = (rules(), Tally::default());
    for route in TABLE {
        let named = format!("{} {}", route.method, route.path);
        let path = route.path.replace("{*file}", "pkg/page.0123abcd.js").replace("{*page}", "khai");
        let path = path.replace("{id}", "1").replace("{number}", "1").replace("{code}", "3394");
        let path = path.replace("{handle}", "000001");
        let path = path.replace("{dossier}", "0000000000000001").replace("{digest}", &"00".repeat(32));
        let path = path.replace("{form}", "ct01.pdf");
        let request = Request::builder().method(route.method).uri(&path);
        let answer = office::ask(&land.test.router, request.body(Body::empty()).expect("a request")).await;
        let found = match answer.status {
            StatusCode::UNAUTHORIZED => "stranger",
            StatusCode::FORBIDDEN => "refused",
            // Whatever a page, a form without fields or an empty door comes to: nobody asked who is there.
            _ => "open",
        };
        let cell = Cell {
            route: &named,
            doing: "-",
            role: "nobody",
            place: "-",
            dossier: "-",
            account: "-",
            device: "-",
        };
        tally.note(&rules, &cell, found);
    }
    tally.settle("without a name");
}

#[tokio::test]
async fn every_cell_of_an_exchange() {
    let mut land = Land::settle().await;
    let (rules, mut tally) = (rules(), Tally::default());
    let people = std::mem::take(&mut land.people);
    for ((role, account, device), hand) in &people {
        let cell = |doing, place, dossier| Cell {
            route: "POST /sync",
            doing,
            role,
            place,
            dossier,
            account,
            device,
        };
        let in_order = (*account, *device) == ("active", "ok");
        for place in PLACES {
            for doing in exchanging::BEGINNING {
                let found = exchanging::begin(&mut land, hand, place, doing == "declare for").await;
                tally.note(&rules, &cell(doing, place, "-"), found);
            }
            for doing in exchanging::ON_A_DOSSIER {
                for state in STATES {
                    let found =
                        exchanging::on_dossier(&mut land, hand, doing, (place, state), in_order).await;
                    tally.note(&rules, &cell(doing, place, state), found);
                }
            }
        }
    }
    tally.settle("exchanges");
}

#[tokio::test]
async fn every_cell_of_what_is_managed() {
    let mut land = Land::settle().await;
    // Statistics count what was filed.
    filings::Filed::settle(&mut land).await.with_slips(&land).await;
    let (rules, mut tally) = (rules(), Tally::default());
    let people = std::mem::take(&mut land.people);
    for ((role, account, device), hand) in &people {
        for (route, doing) in managing::DOINGS {
            for place in PLACES {
                let found = managing::doing(&mut land, hand, route, doing, place).await;
                tally.note(&rules, &Cell { route, doing, role, place, dossier: "-", account, device }, found);
            }
        }
        let (route, doing, place, dossier) = ("GET /api/v1/devices/own", "list", "-", "-");
        let found = managing::own(&land, hand).await;
        tally.note(&rules, &Cell { route, doing, role, place, dossier, account, device }, found);
        for (route, doing) in managing::PUSH {
            let found = managing::push(&land, hand, doing).await;
            tally.note(&rules, &Cell { route, doing, role, place, dossier, account, device }, found);
        }
        let (route, doing) = ("POST /api/v1/drafts/ct01", "print");
        let found = managing::draft(&land, hand).await;
        tally.note(&rules, &Cell { route, doing, role, place, dossier, account, device }, found);
        let (route, doing) = ("POST /api/v1/codes", "hand over");
        let found = managing::codes(&land, hand).await;
        tally.note(&rules, &Cell { route, doing, role, place, dossier, account, device }, found);
    }
    tally.settle("management");
}

#[tokio::test]
async fn every_cell_of_residence_dossiers() {
    let mut land = Land::settle().await;
    let filed = filings::Filed::settle(&mut land).await;
    let (rules, mut tally) = (rules(), Tally::default());
    let people = std::mem::take(&mut land.people);
    for ((role, account, device), hand) in &people {
        let in_order = (*account, *device) == ("active", "ok");
        for doing in filings::DOINGS {
            for place in PLACES {
                let found = filed.doing(&mut land, hand, (doing, place), in_order).await;
                let (route, dossier) = ("POST /sync", "-");
                tally.note(&rules, &Cell { route, doing, role, place, dossier, account, device }, found);
            }
        }
    }
    tally.settle("residence dossiers");
}

#[tokio::test]
async fn every_cell_of_pictures() {
    let land = Land::settle().await;
    let filed = pictures::Filed::settle(&land).await;
    let (rules, mut tally) = (rules(), Tally::default());
    for ((role, account, device), hand) in &land.people {
        for (route, doing) in pictures::DOINGS {
            for place in PLACES {
                let found = filed.doing(&land, hand, doing, place).await;
                tally.note(&rules, &Cell { route, doing, role, place, dossier: "-", account, device }, found);
            }
        }
    }
    tally.settle("pictures");
}

#[tokio::test]
async fn every_cell_of_what_citizens_write() {
    let mut land = Land::settle().await;
    let mut written = complaints::Written::settle(&land).await;
    let (rules, mut tally) = (rules(), Tally::default());
    let people = std::mem::take(&mut land.people);
    for ((role, account, device), hand) in &people {
        for (route, doing) in complaints::DOINGS {
            for place in PLACES {
                let found = written.doing(&land, hand, doing, place).await;
                tally.note(&rules, &Cell { route, doing, role, place, dossier: "-", account, device }, found);
            }
        }
    }
    tally.settle("what citizens write");
}

#[tokio::test]
async fn every_cell_of_verification_slips() {
    let mut land = Land::settle().await;
    let mut slips = slips::Asked::settle(&mut land).await;
    let (rules, mut tally) = (rules(), Tally::default());
    let people = std::mem::take(&mut land.people);
    for ((role, account, device), hand) in &people {
        for (route, doing) in slips::DOINGS {
            for place in PLACES {
                let found = slips.doing(&mut land, hand, doing, place).await;
                tally.note(&rules, &Cell { route, doing, role, place, dossier: "-", account, device }, found);
            }
        }
    }
    tally.settle("verification slips");
}

#[tokio::test]
async fn every_cell_of_listening() {
    let land = Land::settle().await;
    let (rules, mut tally) = (rules(), Tally::default());
    for ((role, account, device), hand) in &land.people {
        let request = Request::post("/events").body(Body::from(hand.hello().encode(&hand.key)));
        // The stream itself never ends: its head is all that is looked at.
        let found = match office::head(&land.test.router, request.expect("a request")).await {
            StatusCode::OK => "ok",
            StatusCode::UNAUTHORIZED => "stranger",
            StatusCode::FORBIDDEN => "refused",
            StatusCode::GONE => "gone",
            StatusCode::CONFLICT => "copied",
            other => panic!("{other}"),
        };
        let (route, doing, place, dossier) = ("POST /events", "listen", "-", "-");
        tally.note(&rules, &Cell { route, doing, role, place, dossier, account, device }, found);
    }
    tally.settle("listening");
}

#[test]
fn every_role_account_and_device_of_the_matrix_is_one_the_file_may_name() {
    let known: BTreeSet<&str> = Role::ALL.into_iter().map(role_text).collect();
    assert_eq!(known.len() * ACCOUNTS.len() * DEVICES.len(), 224);
}
