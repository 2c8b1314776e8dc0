//! Why a file is not read: said so that who sent it knows what to send instead.

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceRefusal {
    /// More bytes than a file may have.
    #[error("the file is too large")]
    TooLarge,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Neither a text nor a document of a known form.
    #[error("the file is no document")]
    NotADocument,
    /// A picture: what it shows is not text.
    #[error("the file is an image")]
    Image,
    /// A page description: its tables are drawn, not written.
    #[error("the file is a PDF")]
    Pdf,
    /// A word processor's document of before 2007.
    #[error("the file is an old Word document")]
    OldWord,
    /// A workbook of before 2007.
    #[error("the file is an old Excel workbook")]
    OldExcel,
    /// A workbook in binary parts.
    #[error("the file is a binary workbook")]
    BinaryWorkbook,
    /// Rich text.
    #[error("the file is rich text")]
    Rtf,
    /// A page of the Web, or another file of markup.
    #[error("the file is a web page")]
    WebPage,
    /// A text document of the open format.
    #[error("the file is an OpenDocument text")]
    OpenText,
    /// A presentation.
    #[error("the file is a presentation")]
    Presentation,
    /// Closed with a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// Cut off or broken.
    #[error("the file is damaged at {part}")]
    Damaged {
        /// The part that cannot be read.
        part: String,
    },
    /// An archive made to fill the memory of who opens it.
    #[error("the archive holds far more than its size")]
    Bomb,
    /// Declarations that could make the parts grow, or fetch others.
    #[error("the file declares a document type")]
    Entities,
    /// Elements one within the other without end.
    #[error("the file nests too deeply")]
    TooDeep,
    /// More sheets than are read.
    #[error("the workbook has too many sheets")]
    TooManySheets,
    /// More lines than are read.
    #[error("the file has too many lines")]
    TooManyLines,
    /// More cells than are read, in all.
    #[error("the file has too many cells")]
    TooManyCells,
    /// More cells in a line than are read.
    #[error("line {line} has too many cells")]
    TooWide {
        /// The line, as a person counts.
        line: u32,
    },
    /// A cell longer than is read.
    #[error("line {line} has too long a cell")]
    TooLong {
        /// The line, as a person counts.
        line: u32,
    },
    /// More words than are read, in all.
    #[error("the file has too much text")]
    TooMuchText,
    /// Bytes that belong to no encoding the rest is in.
    #[error("the text is in no known encoding")]
    BadEncoding {
        /// The first line where it shows, where it can be told.
        line: Option<u32>,
    },
}

impl SourceRefusal {
    /// A stable word for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Empty => "empty",
            Self::NotADocument => "not_a_document",
            Self::Image => "image",
            Self::Pdf => "pdf",
            Self::OldWord => "old_word",
            Self::OldExcel => "old_excel",
            Self::BinaryWorkbook => "binary_workbook",
            Self::Rtf => "rtf",
            Self::WebPage => "web_page",
            Self::OpenText => "open_text",
            Self::Presentation => "presentation",
            Self::Encrypted => "encrypted",
            Self::Damaged { .. } => "damaged",
            Self::Bomb => "bomb",
            Self::Entities => "entities",
            Self::TooDeep => "too_deep",
            Self::TooManySheets => "too_many_sheets",
            Self::TooManyLines => "too_many_lines",
            Self::TooManyCells => "too_many_cells",
            Self::TooWide { .. } => "too_wide",
            Self::TooLong { .. } => "too_long",
            Self::TooMuchText => "too_much_text",
            Self::BadEncoding { .. } => "bad_encoding",
        }
    }

    /// What is wrong and what to do, for people.
    #[must_use]
    pub fn detail(&self) -> String {
        self.placed(self.words())
    }

    /// What is wrong and no more, without a full stop: what to do instead depends on what the file was for.
    #[must_use]
    pub fn finding(&self) -> String {
        if matches!(self, Self::NotADocument) {
            return "Non è un file di testo".to_owned();
        }
        let words = self.words();
        let finding = words.split_once(": ").map_or(words, |(finding, _)| finding);
        self.placed(finding.trim_end_matches('.'))
    }

    /// The words, with a mark where the place goes.
    const fn words(&self) -> &'static str {
        match self {
            Self::TooLarge => "Il file supera i 20 MB: inviare solo il piano, senza immagini.",
            Self::Empty => "Il file è vuoto.",
            Self::NotADocument => {
                "Non è un documento di piano: si leggono .txt, .md, .csv, .xlsx, .ods, .docx e il JSON del servizio."
            }
            Self::Image => "È un'immagine: serve il testo o la tabella del piano, non la sua fotografia.",
            Self::Pdf => {
                "È un PDF: esportare il testo (.txt) o la tabella (.docx, .xlsx, .csv) e inviare quelli."
            }
            Self::OldWord => "È un documento Word nel vecchio formato .doc: salvarlo come .docx.",
            Self::OldExcel => "È una cartella Excel nel vecchio formato .xls: salvarla come .xlsx.",
            Self::BinaryWorkbook => "È una cartella Excel binaria (.xlsb): salvarla come .xlsx.",
            Self::Rtf => "È un documento RTF: salvarlo come .docx.",
            Self::WebPage => "È una pagina Web o un file XML: aprirlo e salvarlo come .docx, .xlsx o .csv.",
            Self::OpenText => "È un testo OpenDocument (.odt): salvarlo come .docx.",
            Self::Presentation => "È una presentazione: copiarne le tabelle in un documento .docx o .xlsx.",
            Self::Encrypted => "Il file è protetto da una password: salvarlo senza.",
            Self::Damaged { .. } => {
                "Il file è incompleto o danneggiato ({}): aprirlo, salvarlo di nuovo e ripetere l'invio."
            }
            Self::Bomb => {
                "L'archivio contiene molto più di quanto la sua dimensione lasci credere: non viene aperto."
            }
            Self::Entities => {
                "Il file dichiara un tipo di documento (DOCTYPE), che qui non è ammesso: non viene aperto."
            }
            Self::TooDeep => "Il file contiene elementi annidati troppo in profondità: non viene aperto.",
            Self::TooManySheets => "La cartella ha più di 100 fogli: inviare solo quelli del piano.",
            Self::TooManyLines => "Il file ha più di 100.000 righe: inviare solo il piano.",
            Self::TooManyCells => "Il file ha più di 1.000.000 di celle: inviare solo il piano.",
            Self::TooWide { .. } => {
                "La riga {} ha più di 1.000 celle: controllare che nulla sia scritto in una colonna lontana."
            }
            Self::TooLong { .. } => "Alla riga {} una cella supera i 100.000 caratteri.",
            Self::TooMuchText => "Il file contiene troppo testo: inviare solo il piano.",
            Self::BadEncoding { line: Some(_) } => {
                "Alla riga {} ci sono caratteri di un'altra codifica: salvare il testo in UTF-8."
            }
            Self::BadEncoding { line: None } => {
                "Il testo non è in una codifica conosciuta: salvarlo in UTF-8."
            }
        }
    }

    /// Words with the place where their mark is.
    fn placed(&self, words: &str) -> String {
        let place = if let Self::Damaged { part } = self {
            part.clone()
        } else if let Self::TooWide { line }
        | Self::TooLong { line }
        | Self::BadEncoding { line: Some(line) } = self
        {
            line.to_string()
        } else {
            String::new()
        };
        words.replacen("{}", &place, 1)
    }

    /// The refusal of a part that cannot be read.
    pub(super) fn damaged(part: &str) -> Self {
        Self::Damaged { part: part.chars().take(80).collect() }
    }
}
