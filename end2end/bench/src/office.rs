//! An office of its own for a bench: the real program, a port of this machine, data that goes afterwards.

use std::error::Error;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use sync::door::{Membership, SignInRequest};

/// A running office.
pub struct Office {
    bin: String,
    child: Child,
    port: u16,
    data: PathBuf,
}

impl Office {
    /// Starts the program and waits until it answers.
    pub fn start(bin: &str) -> Result<Office, Box<dyn Error>> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = std::env::temp_dir().join(format!("bankhai-rush-{port}"));
        let office = Office { bin: bin.to_owned(), child: run(bin, port, &data, &["--demo"])?, port, data };
        office.await_ready()?;
        Ok(office)
    }

    /// Ends the program and starts it again on the same data: what hashing passwords has left in its memory is gone.
    pub fn restart(&mut self) -> Result<(), Box<dyn Error>> {
        self.child.kill()?;
        self.child.wait()?;
        self.child = run(&self.bin, self.port, &self.data, &[])?;
        self.await_ready()
    }

    fn await_ready(&self) -> Result<(), Box<dyn Error>> {
        for _ in 0..400 {
            if ureq::get(self.url("/readyz")).call().is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("the office does not answer".into())
    }

    /// Its database.
    pub fn database(&self) -> Result<PathBuf, Box<dyn Error>> {
        let files = fs::read_dir(&self.data)?.flatten().map(|entry| entry.path());
        let database = files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "db"));
        database.ok_or_else(|| "the office has no database".into())
    }

    /// An address of this office.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Signs a device in.
    pub fn sign_in(&self, login: &str, key: &SigningKey) -> Result<Membership, Box<dyn Error>> {
        let hex: String = key.verifying_key().to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let request = SignInRequest {
            login: login.into(),
            password: "suong-tren-dinh-po-ma-lung".into(),
            device_key: hex,
            device_name: "rush".into(),
        };
        let mut response = ureq::post(self.url("/api/sign-in"))
            .content_type("application/json")
            .send(&serde_json::to_vec(&request)?[..])?;
        Ok(serde_json::from_slice(&response.body_mut().read_to_vec()?)?)
    }

    /// Seconds of processor the office has used.
    pub fn cpu(&self) -> Result<f64, Box<dyn Error>> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks =
            |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
        // utime and stime, in ticks of 10 ms on Linux.
        Ok((ticks(11) + ticks(12)) / 100.0)
    }

    /// Bytes of memory it holds.
    pub fn memory(&self) -> Result<u64, Box<dyn Error>> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("VmRSS: 0 kB");
        let kilobytes: u64 =
            line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0);
        Ok(kilobytes * 1024)
    }
}

fn run(bin: &str, port: u16, data: &Path, more: &[&str]) -> std::io::Result<Child> {
    Command::new(bin)
        .args(["serve", "--addr", &format!("127.0.0.1:{port}"), "--data"])
        .arg(data)
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

impl Drop for Office {
    fn drop(&mut self) {
        // The bench is over: nothing in there is anybody's.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.data);
    }
}
