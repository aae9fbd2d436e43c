//! Reads WordPress exports (WXR, the WordPress eXtended RSS) of any version.

pub mod library;
