//! Scores as a flat list: the comune, its structures, the assignments.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use traguardo_domain::rulebook::Rulebook;
use traguardo_domain::score::{Assigned, How, Overview, Part, Percent, Scored};
use traguardo_domain::unit::{Unit, UnitId};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Scoring;
use super::wire::{BandResponse, OutcomeResponse, PercentResponse, RoundingResponse, RulebookUsed};

/// Le somme di una media: esatte, prima e dopo la divisione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreSums, example = json!({
    "weight": "100", "counted": "70", "sum": "6700", "raw": {"percent": "67", "shown": "67.00"},
    "normalised": {"percent": "95.714285714286", "shown": "95.71"}
}))]
pub(crate) struct SumsResponse {
    /// Il peso di tutte le parti.
    #[schema(max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    weight: String,
    /// Il peso di quelle che contano.
    #[schema(max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    counted: String,
    /// La somma di peso per risultato.
    #[schema(max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    sum: String,
    /// La somma divisa per cento, come se i pesi facessero cento.
    raw: PercentResponse,
    /// La somma divisa per il peso che conta; assente se nulla conta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    normalised: Option<PercentResponse>,
}

/// Il risultato del comune.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComuneScore, example = json!({"outcome": {"type": "reached", "percent": "80", "shown": "80.00"}}))]
pub(crate) struct ComuneScore {
    /// Il risultato.
    outcome: OutcomeResponse,
    /// La fascia in cui cade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    band: Option<BandResponse>,
    /// Le somme da cui viene.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sums: Option<SumsResponse>,
}

/// Il risultato di una struttura, di tutto ciò che è assegnato a lei o a una che ne fa parte.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnitScore, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000001", "code": "AREA-1", "name": "Area amministrativa", "weight": "1",
    "outcome": {"type": "reached", "percent": "80", "shown": "80.00"}
}))]
pub(crate) struct UnitScore {
    /// La struttura.
    id: Uuid,
    /// Quella di cui fa parte.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    parent: Option<Uuid>,
    /// Il suo codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: String,
    /// Il suo nome.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Quanto pesa nel comune; assente per quelle che fanno parte di un'altra.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    weight: Option<String>,
    /// Il risultato.
    outcome: OutcomeResponse,
    /// La fascia in cui cade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    band: Option<BandResponse>,
    /// Le somme da cui viene.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sums: Option<SumsResponse>,
    /// Quando i pesi degli obiettivi non fanno cento: a quanto sommano.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.+$")]
    warning: Option<String>,
}

/// Il risultato di un obiettivo in una struttura.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AssignmentScore, example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000005", "objective": "0193a5c0-0000-7000-8000-000000000004",
    "unit": "0193a5c0-0000-7000-8000-000000000001", "title": "Rispettare i tempi di pagamento", "weight": "30",
    "outcome": {"type": "reached", "percent": "80", "shown": "80.00"}, "counts": {"percent": "80", "shown": "80.00"}
}))]
pub(crate) struct AssignmentScore {
    /// L'assegnazione.
    id: Uuid,
    /// L'obiettivo.
    objective: Uuid,
    /// La struttura.
    unit: Uuid,
    /// Il codice dell'obiettivo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^.*\\S.*$")]
    code: Option<String>,
    /// Il titolo dell'obiettivo.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    title: String,
    /// Quanto pesa nella sua struttura, con le classi tradotte in coefficienti; assente se è senza peso accanto ad altri che ne hanno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 60, pattern = "^[0-9]{1,30}([.][0-9]{1,28})?$")]
    weight: Option<String>,
    /// Il risultato, dopo il giudizio.
    outcome: OutcomeResponse,
    /// Quello calcolato, quando c'è un giudizio.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    computed: Option<OutcomeResponse>,
    /// La fascia in cui cade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    band: Option<BandResponse>,
    /// Quanto conta nella struttura, secondo la fascia; assente se non conta.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    counts: Option<PercentResponse>,
}

/// I risultati di un piano, com'erano noti in un giorno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scores, example = json!({
    "at": "2025-12-31", "plan": "0193a5c0-0000-7000-8000-000000000002", "plan_version": 1,
    "rulebook": {"shipped": "three_levels", "title": "Tre livelli"},
    "rounding": {"computed_places": 12, "shown_places": 2, "mode": "half_up", "bands_on": "computed"},
    "comune": {"outcome": {"type": "reached", "percent": "80", "shown": "80.00"}}, "units": [], "assignments": []
}))]
pub(crate) struct ScoresResponse {
    /// Il giorno: conta ciò che si sapeva alla sua fine.
    at: NaiveDate,
    /// Il piano.
    plan: Uuid,
    /// La versione approvata; assente per la bozza.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    plan_version: Option<i32>,
    /// Il sistema di valutazione.
    rulebook: RulebookUsed,
    /// Come si arrotonda.
    rounding: RoundingResponse,
    /// Il comune.
    comune: ComuneScore,
    /// Le strutture.
    #[schema(min_items = 0, max_items = 5_000)]
    units: Vec<UnitScore>,
    /// Gli obiettivi, in ciascuna struttura a cui sono assegnati, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 100_000)]
    assignments: Vec<AssignmentScore>,
}

