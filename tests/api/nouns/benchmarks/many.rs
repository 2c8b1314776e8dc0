//! Many indicators at once, two together, and the comuni like one.

use serde_json::{Value, json};

use super::country::{ANONYMOUS, Country, Fact, WITHHELD, fact};
use crate::nouns::column;

fn planted() -> Country {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5"]);
    for (number, value) in [(1, "10"), (2, "20"), (3, "30"), (4, "40"), (5, "55")] {
        country.has(&format!("Y{number:03}"), Fact { indicator: "T1.debts", ..fact(value) });
    }
    country.has("Y006", Fact { modes: ANONYMOUS, ..fact("666") });
    country.has("Y007", Fact { modes: WITHHELD, ..fact("777") });
    country.has("L454", Fact { modes: WITHHELD, ..fact("9") });
    country
}

fn question(members: &Value) -> Value {
    let whole = json!({"indicators": ["T1.debts", "T1.itp"], "years": [2025]});
    crate::nouns::with(&whole, members)
}

#[test]
fn values_stand_in_their_places_and_those_kept_back_say_why() {
    let country = planted();
    let comuni = json!({"comuni": ["L454", "Y001", "Y006", "Y007", "Y008"]});
    let told = country.questions("L454", "", &question(&comuni)).expect(200);
    assert_eq!(column(told["indicators"].as_array().unwrap(), "code"), ["T1.debts", "T1.itp"]);
    assert_eq!(column(told["comuni"].as_array().unwrap(), "code"), ["L454", "Y001", "Y006", "Y007", "Y008"]);
    assert_eq!(told["values"], json!([null, "10", null, null, null, "9", "1", null, null, null]));
    assert_eq!(told["grades"], "-A---AA---");
    let kept = json!([{"at": 7, "why": "anonymous_block"}, {"at": 8, "why": "no_consent"}]);
    assert_eq!((&told["kept_back"], &told["statistics"]), (&kept, &Value::Null));
    let others = country.questions("F471", "", &question(&comuni));
    assert_eq!(others.expect(200)["values"][5], Value::Null);
    assert!(!others.text().contains("666") && !others.text().contains("777"));
}

#[test]
fn a_table_is_written_as_separated_values_and_as_json_stat() {
    let country = planted();
    let body = question(&json!({"comuni": ["Y001", "Y007"]}));
    let csv = country.questions("F471", "?format=csv", &body).text();
    let lines = "indicator,indicator_label,year,year_label,comune,comune_label,value,status\r\n\
        T1.debts,Tempestività dei pagamenti,2025,2025,Y001,Comune 1,10,\r\n\
        T1.itp,Tempestività dei pagamenti,2025,2025,Y001,Comune 1,1,\r\n\
        T1.itp,Tempestività dei pagamenti,2025,2025,Y007,Comune 7,,no_consent\r\n";
    assert_eq!(csv, lines);
    let stat = country.questions("F471", "?format=json-stat", &body).expect(200);
    assert_eq!((&stat["id"], &stat["size"]), (&json!(["indicator", "year", "comune"]), &json!([2, 1, 2])));
    assert_eq!((&stat["value"], &stat["status"]), (&json!([10, null, 1, null]), &json!({"3": "no_consent"})));
    assert_eq!(stat["dimension"]["comune"]["category"]["label"]["Y001"], "Comune 1");
    assert_eq!(
        (&stat["role"]["geo"], &stat["updated"]),
        (&json!(["comune"]), &json!("2026-04-05T09:00:00Z"))
    );
}

#[test]
fn statistics_of_many_indicators_are_the_ones_told_of_each() {
    let country = planted();
    let body = question(&json!({"group": "region:03", "figures": "statistics"}));
    let told = country.questions("F471", "", &body).expect(200);
    let alone = country.asks("F471", "/benchmarks/T1.itp?group=region:03&year=2025").expect(200);
    let names = told["statistics"].as_array().unwrap();
    for (at, name) in names.iter().enumerate().skip(1) {
        assert_eq!(told["values"][names.len() + at], alone["statistics"][name.as_str().unwrap()], "{name}");
    }
    assert_eq!((&told["comuni"], &told["values"][0]), (&Value::Null, &json!("5")));
    assert_eq!(told["group"]["version"], "registry-1");
}

#[test]
fn what_a_question_gets_wrong_is_said_where_it_is() {
    let country = planted();
    for (members, place) in [
        (json!({"group": "region:03", "indicators": ["T1.nulla"]}), "/indicators/0"),
        (json!({"group": "region:03", "indicators": []}), "/indicators"),
        (json!({"group": "region:03", "indicators": ["T1.itp", "T1.itp"]}), "/indicators/1"),
        (json!({"group": "region:03", "years": [1000]}), "/years/0"),
        (json!({"group": "lombardia"}), "/group"),
        (json!({}), "/group"),
        (json!({"group": "region:03", "comuni": ["L454"]}), "/comuni"),
        (json!({"comuni": ["L454"], "figures": "statistics"}), "/comuni"),
        (json!({"comuni": ["A999"]}), "/comuni/0"),
    ] {
        let reply = country.questions("L454", "", &question(&members));
        assert_eq!(
            (reply.refused(422).as_str(), reply.pointers()),
            ("invalid", vec![place.to_owned()]),
            "{members}"
        );
    }
    let nowhere = country.questions("L454", "", &question(&json!({"group": "custom:nessuno"})));
    assert_eq!(nowhere.refused(404), "not-found");
}

#[test]
fn two_indicators_are_correlated_over_those_named_in_both() {
    let country = planted();
    let path = "/benchmarks/correlation?first=T1.itp&second=T1.debts&group=region:03&year=2025";
    let told = country.asks("F471", path).expect(200);
    // Deviations (-2,-1,0,1,2) and (-21,-11,-1,9,24): 110 / sqrt(10 * 1220).
    assert_eq!(
        (&told["n"], &told["pearson"], &told["spearman"]),
        (&json!(5), &json!("0.995893"), &json!("1"))
    );
    let few = country.asks("F471", &path.replace("T1.debts", "T1.itp").replace("region:03", "near:Y001:1"));
    let few = few.expect(200);
    assert_eq!((&few["pearson"], &few["suppressed"][0]["why"]), (&Value::Null, &json!("too_few")));
}

#[test]
fn the_comuni_like_one_are_told_the_most_alike_first() {
    let country = planted();
    let told = country.asks("L454", "/comparable-comuni/Y010?limit=2").expect(200);
    assert_eq!((&told["name"], &told["registry"]), (&json!("Comune 10"), &json!("registry-1")));
    assert_eq!(column(told["items"].as_array().unwrap(), "code"), ["Y009", "Y011"]);
}
