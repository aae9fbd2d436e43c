//! Reads one piece of pasted text: what is the story stays, and what only says
//! something of it becomes a field.
//!
//! The rules go over the lines in a fixed order; each tells what it decided,
//! from which line, and how sure it is. Below its threshold a rule only asks,
//! and the text stays in the body. No character is lost: each is in the body,
//! moved or dropped, and counted. Which files are read, and what they are
//! called, is decided in [`source`].

pub mod dates;
pub mod repeated;
pub mod source;

mod body;
mod boilerplate;
mod byline;
mod contact;
mod dateline;
mod day;
mod furniture;
mod header;
mod headline;
mod language;
mod mojibake;
mod names;
mod normalize;
mod print;
mod reading;
mod words;
mod wrap;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::date::Date;
use crate::dom::{Node, text_of};
use crate::import::account::{self, Account};
use crate::import::document::Block;
use crate::import::piece::{About, Body, Note, Origin, Piece};

use normalize::Source;
use reading::{Findings, Reading, Role};

/// The language of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// All its pieces are in English.
    English,
    /// All its pieces are in Spanish.
    Spanish,
    /// It is found by the text of each piece.
    #[default]
    Found,
}

/// What the caller knows of a source and wants of it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its language.
    pub language: Language,
    /// The day of the import.
    pub today: Date,
    /// Whether `10/11/2019` has the month first; if nobody says, such a date
    /// is asked about.
    pub month_first: Option<bool>,
    /// Whether text that was read in a wrong encoding is mended.
    pub mend_mojibake: bool,
}

/// A line of a piece.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    /// Its text.
    text: &'t str,
    /// Its place in the source, from 1.
    number: u64,
}

/// Goes over the lines of a piece with all rules. The lines are whole
/// paragraphs; empty ones say where parts end.
fn analyse(lines: &[Line<'_>], options: &Options) -> Findings {
    let mut reading = Reading::new(lines, options);
    language_of(&mut reading);
    print::find(&mut reading);
    furniture::find(&mut reading);
    header::find(&mut reading);
    contact::find(&mut reading);
    boilerplate::find(&mut reading);
    // What stood between the end mark and the text may be a contact block.
    contact::find(&mut reading);
    day::find(&mut reading);
    byline::find(&mut reading);
    dateline::find_alone(&mut reading);
    headline::find(&mut reading);
    kind_of(&mut reading);
    byline::letter(&mut reading);
    dateline::find_in_text(&mut reading);
    day::decide(&mut reading);
    private(&mut reading);
    reading.finish()
}

/// Finds the language.
fn language_of(reading: &mut Reading<'_, '_>) {
    let found = match reading.options.language {
        Language::English => Some(("en", 100)),
        Language::Spanish => Some(("es", 100)),
        Language::Found => language::find(reading.lines.iter().map(|line| line.text)),
    };
    match found {
        Some((tag, sure)) => {
            reading.found.facts.language = Some(tag.to_owned());
            if sure < 100 {
                reading.decide(0, ("language", sure), format!("the language is `{tag}`"));
            }
        }
        None if !reading.lines.is_empty() => {
            reading.ask(0, ("language", 40), "which language is it?".to_owned());
        }
        None => {}
    }
}

/// Finds the kind by the title, unless a label said it.
fn kind_of(reading: &mut Reading<'_, '_>) {
    let title = words::fold(&reading.found.facts.title);
    let is_statement = [
        "statement of ",
        "statement by ",
        "statement from ",
        "statement on ",
        "joint statement",
        "declaracion de ",
        "comunicado de ",
        "pronunciamiento ",
    ]
    .iter()
    .any(|start| title.starts_with(start));
    let labels = [
        ("press-release", "press release"),
        ("press-release", "news release"),
        ("press-release", "comunicado de prensa"),
        ("advisory", "media advisory"),
        ("advisory", "press advisory"),
        ("opinion", "opinion"),
        ("opinion", "op-ed"),
        ("opinion", "editorial"),
    ];
    let labelled = labels.iter().find(|(_, label)| {
        let rest = title.strip_prefix(label).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([':', '–', '—', '|']))
    });
    let kind = &mut reading.found.facts.kind;
    if let (None, Some((word, _))) = (*kind, labelled) {
        *kind = Some(word);
        reading.decide(0, ("kind", 75), format!("the kind is {word}, as the title says"));
        return;
    }
    let is_open = kind.is_none() || *kind == Some("press-release");
    if is_open && is_statement {
        *kind = Some("statement");
        reading.decide(
            0,
            ("kind", 75),
            "the kind is statement, as the title says".to_owned(),
        );
        return;
    }
    let greeting =
        reading.open().take(2).find(|&at| headline::is_greeting(reading.folded(at)));
    if let (None, Some(at)) = (reading.found.facts.kind, greeting) {
        reading.found.facts.kind = Some("letter");
        reading.decide(
            at,
            ("kind", 75),
            "the kind is letter: it greets its reader".to_owned(),
        );
    }
}

