//! What the years came to, in a table, and where to look further.

use serde_json::Value;

use super::cast::Cast;
use super::script::{listed, text, unknown};
use crate::failure::Failure;

/// What the year of a plan came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The comune's code.
    pub comune: String,
    /// The key of the plan.
    pub plan: String,
    /// How many objectives the report lists.
    pub objectives: usize,
    /// How many values were recorded.
    pub values: usize,
    /// What the comune reached, with two places.
    pub result: String,
    /// The degree of achievement.
    pub band: String,
    /// The structures that reached most and least, with what they reached.
    pub ends: Option<(String, String)>,
    /// An assignment that was sterilised.
    pub sterilised: Option<String>,
}

/// What the year of a plan came to, by its report.
pub(super) fn outcome(cast: &Cast<'_>, key: &str) -> Result<Outcome, Failure> {
    let plan = format!("/plans/ext:{key}");
    let read = cast.read(&format!("{plan}/report"))?.body;
    let report = read.get("report").cloned().unwrap_or_default();
    let of = |name: &str| Some(text(report.get("result")?, name)?.to_owned());
    let mut units: Vec<(rust_decimal::Decimal, String)> = listed(&report, "units").filter_map(unit).collect();
    units.sort();
    let told = |(reached, code): &(rust_decimal::Decimal, String)| {
        format!("{code} {}", italian(&reached.to_string()))
    };
    let ends = units.last().zip(units.first()).map(|(best, worst)| (told(best), told(worst)));
    let mut sterilised = listed(&report, "sterilisations").filter_map(|one| text(one, "assignment"));
    Ok(Outcome {
        comune: cast.comune.to_string(),
        plan: key.to_owned(),
        objectives: listed(&report, "objectives").count(),
        values: values(cast, &plan)?,
        result: of("shown").ok_or_else(|| unknown("a report"))?,
        band: of("band_label").unwrap_or_default(),
        ends,
        sterilised: sterilised.next().map(str::to_owned),
    })
}

/// A structure that reached something, and how much.
fn unit(line: &Value) -> Option<(rust_decimal::Decimal, String)> {
    let shown = text(line.get("result")?, "shown")?;
    Some((shown.parse().ok()?, text(line, "code")?.to_owned()))
}

/// How many values were recorded of a plan, page after page.
fn values(cast: &Cast<'_>, plan: &str) -> Result<usize, Failure> {
    let first = format!("{plan}/measurements?limit=200");
    let (mut count, mut next) = (0_usize, Some(first.clone()));
    while let Some(page) = next {
        let body = cast.read(&page)?.body;
        count = count.saturating_add(listed(&body, "items").count());
        next = text(&body, "next_cursor").map(|cursor| format!("{first}&cursor={cursor}"));
    }
    Ok(count)
}

fn italian(figure: &str) -> String {
    figure.replace('.', ",")
}

/// A line for each year, and three commands to look further.
pub(super) fn table(outcomes: &[Outcome]) -> String {
    let head = ["comune", "piano", "obiettivi", "valori", "risultato", "fascia", "migliore", "ultima"];
    let mut rows = vec![head.map(str::to_owned)];
    for one in outcomes {
        let (best, worst) = one.ends.clone().unwrap_or_default();
        rows.push([
            one.comune.clone(),
            one.plan.clone(),
            one.objectives.to_string(),
            one.values.to_string(),
            italian(&one.result),
            one.band.clone(),
            best,
            worst,
        ]);
    }
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |row: &[String; 8]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.extend(commands(outcomes));
    lines.join("\n")
}

/// Three commands to paste, once the file of the tokens was read.
fn commands(outcomes: &[Outcome]) -> Vec<String> {
    let found = outcomes.iter().find_map(|one| Some((one, one.sterilised.clone()?)));
    let Some((one, sterilised)) = found else { return Vec::new() };
    let Outcome { comune, plan, .. } = one;
    let curl = |path: &str| {
        format!(
            "  curl -s -H \"Authorization: Bearer $TOKEN_{comune}_NUCLEO\" \"$TRAGUARDO_URL/v1/comuni/{comune}/plans/ext:{plan}/{path}\""
        )
    };
    vec![
        String::new(),
        "Perché un obiettivo vale quanto vale, che cosa era da compilare in ottobre, la relazione adottata:"
            .to_owned(),
        curl(&format!("scores/{sterilised}/explanation")),
        curl("worklist?state=open"),
        curl("report"),
    ]
}
