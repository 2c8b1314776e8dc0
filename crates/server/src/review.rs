//! `traguardo review FILE`: the review of a plan's document, with no server and no database, for a build to stop on.

use std::io::Read as _;
use std::path::Path;

use serde_json::json;
use traguardo_documents::Reader;
use traguardo_documents::plan::{Before, PlanBody};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::review::{Context, Finding, Severity, review};
use traguardo_domain::{Fault, Faults, Violation, Vocabulary as _};

use crate::commands::{new_id, say};
use crate::failure::Failure;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `review` reviews.
#[derive(Debug, Clone, Args)]
pub struct ReviewOptions {
    /// The document, as `GET ../plans/{plan}/document` gives it.
    pub file: PathBuf,
    /// In which form to tell what is found.
    #[arg(long, default_value = "table")]
    pub format: ReviewFormat,
    /// Fail on warnings as well.
    #[arg(long)]
    pub strict: bool,
    /// The day the Giunta approved the plan, when it has.
    #[arg(long)]
    pub approved_on: Option<NaiveDate>,
    /// The day by which the law lets the budget be approved, when it was put off.
    #[arg(long)]
    pub budget_deadline: Option<NaiveDate>,
}

/// The forms findings are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// A line each, for people.
    Table,
    /// One JSON object, for programs.
    Json,
}

/// The largest document read: what the API takes, and no more.
const MOST_BYTES: u64 = 8 * 1_048_576;

/// Reviews a document and tells what it finds.
///
/// # Errors
/// When it is no plan, or something is found that is as grave as asked.
pub fn run(options: &ReviewOptions) -> Result<(), Failure> {
    let document = read(&options.file)?;
    let context = Context { approved_on: options.approved_on, budget_deadline: options.budget_deadline };
    let findings = review(&document, &context);
    match options.format {
        ReviewFormat::Table => say(&table(&findings))?,
        ReviewFormat::Json => say(&in_json(&findings)?)?,
    }
    let grave = |finding: &&Finding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => options.strict,
        Severity::Notice => false,
    };
    match findings.iter().filter(grave).count() {
        0 => Ok(()),
        count => Err(Failure::Found(format!("{count} findings to mend in {}", options.file.display()))),
    }
}

fn read(file: &Path) -> Result<PlanDocument, Failure> {
    let failed = || Failure::io(format!("cannot read {}", file.display()));
    let mut text = Vec::new();
    let opened = std::fs::File::open(file).map_err(failed())?;
    opened.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut text).map_err(failed())?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(Failure::Refused(format!("{}: more than {MOST_BYTES} bytes", file.display())));
    }
    let body: PlanBody = serde_json::from_slice(&text)
        .map_err(|error| Failure::Refused(format!("{}: {error}", file.display())))?;
    let mut faults = Faults::new();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut || new_id());
    let document = faults.finish(document).map_err(|faults| refused(file, &faults))?;
    match document.check() {
        Ok(()) => Ok(document),
        Err(Violation::Invalid(faults)) => Err(refused(file, &faults)),
        Err(violation) => Err(Failure::Refused(violation.to_string())),
    }
}

fn refused(file: &Path, faults: &[Fault]) -> Failure {
    let lines: Vec<String> =
        faults.iter().map(|fault| format!("  {}  {}", fault.pointer, fault.detail)).collect();
    Failure::Refused(format!("{} is not a plan's document:\n{}", file.display(), lines.join("\n")))
}

/// A line a finding, and a last line that counts them.
fn table(findings: &[Finding]) -> String {
    let mut lines: Vec<String> = findings.iter().map(line).collect();
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    lines.push(format!("{errors} errors, {warnings} warnings, {} notices", count(Severity::Notice)));
    lines.join("\n")
}

fn line(finding: &Finding) -> String {
    let suggestion = finding.suggestion.as_ref();
    let suggestion = suggestion.map(|one| format!(" → {}", one.text)).unwrap_or_default();
    let law = finding.law.map(|law| format!(" [{law}]")).unwrap_or_default();
    let (code, severity) = (finding.code.word(), finding.severity.word());
    format!("{code} {severity:<7} {}  {}{suggestion}{law}", finding.place.pointer, finding.message)
}

fn in_json(findings: &[Finding]) -> Result<String, Failure> {
    let whole = json!({ "findings": findings });
    serde_json::to_string_pretty(&whole).map_err(|error| Failure::Refused(error.to_string()))
}
