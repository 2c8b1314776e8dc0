//! What a bill is known by, everywhere: who sent it, its number, and the day it was issued.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::digest::Digest;
use crate::fault::{FaultKind, Refused};
use crate::text::Line;

/// The id of a bill: it follows from what the bill is known by, so that whoever knows the bill knows the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvoiceId(pub Uuid);

/// What a bill is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct InvoiceRef {
    /// The tax identity of whoever sent it, as [`InvoiceRef::supplier`] spells it; never a name.
    pub supplier: Line<28>,
    /// Its number, as the supplier numbered it.
    pub number: Line<60>,
    /// The day it was issued.
    pub issued: NaiveDate,
}

impl InvoiceRef {
    /// The longest tax identity: a country and 26 characters.
    pub const SUPPLIER: usize = 28;
    /// The longest number.
    pub const NUMBER: usize = 60;

    /// A supplier's tax identity in its one spelling: capitals and digits, an Italian one without its country.
    ///
    /// # Errors
    /// When it is empty, too long, or holds other characters.
    pub fn supplier(text: &str) -> Result<Line<28>, Refused> {
        let compact: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
        if !compact.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let detail = "Una partita IVA o un codice fiscale: solo lettere e cifre.";
            return Err(Refused::new(FaultKind::Malformed, detail));
        }
        let italian = compact
            .strip_prefix("IT")
            .filter(|rest| rest.len() == 11 && rest.bytes().all(|byte| byte.is_ascii_digit()));
        Line::parse(italian.unwrap_or(&compact))
    }

    /// The id of the bill known by this.
    #[must_use]
    pub fn id(&self) -> InvoiceId {
        let issued = self.issued.to_string();
        let fields = [self.supplier.as_str(), self.number.as_str(), issued.as_str()];
        let digest = Digest::of_fields(fields.map(|field| Some(field.as_bytes())));
        let bytes = digest.as_bytes().first_chunk::<16>().copied().unwrap_or_default();
        InvoiceId(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(supplier: &str, number: &str, issued: &str) -> InvoiceRef {
        InvoiceRef {
            supplier: InvoiceRef::supplier(supplier).unwrap(),
            number: Line::parse(number).unwrap(),
            issued: issued.parse().unwrap(),
        }
    }

    #[test]
    fn one_supplier_spelled_in_several_ways_is_one() {
        let first = reference("01234567890", "12/A", "2025-01-10");
        for other in ["IT01234567890", "it 01234567890", " 0123 4567 890 "] {
            assert_eq!(reference(other, "12/A", "2025-01-10").id(), first.id(), "{other:?}");
        }
    }

    #[test]
    fn another_number_day_or_supplier_is_another_bill() {
        let ids = [
            reference("01234567890", "12", "2025-01-10").id(),
            reference("01234567890", "12/A", "2025-01-10").id(),
            reference("01234567890", "12", "2025-01-11").id(),
            reference("01234567891", "12", "2025-01-10").id(),
        ];
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
        assert_eq!(ids[0].0.get_version_num(), 8);
    }

    #[test]
    fn a_supplier_is_letters_and_digits() {
        assert!(InvoiceRef::supplier("FR40303265045").is_ok());
        for wrong in ["", "  ", "Ditta & figli", "01234-567", "A234567890123456789012345678901"] {
            assert!(InvoiceRef::supplier(wrong).is_err(), "{wrong:?}");
        }
    }
}
