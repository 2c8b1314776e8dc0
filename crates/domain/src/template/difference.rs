//! What makes one version of a template another, field by field, for whoever decides whether to follow it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{TemplateFacts, TemplateIndicator};
use crate::text::Code;

/// The members that define an indicator: where one is another, the figures before and after are not compared.
const DEFINING: [&str; 6] = ["direction", "formula", "formula_words", "measure", "perimeter", "pooling"];

/// A field that is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateChange {
    /// Of which indicator; of the template itself when absent.
    pub indicator: Option<Code>,
    /// Which member, as it is written; `indicators` for which indicators there are and in which order, and for one that came or went.
    pub member: String,
    /// Whether figures before it are not compared with figures after it.
    pub redefines: bool,
    /// What it was; none when nothing was said.
    pub before: Option<Value>,
    /// What it is; none when nothing is said any more.
    pub after: Option<Value>,
}

impl TemplateFacts {
    /// Every field that is another in `after`: those of the template by name, then those of each indicator. Nothing when both say the same.
    ///
    /// # Errors
    /// When one cannot be written as JSON, which for a template does not happen.
    pub fn changes(&self, after: &Self) -> Result<Vec<TemplateChange>, serde_json::Error> {
        let mut changes = compare(None, &self.own()?, &after.own()?);
        for one in &self.indicators {
            let other = after.indicators.iter().find(|other| other.code == one.code);
            changes.extend(indicator(Some(one), other)?);
        }
        for one in &after.indicators {
            if !self.indicators.iter().any(|other| other.code == one.code) {
                changes.extend(indicator(None, Some(one))?);
            }
        }
        Ok(changes)
    }

    /// Its own members, with the codes of the indicators in the place of the indicators.
    fn own(&self) -> Result<Value, serde_json::Error> {
        let mut value = serde_json::to_value(self)?;
        let codes: Vec<&Code> = self.indicators.iter().map(|one| &one.code).collect();
        let codes = serde_json::to_value(codes)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("indicators".to_owned(), codes);
        }
        Ok(value)
    }
}

fn indicator(
    before: Option<&TemplateIndicator>,
    after: Option<&TemplateIndicator>,
) -> Result<Vec<TemplateChange>, serde_json::Error> {
    let Some(code) = before.or(after).map(|one| one.code.clone()) else { return Ok(Vec::new()) };
    let written = |one: Option<&TemplateIndicator>| one.map(serde_json::to_value).transpose();
    let (before, after) = (written(before)?, written(after)?);
    if let (Some(before), Some(after)) = (&before, &after) {
        return Ok(compare(Some(&code), before, after));
    }
    let member = "indicators".to_owned();
    Ok(vec![TemplateChange { indicator: Some(code), member, redefines: false, before, after }])
}

fn compare(indicator: Option<&Code>, before: &Value, after: &Value) -> Vec<TemplateChange> {
    let nothing = Map::new();
    let members = |value: &'_ Value| value.as_object().unwrap_or(&nothing).clone();
    let (before, after) = (members(before), members(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (before.get(name), after.get(name));
        (before != after).then(|| TemplateChange {
            indicator: indicator.cloned(),
            redefines: indicator.is_some() && DEFINING.contains(&name.as_str()),
            member: name.clone(),
            before: before.cloned(),
            after: after.cloned(),
        })
    };
    names.into_iter().filter_map(change).collect()
}
