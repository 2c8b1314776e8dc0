//! Who may do what: the permission table as a file that people can read and review, and the same table tried over HTTP.

mod over_http;

use std::fmt::Write as _;

use traguardo_domain::Vocabulary as _;
use traguardo_domain::access::{Action, Mode};
use traguardo_domain::role::Role;

/// The action in words, and none when no member can ever hold it.
const fn words(action: Action) -> Option<&'static str> {
    match action {
        Action::Authenticate
        | Action::CheckSeals
        | Action::ReadPublished
        | Action::ComparePublicly
        | Action::ConductImports
        | Action::EraseSheets
        | Action::EraseTraining => None,
        Action::Interpret => Some("Far leggere o esaminare un testo non conservato"),
        Action::ListComuni => Some("Elencare i comuni registrati"),
        Action::ReadComune => Some("Leggere l'identità di un comune"),
        Action::KeepComuni => Some("Registrare i comuni e la loro identità"),
        Action::ReadUnits => Some("Leggere le strutture"),
        Action::EditUnits => Some("Creare, spostare e cessare le strutture"),
        Action::ReadMembers => Some("Leggere i membri e i loro ruoli"),
        Action::KeepMembers => Some("Registrare i membri, dare e togliere ruoli"),
        Action::ReadPlans => Some("Leggere i piani"),
        Action::EditPlans => Some("Redigere i piani"),
        Action::EditObjectives => Some("Scrivere gli obiettivi; il responsabile, i propri"),
        Action::MovePlans => Some("Far passare i piani di stato"),
        Action::ReadImports => Some("Vedere i file inviati e ciò che se ne è letto"),
        Action::EditImports => Some("Inviare file da leggere e sistemarne la bozza"),
        Action::ApplyImports => Some("Mettere in un piano ciò che si è letto"),
        Action::ReadRulebooks => Some("Leggere i sistemi di valutazione"),
        Action::EditRulebooks => Some("Adottare e cambiare i sistemi di valutazione"),
        Action::GiveOpinions => Some("Dare il parere su un sistema di valutazione"),
        Action::ReadResults => Some("Leggere misure, punteggi, giudizi, relazione"),
        Action::EditRounds => Some("Aprire e chiudere le raccolte"),
        Action::RecordMeasurements => Some("Inserire i valori; il responsabile, i propri"),
        Action::CertifyFigures => Some("Certificare i tempi di pagamento"),
        Action::Evaluate => Some("Valutare: aprire, chiedere, decidere"),
        Action::AnswerEvaluations => Some("Rispondere a chi valuta; il responsabile, per i propri"),
        Action::ReadSheets => Some("Leggere le schede individuali proprie o da valutare"),
        Action::WriteSheets => Some("Scrivere, firmare, contestare le schede"),
        Action::ReadTemplates => Some("Leggere il catalogo degli obiettivi condivisi"),
        Action::KeepAuthors => Some("Tenere gli autori di obiettivi condivisi"),
        Action::PublishTemplates => Some("Pubblicare obiettivi condivisi"),
        Action::ReadAdoptions => Some("Vedere chi adotta i propri obiettivi condivisi"),
        Action::Adopt => Some("Adottare obiettivi condivisi in un piano"),
        Action::PublishResults => Some("Pubblicare i risultati per il confronto"),
        Action::GiveConsents => Some("Dire a chi si mostrano i risultati"),
        Action::Compare => Some("Confrontare i comuni"),
        Action::KeepComparisons => Some("Definire gruppi e conservare confronti"),
        Action::KeepRegistry => Some("Caricare il registro di tutti i comuni"),
        Action::ReadRegisters => {
            Some("Leggere i registri di fatture, obblighi, richieste e ciò che se ne calcola")
        }
        Action::KeepRegisters => Some("Scrivere nei registri e regolarne i calcoli"),
        Action::ReadTraining => Some("Leggere le ore di formazione delle singole persone"),
        Action::KeepTraining => Some("Scrivere le ore di formazione delle singole persone"),
        Action::Feed => Some("Riempire dai registri gli indicatori condivisi di un piano"),
        Action::ReadAudit => Some("Leggere il registro delle operazioni"),
        Action::ReadMetrics => Some("Leggere le misure del servizio"),
    }
}

/// The permission table: a line a permission, a column a role.
fn table() -> String {
    let mut text = String::from(
        "CHI PUÒ FARE CHE COSA\n\n\
         Una riga per ogni permesso, una colonna per ogni ruolo.\n\
         X      il ruolo può, nel proprio comune (i ruoli della piattaforma: nella piattaforma)\n\
         T      il ruolo della piattaforma può, in tutti i comuni\n\
         .      il ruolo non può\n\
         legge  non cambia nulla\n\
         scrive lascia una traccia nel registro\n\n\
         Ruoli del comune e della piattaforma, nell'ordine delle colonne:\n",
    );
    for (number, role) in Role::all().iter().enumerate() {
        let home = if role.is_of_platform() { "piattaforma" } else { "comune" };
        writeln!(text, "  {:>2}  {:<18}{home}", number + 1, role.word()).unwrap();
    }
    let columns: String = (1..=Role::all().len()).map(|number| format!("{number:>3}")).collect();
    write!(text, "\n{:<44}{:<8}{columns}  operazione\n", "PERMESSO", "MODO").unwrap();
    for action in Action::ALL {
        let mark = |role: &Role| match (action.permits(*role), role.is_of_platform()) {
            (false, _) => "  .",
            (true, true) if action.reaches_every_comune() => "  T",
            (true, _) => "  X",
        };
        let mode = match action.mode() {
            Mode::Read => "legge",
            Mode::Write => "scrive",
        };
        let marks: String = Role::all().iter().map(mark).collect();
        writeln!(text, "{:<44}{mode:<8}{marks}  {}", words(action).unwrap(), action.as_str()).unwrap();
    }
    text
}

#[test]
fn the_permission_table_is_the_one_reviewed() {
    let path = format!("{}/expected/access.txt", env!("CARGO_MANIFEST_DIR"));
    let table = table();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(reviewed, table, "{path} is not the permission table: UPDATE_EXPECTED=1 rewrites it");
}

#[test]
fn every_action_a_member_can_hold_is_in_the_table() {
    assert_eq!(words(Action::Authenticate), None);
    assert!(Action::Authenticate.roles().is_empty());
    for action in Action::ALL {
        assert!(words(action).is_some() && !action.roles().is_empty(), "{action:?}");
    }
}
