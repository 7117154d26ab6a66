//! A file the browser gets: its address carries the hash of its bytes, and a brotli copy lies beside it.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::Context as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The quality the browser artefacts are compressed at: the most brotli has, since it is done once a build.
const QUALITY: i32 = 11;

/// One file of `target/site`.
pub struct Asset {
    /// Its address from the root of the site, such as `/pkg/style.0123456789abcdef.css`.
    pub url: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its size in bytes after brotli; the plain size where brotli would gain nothing.
    pub wire: usize,
    /// Only devices with a desk keep it.
    pub desk: bool,
}

impl Asset {
    /// A file kept under the name it has.
    pub fn named(url: &str, bytes: Vec<u8>) -> Asset {
        let wire = bytes.len();
        Asset { url: url.to_owned(), bytes, wire, desk: false }
    }

    /// A file of `/pkg` whose name carries its hash: `page_bg.wasm` becomes `/pkg/page.HASH_bg.wasm`.
    pub fn hashed(name: &str, bytes: Vec<u8>) -> Asset {
        let hash = &sha256(&bytes)[..16];
        let at = name.find("_bg.").or_else(|| name.rfind('.')).unwrap_or(name.len());
        let url = format!("/pkg/{}.{hash}{}", &name[..at], &name[at..]);
        Asset::named(&url, bytes)
    }

    /// The same, kept only by devices with a desk.
    pub fn for_desks(self) -> Asset {
        Asset { desk: true, ..self }
    }

    /// Its line in the build manifest.
    pub fn manifest_line(&self) -> Value {
        let mut line = json!({ "url": self.url, "sha256": sha256(&self.bytes), "bytes": self.bytes.len(), "br": self.wire });
        if self.desk {
            line["desk"] = json!(true);
        }
        line
    }

    /// Writes the file, and its brotli copy where that helps. `kept` holds brotli copies of earlier builds by hash.
    pub fn write(&mut self, site: &Path, kept: &Path) -> anyhow::Result<()> {
        let path = site.join(self.url.trim_start_matches('/'));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        write_if_changed(&path, &self.bytes)?;
        if self.compresses() {
            let packed = self.packed(kept)?;
            self.wire = packed.len();
            let mut name = path.into_os_string();
            name.push(".br");
            write_if_changed(Path::new(&name), &packed)?;
        }
        Ok(())
    }

    fn compresses(&self) -> bool {
        [".js", ".wasm", ".css", ".html", ".json", ".webmanifest", ".svg", ".txt"]
            .iter()
            .any(|ending| self.url.ends_with(ending))
    }

    fn packed(&self, kept: &Path) -> anyhow::Result<Vec<u8>> {
        fs::create_dir_all(kept)?;
        let path = kept.join(sha256(&self.bytes));
        if let Ok(packed) = fs::read(&path) {
            return Ok(packed);
        }
        let packed = brotli(&self.bytes)?;
        fs::write(&path, &packed)?;
        Ok(packed)
    }
}

/// Lower-case hexadecimal SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Leaves a file with the same content alone, so that its time stays and nothing after it runs again.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_follows_the_content() {
        let one = Asset::hashed("page_bg.wasm", b"one".to_vec());
        let same = Asset::hashed("page_bg.wasm", b"one".to_vec());
        let other = Asset::hashed("page_bg.wasm", b"two".to_vec());
        assert_eq!(one.url, same.url);
        assert_ne!(one.url, other.url);
        assert_eq!(one.url, "/pkg/page.7692c3ad3540bb80_bg.wasm");
        assert_eq!(Asset::hashed("style.css", b"one".to_vec()).url, "/pkg/style.7692c3ad3540bb80.css");
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_brotli_copy_opens_to_the_same_bytes() {
        let text = "Bản Khai. ".repeat(500);
        let packed = brotli(text.as_bytes()).unwrap();
        let mut opened = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut opened).unwrap();
        assert_eq!(opened, text.as_bytes());
        assert!(packed.len() < 100, "{}", packed.len());
    }
}
