//! What paths below the rulebooks name: years, editions, and what they are compared with.

use actix_web::HttpRequest;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::period::Year;
use traguardo_domain::rulebook::Shipped;
use utoipa::IntoParams;

use crate::call::{PathOf, segment};

/// Which edition of a year's rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The last one.
    Current,
    /// The one with this number.
    Number(i32),
}

/// What an edition is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Other {
    /// Another edition of the year.
    Edition(Which),
    /// A rulebook that comes with the program.
    Shipped(Shipped),
}

/// A path to the rulebook of a year.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct YearPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// L'anno.
    #[param(value_type = i32, minimum = 2009, maximum = 2100, example = 2025)]
    pub(super) year: Year,
}

/// A path to an edition.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EditionPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// L'anno.
    #[param(value_type = i32, minimum = 2009, maximum = 2100, example = 2025)]
    pub(super) year: Year,
    /// Numero dell'edizione, oppure `current` per la corrente.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "current")]
    pub(super) number: Which,
}

/// A path to an edition and to what it is compared with.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EditionDiffPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// L'anno.
    #[param(value_type = i32, minimum = 2009, maximum = 2100, example = 2025)]
    pub(super) year: Year,
    /// Numero dell'edizione di partenza, oppure `current` per la corrente.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "1")]
    pub(super) number: Which,
    /// Numero dell'edizione di arrivo, `current` per la corrente, oppure il nome di un sistema già pronto.
    #[param(value_type = String, pattern = "^([a-z_]+|[1-9][0-9]{0,8})$", max_length = 20, example = "three_levels")]
    pub(super) other: Other,
}

fn year(request: &HttpRequest) -> Option<Year> {
    let text = segment(request, "year")?;
    let number = text.parse::<i32>().ok().filter(|number| number.to_string() == text)?;
    Year::parse(number).ok()
}

/// Reads it.
pub(crate) fn which(text: &str) -> Option<Which> {
    if text == "current" {
        return Some(Which::Current);
    }
    let number = text.parse::<i32>().ok().filter(|number| *number > 0 && number.to_string() == text);
    number.map(Which::Number)
}

impl PathOf for YearPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), year: year(request)? })
    }
}

impl PathOf for EditionPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), year: year(request)?, number: which(segment(request, "number")?)? })
    }
}

impl PathOf for EditionDiffPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let text = segment(request, "other")?;
        let shipped = || Shipped::from_word(text).map(Other::Shipped);
        let other = which(text).map(Other::Edition).or_else(shipped)?;
        Some(Self { comune: (), year: year(request)?, number: which(segment(request, "number")?)?, other })
    }
}
