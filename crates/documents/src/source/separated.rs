//! Separated values, with any separator: found by how evenly it cuts the first records.

use super::lines::{At, Cells, Lines};
use super::text::physical;
use super::{LineForm, RemarkKind, SourceRefusal, limits};

/// What may stand between two values. A semicolon comes first: it is what a workbook writes where the comma is for decimals.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// Records looked at to find the separator.
const SAMPLE_RECORDS: usize = 50;

/// Bytes looked at to find the separator.
const SAMPLE_BYTES: usize = 64 * 1024;

/// A record: its cells, and the line it begins at.
struct Record {
    cells: Cells,
    number: u32,
}

/// The records of a text, one after the other.
struct Records<'a> {
    text: &'a str,
    place: usize,
    line: u32,
    separator: u8,
    /// Whether quotation marks hold a value together: until one is found that nothing closes.
    quoting: bool,
}

impl<'a> Records<'a> {
    const fn new(text: &'a str, separator: u8) -> Self {
        Self { text, place: 0, line: 1, separator, quoting: true }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn next(&mut self) -> Result<Option<Record>, SourceRefusal> {
        if self.place >= self.text.len() {
            return Ok(None);
        }
        let number = self.line;
        let mut cells = Cells::default();
        loop {
            let cell = self.cell();
            self.line = self.line.saturating_add(breaks(&cell));
            cells.push(cell, number)?;
            match self.byte(self.place) {
                Some(byte) if byte == self.separator => self.place = self.place.saturating_add(1),
                Some(b'\r') if self.byte(self.place.saturating_add(1)) == Some(b'\n') => {
                    self.place = self.place.saturating_add(2);
                    break;
                }
                Some(_) => {
                    self.place = self.place.saturating_add(1);
                    break;
                }
                None => break,
            }
        }
        self.line = self.line.saturating_add(1);
        Ok(Some(Record { cells, number }))
    }

    /// A cell, up to the separator or the end of the line.
    fn cell(&mut self) -> String {
        let quoted = (self.quoting && self.byte(self.place) == Some(b'"')).then(|| self.quoted()).flatten();
        let mut cell = quoted.unwrap_or_default();
        let rest = self.text.get(self.place..).unwrap_or_default();
        let ends = |byte: u8| byte == self.separator || matches!(byte, b'\n' | b'\r');
        let end = rest.bytes().position(ends).unwrap_or(rest.len());
        cell.push_str(rest.get(..end).unwrap_or_default());
        self.place = self.place.saturating_add(end);
        cell
    }

    /// What stands between quotation marks, two of which stand for one; nothing where none closes them within a cell's length.
    fn quoted(&mut self) -> Option<String> {
        let begin = self.place.saturating_add(1);
        let rest = self.text.get(begin..).unwrap_or_default();
        let longest = rest.len().min(limits::CELL_CHARACTERS.saturating_mul(4));
        let mut bytes = rest.bytes().enumerate().take(longest).peekable();
        let close = loop {
            match bytes.next() {
                Some((_, b'"')) if bytes.next_if(|(_, next)| *next == b'"').is_some() => {}
                Some((at, b'"')) => break Some(at),
                Some(_) => {}
                None => break None,
            }
        };
        self.quoting = close.is_some();
        let close = close?;
        self.place = begin.saturating_add(close).saturating_add(1);
        Some(rest.get(..close).unwrap_or_default().replace("\"\"", "\""))
    }
}

/// How many times a line ends in these words.
fn breaks(words: &str) -> u32 {
    let bytes = words.as_bytes();
    let ends = bytes.iter().zip(bytes.iter().skip(1).chain([&0]));
    let count = ends.filter(|(one, next)| **one == b'\n' || (**one == b'\r' && **next != b'\n')).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// All the records of a text. A record of one empty cell is a blank line.
pub(super) fn read(text: &str, into: &mut Lines) -> Result<(), SourceRefusal> {
    let (announced, text_after) = announced(text);
    let separator = announced.or_else(|| best(text_after).map(|(separator, _)| separator)).unwrap_or(b';');
    let mut records = Records::new(text, separator);
    if announced.is_some() {
        records.place = text.len().saturating_sub(text_after.len());
        records.line = 2;
        into.prose(At { number: 1, sheet: 0 }, physical(text).next().unwrap_or_default())?;
    }
    let mut quoting = true;
    while let Some(Record { cells, number }) = records.next()? {
        let at = At { number, sheet: 0 };
        if quoting && !records.quoting {
            quoting = false;
            let spot = into.spot(at, cells.len().saturating_sub(1));
            into.remark(RemarkKind::OpenQuotation, 1, Some(spot));
        }
        into.push(at, LineForm::Row, cells)?;
    }
    Ok(())
}

/// The separator a first line announces, as some programs write it (`sep=;`), and the text after that line.
fn announced(text: &str) -> (Option<u8>, &str) {
    let first = physical(text).next().unwrap_or_default();
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if SEPARATORS.contains(separator) => {
            let after = text.get(first.len()..).unwrap_or_default();
            let after = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or_default();
            (Some(*separator), after)
        }
        _ => (None, text),
    }
}

/// The separator that cuts most of the first records into the same number of cells, and how: whether all of them.
fn best(text: &str) -> Option<(u8, bool)> {
    let mut best: Option<(usize, usize, u8, bool)> = None;
    for separator in SEPARATORS {
        let Some((agreeing, columns, all)) = evenness(text, separator) else { continue };
        if best.is_none_or(|(most, widest, ..)| (agreeing, columns) > (most, widest)) {
            best = Some((agreeing, columns, separator, all));
        }
    }
    best.map(|(_, _, separator, all)| (separator, all))
}

/// In how many of the first records a separator makes the commonest number of cells above one, what that number is, and
/// whether all records have it.
fn evenness(text: &str, separator: u8) -> Option<(usize, usize, bool)> {
    let end = text.floor_char_boundary(SAMPLE_BYTES);
    let mut records = Records::new(text.get(..end)?, separator);
    let mut counts: Vec<(usize, usize)> = Vec::new();
    let mut seen = 0_usize;
    while seen < SAMPLE_RECORDS {
        let Ok(Some(record)) = records.next() else { break };
        if record.cells.is_blank() {
            continue;
        }
        seen = seen.saturating_add(1);
        let columns = record.cells.len();
        match counts.iter_mut().find(|(known, _)| *known == columns) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((columns, 1)),
        }
    }
    let cut = counts.into_iter().filter(|(columns, _)| *columns > 1);
    cut.max_by_key(|(columns, count)| (*count, *columns))
        .map(|(columns, count)| (count, columns, count == seen))
}

/// Whether a text of which nothing is said is separated values: three records or more, all of them cut alike by a semicolon or
/// a comma into three cells or more. Tabs and bars are cells of a text anyway.
pub(super) fn is_likely(text: &str) -> bool {
    let even = |separator| {
        evenness(text, separator).is_some_and(|(records, columns, all)| all && records >= 3 && columns >= 3)
    };
    announced(text).0.is_some() || even(b';') || even(b',')
}
