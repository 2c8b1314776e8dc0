//! The command line and, through it, the environment: every setting has a name in both, a default or none, and one place.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, CommandFactory as _, Parser, Subcommand};
use traguardo_domain::period::Year;
use traguardo_domain::role::Role;
use traguardo_domain::{ComuneCode, Vocabulary as _};

use crate::check::CheckOptions;
use crate::failure::Failure;
use crate::import::ImportOptions;
use crate::logs::LogOptions;
use crate::registry::RegistryOptions;
use crate::retention::RetentionOptions;
use crate::review::ReviewOptions;
use crate::year::DemoOptions;

/// The performance cycle of Italian comuni, as a service.
///
/// Start with `traguardo serve --demo`: it brings a PostgreSQL of its own, five demo comuni and tokens for every role.
#[derive(Debug, Parser)]
#[command(name = "traguardo", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to log.
    #[command(flatten)]
    pub logs: LogOptions,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API until asked to stop (SIGINT or SIGTERM).
    ///
    /// Without DATABASE_URL it starts a PostgreSQL of its own in the data folder and stops it at the end. Outside the demo the
    /// schema must be migrated and the keys must exist: nothing is made up.
    Serve(ServeOptions),
    /// Bring the database to the schema of this program.
    ///
    /// Acts as traguardo_owner, with TRAGUARDO_MIGRATION_URL or DATABASE_URL. The roles must exist (deploy/roles.sql), or
    /// --create-roles creates them when the login is an administrator.
    Migrate(MigrateOptions),
    /// Register the platform's first administrator and, with --demo, five comuni to try things on.
    Seed(SeedOptions),
    /// Print a token for a member, signed with the service's own keys: for the operator, who holds them anyway.
    ///
    /// The first token of a new installation: `traguardo seed`, then `traguardo token --role platform_admin`.
    Token(TokenOptions),
    /// Make a new signing key; it signs from the next start, and the older ones go on verifying.
    Keys(KeyOptions),
    /// Print the OpenAPI document of the API.
    Openapi(OpenapiOptions),
    /// Verify what is stored.
    Check(CheckOptions),
    /// Load the registry of all comuni from a file of separated values, in the place of what it said before.
    ///
    /// Groups for comparison are made of it. Columns: `code`, `name`, `province`, `region`, `valid_from`, and if there are `istat`,
    /// `valid_to`, `successor`, `residents`, `residents_on`, `area_km2`, `altitude_zone`, `invented`. Nothing is loaded when any line
    /// is wrong.
    Registry(RegistryOptions),
    /// Erase individual evaluations that became final before a day, in every comune.
    ///
    /// What they came to stays in the figures of groups of five persons or more, without names; of a smaller group nothing stays.
    /// The audit trail says that each was erased, and goes on verifying.
    Retention(RetentionOptions),
    /// Review a plan's document and fail when it has errors: no server, no database.
    Review(ReviewOptions),
    /// Read a plan from the file a comune has: what was understood, what was not, what is wrong in it.
    ///
    /// With --dry-run no server and no database are needed. Texts (tables by tabs or Markdown), CSV, XLSX, ODS and DOCX are read.
    Import(ImportOptions),
    /// Play with the demo.
    Demo(DemoOptions),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct StoreOptions {
    /// The folder of the program's own files: its PostgreSQL, its keys, the demo's tokens.
    #[arg(long, env = "TRAGUARDO_DATA", default_value = "./data")]
    pub data: PathBuf,
    /// The PostgreSQL to use instead of an own one: `postgres://traguardo_service:password@host/traguardo`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_parser = postgres_url)]
    pub database_url: Option<String>,
    /// The login migrations use, when it is another.
    #[arg(long, env = "TRAGUARDO_MIGRATION_URL", hide_env_values = true, value_parser = postgres_url)]
    pub migration_url: Option<String>,
    /// How many connections to the database, and so how many transactions at once.
    #[arg(long, env = "TRAGUARDO_CONNECTIONS", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub connections: u32,
}

/// How tokens are signed and what they say.
#[derive(Debug, Clone, Args)]
pub struct KeyOptions {
    /// The folder of the signing keys (`*.pem`) and of `answers.key`; `keys` in the data folder when not said.
    #[arg(long, env = "TRAGUARDO_KEYS")]
    pub keys: Option<PathBuf>,
    /// The folder of the program's own files.
    #[arg(long, env = "TRAGUARDO_DATA", default_value = "./data", id = "key_data")]
    pub data: PathBuf,
}

