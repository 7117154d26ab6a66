//! Áp phích của cơ sở: a paper for the wall of an establishment, and the word in the address of its QR code. The word names
//! the establishment under a mark only this office can make: who does not stand before the paper finds no name by counting.

use dossier::id::{CommuneCode, EstablishmentId};
use print::Poster;
use subtle::ConstantTimeEq;

use crate::error::Error;
use crate::hex;
use crate::keys::Keys;
use crate::office::Office;
use crate::printing;
use crate::store::commune::{self, CommuneRow};
use crate::store::establishment::{self, EstablishmentRow};

/// Bytes of the mark in an address: 80 bits.
const MARK: usize = 10;

/// The word of an establishment: `7-00112233445566778899`.
pub fn word(keys: &Keys, house: EstablishmentId) -> String {
    format!("{}-{}", house.0, hex::encode(&mark(keys, house)))
}

fn mark(keys: &Keys, house: EstablishmentId) -> Vec<u8> {
    keys.mark("poster", &house.0.to_be_bytes())[..MARK].to_vec()
}

/// The establishment of a word, and its commune of today.
///
/// # Errors
/// [`Error::NotFound`] for any other word.
pub async fn find(office: &Office, word: &str) -> Result<(EstablishmentRow, CommuneRow), Error> {
    let (number, said) = word.split_once('-').ok_or(Error::NotFound)?;
    let house = EstablishmentId(number.parse().map_err(|_| Error::NotFound)?);
    let said = hex::decode(said).ok_or(Error::NotFound)?;
    if !bool::from(said.ct_eq(&mark(&office.keys, house))) {
        return Err(Error::NotFound);
    }
    let readers = office.store.readers();
    let house = establishment::find(readers, house).await?.ok_or(Error::NotFound)?;
    let commune = commune::find(readers, CommuneCode(house.commune)).await?;
    Ok((house, commune.ok_or(Error::NotFound)?))
}

/// The paper, whose code leads to `address`.
///
/// # Errors
/// [`Error::Broken`] when it cannot be drawn.
pub async fn draw(
    office: &Office,
    (house, commune): (EstablishmentRow, CommuneRow),
    address: String,
) -> Result<Vec<u8>, Error> {
    let foot = vec![format!("Trực ban (duty officer) {}: {}", commune.agency, commune.duty_phone)];
    let poster = Poster {
        above: commune.agency.to_uppercase(),
        title: "THÔNG BÁO LƯU TRÚ".to_owned(),
        name: house.name,
        place: format!("{}, {}, {}", house.village, commune.name, commune.province),
        code: address,
        says: vec![
            "Khách đến ở: đưa giấy tờ tùy thân cho cơ sở để thông báo trước 23 giờ.".to_owned(),
            "Guests: please show your ID card or passport on arrival. Scan to read more.".to_owned(),
        ],
        foot,
    };
    printing::poster(poster, office.is_trial()).await
}
