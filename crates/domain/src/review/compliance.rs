//! What the law asks of a plan as a whole.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Context;
use super::code::{FindingCode, Severity};
use super::finding::Remark;
use super::outline::{Outline, Structure, Task, indicators};
use super::themes::{Theme, is_about, texts};
use super::training;
use super::weights::{percent, sum};
use super::words::{folded, italian};
use crate::law::{self, ParameterName};
use crate::objective::{Objective, ProgrammeLink};
use crate::unit::UnitId;

/// Subjects a plan has at least one objective on.
const SUBJECTS: [(Theme, FindingCode, &str); 3] = [
    (Theme::Transparency, FindingCode::TransparencyAndAnticorruption, "sulla trasparenza"),
    (Theme::Anticorruption, FindingCode::TransparencyAndAnticorruption, "di prevenzione della corruzione"),
    (Theme::Accessibility, FindingCode::Accessibility, "sull'accessibilità per le persone con disabilità"),
];

/// Finds what a plan lacks by law: `C01` to `C05`, `C07` and `C08`.
pub(super) fn review(outline: &Outline<'_>, context: Context, remarks: &mut Vec<Remark>) {
    let year = outline.year;
    let asks = |code: FindingCode| code.basis(year).is_some();
    if asks(FindingCode::ApprovedInTime) {
        remarks.extend(approved_late(year, context));
    }
    if outline.document.objectives.is_empty() {
        return;
    }
    if let Some(share) = law::number_of(ParameterName::PaymentsObjectiveWeight, year) {
        payments(outline, share.number(), remarks);
    }
    if let Some(hours) = law::number_of(ParameterName::TrainingHours, year) {
        training::review(outline, hours.number(), remarks);
    }
    for (theme, code, subject) in SUBJECTS {
        if asks(code) && !outline.objectives().any(|(_, objective)| is_about(objective, theme)) {
            let message = format!("Il piano non ha alcun obiettivo {subject}.");
            let action = "Aggiungere l'obiettivo o indicare quale lo contiene.";
            remarks.push(Remark::new(code, "", message).proposing(action));
        }
    }
    if asks(FindingCode::LinkedToProgramme) {
        remarks.extend(without_programme(outline));
    }
    if asks(FindingCode::BaselineAvailable) {
        remarks.extend(without_baseline(outline));
    }
}

fn approved_late(year: i32, context: Context) -> Option<Remark> {
    let (approved, last) = (context.approved_on?, law::plan_deadline(year, context.budget_deadline)?);
    if approved <= last {
        return None;
    }
    let late = approved.signed_duration_since(last).num_days();
    let (approved, last) = (approved.format("%d/%m/%Y").to_string(), last.format("%d/%m/%Y"));
    let message =
        format!("Il piano è stato approvato il {approved}, {late} giorni dopo il termine del {last}.");
    let remark = Remark::new(FindingCode::ApprovedInTime, "", message).quoting(Some(&approved));
    Some(remark.proposing("Comunicare le ragioni del ritardo al Dipartimento della funzione pubblica."))
}

/// Every head of a structure with objectives has one on payment times, or is under a structure that has one.
fn payments(outline: &Outline<'_>, share: Decimal, remarks: &mut Vec<Remark>) {
    let about: BTreeSet<usize> = outline
        .objectives()
        .filter(|(_, objective)| is_about(objective, Theme::PaymentTimes))
        .map(|(at, _)| at)
        .collect();
    let covered: BTreeSet<UnitId> = outline
        .tasks()
        .filter(|task| about.contains(&task.at))
        .map(|task| task.assignment.facts.unit)
        .collect();
    for structure in &outline.structures {
        let found: Vec<&Task<'_>> = structure.tasks.iter().filter(|task| about.contains(&task.at)).collect();
        if !found.is_empty() {
            remarks.extend(too_light(structure, &found, share));
        } else if !is_under(outline, structure.unit, &covered) {
            let message = format!("«{}» non ha un obiettivo sui tempi di pagamento.", structure.name);
            let remark = Remark::new(FindingCode::PaymentTimes, structure.pointer.as_str(), message);
            remarks.push(
                remark.proposing(format!("Assegnare l'obiettivo, con peso almeno {}%.", italian(share))),
            );
        }
    }
}

