//! The program as a person runs it.

mod office;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

struct Shell {
    dir: tempfile::TempDir,
}

impl Shell {
    fn new() -> Shell {
        Shell { dir: tempfile::tempdir().expect("a directory") }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        command(&self.data()).args(arguments).stdin(Stdio::null()).output().expect("the program")
    }

    /// What a successful command printed.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// Why a command failed.
    fn refuses(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        String::from_utf8(output.stderr).expect("text")
    }
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bankhai"));
    command.env_clear().env("BANKHAI_DATA", data);
    command
}

#[test]
fn a_commune_is_set_up_from_the_command_line() {
    let shell = Shell::new();
    let commune =
        ["admin", "commune", "03394", "xã Sin Suối Hồ", "tỉnh Lai Châu", "--duty-phone", "0213 000 113"];
    assert!(shell.says(&commune).contains("Đã ghi 03394 xã Sin Suối Hồ"));
    let house = ["admin", "establishment", "3394", "Homestay Hoa Địa Lan", "bản Sin Suối Hồ"];
    assert!(shell.says(&house).contains("cơ sở số 1"));
    let owner = shell.says(&["admin", "owner", "1", "HoaDiaLan", "Giàng Thị Mỷ"]);
    assert!(owner.contains("Mã mời") && owner.contains('█'), "{owner}");
    shell.says(&["admin", "officer", "3394", "congan", "Lò Văn Chung"]);
    shell.says(&["admin", "administrator", "3394", "quantri", "Tẩn Thị Mẩy"]);
    assert!(shell.says(&["admin", "invite", "hoadialan"]).contains("Mã mời"));
    let list = shell.says(&["admin", "list"]);
    for expected in [
        "Công an xã Sin Suối Hồ",
        "Homestay Hoa Địa Lan",
        "hoadialan",
        "Cán bộ Công an cấp xã",
        "chưa nhận lời mời",
    ] {
        assert!(list.contains(expected), "{expected} in {list}");
    }
    assert!(shell.says(&["admin", "restored"]).contains("epoch thứ 1"));
    assert!(shell.says(&["admin", "restored"]).contains("epoch thứ 2"));
}

