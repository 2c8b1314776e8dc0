//! What is expected in words, where the plan has a figure and no words of its own.

use super::wording::{exact, on_the};
use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::measure::{Comparison, Measure};
use crate::said::{Said, Words};
use crate::target::Target;

/// The words of a target: the plan's own, else what its figures say.
pub(in crate::score) fn expected_words(target: &Said<Target>) -> Option<Words> {
    target.words.clone().or_else(|| Words::parse(&said(&target.value)?).ok())
}

fn said(target: &Target) -> Option<String> {
    Some(match target {
        Target::Bound { comparison, figure, out_of, measure } => {
            let of = out_of.map_or_else(String::new, |of| format!(" su {}", exact(of.number())));
            format!("{} {}{of}{}", compared(*comparison), exact(figure.number()), unit(*measure, *figure))
        }
        Target::Range { low, high, measure, .. } => {
            format!("fra {} e {}{}", exact(low.number()), exact(high.number()), unit(*measure, *high))
        }
        Target::Fraction { comparison, numerator, denominator } => {
            let (numerator, denominator) = (exact(numerator.number()), exact(denominator.number()));
            format!("{} {numerator} su {denominator}", compared(*comparison))
        }
        Target::Change { comparison, figure, .. } => {
            format!("variazione di {} {} per cento", compared(*comparison), exact(figure.number()))
        }
        Target::Done => "fatto".to_owned(),
        Target::By { deadline: Deadline::Date { day } } => format!("entro {}", on_the(*day)),
        Target::By {
            deadline:
                Deadline::Month { .. }
                | Deadline::Span { .. }
                | Deadline::LegalTerm
                | Deadline::Event { .. }
                | Deadline::Relative { .. }
                | Deadline::Recurring { .. }
                | Deadline::Continuous
                | Deadline::Impossible { .. }
                | Deadline::Parts { .. }
                | Deadline::Text,
        }
        | Target::Text => return None,
        Target::Parts { parts } => {
            let one = |part: &crate::target::TargetPart| {
                part.words.as_ref().map(|words| words.as_str().to_owned()).or_else(|| said(&part.value))
            };
            let parts: Option<Vec<String>> = parts.iter().map(one).collect();
            parts?.join("; ")
        }
    })
}

const fn compared(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "almeno",
        Comparison::AtMost => "al massimo",
        Comparison::MoreThan => "più di",
        Comparison::LessThan => "meno di",
        Comparison::Exactly => "esattamente",
    }
}

/// The unit after a figure, one or many.
fn unit(measure: Option<Measure>, figure: Figure) -> String {
    let (one, many) = match measure {
        None | Some(Measure::Number) => return String::new(),
        Some(Measure::Percent) => ("per cento", "per cento"),
        Some(Measure::Days) => ("giorno", "giorni"),
        Some(Measure::Months) => ("mese", "mesi"),
        Some(Measure::Years) => ("anno", "anni"),
        Some(Measure::Hours) => ("ora", "ore"),
        Some(Measure::Minutes) => ("minuto", "minuti"),
        Some(Measure::Euro) => ("euro", "euro"),
        Some(Measure::Points) => ("punto", "punti"),
        Some(Measure::KilowattHours) => ("kWh", "kWh"),
        Some(Measure::CubicMetres) => ("metro cubo", "metri cubi"),
        Some(Measure::Litres) => ("litro", "litri"),
        Some(Measure::Metres) => ("metro", "metri"),
        Some(Measure::SquareMetres) => ("metro quadro", "metri quadri"),
        Some(Measure::Kilometres) => ("chilometro", "chilometri"),
        Some(Measure::Kilograms) => ("chilogrammo", "chilogrammi"),
        Some(Measure::Tonnes) => ("tonnellata", "tonnellate"),
    };
    format!(" {}", if figure == Figure::whole(1) { one } else { many })
}
