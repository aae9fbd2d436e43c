//! The command `new`: starts an article.
//!
//! What is not given is asked for, if there is somebody to ask, and has its
//! default if there is nobody. Decided here are the questions, which answers
//! count and what stands in the file. How a question looks is decided in `cli`;
//! the address is that of a build, because the new text is read like any other.

mod ask;
mod authors;

use std::sync::Arc;

use crate::archive;
use crate::build::Opened;
use crate::config::{Config, LanguageId};
use crate::content::{self, Article};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::init::write_new;
use crate::links;
use crate::locale::{Tag, own_name};
use crate::names::Interner;
use crate::slug::for_title;
use crate::source::{CONTENT, Folder};
use crate::toml_reader::quote;

pub use ask::{Ask, Nobody, Question, Unanswered};
use authors::Authors;

/// What is known of an article before anybody is asked.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// The names of its byline; none if they are not known.
    pub byline: Vec<String>,
    /// The tag of its language, as written.
    pub language: Option<String>,
}

/// An article that was begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Its file, as a path from the site's folder.
    pub file: Arc<str>,
    /// Where its page will stand: a whole address.
    pub address: String,
    /// The file that it is a translation of, if it is one.
    pub original: Option<Arc<str>>,
}

/// Why no article was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBegun {
    /// A question that must have an answer has none.
    Unanswered(Unanswered),
    /// Something is wrong, and stands among the faults.
    Faulty,
}

impl From<Unanswered> for NotBegun {
    fn from(why: Unanswered) -> Self {
        Self::Unanswered(why)
    }
}

/// Where an article is begun.
struct Newsroom<'a> {
    /// The site's folder.
    folder: &'a Folder,
    /// The site's settings.
    config: &'a Config,
    /// Who may have written it.
    authors: Authors,
    /// The day.
    today: Date,
}

/// An article of which everything is known.
struct Draft {
    /// Its title.
    title: String,
    /// Its date.
    date: Date,
    /// The names of its byline; none if it is the publisher's.
    byline: Vec<String>,
    /// Its language.
    language: LanguageId,
}

/// Writes a file for an article, as a draft. Nothing that is there is
/// overwritten.
pub fn new(
    given: Given,
    today: Date,
    opened: &Opened,
    ask: &mut dyn Ask,
    faults: &mut Diagnostics,
) -> Result<Begun, NotBegun> {
    let config = opened.config.as_ref().ok_or(NotBegun::Faulty)?;
    let folder = &opened.folder;
    let authors = Authors::read(folder, config);
    let mut newsroom = Newsroom { folder, config, authors, today };
    let draft = complete(given, &mut newsroom, ask, faults)?;
    begin(&draft, &newsroom, faults).ok_or(NotBegun::Faulty)
}

/// Checks what is given and asks for the rest.
fn complete(
    given: Given,
    newsroom: &mut Newsroom<'_>,
    ask: &mut dyn Ask,
    faults: &mut Diagnostics,
) -> Result<Draft, NotBegun> {
    let config = newsroom.config;
    let title = given.title.as_deref().map(in_one_line);
    if let Some(title) = &title
        && for_title(title).is_empty()
    {
        faults.push(
            Diagnostic::error(
                Code::SlugEmpty,
                format!("the title `{title}` leaves nothing for a file's name"),
            )
            .hint("write a title with letters or digits"),
        );
    }
    let language = given.language.map(|tag| {
        let language = Tag::parse(&tag).and_then(|tag| config.language(tag.as_str()));
        if language.is_none() {
            faults.push(unknown_language(&tag, config));
        }
        language.unwrap_or(LanguageId::DEFAULT)
    });
    if faults.has_errors() {
        return Err(NotBegun::Faulty);
    }
    let title = title.map_or_else(|| ask_title(ask), Ok)?;
    let date = given.date.map_or_else(|| ask_date(newsroom.today, ask), Ok)?;
    let byline = match given.byline {
        none if none.is_empty() => ask_byline(newsroom, ask)?,
        byline => byline,
    };
    let language = language.map_or_else(|| ask_language(config, ask), Ok)?;
    Ok(Draft { title, date, byline, language })
}

