//! Lines that repeat what is said elsewhere: an index, the cover before the title, the head of every page.

use std::collections::HashSet;

use super::line::{Read, ReadLine};
use crate::layout::structures::compared;
use crate::profile::Opens;

/// How many headings one after the other, with nothing between, are an index.
const LEAST_OF_AN_INDEX: usize = 3;

/// Makes decoration of the lines that repeat what is said elsewhere.
pub(super) fn leave_out(reads: &mut [ReadLine<'_>]) {
    leave_indexes_out(reads);
    leave_cover_out(reads);
}

/// An index is a run of headings, all numbered or none, that only another heading follows; where text follows, the last of them
/// is the heading of that text.
fn leave_indexes_out(reads: &mut [ReadLine<'_>]) {
    let (mut indexed, mut run): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut numbered = false;
    for (at, line) in reads.iter().enumerate() {
        let heading = opens_a_section(&line.read);
        if matches!(line.read, Read::Blank | Read::Decoration) {
            continue;
        }
        let item = matches!(line.read, Read::Item(_));
        if !heading || item != numbered {
            if !heading {
                run.pop();
            }
            if run.len() >= LEAST_OF_AN_INDEX {
                indexed.append(&mut run);
            }
            run.clear();
        }
        if heading {
            run.push(at);
            numbered = item;
        }
    }
    for at in indexed {
        if let Some(line) = reads.get_mut(at) {
            line.read = Read::Decoration;
        }
    }
}

/// The lines in capitals before the title of the plan say whose it is; where they come again, they are the head of a page.
fn leave_cover_out(reads: &mut [ReadLine<'_>]) {
    let Some(title) = reads.iter().position(|line| !is_cover(&line.read)) else { return };
    let is_title = |line: &ReadLine<'_>| matches!(&line.read, Read::Heading(opening, _) if opening.heading.opens == Opens::Plan);
    if !reads.get(title).is_some_and(is_title) {
        return;
    }
    let cover: HashSet<String> =
        reads.iter().take(title).filter_map(|line| prose(&line.read).map(compared)).collect();
    if cover.is_empty() {
        return;
    }
    for line in reads {
        if prose(&line.read).is_some_and(|words| is_cover(&line.read) && cover.contains(&compared(words))) {
            line.read = Read::Decoration;
        }
    }
}

fn is_cover(read: &Read<'_>) -> bool {
    match read {
        Read::Blank | Read::Decoration => true,
        Read::Prose(words) => !words.chars().any(|c| c.is_numeric() || c.is_lowercase()),
        Read::Heading(..) | Read::Item(_) | Read::Row(_) => false,
    }
}

fn prose<'r>(read: &'r Read<'_>) -> Option<&'r str> {
    match read {
        Read::Prose(words) => Some(words),
        Read::Blank | Read::Decoration | Read::Heading(..) | Read::Item(_) | Read::Row(_) => None,
    }
}

fn opens_a_section(read: &Read<'_>) -> bool {
    let opening = match read {
        Read::Heading(opening, _) => Some(opening),
        Read::Item(item) => item.opening.as_ref(),
        Read::Blank | Read::Decoration | Read::Prose(_) | Read::Row(_) => None,
    };
    opening.is_some_and(|opening| matches!(opening.heading.opens, Opens::Section(_)))
}
