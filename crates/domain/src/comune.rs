//! The comune: the tenant of everything, its key, and the identity facts other offices know it by.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::fault::{Fault, FaultKind, Refused};
use crate::period::Period;
use crate::text::Line;
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

/// The Belfiore (cadastral) code of a comune, `L454`: stable, official, known to every accounting program. It is the tenant's key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComuneCode {
    letter: char,
    number: u16,
}

impl ComuneCode {
    /// The key of the platform itself as a tenant: its own members and its own audit chain, and never a plan.
    /// Letter Z is kept for foreign states, so no comune can have it.
    pub const PLATFORM: Self = Self { letter: 'Z', number: 0 };

    /// Reads a code: one capital letter and three digits.
    ///
    /// # Errors
    /// When the form is another.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let malformed = || {
            Refused::new(
                FaultKind::Malformed,
                "Il codice catastale è una lettera maiuscola e tre cifre (L454).",
            )
        };
        let mut chars = text.chars();
        let letter = chars.next().filter(char::is_ascii_uppercase).ok_or_else(malformed)?;
        let digits = chars.as_str();
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(malformed());
        }
        let number = digits.parse().map_err(|_| malformed())?;
        Ok(Self { letter, number })
    }

    /// Whether this is the platform and not a comune.
    #[must_use]
    pub fn is_platform(self) -> bool {
        self == Self::PLATFORM
    }
}

impl fmt::Display for ComuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter, self.number)
    }
}

impl fmt::Debug for ComuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for ComuneCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ComuneCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

vocabulary! {
    /// The registers that give a comune a code.
    Scheme, "Registro che assegna il codice: ISTAT, IndicePA, codice fiscale dell'ente." {
        /// ISTAT: three digits of the province or metropolitan city, three of the comune.
        Istat = "istat",
        /// `IndicePA`, the index of public administrations: `c_` and the cadastral code in lower case, by convention.
        Ipa = "ipa",
        /// The tax code of the body: eleven digits, the last a check.
        TaxCode = "tax_code",
    }
}

impl Scheme {
    fn check(self, value: &str) -> Result<(), Refused> {
        let digits = |count: usize| value.len() == count && value.bytes().all(|byte| byte.is_ascii_digit());
        let (fits, form) = match self {
            Self::Istat => (digits(6), "Il codice ISTAT ha sei cifre."),
            Self::Ipa => (is_ipa(value), "Il codice IPA ha lettere minuscole, cifre e _, al massimo 30."),
            Self::TaxCode => (
                digits(11) && closes(value),
                "Il codice fiscale dell'ente ha undici cifre e l'ultima non torna.",
            ),
        };
        if fits { Ok(()) } else { Err(Refused::new(FaultKind::Malformed, form)) }
    }
}

fn is_ipa(value: &str) -> bool {
    (1..=30).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The check digit of an eleven-digit tax code: odd places as they are, even places doubled (less nine above nine).
fn closes(value: &str) -> bool {
    let sum: u32 = value
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip([false, true].into_iter().cycle())
        .map(|(digit, doubled)| match (doubled, digit) {
            (false, digit) => digit,
            (true, digit @ 0..=4) => digit.saturating_mul(2),
            (true, digit) => digit.saturating_mul(2).saturating_sub(9),
        })
        .fold(0, u32::saturating_add);
    sum.is_multiple_of(10)
}

/// A code a register gave to a comune, and the days it was in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identifier {
    scheme: Scheme,
    value: String,
    validity: Period,
}

impl Identifier {
    /// Reads an identifier.
    ///
    /// # Errors
    /// When the value does not have the form its scheme asks for.
    pub fn parse(scheme: Scheme, value: &str, validity: Period) -> Result<Self, Refused> {
        scheme.check(value)?;
        Ok(Self { scheme, value: value.to_owned(), validity })
    }

    /// The register.
    #[must_use]
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The code.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The days it is in force.
    #[must_use]
    pub const fn validity(&self) -> Period {
        self.validity
    }
}

/// Residents counted on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Population {
    /// How many.
    pub residents: i32,
    /// When they were counted.
    pub counted_on: NaiveDate,
}

/// What a comune is known by: public facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Its name.
    pub name: Line<100>,
    /// The two letters of its province or metropolitan city.
    pub province: ProvinceCode,
    /// The two digits of its region, ISTAT.
    pub region: RegionCode,
    /// Residents, when known.
    pub population: Option<Population>,
    identifiers: Vec<Identifier>,
}

impl Identity {
    /// Identity facts without any identifier yet.
    #[must_use]
    pub const fn new(
        name: Line<100>,
        province: ProvinceCode,
        region: RegionCode,
        population: Option<Population>,
    ) -> Self {
        Self { name, province, region, population, identifiers: Vec::new() }
    }

