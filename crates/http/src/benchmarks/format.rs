//! In which format an answer is asked for: by `format`, or by `Accept`.

use actix_web::http::header::{self, HeaderMap};
use traguardo_documents::Word;
use traguardo_domain::Vocabulary;

use crate::answer::Answer;
use crate::benchmarks::cube::Cube;
use crate::problem::{Kind, Problem};

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Ours.
    Json,
    /// Separated values, a line a value.
    Csv,
    /// JSON-stat 2.0.
    JsonStat,
}

impl Vocabulary for Format {
    const NAME: &'static str = "BenchmarkFormat";
    const MEANING: &'static str =
        "Formato della risposta: quello proprio, valori separati da virgole, JSON-stat 2.0.";

    fn all() -> &'static [Self] {
        &[Self::Json, Self::Csv, Self::JsonStat]
    }

    fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::JsonStat => "json-stat",
        }
    }
}

/// How a JSON-stat dataset is declared: it is not the JSON of ours.
const JSON_STAT: &str = "application/vnd.json-stat+json";
/// How separated values are declared.
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Una riga per valore: codici ed etichette delle dimensioni, valore, perché manca. UTF-8, virgole, righe chiuse da CR LF.
#[derive(utoipa::ToSchema)]
#[schema(
    max_length = 100_000_000,
    pattern = "^[\\s\\S]*$",
    example = "indicator,indicator_label,year,year_label,comune,comune_label,value,status\r\n"
)]
#[expect(dead_code, reason = "describes an answer that is no JSON")]
pub(crate) struct BenchmarkCsv(String);

/// Gli stessi valori come insieme di dati [JSON-stat 2.0](https://json-stat.org/full/): `value` in fila secondo `id` e `size`, dove
/// un valore che non si dice è `null` e `status` ne dice il perché.
#[derive(utoipa::ToSchema)]
#[schema(value_type = Object)]
#[expect(dead_code, reason = "describes an answer in a shape of others")]
pub(crate) struct BenchmarkJsonStat(serde_json::Value);

/// A format as it is named.
pub(crate) type FormatWord = Word<Format>;

/// The media types offered, in the order they are preferred where several do.
const OFFERED: [(&str, Format); 6] = [
    ("application/json", Format::Json),
    ("text/csv", Format::Csv),
    (JSON_STAT, Format::JsonStat),
    ("application/*", Format::Json),
    ("*/*", Format::Json),
    ("text/*", Format::Csv),
];

impl Format {
    /// The format asked for: by the parameter, else by the first media type of the header that is offered.
    ///
    /// # Errors
    /// 406 when the header names none that is offered.
    pub(crate) fn asked(parameter: Option<&FormatWord>, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(Word(format)) = parameter {
            return Ok(*format);
        }
        let mut named = false;
        for value in headers.get_all(header::ACCEPT) {
            let text = value.to_str().map_err(|_| Problem::of(Kind::InvalidHeader))?;
            for range in text.split(',').map(|range| range.split(';').next().unwrap_or_default().trim()) {
                let offered = OFFERED.iter().find(|(kind, _)| range.eq_ignore_ascii_case(kind));
                if let Some((_, format)) = offered {
                    return Ok(*format);
                }
                named = named || !range.is_empty();
            }
        }
        if named { Err(Problem::of(Kind::NotAcceptable)) } else { Ok(Self::Json) }
    }

    /// The answer in this format: `json` as it is, the others from the cube of the same values.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub(crate) fn answer(
        self,
        json: &impl serde::Serialize,
        cube: impl FnOnce() -> Cube,
    ) -> Result<Answer, Problem> {
        match self {
            Self::Json => Answer::ok(json),
            Self::Csv => Ok(Answer::text(CSV, cube().csv())),
            Self::JsonStat => Ok(Answer::text(JSON_STAT, cube().json_stat()?)),
        }
    }
}

impl Format {
    /// Refuses any format but ours, where there is no other.
    ///
    /// # Errors
    /// 406.
    pub(crate) fn only_json(self) -> Result<(), Problem> {
        match self {
            Self::Json => Ok(()),
            Self::Csv | Self::JsonStat => Err(Problem::of(Kind::NotAcceptable)),
        }
    }

    /// A table in this format.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub(crate) fn table(self, table: super::BenchmarkTable) -> Result<Answer, Problem> {
        match self {
            Self::Json => Answer::ok(&table),
            Self::Csv => Ok(Answer::text(CSV, table.cube().csv())),
            Self::JsonStat => Ok(Answer::text(JSON_STAT, table.cube().json_stat()?)),
        }
    }
}
