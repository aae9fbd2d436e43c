//! pressmark turns a folder of articles into a press archive on the web.

pub mod address;
pub mod diagnostic;
pub mod hash;
pub mod json;
pub mod parallel;
pub mod suggest;
