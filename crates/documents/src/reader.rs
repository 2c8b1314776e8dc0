//! Reading written values into the domain's types, remembering where each one stands.

use chrono::NaiveDate;
use traguardo_domain::fault::Refused;
use traguardo_domain::{Fault, FaultKind, Faults};

/// A place in what was written, where values are read and faults are noted.
pub struct Reader<'f> {
    faults: &'f mut Faults,
    at: String,
}

impl<'f> Reader<'f> {
    /// A reader at the top of what was written.
    pub const fn new(faults: &'f mut Faults) -> Self {
        Self { faults, at: String::new() }
    }

    /// The reader of a member.
    pub fn member(&mut self, name: &str) -> Reader<'_> {
        Reader { at: format!("{}/{name}", self.at), faults: self.faults }
    }

    /// The value if it parsed; otherwise its fault is noted at the member.
    pub fn take<T>(&mut self, name: &str, parsed: Result<T, Refused>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(refused) => {
                self.fault(name, refused.kind, &refused.detail);
                None
            }
        }
    }

    /// A text that may be absent.
    pub fn maybe<T>(
        &mut self,
        name: &str,
        text: Option<&String>,
        parse: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        text.and_then(|text| self.take(name, parse(text)))
    }

    /// Notes a fault at a member.
    pub fn fault(&mut self, name: &str, kind: FaultKind, detail: &str) {
        let pointer = if name.is_empty() { self.at.clone() } else { format!("{}/{name}", self.at) };
        self.faults.push(Fault { pointer, kind, detail: detail.to_owned() });
    }

    /// A version that was read and is written back as it is: it says nothing, but it must be one.
    pub fn version(&mut self, written: Option<i32>) {
        if written.is_some_and(|version| version < 1) {
            self.fault("version", FaultKind::OutOfBounds, "Almeno 1.");
        }
    }

    /// Reads every item of a list of at most `most`.
    pub fn each<W, T>(
        &mut self,
        name: &str,
        items: Vec<W>,
        most: usize,
        mut read: impl FnMut(W, &mut Reader<'_>) -> Option<T>,
    ) -> Vec<T> {
        if items.len() > most {
            self.fault(name, FaultKind::OutOfBounds, &format!("Al massimo {most} elementi."));
            return Vec::new();
        }
        let mut list = self.member(name);
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let mut place = list.member(&index.to_string());
            values.extend(read(item, &mut place));
        }
        values
    }
}

/// Reads a day, spelled `YYYY-MM-DD` and in no other way.
///
/// # Errors
/// When it is spelled otherwise, or is no day.
pub fn day(text: &str) -> Result<NaiveDate, Refused> {
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let spelled = matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2));
    let read = if spelled { text.parse().ok() } else { None };
    read.ok_or_else(|| Refused::new(FaultKind::Malformed, "Un giorno che esiste, come 2025-01-31."))
}
