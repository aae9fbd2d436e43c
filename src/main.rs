//! The `pressmark` command.

fn main() -> std::process::ExitCode {
    pressmark::cli::run(std::env::args_os())
}
