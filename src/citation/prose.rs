//! Writes citations as sentences, in the styles that journals ask for.
//!
//! The styles and their words are those of the Citation Style Language. What
//! they are told of an article is decided here, and how their answer becomes
//! text and HTML.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::json::{
    DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange,
};
use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{
    DateForm, DatePart, DatePartName, FontStyle, IndependentStyle,
    LayoutRenderingElement, Locale, LocaleCode, Style, TextCase, TextTarget,
};
use hayagriva::{
    CitationItem, CitationRequest, ElemChild, ElemChildren, standalone_citation,
};

use super::prune::prune;
use super::{Author, Citation, Cited, Format, date_parts, filled, tidy};
use crate::date::Date;
use crate::locale::{Tag, quotes};

/// English words that are small inside a headline.
const SMALL: [&str; 36] = [
    "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "if", "in", "into",
    "like", "near", "nor", "of", "off", "on", "onto", "or", "out", "over", "past", "per",
    "so", "than", "the", "till", "to", "up", "upon", "via", "vs", "with", "yet",
];

/// Within how many bytes the words of a language say which language it is.
const BEGINNING: usize = 64;

/// The styles and the words of one language.
pub(super) struct Styles {
    /// The style of the Chicago Manual.
    chicago: IndependentStyle,
    /// The style of the American Psychological Association.
    apa: IndependentStyle,
    /// The style of the Modern Language Association.
    mla: IndependentStyle,
    /// The words of the language, and English ones for those it lacks.
    words: Vec<Locale>,
    /// The language of the words.
    language: LocaleCode,
}

impl Styles {
    /// The styles for a language, fit for articles.
    pub(super) fn new(language: &Tag) -> Self {
        let mut styles = Self::read(language);
        for style in [&mut styles.chicago, &mut styles.apa, &mut styles.mla] {
            prune(style);
        }
        styles
    }

    /// Reads the styles for a language.
    pub(super) fn read(language: &Tag) -> Self {
        let (words, language) = words(language);
        let read = |style| read_style(style, &words);
        Self {
            chicago: read(ArchivedStyle::ChicagoShortenedNotes),
            apa: read(ArchivedStyle::AmericanPsychologicalAssociation),
            mla: read(ArchivedStyle::ModernLanguageAssociation),
            words,
            language,
        }
    }

    /// Cites an article in one of the styles.
    pub(super) fn cite(&self, format: Format, cited: &Cited<'_>) -> Citation {
        let style = match format {
            Format::Apa => &self.apa,
            Format::Mla => &self.mla,
            _ => &self.chicago,
        };
        let is_english = self.language.0.starts_with("en");
        // The styles put an English word behind the name of an edition, and
        // other languages put theirs before it.
        let edition = cited.edition.filter(|_| is_english);
        let title = match format {
            Format::Apa => Cow::Borrowed(cited.title),
            _ if cited.language.language() == "en" => {
                Cow::Owned(capitalized(&self.quoted(cited.title)))
            }
            _ => self.quoted(cited.title),
        };
        let item = item(format, &Cited { title: &title, edition, ..cited.clone() });
        let children = standalone_citation(CitationRequest::new(
            vec![CitationItem::with_entry(&item)],
            style,
            Some(self.language.clone()),
            &self.words,
            None,
        ));
        let (mut text, mut html) = (String::new(), String::new());
        write(&children, &mut text, &mut html);
        if let Some(date) = cited.date.filter(|date| date.month().is_none()) {
            // A day that is not known leaves its comma behind.
            let (wrong, right) =
                (format!("{},)", date.year()), format!("{})", date.year()));
            text = text.replacen(&wrong, &right, 1);
            html = html.replacen(&wrong, &right, 1);
        }
        Citation { format, text, html: Some(html) }
    }

    /// A title as it stands between quotation marks: its own become those that
    /// stand inside others.
    fn quoted<'a>(&self, title: &'a str) -> Cow<'a, str> {
        let language = Tag::parse(&self.language.0);
        let [open, close, inner_open, inner_close] =
            language.as_ref().map_or(["“", "”", "‘", "’"], quotes);
        if open == close || ![open, close, "\""].iter().any(|mark| title.contains(mark)) {
            return Cow::Borrowed(title);
        }
        let mut quoted = title.replace(open, inner_open).replace(close, inner_close);
        // Straight marks come in pairs, or mean something else.
        if quoted.matches('"').count() % 2 == 0 {
            while quoted.contains('"') {
                quoted =
                    quoted.replacen('"', inner_open, 1).replacen('"', inner_close, 1);
            }
        }
        Cow::Owned(quoted)
    }
}

