//! Archives of the ZIP form, read from memory and only as far as the parts asked for. What comes out is counted as it comes out:
//! no size the archive declares is believed, nothing is written anywhere, and an archive in an archive is not opened.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::{SourceRefusal, limits};

/// How a central directory ends, and how long that is without a comment.
const END_MARK: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;

/// How long a comment of an archive can be.
const COMMENT_BYTES: usize = 65_535;

/// How an entry of the central directory begins, and its length without names.
const ENTRY_MARK: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;

/// How an entry begins where its bytes are, and the length of that without names.
const LOCAL_MARK: &[u8] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;

/// An entry, as the central directory has it.
#[derive(Debug)]
struct Entry<'a> {
    name: &'a [u8],
    encrypted: bool,
    method: u16,
    checksum: u32,
    packed: usize,
    begins: usize,
}

/// An archive in memory.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry<'a>>,
    inflated: Cell<usize>,
}

/// A number of two bytes, the low one first.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|pair| u16::from_le_bytes(*pair))
}

/// A number of four bytes, the low one first.
fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

fn size(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(bytes, at)?).ok()
}

impl<'a> Archive<'a> {
    /// The archive these bytes are.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, SourceRefusal> {
        let damaged = || SourceRefusal::damaged("archivio");
        let end = find_end(bytes).ok_or_else(damaged)?;
        let count = usize::from(short(bytes, end.saturating_add(10)).ok_or_else(damaged)?);
        if count > limits::ARCHIVE_ENTRIES {
            return Err(SourceRefusal::Bomb);
        }
        let length = size(bytes, end.saturating_add(12)).ok_or_else(damaged)?;
        let declared = size(bytes, end.saturating_add(16)).ok_or_else(damaged)?;
        let mut place = end.checked_sub(length).ok_or_else(damaged)?;
        let shift = place.checked_sub(declared).ok_or_else(damaged)?;
        let mut entries = Vec::with_capacity(count);
        for _ in 0..count {
            let (entry, next) = read_entry(bytes, place, shift).ok_or_else(damaged)?;
            entries.push(entry);
            place = next;
        }
        Ok(Self { bytes, entries, inflated: Cell::new(0) })
    }

    /// The names of the entries, as they are written.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.entries.iter().filter_map(|entry| std::str::from_utf8(entry.name).ok())
    }

    /// Whether it has an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// How many of its entries stand in this folder and begin like this.
    pub(super) fn count(&self, beginning: &str) -> u32 {
        let there =
            |name: &str| name.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning));
        u32::try_from(self.names().filter(|name| there(name) && !name.ends_with('/')).count())
            .unwrap_or(u32::MAX)
    }

    /// The entry of this name. Some programs write other cases, and bars the other way.
    fn find(&self, name: &str) -> Option<&Entry<'a>> {
        let same =
            |one: &u8, other: &u8| one.eq_ignore_ascii_case(other) || (*one == b'\\' && *other == b'/');
        let called = |entry: &&Entry<'a>| {
            entry.name.len() == name.len()
                && entry.name.iter().zip(name.as_bytes()).all(|(one, other)| same(one, other))
        };
        self.entries.iter().find(called)
    }

    /// The bytes of an entry as they come out; nothing where there is none of this name.
    pub(super) fn entry(&self, name: &str) -> Result<Option<Unpacked<'_>>, SourceRefusal> {
        let Some(entry) = self.find(name) else { return Ok(None) };
        if entry.encrypted {
            return Err(SourceRefusal::Encrypted);
        }
        let packed = self.packed(entry).ok_or_else(|| SourceRefusal::damaged(name))?;
        let inner = match entry.method {
            0 => Inner::Stored(packed),
            8 => Inner::Deflated(DeflateDecoder::new(packed)),
            _ => return Err(SourceRefusal::damaged(name)),
        };
        Ok(Some(Unpacked {
            inner,
            name: name.to_owned(),
            budget: &self.inflated,
            checksum: entry.checksum,
            sum: Crc::new(),
            out: 0,
            allowance: limits::XML_EVENT_BYTES,
            buffer: vec![0; 16 * 1024],
            filled: 0,
            taken: 0,
        }))
    }

    /// The packed bytes of an entry. What stands before its own name decides where they begin.
    fn packed(&self, entry: &Entry<'a>) -> Option<&'a [u8]> {
        let local = self.bytes.get(entry.begins..)?;
        let names = usize::from(short(local, 26)?).checked_add(usize::from(short(local, 28)?))?;
        let begin = LOCAL_BYTES.checked_add(names)?;
        let within = local.starts_with(LOCAL_MARK).then_some(begin..begin.checked_add(entry.packed)?)?;
        local.get(within)
    }

    /// The beginning of an entry, for what is known by its first words.
    pub(super) fn head(&self, name: &str, bytes: u64) -> Result<String, SourceRefusal> {
        let mut head = Vec::new();
        if let Some(unpacked) = self.entry(name)? {
            unpacked.take(bytes).read_to_end(&mut head).map_err(|fault| refusal(&fault, name))?;
        }
        Ok(String::from_utf8_lossy(&head).into_owned())
    }
}

