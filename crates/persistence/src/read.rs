//! Texts read as the domain's own types where they stand, without being copied first: for rows that come by the thousand.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::pg::{Pg, PgValue};
use diesel::sql_types::Text;
use traguardo_domain::comune::RegionCode;
use traguardo_domain::consent::Mode;
use traguardo_domain::fact::Grade;
use traguardo_domain::figure::Figure;
use traguardo_domain::{ComuneCode, Vocabulary as _};

/// A value of the domain, kept as its text.
#[derive(Debug, Clone, Copy, FromSqlRow)]
pub(crate) struct Read<T>(pub(crate) T);

/// What a short text can be read as.
pub(crate) trait FromText: Sized {
    /// What it is called where it cannot.
    const NAME: &'static str;

    /// The value a text says.
    fn from_text(text: &str) -> Option<Self>;
}

impl<T: FromText> FromSql<Text, Pg> for Read<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let text = std::str::from_utf8(value.as_bytes())?;
        T::from_text(text).map(Self).ok_or_else(|| format!("what is stored is no {}", T::NAME).into())
    }
}

impl FromText for ComuneCode {
    const NAME: &'static str = "comune";

    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl FromText for RegionCode {
    const NAME: &'static str = "region";

    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl FromText for Figure {
    const NAME: &'static str = "figure";

    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl FromText for Grade {
    const NAME: &'static str = "grade";

    fn from_text(text: &str) -> Option<Self> {
        Self::from_word(text)
    }
}

impl FromText for Mode {
    const NAME: &'static str = "mode";

    fn from_text(text: &str) -> Option<Self> {
        Self::from_word(text)
    }
}
