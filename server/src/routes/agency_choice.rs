//! Nơi nhận: the agency somebody writes to or goes to, chosen from those that stand today.

use leptos::prelude::*;

use crate::error::Error;
use crate::office::Office;
use crate::store::commune::{self, CommuneRow};

/// Those there are.
pub(super) async fn agencies(office: &Office) -> Result<Vec<CommuneRow>, Error> {
    Ok(commune::list(office.store.readers()).await?.into_iter().filter(CommuneRow::stands).collect())
}

/// The field `commune`. Where there is one alone it is chosen already; otherwise nobody's letter goes to the first by
/// mistake.
pub(super) fn choice(
    agencies: &[CommuneRow],
    label: &'static str,
    blank: &'static str,
    chosen: &str,
) -> AnyView {
    let blank = (agencies.len() > 1).then(|| view! { <option value="">{blank}</option> });
    let options = agencies.iter().map(|row| {
        let code = row.code.to_string();
        let selected = code == chosen;
        view! { <option value=code selected=selected>{format!("{}, {}", row.agency, row.province)}</option> }
    });
    view! {
        <div class="q">
            <label for="commune">{label}</label>
            <select class="box" id="commune" name="commune">{blank}{options.collect_view()}</select>
        </div>
    }
    .into_any()
}
