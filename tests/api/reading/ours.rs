//! Plans of ours in every layout that ships, in the forms comuni keep them in: always read, wherever the tests run.

use super::*;

const COMUNE: &str = "L454";

/// A plan of ours, and what it has.
struct Ours {
    text: &'static str,
    profile: &'static str,
    /// Objectives, phases, indicators, assignments.
    counted: [usize; 4],
    by_unit: &'static [Sums],
    /// The numbers of the lines nobody can understand.
    not_understood: &'static [u64],
    /// The codes of what is wrong in it, as it was written.
    wrong: &'static [(&'static str, u64)],
}

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../crates/documents/fixtures/", $name, ".txt"))
    };
}

pub(super) const AREAS: &str = fixture!("table_areas");

const PHASES: Ours = Ours {
    text: fixture!("table_phases"),
    profile: "table_with_phases",
    counted: [5, 8, 13, 5],
    by_unit: &[(3, 100), (2, 100)],
    not_understood: &[],
    wrong: &[("E01", 1), ("E03", 1)],
};
const PER_AREA: Ours = Ours {
    text: AREAS,
    profile: "table_per_area",
    counted: [10, 0, 10, 10],
    by_unit: &[(2, 100), (5, 100), (3, 95)],
    not_understood: &[],
    wrong: &[("E02", 1), ("E04", 1), ("E09", 1)],
};
const WIDE: Ours = Ours {
    text: fixture!("table_wide"),
    profile: "wide_table",
    counted: [7, 0, 7, 8],
    by_unit: &[(1, 0), (2, 0), (1, 0), (1, 0), (2, 0)],
    not_understood: &[],
    wrong: &[("E01", 1), ("E20", 1), ("E23", 1)],
};
const CARDS: Ours = Ours {
    text: fixture!("cards_torn"),
    profile: "cards",
    counted: [7, 0, 8, 7],
    by_unit: &[(5, 100), (2, 100)],
    not_understood: &[],
    wrong: &[("E05", 3), ("E09", 2), ("E23", 1)],
};
const LISTS: Ours = Ours {
    text: fixture!("lists_dots"),
    profile: "lists_under_headings",
    counted: [12, 0, 0, 12],
    by_unit: &[(4, 0), (3, 0), (2, 0), (3, 0)],
    not_understood: &[],
    wrong: &[("E05", 1), ("E25", 2)],
};
const BLOCKS: Ours = Ours {
    text: fixture!("blocks_lines"),
    profile: "key_value_blocks",
    counted: [3, 0, 5, 3],
    by_unit: &[(2, 100), (1, 0)],
    not_understood: &[42],
    wrong: &[("E06", 1)],
};

impl Ours {
    /// Reads it in one of the forms, of so many lines, and puts it in a plan.
    fn read(&self, bytes: &[u8], name: &str, lines: usize) {
        let world = World::new();
        let file = File { bytes, name, year: 2026 };
        let import = Import::of(&world, COMUNE, &file);
        let certificate = import.accounted(lines, self.not_understood);
        assert_eq!(certificate["profile"], self.profile, "{name}");
        let draft = import.document();
        assert_eq!((counted(&draft), by_unit(&draft).as_slice()), (self.counted, self.by_unit), "{name}");
        for (code, count) in self.wrong {
            assert_eq!(certificate["findings_by_code"][code], *count, "{name}: {code}");
        }
        import.becomes_a_plan_once(&file);
    }

    fn read_as_text(&self) {
        self.read(self.text.as_bytes(), "piano.txt", self.text.lines().count());
    }
}

#[test]
fn a_table_with_phases_as_text() {
    PHASES.read_as_text();
}

#[test]
fn a_table_with_phases_as_separated_values_of_windows() {
    let bytes = files::separated(PHASES.text);
    assert!(std::str::from_utf8(&bytes).is_err(), "it is not UTF-8");
    PHASES.read(&bytes, "piano.csv", PHASES.text.lines().count());
}

#[test]
fn a_table_per_area_as_a_document() {
    PER_AREA.read(&files::document(PER_AREA.text), "piano.docx", PER_AREA.text.lines().count());
}

#[test]
fn a_wide_table_as_a_workbook() {
    WIDE.read(&files::workbook(WIDE.text), "piano.xlsx", WIDE.text.lines().count());
}

#[test]
fn cards_as_text_and_as_a_document() {
    CARDS.read_as_text();
    CARDS.read(&files::document(CARDS.text), "piano.docx", CARDS.text.lines().count());
}

#[test]
fn lists_under_headings_as_text() {
    LISTS.read_as_text();
}

#[test]
fn blocks_of_named_lines_as_text() {
    BLOCKS.read_as_text();
}
