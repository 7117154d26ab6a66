//! `bankhai procedures …`: the catalogue of an office, by command line: what is in force, the text of a file to amend, and
//! new files, tried first and then published.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use dossier::moment::Day;
use dossier::procedure::amend::{Amendment, amendments};
use dossier::procedure::load::parse_all;
use dossier::procedure::{Procedure, ProcedureId};

use super::{ProceduresError, files, load, name, unreadable};
use crate::cli::CliError;
use crate::clock;

/// What is asked about the catalogue.
#[derive(Subcommand)]
pub enum ProceduresCommand {
    /// All versions of all procedures.
    #[command(about = "Liệt kê các thủ tục, ngày hiệu lực, cơ quan, thời hạn")]
    List,
    /// The text of a file.
    #[command(about = "In một tệp thủ tục đang dùng, để chép ra sửa")]
    Show {
        /// Which one.
        #[arg(help = "Tên tệp, ví dụ temporary-residence.toml")]
        file: String,
    },
    /// Tries files without publishing them.
    #[command(about = "Thử các tệp: có dùng được không, sẽ đổi những gì")]
    Check {
        /// Which ones; versions that follow each other are given together.
        #[arg(required = true, help = "Các tệp .toml; bản cũ hết hiệu lực và bản mới thì đưa cùng lúc")]
        files: Vec<PathBuf>,
    },
    /// Publishes files.
    #[command(
        about = "Công bố các tệp: thử, rồi đặt vào thư mục dữ liệu; máy chủ đang chạy đọc lại trong vài giây"
    )]
    Publish {
        /// Which ones; versions that follow each other are given together.
        #[arg(required = true, help = "Các tệp .toml; bản cũ hết hiệu lực và bản mới thì đưa cùng lúc")]
        files: Vec<PathBuf>,
    },
}

/// Does what was asked about the catalogue of this folder.
pub fn run(folder: &Path, command: ProceduresCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let today = clock::now().day();
    match command {
        ProceduresCommand::List => list(&load(folder)?.procedures, today, out)?,
        ProceduresCommand::Show { file } => {
            let files = files(folder)?;
            let text = files.get(&file).ok_or_else(|| CliError::Words(format!("không có tệp {file}")))?;
            write!(out, "{text}")?;
        }
        ProceduresCommand::Check { files } => tell(&tried(folder, &files, today)?.1, out)?,
        ProceduresCommand::Publish { files } => {
            let (texts, changes) = tried(folder, &files, today)?;
            fs::create_dir_all(folder)?;
            for (name, text) in &texts {
                lay(folder, name, text)?;
            }
            tell(&changes, out)?;
        }
    }
    Ok(())
}

/// Each file's name and text, and what all of them together change.
type Tried = (Vec<(String, String)>, Vec<Amendment>);

fn tried(folder: &Path, paths: &[PathBuf], today: Day) -> Result<Tried, CliError> {
    let mut all = files(folder)?;
    let mut texts = Vec::new();
    for path in paths {
        let name = name(path)
            .ok_or_else(|| CliError::Words(format!("{} không phải tệp .toml", path.display())))?
            .to_owned();
        let text = fs::read_to_string(path).map_err(unreadable(path))?;
        all.insert(name.clone(), text.clone());
        texts.push((name, text));
    }
    let after = parse_all(all.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let after = after.map_err(ProceduresError::from)?.procedures;
    let before = load(folder)?.procedures;
    let changes = amendments(&before, &after, today).map_err(ProceduresError::from)?;
    Ok((texts, changes))
}

/// Under its name at once or not at all: the office may read the folder at any moment. The name it is written under is
/// none of a procedure.
fn lay(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let beside = folder.join(format!("{name}.new"));
    fs::write(&beside, text)?;
    fs::File::open(&beside)?.sync_all()?;
    fs::rename(beside, folder.join(name))
}

fn list(procedures: &[Procedure], today: Day, out: &mut dyn Write) -> std::io::Result<()> {
    for one in procedures {
        let until = one.valid_to.map_or(String::new(), |last| format!(" đến {last}"));
        let state = match one.holds(today) {
            true => "",
            false if one.valid_from > today => " (chưa có hiệu lực)",
            false => " (hết hiệu lực)",
        };
        let (from, agency) = (one.valid_from, one.agency.label());
        writeln!(out, "{}\t{}\t{agency}\ttừ {from}{until}{state}", one.id, one.title)?;
    }
    Ok(())
}

fn tell(changes: &[Amendment], out: &mut dyn Write) -> std::io::Result<()> {
    if changes.is_empty() {
        writeln!(out, "Không có gì thay đổi.")?;
    }
    let line = |id: &ProcedureId, what: String| format!("{id}: {what}");
    for change in changes {
        let said = match change {
            Amendment::Begins(version) => {
                line(&version.procedure, format!("có hiệu lực từ {}", version.from))
            }
            Amendment::Ends(version, last) => {
                line(&version.procedure, format!("bản từ {} hết hiệu lực sau ngày {last}", version.from))
            }
            Amendment::Redrafted(version) => {
                line(&version.procedure, format!("bản từ {}, chưa có hiệu lực, được viết lại", version.from))
            }
        };
        writeln!(out, "{said}")?;
    }
    Ok(())
}
