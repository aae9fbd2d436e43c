//! Reads web archives (WARC 1.0 and 1.1), packed record by record or not.
//!
//! Records that are answers with pages become pages. Requests and descriptions
//! are passed over; everything else is counted. A record that is cut off is
//! told as lost, and one whose end was left out by the crawler is a page with a
//! note.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use super::{Found, MOST_BYTES, RawPage, Tally, http, is_page, skipped};

/// How long the head of a record or of an answer is at most.
const MOST_HEAD: u64 = 1 << 16;

/// Reads an archive.
pub(super) fn read(input: &mut dyn Read, file: &Arc<str>, tell: &mut dyn FnMut(Found)) {
    let mut only = |_: &str| true;
    read_some(input, file, &mut only, tell);
}

/// Reads the records of an archive whose addresses are asked for.
pub(super) fn read_some(
    input: &mut dyn Read,
    file: &Arc<str>,
    is_asked: &mut dyn FnMut(&str) -> bool,
    tell: &mut dyn FnMut(Found),
) {
    let mut input = BufReader::new(input);
    let is_packed = input.fill_buf().is_ok_and(|start| start.starts_with(&[0x1f, 0x8b]));
    let mut archive =
        Archive { file, tally: Tally::default(), records: 0, is_asked, tell };
    let end = if is_packed {
        archive.read_all(&mut BufReader::new(MultiGzDecoder::new(input)))
    } else {
        archive.read_all(&mut input)
    };
    if let Err(error) = end {
        let reason = format!(
            "the archive is cut off or broken after {} records: {error}",
            archive.records
        );
        (archive.tell)(Found::Lost(skipped(&format!("{file}#end"), file, reason)));
    }
    let Archive { tally, tell, .. } = archive;
    tally.tell("records", file, tell);
}

/// An archive that is being read.
struct Archive<'a> {
    /// Its name.
    file: &'a Arc<str>,
    /// What is counted.
    tally: Tally,
    /// How many records were read.
    records: u64,
    /// Whether the page of an address is asked for.
    is_asked: &'a mut dyn FnMut(&str) -> bool,
    /// Who is told.
    tell: &'a mut dyn FnMut(Found),
}

/// The head of a record.
#[derive(Default)]
struct Head {
    /// Its fields, with names in lower case.
    fields: Vec<(String, String)>,
}

impl Head {
    /// The value of a field.
    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Archive<'_> {
    /// Reads all records.
    fn read_all(&mut self, input: &mut dyn BufRead) -> io::Result<()> {
        while let Some(head) = read_head(input)? {
            let length =
                head.field("content-length").and_then(|own| own.trim().parse().ok());
            let length: u64 = length.ok_or_else(|| fault("a record has no length"))?;
            self.records += 1;
            let mut content = input.take(length);
            self.read_record(&head, &mut content, length)?;
            let left = content.limit();
            let passed = io::copy(&mut content, &mut io::sink())?;
            if passed < left && content.limit() > 0 {
                return Err(fault("the last record is cut off"));
            }
        }
        Ok(())
    }

