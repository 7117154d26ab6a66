//! Forms on paper: what they say, how they look, and what no text can do to them.

mod samples;

use std::path::PathBuf;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use print::{Block, MAX_PAGES, Poster, PrintError, Sheet, render, render_poster};
use proptest::prelude::*;

/// Pixels to a point of a golden page: 65 dpi.
const SCALE: f32 = 0.9;
/// How far a channel may be off before a pixel counts as another one.
const NEAR: u8 = 48;
/// How many pixels of a thousand may be other ones.
const OTHERS: usize = 2;

fn text(sheet: &Sheet) -> String {
    let pdf = lopdf::Document::load_mem(&render(sheet).expect("printed")).expect("a PDF");
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    pdf.extract_text(&pages).expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pictures(sheet: &Sheet, scale: f32) -> Vec<Pixmap> {
    let pdf = Pdf::new(render(sheet).expect("printed")).expect("a PDF");
    let cache = RenderCache::new();
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let draw = |page| {
        hayro::render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings)
    };
    pdf.pages().iter().map(draw).collect()
}

fn golden(name: &str, page: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}-{}.png", page + 1))
}

/// `PRINT_GOLDEN=write` draws the pages anew; `PRINT_LOOK=folder` draws them large besides.
#[test]
fn every_form_looks_as_it_did() {
    for (name, sheet) in samples::all() {
        if let Ok(folder) = std::env::var("PRINT_LOOK") {
            for (page, picture) in pictures(&sheet, 1.5).into_iter().enumerate() {
                let path = PathBuf::from(&folder).join(format!("{name}-{}.png", page + 1));
                std::fs::write(path, picture.into_png().expect("a picture")).expect("written");
            }
        }
        for (page, picture) in pictures(&sheet, SCALE).into_iter().enumerate() {
            let path = golden(name, page);
            if std::env::var("PRINT_GOLDEN").is_ok() {
                std::fs::write(&path, picture.into_png().expect("a picture")).expect("written");
                continue;
            }
            let file = std::fs::read(&path).expect("a golden page");
            assert!(file.len() <= 100_000, "{} is too large", path.display());
            let wanted = Pixmap::from_png(std::io::Cursor::new(file.as_slice())).expect("a golden picture");
            let (now, then) = (picture.data_as_u8_slice(), wanted.data_as_u8_slice());
            assert_eq!(now.len(), then.len(), "{name} has another size");
            let other = now.chunks(4).zip(then.chunks(4));
            let other = other.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > NEAR)).count();
            assert!(
                other * 1000 <= now.len() / 4 * OTHERS,
                "{name} page {}: {other} pixels differ",
                page + 1
            );
        }
        assert!(!golden(name, pictures(&sheet, 0.1).len()).exists(), "{name} has lost a page");
    }
}

#[test]
fn the_words_of_a_form_can_be_found() {
    let found = text(&samples::ct01());
    for words in
        ["Độc lập - Tự do - Hạnh phúc", "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", "HẢNG THỊ MẪU", "NGƯỜI KÊ KHAI"]
    {
        assert!(found.contains(words), "{words} is not in: {found}");
    }
    assert!(!found.contains("BẢN NHÁP"));
}

#[test]
fn a_draft_says_so_on_every_page() {
    let mut sheet = samples::ct01();
    sheet.draft = true;
    let pages = pictures(&sheet, 0.1).len();
    assert!(pages > 1);
    assert_eq!(text(&sheet).matches("BẢN NHÁP").count(), pages);
}

#[test]
fn a_paper_of_made_up_people_says_so_on_every_page_and_not_that_it_is_a_draft() {
    let mut sheet = samples::ct01();
    sheet.draft = true;
    let pages = pictures(&sheet, 0.1).len();
    let file = print::render_trial(&sheet).expect("printed");
    let pdf = lopdf::Document::load_mem(&file).expect("a PDF");
    let numbers: Vec<u32> = pdf.get_pages().keys().copied().collect();
    let said = pdf.extract_text(&numbers).expect("text");
    assert_eq!((said.matches("TẬP HUẤN").count(), said.matches("BẢN NHÁP").count()), (pages, 0));
}

#[test]
fn the_fonts_are_inside_and_only_the_glyphs_used() {
    let file = render(&samples::ct01()).expect("printed");
    assert!(file.len() < 150_000, "{} bytes", file.len());
    let pdf = lopdf::Document::load_mem(&file).expect("a PDF");
    let mut seen = 0;
    for object in pdf.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        if dictionary.get_type().is_ok_and(|kind| kind == b"FontDescriptor") {
            assert!(dictionary.has(b"FontFile2") || dictionary.has(b"FontFile3"));
            seen += 1;
        }
    }
    assert_eq!(seen, 3, "regular, bold, italic");
}

