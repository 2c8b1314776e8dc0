//! The closed vocabularies of the domain that are this crate's to show, as they travel.

use traguardo_domain::audit::ObjectKind;
use traguardo_domain::code_list::ListName;
use traguardo_domain::comune::Scheme;
use traguardo_domain::import::ImportState;
use traguardo_domain::law::{AmountUnit, Certainty, ParameterName};
use traguardo_domain::member::MemberKind;
use traguardo_domain::plan::PlanState;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::{FindingCode, Severity};
use traguardo_domain::role::Role;
use traguardo_domain::unit::UnitKind;

pub(crate) use traguardo_documents::Word;

/// How high and how far from the sea a comune lies.
pub(crate) type AltitudeZoneWord = Word<traguardo_domain::registry::AltitudeZone>;
/// What an amount of the law counts.
pub(crate) type AmountUnitWord = Word<AmountUnit>;
/// How sure a parameter of the law is.
pub(crate) type CertaintyWord = Word<Certainty>;
/// How sure a reading is.
pub(crate) type ConfidenceWord = Word<Confidence>;
/// A code of a finding.
pub(crate) type FindingCodeWord = Word<FindingCode>;
/// The state of an import.
pub(crate) type ImportStateWord = Word<ImportState>;
/// How grave a finding is.
pub(crate) type SeverityWord = Word<Severity>;
/// The name of a code list.
pub(crate) type ListNameWord = Word<ListName>;
/// The name of a parameter of the law.
pub(crate) type ParameterNameWord = Word<ParameterName>;
/// The register of an identifier.
pub(crate) type SchemeWord = Word<Scheme>;
/// The kind of a member.
pub(crate) type MemberKindWord = Word<MemberKind>;
/// A kind of object.
pub(crate) type ObjectKindWord = Word<ObjectKind>;
/// The nature of a plan.
pub(crate) type PlanKindWord = Word<traguardo_domain::plan::PlanKind>;
/// The state of a plan.
pub(crate) type PlanStateWord = Word<PlanState>;
/// A role.
pub(crate) type RoleWord = Word<Role>;
/// Whom a sheet is of.
pub(crate) type SheetCategoryWord = Word<traguardo_domain::sheet::Category>;
/// What a component of a sheet judges.
pub(crate) type SheetComponentKindWord = Word<traguardo_domain::sheet::ComponentKind>;
/// Why the total of a sheet is reduced.
pub(crate) type SheetMalusKindWord = Word<traguardo_domain::sheet::MalusKind>;
/// What is done with a sheet.
pub(crate) type SheetMoveWord = Word<traguardo_domain::sheet::SheetMove>;
/// What a sheet is told without being refused.
pub(crate) type SheetRemarkWord = Word<traguardo_domain::sheet::SheetRemark>;
/// How points on a scale are read.
pub(crate) type SheetScaleReadingWord = Word<traguardo_domain::sheet::ScaleReading>;
/// Where a sheet stands.
pub(crate) type SheetStateWord = Word<traguardo_domain::sheet::SheetState>;
/// Why nothing is payable on a sheet.
pub(crate) type SheetUnpayableWord = Word<traguardo_domain::sheet::Unpayable>;
/// The kind of a unit.
pub(crate) type UnitKindWord = Word<UnitKind>;
