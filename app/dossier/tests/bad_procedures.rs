//! A bad definition is refused with file, line and reason.

use dossier::procedure::load::{SHIPPED, parse, parse_all};

/// The smallest sound definition; the tests spoil it line by line.
const SOUND: &str = r#"id = "tiny"
title = "Thủ tục nhỏ"
area = "Cư trú"
form = "CT01"
valid_from = "2026-07-01"
basis = "Luật Cư trú"
source = "văn bản chưa xem"
agency = "commune-police"
channels = ["online"]
filers = ["self"]
intro = ["Cho người cần."]
needed = []
result = "ct08"
verification = "may"
[term]
ordinary = "3 working days"
counting = "next-working-day"
source = "Luật Cư trú điều 28"
[[field]]
key = "birth"
label = "Ngày sinh"
kind = "birth-date"
[[field]]
key = "dwelling"
label = "Chỗ ở"
kind = "choice"
options = [{ key = "thue", label = "Thuê" }, { key = "so-huu", label = "Của mình" }]
[[field]]
key = "rent"
label = "Tiền thuê"
kind = "money"
only = "rented-dwelling"
[people]
title = "Thành viên"
one = "thành viên"
at_least = 0
at_most = 9
[[people.column]]
key = "name"
label = "Họ tên"
kind = "full-name"
[[consent]]
kind = "owner"
need = "when rented-dwelling"
words = "Đồng ý."
[[paper]]
key = "lease"
label = "Hợp đồng"
need = "when rented-dwelling"
pages = 2
[[fee]]
dong = 7000
channel = "online"
per = "filing"
exempt = ["poor"]
source = "Thông tư 75/2022/TT-BTC"
[[duty]]
key = "birth"
within = 60
words = "Trong 60 ngày."
"#;

/// Replaces one line and says what it is refused with.
fn spoiled(old: &str, new: &str) -> (usize, String) {
    assert!(SOUND.contains(old), "{old:?} is not in the sound text");
    let bad = parse("tiny.toml", &SOUND.replacen(old, new, 1)).expect_err(new);
    assert_eq!(bad.file, "tiny.toml");
    (bad.line, bad.reason)
}

#[test]
fn the_sound_definition_is_sound() {
    assert_eq!(parse("tiny.toml", SOUND).map(|procedure| procedure.title), Ok("Thủ tục nhỏ".to_owned()));
}

#[test]
fn what_the_police_of_a_province_decide_is_received_for_no_commune() {
    let channels = "channels = [\"online\"]";
    let anywhere = SOUND.replacen(channels, "channels = [\"online\", \"any-commune\"]", 1);
    assert!(parse("tiny.toml", &anywhere).is_ok_and(|procedure| procedure.is_received_anywhere()));
    assert!(parse("tiny.toml", SOUND).is_ok_and(|procedure| !procedure.is_received_anywhere()));
    let province = anywhere.replacen("\"commune-police\"", "\"province-police\"", 1);
    let bad = parse("tiny.toml", &province).expect_err("no commune is competent");
    let line = SOUND[..SOUND.find(channels).expect("in the text")].lines().count() + 1;
    assert!(bad.line == line && bad.reason.contains("any-commune"), "{bad}");
}

#[test]
fn a_bad_definition_is_refused_with_its_line_and_reason() {
    let line_of = |text: &str| SOUND[..SOUND.find(text).expect("in the text")].lines().count() + 1;
    for (old, new, reason) in [
        ("id = \"tiny\"", "id = \"Tiny\"", "a-z, 0-9"),
        ("title = \"Thủ tục nhỏ\"", "title = \" \"", "may not be empty"),
        ("area = \"Cư trú\"", "area = \"\"", "may not be empty"),
        ("title = \"Thủ tục nhỏ\"", "titel = \"Thủ tục nhỏ\"", "unknown field `titel`"),
        ("title = \"Thủ tục nhỏ\"", "title = Thủ tục", ""),
        ("valid_from = \"2026-07-01\"", "valid_from = \"01/07/2026\"", "not a day"),
        ("valid_from = \"2026-07-01\"", "valid_from = \"2026-02-30\"", "not a day"),
        ("basis = \"Luật Cư trú\"", "basis = \"\"", "may not be empty"),
        (
            "agency = \"commune-police\"",
            "agency = \"district-police\"",
            "no agency is called \"district-police\"",
        ),
        ("channels = [\"online\"]", "channels = []", "may not be empty"),
        ("channels = [\"online\"]", "channels = [\"fax\"]", "no channel is called \"fax\""),
        ("channel = \"online\"", "channel = \"any-commune\"", "costs what in-person costs"),
        ("filers = [\"self\"]", "filers = [\"anybody\"]", "no filer"),
        ("intro = [\"Cho người cần.\"]", "intro = [\"\"]", "may not be empty"),
        ("result = \"ct08\"", "result = \"CT08\"", "no result is called \"CT08\""),
        (
            "verification = \"may\"",
            "verification = \"unless it-rains\"",
            "no condition is called \"it-rains\"",
        ),
        ("verification = \"may\"", "verification = \"perhaps\"", "neither never, may nor unless"),
        ("ordinary = \"3 working days\"", "ordinary = \"3 weeks\"", "neither at once"),
        ("ordinary = \"3 working days\"", "ordinary = \"0 working days\"", "neither at once"),
        ("counting = \"next-working-day\"", "counting = \"tomorrow\"", "no way of counting"),
        ("source = \"Luật Cư trú điều 28\"", "source = \"\"", "may not be empty"),
        ("label = \"Ngày sinh\"", "label = \"\u{200b} \"", "may not be empty"),
        ("kind = \"birth-date\"", "kind = \"birthday\"", "no kind of field is called \"birthday\""),
        ("kind = \"money\"", "kind = \"choice\"", "a choice needs options"),
        ("only = \"rented-dwelling\"", "only = \"rich\"", "no condition is called \"rich\""),
        ("only = \"rented-dwelling\"", "need = \"sometimes\"", "neither always, optional nor when"),
        ("only = \"rented-dwelling\"", "only = \"by-post\"", "by-post reads a field \"return\""),
        ("only = \"rented-dwelling\"", "only = \"kin-dwelling\"", "does not offer"),
        ("only = \"rented-dwelling\"", "most = 3", "has no most"),
        ("at_most = 9", "at_most = 0", "nobody"),
        ("need = \"when rented-dwelling\"", "need = \"when for-another\"", "reads a field \"for-whom\""),
        ("kind = \"owner\"", "kind = \"neighbour\"", "no consent is called"),
        ("pages = 2", "pages = 0", "a paper has a page"),
        ("per = \"filing\"", "per = \"kilo\"", "no way of counting"),
        ("exempt = [\"poor\"]", "exempt = [\"friends\"]", "no exemption is called \"friends\""),
        ("source = \"Thông tư 75/2022/TT-BTC\"", "source = \" \"", "may not be empty"),
        ("within = 60", "within = -1", ""),
    ] {
        let (line, told) = spoiled(old, new);
        assert_eq!(line, line_of(old), "{new}: {told}");
        assert!(told.contains(reason), "{new}: {told}");
    }
}

