//! Writes one golden frame to standard output as hexadecimal digits:
//! `cargo run -q --example golden_frames -p sync -- compact-1`. Those that are kept are never written again.

use std::io::Write;

use dossier::act::{Act, Channel, Heads};
use dossier::id::EstablishmentId;
use dossier::moment::Moment;
use ed25519_dalek::SigningKey;
use sync::frame::compact::{self, Dictionary, acts};
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Have, Parcel, Scope};
use sync::receipt::Epoch;

#[path = "../tests/compact/village.rs"]
mod village;

fn main() -> std::io::Result<()> {
    let notices = village::two_phones();
    let parcels: Vec<Parcel> = notices.iter().map(|notice| notice.parcel(0)).collect();
    let claimed_at = Moment(1_795_532_400_000);
    let submit = |(place, parcel): (u8, &Parcel)| SentAct {
        dossier: parcel.dossier,
        id: ActId([place; 8]),
        act: Act::Submit {
            heads: Heads(
                parcel.changes.last().and_then(|raw| compact::chunk_hash(raw)).into_iter().collect(),
            ),
            channel: Channel::OwnPhone,
            claimed_at: Moment(claimed_at.0 - 61_001 * i64::from(place)),
            last_contact: Some(Moment(claimed_at.0 - 7_200_000)),
        },
    };
    let submissions: Vec<SentAct> = (1..).zip(&parcels).map(submit).collect();
    let section = |dictionary| compact::encode(&parcels, dictionary, |_, _| None).unwrap_or_default();
    let bytes = match std::env::args().nth(1).as_deref() {
        Some("compact-0") => section(Dictionary::NONE),
        Some("compact-1") => section(Dictionary::LATEST),
        Some("acts") => acts::encode_acts(&submissions, claimed_at, &parcels),
        _ => {
            let [a, b, c, ..] = parcels[0].dossier.0;
            let up = Up {
                epoch: Epoch([1; 8]),
                facts: 3,
                have: vec![(Scope::Establishment(EstablishmentId(12)), Have::all(7))],
                parcels,
                acts: submissions,
                ..Up::silent(dossier::id::DeviceHandle([a, b, c]), claimed_at)
            };
            up.encode(&SigningKey::from_bytes(&[7; 32]))
        }
    };
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(std::io::stdout(), "{digits}")
}
