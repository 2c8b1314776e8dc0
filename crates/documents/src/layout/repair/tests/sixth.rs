//! Plans of the same layout, written by us: other words, other structures, other columns, the mistakes elsewhere.

use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::unit::UnitKind;

use super::*;

/// Eleven columns in another order, two levels of structures, codes of two groups.
const ELEVEN: &str = "PIANO DEGLI OBIETTIVI 2025
N.|SETTORE|UFFICIO|RESPONSABILE|OBIETTIVO|FINALITA'|Missione/ Programma|INDICATORE|RISULTATO ATTESO|TEMPI|PESO
1|Settore affari istituzionali|10-01-Ufficio protocollo|Capo settore|Smistare la posta in giornata|Uffici serviti|01-02-Segreteria|giorni medi|2|31/12/2025|1 - rilevante operativo
2||10-02-Ufficio contratti|Capo settore|Digitalizzare il repertorio|Meno carta|01-02-Segreteria|atti digitali su atti|90%|30/06/2025|2 - rilevante strategico
3|Settore opere e ambiente|20-01-Ufficio strade|Capo opere|Rifare la segnaletica|Strade sicure|10-05-Viabilità|chilometri|12|31/10/2025|1 - rilevante operativo

N.|SETTORE Settore opere|UFFICIO 20-01-|RESPONSABILE Capo|OBIETTIVO Potare gli alberi|FINALITA' Alberi|Missione/ Programma 09-02-Tutela|INDICATORE alberi|RISULTATO ATTESO 150|TEMPI 30/11/2025|PESO 1 - rilevante
4|e ambiente|Ufficio strade|opere|dei viali|sani|dell'ambiente|potati|150|30/11/2025|operativo
5|Settore opere|20-02-Ufficio verde|Capo opere|Piantare nuovi alberi|Ombra|09-02-Tutela|alberi|40|30/11/2025|1 - rilevante operativo

N.|SETTORE|UFFICIO|RESPONSABILE|OBIETTIVO|FINALITA'|Missione/ Programma|INDICATORE|RISULTATO ATTESO|TEMPI PESO
6|||Capo opere|Aprire il canile CUP: B12C24000120005|Benessere degli animali|09-02-Tutela|apertura|si|31/12/2025 2 - rilevante strategico
|Settore affari istituzionali|10-01-Ufficio protocollo|Capo settore|Riordinare l'archivio|Spazi|01-02-Segreteria|faldoni|100%|30/09/2025 1 - rilevante operativo
7|||||||||

N.|SETTORE|RESPONSABILE|OBIETTIVO|FINALITA'|INDICATORE|RISULTATO ATTESO|TEMPI|PESO
8|Settore affari istituzionali|Capo settore|Formare il personale|Competenze|ore medie|40|31/12/2025|1 - rilevante operativo
9|Tutti i settori|Segretario|Pagare in trenta giorni|Fornitori pagati|giorni|-|31/12/2025|2 - rilevante strategico
12||||||||";

/// Thirteen columns in another order, the first header misread, one structure that is no department.
const THIRTEEN: &str = "NR|AMBITO ORGANIZZATIVO|SERVIZIO||SOGGETTO COMPETENTE|EO|Rif. DUP Missione/ Programma|OBJETTIVO|PINALITA' OBIETTIVO|PESO OBIETTIVO|TEMPI STABILITI|INDICATORE|RISULTATO ATTESO
1|Direzione servizi alla persona|01-01-Servizio scuola|01-01-01-Ufficio mense|Dirigente persona|EQ scuola|04-06-Servizi ausiliari|Migliorare le mense|Salute|2 - rilevante strategico|31/12/2025|diete seguite|95%
2|servizi alla persona||01-01-01-Ufficio mense|Dirigente persona|N/P|04-06-Servizi ausiliari|Visitare le cucine|Controllo|1 - rilevante operativo|30/06/2025|visite|6
3|||01-01-Ufficio mense|Dirigente persona|N/P||Raccogliere i giudizi|Ascolto|1 - rilevante operativo|31/05/2025|questionari|300

||||SOGGETTO||Rif. DUP Missione/||||TEMPI||
NR 4|AMBITO ORGANIZZATIVO Direzione territorio|SERVIZIO 02-01-Servizio manutenzioni|UFFICIO 02-01-02 Ufficio edifici|COMPETENTE Dirigente territorio|EQ N/P|Programma 01-05-Gestione dei beni|OBIETTIVO Riparare i tetti|Decoro|PESO OBIETTIVO 1 - rilevante operativo|STABILITI 31/10/2025|INDICATORE tetti riparati|RISULTATO ATTESO 4
5|Direzione territorio||Uffi edifici|Dirigente territorio|N/P|01-05-Gestione dei beni|Rifare gli impianti|Sicurezza|1 - rilevante operativo|30/11/2025|impianti|3