/// An English title with capitals as headlines have them. A word that has a
/// capital somewhere is left as it is.
fn capitalized(title: &str) -> String {
    let title = tidy(title);
    let words: Vec<_> = title.split(' ').collect();
    let mut capitalized = String::with_capacity(title.len());
    let mut begins = true;
    for (n, word) in words.iter().enumerate() {
        if n > 0 {
            capitalized.push(' ');
        }
        let is_edge = begins || n + 1 == words.len();
        for (n, part) in word.split('-').enumerate() {
            if n > 0 {
                capitalized.push('-');
            }
            let core = part.trim_matches(|c: char| !c.is_alphanumeric());
            let is_left = part.contains(char::is_uppercase)
                || core.starts_with(|c: char| !c.is_alphabetic())
                || (SMALL.contains(&core) && !(is_edge && n == 0));
            match part.find(char::is_alphabetic).and_then(|at| part.split_at_checked(at))
            {
                Some((before, rest)) if !is_left => {
                    let mut rest = rest.chars();
                    capitalized.push_str(before);
                    capitalized
                        .extend(rest.next().into_iter().flat_map(char::to_uppercase));
                    capitalized.push_str(rest.as_str());
                }
                _ => capitalized.push_str(part),
            }
        }
        begins = word.ends_with([':', '.', '?', '!', '—']);
    }
    capitalized
}

/// Reads a style, made so that a citation alone is what stands in a list of
/// references.
///
/// A list of references is sorted and its members are told apart, which takes
/// several rounds. A single reference needs none of that.
fn read_style(style: ArchivedStyle, words: &[Locale]) -> IndependentStyle {
    let Style::Independent(mut style) = style.get() else {
        unreachable!("the styles that are named here stand for themselves")
    };
    if let Some(references) = &style.bibliography {
        style.citation.layout = references.layout.clone();
        style.citation.name_options = references.name_options.clone();
        style.citation.sort = None;
    }
    let day = words.first().and_then(leading_day);
    for part in &mut style.macros {
        amend(&mut part.children, day.as_ref());
    }
    style
}

/// How a language writes a day that stands before its month; none if it
/// stands behind it.
fn leading_day(words: &Locale) -> Option<DatePart> {
    let date = words.date.iter().find(|date| date.form == Some(DateForm::Text))?;
    let is_before = |part: &&DatePart| part.name != DatePartName::Month;
    let day = date.date_part.iter().take_while(is_before);
    let day = day.into_iter().find(|part| part.name == DatePartName::Day);
    day.cloned()
}

/// Amends the elements of a style: leaves capitals alone, puts days before
/// their months if the language does, and never says that an article was retrieved, since it is
/// not known when.
fn amend(elements: &mut Vec<LayoutRenderingElement>, day: Option<&DatePart>) {
    elements.retain_mut(|element| {
        let LayoutRenderingElement::Text(text) = element else { return true };
        // It would write DeKalb and iPhone as Dekalb and Iphone.
        if text.text_case == Some(TextCase::TitleCase) {
            text.text_case = None;
        }
        let retrieved = Term::Other(OtherTerm::Retrieved);
        !matches!(&text.target, TextTarget::Term { term, .. } if *term == retrieved)
    });
    for element in elements {
        match element {
            LayoutRenderingElement::Group(group) => amend(&mut group.children, day),
            LayoutRenderingElement::Choose(choose) => {
                let others = choose.else_if.iter_mut();
                for branch in std::iter::once(&mut choose.if_).chain(others) {
                    amend(&mut branch.children, day);
                }
                if let Some(last) = &mut choose.otherwise {
                    amend(&mut last.children, day);
                }
            }
            LayoutRenderingElement::Date(date) => {
                if let ([month, last], Some(day)) = (date.date_part.as_mut_slice(), day)
                    && month.name == DatePartName::Month
                    && last.name == DatePartName::Day
                {
                    date.date_part = vec![day.clone(), month.clone()];
                }
            }
            _ => {}
        }
    }
}

