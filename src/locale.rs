//! Decides how the site speaks in a language: its words, dates and numbers,
//! the order of names, and which spellings are one name.
//!
//! A [`Locale`] is made once for each language of a site and shared by all
//! threads. Words come from texts in the Fluent syntax; dates, numbers and
//! order come from Unicode's data. Which texts there are, and which language a
//! page is in, is decided elsewhere.

mod dates;
mod names;
mod tag;
pub mod words;

use std::cmp::Ordering;
use std::sync::{PoisonError, RwLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use unic_langid::LanguageIdentifier;

use self::dates::Calendar;
use self::names::Order;
pub use self::names::fold;
pub use self::tag::{Tag, own_name, quotes};
use crate::date::Date;
use crate::diagnostic::Span;
use crate::hash::FixedMap;

/// How deep braces and brackets may nest in a Fluent text. The parser calls
/// itself for each, so that a text full of them would exhaust the stack.
const DEEPEST: u32 = 50;

/// How many digits a number in a Fluent text may have on either side of its
/// point. The choice of plurals breaks on longer ones.
const LONGEST: u32 = 15;

/// Stands before a whole number in a text until it is grouped. It is no
/// character, so no honest text has it.
const NUMBER_BEGINS: char = '\u{FDD0}';

/// Stands behind such a number.
const NUMBER_ENDS: char = '\u{FDD1}';

/// A value that a text can name, as in `{ $count }`.
#[derive(Clone, Debug)]
pub enum Arg {
    /// Words, put in as they are. Years are text: they are never grouped.
    Text(String),
    /// A number, which a text can choose its plural by; it is shown as the
    /// language groups it.
    Number(i64),
}

/// A fault in a Fluent text.
#[derive(Clone, Debug)]
pub struct TextFault {
    /// The name of the text, as it was given to [`Locale::new`].
    pub name: String,
    /// The bytes in question.
    pub span: Span,
    /// What is wrong, as a phrase.
    pub message: String,
}

/// The words and habits of one language.
pub struct Locale {
    /// The language.
    tag: Tag,
    /// The words.
    texts: FluentBundle<FluentResource>,
    /// How dates are written.
    calendar: Calendar,
    /// How numbers are grouped; none if there is no data for it, and then they
    /// are not grouped.
    decimal: Option<DecimalFormatter>,
    /// How names are sorted.
    order: Order,
    /// The words for days without a time, once they were asked for.
    days: RwLock<FixedMap<Date, Box<str>>>,
}

impl Locale {
    /// Makes a language from Fluent texts, each with its name. A key of a later
    /// text replaces the same key of an earlier one.
    ///
    /// A text with faults still gives the keys that can be read.
    pub fn new(tag: &Tag, texts: &[(&str, &str)]) -> (Self, Vec<TextFault>) {
        let (bundle, faults) = read_texts(tag, texts);
        let locale = Self {
            tag: tag.clone(),
            texts: bundle,
            calendar: Calendar::new(tag),
            decimal: DecimalFormatter::try_new(
                (&tag.identifier()).into(),
                icu::decimal::options::DecimalFormatterOptions::default(),
            )
            .ok(),
            order: Order::new(tag),
            days: RwLock::default(),
        };
        (locale, faults)
    }

    /// The tag of the language.
    pub fn tag(&self) -> &Tag {
        &self.tag
    }

    /// The words for a key; none if no text has it.
    ///
    /// A variable that the text names and `args` lacks is shown by its name in
    /// braces, so that it is seen on the page.
    pub fn text(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        let pattern = self.texts.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => values.set(*name, text.as_str()),
                Arg::Number(number) => values.set(*name, *number),
            }
        }
        let mut errors = Vec::new();
        let text = self.texts.format_pattern(pattern, Some(&values), &mut errors);
        Some(self.group_numbers(&text))
    }

    /// A date in words, no more exact than it is known.
    ///
    /// Doubt is said by the keys `date-uncertain`, `date-approximate` and
    /// `date-uncertain-approximate`, which get `$date` and, for languages that
    /// put an article before a day, `$precision` (`day`, `month` or `year`).
    /// A time of day is joined by `date-time`, with `$date` and `$time`.
    /// The time is the one that was written, in its own zone.
    pub fn date(&self, date: &Date) -> String {
        // A day is shown on many pages. A time of day is seldom that of another
        // article, and not worth the memory.
        if date.time().is_some() {
            return self.word_date(date);
        }
        let known = self.days.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = known.get(date) {
            return words.as_ref().to_owned();
        }
        drop(known);
        let words = self.word_date(date);
        let mut known = self.days.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(*date, words.as_str().into());
        words
    }

    /// Puts a date into words.
    fn word_date(&self, date: &Date) -> String {
        let year = date.year();
        let (day, precision) = match (date.month(), date.day()) {
            (Some(month), Some(day)) => (self.calendar.day(year, month, day), "day"),
            (Some(month), None) => (self.calendar.month(year, month), "month"),
            (None, _) => (self.calendar.year(year), "year"),
        };
        let moment = match date.time() {
            Some(time) => self.date_time(day, self.calendar.time(time.hour, time.minute)),
            None => day,
        };
        let (key, sign) = match (date.is_uncertain(), date.is_approximate()) {
            (false, false) => return moment,
            (true, false) => ("date-uncertain", '?'),
            (false, true) => ("date-approximate", '~'),
            (true, true) => ("date-uncertain-approximate", '%'),
        };
        let precision = Arg::Text(precision.to_owned());
        let args = [("date", Arg::Text(moment.clone())), ("precision", precision)];
        self.text(key, &args).unwrap_or_else(|| format!("{moment}{sign}"))
    }

    /// A day and a time of day, joined as the language does.
    fn date_time(&self, day: String, time: String) -> String {
        let plain = format!("{day}, {time}");
        self.text("date-time", &[("date", Arg::Text(day)), ("time", Arg::Text(time))])
            .unwrap_or(plain)
    }

    /// A month of a year, such as `October 2019`.
    pub fn month(&self, year: i16, month: u8) -> String {
        self.calendar.month(year, month)
    }

    /// The name of a month as it stands by itself, such as `October`, with the
    /// capital that the language gives it inside a sentence.
    pub fn month_name(&self, month: u8) -> String {
        self.calendar.month_name(month)
    }

    /// The short name of a month as it stands by itself, such as `Oct`.
    pub fn short_month_name(&self, month: u8) -> String {
        self.calendar.short_month_name(month)
    }

    /// A day of every year, such as `October 11`.
    pub fn anniversary(&self, month: u8, day: u8) -> String {
        self.calendar.anniversary(month, day)
    }

    /// The name of a day of the week, 0 for Monday: short and long.
    pub fn weekday(&self, weekday: u8) -> [String; 2] {
        self.calendar.weekday(weekday)
    }

    /// The day that a week begins with where the language is spoken: 0 for
    /// Monday.
    pub fn first_weekday(&self) -> u8 {
        self.calendar.first_weekday()
    }

    /// A number, grouped as the language does.
    pub fn number(&self, number: i64) -> String {
        self.decimal.as_ref().map_or_else(
            || number.to_string(),
            |decimal| decimal.format(&Decimal::from(number)).to_string(),
        )
    }

    /// Which of two names comes first: by the alphabet of the language, with
    /// numbers by their value. Two names are equal only if they are the same.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.order.compare(left, right)
    }

    /// The letter under which a name stands in an index; `#` if it begins with
    /// a digit or has no letter.
    ///
    /// In a list sorted by [`Locale::compare`] the names of one letter stand
    /// together.
    pub fn initial(&self, name: &str) -> String {
        self.order.initial(name)
    }

    /// Groups the numbers that [`mark_number`] has marked.
    fn group_numbers(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len());
        let mut parts = text.split(NUMBER_BEGINS);
        result.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (digits, rest) = part.split_once(NUMBER_ENDS).unwrap_or(("", part));
            match digits.parse() {
                Ok(number) => result.push_str(&self.number(number)),
                Err(_) => result.push_str(digits),
            }
            result.push_str(rest);
        }
        result
    }
}

