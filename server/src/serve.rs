//! Starting the office, running it, and closing it so that nothing under way is cut off.

use std::future::Future;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio_rustls::rustls::ServerConfig;

use crate::cli::{CliError, ServeArgs};
use crate::client::{Peer, Plain, Proxies};
use crate::code::Code;
use crate::demo;
use crate::exchange::writer;
use crate::office::{Office, Settings};
use crate::pictures::unnamed;
use crate::routes;
use crate::store::{account, office};
use crate::tls::{Identity, Sealed};
use crate::{merger, message, payment, procedures, push};

/// How long requests under way may take when the office closes.
const DRAIN: Duration = Duration::from_secs(10);

/// `bankhai serve`.
pub async fn run(args: ServeArgs, out: &mut (dyn Write + Send)) -> Result<(), CliError> {
    let at_home = args.addr.ip().is_loopback();
    if args.demo && !at_home {
        return Err(CliError::Words(format!(
            "chế độ dùng thử có mật khẩu ai cũng biết, nên chỉ chạy trên 127.0.0.1 (đang yêu cầu {})",
            args.addr
        )));
    }
    let identity = args.tls.identity();
    // Before anything is opened: a certificate that does not fit is the operator's next thing to look at.
    let sealed = identity.as_ref().map(Identity::read).transpose()?;
    let premises = args.place.open().await?;
    let settings = Settings {
        standing: args.standing.standing(),
        site: args.site,
        proxies: Proxies::at(&args.trusted_proxy),
        bucket: args.bucket.bucket().map_err(CliError::Words)?,
    };
    let office = Office::open(premises, settings).await?;
    if let Some(line) = args.sms.line().map_err(CliError::Words)? {
        office.messages.open(line);
    }
    if let Some((contact, hosts)) = args.push.service().map_err(CliError::Words)?
        && !office.pushes.open(&office.keys, &contact, hosts)
    {
        return Err(CliError::Words("khóa vapid.key không dùng được".to_owned()));
    }
    let invented = office::find(office.store.readers()).await?.is_some_and(|row| row.demo);
    let made_up = args.demo || args.training;
    if made_up && !invented && !account::list(office.store.readers()).await?.is_empty() {
        return Err(CliError::Words(
            "thư mục dữ liệu này của máy chủ thật; hãy dùng một thư mục mới (--data) để dùng thử, tập huấn"
                .into(),
        ));
    }
    if invented && !at_home && !args.training {
        return Err(CliError::Words(
            "thư mục dữ liệu này có các tài khoản dùng thử, nên chỉ chạy trên 127.0.0.1; \
             hãy dùng một thư mục mới (--data) cho máy chủ thật"
                .into(),
        ));
    }
    if let Some(gateway) = args.payment.gateway().map_err(CliError::Words)? {
        if (made_up || invented) && !gateway.is_here() {
            return Err(CliError::Words(
                "dùng thử, tập huấn không thu tiền thật: cổng thanh toán phải ở ngay trên máy này (127.0.0.1)".into(),
            ));
        }
        office.payments.open(gateway);
    }
    let listener = TcpListener::bind(args.addr).await.map_err(|cause| CliError::Listen(args.addr, cause))?;
    let address = listener.local_addr()?;
    // Who reads that the office runs may send it a signal, so it listens for them first. Without a certificate a
    // hang-up ends the program, as closing a terminal should.
    let stop = stop_signal()?;
    let hangup = sealed.is_some().then(|| signal(SignalKind::hangup())).transpose()?;
    let scheme = if sealed.is_some() { "https" } else { "http" };
    if made_up {
        let password = if args.training { Code::mint().to_string() } else { demo::PASSWORD.to_owned() };
        let invented = demo::prepare(&office, &password).await?;
        let host = if at_home { "localhost".to_owned() } else { address.ip().to_string() };
        let site = format!("{scheme}://{host}:{}/", address.port());
        write!(out, "{}", demo::words(&site, &password, &invented))?;
    } else {
        writeln!(out, "Bản Khai đang chạy ở {scheme}://{address} (dừng: Ctrl+C)")?;
    }
    out.flush()?;
    match identity.zip(sealed).zip(hangup) {
        Some(((identity, config), hangup)) => {
            let (renewed, newest) = watch::channel(config);
            let renewing = tokio::spawn(renew(identity, renewed, hangup));
            let served = until(Sealed::over(listener, newest)?, office, stop).await;
            renewing.abort();
            served
        }
        None => until(Plain(listener), office, stop).await,
    }
}

/// Reads the certificate and its key again at each hang-up. Those that do not fit change nothing.
async fn renew(identity: Identity, renewed: watch::Sender<Arc<ServerConfig>>, mut hangup: Signal) {
    while hangup.recv().await.is_some() {
        match identity.read() {
            Ok(config) => {
                renewed.send_replace(config);
                tracing::info!("certificate read again");
            }
            Err(cause) => tracing::error!(%cause, "the certificate in use stays"),
        }
    }
}

/// Serves until `stop`, then lets what is under way finish, and puts the write-ahead log away.
pub async fn until<L>(listener: L, office: Office, stop: impl Future<Output = ()>) -> Result<(), CliError>
where
    L: Listener<Addr = Peer>,
    Peer: for<'a> Connected<IncomingStream<'a, L>>,
{
    let app = routes::router(office.clone()).into_make_service_with_connect_info::<Peer>();
    let writer = tokio::spawn(writer::run(office.clone()));
    let mergers = tokio::spawn(merger::run(office.clone()));
    let messages = tokio::spawn(message::run(office.clone()));
    let payments = tokio::spawn(payment::run(office.clone()));
    let pictures = tokio::spawn(unnamed::run(office.clone()));
    let procedures = tokio::spawn(procedures::run(office.clone()));
    let pushes = tokio::spawn(push::run(office.clone()));
    let reaching = tokio::spawn(reach(office.clone()));
    let closing = office.clone();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move { closing.closed().await });
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        ended = &mut server => {
            // Only a broken listener ends the server by itself.
            ended.map_err(std::io::Error::other)??;
        }
        () = stop => {
            tracing::info!("closing");
            office.close();
            match tokio::time::timeout(DRAIN, &mut server).await {
                Ok(ended) => ended.map_err(std::io::Error::other)??,
                Err(_) => {
                    tracing::warn!("requests still under way are cut off");
                    server.abort();
                }
            }
        }
    }
    office.close();
    reaching.abort();
    // What was admitted is kept and answered before the database closes.
    writer.await.map_err(std::io::Error::other)?;
    mergers.await.map_err(std::io::Error::other)?;
    messages.await.map_err(std::io::Error::other)?;
    payments.await.map_err(std::io::Error::other)?;
    pictures.await.map_err(std::io::Error::other)?;
    procedures.await.map_err(std::io::Error::other)?;
    pushes.await.map_err(std::io::Error::other)?;
    office.store.close().await?;
    tracing::info!("closed");
    Ok(())
}

/// Says at the start what else only the first picture would show: a store that is away, or lets nobody in.
async fn reach(office: Office) {
    if let Err(cause) = office.objects.reach().await {
        tracing::error!(%cause, "the objects cannot be used");
    }
}

fn stop_signal() -> Result<impl Future<Output = ()>, CliError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
