//! The definitions that come with the product are whole, and travel.

use dossier::moment::Day;
use dossier::procedure::load::{SHIPPED, embedded};
use dossier::procedure::{Procedure, in_force};

#[test]
fn every_shipped_definition_loads_and_is_called_as_its_file() {
    let procedures = embedded().expect("sound files");
    assert_eq!(procedures.len(), SHIPPED.len());
    let today = Day::from_date(2026, 11, 25).expect("a real day");
    for (file, _) in SHIPPED {
        let id = file.strip_suffix(".toml").expect("a toml file").parse().expect("a key");
        assert!(in_force(&procedures, &id, today).is_some(), "{file}");
    }
}

#[test]
fn a_definition_reads_back_from_its_binary_form() {
    for procedure in embedded().expect("sound files") {
        let bytes = postcard::to_allocvec(&procedure).expect("plain data");
        assert_eq!(postcard::from_bytes::<Procedure>(&bytes).as_ref(), Ok(&procedure));
        assert!(bytes.len() < 12_000, "{} takes {} bytes", procedure.id, bytes.len());
    }
}

#[test]
fn the_whole_catalogue_is_small_enough_for_one_exchange() {
    let procedures = embedded().expect("sound files");
    let bytes = postcard::to_allocvec(&procedures).expect("plain data").len();
    assert!(bytes < 120_000, "{bytes} bytes");
}

#[test]
fn of_a_file_that_rests_on_a_text_nobody_saw_the_source_says_so() {
    // What domain.md marks as remembered or uncertain, by procedure.
    let unseen = ["chưa", "hiểu biết chung", "trí nhớ"];
    for id in [
        "permanent-residence",
        "temporary-absence",
        "civil-status-correction",
        "birth-registration",
        "birth-reregistration",
        "security-certificate",
        "seal-registration",
        "criminal-record",
        "population-correction",
        "personal-number-notice",
        "level-2-identity",
    ] {
        let procedures = embedded().expect("sound files");
        let procedure = procedures.iter().find(|procedure| procedure.id.as_str() == id).expect("shipped");
        assert!(unseen.iter().any(|word| procedure.source.contains(word)), "{id}: {}", procedure.source);
    }
}

/// The labels of CT01 in Circular 116/2026/TT-BCA, items 1 to 11.
#[test]
fn a_residence_procedure_on_ct01_asks_the_items_of_the_form_in_the_forms_words() {
    for procedure in embedded().expect("sound files") {
        if procedure.form != "CT01" {
            continue;
        }
        for (key, label) in [
            ("name", "Họ, chữ đệm và tên khai sinh"),
            ("birth", "Ngày, tháng, năm sinh"),
            ("sex", "Giới tính"),
            ("number", "Số định danh cá nhân"),
            ("phone", "Số điện thoại liên hệ"),
            ("email", "Email"),
            ("head-name", "Họ, chữ đệm và tên chủ hộ"),
            ("relation", "Mối quan hệ với chủ hộ"),
            ("head-number", "Số định danh cá nhân của chủ hộ"),
            ("request", "Nội dung đề nghị"),
        ] {
            let field = procedure.field(&key.parse().expect("a key"));
            assert_eq!(field.map(|field| field.label.as_str()), Some(label), "{}", procedure.id);
        }
        let columns =
            procedure.people.as_ref().expect("item 11").columns.iter().map(|column| column.key.as_str());
        assert_eq!(
            columns.collect::<Vec<_>>(),
            ["name", "birth", "sex", "number", "relation"],
            "{}",
            procedure.id
        );
    }
}

#[test]
fn the_page_for_whoever_writes_a_file_names_every_word_a_file_may_use() {
    use dossier::procedure::{
        Agency, Condition, ConsentKind, Counting, Exemption, Filer, FilingChannel, Per, ResultForm,
    };
    const PAGE: &str = include_str!("../procedures/README.md");
    let mut words: Vec<&str> = Condition::ALL.iter().map(|one| one.slug()).collect();
    words.extend(Agency::ALL.iter().map(|one| one.slug()));
    words.extend(ConsentKind::ALL.iter().map(|one| one.slug()));
    words.extend(Counting::ALL.iter().map(|one| one.slug()));
    words.extend(Exemption::ALL.iter().map(|one| one.slug()));
    words.extend(Filer::ALL.iter().map(|one| one.slug()));
    words.extend(FilingChannel::ALL.iter().map(|one| one.slug()));
    words.extend(Per::ALL.iter().map(|one| one.slug()));
    words.extend(ResultForm::ALL.iter().map(|one| one.slug()));
    for word in words {
        assert!(PAGE.contains(&format!("`{word}`")), "procedures/README.md does not name {word}");
    }
}
