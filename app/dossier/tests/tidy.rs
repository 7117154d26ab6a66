//! The house keeps its order: arrows, sizes, words and paths are facts that a test can read.
#![expect(clippy::disallowed_methods, reason = "this test reads the sources; the room itself reads nothing")]

use std::fs;
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the top of the house")
}

fn files(under: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(under) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if path.is_dir()
            && !matches!(name.as_ref(), "target" | "node_modules" | ".git" | "screens" | "results")
        {
            files(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

fn sources(rooms: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for room in rooms {
        files(&top().join(room), ".rs", &mut found);
    }
    assert!(!found.is_empty(), "no sources under {rooms:?}");
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn dependencies(room: &str) -> Vec<String> {
    let manifest = read(&top().join(room).join("Cargo.toml"));
    let mut section = String::new();
    let mut names = Vec::new();
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        } else if section.ends_with("dependencies") && !section.starts_with("dev-") {
            names.extend(
                line.split(['=', '.']).next().map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned),
            );
        }
    }
    names
}

#[test]
fn every_arrow_points_left() {
    let allowed: [(&str, &[&str]); 10] = [
        ("app/dossier", &[]),
        ("app/sync", &["dossier"]),
        ("app", &["dossier"]),
        ("app/desk", &["app", "dossier"]),
        ("frontend", &["app", "dossier"]),
        ("frontend/phone", &["app", "frontend"]),
        ("frontend/officer", &["desk", "frontend"]),
        ("frontend/worker", &["dossier", "sync"]),
        ("server", &["app", "dossier", "print", "sync"]),
        ("server/print", &[]),
    ];
    let rooms =
        ["dossier", "sync", "app", "desk", "frontend", "phone", "officer", "worker", "server", "print"];
    for (room, may) in allowed {
        for name in dependencies(room) {
            let is_room = rooms.contains(&name.as_str());
            assert!(!is_room || may.contains(&name.as_str()), "{room} must not know {name}");
        }
    }
}

#[test]
fn the_pure_rooms_know_no_machine() {
    for (room, never) in [
        (
            "app/dossier",
            &["automerge", "leptos", "sqlx", "web-sys", "js-sys", "tokio", "axum", "idb", "getrandom"][..],
        ),
        ("app/sync", &["leptos", "sqlx", "web-sys", "js-sys", "tokio", "axum", "idb", "getrandom"][..]),
        ("app", &["automerge", "sqlx", "idb", "gloo-storage", "axum", "tokio", "sync"][..]),
        ("app/desk", &["automerge", "sqlx", "idb", "gloo-storage", "axum", "tokio", "sync"][..]),
        ("frontend", &["automerge", "idb", "sync"][..]),
    ] {
        let found = dependencies(room);
        for name in never {
            assert!(!found.iter().any(|dependency| dependency == name), "{room} must not know {name}");
        }
    }
}

#[test]
fn a_file_is_read_and_not_searched() {
    for path in sources(&["app", "frontend", "server", "end2end/sim"]) {
        let lines = read(&path).lines().count();
        assert!(lines <= 400, "{} has {lines} lines: split it", path.display());
    }
}

#[test]
fn no_platform_feature_is_asked_about_under_app() {
    for path in sources(&["app"]) {
        let asks = read(&path).contains(concat!("cfg(", "feature"));
        assert!(!asks, "{}", path.display());
    }
}

#[test]
fn no_file_is_a_drawer_or_an_older_version_of_another() {
    for path in sources(&["app", "frontend", "server", "end2end/sim"]) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for word in ["utils", "util", "helpers", "helper", "common", "manager", "misc"] {
            assert_ne!(stem, word, "{}", path.display());
        }
        for ending in ["_v2", "_old", "_new"] {
            assert!(!stem.ends_with(ending), "{}", path.display());
        }
    }
}

#[test]
fn automerge_keys_and_sql_live_in_one_room_each() {
    for path in sources(&["server/src"]) {
        let shown = path.display().to_string();
        let sql = read(&path).contains("sqlx::query");
        assert!(!sql || shown.contains("/store/") || shown.ends_with("/store.rs"), "{shown} holds SQL");
    }
    for path in sources(&["app/sync/src"]) {
        let shown = path.display().to_string();
        let keys = read(&path).contains("put_object(");
        assert!(!keys || shown.contains("/src/document"), "{shown} writes the document");
    }
}

#[test]
fn every_path_the_readme_names_exists() {
    let readme = read(&top().join("README.md"));
    let mut named = 0;
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !target.contains("://") {
            assert!(top().join(target).exists(), "README.md names {target}");
            named += 1;
        }
    }
    assert!(named > 5);
}

#[test]
fn the_readme_begins_with_two_commands() {
    let readme = read(&top().join("README.md"));
    let block = readme.split("```").nth(1).expect("a code block");
    let commands: Vec<&str> = block.lines().skip(1).collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    let script = read(&top().join(".ci/run"));
    assert!(script.contains(commands[1]), "the script of the checks runs another command than the README");
}

#[test]
fn no_inline_style_reaches_a_page() {
    for path in sources(&["app/src", "app/desk/src"]) {
        let text = read(&path);
        assert!(!text.contains("style=\""), "{}: style-src is 'self'", path.display());
        // The icon sprite is a constant of ours; nobody else's words become markup.
        let icons = path.ends_with("parts/icon.rs");
        assert!(icons || !text.contains("inner_html"), "{}: words are never markup", path.display());
    }
}
