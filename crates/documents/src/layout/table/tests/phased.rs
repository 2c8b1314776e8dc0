//! Plans of ours with a table per structure and phases.

use super::*;

const MONTI: &str = "\
**PIANO DELLA PERFORMANCE 2026 - Comune di Montefinto**
Il piano nasce dalle linee di mandato.
Le strutture sono due.

## STRUTTURA N. 1: SETTORE DEMOGRAFICO (Responsabile: Vicesegretario)
Num.\tObiettivo / fasi\tScadenza\tPeso (%)\tTarget\tIndicatore di performance
1\tObiettivo di sviluppo: anagrafe senza carta\t31/12/2026\t60 %\t95%\tPratiche digitali su totale
1.1)\tFASE 1: mappare i moduli\t31/03/2026\t(40%)\tSì\tMappa approvata
1.2)\tFase - formare gli operatori\t\t(60%)\t3\tOperatori formati
2\tObiettivo di mantenimento: sportello aperto\t-\t40 %\t≥ 36 ore\tOre settimanali

\t\t\t\t<= 10 minuti\tAttesa media
\te accoglienza degli utenti\t\t\t\t
Totale\t\t\t100 %\t\t
Pagina 1 di 2
Num.\tObiettivo / fasi\tScadenza\tPeso (%)\tTarget\tIndicatore di performance
2.1)\tFase: turni\t30/06/2026\t(100%)\t1\tTurni pubblicati
Nota: i pesi sono del nucleo.

## STRUTTURA N. 2: SETTORE OPERE – RESPONSABILE AD INTERIM: SEGRETARIO COMUNALE
Num.\tObiettivo / fasi\tScadenza\tPeso (%)\tTarget\tIndicatore di performance
3.1)\tFase: senza obiettivo\t\t\t\t
1\tStrade sicure\t30/11/2026\t100 %\t12 km\tChilometri rifatti\tsu 40 km
4.2)\tFase: gara\t31/05/2026\t(70%)\t1\tGara aggiudicata
\tFase: cantiere\t31/10/2026\t(30%)\t1
7
";

#[test]
fn other_words_and_columns_in_another_order_are_read() {
    let gathered = gather(&text(MONTI), shared("table_with_phases"));
    assert_eq!(gathered.title.as_ref().unwrap().words, "PIANO DELLA PERFORMANCE 2026 - Comune di Montefinto");
    assert_eq!(gathered.sections.iter().map(|section| section.lines.len()).collect::<Vec<_>>(), [2, 1, 1]);
    let units: Vec<[&str; 4]> = gathered
        .units
        .iter()
        .map(|unit| {
            [Field::Number, Field::Unit, Field::Responsible, Field::Interim]
                .map(|field| said(&unit.fields, field))
        })
        .collect();
    assert_eq!(
        units,
        [
            ["1", "SETTORE DEMOGRAFICO", "Vicesegretario", ""],
            ["2", "SETTORE OPERE", "SEGRETARIO COMUNALE", "AD INTERIM"],
        ]
    );
    let [anagrafe, sportello, strade] = gathered.objectives.as_slice() else { panic!("three objectives") };
    assert_eq!([said(&anagrafe.fields, Field::Number), said(&anagrafe.fields, Field::Weight)], ["1", "60 %"]);
    assert_eq!(said(&anagrafe.fields, Field::Title), "Obiettivo di sviluppo: anagrafe senza carta");
    assert_eq!(said(&anagrafe.fields, Field::Deadline), "31/12/2026");
    let phases: Vec<[&str; 3]> = anagrafe
        .phases
        .iter()
        .map(|phase| [Field::Number, Field::Title, Field::Weight].map(|field| said(phase, field)))
        .collect();
    assert_eq!(phases, [["1.1)", "mappare i moduli", "(40%)"], ["1.2)", "formare gli operatori", "(60%)"]]);
    assert_eq!(
        said(&sportello.fields, Field::Title),
        "Obiettivo di mantenimento: sportello aperto e accoglienza degli utenti"
    );
    assert!(sportello.fields.get(Field::Deadline).is_none());
    let aims: Vec<&str> =
        sportello.indicators.iter().map(|indicator| said(indicator, Field::Target)).collect();
    assert_eq!(aims, ["≥ 36 ore", "<= 10 minuti"]);
    assert_eq!([sportello.phases.len(), strade.phases.len()], [1, 2]);
    assert_eq!(said(&strade.fields, Field::Notes), "su 40 km");
    assert_eq!(gathered.units[0].summary_total.as_ref().unwrap().words, "100 %");
}

#[test]
fn what_does_not_fit_is_noticed_where_it_stands() {
    let gathered = gather(&text(MONTI), shared("table_with_phases"));
    let [.., lone] = gathered.uses() else { panic!("lines") };
    assert_eq!(*lone, Use::Value, "a paragraph of one figure is kept");
    let counts = [Use::Header, Use::RepeatedHeader, Use::Total, Use::Decoration, Use::NotUnderstood];
    assert_eq!(counts.map(|became| count(&gathered, became)), [2, 1, 1, 1, 1]);
    assert_eq!(noticed(&gathered), [("E09", 17), ("E09", 22), ("E19", 23), ("E09", 24), ("E19", 25)]);
}

const CSV: &str = "\
STRUTTURA: UFFICIO TRIBUTI;;;;;
RESPONSABILE: FUNZIONARIO;;;;;
;;;;;
Peso %;N.;Obiettivi operativi;Valori attesi;Indicatori;Stakeholder
50;1;Recupero evasione;80%;Incassato su accertato;cittadini
30;1.1;Fase: avvisi;200;Avvisi inviati;
--;--;--;--;--;--
OBIETTIVI TRASVERSALI;;;;;
50;2;Trasparenza;100%;Dati pubblicati;
STRUTTURA: AREA VERDE;;;;;
100;1;Parchi curati;4;Sfalci;
100;1.1;Fase: contratto;1;Contratto firmato;
";

#[test]
fn one_sheet_with_one_header_and_rows_that_name_structures_is_read() {
    let gathered = gather(&cells(CSV, ';', SourceFormat::Csv), shared("table_with_phases"));
    let units: Vec<[&str; 2]> = gathered
        .units
        .iter()
        .map(|unit| [Field::Unit, Field::Responsible].map(|field| said(&unit.fields, field)))
        .collect();
    assert_eq!(units, [["UFFICIO TRIBUTI", "FUNZIONARIO"], ["AREA VERDE", ""]]);
    let kinds: Vec<UnitKind> = gathered.units.iter().map(|unit| unit.kind).collect();
    assert_eq!(kinds, [UnitKind::Office, UnitKind::Area]);
    let rows: Vec<(&str, &[usize], bool, usize)> = gathered
        .objectives
        .iter()
        .map(|objective| {
            let transversal = objective.kinds == [ObjectiveKind::Transversal];
            (
                said(&objective.fields, Field::Title),
                objective.units.as_slice(),
                transversal,
                objective.phases.len(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Recupero evasione", [0].as_slice(), false, 1),
            ("Trasparenza", [0].as_slice(), true, 0),
            ("Parchi curati", [1].as_slice(), false, 1),
        ]
    );
    assert_eq!(said(&gathered.objectives[0].fields, Field::Notes), "cittadini");
    assert_eq!(count(&gathered, Use::NotUnderstood), 0);
    assert_eq!(noticed(&gathered), [("E19", 4)]);
}
