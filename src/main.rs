//! The `pressmark` command.

/// Hands out memory. A build makes and drops some hundred small values for each
/// article, on every core at once; the system's own allocator would take a third
/// of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    pressmark::cli::run(std::env::args_os())
}
