//! What several tests need.

use std::path::{Path, PathBuf};

/// A path below the package.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folder with material that is not part of the package, from `WANDEL_SHARED`; says so loudly where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = std::env::var_os("WANDEL_SHARED").map(|root| PathBuf::from(root).join(path)).filter(|p| p.exists());
    if found.is_none() {
        eprintln!("SKIPPED: set WANDEL_SHARED to the folder that holds {path}; this test checked nothing");
    }
    found
}
