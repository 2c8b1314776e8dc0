//! The registry of comuni, from a file of separated values: every line read, or everything that is wrong told with its line.

use std::str::FromStr as _;

use chrono::NaiveDate;
use thiserror::Error;
use traguardo_domain::comune::{ComuneCode, Identifier, Population, ProvinceCode, RegionCode, Scheme};
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::figure::Figure;
use traguardo_domain::period::{Period, credible};
use traguardo_domain::registry::{AltitudeZone, Entry, Registry, contradictions};
use traguardo_domain::text::Line;
use traguardo_domain::vocabulary::Vocabulary;

use crate::source::{self, SourceHint, SourceLine, SourceRefusal};

#[cfg(test)]
mod tests;

/// The columns a file has, in any order. The first five must be there; those after may be missing or empty.
pub const COLUMNS: [&str; 13] = [
    "code",
    "name",
    "province",
    "region",
    "valid_from",
    "istat",
    "valid_to",
    "successor",
    "residents",
    "residents_on",
    "area_km2",
    "altitude_zone",
    "invented",
];

/// How many of the columns must be there.
const REQUIRED: usize = 5;

/// More residents than any comune has.
const MOST_RESIDENTS: i32 = 10_000_000;

/// One thing wrong in a file of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// The line, as a person counts.
    pub line: u32,
    /// The column, when it is about one.
    pub column: Option<&'static str>,
    /// What.
    pub refused: Refused,
}

/// Why a file is no registry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegistryRefusal {
    /// The file is not one of separated values, or larger than is read.
    #[error("{0}")]
    Unreadable(SourceRefusal),
    /// What it says is wrong: all of it, by line.
    #[error("{} things are wrong", .0.len())]
    Faulty(Vec<LineFault>),
}

/// Reads the entries of a registry: separated by semicolons, commas or tabs, in UTF-8 or as Windows writes.
///
/// # Errors
/// When the file is none, or anything in it is wrong; then nothing is to be loaded.
pub fn read(bytes: &[u8]) -> Result<Vec<Entry>, RegistryRefusal> {
    let hint = SourceHint { file_name: None, content_type: Some("text/csv") };
    let source = source::read(bytes, &hint).map_err(RegistryRefusal::Unreadable)?;
    let mut lines = source.lines().iter().filter(|line| !line.is_blank());
    let header = lines.next().ok_or(RegistryRefusal::Unreadable(SourceRefusal::Empty))?;
    let columns = Columns::of(header).map_err(RegistryRefusal::Faulty)?;
    let mut faults = Vec::new();
    let (mut entries, mut numbers) = (Vec::new(), Vec::new());
    for line in lines.take(Registry::MAX.saturating_add(1)) {
        let mut reading = LineReader { line, columns: &columns, faults: &mut faults };
        if let Some(entry) = reading.entry() {
            entries.push(entry);
            numbers.push(line.number);
        }
    }
    let placed = contradictions(&entries).into_iter().filter_map(|(place, refused)| {
        numbers.get(place).map(|line| LineFault { line: *line, column: None, refused })
    });
    // Where a line is missing because it is wrong, another that needs it is no news.
    if faults.is_empty() {
        faults.extend(placed);
    }
    if entries.is_empty() && faults.is_empty() {
        let refused = Refused::new(FaultKind::Missing, "Il file non contiene alcun comune.");
        faults.push(LineFault { line: header.number, column: None, refused });
    }
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(entries) } else { Err(RegistryRefusal::Faulty(faults)) }
}

/// Where each column stands in the lines of a file.
struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Columns {
    fn of(header: &SourceLine) -> Result<Self, Vec<LineFault>> {
        let mut places = [None; COLUMNS.len()];
        let mut faults = Vec::new();
        let mut refuse = |column, kind, detail| {
            faults.push(LineFault { line: header.number, column, refused: Refused::new(kind, detail) });
        };
        for (place, cell) in header.cells().enumerate() {
            let name = cell.trim().to_lowercase();
            let Some((slot, column)) = places.iter_mut().zip(COLUMNS).find(|(_, column)| *column == name)
            else {
                refuse(None, FaultKind::UnknownMember, format!("Non c'è una colonna «{}».", cell.trim()));
                continue;
            };
            if slot.replace(place).is_some() {
                refuse(Some(column), FaultKind::Inconsistent, "La colonna c'è due volte.".to_owned());
            }
        }
        for (place, column) in places.iter().zip(COLUMNS).take(REQUIRED) {
            if place.is_none() {
                refuse(Some(column), FaultKind::Missing, "Manca la colonna.".to_owned());
            }
        }
        if faults.is_empty() { Ok(Self { places, width: header.cells().len() }) } else { Err(faults) }
    }
}

/// Reads one line, and keeps what is wrong with it.
struct LineReader<'a> {
    line: &'a SourceLine,
    columns: &'a Columns,
    faults: &'a mut Vec<LineFault>,
}

