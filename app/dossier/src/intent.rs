//! Ý định: what a person wants, as the page says it to the device, and what the device answers.

use serde::{Deserialize, Serialize};

use crate::act::PairVerdict;
use crate::asking::{AskDraft, AskField};
use crate::behalf::{BehalfDraft, BehalfFault};
use crate::draft::{Fault, StayDraft};
use crate::filing::intent::{FilingAnswer, FilingIntent};
use crate::id::{DossierId, EstablishmentId, GuestId};
use crate::manage::{Ask, Objection, ShownCode, Told};
use crate::moment::Day;
use crate::nationality::Nationality;
use crate::place::Place;
use crate::view::{BookPage, Detail, House, ReceiptCheck, StubView};

/// What a person wants.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// Redeem an invitation: sets the account's password and this device's PIN. Needs network.
    Enrol {
        /// The one-time code.
        code: String,
        /// A password for the account, judged by the office.
        password: String,
        /// The PIN of this device: six digits, or a passphrase.
        pin: String,
    },
    /// Sign in with an account that has a password already. Needs network.
    SignIn {
        /// Tên đăng nhập.
        login: String,
        /// The account's password.
        password: String,
        /// The PIN of this device.
        pin: String,
    },
    /// Unlock with the PIN.
    Unlock {
        /// Whose.
        place: Place,
        /// The PIN.
        pin: String,
    },
    /// Quên mã PIN: the office opens the recovery slot after a sign-in. Nothing unsent is lost. Needs network.
    Recover {
        /// Whose.
        place: Place,
        /// Tên đăng nhập.
        login: String,
        /// The account's password.
        password: String,
        /// The new PIN.
        pin: String,
    },
    /// Quên mật khẩu: the code the team leader shows opens the place. Nothing unsent is lost, no network is needed.
    ResetByLeader {
        /// Whose.
        place: Place,
        /// The sixteen signs, as typed or scanned.
        code: String,
        /// The new PIN.
        pin: String,
    },
    /// The codes of the members of this leader's team.
    ShowCodes,
    /// Xin tài khoản: a place of one's own on this device, behind this PIN, for what is typed from now on.
    BeginAsking {
        /// The PIN.
        pin: String,
    },
    /// Keep what is typed of the request; sent while typing.
    KeepAsking(Box<AskDraft>),
    /// Gửi: keep, and send as soon as there is a network.
    SendAsking(Box<AskDraft>),
    /// Throw the request and its place away.
    DropAsking,
    /// Thêm người dùng: from the lock page to the way in, the others' vaults stay as they are.
    AddPerson,
    /// Nobody is added after all: back to the lock page.
    AddNobody,
    /// Lock now. A half-filled form is kept.
    Lock,
    /// Use this window; the other one steps back.
    TakeOver,
    /// Keep a half-filled form; sent while typing. There is one for a new notice, and one for each notice being changed.
    KeepDraft(StayDraft),
    /// Throw a half-filled form away.
    DropDraft(Option<DossierId>),
    /// The half-filled form, else an empty one, or the form of the notice to change.
    LoadDraft(Option<DossierId>),
    /// Gửi thông báo lưu trú: parse, keep, queue.
    Submit(StayDraft),
    /// Keep what is typed of the ground on which a notice is filed for somebody else; sent while typing.
    KeepBehalf(BehalfDraft),
    /// The ground as it was left, and the houses of this helper's area.
    LoadBehalf,
    /// Gửi thay: parse notice and ground, keep, queue.
    SubmitFor(StayDraft),
    /// The ground of a notice that is here, recorded anew because the office did not take the one before.
    GroundAgain(DossierId),
    /// Extend a stay (or shorten it): the new planned departure.
    Extend(DossierId, Day),
    /// Close a stay: the guests have left now.
    Close(DossierId),
    /// Rút: declared by mistake.
    Withdraw(DossierId),
    /// Record a call to the duty number for these notices.
    RecordCall {
        /// The notices spoken of.
        dossiers: Vec<DossierId>,
        /// Who answered.
        answered_by: String,
    },
    /// Choose one of the values two devices wrote.
    Choose(Choice),
    /// Settle a pair: the same stay, or two.
    Settle {
        /// The notice that stands.
        keep: DossierId,
        /// The other one.
        other: DossierId,
        /// What they are.
        verdict: PairVerdict,
    },
    /// Everything about one notice.
    Open(DossierId),
    /// Đã hiểu: what the office did not apply to this notice was read.
    PutAway(DossierId),
    /// Send and fetch now.
    SyncNow,
    /// Ask the browser to keep the storage.
    AskPersist,
    /// Everything unsent as a file (sealed notices stay sealed): the way out when storage fails.
    Export,
    /// Is this receipt genuine? The text of its QR.
    CheckReceipt(String),
    /// The stay book under a filter (officers).
    Book(BookQuery),
    /// Tiếp nhận (officers).
    Receive(Vec<DossierId>),
    /// Send back with a reason (officers).
    Return(DossierId, String),
    /// Something about residence dossiers.
    Filing(FilingIntent),
    /// Something about people, devices or areas. Needs network; nothing of the answer is kept.
    Manage(Box<Ask>),
    /// Đăng nhập lại on a device of which there is a copy: it becomes another one, and everything on it stays. Needs
    /// network.
    Renew {
        /// A one-time code; empty for who signs in with the password of before.
        code: String,
        /// The account's password; with a code, the new one.
        password: String,
    },
}