NR 6|AMBITO ORGANIZZATIVO Direzione|SERVIZIO 02-01-Servizio|UFFICIO|SOGGETTO COMPETENTE Dirigente|EQ|Rif. DUP Missione/ Programma 01-05-Gestione|OBIETTIVO Vendere|FINALITA' OBIETTIVO Entrate|PESO OBIETTIVO 2 - rilevante|TEMPI STABILITI|INDICATORE lotti|RISULTATO ATTESO 3
|territorio|manutenzioni||territorio||dei beni|i terreni|di capitale|strategico|31/12/2025|venduti|

NR|AMBITO ORGANIZZATIVO|SERVIZIO|UFFICIO|SOGGETTO COMPETENTE|EQ|Rif. DUP Missione/ Programma|OBIETTIVO|FINALITA' OBIETTIVO|PESO OBIETTIVO|TEMPI STABILITI|INDICATORE|RISULTATO ATTESO
7|Segretario comunale|90-01-Trasparenza|90-01-01-Trasparenza|Segretario|N/P|01-02-Segreteria|Aggiornare la sezione|Trasparenza|2 - rilevante strategico|31/01/2025|dati aggiornati|100%
8|Segretario comunale|90-01-Trasparenza|90-01-01-Trasparenza|Segretario|N/P|01-02-Segreteria|Controllare gli atti|Regolarità|1 - rilevante operativo|31/12/2025|atti|5%
9|Direzione territorio|90-01-Trasparenza|90-01-01-Trasparenza|Dirigente territorio|N/P|01-02-Segreteria|Mappare i processi|Prevenzione|2 - rilevante strategico|31/01/2025|processi|12
|Tutte le Direzioni|Tutti i Servizi|Tutti gli Uffici|Dirigenti|tutte le EQ||Ridurre il debito|Pagamenti|2 - rilevante|31/12/2025|stock|0
10||||||||||||";

fn plan(words: &str) -> Gathered {
    gather(&source(&words.replace('|', "\t")), &wide())
}

fn all(gathered: &Gathered, field: Field) -> Vec<&str> {
    gathered
        .objectives
        .iter()
        .map(|one| one.fields.get(field).map_or("", |found| found.words.as_str()))
        .collect()
}

fn measured(gathered: &Gathered, field: Field) -> Vec<&str> {
    let value = |one: &&GatheredObjective| one.indicators.len() == 1;
    assert!(gathered.objectives.iter().all(|one| value(&one)));
    let indicators = gathered.objectives.iter().map(|one| &one.indicators[0]);
    indicators.map(|indicator| indicator.get(field).map_or("", |found| found.words.as_str())).collect()
}

fn codes(gathered: &Gathered) -> Vec<String> {
    let name = |unit: &usize| code(&gathered.units[*unit]);
    gathered.objectives.iter().map(|one| one.units.iter().map(name).collect::<Vec<_>>().join("+")).collect()
}

fn told(gathered: &Gathered, code: FindingCode) -> Vec<usize> {
    gathered
        .noticed
        .iter()
        .filter(|noticed| noticed.code == code)
        .map(|noticed| noticed.place.line.saturating_add(1))
        .collect()
}