/// The words of a language with English ones behind them, and the language
/// that was found.
fn words(language: &Tag) -> (Vec<Locale>, LocaleCode) {
    let name = language.language();
    let home = match name {
        "en" => "en-US".to_owned(),
        "zh" => "zh-CN".to_owned(),
        _ => format!("{name}-{}", name.to_uppercase()),
    };
    let english = LocaleCode::en_us();
    let rank = |locale: &Locale| {
        let code = locale.lang.as_ref().map_or("", |code| code.0.as_str());
        match code {
            _ if code == language.as_str() => Some(0),
            _ if code == home => Some(1),
            _ if code.split('-').next() == Some(name) => Some(2),
            _ if code == english.0 => Some(3),
            _ => None,
        }
    };
    // Each is called by its code near its beginning, and to read all of them takes
    // longer than to build a small site.
    let codes = [format!("{name}-"), english.0.clone()];
    let is_named = |bytes: &&&[u8]| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(BEGINNING)]);
        codes.iter().any(|code| head.contains(code.as_str()))
    };
    let read = LOCALES.iter().filter(is_named);
    let read = read.filter_map(|bytes| ciborium::from_reader::<Locale, _>(*bytes).ok());
    let ranked = read.filter_map(|locale| Some((rank(&locale)?, locale)));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut words: Vec<_> = ranked.into_iter().map(|(_, locale)| locale).collect();
    let found = words.first().and_then(|locale| locale.lang.clone());
    let found = found.unwrap_or(english);
    // Others of the language are of no use behind the best of them.
    words.retain(|locale| {
        locale.lang.as_ref().is_none_or(|code| *code == found || code.0 == "en-US")
    });
    (words, found)
}

/// An article as a style takes it.
fn item(format: Format, cited: &Cited<'_>) -> Item {
    let mut fields = BTreeMap::new();
    let mut text = |key: &str, text: Option<&str>| {
        if let Some(text) = filled(text) {
            fields.insert(key.to_owned(), Value::String(tidy(text).into_owned()));
        }
    };
    // One style names the archive as what holds the other publication.
    let via = if format == Format::Mla { "source" } else { "archive" };
    text(via, cited.via());
    text("id", Some(cited.url));
    text("type", Some("article-newspaper"));
    text("title", Some(cited.title));
    text("container-title", Some(cited.container()));
    text("publisher-place", cited.place);
    text("edition", cited.edition);
    text("page", cited.page);
    text("URL", Some(cited.url));
    text("language", Some(cited.language.as_str()));
    // Without an author this style puts the publication in their place, and
    // takes the title for that of a book then.
    let unsigned = [Author::Group(cited.container())];
    let authors = match cited.authors {
        [] if format == Format::Chicago => &unsigned,
        authors => authors,
    };
    for (key, names) in [("author", authors), ("translator", cited.translators)] {
        if !names.is_empty() {
            let names = names.iter().map(name).collect();
            fields.insert(key.to_owned(), Value::Names(names));
        }
    }
    if let Some(date) = &cited.date {
        fields.insert("issued".to_owned(), Value::Date(issued(date)));
    }
    Item(fields)
}

/// A date as the styles take it: they know one kind of doubt.
fn issued(date: &Date) -> DateValue {
    DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(date_parts(*date).collect())]),
        literal: None,
        season: None,
        circa: date.is_uncertain() || date.is_approximate(),
    }
}

/// A name as the styles take it.
fn name(author: &Author<'_>) -> NameValue {
    match *author {
        Author::Group(name) | Author::Printed(name) => {
            NameValue::Literal(LiteralName { literal: tidy(name).into_owned() })
        }
        Author::Person { family, given } => {
            // What looks like a particle would be cut off a family name, unless
            // a part of it is said to be one that is never dropped.
            let family = tidy(family);
            let (first, rest) = match family.split_once(' ') {
                Some((first, rest)) => (Some(first.to_owned()), rest.to_owned()),
                None => (None, family.into_owned()),
            };
            NameValue::Item(NameItem {
                family: rest,
                given: filled(Some(given)).map(|given| tidy(given).into_owned()),
                non_dropping_particle: first,
                dropping_particle: None,
                suffix: None,
                comma_suffix: None,
            })
        }
    }
}

/// Writes what a style answers, as text and as HTML.
fn write(children: &ElemChildren, text: &mut String, html: &mut String) {
    for child in &children.0 {
        match child {
            ElemChild::Text(words) => {
                text.push_str(&words.text);
                let is_italic = words.formatting.font_style == FontStyle::Italic;
                html.push_str(if is_italic { "<i>" } else { "" });
                push_escaped(html, &words.text);
                html.push_str(if is_italic { "</i>" } else { "" });
            }
            ElemChild::Elem(element) => write(&element.children, text, html),
            ElemChild::Link { text: words, .. } => {
                text.push_str(&words.text);
                push_escaped(html, &words.text);
            }
            ElemChild::Markup(words) => {
                text.push_str(words);
                push_escaped(html, words);
            }
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// Writes words so that they mean in HTML what they say.
fn push_escaped(html: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
}
