//! The data sets: dumps of a year, their description, and the catalogue that names them.

use diesel::connection::SimpleConnection as _;
use serde_json::json;

use super::*;

/// A plan of a comune in its year, and so with a sealed version; its id.
fn in_its_year(world: &World, comune: &str, plan: &str) -> String {
    let call = |method: &str, below: &str, body: &Value| {
        world.call("segretario", method, comune, &format!("/plans/ext:demo:{plan}{below}")).json(body).send()
    };
    call("POST", "/objectives", &json!({"title": "Pagare in tempo"})).expect(201);
    for transition in ["propose", "open_review", "approve", "publish", "start"] {
        call("POST", "/transitions", &said(transition)).expect(200);
    }
    let header = world.call("lettore", "GET", comune, &format!("/plans/ext:demo:{plan}")).send().expect(200);
    header["id"].as_str().unwrap().to_owned()
}

/// A fact as it is planted: of whose plan, indicator, year, value, how it is shown to everybody, from which day.
type Planted<'a> = (&'a str, &'a str, &'a str, i32, &'a str, &'a str, Option<&'a str>);

fn plant(world: &World, facts: &[Planted<'_>]) {
    let mut sql = "insert into authors (comune, code, kind, name, members) \
        values ('Z000', 'prova', 'platform', 'Prova', '[]') on conflict do nothing; \
        insert into templates (comune, code, number, author, published_at, digest, content) values ('Z000', 'T99', 1, 'prova', \
        '2025-01-01', sha256('x'), '{\"title\": \"Pagare\", \"indicators\": [{\"code\": \"T99.itp\", \"name\": \"Giorni, \\\"medi\\\"\", \
        \"measure\": \"days\"}], \"definitions\": [{\"indicator\": \"T99.itp\", \"number\": 1}]}') on conflict do nothing; "
        .to_owned();
    for (comune, plan, indicator, year, value, mode, from) in facts {
        let from = from.map_or_else(|| "null".to_owned(), |day| format!("'{day}'"));
        let narrower = if *mode == "withheld" { "withheld" } else { "named" };
        sql.push_str(&format!(
            "insert into publications (comune, plan, number, year, published_at, at, certified, plan_version, digest, content) \
             values ('{comune}', '{plan}', 1, {year}, '2026-02-03T04:05:06Z', '2025-12-31', false, 1, sha256('x'), '{{}}') \
             on conflict do nothing; \
             insert into facts (comune, indicator, year, definition, plan, publication, value, score, grade, shortfalls, certified, \
             published_at, region, group_mode, region_mode, public_mode, public_from) values ('{comune}', '{indicator}', {year}, 1, \
             '{plan}', 1, '{value}', '100', 'B', '{{provisional}}', false, '2026-02-03T04:05:06Z', '03', '{narrower}', '{narrower}', \
             '{mode}', {from}); "
        ));
    }
    world.stored.administrator().batch_execute(&sql).unwrap();
}

/// Two comuni with facts of every kind: two of them everybody may see on the first of March, in 2025.
fn planted() -> (World, String, String) {
    let world = World::new();
    world.move_to("2026-03-01");
    let ours = in_its_year(&world, "L454", "plan-2025");
    let theirs = in_its_year(&world, "F471", "plan-2024");
    plant(
        &world,
        &[
            ("L454", &ours, "T99.itp", 2025, "-3.2", "named", None),
            ("L454", &ours, "T99.anonimo", 2025, "11.11", "anonymous", None),
            ("L454", &ours, "T99.negato", 2025, "22.22", "withheld", None),
            ("L454", &ours, "T99.domani", 2025, "33.33", "named", Some("2026-03-02")),
            ("F471", &theirs, "T99.itp", 2025, "4", "named", Some("2026-03-01")),
            ("F471", &theirs, "T99.itp", 2024, "44.44", "anonymous", None),
        ],
    );
    (world, ours, theirs)
}

fn lines(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{reply}");
    reply.text().split_terminator("\r\n").map(ToOwned::to_owned).collect()
}

#[test]
fn a_dump_has_what_comuni_let_everybody_see_by_name_and_nothing_else() {
    let (world, ..) = planted();
    let dump = read(&world, "/dumps/2025/facts");
    assert_eq!(
        lines(&dump),
        [
            "comune,comune_name,province,region,indicator,indicator_name,definition,year,value,unit,score,grade,published_at",
            "F471,Montichiari,BS,03,T99.itp,\"Giorni, \"\"medi\"\"\",1,2025,4,days,100,B,2026-02-03T04:05:06Z",
            "L454,Truccazzano,MI,03,T99.itp,\"Giorni, \"\"medi\"\"\",1,2025,-3.2,days,100,B,2026-02-03T04:05:06Z",
        ]
    );
    // A year of which all is told without names is no year, as one of which there is nothing.
    for (year, file) in [("2024", "facts"), ("2024", "facts-schema"), ("02025", "facts"), ("1800", "facts")] {
        let path = format!("/dumps/{year}/{file}");
        let (there, nowhere) = (read(&world, &path), read(&world, "/dumps/2023/facts"));
        assert_eq!(there.refused(404), "not-found", "{path}");
        assert_eq!(difference(&there, &nowhere), None, "{path}");
    }
    world.move_to("2026-03-02");
    let later = read(&world, "/dumps/2025/facts");
    assert!(later.text().contains("T99.domani") && later.text().contains("33.33"), "the embargo is over");
    assert_ne!(later.etag(), dump.etag());
}

#[test]
fn a_dump_has_another_tag_when_a_consent_is_taken_back() {
    let (world, ..) = planted();
    let ask = |tag: &str| {
        let request = world.anonymous("GET", "/v1/public/dumps/2025/facts");
        request.header("If-None-Match", tag).send()
    };
    let first = ask("\"x\"");
    assert_eq!(first.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    assert_eq!(first.header("cache-control"), Some("public, max-age=86400"), "a year that is over");
    assert_eq!(first.header("last-modified"), Some("Tue, 03 Feb 2026 04:05:06 GMT"));
    assert_eq!(ask(first.etag()).status, 304);
    assert_eq!(ask("\"x\"").body, first.body, "kept from before");
    world
        .stored
        .administrator()
        .batch_execute(
            "update facts set public_mode = 'anonymous' where comune = 'L454' and indicator = 'T99.itp'",
        )
        .unwrap();
    let second = ask(first.etag());
    assert_eq!(lines(&second).len(), 2, "{second}");
    assert!(!second.text().contains("L454"), "{second}");
    assert_ne!(second.etag(), first.etag());
    world.move_to("2025-03-01");
    world
        .stored
        .administrator()
        .batch_execute("update facts set public_from = null where year = 2025")
        .unwrap();
    let current = ask("\"x\"");
    assert_eq!(current.header("cache-control"), Some("public, max-age=300"), "a year that goes on");
}

#[test]
fn a_dump_is_described_beside_it() {
    let (world, ..) = planted();
    let dump = read(&world, "/dumps/2025/facts");
    let address = format!("{}/v1/public/dumps/2025/facts-schema", world.public_url);
    let link = dump.header("link").unwrap();
    assert!(link.contains(&format!("<{address}>; rel=\"describedby\"")), "{link}");
    let schema = read(&world, "/dumps/2025/facts-schema");
    assert_eq!(schema.header("content-type"), Some("application/csvm+json"));
    let schema = schema.expect(200);
    let columns = column(schema["tableSchema"]["columns"].as_array().unwrap(), "name");
    assert_eq!(lines(&dump)[0], columns.join(","));
    assert_eq!(schema["tableSchema"]["primaryKey"], json!(["comune", "indicator", "year"]));
    let takes =
        |media: &str| world.anonymous("GET", "/v1/public/dumps/2025/facts").header("Accept", media).send();
    assert_eq!(takes("text/csv").status, 200);
    assert_eq!(takes("application/json").refused(406), "not-acceptable");
    assert_eq!(read(&world, "/dumps/2025/facts?x=1").refused(400), "invalid-parameter");
}

/// The nodes of a type.
fn nodes<'g>(catalogue: &'g Value, kind: &str) -> Vec<&'g Value> {
    let of_kind = |node: &&Value| node["@type"].as_array().unwrap().contains(&json!(kind));
    catalogue["@graph"].as_array().unwrap().iter().filter(of_kind).collect()
}

