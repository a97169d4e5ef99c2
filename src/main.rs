//! The `wandel` program; everything is in the library.

/// Half of what memory costs: many threads make and drop many small things.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    wandel::cli::run()
}
