//! Structures as a plan's document writes them.

use serde::Deserialize;
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Period;
use traguardo_domain::text::{Code, ExternalId, Line, Text};
use traguardo_domain::unit::{StaffLine, UnitFacts, UnitId};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::reader::{Reader, day};
use crate::word::UnitKindWord;

/// The most lines a staff table has.
const MOST_STAFF_LINES: usize = 200;

/// Una riga della dotazione organica.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StaffLine, example = json!({"qualification": "Istruttore amministrativo", "category": "Istruttori", "posts": "3"}))]
pub struct StaffLineBody {
    /// Il posto.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    qualification: String,
    /// L'area contrattuale o la vecchia categoria, com'è stampata.
    #[schema(nullable = false, min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "C")]
    category: Option<String>,
    /// Quante unità; una parte di unità è un tempo parziale.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "1")]
    posts: String,
    /// Quante donne, se è detto.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "1")]
    women: Option<String>,
    /// Quanti uomini, se è detto.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "0")]
    men: Option<String>,
}

/// What is said of a structure beside its place in the tree.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Who answers for it.
    pub responsible: Option<String>,
    /// Whether ad interim.
    pub interim: Option<bool>,
    /// Its staff table.
    pub staff: Option<Vec<StaffLineBody>>,
    /// What it does year after year.
    pub activities: Option<String>,
}

/// Una struttura nel documento di un piano.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentUnit, example = json!({"code": "SA", "name": "Settore amministrativo", "kind": "sector", "valid_from": "2020-01-01"}))]
pub struct UnitBody {
    /// Identificativo.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Chiave nel programma che la invia, unica nel comune.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Codice.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "SA")]
    code: String,
    /// Nome.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Tipo.
    kind: UnitKindWord,
    /// L'unità di cui fa parte.
    #[schema(nullable = false)]
    parent: Option<Uuid>,
    /// L'unità di cui fa parte, per codice, al posto di `parent`.
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "AREA-1"
    )]
    parent_code: Option<String>,
    /// Primo giorno in cui esiste.
    #[schema(format = "date", max_length = 10, example = "2020-01-01")]
    valid_from: String,
    /// Ultimo giorno in cui esiste; assente se esiste ancora.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2030-12-31")]
    valid_to: Option<String>,
    /// Chi ne risponde: un ruolo, mai il nome di una persona.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    responsible: Option<String>,
    /// Se chi ne risponde lo fa ad interim.
    #[schema(nullable = false)]
    interim: Option<bool>,
    /// Dotazione organica.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    staff: Option<Vec<StaffLineBody>>,
    /// Attività consolidata, in Markdown.
    #[schema(nullable = false, min_length = 1, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    activities: Option<String>,
}

/// A structure as it was read: its parent may still be a code.
#[derive(Debug)]
pub struct WrittenUnit {
    /// The id written with it.
    pub id: Option<UnitId>,
    /// What is said of it; without a parent while that is a code.
    pub facts: UnitFacts,
    /// The code of its parent.
    pub parent_code: Option<Code>,
}

impl StaffLineBody {
    fn read(&self, at: &mut Reader<'_>) -> Option<StaffLine> {
        let qualification = at.take("qualification", Line::parse(&self.qualification));
        let category = at.maybe("category", self.category.as_ref(), Line::parse);
        let posts = at.take("posts", Figure::parse(&self.posts));
        let women = at.maybe("women", self.women.as_ref(), Figure::parse);
        let men = at.maybe("men", self.men.as_ref(), Figure::parse);
        Some(StaffLine { qualification: qualification?, category, posts: posts?, women, men })
    }
}

impl Sheet {
    /// Reads it into the facts of a structure.
    pub fn read_into(self, facts: &mut UnitFacts, at: &mut Reader<'_>) {
        facts.responsible = at.maybe("responsible", self.responsible.as_ref(), Line::parse);
        facts.interim = self.interim.unwrap_or_default();
        facts.staff =
            at.each("staff", self.staff.unwrap_or_default(), MOST_STAFF_LINES, |line, at| line.read(at));
        facts.activities = at.maybe("activities", self.activities.as_ref(), Text::parse);
    }
}

impl UnitBody {
    /// Reads it.
    pub fn read(self, at: &mut Reader<'_>) -> Option<WrittenUnit> {
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let code = at.take("code", Code::parse(&self.code));
        let name = at.take("name", Line::parse(&self.name));
        let parent_code = at.maybe("parent_code", self.parent_code.as_ref(), Code::parse);
        let from = at.take("valid_from", day(&self.valid_from));
        let to = at.maybe("valid_to", self.valid_to.as_ref(), day);
        let validity = from.and_then(|from| at.take("valid_to", Period::parse(from, to)));
        let mut facts = UnitFacts {
            external_id,
            code: code?,
            name: name?,
            kind: self.kind.0,
            parent: self.parent.map(UnitId),
            validity: validity?,
            responsible: None,
            interim: false,
            staff: Vec::new(),
            activities: None,
        };
        let sheet = Sheet {
            responsible: self.responsible,
            interim: self.interim,
            staff: self.staff,
            activities: self.activities,
        };
        sheet.read_into(&mut facts, at);
        Some(WrittenUnit { id: self.id.map(UnitId), facts, parent_code })
    }
}
