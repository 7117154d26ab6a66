//! Vietnamese text: one spelling to keep, one to compare, one to search, one to sort by.
//!
//! Phones type composed letters, Apple's systems decomposed ones, pasted lists Icelandic and Cyrillic
//! twins. The letters are few, so a table of them is smaller than any normalisation crate.

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const CIRCUMFLEX: char = '\u{302}';
const TILDE: char = '\u{303}';
const BREVE: char = '\u{306}';
const DIAERESIS: char = '\u{308}';
const HOOK: char = '\u{309}';
const RING: char = '\u{30a}';
const CARON: char = '\u{30c}';
const HORN: char = '\u{31b}';
const DOT_BELOW: char = '\u{323}';
const CEDILLA: char = '\u{327}';

/// The tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng.
const TONES: [char; 5] = [GRAVE, HOOK, TILDE, ACUTE, DOT_BELOW];

/// Each vowel without tone, then with each of [`TONES`].
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// Letters with a shape mark: Vietnamese first, then Ê Đê and Gia Rai, then those of foreign guests.
const SHAPED: [(char, char, char); 34] = [
    ('ă', 'a', BREVE),
    ('â', 'a', CIRCUMFLEX),
    ('ê', 'e', CIRCUMFLEX),
    ('ô', 'o', CIRCUMFLEX),
    ('ơ', 'o', HORN),
    ('ư', 'u', HORN),
    ('ĕ', 'e', BREVE),
    ('ĭ', 'i', BREVE),
    ('ŏ', 'o', BREVE),
    ('ŭ', 'u', BREVE),
    ('č', 'c', CARON),
    ('ñ', 'n', TILDE),
    ('ä', 'a', DIAERESIS),
    ('ë', 'e', DIAERESIS),
    ('ï', 'i', DIAERESIS),
    ('ö', 'o', DIAERESIS),
    ('ü', 'u', DIAERESIS),
    ('ÿ', 'y', DIAERESIS),
    ('å', 'a', RING),
    ('ç', 'c', CEDILLA),
    ('î', 'i', CIRCUMFLEX),
    ('û', 'u', CIRCUMFLEX),
    ('š', 's', CARON),
    ('ž', 'z', CARON),
    ('ě', 'e', CARON),
    ('ř', 'r', CARON),
    ('ň', 'n', CARON),
    ('ć', 'c', ACUTE),
    ('ń', 'n', ACUTE),
    ('ś', 's', ACUTE),
    ('ź', 'z', ACUTE),
    ('ş', 's', CEDILLA),
    ('ǎ', 'a', CARON),
    ('ǚ', 'ü', CARON),
];

/// Cyrillic letters that look Latin, and the Latin they are taken for.
const TWINS: (&str, &str) = ("аеорсухіјѕАВЕКМНОРСТУХІЈЅ", "aeopcyxijsABEKMHOPCTYXIJS");

/// The spelling to keep: composed letters (NFC), confusable letters made Latin, single spaces, nothing
/// invisible. Capitals, accents and the placing of tones stay as typed.
pub fn compose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let seen: String = text.chars().filter_map(visible).collect();
    for word in seen.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        // A word with a letter only Cyrillic has is Cyrillic, not Latin mistyped.
        let cyrillic = word.chars().any(|c| is_cyrillic(c) && twin(c).is_none());
        let latin = |c| if cyrillic { c } else { twin(c).unwrap_or(c) };
        let mut letters = word.chars().map(latin).peekable();
        while let Some(letter) = letters.next() {
            let (base, mut marks) = decompose(letter);
            while let Some(mark) = letters.next_if(|c| is_mark(*c)) {
                marks.push(mark);
            }
            recompose(base, marks, &mut out);
        }
    }
    out
}

/// [`compose`], line by line; empty lines at either end and more than one between others are dropped.
pub fn compose_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines().map(compose) {
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        out.push_str(&line);
        gap = false;
    }
    out
}

/// The spelling to search by: lower case, no diacritics, đ as d, one kind of apostrophe, single spaces.
pub fn fold(text: &str) -> String {
    let bare: String = compose(text)
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| plain(decompose(c).0))
        .filter(|c| !is_mark(*c))
        .collect();
    compose(&bare)
}