    /// Reads a record.
    fn read_record(
        &mut self,
        head: &Head,
        content: &mut dyn Read,
        length: u64,
    ) -> io::Result<()> {
        let url = head.field("warc-target-uri").unwrap_or_default();
        let url = url.trim().trim_start_matches('<').trim_end_matches('>').to_owned();
        match head.field("warc-type").unwrap_or_default().to_lowercase().as_str() {
            "response" if is_web(&url) => self.read_answer(head, content, length, url),
            "resource" if is_web(&url) => self.read_resource(head, content, length, url),
            "revisit" => {
                self.tally.count("repeat what was fetched before");
                Ok(())
            }
            "response" | "resource" => {
                self.tally.count("are no pages of the web");
                Ok(())
            }
            "conversion" | "continuation" => {
                self.tally.count("are parts or conversions of other records");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reads the answer of a server.
    fn read_answer(
        &mut self,
        head: &Head,
        content: &mut dyn Read,
        length: u64,
        url: String,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        (&mut *content).take(MOST_HEAD).read_to_end(&mut bytes)?;
        let Some(answer) = http::read(&bytes) else {
            self.tally.count("are no answers of web servers");
            return Ok(());
        };
        if (300..400).contains(&answer.status)
            && let Some(to) = answer.header("location")
        {
            let base = url::Url::parse(&url).ok();
            let to = base
                .and_then(|base| base.join(to).ok())
                .map_or(to.to_owned(), |to| to.to_string());
            (self.tell)(Found::Redirect { from: url, to });
            return Ok(());
        }
        if answer.status != 200 && answer.status != 203 {
            self.tally.count(&format!("have the status {}", answer.status));
            return Ok(());
        }
        if !answer.is_page() {
            self.tally.count("are no pages");
            return Ok(());
        }
        if !self.read_rest(content, &mut bytes, (&url, length))? {
            return Ok(());
        }
        let body = match http::body(&answer, &bytes) {
            Ok(body) => body,
            Err(reason) => {
                (self.tell)(Found::Lost(skipped(&url, self.file, reason)));
                return Ok(());
            }
        };
        let kind = answer.header("content-type").unwrap_or_default();
        self.tell_page(head, url, body, http::charset(kind));
        Ok(())
    }

    /// Reads a record that is a page without the answer of a server.
    fn read_resource(
        &mut self,
        head: &Head,
        content: &mut dyn Read,
        length: u64,
        url: String,
    ) -> io::Result<()> {
        let kind = head.field("content-type").unwrap_or_default();
        if !http::is_html(kind) {
            self.tally.count("are no pages");
            return Ok(());
        }
        let mut bytes = Vec::new();
        if self.read_rest(content, &mut bytes, (&url, length))? {
            self.tell_page(head, url, bytes, http::charset(kind));
        }
        Ok(())
    }

    /// Reads the rest of a record; says whether it is whole.
    fn read_rest(
        &mut self,
        content: &mut dyn Read,
        bytes: &mut Vec<u8>,
        of: (&str, u64),
    ) -> io::Result<bool> {
        let (url, length) = of;
        let mut lost = |reason: &str| {
            (self.tell)(Found::Lost(skipped(url, self.file, reason.to_owned())));
        };
        if length > MOST_BYTES {
            lost("is larger than 32 MiB");
            return Ok(false);
        }
        let end = content.read_to_end(bytes);
        if end.is_err() || (bytes.len() as u64) < length {
            lost("is cut off in the archive");
            return end.map(|_| false);
        }
        Ok(true)
    }

    /// Tells a page.
    fn tell_page(
        &mut self,
        head: &Head,
        url: String,
        bytes: Vec<u8>,
        charset: Option<String>,
    ) {
        if !is_page(&bytes) {
            self.tally.count("are no pages");
            return;
        }
        if !(self.is_asked)(&url) {
            let reason = "is no page of the collection but a part of one".to_owned();
            (self.tell)(Found::Skipped(skipped(&url, self.file, reason)));
            return;
        }
        let truncated = head.field("warc-truncated").map(str::to_owned);
        let (key, file, url) = (url.clone(), Arc::clone(self.file), Some(url));
        (self.tell)(Found::Page(RawPage {
            key,
            file,
            name: None,
            url,
            charset,
            bytes,
            truncated,
        }));
    }
}

/// Whether an address is one of the web.
fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// A fault of an archive.
fn fault(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Reads the head of the next record; `None` at the end of the archive.
fn read_head(input: &mut dyn BufRead) -> io::Result<Option<Head>> {
    let mut read = 0;
    let first = loop {
        let Some(line) = read_line(input, &mut read)? else { return Ok(None) };
        if !line.is_empty() {
            break line;
        }
    };
    if !first.starts_with("WARC/") {
        return Err(fault("a record does not begin with its version"));
    }
    let mut head = Head::default();
    loop {
        let line = read_line(input, &mut read)?
            .ok_or_else(|| fault("the head of a record is cut off"))?;
        if line.is_empty() {
            return Ok(Some(head));
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = head.fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            head.fields.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
}

/// Reads a line of the head of a record; `None` at the end.
fn read_line(input: &mut dyn BufRead, read: &mut u64) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let n = input.take(MOST_HEAD).read_until(b'\n', &mut line)?;
    *read += n as u64;
    if *read > MOST_HEAD {
        return Err(fault("the head of a record is too long"));
    }
    if n == 0 {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&line);
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}
