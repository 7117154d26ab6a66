//! The static files that start the page and the device: `shell.html` and two small scripts.

use crate::asset::Asset;

/// Where the files that the shell starts lie.
pub struct Parts<'a> {
    /// The style sheet.
    pub style: &'a Asset,
    /// The page's JavaScript.
    pub page_js: &'a Asset,
    /// The page's module.
    pub page_wasm: &'a Asset,
    /// The script that starts the page.
    pub boot: &'a Asset,
    /// The script that starts the device's worker.
    pub worker_boot: &'a Asset,
}

/// What texts may become, said before anything can make something of one.
const POLICY: &str = include_str!("../../src/policy.js");

/// The script that sets the policy and starts a page, then takes the skeleton away: the desk's where a desk was opened
/// once, else the phone's. A desk that cannot be had leaves the phone's page; a page that cannot start shows the way on.
///
/// `bkOpenDesk` is what the phone's page calls to be followed by the desk's. A script that could not be had once may count
/// as gone for good in its window, so it is fetched before it is asked for; the module starts once, however often it is
/// called.
pub fn boot(page: [&Asset; 2], desk: [&Asset; 2]) -> String {
    let [page_js, page_wasm] = page.map(|part| &part.url);
    let [desk_js, desk_wasm] = desk.map(|part| &part.url);
    format!(
        r#"{POLICY}
const PAGE = ["{page_js}", "{page_wasm}"];
const DESK = ["{desk_js}", "{desk_wasm}"];

async function start([script, module]) {{
  const {{ default: init }} = await import(script);
  await init({{ module_or_path: module }});
}}

let opening;
function openDesk() {{
  opening ??= fetchAndStart().finally(() => (opening = undefined));
  return opening;
}}

async function fetchAndStart() {{
  const answer = await fetch(DESK[0]);
  if (!answer.ok) throw new Error("the desk is not there");
  await answer.arrayBuffer();
  await start(DESK);
}}

function hasDesk() {{
  try {{
    return localStorage.getItem("bk.ban") !== null;
  }} catch {{
    return false;
  }}
}}

globalThis.bkOpenDesk = openDesk;
// An office whose people are made up says so with a cookie: the shell is the same for all, and read without a network.
if (document.cookie.split("; ").includes("bk-trial=1")) document.documentElement.classList.add("trial");
try {{
  const opened = hasDesk() && (await openDesk().then(() => true, () => false));
  if (!opened) await start(PAGE);
  document.getElementById("skeleton")?.remove();
}} catch (fault) {{
  document.getElementById("skeleton-fault")?.removeAttribute("hidden");
  throw fault;
}}
"#
    )
}

/// The script that starts the worker. What the page says before the module listens is kept and said again, in order;
/// a module that cannot start becomes an `error` event of the page's `Worker`.
pub fn worker_boot(worker_js: &Asset, worker_wasm: &Asset) -> String {
    format!(
        r#"import init from "{}";
const early = [];
const keep = (event) => early.push(event);
addEventListener("message", keep);
init({{ module_or_path: "{}" }}).then(
  () => {{
    removeEventListener("message", keep);
    for (const {{ data, ports }} of early) {{
      dispatchEvent(new MessageEvent("message", {{ data, ports: [...ports] }}));
    }}
  }},
  (fault) => setTimeout(() => {{ throw fault; }}),
);
"#,
        worker_js.url, worker_wasm.url
    )
}

