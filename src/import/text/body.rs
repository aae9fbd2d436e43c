//! The lines that stay become paragraphs, verse, lists, rules and links.
//!
//! An address is a link if it begins with `https://` or `http://`; its text is
//! the address as it stands, and marks around it stay. E-mail addresses are
//! never links. A list is one if it can be nothing else: bullets, or numbers
//! from 1 on, in two lines at least. Short lines without an empty line between
//! them keep their breaks.

use crate::dom::{Element, Node};
use crate::import::account::Account;
use crate::import::text::print::is_rule;
use crate::import::text::words::{is_blank, length};

/// Lines shorter than this may be verse or an address.
const SHORT: usize = 60;

/// A line of the body: its text, and whether it stands alone between empty
/// lines or lines that were cut.
struct Part<'t> {
    /// Its text.
    text: &'t str,
    /// Whether an empty line stands before it.
    is_parted: bool,
}

/// How many runs of short lines were kept with their breaks without an empty
/// line in the text to show what belongs together.
pub(super) struct Built {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Whether lines may have been broken by hand.
    pub is_doubtful: bool,
}

/// Makes nodes of the lines of a body; `None` stands where a line was cut.
pub(super) fn build(lines: &[Option<&str>], account: &mut Account) -> Built {
    let has_blanks = lines.iter().flatten().any(|line| is_blank(line));
    let mut parts = Vec::new();
    let mut is_parted = true;
    for line in lines {
        match line {
            Some(text) if !is_blank(text) => {
                parts.push(Part { text: text.trim(), is_parted });
                is_parted = false;
            }
            _ => is_parted = true,
        }
    }
    let mut built = Built { nodes: Vec::new(), is_doubtful: false };
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let rest = parts.get(at..).unwrap_or_default();
        let (taken, node) = if is_rule(part.text) {
            account.drop("signs of rules and lists", part.text);
            (1, Node::element("hr", Vec::new()))
        } else if let Some(found) = list(rest, account) {
            found
        } else {
            let n = run(rest, has_blanks);
            built.is_doubtful |= n > 1 && !has_blanks;
            (n, paragraph(rest.get(..n).unwrap_or_default()))
        };
        built.nodes.push(node);
        at += taken.max(1);
    }
    built
}

/// How many lines make the next paragraph: one, or a run of short lines.
fn run(parts: &[Part<'_>], has_blanks: bool) -> usize {
    let is_inner = |part: &Part<'_>| {
        length(part.text) < SHORT && !is_rule(part.text) && marker(part.text).is_none()
    };
    if !parts.first().is_some_and(is_inner) {
        return 1;
    }
    let more =
        parts.iter().skip(1).take_while(|part| !part.is_parted && is_inner(part)).count();
    // Without empty lines, two short lines are as likely two paragraphs.
    if !has_blanks && more < 2 { 1 } else { more + 1 }
}

/// A paragraph of lines.
fn paragraph(parts: &[Part<'_>]) -> Node {
    let mut children = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            children.push(Node::element("br", Vec::new()));
            children.push(Node::text("\n"));
        }
        children.extend(with_links(part.text));
    }
    Node::element("p", children)
}

/// What a line of a list begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    /// A sign that is nothing but a bullet.
    Bullet(char),
    /// A sign that may be something else: a hyphen, a star.
    Sign(char),
    /// A number with a point or a bracket.
    Number(u32, char),
}

/// The marker of a line, and the text behind it.
fn marker(text: &str) -> Option<(Marker, &str)> {
    let (mark, rest) = text.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    let mut signs = mark.chars();
    let (first, second) = (signs.next()?, signs.next());
    let marker = match (first, second) {
        ('•' | '·' | '▪' | '●' | '■' | '◦' | '‣' | '○', None) => {
            Marker::Bullet(first)
        }
        ('-' | '*', None) => Marker::Sign(first),
        _ if first.is_ascii_digit() => {
            let sign =
                mark.chars().next_back().filter(|sign| matches!(sign, '.' | ')'))?;
            let number = mark.get(..mark.len() - 1)?;
            if number.len() > 3 {
                return None;
            }
            Marker::Number(number.parse().ok()?, sign)
        }
        _ => return None,
    };
    (!rest.is_empty()).then_some((marker, rest))
}

/// A list at the beginning of some lines, and how many of them it takes.
fn list(parts: &[Part<'_>], account: &mut Account) -> Option<(usize, Node)> {
    let (first, _) = parts.first().and_then(|part| marker(part.text))?;
    let fits = |n: usize, part: &Part<'_>| {
        let (own, _) = marker(part.text)?;
        let is_next = match (first, own) {
            (Marker::Number(start, sign), Marker::Number(number, own)) => {
                u32::try_from(n).is_ok_and(|n| number == start + n) && sign == own
            }
            // Lines that begin with a hyphen may be speech: paragraphs are no list.
            (Marker::Sign(_), _) => own == first && (n == 0 || !part.is_parted),
            (Marker::Bullet(_), _) => own == first,
            _ => false,
        };
        is_next.then_some(())
    };
    let n =
        parts.iter().enumerate().take_while(|(n, part)| fits(*n, part).is_some()).count();
    if n < 2 || matches!(first, Marker::Number(start, _) if start != 1) {
        return None;
    }
    let items = parts.iter().take(n).map(|part| {
        let rest = marker(part.text).map_or(part.text, |(_, rest)| rest);
        let mark = part.text.get(..part.text.len() - rest.len()).unwrap_or_default();
        account.drop("signs of rules and lists", mark);
        Node::element("li", with_links(rest))
    });
    let name = if matches!(first, Marker::Number(..)) { "ol" } else { "ul" };
    Some((n, Node::element(name, items.collect())))
}

