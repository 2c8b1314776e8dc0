//! The narrative of a draft.

use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::section::{Section, SectionFacts, SectionId, SectionKind};
use traguardo_domain::text::{ExternalId, Line, Text, storable};
use traguardo_domain::version::Version;

use super::Trace;
use super::desk::Desk;
use super::fit::{cut, fit};
use crate::gathered::{Found, Gathered, GatheredSection};
use crate::plan::MOST_SECTIONS;

/// The longest text of a section.
const LONGEST: usize = 100_000;

/// The sections of what was gathered; one that is too long is several.
pub(super) fn assemble(desk: &mut Desk<'_>, gathered: &Gathered) -> Vec<Section> {
    let mut sections = Vec::new();
    for section in &gathered.sections {
        one(desk, section, &mut sections);
    }
    sections
}

/// What a section without a heading is called.
const fn called(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Introduction => "Premessa",
        SectionKind::ExternalContext => "Contesto esterno",
        SectionKind::InternalContext => "Contesto interno",
        SectionKind::Mandate => "Mandato",
        SectionKind::Organisation => "Organizzazione",
        SectionKind::Staff => "Personale",
        SectionKind::Resources => "Risorse",
        SectionKind::Planning => "Programmazione",
        SectionKind::Evaluation => "Valutazione",
        SectionKind::Annex => "Allegato",
        SectionKind::Other => "Altro",
    }
}

fn one(desk: &mut Desk<'_>, section: &GatheredSection, sections: &mut Vec<Section>) {
    let titled = section.title.as_ref().map(|found| (found, fit::<Line<300>>(&found.words)));
    let (title, rest) = match &titled {
        Some((_, fitted)) => (fitted.value.clone(), fitted.rest.clone()),
        None => (None, String::new()),
    };
    let body = body(section, &rest, title.as_ref());
    if body.is_empty() {
        return;
    }
    let Some(title) = title.or_else(|| Line::parse(called(section.kind)).ok()) else { return };
    let first = sections.len();
    let (mut part, mut rest): (usize, &str) = (1, &body);
    while !rest.is_empty() {
        if sections.len() >= MOST_SECTIONS {
            too_many(desk, section, rest);
            break;
        }
        let (head, tail) = cut(rest, LONGEST);
        rest = tail;
        let section_title = titled_part(&title, part);
        sections.extend(made(desk, section.kind, section_title, head, sections.len()));
        part = part.saturating_add(1);
    }
    if sections.len() > first {
        traced(desk, section, first, titled.map(|(found, _)| found));
    }
}

/// The lines of a section; what its title had no room for stands first, and one of a title alone says its title.
fn body(section: &GatheredSection, rest: &str, title: Option<&Line<300>>) -> String {
    let body = [storable(rest), storable(&section.body())].join("\n\n").trim().to_owned();
    if body.is_empty() { title.map(|title| title.as_str().to_owned()).unwrap_or_default() } else { body }
}

/// The title of one of several parts of a section.
fn titled_part(title: &Line<300>, part: usize) -> Line<300> {
    let (short, _) = cut(title.as_str(), 280);
    let other = || Line::parse(&format!("{short} ({part})")).ok();
    Some(part).filter(|part| *part > 1).and_then(|_| other()).unwrap_or_else(|| title.clone())
}

fn made(desk: &mut Desk<'_>, kind: SectionKind, title: Line<300>, body: &str, at: usize) -> Option<Section> {
    let body = Text::parse(body).ok()?;
    let external_id = ExternalId::parse(&format!("S{}", at.saturating_add(1))).ok();
    let facts = SectionFacts { external_id, kind, title, body };
    Some(Section { id: SectionId((desk.fresh)()), facts, version: Version::FIRST })
}

fn too_many(desk: &mut Desk<'_>, section: &GatheredSection, rest: &str) {
    if let Some(found) = section.title.as_ref().or_else(|| section.lines.first()) {
        let message = format!("Il piano ha troppo testo: al massimo {MOST_SECTIONS} sezioni.");
        let lost = Found { words: rest.to_owned(), ..found.clone() };
        desk.remark(FindingCode::ColumnsShifted, "", &lost, message);
    }
}

/// Where a section was found. Its text is not said again: its place is, line by line.
fn traced(desk: &mut Desk<'_>, section: &GatheredSection, at: usize, title: Option<&Found>) {
    if let Some(title) = title {
        desk.trace(format!("/sections/{at}/title"), title, Confidence::Certain);
    }
    let Some((first, others)) = section.lines.split_first() else { return };
    let places =
        |found: &Found| std::iter::once(found.place).chain(found.more.iter().copied()).collect::<Vec<_>>();
    let more = first.more.iter().copied().chain(others.iter().flat_map(places));
    let trace = Trace {
        pointer: format!("/sections/{at}/body"),
        spot: desk.spot(first.place),
        more: more.map(|place| desk.spot(place)).collect(),
        words: desk.raw(first),
        confidence: section.lines.iter().map(|line| line.confidence).max().unwrap_or(Confidence::Certain),
    };
    desk.traces.push(trace);
}
