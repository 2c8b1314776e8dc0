use super::*;

#[test]
fn a_table_becomes_a_plan_with_its_structures_phases_and_indicators() {
    let mut bench = Bench::new();
    bench.unit(
        UnitKind::Area,
        None,
        &[
            (Field::Number, "2"),
            (Field::Area, "Lavori pubblici"),
            (Field::Responsible, "Responsabile ad interim"),
        ],
    );
    bench.objective(
        &[0],
        &[
            (Field::Number, "1"),
            (Field::Title, "Obiettivo strategico trasversale: presidiare i cantieri"),
            (Field::Weight, "20%"),
            (Field::Indicator, "Cantieri visitati"),
            (Field::Target, "almeno 12"),
            (Field::Deadline, "31.06.2025"),
        ],
    );
    bench.phase(&[
        (Field::Number, "1.1"),
        (Field::Title, "Calendario"),
        (Field::Weight, "(50%)"),
        (Field::Deadline, "31/03/2025"),
        (Field::Indicator, "Calendario approvato"),
        (Field::Target, "sì"),
    ]);
    let draft = bench.draft();
    let document = serde_json::to_value(&draft.document).unwrap();
    assert_eq!(at(&document, "/units/0/code"), "A2");
    assert_eq!(at(&document, "/units/0/name"), "Area 2 - Lavori pubblici");
    assert_eq!(at(&document, "/units/0/interim"), true);
    assert_eq!(at(&document, "/objectives/0/external_id"), "A2-1");
    assert_eq!(at(&document, "/objectives/0/kinds"), &serde_json::json!(["strategic", "transversal"]));
    assert_eq!(at(&document, "/objectives/0/assignments/0/weight/value/percent"), "20");
    assert_eq!(at(&document, "/objectives/0/deadline/value/type"), "impossible");
    assert_eq!(at(&document, "/objectives/0/phases/0/indicators/0/external_id"), "F1-I1");
    assert_eq!(at(&document, "/objectives/0/indicators/0/target/value/figure"), "12");
    let impossible = found(&draft, FindingCode::ImpossibleDate);
    assert_eq!(impossible.len(), 1);
    assert_eq!((impossible[0].pointer.as_str(), impossible[0].safe), ("/objectives/0/deadline", true));
    assert_eq!(impossible[0].spot.as_ref().map(|spot| (spot.line, spot.column)), Some((2, 6)));
    assert_eq!(draft.certificate.coverage, "1.0000");
}

#[test]
fn what_has_no_room_is_among_the_notes_and_told() {
    let mut bench = Bench::new();
    bench.unit(UnitKind::Sector, None, &[(Field::Sector, "Settore tecnico"), (Field::Code, "ST")]);
    let long = "parola ".repeat(200);
    bench.objective(
        &[0],
        &[
            (Field::Title, &long),
            (Field::Deadline, "maggio"),
            (Field::Deadline, "giugno"),
            (Field::Actual, "80%"),
        ],
    );
    let draft = bench.draft();
    let objective = &draft.document.objectives[0].facts;
    assert!(objective.title.as_str().chars().count() <= 1000);
    let notes = objective.notes.as_ref().unwrap().as_str();
    assert!(
        notes.contains("Titolo: parola")
            && notes.contains("Scadenza: giugno")
            && notes.contains("Consuntivo: 80%")
    );
    assert_eq!(found(&draft, FindingCode::ColumnsShifted).len(), 2);
}

#[test]
fn an_objective_without_a_title_takes_the_nearest_words_or_none() {
    let mut bench = Bench::new();
    bench.unit(UnitKind::Office, None, &[(Field::Office, "Tributi")]);
    bench.objective(&[0], &[(Field::Purpose, "Ridurre l'evasione")]);
    bench.objective(&[0], &[(Field::Number, "7")]);
    let draft = bench.draft();
    let titles: Vec<&str> = draft.document.objectives.iter().map(|one| one.facts.title.as_str()).collect();
    assert_eq!(titles, ["Ridurre l'evasione", "Obiettivo n. 7 senza titolo"]);
    assert_eq!(found(&draft, FindingCode::ColumnsShifted).len(), 2);
}

#[test]
fn classes_programmes_and_projects_are_understood() {
    let mut bench = Bench::new();
    bench.unit(
        UnitKind::Department,
        None,
        &[(Field::Code, "01"), (Field::Department, "Dipartimento territorio")],
    );
    bench.unit(UnitKind::Office, Some(0), &[(Field::Code, "01-01-01"), (Field::Office, "Ufficio strade")]);
    bench.objective(
        &[1],
        &[
            (Field::Title, "Rifare le strade"),
            (Field::Weight, "2 - rilevante strategico"),
            (Field::Programme, "10-05-Viabilità"),
            (Field::Programme, "ufficio strade"),
            (Field::Cup, "CUP J11B21000240001"),
            (Field::Department, "Dipartimento territorio"),
            (Field::Service, "Servizio mai visto"),
            (Field::TargetOrDeadline, "31/12/2025"),
        ],
    );
    bench.indicator(&[
        (Field::Profile, "Qualità (tempestività)"),
        (Field::Indicator, "Tratti rifatti"),
        (Field::Target, "3"),
    ]);
    bench.indicator(&[(Field::Profile, "Economicità")]);
    let draft = bench.draft();
    let document = serde_json::to_value(&draft.document).unwrap();
    assert_eq!(at(&document, "/units/1/parent"), at(&document, "/units/0/id"));
    assert_eq!(
        at(&document, "/objectives/0/programmes/0"),
        &serde_json::json!({"code": "10.05", "label": "Viabilità"})
    );
    assert_eq!(at(&document, "/objectives/0/programmes/1"), &serde_json::json!({"label": "ufficio strade"}));
    assert_eq!(at(&document, "/objectives/0/cup/0"), "J11B21000240001");
    assert_eq!(at(&document, "/objectives/0/kinds/0"), "strategic");
    assert_eq!(at(&document, "/objectives/0/assignments/0/weight/value/class"), "2");
    assert_eq!(at(&document, "/objectives/0/indicators/0/deadline/value/type"), "date");
    assert_eq!(at(&document, "/objectives/0/indicators/1/profile"), "timeliness");
    assert_eq!(draft.document.objectives[0].facts.indicators.len(), 2);
    assert_eq!(at(&document, "/objectives/0/notes"), "Servizio: Servizio mai visto");
    assert!(
        found(&draft, FindingCode::NotMeasurable)
            .iter()
            .any(|one| one.words.as_deref() == Some("Economicità"))
    );
}

