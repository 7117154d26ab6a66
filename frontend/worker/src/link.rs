//! `POST /sync`. By XMLHttpRequest: it alone says how many bytes have truly gone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use sync::device::{Input, Reply};
use sync::frame::CONTENT_TYPE;
use sync::{copied, wipe};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType};

use crate::clock::sleep;
use crate::global;
use crate::promise::settled;
use crate::shell::Shell;

const PATH: &str = "/sync";
/// So long nothing may move, either way, before the line counts as dead.
const STILL: i32 = 60_000;

/// The exchange under way. A new one ends the old: the device has given that up.
#[derive(Default)]
pub struct Link {
    serial: Cell<u64>,
    request: RefCell<Option<XmlHttpRequest>>,
}

impl Link {
    /// Sends a frame, and tells the device what came back.
    pub fn post(&self, shell: &Rc<Shell>, id: u64, body: Vec<u8>) {
        self.mute();
        if let Some(before) = self.request.take() {
            // It fails only when it has ended already.
            let _ = before.abort();
        }
        let serial = self.serial.get();
        let shell = shell.clone();
        spawn_local(async move {
            let reply = exchange(&shell, serial, &body).await.unwrap_or(Reply::Unreachable);
            if shell.link().serial.get() == serial {
                shell.link().request.take();
                shell.tell(Input::Reply { id, reply });
            }
        });
    }

    /// The device does not want to hear of the exchange under way; the office may still get it.
    pub fn mute(&self) {
        self.serial.set(self.serial.get() + 1);
    }
}

async fn exchange(shell: &Rc<Shell>, serial: u64, body: &[u8]) -> Result<Reply, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", PATH)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.set_request_header("content-type", CONTENT_TYPE)?;
    shell.link().request.replace(Some(request.clone()));

    // Counts whatever moves; the watch below sees when it stands still.
    let moved = Rc::new(Cell::new(0u64));
    let (teller, counted) = (shell.clone(), moved.clone());
    let on_upload = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        counted.set(counted.get() + 1);
        if teller.link().serial.get() == serial {
            let (sent, total) = (event.loaded() as u32, event.total() as u32);
            teller.tell(Input::Progress { sent, total });
        }
    });
    let counted = moved.clone();
    let on_download = Closure::<dyn FnMut(ProgressEvent)>::new(move |_| counted.set(counted.get() + 1));
    let upload = request.upload()?;
    upload.set_onprogress(Some(on_upload.as_ref().unchecked_ref()));
    request.set_onprogress(Some(on_download.as_ref().unchecked_ref()));

    let ended = settled(|resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_u8_array(Some(body))?;
    let over = Rc::new(Cell::new(false));
    spawn_local(watch(request.clone(), moved, over.clone()));
    let outcome = ended.await;
    over.set(true);
    upload.set_onprogress(None);
    request.set_onprogress(None);
    outcome?;
    answer(&request)
}

/// Ends a request on which nothing moves.
async fn watch(request: XmlHttpRequest, moved: Rc<Cell<u64>>, over: Rc<Cell<bool>>) {
    let mut before = u64::MAX;
    while moved.get() != before {
        before = moved.get();
        sleep(STILL).await;
        if over.get() {
            return;
        }
    }
    let _ = request.abort();
}

fn answer(request: &XmlHttpRequest) -> Result<Reply, JsValue> {
    let header = |name: &str| request.get_response_header(name).ok().flatten();
    let asked = global().location().origin() + PATH;
    let head = Head::read(request.status()?, request.response_url() != asked, CONTENT_TYPE, header);
    let body = || request.response().map(|body| Uint8Array::new(&body).to_vec());
    if head.is_order() {
        return Ok(Reply::Revoked(body()?));
    }
    head.reply().map_or_else(|| body().map(Reply::Frame), Ok)
}

/// What the head of a response says.
pub struct Head {
    status: u16,
    ours: bool,
    page: bool,
    order: bool,
    copied: bool,
    redirected: bool,
    retry_after: Option<u32>,
}

impl Head {
    /// The head of an answer that should be of this content type.
    pub fn read(
        status: u16,
        redirected: bool,
        wanted: &str,
        header: impl Fn(&str) -> Option<String>,
    ) -> Head {
        Head {
            status,
            ours: header("content-type").is_some_and(|kind| is(&kind, wanted)),
            page: header("content-type").is_some_and(|kind| is(&kind, "text/html")),
            order: header("content-type").is_some_and(|kind| is(&kind, wipe::CONTENT_TYPE)),
            copied: header("content-type").is_some_and(|kind| is(&kind, copied::CONTENT_TYPE)),
            redirected,
            retry_after: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
        }
    }

    /// Whether the body is the office's order to a device it has revoked.
    pub fn is_order(&self) -> bool {
        self.status == 410 && self.order && !self.redirected
    }

    /// What it comes to without its body; `None` when the body is the answer.
    pub fn reply(&self) -> Option<Reply> {
        match self.status {
            // No response at all.
            0 => Some(Reply::Unreachable),
            _ if self.redirected => Some(Reply::NotOurs),
            200 if self.ours => None,
            401 | 403 if !self.page => Some(Reply::Forbidden),
            409 if self.copied => Some(Reply::Copied),
            429 | 500..=599 => Some(Reply::Later(self.retry_after)),
            // Another refusal in the office's own words: this frame will not do, a later one may.
            400..=499 if !self.page => Some(Reply::Later(self.retry_after)),
            _ => Some(Reply::NotOurs),
        }
    }
}

/// Whether a `Content-Type` is this one, whatever parameters follow.
pub fn is(header: &str, kind: &str) -> bool {
    header.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: u16) -> Head {
        Head {
            status,
            ours: false,
            page: false,
            order: false,
            copied: false,
            redirected: false,
            retry_after: Some(7),
        }
    }

    #[test]
    fn only_a_frame_that_was_not_redirected_is_a_success() {
        assert!(Head { ours: true, ..head(200) }.reply().is_none());
        let redirected = Head { ours: true, redirected: true, ..head(200) };
        assert!(matches!(redirected.reply(), Some(Reply::NotOurs)));
        assert!(matches!(Head { page: true, ..head(200) }.reply(), Some(Reply::NotOurs)));
        assert!(matches!(head(200).reply(), Some(Reply::NotOurs)));
    }

    #[test]
    fn a_portal_that_forbids_with_a_page_is_not_the_office() {
        assert!(matches!(Head { page: true, ..head(403) }.reply(), Some(Reply::NotOurs)));
        assert!(matches!(head(403).reply(), Some(Reply::Forbidden)));
    }

    #[test]
    fn a_busy_office_says_when_to_come_back() {
        assert!(matches!(head(503).reply(), Some(Reply::Later(Some(7)))));
        assert!(matches!(head(429).reply(), Some(Reply::Later(Some(7)))));
        assert!(matches!(head(0).reply(), Some(Reply::Unreachable)));
    }

    #[test]
    fn only_the_offices_own_409_says_that_there_is_a_copy() {
        assert!(matches!(Head { copied: true, ..head(409) }.reply(), Some(Reply::Copied)));
        assert!(matches!(head(409).reply(), Some(Reply::Later(_))));
        assert!(matches!(Head { copied: true, redirected: true, ..head(409) }.reply(), Some(Reply::NotOurs)));
    }

    #[test]
    fn parameters_do_not_change_a_content_type() {
        assert!(is("Application/JSON; charset=utf-8", "application/json"));
        assert!(!is("application/jsonp", "application/json"));
    }
}
