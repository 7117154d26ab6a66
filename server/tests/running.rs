//! The office as a process: it starts, answers, and closes without cutting anybody off.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Running {
    child: Child,
    said: String,
    port: u16,
}

impl Running {
    fn start(data: &Path, more: &[&str]) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bankhai"));
        command.env_clear().args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(data).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (mut said, mut port) = (String::new(), None);
        // Both greetings end with the way to stop.
        while !said.contains("Ctrl+C)\n") && !said.contains("Dừng: Ctrl+C") {
            let line = lines.next().expect("more to say").expect("text");
            if let Some((_, rest)) = line.split_once("http://") {
                let digits = rest.split(':').nth(1).unwrap_or_default();
                port = digits.split(|c: char| !c.is_ascii_digit()).next().and_then(|port| port.parse().ok());
            }
            said.push_str(&line);
            said.push('\n');
        }
        Running { child, said, port: port.expect("an address") }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).expect("a connection")
    }

    fn post(&self, path: &str, body: &str) -> String {
        let mut stream = self.connect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("a request");
        stream.write_all(body.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn terminate(&self) {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(killed.success());
    }

    /// Waits for the end and gives the log.
    fn end(mut self) -> (bool, String) {
        let mut log = String::new();
        self.child.stderr.take().expect("its log").read_to_string(&mut log).expect("text");
        (self.child.wait().expect("an end").success(), log)
    }
}

#[test]
fn a_request_under_way_is_answered_before_the_office_closes() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let office = Running::start(&data, &[]);
    let mut slow = office.connect();
    slow.write_all(b"POST /api/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{")
        .expect("half a request");
    std::thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    office.terminate();
    std::thread::sleep(Duration::from_millis(300));
    slow.write_all(b"}").expect("the other half");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("Malformed"), "{answer}");
    let (well, log) = office.end();
    assert!(well && log.contains("\"closed\""), "{log}");
    assert!(begun.elapsed() < Duration::from_secs(9), "nobody had to be cut off");
    let log_left = std::fs::metadata(data.join("bankhai.db-wal")).map_or(0, |file| file.len());
    assert_eq!(log_left, 0, "the write-ahead log is in the file");
}

#[test]
fn a_newcomer_gets_accounts_that_work_and_the_log_names_nobody() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let office = Running::start(&data, &["--demo"]);
    for expected in
        ["hoadialan", "hoadialan2", "suoimay", "binhminh", "congan", server::demo::PASSWORD, "demo"]
    {
        assert!(office.said.contains(expected), "{expected} in {}", office.said);
    }
    // The verifying key of RFC 8032's first example.
    let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    for login in ["hoadialan", "hoadialan2", "congan"] {
        let body = format!(
            r#"{{"login":"{login}","password":"{}","device_key":"{key}","device_name":"thử"}}"#,
            server::demo::PASSWORD
        );
        let answer = office.post("/api/sign-in", &body);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let row = office.said.lines().find(|line| line.trim_start().starts_with("suoimay")).expect("a row");
    let code = row.split_whitespace().nth(1).expect("a code").to_owned();
    let body = format!(
        r#"{{"code":"{code}","password":"mây trắng ngang suối đá","device_key":"{key}","device_name":"thử"}}"#
    );
    let answer = office.post("/api/enrol", &body);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Homestay Suối Mây"), "{answer}");

    let second = Command::new(env!("CARGO_BIN_EXE_bankhai"))
        .env_clear()
        .args(["serve", "--addr", "127.0.0.1:0", "--data"])
        .arg(&data)
        .output()
        .expect("the program");
    assert!(String::from_utf8_lossy(&second.stderr).contains("một máy chủ khác đang chạy"));

    office.terminate();
    let (well, log) = office.end();
    assert!(well);
    for personal in ["hoadialan", "congan", "Lò Văn Chung", "Hảng", "127.0.0.1", &code] {
        assert!(!log.contains(personal), "{personal} in {log}");
    }
    assert!(log.contains("\"route\":\"/api/sign-in\""), "{log}");

    let open = Command::new(env!("CARGO_BIN_EXE_bankhai"))
        .env_clear()
        .args(["serve", "--addr", "0.0.0.0:0", "--data"])
        .arg(&data)
        .output()
        .expect("the program");
    assert!(!open.status.success());
    assert!(String::from_utf8_lossy(&open.stderr).contains("tài khoản dùng thử"));

    let class = Running::start(&data, &["--training"]);
    assert!(!class.said.contains(server::demo::PASSWORD), "a class has a password nobody can read elsewhere");
    let line = class.said.lines().find(|line| line.contains("Mật khẩu")).expect("a password");
    let password = line.split_whitespace().nth(2).expect("a word").to_owned();
    for (typed, answered) in [(password.as_str(), "HTTP/1.1 200"), (server::demo::PASSWORD, "HTTP/1.1 403")] {
        let body =
            format!(r#"{{"login":"congan","password":"{typed}","device_key":"{key}","device_name":"thử"}}"#);
        let answer = class.post("/api/sign-in", &body);
        assert!(answer.starts_with(answered), "{answer}");
    }
    class.terminate();
    assert!(class.end().0);
}

#[test]
fn made_up_people_never_come_into_an_office_of_real_ones() {
    let dir = tempfile::tempdir().expect("a directory");
    let bankhai = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bankhai"));
        command.env_clear().env("BANKHAI_DATA", dir.path()).args(arguments).output().expect("the program")
    };
    bankhai(&["admin", "commune", "03394", "xã Sin Suối Hồ", "tỉnh Lai Châu", "--duty-phone", "113"]);
    assert!(bankhai(&["admin", "officer", "3394", "canbo", "Lò Thị Thử"]).status.success());
    for mode in ["--demo", "--training"] {
        let refused = bankhai(&["serve", "--addr", "127.0.0.1:0", mode]);
        assert!(!refused.status.success(), "{mode}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("máy chủ thật"), "{mode}");
    }
}
