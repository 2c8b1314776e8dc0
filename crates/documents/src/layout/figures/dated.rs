//! One count of people on two days: what a paragraph says of a day, and what a table says of another.

use super::{Found, Grid, HashMap, Noticed, disagree, fold, whole};

/// The months.
const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
/// The smallest count that two days do not share by chance.
const LEAST: u64 = 100;

/// A day, its year first.
type Day = (u16, u8, u8);

/// Looks at the counts paragraphs give for a day (`n. 5.000 al 31 gennaio 2023`) and at those of the rows of tables.
pub(super) fn review<'f>(prose: impl Iterator<Item = &'f Found>, grids: &[Grid], noticed: &mut Vec<Noticed>) {
    let rows = grids.iter().flat_map(|grid| &grid.rows).filter_map(|(_, cells)| row(cells));
    let mut days: HashMap<u64, Vec<Day>> = HashMap::new();
    for (count, day) in rows {
        let known = days.entry(count).or_default();
        if known.len() < 2 && !known.contains(&day) {
            known.push(day);
        }
    }
    for line in prose {
        let Some((count, day)) = paragraph(&line.words) else { continue };
        // A count the table itself gives for several days says nothing of this one.
        if let Some([other]) = days.get(&count).map(Vec::as_slice)
            && *other != day
        {
            let (said, counted) = (written(day), written(*other));
            let message =
                format!("Lo stesso numero, {count}, è del {said} nel testo e del {counted} nella tabella");
            let suggestion = "Verificare a quale data si riferisce il numero".to_owned();
            noticed.push(disagree(line.place, &line.words, message, suggestion));
        }
    }
}

/// The count and the day of a paragraph that gives one: a number, `al`, a day.
fn paragraph(words: &str) -> Option<(u64, Day)> {
    let folded = fold(words);
    let words: Vec<&str> =
        folded.as_str().split_whitespace().map(|word| word.trim_end_matches([',', '.', ';'])).collect();
    words.windows(5).find_map(|window| {
        let [count, "al", day, month, year] = window else { return None };
        Some((count_of(count)?, day_of(day, month, year)?))
    })
}

/// The count and the day of a row: a year, a day and a month, and the first number of the cells after them.
fn row(cells: &[String]) -> Option<(u64, Day)> {
    let folded: Vec<String> = cells.iter().map(|cell| fold(cell).as_str().to_owned()).collect();
    let (at, day) = folded.iter().enumerate().find_map(|(at, cell)| {
        let words: Vec<&str> = cell.split_whitespace().collect();
        match *words.as_slice() {
            [day, month, year] => Some((at, day_of(day, month, year)?)),
            [day, month] => folded.iter().take(at).find_map(|year| Some((at, day_of(day, month, year)?))),
            _ => None,
        }
    })?;
    let mut following = folded.iter().skip(at.saturating_add(1)).flat_map(|cell| cell.split_whitespace());
    Some((following.find_map(count_of)?, day))
}

fn count_of(word: &str) -> Option<u64> {
    whole(word.trim_start_matches("n.")).filter(|count| *count >= LEAST)
}

fn day_of(day: &str, month: &str, year: &str) -> Option<Day> {
    let month = MONTHS.iter().position(|name| *name == month)?;
    let day = day.trim_end_matches('°').parse().ok().filter(|day| (1..=31).contains(day))?;
    let year = year.trim().parse().ok().filter(|year| (1900..=2100).contains(year))?;
    Some((year, u8::try_from(month).ok()?, day))
}

fn written((year, month, day): Day) -> String {
    let month = MONTHS.get(usize::from(month)).copied().unwrap_or_default();
    format!("{day} {month} {year}")
}
