//! Every test of the whole program, in one binary.
//!
//! - `architecture`: modules use only what stands above them; one door for
//!   each crate.
//! - `cache`: a build with a cache gives what a build without one gives.
//! - `codes`: every diagnostic has a site that calls for it, and a heading in
//!   the documentation.
//! - `commands`: what the command line says and does.
//! - `documents`: what the documentation says is what the program does.
//! - `golden`: whole sites, and every byte that is made of them.
//! - `heads`: what machines are told of a page, and how an article is cited.
//! - `hostile`: inputs that nobody wants, and disks that fail.
//! - `import`: what imports make of exports that hold a pitfall each.
//! - `kept_back`: what is withdrawn, restricted, private or not ready.
//! - `output`: what becomes of the output folder from build to build.
//! - `preview`: what is shown while a site is written.
//! - `properties`: what holds for every site.
//! - `settings`: what `config.toml` and front matter may say.
//! - `templates`: the theme and a site's own templates.
//! - `terminal`: questions on a terminal.
//! - `theme_pages`: what the theme draws and lists of the archive as a whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::format_collect, reason = "tests make large texts in one line")]

mod architecture;
mod cache;
mod codes;
mod commands;
mod documents;
mod golden;
mod heads;
mod hostile;
mod import;
mod kept_back;
mod output;
mod preview;
mod properties;
mod settings;
mod site;
mod templates;
mod terminal;
mod theme_pages;
