//! What is to be told of the reading of a file: nothing is put in the place of anything without a word.

use serde::{Deserialize, Serialize};

use super::Spot;

/// What is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// Control characters, in whose place a space stands.
    ControlCharacters,
    /// Characters that take no room: a break stands as a space, a joint is taken out.
    InvisibleCharacters,
    /// Formulas whose value was not stored: their cells are empty, because none is evaluated.
    FormulasWithoutValue,
    /// Sheets that were hidden, read like the others.
    HiddenSheets,
    /// Rows that were hidden, read like the others.
    HiddenRows,
    /// Programs in the file, neither read nor run.
    Macros,
    /// Words of comments in the margin, which are not read.
    Comments,
    /// Pictures, drawings and embedded files, whose words are not read.
    Pictures,
    /// Words struck out in a revision, which are not read.
    DeletedWords,
    /// A quotation mark that nothing closes: from there on, quotation marks stand for themselves.
    OpenQuotation,
}

/// Something to be told of the reading, with how often and where first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRemark {
    /// What.
    pub kind: RemarkKind,
    /// How many times.
    pub count: u32,
    /// Where first, when it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Spot>,
}

impl SourceRemark {
    /// It, for people.
    #[must_use]
    pub fn detail(&self) -> String {
        let count = self.count;
        match self.kind {
            RemarkKind::ControlCharacters => {
                format!("{count} caratteri di controllo sono stati letti come spazi.")
            }
            RemarkKind::InvisibleCharacters => {
                format!("{count} caratteri invisibili sono stati tolti o letti come spazi.")
            }
            RemarkKind::FormulasWithoutValue => {
                format!("{count} formule non hanno un valore salvato: le loro celle sono lette come vuote.")
            }
            RemarkKind::HiddenSheets => format!("{count} fogli nascosti sono stati letti come gli altri."),
            RemarkKind::HiddenRows => format!("{count} righe nascoste sono state lette come le altre."),
            RemarkKind::Macros => "Il file contiene macro: non sono state né lette né eseguite.".to_owned(),
            RemarkKind::Comments => format!("{count} commenti o gruppi di commenti non sono stati letti."),
            RemarkKind::Pictures => {
                format!(
                    "{count} immagini, disegni o oggetti non sono stati letti: se contengono testo, va trascritto."
                )
            }
            RemarkKind::DeletedWords => {
                format!("{count} cancellazioni in revisione non sono state lette, come se fossero accettate.")
            }
            RemarkKind::OpenQuotation => {
                "Una virgoletta non è mai chiusa: da lì in poi le virgolette sono lette come testo."
                    .to_owned()
            }
        }
    }
}
