//! What holds of any file.

use proptest::prelude::*;

use super::*;
use crate::source::text::physical;

/// A valid document, to be spoiled.
fn samples() -> Vec<Vec<u8>> {
    vec![
        workbook(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c s=\"1\"><f>1</f><v>2</v></c></row>",
            "<si><t>a</t></si>",
            "<cellXfs><xf numFmtId=\"9\"/></cellXfs>",
        ),
        open_workbook(
            "<table:table table:name=\"a\"><table:table-row><table:table-cell office:value=\"1\"><text:p>a</text:p></table:table-cell></table:table-row></table:table>",
        ),
        document("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
        "N.;A\n1;\"b\"\n".as_bytes().to_vec(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), csv in any::<bool>()) {
        let _ = named(if csv { "a.csv" } else { "a" }, &bytes);
    }

    #[test]
    fn no_spoiled_document_makes_the_reader_panic(
        sample in 0_usize..4,
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = samples().swap_remove(sample);
        for (place, byte) in spoils {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = named("a.csv", &bytes);
    }

    #[test]
    fn no_markup_makes_the_reader_panic(
        tags in prop::collection::vec("</?(w:p|w:tbl|w:tr|w:tc|w:t|w:del|w:gridSpan w:val=\"[0-9]{1,20}\"|table:table|table:table-row|table:table-cell|text:p|row|c|v|f)/?>|[a-z&;]{1,3}", 0..40),
    ) {
        let tags = tags.concat();
        let _ = unsaid(&document(&tags));
        let _ = unsaid(&open_workbook(&tags));
        let _ = unsaid(&workbook(&tags, &tags, &tags));
    }

    #[test]
    fn every_line_of_a_text_is_a_line_and_no_character_is_lost(text in "[a-z |;\"\t\r\n\\\\àè]{1,200}") {
        let said = |name: &str| named(name, text.as_bytes());
        prop_assume!(!text.trim().is_empty());
        let source = said("a.txt").unwrap();
        prop_assert_eq!(source.lines().len(), physical(&text).count());
        let letters = |text: &str| text.chars().filter(|one| one.is_alphabetic() || matches!(one, '"' | ';')).collect::<String>();
        let kept: String = source.lines().iter().flat_map(|line| line.cells().map(str::to_owned).collect::<Vec<_>>()).collect();
        prop_assert_eq!(letters(&kept), letters(&text));
        let plain = source.lines().iter().filter(|line| line.cells().len() == 1);
        for line in plain {
            let bare = physical(&text).nth(usize::try_from(line.number.saturating_sub(1)).unwrap()).unwrap();
            prop_assert!(bare == line.cell(0) || bare.trim().starts_with('|'));
        }
    }

    #[test]
    fn separated_values_lose_no_letter_and_their_numbers_are_those_of_their_lines(text in "[a-z;\"\r\n]{1,200}") {
        prop_assume!(!text.trim().is_empty());
        let source = named("a.csv", text.as_bytes()).unwrap();
        let letters = |text: &str| text.chars().filter(|one| one.is_alphabetic()).collect::<String>();
        let kept: String = source.lines().iter().flat_map(|line| line.cells().map(str::to_owned).collect::<Vec<_>>()).collect();
        prop_assert_eq!(letters(&kept), letters(&text));
        let mut last = 0;
        for line in source.lines() {
            prop_assert!(line.number > last);
            last = line.number;
            let bare = physical(&text).nth(usize::try_from(line.number.saturating_sub(1)).unwrap()).unwrap();
            let first: String = letters(line.cell(0)).chars().take(1).collect();
            prop_assert!(first.is_empty() || line.cell(0).contains('\n') || line.cell(0).contains('\r') || letters(bare).starts_with(&first));
        }
        prop_assert!(usize::try_from(last).unwrap() <= physical(&text).count());
    }
}