/// Reads the texts of a language, later ones over earlier ones.
fn read_texts(
    tag: &Tag,
    texts: &[(&str, &str)],
) -> (FluentBundle<FluentResource>, Vec<TextFault>) {
    let language: LanguageIdentifier = tag.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(mark_number));
    // Only a second function of the name could make this fail.
    let _ = bundle.add_function("NUMBER", number_function);
    let mut faults = Vec::new();
    for (name, text) in texts {
        if let Some(fault) = excess(name, text) {
            faults.push(fault);
            continue;
        }
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                faults.extend(errors.iter().map(|error| TextFault {
                    name: (*name).to_owned(),
                    span: span_within(text, error.pos.start, error.pos.end),
                    message: plain_message(&error.kind.to_string()),
                }));
                resource
            }
        };
        bundle.add_resource_overriding(resource);
    }
    (bundle, faults)
}

/// Marks a whole number in a text, so that it can be grouped.
///
/// This is called where the language is not known, and so cannot group it.
fn mark_number<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if !number.options.use_grouping || number.options.minimum_fraction_digits.is_some() {
        return None;
    }
    let digits = number.value.to_string();
    digits.parse::<i64>().ok()?;
    Some(format!("{NUMBER_BEGINS}{digits}{NUMBER_ENDS}"))
}