/// The same words with the same accents, wherever the tone is placed: hoà is hòa, but Văn Lang is not
/// Văn Lăng. Capitals and kinds of apostrophe do not matter.
pub fn same_words(one: &str, other: &str) -> bool {
    spoken(one) == spoken(other)
}

/// Sorts names as a Vietnamese list does: by the last word (tên), then the others in order, each by its
/// letters (a ă â b … đ …) and then its tone. A key, not a text: only its order means anything.
pub fn given_name_key(name: &str) -> String {
    let name = compose(name);
    let mut words: Vec<&str> = name.split(' ').collect();
    words.rotate_right(1);
    words.into_iter().map(word_key).collect()
}

/// Sorts other text in Vietnamese order, from the first word on. A key, not a text.
pub fn collation_key(text: &str) -> String {
    compose(text).split(' ').map(word_key).collect()
}

/// The character to keep, as typed or in its plain form; `None` for the invisible.
fn visible(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        'Ð' | 'Ɖ' => Some('Đ'),
        'ð' | 'ɖ' => Some('đ'),
        '\u{340}' => Some(GRAVE),
        '\u{341}' => Some(ACUTE),
        // Full-width letters and digits of East Asian keyboards.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        c => Some(c),
    }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn twin(c: char) -> Option<char> {
    if !is_cyrillic(c) {
        return None;
    }
    let place = TWINS.0.chars().position(|cyrillic| cyrillic == c)?;
    TWINS.1.chars().nth(place)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// đ and its kind have no mark to take away.
fn plain(c: char) -> char {
    match c {
        'đ' => 'd',
        'ƀ' => 'b',
        'ø' => 'o',
        'ł' => 'l',
        'ı' => 'i',
        '’' | '‘' | 'ʼ' | '`' | '´' | '′' => '\'',
        c => c,
    }
}

/// Runs `find` on the lower case of a letter and gives the result the letter's case again.
fn keep_case(c: char, find: impl Fn(char) -> Option<char>) -> Option<char> {
    if !c.is_uppercase() {
        return find(c);
    }
    find(c.to_lowercase().next()?)?.to_uppercase().next()
}

/// The letter without tone, and the rank of its tone from 0 (ngang) to 5 (nặng).
fn tone_of(c: char) -> (char, usize) {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let rank = VOWELS.iter().find_map(|row| row.iter().position(|vowel| *vowel == lower)).unwrap_or(0);
    let bare = |c| VOWELS.iter().find(|row| row.contains(&c)).map(|row| row[0]);
    (keep_case(c, bare).unwrap_or(c), rank)
}

fn decompose(c: char) -> (char, Vec<char>) {
    if c.is_ascii() {
        return (c, Vec::new());
    }
    let mut marks = Vec::new();
    let (mut base, rank) = tone_of(c);
    while let Some(mark) = mark_of(base) {
        base = keep_case(base, |c| SHAPED.iter().find(|row| row.0 == c).map(|row| row.1)).unwrap_or(base);
        marks.insert(0, mark);
    }
    if rank > 0 {
        marks.push(TONES[rank - 1]);
    }
    (base, marks)
}

fn mark_of(c: char) -> Option<char> {
    let lower = c.to_lowercase().next()?;
    SHAPED.iter().find(|row| row.0 == lower).map(|row| row.2)
}

/// Shape marks first, then the tone, in whatever order they were typed; what fits no letter stays a mark.
fn recompose(base: char, mut marks: Vec<char>, out: &mut String) {
    let mut letter = base;
    marks.retain(|mark| {
        let shaped = |c| SHAPED.iter().find(|row| row.1 == c && row.2 == *mark).map(|row| row.0);
        keep_case(letter, shaped).map(|shaped| letter = shaped).is_none()
    });
    marks.retain(|mark| {
        let toned = |c| {
            let rank = TONES.iter().position(|tone| tone == mark)?;
            VOWELS.iter().find(|row| row[0] == c).map(|row| row[rank + 1])
        };
        keep_case(letter, toned).map(|toned| letter = toned).is_none()
    });
    out.push(letter);
    out.extend(marks);
}

/// Lower case, with each tone moved behind the vowels it stands among.
fn spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tones = String::new();
    for c in compose(text).chars().flat_map(char::to_lowercase) {
        let (letter, rank) = tone_of(c);
        if !VOWELS.iter().any(|row| row[0] == letter) {
            out.push_str(&std::mem::take(&mut tones));
        }
        out.push(apostrophe(letter));
        if rank > 0 {
            tones.push(TONES[rank - 1]);
        }
    }
    out + &tones
}