/// The shell that every device page opens in. No inline script, nothing about anybody: its bytes are the same for all.
pub fn html(build: &str, parts: &Parts<'_>) -> String {
    let Parts { style, page_js, page_wasm, boot, worker_boot } = parts;
    format!(
        r##"<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>Bản Khai</title>
<meta name="theme-color" content="#1b1e52">
<meta name="bk-build" content="{build}">
<meta name="bk-worker" content="{worker}">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/icon-192.png">
<link rel="stylesheet" href="{style}">
<link rel="modulepreload" href="{page_js}">
<link rel="preload" href="{page_wasm}" as="fetch" type="application/wasm" crossorigin="anonymous">
<script type="module" src="{boot}"></script>
</head>
<body>
<div id="skeleton" class="app">
<header class="bar"><div class="who"><b>Bản Khai</b></div></header>
<div class="weave"></div>
<main class="main">
<p role="status">Đang mở…</p>
<p id="skeleton-fault" hidden>Ứng dụng không mở được trên máy này. <a href="/khai">Khai bằng tờ khai đơn giản</a></p>
<noscript><p>Máy này không chạy được ứng dụng. <a href="/khai">Khai bằng tờ khai đơn giản</a></p></noscript>
</main>
</div>
</body>
</html>
"##,
        worker = worker_boot.url,
        style = style.url,
        page_js = page_js.url,
        page_wasm = page_wasm.url,
        boot = boot.url,
    )
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;
    use crate::site::files_below;

    fn asset(name: &str) -> Asset {
        Asset::hashed(name, name.as_bytes().to_vec())
    }

    fn shell() -> String {
        html(
            "b1",
            &Parts {
                style: &asset("style.css"),
                page_js: &asset("page.js"),
                page_wasm: &asset("page_bg.wasm"),
                boot: &asset("boot.js"),
                worker_boot: &asset("worker-boot.js"),
            },
        )
    }

    #[test]
    fn the_shell_has_no_inline_script_or_style() {
        let html = shell();
        for script in html.split("<script").skip(1) {
            assert!(script.contains(" src=") && script.contains("></script>"), "{script}");
        }
        assert!(!html.contains("<style") && !html.contains(" style="));
    }

    #[test]
    fn the_shell_asks_this_site_only() {
        let html = shell();
        for address in html.split("=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(!address.contains("//"), "{address}");
        }
    }

    #[test]
    fn the_shell_leaves_a_way_without_script() {
        let html = shell();
        assert!(html.contains("<noscript>") && html.contains("href=\"/khai\""));
        assert!(!html.contains("data-ssr"));
    }

    fn made_up_boot() -> String {
        let [js, wasm] = [asset("page.js"), asset("page_bg.wasm")];
        let [desk_js, desk_wasm] = [asset("desk.js"), asset("desk_bg.wasm")];
        boot([&js, &wasm], [&desk_js, &desk_wasm])
    }

    #[test]
    fn the_script_and_the_pages_mean_the_same_names() {
        let boot = made_up_boot();
        let page = include_str!("../../src/handover.rs");
        let kept = include_str!("../../src/abilities.rs");
        assert!(boot.contains("globalThis.bkOpenDesk =") && page.contains("START: &str = \"bkOpenDesk\""));
        assert!(boot.contains("getItem(\"bk.ban\")") && kept.contains("Setting::Desk => \"bk.ban\""));
    }

    #[test]
    fn the_policy_stands_before_the_page_starts() {
        let boot = made_up_boot();
        let policy = boot.find("trustedTypes?.createPolicy(\"default\"").unwrap();
        assert!(policy < boot.find("await import(").unwrap());
        let worker = asset("worker-boot.js").url;
        assert!(
            boot.contains(r"pkg\/worker-boot\.[0-9a-f]{16})\.js"),
            "the policy knows the worker as {worker}"
        );
    }

    #[test]
    fn the_policy_knows_every_element_the_pages_are_made_of() {
        let list = POLICY.split("new Set(").nth(1).and_then(|rest| rest.split(".split(").next()).unwrap();
        let known: BTreeSet<&str> =
            list.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app");
        let rooms = ["src", "desk/src"].map(|room| files_below(&app.join(room)).unwrap());
        let mut closed = 0;
        for page in rooms.into_iter().flatten() {
            let text = std::fs::read_to_string(&page).unwrap();
            for name in text.split("</").skip(1).filter_map(|rest| rest.split('>').next()) {
                // A component has a capital, and is made of elements.
                if name.starts_with(|sign: char| sign.is_ascii_lowercase()) {
                    assert!(known.contains(name), "{} makes a <{name}>", page.display());
                    closed += 1;
                }
            }
        }
        assert!(closed > 100, "the pages were looked at");
    }

    #[test]
    fn the_page_finds_its_worker_in_the_shell() {
        let worker = asset("worker-boot.js").url;
        assert!(shell().contains(&format!("<meta name=\"bk-worker\" content=\"{worker}\">")));
    }
}
