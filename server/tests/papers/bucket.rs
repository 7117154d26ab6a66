//! In a bucket of an S3 server: a real one, on a port of this machine, which can be away.

use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::error_handling::HandleError;
use axum::http::StatusCode;
use server::client::Proxies;
use server::exchange::writer;
use server::objects::Objects;
use server::objects::bucket::Bucket;
use server::routes;
use sync::papers::{self, Arrived};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::{TestOffice, bring, bring_all, filed, how_far, lying, owner, picture, show};
use crate::office;

const BUCKET: &str = "giay-to";
const ACCESS_KEY: &str = "van-phong";
const SECRET_KEY: &str = "khoa cua kho thu nghiem";

/// An S3 server over a directory.
struct S3 {
    dir: TempDir,
    address: SocketAddr,
    running: Option<Runtime>,
}

impl S3 {
    async fn begin() -> S3 {
        let dir = tempfile::tempdir().expect("a directory");
        std::fs::create_dir(dir.path().join(BUCKET)).expect("a bucket");
        let mut s3 = S3 { dir, address: ([127, 0, 0, 1], 0).into(), running: None };
        s3.back().await;
        s3
    }

    /// Nobody listens any more, and connections that were open are cut.
    fn away(&mut self) {
        self.running.take().expect("it runs").shutdown_background();
    }

    async fn back(&mut self) {
        let files = s3s_fs::FileSystem::new(self.dir.path()).unwrap_or_else(|e| panic!("{e:?}"));
        let mut service = s3s::service::S3ServiceBuilder::new(files);
        service.set_auth(s3s::auth::SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = HandleError::new(service.build(), |_| async { StatusCode::INTERNAL_SERVER_ERROR });
        let running = Runtime::new().expect("a runtime");
        let address = self.address;
        let bound = running.spawn(async move { TcpListener::bind(address).await.expect("a port") });
        let listener = bound.await.expect("bound");
        self.address = listener.local_addr().expect("an address");
        running.spawn(async move { axum::serve(listener, Router::new().fallback_service(service)).await });
        self.running = Some(running);
    }

    fn bucket(&self) -> Bucket {
        Bucket {
            name: BUCKET.into(),
            endpoint: format!("http://{}", self.address),
            region: "us-east-1".into(),
            access_key: ACCESS_KEY.into(),
            secret_key: SECRET_KEY.into(),
        }
    }

    /// What lies there under this name.
    fn file(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join(BUCKET).join(path)
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown_background();
        }
    }
}

async fn working(s3: &S3) -> TestOffice {
    let dir = tempfile::tempdir().expect("a directory");
    let office = office::open_with(dir.path(), Proxies::default(), Some(s3.bucket())).await;
    let router = office::router(routes::router(office.clone()));
    let test = TestOffice { dir, office, router };
    test.add_commune().await;
    tokio::spawn(writer::run(test.office.clone()));
    test
}

fn is_empty(dir: &Path) -> bool {
    std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none())
}

#[tokio::test]
async fn pictures_lie_sealed_in_a_bucket_and_nothing_lies_beside_the_database() {
    let s3 = S3::begin().await;
    let test = working(&s3).await;
    test.office.objects.reach().await.expect("it answers");
    let phone = owner(&test, 1).await;
    let page = picture(1, 100_000);
    let (digest, dossier) = (papers::digest(&page), filed(&test, &phone, 1, &[&page]).await);
    assert!(test.office.objects.get((dossier, digest)).await.expect("an answer").is_none());
    assert_eq!(bring_all(&test, &phone, dossier, &page).await, Arrived { bytes: 100_000, whole: true });
    let answer = show(&test, &phone, dossier, digest).await;
    assert_eq!((answer.status, answer.body == page), (StatusCode::OK, true));
    let sealed = std::fs::read(s3.file(&format!("papers/{dossier}/{}", papers::hex(&digest))));
    let sealed = sealed.expect("an object");
    assert!(!sealed.windows(32).any(|part| part == &page[1_000..1_032]), "nothing of it lies in clear");
    assert!(!test.dir.path().join("data/objects").exists());
}

#[tokio::test]
async fn while_the_bucket_is_away_no_picture_is_said_to_be_kept_and_afterwards_it_is() {
    let mut s3 = S3::begin().await;
    let test = working(&s3).await;
    let phone = owner(&test, 1).await;
    let (first, page) = (picture(1, 50_000), picture(2, 50_000));
    let dossier = filed(&test, &phone, 1, &[&first, &page]).await;
    assert!(bring_all(&test, &phone, dossier, &first).await.whole);
    s3.away();
    test.office.objects.reach().await.expect_err("nobody is there");
    // Piece by piece until the last, with which it would be whole.
    let mut answer = bring(&test, &phone, dossier, &page, 0).await;
    while let Ok(far) = serde_json::from_slice::<Arrived>(&answer.body) {
        assert!(!far.whole);
        answer = bring(&test, &phone, dossier, &page, far.bytes as usize).await;
    }
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let again = bring(&test, &phone, dossier, &page, 50_000).await;
    assert_eq!(again.status, StatusCode::INTERNAL_SERVER_ERROR, "nor when the phone asks again");
    let listed = lying(&test, &phone, dossier).await;
    assert_eq!(listed[0].pictures, [papers::digest(&first)]);
    assert_eq!(show(&test, &phone, dossier, papers::digest(&page)).await.status, StatusCode::NOT_FOUND);
    // What was kept before is not said to be lost.
    let answer = show(&test, &phone, dossier, papers::digest(&first)).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    s3.back().await;
    // All its pieces waited here: the phone asks how far it is, and it is kept.
    assert_eq!(how_far(&test, &phone, dossier, &page).await, Arrived { bytes: 50_000, whole: true });
    for page in [&first, &page] {
        assert_eq!(show(&test, &phone, dossier, papers::digest(page)).await.body, *page);
    }
}

#[tokio::test]
async fn a_bucket_that_does_not_know_this_office_takes_nothing() {
    let s3 = S3::begin().await;
    for bucket in [
        Bucket { secret_key: "mot khoa khac".into(), ..s3.bucket() },
        Bucket { access_key: "ai do".into(), ..s3.bucket() },
    ] {
        let objects = Objects::in_bucket(bucket).unwrap_or_else(|e| panic!("{e}"));
        objects.reach().await.expect_err("not let in");
        let of = (dossier::id::DossierId([1; 8]), papers::digest(b"x"));
        let fault = objects.put(of, b"sealed".to_vec()).await.expect_err("not kept").to_string();
        assert!(!fault.contains("khoa"), "no key in what is logged: {fault}");
    }
    assert!(is_empty(&s3.dir.path().join(BUCKET)));
}
