//! From the file a comune has to a plan in the service, through the API: every line accounted for, exact counts, and nothing
//! changed by doing it twice.

mod corrected;
mod files;
mod ours;
mod real;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{Reply, World, until};

/// An import, from the file to the plan.
struct Import<'w> {
    world: &'w World,
    comune: &'static str,
    id: String,
}

/// What is sent: the bytes, and what is said of them.
struct File<'f> {
    bytes: &'f [u8],
    name: &'f str,
    year: i32,
}

impl<'w> Import<'w> {
    /// Sends a file as it is, and waits until it is read.
    fn of(world: &'w World, comune: &'static str, file: &File<'_>) -> Self {
        let File { bytes, name, year } = file;
        let path = format!("/imports?year={year}&kind=peg_pdo&profile=detect&file_name={name}");
        let sent = world.call("segretario", "POST", comune, &path).bytes("application/octet-stream", *bytes);
        let id = sent.send().expect(202)["id"].as_str().unwrap().to_owned();
        let import = Self { world, comune, id };
        let pending = || ["received", "reading"].contains(&import.state().as_str());
        assert!(until(Duration::from_secs(120), || !pending()), "{name} is never read");
        assert_eq!(import.state(), "ready", "{}", import.get(""));
        import
    }

    fn get(&self, path: &str) -> Value {
        self.world
            .call("segretario", "GET", self.comune, &format!("/imports/{}{path}", self.id))
            .send()
            .expect(200)
    }

    fn state(&self) -> String {
        self.get("")["state"].as_str().unwrap().to_owned()
    }

    /// The draft's document.
    fn document(&self) -> Value {
        self.get("/draft")["document"].take()
    }

    fn preview(&self) -> Value {
        self.get("/application")
    }

    fn apply(&self) -> Value {
        let path = format!("/imports/{}/application", self.id);
        let apply =
            || -> Reply { self.world.call("segretario", "POST", self.comune, &path).json(&json!({})).send() };
        apply().expect(200)
    }

    /// The certificate, when every line of the file is in it and these alone, by their numbers, were not understood.
    #[track_caller]
    fn accounted(&self, lines: usize, not_understood: &[u64]) -> Value {
        let certificate = self.get("/certificate");
        assert_eq!(certificate["lines_in"], lines);
        let sums = certificate["lines"].as_object().unwrap();
        assert_eq!(
            sums.values().map(|sum| sum.as_u64().unwrap()).sum::<u64>(),
            u64::try_from(lines).unwrap()
        );
        let lost = self.get("/lines?became=not_understood&limit=200");
        let numbers = list(&lost, "items").iter().map(|line| line["spot"]["line"].as_u64().unwrap());
        assert_eq!(numbers.collect::<Vec<_>>(), not_understood);
        assert_eq!(
            certificate["coverage"] == "1.0000",
            not_understood.is_empty(),
            "{}",
            certificate["coverage"]
        );
        certificate
    }

    /// Puts the draft in a plan that is begun with it, twice; then the same file is imported again. Gives the plan's document.
    #[track_caller]
    fn becomes_a_plan_once(&self, file: &File<'_>) -> Value {
        let before = counted(&self.document());
        let first = self.apply();
        assert_eq!((&first["created"], &first["unchanged"]), (&json!(true), &json!(false)), "{first}");
        let document = self.plan(&first);
        assert_eq!(counted(&document), before, "the plan has what the draft had");
        let second = self.apply();
        assert_eq!((&second["created"], &second["unchanged"]), (&json!(false), &json!(true)), "{second}");
        let again = Self::of(self.world, self.comune, file);
        let preview = again.preview();
        assert_eq!(
            (&preview["unchanged"], list(&preview, "changes").len()),
            (&json!(true), 0),
            "{}",
            preview["changes"]
        );
        assert_eq!(again.apply()["unchanged"], true);
        assert_eq!(self.plan(&first), document);
        document
    }

    /// The document of the plan that was written.
    fn plan(&self, applied: &Value) -> Value {
        let id = applied["plan"]["id"].as_str().unwrap();
        self.world.call("segretario", "GET", self.comune, &format!("/plans/{id}/document")).send().expect(200)
    }
}

/// The members of a list, which may be left out.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// How many objectives, phases, indicators and assignments a document has.
fn counted(document: &Value) -> [usize; 4] {
    let objectives = list(document, "objectives");
    let of = |one: &Value, name: &str| list(one, name).len();
    let sum = |count: &dyn Fn(&Value) -> usize| objectives.iter().map(count).sum();
    let indicators = |one: &Value| {
        of(one, "indicators") + list(one, "phases").iter().map(|phase| of(phase, "indicators")).sum::<usize>()
    };
    [objectives.len(), sum(&|one| of(one, "phases")), sum(&indicators), sum(&|one| of(one, "assignments"))]
}

/// What the objectives of one structure come to: how many, and the sum of their percentages.
type Sums = (usize, i64);

/// The objectives of each structure by its name, by their first assignment, in the order of the structures; those that have none
/// are left out.
fn by_unit(document: &Value) -> Vec<Sums> {
    let mut sums: HashMap<&str, Sums> = HashMap::new();
    for objective in list(document, "objectives") {
        let assignment = &objective["assignments"][0];
        let sum = sums.entry(assignment["unit"].as_str().unwrap()).or_default();
        let percent = &assignment["weight"]["value"]["percent"];
        *sum = (sum.0 + 1, sum.1 + percent.as_str().map_or(0, |text| text.parse::<i64>().unwrap()));
    }
    list(document, "units")
        .iter()
        .filter_map(|unit| sums.get(unit["id"].as_str().unwrap()).copied())
        .collect()
}

/// The same sums whatever the order of the structures: a plan has them by their codes.
fn sorted(mut sums: Vec<Sums>) -> Vec<Sums> {
    sums.sort_unstable();
    sums
}

/// The structure at the top of each, by ids.
fn tops(document: &Value) -> HashMap<&str, &str> {
    let parents: HashMap<&str, Option<&str>> = list(document, "units")
        .iter()
        .map(|unit| (unit["id"].as_str().unwrap(), unit["parent"].as_str()))
        .collect();
    let above = |id| std::iter::successors(Some(id), |id| parents[id]).last().unwrap_or(id);
    parents.keys().map(|id| (*id, above(*id))).collect()
}

/// How many findings of each of these codes a certificate has.
fn found<const N: usize>(certificate: &Value, codes: [&str; N]) -> BTreeMap<String, u64> {
    let of = |code: &str| certificate["findings_by_code"][code].as_u64().unwrap_or_default();
    codes.iter().map(|code| ((*code).to_owned(), of(code))).collect()
}
