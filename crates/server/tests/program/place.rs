//! A folder of a test's own, and the processes that stand in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use traguardo_server::postgres::Programs;

/// How long anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(5);

/// Waits until `what` holds, and fails with `words` when it does not in time.
#[track_caller]
pub(crate) fn until(words: &str, what: impl FnMut() -> bool) {
    assert!(holds_within(PATIENCE, what), "not in time: {words}");
}

/// Whether `what` comes to hold in time.
pub(crate) fn holds_within(limit: Duration, mut what: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while !what() {
        if began.elapsed() > limit {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

/// A folder removed at the end of a test, and with it every process still standing in it.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("traguardo-program-{}-{number}", std::process::id()));
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        Self(fs::canonicalize(path).unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The data folder of the program, which the program makes.
    pub(crate) fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// A file with this text.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The processes of the PostgreSQL in the data folder.
    pub(crate) fn postgres(&self) -> Vec<Pid> {
        standing_in(&self.data())
    }

    #[track_caller]
    pub(crate) fn assert_no_postgres(&self) {
        assert!(self.postgres().is_empty(), "{:?} are left in {}", self.postgres(), self.0.display());
    }

    /// Asks the PostgreSQL that the program runs, as its superuser and behind every wall.
    pub(crate) fn ask(&self, sql: &str) -> String {
        let socket = self.data().join("postgres/socket").to_string_lossy().replace('/', "%2F");
        psql(&format!("postgresql://postgres@{socket}:5432/traguardo"), sql)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Whoever was killed on the way takes its PostgreSQL along; what still stands after that is ended.
        if !holds_within(Duration::from_secs(20), || standing_in(&self.0).is_empty()) {
            for pid in standing_in(&self.0) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The processes, ended ones not collected yet aside, whose current folder lies in `folder`.
fn standing_in(folder: &Path) -> Vec<Pid> {
    let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = numbers.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
    pids.filter(|pid| {
        fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|stands| stands.starts_with(folder))
    })
    .collect()
}

/// Runs SQL and gives back what it answers.
pub(crate) fn psql(url: &str, sql: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let program = Programs::find().unwrap().folder().join("psql");
    let mut child = Command::new(program)
        .args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap().trim().to_owned()
}
