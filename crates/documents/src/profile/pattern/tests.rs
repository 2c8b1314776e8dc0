use super::*;

fn pattern(written: &str) -> Pattern {
    Pattern::parse(written).unwrap()
}

#[test]
fn a_heading_gives_its_fields_as_they_are_written() {
    let heading = pattern("STRUTTURA: {unit}[~RESPONSABILE: {responsible}]");
    assert_eq!(heading.whole("STRUTTURA"), None);
    let taken = heading.whole("**Struttura: Area Tecnica, responsabile: Sindaco**").unwrap();
    assert_eq!(taken.get(Field::Unit), Some("Area Tecnica"));
    assert_eq!(taken.get(Field::Responsible), Some("Sindaco"));
    let alone = heading.whole("STRUTTURA: SEGRETERIA - SEGRETARIO COMUNALE").unwrap();
    assert_eq!(alone.get(Field::Unit), Some("SEGRETERIA - SEGRETARIO COMUNALE"));
    assert_eq!(alone.get(Field::Responsible), None);
}

#[test]
fn spaces_accents_and_look_alikes_make_no_difference() {
    assert!(pattern("Tempi di realizzazione").is("Тетрі di realizzazion e"));
    assert!(
        pattern("Attività consolidata").is("ATTIVITA' CONSOLIDATA")
            || pattern("Attivit(a|a')").is("ATTIVITA'")
    );
    assert!(pattern("Peso in % [\\(a\\)]").is("Peso in %(a)"));
}

#[test]
fn a_beginning_leaves_its_rest() {
    let taken = pattern("AMBITO ORGANIZZATIVO").start("AMBITO ORGANIZZATIVO Dipartimento").unwrap();
    assert_eq!(taken.rest, "Dipartimento");
    assert_eq!(pattern("NR").start("NRX"), None);
}

#[test]
fn a_pattern_may_say_what_a_field_looks_like() {
    let heading = pattern("AREA {number:(I|II|III|IV)}[ (:|-) {unit}]");
    let taken = heading.whole("Area III: Lavori").unwrap();
    assert_eq!((taken.get(Field::Number), taken.get(Field::Unit)), (Some("III"), Some("Lavori")));
    assert_eq!(pattern("OBIETTIVI {unit:segret*}").whole("Obiettivi di bilancio"), None);
}

#[test]
fn a_pattern_of_nothing_but_fields_is_bare() {
    assert!(pattern("{unit}~").is_bare() && pattern("{responsible}").is_bare());
    assert!(!pattern("Responsabile {responsible}").is_bare());
}

#[test]
fn a_field_may_have_a_form_of_its_own() {
    let sector = pattern("[\\(]{sector:SETTORE *}[\\)]");
    assert_eq!(sector.whole("(settore Biblioteca)").unwrap().get(Field::Sector), Some("settore Biblioteca"));
    assert_eq!(sector.whole("(ufficio Biblioteca)"), None);
}

#[test]
fn a_broken_pattern_is_refused() {
    for broken in
        ["{unit:(}", "{unit:{area}}", "{unit", "{unit:(a}", "{sector:a{unit}", "{nothing}", "(a", "a]", "x\\"]
    {
        assert!(Pattern::parse(broken).is_err(), "{broken}");
    }
}
