//! Plain text as lines: tabs and Markdown bars make cells, everything else is prose.

use super::lines::{At, Cells, Lines};
use super::{LineForm, SourceRefusal};

/// The lines of a text, whatever ends them: `\n`, `\r\n` or `\r`. What ends the last one begins no other.
pub(super) fn physical(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let now = rest?;
        let Some(end) = now.bytes().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            rest = None;
            return Some(now);
        };
        let (line, after) = now.split_at(end);
        let after = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or_default();
        rest = Some(after).filter(|after| !after.is_empty());
        Some(line)
    })
}

/// The lines, numbered from one.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = (At, &str)> {
    (1..).zip(physical(text)).map(|(number, line)| (At { number, sheet: 0 }, line))
}

/// All the lines of a text.
pub(super) fn read(text: &str, into: &mut Lines) -> Result<(), SourceRefusal> {
    for (at, line) in numbered(text) {
        if line.contains('\t') {
            let mut cells = Cells::default();
            for words in line.split('\t') {
                cells.push(words.to_owned(), at.number)?;
            }
            into.push(at, LineForm::Row, cells)?;
        } else if let Some(inner) = barred(line) {
            into.push(at, LineForm::Row, between_bars(inner, at.number)?)?;
        } else {
            into.prose(at, line)?;
        }
    }
    Ok(())
}

/// All the lines of the service's own document, as they stand.
pub(super) fn read_verbatim(text: &str, into: &mut Lines) -> Result<(), SourceRefusal> {
    for (at, line) in numbered(text) {
        into.verbatim(at, line)?;
    }
    Ok(())
}

/// What stands between the outer bars of a Markdown row: `| a | b |`.
fn barred(line: &str) -> Option<&str> {
    line.trim().strip_prefix('|')?.strip_suffix('|').filter(|inner| !inner.ends_with('\\'))
}

/// The cells between the bars, without the spaces that pad them; a bar after a backslash is a bar of the words.
fn between_bars(inner: &str, line: u32) -> Result<Cells, SourceRefusal> {
    let mut cells = Cells::default();
    let mut words = String::new();
    let mut letters = inner.chars().peekable();
    while let Some(one) = letters.next() {
        match one {
            '|' => {
                cells.push(words.trim().to_owned(), line)?;
                words.clear();
            }
            '\\' if letters.peek() == Some(&'|') => words.extend(letters.next()),
            other => words.push(other),
        }
    }
    cells.push(words.trim().to_owned(), line)?;
    Ok(cells)
}
