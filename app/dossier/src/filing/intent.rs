//! What a person wants of residence dossiers, and what the device answers.

use serde::{Deserialize, Serialize};

use super::conflict::FilingPlace;
use super::draft::FilingDraft;
use super::hand::{Came, HandAnswer, HandIntent};
use super::migrate::Change;
use super::printed::Printed;
use super::step::{Item, Step};
use super::view::{FilingDetail, QueuePage};
use super::{FilingFault, PaperRef};
use crate::behalf::BehalfDraft;
use crate::id::{DossierId, PaperId};
use crate::procedure::{PaperKey, Procedure, ProcedureId};

/// What a person wants.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilingIntent {
    /// The procedures that may be filed today.
    Procedures,
    /// The form of a new dossier as it was left, or an empty one; or the form of what a dossier says.
    Load(FormOf),
    /// Begin a dossier of this procedure that follows on a decided one: what that says is not typed again. A form of it that
    /// is half filled in stays as it is.
    Follow(DossierId, ProcedureId),
    /// Keep a half-filled form; sent while typing.
    Keep(Box<FilingDraft>),
    /// Throw a half-filled form away.
    Drop(FormOf),
    /// On what ground a new dossier of this procedure is filed for somebody else, as far as it is recorded.
    LoadGround(ProcedureId),
    /// Keep that record; sent while typing.
    KeepGround(ProcedureId, Box<BehalfDraft>),
    /// Nộp hồ sơ: parse, keep, queue. Who files for somebody else has recorded on what ground.
    Submit(Box<FilingDraft>),
    /// Everything about one dossier.
    Open(DossierId),
    /// The dossiers of a commune (officers).
    Queue(QueueQuery),
    /// Of the values two devices wrote into a place, the one with this number on the card is right.
    Choose(DossierId, FilingPlace, usize),
    /// Do this to a dossier (officers). It names the content that was on the screen.
    Step(DossierId, Box<Step>),
    /// Keep the picture of a page of this paper: a JPEG.
    KeepPaper(PaperKey, Vec<u8>),
    /// Throw a kept picture away; one that a dossier names stays.
    DropPaper(PaperRef),
    /// A picture this device has kept.
    KeptPaper(PaperRef),
    /// A page of a dossier.
    Picture(DossierId, PaperId),
    /// An official form of a dossier, as the office prints it.
    Print(DossierId, Printed),
    /// The declaration as it stands in a form that was not handed in, as the office prints it: a draft.
    PrintDraft(Box<FilingDraft>),
    /// Something about a half-filled form that goes to another device, or comes from one.
    Hand(HandIntent),
}

/// Of which dossier a form is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FormOf {
    /// A new one of this procedure: there is one half-filled form for each.
    New(ProcedureId),
    /// One that is there.
    Change(DossierId),
}

/// How the officer looks at the dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueQuery {
    /// A name without diacritics, a number of a person, or the number of a dossier.
    pub search: String,
    /// Which of them.
    pub part: QueuePart,
    /// One procedure.
    pub procedure: Option<ProcedureId>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// A part of the dossiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QueuePart {
    /// Everything that has not ended.
    #[default]
    Open,
    /// Chờ tiếp nhận.
    Waiting,
    /// Quá hạn.
    Late,
    /// Đã kết thúc.
    Ended,
    /// Chờ trả kết quả: decided, and not handed out yet.
    Decided,
}

/// What the device answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilingAnswer {
    /// The procedures that may be filed today.
    Procedures(Vec<Procedure>),
    /// A form to go on with.
    Form(Box<OpenForm>),
    /// The form has faults.
    Faults(Vec<FilingFault>),
    /// One dossier.
    Detail(Box<FilingDetail>),
    /// Dossiers.
    Queue(Box<QueuePage>),
    /// A picture was kept: the page of the form, and what it says of it.
    Paper(PaperId, PaperRef),
    /// A picture.
    Picture(Vec<u8>),
    /// A form: a PDF.
    Printed(Vec<u8>),
    /// About a half-filled form that goes to another device, or comes from one.
    Hand(HandAnswer),
}

/// A form to go on with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenForm {
    /// What was typed.
    pub draft: FilingDraft,
    /// Its definition.
    pub procedure: Procedure,
    /// What has changed in that since the form was begun.
    pub changes: Vec<Change>,
    /// What the agency asks to be added, while it waits for that.
    pub asked: Vec<Item>,
    /// Where it was begun, if that was on another device.
    pub came: Option<Came>,
}

impl FilingDraft {
    /// Of which dossier it is the form.
    pub fn of_what(&self) -> FormOf {
        match self.dossier {
            Some(id) => FormOf::Change(id),
            None => FormOf::New(self.version.procedure.clone()),
        }
    }
}