#[test]
fn the_catalogue_names_every_data_set_with_what_the_national_profile_asks() {
    let (world, ..) = planted();
    let reply = read(&world, "/catalogue");
    assert_eq!(reply.header("content-type"), Some("application/ld+json"));
    let catalogue = reply.expect(200);
    let has = |kind: &str, members: &[&str]| {
        let found = nodes(&catalogue, kind);
        assert!(!found.is_empty(), "{kind}: {catalogue}");
        for node in found {
            for member in members {
                assert!(!node[*member].is_null(), "{kind} has no {member}: {node}");
                assert!(!catalogue["@context"][*member].is_null(), "{member} has no meaning");
            }
        }
    };
    has(
        "dcatapit:Catalog",
        &["title", "description", "publisher", "modified", "dataset", "language", "themeTaxonomy"],
    );
    has(
        "dcatapit:Dataset",
        &[
            "identifier",
            "title",
            "description",
            "publisher",
            "rightsHolder",
            "theme",
            "accrualPeriodicity",
            "temporal",
            "issued",
            "modified",
            "landingPage",
            "distribution",
            "contactPoint",
        ],
    );
    has("dcatapit:Distribution", &["format", "accessURL", "downloadURL", "license", "title", "description"]);
    has("dcatapit:Agent", &["name", "identifier"]);
    has("dcatapit:LicenseDocument", &["name", "licenseType"]);
    every_reference_of_ours_leads_to_a_node(&catalogue, &world.public_url);
    let (sets, files) = (nodes(&catalogue, "dcatapit:Dataset"), nodes(&catalogue, "dcatapit:Distribution"));
    assert_eq!((sets.len(), files.len()), (1, 1), "one year has facts everybody may see");
    assert_eq!(sets[0]["temporal"]["startDate"], "2025-01-01");
    assert!(sets[0]["theme"].as_str().unwrap().ends_with("/data-theme/GOVE"));
    assert_eq!((&sets[0]["issued"], &sets[0]["modified"]), (&json!("2026-02-03"), &json!("2026-02-03")));
    let download = crate::world::Request::new("GET", files[0]["downloadURL"].as_str().unwrap()).send();
    assert_eq!(
        (download.status, download.header("content-type").unwrap().split(';').next()),
        (200, Some("text/csv"))
    );
}

