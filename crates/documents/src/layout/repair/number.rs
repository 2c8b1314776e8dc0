//! Numbers on lines of their own: a page break put them there, and the row they belong to has none.

/// A row, as far as its number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// A row with a number.
    With,
    /// A row without one.
    Without,
    /// A number and nothing else.
    Orphan,
    /// A header, a blank line: rows before it and after it are no neighbours.
    Break,
}

/// For every orphan its index, and the row it is given to: a neighbour that lacks a number and got none yet, the one before first.
#[must_use]
pub fn given(rows: &[Numbered]) -> Vec<(usize, Option<usize>)> {
    let mut taken = vec![false; rows.len()];
    let mut found = Vec::new();
    for (index, _) in rows.iter().enumerate().filter(|(_, row)| **row == Numbered::Orphan) {
        let neighbours = [index.checked_sub(1), index.checked_add(1)];
        let lacks = |at: &usize| {
            rows.get(*at) == Some(&Numbered::Without) && taken.get(*at).is_some_and(|taken| !*taken)
        };
        let to = neighbours.into_iter().flatten().find(lacks);
        if let Some(mark) = to.and_then(|to| taken.get_mut(to)) {
            *mark = true;
        }
        found.push((index, to));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Numbered::{Break, Orphan, With, Without};
    use super::*;

    #[test]
    fn an_orphan_goes_to_the_neighbour_that_lacks_a_number() {
        assert_eq!(given(&[Without, Orphan]), [(1, Some(0))]);
        assert_eq!(given(&[With, Orphan, Without]), [(1, Some(2))]);
        assert_eq!(given(&[Without, Orphan, Without]), [(1, Some(0))]);
    }

    #[test]
    fn an_orphan_beside_numbered_rows_stays_alone() {
        assert_eq!(given(&[With, Orphan, With]), [(1, None)]);
        assert_eq!(given(&[With, Orphan, Break, Without]), [(1, None)]);
        assert_eq!(given(&[Without, Orphan, Orphan, Without]), [(1, Some(0)), (2, Some(3))]);
        assert_eq!(given(&[Orphan]), [(0, None)]);
    }
}
