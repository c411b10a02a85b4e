//! The program. Everything is in the library, where it can be tested.

/// Many small texts are made on all cores at once; this allocator is made for that.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    kezako::cli::run()
}