/// Where the end of the central directory stands: the last place where it can.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(COMMENT_BYTES);
    (first..=last).rev().find(|at| {
        let here = bytes.get(*at..).unwrap_or_default();
        let comment = short(here, 20).map(usize::from);
        here.starts_with(END_MARK)
            && comment.is_some_and(|comment| here.len() >= END_BYTES.saturating_add(comment))
    })
}

/// An entry of the central directory, and where the next one stands.
fn read_entry(bytes: &[u8], place: usize, shift: usize) -> Option<(Entry<'_>, usize)> {
    let here = bytes.get(place..).filter(|here| here.starts_with(ENTRY_MARK))?;
    let [name, extra, comment] = [28, 30, 32].map(|at| short(here, at).map(usize::from));
    let (name, extra, comment) = (name?, extra?, comment?);
    let after_name = ENTRY_BYTES.checked_add(name)?;
    let after_extra = after_name.checked_add(extra)?;
    let more = here.get(after_name..after_extra)?;
    let entry = Entry {
        name: here.get(ENTRY_BYTES..after_name)?,
        encrypted: short(here, 8)? & 1 == 1,
        method: short(here, 10)?,
        checksum: long(here, 16)?,
        packed: packed_size(here, more)?,
        begins: size(here, 42)?.checked_add(shift)?,
    };
    Some((entry, place.checked_add(after_extra)?.checked_add(comment)?))
}

/// How many bytes an entry is packed in. Writers that did not know before write it wide, among the extra fields.
fn packed_size(here: &[u8], extra: &[u8]) -> Option<usize> {
    let (packed, whole) = (long(here, 20)?, long(here, 24)?);
    if packed != u32::MAX {
        return usize::try_from(packed).ok();
    }
    let mut rest = extra;
    while let (Some(kind), Some(length)) = (short(rest, 0), short(rest, 2)) {
        let field = rest.get(4..)?.get(..usize::from(length))?;
        if kind == 1 {
            let wide = if whole == u32::MAX { field.get(8..)? } else { field };
            return usize::try_from(u64::from_le_bytes(*wide.first_chunk()?)).ok();
        }
        rest = rest.get(usize::from(length).checked_add(4)?..)?;
    }
    None
}

/// How the bytes of an entry are kept.
enum Inner<'a> {
    Stored(&'a [u8]),
    Deflated(DeflateDecoder<&'a [u8]>),
}

/// The bytes of an entry, as they come out.
pub(super) struct Unpacked<'a> {
    inner: Inner<'a>,
    name: String,
    budget: &'a Cell<usize>,
    checksum: u32,
    sum: Crc,
    out: usize,
    allowance: usize,
    buffer: Vec<u8>,
    filled: usize,
    taken: usize,
}

impl Unpacked<'_> {
    /// The name of the entry.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// A new tag or stretch of text begins: it may have as many bytes as any.
    pub(super) const fn renew(&mut self) {
        self.allowance = limits::XML_EVENT_BYTES;
    }

    /// What came out is within the limits, and at the end is what was packed.
    fn check(&mut self, came: usize) -> Result<(), SourceRefusal> {
        if came == 0 {
            let whole = self.sum.sum() == self.checksum;
            return if whole { Ok(()) } else { Err(SourceRefusal::damaged(&self.name)) };
        }
        self.sum.update(self.buffer.get(..came).unwrap_or_default());
        self.out = self.out.saturating_add(came);
        let all = self.budget.get().saturating_add(came);
        self.budget.set(all);
        let packed = match &self.inner {
            Inner::Stored(_) => self.out,
            Inner::Deflated(decoder) => usize::try_from(decoder.total_in()).unwrap_or(usize::MAX),
        };
        let swells =
            self.out > limits::RATIO_FREE_BYTES && self.out > packed.saturating_mul(limits::INFLATION_RATIO);
        if swells || all > limits::INFLATED_BYTES {
            return Err(SourceRefusal::Bomb);
        }
        self.allowance = self.allowance.checked_sub(came).ok_or(SourceRefusal::Bomb)?;
        Ok(())
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.filled {
            let came = match &mut self.inner {
                Inner::Stored(rest) => rest.read(&mut self.buffer)?,
                Inner::Deflated(decoder) => decoder.read(&mut self.buffer)?,
            };
            self.check(came).map_err(io::Error::other)?;
            self.filled = came;
            self.taken = 0;
        }
        Ok(self.buffer.get(self.taken..self.filled).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.taken = self.taken.saturating_add(amount);
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let came = self.fill_buf()?.read(into)?;
        self.consume(came);
        Ok(came)
    }
}

/// The refusal a fault of reading stands for.
pub(super) fn refusal(fault: &io::Error, part: &str) -> SourceRefusal {
    let ours = fault.get_ref().and_then(|inner| inner.downcast_ref::<SourceRefusal>());
    ours.cloned().unwrap_or_else(|| SourceRefusal::damaged(part))
}