/// The function `NUMBER` of a Fluent text. It knows the options `type`, for
/// the choice of ordinal words, and `useGrouping`.
fn number_function<'a>(
    values: &[FluentValue<'a>],
    named: &FluentArgs,
) -> FluentValue<'a> {
    let Some(FluentValue::Number(number)) = values.first() else {
        return FluentValue::Error;
    };
    let mut known = FluentArgs::new();
    for option in ["type", "useGrouping"] {
        if let Some(value) = named.get(option) {
            known.set(option, value.clone());
        }
    }
    let mut number = number.clone();
    number.options.merge(&known);
    FluentValue::Number(number)
}

/// The fault of a text that the parser cannot be given: one that nests deeper
/// than [`DEEPEST`] or has a number longer than [`LONGEST`].
///
/// Everything inside braces counts, also what is quoted there: whether a
/// quotation mark opens a quotation only the parser knows.
fn excess(name: &str, text: &str) -> Option<TextFault> {
    let (mut braces, mut brackets, mut digits) = (0_u32, 0_u32, 0_u32);
    let mut line_at = 0;
    for line in text.split_inclusive('\n') {
        if begins_entry(line) {
            (braces, brackets, digits) = (0, 0, 0);
        }
        let words = if line.starts_with('#') { "" } else { line };
        for (at, byte) in words.bytes().enumerate() {
            match byte {
                b'{' => braces += 1,
                b'}' => braces = braces.saturating_sub(1),
                b'(' if braces > 0 => brackets += 1,
                b')' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            brackets = if braces == 0 { 0 } else { brackets };
            digits = if braces > 0 && byte.is_ascii_digit() { digits + 1 } else { 0 };
            let message = if braces > DEEPEST || brackets > DEEPEST {
                "too many braces or brackets are open here"
            } else if digits > LONGEST {
                "a number has too many digits"
            } else {
                continue;
            };
            let (name, message) = (name.to_owned(), message.to_owned());
            let span = Span::new(line_at + at, line_at + at + 1);
            return Some(TextFault { name, span, message });
        }
        line_at += line.len();
    }
    None
}

/// Whether a line of a Fluent text is a comment or opens a key, which closes
/// whatever is still open before it.
fn begins_entry(line: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let behind = line.trim_start_matches(name);
    line.starts_with('#')
        || (behind.len() < line.len() && behind.trim_start_matches(' ').starts_with('='))
}

/// A range of bytes cut to a text and to whole characters.
fn span_within(text: &str, start: usize, end: usize) -> Span {
    let start = text.floor_char_boundary(start);
    Span::new(start, text.ceil_char_boundary(end.max(start)))
}

/// The parser's words for a fault in the words of somebody who writes texts
/// for a site. A fault that is not listed keeps the parser's words.
fn plain_message(message: &str) -> String {
    const PLAIN: &[(&str, &str)] = &[
        ("Expected a message field", "a key without a text"),
        ("Expected a term field", "a term without a text"),
        ("Expected one of \"\n", "the cases of a choice begin on a new line"),
        ("Expected one of \"0-9\"", "expected a digit"),
        ("Expected one of \"a-zA-Z\"", "expected a key, which begins with a letter"),
        ("Expected a token starting with \"=\"", "expected `=` after the key"),
        ("Expected a token starting with \"}\"", "a brace that is not closed with `}`"),
        ("Callee is not allowed", "a function's name must be in capital letters"),
        ("The select expression must have", "a choice needs one case marked with `*`"),
        ("Expected a value", "expected a text"),
        (
            "A select expression can only",
            "only one case of a choice may be marked with `*`",
        ),
        ("Message references can't", "a choice cannot depend on another text"),
        ("Message attributes can't", "a choice cannot depend on another text"),
        ("Term references can't", "a choice cannot depend on a term"),
        ("Term attributes can't", "the attribute of a term cannot be shown"),
        ("Unterminated string", "a quotation that is not closed with `\"`"),
        ("Positional arguments must", "a plain value must come before named ones"),
        ("Unbalanced closing brace", "a `}` that closes nothing"),
        (
            "Unknown escape sequence",
            "only `\\\\`, `\\\"`, `\\u` and `\\U` may follow a backslash",
        ),
        ("Invalid unicode escape", "no character has this number"),
        ("Expected an inline expression", "expected `$` and a name, or a text in `\"`"),
        ("Expected a simple expression", "a choice must depend on `$` and a name"),
        ("Expected a string or number", "expected a number or a text in `\"`"),
    ];
    if let Some((_, plain)) = PLAIN.iter().find(|(begin, _)| message.starts_with(begin)) {
        return (*plain).to_owned();
    }
    let sign = message.strip_prefix("Expected a token starting with \"");
    if let Some(sign) = sign.and_then(|rest| rest.strip_suffix('"')) {
        return format!("expected `{sign}`");
    }
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str().replace('"', "`"))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The texts of the default theme.
    const SHIPPED: [(&str, &str); 2] = [
        ("en", include_str!("../templates/languages/en.ftl")),
        ("es", include_str!("../templates/languages/es.ftl")),
    ];

    /// A language with given texts, which must have no faults.
    fn locale(tag: &str, texts: &[(&str, &str)]) -> Locale {
        let (locale, faults) = Locale::new(&Tag::parse(tag).unwrap(), texts);
        assert!(faults.is_empty(), "{faults:?}");
        locale
    }

    /// A language with the words of the default theme, English if it has none.
    fn shipped(tag: &str) -> Locale {
        let text = SHIPPED.iter().find(|(name, _)| tag.starts_with(name));
        locale(tag, &[*text.unwrap_or(&SHIPPED[0])])
    }

    /// The faults of a text.
    fn faults(text: &str) -> Vec<TextFault> {
        Locale::new(&Tag::parse("en").unwrap(), &[("en.ftl", text)]).1
    }

    /// A date in words.
    fn date(tag: &str, text: &str) -> String {
        shipped(tag).date(&Date::parse(text).unwrap())
    }

    /// The keys of a text with the variables that each names.
    fn keys(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut keys = BTreeMap::<_, BTreeSet<_>>::new();
        let mut key = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) =
                line.split_once(" =").filter(|_| !line.starts_with(' '))
            {
                key = name;
                assert!(
                    keys.insert(key, BTreeSet::new()).is_none(),
                    "`{key}` stands twice"
                );
            }
            for variable in line.split('$').skip(1) {
                let name = variable.split(|c: char| !c.is_ascii_alphanumeric()).next();
                keys.entry(key).or_default().extend(name);
            }
        }
        keys
    }

    #[test]
    fn a_locale_is_shared_by_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&shipped("en"));
    }

    #[test]
    fn the_shipped_languages_have_the_same_keys() {
        let [english, spanish] = SHIPPED.map(|(_, text)| keys(text));
        assert!(english.len() > 100);
        assert!(english.keys().eq(spanish.keys()));
        for (key, variables) in &english {
            let others: BTreeSet<_> = spanish[key]
                .iter()
                .filter(|name| **name != "precision")
                .copied()
                .collect();
            assert_eq!(variables, &others, "{key}");
        }
    }

    #[test]
    fn every_shipped_text_can_be_shown() {
        for (tag, text) in SHIPPED {
            let locale = shipped(tag);
            for (key, variables) in keys(text) {
                for number in [0, 1, 2, 1_000_000] {
                    let args: Vec<_> = variables
                        .iter()
                        .map(|name| match *name {
                            "count" | "page" | "pages" | "n" => {
                                (*name, Arg::Number(number))
                            }
                            name => (name, Arg::Text(format!("<{name}>"))),
                        })
                        .collect();
                    let words = locale.text(key, &args).unwrap();
                    assert!(
                        !words.is_empty() && !words.contains(['{', '}', '$']),
                        "{words}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_key_of_the_code_has_words() {
        for key in [
            "date-uncertain",
            "date-approximate",
            "date-uncertain-approximate",
            "date-time",
        ] {
            assert!(shipped("en").text(key, &[]).is_some());
        }
        assert_eq!(shipped("en").text("no-such-key", &[]), None);
    }

    #[test]
    fn later_texts_replace_earlier_ones() {
        let locale =
            locale("es", &[SHIPPED[0], SHIPPED[1], ("site", "home = Portada\n")]);
        assert_eq!(locale.text("home", &[]).unwrap(), "Portada");
        assert_eq!(locale.text("latest", &[]).unwrap(), "Lo más reciente");
    }

    #[test]
    fn numbers_choose_their_plural_and_are_grouped() {
        let count = |tag, number| {
            shipped(tag).text("n-articles", &[("count", Arg::Number(number))]).unwrap()
        };
        assert_eq!(count("en", 1), "1 article");
        assert_eq!(count("en", 12_345), "12,345 articles");
        assert_eq!(count("es", 1), "1 artículo");
        assert_eq!(count("es", 0), "0 artículos");
        assert_eq!(count("es", 12_345), "12.345 artículos");
        assert_eq!(shipped("de").number(-1_234_567), "-1.234.567");
        assert_eq!(shipped("hi").number(1_234_567), "12,34,567");
    }

    #[test]
    fn a_text_can_ask_for_ordinals_and_plain_numbers() {
        let texts = "\
            nth = { NUMBER($n, type: \"ordinal\") ->\n\
            \x20[one] { $n }st\n [two] { $n }nd\n *[other] { $n }th\n }\n\
            year = { NUMBER($n, useGrouping: \"false\", minimumFractionDigits: 999999) }\n\
            odd = { NUMBER() }{ NUMBER(\"a\") } { 1.50 }\n";
        let locale = locale("en", &[("en", texts)]);
        let nth = |n| locale.text("nth", &[("n", Arg::Number(n))]).unwrap();
        assert_eq!([nth(21), nth(2), nth(11)], ["21st", "2nd", "11th"]);
        assert_eq!(locale.text("year", &[("n", Arg::Number(1973))]).unwrap(), "1973");
        assert!(locale.text("odd", &[]).is_some_and(|text| text.ends_with("1.50")));
    }

    #[test]
    fn a_language_without_plural_rules_still_counts() {
        let texts = "a = { $n ->\n [one] one\n *[other] { $n }\n }\n\
            b = { NUMBER($n, type: \"ordinal\") ->\n [one] one\n *[other] { $n }\n }\n\
            c = { 1.000000000000000 ->\n [one] one\n *[other] two\n }\n";
        for tag in ["xx", "und", "nah", "tlh", "zh-Hant", "ca-valencia"] {
            let locale = locale(tag, &[("text", texts)]);
            for number in [i64::MIN, -1, 0, 1, 2, i64::MAX] {
                for key in ["a", "b", "c"] {
                    assert!(locale.text(key, &[("n", Arg::Number(number))]).is_some());
                }
            }
            assert!(locale.date(&Date::parse("1973").unwrap()).contains("1973"));
            assert_eq!(locale.number(7), "7");
        }
    }

    #[test]
    fn the_signs_around_numbers_do_no_harm_in_a_text() {
        let locale = locale("en", &[("en", "name = { $a }")]);
        for text in ["\u{FDD0}", "\u{FDD0}x\u{FDD1}", "\u{FDD1}7\u{FDD0}", "n5"] {
            assert!(locale.text("name", &[("a", Arg::Text(text.to_owned()))]).is_some());
        }
        assert_eq!(
            locale.text("name", &[("a", Arg::Text("1234".to_owned()))]).unwrap(),
            "1234"
        );
    }

    #[test]
    fn a_missing_variable_or_text_is_seen_on_the_page() {
        let locale =
            locale("en", &[("en", "a = by { $name }, { b }, { A() }\nb = { a }\n")]);
        let words = locale.text("a", &[]).unwrap();
        assert!(words.starts_with("by {$name}, "), "{words}");
        assert!(locale.text("b", &[]).is_some());
    }

    #[test]
    fn a_fault_is_named_with_its_text_and_place() {
        let text =
            "home = Home\nmenu Menu\nbrowse = { $n ->\n [one] x\n }\nlast = Last\n";
        let (locale, faults) =
            Locale::new(&Tag::parse("en").unwrap(), &[("en.ftl", text)]);
        let shown: Vec<_> = faults
            .iter()
            .map(|fault| {
                (fault.name.as_str(), fault.span.range(), fault.message.as_str())
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("en.ftl", 17..18, "expected `=` after the key"),
                ("en.ftl", 49..50, "a choice needs one case marked with `*`"),
            ]
        );
        assert_eq!(locale.text("last", &[]).unwrap(), "Last");
        assert_eq!(locale.text("menu", &[]), None);
    }

    #[test]
    fn faults_are_phrases_and_lie_within_the_text() {
        for text in [
            "a",
            "a =",
            "a = {",
            "a = }",
            "a = { \"",
            "a = { \"\\q\" }",
            "a = { x() }",
            "-a",
            "a = { a -> *[b] c }",
            "a = { -a.b }",
            "a = { A(b: 1, 2) }",
            "=",
            "ñ = ñ",
            "a = { ñ",
            "a = { A(b: 1, b: 2) }",
            "a = { \"\\u00x\" }",
            "a = { $b -> *[c] d *[e] f }",
            "a = { A(b: $c) }",
            "a = { { $b } -> *[c] d }",
            "a = { a.b -> *[c] d }",
            "a = { -a -> *[c] d }",
            "a = { A(b: }",
            "[",
            "a.b = c",
            "a = b\n .c",
            "a =\n    { $n ->\n        [one] x\n    }\n",
        ] {
            let found = faults(text);
            for fault in &found {
                let cut = text.get(fault.span.range());
                assert!(cut.is_some(), "{text}");
                assert!(
                    !fault.message.starts_with(char::is_uppercase),
                    "{}",
                    fault.message
                );
                assert!(!fault.message.ends_with('.'), "{}", fault.message);
            }
            assert!(!found.is_empty() || text == "a = { -a -> *[c] d }", "{text}");
        }
    }

    #[test]
    fn a_text_that_nests_without_end_is_a_fault() {
        for part in ["{", "A(", "{ $n ->\n *[a] ", "{\n"] {
            let found = faults(&format!("a = {{ {}", part.repeat(100_000)));
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].message, "too many braces or brackets are open here");
        }
        let deepest = usize::try_from(DEEPEST).unwrap();
        let most = format!("a = {}\"b\"{}", "{".repeat(deepest), "}".repeat(deepest));
        assert!(faults(&most).is_empty());
        let honest = "a = { \"{\" } :( { \"(\" }\n# { ( {\n".repeat(200);
        assert!(faults(&honest).is_empty());
        let hidden = format!("a = {{ $n ->\n *[a] \" {}", "{".repeat(100_000));
        assert_eq!(faults(&hidden).len(), 1);
    }

    #[test]
    fn a_number_that_is_too_long_is_a_fault() {
        for number in
            ["1.0000000000000000", "1000000000000000000000000.5", "0.0000000000000000001"]
        {
            let found =
                faults(&format!("a = {{ {number} ->\n [one] x\n *[other] y\n }}\n"));
            assert_eq!(found[0].message, "a number has too many digits");
        }
        assert!(faults("a = 12345678901234567890 { 123456789012345.5 }").is_empty());
    }

    #[test]
    fn a_date_is_as_exact_as_it_is_known() {
        for (tag, text, expected) in [
            ("en", "2019-10-11", "October 11, 2019"),
            ("en-GB", "2019-10-11", "11 October 2019"),
            ("en", "2019-10", "October 2019"),
            ("en", "1973", "1973"),
            ("es", "2019-10-11", "11 de octubre de 2019"),
            ("es", "2019-10", "octubre de 2019"),
            ("de", "2019-10-11", "11. Oktober 2019"),
            ("ja", "2019-10-11", "2019年10月11日"),
            ("th", "2019-10", "ตุลาคม ค.ศ. 2019"),
            ("xx", "1973", "1973"),
            ("xx", "2019-10", "2019-10"),
            ("xx", "2019-10-11", "2019-10-11"),
        ] {
            assert_eq!(date(tag, text), expected, "{text} in {tag}");
        }
    }

    #[test]
    fn doubt_about_a_date_is_said() {
        for (tag, text, expected) in [
            ("en", "1973?", "possibly 1973"),
            ("en", "1973-05~", "about May 1973"),
            ("en", "1973%", "possibly about 1973"),
            ("es", "1973?", "posiblemente 1973"),
            ("es", "1973~", "hacia 1973"),
            ("es", "1973-05-02~", "hacia el 2 de mayo de 1973"),
            ("es", "1973-05%", "posiblemente hacia mayo de 1973"),
        ] {
            assert_eq!(date(tag, text), expected);
        }
        let bare = locale("en", &[]);
        assert_eq!(bare.date(&Date::parse("1973%").unwrap()), "1973%");
    }

    #[test]
    fn a_time_of_day_is_shown_as_written() {
        assert_eq!(date("en", "2019-10-11T09:30"), "October 11, 2019, 9:30\u{202F}AM");
        assert_eq!(date("es", "2019-10-11T21:30"), "11 de octubre de 2019, 21:30");
        let bare = locale("es", &[]);
        let date = Date::parse("2019-10-11T09:05").unwrap();
        assert_eq!(bare.date(&date), "11 de octubre de 2019, 09:05");
    }

    #[test]
    fn months_stand_by_themselves() {
        assert_eq!(shipped("en").month(2019, 10), "October 2019");
        assert_eq!(shipped("es").month_name(10), "octubre");
        assert_eq!(shipped("ru").month_name(5), "май");
        assert_eq!(shipped("fi").month_name(5), "toukokuu");
    }

    #[test]
    fn an_impossible_day_is_shown_in_figures() {
        assert_eq!(shipped("en").month(2019, 13), "2019-13");
        assert_eq!(shipped("en").month_name(0), "00");
        assert_eq!(shipped("en").calendar.day(2019, 2, 30), "2019-02-30");
        assert_eq!(shipped("en").calendar.time(24, 60), "24:60");
        assert_eq!(shipped("xx").calendar.day(-44, 3, 15), "-0044-03-15");
        assert_eq!(shipped("xx").calendar.year(476), "0476");
        assert!(shipped("es").calendar.year(476).starts_with("476 d."));
        for year in [i16::MIN, -1, 0, 1, i16::MAX] {
            assert!(!shipped("en").calendar.day(year, 1, 1).is_empty());
        }
    }
}
