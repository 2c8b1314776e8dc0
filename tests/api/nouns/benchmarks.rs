//! Comparison across comuni, over HTTP: what is told of a group, of a comune in it, and what never is.

mod country;
mod kept;
mod many;

use serde_json::{Value, json};

use super::column;
use country::{ANONYMOUS, Country, Fact, WITHHELD, because, fact, suppressed};

const GROUP: &str = "?group=region:03&year=2025";

#[test]
fn statistics_are_those_worked_by_hand_and_the_comune_finds_its_place() {
    let country = Country::new();
    country.have(&["15", "35", "40", "50", "-4"]).has("L454", fact("20"));
    let told = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}")).expect(200);
    // In order -4 15 20 35 40 50; the places are 0.5, 1.25, 2.5, 3.75, 4.5.
    let by_hand = json!({
        "n": 6, "mean": "26", "p10": "5.5", "p25": "16.25", "p50": "27.5", "p75": "38.75", "p90": "45", "min": "-4", "max": "50"
    });
    assert_eq!(told["statistics"], by_hand);
    // Days of delay: less is better, and two comuni have less. Two of the five others are lower.
    let place = json!({
        "comune": "L454", "name": "Truccazzano", "value": "20", "grade": "A", "rank": 3, "among": 6, "percentile": "40",
        "to_median": "-7.5"
    });
    assert_eq!(told["place"], place);
    // Thirty of the registry and three of the demo.
    assert_eq!((&told["group"]["comuni"], &told["coverage"]), (&json!(33), &json!("18.181818")));
    assert_eq!(
        (&told["group"]["version"], &told["group"]["audience"]),
        (&json!("registry-1"), &json!("group"))
    );
    assert_eq!(told["published"], json!({"first": "2026-04-01T09:00:00Z", "last": "2026-04-05T09:00:00Z"}));
    assert_eq!(suppressed(&told), []);
    let another = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}&comune=Y005")).expect(200);
    assert_eq!((&another["place"]["rank"], &another["place"]["percentile"]), (&json!(1), &json!("0")));
}

#[test]
fn equals_share_the_better_rank_and_without_a_year_the_last_is_compared() {
    let country = Country::new();
    country.have(&["1", "3", "3", "3", "7"]).has("L454", fact("3"));
    country.has("Y006", Fact { year: 2024, ..fact("9") });
    let told = country.asks("L454", "/benchmarks/T1.itp?group=region:03").expect(200);
    assert_eq!((&told["year"], &told["place"]["rank"]), (&json!(2025), &json!(2)));
    // One lower, three equal, one higher: (1 + 3/2) of 5.
    assert_eq!(told["place"]["percentile"], "50");
}

#[test]
fn of_fewer_than_five_nothing_is_told_but_who_shows_itself() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4"]);
    let told = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}")).expect(200);
    assert_eq!((&told["statistics"], &told["entered"]), (&Value::Null, &json!(4)));
    assert_eq!(suppressed(&told), [because("statistics", "too_few", 0)]);
    let spread = country.asks("L454", &format!("/benchmarks/T1.itp/distribution{GROUP}")).expect(200);
    assert_eq!(spread["bins"], json!([]));
    let members = country.asks("L454", &format!("/benchmarks/T1.itp/members{GROUP}")).expect(200);
    assert_eq!(column(members["items"].as_array().unwrap(), "comune"), ["Y001", "Y002", "Y003", "Y004"]);
    assert_eq!(members["statistics"], Value::Null);
}

#[test]
fn who_is_anonymous_enters_by_whole_blocks_and_is_listed_nowhere() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5"]);
    for number in 11..=15 {
        country.has(&format!("Y{number:03}"), Fact { modes: ANONYMOUS, ..fact("100") });
    }
    country.has("L454", Fact { modes: ANONYMOUS, ..fact("100") });
    let told = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}")).expect(200);
    assert_eq!((&told["entered"], &told["anonymous"]), (&json!(11), &json!(6)));
    assert_eq!(suppressed(&told), [because("max", "anonymous_block", 0)]);
    assert_eq!(told["place"]["rank"], 6);
    // L454 is of another province: without it the block is not whole.
    let told = country.asks("F471", "/benchmarks/T1.itp?group=province:BS&year=2025").expect(200);
    assert_eq!((&told["entered"], &told["anonymous"]), (&json!(5), &json!(0)));
    assert_eq!(suppressed(&told), [because("values", "anonymous_block", 5)]);
    let members = country.asks("F471", &format!("/benchmarks/T1.itp/members{GROUP}")).expect(200);
    assert_eq!(members["items"].as_array().unwrap().len(), 5);
    assert_eq!(suppressed(&members), [because("values", "anonymous_block", 6)]);
    let of_one = country.asks("F471", &format!("/benchmarks/T1.itp{GROUP}&comune=Y011")).expect(200);
    assert_eq!(of_one["place"], Value::Null);
    assert!(suppressed(&of_one).contains(&because("place", "no_consent", 0)));
}

