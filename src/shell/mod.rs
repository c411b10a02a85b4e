//! The shell: all that touches the machine. The core sees a [`Tree`](crate::tree::Tree) that [`load`] has read, and what it
//! makes of it goes to disk through [`Staging`], wholly or not at all.

mod failure;
mod file;
mod leftover;
mod load;
mod put;
mod target;
mod write;

#[cfg(test)]
mod load_tests;
#[cfg(test)]
mod race_tests;
#[cfg(test)]
mod write_tests;

pub use failure::Failure;
pub use file::write_file;
pub use load::{find_root, is_litter, load};
pub use put::{put, put_new};
pub use write::Staging;
