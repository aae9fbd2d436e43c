//! The tables beside the report: redirects, links and files, each as a text of
//! comma-separated values (RFC 4180), for spreadsheets and for web servers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::Diagnostic;
use crate::import::links::{Followed, State};
use crate::publish::Draft;

/// The tables as far as they are written; none in a dry run.
#[derive(Default)]
pub(super) struct Tables {
    /// Old addresses and where they lead.
    redirects: Option<Draft>,
    /// The same for nginx, as the entries of a `map`.
    nginx: Option<Draft>,
    /// The same for hosts that read a file `_redirects`.
    for_hosts: Option<Draft>,
    /// Links between pieces, and those that lead nowhere.
    link_list: Option<Draft>,
    /// Pictures and files.
    media: Option<Draft>,
    /// What became of links and pictures.
    pub(super) links: BTreeMap<(bool, State), u64>,
}

impl Tables {
    /// Begins the tables.
    pub(super) fn new(
        begin: impl Fn(&str) -> Result<Option<Draft>, Box<Diagnostic>>,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut tables = Self {
            redirects: begin("redirects.csv")?,
            nginx: begin("redirects.nginx.conf")?,
            for_hosts: begin("_redirects")?,
            link_list: begin("links.csv")?,
            media: begin("media.csv")?,
            links: BTreeMap::new(),
        };
        // A fault of the disk is met again at the first row.
        drop(row(tables.redirects.as_mut(), &["old", "new", "status"]));
        drop(row(tables.link_list.as_mut(), &["from_file", "old", "new", "state"]));
        drop(row(tables.media.as_mut(), &["address", "used_in", "state"]));
        Ok(tables)
    }

    /// Adds an old address and the one that it leads to; or, if the archive has a page
    /// there or another piece had it before, that it is taken.
    pub(super) fn redirect(
        &mut self,
        old: &str,
        new: &str,
        is_free: bool,
    ) -> io::Result<()> {
        if !is_free {
            return row(self.redirects.as_mut(), &[old, new, "taken"]);
        }
        row(self.redirects.as_mut(), &[old, new, "301"])?;
        if let Some(nginx) = &mut self.nginx {
            let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
            writeln!(nginx, "\"{}\" \"{}\";", quoted(old), quoted(new))?;
        }
        // That file has one rule a line, and knows no query in a path.
        let is_plain = |path: &str| !path.contains([' ', '?', '\n', '*', ':']);
        if let Some(rules) = self.for_hosts.as_mut().filter(|_| is_plain(old)) {
            writeln!(rules, "{old} {new} 301")?;
        }
        Ok(())
    }

    /// Adds what became of the links of a file.
    pub(super) fn followed(&mut self, file: &str, links: &[Followed]) -> io::Result<()> {
        for link in links {
            *self.links.entry((link.is_media, link.state)).or_default() += 1;
            let state = link.state.as_str();
            if link.is_media || link.state == State::Copied {
                row(self.media.as_mut(), &[&link.old, file, state])?;
            } else {
                row(self.link_list.as_mut(), &[file, &link.old, &link.new, state])?;
            }
        }
        Ok(())
    }

    /// Adds a file of the source's library.
    pub(super) fn file(&mut self, address: &str, state: State) -> io::Result<()> {
        row(self.media.as_mut(), &[address, "", state.as_str()])
    }

    /// Puts all tables in their places.
    pub(super) fn finish(self) -> io::Result<()> {
        let redirects = [self.redirects, self.nginx, self.for_hosts];
        let all = redirects.into_iter().chain([self.link_list, self.media]);
        all.flatten().try_for_each(Draft::finish)
    }
}

/// Writes a row.
fn row(table: Option<&mut Draft>, fields: &[&str]) -> io::Result<()> {
    let Some(table) = table else { return Ok(()) };
    let fields: Vec<_> = fields.iter().map(|field| quoted(field)).collect();
    write!(table, "{}\r\n", fields.join(","))
}

/// A field, in quotation marks if it needs them.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\"")).into()
    } else {
        field.into()
    }
}