impl LineReader<'_> {
    fn refuse(&mut self, column: Option<&'static str>, refused: Refused) {
        self.faults.push(LineFault { line: self.line.number, column, refused });
    }

    /// The words of a cell, if there are any.
    fn words(&self, column: &str) -> Option<&str> {
        let (place, _) = self.columns.places.iter().zip(COLUMNS).find(|(_, name)| *name == column)?;
        let words = self.line.cell((*place)?).trim();
        (!words.is_empty()).then_some(words)
    }

    /// What a cell says, if it says anything that can be read.
    fn optional<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        match read(self.words(column)?) {
            Ok(value) => Some(value),
            Err(refused) => {
                self.refuse(Some(column), refused);
                None
            }
        }
    }

    /// What a cell says that must say something.
    fn required<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        if self.words(column).is_none() {
            self.refuse(Some(column), Refused::new(FaultKind::Missing, "Manca il valore."));
        }
        self.optional(column, read)
    }

    /// The entry, when nothing is wrong.
    fn entry(&mut self) -> Option<Entry> {
        let known = self.faults.len();
        if self.line.cells().len() > self.columns.width {
            let detail = format!("La riga ha più celle delle {} colonne.", self.columns.width);
            self.refuse(None, Refused::new(FaultKind::Malformed, detail));
        }
        let code = self.required("code", ComuneCode::parse);
        let name = self.required("name", Line::parse);
        let province = self.required("province", ProvinceCode::parse);
        let region = self.required("region", RegionCode::parse);
        let from = self.required("valid_from", day);
        let to = self.optional("valid_to", day);
        let validity = from.map(|from| Period::parse(from, to)).transpose();
        let validity = validity.map_err(|refused| self.refuse(Some("valid_to"), refused)).ok().flatten();
        let istat = self.optional("istat", istat);
        let successor = self.optional("successor", ComuneCode::parse);
        let population = self.population();
        let area = self.optional("area_km2", area);
        let altitude = self.optional("altitude_zone", word::<AltitudeZone>);
        let invented = self.optional("invented", truth).unwrap_or(false);
        if self.faults.len() > known {
            return None;
        }
        Some(Entry {
            code: code?,
            name: name?,
            province: province?,
            region: region?,
            istat,
            validity: validity?,
            successor,
            population,
            area,
            altitude,
            invented,
        })
    }

    /// The residents, with the day they were counted.
    fn population(&mut self) -> Option<Population> {
        let said = [self.words("residents").is_some(), self.words("residents_on").is_some()];
        let residents = self.optional("residents", residents);
        let counted_on = self.optional("residents_on", day);
        if said[0] != said[1] {
            let detail = "Gli abitanti e il giorno in cui si sono contati vanno insieme.";
            self.refuse(Some("residents"), Refused::new(FaultKind::Inconsistent, detail));
        }
        Some(Population { residents: residents?, counted_on: counted_on? })
    }
}

fn malformed(detail: impl Into<String>) -> Refused {
    Refused::new(FaultKind::Malformed, detail)
}

fn day(words: &str) -> Result<NaiveDate, Refused> {
    // The form is looked at before: chrono would take a year of any length, and a sign.
    let formed = words.len() == 10 && words.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = formed.then(|| NaiveDate::from_str(words).ok()).flatten();
    day.ok_or_else(|| malformed("Un giorno come 2024-12-31.")).and_then(credible)
}

fn istat(words: &str) -> Result<Line<6>, Refused> {
    let always = Period::parse(NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default(), None)?;
    Identifier::parse(Scheme::Istat, words, always)?;
    Line::parse(words)
}

fn residents(words: &str) -> Result<i32, Refused> {
    let digits = words.bytes().all(|byte| byte.is_ascii_digit());
    let count = digits.then(|| words.parse().ok()).flatten().filter(|count| *count <= MOST_RESIDENTS);
    count.ok_or_else(|| malformed(format!("Un numero intero da 0 a {MOST_RESIDENTS}, senza separatori.")))
}

fn area(words: &str) -> Result<Figure, Refused> {
    let area = Figure::parse(&words.replacen(',', ".", 1))?;
    if area <= Figure::ZERO || area > Figure::whole(10_000) {
        let detail = "La superficie è maggiore di 0 e al massimo 10.000 chilometri quadrati.";
        return Err(Refused::new(FaultKind::OutOfBounds, detail));
    }
    Ok(area)
}

fn word<V: Vocabulary>(words: &str) -> Result<V, Refused> {
    V::from_word(words).ok_or_else(|| {
        let all: Vec<&str> = V::all().iter().map(|value| value.word()).collect();
        malformed(format!("Uno di: {}.", all.join(", ")))
    })
}

fn truth(words: &str) -> Result<bool, Refused> {
    match words {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(malformed("true o false.")),
    }
}