#[test]
fn without_consent_and_under_embargo_a_value_is_counted_and_told_to_nobody_but_its_own() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5"]);
    country.has("Y006", Fact { from: Some("2999-01-01"), ..fact("777") });
    country.has("L454", Fact { modes: WITHHELD, ..fact("888") });
    let own = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}"));
    let told = own.expect(200);
    assert_eq!(suppressed(&told), [because("values", "no_consent", 1), because("values", "embargo", 1)]);
    assert_eq!((&told["place"]["value"], &told["place"]["rank"]), (&json!("888"), &json!(6)));
    assert_eq!(told["statistics"]["max"], "5");
    let others = country.asks("F471", &format!("/benchmarks/T1.itp{GROUP}&comune=L454"));
    assert_eq!(others.expect(200)["place"], Value::Null);
    for reply in [&others, &country.asks("F471", &format!("/benchmarks/T1.itp/members{GROUP}"))] {
        assert!(!reply.text().contains("888") && !reply.text().contains("777"));
    }
}

#[test]
fn a_minimum_grade_and_another_definition_keep_values_out() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5"]);
    country.has("Y006", Fact { grade: 'C', ..fact("90") }).has("Y007", Fact { definition: 2, ..fact("91") });
    let all = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}")).expect(200);
    assert_eq!((&all["entered"], &all["definition"]), (&json!(6), &json!(1)));
    assert_eq!(suppressed(&all), [because("values", "other_definition", 1)]);
    let good = country.asks("L454", &format!("/benchmarks/T1.itp{GROUP}&grade=B")).expect(200);
    assert_eq!(suppressed(&good), [because("values", "grade", 1), because("values", "other_definition", 1)]);
    let there = country.asks("L454", "/benchmarks/T1.itp/availability?group=region:03").expect(200);
    let year = &there["years"][0];
    assert_eq!((&year["year"], &year["entered"], &year["enough"]), (&json!(2025), &json!(6), &json!(true)));
    assert_eq!((&year["grades"][0]["comuni"], &year["grades"][2]["comuni"]), (&json!(5), &json!(1)));
}

#[test]
fn a_group_of_others_is_seen_as_everybody_sees_it() {
    let country = Country::new();
    let to_groups = ["named", "withheld", "withheld"];
    country.have(&["1", "2", "3", "4"]).has("Y005", Fact { modes: to_groups, ..fact("9") });
    let inside = country.asks("F471", "/benchmarks/T1.itp?group=province:BS&year=2025").expect(200);
    assert_eq!((&inside["group"]["audience"], &inside["entered"]), (&json!("group"), &json!(5)));
    let outside = country.asks("L454", "/benchmarks/T1.itp?group=province:BS&year=2025").expect(200);
    assert_eq!((&outside["group"]["audience"], &outside["entered"]), (&json!("public"), &json!(4)));
    let region = country.asks("Z000", "/benchmarks/T1.itp?group=province:BS&year=2025").expect(200);
    assert_eq!((&region["group"]["audience"], &region["entered"]), (&json!("region"), &json!(4)));
    assert_eq!(region["place"], Value::Null);
}

