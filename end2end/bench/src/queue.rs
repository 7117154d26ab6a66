//! A commune's desk that comes to a long queue: what the office needs for the first answer, for all of them, for nothing
//! new, and for a declaration (CT01) as a PDF.

use std::collections::BTreeSet;
use std::error::Error;
use std::time::{Duration, Instant, SystemTime};

use dossier::filing::printed::Printed;
use dossier::id::{DeviceHandle, DossierId};
use dossier::moment::{Day, MinuteOfDay, Moment};
use ed25519_dalek::SigningKey;
use sync::door::Membership;
use sync::frame::down::Down;
use sync::frame::up::Up;
use sync::frame::{CONTENT_TYPE, Form, Have, Scope};
use sync::papers::Sender;
use sync::printed;

use crate::office::Office;

/// How often a fresh desk comes.
const VISITS: usize = 20;

/// An officer's desk with its key.
pub struct Desk<'a> {
    office: &'a Office,
    key: &'a SigningKey,
    handle: DeviceHandle,
    scope: Scope,
}

/// What one answer was.
struct Told {
    down: Down,
    bytes: usize,
    took: Duration,
}

impl<'a> Desk<'a> {
    /// Of this officer.
    pub fn of(
        office: &'a Office,
        membership: &Membership,
        key: &'a SigningKey,
    ) -> Result<Desk<'a>, Box<dyn Error>> {
        let handle = membership.handle.parse().map_err(|_| "the office gave no handle")?;
        Ok(Desk { office, key, handle, scope: Scope::Commune(membership.commune) })
    }

    fn ask(&self, up: &Up) -> Result<Told, Box<dyn Error>> {
        let (body, began) = (up.encode(self.key), Instant::now());
        let mut response =
            ureq::post(self.office.url("/sync")).content_type(CONTENT_TYPE).send(body.as_slice())?;
        let bytes = response.body_mut().read_to_vec()?;
        let took = began.elapsed();
        let down = Down::decode(&bytes).map_err(|error| format!("{error:?}"))?;
        Ok(Told { down, bytes: bytes.len(), took })
    }

    /// Comes with nothing, again and again; then once to the end; then with everything.
    pub fn come(&self) -> Result<(), Box<dyn Error>> {
        let day = Day::from_date(2026, 11, 24).ok_or("a real day")?;
        let fresh = Up {
            form: Form::Compact,
            have: vec![(self.scope, Have::default())],
            ..Up::silent(self.handle, Moment::at(day, MinuteOfDay(480)))
        };
        let cpu = self.office.cpu()?;
        let first: Vec<Told> = (0..VISITS).map(|_| self.ask(&fresh)).collect::<Result<_, _>>()?;
        say("first answer", &first, self.office.cpu()? - cpu);
        let (mut all, mut up, cpu) = (Vec::new(), fresh, self.office.cpu()?);
        loop {
            let told = self.ask(&up)?;
            up = Up { epoch: told.down.epoch, have: told.down.cursors.clone(), ..up };
            let more = told.down.more;
            all.push(told);
            if !more {
                break;
            }
        }
        say("all of it", &all, self.office.cpu()? - cpu);
        let cpu = self.office.cpu()?;
        let nothing: Vec<Told> = (0..VISITS).map(|_| self.ask(&up)).collect::<Result<_, _>>()?;
        say("nothing new", &nothing, self.office.cpu()? - cpu);
        let last = first.first().map(|told| told.down.parcels.as_slice()).unwrap_or_default();
        self.print(last.iter().map(|parcel| parcel.dossier).take(VISITS))
    }

    /// Has the declarations of these dossiers printed.
    #[expect(clippy::print_stdout, reason = "a bench says what it measured")]
    fn print(&self, dossiers: impl Iterator<Item = DossierId>) -> Result<(), Box<dyn Error>> {
        let handle = self.handle.to_string();
        let (mut times, mut bytes) = (Vec::new(), 0);
        for (place, dossier) in dossiers.enumerate() {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
            let (at, nonce) = (Moment(i64::try_from(now.as_millis())?), (place as u64).to_le_bytes());
            let sender = Sender { handle: &handle, key: self.key, at, nonce };
            let call = printed::call(sender, dossier, Printed::Ct01);
            let began = Instant::now();
            let mut response =
                ureq::get(self.office.url(&call.path)).header("authorization", &call.authorization).call()?;
            bytes += response.body_mut().read_to_vec()?.len();
            times.push(began.elapsed());
        }
        let (half, most) = (share(&mut times, 50), share(&mut times, 95));
        println!(
            "CT01 as a PDF  {} of {} B; p50 {half:.1} ms, p95 {most:.1} ms",
            times.len(),
            bytes / times.len().max(1)
        );
        Ok(())
    }
}

/// So many of a hundred took no longer, in milliseconds.
fn share(times: &mut [Duration], of_hundred: usize) -> f64 {
    times.sort_unstable();
    let place = (times.len() * of_hundred / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default().as_secs_f64() * 1e3
}

/// One line.
#[expect(clippy::print_stdout, reason = "a bench says what it measured")]
fn say(what: &str, told: &[Told], cpu: f64) {
    let mut times: Vec<Duration> = told.iter().map(|told| told.took).collect();
    let (half, most, longest) = (share(&mut times, 50), share(&mut times, 95), share(&mut times, 100));
    let parcels = told.iter().flat_map(|told| &told.down.parcels);
    let dossiers = parcels.map(|parcel| parcel.dossier).collect::<BTreeSet<DossierId>>().len();
    let bytes: usize = told.iter().map(|told| told.bytes).sum();
    println!(
        "{what:<14} {} answers, {dossiers} different dossiers, {bytes} B; p50 {half:.1} ms, p95 {most:.1} ms, the longest {longest:.1} ms; together {:.2} s, of the office's cores {cpu:.2} s",
        told.len(),
        times.iter().sum::<Duration>().as_secs_f64(),
    );
}