#[test]
fn the_same_sheet_is_the_same_file_without_a_persons_name_or_a_date() {
    let file = render(&samples::ct07()).expect("printed");
    assert_eq!(file, render(&samples::ct07()).expect("printed"));
    let pdf = lopdf::Document::load_mem(&file).expect("a PDF");
    let info = pdf.trailer.get(b"Info").and_then(|info| info.as_reference()).expect("properties");
    let info = pdf.get_dictionary(info).expect("properties");
    let keys: Vec<String> = info.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()).collect();
    assert!(!keys.iter().any(|key| key.contains("Date") || key == "Author"), "{keys:?}");
}

#[test]
fn a_table_repeats_its_head_and_an_endless_text_is_refused() {
    let mut sheet = samples::ct01();
    if let Some(Block::Table { rows, .. }) = sheet.body.last_mut() {
        rows.resize(80, vec!["1".to_owned(), "Sùng Thị Ví Dụ".to_owned()]);
    }
    let pages = pictures(&sheet, 0.1).len();
    assert!(pages > 2 && text(&sheet).matches("Giới tính").count() > 2);
    sheet.body.push(Block::text("chữ ".repeat(2_000_000)));
    assert_eq!(render(&sheet), Err(PrintError::TooLong));
}

#[test]
fn three_members_are_printed_in_150_ms() {
    let sheet = samples::ct01();
    let mut runs: Vec<u128> = (0..20)
        .map(|_| {
            let begun = std::time::Instant::now();
            render(&sheet).expect("printed");
            begun.elapsed().as_micros()
        })
        .collect();
    runs.sort_unstable();
    eprintln!("CT01: p50 {} µs, max {} µs", runs[10], runs[19]);
    assert!(runs[10] <= 150_000, "{runs:?}");
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "\\PC{0,400}", "[a\u{301}\u{323}\u{1f600}\u{0}\n\u{202e}\u{a0}ữ]{0,900}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_text_makes_it_panic(words in proptest::collection::vec(any_text(), 6), tiny in any::<bool>()) {
        let mut sheet = if tiny { samples::ct06() } else { samples::ct01() };
        sheet.title.push(words[0].clone());
        sheet.head.agency.push(words[1].clone());
        sheet.body.push(Block::field(&words[2], &words[3]));
        sheet.body.push(Block::Boxes { label: words[1].clone(), digits: words[0].clone() });
        if let Some(Block::Table { rows, .. }) = sheet.body.iter_mut().find(|b| matches!(b, Block::Table { .. })) {
            rows.push(words.clone());
        }
        if let Some(cell) = sheet.signatures.first_mut() {
            cell.name = words[4].clone();
            cell.under.push(words[5].clone());
        }
        match render(&sheet) {
            Ok(file) => {
                let pdf = lopdf::Document::load_mem(&file).expect("a PDF");
                prop_assert!(pdf.get_pages().len() <= MAX_PAGES);
            }
            Err(error) => prop_assert_eq!(error, PrintError::TooLong),
        }
    }
}

#[test]
fn a_poster_is_one_page_with_its_words_and_a_code_three_times_as_large() {
    let poster = Poster {
        above: "CÔNG AN XÃ SIN SUỐI HỒ".to_owned(),
        title: "THÔNG BÁO LƯU TRÚ".to_owned(),
        name: "Homestay Hoa Địa Lan".to_owned(),
        place: "bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu".to_owned(),
        code: "https://bankhai.example.vn/co-so/7-00112233445566778899".to_owned(),
        says: vec!["Quét mã để biết cần đưa giấy tờ gì. Scan: what to show on arrival.".to_owned()],
        foot: vec!["Trực ban: 0213 000 113".to_owned()],
    };
    for trial in [false, true] {
        let file = render_poster(&poster, trial).expect("printed");
        if let Ok(folder) = std::env::var("PRINT_LOOK") {
            std::fs::write(PathBuf::from(folder).join(format!("poster-{trial}.pdf")), &file)
                .expect("written");
        }
        let pdf = lopdf::Document::load_mem(&file).expect("a PDF");
        assert_eq!(pdf.get_pages().len(), 1);
        let text = pdf.extract_text(&[1]).expect("text");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text.contains("TẬP HUẤN"), trial, "{text}");
        for words in ["THÔNG BÁO LƯU TRÚ", "Homestay Hoa Địa Lan", "0213 000 113"] {
            assert!(text.contains(words), "{words} in {text}");
        }
    }
    let endless = Poster { says: vec!["chữ ".repeat(2_000)], ..poster };
    assert_eq!(render_poster(&endless, false), Err(PrintError::TooLong));
}
