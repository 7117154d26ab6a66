//! The office over TLS of its own: real program, real certificate, real handshake.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, ProtocolVersion, RootCertStore, SupportedProtocolVersion, version};

/// A certificate of this machine and its key, in a directory.
struct Files {
    dir: tempfile::TempDir,
}

impl Files {
    fn new() -> Files {
        let files = Files { dir: tempfile::tempdir().expect("a directory") };
        files.make("one");
        files
    }

    /// A new certificate and key of this name.
    fn make(&self, name: &str) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
        fs::write(self.certificate(name), made.cert.pem()).expect("a file");
        fs::write(self.key(name), made.signing_key.serialize_pem()).expect("a file");
        fs::set_permissions(self.key(name), Permissions::from_mode(0o600)).expect("a mode");
    }

    fn certificate(&self, name: &str) -> PathBuf {
        self.dir.path().join(format!("{name}.crt"))
    }

    fn key(&self, name: &str) -> PathBuf {
        self.dir.path().join(format!("{name}.key"))
    }

    fn command(&self, certificate: &Path, key: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bankhai"));
        command
            .env_clear()
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(self.dir.path().join("data"));
        command.arg("--tls-cert").arg(certificate).arg("--tls-key").arg(key);
        command
    }

    fn refused(&self, certificate: &Path, key: &Path) -> String {
        let Output { status, stderr, .. } = self.command(certificate, key).output().expect("the program");
        assert!(!status.success());
        String::from_utf8(stderr).expect("text")
    }
}

struct Office {
    child: Child,
    port: u16,
}

