//! Objects in a bucket of an S3 store, of whatever maker. Its client is the office's own, so that nothing is fetched or
//! built twice for it.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use clap::Args;
use http_body_util::BodyExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody,
    HttpService,
};
use object_store::{BackoffConfig, ClientOptions, Error, RetryConfig};
use ureq::Agent;

use crate::outward;

/// Longest time the store has for one request.
const PATIENCE: Duration = Duration::from_secs(20);
/// Tries after the first; a phone waits meanwhile, and brings its picture again by itself.
const TRIES: usize = 2;
/// How long after the first try another may begin.
const TRYING: Duration = Duration::from_secs(20);
/// More than any object has: a sealed picture, or a fault in words.
const MOST_BYTES: u64 = 4 << 20;
/// Where the credentials stand, as every other program of an S3 store reads them.
const ACCESS_KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET_KEY: &str = "AWS_SECRET_ACCESS_KEY";

/// A bucket, and what opens it. It cannot be printed.
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Where the store listens: https, or this machine.
    pub endpoint: String,
    /// The region requests are signed for.
    pub region: String,
    /// Who asks.
    pub access_key: String,
    /// What they are signed with.
    pub secret_key: String,
}

impl Bucket {
    /// A client of it; nothing is asked yet.
    pub(super) fn open(self) -> Result<AmazonS3, Error> {
        let Bucket { name, endpoint, region, access_key, secret_key } = self;
        let retry =
            RetryConfig { backoff: BackoffConfig::default(), max_retries: TRIES, retry_timeout: TRYING };
        AmazonS3Builder::new()
            .with_allow_http(outward::is_here(&endpoint))
            .with_bucket_name(name)
            .with_endpoint(endpoint)
            .with_region(region)
            .with_access_key_id(access_key)
            .with_secret_access_key(secret_key)
            .with_retry(retry)
            .with_http_connector(Client(outward::agent(PATIENCE)))
            .build()
    }
}

/// How a bucket is named. What opens it comes from the environment alone.
#[derive(Args, Clone, Default)]
pub struct BucketArgs {
    #[arg(
        long,
        env = "BANKHAI_S3_BUCKET",
        requires = "s3_endpoint",
        value_name = "NAME",
        help = "Kho S3 giữ ảnh giấy tờ: tên bucket (mặc định: tệp trong thư mục dữ liệu); \
                khóa lấy từ AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY"
    )]
    s3_bucket: Option<String>,
    #[arg(
        long,
        env = "BANKHAI_S3_ENDPOINT",
        requires = "s3_bucket",
        value_name = "URL",
        help = "Địa chỉ kho S3"
    )]
    s3_endpoint: Option<String>,
    #[arg(
        long,
        env = "BANKHAI_S3_REGION",
        default_value = "us-east-1",
        value_name = "REGION",
        help = "Vùng của kho S3"
    )]
    s3_region: String,
}

impl BucketArgs {
    /// The bucket, where one is named.
    ///
    /// # Errors
    /// In words, for who starts the office.
    pub fn bucket(self) -> Result<Option<Bucket>, String> {
        let (Some(name), Some(endpoint)) = (self.s3_bucket, self.s3_endpoint) else { return Ok(None) };
        if !outward::is_private(&endpoint) {
            return Err("kho S3 phải là https (http chỉ cho 127.0.0.1)".to_owned());
        }
        let secret = |name| {
            let found = std::env::var(name).ok().filter(|value| !value.is_empty());
            found.ok_or_else(|| format!("kho S3 cần biến môi trường {name}"))
        };
        let (access_key, secret_key) = (secret(ACCESS_KEY)?, secret(SECRET_KEY)?);
        Ok(Some(Bucket { name, endpoint, region: self.s3_region, access_key, secret_key }))
    }
}

/// The office's client, as `object_store` asks for one.
struct Client(Agent);

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

impl HttpConnector for Client {
    fn connect(&self, _: &ClientOptions) -> Result<HttpClient, Error> {
        Ok(HttpClient::new(Client(self.0.clone())))
    }
}

#[async_trait]
impl HttpService for Client {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let agent = self.0.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let answer = if body.is_empty() && !expects_body(&head.method) {
                agent.run(axum::http::Request::from_parts(head, ()))
            } else {
                agent.run(axum::http::Request::from_parts(head, &body[..]))
            };
            let (head, mut body) = answer.map_err(failed)?.into_parts();
            let bytes = body.with_config().limit(MOST_BYTES).read_to_vec().map_err(failed)?;
            Ok(HttpResponse::from_parts(head, HttpResponseBody::from(bytes)))
        });
        asked.await.map_err(|cause| HttpError::new(HttpErrorKind::Interrupted, cause))?
    }
}

fn expects_body(method: &axum::http::Method) -> bool {
    *method == axum::http::Method::PUT || *method == axum::http::Method::POST
}

fn failed(cause: ureq::Error) -> HttpError {
    let kind = match &cause {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            HttpErrorKind::Connect
        }
        ureq::Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(bucket: Option<&str>, endpoint: Option<&str>) -> Result<Option<Bucket>, String> {
        let (s3_bucket, s3_endpoint) = (bucket.map(str::to_owned), endpoint.map(str::to_owned));
        BucketArgs { s3_bucket, s3_endpoint, s3_region: "us-east-1".into() }.bucket()
    }

    #[test]
    fn without_a_name_pictures_lie_in_files_and_over_an_open_line_they_go_nowhere() {
        assert!(matches!(named(None, None), Ok(None)));
        let refused = named(Some("giay-to"), Some("http://kho.example.test")).err().unwrap_or_default();
        assert!(refused.contains("https"), "{refused}");
        // No test has the keys of a store in its environment.
        let refused = named(Some("giay-to"), Some("https://kho.example.test")).err().unwrap_or_default();
        assert!(refused.contains(ACCESS_KEY), "{refused}");
    }
}
