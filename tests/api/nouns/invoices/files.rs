//! Files of bills, as the extract of the national platform.

use super::*;

const HEADER: &str = "Codice fiscale fornitore;Numero fattura;Tipo documento;Data emissione;Data ricezione;Importo totale;\
    IVA split payment;Struttura;Numero mandato;Data pagamento;Importo pagato;Note";

fn load(world: &World, query: &str, lines: &[&str]) -> Reply {
    let text = lines.join("\r\n");
    let call = world.call("ragioneria", "POST", "L454", &format!("/invoices-csv{query}"));
    call.bytes("text/csv", text).send()
}

const GOOD: [&str; 4] = [
    HEADER,
    "IT01234567890;1;TD01;08/01/2025;10/01/2025;1.220,00;220,00;;118;04/02/2025;400,00;",
    "IT01234567890;1;TD01;08/01/2025;10/01/2025;1.220,00;220,00;;119;05/02/2025;600,00;",
    "IT01234567890;2;TD01;2025-01-08;2025-01-10;50;0;;;;0,00;",
];

#[test]
fn an_extract_is_taken_once_however_often_it_is_sent() {
    let world = World::new();
    let first = load(&world, "", &GOOD).expect(200);
    assert_eq!(
        (&first["applied"], &first["lines"], &first["refused_lines"]),
        (&json!(true), &json!(3), &json!(0))
    );
    assert_eq!(first["invoices"], json!({"created": 2, "changed": 0, "unchanged": 0}));
    assert_eq!(first["payments"], json!({"created": 2, "changed": 0, "unchanged": 0}));
    assert_eq!(first["ignored"], json!(["Note"]));
    assert_eq!(listed(&world, "?number=1")[0]["open"], "0.00");
    let again = load(&world, "", &GOOD).expect(200);
    assert_eq!(again["invoices"], json!({"created": 0, "changed": 0, "unchanged": 2}));
    assert_eq!((&again["applied"], &again["payments"]["unchanged"]), (&json!(false), &json!(2)));
}

#[test]
fn good_lines_are_taken_and_bad_ones_told_unless_it_is_all_or_nothing() {
    let world = World::new();
    let bad = "IT01234567890;3;TD01;08/01/2025;10/01/2025;1.220;0;NOWHERE;;;;";
    let lines = [GOOD[0], GOOD[1], bad];
    let refused = load(&world, "?mode=all_or_nothing", &lines);
    assert_eq!(refused.refused(422), "bulk-refused");
    assert!(refused.json()["detail"].as_str().unwrap().contains("mode=all_or_nothing"), "{refused}");
    let whole = load(&world, "?mode=all_or_nothing&dry_run=true", &lines).expect(200);
    assert_eq!(
        (
            &whole["applied"],
            &whole["refused_lines"],
            &whole["invoices"]["created"],
            &whole["payments"]["created"]
        ),
        (&json!(false), &json!(1), &json!(0), &json!(0))
    );
    assert_eq!(refused.pointers(), ["/lines/3/total", "/lines/3/unit"]);
    let trial = load(&world, "?dry_run=true", &lines).expect(200);
    assert_eq!((&trial["applied"], &trial["invoices"]["created"]), (&json!(false), &json!(1)));
    assert!(listed(&world, "").is_empty());
    let taken = load(&world, "", &lines).expect(200);
    assert_eq!((&taken["refused_lines"], &taken["invoices"]["created"]), (&json!(1), &json!(1)));
    assert_eq!((&taken["refused"][0]["line"], &taken["refused"][0]["column"]), (&json!(3), &json!("total")));
    assert_eq!(numbers(&listed(&world, "")), ["1"]);
}

#[test]
fn what_is_no_file_of_bills_is_refused_whole() {
    let world = World::new();
    assert_eq!(load(&world, "", &["a;b", "1;2"]).refused(422), "invalid");
    for (bytes, found) in [
        ("%PDF-1.7", "È un PDF. "),
        ("{\\rtf1 x}", "È un documento RTF. "),
        ("<!DOCTYPE html><html></html>", "È una pagina Web o un file XML. "),
        ("a;b\u{0};c", ""),
        ("PK\u{3}\u{4}x", ""),
    ] {
        let refused = load(&world, "", &[bytes]);
        assert_eq!(refused.refused(422), "invalid", "{bytes:?}");
        let detail = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with(found) && detail.contains("Qui si legge un CSV"), "{detail}");
    }
    let call = world.call("ragioneria", "POST", "L454", "/invoices-csv");
    assert_eq!(call.clone().json(&json!({})).send().refused(415), "unsupported-media-type");
    let forbidden = world.call("nucleo", "POST", "L454", "/invoices-csv").bytes("text/csv", GOOD.join("\n"));
    assert_eq!(forbidden.send().refused(403), "forbidden");
}

#[test]
fn a_comune_says_what_its_columns_are_called() {
    let world = World::new();
    let lines =
        ["PIVA;N.;Emessa;Arrivata;Totale;IVA split payment", "01234567890;9;08/01/2025;10/01/2025;12,50;0"];
    let refused = load(&world, "", &lines);
    assert_eq!(refused.refused(422), "invalid");
    let columns = [
        ("supplier", "Piva"),
        ("number", "N"),
        ("issued", "Emessa"),
        ("received", "arrivata"),
        ("total", "TOTALE"),
    ];
    let columns: Vec<Value> =
        columns.map(|(column, heading)| json!({"column": column, "heading": heading})).into();
    let settings = json!({
        "fund_rounding": "nearest", "contested_debt_counts": false, "no_requests": "not_evaluable", "proration": "months",
        "fewest_respondents": 30, "invoice_columns": columns
    });
    let put =
        world.call("segretario", "PUT", "L454", "/feeder-settings").json(&settings).if_match("*").send();
    assert!((200..300).contains(&put.status), "{put}");
    assert_eq!(load(&world, "", &lines).expect(200)["invoices"]["created"], 1);
    assert_eq!(listed(&world, "")[0]["total"], "12.50");
}

#[test]
fn a_structure_is_named_by_its_code_or_its_key_on_the_day_of_receipt() {
    let world = World::new();
    let unit = |code: &str, key: &str, from: &str| json!({"code": code, "external_id": key, "name": code, "kind": "office", "valid_from": from});
    for unit in [unit("RAG", "erp-7", "2024-01-01"), unit("NEW", "erp-8", "2025-06-01")] {
        world.call("segretario", "POST", "L454", "/units").json(&unit).send().expect(201);
    }
    let line = |number: &str, unit: &str| {
        format!("01234567890;{number};TD01;08/01/2025;10/01/2025;10,00;0;{unit};;;;")
    };
    let lines = [HEADER.to_owned(), line("1", "RAG"), line("2", "erp-7"), line("3", "NEW")];
    let taken = load(&world, "", &lines.iter().map(String::as_str).collect::<Vec<_>>()).expect(200);
    assert_eq!((&taken["refused_lines"], &taken["refused"][0]["column"]), (&json!(1), &json!("unit")));
    let all = listed(&world, "");
    assert!(all.len() == 2 && all[0]["unit"].is_string() && all[0]["unit"] == all[1]["unit"], "{all:?}");
}
