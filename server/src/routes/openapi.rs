//! `/openapi.json`: the interface as the route table has it, for programs and for tests that try every address. Made from
//! the table alone, so it cannot speak of a route that is not there.

use axum::Json;
use dossier::access::Action;
use serde_json::{Map, Value, json};

use super::track::picture;
use super::{Route, TABLE};

/// The document.
pub async fn document() -> Json<Value> {
    let mut paths: Map<String, Value> = Map::new();
    for route in TABLE {
        let path = route.path.replace("{*", "{");
        let operations = paths.entry(path).or_insert_with(|| json!({}));
        operations[route.method.to_lowercase()] = operation(route);
    }
    Json(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Bản Khai",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every route of an office. What one may do there is judged again for each place; what lies \
                outside one's area is answered like what does not exist.",
        },
        "paths": paths,
        "components": { "securitySchemes": {
            "device": {
                "type": "apiKey", "in": "header", "name": "Authorization",
                "description": "Bankhai-Device <handle>.<milliseconds>.<nonce>.<signature>",
            },
            "program": { "type": "http", "scheme": "bearer" },
        } },
    }))
}

/// Statuses of every route.
const ANSWERS: &[(&str, &str)] = &[
    ("200", "Done, or what was asked for."),
    ("400", "What was sent cannot be read."),
    ("401", "Nobody the office knows, or a claimed time too far off."),
    ("403", "Known, and without the right; or a form of another site."),
    ("404", "Not there, or outside one's area: the two look alike."),
    ("408", "Broken off on its way: it is sent again."),
    ("413", "More than one request may bring."),
    ("422", "Read, and it does not fit."),
    ("429", "Too many tries: `Retry-After` says when."),
    ("503", "Busy: `Retry-After` says when."),
];

/// What asking about people, devices and areas may come to besides.
const MANAGED: &[(&str, &str)] = &[("409", "Taken, or heard before.")];

/// What the other routes may come to besides.
const OTHERWISE: &[(&str, &str)] = &[
    ("304", "What is known still holds."),
    ("409", "This device has a copy: it signs in anew."),
    ("410", "This device was revoked: what it brought is kept, and it is told so."),
    ("415", "A form of another kind."),
];

fn operation(route: &Route) -> Value {
    let parameters: Vec<Value> = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let name = name.trim_start_matches('*');
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    // The payment gateway is nobody's device and nobody's program: it signs in its own way.
    let managed = route.path.starts_with("/api/v1/") && route.action != Action::Enrol;
    let mut answers = Map::new();
    for (status, words) in ANSWERS.iter().chain(if managed { MANAGED } else { OTHERWISE }) {
        answers.insert((*status).to_owned(), json!({ "description": words }));
    }
    let mut operation = json!({
        "operationId": format!("{} {}", route.method, route.path),
        "x-action": format!("{:?}", route.action),
        "parameters": parameters,
        "responses": answers,
    });
    if managed {
        operation["security"] = json!([{ "device": [] }, { "program": [] }]);
    }
    if route.method == "POST" {
        let kind = match route.action {
            Action::Exchange | Action::Listen if !managed => sync::frame::CONTENT_TYPE,
            Action::HandIn => sync::sealed::CONTENT_TYPE,
            _ if route.path == sync::papers::PATH => sync::papers::CONTENT_TYPE,
            _ if route.path == picture::PATH => picture::KIND,
            Action::ReadPublic => "application/x-www-form-urlencoded",
            _ if route.path == "/khai" => "application/x-www-form-urlencoded",
            _ => "application/json",
        };
        let schema = match kind.starts_with("application/vnd.") {
            true => json!({ "type": "string", "format": "binary" }),
            false => json!({}),
        };
        operation["requestBody"] = json!({ "required": true, "content": { kind: { "schema": schema } } });
    }
    operation
}