    /// The same facts with these identifiers.
    ///
    /// # Errors
    /// When two codes of one register are in force on the same day.
    pub fn with_identifiers(mut self, mut identifiers: Vec<Identifier>) -> Result<Self, Vec<Fault>> {
        identifiers.sort_by_key(|identifier| (identifier.scheme, identifier.validity.from()));
        let clashes = identifiers
            .iter()
            .zip(identifiers.iter().skip(1))
            .any(|(one, other)| one.scheme == other.scheme && one.validity.overlaps(&other.validity));
        if clashes {
            let detail = "Due codici dello stesso registro sono in vigore nello stesso giorno.";
            return Err(vec![Refused::new(FaultKind::Inconsistent, detail).at("/identifiers")]);
        }
        self.identifiers = identifiers;
        Ok(self)
    }

    /// The identifiers, by register and then by first day.
    #[must_use]
    pub fn identifiers(&self) -> &[Identifier] {
        &self.identifiers
    }
}

/// The two letters of a province or metropolitan city (`MI`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ProvinceCode(String);

impl ProvinceCode {
    /// Reads the two letters.
    ///
    /// # Errors
    /// When they are not two capital letters.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refused::new(FaultKind::Malformed, "La sigla della provincia ha due lettere maiuscole (MI)."))
        }
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The two digits of a region, ISTAT (`03` Lombardia). Kept in place: comparisons hold thousands of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct RegionCode([u8; 2]);

impl From<RegionCode> for String {
    fn from(region: RegionCode) -> Self {
        region.as_str().to_owned()
    }
}

impl RegionCode {
    /// Reads the two digits, 01 to 20.
    ///
    /// # Errors
    /// When no region has that code.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let known = |digits: &[u8; 2]| {
            let all = digits.iter().all(u8::is_ascii_digit);
            all && text.parse::<u8>().is_ok_and(|number| (1..=20).contains(&number))
        };
        let digits = text.as_bytes().try_into().ok().filter(known);
        let refused = || Refused::new(FaultKind::Malformed, "Il codice ISTAT della regione va da 01 a 20.");
        digits.map(Self).ok_or_else(refused)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // They are ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A comune registered here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comune {
    /// Its key.
    pub code: ComuneCode,
    /// What it is known by.
    pub identity: Identity,
    /// Grows at every change.
    pub version: Version,
}

impl Versioned for Comune {
    type Facts = Identity;

    fn facts(&self) -> &Identity {
        &self.identity
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Comune {
    /// A comune registered for the first time.
    ///
    /// # Errors
    /// When the code is the platform's own.
    pub fn register(code: ComuneCode, identity: Identity) -> Result<Self, Vec<Fault>> {
        if code.is_platform() {
            let detail = "Z000 è la piattaforma, non un comune.";
            return Err(vec![Refused::new(FaultKind::Malformed, detail).at("/code")]);
        }
        Ok(Self { code, identity, version: Version::FIRST })
    }

    /// The same comune with other identity facts.
    #[must_use]
    pub fn change(&self, identity: Identity) -> Self {
        Self { code: self.code, identity, version: self.version.next() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn since(day: &str) -> Period {
        Period::parse(day.parse().unwrap(), None).unwrap()
    }

    #[test]
    fn a_code_keeps_its_leading_zeros() {
        assert_eq!(ComuneCode::parse("G004").unwrap().to_string(), "G004");
        for wrong in ["", "l454", "L45", "L4545", "LL45", "L4 5", "L+45", "Ł454", "L٤٥٤"] {
            assert!(ComuneCode::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_check_digit_of_a_tax_code_must_close() {
        assert!(Identifier::parse(Scheme::TaxCode, "01199250158", since("2000-01-01")).is_ok());
        assert!(Identifier::parse(Scheme::TaxCode, "01199250159", since("2000-01-01")).is_err());
    }

    #[test]
    fn two_codes_of_one_register_cannot_be_in_force_together() {
        let name = Line::parse("Prova").unwrap();
        let facts =
            Identity::new(name, ProvinceCode::parse("MI").unwrap(), RegionCode::parse("03").unwrap(), None);
        let old = Identifier::parse(Scheme::Istat, "015224", since("2000-01-01")).unwrap();
        let new = Identifier::parse(Scheme::Istat, "108001", since("2009-06-01")).unwrap();
        assert!(facts.clone().with_identifiers(vec![new.clone(), old]).is_err());
        let ended = Period::parse("2000-01-01".parse().unwrap(), "2009-05-31".parse().ok()).unwrap();
        let old = Identifier::parse(Scheme::Istat, "015224", ended).unwrap();
        assert_eq!(facts.with_identifiers(vec![new, old]).unwrap().identifiers().len(), 2);
    }

    #[test]
    fn the_platform_is_no_comune() {
        let name = Line::parse("Prova").unwrap();
        let facts =
            Identity::new(name, ProvinceCode::parse("MI").unwrap(), RegionCode::parse("03").unwrap(), None);
        assert!(Comune::register(ComuneCode::PLATFORM, facts).is_err());
    }

    proptest! {
        #[test]
        fn what_parses_reads_back_the_same(code in "[A-Z][0-9]{3}") {
            prop_assert_eq!(ComuneCode::parse(&code).unwrap().to_string(), code);
        }
    }
}
