//! The words a workbook keeps once for all its cells.

use crate::source::archive::Archive;
use crate::source::xml::{Token, Xml};
use crate::source::{SourceRefusal, limits};

/// The shared words, one after the other.
#[derive(Debug, Default)]
pub(super) struct Strings {
    words: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The words of this number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let place = |index: usize| self.ends.get(index).and_then(|end| usize::try_from(*end).ok());
        let begin = index.checked_sub(1).and_then(place).unwrap_or_default();
        self.words.get(begin..place(index)?)
    }

    fn end(&mut self) -> Result<(), SourceRefusal> {
        if self.ends.len() >= limits::CELLS {
            return Err(SourceRefusal::TooManyCells);
        }
        self.ends.push(u32::try_from(self.words.len()).map_err(|_| SourceRefusal::TooMuchText)?);
        Ok(())
    }
}

/// The shared words of a workbook. How many they are said to be is not believed.
pub(super) fn read(archive: &Archive<'_>, part: &str) -> Result<Strings, SourceRefusal> {
    let mut strings = Strings::default();
    let Some(mut xml) = Xml::open(archive, part)? else { return Ok(strings) };
    let mut within = false;
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == "t" => within = true,
            // How the words are pronounced: they are there already.
            Token::Open(tag) if tag.name() == "rPh" => xml.skip()?,
            Token::Words(words) if within => {
                strings.words.push_str(&words);
                if strings.words.len() > limits::TEXT_BYTES {
                    return Err(SourceRefusal::TooMuchText);
                }
            }
            Token::Close(tag) if tag.name() == "t" => within = false,
            Token::Close(tag) if tag.name() == "si" => strings.end()?,
            Token::Over => return Ok(strings),
            Token::Open(_) | Token::Close(_) | Token::Words(_) | Token::Aside => {}
        }
    }
}

/// Words without the references a workbook writes for what XML cannot hold: `_x000D_`.
pub(super) fn unescaped(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        if let Some(letter) =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32)
        {
            plain.push(letter);
            rest = after.get(5..).unwrap_or_default();
        } else {
            plain.push_str("_x");
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}
