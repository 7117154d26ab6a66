//! Thủ tục: the files the office works by, each to be read, amended and published. Nothing is published that was not tried
//! as it stands.

use dossier::intent::{Answer, Intent};
use dossier::manage::{Amended, Ask, CatalogueLine, FileName, NewFile, Told};
use dossier::moment::Day;
use leptos::prelude::*;

use super::fields::{Deed, Typed, fact};
use super::hall::Hall;
use super::line::Line;
use app::live::{RwSignal, act, live, worded};
use app::parts::icon::{Icon, Pictogram};
use app::text::refusal;

/// Its row.
pub fn line(one: &CatalogueLine, today: Day) -> Line {
    let state = match one.until {
        _ if one.from > today => ("xem", Icon::Sending, "Chưa có hiệu lực".to_owned()),
        Some(last) if last < today => ("", Icon::Draft, format!("Hết hiệu lực {last}")),
        Some(last) => ("nhan", Icon::Received, format!("Đến hết {last}")),
        None => ("nhan", Icon::Received, "Có hiệu lực".to_owned()),
    };
    Line {
        key: one.file.clone(),
        cells: [
            one.title.clone(),
            one.area.clone(),
            one.agency.clone(),
            one.term.clone(),
            one.from.to_string(),
        ],
        state,
        chips: Vec::new(),
    }
}

/// One file: what it is, and its text to be amended.
pub fn shown(hall: Hall, key: &str) -> Option<AnyView> {
    let one = hall.find(|told| match told {
        Told::Catalogue(files) => files.iter().find(|one| one.file == key).cloned(),
        _ => None,
    })?;
    let file = File::named(hall, &one.file);
    file.read();
    Some(
        view! {
            <h2>{one.title.clone()}</h2>
            <dl class="kv">
                {fact("Tệp", one.file.clone())}
                {fact("Của", if one.own { "máy chủ này" } else { "bản phần mềm" })}
            </dl>
            {file.form()}
        }
        .into_any(),
    )
}

/// A file nobody has laid in yet.
pub fn new(hall: Hall) -> AnyView {
    view! { <h2>"Thêm tệp"</h2>{File::named(hall, "").form()} }.into_any()
}

/// A file as it is being written, and what it would come to.
#[derive(Clone, Copy)]
struct File {
    hall: Hall,
    name: RwSignal<String>,
    text: RwSignal<String>,
    /// What was tried last, and what came of it.
    tried: RwSignal<Option<(NewFile, Amended)>>,
}

impl File {
    fn named(hall: Hall, name: &str) -> File {
        let [name, text] = [name, ""].map(|words| RwSignal::new(words.to_owned()));
        File { hall, name, text, tried: RwSignal::new(None) }
    }

    /// Fetches the text.
    fn read(self) {
        let Ok(name) = self.name.get_untracked().parse() else { return };
        self.ask(Ask::CatalogueFile(name), move |told| {
            if let Told::CatalogueFile(text) = told {
                self.text.try_set(text);
            }
        });
    }

    fn ask(self, ask: Ask, then: impl FnOnce(Told) + 'static) {
        let pending = self.hall.device.ask(Intent::Manage(Box::new(ask)));
        self.hall.said.set(None);
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Managed(told) => then(*told),
                Answer::Refused(refused) => {
                    self.hall.said.try_set(Some(refusal::words(&refused)));
                }
                _ => {}
            }
        });
    }

    /// Tries what is typed, or publishes it.
    fn send(self, publish: bool) {
        let Ok(name) = self.name.get_untracked().parse::<FileName>() else {
            return self
                .hall
                .object("Tên tệp chỉ có chữ thường không dấu, số, dấu gạch ngang, và .toml ở cuối.");
        };
        let file = NewFile { name, text: self.text.get_untracked(), publish };
        self.tried.set(None);
        self.ask(Ask::Amend(file.clone()), move |told| {
            let Told::Amended(came) = told else { return };
            if publish && matches!(came, Amended::Changes(_)) {
                self.hall.again();
            }
            self.tried.try_set(Some((file, came)));
        });
    }

    fn form(self) -> AnyView {
        let (name, text) = (self.name, self.text);
        view! {
            <section class="fields">
                <Typed label="Tên tệp; tên khác là một tệp mới" value=name/>
                <label class="line">
                    <span>"Nội dung"</span>
                    <textarea class="num" rows="14" spellcheck="false" prop:value=worded(move || text.get())
                        on:input=act(move |event| text.set(event_target_value(&event)))></textarea>
                </label>
                <Deed words="Thử" run=move |()| self.send(false)/>
                <div role="status">{live(move || self.came())}</div>
            </section>
        }
        .into_any()
    }

    /// What came of what stands there now; once something else is typed it says nothing any more.
    fn came(self) -> Option<AnyView> {
        let (file, came) = self.tried.get()?;
        if file.text != self.text.get() || file.name.as_str() != self.name.get().trim() {
            return None;
        }
        Some(match came {
            Amended::Fault(why) => view! {
                <p class="st xem said"><Pictogram icon=Icon::Review/><span>"Chưa dùng được, không có gì thay đổi."</span></p>
                <p lang="en">{why}</p>
            }
            .into_any(),
            Amended::Changes(lines) if lines.is_empty() => view! { <p>"Không có gì thay đổi."</p> }.into_any(),
            Amended::Changes(lines) => {
                let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                let title = if file.publish { "Đã công bố" } else { "Sẽ thay đổi" };
                let publish = (!file.publish)
                    .then(|| view! { <Deed words="Công bố" run=move |()| self.send(true) main=true/> });
                view! { <h3>{title}</h3><ul class="held">{lines}</ul>{publish} }.into_any()
            }
        })
    }
}
