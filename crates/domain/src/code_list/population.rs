//! Classes of comuni by residents. A comune stores its residents; which class it falls in depends on the scheme asked of.

use super::{Entry, Residents};

/// The twelve of the TUEL, art. 156: residents of ISTAT at the end of the year before last.
pub(super) const TUEL: &[Entry] = &[
    tuel("1", "Fino a 499 abitanti", 0, Some(499)),
    tuel("2", "Da 500 a 999 abitanti", 500, Some(999)),
    tuel("3", "Da 1.000 a 1.999 abitanti", 1_000, Some(1_999)),
    tuel("4", "Da 2.000 a 2.999 abitanti", 2_000, Some(2_999)),
    tuel("5", "Da 3.000 a 4.999 abitanti", 3_000, Some(4_999)),
    tuel("6", "Da 5.000 a 9.999 abitanti", 5_000, Some(9_999)),
    tuel("7", "Da 10.000 a 19.999 abitanti", 10_000, Some(19_999)),
    tuel("8", "Da 20.000 a 59.999 abitanti", 20_000, Some(59_999)),
    tuel("9", "Da 60.000 a 99.999 abitanti", 60_000, Some(99_999)),
    tuel("10", "Da 100.000 a 249.999 abitanti", 100_000, Some(249_999)),
    tuel("11", "Da 250.000 a 499.999 abitanti", 250_000, Some(499_999)),
    tuel("12", "500.000 abitanti e oltre", 500_000, None),
];

/// The nine of the ministerial decree of 17 March 2020, by the letters it gives them.
pub(super) const STAFFING: &[Entry] = &[
    staffing("a", "Fino a 999 abitanti", 0, Some(999)),
    staffing("b", "Da 1.000 a 1.999 abitanti", 1_000, Some(1_999)),
    staffing("c", "Da 2.000 a 2.999 abitanti", 2_000, Some(2_999)),
    staffing("d", "Da 3.000 a 4.999 abitanti", 3_000, Some(4_999)),
    staffing("e", "Da 5.000 a 9.999 abitanti", 5_000, Some(9_999)),
    staffing("f", "Da 10.000 a 59.999 abitanti", 10_000, Some(59_999)),
    staffing("g", "Da 60.000 a 249.999 abitanti", 60_000, Some(249_999)),
    staffing("h", "Da 250.000 a 1.499.999 abitanti", 250_000, Some(1_499_999)),
    staffing("i", "1.500.000 abitanti e oltre", 1_500_000, None),
];

const fn tuel(code: &'static str, label: &'static str, at_least: u32, at_most: Option<u32>) -> Entry {
    let entry = Entry::since(2000, code, label);
    Entry { residents: Some(Residents { at_least, at_most }), ..entry }
}

const fn staffing(code: &'static str, label: &'static str, at_least: u32, at_most: Option<u32>) -> Entry {
    let entry = Entry::since(2020, code, label);
    Entry { residents: Some(Residents { at_least, at_most }), ..entry }
}
