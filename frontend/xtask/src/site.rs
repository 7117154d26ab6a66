//! `target/site`: everything the office hands to a browser, and the list that says what is in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use crate::{
    artefact::{self, Artefact, Optimise},
    asset::{Asset, sha256},
    css,
    lint::Compiler,
    setup, shell,
};

/// Where the service worker's source keeps the place for the list.
const MANIFEST_PLACE: &str = "'@MANIFEST@'";

/// What a build came to.
pub struct Site {
    /// The files a device keeps for use without network; those of the desk only where there is one.
    pub precached: Vec<Asset>,
    /// The pages as the compiler left them, names included, by the name of their artefact.
    pub compiled: [(&'static str, Vec<u8>); 2],
    names: BTreeMap<&'static str, String>,
}

impl Site {
    /// The file with this logical name, such as `page_bg.wasm`.
    pub fn find(&self, name: &str) -> Option<&Asset> {
        let url = self.names.get(name)?;
        self.precached.iter().find(|asset| asset.url == *url)
    }

    /// Prints every file with its size in bytes, plain and after brotli.
    pub fn print(&self) {
        println!("{:>9} {:>8}  target/site", "bytes", "brotli");
        for asset in &self.precached {
            println!("{:>9} {:>8}  {}", asset.bytes.len(), asset.wire, asset.url);
        }
    }
}

/// Compiles what runs in a browser.
pub fn compile(root: &Path, compiler: Compiler) -> anyhow::Result<()> {
    artefact::compile(root, &["phone", "officer"], compiler)?;
    // Alone: the device has features of its own.
    artefact::compile(root, &["worker"], compiler)
}

/// Makes the whole site. Steps whose inputs did not change are left out.
pub fn build(root: &Path, optimise: Optimise, compiler: Compiler) -> anyhow::Result<Site> {
    setup::wasm_target(root)?;
    compile(root, compiler)?;
    let page = artefact::bound(root, "phone", "page", optimise)?;
    let desk = artefact::bound(root, "officer", "desk", optimise)?;
    let worker = artefact::bound(root, "worker", "worker", optimise)?;
    assemble(root, page, desk, worker)
}

fn assemble(root: &Path, page: Artefact, desk: Artefact, worker: Artefact) -> anyhow::Result<Site> {
    let public = root.join("public");
    let (fonts, kept_as_named) = public_files(&public)?;
    let style = Asset::hashed("style.css", style(root, &fonts)?.into_bytes());
    let page_js = Asset::hashed("page.js", page.js);
    let page_wasm = Asset::hashed("page_bg.wasm", page.wasm);
    let desk_js = Asset::hashed("desk.js", desk.js).for_desks();
    let desk_wasm = Asset::hashed("desk_bg.wasm", desk.wasm).for_desks();
    let worker_js = Asset::hashed("worker.js", worker.js);
    let worker_wasm = Asset::hashed("worker_bg.wasm", worker.wasm);
    let starting = shell::boot([&page_js, &page_wasm], [&desk_js, &desk_wasm]);
    let boot = Asset::hashed("boot.js", starting.into_bytes());
    let worker_boot =
        Asset::hashed("worker-boot.js", shell::worker_boot(&worker_js, &worker_wasm).into_bytes());
    let parts = shell::Parts {
        style: &style,
        page_js: &page_js,
        page_wasm: &page_wasm,
        boot: &boot,
        worker_boot: &worker_boot,
    };
    let unnamed_shell = Asset::named("/shell.html", shell::html("", &parts).into_bytes());

    let service_worker = fs::read_to_string(public.join("sw.js")).context("public/sw.js is missing")?;
    let others = [
        &style,
        &page_js,
        &page_wasm,
        &desk_js,
        &desk_wasm,
        &worker_js,
        &worker_wasm,
        &boot,
        &worker_boot,
        &unnamed_shell,
    ];
    let build = build_id(others.into_iter().chain(&fonts).chain(&kept_as_named), &service_worker);
    let shell = Asset::named("/shell.html", shell::html(&build, &parts).into_bytes());

    let names = BTreeMap::from([
        ("style.css", style.url.clone()),
        ("page.js", page_js.url.clone()),
        ("page_bg.wasm", page_wasm.url.clone()),
        ("desk.js", desk_js.url.clone()),
        ("desk_bg.wasm", desk_wasm.url.clone()),
        ("worker.js", worker_js.url.clone()),
        ("worker_bg.wasm", worker_wasm.url.clone()),
        ("boot.js", boot.url.clone()),
        ("worker-boot.js", worker_boot.url.clone()),
        ("shell.html", shell.url.clone()),
    ]);
    // Small and needed first comes first: a cut line leaves the most behind.
    let mut precached = vec![shell, style, boot, worker_boot, page_js, page_wasm, worker_js, worker_wasm];
    precached.extend(fonts);
    precached.extend(kept_as_named);
    precached.extend([desk_js, desk_wasm]);
    write(root, &build, &service_worker, &mut precached, &names)?;
    Ok(Site { precached, compiled: [("page", page.compiled), ("desk", desk.compiled)], names })
}

/// The style sheet, with the fonts it names under their hashed addresses.
fn style(root: &Path, fonts: &[Asset]) -> anyhow::Result<String> {
    let mut sheet = css::bundle(&root.join("style/main.css"))?;
    for font in fonts {
        let (stem, ending) = unhashed(&font.url);
        sheet = sheet.replace(&format!("/fonts/{stem}.{ending}"), &font.url);
    }
    ensure!(!sheet.contains("/fonts/"), "style/ names a font that is not in public/fonts");
    Ok(sheet)
}

/// `/pkg/vietnam.HASH.woff2` was `vietnam` and `woff2` in public/fonts.
fn unhashed(url: &str) -> (&str, &str) {
    let name = url.rsplit('/').next().unwrap_or(url);
    let (rest, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let (stem, _hash) = rest.rsplit_once('.').unwrap_or((rest, ""));
    (stem, ending)
}

/// The files of `public`: fonts get hashed names, the rest keep theirs. `sw.js` is a source, `robots.txt` is for robots.
fn public_files(public: &Path) -> anyhow::Result<(Vec<Asset>, Vec<Asset>)> {
    let (mut fonts, mut kept) = (Vec::new(), Vec::new());
    for path in files_below(public)? {
        let name = path.strip_prefix(public)?.to_str().context("names in public/ are plain text")?;
        let bytes = fs::read(&path)?;
        match name.strip_prefix("fonts/") {
            Some(font) if !font.ends_with(".txt") => fonts.push(Asset::hashed(font, bytes)),
            None if name != "sw.js" && name != "robots.txt" => {
                kept.push(Asset::named(&format!("/{name}"), bytes))
            }
            Some(_) | None => {}
        }
    }
    Ok((fonts, kept))
}

/// All files of a folder and of those in it.
pub fn files_below(folder: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.insert(path);
        }
    }
    Ok(found)
}

/// Sixteen digits that differ as soon as one byte of one file does.
fn build_id<'a>(assets: impl Iterator<Item = &'a Asset>, service_worker: &str) -> String {
    let mut lines: Vec<String> =
        assets.map(|asset| format!("{} {}", asset.url, sha256(&asset.bytes))).collect();
    lines.sort();
    lines.push(sha256(service_worker.as_bytes()));
    sha256(lines.join("\n").as_bytes())[..16].to_owned()
}