/// A decimal as it travels.
pub(crate) fn decimal(number: Decimal) -> String {
    number.normalize().to_string()
}

impl SumsResponse {
    fn of(scored: &Scored) -> Option<Self> {
        let How::Mean { weight, counted, sum, .. } = &scored.how else { return None };
        let raw = sum.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
        Some(Self {
            weight: decimal(*weight),
            counted: decimal(*counted),
            sum: decimal(*sum),
            raw: Percent::of(raw).into(),
            normalised: sum.checked_div(*counted).map(|mean| Percent::of(mean).into()),
        })
    }
}

fn parts(scored: &Scored) -> &[Part] {
    match &scored.how {
        How::Mean { parts, .. } => parts,
        How::Measured { .. } | How::Nothing { .. } => &[],
    }
}

/// What parts weigh, by their ids.
fn weights(scored: &Scored) -> HashMap<Uuid, Decimal> {
    parts(scored).iter().filter_map(|part| Some((part.scored.node.id?, part.weight?))).collect()
}

impl ScoresResponse {
    /// The scores of a plan, of some structures or of all.
    pub(super) fn of(scoring: &Scoring, all: &Overview<'_>, units: Option<&HashSet<UnitId>>) -> Self {
        let rulebook = scoring.inputs.by.rulebook();
        let asked = |unit: UnitId| units.is_none_or(|units| units.contains(&unit));
        let (of_comune, unclosed) = (weights(&all.comune), all.unclosed());
        let mut own: HashMap<UnitId, HashMap<Uuid, Decimal>> = HashMap::new();
        let mut listed = Vec::new();
        for (unit, scored) in all.units.iter().filter(|(unit, _)| asked(unit.id)) {
            own.insert(unit.id, weights(scored));
            let weight = of_comune.get(&unit.id.0).copied();
            listed.push(UnitScore::of(unit, scored, weight, unclosed.get(&unit.id).copied(), rulebook));
        }
        let of_unit = all.assignments.iter().filter(|one| asked(one.assignment.facts.unit));
        let weight =
            |one: &Assigned<'_>| own.get(&one.assignment.facts.unit)?.get(&one.assignment.id.0).copied();
        Self {
            at: scoring.at,
            plan: scoring.inputs.plan.id.0,
            plan_version: scoring.plan_version(),
            rulebook: RulebookUsed::of(&scoring.inputs),
            rounding: RoundingResponse::of(rulebook),
            comune: ComuneScore {
                outcome: all.comune.outcome.into(),
                band: BandResponse::of(all.comune.band.as_ref(), rulebook),
                sums: SumsResponse::of(&all.comune),
            },
            units: listed,
            assignments: of_unit.map(|one| AssignmentScore::of(one, weight(one), rulebook)).collect(),
        }
    }
}

impl UnitScore {
    fn of(
        unit: &Unit,
        scored: &Scored,
        weight: Option<Decimal>,
        unclosed: Option<Decimal>,
        rulebook: &Rulebook,
    ) -> Self {
        let warning = unclosed.map(|sum| {
            let sum = decimal(sum).replace('.', ",");
            format!("I pesi degli obiettivi sommano a {sum} e non a 100: il risultato è diviso per il peso che conta.")
        });
        Self {
            id: unit.id.0,
            parent: unit.facts.parent.map(|parent| parent.0),
            code: unit.facts.code.as_str().to_owned(),
            name: unit.facts.name.as_str().to_owned(),
            weight: weight.map(decimal),
            outcome: scored.outcome.into(),
            band: BandResponse::of(scored.band.as_ref(), rulebook),
            sums: SumsResponse::of(scored),
            warning,
        }
    }
}

impl AssignmentScore {
    fn of(one: &Assigned<'_>, weight: Option<Decimal>, rulebook: &Rulebook) -> Self {
        let facts = &one.objective.facts;
        Self {
            id: one.assignment.id.0,
            objective: one.objective.id.0,
            unit: one.assignment.facts.unit.0,
            code: facts.code.as_ref().map(|code| code.as_str().to_owned()),
            title: facts.title.as_str().to_owned(),
            weight: weight.map(decimal),
            outcome: one.scored.outcome.into(),
            computed: one.scored.judged.as_ref().map(|judged| judged.computed.into()),
            band: BandResponse::of(one.scored.band.as_ref(), rulebook),
            counts: one.counts.filter(|_| weight.is_some()).map(PercentResponse::from),
        }
    }
}
