//! The `wandel` program; everything is in the library.

fn main() -> std::process::ExitCode {
    wandel::cli::run()
}
