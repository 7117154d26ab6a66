//! What goes wrong at the office, and the one place that turns it into an answer: the cause is logged once, nothing
//! of it is sent.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use dossier::manage::Objection;
use sync::copied;
use sync::door::DoorRefusal;

use crate::password::Crowded;

/// Seconds after which somebody is welcome again when the office is merely busy.
const SOON: u64 = 3;

/// Why a request is not answered as wished.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal at the door.
    #[error("refused at the door: {0:?}")]
    Door(DoorRefusal),
    /// An objection to something about people, devices or areas.
    #[error("objected: {0:?}")]
    Managed(Objection),
    /// Come back after so many seconds.
    #[error("too many tries")]
    Slow(u64),
    /// All places are taken, or the writer's queue is full.
    #[error("busy")]
    Busy,
    /// A request that broke off before it said who asks what.
    #[error("cut")]
    Cut,
    /// Nobody the office knows.
    #[error("unknown device")]
    Unauthenticated,
    /// A device of which there are two.
    #[error("copied device")]
    Copied,
    /// Known, but without the right.
    #[error("forbidden")]
    Forbidden,
    /// There is nothing at this address.
    #[error("not found")]
    NotFound,
    /// The database.
    #[error("database: {0}")]
    Database(sqlx::Error),
    /// Something that cannot be, was.
    #[error("broken: {0}")]
    Broken(&'static str),
}

impl From<Crowded> for Error {
    fn from(_: Crowded) -> Error {
        Error::Slow(SOON)
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Error {
        if for_now(&cause) {
            tracing::warn!(%cause, "the database cannot take this now");
            return Error::Busy;
        }
        Error::Database(cause)
    }
}

/// Whether it will pass: the writing connection is taken too long (SQLITE_BUSY), or the disk is full (SQLITE_FULL).
fn for_now(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(cause) => matches!(cause.code().as_deref(), Some("5" | "13")),
        _ => false,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::Door(refusal) => (door_status(refusal), Json(refusal)).into_response(),
            Error::Managed(objection) => (objection_status(objection), Json(objection)).into_response(),
            Error::Slow(seconds) => {
                let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(DoorRefusal::Busy)).into_response();
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                response
            }
            Error::Busy => {
                let mut response =
                    plain(StatusCode::SERVICE_UNAVAILABLE, "Máy chủ đang bận, xin thử lại sau.");
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(SOON));
                response
            }
            Error::Cut => plain(StatusCode::REQUEST_TIMEOUT, "Yêu cầu bị đứt giữa đường, xin gửi lại."),
            Error::Unauthenticated => plain(StatusCode::UNAUTHORIZED, "Thiết bị này chưa được đăng ký."),
            Error::Copied => {
                let mut response = StatusCode::CONFLICT.into_response();
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(copied::CONTENT_TYPE));
                response
            }
            Error::Forbidden => plain(StatusCode::FORBIDDEN, "Bạn không có quyền làm việc này."),
            Error::NotFound => plain(StatusCode::NOT_FOUND, "Không có trang này."),
            Error::Database(_) | Error::Broken(_) => {
                tracing::error!(cause = %self, "request failed");
                plain(StatusCode::INTERNAL_SERVER_ERROR, "Máy chủ gặp lỗi, xin thử lại sau.")
            }
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, text).into_response()
}

fn door_status(refusal: DoorRefusal) -> StatusCode {
    match refusal {
        DoorRefusal::BadCode | DoorRefusal::BadPassword => StatusCode::FORBIDDEN,
        DoorRefusal::WeakPassword => StatusCode::UNPROCESSABLE_ENTITY,
        DoorRefusal::Busy => StatusCode::TOO_MANY_REQUESTS,
        DoorRefusal::Malformed => StatusCode::BAD_REQUEST,
    }
}

fn objection_status(objection: Objection) -> StatusCode {
    match objection {
        Objection::Malformed => StatusCode::BAD_REQUEST,
        Objection::Clock => StatusCode::UNAUTHORIZED,
        Objection::NotYours => StatusCode::FORBIDDEN,
        Objection::Unknown => StatusCode::NOT_FOUND,
        Objection::Taken | Objection::LastAdministrator | Objection::Repeated => StatusCode::CONFLICT,
        Objection::Unfit | Objection::OtherCode => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The answer to a request whose handler panicked.
pub fn after_panic(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    // What a panic says may quote somebody's bytes: it is not logged.
    Error::Broken("a handler panicked").into_response()
}