/// The field two devices wrote differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StayField {
    /// Thời điểm đến.
    Arrive,
    /// Ngày đi dự kiến.
    Leave,
    /// Lúc đi thật.
    Left,
    /// Số phòng.
    Room,
    /// Lý do lưu trú.
    Reason,
    /// Lý do khác, bằng chữ.
    ReasonText,
    /// Họ và tên.
    Name(GuestId),
    /// Ngày sinh.
    Birth(GuestId),
    /// Giới tính.
    Sex(GuestId),
    /// Quốc tịch.
    Nationality(GuestId),
    /// Loại giấy tờ.
    PaperKind(GuestId),
    /// Số giấy tờ.
    PaperNumber(GuestId),
    /// Thời hạn tạm trú.
    PermittedUntil(GuestId),
    /// Số điện thoại.
    Phone(GuestId),
    /// Nơi cư trú.
    Home(GuestId),
    /// Đã bỏ khỏi thông báo.
    Removed(GuestId),
    /// Đã xem lại giấy tờ.
    Confirmed(GuestId),
}

/// One value chosen from two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The notice.
    pub dossier: DossierId,
    /// The field.
    pub field: StayField,
    /// Its place in the list of values the card showed.
    pub place: usize,
}

/// How the officer looks at the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookQuery {
    /// Name without diacritics, number, room or receipt number.
    pub search: String,
    /// Guests who are here on this day; `None` for all days.
    pub day: Option<Day>,
    /// One village.
    pub village: Option<String>,
    /// One establishment.
    pub establishment: Option<EstablishmentId>,
    /// One nationality.
    pub nationality: Option<Nationality>,
    /// Only what came late or is overdue.
    pub overdue: bool,
    /// Only what waits to be received.
    pub waiting: bool,
    /// Only what needs a look: two values, pairs.
    pub review: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// What the device answers to one intent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Done, and kept if there was something to keep.
    Done,
    /// Kept on this device under this id.
    Saved(DossierId),
    /// The form has faults.
    Faults(Vec<Fault>),
    /// Not done, and why.
    Refused(Refusal),
    /// A form to fill or go on with.
    Draft(Box<StayDraft>),
    /// A ground to record or go on with, and the houses it may be for.
    Behalf(Box<BehalfDraft>, Vec<House>),
    /// The ground has faults.
    BehalfFaults(Vec<BehalfFault>),
    /// Codes of a team, by name.
    Codes(Vec<ShownCode>),
    /// Questions of a request that are not answered yet.
    AskFaults(Vec<AskField>),
    /// One notice.
    Detail(Box<Detail>),
    /// The book.
    Book(Box<BookPage>),
    /// What a receipt is worth.
    Checked(ReceiptCheck),
    /// A file to hand to the person.
    File(Vec<u8>),
    /// About residence dossiers.
    Filing(FilingAnswer),
    /// What the office told about people, devices or areas.
    Managed(Box<Told>),
    /// What is left here of a dossier, and the text of its receipt's QR code.
    Stub(Box<StubView>, String),
}

/// Why an intent was not done. `app/src/text.rs` words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Only with network.
    NeedsNetwork,
    /// The office answered, but not as the office does: a captive portal.
    NotOurOffice,
    /// The invitation is unknown, used or too old.
    BadCode,
    /// Login and password do not belong together.
    BadPassword,
    /// The password is too easy to guess.
    WeakPassword,
    /// The PIN is too short.
    WeakPin,
    /// Wrong PIN; the next try is possible after so many seconds.
    WrongPin {
        /// Seconds to wait.
        wait: u32,
    },
    /// Not the code of this place; the next try is possible after so many seconds.
    WrongCode {
        /// Seconds to wait.
        wait: u32,
    },
    /// Too many tries; wait so many seconds.
    Wait {
        /// Seconds to wait.
        wait: u32,
    },
    /// The storage did not take it. Keep the page open.
    NotKept,
    /// The device is locked.
    Locked,
    /// No such notice here.
    Unknown,
    /// The notice has moved on; the tap was not applied.
    Overtaken,
    /// The office does not let this account do it.
    Forbidden,
    /// A reason is needed.
    NeedsReason,
    /// Too busy; the office asks to try later.
    Busy,
    /// What was asked about people, devices or areas was not done.
    Managed(Objection),
    /// The office does not know this place yet, so it cannot open it.
    Unasked,
    /// The device has not met its office for too long: what is stored opens with the next contact.
    Overdue,
}
