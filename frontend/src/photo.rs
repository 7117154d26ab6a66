//! A photographed page, made small in the page: drawn anew, so that nothing of the camera's own notes (place, time, phone)
//! comes along, and as a JPEG of at most 150 KB.

use js_sys::{Promise, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, HtmlInputElement,
    Url,
};

/// The longer side, in points.
const LONG: f64 = 1_600.0;
/// Most bytes.
const MOST: f64 = 150_000.0;
/// Tried one after the other, and then once more on a smaller canvas.
const QUALITIES: [f64; 5] = [0.8, 0.65, 0.5, 0.4, 0.3];
const SHRINKS: u32 = 4;

/// The picture chosen in a file field, made small; the field is empty afterwards, so that the same can be chosen again.
///
/// # Errors
/// When it is no picture, or there is none.
pub async fn chosen(field: &str) -> Result<Vec<u8>, JsValue> {
    let field: HtmlInputElement =
        document().get_element_by_id(field).ok_or(JsValue::UNDEFINED)?.dyn_into()?;
    let file = field.files().and_then(|files| files.get(0)).ok_or(JsValue::UNDEFINED)?;
    let url = Url::create_object_url_with_blob(&file)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    let small = match decoded {
        Ok(_) => shrunk(&image).await,
        Err(cause) => Err(cause),
    };
    let _ = Url::revoke_object_url(&url);
    field.set_value("");
    small
}

async fn shrunk(image: &HtmlImageElement) -> Result<Vec<u8>, JsValue> {
    let (wide, high) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    if wide < 1.0 || high < 1.0 {
        return Err(JsValue::UNDEFINED);
    }
    let mut scale = (LONG / wide.max(high)).min(1.0);
    for _ in 0..SHRINKS {
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
        let (wide, high) = ((wide * scale).round().max(1.0), (high * scale).round().max(1.0));
        canvas.set_width(wide as u32);
        canvas.set_height(high as u32);
        let context = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?;
        let context: CanvasRenderingContext2d = context.dyn_into()?;
        // What is see-through is paper, not night.
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, wide, high);
        context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, wide, high)?;
        for quality in QUALITIES {
            let blob = jpeg(&canvas, quality).await?;
            if blob.size() <= MOST {
                let bytes = JsFuture::from(blob.array_buffer()).await?;
                return Ok(Uint8Array::new(&bytes).to_vec());
            }
        }
        scale *= 0.75;
    }
    Err(JsValue::UNDEFINED)
}

async fn jpeg(canvas: &HtmlCanvasElement, quality: f64) -> Result<Blob, JsValue> {
    let made = Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let asked =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality.into());
        if let Err(cause) = asked {
            let _ = reject.call1(&JsValue::UNDEFINED, &cause);
        }
    });
    JsFuture::from(made).await?.dyn_into()
}

/// An address under which this page shows a picture; empty when the browser gives none.
pub fn address(jpeg: &[u8]) -> String {
    let parts = js_sys::Array::of1(&Uint8Array::from(jpeg));
    let kind = BlobPropertyBag::new();
    kind.set_type("image/jpeg");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind);
    blob.and_then(|blob| Url::create_object_url_with_blob(&blob)).unwrap_or_default()
}
