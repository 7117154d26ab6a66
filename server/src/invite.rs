//! Inviting a person: a one-time code, in signs and as a QR code a camera reads from the screen or from paper.

use std::io::Write;

use dossier::id::AccountId;
use fast_qr::QRBuilder;

use crate::cli::CliError;
use crate::clock;
use crate::code::{Code, LIFETIME_MINUTES};
use crate::store::{Store, invitation};

/// Makes a code for this account; older ones that were not used no longer open the door.
pub async fn mint(store: &Store, account: AccountId) -> Result<Code, sqlx::Error> {
    let code = Code::mint();
    let expires = clock::now().plus_minutes(LIFETIME_MINUTES);
    let mut transaction = store.begin().await?;
    invitation::delete_unused(&mut *transaction, account).await?;
    invitation::insert(&mut *transaction, code.hash(), account, expires).await?;
    transaction.commit().await?;
    Ok(code)
}

/// Makes a code and prints it: the only time it is readable.
pub async fn print(store: &Store, account: AccountId, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let code = mint(store, account).await?;
    let until = clock::now().plus_minutes(LIFETIME_MINUTES);
    writeln!(out, "Mã mời (dùng một lần, đến {until}): {code}")?;
    let picture = QRBuilder::new(code.to_string())
        .build()
        .map_err(|_| CliError::Words("không vẽ được mã QR; hãy đọc mã ở trên".into()))?;
    writeln!(out, "{}", picture.to_str())?;
    Ok(())
}
