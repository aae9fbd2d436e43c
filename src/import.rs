//! The command `import`: press that stands elsewhere becomes files of this
//! archive, with an account of every item and every character.

pub mod account;
pub mod piece;
pub mod wordpress;
