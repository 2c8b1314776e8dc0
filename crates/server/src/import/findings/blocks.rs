//! Findings of a rule put together: those that say the same of the same words are one row, rows that say the same one block.

use std::collections::HashMap;

use traguardo_documents::draft::DraftFinding;
use traguardo_documents::source::Spot;
use traguardo_domain::plan::document::PlanDocument;

use crate::import::page::clipped;
use crate::import::places;

/// The most words of a source that are quoted.
const MOST_QUOTED: usize = 80;

/// What to do, where it is not words to write instead.
pub(super) fn advice(finding: &DraftFinding) -> Option<&str> {
    finding.suggestion.as_deref().filter(|_| !finding.replacement)
}

/// Findings that say the same.
pub(super) struct Block<'f> {
    /// What is wrong.
    pub(super) message: &'f str,
    /// What to do.
    pub(super) advice: Option<&'f str>,
    /// Where.
    pub(super) rows: Vec<Row<'f>>,
}

/// Findings that say the same of the same words.
pub(super) struct Row<'f> {
    /// The words, between marks; or the object of the plan that has none.
    pub(super) words: Option<String>,
    /// What may be written instead, and whether nobody need judge it.
    instead: Instead<'f>,
    /// Where.
    pub(super) spots: Vec<&'f Spot>,
    /// How many findings it is.
    pub(super) times: usize,
}

/// Words to write instead, and whether nobody need judge them.
type Instead<'f> = Option<(&'f str, bool)>;

impl<'f> Block<'f> {
    /// The blocks of the findings of a rule, in their order.
    pub(super) fn of(group: &[&'f DraftFinding], document: &PlanDocument) -> Vec<Self> {
        let mut blocks: Vec<Self> = Vec::new();
        let mut known: HashMap<(&str, Option<&str>), usize> = HashMap::new();
        let mut rows: HashMap<(usize, Option<String>, Instead<'_>), usize> = HashMap::new();
        for finding in group {
            let (message, advice) = (finding.message.as_str(), advice(finding));
            let at = *known.entry((message, advice)).or_insert(blocks.len());
            if at == blocks.len() {
                blocks.push(Self { message, advice, rows: Vec::new() });
            }
            let Some(block) = blocks.get_mut(at) else { continue };
            let (words, instead) = (words(finding, document), instead(finding));
            let row = *rows.entry((at, words.clone(), instead)).or_insert(block.rows.len());
            if row == block.rows.len() {
                block.rows.push(Row { words, instead, spots: Vec::new(), times: 0 });
            }
            let Some(row) = block.rows.get_mut(row) else { continue };
            row.spots.extend(&finding.spot);
            row.times = row.times.saturating_add(1);
        }
        blocks
    }
}

impl Block<'_> {
    /// Whether the message says these words already.
    pub(super) fn says(&self, words: &str) -> bool {
        self.message.contains(words.trim_matches(['«', '»']))
    }
}

/// The words of a finding, or the object it is about.
fn words(finding: &DraftFinding, document: &PlanDocument) -> Option<String> {
    let quoted = finding.words.as_ref().map(|words| format!("«{}»", clipped(words.trim(), MOST_QUOTED)));
    quoted.or_else(|| places::named(&finding.pointer, document))
}

fn instead(finding: &DraftFinding) -> Instead<'_> {
    finding.suggestion.as_deref().filter(|_| finding.replacement).map(|words| (words, finding.safe))
}

impl Row<'_> {
    /// Where: at most so many places.
    pub(super) fn place(&self, most: usize) -> String {
        places::listed(self.spots.iter().copied(), most)
    }

    /// Whether other words may be written.
    pub(super) const fn has_instead(&self) -> bool {
        self.instead.is_some()
    }

    /// A place, the words that stand there, and what may be written instead.
    pub(super) fn told(&self, place: String) -> String {
        let place = Some(place).filter(|place| !place.is_empty());
        let told: Vec<String> = place.into_iter().chain(self.words.clone()).collect();
        let instead = match self.instead {
            Some((words, true)) => format!(" → «{words}» (sicura)"),
            Some((words, false)) => format!(" → «{words}» (da confermare)"),
            None => String::new(),
        };
        format!("{}{instead}", told.join(": "))
    }
}
