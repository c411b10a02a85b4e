//! Words in, a quotation out that verifies when it is pasted: for the command line, for skeletons, for editors of code.

mod find;
mod write;

pub use find::{Found, Hit, find, whole_passage, widened};
pub use write::{Written, write};

#[cfg(test)]
mod tests;
