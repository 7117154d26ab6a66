//! One style sheet out of `style/main.css` and the sheets it imports, with comments and idle space left out.

use std::{fs, path::Path};

use anyhow::{Context as _, bail};

/// Reads a sheet and puts each `@import "name.css";` in its place, then strips the whole.
pub fn bundle(main: &Path) -> anyhow::Result<String> {
    Ok(strip(&joined(main, 0)?))
}

fn joined(sheet: &Path, depth: usize) -> anyhow::Result<String> {
    if depth > 4 {
        bail!("{} is imported in a circle", sheet.display());
    }
    let text = fs::read_to_string(sheet).with_context(|| format!("cannot read {}", sheet.display()))?;
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim_start().strip_prefix("@import") {
            Some(rest) => {
                let name = imported(rest).with_context(|| format!("{}: {line}", sheet.display()))?;
                whole.push_str(&joined(&sheet.with_file_name(name), depth + 1)?);
            }
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    Ok(whole)
}

/// The file an import names. Media, layers and other hosts are not ours, so they are refused rather than dropped.
fn imported(rest: &str) -> anyhow::Result<&str> {
    let name = rest.trim().trim_end_matches(';').trim();
    let name = name.strip_prefix("url(").and_then(|inner| inner.strip_suffix(')')).unwrap_or(name);
    let name = name.trim_matches(|quote| quote == '"' || quote == '\'').trim_start_matches("./");
    if name.ends_with(".css") && !name.contains([':', ' ', '(']) && !name.starts_with('/') {
        return Ok(name);
    }
    bail!("only `@import \"name.css\";` is understood")
}

/// Leaves out comments and the space that says nothing. Strings, and the space around `+ - > :`, stay as written.
fn strip(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            space = true;
            continue;
        }
        if next.is_ascii_whitespace() {
            rest = &rest[1..];
            space = true;
            continue;
        }
        if space
            && !out.is_empty()
            && !out.ends_with(['{', '}', ';', ','])
            && !matches!(next, '{' | '}' | ';' | ',')
        {
            out.push(' ');
        }
        space = false;
        if next == '}' && out.ends_with(';') {
            out.pop();
        }
        let length = if next == '"' || next == '\'' { quoted(rest, next) } else { next.len_utf8() };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// Bytes from the opening quote to the closing one, both counted.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_idle_space_go() {
        let css = "/* ground */\nbody  {\n  margin: 0 auto;\n  color: var(--ink);\n}\n\na , b > c { top: calc(1px + 2px); }";
        assert_eq!(strip(css), "body{margin: 0 auto;color: var(--ink)}a,b > c{top: calc(1px + 2px)}");
    }

    #[test]
    fn strings_stay_as_written() {
        let css =
            r#".weave { background: url("data:image/svg+xml,/* {  } */ ; \" x"); content: 'Ế  /* */'; }"#;
        let stripped = strip(css);
        assert!(stripped.contains(r#"url("data:image/svg+xml,/* {  } */ ; \" x")"#), "{stripped}");
        assert!(stripped.contains("'Ế  /* */'"), "{stripped}");
    }

    #[test]
    fn an_unclosed_comment_or_string_ends_with_the_sheet() {
        assert_eq!(strip("a{} /* open"), "a{}");
        assert_eq!(strip("a{content:\"open"), "a{content:\"open");
    }

    #[test]
    fn only_plain_imports_are_understood() {
        assert_eq!(imported(" \"tokens.css\";").unwrap(), "tokens.css");
        assert_eq!(imported(" url('./parts.css');").unwrap(), "parts.css");
        for refused in [" \"https://elsewhere/x.css\";", " \"a.css\" screen;", " \"/a.css\";", " \"a\";"] {
            assert!(imported(refused).is_err(), "{refused}");
        }
    }
}
