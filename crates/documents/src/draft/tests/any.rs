//! Whatever is gathered.

use super::*;

const FIELDS: [Field; 42] = [
    Field::Number,
    Field::Code,
    Field::Title,
    Field::Description,
    Field::Purpose,
    Field::Stakeholders,
    Field::Impact,
    Field::Result,
    Field::Indicator,
    Field::Target,
    Field::Deadline,
    Field::TargetOrDeadline,
    Field::Weight,
    Field::CardWeight,
    Field::SummaryTitle,
    Field::Kind,
    Field::Step,
    Field::StepTimes,
    Field::Profile,
    Field::Programme,
    Field::DupObjective,
    Field::StrategicLine,
    Field::Cup,
    Field::Responsible,
    Field::Delegate,
    Field::Interim,
    Field::Unit,
    Field::Department,
    Field::Area,
    Field::Sector,
    Field::Service,
    Field::Office,
    Field::Year,
    Field::Qualification,
    Field::Category,
    Field::Posts,
    Field::Women,
    Field::Men,
    Field::Percentage,
    Field::Actual,
    Field::Notes,
    Field::Title,
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}( [a-zàè]{1,9}){0,4}",
        Just("20%".to_owned()),
        Just("31.06.2025".to_owned()),
        Just("entro il 31/12/2043".to_owned()),
        Just("1) 22 2) entro maggio".to_owned()),
        Just("01-02-Segreteria".to_owned()),
        Just("2 - rilevante strategico".to_owned()),
        Just("Теmpi\u{0} di".to_owned()),
        Just("31/99/9999".to_owned()),
        Just("punto 1 + 99999gg".to_owned()),
        "[ -~]{0,30}",
        "\\PC{0,20}",
        any::<String>().prop_map(|text| text.chars().take(40).collect()),
        "[a-z ]{1200,1300}",
    ]
}

type Row = Vec<(Field, String)>;
/// Structures, own cells, phases, indicators, steps.
type AnyObjective = (Vec<usize>, Row, Vec<Row>, Vec<Row>, Vec<Row>);

fn rows() -> impl Strategy<Value = Row> {
    proptest::collection::vec((proptest::sample::select(FIELDS.to_vec()), words()), 0..9)
}

#[derive(Debug, Clone)]
struct Any {
    units: Vec<(Row, usize, Vec<Row>, Vec<Row>)>,
    objectives: Vec<AnyObjective>,
    sections: Vec<(Option<String>, Vec<String>)>,
    title: Option<String>,
}

pub(super) fn gathered() -> impl Strategy<Value = (Source, Gathered)> {
    let unit =
        (rows(), 0usize..4, proptest::collection::vec(rows(), 0..3), proptest::collection::vec(rows(), 0..3));
    let parts = || proptest::collection::vec(rows(), 0..3);
    let objective = (proptest::collection::vec(0usize..5, 0..3), rows(), parts(), parts(), parts());
    let section = (proptest::option::of(words()), proptest::collection::vec(words(), 0..4));
    (
        proptest::collection::vec(unit, 0..4),
        proptest::collection::vec(objective, 0..5),
        proptest::collection::vec(section, 0..3),
        proptest::option::of(words()),
    )
        .prop_map(|(units, objectives, sections, title)| made(&Any { units, objectives, sections, title }))
}

fn made(any: &Any) -> (Source, Gathered) {
    let mut bench = Bench::new();
    let row = |bench: &mut Bench, row: &Row| {
        let cells: Vec<(Field, &str)> = row.iter().map(|(field, words)| (*field, words.as_str())).collect();
        bench.line(&cells)
    };
    for (at, (fields, parent, staff, summary)) in any.units.iter().enumerate() {
        let kind = [UnitKind::Department, UnitKind::Area, UnitKind::Sector, UnitKind::Office][at];
        let mut unit =
            GatheredUnit::new(kind, row(&mut bench, fields), Some(*parent).filter(|parent| *parent < at));
        unit.staff = staff.iter().map(|fields| row(&mut bench, fields)).collect();
        unit.summary = summary.iter().map(|fields| row(&mut bench, fields)).collect();
        bench.add(move |gathered| gathered.units.push(unit));
    }
    for (units, fields, phases, indicators, steps) in &any.objectives {
        let objective = GatheredObjective {
            units: units.clone(),
            fields: row(&mut bench, fields),
            kinds: vec![ObjectiveKind::Transversal],
            phases: phases.iter().map(|fields| row(&mut bench, fields)).collect(),
            indicators: indicators.iter().map(|fields| row(&mut bench, fields)).collect(),
            steps: steps.iter().map(|fields| row(&mut bench, fields)).collect(),
        };
        bench.add(move |gathered| gathered.objectives.push(objective));
    }
    let found = |bench: &mut Bench, words: &String| {
        bench.line(&[(Field::Notes, words)]).get(Field::Notes).cloned().unwrap().with(Confidence::Likely)
    };
    for (title, lines) in &any.sections {
        let title = title.as_ref().map(|words| found(&mut bench, words));
        let lines = lines.iter().map(|words| found(&mut bench, words)).collect();
        bench.add(move |gathered| {
            gathered.sections.push(GatheredSection { kind: SectionKind::Other, title, lines });
        });
    }
    let title = any.title.as_ref().map(|words| found(&mut bench, words));
    bench.add(move |gathered| gathered.title = title);
    bench.end()
}

/// Letters and digits of words, one after the other: what is left of them whatever is done to spaces and marks.
fn letters(words: &str) -> String {
    traguardo_domain::text::storable(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn values_of(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(&letters(text));
            into.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| values_of(item, into)),
        Value::Object(members) => members.values().for_each(|item| values_of(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_gathered_makes_a_plan_that_can_be_put((source, gathered) in gathered()) {
        let draft = draft_of(&source, &profile(), &gathered);
        prop_assert_eq!(draft.document.check(), Ok(()));
        let read = put(&draft.document);
        prop_assert_eq!(read.as_ref(), Ok(&draft.document));
        let written = serde_json::to_value(&draft.document).unwrap();
        for trace in &draft.traces {
            prop_assert!(written.pointer(&trace.pointer).is_some(), "{} is nowhere", trace.pointer);
        }
        for finding in &draft.certificate.findings {
            let there = finding.pointer.is_empty() || finding.read || written.pointer(&finding.pointer).is_some();
            prop_assert!(there, "{} is nowhere", finding.pointer);
        }
        let names: HashSet<&str> = draft.certificate.findings.iter().map(|one| one.id.as_str()).collect();
        prop_assert_eq!(names.len(), draft.certificate.findings.len());
        prop_assert_eq!(draft.certificate.lines.values().sum::<usize>(), source.lines().len());
        let stored: Draft = serde_json::from_value(serde_json::to_value(&draft).unwrap()).unwrap();
        prop_assert_eq!(&stored, &draft);
        prop_assert_eq!(draft_of(&source, &profile(), &gathered), draft);
    }

    #[test]
    fn no_word_is_lost((source, gathered) in gathered()) {
        let draft = draft_of(&source, &profile(), &gathered);
        let mut all = String::new();
        values_of(&serde_json::to_value(&draft.document).unwrap(), &mut all);
        for finding in &draft.certificate.findings {
            all.push_str(&letters(finding.words.as_deref().unwrap_or_default()));
            all.push('\n');
        }
        for trace in &draft.traces {
            all.push_str(&letters(&trace.words));
            all.push('\n');
        }
        for line in source.lines() {
            for cell in line.cells() {
                prop_assert!(all.contains(&letters(cell)), "«{cell}» is lost");
            }
        }
    }
}