fn write(
    root: &Path,
    build: &str,
    service_worker: &str,
    precached: &mut [Asset],
    names: &BTreeMap<&'static str, String>,
) -> anyhow::Result<()> {
    let site = root.join("target/site");
    let kept = root.join("target/xtask/brotli");
    fs::create_dir_all(&site)?;
    for asset in precached.iter_mut() {
        asset.write(&site, &kept)?;
    }
    let lines: Vec<Value> = precached.iter().map(Asset::manifest_line).collect();
    let manifest = json!({ "build": build, "assets": lines }).to_string();
    let mut index: BTreeMap<&str, &str> = names.iter().map(|(name, url)| (*name, url.as_str())).collect();
    index.insert("build", build);

    let mut others = vec![
        Asset::named("/manifest.json", manifest.clone().into_bytes()),
        Asset::named("/assets.json", serde_json::to_vec_pretty(&index)?),
        Asset::named("/sw.js", with_manifest(service_worker, &manifest)?.into_bytes()),
    ];
    if let Ok(robots) = fs::read(root.join("public/robots.txt")) {
        others.push(Asset::named("/robots.txt", robots));
    }
    for asset in &mut others {
        asset.write(&site, &kept)?;
    }
    remove_strangers(&site, precached.iter().chain(&others))
}

fn with_manifest(service_worker: &str, manifest: &str) -> anyhow::Result<String> {
    ensure!(
        service_worker.matches(MANIFEST_PLACE).count() == 1,
        "public/sw.js must have {MANIFEST_PLACE} once, where the list of files goes"
    );
    Ok(service_worker.replace(MANIFEST_PLACE, manifest))
}

