//! A story of a document, as the format calls them: its body, its notes, a header.

use std::collections::HashSet;

use crate::source::archive::Archive;
use crate::source::lines::{At, Cells, Lines};
use crate::source::xml::{Tag, Token, Xml};
use crate::source::{LineForm, RemarkKind, SourceLine, SourceRefusal, limits};

/// A paragraph in the making. One may stand in another: in a text box.
#[derive(Default)]
struct Paragraph {
    words: String,
    listed: bool,
    heading: bool,
}

/// A row of a table in the making. One may stand in a cell of another.
#[derive(Default)]
struct Row {
    cells: Cells,
    span: usize,
    /// Whether a cell is being read, and already holds a paragraph.
    begun: bool,
}

/// A story being read.
pub(super) struct Story<'l> {
    into: &'l mut Lines,
    number: u32,
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
    /// Rows of tables that stand in a cell of the row being read: they follow it.
    inner: Vec<SourceLine>,
    /// What was said already by other stories that say the same on many pages; the body has none.
    seen: Option<&'l mut HashSet<String>>,
    said: usize,
}

impl<'l> Story<'l> {
    /// The body: everything in it is a line.
    pub(super) const fn body(into: &'l mut Lines) -> Self {
        Self {
            into,
            number: 0,
            paragraphs: Vec::new(),
            rows: Vec::new(),
            inner: Vec::new(),
            seen: None,
            said: 0,
        }
    }

    /// What stands beside the body: what is blank or said already is left out.
    pub(super) const fn after(into: &'l mut Lines, number: u32, seen: &'l mut HashSet<String>) -> Self {
        let mut story = Self::body(into);
        story.number = number;
        story.seen = Some(seen);
        story
    }

    /// All of a part; the number of its last paragraph or row.
    pub(super) fn read(mut self, archive: &Archive<'_>, part: &str) -> Result<u32, SourceRefusal> {
        let mut xml = Xml::required(archive, part)?;
        let mut within = false;
        loop {
            match xml.next()? {
                Token::Open(tag) => match tag.name() {
                    "t" => within = true,
                    "del" | "moveFrom" if self.paragraphs.last().is_some() => {
                        self.into.remark(RemarkKind::DeletedWords, 1, None);
                        xml.skip()?;
                    }
                    // What older programs are shown in the place of a text box, and styles of before a revision.
                    "Fallback" | "pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" => xml.skip()?,
                    _ => self.open(&tag)?,
                },
                Token::Words(words) if within => self.say(&words)?,
                Token::Close(tag) => match tag.name() {
                    "t" => within = false,
                    "p" => self.end_paragraph()?,
                    "tc" => self.end_cell()?,
                    "tr" => self.end_row()?,
                    _ => {}
                },
                Token::Over => return Ok(self.number),
                Token::Words(_) | Token::Aside => {}
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), SourceRefusal> {
        match tag.name() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "tr" => self.rows.push(Row::default()),
            "tc" => self.begin_cell()?,
            "gridSpan" => self.span(tag),
            "gridBefore" => {
                for _ in 0..tag.number("val").unwrap_or(0_usize) {
                    self.begin_cell()?;
                }
            }
            "numId" => self.mark(|paragraph| paragraph.listed = tag.value("val").as_deref() != Some("0")),
            "pStyle" => {
                let style = tag.value("val").unwrap_or_default().to_lowercase();
                let heading = ["heading", "titolo", "title"].into_iter().any(|name| style.starts_with(name));
                self.mark(|paragraph| paragraph.heading = heading);
            }
            // A stop in the settings of a paragraph has a position; one in its words has none.
            "tab" if tag.value("pos").is_none() => self.say("\t")?,
            "br" if !matches!(tag.value("type").as_deref(), Some("page" | "column")) => self.say("\n")?,
            "cr" => self.say("\n")?,
            "noBreakHyphen" => self.say("-")?,
            "sym" => {
                let code = tag.value("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                self.say(code.and_then(char::from_u32).unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn mark(&mut self, mark: impl FnOnce(&mut Paragraph)) {
        self.paragraphs.last_mut().map(mark);
    }

    /// Words of the paragraph being read.
    fn say(&mut self, words: &str) -> Result<(), SourceRefusal> {
        self.said = self.said.saturating_add(words.len());
        if self.said > limits::TEXT_BYTES {
            return Err(SourceRefusal::TooMuchText);
        }
        self.mark(|paragraph| paragraph.words.push_str(words));
        Ok(())
    }

    fn begin_cell(&mut self) -> Result<(), SourceRefusal> {
        let line = self.number.saturating_add(1);
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        row.span = 1;
        row.begun = false;
        row.cells.push(String::new(), line)
    }

    fn span(&mut self, tag: &Tag<'_>) {
        if let Some(row) = self.rows.last_mut() {
            row.span = tag.number("val").unwrap_or(1);
        }
    }

    /// The columns a cell spans beyond its own are empty cells.
    fn end_cell(&mut self) -> Result<(), SourceRefusal> {
        let line = self.number.saturating_add(1);
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        for _ in 1..row.span {
            row.cells.push(String::new(), line)?;
        }
        row.span = 1;
        Ok(())
    }

    /// A paragraph ends: in a cell it is a line of its words, anywhere else a line of the document, or as many as it is broken in.
    fn end_paragraph(&mut self) -> Result<(), SourceRefusal> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let bullet = paragraph.listed && !paragraph.heading && !paragraph.words.trim().is_empty();
        let words = if bullet { format!("- {}", paragraph.words) } else { paragraph.words };
        if let Some(row) = self.rows.last_mut() {
            let later = std::mem::replace(&mut row.begun, true);
            if let Some(cell) = row.cells.last() {
                cell.extend(later.then_some('\n'));
                cell.push_str(&words);
            }
            return Ok(());
        }
        if self.is_said(&words) {
            return Ok(());
        }
        self.number = self.number.saturating_add(1);
        for line in words.split('\n') {
            self.into.prose(At { number: self.number, sheet: 0 }, line)?;
        }
        Ok(())
    }

    /// A row ends: it is a line, and after it come the rows that stand in its cells.
    fn end_row(&mut self) -> Result<(), SourceRefusal> {
        let Some(row) = self.rows.pop() else { return Ok(()) };
        if self.seen.is_some() && row.cells.is_blank() {
            return Ok(());
        }
        self.number = self.number.saturating_add(1);
        let line = self.into.make(At { number: self.number, sheet: 0 }, LineForm::Row, row.cells)?;
        if self.rows.is_empty() {
            self.into.keep(line);
            for line in self.inner.drain(..) {
                self.into.keep(line);
            }
        } else {
            self.inner.push(line);
        }
        Ok(())
    }

    /// Whether words beside the body are nothing new.
    fn is_said(&mut self, words: &str) -> bool {
        let Some(seen) = &mut self.seen else { return false };
        words.trim().is_empty() || !seen.insert(words.to_owned())
    }
}
