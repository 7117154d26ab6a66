//! Renders a page over an invented view, as the server would.

use app::browser::{Browser, NoBrowser};
use app::clock::Clock;
use app::device::Device;
use app::live::Signal;
use app::parts::icon::Sprite;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::view::View;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::location::RequestUrl;

/// The HTML of a page over this view at this moment, at this address.
pub fn render<V: IntoView + 'static>(
    view: View,
    now: Moment,
    address: &str,
    page: impl Fn() -> V + Send + Sync + Clone + 'static,
) -> String {
    let owner = Owner::new();
    let address = address.to_owned();
    let html = owner.with(move || {
        provide_context(RequestUrl::new(&address));
        let (view, _) = signal(view);
        let answer = || Box::pin(async { Answer::Refused(Refusal::Unknown) }) as app::device::Pending;
        let device = Device::new(view, Box::new(move |_| answer()));
        provide_context(device);
        provide_context(Browser::new(NoBrowser));
        provide_context(Clock::new(Signal::derive(move || now.0), device));
        view! { <Sprite/><Router>{page()}</Router> }.to_html()
    });
    owner.cleanup();
    html.replace("<!>", "")
}

/// Its words only, as a reader would hear them in order.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    let body =
        html.split("</svg>").map(|part| part.split("<svg").next().unwrap_or_default()).collect::<String>();
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
