//! TLS in the program itself, for an office without a proxy: rustls with a certificate of its own.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::server::TlsStream;

use crate::client::Peer;

/// A handshake is four small messages; over a line of 2G that is seconds.
const LONGEST_HANDSHAKE: Duration = Duration::from_secs(30);
/// Handshakes that may be under way at once. Those who come beyond that wait in the system's own queue.
const HANDSHAKES: usize = 1024;

/// Why there is no TLS, in words for the person who runs the office.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file that cannot be read.
    #[error("không đọc được tệp {}: {cause}", .file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file without what it should hold.
    #[error("tệp {} không có {what} dạng PEM", .file.display())]
    Empty {
        /// Which.
        file: PathBuf,
        /// A certificate or a private key.
        what: &'static str,
    },
    /// A key that is no secret.
    #[error("khóa {} ai trên máy này cũng đọc được: hãy chạy chmod 600 cho tệp ấy", .0.display())]
    Open(PathBuf),
    /// A key and a certificate that do not belong together.
    #[error("khóa {} không phải của chứng chỉ {}", .key.display(), .certificate.display())]
    Strangers {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// What rustls does not take.
    #[error("chứng chỉ hoặc khóa không dùng được: {0}")]
    Unusable(rustls::Error),
}

/// A certificate and its key, in files.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate and those between it and its root, PEM.
    pub certificate: PathBuf,
    /// The private key, PEM: PKCS#8, PKCS#1 or SEC1.
    pub key: PathBuf,
}

impl Identity {
    /// Reads both files.
    pub fn read(&self) -> Result<Arc<ServerConfig>, TlsError> {
        let chain = chain(&self.certificate)?;
        let key = key(&self.key)?;
        // TLS 1.2 stays: the oldest browsers that may still open the plain form know nothing newer.
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(TlsError::Unusable)?
            .with_no_client_auth()
            .with_single_cert(chain, key);
        let mut config = config.map_err(|cause| match cause {
            rustls::Error::InconsistentKeys(_) => {
                TlsError::Strangers { certificate: self.certificate.clone(), key: self.key.clone() }
            }
            other => TlsError::Unusable(other),
        })?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // A phone that comes back brings its ticket, and nobody sends it the certificate again.
        config.ticketer = ring::Ticketer::new().map_err(TlsError::Unusable)?;
        Ok(Arc::new(config))
    }
}

fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let bytes = std::fs::read(path).map_err(|cause| TlsError::File { file: path.to_owned(), cause })?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    chain
        .ok()
        .filter(|chain| !chain.is_empty())
        .ok_or_else(|| TlsError::Empty { file: path.to_owned(), what: "chứng chỉ" })
}

fn key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let at = |cause| TlsError::File { file: path.to_owned(), cause };
    let mode = std::fs::metadata(path).map_err(at)?.permissions().mode();
    // A group of its own may read it: that is how certificates are renewed by another user.
    if mode & 0o007 != 0 {
        return Err(TlsError::Open(path.to_owned()));
    }
    let bytes = std::fs::read(path).map_err(at)?;
    PrivateKeyDer::from_pem_slice(&bytes)
        .map_err(|_| TlsError::Empty { file: path.to_owned(), what: "khóa riêng" })
}

/// Connections whose handshake is done. A slow one keeps nobody else waiting.
pub struct Sealed {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, Peer)>,
    here: Peer,
    accepting: AbortHandle,
}

impl Sealed {
    /// Listens with whatever identity is the newest.
    pub fn over(
        listener: TcpListener,
        identity: watch::Receiver<Arc<ServerConfig>>,
    ) -> std::io::Result<Sealed> {
        let here = Peer { address: listener.local_addr()?, sealed: true };
        // Nothing waits here unless the server stopped taking: it is full at once then, and so is the system's queue.
        let (done, ready) = mpsc::channel(1);
        let accepting = tokio::spawn(accept(listener, identity, done)).abort_handle();
        Ok(Sealed { ready, here, accepting })
    }
}

impl Drop for Sealed {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(
    mut listener: TcpListener,
    identity: watch::Receiver<Arc<ServerConfig>>,
    done: mpsc::Sender<(TlsStream<TcpStream>, Peer)>,
) {
    let places = Arc::new(Semaphore::new(HANDSHAKES));
    while let Ok(place) = places.clone().acquire_owned().await {
        let (stream, address) = Listener::accept(&mut listener).await;
        let acceptor = TlsAcceptor::from(identity.borrow().clone());
        let done = done.clone();
        tokio::spawn(async move {
            let shaken = tokio::time::timeout(LONGEST_HANDSHAKE, acceptor.accept(stream)).await;
            drop(place);
            // Whoever does not speak TLS, or not in time, is left: there is nobody to tell.
            if let Ok(Ok(stream)) = shaken {
                let _ = done.send((stream, Peer { address, sealed: true })).await;
            }
        });
    }
}

impl Listener for Sealed {
    type Io = TlsStream<TcpStream>;
    type Addr = Peer;

    async fn accept(&mut self) -> (TlsStream<TcpStream>, Peer) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The accepting task ends with this listener and not before.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Peer> {
        Ok(self.here)
    }
}

impl Connected<IncomingStream<'_, Sealed>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Sealed>) -> Peer {
        *stream.remote_addr()
    }
}
