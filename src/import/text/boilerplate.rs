//! Rules 3 and 10: the mark that ends a release, and what an organization says
//! of itself behind or before it.
//!
//! Boilerplate ends with its last paragraph that names the organization. Text
//! behind that stays in the body and is asked about.

use crate::import::text::reading::{Reading, Role};
use crate::import::text::words::{
    beginning, fold, fold_word, is_capitals, length, masked,
};
use crate::import::text::{contact, names};
use crate::json::Value;

/// How the account calls what organizations say of themselves.
const BOILERPLATE: &str = "boilerplate of the organization";

/// How many characters may follow an end mark and still be boilerplate.
const REST: usize = 1_800;

/// How long a line is that may be a paragraph of the story.
const PARAGRAPH: usize = 60;

/// What notes to editors begin with, folded.
const NOTES: &[&str] = &[
    "note to editors",
    "notes to editors",
    "editor's note",
    "editors' note",
    "nota a los editores",
    "nota para los medios",
    "nota del editor",
    "editors:",
    "note:",
    "nota:",
];

/// What a line on pictures begins with, folded.
const PICTURES: &[&str] = &["photos ", "photo ", "fotos "];

/// The end mark that a line is, as it is printed.
pub(super) fn mark(text: &str) -> Option<&str> {
    let inner: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if inner.len() > 14 || inner.is_empty() {
        return None;
    }
    let is_hashes = inner.chars().all(|c| c == '#') && inner.len() <= 10;
    let is_mark = |c: char| {
        matches!(c, '-' | '–' | '—' | '#' | '*' | '.' | '_' | '(' | ')' | '[' | ']')
    };
    let word = inner.trim_matches(is_mark);
    let is_framed = word.len() < inner.len();
    let is_word = match word {
        "30" | "ENDS" | "END" | "FIN" | "Ends" | "ends" | "End" | "Fin" => true,
        // The mark of the telegraph: three times the letter.
        crosses
            if crosses.len() == 3
                && crosses.bytes().all(|b| matches!(b, b'x' | b'X')) =>
        {
            true
        }
        "end" | "fin" => is_framed,
        _ => false,
    };
    (is_hashes || is_word).then_some(text)
}

/// Finds the end mark and the boilerplate.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    let marks: Vec<usize> =
        reading.open().filter(|&at| mark(reading.text(at)).is_some()).collect();
    let mut last = None;
    // What stands behind the last mark decides whether it is one.
    if let Some(&at) = marks.last() {
        if is_end(reading, at) {
            take_mark(reading, at);
            last = Some(at);
        } else {
            let text = format!("is `{}` the end of the piece?", reading.text(at));
            reading.ask(at, ("end mark", 40), text);
        }
    }
    // Two marks may frame the boilerplate.
    if let (Some(end), [.., before, _]) = (last, marks.as_slice())
        && is_end(reading, *before)
        && *before < end
    {
        take_mark(reading, *before);
        last = Some(*before);
    }
    match last {
        Some(at) => {
            let rest: Vec<usize> = reading.open_from(at + 1).collect();
            let is_short = |&at: &usize| length(reading.text(at)) < PARAGRAPH;
            let n = if rest.iter().all(is_short) {
                rest.len()
            } else {
                extent(reading, &rest)
            };
            take_boilerplate(reading, &rest, (n, 90));
        }
        None => before_the_end(reading),
    }
    if let Some(at) = last {
        about_before(reading, at);
    }
}

/// Whether little enough follows a mark, and enough stands before it.
fn is_end(reading: &Reading<'_, '_>, at: usize) -> bool {
    let size = |at: usize| length(reading.text(at));
    let after: usize = reading.open_from(at + 1).map(size).sum();
    let before: usize = reading.open().take_while(|&line| line < at).map(size).sum();
    let is_bare_number = reading.text(at).trim() == "30";
    let is_explained = is_explained(reading, at);
    let is_start = before == 0 || !is_explained;
    !is_start
        && after <= REST
        && after * 2 <= before.max(after.min(400))
        && !(is_bare_number && after > 0)
}

