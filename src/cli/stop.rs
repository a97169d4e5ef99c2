//! Ctrl-C: nothing half-written is left behind.

use std::sync::atomic::{AtomicBool, Ordering};

use anstream::eprintln;

use crate::remove_unfinished;

/// What shells expect of a program that was stopped: 128 and the number of the signal.
const STOPPED: i32 = 130;

static IS_STOPPING: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C (and a request to end) removes what is in the making, and ends the program.
pub(super) fn clean_up_when_stopped(quiet: bool) {
    let handled = ctrlc::set_handler(move || {
        IS_STOPPING.store(true, Ordering::SeqCst);
        #[expect(clippy::exit, reason = "the other threads are in the middle of their work")]
        remove_unfinished(|| {
            if !quiet {
                eprintln!("stopped; nothing half-written was left");
            }
            std::process::exit(STOPPED)
        })
    });
    // Without a handler the system ends the program, as it would any other.
    drop(handled);
}

/// Waits for the end, if the program is being stopped: what failed now failed because of that.
pub(super) fn wait_if_stopping() {
    while IS_STOPPING.load(Ordering::SeqCst) {
        std::thread::park();
    }
}
