//! Chụp một trang giấy tờ: the camera of the phone, a small picture of what was kept, and a way to take it again. The
//! picture goes to the device and nowhere else: never to the gallery, and on the page only as long as the page stands.

use dossier::filing::PaperRef;
use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::id::PaperId;
use dossier::intent::{Answer, Intent};
use dossier::procedure::PaperKey;
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::live::{RwSignal, act, live};
use crate::text::refusal;

/// A page of a form, and what was kept of it.
pub type Kept = (PaperId, PaperRef);

/// Said of a file that is no picture.
const NO_PICTURE: &str = "Máy không đọc được ảnh này. Hãy chụp lại.";

/// How large a picture is, in words.
pub fn size(bytes: u32) -> String {
    format!("{} KB", bytes.div_ceil(1_000))
}

#[derive(Clone, Copy)]
struct Shot {
    page: RwSignal<Option<Kept>>,
    address: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    fault: RwSignal<Option<String>>,
}

impl Shot {
    fn show(self, picture: Option<&[u8]>) {
        let browser = Browser::here();
        if let Some(before) = self.address.get_untracked() {
            browser.with(|browser| browser.hide_picture(&before));
        }
        self.address.set(picture.map(|picture| browser.with(|browser| browser.show_picture(picture))));
    }
}

/// One page of a paper.
#[component]
pub fn Photo(
    /// Of which paper.
    paper: PaperKey,
    /// What the page is called: "Hợp đồng thuê nhà, trang 1".
    #[prop(into)]
    label: String,
    /// The id of its field in the page.
    #[prop(into)]
    id: String,
    /// What was kept of it before.
    #[prop(optional_no_strip)]
    kept: Option<Kept>,
    /// Told what was kept, once the device has it.
    #[prop(into)]
    on_kept: Callback<Kept>,
    /// Told that the page is not wanted any more.
    #[prop(into)]
    on_dropped: Callback<PaperId>,
) -> impl IntoView {
    let shot = Shot {
        page: RwSignal::new(kept.clone()),
        address: RwSignal::new(None),
        busy: RwSignal::new(false),
        fault: RwSignal::new(None),
    };
    let device = Device::here();
    Effect::new(move |_| {
        let Some((_, page)) = kept.clone() else { return };
        let asking = device.ask(Intent::Filing(FilingIntent::KeptPaper(page)));
        leptos::task::spawn_local(async move {
            if let Answer::Filing(FilingAnswer::Picture(picture)) = asking.await {
                shot.show(Some(&picture));
            }
        });
    });
    on_cleanup(move || shot.show(None));
    let field = id.clone();
    let take = move |_| {
        shot.busy.set(true);
        shot.fault.set(None);
        let paper = paper.clone();
        let then = move |picture: Option<Vec<u8>>| match picture {
            Some(picture) => keep(device, shot, paper, picture, on_kept, on_dropped),
            None => {
                shot.busy.set(false);
                shot.fault.set(Some(NO_PICTURE.to_owned()));
            }
        };
        Browser::here().with(|browser| browser.picture(&field, Box::new(then)));
    };
    let drop_it = move |_| {
        if let Some((id, page)) = shot.page.get_untracked() {
            shot.page.set(None);
            shot.show(None);
            device.tell(Intent::Filing(FilingIntent::DropPaper(page)));
            on_dropped.run(id);
        }
    };
    let said = move || match (shot.busy.get(), shot.page.get()) {
        (true, _) => "Đang lưu…".to_owned(),
        (false, Some((_, page))) => format!("Đã lưu trên máy · {}", size(page.bytes)),
        (false, None) => "Chưa có ảnh".to_owned(),
    };
    let again = move || if shot.page.with(Option::is_some) { "Chụp lại" } else { "Chụp ảnh" };
    let name = label.clone();
    view! {
        <div class="photo">
            {live(move || {
                let name = name.clone();
                shot.address.get().map(|address| view! { <img class="photo-page" src=address alt=name/> })
            })}
            <p class="sm mute" role="status">{live(said)}</p>
            {live(move || shot.fault.get().map(|fault| view! { <p class="check qua" role="alert">{fault}</p> }))}
            <label class="btn wide">
                {live(again)}
                <span class="unseen">{format!(": {label}")}</span>
                <input
                    class="unseen"
                    type="file"
                    id=id
                    accept="image/*"
                    capture="environment"
                    on:change=act(take)
                />
            </label>
            {live(move || {
                shot.page.with(Option::is_some).then(|| view! {
                    <button type="button" class="btn wide" on:click=act(drop_it)>"Bỏ ảnh này"</button>
                })
            })}
        </div>
    }
    .into_any()
}

fn keep(
    device: Device,
    shot: Shot,
    paper: PaperKey,
    picture: Vec<u8>,
    on_kept: Callback<Kept>,
    on_dropped: Callback<PaperId>,
) {
    let asking = device.ask(Intent::Filing(FilingIntent::KeepPaper(paper, picture.clone())));
    leptos::task::spawn_local(async move {
        let answer = asking.await;
        shot.busy.set(false);
        match answer {
            Answer::Filing(FilingAnswer::Paper(id, page)) => {
                // The one before is thrown away only now that this one is kept.
                if let Some((before, old)) = shot.page.get_untracked() {
                    on_dropped.run(before);
                    if old.digest != page.digest {
                        device.tell(Intent::Filing(FilingIntent::DropPaper(old)));
                    }
                }
                shot.page.set(Some((id, page.clone())));
                shot.show(Some(&picture));
                on_kept.run((id, page));
            }
            Answer::Refused(why) => shot.fault.set(Some(refusal::words(&why))),
            _ => shot.fault.set(Some(NO_PICTURE.to_owned())),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_it_says() {
        assert_eq!((size(1).as_str(), size(149_001).as_str()), ("1 KB", "150 KB"));
    }
}
