//! A page of text: lines wrapped to a width, columns aligned, nothing in it that a terminal would obey.

use std::io::IsTerminal as _;

/// The width where there is no terminal to ask.
const PLAIN_WIDTH: usize = 100;
/// The narrowest and the widest page.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=140;

/// A page being written.
pub(super) struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// A page as wide as the terminal, or as a file wants it.
    pub(super) fn for_output() -> Self {
        let out = std::io::stdout();
        let asked = if out.is_terminal() { rustix::termios::tcgetwinsize(&out).ok() } else { None };
        Self::of_width(asked.map_or(PLAIN_WIDTH, |size| usize::from(size.ws_col)))
    }

    /// A page of a width, within reason.
    pub(super) fn of_width(width: usize) -> Self {
        Self { width: width.clamp(*WIDTHS.start(), *WIDTHS.end()), text: String::new() }
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A heading, with an empty line before it.
    pub(super) fn heading(&mut self, words: &str) {
        self.gap();
        self.hanging("", words);
    }

    /// Text after a label; where it goes on, it stands below where it began.
    pub(super) fn hanging(&mut self, label: &str, text: &str) {
        let indent = count(label);
        let room = self.width.saturating_sub(indent).max(20);
        for (at, line) in wrapped(&clean(text), room).into_iter().enumerate() {
            match at {
                0 => self.text.push_str(&clean(label)),
                _ => self.text.push_str(&" ".repeat(indent)),
            }
            self.text.push_str(&line);
            self.gap();
        }
    }

    /// A line to be copied whole, however long it is.
    pub(super) fn verbatim(&mut self, label: &str, text: &str) {
        self.text.push_str(label);
        self.text.push_str(&clean(text));
        self.gap();
    }

    /// A line that is cut where the page ends.
    pub(super) fn cut(&mut self, label: &str, text: &str) {
        let room = self.width.saturating_sub(count(label)).max(20);
        self.text.push_str(&clean(label));
        self.text.push_str(&clipped(&clean(text), room));
        self.gap();
    }

    /// Rows in columns as wide as what is in them, two spaces apart; columns of numbers, told by their index, end together. The
    /// column `wide` is cut so that a row fits.
    pub(super) fn columns(&mut self, rows: &[Vec<String>], numbers: &[usize], wide: usize) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let width_of = |column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| count(cell)).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..columns).map(width_of).collect();
        let others: usize = widths
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != wide)
            .map(|(_, width)| width.saturating_add(2))
            .sum();
        if let Some(width) = widths.get_mut(wide) {
            *width = (*width).min(self.width.saturating_sub(others.saturating_add(2)).max(12));
        }
        for row in rows {
            let mut line = String::from("  ");
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let cell = clipped(&clean(cell), *width);
                let pad = " ".repeat(width.saturating_sub(count(&cell)));
                let padded = if numbers.contains(&at) { [pad, cell].concat() } else { [cell, pad].concat() };
                line.push_str(&padded);
                line.push_str("  ");
            }
            self.text.push_str(line.trim_end());
            self.gap();
        }
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.text.trim_end().to_owned()
    }
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// The text without characters that a terminal would obey instead of showing; one space for each break.
fn clean(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if hidden(c) { ' ' } else { c }).collect()
}

/// The text, at most so long, with a mark where it was cut.
pub(super) fn clipped(text: &str, most: usize) -> String {
    if count(text) <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The words in lines of at most `room` characters; a longer word is broken.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0usize;
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().collect();
        for part in word.chunks(room.max(1)) {
            let needed = length.saturating_add(part.len()).saturating_add(usize::from(length > 0));
            if length > 0 && needed > room {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length = length.saturating_add(1);
            }
            line.extend(part);
            length = length.saturating_add(part.len());
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_on_below_where_they_began_and_never_leave_the_page() {
        let mut page = Page::of_width(60);
        page.hanging("  etichetta  ", &"parola lunghissima ".repeat(12));
        page.hanging("  x  ", &"a".repeat(150));
        let text = page.finish();
        assert!(text.lines().all(|line| count(line) <= 60), "{text}");
        assert!(
            text.lines().nth(1).is_some_and(|line| line.starts_with("             lunghissima")),
            "{text}"
        );
    }

    #[test]
    fn columns_are_aligned_and_the_wide_one_is_cut() {
        let mut page = Page::of_width(60);
        let row = |name: &str, number: &str| vec!["A1".to_owned(), name.to_owned(), number.to_owned()];
        page.columns(&[row("corto", "7"), row(&"lungo ".repeat(30), "107")], &[2], 1);
        let text = page.finish();
        let ends: Vec<usize> = text.lines().map(count).collect();
        assert_eq!(ends, [ends[0]; 2], "{text}");
        assert!(ends[0] <= 60, "{text}");
    }

    #[test]
    fn a_terminal_obeys_nothing_of_what_a_file_says() {
        let mut page = Page::of_width(60);
        page.cut("", "\u{1b}[31mrosso\u{202e}");
        assert!(!page.finish().contains(['\u{1b}', '\u{202e}']));
    }
}