impl Office {
    fn start(files: &Files) -> Office {
        let mut command = files.command(&files.certificate("one"), &files.key("one"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let mut greeting = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        stdout.read_line(&mut greeting).expect("a greeting");
        let (_, rest) = greeting.split_once("https://127.0.0.1:").expect("a sealed address");
        let port = rest.split_whitespace().next().and_then(|port| port.parse().ok()).expect("a port");
        Office { child, port }
    }

    /// A connection that trusts this certificate and no other.
    async fn connect(
        &self,
        certificate: &Path,
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[&str],
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(certificate).expect("a certificate")).expect("a root");
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .expect("a configuration")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
        let name = ServerName::try_from("localhost").expect("a name");
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    fn signal(&self, name: &str) {
        let mut kill = Command::new("kill");
        assert!(kill.args(["-s", name]).arg(self.child.id().to_string()).status().expect("kill").success());
    }

    /// Waits for the end and gives the log.
    fn end(mut self) -> (bool, String) {
        self.signal("TERM");
        let mut log = String::new();
        self.child.stderr.take().expect("its log").read_to_string(&mut log).expect("text");
        (self.child.wait().expect("an end").success(), log)
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        // Ended already when the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn asked(stream: &mut TlsStream<TcpStream>, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer).to_lowercase()
}

const BOTH: [&SupportedProtocolVersion; 2] = [&version::TLS13, &version::TLS12];

#[tokio::test]
async fn every_answer_over_tls_tells_the_browser_to_come_sealed() {
    let files = Files::new();
    let office = Office::start(&files);
    for (path, status) in [("/healthz", "200 ok"), ("/", "200 ok"), ("/khong/co", "404"), ("/sync", "405")] {
        let mut stream =
            office.connect(&files.certificate("one"), &BOTH, &["http/1.1"]).await.expect("a line");
        let answer = asked(&mut stream, path).await;
        assert!(answer.starts_with(&format!("http/1.1 {status}")), "{path}: {answer}");
        assert!(answer.contains("strict-transport-security: max-age=31536000\r\n"), "{path}: {answer}");
        assert!(answer.contains("require-trusted-types-for 'script'"), "{path}: {answer}");
    }
    let (well, log) = office.end();
    assert!(well && log.contains("\"closed\""), "{log}");
}

#[tokio::test]
async fn browsers_get_http_2_and_old_ones_tls_1_2() {
    let files = Files::new();
    let office = Office::start(&files);
    let certificate = files.certificate("one");
    let new = office.connect(&certificate, &BOTH, &["h2", "http/1.1"]).await.expect("a line");
    let (_, line) = new.get_ref();
    assert_eq!(line.alpn_protocol(), Some(&b"h2"[..]));
    assert_eq!(line.protocol_version(), Some(ProtocolVersion::TLSv1_3));
    let mut old = office.connect(&certificate, &[&version::TLS12], &[]).await.expect("a line");
    assert_eq!(old.get_ref().1.protocol_version(), Some(ProtocolVersion::TLSv1_2));
    assert!(asked(&mut old, "/healthz").await.starts_with("http/1.1 200"));
}

#[tokio::test]
async fn who_speaks_no_tls_or_not_at_all_keeps_nobody_waiting() {
    let files = Files::new();
    let office = Office::start(&files);
    let silent = TcpStream::connect(("127.0.0.1", office.port)).await.expect("a line");
    let mut open = TcpStream::connect(("127.0.0.1", office.port)).await.expect("a line");
    open.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("a request");
    let mut answer = Vec::new();
    // An alert of TLS or an end, never a page.
    let _ = open.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP"));
    let mut sealed = office.connect(&files.certificate("one"), &BOTH, &[]).await.expect("a line");
    assert!(asked(&mut sealed, "/healthz").await.starts_with("http/1.1 200"));
    drop(silent);
}

#[tokio::test]
async fn a_hang_up_brings_the_new_certificate_and_a_broken_one_changes_nothing() {
    let files = Files::new();
    let office = Office::start(&files);
    files.make("two");
    let replace = |from: &Path, to: &Path| fs::copy(from, to).expect("a copy");
    replace(&files.certificate("two"), &files.certificate("one"));
    office.signal("HUP");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let two = files.certificate("two");
    assert!(office.connect(&two, &BOTH, &[]).await.is_err(), "a certificate without its key is not taken");
    replace(&files.key("two"), &files.key("one"));
    office.signal("HUP");
    let mut renewed = None;
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        renewed = Some(office.connect(&two, &BOTH, &[]).await);
        if renewed.as_ref().is_some_and(Result::is_ok) {
            break;
        }
    }
    let mut renewed = renewed.expect("a try").expect("the new certificate");
    assert!(asked(&mut renewed, "/healthz").await.starts_with("http/1.1 200"));
    let (well, log) = office.end();
    assert!(well && log.contains("the certificate in use stays") && log.contains("read again"), "{log}");
}

#[test]
fn what_is_wrong_with_the_files_is_said_in_words() {
    let files = Files::new();
    files.make("two");
    let (certificate, key) = (files.certificate("one"), files.key("one"));
    let missing = files.dir.path().join("khong-co.crt");
    assert!(files.refused(&missing, &key).contains("không đọc được tệp"));
    assert!(files.refused(&key, &key).contains("không có chứng chỉ"));
    assert!(files.refused(&certificate, &files.key("two")).contains("không phải của chứng chỉ"));
    fs::set_permissions(&key, Permissions::from_mode(0o644)).expect("a mode");
    assert!(files.refused(&certificate, &key).contains("chmod 600"));
    fs::set_permissions(&key, Permissions::from_mode(0o600)).expect("a mode");
    fs::write(&key, "không phải khóa").expect("a file");
    assert!(files.refused(&certificate, &key).contains("không có khóa riêng"));
    let half = Command::new(env!("CARGO_BIN_EXE_bankhai"))
        .env_clear()
        .args(["serve", "--tls-cert", "x.crt"])
        .output()
        .expect("the program");
    assert!(!half.status.success() && String::from_utf8_lossy(&half.stderr).contains("--tls-key"));
    assert!(!files.dir.path().join("data").exists(), "nothing is opened before the certificate is read");
}
