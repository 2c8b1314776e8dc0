//! The real plan of this layout, read where it is at hand; nothing of its words is printed.

use super::*;

fn seed() -> Option<Source> {
    let near = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(near, Into::into);
    let files = std::fs::read_dir(folder).ok().into_iter().flatten().flatten();
    let mut paths = files.map(|file| file.path());
    let path =
        paths.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("003_")));
    if path.is_none() {
        eprintln!("the real plan is not at hand: nothing was tried");
    }
    Some(source(&std::fs::read_to_string(path?).unwrap()))
}

#[test]
fn dump() {
    use crate::profile::Field;
    let Some(source) = seed() else { return };
    let gathered = gather(&source, &wide());
    println!(
        "{} objectives; not understood {:?}",
        gathered.objectives.len(),
        became(&gathered, Use::NotUnderstood)
    );
    println!("decoration {:?}", became(&gathered, Use::Decoration));
    for (i, u) in gathered.units.iter().enumerate() {
        println!(
            "{i} {:?} {:?} {:?} parent {:?}",
            u.kind,
            u.fields.get(Field::Code).map(|f| &f.words),
            u.fields.get(Field::Unit).map(|f| &f.words),
            u.parent
        );
    }
    let name = |u: &usize| {
        let f = &gathered.units[*u].fields;
        f.get(Field::Code).or(f.get(Field::Unit)).map(|f| f.words.clone()).unwrap_or_default()
    };
    for (i, o) in gathered.objectives.iter().enumerate() {
        let w = |f: Field| {
            o.fields.get(f).map(|f| f.words.chars().take(28).collect::<String>()).unwrap_or_default()
        };
        let ind = o.indicators.first();
        let iw = |f: Field| {
            ind.and_then(|i| i.get(f))
                .map(|f| f.words.chars().take(28).collect::<String>())
                .unwrap_or_default()
        };
        let line = o.fields.iter().next().map(|(_, f)| f.place.line + 1).unwrap();
        println!(
            "{i} L{line} n={} u={:?} k={:?} r={} d={} p={} | {} | {} | w={} | {} | {} | {} cups {:?} ind {}",
            o.fields.all(Field::Number).map(|f| f.words.clone()).collect::<Vec<_>>().join("/"),
            o.units.iter().map(name).collect::<Vec<_>>(),
            o.kinds,
            w(Field::Responsible),
            w(Field::Delegate),
            w(Field::Programme),
            w(Field::Purpose),
            w(Field::Title),
            w(Field::Weight),
            iw(Field::Indicator),
            iw(Field::Target),
            iw(Field::Deadline),
            o.fields.all(Field::Cup).map(|f| f.words.clone()).collect::<Vec<_>>(),
            o.indicators.len()
        );
    }
    for n in &gathered.noticed {
        println!(
            "{:?} L{} c{} o{:?} {} | {} | {:?}",
            n.code,
            n.place.line + 1,
            n.place.cell,
            n.objective,
            n.message,
            n.words.as_deref().unwrap_or("").chars().take(70).collect::<String>(),
            n.suggestion
        );
    }
}
