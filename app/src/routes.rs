//! The two sets of pages: a device's, mounted into the static shell, and the public ones, rendered by the server.

use dossier::view::Stage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::announce::Announcements;
use crate::desk;
use crate::device::Device;
use crate::pages::agree::AgreePage;
use crate::pages::asking::AskingPage;
use crate::pages::behalf::BehalfPage;
use crate::pages::book::BookPage;
use crate::pages::call::CallPage;
use crate::pages::check_receipt::CheckReceiptPage;
use crate::pages::conflict::ConflictPage;
use crate::pages::detail::DetailPage;
use crate::pages::filing::FilingPage;
use crate::pages::filing::detail::FilingDetailPage;
use crate::pages::filing::procedures::{ProcedurePage, ProceduresPage};
use crate::pages::form::opening::FormPage;
use crate::pages::fresh::FreshPage;
use crate::pages::home::HomePage;
use crate::pages::lock::LockPage;
use crate::pages::machine::MachinePage;
use crate::pages::outbox::OutboxPage;
use crate::pages::pair::PairPage;
use crate::pages::public::Landing;
use crate::pages::receipt::ReceiptPage;
use crate::pages::slip::SlipPage;
use crate::pages::still::{BrokenPage, ElsewherePage, StartingPage};
use crate::pages::team::TeamPage;
use crate::parts::icon::Sprite;
use crate::parts::shell::Arrival;

/// A device's pages. Needs [`Device`], [`crate::clock::Clock`] and [`crate::browser::Browser`] in context.
#[component]
pub fn DeviceApp() -> impl IntoView {
    provide_context(Arrival::nowhere());
    view! {
        <Sprite/>
        <Announcements/>
        <Router>
            <Staged/>
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
pub fn Staged() -> impl IntoView {
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
        Shown::Pages => view! { <Pages/> }.into_any(),
        Shown::Elsewhere => view! { <ElsewherePage/> }.into_any(),
        Shown::Broken(why) => view! { <BrokenPage why/> }.into_any(),
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <Redirect path="/may"/> }>
            <Route path=path!("/may") view=HomePage/>
            <Route path=path!("/may/khai") view=FormPage/>
            <Route path=path!("/may/khai-thay") view=BehalfPage/>
            <Route path=path!("/may/ma-dong-y") view=AgreePage/>
            <Route path=path!("/may/phieu/:id") view=SlipPage/>
            <Route path=path!("/may/ho-so/:id") view=DetailPage/>
            <Route path=path!("/may/bien-nhan/:id") view=ReceiptPage/>
            <Route path=path!("/may/hop-gui") view=OutboxPage/>
            <Route path=path!("/may/so-khach") view=BookPage/>
            <Route path=path!("/may/chon/:id") view=ConflictPage/>
            <Route path=path!("/may/cap/:id") view=PairPage/>
            <Route path=path!("/may/kiem-tra") view=CheckReceiptPage/>
            <Route path=path!("/may/may-nay") view=MachinePage/>
            <Route path=path!("/may/thu-tuc") view=ProceduresPage/>
            <Route path=path!("/may/thu-tuc/:id") view=ProcedurePage/>
            <Route path=path!("/may/to-khai/:of") view=FilingPage/>
            <Route path=path!("/may/ho-so-cu-tru/:id") view=FilingDetailPage/>
            <Route path=path!("/may/thanh-vien") view=TeamPage/>
            <Route path=path!("/may/goi") view=CallPage/>
            <Route path=path!("/may/ban-lam-viec") view=desk::Desk/>
            <Route path=path!("/may/ban-ho-so") view=desk::dossiers::DossiersPage/>
            <Route path=path!("/may/quan-ly/:part") view=desk::manage::ManagePage/>
        </Routes>
    }
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