#[test]
fn a_plan_of_eleven_columns_loses_nothing() {
    let gathered = plan(ELEVEN);
    assert_eq!(became(&gathered, Use::NotUnderstood), Vec::<usize>::new());
    assert_eq!(became(&gathered, Use::RepeatedHeader), [11, 16]);
    assert_eq!(all(&gathered, Field::Number), ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(gathered.objectives[8].fields.all(Field::Number).count(), 2);
    assert_eq!(codes(&gathered), ["10-01", "10-02", "20-01", "20-01", "20-02", "20", "10-01", "10", "10+20"]);
    let weights = all(&gathered, Field::Weight);
    assert_eq!(weights[3..7].iter().map(|weight| &weight[..1]).collect::<Vec<_>>(), ["1", "1", "2", "1"]);
    assert!(weights.iter().all(|weight| weight.split_whitespace().count() == 4));
    assert_eq!(measured(&gathered, Field::Target), ["2", "90%", "12", "150", "40", "si", "100%", "40", ""]);
    assert_eq!(
        measured(&gathered, Field::Deadline)[3..7],
        ["30/11/2025", "30/11/2025", "31/12/2025", "30/09/2025"]
    );
    assert_eq!(all(&gathered, Field::Title)[3], "Potare gli alberi dei viali");
    assert_eq!(all(&gathered, Field::Programme)[3], "09-02-Tutela dell'ambiente");
    assert_eq!(all(&gathered, Field::Cup)[5], "B12C24000120005");
    assert_eq!(told(&gathered, FindingCode::HeadingInsideData), [7]);
    assert_eq!(told(&gathered, FindingCode::NumberOutOfSequence), [14, 19]);
    assert_eq!(told(&gathered, FindingCode::ColumnsShifted), [12, 13, 17, 18, 9]);
}

#[test]
fn a_plan_whose_first_header_is_misread_is_read_by_the_others() {
    let gathered = plan(THIRTEEN);
    assert_eq!(became(&gathered, Use::NotUnderstood), Vec::<usize>::new());
    assert_eq!(all(&gathered, Field::Number), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    let assigned = codes(&gathered);
    assert_eq!(assigned[..5], ["01-01-01", "01-01-01", "01-01-01", "02-01-02", "02-01-02"]);
    assert_eq!(assigned[5..], ["02-01", "90-01-01", "90-01-01", "02", "01+02"]);
    let tops = gathered.units.iter().filter(|unit| unit.parent.is_none());
    let kinds: Vec<UnitKind> = tops.map(|unit| unit.kind).collect();
    assert_eq!(kinds, [UnitKind::Department, UnitKind::Department, UnitKind::Service]);
    assert_eq!(all(&gathered, Field::Responsible)[3..6], ["Dirigente territorio"; 3]);
    assert_eq!(all(&gathered, Field::Title)[5], "Vendere i terreni");
    assert_eq!(all(&gathered, Field::Weight)[5], "2 - rilevante strategico");
    assert_eq!(all(&gathered, Field::Delegate)[..4], ["EQ scuola", "", "", ""]);
    assert_eq!(measured(&gathered, Field::Deadline)[3..6], ["31/10/2025", "30/11/2025", "31/12/2025"]);
    assert_eq!(gathered.objectives[9].kinds, [ObjectiveKind::Transversal]);
    assert_eq!(told(&gathered, FindingCode::HeadingInsideData), [7, 10]);
    assert_eq!(told(&gathered, FindingCode::CodeOfAnotherStructure), [4, 16]);
    assert_eq!(told(&gathered, FindingCode::NumberOutOfSequence), [18]);
    assert_eq!(told(&gathered, FindingCode::ColumnsShifted), [8]);
}

#[test]
fn rows_that_lost_columns_without_a_header_to_say_which_are_fitted_by_what_they_look_like() {
    let words = "NR|DIPARTIMENTO|SERVIZIO|EQ|Rif. DUP|OBIETTIVO|PESO|INDICATORE|RISULTATO ATTESO|TEMPI
1|Dipartimento tecnico|Servizio strade|N/P|10-05-Viabilità|Asfaltare|1 - rilevante operativo|km|3|31/10/2025
2|Dipartimento tecnico|Servizio strade|N/P|10-05-Viabilità|Illuminare|1 - rilevante operativo|lampade|30|31/10/2025
3|Dipartimento tecnico|10-05-Viabilità|Segnalare|2 - rilevante strategico|segnali|100% 30/11/2025";
    let gathered = plan(words);
    let last = &gathered.objectives[2];
    let value = |field| last.fields.get(field).map(|found| found.words.as_str());
    assert_eq!(value(Field::Programme), Some("10-05-Viabilità"));
    assert_eq!(value(Field::Title), Some("Segnalare"));
    assert_eq!(value(Field::Weight), Some("2 - rilevante strategico"));
    let indicator = &last.indicators[0];
    assert_eq!(indicator.get(Field::Target).unwrap().words, "100%");
    assert_eq!(indicator.get(Field::Deadline).unwrap().words, "30/11/2025");
    assert!(indicator.get(Field::Deadline).unwrap().confidence >= Confidence::Likely);
    assert_eq!(gathered.units.len(), 2);
    assert_eq!(told(&gathered, FindingCode::ColumnsShifted), [4]);
}

#[test]
fn names_without_codes_make_a_tree_too() {
    let words = "NR|DIPARTIMENTO|SERVIZIO|OBIETTIVO|PESO|INDICATORE|RISULTATO ATTESO|TEMPI
1|Dipartimento tecnico|Servizio strade|Asfaltare|1 - rilevante operativo|km|3|31/10/2025
2||Servizio edifici|Riparare|1 - rilevante operativo|tetti|2|31/10/2025
3|Dipartimento sociale|Servizio anziani|Visitare|1 - rilevante operativo|visite|90|31/10/2025
4|sociale|anziani|Accompagnare|1 - rilevante operativo|viaggi|90|31/10/2025";
    let gathered = plan(words);
    let names: Vec<&str> =
        gathered.units.iter().map(|unit| unit.fields.get(Field::Unit).unwrap().words.as_str()).collect();
    assert_eq!(
        names,
        [
            "Dipartimento tecnico",
            "Dipartimento sociale",
            "Servizio strade",
            "Servizio edifici",
            "Servizio anziani"
        ]
    );
    let parents: Vec<Option<usize>> = gathered.units.iter().map(|unit| unit.parent).collect();
    assert_eq!(parents, [None, None, Some(0), Some(0), Some(1)]);
    assert_eq!(gathered.objectives.iter().map(|one| one.units[0]).collect::<Vec<_>>(), [2, 3, 4, 4]);
}
