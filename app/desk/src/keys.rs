//! The keyboard of the desk: which key means what, and where it does not count.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The row below.
    Down,
    /// The row above.
    Up,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Tick the notice of this row.
    Tick,
    /// Open it beside the table.
    Open,
    /// Close what is open.
    Close,
    /// Tiếp nhận.
    Receive,
    /// Trả lại, yêu cầu bổ sung.
    Return,
    /// Something new: at the counter, or one more of a list.
    New,
    /// To the search field.
    Search,
    /// Show all keys.
    Help,
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// In a field that takes letters.
    Typing,
    /// On a button, link or tick box, which has its own Enter and arrows.
    Control,
    /// On a row, or nowhere in particular.
    Book,
}

impl Focus {
    /// The focus of an element, by its tag and type.
    pub fn of(tag: &str, kind: Option<&str>) -> Focus {
        match (tag.to_ascii_uppercase().as_str(), kind) {
            ("INPUT", Some("checkbox")) | ("BUTTON" | "A" | "SUMMARY", _) => Focus::Control,
            ("INPUT" | "TEXTAREA" | "SELECT", _) => Focus::Typing,
            _ => Focus::Book,
        }
    }
}

/// What this key means here. `letters` off leaves only the keys that no reader and no voice control types by chance.
pub fn command(key: &str, focus: Focus, letters: bool) -> Option<Command> {
    match (key, focus) {
        ("Escape", _) => Some(Command::Close),
        (_, Focus::Typing) => None,
        ("ArrowDown", Focus::Book) => Some(Command::Down),
        ("ArrowUp", Focus::Book) => Some(Command::Up),
        ("Home", Focus::Book) => Some(Command::First),
        ("End", Focus::Book) => Some(Command::Last),
        ("Enter", Focus::Book) => Some(Command::Open),
        (" ", Focus::Book) => Some(Command::Tick),
        _ if letters => match key {
            "j" | "J" => Some(Command::Down),
            "k" | "K" => Some(Command::Up),
            "x" | "X" => Some(Command::Tick),
            "a" | "A" => Some(Command::Receive),
            "r" | "R" => Some(Command::Return),
            "n" | "N" => Some(Command::New),
            "/" => Some(Command::Search),
            "?" => Some(Command::Help),
            _ => None,
        },
        _ => None,
    }
}

/// All keys and what they do, as the page lists them.
pub const LIST: [(&[&str], &str); 10] = [
    (&["J", "↓"], "Dòng dưới"),
    (&["K", "↑"], "Dòng trên"),
    (&["Home", "End"], "Dòng đầu, dòng cuối"),
    (&["X", "Space"], "Chọn, bỏ chọn thông báo"),
    (&["Enter"], "Mở thông báo bên cạnh"),
    (&["Esc"], "Đóng"),
    (&["A"], "Tiếp nhận: các thông báo đã chọn, hoặc dòng đang đứng"),
    (&["R"], "Trả lại, yêu cầu bổ sung"),
    (&["N"], "Khai tại quầy cho người đến khai"),
    (&["/"], "Tìm trong sổ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_typed_into_a_field_move_nothing() {
        let search = Focus::of("input", Some("search"));
        for key in ["j", "a", "r", "x", "/", "?", "Enter", " ", "ArrowDown"] {
            assert_eq!(command(key, search, true), None);
        }
        assert_eq!(command("Escape", search, true), Some(Command::Close));
    }

    #[test]
    fn a_button_keeps_its_own_enter_and_a_row_opens() {
        assert_eq!(command("Enter", Focus::of("BUTTON", None), true), None);
        assert_eq!(command("j", Focus::of("INPUT", Some("checkbox")), true), Some(Command::Down));
        assert_eq!(command("Enter", Focus::of("TR", None), true), Some(Command::Open));
    }

    #[test]
    fn single_letters_can_be_switched_off_and_the_arrows_stay() {
        assert_eq!(command("a", Focus::Book, false), None);
        assert_eq!(command("ArrowDown", Focus::Book, false), Some(Command::Down));
    }
}