/// Whatever is named by an address below the catalogue's own is told in it.
fn every_reference_of_ours_leads_to_a_node(catalogue: &Value, service: &str) {
    let graph = catalogue["@graph"].as_array().unwrap();
    let told: Vec<_> = graph.iter().map(|node| node["@id"].as_str().unwrap()).collect();
    let prefix = format!("{service}/v1/public/catalogue#");
    let mut named = 0;
    for value in graph.iter().flat_map(|node| node.as_object().unwrap().values()) {
        let several = value.as_array().into_iter().flatten();
        for text in several.chain([value]).filter_map(Value::as_str).filter(|text| text.starts_with(&prefix))
        {
            assert!(told.contains(&text), "{text} is nowhere");
            named += 1;
        }
    }
    assert!(named >= 8, "{named}");
}

#[test]
fn a_catalogue_of_nothing_is_a_catalogue() {
    let world = World::new();
    let reply = read(&world, "/catalogue");
    assert_eq!(reply.expect(200)["@graph"][0]["dataset"], json!([]));
    let again = world.anonymous("GET", "/v1/public/catalogue").header("If-None-Match", reply.etag());
    assert_eq!(again.send().status, 304);
}

#[test]
fn the_results_of_a_plan_hold_what_the_comune_lets_everybody_see() {
    let (world, ours, theirs) = planted();
    let results = read(&world, &format!("/comuni/L454/plans/{ours}/results")).expect(200);
    let fact = json!({
        "indicator": "T99.itp", "name": "Giorni, \"medi\"", "definition": 1, "year": 2025, "value": "-3.2", "measure": "days",
        "score": "100", "grade": "B"
    });
    assert_eq!((&results["facts"], results.get("certified")), (&json!([fact]), None));
    assert_eq!(
        (&results["publication"]["number"], &results["publication"]["certified"]),
        (&json!(1), &json!(false))
    );
    world.move_to("2026-02-28");
    let embargoed = read(&world, &format!("/comuni/F471/plans/{theirs}/results"));
    assert_eq!(embargoed.refused(404), "not-found", "nothing of it may be seen before the first of March");
}
