//! Structures numbered one after the other, and the number that is not there.

use std::collections::BTreeMap;

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
use super::words::{folded, listed};
use crate::unit::{Unit, UnitId, UnitKind};

/// The fewest numbered structures that make a sequence.
const FEWEST: usize = 3;
/// Roman numerals, as structures are numbered with.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Finds structures missing from a numbered sequence (`E10`): areas 1, 2, 3 and 5.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    let units = &outline.document.units;
    for number_of in [by_name, by_code] {
        let mut sequences: BTreeMap<(Option<UnitId>, UnitKind, String), BTreeMap<u32, usize>> =
            BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            if let Some((label, number)) = number_of(unit) {
                let key = (unit.facts.parent, unit.facts.kind, label);
                sequences.entry(key).or_default().entry(number).or_insert(at);
            }
        }
        let found: Vec<Remark> =
            sequences.iter().flat_map(|((.., label), sequence)| gaps(label, sequence)).collect();
        if !found.is_empty() {
            remarks.extend(found);
            return;
        }
    }
}

/// One finding for each hole in a sequence, at the structure that comes after it.
fn gaps(label: &str, sequence: &BTreeMap<u32, usize>) -> Vec<Remark> {
    let numbers: Vec<u32> = sequence.keys().copied().collect();
    let (Some(low), Some(high)) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let span = usize::try_from(high.saturating_sub(*low)).unwrap_or(usize::MAX).saturating_add(1);
    let missing = span.saturating_sub(numbers.len());
    if numbers.len() < FEWEST || missing >= numbers.len() {
        return Vec::new();
    }
    let holes = numbers.iter().zip(numbers.iter().skip(1));
    holes
        .filter_map(|(before, after)| {
            let absent: Vec<u32> = (before.saturating_add(1)..*after).collect();
            let at = sequence.get(after).filter(|_| !absent.is_empty())?;
            let words = format!("{label} {}", listed(&absent));
            let message =
                format!("Nella sequenza delle strutture dopo {label} {before} viene {label} {after}.");
            let remark = Remark::new(FindingCode::StructureMissing, format!("/units/{at}"), message);
            Some(remark.quoting(Some(words.trim())).proposing("Verificare se una struttura è andata persa."))
        })
        .collect()
}

/// `Area 3 - Lavori pubblici`, `Settore IV`: the word and the number it begins with.
fn by_name(unit: &Unit) -> Option<(String, u32)> {
    let name = folded(unit.facts.name.as_str());
    let mut words = name.split_whitespace();
    let (label, number) = (words.next()?, words.next()?);
    if !label.chars().all(char::is_alphabetic) {
        return None;
    }
    let roman = ROMAN.iter().zip(1u32..).find(|(roman, _)| **roman == number).map(|(_, value)| value);
    Some((label.to_owned(), roman.or_else(|| number.parse().ok())?))
}

/// `A3`, `AREA-3`, `03`: letters, then one number and nothing more.
fn by_code(unit: &Unit) -> Option<(String, u32)> {
    let code = unit.facts.code.as_str();
    let (letters, digits) = code.split_at_checked(code.find(|c: char| c.is_ascii_digit())?)?;
    Some((letters.trim_end_matches(['-', '.', '_', '/']).to_ascii_lowercase(), digits.parse().ok()?))
}
