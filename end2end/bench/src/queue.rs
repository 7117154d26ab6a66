//! A commune's desk that comes to a long queue: what the office needs for the first answer, for all of them, and for
//! nothing new.

use std::error::Error;
use std::time::{Duration, Instant};

use dossier::id::DeviceHandle;
use dossier::moment::{Day, MinuteOfDay, Moment};
use ed25519_dalek::SigningKey;
use sync::door::Membership;
use sync::frame::down::Down;
use sync::frame::up::Up;
use sync::frame::{CONTENT_TYPE, Form, Have, Scope};

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
        Ok(())
    }
}

/// One line.
#[expect(clippy::print_stdout, reason = "a bench says what it measured")]
fn say(what: &str, told: &[Told], cpu: f64) {
    let mut times: Vec<Duration> = told.iter().map(|told| told.took).collect();
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).copied();
    let ms = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64() * 1e3;
    let dossiers: usize = told.iter().map(|told| told.down.parcels.len()).sum();
    let bytes: usize = told.iter().map(|told| told.bytes).sum();
    println!(
        "{what:<14} {} answers, {dossiers} dossiers, {bytes} B; p50 {:.1} ms, p95 {:.1} ms, the longest {:.1} ms; together {:.2} s, of the office's cores {cpu:.2} s",
        told.len(),
        ms(at(50)),
        ms(at(95)),
        ms(times.last().copied()),
        times.iter().sum::<Duration>().as_secs_f64(),
    );
}
