//! What the evaluation body decides: of four objectives something else than what was computed, of all others what was.

use serde_json::{Value, json};
use traguardo_domain::role::Role;

use super::plot::{Case, Plot};
use super::script::{Year, listed, text};
use crate::failure::Failure;

/// Something the body decides on its own, after it heard the head of the structure.
struct Decision {
    case: Case,
    /// What the head asks for, and why.
    asked: Value,
    /// What the body decides.
    judgement: Value,
    /// What that is, in a line.
    said: &'static str,
}

/// What is asked and what is decided of the four objectives of a plot.
fn decisions(plot: &Plot) -> [Decision; 4] {
    let repealed = "La norma che lo chiedeva è stata abrogata a settembre.";
    let standstill = "La piattaforma nazionale è rimasta ferma due mesi.";
    let wholly = json!({"type": "redistributed"});
    let half = json!({"type": "exogenous", "percent": "50"});
    let sterilised = |effect: &Value, code: &str, cause: &str| json!({"type": "sterilised", "effect": effect, "code": code, "cause": cause});
    let proposed = |effect: &Value, code: &str, words: &str| json!({"words": words, "proposal": {"type": "sterilised", "effect": effect, "code": code}});
    [
        Decision {
            case: plot.redistributed,
            asked: proposed(&wholly, "law_changed", repealed),
            judgement: sterilised(&wholly, "law_changed", repealed),
            said: "sterilizzato, il peso va agli altri",
        },
        Decision {
            case: plot.exogenous,
            asked: proposed(&wholly, "other_body", standstill),
            judgement: sterilised(&half, "other_body", standstill),
            said: "sterilizzato in parte, causa esogena al 50%",
        },
        Decision {
            case: plot.overridden,
            asked: json!({
                "words": "La relazione agli atti mostra di più.", "proposal": {"type": "override", "percent": "90"}
            }),
            judgement: json!({
                "type": "override", "percent": "85", "reason": "La documentazione mostra un avanzamento maggiore."
            }),
            said: "un altro risultato: 85 (chiesto: 90)",
        },
        Decision {
            case: plot.not_evaluable,
            asked: json!({
                "words": "Il dato non è mai stato rilevato: mancava lo strumento.", "proposal": {"type": "not_evaluable"}
            }),
            judgement: json!({"type": "not_evaluable", "reason": "Nessuna rilevazione nell'anno."}),
            said: "non valutabile",
        },
    ]
}

impl Year<'_> {
    /// Four objectives are opened, answered and decided one by one; the others are certified together.
    pub(super) fn judge(&mut self) -> Result<(), Failure> {
        if self.has("certify") {
            self.cast.stands("Nucleo: giudica gli obiettivi");
            return Ok(());
        }
        let plot = self.plot(&self.document()?)?;
        for decision in decisions(&plot) {
            self.decide(&decision)?;
        }
        self.certify_others()
    }

    /// The body opens and asks, the head answers and proposes, the body decides.
    fn decide(&mut self, decision: &Decision) -> Result<(), Failure> {
        let step = "Nucleo: decide su un obiettivo, sentito il responsabile";
        let path = self.at(&format!("/evaluations/{}", decision.case.assignment.0));
        let steps = format!("{path}/steps");
        let evaluation = self.cast.read(&path)?.body;
        let state = text(&evaluation, "state").unwrap_or_default();
        if state == "decided" {
            self.cast.stands(step);
            return Ok(());
        }
        if state == "unopened" {
            self.on(13, 20);
            self.cast.post(Role::Nucleo, &steps, &json!({"type": "open"}))?;
        }
        if matches!(state, "unopened" | "open") {
            let question = json!({"type": "ask_evidence", "words": "Da che cosa dipende il risultato?"});
            self.cast.post(Role::Nucleo, &steps, &question)?;
        }
        if state != "answered" {
            self.on(14, 1);
            self.cast.post(Role::Responsabile, &format!("{path}/answers"), &decision.asked)?;
        }
        self.on(14, 15);
        let decided = json!({"type": "decide", "judgement": decision.judgement});
        self.cast.post(Role::Nucleo, &steps, &decided)?;
        self.cast.made(step, decision.said);
        Ok(())
    }

    /// What was computed of all the others stands.
    fn certify_others(&mut self) -> Result<(), Failure> {
        let step = "Nucleo: certifica tutti gli altri";
        let unopened = self.cast.read(&self.at("/evaluations?state=unopened&limit=1"))?.body;
        if listed(&unopened, "items").next().is_none() {
            self.cast.stands(step);
            return Ok(());
        }
        self.on(14, 20);
        let path = self.at("/certifications");
        let outcomes = self.cast.post(Role::Nucleo, &path, &json!({"all_open": true}))?.body;
        let certified = outcomes.get("certified").and_then(Value::as_i64).unwrap_or_default();
        self.cast.made(step, &format!("{certified} risultati"));
        Ok(())
    }
}
