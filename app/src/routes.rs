//! The two sets of pages: a device's, mounted into the static shell, and the public ones, rendered by the server.

use dossier::view::Stage;
use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_meta::provide_meta_context;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::{Redirect, Route, RouteChildren, Router, Routes, RoutesProps};
use leptos_router::{NestedRoute, PossibleRouteMatch, path};

use crate::announce::Announcements;
use crate::device::Device;
use crate::pages::agree::AgreePage;
use crate::pages::asking::AskingPage;
use crate::pages::behalf::BehalfPage;
use crate::pages::book::BookPage;
use crate::pages::call::CallPage;
use crate::pages::check_receipt::CheckReceiptPage;
use crate::pages::conflict::{ConflictPage, FilingConflictPage};
use crate::pages::detail::DetailPage;
use crate::pages::filing::FilingPage;
use crate::pages::filing::detail::FilingDetailPage;
use crate::pages::filing::fee::FeePage;
use crate::pages::filing::follow::FollowPage;
use crate::pages::filing::procedures::{ProcedurePage, ProceduresPage};
use crate::pages::form::opening::FormPage;
use crate::pages::fresh::FreshPage;
use crate::pages::hand::give::GivePage;
use crate::pages::hand::handed::HandedPage;
use crate::pages::hand::take::TakePage;
use crate::pages::home::HomePage;
use crate::pages::lock::LockPage;
use crate::pages::machine::MachinePage;
use crate::pages::outbox::OutboxPage;
use crate::pages::pair::PairPage;
use crate::pages::public::Landing;
use crate::pages::receipt::ReceiptPage;
use crate::pages::slip::{FilingSlipPage, SlipPage};
use crate::pages::still::{BrokenPage, ElsewherePage, StartingPage};
use crate::pages::summon::Summon;
use crate::pages::team::TeamPage;
use crate::parts::icon::Sprite;
use crate::parts::shell::Arrival;

/// A device's pages. Needs [`Device`], [`crate::clock::Clock`] and [`crate::browser::Browser`] in context.
#[component]
pub fn DeviceApp(
    /// What is shown once the device is open: [`phone_pages`], or the desk's.
    pages: fn() -> AnyView,
) -> impl IntoView {
    provide_context(Arrival::nowhere());
    view! {
        <Sprite/>
        <Announcements/>
        <Router>
            <Staged pages/>
        </Router>
    }
}

/// What is shown, by who is at the device.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Starting,
    Fresh,
    Asking,
    Locked,
    Pages,
    Elsewhere,
    Broken(String),
}

/// The page of the stage the device is in.
#[component]
fn Staged(pages: fn() -> AnyView) -> impl IntoView {
    let device = Device::here();
    let arrival = use_context::<Arrival>();
    let shown = device.slice(|view| match &view.stage {
        Stage::Starting => Shown::Starting,
        Stage::Fresh | Stage::Adding => Shown::Fresh,
        Stage::Asking(_) => Shown::Asking,
        Stage::Locked { .. } => Shown::Locked,
        Stage::Open(_) => Shown::Pages,
        Stage::Elsewhere => Shown::Elsewhere,
        Stage::Broken(why) => Shown::Broken(why.clone()),
    });
    move || match shown.get() {
        Shown::Starting => view! { <StartingPage/> }.into_any(),
        Shown::Fresh => view! { <FreshPage/> }.into_any(),
        Shown::Asking => view! { <AskingPage/> }.into_any(),
        Shown::Locked => {
            if let Some(arrival) = arrival {
                arrival.forget();
            }
            view! { <LockPage/> }.into_any()
        }
        Shown::Pages => pages(),
        Shown::Elsewhere => view! { <ElsewherePage/> }.into_any(),
        Shown::Broken(why) => view! { <BrokenPage why/> }.into_any(),
    }
}

/// A page at its address.
pub fn at<V: IntoView + 'static>(
    path: impl PossibleRouteMatch + Clone + Send + 'static,
    page: impl Fn() -> V + Clone + Send + 'static,
) -> AnyNestedRoute {
    NestedRoute::new(path, move || page().into_any()).into_any_nested_route()
}

/// The pages of a phone. In the desk's place is the one that fetches it.
pub fn phone_pages() -> AnyView {
    pages_with(vec![
        at(path!("/may/ban-lam-viec"), Summon),
        at(path!("/may/ban-ho-so"), Summon),
        at(path!("/may/quan-ly"), Summon),
        at(path!("/may/quan-ly/:part"), Summon),
    ])
}

/// The pages of an open device: a phone's, and these at the desk's addresses.
pub fn pages_with(desk: Vec<AnyNestedRoute>) -> AnyView {
    let mut all = vec![
        at(path!("/may"), HomePage),
        at(path!("/may/khai"), FormPage),
        at(path!("/may/khai-thay"), BehalfPage),
        at(path!("/may/ma-dong-y"), AgreePage),
        at(path!("/may/phieu/:id"), SlipPage),
        at(path!("/may/phieu-ho-so/:id"), FilingSlipPage),
        at(path!("/may/ho-so/:id"), DetailPage),
        at(path!("/may/bien-nhan/:id"), ReceiptPage),
        at(path!("/may/hop-gui"), OutboxPage),
        at(path!("/may/so-khach"), BookPage),
        at(path!("/may/chon/:id"), ConflictPage),
        at(path!("/may/chon-ho-so/:id"), FilingConflictPage),
        at(path!("/may/cap/:id"), PairPage),
        at(path!("/may/kiem-tra"), CheckReceiptPage),
        at(path!("/may/may-nay"), MachinePage),
        at(path!("/may/thu-tuc"), ProceduresPage),
        at(path!("/may/thu-tuc/:id"), ProcedurePage),
        at(path!("/may/to-khai/:of"), FilingPage),
        at(path!("/may/ho-so-cu-tru/:id"), FilingDetailPage),
        at(path!("/may/le-phi"), FeePage),
        at(path!("/may/lam-tiep"), FollowPage),
        at(path!("/may/nhan-to-khai"), TakePage),
        at(path!("/may/chuyen/:of"), GivePage),
        at(path!("/may/da-chuyen"), HandedPage),
        at(path!("/may/thanh-vien"), TeamPage),
        at(path!("/may/goi"), CallPage),
    ];
    all.extend(desk);
    let all = StaticVec::from(all);
    let fallback = || view! { <Redirect path="/may"/> };
    let children = RouteChildren::to_children(move || all);
    Routes(RoutesProps::builder().fallback(fallback).children(children).build()).into_any()
}

/// The public pages that are leptos: the server renders them whole.
#[component]
pub fn PublicApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Sprite/>
        <Router>
            <Routes fallback=|| view! { <Landing/> }>
                <Route path=path!("/") view=Landing/>
            </Routes>
        </Router>
    }
}
