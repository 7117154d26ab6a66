//! Over sockets that are cut, left hanging, and an office that is started again in the middle.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use server::routes;
use sync::papers::{self, Arrived, HEAD};
use sync::request::Call;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{bring_all, filed, how_far, owner, picture, show, with, working};
use crate::office;

/// What a request weighs besides its body: a browser's headers, the answer.
const HEADERS: usize = 600;

async fn served(router: &Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A request of which no more than so many bytes go out; the connection stays open.
async fn begin(address: SocketAddr, call: &Call, most: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let head = format!(
        "{} {} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: {}\r\ncontent-length: {}\r\n\r\n",
        call.method,
        call.path,
        call.authorization,
        call.body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("a head");
    stream.write_all(&call.body[..call.body.len().min(most)]).await.expect("a body");
    stream.flush().await.expect("gone");
    stream
}

async fn answer(mut stream: TcpStream) -> Option<Arrived> {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.ok()?;
    serde_json::from_str(text.split_once("\r\n\r\n")?.1).ok()
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the share of what is sent twice is a figure to be read")]
async fn three_pictures_over_sockets_cut_every_fifty_kilobytes_are_sent_hardly_a_byte_twice() {
    let test = working().await;
    let (phone, address) = (owner(&test, 1).await, served(&test.router).await);
    let pages = [picture(1, 150_000), picture(2, 149_000), picture(3, 121_345)];
    let dossier = filed(&test, &phone, 1, &[&pages[0], &pages[1], &pages[2]]).await;
    let all: usize = pages.iter().map(Vec::len).sum();
    let (connection, mut left, mut sent, mut cuts) = (50_000, 50_000, 0, 0);
    for page in &pages {
        let mut far = None::<u32>;
        loop {
            let call = match far {
                None => {
                    let paper = (papers::digest(page), page.len() as u32);
                    with(&phone, |sender| sender.how_far(dossier, paper))
                }
                Some(from) => with(&phone, |sender| sender.bring(dossier, page, from)),
            };
            let most = left.min(call.body.len() + HEADERS).saturating_sub(HEADERS);
            let stream = begin(address, &call, most).await;
            sent += most.saturating_sub(HEAD);
            if most < call.body.len() {
                // The line drops: what is behind the last byte never comes.
                drop(stream);
                // No phone is back within a tenth of a second.
                tokio::time::sleep(Duration::from_millis(100)).await;
                (left, far, cuts) = (connection, None, cuts + 1);
                continue;
            }
            left -= most + HEADERS;
            let arrived = answer(stream).await.expect("an answer");
            if arrived.whole {
                break;
            }
            far = Some(arrived.bytes);
        }
        assert_eq!(show(&test, &phone, dossier, papers::digest(page)).await.body, *page);
    }
    let twice = (sent - all) as f64 / all as f64;
    println!("{all} bytes of pictures, {sent} sent, {cuts} cuts: {:.2} % twice", twice * 100.0);
    assert!(cuts >= 8 && twice <= 0.05, "{cuts} cuts, {twice}");
}

#[tokio::test]
async fn who_comes_back_takes_over_from_a_connection_nobody_has_noticed_to_be_dead() {
    let test = working().await;
    let (phone, address) = (owner(&test, 1).await, served(&test.router).await);
    let page = picture(1, 30_000);
    let dossier = filed(&test, &phone, 1, &[&page]).await;
    let call = with(&phone, |sender| sender.bring(dossier, &page, 0));
    // The first connection hangs with a third of the body on its way.
    let hanging = begin(address, &call, HEAD + 10_000).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let far = how_far(&test, &phone, dossier, &page).await;
    assert_eq!(far, Arrived { bytes: 10_000, whole: false });
    let call = with(&phone, |sender| sender.bring(dossier, &page, far.bytes));
    let stream = begin(address, &call, usize::MAX).await;
    assert_eq!(answer(stream).await, Some(Arrived { bytes: 30_000, whole: true }));
    drop(hanging);
}

#[tokio::test]
async fn what_has_come_is_there_after_the_office_was_started_again() {
    let test = super::test_office().await;
    test.add_commune().await;
    let writer = tokio::spawn(server::exchange::writer::run(test.office.clone()));
    let (phone, address) = (owner(&test, 1).await, served(&test.router).await);
    let page = picture(1, 90_000);
    let dossier = filed(&test, &phone, 1, &[&page]).await;
    let call = with(&phone, |sender| sender.bring(dossier, &page, 0));
    drop(begin(address, &call, HEAD + 12_345).await);
    tokio::time::sleep(Duration::from_millis(300)).await;
    writer.abort();
    let _ = writer.await;
    test.office.close();
    test.office.store.close().await.expect("closed");
    let copy = tempfile::tempdir().expect("a directory");
    // The lock is held by the routers of this process: the office is started on a copy of its premises.
    let from = test.dir.path().join("data");
    let copied = std::process::Command::new("cp").arg("-a").arg(from).arg(copy.path()).status();
    assert!(copied.expect("cp").success());
    let office = office::open(copy.path()).await;
    let router = office::router(routes::router(office.clone()));
    let test = super::TestOffice { dir: copy, office, router };
    let far = how_far(&test, &phone, dossier, &page).await;
    assert_eq!(far, Arrived { bytes: 12_345, whole: false });
    assert!(bring_all(&test, &phone, dossier, &page).await.whole);
    assert_eq!(show(&test, &phone, dossier, papers::digest(&page)).await.body, page);
}
