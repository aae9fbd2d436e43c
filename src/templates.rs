//! Turns views into bytes with Tera templates.
//!
//! The templates are those of the theme and those of the site, which stand
//! before them file by file. What a template sees is made in `view`; what it
//! may call besides Tera's own functions and filters is `t`, for the words of
//! the page's language, `number`, for its numbers, and `asset`, for the address
//! of a file of the site.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::locale::{Arg, Locale};

/// The prefix under which Tera knows the theme's templates.
const THEME: &str = "theme/";

/// A template: its name and its text.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its path from the folder `templates/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Templates that were read and checked.
pub struct Templates {
    /// The engine.
    tera: Tera,
    /// The site's own templates, for places in faults.
    own: Vec<Template>,
    /// The theme's templates.
    theme: Vec<Template>,
    /// The site's files, and which of them were asked for.
    assets: Arc<Assets>,
}

/// The files of a site, for the function `asset`.
#[derive(Default)]
struct Assets {
    /// The paths of the files, once they are planned.
    files: OnceLock<BTreeSet<String>>,
    /// Those that templates asked for.
    asked: Mutex<BTreeSet<String>>,
}

/// The variables of one page.
#[derive(Default)]
pub struct Variables(Context);

/// A view that several pages share, made into a template value once.
#[derive(Clone)]
pub struct Shared(Value);

impl Shared {
    /// Makes a template value of a view.
    pub fn new<T: Serialize>(view: &T) -> Self {
        Self(Value::from_serializable(view))
    }
}

impl Variables {
    /// Sets a variable to a view.
    pub fn set<T: Serialize>(&mut self, name: &'static str, view: &T) {
        self.0.insert(name, view);
    }

    /// Sets a variable to a view that was made before.
    pub fn share(&mut self, name: &'static str, view: &Shared) {
        self.0.insert_value(name, view.0.clone());
    }
}

impl Templates {
    /// Reads the theme's templates and the site's own, and reports their
    /// faults. `locales` are the tags of the site's languages and the words of
    /// each.
    pub fn read(
        theme: &[Template],
        own: Vec<Template>,
        locales: (Vec<String>, Arc<Vec<Locale>>),
        faults: &mut Diagnostics,
    ) -> Self {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes([THEME]).expect("no template was added before");
        tera.autoescape_on([".html"]);
        let assets: Arc<Assets> = Arc::default();
        let known = Arc::clone(&assets);
        tera.register_function("asset", move |kwargs: Kwargs, state: &State<'_>| {
            asset(&known, &kwargs, state)
        });
        let words = Arc::new(locales);
        let known = Arc::clone(&words);
        tera.register_function("t", move |kwargs: Kwargs, state: &State<'_>| {
            translate(&known, &kwargs, state)
        });
        tera.register_function("number", move |kwargs: Kwargs, state: &State<'_>| {
            number(&words, &kwargs, state)
        });
        let mut templates = Self { tera, own, theme: theme.to_vec(), assets };
        let theme = theme
            .iter()
            .map(|template| (format!("{THEME}{}", template.name), &template.text));
        let all: Vec<_> = theme
            .chain(
                templates
                    .own
                    .iter()
                    .map(|template| (template.name.clone(), &template.text)),
            )
            .map(|(name, text)| (name, text.as_str()))
            .collect();
        if let Err(error) = templates.tera.add_raw_templates(all) {
            faults.extend(templates.reported(&error));
        }
        templates
    }

    /// Says which files the site has, as paths from its root; `asset` leads to
    /// no other.
    pub fn set_files(&self, files: BTreeSet<String>) {
        // They are planned once; a second plan would be that of another build.
        drop(self.assets.files.set(files));
    }

    /// Whether the site has a file at a path from its root.
    pub fn has_file(&self, path: &str) -> bool {
        self.assets.files.get().is_some_and(|files| files.contains(path))
    }

    /// The files that templates asked for so far, as paths from the root.
    pub fn asked_files(&self) -> BTreeSet<String> {
        self.assets.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a template, or one that it extends or includes, holds some words.
    ///
    /// What takes time to make is made only if somebody can show it.
    pub fn mention(&self, template: &str, words: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![template];
        while let Some(name) = waiting.pop() {
            let Some(text) = self.text(name).filter(|_| seen.insert(name)) else {
                continue;
            };
            if text.contains(words) {
                return true;
            }
            // The name of a template stands between quotation marks.
            let quoted = text.split(['"', '\'']).skip(1);
            waiting.extend(quoted.filter(|part| part.ends_with(".html")));
        }
        false
    }

    /// The text of a template: the site's own, else the theme's.
    fn text(&self, name: &str) -> Option<&str> {
        let of = |templates: &'_ [Template], name: &str| {
            templates.iter().position(|template| template.name == name)
        };
        let of_theme =
            |name| of(&self.theme, name).map(|at| self.theme[at].text.as_str());
        match name.strip_prefix(THEME) {
            Some(name) => of_theme(name),
            None => match of(&self.own, name) {
                Some(at) => Some(&self.own[at].text),
                None => of_theme(name),
            },
        }
    }

    /// Renders a page into a buffer.
    pub fn render(
        &self,
        template: &str,
        variables: &Variables,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        self.tera
            .render_to(template, &variables.0, Writer(out))
            .map_err(|error| self.fault(&error, template))
    }

    /// What is wrong with the templates as they were read. Unknown names come
    /// as one text, in which each has a line that opens with `error:` and the
    /// next line with its place.
    fn reported(&self, error: &tera::Error) -> Vec<Diagnostic> {
        let ErrorKind::Msg(text) = error.kind() else {
            return vec![self.fault(error, "")];
        };
        let mut lines = text.lines().peekable();
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            let Some(message) = line.strip_prefix("error: ") else { continue };
            let place =
                lines.peek().and_then(|line| line.trim_start().strip_prefix("--> "));
            let Some((name, line, column)) = place.and_then(read_place) else { continue };
            let word = message.split('`').nth(1).unwrap_or_default();
            let end = column + word.chars().count();
            found.push(self.placed(message, name, (line, column), (line, end)));
        }
        if found.is_empty() { vec![self.fault(error, "")] } else { found }
    }

    /// What is wrong with a template, with its place.
    fn fault(&self, error: &tera::Error, template: &str) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let start = (span.start_line, span.start_col);
                let end = (span.end_line, span.end_col);
                self.placed(report.message(), report.filename(), start, end)
            }
            ErrorKind::MissingParent { current, parent } => Diagnostic::error(
                Code::TemplateFault,
                format!("there is no template `{parent}`"),
            )
            .at(Place::file(self.file(current).0))
            .hint("correct the name after `extends`"),
            other => {
                let found = Diagnostic::error(
                    Code::TemplateFault,
                    in_our_words(&other.to_string()),
                );
                if template.is_empty() {
                    found
                } else {
                    found.at(Place::file(self.file(template).0))
                }
            }
        }
    }

    /// A fault with its place: lines from 1, columns from 0.
    fn placed(
        &self,
        message: &str,
        template: &str,
        start: (usize, usize),
        end: (usize, usize),
    ) -> Diagnostic {
        let (file, text) = self.file(template);
        let fault = Diagnostic::error(Code::TemplateFault, in_our_words(message));
        let start = offset(text, start.0, start.1);
        let end = offset(text, end.0, end.1).max(start);
        match text {
            Some(_) => fault.at(Place::span(file, Span::new(start, end))),
            None => fault.at(Place::file(file)),
        }
        .hint("see docs/templates.md for what a template can use")
    }

    /// The file that Tera's name of a template is of, and its text if it is
    /// one of the site's own.
    fn file(&self, name: &str) -> (String, Option<&str>) {
        if let Some(own) = self.own.iter().find(|template| template.name == name) {
            (format!("templates/{name}"), Some(&own.text))
        } else {
            let name = name.strip_prefix(THEME).unwrap_or(name);
            (format!("templates/{name} (of the theme)"), None)
        }
    }
}

