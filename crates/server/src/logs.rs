//! Log lines: for people, or one JSON object a line; an instant in UTC, a level, a part, a message and named values.

use std::collections::BTreeMap;
use std::io::Write as _;

use chrono::SecondsFormat;
use env_logger::{Builder, Target};
use log::Record;
use log::kv::{Error as KvError, Key, Value, VisitSource};

use crate::failure::Failure;
use clap::{Args, ValueEnum};

/// How to log.
#[derive(Debug, Args)]
pub struct LogOptions {
    /// Which lines to write: a level, or levels by part (`warn,traguardo::access=info`).
    #[arg(long, env = "TRAGUARDO_LOG", default_value = "info", global = true)]
    pub log: String,
    /// In which form.
    #[arg(long, env = "TRAGUARDO_LOG_FORMAT", default_value = "text", global = true)]
    pub log_format: LogFormat,
}

/// The forms of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts logging to standard error.
///
/// # Errors
/// When the filter cannot be read or logging was started already.
pub fn start(options: &LogOptions) -> Result<(), Failure> {
    let format = options.log_format;
    let mut filter = env_filter(&options.log)?;
    filter.target(Target::Stderr).format(move |out, record| {
        let line = match format {
            LogFormat::Json => json(record),
            LogFormat::Text => text(record),
        };
        writeln!(out, "{line}")
    });
    filter.try_init().map_err(|error| Failure::Configuration(error.to_string()))
}

/// The filter is read strictly: a slip must not silence the log.
fn env_filter(words: &str) -> Result<Builder, Failure> {
    let mut builder = Builder::new();
    for part in words.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (module, level) =
            part.split_once('=').map_or((None, part), |(module, level)| (Some(module), level));
        let level = level.parse().map_err(|_| {
            Failure::Configuration(format!(
                "TRAGUARDO_LOG: '{level}' is not one of off, error, warn, info, debug, trace"
            ))
        })?;
        builder.filter(module, level);
    }
    Ok(builder)
}

fn now() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "a log line says when it was written; nothing is decided by it"
    )]
    chrono::Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn json(record: &Record<'_>) -> String {
    let mut members = named_values(record);
    members.insert("at".to_owned(), now().into());
    members.insert("level".to_owned(), record.level().as_str().into());
    members.insert("part".to_owned(), record.target().into());
    members.insert("message".to_owned(), record.args().to_string().into());
    serde_json::to_string(&members).unwrap_or_default()
}

fn text(record: &Record<'_>) -> String {
    // What comes from outside must not begin a line of its own.
    let message = record.args().to_string().replace(|c: char| c.is_control(), " ");
    let values = named_values(record).into_iter().map(|(name, value)| format!(" {name}={value}"));
    format!("{} {:5} {} {message}{}", now(), record.level(), record.target(), values.collect::<String>())
}

fn named_values(record: &Record<'_>) -> BTreeMap<String, serde_json::Value> {
    struct Collect(BTreeMap<String, serde_json::Value>);

    impl<'kvs> VisitSource<'kvs> for Collect {
        fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), KvError> {
            let value = value.to_u64().map_or_else(|| value.to_string().into(), serde_json::Value::from);
            self.0.insert(key.to_string(), value);
            Ok(())
        }
    }

    let mut collect = Collect(BTreeMap::new());
    match record.key_values().visit(&mut collect) {
        Ok(()) | Err(_) => collect.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_its_values_are_named() {
        let values = [("status", 200_u64)];
        let record = Record::builder()
            .args(format_args!("a\nb"))
            .level(log::Level::Info)
            .target("t")
            .key_values(&values)
            .build();
        let line = json(&record);
        assert!(!line.contains('\n'));
        let read: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((read["status"].as_u64(), read["message"].as_str()), (Some(200), Some("a\nb")));
        assert!(!text(&record).contains('\n'));
    }

    #[test]
    fn a_slip_in_the_filter_is_refused() {
        assert!(env_filter("info,traguardo::access=off").is_ok());
        assert!(env_filter("inof").is_err());
    }
}
