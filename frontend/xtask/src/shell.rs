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

/// The script that sets the policy and starts the page, then takes the skeleton away. A page that cannot start shows
/// the way on.
pub fn boot(page_js: &Asset, page_wasm: &Asset) -> String {
    format!(
        r#"{POLICY}
try {{
  const {{ default: init }} = await import("{}");
  await init({{ module_or_path: "{}" }});
  document.getElementById("skeleton")?.remove();
}} catch (fault) {{
  document.getElementById("skeleton-fault")?.removeAttribute("hidden");
  throw fault;
}}
"#,
        page_js.url, page_wasm.url
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

    #[test]
    fn the_policy_stands_before_the_page_starts() {
        let boot = boot(&asset("page.js"), &asset("page_bg.wasm"));
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
        let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/src");
        let mut closed = 0;
        for page in files_below(&pages).unwrap() {
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
