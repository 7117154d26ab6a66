//! What a device calls itself in the person's own list of devices.

const BROWSERS: [(&str, &str); 9] = [
    // The order matters: nearly everybody also says "Chrome" and "Safari".
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
];

/// "Chrome trên Android": browser and system, no version, so it tells devices apart and nothing more.
pub fn of(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = find(&BROWSERS).unwrap_or("Trình duyệt");
    match find(&SYSTEMS) {
        Some(system) => format!("{browser} trên {system}"),
        None => browser.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_also_claims_to_be_chrome_keeps_its_own_name() {
        let samsung = "Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 (KHTML, like Gecko) \
                       SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36";
        assert_eq!(of(samsung), "Samsung Internet trên Android");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                    Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0";
        assert_eq!(of(edge), "Edge trên Windows");
    }

    #[test]
    fn an_unknown_browser_is_just_a_browser() {
        assert_eq!(of(""), "Trình duyệt");
    }
}