/// Whether what follows a mark is no part of the story by its looks: nothing,
/// what an organization says of itself, a note to editors, or short lines.
fn is_explained(reading: &Reading<'_, '_>, at: usize) -> bool {
    let Some(first) = reading.open_from(at + 1).next() else { return true };
    let text = reading.text(first);
    mark(text).is_some()
        || about(text).is_some()
        || is_note(text, NOTES)
        || is_note(text, PICTURES)
        || subject(text).is_some_and(|name| names::organization(name).is_some())
        || reading.open_from(at + 1).all(|line| !reading.is_paragraph(line))
}

/// Whether a text begins with some words.
fn is_note(text: &str, starts: &[&str]) -> bool {
    let folded: String = fold(&text.chars().take(40).collect::<String>());
    starts.iter().any(|start| folded.starts_with(start))
}

/// Moves an end mark out of the text.
fn take_mark(reading: &mut Reading<'_, '_>, at: usize) {
    let text = reading.text(at);
    let provenance = &mut reading.found.facts.provenance;
    let role = if provenance.contains_key("end_mark") {
        Role::Dropped("second end mark")
    } else {
        provenance.insert("end_mark".to_owned(), Value::String(text.to_owned()));
        Role::Moved("end mark")
    };
    reading.set(at, role);
    reading.decide(at, ("end mark", 95), format!("`{text}` ends the piece"));
}

/// Moves what an organization says of itself into the provenance; asks about
/// the text behind it.
fn take_boilerplate(
    reading: &mut Reading<'_, '_>,
    lines: &[usize],
    (n, sure): (usize, u8),
) {
    let (block, rest) = lines.split_at_checked(n).unwrap_or((lines, &[]));
    if let Some(&at) = rest.first() {
        let text = format!(
            "is `{}` boilerplate, too? It stays in the text",
            beginning(&masked(reading.text(at)))
        );
        reading.ask(at, ("boilerplate", 45), text);
    }
    let Some(&first) = block.first() else { return };
    let words: Vec<String> = block.iter().map(|&at| masked(reading.text(at))).collect();
    for &at in block {
        reading.keep(at, "boilerplate", BOILERPLATE);
    }
    let name = about(reading.text(first))
        .or_else(|| subject(reading.text(first)))
        .map_or("an organization".to_owned(), |name| format!("`{name}`"));
    let text = format!(
        "what {name} says of itself is moved into the provenance: {}",
        words.join(" / ")
    );
    reading.decide(first, ("boilerplate", sure), text);
}

/// How many of some lines are boilerplate: up to the first paragraph that does
/// not name the organization, and is no note to editors or contact. Short
/// lines belong to what follows them, if anything does.
fn extent(reading: &Reading<'_, '_>, lines: &[usize]) -> usize {
    let mut named = Named::default();
    let mut n = 0;
    for (i, &at) in lines.iter().enumerate() {
        let text = reading.text(at);
        if let Some(name) = about(text) {
            named = Named::new(name);
            continue;
        }
        let is_first = i == 0 || named.words.is_empty();
        let subject = subject(text).filter(|name| names::organization(name).is_some());
        if let Some(name) = subject.filter(|_| is_first) {
            named = Named::new(name);
        }
        let is_part = named.is_in(text)
            || is_note(text, NOTES)
            || i == 0 && is_note(text, PICTURES)
            || contact::is_label(reading.folded(at))
            || mark(text).is_some();
        if is_part {
            named.add_abbreviation(text);
            n = i + 1;
        } else if length(text) >= PARAGRAPH {
            return n;
        }
    }
    if n > 0 { lines.len() } else { 0 }
}

/// An organization as its boilerplate may name it.
#[derive(Default)]
struct Named {
    /// The words of its name, folded.
    words: Vec<String>,
    /// Its abbreviations.
    abbreviations: Vec<String>,
}

impl Named {
    /// The organization of a name.
    fn new(name: &str) -> Self {
        let is_article = |word: &&str| matches!(fold(word).as_str(), "the" | "la" | "el");
        let words: Vec<&str> = name.split_whitespace().skip_while(is_article).collect();
        let initials: String = words
            .iter()
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        let abbreviations =
            if length(&initials) > 1 { vec![initials] } else { Vec::new() };
        Self { words: words.into_iter().map(bare).collect(), abbreviations }
    }

    /// Takes over the abbreviation that a paragraph gives in brackets.
    fn add_abbreviation(&mut self, text: &str) {
        let inner = text.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
        let short = inner.map_or("", |(short, _)| short);
        if is_capitals(short) && length(short) <= 10 && self.abbreviations.len() < 2 {
            self.abbreviations.push(short.to_owned());
        }
    }