/// How `serve` serves.
#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    /// The address to listen on.
    #[arg(long, env = "TRAGUARDO_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// The folder of the signing keys; `keys` in the data folder when not said.
    #[arg(long, env = "TRAGUARDO_KEYS")]
    pub keys: Option<PathBuf>,
    /// The address callers use, which links and tokens name; `http://` and the listening address when not said.
    #[arg(long, env = "TRAGUARDO_PUBLIC_URL", value_parser = web_address)]
    pub public_url: Option<String>,
    /// A JSON file of other issuers whose tokens are accepted.
    #[arg(long, env = "TRAGUARDO_ISSUERS")]
    pub issuers: Option<PathBuf>,
    /// Requests a caller may make in a minute; 6000, and 600000 in the demo, when not said.
    #[arg(long, env = "TRAGUARDO_RATE_LIMIT", value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub rate_limit: Option<u32>,
    /// Web origins whose pages may call, separated by commas (`https://piani.comune.example`).
    #[arg(long, env = "TRAGUARDO_CORS_ORIGINS", value_delimiter = ',', value_parser = web_address)]
    pub cors_origins: Vec<String>,
    /// An address of its own for /metrics, reached by the operator's network only; without it /metrics wants a platform token.
    #[arg(long, env = "TRAGUARDO_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// Threads that answer; as many as processors when not said.
    #[arg(long, env = "TRAGUARDO_WORKERS", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Seconds to go on answering, not ready any more, before stopping: for the balancer to notice.
    #[arg(long, env = "TRAGUARDO_DRAIN_SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=300))]
    pub drain_seconds: u16,
    /// A proxy of ours sets X-Forwarded-For: count callers by its last address.
    #[arg(long, env = "TRAGUARDO_BEHIND_PROXY", value_parser = clap::builder::BoolishValueParser::new())]
    pub behind_proxy: bool,
    /// Make keys, migrate, seed five demo comuni, and write tokens for every role to demo.env in the data folder.
    #[arg(long)]
    pub demo: bool,
    /// Stop when the process that started this one ends.
    #[arg(long)]
    pub stop_with_parent: bool,
}

/// How `migrate` migrates.
#[derive(Debug, Clone, Args)]
pub struct MigrateOptions {
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// Create the database roles first; the login must be an administrator.
    #[arg(long)]
    pub create_roles: bool,
}

/// What `seed` seeds.
#[derive(Debug, Clone, Args)]
pub struct SeedOptions {
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// Three comuni with units, a member for every role and a plan each.
    #[arg(long)]
    pub demo: bool,
}

/// Whose token to print.
#[derive(Debug, Clone, Args)]
pub struct TokenOptions {
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// The folder of the signing keys; `keys` in the data folder when not said.
    #[arg(long, env = "TRAGUARDO_KEYS")]
    pub keys: Option<PathBuf>,
    /// The address callers use, as `serve` has it.
    #[arg(long, env = "TRAGUARDO_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_parser = web_address)]
    pub public_url: String,
    /// The comune of the member; Z000, the platform, when not said.
    #[arg(long, default_value = "Z000", value_parser = comune)]
    pub comune: ComuneCode,
    /// The role of the member: the first that has it and is not revoked.
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// How many minutes the token lives.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub minutes: u16,
}

/// Which document to print.
#[derive(Debug, Clone, Args)]
pub struct OpenapiOptions {
    /// OpenAPI 3.0.3, derived for tools that do not read 3.1.
    #[arg(long, conflicts_with = "plan_schema")]
    pub downgraded: bool,
    /// The JSON Schema of a plan's document instead.
    #[arg(long)]
    pub plan_schema: bool,
}

/// What clap refuses because of a value, in our one line: with the name of the variable when it came from the environment,
/// and without the value when that may hold a password.
#[must_use]
pub fn wrong_setting(error: &clap::Error) -> Option<Failure> {
    let said = |kind| error.get(kind).map(ToString::to_string);
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return None;
    }
    let named = said(ContextKind::InvalidArg)?;
    let flag = named.split_whitespace().next()?.trim_start_matches("--").to_owned();
    let cli = Cli::command();
    let every = cli.get_arguments().chain(cli.get_subcommands().flat_map(clap::Command::get_arguments));
    let argument = every.into_iter().find(|argument| argument.get_long() == Some(&flag));
    let typed = std::env::args().any(|typed| typed.starts_with(&format!("--{flag}")));
    let variable = argument.and_then(clap::Arg::get_env).filter(|_| !typed);
    let name = variable.map_or_else(|| format!("--{flag}"), |name| name.to_string_lossy().into_owned());
    let value = match argument {
        Some(argument) if argument.is_hide_env_values_set() => "its value".to_owned(),
        Some(_) | None => format!("'{}'", said(ContextKind::InvalidValue).unwrap_or_default()),
    };
    let cause = std::error::Error::source(error).map(ToString::to_string);
    let cause = cause.or_else(|| said(ContextKind::ValidValue).map(|words| format!("one of {words}")));
    Some(Failure::Configuration(format!(
        "{name}: {value} is not accepted: {}",
        cause.unwrap_or_else(|| "see --help".to_owned())
    )))
}

pub(crate) fn comune(text: &str) -> Result<ComuneCode, String> {
    ComuneCode::parse(text).map_err(|error| error.detail)
}

pub(crate) fn year(text: &str) -> Result<Year, String> {
    let number = text.parse::<i32>().map_err(|_| "a year: 2025".to_owned())?;
    Year::parse(number).map_err(|error| error.detail)
}

fn role(text: &str) -> Result<Role, String> {
    let known = || Role::all().iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
    Role::from_word(text).ok_or_else(|| format!("one of {}", known()))
}

pub(crate) fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    match host {
        Some(host) if !host.is_empty() && !text.contains(char::is_whitespace) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        Some(_) | None => Err("an address beginning with http:// or https://".to_owned()),
    }
}

fn postgres_url(text: &str) -> Result<String, String> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(text.to_owned())
    } else {
        Err("an address beginning with postgres://".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_wrong_setting_is_refused_by_name() {
        for wrong in [
            ["--listen", "nowhere"],
            ["--database-url", "mysql://x"],
            ["--public-url", "ftp://x"],
            ["--rate-limit", "0"],
            ["--connections", "0"],
        ] {
            let error =
                Cli::try_parse_from(["traguardo", "serve", wrong[0], wrong[1]]).unwrap_err().to_string();
            assert!(error.contains(wrong[0]), "{error}");
        }
    }
}
