//! Sabotages: one rule taken away at a time. A simulator that does not notice it proves nothing.

use crate::cast::Matter;

/// One rule taken away: a wrong driver, or one value of `Rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Every start of a device uses the same Automerge actor.
    SameActor,
    /// The device deletes what the office has acknowledged.
    PurgeOnAck,
    /// The device does not notice that the office was restored.
    NoEpoch,
    /// The queue waits for a dossier the office rejected.
    PoisonBlocks,
    /// A repeated submission gets a new number and a new receipt.
    ReceiptTwice,
    /// The device says saved before the disk has it.
    SavedBeforeFlush,
    /// The office answers before it commits.
    AckBeforeCommit,
    /// The office keeps only the newest writer's version of a dossier.
    LastWriterWins,
    /// What reads as empty after a power loss is taken for nothing stored.
    EmptyIsValid,
    /// A verdict is told of another dossier than it was made for.
    WrongDossier,
    /// A save has no sealed copy: it waits for its author, who may never come back.
    AuthorOnly,
    /// What is stored is shown however long the office has not been heard.
    OpenForEver,
    /// A device wipes itself for whoever answers.
    ObeysAnybody,
    /// The office orders a revoked device to wipe itself and keeps nothing of what it brings.
    WipesUnkept,
    /// A copy that somebody carries counts as the work of who carries it.
    CarrierSigns,
    /// Nobody asks on what ground somebody files for others.
    NoGround,
    /// A helper may go on with what others have begun.
    AnyFiling,
    /// What a merger brings into a commune keeps its old numbers.
    NumbersKept,
    /// An officer's decision counts for content the officer has not seen.
    UnseenDecision,
    /// The office does not notice that there are two of a device.
    CopiesUnnoticed,
    /// A code of consent is not marked as taken.
    CodeTwice,
    /// Any eight digits are a code of consent.
    AnyCode,
    /// Whoever answers a slip counts as the commune that was asked.
    AnybodyAnswers,
    /// An answer counts for the newest question, whichever it was given to.
    AnswersNewest,
    /// What a commune was asked does not go with it into what it is merged into.
    SlipsStayBehind,
    /// The office takes the pieces of a picture as they come.
    PiecesUnchecked,
    /// The office forgets the pieces of a picture that is not whole when somebody asks for it.
    PiecesForgotten,
    /// The office says a picture is there with its first piece.
    WholeTooEarly,
    /// A device carries its pictures before it says anything.
    PicturesFirst,
    /// The clock of a dossier runs on while it lies with another authority.
    PauseRuns,
    /// Any code lets somebody follow a dossier.
    FollowsAnything,
    /// What was said before somebody followed a dossier is not said again.
    FollowsUnsaid,
    /// Who holds a code writes as if they were of the house.
    CodeAnyTime,
    /// A supplement answered on two phones is two answers, each of a part.
    AnswersApart,
    /// What was answered already is answered by a code once more.
    AnsweredTwice,
    /// An officer's tap counts for the payment gateway's word.
    PaidByTap,
    /// Each time the office is told of a payment it is another.
    PaidAnew,
    /// Who may receive for another commune may do everything there.
    ReceivesAll,
}

impl Sabotage {
    /// All of them, with the names of the command line.
    pub const ALL: [(Sabotage, &'static str); 38] = [
        (Sabotage::SameActor, "same-actor"),
        (Sabotage::PurgeOnAck, "purge-on-ack"),
        (Sabotage::NoEpoch, "no-epoch"),
        (Sabotage::PoisonBlocks, "poison-blocks"),
        (Sabotage::ReceiptTwice, "receipt-twice"),
        (Sabotage::SavedBeforeFlush, "saved-before-flush"),
        (Sabotage::AckBeforeCommit, "ack-before-commit"),
        (Sabotage::LastWriterWins, "last-writer-wins"),
        (Sabotage::EmptyIsValid, "empty-is-valid"),
        (Sabotage::WrongDossier, "wrong-dossier"),
        (Sabotage::AuthorOnly, "author-only"),
        (Sabotage::OpenForEver, "open-for-ever"),
        (Sabotage::ObeysAnybody, "obeys-anybody"),
        (Sabotage::WipesUnkept, "wipes-unkept"),
        (Sabotage::CarrierSigns, "carrier-signs"),
        (Sabotage::NoGround, "no-ground"),
        (Sabotage::AnyFiling, "any-filing"),
        (Sabotage::NumbersKept, "numbers-kept"),
        (Sabotage::UnseenDecision, "unseen-decision"),
        (Sabotage::CopiesUnnoticed, "copies-unnoticed"),
        (Sabotage::CodeTwice, "code-twice"),
        (Sabotage::AnyCode, "any-code"),
        (Sabotage::AnybodyAnswers, "anybody-answers"),
        (Sabotage::AnswersNewest, "answers-newest"),
        (Sabotage::SlipsStayBehind, "slips-stay-behind"),
        (Sabotage::PiecesUnchecked, "pieces-unchecked"),
        (Sabotage::PiecesForgotten, "pieces-forgotten"),
        (Sabotage::WholeTooEarly, "whole-too-early"),
        (Sabotage::PicturesFirst, "pictures-first"),
        (Sabotage::PauseRuns, "pause-runs"),
        (Sabotage::FollowsAnything, "follows-anything"),
        (Sabotage::FollowsUnsaid, "follows-unsaid"),
        (Sabotage::CodeAnyTime, "code-any-time"),
        (Sabotage::AnswersApart, "answers-apart"),
        (Sabotage::AnsweredTwice, "answered-twice"),
        (Sabotage::PaidByTap, "paid-by-tap"),
        (Sabotage::PaidAnew, "paid-anew"),
        (Sabotage::ReceivesAll, "receives-all"),
    ];

    /// The sabotage of a name.
    pub fn named(name: &str) -> Option<Sabotage> {
        Sabotage::ALL.iter().find(|(_, known)| *known == name).map(|(sabotage, _)| *sabotage)
    }

    /// What a schedule must be about to show it; `None` where any may.
    pub fn about(self) -> Option<Matter> {
        match self {
            Sabotage::AnybodyAnswers | Sabotage::AnswersNewest | Sabotage::SlipsStayBehind => {
                Some(Matter::Slips)
            }
            Sabotage::PiecesUnchecked
            | Sabotage::PiecesForgotten
            | Sabotage::WholeTooEarly
            | Sabotage::PicturesFirst => Some(Matter::Papers),
            Sabotage::FollowsAnything | Sabotage::FollowsUnsaid => Some(Matter::Followed),
            Sabotage::PauseRuns
            | Sabotage::CodeAnyTime
            | Sabotage::UnseenDecision
            | Sabotage::AnswersApart
            | Sabotage::AnsweredTwice => Some(Matter::Filings),
            Sabotage::PaidByTap | Sabotage::PaidAnew => Some(Matter::Fees),
            Sabotage::ReceivesAll => Some(Matter::Elsewhere),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Sabotage::ALL.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }
}
