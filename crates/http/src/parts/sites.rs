//! Where a part of an objective is, or where a new one goes: the paths that lead to parts, and what each names.

use actix_web::HttpRequest;
use utoipa::IntoParams;

use crate::call::{Key, PathOf, segment};
use crate::objectives::ObjectivePath;
use crate::workspace::{Place, address};

/// Declares a path below an objective: the segments that name the part, with their words.
macro_rules! part_path {
    ($(#[$about:meta])* $path:ident { $( $(#[$segment_about:meta])* $segment:ident, )+ } => |$this:ident| $place:expr) => {
        $(#[$about])*
        #[derive(IntoParams)]
        #[into_params(parameter_in = Path)]
        pub(crate) struct $path {
            /// Codice catastale del comune.
            #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
            #[expect(dead_code, reason = "documents the segment that the call reads itself")]
            comune: (),
            /// Identificativo del piano, oppure `ext:` seguito dalla chiave esterna.
            #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PIANO-2025")]
            plan: Key,
            /// Identificativo dell'obiettivo, oppure `ext:` seguito dalla chiave esterna.
            #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:PAGAMENTI")]
            objective: Key,
            $(
                $(#[$segment_about])*
                #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:A1")]
                $segment: Key,
            )+
        }

        impl PathOf for $path {
            fn read(request: &HttpRequest) -> Option<Self> {
                Some(Self {
                    comune: (),
                    plan: Key::parse(segment(request, "plan")?)?,
                    objective: Key::parse(segment(request, "objective")?)?,
                    $( $segment: Key::parse(segment(request, stringify!($segment))?)?, )+
                })
            }
        }

        impl PartPath for $path {
            fn site(&self) -> Site {
                let $this = self;
                let (place, key) = $place;
                Site { plan: self.plan.clone(), objective: self.objective.clone(), place, key }
            }
        }
    };
}

/// A path that leads to a part of an objective, or to a list of such parts.
pub(crate) trait PartPath {
    /// Where it leads.
    fn site(&self) -> Site;
}

/// Where a part is, or where a new one goes.
pub(crate) struct Site {
    pub(super) plan: Key,
    pub(super) objective: Key,
    pub(super) place: Place,
    pub(super) key: Option<Key>,
}

impl PartPath for ObjectivePath {
    fn site(&self) -> Site {
        let place = Place::default();
        Site { plan: self.plan.clone(), objective: self.objective.clone(), place, key: None }
    }
}

fn in_objective(key: &Key) -> (Place, Option<Key>) {
    (Place { phase: None, part: Some(address(key)) }, Some(key.clone()))
}

part_path! {
    /// What a path to an assignment names.
    AssignmentPath {
        /// Identificativo dell'assegnazione, oppure `ext:` seguito dalla chiave esterna.
        assignment,
    } => |path| in_objective(&path.assignment)
}

part_path! {
    /// What a path to a phase names.
    PhasePath {
        /// Identificativo della fase, oppure `ext:` seguito dalla chiave esterna.
        phase,
    } => |path| in_objective(&path.phase)
}

part_path! {
    /// What a path to an indicator of an objective names.
    IndicatorPath {
        /// Identificativo dell'indicatore, oppure `ext:` seguito dalla chiave esterna.
        indicator,
    } => |path| in_objective(&path.indicator)
}

part_path! {
    /// What a path to an indicator of a phase names.
    PhaseIndicatorPath {
        /// Identificativo della fase, oppure `ext:` seguito dalla chiave esterna.
        phase,
        /// Identificativo dell'indicatore, oppure `ext:` seguito dalla chiave esterna.
        indicator,
    } => |path| {
        let place = Place { phase: Some(address(&path.phase)), part: Some(address(&path.indicator)) };
        (place, Some(path.indicator.clone()))
    }
}

part_path! {
    /// What a path to the indicators of a phase names.
    PhaseIndicatorsPath {
        /// Identificativo della fase, oppure `ext:` seguito dalla chiave esterna.
        phase,
    } => |path| (Place { phase: Some(address(&path.phase)), part: None }, None)
}
