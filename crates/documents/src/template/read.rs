//! Reading a version of a template: what is written becomes what the domain knows, and what keeps it from being published is told
//! with what cannot be read.

use traguardo_domain::figure::Figure;
use traguardo_domain::period::Year;
use traguardo_domain::template::{Definition, TemplateFacts, TemplateIndicator, TemplatePhase, YearTarget};
use traguardo_domain::text::{Code, Line, Text};

use super::{TemplateBody, TemplateIndicatorBody, TemplatePhaseBody, YearTargetBody};
use crate::context::{Context, UnitNames};
use crate::reader::Reader;

impl TemplateBody {
    /// The version to be published under this code, when every member can be read and all of it holds together. `year` is the
    /// present one: a day without a year is one of it.
    pub fn read(self, at: &mut Reader<'_>, code: &Code, year: i32) -> Option<TemplateFacts> {
        let units = UnitNames::default();
        let mut fresh = uuid::Uuid::nil;
        let context = Context { year, scale: &[], units: &units, takes_new_ids: false, fresh: &mut fresh };
        let facts = self.facts(at, &context)?;
        let faults = facts.check(code);
        for fault in &faults {
            at.fault(fault.pointer.trim_start_matches('/'), fault.kind, &fault.detail);
        }
        faults.is_empty().then_some(facts)
    }

    fn facts(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<TemplateFacts> {
        let title = at.take("title", Line::parse(&self.title));
        let purpose = at.take("purpose", Text::parse(&self.purpose));
        let description = at.take("description", self.description.as_deref().map(Text::parse).transpose());
        let expected_result =
            at.take("expected_result", self.expected_result.as_deref().map(Text::parse).transpose());
        let laws = lines(at, "laws", self.laws, TemplateFacts::MOST_LAWS);
        let weight = at.take("weight", self.weight.as_deref().map(Figure::parse).transpose());
        let compliance = at.take("compliance", self.compliance.as_deref().map(Text::parse).transpose());
        let said_also = lines(at, "said_also", self.said_also, TemplateFacts::MOST_WORDS);
        let most = TemplateFacts::MOST_INDICATORS;
        let indicators = whole(at, "indicators", self.indicators, most, |one, at| one.read(at, context));
        let most = TemplateFacts::MOST_PHASES;
        let phases = whole(at, "phases", self.phases, most, |one, at| one.read(at, context));
        Some(TemplateFacts {
            title: title?,
            purpose: purpose?,
            description: description?,
            expected_result: expected_result?,
            scope: self.scope.0,
            kinds: self.kinds.unwrap_or_default().into_iter().map(|word| word.0).collect(),
            laws: laws?,
            areas: self.areas.unwrap_or_default().into_iter().map(|word| word.0).collect(),
            weight: weight?,
            compliance: compliance?,
            said_also: said_also?,
            locked: self.locked.unwrap_or_default().into_iter().map(|word| word.0).collect(),
            indicators: indicators?,
            phases: phases?,
        })
    }
}

impl TemplateIndicatorBody {
    fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<TemplateIndicator> {
        let code = at.take("code", Code::parse(&self.code));
        let name = at.take("name", Text::parse(&self.name));
        let formula_words = at.take("formula_words", Text::parse(&self.formula_words));
        let perimeter = at.take("perimeter", Text::parse(&self.perimeter));
        let source = at.take("source", self.source.as_deref().map(Line::parse).transpose());
        let most = TemplateFacts::MOST_TARGETS;
        let targets = whole(at, "targets", self.targets, most, |one, at| one.read(at, context));
        let definition = Definition {
            formula: self.formula.0,
            formula_words: formula_words?,
            measure: self.measure.0,
            direction: self.direction.0,
            perimeter: perimeter?,
            pooling: self.pooling.0,
        };
        Some(TemplateIndicator {
            code: code?,
            name: name?,
            profile: self.profile.map(|word| word.0),
            family: self.family.map(|word| word.0),
            definition,
            source: source?,
            targets: targets?,
        })
    }
}

impl YearTargetBody {
    fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<YearTarget> {
        let from = at.take("from", Year::parse(self.from));
        let target = self.target.read(&mut at.member("target"), context);
        Some(YearTarget { from: from?, target: target? })
    }
}

impl TemplatePhaseBody {
    fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<TemplatePhase> {
        let title = at.take("title", Text::parse(&self.title));
        let weight = at.take("weight", self.weight.as_deref().map(Figure::parse).transpose());
        let deadline = match self.deadline {
            None => Some(None),
            Some(written) => written.read(&mut at.member("deadline"), context).map(Some),
        };
        Some(TemplatePhase { title: title?, weight: weight?, deadline: deadline? })
    }
}

/// A list that may be absent: none when an item of it cannot be read, so that places in it stay the places of what was written.
fn whole<W, T>(
    at: &mut Reader<'_>,
    name: &str,
    written: Option<Vec<W>>,
    most: usize,
    read: impl FnMut(W, &mut Reader<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let written = written.unwrap_or_default();
    let many = written.len();
    let read = at.each(name, written, most, read);
    (read.len() == many).then_some(read)
}

fn lines(
    at: &mut Reader<'_>,
    name: &str,
    written: Option<Vec<String>>,
    most: usize,
) -> Option<Vec<Line<300>>> {
    whole(at, name, written, most, |text, at| at.take("", Line::parse(&text)))
}

#[cfg(test)]
mod tests {
    use traguardo_domain::Faults;
    use traguardo_domain::template::catalogue;

    use super::*;

    fn read(written: serde_json::Value, code: &Code) -> Result<TemplateFacts, Vec<traguardo_domain::Fault>> {
        let body: TemplateBody = serde_json::from_value(written).unwrap();
        let mut faults = Faults::new();
        let facts = body.read(&mut Reader::new(&mut faults), code, 2025);
        faults.finish(facts)
    }

    #[test]
    fn what_a_template_writes_itself_as_is_read_as_that_template() {
        for (code, facts) in catalogue().unwrap() {
            assert_eq!(read(serde_json::to_value(&facts).unwrap(), &code), Ok(facts));
        }
    }

    #[test]
    fn everything_wrong_is_told_at_its_place() {
        let (code, facts) = catalogue().unwrap().swap_remove(0);
        let mut written = serde_json::to_value(facts).unwrap();
        written["title"] = " ".into();
        written["laws"][1] = "\u{202e}".into();
        written["indicators"][2]["code"] = "à".into();
        written["indicators"][3]["targets"][0]["from"] = 1000.into();
        written["phases"][0]["weight"] = "molto".into();
        let faults = read(written.clone(), &code).unwrap_err();
        let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(
            places,
            ["/title", "/laws/1", "/indicators/2/code", "/indicators/3/targets/0/from", "/phases/0/weight"]
        );
    }

    #[test]
    fn words_alone_are_understood() {
        let (code, facts) = catalogue().unwrap().swap_remove(0);
        let mut written = serde_json::to_value(&facts).unwrap();
        written["indicators"][0]["targets"][0]["target"] = serde_json::json!({"words": "<= 0 giorni"});
        let read = read(written, &code).unwrap();
        let value = |facts: &TemplateFacts| facts.indicators[0].targets[0].target.value.clone();
        assert_eq!(value(&read), value(&facts));
    }
}
