//! What was done, quarter by quarter: the comune's program sends what it knows, the head of a structure what is of its own.

use serde_json::{Value, json};
use traguardo_domain::role::Role;

use super::quarter::Quarter;
use super::script::{Year, listed, text};
use super::subjects::{Subject, subjects};
use super::values::{mistaken, value};
use crate::failure::Failure;

/// What comes before the number in a measurement's key.
fn key(quarter: Quarter, subject: &Subject<'_>) -> String {
    format!("T{}-{:04}", quarter.number(), subject.number)
}

impl Year<'_> {
    /// What was done by the end of a quarter; what is said at the end of the year is final.
    pub(super) fn collect(&mut self, quarter: Quarter) -> Result<(), Failure> {
        let step = match quarter {
            Quarter::First => "Programma e responsabile: valori al 31 marzo",
            Quarter::Second => "Programma e responsabile: valori al 30 giugno",
            Quarter::Third => "Programma e responsabile: valori al 30 settembre",
            Quarter::Fourth => "Programma e responsabile: valori definitivi",
        };
        if self.has("certify") || self.collected(quarter)? {
            self.cast.stands(step);
            return Ok(());
        }
        match quarter {
            Quarter::First => self.on(3, 10),
            Quarter::Second => self.on(6, 10),
            Quarter::Third => self.on(9, 10),
            Quarter::Fourth => self.on(12, 15),
        };
        let document = self.document()?;
        let plot = self.plot(&document)?;
        let (mut by_program, mut by_head) = (Vec::new(), Vec::new());
        for subject in subjects(&document, self.of_head()) {
            let Some(mut value) = value(&subject, plot.fate(&subject), self.number, quarter) else {
                continue;
            };
            if quarter == Quarter::Third && plot.mistaken == Some(subject.number) {
                value = mistaken(&value).unwrap_or(value);
            }
            let item = self.item(&key(quarter, &subject), &subject, quarter, &json!(value));
            if subject.is_of_head { by_head.push(item) } else { by_program.push(item) }
        }
        let came = format!("{} inviati, {} dal responsabile", by_program.len(), by_head.len());
        self.send(Role::Integratore, &by_program)?;
        self.send(Role::Responsabile, &by_head)?;
        self.cast.made(step, &came);
        Ok(())
    }

    /// Whether the values of a quarter were sent: one of them is there.
    fn collected(&self, quarter: Quarter) -> Result<bool, Failure> {
        let end = quarter.end(self.number);
        let path = self.at(&format!("/measurements?period_from={end}&period_to={end}&limit=1"));
        Ok(listed(&self.cast.read(&path)?.body, "items").next().is_some())
    }

    fn item(&self, key: &str, subject: &Subject<'_>, quarter: Quarter, value: &Value) -> Value {
        let standing = if quarter == Quarter::Fourth { "final" } else { "provisional" };
        let source = if subject.is_of_head { "Registro della struttura" } else { "Gestionale dell'ente" };
        let mut item = json!({
            "external_id": key, "subject": subject.path, "period": self.period(quarter), "value": value,
            "standing": standing, "source": source,
        });
        if let (Some(item), Some(assignment)) = (item.as_object_mut(), subject.assignment) {
            item.insert("assignment".to_owned(), json!(assignment));
        }
        item
    }

    fn send(&mut self, role: Role, items: &[Value]) -> Result<(), Failure> {
        for some in items.chunks(1_000) {
            self.cast.post(role, &self.at("/measurements-bulk"), &json!({"items": some}))?;
        }
        Ok(())
    }

    /// The Segretario sees that one value of the third quarter was wrong: the right one takes its place, and both stay.
    pub(super) fn correct_mistake(&mut self) -> Result<(), Failure> {
        let step = "Segretario: corregge un valore sbagliato";
        let (document, quarter) = (self.document()?, Quarter::Third);
        let plot = self.plot(&document)?;
        let subjects = subjects(&document, self.of_head());
        let wrong = subjects.iter().find(|subject| plot.mistaken == Some(subject.number));
        let right =
            wrong.and_then(|wrong| Some((wrong, value(wrong, plot.fate(wrong), self.number, quarter)?)));
        let Some((subject, value)) = right else { return Ok(()) };
        let (wrong, right) = (key(quarter, subject), format!("{}-bis", key(quarter, subject)));
        if self.has("certify") || self.cast.find(&self.at(&format!("/measurements/ext:{right}")))?.is_some() {
            self.cast.stands(step);
            return Ok(());
        }
        self.on(9, 14);
        let mut item = self.item(&right, subject, quarter, &json!(value));
        if let Some(item) = item.as_object_mut() {
            item.insert("supersedes".to_owned(), json!(format!("ext:{wrong}")));
            item.insert("note".to_owned(), json!("Errore di battitura: mancava una cifra."));
        }
        let said = self.cast.post(Role::Segretario, &self.at("/measurements"), &item)?.body;
        self.cast.made(step, text(&said, "external_id").unwrap_or(&right));
        Ok(())
    }

    /// The accounting office foresees the delay of payments; the auditor certifies what it was.
    pub(super) fn certify_payment_time(&mut self) -> Result<(), Failure> {
        let step = "Revisore: certifica i tempi di pagamento";
        let path = self.at("/payment-time");
        let known = self.cast.read(&path)?.body;
        let is_said = |name: &str| known.get(name).is_some_and(|figure| !figure.is_null());
        let (foreseen, certified) = (is_said("forecast"), is_said("certified"));
        if foreseen && certified {
            self.cast.stands(step);
            return Ok(());
        }
        self.on(12, 20);
        if !foreseen {
            let period = self.period(Quarter::Fourth);
            let forecast = json!({"delay_days": "0.28", "period": period, "source": "Contabilità"});
            self.cast.put(Role::Ragioneria, &format!("{path}/forecast"), None, &forecast)?;
        }
        let certified_on = self.act("determination", "4", (14, 10));
        let certified_on = certified_on.pointer("/act/date").cloned();
        self.on(13, 10);
        if !certified {
            let figure = json!({
                "delay_days": "-1.5", "source": "Piattaforma dei crediti commerciali", "day": certified_on,
                "act": "Verbale dell'organo di revisione n. 4",
            });
            self.cast.put(Role::Revisore, &format!("{path}/certified"), None, &figure)?;
        }
        self.cast.made(step, "-1,5 giorni certificati, 0,28 previsti");
        Ok(())
    }
}
