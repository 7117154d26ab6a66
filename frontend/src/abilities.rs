//! What the browser does for a page: focus, print, share, hand over a file, small settings.

use std::rc::Rc;

use app::browser::{Abilities, Pushing, Setting, Theme};
use dossier::manage::Subscription;
use dossier::talk::ToDevice;
use gloo_storage::{LocalStorage, Storage};
use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, ServiceWorkerContainer, ServiceWorkerRegistration,
    ShareData, Url,
};

use crate::handover::{self, Left};
use crate::worker::Office;
use crate::{photo, push, scan};

/// How this page goes, when another takes its place.
pub type Leave = Rc<dyn Fn() -> Option<Left>>;

/// This browser.
pub struct Here {
    worker: Office,
    leave: Leave,
    invitation: String,
}

impl Here {
    /// Takes the invitation out of the address, before anything else sees it.
    pub fn new(worker: Office, leave: Leave) -> Here {
        Here { worker, leave, invitation: take_invitation() }
    }
}

fn take_invitation() -> String {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let Some(code) = hash.strip_prefix("#ma=") else { return String::new() };
    let path = location.pathname().unwrap_or_else(|_| "/may".to_owned());
    if let Ok(history) = window().history() {
        // The code must not stay in the address, nor in the history of the browser.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    js_sys::decode_uri_component(code).map(String::from).unwrap_or_default()
}

/// Where a setting is kept. The boot script reads one of them as well.
fn key(setting: Setting) -> &'static str {
    match setting {
        Setting::Theme => "bk.giao-dien",
        Setting::Room => "bk.phong",
        Setting::Joined => "bk.da-vao",
        Setting::Desk => "bk.ban",
    }
}

impl Abilities for Here {
    fn focus_on(&self, id: Box<dyn FnOnce() -> Option<String>>) {
        // The element may only come with the drawing that is under way.
        request_animation_frame(move || {
            let element = id().and_then(|id| document().get_element_by_id(&id));
            if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                let _ = element.focus();
            }
        });
    }

    fn name_window(&self, name: &str) {
        document().set_title(name);
    }

    fn to_top(&self) {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    fn print(&self) {
        let _ = window().print();
    }

    fn tracking_address(&self) -> String {
        format!("{}/theo-doi", window().location().origin().unwrap_or_default())
    }

    fn leave_for(&self, address: &str) {
        // An address that cannot be opened leaves the page as it is.
        let _ = window().location().set_href(address);
    }

    fn share(&self, text: &str) {
        let navigator = window().navigator();
        if Reflect::has(&navigator, &JsValue::from_str("share")).unwrap_or(false) {
            let data = ShareData::new();
            data.set_text(text);
            let sharing = navigator.share_with_data(&data);
            spawn_local(async move {
                // A person may close the sheet: that is no fault.
                let _ = JsFuture::from(sharing).await;
            });
        } else if Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|it| it.is_object()) {
            let copying = navigator.clipboard().write_text(text);
            spawn_local(async move {
                let _ = JsFuture::from(copying).await;
            });
        }
    }

    fn hand_over(&self, name: &str, bytes: &[u8]) {
        // Nothing to report to: a browser that refuses a download says so itself.
        let _ = download(name, bytes);
    }

    fn picture(&self, field: &str, then: Box<dyn FnOnce(Option<Vec<u8>>)>) {
        let field = field.to_owned();
        spawn_local(async move { then(photo::chosen(&field).await.ok()) });
    }

    fn show_picture(&self, jpeg: &[u8]) -> String {
        photo::address(jpeg)
    }

    fn hide_picture(&self, address: &str) {
        // An address that is none shows nothing.
        let _ = Url::revoke_object_url(address);
    }

    fn can_scan(&self) -> bool {
        scan::is_there()
    }

    fn scan(&self, video: &str, then: Box<dyn Fn(Option<String>) -> bool>) -> Box<dyn FnOnce()> {
        scan::begin(video.to_owned(), then)
    }

    fn keep(&self, setting: Setting, value: &str) {
        keep(setting, value);
    }

    fn kept(&self, setting: Setting) -> String {
        LocalStorage::get(key(setting)).unwrap_or_default()
    }

    fn wear(&self, theme: Theme) {
        let Some(html) = document().document_element() else { return };
        let _ = match theme {
            Theme::System => html.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark | Theme::Sun => html.set_attribute("data-theme", theme.code()),
        };
    }

    fn invitation(&self) -> String {
        self.invitation.clone()
    }

    fn persist(&self) {
        let Ok(asking) = window().navigator().storage().persist() else { return };
        let worker = self.worker.clone();
        spawn_local(async move {
            let granted = JsFuture::from(asking).await.ok().and_then(|granted| granted.as_bool());
            worker.tell(&ToDevice::Persisted(granted.unwrap_or(false)));
        });
    }

    fn pushing(&self, then: Box<dyn FnOnce(Pushing)>) {
        spawn_local(async move { then(push::state().await) });
    }

    fn begin_pushing(&self, key: &str, then: Box<dyn FnOnce(Option<Subscription>)>) {
        let key = key.to_owned();
        spawn_local(async move { then(push::begin(&key).await) });
    }

    fn end_pushing(&self) {
        spawn_local(push::end());
    }

    fn open_desk(&self, missing: Box<dyn FnOnce()>) {
        let leave = self.leave.clone();
        spawn_local(async move {
            if handover::open_desk(move || leave()).await.is_err() {
                missing();
            }
        });
    }
}

/// Keeps a small setting.
pub fn keep(setting: Setting, value: &str) {
    // One that is not kept costs a tap, no more.
    let _ = LocalStorage::set(key(setting), value);
}

fn download(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// The browser's service workers; nothing where there are none.
pub(crate) fn service_workers() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let some = Reflect::has(&navigator, &JsValue::from_str("serviceWorker")).unwrap_or(false);
    some.then(|| navigator.service_worker())
}

/// Registers the service worker, after the page stands: it must not compete with it on a slow line.
pub fn register_service_worker() {
    let Some(workers) = service_workers() else { return };
    let registering = workers.register("/sw.js");
    spawn_local(async move {
        // Without it the page works while there is a network; the device page says when storage is not safe.
        let _ = JsFuture::from(registering).await;
    });
}

/// Tells the service worker that this device keeps the desk's files too.
pub fn keep_desk_files() {
    let Some(ready) = service_workers().and_then(|workers| workers.ready().ok()) else { return };
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(ready).await else { return };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        let wish = Object::new();
        let _ = Reflect::set(&wish, &"kind".into(), &"desk".into());
        if let Some(worker) = registration.active() {
            // What is not kept now is kept the next time the desk opens with a network.
            let _ = worker.post_message(&wish);
        }
    });
}
