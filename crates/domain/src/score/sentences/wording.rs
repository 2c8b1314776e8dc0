//! Words and figures as Italian readers expect them: a comma before decimals, two of them shown, days by the name of their month.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::score::percent::Percent;
use crate::score::why::{Unjudged, Why};

/// The most characters of a name that are read out.
const LONGEST_NAME: usize = 200;

/// A percentage, with its two places.
pub(super) fn shown(percent: Percent) -> String {
    percent.shown().to_string().replace('.', ",")
}

/// A figure, exactly.
pub(super) fn exact(number: Decimal) -> String {
    number.normalize().to_string().replace('.', ",")
}

/// A figure, exactly where two places are enough; else said to be near.
pub(super) fn plain(number: Decimal) -> String {
    let rounded = number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    if rounded == number { exact(number) } else { format!("circa {}", exact(rounded)) }
}

/// A name on one line, cut where it is too long to be read out.
pub(super) fn named(label: &str) -> String {
    let line = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_NAME {
        return line;
    }
    let cut: String = line.chars().take(LONGEST_NAME).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// A day.
pub(super) fn day(day: NaiveDate) -> String {
    let month = match day.month() {
        1 => "gennaio",
        2 => "febbraio",
        3 => "marzo",
        4 => "aprile",
        5 => "maggio",
        6 => "giugno",
        7 => "luglio",
        8 => "agosto",
        9 => "settembre",
        10 => "ottobre",
        11 => "novembre",
        _ => "dicembre",
    };
    match day.day() {
        1 => format!("1º {month} {}", day.year()),
        number => format!("{number} {month} {}", day.year()),
    }
}

/// By a day: before eight and eleven the article is elided.
pub(super) fn on_the(date: NaiveDate) -> String {
    if matches!(date.day(), 8 | 11) { format!("l'{}", day(date)) } else { format!("il {}", day(date)) }
}

/// Why there is no result, after a colon.
pub(super) fn since(why: Why) -> String {
    let because = match why {
        Why::Missing => return "il termine è passato e non è stato inserito alcun valore".to_owned(),
        Why::NotDue => return "il termine non è ancora passato".to_owned(),
        Why::NotApplicable => return "in questo periodo non si applica".to_owned(),
        Why::Sterilised => {
            return "è stata riconosciuta una causa esterna e il peso passa agli altri".to_owned();
        }
        Why::NothingCounts => return "nulla di ciò che lo compone conta".to_owned(),
        Why::NotEvaluable { because } => because,
    };
    let because = match because {
        Unjudged::ZeroDenominator => "il denominatore è zero",
        Unjudged::NoTarget => "il piano non dice un valore atteso con cui confrontarsi",
        Unjudged::NoBaseline => "manca il valore di partenza",
        Unjudged::BaselineIsTarget => "il valore di partenza è già quello atteso",
        Unjudged::BaselineIsZero => "il valore di partenza è zero e la variazione non si calcola",
        Unjudged::NeedsJudgement => "quanto atteso è detto a parole e serve un giudizio",
        Unjudged::OtherKind => "il valore inserito è di altro tipo rispetto a quello atteso",
        Unjudged::NoTerm => "il termine non ha una data",
        Unjudged::TooLarge => "le cifre sono troppo grandi per il calcolo",
        Unjudged::Declared => "così è stato dichiarato, con il suo motivo",
    };
    format!("non è valutabile, perché {because}")
}

impl Why {
    /// Why there is no result, in the words of a sentence.
    #[must_use]
    pub fn in_words(self) -> String {
        since(self)
    }
}
