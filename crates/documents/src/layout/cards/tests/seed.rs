use super::*;
use traguardo_domain::vocabulary::Vocabulary as _;

fn seed() -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(beside, PathBuf::from);
    let found = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with("002_"));
    Some(std::fs::read_to_string(found?.path()).unwrap())
}

#[test]
#[ignore = "prints"]
fn dump() {
    let text = seed().unwrap();
    let g = read(&text);
    let all: Vec<&str> = text.lines().collect();
    println!("TITLE {:?}", g.title.as_ref().map(|f| &f.words));
    for s in &g.sections {
        println!(
            "SECTION {:?} {:?} {:?}",
            s.kind,
            s.title.as_ref().map(|f| &f.words),
            s.lines.iter().map(|f| &f.words).collect::<Vec<_>>()
        );
    }
    for (i, u) in g.units.iter().enumerate() {
        println!(
            "UNIT {i} {:?} {:?} parent {:?} staff {} total {:?} act {} sum {:?}",
            u.kind,
            u.fields.iter().map(|(f, x)| (f, &x.words)).collect::<Vec<_>>(),
            u.parent,
            u.staff.len(),
            u.staff_total.as_ref().map(|f| &f.words),
            u.activities.len(),
            column(&u.summary, Field::Weight)
        );
    }
    for o in &g.objectives {
        println!("\nOBJ {:?}", o.units);
        for (f, x) in o.fields.iter() {
            println!("   {f:?}: {} [{:?}]", x.words, x.confidence);
        }
        for s in &o.steps {
            println!("   STEP {} || {}", words(s, Field::Step), words(s, Field::StepTimes));
        }
        for s in &o.indicators {
            println!(
                "   IND {} | {} | {} | {}",
                words(s, Field::Profile),
                words(s, Field::Indicator),
                words(s, Field::Target),
                words(s, Field::Notes)
            );
        }
    }
    for n in &g.noticed {
        println!(
            "NOTICED {:?} line {} {:?} {} obj {:?}",
            n.code.word(),
            n.place.line + 1,
            n.words,
            n.message,
            n.objective
        );
    }
    for became in [Use::NotUnderstood, Use::Decoration, Use::RepeatedHeader] {
        for line in lines_that(&g, became) {
            println!("{became:?} {line}: {}", all[line - 1]);
        }
    }
    println!(
        "objectives {} indicators {}",
        g.objectives.len(),
        g.objectives.iter().map(|o| o.indicators.len()).sum::<usize>()
    );
}
