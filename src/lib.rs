//! pressmark turns a folder of articles into a press archive on the web.

pub mod diagnostic;