    /// Whether a paragraph begins with words that name it: the whole name, a
    /// name of three words or more without its last, or an abbreviation.
    /// Words with a small letter are no name.
    fn is_in(&self, text: &str) -> bool {
        let start = text.char_indices().nth(160).map_or(text.len(), |(end, _)| end);
        let start = text.get(..start).unwrap_or_default();
        let words: Vec<(String, &str)> =
            start.split_whitespace().map(|word| (bare(word), word)).collect();
        let n =
            if self.words.len() > 2 { self.words.len() - 1 } else { self.words.len() };
        let name = self.words.get(..n).unwrap_or_default();
        let fits = |(own, (folded, word)): (&String, &(String, &str))| {
            let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            own == folded && (length(own) <= 3 || !word.starts_with(char::is_lowercase))
        };
        let is_short = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.abbreviations.iter().any(|short| short == word)
        };
        n > 0 && words.windows(n).any(|words| name.iter().zip(words).all(fits))
            || words.iter().any(|(_, word)| is_short(word))
    }
}

/// A word of a name as it is compared, without `'s`.
fn bare(word: &str) -> String {
    let folded = fold_word(word);
    folded.strip_suffix("'s").map_or(folded.clone(), str::to_owned)
}

/// The organization that a heading is about: `About the Mill Tenants`.
fn about(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['*', '_', ':', '–', '—', '-', '.']).trim();
    if length(text) > 80 || text.split(' ').count() > 10 {
        return None;
    }
    let starts = ["about ", "acerca de ", "sobre ", "quiénes somos: "];
    let folded = fold(text);
    let start = starts
        .iter()
        .find(|start| folded.starts_with(&fold(start)) && folded.len() > start.len())?;
    let name = text.get(start.len()..)?.trim();
    let name =
        name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let name =
        name.strip_prefix("la ").or_else(|| name.strip_prefix("el ")).unwrap_or(name);
    let is_name = name.starts_with(char::is_uppercase)
        && (names::organization(name).is_some()
            || is_capitals(name)
            || name.split(' ').all(is_titled));
    is_name.then_some(name)
}

/// Whether a word stands in a name of several words.
fn is_titled(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_lowercase())
        || matches!(
            word,
            "of" | "the"
                | "for"
                | "and"
                | "de"
                | "la"
                | "del"
                | "los"
                | "las"
                | "y"
                | "para"
                | "por"
        )
}

/// What a paragraph is about, by its first words: `The Mill Tenants is a`.
fn subject(text: &str) -> Option<&str> {
    let verbs =
        [" is ", " are ", " was ", " works ", " es ", " son ", " fue ", " trabaja "];
    let end = verbs.iter().filter_map(|verb| text.find(verb)).min()?;
    let name = text.get(..end)?.split(['(', ',']).next()?.trim();
    (length(name) <= 80 && name.split(' ').all(is_titled)).then_some(name)
}

/// Moves `About …` blocks right before an end mark out of the text.
fn about_before(reading: &mut Reading<'_, '_>, mark: usize) {
    let lines: Vec<usize> = reading.open().take_while(|&at| at < mark).collect();
    about_block(reading, &lines);
}

/// Moves `About …` blocks at the end of a piece without an end mark out of the
/// text.
fn before_the_end(reading: &mut Reading<'_, '_>) {
    let lines: Vec<usize> = reading.open().collect();
    about_block(reading, &lines);
}

/// Moves the blocks at the end of some lines that say what an organization is:
/// a heading with its name, and at most three paragraphs that name it.
fn about_block(reading: &mut Reading<'_, '_>, lines: &[usize]) {
    let mut end = lines.len();
    // There may be a block for each of several organizations.
    for _ in 0..4 {
        let from = end.saturating_sub(4);
        let found = (from..end)
            .rev()
            .find(|&i| lines.get(i).is_some_and(|&at| about(reading.text(at)).is_some()));
        let Some(start) = found.filter(|&start| start > 0 && start + 1 < end) else {
            return;
        };
        let block = lines.get(start..end).unwrap_or_default();
        let n = extent(reading, block);
        take_boilerplate(reading, block, (n, 85));
        if n == 0 {
            return;
        }
        end = start;
    }
}
