//! Parts of the narrative, as lines and as one text.

use traguardo_domain::section::SectionKind;

use super::Found;

/// A part of the narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatheredSection {
    /// What it is about.
    pub kind: SectionKind,
    /// Its heading, where it has one.
    pub title: Option<Found>,
    /// Its lines.
    pub lines: Vec<Found>,
}

impl GatheredSection {
    /// Its lines as one text in Markdown: the rows of a table and the items of a list stay together, paragraphs stand apart.
    #[must_use]
    pub fn body(&self) -> String {
        let (mut body, mut before) = (String::new(), LineShape::Paragraph);
        for Found { words, .. } in &self.lines {
            let shape = LineShape::of(words);
            let together = shape == before && shape != LineShape::Paragraph;
            if !body.is_empty() {
                body.push_str(if together { "\n" } else { "\n\n" });
            }
            body.push_str(words);
            if shape == LineShape::Row && !together {
                let columns = words.matches(" |").count();
                body.extend(["\n|", &"---|".repeat(columns)]);
            }
            before = shape;
        }
        body
    }
}

/// What a line of a section is in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineShape {
    Paragraph,
    Row,
    Item,
}

impl LineShape {
    fn of(words: &str) -> Self {
        match words.split_once(' ') {
            Some(("|", _)) => Self::Row,
            Some((mark, _)) if mark == "-" || (mark.len() <= 4 && mark.ends_with([')', '.'])) => Self::Item,
            Some(_) | None => Self::Paragraph,
        }
    }
}
