//! Pages by key: the page after an object starts after that object, whatever was inserted meanwhile.

use std::str::FromStr;

use traguardo_domain::Violation;

/// The place in an order after which a page starts: the value sorted by, and the id that settles ties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The value of the sort key, as text.
    pub key: String,
    /// The id of the object, as text.
    pub id: String,
}

impl Cursor {
    /// The place as a list's own types, when this list gave it.
    pub(crate) fn read<K: FromStr, I: FromStr>(&self) -> Result<(K, I), Violation> {
        match (self.key.parse(), self.id.parse()) {
            (Ok(key), Ok(id)) => Ok((key, id)),
            (Ok(_) | Err(_), _) => Err(Violation::UnknownCursor),
        }
    }
}

/// Which page of a list: in which order, after which place, of how many.
#[derive(Debug, Clone)]
pub struct PageRequest<O> {
    /// The order.
    pub order: O,
    /// Where it starts; the beginning when absent.
    pub after: Option<Cursor>,
    /// How many at most.
    pub limit: u16,
}

impl<O> PageRequest<O> {
    /// One row more than asked, to know whether a next page exists.
    pub(crate) fn probe(&self) -> i64 {
        i64::from(self.limit).saturating_add(1)
    }
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The objects, in order.
    pub items: Vec<T>,
    /// Where the next page starts, when there is one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page made of the rows of a probe.
    pub(crate) fn cut<O>(mut rows: Vec<T>, request: &PageRequest<O>, place: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::from(request.limit);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(place) } else { None };
        Self { items: rows, next }
    }
}
