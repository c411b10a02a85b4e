//! scratch
pub mod claim; pub mod config; pub mod event; pub mod frame; pub mod page; pub mod plan; pub mod templates; pub mod words; pub mod site; pub mod source; pub mod term; pub mod date; pub mod document; pub mod diagnostic; pub mod fold; pub mod lang; pub mod link; pub mod markdown; pub mod text; pub mod tree; pub mod verify; pub mod view; pub mod checkable; pub mod shell; pub mod yaml;
