//! Rulebooks as they are written: the published form, from which programs build their own, and what it is read into.

use std::collections::BTreeMap;

use serde::Deserialize;
use traguardo_domain::review::FindingCode;
use traguardo_domain::rulebook::{
    AboveRange, Absence, BandOn, ComponentKind, ObjectiveMix, PartsRule, RollUp, ScaleRule,
};
use utoipa::ToSchema;
use validator::Validate;

use crate::word::{FormulaWord, Word};

mod read;
mod schema;

/// What happens above the upper end of a range.
type AboveRangeWord = Word<AboveRange>;
/// What is done with a result there is none of.
type AbsenceWord = Word<Absence>;
/// Which result bands look at.
type BandOnWord = Word<BandOn>;
/// What a component judges.
type ComponentKindWord = Word<ComponentKind>;
/// A code of a finding.
type FindingCodeWord = Word<FindingCode>;
/// What the result of an objective is made of.
type ObjectiveMixWord = Word<ObjectiveMix>;
/// How several parts make one result.
type PartsRuleWord = Word<PartsRule>;
/// How structures are weighed.
type RollUpWord = Word<RollUp>;
/// How points of a scale count.
type ScaleRuleWord = Word<ScaleRule>;

/// Fino a tanti giorni di ritardo, tanto.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LateStep, example = json!({"days": 15, "percent": "80"}))]
pub struct LateStepBody {
    /// I giorni di ritardo, al massimo.
    #[schema(minimum = 0, maximum = 3_660, example = 15)]
    days: i32,
    /// La percentuale che resta, da 0 a 100.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "80")]
    percent: String,
}

/// Come si calcola un singolo risultato.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RulebookFormulas, example = json!({
    "cap": "100", "late": [{"days": 15, "percent": "80"}, {"days": 30, "percent": "60"}, {"days": 60, "percent": "30"}],
    "above_range": "zero", "least_point": "1", "scale": "of_target", "parts": "mean"
}))]
pub struct FormulasBody {
    /// Oltre quale percentuale nulla conta di più: 100, o fino a 120 se il superamento del valore atteso è premiato.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "100")]
    cap: String,
    /// I gradini del ritardo, dal più breve; oltre l'ultimo non resta nulla. I giorni crescono, le percentuali non crescono.
    #[schema(min_items = 0, max_items = 50)]
    late: Vec<LateStepBody>,
    /// Di quanto può superare il valore atteso ciò che dovrebbe restare sotto, prima che non resti nulla; senza, si conta in proporzione.
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "10")]
    low_tolerance: Option<String>,
    /// Oltre l'estremo superiore di un intervallo.
    above_range: AboveRangeWord,
    /// Il punteggio minimo delle scale.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "1")]
    least_point: String,
    /// Come contano i punteggi delle scale.
    scale: ScaleRuleWord,
    /// Come più parti fanno un risultato.
    parts: PartsRuleWord,
    /// Le formule che si calcolano come un'altra: a sinistra quella del piano, a destra quella che ne prende il posto.
    #[serde(default)]
    #[schema(schema_with = schema::instead, required = false)]
    instead: BTreeMap<FormulaWord, FormulaWord>,
}

/// Che cosa si fa dei risultati che non ci sono: quattro casi diversi, e nessuno è lo zero.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RulebookAbsences, example = json!({"missing": "zero", "not_due": "excluded", "not_applicable": "excluded", "not_evaluable": "excluded"}))]
pub struct AbsencesBody {
    /// Era dovuto, e nessuno lo ha inserito.
    missing: AbsenceWord,
    /// Non è ancora dovuto.
    not_due: AbsenceWord,
    /// Non si applica.
    not_applicable: AbsenceWord,
    /// Non è valutabile.
    not_evaluable: AbsenceWord,
}

/// Come le parti fanno un intero: fasi e indicatori, obiettivi, strutture.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RulebookRollUps, example = json!({"objective": "phases_first", "phases_share": "50", "comune": "equal"}))]
pub struct RollUpsBody {
    /// Da che cosa viene il risultato di un obiettivo.
    objective: ObjectiveMixWord,
    /// La parte delle fasi, dove contano sia le fasi sia gli indicatori; da 0 a 100.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "50")]
    phases_share: String,
    /// Come si pesano le strutture nel comune.
    comune: RollUpWord,
    /// I pesi stabiliti, per codice di struttura; con `set` almeno uno è maggiore di zero.
    #[serde(default)]
    #[schema(schema_with = schema::weights, required = false)]
    set: BTreeMap<String, String>,
    /// I coefficienti delle classi di peso, dove non sono quelli della scala del piano; maggiori di zero.
    #[serde(default)]
    #[schema(schema_with = schema::coefficients, required = false)]
    classes: BTreeMap<String, String>,
}

/// Che cosa conta un risultato che cade in una fascia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "proportional")]
pub enum EffectKind {
    /// Quanto è.
    Proportional,
    /// Una percentuale fissa.
    Fixed,
}

