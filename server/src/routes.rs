//! Every route of the office on one page. The router is built from this table and from nothing else.

mod agency_choice;
pub mod blanks;
pub mod catalogue;
pub mod check_receipt;
pub mod complain;
pub mod door;
pub mod events;
pub mod forms;
pub mod guide;
pub mod health;
pub mod house;
pub mod manage;
pub mod openapi;
pub mod own_data;
pub mod page;
pub mod papers;
pub mod payment;
pub mod plain;
pub mod prefilled;
pub mod sealed;
pub mod site;
pub mod sms;
pub mod sync;
pub mod track;

use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{MethodRouter, get, post};
use dossier::access::Action;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use self::manage::{
    agency, aside, ask_account, codes, complaint, consent, counts, device, fee, figures, follow, merger,
    person, place, procedure, push, request, role, statistics, verification,
};
use crate::access::{self, Post};
use crate::error::after_panic;
use crate::lane::Rate;
use crate::office::Office;
use crate::{headers, logs};

/// No request is larger: one exchange goes up in slices of at most this many bytes.
pub const LARGEST_BODY: usize = 256 * 1024;

/// 256 KiB over a line of 2G take about three minutes.
pub const LONGEST_REQUEST: Duration = Duration::from_secs(240);

/// One route.
pub struct Route {
    /// The method; `GET` answers `HEAD` too.
    pub method: &'static str,
    /// The path, as axum writes it.
    pub path: &'static str,
    /// What it is for: judged by [`dossier::access::can`].
    pub action: Action,
    /// The lane it takes.
    pub rate: Rate,
    handler: fn() -> MethodRouter<Office>,
}

impl Route {
    /// A route that reads.
    pub const fn get(
        path: &'static str,
        action: Action,
        rate: Rate,
        handler: fn() -> MethodRouter<Office>,
    ) -> Route {
        Route { method: "GET", path, action, rate, handler }
    }

    /// A route that writes.
    pub const fn post(
        path: &'static str,
        action: Action,
        rate: Rate,
        handler: fn() -> MethodRouter<Office>,
    ) -> Route {
        Route { method: "POST", path, action, rate, handler }
    }
}

