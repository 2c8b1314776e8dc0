//! Items that are objectives, and what goes on with them.

use super::line::Item;
use super::{Last, Lists, goes_on};
use crate::gathered::{Fields, Found, GatheredObjective, Use};
use crate::profile::Field;
use crate::source::Place;
use traguardo_domain::reading::Confidence;

impl Lists<'_> {
    /// An item is an objective of the open structure, or of the whole comune where none is open.
    pub(super) fn objective(&mut self, item: &Item<'_>, place: Place) {
        let confidence = if self.interrupted { Confidence::Likely } else { Confidence::Certain };
        let marker = self.profile.kinds.iter().find_map(|marker| {
            let rest = marker.words.start(&item.words)?.rest;
            (!rest.is_empty()).then_some((&marker.kinds, rest))
        });
        let mut kinds = self.kinds.clone();
        let title = match marker {
            Some((more, rest)) => {
                kinds.extend(more.iter().copied().filter(|kind| !self.kinds.contains(kind)));
                rest
            }
            None => item.words.clone(),
        };
        let mut fields = Fields::default();
        if let Some(number) = item.number() {
            fields.add(Field::Number, Found::new(number, place));
        }
        fields.add(Field::Title, Found::new(title, place).with(confidence));
        let units = self.structures.current().into_iter().collect();
        self.gathered.objectives.push(GatheredObjective { units, fields, kinds, ..Default::default() });
        self.gathered.put(place.line, Use::Value);
        self.style = Some(item.style);
        self.last = Last::Objective;
    }

    /// An item marked otherwise than the objectives of its list says more of the one above it.
    pub(super) fn detail(&mut self, item: &Item<'_>, place: Place) {
        let Some(objective) = self.gathered.objectives.last_mut() else { return };
        let written = item.written();
        match objective.fields.get_mut(Field::Description) {
            Some(description) => description.join(&written, place),
            None => {
                objective.fields.add(Field::Description, Found::new(written, place).with(Confidence::Likely));
            }
        }
        self.gathered.put(place.line, Use::Value);
        self.last = Last::Objective;
    }

    /// A line is something the open structure does year after year.
    pub(super) fn activity(&mut self, words: &str, place: Place) {
        let Some(at) = self.structures.current() else {
            return self.line(Found::new(words, place));
        };
        if let Some(unit) = self.gathered.units.get_mut(at) {
            unit.activities.push(Found::new(words, place));
        }
        self.gathered.put(place.line, Use::Value);
        self.last = Last::Activity(at);
    }

    /// Whether a line goes on with the words before it, that a page cut; if so it is joined to them.
    pub(super) fn joined(&mut self, words: &str, place: Place) -> bool {
        let last = match self.last {
            Last::Nothing => None,
            Last::Section => self.gathered.sections.last_mut().and_then(|section| section.lines.last_mut()),
            Last::Objective => self.gathered.objectives.last_mut().and_then(|objective| {
                let described = objective.fields.get(Field::Description).is_some();
                objective.fields.get_mut(if described { Field::Description } else { Field::Title })
            }),
            Last::Activity(at) => self.gathered.units.get_mut(at).and_then(|unit| unit.activities.last_mut()),
        };
        let Some(last) = last.filter(|last| goes_on(&last.words, words)) else { return false };
        last.join(words, place);
        true
    }
}
