//! An office of its own for a bench: the real program, a port of this machine, data that goes afterwards.

use std::error::Error;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use sync::door::{Membership, SignInRequest};

/// A running office.
pub struct Office {
    child: Child,
    port: u16,
    data: PathBuf,
}

impl Office {
    /// Starts the program and waits until it answers.
    pub fn start(bin: &str) -> Result<Office, Box<dyn Error>> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = std::env::temp_dir().join(format!("bankhai-rush-{port}"));
        let child = Command::new(bin)
            .args(["serve", "--demo", "--addr", &format!("127.0.0.1:{port}"), "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let office = Office { child, port, data };
        for _ in 0..200 {
            if ureq::get(office.url("/readyz")).call().is_ok() {
                return Ok(office);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("the office does not answer".into())
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

    /// Bytes of the database and its write-ahead log.
    pub fn disk(&self) -> Result<u64, Box<dyn Error>> {
        let mut sum = 0;
        for entry in fs::read_dir(&self.data)?.flatten() {
            if entry.file_name().to_string_lossy().contains(".db")
                && !entry.file_name().to_string_lossy().ends_with("-shm")
            {
                sum += entry.metadata()?.len();
            }
        }
        Ok(sum)
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        // The bench is over: nothing in there is anybody's.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.data);
    }
}