/// All routes.
pub const TABLE: &[Route] = &[
    Route::get("/", Action::ReadPublic, Rate::Page, || get(page::public).layer(compression())),
    Route::get("/may", Action::ReadPublic, Rate::Page, || get(page::shell)),
    Route::get("/may/{*page}", Action::ReadPublic, Rate::Page, || get(page::shell)),
    Route::get("/kiem-tra", Action::ReadPublic, Rate::Page, || get(check_receipt::ask)),
    Route::post("/kiem-tra", Action::ReadPublic, Rate::Page, || post(check_receipt::answer)),
    Route::get("/theo-doi", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::post("/theo-doi", Action::ReadPublic, Rate::Door, || post(track::answer)),
    // Who comes to a page of a matter by its address alone begins with the code.
    Route::get("/theo-doi/ho-so", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::get("/theo-doi/bo-sung", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::get("/theo-doi/cach-nhan", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::get("/theo-doi/rut", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::get("/theo-doi/ket-qua", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::get("/theo-doi/tin-nhan", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::get("/theo-doi/le-phi", Action::ReadPublic, Rate::Page, || get(track::ask)),
    Route::post("/theo-doi/ho-so", Action::ReadPublic, Rate::Door, || post(track::matter::open)),
    Route::post("/theo-doi/bo-sung", Action::ReadPublic, Rate::Door, || post(track::supplement::answer)),
    Route::get("/theo-doi/anh.js", Action::ReadPublic, Rate::Page, || {
        get(track::picture::script).layer(compression())
    }),
    // As long under way as an exchange: those at the door do not wait for it.
    Route::post(track::picture::PATH, Action::ReadPublic, Rate::Exchange, || post(track::picture::bring)),
    Route::post("/theo-doi/cach-nhan", Action::ReadPublic, Rate::Door, || post(track::way::choose)),
    Route::post("/theo-doi/rut", Action::ReadPublic, Rate::Door, || post(track::withdraw::withdraw)),
    Route::post("/theo-doi/ket-qua", Action::ReadPublic, Rate::Door, || post(track::result::show)),
    Route::post("/theo-doi/ket-qua.pdf", Action::ReadPublic, Rate::Door, || post(track::result::paper)),
    Route::post("/theo-doi/tin-nhan", Action::ReadPublic, Rate::Door, || post(track::message::turn)),
    Route::post("/theo-doi/le-phi", Action::ReadPublic, Rate::Door, || post(track::fee::pay)),
    Route::get("/phan-anh", Action::ReadPublic, Rate::Page, || get(complain::ask)),
    Route::post("/phan-anh", Action::ReadPublic, Rate::Door, || post(complain::send)),
    Route::get("/phan-anh/tra-loi", Action::ReadPublic, Rate::Page, || get(complain::follow)),
    Route::post("/phan-anh/tra-loi", Action::ReadPublic, Rate::Door, || post(complain::answer)),
    Route::get("/api/v1/complaints", Action::HearComplaints, Rate::Desk, || get(complaint::list)),
    Route::post("/api/v1/complaints/{number}", Action::HearComplaints, Rate::Desk, || {
        post(complaint::answer)
    }),
    Route::post("/api/v1/complaints/{number}/identified", Action::Decide, Rate::Desk, || {
        post(complaint::identify)
    }),
    Route::get("/du-lieu", Action::ReadPublic, Rate::Page, || get(own_data::ask)),
    Route::post("/du-lieu", Action::ReadPublic, Rate::Door, || post(own_data::send)),
    Route::get("/du-lieu/xem", Action::ReadPublic, Rate::Page, || get(own_data::key)),
    Route::post("/du-lieu/xem", Action::ReadPublic, Rate::Door, || post(own_data::show)),
    Route::get("/du-lieu/sua", Action::ReadPublic, Rate::Page, || get(own_data::key)),
    Route::post("/du-lieu/sua", Action::ReadPublic, Rate::Door, || post(own_data::correct)),
    Route::post("/api/sms", Action::Enrol, Rate::Door, || post(sms::take)),
    Route::post("/api/v1/payments/notice", Action::Enrol, Rate::Door, || post(payment::notice)),
    Route::get("/khai", Action::ReadPublic, Rate::Page, || get(plain::ask)),
    Route::post("/khai", Action::Enrol, Rate::Door, || post(plain::file)),
    Route::get("/co-so/{word}", Action::ReadPublic, Rate::Page, || get(house::page)),
    Route::get("/co-so/{word}/ap-phich.pdf", Action::ReadPublic, Rate::Page, || get(house::paper)),
    Route::get("/thu-tuc", Action::ReadPublic, Rate::Page, || get(catalogue::list)),
    Route::get("/thu-tuc/{procedure}", Action::ReadPublic, Rate::Page, || get(catalogue::one)),
    Route::get("/thu-tuc/{procedure}/cach-khai", Action::ReadPublic, Rate::Page, || get(guide::first)),
    Route::get("/thu-tuc/{procedure}/cach-khai/{step}", Action::ReadPublic, Rate::Page, || get(guide::step)),
    Route::get("/to-khai", Action::ReadPublic, Rate::Page, || get(prefilled::ask)),
    Route::post("/to-khai/ct01.pdf", Action::ReadPublic, Rate::Door, || post(prefilled::draw)),
    Route::get("/mau", Action::ReadPublic, Rate::Page, || get(blanks::list)),
    Route::get("/mau/{form}", Action::ReadPublic, Rate::Page, || get(blanks::form)),
    Route::get("/{*file}", Action::ReadPublic, Rate::Page, || get(site::file)),
    Route::post("/api/enrol", Action::Enrol, Rate::Door, || post(door::enrol)),
    Route::post("/api/sign-in", Action::Enrol, Rate::Door, || post(door::sign_in)),
    Route::post("/api/recover", Action::Enrol, Rate::Door, || post(door::recover)),
    Route::get("/api/communes", Action::ReadPublic, Rate::Page, || get(agency::communes)),
    Route::post("/api/ask-account", Action::Enrol, Rate::Door, || post(ask_account::ask)),
    Route::post("/api/ask-account/answer", Action::Enrol, Rate::Door, || post(ask_account::answer)),
    Route::get("/api/v1/people", Action::ReadPeople, Rate::Desk, || get(person::list)),
    Route::post("/api/v1/people", Action::ManagePeople, Rate::Desk, || post(person::invite)),
    Route::post("/api/v1/people/{id}", Action::ManagePeople, Rate::Desk, || post(person::change)),
    Route::post("/api/v1/people/{id}/roles", Action::ManagePeople, Rate::Desk, || post(role::give)),
    Route::post("/api/v1/roles/{number}", Action::ManagePeople, Rate::Desk, || post(role::end)),
    Route::get("/api/v1/villages", Action::ReadPeople, Rate::Desk, || get(place::villages)),
    Route::post("/api/v1/villages", Action::ManagePlaces, Rate::Desk, || post(place::add_village)),
    Route::post("/api/v1/villages/{id}", Action::ManagePlaces, Rate::Desk, || post(place::change_village)),
    Route::get("/api/v1/establishments", Action::ReadPeople, Rate::Desk, || get(place::houses)),
    Route::post("/api/v1/establishments", Action::ManagePlaces, Rate::Desk, || post(place::add_house)),
    Route::post("/api/v1/establishments/{id}", Action::ManagePlaces, Rate::Desk, || post(place::move_house)),
    Route::get("/api/v1/devices", Action::ManageDevices, Rate::Desk, || get(device::list)),
    Route::get("/api/v1/devices/own", Action::Exchange, Rate::Desk, || get(device::own)),
    Route::post("/api/v1/devices/{handle}/revoke", Action::Exchange, Rate::Desk, || post(device::revoke)),
    Route::post("/api/v1/devices/{handle}/reinstate", Action::ManageDevices, Rate::Desk, || {
        post(device::reinstate)
    }),
    Route::get("/api/v1/aside", Action::ReviewAside, Rate::Desk, || get(aside::list)),
    Route::get("/api/v1/aside/{number}", Action::ReviewAside, Rate::Desk, || get(aside::look)),
    Route::post("/api/v1/aside/{number}/accept", Action::ReviewAside, Rate::Desk, || post(aside::accept)),
    Route::post("/api/v1/aside/{number}/drop", Action::ReviewAside, Rate::Desk, || post(aside::drop)),
    Route::post("/api/v1/codes", Action::Exchange, Rate::Desk, || post(codes::exchange)),
    Route::get("/api/v1/push", Action::Exchange, Rate::Desk, || get(push::state)),
    Route::post("/api/v1/push", Action::Exchange, Rate::Desk, || post(push::begin)),
    Route::post("/api/v1/push/end", Action::Exchange, Rate::Desk, || post(push::end)),
    Route::get("/api/v1/fees/{dossier}", Action::Exchange, Rate::Desk, || get(fee::look)),
    // It may wait for the gateway: not in a place the desks' lists need.
    Route::post("/api/v1/fees/{dossier}", Action::Exchange, Rate::Door, || post(fee::begin)),
    Route::get("/api/v1/agencies", Action::ReadAgency, Rate::Desk, || get(agency::list)),
    Route::post("/api/v1/agencies/{code}", Action::ManageAgency, Rate::Desk, || post(agency::change)),
    Route::get("/api/v1/figures", Action::ReadFigures, Rate::Desk, || get(figures::list)),
    Route::post("/api/v1/followed", Action::DeclareOnBehalf, Rate::Desk, || post(follow::begin)),
    Route::get("/api/v1/statistics", Action::ReadDossierFigures, Rate::Desk, || get(statistics::list)),
    Route::get("/api/v1/requests", Action::ManagePeople, Rate::Desk, || get(request::list)),
    Route::post("/api/v1/requests/{number}/approve", Action::ManagePeople, Rate::Desk, || {
        post(request::approve)
    }),
    Route::post("/api/v1/requests/{number}/refuse", Action::ManagePeople, Rate::Desk, || {
        post(request::refuse)
    }),
    Route::get("/api/v1/procedures", Action::ManageCatalogue, Rate::Desk, || get(procedure::list)),
    Route::get("/api/v1/procedures/{file}", Action::ManageCatalogue, Rate::Desk, || get(procedure::text)),
    Route::post("/api/v1/procedures", Action::ManageCatalogue, Rate::Desk, || post(procedure::put)),
    Route::get("/api/v1/mergers", Action::ManageUnits, Rate::Desk, || get(merger::list)),
    Route::post("/api/v1/mergers", Action::ManageUnits, Rate::Desk, || post(merger::enter)),
    Route::get("/api/v1/counts", Action::Exchange, Rate::Desk, || get(counts::list)),
    Route::get("/api/v1/verifications", Action::Verify, Rate::Desk, || get(verification::list)),
    Route::post("/api/v1/verifications/{dossier}", Action::Verify, Rate::Desk, || post(verification::reply)),
    Route::post("/api/v1/communes", Action::Verify, Rate::Desk, || post(verification::find)),
    Route::post("/api/v1/consents", Action::GiveConsent, Rate::Desk, || post(consent::make)),
    Route::post("/api/v1/papers", Action::Exchange, Rate::Exchange, || post(papers::bring)),
    Route::post("/api/v1/papers/there", Action::Exchange, Rate::Desk, || post(papers::there)),
    Route::get("/api/v1/papers/{dossier}/{digest}", Action::Exchange, Rate::Desk, || get(papers::show)),
    Route::get("/api/v1/forms/{dossier}/{form}", Action::Exchange, Rate::Desk, || get(forms::show)),
    Route::post("/api/v1/drafts/ct01", Action::Exchange, Rate::Desk, || post(forms::draft)),
    Route::post("/sync", Action::Exchange, Rate::Exchange, || post(sync::exchange)),
    Route::post("/sealed", Action::HandIn, Rate::Exchange, || post(sealed::take)),
    Route::post("/events", Action::Listen, Rate::Stream, || post(events::listen)),
    Route::get("/openapi.json", Action::ReadPublic, Rate::Page, || get(openapi::document)),
    Route::get("/healthz", Action::ReadPublic, Rate::Free, || get(health::alive)),
    Route::get("/readyz", Action::ReadPublic, Rate::Free, || get(health::ready)),
    Route::get("/metrics", Action::ReadMetrics, Rate::Free, || get(health::metrics)),
];

/// The router of the office.
pub fn router(office: Office) -> Router {
    build(office, TABLE, LONGEST_REQUEST)
}

/// A router of these routes, each behind its guard; a request that takes longer than `longest` is given up.
pub fn build(office: Office, table: &[Route], longest: Duration) -> Router {
    let mut router = Router::new();
    for route in table {
        let post = Post { office: office.clone(), action: route.action, rate: route.rate };
        let handler = (route.handler)().route_layer(middleware::from_fn_with_state(post, access::guard));
        router = router.route(route.path, handler);
    }
    router
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, longest))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn_with_state(office.clone(), logs::request))
        .layer(middleware::from_fn_with_state(office.clone(), headers::secure))
        .with_state(office)
}

/// For what the program itself holds or makes anew each time: files lie compressed on disk, and frames know better.
fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(5))
}
