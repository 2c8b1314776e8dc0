//! Shares printed beside the numbers they are shares of: `N. 24 (100%)`, and below it `N. 16 (68%)`.

use super::{Found, Noticed, disagree, fold};

/// A number with its share of a total, the share as a whole number of its last printed digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    number: u128,
    digits: u128,
    /// How many parts of that digit make one per cent.
    parts: u128,
}

/// Looks at runs of lines with shares that begin with the whole.
pub(super) fn review(lines: &[Found], noticed: &mut Vec<Noticed>) {
    let mut total: Option<u128> = None;
    for line in lines {
        let Some(read) = share(&line.words) else {
            total = None;
            continue;
        };
        if read.digits == read.parts.saturating_mul(100) {
            total = Some(read.number);
        } else if let Some(total) = total.filter(|total| *total > 0)
            && !follows(read, total)
        {
            let right = percent(read.number, total);
            let message = format!("{} su {total} è il {right}%, non la percentuale stampata", read.number);
            noticed.push(disagree(line.place, &line.words, message, format!("Scrivere {right}%")));
        }
    }
}

/// Whether a share is that of its number, rounded either way.
fn follows(read: Share, total: u128) -> bool {
    let exact = read.number.saturating_mul(100).saturating_mul(read.parts);
    exact.abs_diff(read.digits.saturating_mul(total)) < total
}

/// A share with one decimal, as it is written in Italian.
fn percent(number: u128, total: u128) -> String {
    let double = number.saturating_mul(2000).saturating_add(total);
    let tenths = double.checked_div(total.saturating_mul(2)).unwrap_or_default();
    let (whole, tenth) =
        (tenths.checked_div(10).unwrap_or_default(), tenths.checked_rem(10).unwrap_or_default());
    if tenth == 0 { whole.to_string() } else { format!("{whole},{tenth}") }
}

/// The number and the share a line ends with: `N. 16 (68%)`.
fn share(words: &str) -> Option<Share> {
    let folded = fold(words);
    let (before, inside) =
        folded.as_str().trim_end_matches(['.', ';', ',', ' ']).strip_suffix(')')?.rsplit_once('(')?;
    let figure = inside.trim().strip_suffix('%')?.trim();
    let (whole, decimals) = figure.split_once([',', '.']).unwrap_or((figure, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 4 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let number = before.split_whitespace().next_back()?;
    let number = number.trim_start_matches("n.").replace('.', "");
    if number.is_empty() || number.len() > 12 || !digits(&number) {
        return None;
    }
    let parts = decimals.chars().fold(1_u128, |parts, _| parts.saturating_mul(10));
    let share = [whole, decimals].concat().parse().ok()?;
    Some(Share { number: number.parse().ok()?, digits: share, parts })
}
