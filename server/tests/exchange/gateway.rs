//! A payment gateway on this machine: a real server that speaks the interface, does as it is told, and writes down every
//! exchange as one line of JSON.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use dossier::moment::Moment;
use serde_json::{Value, json};
use server::payment::gateway::NOTICE;
use server::payment::signature::{PaymentKey, Signed};

/// The key of both.
pub const KEY: &[u8] = b"khoa-chung-cua-may-chu-va-cong-thanh-toan";
/// The office's own address, as the gateway is told it.
pub const OFFICE: &str = "https://xa.example.vn";

/// What the gateway knows, and how it is told to behave.
#[derive(Default)]
pub struct Sandbox {
    /// Whether it is away.
    pub away: bool,
    /// Whether its answers are signed by somebody else.
    pub forges: bool,
    /// The payments: amount and state.
    pub payments: BTreeMap<String, (u64, &'static str)>,
    /// Every exchange, as it was.
    pub lines: Vec<Value>,
}

/// The gateway.
pub struct Simulator {
    pub sandbox: Arc<Mutex<Sandbox>>,
    pub address: String,
}

impl Simulator {
    pub fn start() -> Simulator {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/cong", listener.local_addr().expect("an address"));
        let sandbox = Arc::new(Mutex::new(Sandbox::default()));
        let own = sandbox.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serve(&own, stream.expect("a line"));
            }
        });
        Simulator { sandbox, address }
    }

    /// The gateway as the office knows it.
    pub fn gateway(&self) -> server::payment::gateway::Gateway {
        server::payment::gateway::Gateway::new(&self.address, PaymentKey::new(KEY), &format!("{OFFICE}/"))
    }

    pub fn set(&self, change: impl FnOnce(&mut Sandbox)) {
        change(&mut self.sandbox.lock().expect("a lock"));
    }

    /// Somebody pays, or calls it off, on the gateway's page; the gateway tells nobody.
    pub fn turn(&self, state: &'static str) {
        self.set(|sandbox| sandbox.payments.values_mut().for_each(|payment| payment.1 = state));
    }

    /// The references it was asked to take, each once.
    pub fn references(&self) -> Vec<String> {
        self.sandbox.lock().expect("a lock").payments.keys().cloned().collect()
    }

    /// How often it was asked by this method.
    pub fn heard(&self, method: &str) -> usize {
        self.sandbox.lock().expect("a lock").lines.iter().filter(|line| line["method"] == method).count()
    }
}

/// What the gateway says in a notice.
pub fn word(reference: &str, amount: u64, state: &str) -> String {
    format!(r#"{{"reference":"{reference}","amount":{amount},"state":"{state}"}}"#)
}

/// A notice, signed.
pub fn notice(body: &str, now: Moment) -> Signed {
    PaymentKey::new(KEY).sign(NOTICE, body.as_bytes(), now)
}

fn serve(sandbox: &Mutex<Sandbox>, mut stream: TcpStream) {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    let (head, body) = loop {
        let read = stream.read(&mut piece).expect("bytes");
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = header(head, "content-length").parse().unwrap_or(0);
        if body.len() >= length {
            break (head.to_owned(), body.to_owned());
        }
    };
    let mut first = head.split(' ');
    let (method, path) = (first.next().expect("a method"), first.next().expect("a path"));
    let path = path.strip_prefix("/cong").expect("where the gateway was named");
    let signed =
        Signed { time: header(&head, "x-bankhai-time"), signature: header(&head, "x-bankhai-signature") };
    let now = Moment(signed.time.parse::<i64>().expect("seconds") * 1_000);
    let (key, what) = (PaymentKey::new(KEY), format!("{method} {path}"));
    let mut sandbox = sandbox.lock().expect("a lock");
    let (status, answer) = match key.check(&what, body.as_bytes(), &signed, now) {
        _ if sandbox.away => (503, String::new()),
        Err(_) => (401, String::new()),
        Ok(()) => answer(&mut sandbox, path, &body),
    };
    let by = if sandbox.forges { PaymentKey::new(b"khoa-cua-nguoi-khac") } else { key };
    let proof = by.sign(&format!("answer {what}"), answer.as_bytes(), now);
    let told = json!({ "status": status, "time": proof.time, "signature": proof.signature, "body": answer });
    sandbox.lines.push(json!({
        "by": "office", "method": method, "path": path, "time": signed.time, "signature": signed.signature,
        "body": body, "answer": told,
    }));
    let Signed { time, signature } = proof;
    let length = answer.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\nx-bankhai-time: {time}\r\n\
         x-bankhai-signature: {signature}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}"
    );
    stream.write_all(head.as_bytes()).expect("an answer");
}

fn answer(sandbox: &mut Sandbox, path: &str, body: &str) -> (u16, String) {
    if let Some(reference) = path.strip_prefix("/payments/") {
        return match sandbox.payments.get(reference) {
            Some((amount, state)) => (200, word(reference, *amount, state)),
            None => (404, String::new()),
        };
    }
    let wanted: Value = serde_json::from_str(body).expect("JSON");
    let reference = wanted["reference"].as_str().expect("a reference").to_owned();
    let amount = wanted["amount"].as_u64().expect("an amount");
    sandbox.payments.entry(reference.clone()).or_insert((amount, "waiting"));
    let page = format!("https://tra.example.vn/{reference}");
    (200, format!(r#"{{"pay_address":"{page}","qr":"VIETQR.{reference}.{amount}"}}"#))
}

fn header(head: &str, name: &str) -> String {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
    lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
}