/// Files of earlier builds go: what lies in `target/site` is what the list says.
fn remove_strangers<'a>(site: &Path, ours: impl Iterator<Item = &'a Asset>) -> anyhow::Result<()> {
    let ours: BTreeSet<PathBuf> = ours.map(|asset| site.join(asset.url.trim_start_matches('/'))).collect();
    for path in files_below(site)? {
        let plain = if path.extension().is_some_and(|ending| ending == "br") {
            path.with_extension("")
        } else {
            path.clone()
        };
        if !ours.contains(&plain) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_byte_makes_another_build() {
        let build =
            |bytes: &[u8], sw: &str| build_id([Asset::named("/shell.html", bytes.to_vec())].iter(), sw);
        assert_eq!(build(b"a", "sw"), build(b"a", "sw"));
        assert_ne!(build(b"a", "sw"), build(b"b", "sw"));
        assert_ne!(build(b"a", "sw"), build(b"a", "sw2"));
    }

    #[test]
    fn the_order_of_files_makes_no_build() {
        let (a, b) = (Asset::named("/a", vec![1]), Asset::named("/b", vec![2]));
        assert_eq!(build_id([&a, &b].into_iter(), ""), build_id([&b, &a].into_iter(), ""));
    }

    #[test]
    fn a_font_keeps_its_plain_name_in_the_sources() {
        let font = Asset::hashed("be-vietnam.woff2", vec![1]);
        assert_eq!(unhashed(&font.url), ("be-vietnam", "woff2"));
    }

    #[test]
    fn the_service_worker_has_one_place_for_the_list() {
        let source = include_str!("../../../public/sw.js");
        let filled = with_manifest(source, "{\"build\":\"b\"}").unwrap();
        assert!(filled.contains("= {\"build\":\"b\"};"));
        assert!(with_manifest("nothing", "{}").is_err());
    }

    #[test]
    fn the_list_names_every_file_with_the_hash_of_its_bytes() {
        let root = made_up_project("list");
        let site = assemble_made_up(&root, "one");
        let folder = root.join("target/site");
        let list: Value = serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
        let assets = list["assets"].as_array().unwrap();
        assert_eq!(assets.len(), site.precached.len());
        let of_desks = |asset: &&Value| asset["desk"] == true;
        assert_eq!(assets.iter().filter(of_desks).count(), 2, "a phone keeps no file of a desk");
        for asset in assets {
            let bytes =
                fs::read(folder.join(asset["url"].as_str().unwrap().trim_start_matches('/'))).unwrap();
            assert_eq!(asset["sha256"], sha256(&bytes), "{asset}");
            assert_eq!(asset["bytes"], bytes.len(), "{asset}");
        }
        let service_worker = fs::read_to_string(folder.join("sw.js")).unwrap();
        assert!(service_worker.contains(&format!("= {list};")), "the service worker has another list");
        let names: Value = serde_json::from_slice(&fs::read(folder.join("assets.json")).unwrap()).unwrap();
        assert_eq!(names["build"], list["build"]);
        assert_eq!(names["page_bg.wasm"], site.find("page_bg.wasm").unwrap().url.as_str());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_new_build_leaves_nothing_of_the_old_one() {
        let root = made_up_project("anew");
        let old = assemble_made_up(&root, "one").find("page.js").unwrap().url.clone();
        let new = assemble_made_up(&root, "two").find("page.js").unwrap().url.clone();
        let folder = root.join("target/site");
        for ending in ["", ".br"] {
            assert!(!folder.join(format!("{}{ending}", &old[1..])).exists());
            assert!(folder.join(format!("{}{ending}", &new[1..])).exists());
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_font_the_style_names_must_be_there() {
        let root = made_up_project("font");
        fs::write(root.join("style/main.css"), "@font-face{src: url(\"/fonts/b.woff2\")}").unwrap();
        assert!(style(&root, &[]).is_err());
        let font = Asset::hashed("b.woff2", vec![1]);
        let url = font.url.clone();
        assert!(style(&root, &[font]).unwrap().contains(&url));
        fs::remove_dir_all(root).unwrap();
    }

    fn made_up_project(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("bankhai-xtask-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("public/icons")).unwrap();
        fs::create_dir_all(root.join("style")).unwrap();
        fs::write(root.join("style/main.css"), "body { margin: 0 }").unwrap();
        fs::write(root.join("public/sw.js"), "const MANIFEST = '@MANIFEST@';").unwrap();
        fs::write(root.join("public/icons/icon.svg"), "<svg/>").unwrap();
        root
    }

    fn assemble_made_up(root: &Path, word: &str) -> Site {
        let artefact = |name: &str| Artefact {
            js: format!("// {name} {word}").into_bytes(),
            wasm: format!("{name} {word}").into_bytes(),
            compiled: Vec::new(),
        };
        assemble(root, artefact("page"), artefact("desk"), artefact("worker")).unwrap()
    }
}
