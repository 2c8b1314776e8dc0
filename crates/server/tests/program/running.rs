//! The program running: what it says, what it answers, how it is asked to stop.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::place::{PATIENCE, Place, holds_within, until};

/// The program, with nothing of the environment it would be configured by.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_traguardo"));
    bare(&mut command);
    command
}

/// Leaves a command only what it takes to find programs and temporary files.
pub(crate) fn bare(command: &mut Command) -> &mut Command {
    command.env_clear();
    for name in ["PATH", "HOME", "TMPDIR"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.stdin(Stdio::null())
}

/// What a stream has said so far.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<String>>);

impl Said {
    fn listen(&self, stream: impl Read + Send + 'static) -> JoinHandle<()> {
        let said = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut text = said.0.lock().unwrap_or_else(PoisonError::into_inner);
                text.push_str(&line);
                text.push('\n');
            }
        })
    }

    fn so_far(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The program, or a shell around it; killed at the end of a test that did not see it end.
pub(crate) struct Running {
    child: Child,
    out: Said,
    err: Said,
    listening: Vec<JoinHandle<()>>,
}

/// How a program ended, and everything it said.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    #[track_caller]
    pub(crate) fn well(self) -> Self {
        assert!(self.status.success(), "{}: {}{}", self.status, self.out, self.err);
        self
    }

    /// The one line it refused with.
    #[track_caller]
    pub(crate) fn refusal(&self) -> String {
        assert!(matches!(self.status.code(), Some(1 | 2)), "{}: {}{}", self.status, self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        let lines = self.err.lines().filter(|line| line.starts_with("traguardo: ")).collect::<Vec<_>>();
        assert_eq!(lines.len(), 1, "one line says what is wrong: {}", self.err);
        assert_eq!(self.err.lines().last(), lines.first().copied(), "and nothing after it: {}", self.err);
        lines.concat()
    }
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (Said::default(), Said::default());
        let listening =
            vec![out.listen(child.stdout.take().unwrap()), err.listen(child.stderr.take().unwrap())];
        Self { child, out, err, listening }
    }

    /// The demo on the data folder of `place`, once it has said everything a newcomer needs.
    pub(crate) fn demo(place: &Place) -> Service {
        Self::demo_with(place, &[])
    }

    /// The demo with settings of a test's own.
    pub(crate) fn demo_with(place: &Place, settings: &[(&str, &str)]) -> Service {
        let mut command = program();
        command.args(["serve", "--demo"]).env("TRAGUARDO_LISTEN", "127.0.0.1:0");
        command.env("TRAGUARDO_DATA", place.data()).envs(settings.iter().copied());
        Self::start(&mut command).serving()
    }

    /// Once it says where it is.
    #[track_caller]
    pub(crate) fn serving(mut self) -> Service {
        let announced = |out: &str| {
            out.contains("Documentation: ") && !out.contains("Paste into") || out.contains("Ctrl-C")
        };
        until("the program announces itself", || announced(&self.out()) || self.has_ended());
        assert!(!self.has_ended(), "it ended: {}{}", self.out(), self.err());
        let out = self.out();
        let url =
            out.split_once("Traguardo is at ").unwrap().1.split([',', '\n', ' ']).next().unwrap().to_owned();
        Service { running: self, url }
    }

    /// The address it listens on, when callers are told another one.
    #[track_caller]
    pub(crate) fn listening_on(&self) -> String {
        let out = self.out();
        format!("http://{}", out.split_once("(listening on ").unwrap().1.split(')').next().unwrap())
    }

    pub(crate) fn out(&self) -> String {
        self.out.so_far()
    }

    pub(crate) fn err(&self) -> String {
        self.err.so_far()
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end, and fails when it does not come in time.
    #[track_caller]
    pub(crate) fn ended(self) -> Ended {
        self.ended_within(PATIENCE)
    }

    #[track_caller]
    pub(crate) fn ended_within(mut self, limit: Duration) -> Ended {
        let ended = holds_within(limit, || self.has_ended());
        assert!(ended, "it goes on: {}{}", self.out(), self.err());
        // Whoever inherited its output may still hold it: what matters was said by the program itself.
        let _ = holds_within(Duration::from_secs(5), || self.listening.iter().all(JoinHandle::is_finished));
        Ended { status: self.child.wait().unwrap(), out: self.out(), err: self.err() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Runs a command to its end.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Ended {
    Running::start(command).ended()
}

/// Runs the program with arguments, on the data folder of `place`.
#[track_caller]
pub(crate) fn run_on(place: &Place, arguments: &[&str]) -> Ended {
    run(program().args(arguments).env("TRAGUARDO_DATA", place.data()))
}

/// The program, serving.
pub(crate) struct Service {
    pub(crate) running: Running,
    pub(crate) url: String,
}

/// A status and a body.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Reply {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

impl Service {
    /// Sends a signal and waits for the end.
    #[track_caller]
    pub(crate) fn stopped_by(self, signal: Signal) -> Ended {
        self.running.signal(signal);
        self.running.ended()
    }

    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub(crate) fn get(&self, path: &str, token: &str) -> Reply {
        self.send("GET", path, token, None)
    }

    pub(crate) fn post(&self, path: &str, token: &str, body: &Value) -> Reply {
        self.send("POST", path, token, Some(("application/json", body.to_string())))
    }

    pub(crate) fn send(&self, method: &str, path: &str, token: &str, body: Option<(&str, String)>) -> Reply {
        request(method, &format!("{}{path}", self.url), token, body)
    }
}

/// Makes a request, ten seconds at most.
#[track_caller]
pub(crate) fn request(method: &str, url: &str, token: &str, body: Option<(&str, String)>) -> Reply {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .new_agent();
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    if !token.is_empty() {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let answered = match body {
        Some((content_type, body)) => {
            agent.run(request.header("Content-Type", content_type).body(body).unwrap())
        }
        None => agent.run(request.body(()).unwrap()),
    };
    let mut answer = answered.unwrap_or_else(|error| panic!("{method} {url}: {error}"));
    Reply { status: answer.status().as_u16(), body: answer.body_mut().read_to_string().unwrap() }
}

/// The tokens and the address in `demo.env`, as a shell reads them.
pub(crate) fn demo_env(data: &Path) -> BTreeMap<String, String> {
    let mut shell = Command::new("sh");
    bare(&mut shell).args(["-ec", ". \"$1\"; set", "sh"]).arg(data.join("demo.env"));
    let set = run(&mut shell).well().out;
    let ours = set.lines().filter_map(|line| line.split_once('='));
    ours.filter(|(name, _)| name.starts_with("TOKEN_") || name.starts_with("TRAGUARDO_"))
        .map(|(name, value)| (name.to_owned(), value.trim_matches('\'').to_owned()))
        .collect()
}
