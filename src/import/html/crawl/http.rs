//! Answers of web servers as they stand in web archives: status, headers, and
//! the body without its transfer and content codings.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::MOST_BYTES;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its status.
    pub(super) status: u16,
    /// Its headers, with names in lower case.
    pub(super) headers: Vec<(String, String)>,
    /// At which byte its body begins.
    pub(super) body: usize,
}

impl Answer {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether its body is a page, by its header or, without one, by its look.
    pub(super) fn is_page(&self) -> bool {
        self.header("content-type").is_none_or(is_html)
    }
}

/// Whether a content type is one of pages.
pub(super) fn is_html(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "")
}

/// The charset of a content type.
pub(super) fn charset(kind: &str) -> Option<String> {
    let mut parts = kind.split(';').skip(1);
    parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// Reads status and headers.
pub(super) fn read(bytes: &[u8]) -> Option<Answer> {
    let mut answer = Answer::default();
    let mut at = 0;
    let mut is_first = true;
    loop {
        let rest = bytes.get(at..)?;
        let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        let line = rest.get(..end)?;
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        at = (at + end + 1).min(bytes.len());
        if is_first {
            let mut words = line.split_whitespace();
            words.next().filter(|word| word.to_ascii_uppercase().starts_with("HTTP"))?;
            answer.status = words.next()?.parse().ok()?;
            is_first = false;
        } else if line.is_empty() {
            answer.body = at;
            return Some(answer);
        } else if let Some((name, value)) = line.split_once(':') {
            answer.headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
        if rest.is_empty() {
            answer.body = bytes.len();
            return Some(answer);
        }
    }
}

/// The body of an answer without its codings; the error is a phrase.
pub(super) fn body(answer: &Answer, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let body = bytes.get(answer.body..).unwrap_or_default();
    let is_chunked = answer
        .header("transfer-encoding")
        .is_some_and(|coding| coding.to_lowercase().contains("chunked"));
    // Some archives keep the header of a coding that they took away.
    let body = if is_chunked {
        unchunked(body).unwrap_or_else(|| body.to_vec())
    } else {
        body.to_vec()
    };
    let coding =
        answer.header("content-encoding").unwrap_or_default().trim().to_lowercase();
    // So do others with a header that names a packing.
    let is_plain = matches!(coding.as_str(), "" | "identity" | "none");
    if is_plain || body.trim_ascii_start().starts_with(b"<") {
        return Ok(body);
    }
    match coding.as_str() {
        "gzip" | "x-gzip" => inflated(MultiGzDecoder::new(body.as_slice())),
        "deflate" => inflated(ZlibDecoder::new(body.as_slice()))
            .or_else(|_| inflated(DeflateDecoder::new(body.as_slice()))),
        other => Err(format!("is packed as `{other}`, which is not read")),
    }
}

/// The content of something packed.
fn inflated(packed: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match packed.take(MOST_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > MOST_BYTES => {
            Err("is larger than 32 MiB".to_owned())
        }
        // What could be unpacked before a fault is worth more than nothing.
        Ok(_) => Ok(bytes),
        Err(_) if bytes.len() > 1024 => Ok(bytes),
        Err(error) => Err(format!("cannot be unpacked: {error}")),
    }
}

/// A body without the sizes of its chunks; `None` if it has none.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.iter().take(64).position(|&byte| byte == b'\n')?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?.trim();
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(whole);
        }
        let chunk = rest.get(..size.min(rest.len()))?;
        whole.extend_from_slice(chunk);
        let Some(after) = rest.get(size..) else { return Some(whole) };
        rest = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or(after);
        if rest.is_empty() {
            return Some(whole);
        }
    }
}
