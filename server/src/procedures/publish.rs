//! `bankhai procedures …`: the catalogue of an office, by command line: what is in force, the text of a file to amend, and
//! new files, tried first and then published.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use dossier::moment::Day;
use dossier::procedure::Procedure;
use dossier::procedure::amend::Amendment;

use super::amend::{self, Texts};
use super::{files, load, name, unreadable};
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
        ProceduresCommand::List => list(load(folder)?.procedures(), today, out)?,
        ProceduresCommand::Show { file } => {
            let files = files(folder)?;
            let text = files.get(&file).ok_or_else(|| CliError::Words(format!("không có tệp {file}")))?;
            write!(out, "{text}")?;
        }
        ProceduresCommand::Check { files } => tell(&tried(folder, &files, today)?.1, out)?,
        ProceduresCommand::Publish { files } => {
            let (texts, changes) = tried(folder, &files, today)?;
            amend::lay_all(folder, &texts)?;
            tell(&changes, out)?;
        }
    }
    Ok(())
}

/// Each file's name and text, and what all of them together change.
type Tried = (Texts, Vec<Amendment>);

fn tried(folder: &Path, paths: &[PathBuf], today: Day) -> Result<Tried, CliError> {
    let mut texts = Texts::new();
    for path in paths {
        let name =
            name(path).ok_or_else(|| CliError::Words(format!("{} không phải tệp .toml", path.display())))?;
        texts.insert(name.to_owned(), fs::read_to_string(path).map_err(unreadable(path))?);
    }
    let changes = match load(folder) {
        Ok(before) => amend::tried(folder, &texts, before.procedures(), today)?,
        // A folder that cannot be used is repaired by files with which it can.
        Err(_) => amend::tried(folder, &texts, &[], Day(i32::MIN))?,
    };
    Ok((texts, changes))
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
    for change in changes {
        writeln!(out, "{}", amend::said(change))?;
    }
    Ok(())
}
