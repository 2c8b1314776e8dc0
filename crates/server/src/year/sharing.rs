//! What the comune shares: the shared objectives its plan follows, bound as they are suggested. That everybody may see what comes of
//! them the comuni of the demo consented from the start.

use std::collections::HashMap;

use serde_json::{Value, json};
use traguardo_domain::role::Role;

use super::script::{Year, listed, text};
use crate::failure::Failure;

/// How alike an objective and a shared one must be, per mille, for the Segretario to bind them: a wrong binding is worse than none.
const ALIKE: i64 = 700;

impl Year<'_> {
    /// The Segretario looks at what is suggested, and binds what is clear and what the plan does not say otherwise.
    pub(super) fn follow(&mut self) -> Result<(), Failure> {
        let document = self.document()?;
        let says: HashMap<String, String> = document
            .objectives
            .iter()
            .filter_map(|one| Some((one.id.0.to_string(), one.facts.template.as_ref()?.as_str().to_owned())))
            .collect();
        let suggested = self.cast.read(&self.at(&format!("/template-suggestions?least={ALIKE}")))?.body;
        let mut bound: usize = 0;
        for item in listed(&suggested, "items") {
            let Some((objective, body)) = binding(item, &says) else { continue };
            let version = item.get("version").and_then(Value::as_i64).unwrap_or_default();
            let path = self.at(&format!("/adoptions/{objective}"));
            self.cast.put(Role::Segretario, &path, Some(&format!("\"{version}\"")), &body)?;
            bound = bound.saturating_add(1);
        }
        self.cast.made(
            "Segretario: lega obiettivi a quelli condivisi, come suggerito",
            &format!("{bound} obiettivi"),
        );
        Ok(())
    }
}

/// What binds an objective to the shared one it looks most like; none where that is not clear, or the plan says another.
fn binding<'i>(item: &'i Value, says: &HashMap<String, String>) -> Option<(&'i str, Value)> {
    let objective = text(item, "objective")?;
    let likest = listed(item, "suggestions").next()?;
    let template = text(likest, "template")?;
    let clear = likest.get("clear").and_then(Value::as_bool)?;
    let agreed = says.get(objective).is_none_or(|said| said == template);
    let pair = |pair: &Value| json!({"indicator": pair.get("indicator"), "template_indicator": pair.get("template_indicator")});
    let indicators: Vec<Value> = listed(likest, "indicators").map(pair).collect();
    (clear && agreed).then(|| (objective, json!({"template": template, "indicators": indicators})))
}