/// Asks about numbers and addresses of people in the text that stays.
fn private(reading: &mut Reading<'_, '_>) {
    let found = reading.open().find(|&at| {
        let text = reading.text(at);
        words::has_email(text) || words::has_phone(text)
    });
    if let Some(at) = found {
        let text =
            "the text has a telephone number or an e-mail address: may it be published?";
        reading.ask(at, ("contact", 50), text.to_owned());
    }
}

/// Reads one pasted piece. `furniture` are lines that a batch proposed and the
/// editor approved.
pub fn read(
    text: &str,
    file: &Arc<str>,
    options: &Options,
    furniture: &BTreeSet<String>,
) -> Piece {
    let mut piece = new_piece(file);
    let lines = normalize::lines(
        text,
        options.mend_mojibake,
        &mut piece.account,
        &mut piece.notes,
    );
    let (lines, joined) = wrap::unwrap(lines);
    if joined > 0 {
        let text = format!("{joined} lines were broken to fit a width and are joined");
        let note =
            Note { about: About::Decision, text, line: 0, rule: Some(("wrapping", 85)) };
        piece.notes.push(note);
    }
    let approved: Vec<bool> =
        lines.iter().map(|line| furniture.contains(&line.text)).collect();
    let findings = go_over(&lines, &approved, options);
    let kept: Vec<Option<&str>> = lines
        .iter()
        .zip(&findings.roles)
        .map(|(line, role)| (*role == Role::Body).then_some(line.text.as_str()))
        .collect();
    let built = body::build(&kept, &mut piece.account);
    if built.is_doubtful {
        let text =
            "short lines without empty lines between them keep their breaks".to_owned();
        let note =
            Note { about: About::Question, text, line: 0, rule: Some(("breaks", 50)) };
        piece.notes.push(note);
    }
    settle(&mut piece, findings, &lines);
    piece.body = Body::Html(built.nodes);
    piece
}

/// Reads the blocks of a document.
pub fn read_blocks(
    blocks: Vec<Block>,
    file: &Arc<str>,
    options: &Options,
    furniture: &BTreeSet<String>,
) -> Piece {
    let mut piece = new_piece(file);
    let mut lines = Vec::new();
    // Which lines are of which block.
    let mut ranges = Vec::new();
    for block in &blocks {
        let start = lines.len();
        piece.account.read(&text_of(std::slice::from_ref(&block.node)));
        let texts = block.text.lines().filter(|line| !words::is_blank(line));
        lines.extend(texts.map(|text| (text.trim().to_owned(), start)));
        ranges.push(start..lines.len());
        lines.push((String::new(), start));
    }
    let lines: Vec<Source> = lines
        .into_iter()
        .zip(1..)
        .map(|((text, _), number)| Source { text, number })
        .collect();
    let approved: Vec<bool> =
        lines.iter().map(|line| furniture.contains(&line.text)).collect();
    let findings = go_over(&lines, &approved, options);
    let mut nodes = Vec::new();
    for (block, range) in blocks.into_iter().zip(ranges) {
        let roles = findings.roles.get(range.clone()).unwrap_or_default();
        if roles.iter().all(|role| *role == Role::Body) {
            nodes.push(block.node);
        } else {
            let own = lines.get(range).unwrap_or_default();
            nodes.extend(remaining(&block, own, roles, &mut piece.account));
        }
    }
    settle(&mut piece, findings, &lines);
    piece.body = Body::Html(nodes);
    piece
}

