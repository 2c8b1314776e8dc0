//! What the evaluation body decides: of four objectives something else than what was computed, of all others what was.

use serde_json::{Value, json};
use traguardo_domain::role::Role;

use super::plot::Case;
use super::script::{Year, listed, text};
use crate::failure::Failure;

/// Something the body decides on its own, after it heard the head of the structure.
struct Decision {
    case: Case,
    /// What the head asks for.
    asked: &'static str,
    /// What the body decides.
    judgement: Value,
    /// What that is, in a line.
    said: &'static str,
}

impl Year<'_> {
    /// Four objectives are opened, answered and decided one by one; the others are certified together.
    pub(super) fn judge(&mut self) -> Result<(), Failure> {
        if self.has("certify") {
            self.cast.stands("Nucleo: giudica gli obiettivi");
            return Ok(());
        }
        let plot = self.plot(&self.document()?)?;
        let cause = "I fondi regionali sono stati ritirati dopo la gara.";
        let part = "Il cantiere si è fermato due mesi per l'alluvione.";
        let decisions = [
            Decision {
                case: plot.redistributed,
                asked: cause,
                judgement: json!({"type": "sterilised", "effect": {"type": "redistributed"}, "cause": cause}),
                said: "sterilizzato, il peso va agli altri",
            },
            Decision {
                case: plot.exogenous,
                asked: part,
                judgement: json!({
                    "type": "sterilised", "effect": {"type": "exogenous", "percent": "50"}, "cause": part
                }),
                said: "sterilizzato in parte, causa esogena al 50%",
            },
            Decision {
                case: plot.overridden,
                asked: "Il risultato è migliore di come è contato: la relazione è agli atti.",
                judgement: json!({
                    "type": "override", "percent": "85", "reason": "La documentazione mostra un avanzamento maggiore."
                }),
                said: "un altro risultato: 85",
            },
            Decision {
                case: plot.not_evaluable,
                asked: "Il dato non è mai stato rilevato: manca lo strumento.",
                judgement: json!({"type": "not_evaluable", "reason": "Nessuna rilevazione nell'anno."}),
                said: "non valutabile",
            },
        ];
        for decision in decisions {
            self.decide(&decision)?;
        }
        self.certify_others()
    }

    /// The body opens, the head answers, the body decides.
    fn decide(&mut self, decision: &Decision) -> Result<(), Failure> {
        let step = "Nucleo: decide su un obiettivo, sentito il responsabile";
        let path = self.at(&format!("/evaluations/{}", decision.case.assignment.0));
        let state = self.cast.read(&path)?.body;
        let state = text(&state, "state").unwrap_or_default().to_owned();
        if state == "decided" {
            self.cast.stands(step);
            return Ok(());
        }
        let steps = format!("{path}/steps");
        if state == "unopened" {
            self.on(13, 20);
            self.cast.post(Role::Nucleo, &steps, &json!({"type": "open"}))?;
            self.cast.post(
                Role::Nucleo,
                &steps,
                &json!({"type": "ask_evidence", "words": "Da che cosa dipende il risultato?"}),
            )?;
        }
        if state != "answered" {
            self.on(14, 1);
            self.cast.post(
                Role::Responsabile,
                &steps,
                &json!({"type": "answer", "words": decision.asked}),
            )?;
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
        let evaluations = self.cast.read(&self.at("/evaluations"))?.body;
        let open = |one: &&Value| text(one, "state") != Some("decided");
        let open = listed(&evaluations, "items").filter(open).filter_map(|one| text(one, "assignment"));
        let open: Vec<String> = open.map(str::to_owned).collect();
        if open.is_empty() {
            self.cast.stands(step);
            return Ok(());
        }
        self.on(14, 20);
        let body = json!({"assignments": open});
        self.cast.post(Role::Nucleo, &self.at("/evaluations/certifications"), &body)?;
        self.cast.made(step, &format!("{} risultati", open.len()));
        Ok(())
    }
}
