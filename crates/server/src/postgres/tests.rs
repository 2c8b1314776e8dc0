//! The embedded PostgreSQL on real folders: kept, killed, half made, hidden, taken.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process};

use super::{Cluster, Durability, Error, Programs};

/// A folder of its own for each test, removed at its end.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("traguardo-test-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        Self(fs::canonicalize(path).unwrap())
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn cluster(&self) -> PathBuf {
        self.data().join("cluster")
    }

    fn start(&self) -> Result<Cluster, Error> {
        Cluster::start(&Programs::find()?, &self.data(), Durability::Discardable)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn ask(cluster: &Cluster, sql: &str) -> String {
    let psql = Programs::find().unwrap().folder().join("psql");
    let url = cluster.url("postgres", "postgres");
    let answer = Command::new(psql).args(["-XqAt", "-d", &url, "-c", sql]).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap().trim().to_owned()
}

fn pid(number: u32) -> Pid {
    Pid::from_raw(i32::try_from(number).unwrap()).unwrap()
}

fn lives(number: u32) -> bool {
    rustix::process::test_kill_process(pid(number)).is_ok()
}

fn until(what: impl Fn() -> bool) {
    let began = Instant::now();
    while !what() {
        assert!(began.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn data_is_kept_between_two_starts_and_nothing_else_remains() {
    let place = Place::new();
    let cluster = place.start().unwrap();
    ask(&cluster, "create table kept as select 42 as answer");
    let first = cluster.pid();
    cluster.stop().unwrap();
    assert!(!lives(first));
    assert!(!place.cluster().join("postmaster.pid").exists());
    assert_eq!(fs::read_dir(place.data().join("socket")).unwrap().count(), 0);

    let cluster = place.start().unwrap();
    assert_eq!(ask(&cluster, "select answer from kept"), "42");
    assert!(place.data().join("postgres.log.1").exists());
}

#[test]
fn the_settings_are_those_the_service_counts_on() {
    let place = Place::new();
    let cluster = place.start().unwrap();
    let settings = "select string_agg(name || '=' || setting, ' ' order by name) from pg_settings where name in
        ('data_checksums', 'fsync', 'listen_addresses', 'max_connections', 'server_encoding', 'shared_buffers')";
    let expected = "data_checksums=on fsync=off listen_addresses= max_connections=100 server_encoding=UTF8 shared_buffers=16384";
    assert_eq!(ask(&cluster, settings), expected);
    let mode = fs::metadata(place.data().join("socket")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_second_start_is_refused_while_the_first_lives() {
    let place = Place::new();
    let first = place.start().unwrap();
    match place.start() {
        Err(Error::InUse { pid, .. }) => assert_eq!(pid, process::id()),
        other => panic!("{other:?}"),
    }
    assert_eq!(ask(&first, "select 1"), "1");
}

#[test]
fn half_made_databases_are_made_again() {
    let place = Place::new();
    fs::create_dir_all(place.data().join("cluster.new/base")).unwrap();
    fs::write(place.data().join("cluster.new/PG_VERSION"), "15").unwrap();
    let cluster = place.start().unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    assert!(!place.data().join("cluster.new").exists());
}

#[test]
fn a_killed_postgres_is_started_again_on_the_same_data() {
    let place = Place::new();
    // Only what is kept survives a crash: a discardable commit may still be on its way to the disk.
    let mut cluster = Cluster::start(&Programs::find().unwrap(), &place.data(), Durability::Kept).unwrap();
    ask(&cluster, "create table kept as select 42 as answer");
    assert!(!cluster.restart_if_dead().unwrap());
    let psql = Programs::find().unwrap().folder().join("psql");
    let (url, busy) =
        (cluster.url("postgres", "postgres"), "select count(*) from generate_series(1, 1000000000)");
    let mut session = Command::new(psql)
        .args(["-Xq", "-d", &url, "-c", busy])
        .stderr(process::Stdio::null())
        .spawn()
        .unwrap();
    until(|| {
        ask(&cluster, "select count(*) from pg_stat_activity where query like '%generate_series%'") == "2"
    });
    kill_process(pid(cluster.pid()), Signal::KILL).unwrap();
    until(|| !cluster.is_running());
    assert!(cluster.restart_if_dead().unwrap());
    assert!(!session.wait().unwrap().success());
    assert_eq!(ask(&cluster, "select answer from kept"), "42");
}

#[test]
fn traces_whose_number_went_to_another_program_do_not_stop_a_start() {
    let place = Place::new();
    place.start().unwrap().stop().unwrap();
    let (mut sleeper, socket) =
        (Command::new("sleep").arg("60").spawn().unwrap(), place.data().join("socket"));
    let traces = format!("{}\n{}\n1\n5432\n\n\n\n", sleeper.id(), place.cluster().display());
    fs::write(place.cluster().join("postmaster.pid"), &traces).unwrap();
    fs::write(socket.join(".s.PGSQL.5432.lock"), traces).unwrap();
    let cluster = place.start().unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    assert!(lives(sleeper.id()));
    sleeper.kill().unwrap();
    sleeper.wait().unwrap();
}

#[test]
fn an_emptied_lock_file_does_not_stop_a_start() {
    let place = Place::new();
    place.start().unwrap().stop().unwrap();
    fs::write(place.cluster().join("postmaster.pid"), "").unwrap();
    place.start().unwrap();
}

/// The service is played by this same test binary, run again for the one test that waits to be killed.
fn doomed_service(place: &Place) -> process::Child {
    let waiting = "postgres::tests::a_service_that_waits_to_be_killed";
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([waiting, "--exact"]).env("DOOMED_SERVICE", place.data()).stdout(process::Stdio::null());
    let service = command.spawn().unwrap();
    until(|| place.data().join("started").exists());
    service
}

#[test]
fn a_service_that_waits_to_be_killed() {
    if let Some(folder) = env::var_os("DOOMED_SERVICE") {
        let folder = Path::new(&folder);
        let cluster = Cluster::start(&Programs::find().unwrap(), folder, Durability::Discardable).unwrap();
        fs::write(folder.join("started"), cluster.pid().to_string()).unwrap();
        std::thread::sleep(Duration::from_mins(1));
    }
}

#[test]
fn a_killed_service_takes_its_postgres_along() {
    let place = Place::new();
    let mut service = doomed_service(&place);
    let postgres: u32 = fs::read_to_string(place.data().join("started")).unwrap().parse().unwrap();
    assert!(matches!(place.start(), Err(Error::InUse { pid, .. }) if pid == service.id()));
    service.kill().unwrap();
    service.wait().unwrap();
    until(|| !place.cluster().join("postmaster.pid").exists());
    until(|| !Path::new(&format!("/proc/{postgres}/cwd")).exists());
}

#[test]
fn an_orphan_is_stopped_and_its_folder_taken() {
    let place = Place::new();
    place.start().unwrap().stop().unwrap();
    let account = super::account::Account::choose(&place.cluster()).unwrap();
    let mut orphan = account.command(&Programs::find().unwrap().folder().join("postgres"));
    orphan.arg("-D").arg(place.cluster()).args(["-c", super::leftover::NAME, "-c", "listen_addresses="]);
    orphan.args(["-k", &place.data().join("socket").to_string_lossy()]).current_dir(place.data());
    let mut orphan = orphan.stderr(process::Stdio::null()).spawn().unwrap();
    let lock = place.cluster().join("postmaster.pid");
    until(|| fs::read_to_string(&lock).is_ok_and(|text| text.contains("ready")));
    let cluster = place.start().unwrap();
    assert!(orphan.wait().unwrap().success());
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_path_too_long_for_a_socket_is_no_obstacle() {
    let place = Place::new();
    let deep = place.0.join("a".repeat(90)).join("with, commas");
    let cluster = Cluster::start(&Programs::find().unwrap(), &deep, Durability::Discardable).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    cluster.discard().unwrap();
    assert!(!deep.exists());
}

#[test]
fn a_strange_path_is_quoted_and_escaped() {
    let place = Place::new();
    let strange = place.0.join("a \"b\" %è");
    let cluster = Cluster::start(&Programs::find().unwrap(), &strange, Durability::Discardable).unwrap();
    assert!(strange.join("socket/.s.PGSQL.5432").exists());
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_folder_that_cannot_be_reached_becomes_a_link_that_can() {
    if !geteuid().is_root() {
        return;
    }
    let place = Place::new();
    fs::set_permissions(&place.0, Permissions::from_mode(0o700)).unwrap();
    let cluster = place.start().unwrap();
    ask(&cluster, "create table kept as select 42 as answer");
    cluster.stop().unwrap();
    assert!(place.data().is_symlink());

    let cluster = place.start().unwrap();
    assert_eq!(ask(&cluster, "select answer from kept"), "42");
    let real = cluster.folder().to_owned();
    cluster.discard().unwrap();
    assert!(!place.data().is_symlink() && !real.exists());
}

#[test]
fn what_stands_in_the_way_is_named() {
    let place = Place::new();
    fs::write(place.data(), "a file").unwrap();
    let refused = place.start().unwrap_err();
    assert!(matches!(&refused, Error::Folder { path, .. } if *path == place.data()), "{refused}");

    fs::remove_file(place.data()).unwrap();
    fs::create_dir_all(place.cluster()).unwrap();
    fs::write(place.cluster().join("PG_VERSION"), "9.6\n").unwrap();
    let refused = place.start().unwrap_err();
    assert!(matches!(&refused, Error::OtherVersion { found, .. } if found == "9.6"), "{refused}");

    fs::rename(place.cluster().join("PG_VERSION"), place.cluster().join("letters")).unwrap();
    let refused = place.start().unwrap_err();
    assert!(matches!(refused, Error::NotACluster { .. }), "{refused}");
    assert!(place.cluster().join("letters").exists());
}

#[test]
fn a_failed_start_shows_the_log() {
    let place = Place::new();
    place.start().unwrap().stop().unwrap();
    fs::write(place.cluster().join("postgresql.conf"), "no_such_setting = 1\n").unwrap();
    let refused = place.start().unwrap_err();
    assert!(matches!(&refused, Error::Start { tail, .. } if tail.contains("no_such_setting")), "{refused}");
}
