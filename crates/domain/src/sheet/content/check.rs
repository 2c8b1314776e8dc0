//! Whether what a sheet says holds together: everything that does not, told at once and each at its place.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Attendance, Change, ComponentKind, Content, Scheme};
use crate::fault::{Fault, FaultKind, Faults, Refused};
use crate::figure::Figure;
use crate::text::Code;

impl Content {
    /// Whether it holds together: everything that does not, at once.
    ///
    /// # Errors
    /// All the faults, each at its place in the content.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let mut faults = Faults::new();
        self.check_counts(&mut faults);
        self.check_components(&mut faults);
        self.check_behaviours(&mut faults);
        self.check_rest(&mut faults);
        faults.finish(Some(()))
    }

    fn check_counts(&self, faults: &mut Faults) {
        let counts = [
            ("/components", self.components.len(), Self::MOST_COMPONENTS),
            ("/behaviours", self.behaviours.len(), Self::MOST_BEHAVIOURS),
            ("/malus", self.malus.len(), Self::MOST_MALUS),
        ];
        for (place, _, most) in counts.into_iter().filter(|(_, count, most)| count > most) {
            faults.push(Refused::new(FaultKind::OutOfBounds, format!("Al massimo {most} voci.")).at(place));
        }
        let mut seen = BTreeSet::new();
        for (place, code) in self.codes() {
            if !seen.insert(code) {
                faults.push(
                    Refused::new(FaultKind::Inconsistent, "Il codice è ripetuto nella scheda.").at(&place),
                );
            }
        }
    }

    /// Every code with its place: of components and of behaviours, one series.
    fn codes(&self) -> impl Iterator<Item = (String, &Code)> {
        let components = self.components.iter().map(|one| &one.code).enumerate();
        let behaviours = self.behaviours.iter().map(|one| &one.code).enumerate();
        components
            .map(|(number, code)| (format!("/components/{number}/code"), code))
            .chain(behaviours.map(|(number, code)| (format!("/behaviours/{number}/code"), code)))
    }

    fn check_components(&self, faults: &mut Faults) {
        let listed = !self.behaviours.is_empty();
        for (number, one) in self.components.iter().enumerate() {
            let place = |name: &str| format!("/components/{number}/{name}");
            faults.take(&place("weight"), within(one.weight, Figure::ZERO, Figure::HUNDRED));
            if let Some(points) = one.points {
                faults.take(&place("points"), within(points, Figure::ZERO, Figure::HUNDRED));
            }
            if listed
                && one.kind == ComponentKind::Behaviours
                && (one.points.is_some() || one.source.is_some())
            {
                let detail = "I punti di questa componente sono quelli dei comportamenti elencati.";
                faults.push(Refused::new(FaultKind::Inconsistent, detail).at(&place("points")));
            }
        }
        let weights =
            self.components.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.weight.number()));
        if weights != Some(Decimal::ONE_HUNDRED) {
            let sum = weights.map_or_else(String::new, |sum| format!(": danno {}", sum.normalize()));
            let detail = format!("I pesi delle componenti devono dare 100{sum}.");
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/components"));
        }
    }

    fn check_behaviours(&self, faults: &mut Faults) {
        if self.behaviours.is_empty() {
            return;
        }
        let judged = self.components.iter().filter(|one| one.kind == ComponentKind::Behaviours).count();
        if judged != 1 {
            let detail = "Con i comportamenti elencati serve una sola componente che li valuti.";
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/components"));
        }
        let Some(scale) = self.scheme.scale else {
            let detail = "Con i comportamenti elencati serve la scala dei loro punti.";
            faults.push(Refused::new(FaultKind::Missing, detail).at("/scheme/scale"));
            return;
        };
        for (number, one) in self.behaviours.iter().enumerate() {
            let place = |name: &str| format!("/behaviours/{number}/{name}");
            let positive = if one.weight > Figure::ZERO {
                within(one.weight, Figure::ZERO, Figure::HUNDRED)
            } else {
                Err(Refused::new(FaultKind::OutOfBounds, "Più di 0."))
            };
            faults.take(&place("weight"), positive);
            if let Some(points) = one.points {
                faults.take(&place("points"), within(points, scale.least, scale.most));
            }
        }
    }

    fn check_rest(&self, faults: &mut Faults) {
        if let Some(scale) = self.scheme.scale {
            let bounded = within(scale.least, Figure::ZERO, Figure::HUNDRED)
                .and_then(|()| within(scale.most, Figure::ZERO, Figure::HUNDRED));
            let ascending = if scale.least < scale.most {
                bounded
            } else {
                Err(Refused::new(FaultKind::Inconsistent, "Il massimo della scala sta sopra il minimo."))
            };
            faults.take("/scheme/scale", ascending);
        }
        if !(1..=Scheme::MOST_DAYS).contains(&self.scheme.objection_days) {
            let detail = format!("Da 1 a {} giorni.", Scheme::MOST_DAYS);
            faults.push(Refused::new(FaultKind::OutOfBounds, detail).at("/scheme/objection_days"));
        }
        if let Some(Attendance { expected, served, protected }) = self.attendance {
            let sound = (1..=366).contains(&expected) && served >= 0 && protected >= 0;
            if !sound || i32::from(served).saturating_add(i32::from(protected)) > i32::from(expected) {
                let detail =
                    "Da 1 a 366 giorni dovuti; quelli prestati e quelli tutelati, insieme, non li superano.";
                faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/attendance"));
            }
        }
        for (number, one) in self.malus.iter().enumerate() {
            faults.take(
                &format!("/malus/{number}/percent"),
                within(one.percent, Figure::ZERO, Figure::HUNDRED),
            );
        }
    }

    /// Whether the points that take the place of others are of something in the sheet, and within its bounds.
    ///
    /// # Errors
    /// All the faults, each at its place in the list.
    pub fn check_changes(&self, changes: &[Change]) -> Result<(), Vec<Fault>> {
        let mut faults = Faults::new();
        let listed = !self.behaviours.is_empty();
        let mut seen = BTreeSet::new();
        for (number, change) in changes.iter().enumerate() {
            let component = self.components.iter().find(|one| one.code == change.code);
            let component = component.filter(|one| !(listed && one.kind == ComponentKind::Behaviours));
            let behaviour = self.behaviours.iter().find(|one| one.code == change.code);
            let checked = match (component, behaviour, self.scheme.scale) {
                (None, Some(_), Some(scale)) => within(change.points, scale.least, scale.most),
                (Some(_), _, _) => within(change.points, Figure::ZERO, Figure::HUNDRED),
                (None, _, _) => Err(Refused::new(
                    FaultKind::UnknownReference,
                    "Nessuna voce della scheda con punti propri ha questo codice.",
                )),
            };
            faults.take(&format!("/changes/{number}"), checked);
            if !seen.insert(&change.code) {
                let repeated = Refused::new(FaultKind::Inconsistent, "Il codice è ripetuto.");
                faults.push(repeated.at(&format!("/changes/{number}/code")));
            }
        }
        faults.finish(Some(()))
    }
}

fn within(figure: Figure, least: Figure, most: Figure) -> Result<(), Refused> {
    if (least..=most).contains(&figure) {
        Ok(())
    } else {
        Err(Refused::new(FaultKind::OutOfBounds, format!("Da {least} a {most}.")))
    }
}