/// Whether one of the structures above a unit is among these; climbs no further than there are units.
fn is_under(outline: &Outline<'_>, unit: UnitId, among: &BTreeSet<UnitId>) -> bool {
    let units = &outline.document.units;
    let up = |unit: &UnitId| units.iter().find(|known| known.id == *unit)?.facts.parent;
    std::iter::successors(up(&unit), up).take(units.len()).any(|unit| among.contains(&unit))
}

fn too_light(structure: &Structure<'_>, found: &[&Task<'_>], share: Decimal) -> Option<Remark> {
    let least = italian(share);
    if found.iter().any(|task| has_separate_share(task.objective, &least)) {
        return None;
    }
    let weight = sum(found.iter().filter_map(|task| percent(task.assignment.facts.weight.as_ref())));
    let name = structure.name;
    let (message, words, severity) = match weight {
        Some(weight) if weight >= share => return None,
        Some(weight) => {
            let weight = format!("{}%", italian(weight));
            let message = format!(
                "In «{name}» i tempi di pagamento pesano {weight}, meno del {least}% della retribuzione di risultato."
            );
            (message, Some(weight), Severity::Warning)
        }
        None => {
            let message = format!(
                "In «{name}» l'obiettivo sui tempi di pagamento non ha un peso in percentuale da confrontare con il {least}%."
            );
            (message, None, Severity::Notice)
        }
    };
    let pointer = found.first().map(|task| task.pointer()).unwrap_or_default();
    let remark = Remark::new(FindingCode::PaymentTimes, pointer, message).graded(severity);
    let action = format!(
        "Portare il peso almeno al {least}% o prevedere una quota separata della retribuzione di risultato."
    );
    Some(remark.quoting(words.as_deref()).proposing(action))
}

/// Whether an objective sets the share aside in words, outside the weights: a cut of the pay.
fn has_separate_share(objective: &Objective, share: &str) -> bool {
    let spellings = ["%", " %", " per cento"].map(|unit| format!("{share}{unit}"));
    let notes = objective.facts.notes.as_ref().map(super::super::text::Text::as_str);
    let description = objective.facts.description.as_ref().map(super::super::text::Text::as_str);
    texts(objective).chain(notes).chain(description).any(|text| {
        let spelled = spellings.iter().any(|spelling| text.contains(spelling.as_str()));
        let pay = ["retribuzion", "decurta", "indennita"];
        spelled && folded(text).split_whitespace().any(|word| pay.iter().any(|pay| word.starts_with(pay)))
    })
}

/// One summary for the plan: how many objectives name no programme and no objective of the DUP.
fn without_programme(outline: &Outline<'_>) -> Option<Remark> {
    let is_linked = |link: &ProgrammeLink| link.code.is_some() || link.label.is_some();
    let bare = |objective: &Objective| {
        let facts = &objective.facts;
        facts.dup_objective.is_none() && !facts.programmes.iter().any(is_linked)
    };
    let all = outline.document.objectives.len();
    let count = outline.objectives().filter(|(_, objective)| bare(objective)).count();
    let message =
        format!("{count} obiettivi su {all} non sono collegati a un programma del bilancio o del DUP.");
    let remark = Remark::new(FindingCode::LinkedToProgramme, "", message).quoting(Some(&count.to_string()));
    (count > 0).then(|| remark.proposing("Indicare missione e programma di ciascun obiettivo."))
}

/// One summary for the plan: how many indicators have no figure of a year before.
fn without_baseline(outline: &Outline<'_>) -> Option<Remark> {
    let known = outline.objectives().flat_map(|(at, objective)| {
        indicators(at, objective).map(|(_, indicator)| {
            indicator.facts.baseline.as_ref().is_some_and(|baseline| baseline.figure.is_some())
        })
    });
    let known: Vec<bool> = known.collect();
    let (all, count) = (known.len(), known.iter().filter(|known| !**known).count());
    let message = format!(
        "{count} indicatori su {all} non hanno il valore degli anni precedenti con cui confrontarsi."
    );
    let remark = Remark::new(FindingCode::BaselineAvailable, "", message).quoting(Some(&count.to_string()));
    (count > 0).then(|| remark.proposing("Indicare, dove c'è, il valore degli ultimi anni."))
}
