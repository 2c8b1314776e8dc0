//! The encoding of a text, found from its bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::SourceRefusal;

/// A text, and the encoding it was in.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text, without the mark of its order.
    pub(super) text: Cow<'a, str>,
    /// The encoding, as the Web names it.
    pub(super) encoding: &'static str,
}

/// The text of these bytes: by the mark at their beginning; by their zeros, if they have any; UTF-8 if they are; or else what
/// Windows writes in this part of the world.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, SourceRefusal> {
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => in_encoding(encoding, bytes.get(mark..).unwrap_or_default())?,
        None if bytes.contains(&0) => in_encoding(guess_utf_16(bytes)?, bytes)?,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name() },
            Err(_) => windows(bytes)?,
        },
    };
    if is_binary(&decoded.text) { Err(SourceRefusal::NotADocument) } else { Ok(decoded) }
}

fn in_encoding<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Decoded<'a>, SourceRefusal> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        SourceRefusal::BadEncoding { line: (encoding == UTF_8).then(|| first_bad_line(bytes)) }
    })?;
    Ok(Decoded { text, encoding: encoding.name() })
}

/// Which half of each pair is zero. In a text of Latin letters one always is; other files with zeros are no texts.
fn guess_utf_16(bytes: &[u8]) -> Result<&'static Encoding, SourceRefusal> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let (mut pairs, mut first, mut second) = (0_usize, 0_usize, 0_usize);
    for pair in head.as_chunks::<2>().0 {
        let [one, other] = *pair;
        pairs = pairs.saturating_add(1);
        first = first.saturating_add(usize::from(one == 0));
        second = second.saturating_add(usize::from(other == 0));
    }
    let many = |zeros: usize| zeros.saturating_mul(10) >= pairs.saturating_mul(8);
    let few = |zeros: usize| zeros.saturating_mul(20) <= pairs;
    match (first, second) {
        (one, other) if few(one) && many(other) => Ok(UTF_16LE),
        (one, other) if many(one) && few(other) => Ok(UTF_16BE),
        (_, _) => Err(SourceRefusal::NotADocument),
    }
}

/// Windows-1252, unless the bytes are UTF-8 for the greater part: then some are broken, and reading all of them otherwise would
/// spoil every accented letter.
fn windows(bytes: &[u8]) -> Result<Decoded<'_>, SourceRefusal> {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        let accented = chunk.valid().chars().filter(|one| !one.is_ascii()).count();
        sound = sound.saturating_add(accented);
        broken = broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    if sound >= broken && sound > 0 {
        return Err(SourceRefusal::BadEncoding { line: Some(first_bad_line(bytes)) });
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(Decoded { text, encoding: WINDOWS_1252.name() })
}

fn first_bad_line(bytes: &[u8]) -> u32 {
    let sound = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().matches('\n').count());
    u32::try_from(sound.saturating_add(1)).unwrap_or(u32::MAX)
}

/// Whether it is no text: a zero in it, or control characters by the handful.
fn is_binary(text: &str) -> bool {
    let mut controls = 0_usize;
    for byte in text.bytes() {
        match byte {
            0 => return true,
            b'\t' | b'\n' | b'\r' | 0x0C | 0x20.. => {}
            _ => controls = controls.saturating_add(1),
        }
    }
    controls > 32 && controls.saturating_mul(50) > text.len()
}