#[test]
fn a_trend_breaks_where_the_definition_changed_and_is_written_in_other_formats() {
    let country = Country::new();
    for (year, definition) in [(2023, 1), (2024, 1), (2025, 2)] {
        for number in 1..=5 {
            let value = ["1", "2", "3", "4", "5"][number - 1];
            country.has(&format!("Y{number:03}"), Fact { year, definition, ..fact(value) });
        }
        country.has("L454", Fact { year, definition, ..fact("3") });
    }
    let path = "/benchmarks/T1.itp?group=region:03&from=2022&to=2025";
    let told = country.asks("L454", path).expect(200);
    let points = told["trend"].as_array().unwrap();
    let of = |name: &str| points.iter().map(|point| point[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("year"), [json!(2023), json!(2024), json!(2025)]);
    assert_eq!(of("breaks"), [json!(false), json!(false), json!(true)]);
    assert_eq!(of("value"), [json!("3"), json!("3"), json!("3")]);
    let csv = country.asks("L454", &format!("{path}&format=csv"));
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let text = csv.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "indicator,indicator_label,year,year_label,statistic,statistic_label,value,status");
    assert_eq!(lines.len(), 1 + 3 * 9);
    assert_eq!(lines[5], "T1.itp,Tempestività dei pagamenti,2023,2023,p50,Mediana,3,");
    let stat = country.asks("L454", &format!("{path}&format=json-stat")).expect(200);
    assert_eq!((&stat["version"], &stat["class"]), (&json!("2.0"), &json!("dataset")));
    assert_eq!((&stat["id"], &stat["size"]), (&json!(["indicator", "year", "statistic"]), &json!([1, 3, 9])));
    assert_eq!((&stat["value"].as_array().unwrap().len(), &stat["value"][4]), (&27, &json!(3)));
}

#[test]
fn bins_hold_five_each_and_the_list_says_what_there_is() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5", "11", "12", "13", "14", "15", "29"]);
    let spread = country.asks("L454", &format!("/benchmarks/T1.itp/distribution{GROUP}")).expect(200);
    let bins = spread["bins"].as_array().unwrap();
    assert_eq!(bins.iter().map(|bin| bin["comuni"].as_i64().unwrap()).sum::<i64>(), 11);
    assert!(bins.iter().all(|bin| bin["comuni"].as_i64().unwrap() >= 5), "{bins:?}");
    let list = country.asks("L454", "/benchmarks").expect(200);
    let item = &list["items"][0];
    assert_eq!(
        (&item["indicator"]["code"], &item["years"]),
        (&json!("T1.itp"), &json!([{"year": 2025, "comuni": 11}]))
    );
}

#[test]
fn a_mean_of_what_is_summed_is_not_told_when_one_comune_makes_most_of_it() {
    let country = Country::new();
    for (number, value) in [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "11")] {
        country.has(&format!("Y{number:03}"), Fact { indicator: "T1.debts", ..fact(value) });
    }
    let told = country.asks("L454", &format!("/benchmarks/T1.debts{GROUP}")).expect(200);
    assert_eq!((&told["statistics"]["mean"], &told["statistics"]["p50"]), (&Value::Null, &json!("3")));
    assert_eq!(suppressed(&told), [because("mean", "dominance", 0)]);
}

#[test]
fn what_is_not_there_is_not_found_and_what_is_no_name_is_refused() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5"]);
    for path in [
        "/benchmarks/T1.nulla?group=region:03",
        "/benchmarks/T99.x/availability",
        "/benchmarks/T1.itp?group=region:20",
        "/benchmarks/T1.itp?group=custom:nessuno",
        "/benchmarks/T1.itp?group=near:A999:5",
        "/benchmarks/T1.itp?group=region:03&comune=A999",
        "/benchmarks/T1.itp/members?group=province:ZZ",
        "/benchmarks/correlation?first=T1.itp&second=T1.nulla",
        "/comparable-comuni/A999",
    ] {
        assert_eq!(country.asks("L454", path).refused(404), "not-found", "{path}");
    }
    for path in [
        "/benchmarks/T1.itp?group=lombardia",
        "/benchmarks/T1.itp?year=3000",
        "/benchmarks/T1.itp?from=2024",
        "/benchmarks/T1.itp?from=2025&to=2024",
        "/benchmarks/T1.itp?year=2025&from=2024&to=2025",
        "/benchmarks/T1.itp?comune=XX",
        "/benchmarks/T1.itp?anno=2025",
        "/comparable-comuni/L454?limit=501",
    ] {
        assert_eq!(country.asks("L454", path).refused(400), "invalid-parameter", "{path}");
    }
    let empty = country.asks("L454", "/benchmarks/T1.debts?group=region:03").expect(200);
    assert_eq!(
        (&empty["entered"], &suppressed(&empty)),
        (&json!(0), &vec![because("statistics", "too_few", 0)])
    );
    let reply = country
        .world
        .anonymous("GET", "/v1/benchmarks/T1.itp")
        .token(&country.world.token("L454", "lettore"));
    assert_eq!(reply.header("Accept", "image/png").send().refused(406), "not-acceptable");
}