/// What is left of a block when some of its lines went elsewhere.
fn remaining(
    block: &Block,
    lines: &[Source],
    roles: &[Role],
    account: &mut Account,
) -> Vec<Node> {
    let kept = lines
        .iter()
        .zip(roles)
        .map(|(line, role)| (*role == Role::Body).then_some(line.text.as_str()));
    let kept: Vec<Option<&str>> = kept.collect();
    // What the block shows beside its lines, such as a picture's words.
    let all = account::count(&text_of(std::slice::from_ref(&block.node)));
    let own: u64 = lines.iter().map(|line| account::count(&line.text)).sum();
    if all > own {
        *account
            .dropped
            .entry("parts of a block without its lines".to_owned())
            .or_default() += all - own;
    }
    body::build(&kept, account).nodes
}

/// The key of a file: its path as it was given, without `./` before it.
fn key(file: &str) -> &str {
    let mut key = file;
    while let Some(rest) = key.strip_prefix("./") {
        key = rest.trim_start_matches('/');
    }
    if key.is_empty() { file } else { key }
}

/// A piece of a file.
fn new_piece(file: &Arc<str>) -> Piece {
    let origin = Origin {
        key: key(file).to_owned(),
        kind: "text".to_owned(),
        file: Arc::clone(file),
        line: 1,
        ..Origin::default()
    };
    Piece { origin, ..Piece::default() }
}

/// Goes over lines with all rules; lines that the editor approved as furniture
/// are hidden from them.
fn go_over(lines: &[Source], approved: &[bool], options: &Options) -> Findings {
    let shown: Vec<Line<'_>> = lines
        .iter()
        .zip(approved)
        .map(|(line, is_furniture)| Line {
            text: if *is_furniture { "" } else { &line.text },
            number: line.number,
        })
        .collect();
    let mut findings = analyse(&shown, options);
    for (role, is_furniture) in findings.roles.iter_mut().zip(approved) {
        if *is_furniture {
            *role = Role::Dropped("furniture that was approved");
        }
    }
    findings
}

/// Takes over what was found, and counts what left the text.
fn settle(piece: &mut Piece, findings: Findings, lines: &[Source]) {
    for (at, (line, role)) in lines.iter().zip(&findings.roles).enumerate() {
        match role {
            Role::Body => {}
            Role::Moved(place) => {
                let dropped = drop_parts(&mut piece.account, &findings.parts, at);
                let moved = account::count(&line.text).saturating_sub(dropped);
                *piece.account.moved.entry((*place).to_owned()).or_default() += moved;
            }
            Role::Dropped(reason) => piece.account.drop(reason, &line.text),
        }
    }
    piece.facts = findings.facts;
    piece.visibility = findings.visibility;
    piece.notes.extend(findings.notes);
}

/// Counts the dropped parts of a moved line; tells how many characters these
/// are.
fn drop_parts(
    account: &mut Account,
    parts: &BTreeMap<usize, Vec<(&'static str, String)>>,
    at: usize,
) -> u64 {
    let mut dropped = 0;
    for (reason, part) in parts.get(&at).into_iter().flatten() {
        account.drop(reason, part);
        dropped += account::count(part);
    }
    dropped
}