/// L'effetto di una fascia.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BandEffect, example = json!({"type": "fixed", "percent": "50"}))]
pub struct EffectBody {
    /// Proporzionale o fisso.
    #[serde(rename = "type")]
    kind: EffectKind,
    /// La percentuale fissa, da 0 a 200; solo se l'effetto è fisso.
    #[schema(nullable = false, max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "50")]
    percent: Option<String>,
}

/// Una fascia: comincia dove dice e finisce dove comincia la seguente, esclusa.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Band, example = json!({"code": "raggiunto", "label": "Raggiunto", "from": "90", "effect": {"type": "proportional"}}))]
pub struct BandBody {
    /// Codice, unico fra le fasce.
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "raggiunto"
    )]
    code: String,
    /// Come si chiama.
    #[schema(min_length = 1, max_length = 100, pattern = "^.*\\S.*$", example = "Raggiunto")]
    label: String,
    /// Il risultato minimo che vi cade, compreso; 0 per la prima, crescente per le altre.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "90")]
    from: String,
    /// Che cosa conta un risultato che vi cade.
    effect: EffectBody,
}

/// Una componente della valutazione individuale.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IndividualShare, example = json!({"kind": "unit", "weight": "40"}))]
pub struct ShareBody {
    /// Che cosa valuta; ogni tipo una volta sola, tranne `other`.
    kind: ComponentKindWord,
    /// Come si chiama; obbligatorio per `other`.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// Quanti centesimi del totale vale, più di zero.
    #[schema(max_length = 23, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "40")]
    weight: String,
}

/// Di che cosa è fatta la valutazione individuale di una categoria.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IndividualMix, example = json!({"components": [{"kind": "unit", "weight": "60"}, {"kind": "behaviours", "weight": "40"}]}))]
pub struct MixBody {
    /// Le componenti: insieme fanno 100.
    #[schema(min_items = 1, max_items = 20)]
    components: Vec<ShareBody>,
    /// Le fasce del premio: quale quota apre un totale; effetti fissi da 0 a 100.
    #[schema(nullable = false, min_items = 1, max_items = 20)]
    bands: Option<Vec<BandBody>>,
}

/// La valutazione individuale, per categoria.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RulebookIndividual, example = json!({"segretario": {"components": [
    {"kind": "entity", "weight": "30"}, {"kind": "individual_objectives", "weight": "45"}, {"kind": "behaviours", "weight": "25"}
]}}))]
pub struct IndividualBody {
    /// Dirigenti e titolari di EQ: la struttura deve pesare più di ogni altra componente, e se non lo fa è osservato.
    #[schema(nullable = false)]
    manager: Option<MixBody>,
    /// Il segretario.
    #[schema(nullable = false)]
    segretario: Option<MixBody>,
    /// Il personale.
    #[schema(nullable = false)]
    staff: Option<MixBody>,
}

/// Un sistema di misurazione e valutazione (SMVP): come il comune misura e valuta in un anno. I decimali sono testi.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Rulebook, example = json!({
    "title": "Sistema di misurazione e valutazione 2025",
    "formulas": {"cap": "100", "late": [{"days": 15, "percent": "80"}], "above_range": "zero", "least_point": "1", "scale": "of_target", "parts": "mean"},
    "absences": {"missing": "zero", "not_due": "excluded", "not_applicable": "excluded", "not_evaluable": "excluded"},
    "roll_ups": {"objective": "phases_first", "phases_share": "50", "comune": "equal"},
    "bands": [
        {"code": "non-raggiunto", "label": "Non raggiunto", "from": "0", "effect": {"type": "proportional"}},
        {"code": "raggiunto", "label": "Raggiunto", "from": "90", "effect": {"type": "proportional"}}
    ],
    "band_on": "computed", "variations_until": 10, "blocking": ["E01"]
}))]
pub struct RulebookBody {
    /// Come si chiama.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Come si calcola un singolo risultato.
    formulas: FormulasBody,
    /// Che cosa si fa dei risultati che non ci sono.
    absences: AbsencesBody,
    /// Come le parti fanno un intero.
    roll_ups: RollUpsBody,
    /// I gradi di raggiungimento, dal più basso: senza vuoti e senza sovrapposizioni.
    #[schema(min_items = 1, max_items = 20)]
    bands: Vec<BandBody>,
    /// Quale risultato guardano le fasce.
    band_on: BandOnWord,
    /// Di che cosa sono fatte le valutazioni individuali.
    #[schema(nullable = false)]
    individual: Option<IndividualBody>,
    /// L'ultimo mese in cui il piano si può variare; senza, non c'è termine.
    #[schema(nullable = false, minimum = 1, maximum = 12, example = 10)]
    variations_until: Option<i32>,
    /// I rilievi con cui un piano non si approva.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    blocking: Option<Vec<FindingCodeWord>>,
}
