//! Decides when databases are made, and that they appear only when complete.

use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::Output;

use super::account::{Account, said};
use super::folder::Folder;
use super::{Durability, Error, Programs};

/// The superuser of the cluster.
pub(super) const SUPERUSER: &str = "postgres";

/// Makes the databases unless they are there, and refuses those of another major version.
pub(super) fn ensure(
    folder: &Folder,
    programs: &Programs,
    account: Account,
    durability: Durability,
) -> Result<(), Error> {
    let cluster = folder.cluster();
    match fs::read_to_string(cluster.join("PG_VERSION")) {
        Ok(version) => same_version(&cluster, version.trim(), programs),
        Err(absent) if absent.kind() == ErrorKind::NotFound => create(folder, programs, account, durability),
        Err(source) => Err(Error::Folder { path: cluster, source }),
    }
}

fn same_version(cluster: &Path, found: &str, programs: &Programs) -> Result<(), Error> {
    if found == programs.major().to_string() {
        return Ok(());
    }
    Err(Error::OtherVersion {
        path: cluster.to_owned(),
        found: found.to_owned(),
        installed: programs.major(),
    })
}

/// `initdb` works beside the final place and the rename comes last: a death in between leaves no cluster at all.
fn create(
    folder: &Folder,
    programs: &Programs,
    account: Account,
    durability: Durability,
) -> Result<(), Error> {
    let (cluster, half_made) = (folder.cluster(), folder.half_made());
    if cluster.exists() && fs::remove_dir(&cluster).is_err() {
        return Err(Error::NotACluster { path: cluster });
    }
    log::info!("creating the PostgreSQL {} databases in {}", programs.major(), folder.path().display());
    let mut output = initdb(folder, programs, account, durability, "C.UTF-8")?;
    if !output.status.success() && said(&output.stderr).contains("locale") {
        output = initdb(folder, programs, account, durability, "C")?;
    }
    if !output.status.success() {
        return Err(Error::Creation { path: folder.path().to_owned(), output: said(&output.stderr) });
    }
    fs::rename(&half_made, &cluster).map_err(Error::at(&cluster))?;
    File::open(folder.path()).and_then(|folder| folder.sync_all()).map_err(Error::at(folder.path()))
}

fn initdb(
    folder: &Folder,
    programs: &Programs,
    account: Account,
    durability: Durability,
    locale: &str,
) -> Result<Output, Error> {
    let (half_made, program) = (folder.half_made(), programs.program("initdb"));
    match fs::remove_dir_all(&half_made) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(Error::at(&half_made)(error)),
        Ok(()) | Err(_) => {}
    }
    DirBuilder::new().mode(0o700).create(&half_made).map_err(Error::at(&half_made))?;
    account.give(&half_made)?;
    let mut command = account.guarded(&program);
    command.arg("-D").arg(&half_made).current_dir(folder.path());
    command.args([
        "-U",
        SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8",
        "--data-checksums",
        "--no-instructions",
    ]);
    command.arg(format!("--locale={locale}"));
    match durability {
        Durability::Kept => {}
        Durability::Discardable => {
            command.arg("--no-sync");
        }
    }
    command.output().map_err(|source| Error::Program { program, source })
}
