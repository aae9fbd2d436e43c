//! pressmark turns a folder of articles into a press archive on the web.
//!
//! The modules stand in the order in which they may use each other; a test
//! holds them to it. A build goes through them like this:
//!
//! 1. [`source`] lists the files of the site's folder and reads them.
//! 2. [`content`] makes articles, pages and records of them.
//! 3. [`archive`] finds out what belongs together: names and terms,
//!    translations, the order of time.
//! 4. [`plan`] decides what stands at which address.
//! 5. [`render`] makes the bytes of each page and file.
//! 6. [`publish`] brings them to the disk, all or nothing.
//!
//! Every stage reports what it finds wrong to one list of
//! [`diagnostic::Diagnostics`], and [`report`] shows it. [`build`] is the whole
//! flow, [`cli`] the command line.

pub mod date;
pub mod slug;
pub mod address;

pub mod diagnostic;
pub mod json;
pub mod report;

pub mod parallel;
pub mod hash;
pub mod names;
pub mod suggest;
pub mod toml_reader;
pub mod toml_writer;
pub mod xml;

pub mod sanitize;
pub mod dom;
pub mod markdown;
pub mod locale;
pub mod citation;
pub mod metadata;

pub mod config;
pub mod source;
pub mod content;

pub mod archive;

pub mod plan;

pub mod links;
pub mod map;
pub mod view;
pub mod templates;
pub mod theme;

pub mod feed;
pub mod sitemap;
pub mod search;

pub mod publish;
pub mod cache;
pub mod render;

pub mod build;
pub mod export;
pub mod import;
pub mod init;
pub mod new;
pub mod serve;

pub mod cli;