#[test]
fn every_role_is_given_stopped_and_given_a_token_from_the_command_line() {
    let shell = Shell::new();
    shell.says(&["admin", "commune", "03394", "xã Sin Suối Hồ", "tỉnh Lai Châu", "--duty-phone", "113"]);
    let person = |role: &str, area: &str, login: &str| {
        ["admin", "person", role, area, login, "Lò Thị Thử"].map(str::to_owned).to_vec()
    };
    let says = |arguments: &[String]| shell.says(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let refuses =
        |arguments: &[String]| shell.refuses(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(says(&person("head", "commune-3394", "truong")).contains("Mã mời"));
    let wide =
        [person("administrator", "everywhere", "quantri"), ["--commune", "3394"].map(str::to_owned).to_vec()];
    assert!(says(&wide.concat()).contains("Mã mời"));
    assert!(refuses(&person("head", "village-1", "ai")).contains("không giữ cho địa bàn"));
    assert!(refuses(&person("team_leader", "village-9", "ai")).contains("không có địa bàn"));
    assert!(refuses(&person("king", "commune-3394", "ai")).contains("không có vai trò này"));

    assert!(shell.says(&["admin", "suspend", "truong"]).contains("Đã tạm khóa"));
    assert!(shell.says(&["admin", "resume", "truong"]).contains("Đã mở khóa"));
    assert!(shell.says(&["admin", "token", "quantri", "--until", "2099-12-31"]).contains("Mã truy cập"));
    assert!(shell.refuses(&["admin", "token", "truong", "--until", "2099-12-31"]).contains("quản trị"));
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let shell = Shell::new();
    assert!(shell.refuses(&["admin", "owner", "9", "a", "b"]).contains("không có cơ sở số 9"));
    assert!(shell.refuses(&["admin", "officer", "3394", "a", "b"]).contains("chưa có xã 03394"));
    assert!(shell.refuses(&["admin", "invite", "ai"]).contains("không có tài khoản"));
    assert!(shell.refuses(&["admin", "revoke-device", "0102ff"]).contains("không có thiết bị"));
    assert!(
        shell.refuses(&["admin", "list", "--database-url", "postgres://may/bankhai"]).contains("PostgreSQL")
    );
    assert!(shell.refuses(&["serve", "--demo", "--addr", "0.0.0.0:0"]).contains("127.0.0.1"));
    let half = ["serve", "--addr", "127.0.0.1:0", "--payment-gateway", "https://tra.example.vn"];
    assert!(shell.refuses(&half).contains("cần đủ cả ba"));
    let key = shell.dir.path().join("khoa");
    std::fs::write(&key, "khoa-chung-cua-may-chu-va-cong-thanh-toan").expect("a key");
    let key = key.to_str().expect("a path");
    let rest = ["--payment-key", key, "--payment-office", "http://127.0.0.1:8080", "--demo"];
    assert!(shell.refuses(&[&half[..], &rest[..]].concat()).contains("không thu tiền thật"));
}

#[test]
fn a_receipt_is_genuine_or_the_command_says_why_not() {
    let shell = Shell::new();
    shell.says(&["admin", "list"]);
    let keys = server::keys::Keys::open(&shell.data().join("keys"), server::keys::Missing::Refuse)
        .unwrap_or_else(|error| panic!("{error}"));
    let mut receipt = office::receipt(&keys);
    let said = shell.says(&["receipt", "verify", &receipt.to_text()]);
    assert!(said.contains("THẬT") && said.contains("000482"), "{said}");
    let (id, key) = keys.receipt_public().remove(0);
    let anywhere = Shell::new();
    assert!(
        anywhere
            .says(&["receipt", "verify", &receipt.to_text(), "--key", &format!("{id}:{key}")])
            .contains("THẬT")
    );
    let other_office = Shell::new();
    other_office.says(&["admin", "list"]);
    assert!(other_office.refuses(&["receipt", "verify", &receipt.to_text()]).contains("GIẢ"));
    assert!(shell.refuses(&["receipt", "verify", "xin chào"]).contains("không phải biên nhận"));
    receipt.content = [9; 32];
    assert!(shell.refuses(&["receipt", "verify", &receipt.to_text()]).contains("GIẢ"));
}

#[test]
fn a_new_version_of_a_procedure_is_tried_and_published_and_what_has_begun_stays() {
    let shell = Shell::new();
    let list = shell.says(&["procedures", "list"]);
    assert!(list.lines().count() >= 20 && list.contains("temporary-residence\tĐăng ký tạm trú"), "{list}");
    let text = shell.says(&["procedures", "show", "temporary-residence.toml"]);
    let write = |name: &str, text: String| {
        let path = shell.dir.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("plain").to_owned()
    };
    let ended = write(
        "temporary-residence.toml",
        text.replacen("basis = ", "valid_to = \"2098-12-31\"\nbasis = ", 1),
    );
    let begun = text.lines().find(|line| line.starts_with("valid_from")).expect("a first day");
    let next = text.replace(begun, "valid_from = \"2099-01-01\"").replace("3 working days", "2 working days");
    let next = write("temporary-residence-2099.toml", next);

    assert!(shell.refuses(&["procedures", "check", &next]).contains("overlaps"), "the first has no end");
    let told = shell.says(&["procedures", "check", &ended, &next]);
    assert!(told.contains("hết hiệu lực sau ngày 31/12/2098") && told.contains("từ 01/01/2099"), "{told}");
    assert!(!shell.says(&["procedures", "list"]).contains("2099"), "it was only tried");
    shell.says(&["procedures", "publish", &ended, &next]);
    assert!(shell.says(&["procedures", "list"]).contains("từ 01/01/2099 (chưa có hiệu lực)"));

    let ended = std::fs::read_to_string(&ended).expect("as written");
    let other = write("temporary-residence.toml", ended.replace("3 working days", "9 working days"));
    assert!(shell.refuses(&["procedures", "publish", &other]).contains("đã có hiệu lực"));
    let bad = write("bad.toml", text.replace("ct08", "ct99"));
    let said = shell.refuses(&["procedures", "publish", &bad]);
    assert!(said.contains("bad.toml, line ") && said.contains("ct99"), "{said}");
    assert!(shell.refuses(&["procedures", "show", "none.toml"]).contains("none.toml"));

    // A file somebody spoiled by hand is put right by another in its place.
    let laid = shell.data().join("procedures/temporary-residence-2099.toml");
    let sound = std::fs::read_to_string(&laid).expect("as published");
    std::fs::write(&laid, "id = 1").expect("spoiled");
    assert!(shell.refuses(&["procedures", "list"]).contains("temporary-residence-2099.toml, line 1"));
    let sound = write("temporary-residence-2099.toml", sound);
    shell.says(&["procedures", "publish", &sound]);
    assert!(shell.says(&["procedures", "list"]).contains("từ 01/01/2099 (chưa có hiệu lực)"));
}