#[test]
fn an_objective_of_the_whole_comune_is_assigned_only_when_it_weighs() {
    let mut bench = Bench::new();
    bench.unit(UnitKind::Area, None, &[(Field::Area, "Prima")]);
    bench.unit(UnitKind::Sector, Some(0), &[(Field::Sector, "Seconda")]);
    bench.unit(UnitKind::Area, None, &[(Field::Area, "Terza")]);
    bench.objective(&[], &[(Field::Title, "Per tutti")]);
    bench.objective(&[], &[(Field::Title, "Per tutti, con un peso"), (Field::Weight, "10%")]);
    let draft = bench.draft();
    let counts: Vec<usize> =
        draft.document.objectives.iter().map(|one| one.facts.assignments.len()).collect();
    assert_eq!(counts, [0, 2]);
    let keys: Vec<&str> = draft
        .document
        .objectives
        .iter()
        .filter_map(|one| Some(one.facts.external_id.as_ref()?.as_str()))
        .collect();
    assert_eq!(keys, ["COM-1", "COM-2"]);
}

#[test]
fn every_line_is_accounted_for_and_what_was_not_understood_keeps_its_words() {
    let mut bench = Bench::new();
    bench.unit(UnitKind::Area, None, &[(Field::Area, "Prima")]);
    bench.strange("testo che nessuno capisce");
    let draft = bench.draft();
    let certificate = &draft.certificate;
    assert_eq!(certificate.lines.values().sum::<usize>(), certificate.lines_in);
    assert_eq!(certificate.coverage, "0.5000");
    assert_eq!(draft.lines[1].words.as_deref(), Some("testo che nessuno capisce"));
}

#[test]
fn what_the_reader_noticed_stands_beside_what_the_review_found() {
    let mut bench = Bench::new();
    bench.objective(&[], &[(Field::Title, "Uno")]);
    bench.add(|gathered| {
        gathered.noticed.push(Noticed {
            code: FindingCode::HeadingInsideData,
            place: Place { line: 0, cell: 0 },
            words: Some("NR".into()),
            message: "Intestazione fra i dati.".into(),
            suggestion: None,
            objective: Some(0),
            unit: None,
        });
    });
    let draft = bench.draft();
    let one = found(&draft, FindingCode::HeadingInsideData)[0];
    assert_eq!((one.pointer.as_str(), one.read), ("/objectives/0", true));
    assert!(one.id.starts_with("E23-") && one.id.len() == 12);
}

#[test]
fn many_objectives_with_the_same_number_are_told_apart() {
    let mut bench = Bench::new();
    bench.unit(UnitKind::Area, None, &[(Field::Area, "Prima")]);
    for number in 0..500 {
        let title = format!("Obiettivo numero {number} del settore, con parole sue");
        bench.objective(&[0], &[(Field::Number, "1"), (Field::Title, &title), (Field::Weight, "10%")]);
        bench.phase(&[(Field::Title, "Fase"), (Field::Deadline, "31/12/2025")]);
        bench.indicator(&[(Field::Indicator, "Atti"), (Field::Target, "almeno 3")]);
    }
    let (source, gathered) = bench.end();
    let draft = draft_of(&source, &profile(), &gathered);
    assert_eq!(draft.certificate.counts.objectives, 500);
    assert_eq!(draft.certificate.counts.indicators, 500);
}

#[test]
fn a_step_is_called_by_its_time_where_nothing_says_what_is_done() {
    let mut bench = Bench::new();
    bench.objective(
        &[],
        &[
            (Field::Title, "Presidiare i cantieri"),
            (Field::Step, "Calendario"),
            (Field::StepTimes, "31/03/2025"),
            (Field::Step, ""),
            (Field::StepTimes, "30/06/2025"),
            (Field::Step, " "),
            (Field::StepTimes, ""),
        ],
    );
    let draft = bench.draft();
    let document = serde_json::to_value(&draft.document).unwrap();
    let steps = at(&document, "/objectives/0/steps").as_array().unwrap();
    let told = |step: &Value| (step["how"].clone(), step["when"]["value"]["day"].clone());
    let told: Vec<_> = steps.iter().map(told).collect();
    assert_eq!(
        told,
        [("Calendario", "2025-03-31"), ("30/06/2025", "2025-06-30")]
            .map(|(how, day)| (how.into(), day.into()))
    );
}
