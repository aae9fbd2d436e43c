//! Parts a text that holds several languages, as the plugins qTranslate and
//! WPML write it: `[:en]…[:es]…[:]`, `<!--:en-->…<!--:-->`.

/// A mark: the language that begins, or nothing if a language ends, and how
/// long the mark is.
type Mark<'a> = (Option<&'a str>, usize);

/// How many languages a text may have; what looks like more is text.
const MOST: usize = 40;

/// The text in each language, in the order in which they begin; nothing if
/// the text names no language. What stands outside of all belongs to each.
pub fn languages(text: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    // What belongs to each, for those that begin later.
    let mut common = String::new();
    let mut current = None;
    let (mut taken, mut at) = (0, 0);
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['[', '<', '{'])) {
        let start = at + next;
        let known = mark(text.get(start..)?).filter(|_| found.len() < MOST);
        let Some((language, length)) = known else {
            at = start + 1;
            continue;
        };
        put(text.get(taken..start)?, current, &mut found, &mut common);
        at = start + length;
        taken = at;
        current = language.map(|name| place_of(name, &mut found, &common));
    }
    if found.is_empty() {
        return None;
    }
    put(text.get(taken..)?, current, &mut found, &mut common);
    found.retain(|(_, text)| !text.trim().is_empty());
    Some(found)
}

/// Puts a text where it belongs.
fn put(
    text: &str,
    current: Option<usize>,
    found: &mut [(String, String)],
    common: &mut String,
) {
    match current.and_then(|number| found.get_mut(number)) {
        Some((_, own)) => own.push_str(text),
        None if text.is_empty() => {}
        None => {
            common.push_str(text);
            for (_, own) in found {
                own.push_str(text);
            }
        }
    }
}

/// The place of a language, which may be new.
fn place_of(name: &str, found: &mut Vec<(String, String)>, common: &str) -> usize {
    let name = name.replace('_', "-");
    if let Some(number) = found.iter().position(|(own, _)| *own == name) {
        return number;
    }
    found.push((name, common.to_owned()));
    found.len() - 1
}

/// Reads the mark that a text begins with.
fn mark(text: &str) -> Option<Mark<'_>> {
    let forms = [("[:", "]"), ("<!--:", "-->"), ("{:", "}")];
    let (open, close) = forms.into_iter().find(|(open, _)| text.starts_with(open))?;
    let inside = text.get(open.len()..)?;
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let length = inside.find(ends)?;
    // The mark of a comment's end begins with what may stand in a name.
    let length = inside.get(..length)?.trim_end_matches('-').len();
    let name = inside.get(..length)?;
    inside.get(length..)?.starts_with(close).then_some(())?;
    let length = open.len() + length + close.len();
    if name.is_empty() {
        return Some((None, length));
    }
    is_language(name).then_some((Some(name), length))
}

/// Whether a name is that of a language: `en`, `pt-br`, `zh_Hant`.
fn is_language(name: &str) -> bool {
    let mut words = name.split(['-', '_']);
    let first = words.next().unwrap_or_default();
    let fits = |word: &str| (2..=4).contains(&word.len());
    matches!(first.len(), 2 | 3)
        && first.chars().all(|c| c.is_ascii_lowercase())
        && words.clone().count() < 2
        && words.all(fits)
}
