//! Sabotages: one rule taken away at a time. A simulator that does not notice it proves nothing.

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
}

impl Sabotage {
    /// All of them, with the names of the command line.
    pub const ALL: [(Sabotage, &'static str); 22] = [
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
    ];

    /// The sabotage of a name.
    pub fn named(name: &str) -> Option<Sabotage> {
        Sabotage::ALL.iter().find(|(_, known)| *known == name).map(|(sabotage, _)| *sabotage)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Sabotage::ALL.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }
}
