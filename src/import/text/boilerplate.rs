//! Rules 3 and 10: the mark that ends a release, and what an organization says
//! of itself behind or before it.

use crate::import::text::names;
use crate::import::text::reading::{Reading, Role};
use crate::import::text::words::{beginning, fold, is_capitals, length, masked};
use crate::json::Value;

/// How the account calls what organizations say of themselves.
const BOILERPLATE: &str = "boilerplate of the organization";

/// How many characters may follow an end mark and still be boilerplate.
const REST: usize = 1_800;

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
        "30" | "ENDS" | "END" | "FIN" | "XXX" | "xxx" | "Ends" | "ends" | "End"
        | "Fin" => true,
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
            take_boilerplate(reading, &rest, 90);
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
    let starts = [
        "note to editors",
        "notes to editors",
        "editor's note",
        "editors' note",
        "nota a los editores",
        "nota para los medios",
        "nota del editor",
        "photos ",
        "photo ",
        "fotos ",
        "editors:",
        "note:",
        "nota:",
    ];
    let folded: String = fold(&text.chars().take(40).collect::<String>());
    mark(text).is_some()
        || about(text).is_some()
        || starts.iter().any(|start| folded.starts_with(start))
        || subject(text).is_some_and(|name| names::organization(name).is_some())
        || reading.open_from(at + 1).all(|line| !reading.is_paragraph(line))
}

/// Moves an end mark out of the text.
fn take_mark(reading: &mut Reading<'_, '_>, at: usize) {
    let text = reading.text(at);
    reading.set(at, Role::Moved("end mark"));
    let provenance = &mut reading.found.facts.provenance;
    if !provenance.contains_key("end_mark") {
        provenance.insert("end_mark".to_owned(), Value::String(text.to_owned()));
    }
    reading.decide(at, ("end mark", 95), format!("`{text}` ends the piece"));
}

/// Moves what stands behind an end mark out of the text.
fn take_boilerplate(reading: &mut Reading<'_, '_>, lines: &[usize], sure: u8) {
    let Some(&first) = lines.first() else { return };
    for &at in lines {
        reading.set(at, Role::Moved(BOILERPLATE));
    }
    let words: Vec<String> = lines.iter().map(|&at| masked(reading.text(at))).collect();
    let name = about(reading.text(first))
        .or_else(|| subject(reading.text(first)))
        .map_or("an organization".to_owned(), |name| format!("`{name}`"));
    let text = format!("what {name} says of itself is kept aside: {}", words.join(" / "));
    reading.decide(first, ("boilerplate", sure), text);
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
        if !names_itself(reading, block) {
            if let Some(&at) = block.first() {
                let text = format!("is `{}` boilerplate?", beginning(reading.text(at)));
                reading.ask(at, ("boilerplate", 45), text);
            }
            return;
        }
        take_boilerplate(reading, block, 85);
        end = start;
    }
}

/// Whether the paragraph under a heading names what the heading is about.
fn names_itself(reading: &Reading<'_, '_>, block: &[usize]) -> bool {
    let text = |i: usize| block.get(i).map_or("", |&at| reading.text(at));
    let Some(name) = about(text(0)) else { return false };
    let start: String = text(1).chars().take(160).collect();
    let (start, name) = (fold(&start), fold(name));
    let is_named = |word: &&str| word.len() > 3 || name.split(' ').count() == 1;
    let abbreviation: String =
        name.split(' ').filter_map(|word| word.chars().next()).collect();
    name.split(' ').filter(is_named).any(|word| start.contains(word))
        || start.split(' ').any(|word| word == abbreviation)
}
