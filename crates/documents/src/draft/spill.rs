//! What has no room where it belongs: kept beside it, among the notes, so that no word is lost.

use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::text::{Text, storable};

use super::desk::Desk;
use crate::gathered::Found;
use crate::profile::Field;

/// Words on their way to the notes of an object.
#[derive(Debug, Default)]
pub(super) struct Spill(Vec<Spilled>);

#[derive(Debug)]
struct Spilled {
    label: &'static str,
    found: Found,
    told: bool,
}

impl Desk<'_> {
    /// Keeps words for the notes of the object that is open; `told` when a finding has them already. A label is left out where it
    /// is empty.
    pub(super) fn spill(&mut self, label: &'static str, found: &Found, told: bool) {
        self.spilled.0.push(Spilled { label, found: found.clone(), told });
    }

    /// Opens an object in another; what was spilled before is given back to [`Desk::leave`].
    pub(super) fn enter(&mut self) -> Spill {
        std::mem::take(&mut self.spilled)
    }

    /// Closes it; what is left goes to the object around it.
    pub(super) fn leave(&mut self, mut outer: Spill) {
        outer.0.append(&mut self.spilled.0);
        self.spilled = outer;
    }

    /// Closes it, and forgets what is left: it is said elsewhere.
    pub(super) fn forget(&mut self, outer: Spill) {
        self.spilled = outer;
    }

    /// Pours as much of what was spilled as fits into a text that may have words already.
    pub(super) fn pour<const MAX: usize>(
        &mut self,
        text: Option<Text<MAX>>,
        pointer: &str,
    ) -> Option<Text<MAX>> {
        if self.spilled.0.is_empty() {
            return text;
        }
        let mut whole = text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
        let mut length = whole.chars().count();
        for spilled in std::mem::take(&mut self.spilled.0) {
            let words = storable(&spilled.found.words);
            let line = if spilled.label.is_empty() { words } else { format!("{}: {words}", spilled.label) };
            let longer = length.saturating_add(line.chars().count()).saturating_add(1);
            if longer > MAX {
                self.spilled.0.push(spilled);
                continue;
            }
            length = longer;
            if !whole.is_empty() {
                whole.push('\n');
            }
            whole.push_str(&line);
            self.trace(pointer, &spilled.found, Confidence::Likely);
        }
        Text::parse(&whole).ok().or(text)
    }

    /// Tells of what fitted nowhere.
    pub(super) fn tell_spilled(&mut self, pointer: &str) {
        for Spilled { label, found, told } in std::mem::take(&mut self.spilled.0) {
            if !told {
                let label = if label.is_empty() { "Note" } else { label };
                let message = format!("{label}: nel piano non c'è posto per queste parole.");
                self.remark(FindingCode::ColumnsShifted, pointer, &found, message);
            }
        }
    }
}

/// What a field is called.
pub(super) const fn label(field: Field) -> &'static str {
    match field {
        Field::Number => "Numero",
        Field::Code => "Codice",
        Field::Title => "Titolo",
        Field::Description => "Descrizione",
        Field::Purpose => "Finalità",
        Field::Stakeholders => "Stakeholder",
        Field::Impact => "Impatto atteso",
        Field::Result => "Risultato atteso",
        Field::Indicator => "Indicatore",
        Field::Target => "Valore atteso",
        Field::Deadline => "Scadenza",
        Field::TargetOrDeadline => "Valore atteso o scadenza",
        Field::Weight => "Peso",
        Field::CardWeight => "Peso sulla scheda",
        Field::SummaryTitle => "Titolo nel riepilogo",
        Field::Kind => "Tipo",
        Field::Step => "Modalità di attuazione",
        Field::StepTimes => "Tempi",
        Field::Profile => "Profilo",
        Field::Programme => "Missione e programma",
        Field::DupObjective => "Obiettivo del DUP",
        Field::StrategicLine => "Linea strategica",
        Field::Cup => "CUP",
        Field::Responsible => "Responsabile",
        Field::Delegate => "EQ",
        Field::Interim => "Ad interim",
        Field::Unit => "Struttura",
        Field::Department => "Dipartimento",
        Field::Area => "Area",
        Field::Sector => "Settore",
        Field::Service => "Servizio",
        Field::Office => "Ufficio",
        Field::Year => "Anno",
        Field::Qualification => "Qualifica",
        Field::Category => "Categoria",
        Field::Posts => "Posti",
        Field::Women => "Donne",
        Field::Men => "Uomini",
        Field::Percentage => "Percentuale",
        Field::Actual => "Consuntivo",
        Field::Notes | Field::Ignored => "",
    }
}
