//! What it costs to read a file: `cargo run --release --example read_source FILE..` prints, for one file, its form, its lines and
//! cells, the seconds and the most memory the process ever held (Linux). For several, each is read by a process of its own.
//! Files made to cost as much as they can are written by the example `worst_sources`.

use std::error::Error;
use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

use traguardo_documents::source::{SourceHint, read};

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if let [file] = files.as_slice() {
        return measure(file);
    }
    for file in files {
        Command::new(std::env::current_exe()?).arg(file).status()?;
    }
    Ok(())
}

/// Reads a file and says what it cost.
fn measure(file: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let begun = Instant::now();
    let said = match read(&bytes, &SourceHint { file_name: Some(file), content_type: None }) {
        Ok(source) => {
            let cells: usize = source.lines().iter().map(|line| line.cells().len()).sum();
            format!("{:?}, {}, {} lines, {cells} cells", source.format, source.encoding, source.lines().len())
        }
        Err(refusal) => format!("refused: {}", refusal.code()),
    };
    let seconds = begun.elapsed().as_millis();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    writeln!(std::io::stdout(), "{file}: {} bytes; {said}; {seconds} ms; peak {peak}", bytes.len())?;
    Ok(())
}
