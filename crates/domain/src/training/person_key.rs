//! The pseudonym of a person: a key the comune makes, and alone can read.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fault::{FaultKind, Refused};
use crate::personal_data::personal_data_in;
use crate::text::ExternalId;

/// A pseudonym: a key with a digit in it (`D-0042`, a UUID, a digest) that has not the form of a name, a tax code or an address.
///
/// A digit is asked for because names have none; it does not make a pseudonym of a name with a number behind it, so two words are
/// refused too. What is printed for whoever looks for faults in the program does not show it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PersonKey(ExternalId);

/// From so many digits in hexadecimal on, a key is a digest or a random number.
const DIGEST: usize = 32;
/// The longest code of a person, and how much of it already says who is meant and when they were born.
const TAX_CODE: usize = 16;
const NAME_AND_BIRTH: usize = 11;

impl PersonKey {
    /// The longest pseudonym.
    pub const MAX: usize = ExternalId::MAX;
    /// How a pseudonym is spelled, as far as a pattern can say.
    pub const PATTERN: &'static str = "^[A-Za-z0-9][A-Za-z0-9._:~+-]*$";

    /// Reads a pseudonym.
    ///
    /// # Errors
    /// When it is no key, or has the form of something that says who the person is; the words do not repeat it.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let refused = |why| Err(Refused::new(FaultKind::Malformed, why));
        if text.contains('@') {
            return refused("Uno pseudonimo non è un indirizzo di posta elettronica e non contiene @.");
        }
        let key = ExternalId::parse(text)?;
        if is_random(text) {
            return Ok(Self(key));
        }
        if personal_data_in(text).is_some() || text.split(is_mark).any(tells_name_and_birth) {
            return refused(
                "Ha la forma di un codice fiscale o di un altro dato personale: serve uno pseudonimo.",
            );
        }
        let words = text.split(is_mark).filter(|part| is_word(part)).count();
        if words > 1 || !text.contains(|c: char| c.is_ascii_digit()) {
            return refused(
                "Sembra un nome: uno pseudonimo contiene almeno una cifra e non più di una parola, come D-0042.",
            );
        }
        Ok(Self(key))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

const fn is_mark(c: char) -> bool {
    !c.is_ascii_alphanumeric()
}

/// Whether it is an identifier drawn by chance or a digest, in which letters mean nothing.
fn is_random(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or(text);
    Uuid::try_parse(text).is_ok()
        || digits.len() >= DIGEST && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether it is letters, followed by digits or not: `rossi`, `rossi80`.
fn is_word(part: &str) -> bool {
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether it begins as a tax code does: six letters, then year, month and day of birth.
fn tells_name_and_birth(part: &str) -> bool {
    let form = |(place, byte): (usize, u8)| match place {
        0..=5 | 8 => byte.is_ascii_alphabetic(),
        _ => byte.is_ascii_digit(),
    };
    (NAME_AND_BIRTH..=TAX_CODE).contains(&part.len())
        && part.bytes().take(NAME_AND_BIRTH).enumerate().all(form)
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(..)")
    }
}

impl From<PersonKey> for String {
    fn from(key: PersonKey) -> Self {
        key.0.into()
    }
}

impl TryFrom<String> for PersonKey {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_comune_makes_up_is_a_pseudonym() {
        for text in [
            "D-0042",
            "dip0042",
            "7",
            "matricola-12-A",
            "550e8400-e29b-41d4-a716-446655440000",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "kX3v9Qe-41_zT",
        ] {
            assert!(PersonKey::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_says_who_a_person_is_is_no_pseudonym() {
        for text in [
            "RSSMRA80A01H501U",
            "rssmra80a01h501u",
            "CF-RSSMRA80A01H501U",
            "RSSMRA80A01H501X",
            "RSSMRA80A01",
            "nome.cognome@comune.example.it",
            "1@2",
            "nome.cognome",
            "nome.cognome1",
            "nome_cognome_80",
            "nome-1.cognome-2",
            "NomeCognome",
            "cognome",
            "nome cognome 80",
            "nòme80",
            "IT60X0542811101000000123456",
            "",
        ] {
            assert!(PersonKey::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn neither_a_refusal_nor_what_is_printed_for_programmers_shows_the_key() {
        let refused = PersonKey::parse("RSSMRA80A01H501U").unwrap_err();
        assert!(!refused.detail.contains("RSSMRA"));
        assert_eq!(format!("{:?}", PersonKey::parse("D-0042").unwrap()), "PersonKey(..)");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_every_number_of_staff_is_read(text in any::<String>(), number in any::<u32>()) {
            let _ = PersonKey::parse(&text);
            let of_staff = format!("D-{number}");
            prop_assert!(PersonKey::parse(&of_staff).is_ok());
            prop_assert!(PersonKey::parse(&Uuid::from_u128(u128::from(number)).to_string()).is_ok());
        }
    }
}
