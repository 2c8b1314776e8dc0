//! The parts of an office document, tag by tag: no document type, no entities but the five of the language, no endless nesting, no
//! tag or text beyond a bound. Names are taken without their prefixes.

use std::borrow::Cow;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::archive::{Archive, Unpacked, refusal};
use super::{SourceRefusal, limits};

/// A part, read tag by tag.
pub(super) struct Xml<'a> {
    reader: Reader<Unpacked<'a>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next in a part.
pub(super) enum Token<'b> {
    /// An element begins. One without contents ends right after.
    Open(Tag<'b>),
    /// An element ends.
    Close(Ending<'b>),
    /// Words between the tags.
    Words(Cow<'b, str>),
    /// A comment or an instruction.
    Aside,
    /// The part is over.
    Over,
}

/// The beginning of an element.
pub(super) struct Tag<'b>(BytesStart<'b>);

/// The end of an element.
pub(super) struct Ending<'b>(BytesEnd<'b>);

impl Tag<'_> {
    /// Its name, without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, known by its name without the prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut known =
            attributes.with_checks(false).flatten().filter(|one| one.key.local_name().into_inner() == name);
        known.next()?.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Whether an attribute says yes.
    pub(super) fn is_set(&self, name: &str) -> bool {
        matches!(self.value(name).as_deref(), Some("1" | "true" | "on"))
    }

    /// The number an attribute says.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.value(name)?.trim().parse().ok()
    }
}

impl Ending<'_> {
    /// Its name, without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

impl<'a> Xml<'a> {
    /// A part of an archive; nothing where there is none of this name.
    pub(super) fn open(archive: &'a Archive<'_>, part: &str) -> Result<Option<Self>, SourceRefusal> {
        let Some(unpacked) = archive.entry(part)? else { return Ok(None) };
        let mut reader = Reader::from_reader(unpacked);
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Self { reader, buffer: Vec::new(), depth: 0 }))
    }

    /// A part that must be there.
    pub(super) fn required(archive: &'a Archive<'_>, part: &str) -> Result<Self, SourceRefusal> {
        Self::open(archive, part)?.ok_or_else(|| SourceRefusal::damaged(part))
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> Result<Token<'_>, SourceRefusal> {
        self.buffer.clear();
        self.reader.get_mut().renew();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(fault) => return Err(refused(fault, self.reader.get_ref().name())),
        };
        Ok(match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth > limits::XML_DEPTH {
                    return Err(SourceRefusal::TooDeep);
                }
                Token::Open(Tag(tag))
            }
            Event::End(ending) => {
                self.depth = self.depth.saturating_sub(1);
                Token::Close(Ending(ending))
            }
            Event::Text(words) => Token::Words(words.xml10_content()),
            Event::CData(words) => Token::Words(words.xml10_content()),
            Event::GeneralRef(reference) => {
                let written = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Some(Cow::Owned(letter.to_string())),
                    Ok(None) => quick_xml::escape::resolve_xml_entity(&reference).map(Cow::Borrowed),
                    Err(_) => None,
                };
                Token::Words(written.ok_or(SourceRefusal::Entities)?)
            }
            Event::DocType(_) => return Err(SourceRefusal::Entities),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Token::Aside,
            Event::Eof if self.depth > 0 => return Err(SourceRefusal::damaged(self.reader.get_ref().name())),
            Event::Eof => Token::Over,
        })
    }

    /// Past the end of the element that has just begun, with everything in it.
    pub(super) fn skip(&mut self) -> Result<(), SourceRefusal> {
        let around = self.depth.saturating_sub(1);
        while self.depth > around {
            if matches!(self.next()?, Token::Over) {
                break;
            }
        }
        Ok(())
    }
}

fn refused(fault: Error, part: &str) -> SourceRefusal {
    match fault {
        Error::Io(fault) => refusal(&fault, part),
        Error::Encoding(_) => SourceRefusal::BadEncoding { line: None },
        Error::Syntax(_)
        | Error::IllFormed(_)
        | Error::InvalidAttr(_)
        | Error::Escape(_)
        | Error::Namespace(_) => SourceRefusal::damaged(part),
    }
}

/// A relationship of an office document: how a part calls another.
pub(super) struct Relation {
    /// The name the part uses.
    pub(super) id: String,
    /// What the other is: the last word of its type.
    pub(super) kind: String,
    /// Where the other is, from the root of the archive.
    pub(super) target: String,
}

/// The relationships of a part; none where it has none. `""` is the archive itself.
pub(super) fn relations(archive: &Archive<'_>, part: &str) -> Result<Vec<Relation>, SourceRefusal> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let bar = if folder.is_empty() { "" } else { "/" };
    let mut found = Vec::new();
    let Some(mut xml) = Xml::open(archive, &format!("{folder}{bar}_rels/{name}.rels"))? else {
        return Ok(found);
    };
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == "Relationship" => {
                let target = tag.value("Target").unwrap_or_default();
                let kind = tag.value("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = match target.strip_prefix('/') {
                    Some(from_root) => from_root.to_owned(),
                    None => format!("{folder}{bar}{target}"),
                };
                found.push(Relation { id: tag.value("Id").unwrap_or_default(), kind, target });
            }
            Token::Over => return Ok(found),
            Token::Open(_) | Token::Close(_) | Token::Words(_) | Token::Aside => {}
        }
        if found.len() > limits::ARCHIVE_ENTRIES {
            return Err(SourceRefusal::Bomb);
        }
    }
}
