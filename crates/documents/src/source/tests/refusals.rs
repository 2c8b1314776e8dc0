//! Files that are not read, and what is said of them.

use super::*;

fn code(bytes: &[u8]) -> &'static str {
    let refusal = unsaid(bytes).unwrap_err();
    assert!(!refusal.detail().is_empty() && !refusal.detail().contains("{}"));
    refusal.code()
}

#[test]
fn what_people_send_by_mistake_is_named() {
    let compound = |name: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(code(b""), "empty");
    assert_eq!(code(b" \r\n\t\n"), "empty");
    assert_eq!(code(b"\xEF\xBB\xBF"), "empty");
    assert_eq!(code(b"%PDF-1.7\n\0\0"), "pdf");
    assert_eq!(code(b"{\\rtf1 ciao}"), "rtf");
    assert_eq!(code(b"<!DOCTYPE html><table>"), "web_page");
    assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image");
    assert_eq!(code(&compound("WordDocument")), "old_word");
    assert_eq!(code(&compound("Workbook")), "old_excel");
    assert_eq!(code(&compound("EncryptedPackage")), "encrypted");
    assert_eq!(code(&compound("Altro")), "not_a_document");
    assert_eq!(code(b"testo con\0zeri in mezzo"), "not_a_document");
    assert_eq!(code(&[1; 100]), "not_a_document");
}

#[test]
fn archives_that_are_no_document_of_ours_are_named() {
    assert_eq!(code(&archive(&[("foto.jpg", "x")])), "not_a_document");
    assert_eq!(code(&archive(&[("xl/workbook.bin", "x")])), "binary_workbook");
    assert_eq!(code(&archive(&[("ppt/presentation.xml", "x")])), "presentation");
    assert_eq!(code(&archive(&[("mimetype", "application/vnd.oasis.opendocument.text")])), "open_text");
    let manifest = "<manifest:encryption-data/>";
    let ods = "application/vnd.oasis.opendocument.spreadsheet";
    assert_eq!(code(&archive(&[("mimetype", ods), ("META-INF/manifest.xml", manifest)])), "encrypted");
}

#[test]
fn a_document_cut_anywhere_is_damaged_and_never_half_read() {
    let whole = document("<w:p><w:r><w:t>parole</w:t></w:r></w:p>");
    for end in 4..whole.len() {
        let refusal = unsaid(&whole[..end]).unwrap_err();
        assert_eq!(refusal.code(), "damaged", "{end} of {}", whole.len());
    }
    assert_eq!(code(&document("<w:p><w:r>")), "damaged");
    assert_eq!(code(&archive(&[("word/document.xml", "<w:document><w:body>")])), "damaged");
}

#[test]
fn a_changed_byte_is_damage() {
    let words = "parole sempre diverse: ".to_owned() + &(0..500).map(|n| n.to_string()).collect::<String>();
    let mut bytes = document(&format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"));
    let middle = bytes.len() / 3;
    bytes[middle] ^= 0x55;
    assert_eq!(code(&bytes), "damaged");
}

#[test]
fn declarations_and_unknown_entities_are_refused() {
    let laughs = r#"<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><w:document>&lol2;</w:document>"#;
    assert_eq!(code(&archive(&[("word/document.xml", laughs)])), "entities");
    let outside = r#"<!DOCTYPE a SYSTEM "file:///etc/hostname"><w:document/>"#;
    assert_eq!(code(&archive(&[("word/document.xml", outside)])), "entities");
    assert_eq!(code(&document("<w:p>&xxe;</w:p>")), "entities");
}
