//! A country to compare: comuni of a registry, one template, and facts as a test wants them, put behind the walls.

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use crate::world::{Reply, World};

/// A fact to plant.
#[derive(Clone, Copy)]
pub(super) struct Fact {
    pub(super) indicator: &'static str,
    pub(super) year: i16,
    pub(super) value: &'static str,
    pub(super) grade: char,
    pub(super) definition: i32,
    /// To groups, to regions, to everybody.
    pub(super) modes: [&'static str; 3],
    pub(super) from: Option<&'static str>,
}

pub(super) const NAMED: [&str; 3] = ["named"; 3];
pub(super) const ANONYMOUS: [&str; 3] = ["anonymous"; 3];
pub(super) const WITHHELD: [&str; 3] = ["withheld"; 3];

/// A fact of 2025, of the first indicator, good and shown to everybody by name.
pub(super) const fn fact(value: &'static str) -> Fact {
    Fact { indicator: "T1.itp", year: 2025, value, grade: 'A', definition: 1, modes: NAMED, from: None }
}

pub(super) struct Country {
    pub(super) world: World,
}

/// What an indicator of the template is.
fn indicator(code: &str, pooling: &str) -> Value {
    json!({
        "code": code, "name": "Tempestività dei pagamenti", "formula": "lower", "formula_words": "giorni pesati",
        "measure": "days", "direction": "lower", "perimeter": "Tutte le fatture", "pooling": pooling
    })
}

impl Country {
    /// Thirty comuni of the province of Brescia, beside those of the demo, and one template.
    pub(super) fn new() -> Self {
        let country = Self { world: World::new() };
        let content = json!({
            "code": "T1", "author": "traguardo", "number": 1, "published_at": "2026-01-01T00:00:00Z",
            "title": "Pagamenti", "purpose": "Pagare in tempo", "scope": "comune",
            "indicators": [indicator("T1.itp", "same"), indicator("T1.debts", "summed")],
            "definitions": [{"indicator": "T1.itp", "number": 1}, {"indicator": "T1.debts", "number": 1}]
        });
        let mut sql = format!(
            "insert into authors (comune, code, kind, name, members) values ('Z000', 'prova', 'platform', 'Prova', '[]') \
             on conflict do nothing; delete from templates where code = 'T1'; \
             insert into templates (comune, code, number, author, published_at, digest, content) values \
             ('Z000', 'T1', 1, 'prova', now(), decode(repeat('00', 32), 'hex'), '{content}');"
        );
        for number in 1..=30 {
            sql.push_str(&format!(
                "insert into registry_comuni (code, valid_from, name, province, region, residents, residents_on, area) values \
                 ('Y{number:03}', '1861-03-17', 'Comune {number}', 'BS', '03', {0}, '2024-12-31', '20');",
                1000 + number
            ));
        }
        country.sql(&sql);
        country
    }

    fn sql(&self, sql: &str) {
        let whole = format!("set session_replication_role = replica; {sql}");
        self.world.stored.administrator().batch_execute(&whole).unwrap();
    }

    /// Plants a fact of a comune.
    pub(super) fn has(&self, comune: &str, fact: Fact) -> &Self {
        let Fact { indicator, year, value, grade, definition, modes: [group, region, public], from } = fact;
        let from = from.map_or_else(|| "null".to_owned(), |day| format!("'{day}'"));
        self.sql(&format!(
            "insert into facts (comune, indicator, year, definition, plan, publication, value, grade, shortfalls, certified, \
             published_at, region, residents, group_mode, group_from, region_mode, region_from, public_mode, public_from) values \
             ('{comune}', '{indicator}', {year}, {definition}, '0193a5c0-0000-7000-8000-000000000001', 1, '{value}', '{grade}', \
             '{{}}', true, '2026-04-0{day}T09:00:00Z', '03', 1000, '{group}', {from}, '{region}', {from}, '{public}', {from});",
            day = 1 + comune.bytes().last().map_or(0, |digit| digit % 5)
        ));
        self
    }

    /// Plants facts of comuni with these values, from `Y001` on.
    pub(super) fn have(&self, values: &[&'static str]) -> &Self {
        for (at, value) in values.iter().enumerate() {
            self.has(&format!("Y{:03}", at + 1), fact(value));
        }
        self
    }

    /// What somebody of a comune, or of the platform, is answered.
    pub(super) fn asks(&self, comune: &str, path: &str) -> Reply {
        let role = if comune == "Z000" { "benchmark_reader" } else { "lettore" };
        self.world.anonymous("GET", &format!("/v1{path}")).token(&self.world.token(comune, role)).send()
    }

    /// What somebody of a comune is answered to a question of many indicators.
    pub(super) fn questions(&self, comune: &str, query: &str, body: &Value) -> Reply {
        let role = if comune == "Z000" { "benchmark_reader" } else { "lettore" };
        let path = format!("/v1/benchmarks-query{query}");
        self.world.anonymous("POST", &path).token(&self.world.token(comune, role)).json(body).send()
    }
}

/// What is suppressed: of what, why, of how many.
pub(super) fn suppressed(answer: &Value) -> Vec<(String, String, i64)> {
    let one = |one: &Value| {
        let text = |name: &str| one[name].as_str().unwrap().to_owned();
        assert!(!text("sentence").is_empty());
        (text("what"), text("why"), one["comuni"].as_i64().unwrap_or(0))
    };
    answer["suppressed"].as_array().unwrap().iter().map(one).collect()
}

/// The same, as a test writes it.
pub(super) fn because(what: &str, why: &str, comuni: i64) -> (String, String, i64) {
    (what.to_owned(), why.to_owned(), comuni)
}
