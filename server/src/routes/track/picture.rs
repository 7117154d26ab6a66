//! `POST /theo-doi/anh`: a picture for the answer to a supplement request, before the answer itself; and the script that
//! shrinks it in the page. The code and the private word stand before the picture in the body, never in an address.

use std::sync::LazyLock;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::client::Client;
use crate::error::Error;
use crate::hex;
use crate::holder::answer::{Typed, picture};
use crate::holder::picture::{Picture, PictureError};
use crate::holder::{self, Key, Shut};
use crate::office::Office;
use crate::pictures::unnamed::{self, Waits};

/// Where pictures go.
pub const PATH: &str = "/theo-doi/anh";
/// Their content type: two lines, code and word, then a JPEG.
pub const KIND: &str = "application/vnd.bankhai.page";

const SCRIPT: &str = include_str!("picture.js");
/// The script changes with the office's program only, and its address with the script.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Where the script of this program is.
pub static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = sync::papers::digest(SCRIPT.as_bytes());
    format!("/theo-doi/anh.js?{}", hex::encode(&digest[..8]))
});

/// `GET /theo-doi/anh.js`.
pub async fn script() -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, FOR_EVER),
    ];
    (headers, SCRIPT).into_response()
}

/// `POST /theo-doi/anh`: what the answer calls the picture by, or in words why it is not taken.
pub async fn bring(State(office): State<Office>, client: Client, body: Bytes) -> Result<Response, Error> {
    let Some((key, bytes)) = read(&body) else {
        return Ok(said(StatusCode::BAD_REQUEST, "Chưa đọc được phần đã gửi. Gửi lại giúp nhé."));
    };
    let matter = match holder::open(&office, client.address, key).await? {
        Ok(matter) => matter,
        Err(Shut::Wait(seconds)) => {
            let words = "Đã thử nhiều lần. Chờ một lúc rồi gửi lại.";
            let mut answer = said(StatusCode::TOO_MANY_REQUESTS, words);
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            return Ok(answer);
        }
        Err(_) => {
            return Ok(said(StatusCode::NOT_FOUND, "Mã và 4 số không mở được hồ sơ nào. Mở lại từ đầu."));
        }
    };
    if matter.request(&Typed::new()).is_none() {
        let words = "Nơi giải quyết không chờ ảnh: phần bổ sung đã đến, hoặc hồ sơ đã đi tiếp.";
        return Ok(said(StatusCode::CONFLICT, words));
    }
    let page = match Picture::read(bytes.to_vec()) {
        Ok(page) => page,
        Err(why) => return Ok(said(StatusCode::UNPROCESSABLE_ENTITY, objection(why))),
    };
    match unnamed::keep(&office, matter.story.dossier, &page).await? {
        Waits::Kept => {
            let called = picture(&page.digest(), page.bytes().len());
            Ok(Json(json!({ "picture": called })).into_response())
        }
        Waits::Crowded => {
            let words = "Nhiều ảnh quá. Gửi những ảnh đã chọn trước, hoặc mang bản chính đến nơi giải quyết.";
            Ok(said(StatusCode::UNPROCESSABLE_ENTITY, words))
        }
    }
}

/// The key, and the bytes behind it.
fn read(body: &[u8]) -> Option<(Key, &[u8])> {
    let mut parts = body.splitn(3, |byte| *byte == b'\n');
    let mut line = || std::str::from_utf8(parts.next()?).ok().map(str::to_owned);
    let key = Key { code: line()?, word: line()? };
    Some((key, parts.next()?))
}

fn said(status: StatusCode, words: &str) -> Response {
    (status, Json(json!({ "words": words }))).into_response()
}

fn objection(why: PictureError) -> &'static str {
    match why {
        PictureError::NotJpeg => "Máy chủ không đọc được ảnh này. Hãy chụp lại.",
        PictureError::TooHeavy(_) | PictureError::TooLong(_) => {
            "Ảnh này lớn quá. Mở lại trang rồi chụp lại: trang tự thu nhỏ ảnh."
        }
    }
}
