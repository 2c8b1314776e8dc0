//! What the paths are filled with: a name for everything a path may name.

use uuid::Uuid;

/// The names a path is filled with.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) comune: String,
    pub(crate) unit: String,
    /// A unit that nothing is in, to be removed.
    pub(crate) loose_unit: String,
    pub(crate) member: String,
    pub(crate) client: String,
    pub(crate) credential: String,
    /// A draft with one of everything.
    pub(crate) plan: String,
    /// A draft with nothing in it, to be written whole and removed.
    pub(crate) blank: String,
    /// A draft that can be proposed.
    pub(crate) ready: String,
    /// A draft with an objective that follows a template.
    pub(crate) following: String,
    /// That objective.
    pub(crate) bound: String,
    /// An approved plan.
    pub(crate) sealed: String,
    /// A plan in its year, with an evaluation that is open.
    pub(crate) running: String,
    /// The assignment it is of.
    pub(crate) running_assignment: String,
    pub(crate) round: String,
    /// A value of the plan in its year.
    pub(crate) measurement: String,
    /// A file kept as evidence of it.
    pub(crate) file: String,
    pub(crate) section: String,
    pub(crate) objective: String,
    pub(crate) assignment: String,
    pub(crate) phase: String,
    /// An indicator of the objective.
    pub(crate) indicator: String,
    /// An indicator of the phase.
    pub(crate) phase_indicator: String,
    /// An import that was read.
    pub(crate) import: String,
    /// A profile of the comune's own.
    pub(crate) profile: String,
    /// A sheet of the segretario's, of the responsabile.
    pub(crate) sheet: String,
    /// A year with a rulebook, which no other comune has one for.
    pub(crate) year: String,
    /// A comparison the comune keeps.
    pub(crate) query: String,
    /// A group the comune named, which anybody may see.
    pub(crate) group: String,
    /// The key of a fact of each of its registers.
    pub(crate) key: String,
    /// A bill, with a payment.
    pub(crate) invoice: String,
}

impl Names {
    /// Names of nothing.
    pub(crate) fn of_nothing(comune: &str) -> Self {
        let id = || Uuid::from_u128(0x0193_a5c0_0000_7000_8000_0000_0000_ffff).to_string();
        Self {
            comune: comune.to_owned(),
            unit: id(),
            loose_unit: id(),
            member: id(),
            client: id(),
            credential: id(),
            plan: id(),
            blank: id(),
            ready: id(),
            following: id(),
            bound: id(),
            sealed: id(),
            running: id(),
            running_assignment: id(),
            round: id(),
            measurement: id(),
            file: id(),
            section: id(),
            objective: id(),
            assignment: id(),
            phase: id(),
            indicator: id(),
            phase_indicator: id(),
            import: id(),
            profile: "inesistente".to_owned(),
            sheet: id(),
            year: "2099".to_owned(),
            query: id(),
            group: "inesistente".to_owned(),
            key: "inesistente".to_owned(),
            invoice: id(),
        }
    }

    /// A path of the document, with these names in it.
    pub(crate) fn fill(&self, path: &str) -> String {
        let named = |segment: &str| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => self.named(parameter, path).to_owned(),
            None => segment.to_owned(),
        };
        path.split('/').map(named).collect::<Vec<_>>().join("/")
    }

    fn named(&self, parameter: &str, path: &str) -> &str {
        let below = |part: &str| path.contains(part);
        match parameter {
            "comune" => &self.comune,
            "unit" => &self.unit,
            "member" if below("/secrets") => &self.client,
            "member" => &self.member,
            "credential" => &self.credential,
            "plan" if below("/public/") => &self.running,
            "plan" if below("/adoptions") => &self.following,
            "objective" if below("/adoptions") => &self.bound,
            "plan" if below("/versions") || below("/report") => &self.sealed,
            "plan"
                if [
                    "/evaluations",
                    "/certifications",
                    "/measurements",
                    "/evidence",
                    "/publications",
                    "/feeds",
                ]
                .into_iter()
                .any(below) =>
            {
                &self.running
            }
            "assignment" if below("/evaluations") => &self.running_assignment,
            "plan" => &self.plan,
            "section" => &self.section,
            "objective" => &self.objective,
            "assignment" | "node" => &self.assignment,
            "phase" => &self.phase,
            "indicator" if below("/benchmarks") => "T1.itp",
            "indicator" if below("/phases") => &self.phase_indicator,
            "indicator" => &self.indicator,
            "import" => &self.import,
            "profile" => &self.profile,
            "round" => &self.round,
            "measurement" => &self.measurement,
            "file" => &self.file,
            "sheet" => &self.sheet,
            "year" => &self.year,
            "version" => "2025",
            "number" => "1",
            "other" => "current",
            "code" => &self.comune,
            "group" => &self.group,
            "query" => &self.query,
            "key" => &self.key,
            "invoice" => &self.invoice,
            "reference" => "region:03",
            "list" => "missions_and_programmes",
            "author" => "traguardo",
            "template" => "T1",
            _ => panic!("{path}: {parameter} is a parameter without a name"),
        }
    }

    /// The same things, looked for in another comune.
    pub(crate) fn sought_in(&self, comune: &str) -> Self {
        Self { comune: comune.to_owned(), ..self.clone() }
    }

    /// The same things but those a segment of a path may stand for, which are another's.
    pub(crate) fn with_anothers(&self, segment: &str, other: &Self) -> Self {
        let (mine, other) = (self.clone(), other.clone());
        match segment {
            "unit" => Self { unit: other.unit, loose_unit: other.loose_unit, ..mine },
            "member" => Self { member: other.member, client: other.client, ..mine },
            "credential" => Self { credential: other.credential, ..mine },
            "plan" => {
                let Self { plan, blank, ready, following, sealed, running, .. } = other;
                Self { plan, blank, ready, following, sealed, running, ..mine }
            }
            "section" => Self { section: other.section, ..mine },
            "objective" => Self { objective: other.objective, bound: other.bound, ..mine },
            "assignment" | "node" => {
                let Self { assignment, running_assignment, .. } = other;
                Self { assignment, running_assignment, ..mine }
            }
            "phase" => Self { phase: other.phase, ..mine },
            "indicator" => {
                Self { indicator: other.indicator, phase_indicator: other.phase_indicator, ..mine }
            }
            "import" => Self { import: other.import, ..mine },
            "profile" => Self { profile: other.profile, ..mine },
            "round" => Self { round: other.round, ..mine },
            "measurement" => Self { measurement: other.measurement, ..mine },
            "file" => Self { file: other.file, ..mine },
            "sheet" => Self { sheet: other.sheet, ..mine },
            "key" => Self { key: other.key, ..mine },
            "invoice" => Self { invoice: other.invoice, ..mine },
            _ => panic!("{segment}: say which names this segment stands for"),
        }
    }

    /// Every id.
    pub(crate) fn ids(&self) -> [&str; 27] {
        [
            &self.invoice,
            &self.unit,
            &self.loose_unit,
            &self.member,
            &self.client,
            &self.credential,
            &self.plan,
            &self.blank,
            &self.ready,
            &self.following,
            &self.bound,
            &self.sealed,
            &self.running,
            &self.running_assignment,
            &self.round,
            &self.measurement,
            &self.file,
            &self.section,
            &self.objective,
            &self.assignment,
            &self.phase,
            &self.indicator,
            &self.phase_indicator,
            &self.import,
            &self.profile,
            &self.sheet,
            &self.query,
        ]
    }
}
