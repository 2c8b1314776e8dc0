//! Which numbers of a list are in turn: as many as can be, so that one wrong number is one, and not all those after it.

/// Of each number whether it is one of the most numbers that grow from the first to the last; what has no number is not.
/// Where it could be one or the other, it is the earlier.
pub(super) fn in_turn(numbers: &[Option<u32>]) -> Vec<bool> {
    // Read from the end, each number with the longest run that goes on from it: `heads` has, for each length, the place of the
    // largest number such a run begins with, the earliest of equals.
    let mut heads: Vec<(u32, usize)> = Vec::new();
    let mut next: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate().rev() {
        let Some(number) = *number else { continue };
        let length = heads.partition_point(|(head, _)| *head > number);
        let follows = length.checked_sub(1).and_then(|before| heads.get(before)).map(|(_, place)| *place);
        if let Some(known) = next.get_mut(at) {
            *known = follows;
        }
        match heads.get_mut(length) {
            Some(head) => *head = (number, at),
            None => heads.push((number, at)),
        }
    }
    let mut chosen = vec![false; numbers.len()];
    let mut here = heads.last().map(|(_, at)| *at);
    while let Some(at) = here {
        if let Some(known) = chosen.get_mut(at) {
            *known = true;
        }
        here = next.get(at).copied().flatten();
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out_of_turn(numbers: &[u32]) -> Vec<usize> {
        let numbers: Vec<Option<u32>> = numbers.iter().map(|number| Some(*number)).collect();
        let flags = in_turn(&numbers);
        (0..flags.len()).filter(|at| !flags[*at]).collect()
    }

    #[test]
    fn one_wrong_number_is_one() {
        assert_eq!(out_of_turn(&[29, 2, 3, 5, 6, 7]), [0]);
        assert_eq!(out_of_turn(&[1, 2, 30, 3, 4]), [2]);
        assert_eq!(out_of_turn(&[1, 3, 2, 4]), [2]);
        assert_eq!(out_of_turn(&[1, 2, 2]), [2]);
        assert_eq!(out_of_turn(&[17, 18, 10, 19]), [2]);
        assert_eq!(out_of_turn(&[]), [0; 0]);
    }

    #[test]
    fn what_has_no_number_is_not_in_turn() {
        assert_eq!(in_turn(&[Some(1), None, Some(2)]), [true, false, true]);
    }
}