/// Writes into a buffer; never fails.
struct Writer<'a>(&'a mut Vec<u8>);

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A place as the engine writes it, `name:line:column`, with the column counted
/// from 0.
fn read_place(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse::<usize>().ok()?.checked_sub(1)?))
}

/// A message of the engine as a phrase in lower case without a full stop.
fn in_our_words(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// The offset of a line, counted from 1, and a column, counted from 0.
fn offset(text: Option<&str>, line: usize, column: usize) -> usize {
    let Some(text) = text else { return 0 };
    let start: usize =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let rest = rest.split('\n').next().unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// `asset(path="/style.css")`: the link to a file of the site.
fn asset(
    assets: &Assets,
    kwargs: &Kwargs,
    state: &State<'_>,
) -> tera::TeraResult<String> {
    let path: &str = kwargs.must_get("path")?;
    let path = path.trim_start_matches('/');
    if assets.files.get().is_some_and(|files| !files.contains(path)) {
        let message = format!("the site has no file `/{path}`");
        return Err(tera::Error::message(message));
    }
    let mut asked = assets.asked.lock().unwrap_or_else(PoisonError::into_inner);
    if !asked.contains(path) {
        asked.insert(path.to_owned());
    }
    drop(asked);
    let root: String = state.get("root")?.unwrap_or_default();
    Ok(format!("{root}{path}"))
}

/// The tags of the languages and the words of each.
type Words = (Vec<String>, Arc<Vec<Locale>>);

/// The words of the page's language.
fn page_locale<'a>(
    (tags, locales): &'a Words,
    state: &State<'_>,
) -> tera::TeraResult<Option<&'a Locale>> {
    let language: String = state.get("language")?.unwrap_or_default();
    let mut both = tags.iter().zip(locales.iter());
    Ok(both.find(|(tag, _)| **tag == language).map(|(_, locale)| locale))
}

/// `number(value=…)`: a number as the page's language groups it.
fn number(words: &Words, kwargs: &Kwargs, state: &State<'_>) -> tera::TeraResult<String> {
    let value: i64 = kwargs.must_get("value")?;
    let locale = page_locale(words, state)?;
    Ok(locale.map_or_else(|| value.to_string(), |locale| locale.number(value)))
}

/// `t(key="…", name=value)`: words of the theme in the page's language.
fn translate(
    words: &Words,
    kwargs: &Kwargs,
    state: &State<'_>,
) -> tera::TeraResult<String> {
    let key: &str = kwargs.must_get("key")?;
    let mut args = Vec::new();
    for (name, value) in kwargs.iter() {
        let name = name.as_str().unwrap_or_default();
        if name == "key" {
            continue;
        }
        let arg = match value.as_i64() {
            Some(number) => Arg::Number(number),
            None => {
                Arg::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            }
        };
        args.push((name, arg));
    }
    let locale = page_locale(words, state)?;
    locale.and_then(|locale| locale.text(key, &args)).ok_or_else(|| {
        tera::Error::message(format!("there are no words for the key `{key}`"))
    })
}