fn apostrophe(c: char) -> char {
    if plain(c) == '\'' { '\'' } else { c }
}

/// Letters by their place in the alphabet, a low separator, tones, a lower separator.
fn word_key(word: &str) -> String {
    const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    let mut letters = String::new();
    let mut tones = String::new();
    for c in word.chars().flat_map(char::to_lowercase) {
        let (letter, rank) = tone_of(c);
        let place = |c| ALPHABET.chars().position(|letter| letter == c);
        let known = place(letter).or_else(|| place(plain(decompose(letter).0)));
        letters.push(known.map_or(letter, |place| char::from(b'A' + place as u8)));
        tones.push(char::from(b'0' + rank as u8));
    }
    letters + "\u{1}" + &tones + "\u{0}"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hoa_with_the_tone_on_either_vowel_is_found_and_is_the_same_word() {
        assert_eq!(fold("Xã Hoà Bình"), fold("xã HÒA bình"));
        for (one, other) in [("hoà", "hòa"), ("Thuỷ", "THỦY"), ("uý", "úy"), ("khoẻ", "khỏe"), ("Quý", "Qúy")]
        {
            assert!(same_words(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn communes_that_differ_by_an_accent_only_are_other_words() {
        for (one, other) in [
            ("Văn Lang", "Văn Lăng"),
            ("Cẩm Giang", "Cẩm Giàng"),
            ("Sơn Hà", "Sơn Hạ"),
            ("Ba Tơ", "Ba Tô"),
            ("Đồng Tiến", "Đông Tiến"),
            ("đa", "da"),
        ] {
            assert!(!same_words(one, other), "{one} and {other}");
        }
        assert!(!same_words("Lò Văn", "Lòvăn") && !same_words("hoà na", "hoa nà"));
    }

    #[test]
    fn search_text_has_no_accents_and_keeps_its_words_apart() {
        let check = |typed: &str, folded: &str| assert_eq!(fold(typed), folded, "{typed}");
        check("  Sìn   Suối\u{a0}Hồ\u{200b} ", "sin suoi ho");
        check("ĐỒNG ĐĂNG", "dong dang");
        check("Ðồng Ɖăng", "dong dang");
        check("Ea H’Leo", "ea h'leo");
        check("Y Ƀhăm Ênuôl", "y bham enuol");
        check("Tru\u{31b}o\u{31b}\u{300}ng", "truong");
        check("Ê\u{306}ban", "eban");
        check("Müller", "muller");
        check("", "");
    }

    #[test]
    fn kept_text_is_composed_latin_and_otherwise_as_typed() {
        let check = |typed: &str, kept: &str| assert_eq!(compose(typed), kept, "{typed}");
        check("Ðặng", "Đặng");
        check("Ho\u{430}", "Hoa");
        check("A\u{323}\u{302}u A\u{302}\u{323}u", "Ậu Ậu");
        check("Иван А", "Иван A");
        check("H’Hen\tNiê\n", "H’Hen Niê");
        check("０１２", "012");
        check("e\u{302}\u{306}", "ê\u{306}");
        check("hoà hòa", "hoà hòa");
    }

    #[test]
    fn lists_are_sorted_by_given_name_then_letters_then_tones() {
        let sorted = [
            "Lò Thị An",
            "Vàng A Ăm",
            "Tẩn Văn Ân",
            "Giàng A Dế",
            "Lù Thị Đào",
            "Sùng A Hoa",
            "Lò Văn Hòa",
            "Vàng A Hòa",
            "Vàng Văn Hoan",
            "Lý Lơ",
            "Lý Lớ",
            "Lý Lợ",
            "Giàng A Páo",
            "Tẩn Tô",
            "Tẩn Tơ",
            "Suharto Ỷ",
        ];
        assert!(sorted.is_sorted_by_key(|name| given_name_key(name)));
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by_key(|name| given_name_key(name));
        assert_eq!(shuffled, sorted);
        assert_eq!(given_name_key("giàng a PÁO"), given_name_key("Giàng  A Páo"));
    }
}
