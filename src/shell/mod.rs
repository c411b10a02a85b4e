//! The shell: all that touches the machine. The core sees a [`Tree`](crate::tree::Tree) that [`load`] has read, and what it
//! makes of it goes to disk through [`Staging`], wholly or not at all.

mod apart;
mod batch;
mod disk;
mod failure;
mod file;
mod files;
mod follow;
mod former;
mod given;
mod kept;
mod leftover;
mod load;
mod lsp;
mod put;
mod refresh;
mod serve;
mod stamp;
mod stop;
mod survey;
mod target;
mod write;

#[cfg(test)]
mod disk_tests;
#[cfg(all(test, unix))]
mod kept_tests;
#[cfg(test)]
mod load_tests;
#[cfg(test)]
mod race_tests;
#[cfg(test)]
mod refresh_tests;
#[cfg(test)]
mod write_tests;

pub use apart::{answer_apart, asked_apart, extract_apart};
pub use disk::{Disk, Paths};
pub use failure::Failure;
pub use file::write_file;
pub use files::Files;
pub use follow::Follow;
pub use former::Former;
pub use given::read_given;
pub use load::{find_root, load};
pub use lsp::serve_editor;
pub use put::{put, put_all_new, put_new};
pub use refresh::{Published, Written};
pub use serve::Server;
pub use stop::on_stop;
pub use survey::is_litter;
pub use write::Staging;