#[test]
fn what_is_missing_or_stands_twice_is_refused_where_its_table_begins() {
    let line_of = |text: &str| SOUND[..SOUND.find(text).expect("in the text")].lines().count() + 1;
    let fee = &SOUND[SOUND.find("[[fee]]").expect("a fee")..SOUND.find("[[duty]]").expect("a duty")];
    let twice = SOUND.replacen("[[duty]]", &format!("{fee}[[duty]]"), 1);
    let bad = parse("tiny.toml", &twice).expect_err("two fees of one way");
    assert_eq!((bad.line, bad.reason.as_str()), (line_of("[[duty]]"), "a second fee for \"online\""));

    for (old, new, at, reason) in [
        ("key = \"rent\"", "key = \"birth\"", "key = \"rent\"", "a second field \"birth\""),
        ("source = \"Thông tư 75/2022/TT-BTC\"\n", "", "[[fee]]", "missing field `source`"),
        ("source = \"văn bản chưa xem\"\n", "", "id = ", "missing field `source`"),
        ("words = \"Trong 60 ngày.\"\n", "", "[[duty]]", "missing field `words`"),
        (
            "key = \"birth\"\nwithin",
            "key = \"rent\"\nwithin",
            "key = \"birth\"\nwithin",
            "no field \"rent\" that is a day",
        ),
        ("within = 60", "within = 60\nbefore = 3", "key = \"birth\"\nwithin", "either within or before"),
        ("{ key = \"so-huu\"", "{ key = \"thue\"", "options = ", "a second option \"thue\""),
        (
            "counting = ",
            "longer = \"9 days\"\ncounting = ",
            "counting = ",
            "longer and longer_when go together",
        ),
    ] {
        let (line, told) = spoiled(old, new);
        assert!(told.contains(reason), "{new}: {told}");
        let table = line_of(at);
        assert!((table.saturating_sub(1)..=table).contains(&line), "{new}: line {line}, not {table}");
    }
}

#[test]
fn a_condition_may_only_read_what_is_always_asked() {
    let chain = SOUND.replacen("kind = \"choice\"", "kind = \"choice\"\nonly = \"person-is-minor\"", 1);
    let bad = parse("tiny.toml", &chain).expect_err("a chain");
    assert_eq!(bad.reason, "rented-dwelling reads \"dwelling\", which is not always asked");
    let row = SOUND.replacen("label = \"Họ tên\"", "label = \"Họ tên\"\nneed = \"when person-under-six\"", 1);
    let bad = parse("tiny.toml", &row).expect_err("the row has no birth date, though the form has");
    assert!(bad.reason.contains("person-under-six reads a field \"birth\""), "{}", bad.reason);
}

#[test]
fn versions_of_one_procedure_may_follow_each_other_and_not_overlap() {
    let next = SOUND.replacen("2026-07-01\"", "2027-01-01\"", 1);
    let bad = parse_all([("a.toml", SOUND), ("b.toml", &next)]).expect_err("the first has no end");
    assert_eq!((bad.file.as_str(), bad.line), ("b.toml", 5));
    assert_eq!(bad.reason, "overlaps the version of tiny that begins on 01/07/2026");
    let bad = parse_all([("b.toml", next.as_str()), ("a.toml", SOUND)]).expect_err("in any order");
    assert_eq!(bad.file, "a.toml");
    let ended = SOUND.replacen("basis", "valid_to = \"2026-12-31\"\nbasis", 1);
    let both = parse_all([("b.toml", next.as_str()), ("a.toml", &ended)]).expect("one after the other");
    assert!(both.procedures[0].valid_from < both.procedures[1].valid_from);
    let backwards = SOUND.replacen("basis", "valid_to = \"2026-06-30\"\nbasis", 1);
    let bad = parse("a.toml", &backwards).expect_err("ends before it begins");
    assert_eq!((bad.line, bad.reason.as_str()), (6, "ends before it begins"));
}

#[test]
fn a_file_without_end_is_not_read() {
    let long = format!("{SOUND}#{}", "x".repeat(70_000));
    assert!(parse("long.toml", &long).expect_err("too long").reason.contains("bytes"));
    assert!(SHIPPED.iter().all(|(_, text)| text.len() < 32_000));
}
