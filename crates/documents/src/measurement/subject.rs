//! What is measured, as it is written: the path below the objectives of a plan.

use traguardo_domain::FaultKind;
use traguardo_domain::fault::Refused;
use traguardo_domain::measurement::Measured;
use traguardo_domain::objective::Objective;
use traguardo_domain::text::ExternalId;

use crate::context::Address;

/// The longest path of a subject.
const LONGEST: usize = 400;

/// What is measured, named from the objective down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectPath {
    objective: Address,
    below: Below,
}

/// Where in its objective.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Below {
    Nothing,
    Phase(Address),
    Indicator(Address),
    IndicatorOfPhase(Address, Address),
}

impl SubjectPath {
    /// Reads a path: `ext:OB1/phases/ext:F1/indicators/ext:I1`, or less of it.
    ///
    /// # Errors
    /// When it is spelled otherwise.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let detail = "Un percorso come ext:OB1/indicators/ext:I1, ext:OB1/phases/ext:F1 o ext:OB1.";
        let malformed = || Refused::new(FaultKind::Malformed, detail);
        if text.len() > LONGEST {
            return Err(malformed());
        }
        let segments: Vec<&str> = text.split('/').collect();
        let (objective, rest) = segments.split_first().ok_or_else(malformed)?;
        let below = match rest {
            [] => Below::Nothing,
            ["phases", phase] => Below::Phase(name(phase)?),
            ["indicators", indicator] => Below::Indicator(name(indicator)?),
            ["phases", phase, "indicators", indicator] => {
                Below::IndicatorOfPhase(name(phase)?, name(indicator)?)
            }
            _ => return Err(malformed()),
        };
        Ok(Self { objective: name(objective)?, below })
    }

    /// The objective it is, or is a part of.
    #[must_use]
    pub const fn objective(&self) -> &Address {
        &self.objective
    }

    /// Finds it in its objective.
    #[must_use]
    pub fn find<'o>(&self, objective: &'o Objective) -> Option<Measured<'o>> {
        let facts = &objective.facts;
        let phase = |name: &Address| name.place(&facts.phases).and_then(|place| facts.phases.get(place));
        match &self.below {
            Below::Nothing => Some(Measured::Objective(objective)),
            Below::Phase(name) => phase(name).map(Measured::Phase),
            Below::Indicator(name) => {
                let place = name.place(&facts.indicators)?;
                facts.indicators.get(place).map(Measured::Indicator)
            }
            Below::IndicatorOfPhase(of, name) => {
                let indicators = &phase(of)?.facts.indicators;
                indicators.get(name.place(indicators)?).map(Measured::Indicator)
            }
        }
    }
}

/// Reads a name: an id, or `ext:` and an external id.
///
/// # Errors
/// When it is neither.
pub(super) fn name(text: &str) -> Result<Address, Refused> {
    if let Some(key) = text.strip_prefix("ext:") {
        return ExternalId::parse(key).map(Address::Key);
    }
    let detail = "Un identificativo, oppure ext: e la chiave esterna.";
    text.parse().map(Address::Id).map_err(|_| Refused::new(FaultKind::Malformed, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_an_objective_or_a_part_of_it() {
        for text in [
            "ext:OB1",
            "0193a5c0-0000-7000-8000-000000000003",
            "ext:OB1/phases/ext:F1",
            "ext:OB1/indicators/0193a5c0-0000-7000-8000-000000000003",
            "ext:OB1/phases/ext:F1/indicators/ext:I1",
        ] {
            assert!(SubjectPath::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "OB1",
            "ext:",
            "ext:OB1/",
            "ext:OB1/colours/ext:I1",
            "ext:OB1/assignments/ext:A1",
            "ext:OB1/phases",
            "ext:OB1/phases/ext:F1/indicators",
            "/ext:OB1",
        ] {
            assert!(SubjectPath::parse(text).is_err(), "{text}");
        }
        assert!(SubjectPath::parse(&format!("ext:OB1{}", "/".repeat(400))).is_err());
    }
}