/// A title without line breaks, which come with it when it is pasted.
fn in_one_line(title: &str) -> String {
    let lines = title.split(['\r', '\n', '\t']).map(str::trim);
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// Reports a tag that is not one of the site's.
fn unknown_language(written: &str, config: &Config) -> Diagnostic {
    let tags = config.languages.iter().map(|language| format!("`{}`", language.tag));
    let tags: Vec<_> = tags.collect();
    let tags = tags.join(" or ");
    let hint = match Tag::parse(written) {
        Some(tag) => {
            format!("write {tags}, or add `{tag}` to `languages` in {}", config.file)
        }
        None => format!("write {tags}"),
    };
    let message = format!("`{written}` is not one of the site's languages");
    Diagnostic::error(Code::BadValue, message)
        .at(Place::file(Arc::clone(&config.file)))
        .hint(hint)
}

/// Asks for the title.
fn ask_title(ask: &mut dyn Ask) -> Result<String, Unanswered> {
    let check = |answer: &str| match in_one_line(answer) {
        title if title.is_empty() => Err("an article needs a title".to_owned()),
        title if for_title(&title).is_empty() => Err(format!(
            "`{title}` leaves nothing for a file's name; write letters or digits"
        )),
        _ => Ok(()),
    };
    let title = ask.text(&Question {
        what: "Title:",
        default: None,
        help: None,
        known: &[],
        check: &check,
    })?;
    Ok(in_one_line(&title))
}

/// Asks for the date.
fn ask_date(today: Date, ask: &mut dyn Ask) -> Result<Date, Unanswered> {
    let read = |answer: &str| {
        Date::parse(answer).map_err(|fault| format!("`{}` {fault}", answer.trim()))
    };
    let answer = ask.text(&Question {
        what: "Date:",
        default: Some(&today.to_string()),
        help: Some(
            "as well as it is known: 2019-10-11, 2019-10, 2019, 2019~ for about 2019",
        ),
        known: &[],
        check: &|answer| read(answer).map(drop),
    })?;
    Ok(read(&answer).expect("an answer has passed the check"))
}

/// Asks for the names of the byline, one after the other; none if it is the
/// publisher's.
fn ask_byline(
    newsroom: &mut Newsroom<'_>,
    ask: &mut dyn Ask,
) -> Result<Vec<String>, Unanswered> {
    let Newsroom { authors, config, .. } = newsroom;
    let publisher = config.publisher.name.as_str();
    let mut byline: Vec<String> = Vec::new();
    loop {
        let is_first = byline.is_empty();
        let others = authors.offered.iter().filter(|name| !byline.contains(name));
        let others: Vec<_> = others.cloned().collect();
        let answer = ask.text(&Question {
            what: if is_first { "Byline:" } else { "And:" },
            default: is_first.then_some(publisher),
            help: (!is_first).then_some("an empty answer ends the list"),
            known: &others,
            check: &|_| Ok(()),
        })?;
        let name = answer.trim();
        if name.is_empty() || (is_first && name == publisher) {
            return Ok(byline);
        }
        let name = who_is_meant(name, authors, ask)?;
        if !byline.contains(&name) {
            byline.push(name);
        }
    }
}

/// The name that is meant by one: if it has no record and is much like one that
/// has, that is asked.
fn who_is_meant(
    name: &str,
    authors: &mut Authors,
    ask: &mut dyn Ask,
) -> Result<String, Unanswered> {
    let Some(near) = authors.near(name) else { return Ok(name.to_owned()) };
    let what = format!("No record has the name `{name}`. Write:");
    let names = [near.to_owned(), name.to_owned()];
    let chosen = ask.choice(&what, &names)?;
    authors.accept(name);
    Ok(names.into_iter().nth(chosen).unwrap_or_else(|| name.to_owned()))
}

/// Asks for the language, if there is more than one.
fn ask_language(config: &Config, ask: &mut dyn Ask) -> Result<LanguageId, Unanswered> {
    let names = config.languages.iter().map(|language| match own_name(&language.tag) {
        Some(name) => format!("{} ({name})", language.tag),
        None => language.tag.to_string(),
    });
    let names: Vec<_> = names.collect();
    let chosen = if names.len() > 1 { ask.choice("Language:", &names)? } else { 0 };
    Ok(config.language_ids().nth(chosen).unwrap_or(LanguageId::DEFAULT))
}

/// Writes the file of an article.
fn begin(
    draft: &Draft,
    newsroom: &Newsroom<'_>,
    faults: &mut Diagnostics,
) -> Option<Begun> {
    let Newsroom { folder, config, authors, .. } = newsroom;
    let stem = match for_title(&draft.title) {
        // A file of that name would make everything in the folder its own.
        stem if stem == "index" => "index-1".to_owned(),
        stem => stem,
    };
    let key = format!("{CONTENT}/{}/{stem}", draft.date.year());
    let file = content::path_in(&key, draft.language, config);
    let names = Interner::default();
    let mut articles = Vec::new();
    for language in config.language_ids().filter(|other| *other != draft.language) {
        let path = content::path_in(&key, language, config);
        if folder.path(&path).symlink_metadata().is_ok() {
            articles.extend(read_version(&path, newsroom, &names, faults));
        }
    }
    let text = front_matter(draft, config, !articles.is_empty());
    let article = content::read_article(&file, &text, config, &names, faults)?;
    let byline = article.mentions.byline.clone().unwrap_or_default();
    articles.push(article);
    let (address, original) = find_place(&file, articles, config, faults)?;
    if faults.has_errors() {
        return None;
    }
    if let Err(fault) = write_new(&folder.path(&file), &text) {
        faults.push(fault);
        return None;
    }
    for (name, written) in draft.byline.iter().zip(&byline) {
        if let Some(near) = authors.near(name) {
            faults.push(
                Diagnostic::warning(
                    Code::UnknownName,
                    format!("`{name}` is the name of no record"),
                )
                .at(Place::span(Arc::clone(&file), written.span))
                .hint(format!("write `{near}`, if that is who you mean")),
            );
        }
    }
    Some(Begun { file, address, original })
}

/// Reads a file that is one piece with the new one; none if it says itself
/// which piece it belongs to.
fn read_version(
    path: &Arc<str>,
    newsroom: &Newsroom<'_>,
    names: &Interner,
    faults: &mut Diagnostics,
) -> Option<Article> {
    let text = match newsroom.folder.read_text(path) {
        Ok(text) => text,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    let article = content::read_article(path, &text, newsroom.config, names, faults)?;
    article.translation.translation_of.is_none().then_some(article)
}

/// Where the article of a file will stand among the versions of its piece, and
/// which of them is its original, if it is not the original itself.
fn find_place(
    file: &Arc<str>,
    versions: Vec<Article>,
    config: &Config,
    faults: &mut Diagnostics,
) -> Option<(String, Option<Arc<str>>)> {
    let is_it = |article: &&Article| article.file.path == *file;
    let mut pieces = archive::pieces(versions, faults);
    let piece = pieces.find(|piece| piece.iter().any(|article| is_it(&article)))?;
    let article = piece.iter().find(is_it)?;
    let original = &piece.first()?.file.path;
    let translation = piece.iter().find(|article| !is_it(article));
    if original == file
        && let Some(translation) = translation
    {
        faults.push(would_be_original(file, &translation.file.path));
    }
    match archive::article_address(article, config) {
        Ok(address) => {
            let original = (original != file).then(|| Arc::clone(original));
            Some((links::whole(config, &address), original))
        }
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// Reports that a file that is there would become a translation of the new one.
fn would_be_original(file: &Arc<str>, there: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::TranslationClash,
        format!("`{there}` would become a translation of this"),
    )
    .at(Place::file(Arc::clone(file)))
    .note("it would take over what it does not say itself, and be held back as a draft")
    .hint("begin it under another title, or write the file by hand")
}

/// The front matter of a new article, with the keys that most articles use. A
/// translation has those alone that it does not take over from its original.
fn front_matter(draft: &Draft, config: &Config, is_translation: bool) -> String {
    // TOML knows days that are certain; all other dates are texts.
    let date = match draft.date.check_day() {
        Ok(()) => draft.date.to_string(),
        Err(_) => quote(&draft.date.to_string()),
    };
    let mut lines =
        format!("+++\ntitle = {}\ndate = {date}\ndraft = true\n", quote(&draft.title));
    let byline = match draft.byline.as_slice() {
        [] if is_translation => Vec::new(),
        [] => vec![quote(&config.publisher.name)],
        names => names.iter().map(|name| quote(name)).collect(),
    };
    if !byline.is_empty() {
        lines += &format!("byline = [{}]\n", byline.join(", "));
    }
    if !is_translation {
        if let Some(place) = &config.publisher.place {
            lines += &format!("dateline = {}\n", quote(&place.to_uppercase()));
        }
        lines += "kind = \"news\"\n\
                  tags = []\n\
                  organizations = []\n\
                  people = []\n\
                  places = []\n";
    }
    lines + "+++\n\n"
}

#[cfg(test)]
mod tests;
