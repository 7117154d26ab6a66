//! Starting the office, running it, and closing it so that nothing under way is cut off.

use std::future::Future;
use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::{CliError, ServeArgs};
use crate::demo;
use crate::exchange::writer;
use crate::office::{Office, Settings};
use crate::routes;
use crate::store::office;

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
    let premises = args.place.open().await?;
    let office =
        Office::open(premises, Settings { standing: args.standing.standing(), site: args.site }).await?;
    let invented = office::find(office.store.readers()).await?.is_some_and(|row| row.demo);
    if invented && !at_home {
        return Err(CliError::Words(
            "thư mục dữ liệu này có các tài khoản dùng thử, nên chỉ chạy trên 127.0.0.1; \
             hãy dùng một thư mục mới (--data) cho máy chủ thật"
                .into(),
        ));
    }
    let listener = TcpListener::bind(args.addr).await.map_err(|cause| CliError::Listen(args.addr, cause))?;
    let address = listener.local_addr()?;
    if args.demo {
        let invented = demo::prepare(&office).await?;
        write!(out, "{}", demo::words(address, &invented))?;
    } else {
        writeln!(out, "Bản Khai đang chạy ở http://{address} (dừng: Ctrl+C)")?;
    }
    out.flush()?;
    let stop = stop_signal()?;
    until(listener, office, stop).await?;
    Ok(())
}

/// Serves until `stop`, then lets what is under way finish, and puts the write-ahead log away.
pub async fn until(
    listener: TcpListener,
    office: Office,
    stop: impl Future<Output = ()>,
) -> Result<(), CliError> {
    let app = routes::router(office.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let writer = tokio::spawn(writer::run(office.clone()));
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
    // What was admitted is kept and answered before the database closes.
    writer.await.map_err(std::io::Error::other)?;
    office.store.close().await?;
    tracing::info!("closed");
    Ok(())
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