/// A text with its web addresses as links.
pub(super) fn with_links(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some(start) = next_address(rest) {
        let (before, from) = rest.split_at(start);
        let address = address(from);
        if !before.is_empty() {
            nodes.push(Node::text(before));
        }
        let link = Element::new("a", &[("href", address)], vec![Node::text(address)]);
        nodes.push(Node::Element(link));
        rest = from.get(address.len()..).unwrap_or_default();
    }
    if !rest.is_empty() {
        nodes.push(Node::text(rest));
    }
    nodes
}

/// Where the next address begins.
fn next_address(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("http")) {
        let start = from + found;
        let rest = text.get(start..).unwrap_or_default();
        let before = text.get(..start).unwrap_or_default();
        let is_word = before.ends_with(char::is_alphanumeric);
        let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"));
        let is_host = host.is_some_and(|host| host.starts_with(char::is_alphanumeric));
        if is_host && !is_word {
            return Some(start);
        }
        from = start + "http".len();
    }
    None
}

/// The address that a text begins with, without the marks of the sentence
/// around it.
fn address(text: &str) -> &str {
    let is_end = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '`' | '…'
            )
    };
    let end = text.find(is_end).unwrap_or(text.len());
    let mut address = text.get(..end).unwrap_or(text);
    loop {
        let open = address.matches('(').count();
        let close = address.matches(')').count();
        let shorter = address
            .strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '*', ']', '}', '—', '–'])
            .or_else(|| address.strip_suffix(')').filter(|_| close > open));
        match shorter {
            Some(shorter) => address = shorter,
            None => return address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::text_of;
    use crate::import::account;

    /// The nodes of a body, as HTML of a kind.
    fn html(text: &str) -> String {
        let lines: Vec<Option<&str>> = text.lines().map(Some).collect();
        let mut account = Account::default();
        let nodes = build(&lines, &mut account).nodes;
        let dropped: u64 = account.dropped.values().sum();
        assert_eq!(account::count(&text_of(&nodes)) + dropped, account::count(text));
        nodes.iter().map(show).collect()
    }

    /// A node as HTML of a kind.
    fn show(node: &Node) -> String {
        match node {
            Node::Text(text) => text.replace('\n', ""),
            Node::Comment(_) => String::new(),
            Node::Element(own) => {
                let inner: String = own.children.iter().map(show).collect();
                let href = own
                    .attribute("href")
                    .map_or(String::new(), |href| format!(" {href}"));
                format!("<{}{href}>{inner}</>", own.name)
            }
        }
    }

    #[test]
    fn lines_become_blocks() {
        for (text, blocks) in [
            ("One.\n\nTwo.", "<p>One.</><p>Two.</>"),
            (
                "The mill is dark,\nthe river loud.\n\nEnd of it.",
                "<p>The mill is dark,<br></>the river loud.</><p>End of it.</>",
            ),
            ("• one\n• two", "<ul><li>one</><li>two</></>"),
            ("• one\n\n• two", "<ul><li>one</><li>two</></>"),
            ("1. one\n2. two\n3. three", "<ol><li>one</><li>two</><li>three</></>"),
            ("- one\n- two", "<ul><li>one</><li>two</></>"),
            (
                "- Sí, dijo.\n\n- No, dijo ella.",
                "<p>- Sí, dijo.</><p>- No, dijo ella.</>",
            ),
            ("— Sí\n— No\n\nx", "<p>— Sí<br></>— No</><p>x</>"),
            ("1. one\n3. three\n\nx", "<p>1. one</><p>3. three</><p>x</>"),
            ("4. four\n5. five\n\nx", "<p>4. four</><p>5. five</><p>x</>"),
            ("• one\n\nx", "<p>• one</><p>x</>"),
            ("a\n\n* * *\n\nb", "<p>a</><hr></><p>b</>"),
            ("One.\nTwo.", "<p>One.</><p>Two.</>"),
        ] {
            assert_eq!(html(text), blocks, "{text}");
        }
    }

    #[test]
    fn whole_addresses_become_links() {
        for (text, nodes) in [
            (
                "See https://example.org/a_(b)?c=1.",
                "<p>See <a https://example.org/a_(b)?c=1>https://example.org/a_(b)?c=1</>.</>",
            ),
            (
                "<http://example.org>,",
                "<p><<a http://example.org>http://example.org</>>,</>",
            ),
            (
                "(https://example.org/)",
                "<p>(<a https://example.org/>https://example.org/</>)</>",
            ),
            (
                "xhttps://a.example http:// https://",
                "<p>xhttps://a.example http:// https://</>",
            ),
            (
                "write to a@b.example or www.b.example",
                "<p>write to a@b.example or www.b.example</>",
            ),
        ] {
            assert_eq!(html(text), nodes, "{text}");
        }
    }
}
