//! Files that nobody wrote: plans of ours cut, shuffled, repeated and spoiled, the same for the same seed.

/// The plans to begin with.
const PLANS: [&str; 9] = [
    include_str!("../../fixtures/blocks_forms.txt"),
    include_str!("../../fixtures/blocks_lines.txt"),
    include_str!("../../fixtures/cards_clean.txt"),
    include_str!("../../fixtures/cards_torn.txt"),
    include_str!("../../fixtures/lists_dots.txt"),
    include_str!("../../fixtures/lists_numbers.txt"),
    include_str!("../../fixtures/table_areas.txt"),
    include_str!("../../fixtures/table_phases.txt"),
    include_str!("../../fixtures/table_wide.txt"),
];
/// A plan as the service writes it.
const DOCUMENT: &str = r#"{"format": "traguardo.plan.v1", "comune": "L454",
 "plan": {"year": 2026, "kind": "standalone", "title": "Piano"},
 "units": [{"external_id": "U", "code": "U", "name": "Ufficio", "kind": "office", "valid_from": "2020-01-01"}],
 "objectives": [{"external_id": "O", "title": "Uno", "deadline": {"words": "31.06.2026"},
  "assignments": [{"external_id": "A", "unit_code": "U", "weight": {"words": "100%"}}]}]}"#;
/// Words with a meaning somewhere, and words that look like them.
const WORDS: [&str; 32] = [
    "Totale",
    "100%",
    "(50%)",
    "31.06.2026",
    "1.1.1.",
    "99999999999999999999",
    "-1",
    "<= 0",
    "N/P",
    "Fase:",
    "STRUTTURA:",
    "OBIETTIVI AREA",
    "OBIETTIVI TRASVERSALI",
    "Settore",
    "Peso %",
    "Target",
    "Obiettivo 1/XX",
    "Profilo di performance",
    "NR",
    "CUP: B12C",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "ﬁ",
    "Тетрі",
    "<b>",
    "&amp;",
    "|",
    "\t\t\t",
    "\"",
    "|---|---|",
];
/// The most lines of a file: enough for every reader to meet itself, and few enough to try many.
const MOST_LINES: usize = 240;

/// A row of numbers that look like chance (`splitmix64`), all from one.
pub(crate) struct Chance(u64);

impl Chance {
    /// The row that begins with this number.
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; nothing is below nothing.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next().checked_rem(end).unwrap_or_default()).unwrap_or_default()
    }

    fn one_of<'o>(&mut self, items: &[&'o str]) -> &'o str {
        items.get(self.below(items.len())).copied().unwrap_or_default()
    }
}

/// The file of a seed.
#[must_use]
pub(crate) fn file(seed: u64) -> Vec<u8> {
    let mut chance = Chance::of(seed);
    let mut lines = beginning(&mut chance);
    for _ in 0..chance.below(24) {
        change(&mut lines, &mut chance);
        lines.truncate(MOST_LINES);
    }
    let ending = ["\n", "\n", "\n", "\r\n", "\r"];
    spoiled(lines.join(chance.one_of(&ending)), &mut chance)
}

/// Lines of one plan, of two one after the other, or of all, each from anywhere.
fn beginning(chance: &mut Chance) -> Vec<String> {
    let whole = |chance: &mut Chance| chance.one_of(&PLANS).lines().map(str::to_owned).collect::<Vec<_>>();
    match chance.below(8) {
        0 => DOCUMENT.lines().map(str::to_owned).collect(),
        1 => {
            let all: Vec<&str> = PLANS.iter().flat_map(|plan| plan.lines()).collect();
            (0..chance.below(60)).map(|_| chance.one_of(&all).to_owned()).collect()
        }
        2 => [whole(chance), whole(chance)].concat(),
        _ => whole(chance),
    }
}

/// One change of the lines.
fn change(lines: &mut Vec<String>, chance: &mut Chance) {
    let (from, to) = (chance.below(lines.len()), chance.below(lines.len()));
    let end = from.saturating_add(chance.below(12)).saturating_add(1).min(lines.len());
    let some: Vec<String> = lines.get(from..end).unwrap_or_default().to_vec();
    match chance.below(10) {
        0 if !lines.is_empty() => lines.swap(from, to),
        1 => drop(lines.drain(from.min(end)..end)),
        2 => drop(lines.splice(to..to, some)),
        3 => {
            let times = chance.below(6);
            drop(lines.splice(to..to, std::iter::repeat_n(some, times).flatten()));
        }
        4 => lines.insert(to, chance.one_of(&PLANS.concat().lines().collect::<Vec<_>>()).to_owned()),
        5 => lines.insert(to, chance.one_of(&WORDS).to_owned()),
        6 if end < lines.len() => {
            let next = lines.remove(end);
            if let Some(line) = lines.get_mut(from) {
                line.push_str(&next);
            }
        }
        _ => {
            if let Some(line) = lines.get_mut(from) {
                *line = other(line, chance);
            }
        }
    }
}

/// One change of a line.
fn other(line: &str, chance: &mut Chance) -> String {
    let letters: Vec<char> = line.chars().collect();
    let at = chance.below(letters.len());
    let (head, tail) = letters.split_at(at.min(letters.len()));
    let (head, tail): (String, String) = (head.iter().collect(), tail.iter().collect());
    let mut cells: Vec<&str> = line.split('\t').collect();
    let (one, two) = (chance.below(cells.len()), chance.below(cells.len()));
    match chance.below(10) {
        0 => head,
        1 => tail,
        2 => format!("{head}\n{tail}"),
        3 => format!("{head}\t{tail}"),
        4 => {
            cells.swap(one, two);
            cells.join("\t")
        }
        5 => {
            cells.remove(one);
            cells.join("\t")
        }
        6 if line.len() < 400 => line.repeat(chance.below(40)),
        7 => line.replace('\t', chance.one_of(&["|", ";", " ", "\t\t", "\n"])),
        8 => line.chars().map(|letter| if letter.is_ascii_digit() { '9' } else { letter }).collect(),
        _ => format!("{head}{}{tail}", chance.one_of(&WORDS)),
    }
}

/// The bytes of a text, most often as they should be.
fn spoiled(text: String, chance: &mut Chance) -> Vec<u8> {
    match chance.below(12) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect(),
        2 => {
            let mut bytes = text.into_bytes();
            for _ in 0..chance.below(8) {
                let (at, byte) = (chance.below(bytes.len()), chance.below(256));
                if let Some(there) = bytes.get_mut(at) {
                    *there = u8::try_from(byte).unwrap_or_default();
                }
            }
            bytes
        }
        3 => text.replace('\t', ";").into_bytes(),
        _ => text.into_bytes(),
    }
}
