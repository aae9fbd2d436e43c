//! Rule 4: the labels above a release, embargoes, and the heads of e-mails.

use std::sync::LazyLock;

use crate::date::Date;
use crate::import::piece::{About, Visibility};
use crate::import::text::dates;
use crate::import::text::reading::{DatePlace, Reading, Role};
use crate::import::text::words::{entries, fold, has_email, length, masked};

/// How far down a label may stand.
const HEAD: usize = 25;

/// A label of the list.
struct Label {
    /// The sort of piece that it announces.
    kind: &'static str,
    /// Its words.
    words: &'static str,
    /// Whether other words may follow.
    is_open: bool,
    /// Whether it is printed above the headline.
    is_kicker: bool,
}

/// The labels of both languages.
static LABELS: LazyLock<Vec<Label>> = LazyLock::new(|| {
    let label = |line: &'static str| {
        let (kind, words) = line.split_once(" = ")?;
        let is_kicker = words.starts_with('^');
        let words = words.trim_start_matches('^');
        let is_open = words.ends_with('*');
        Some(Label { kind, words: words.trim_end_matches('*'), is_open, is_kicker })
    };
    entries(include_str!("labels.txt")).filter_map(label).collect()
});

/// The label that a folded line is.
fn label(folded: &str) -> Option<&'static Label> {
    let inner =
        folded.trim_matches(['*', '-', '–', '—', '[', ']', '(', ')', '#', ' ', '|', '_']);
    LABELS.iter().find(|label| {
        let rest = inner.strip_prefix(label.words);
        rest.is_some_and(|rest| rest.is_empty() || label.is_open && is_addition(rest))
    })
}

/// Whether words behind a label belong to it: a date, a number, a town, or
/// another label; not a headline.
fn is_addition(rest: &str) -> bool {
    if !rest.starts_with([' ', ':', ',', '-', '|', '/', '.', '(', '#', '–', '—']) {
        return false;
    }
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')');
    let is_number = rest
        .split(' ')
        .next_back()
        .is_some_and(|word| word.chars().any(|c| c.is_ascii_digit()));
    let words = rest.split(' ').count();
    rest.is_empty()
        || is_number && words <= 6
        || !dates::find(rest, None).is_empty() && words <= 8
        || LABELS.iter().any(|label| label.words == rest)
}

/// Finds labels, embargoes and the heads of e-mails.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    for at in reading.head(HEAD) {
        let folded = reading.folded(at).to_owned();
        if folded.is_empty() || email_head(reading, at, &folded) {
            continue;
        }
        if is_embargo(&folded) {
            embargo(reading, at, &folded);
        } else if let Some(label) = label(&folded) {
            take_label(reading, at, label);
        } else if is_reference(&folded) {
            reading.keep(at, "reference", "number of the release");
            let text = format!("`{}` is a number of the release", reading.text(at));
            reading.decide(at, ("reference", 80), text);
        }
    }
}

/// Takes over what a label says.
fn take_label(reading: &mut Reading<'_, '_>, at: usize, label: &Label) {
    let text = reading.text(at);
    let facts = &mut reading.found.facts;
    if label.is_kicker {
        if facts.kicker.is_some() || facts.kind.is_some() {
            return;
        }
        facts.kicker = Some(text.to_owned());
        reading.set(at, Role::Moved("kicker"));
    } else {
        reading.set(at, Role::Moved("release label"));
    }
    let facts = &mut reading.found.facts;
    // `ADVISORY` says more than `FOR IMMEDIATE RELEASE` beside it.
    if facts.kind.is_none() || facts.kind == Some("press-release") {
        facts.kind = Some(label.kind);
    } else if facts.kind != Some(label.kind) && !label.is_kicker {
        reading.set(at, Role::Dropped("release label"));
    }
    let words = format!("the kind is {}, as `{text}` says", label.kind);
    reading.decide(at, ("label", 95), words);
    for date in reading.dates_in(at) {
        reading.dates.push((DatePlace::Header, at, date));
    }
    let folded = reading.folded(at);
    if folded.starts_with("for release") || folded.starts_with("for immediate release") {
        hold_until(reading, at);
    }
}

/// Holds a piece whose release is still to come.
fn hold_until(reading: &mut Reading<'_, '_>, at: usize) {
    let date = reading.dates_in(at).first().and_then(dates::Found::date);
    let is_held = reading.folded(at).starts_with("for release");
    if let Some(date) = date.filter(|date| is_held && *date > reading.options.today) {
        hold(reading, at, date);
    }
}

/// Whether a line speaks of an embargo.
fn is_embargo(folded: &str) -> bool {
    let words = [
        "embargo",
        "embargado",
        "not for release before",
        "not for release until",
        "hold for release",
        "do not publish before",
        "no publicar antes",
        "strictly embargoed",
        "under embargo",
        "no difundir antes",
        "prohibida su difusion antes",
    ];
    let inner = folded.trim_matches(['*', '-', '–', '—', '[', ']', '(', ')', ' ']);
    length(inner) < 120 && words.iter().any(|start| inner.starts_with(start))
}

/// Takes over an embargo: a future one holds the piece, and so does one whose
/// day cannot be read.
fn embargo(reading: &mut Reading<'_, '_>, at: usize, folded: &str) {
    let words = folded.split(' ').count();
    let found = reading.dates_in(at);
    let is_label = reading.is_open(at)
        && (words <= 3 || !found.is_empty() || folded.contains("until"));
    if !is_label {
        return;
    }
    reading.set(at, Role::Moved("embargo"));
    if reading.found.facts.kind.is_none() {
        reading.found.facts.kind = Some("press-release");
    }
    let Some(date) = found.first().and_then(dates::Found::date) else {
        reading.found.visibility =
            Visibility::Held("embargoed until a day that cannot be read".to_owned());
        let text = format!("until when is the embargo in `{}`?", reading.text(at));
        reading.ask(at, ("embargo", 50), text);
        return;
    };
    let until = with_time(date, reading.text(at));
    if until > reading.options.today {
        hold(reading, at, until);
    } else {
        reading.set(at, Role::Dropped("embargo that is over"));
        let text = format!("the embargo until {} is over", until.edtf());
        reading.decide(at, ("embargo", 95), text);
    }
}

/// A day with the time of day in a text, if there is one.
fn with_time(date: Date, text: &str) -> Date {
    let Some((hour, minute, _)) = dates::time(text) else { return date };
    let whole = format!("{}T{hour:02}:{minute:02}", date.edtf_day());
    Date::parse(&whole).unwrap_or(date)
}

/// Holds a piece until a date.
fn hold(reading: &mut Reading<'_, '_>, at: usize, until: Date) {
    reading.found.facts.embargo = Some(until);
    let text = format!("embargoed until {}", until.edtf());
    reading.decide(at, ("embargo", 95), format!("the piece is {text} and is held"));
    reading.found.visibility = Visibility::Held(text);
}

/// Whether a line is a number of a release or a case: `Case No. 19-204`.
fn is_reference(folded: &str) -> bool {
    let words = [
        "case no",
        "case number",
        "release no",
        "release number",
        "ref",
        "reference",
        "no. de boletin",
        "boletin no",
        "comunicado no",
        "expediente",
        "news release no",
    ];
    let has_number = folded.chars().any(|c| c.is_ascii_digit());
    let is_start = |start: &&str| {
        folded
            .strip_prefix(*start)
            .is_some_and(|rest| rest.starts_with(['.', ' ', ':', '#']))
    };
    has_number && folded.split(' ').count() <= 5 && words.iter().any(is_start)
}

/// Takes over a line of an e-mail's head; tells whether it is one.
fn email_head(reading: &mut Reading<'_, '_>, at: usize, folded: &str) -> bool {
    let text = reading.text(at);
    let Some((name, value)) = text.split_once(':') else { return false };
    let value = value.trim();
    match fold(name).as_str() {
        "from" | "to" | "cc" | "bcc" | "reply-to" | "de" | "para" | "sender"
            if has_email(value) || value.contains('<') =>
        {
            reading.set(at, Role::Dropped("head of an e-mail, private"));
            reading.decide(
                at,
                ("e-mail", 95),
                format!("the e-mail says `{}`", masked(text)),
            );
        }
        "sent" | "enviado" | "date" | "fecha" if !folded.is_empty() => {
            let Some(date) = reading.dates_in(at).into_iter().next() else {
                return false;
            };
            if length(value) > 60 {
                return false;
            }
            reading.set(at, Role::Moved("date"));
            if date.is_ambiguous {
                let text = format!("is `{value}` the day or the month first?");
                reading.note(About::Date, at, ("date", 50), text);
            }
            reading.dates.push((DatePlace::Header, at, date));
        }
        "subject" | "asunto"
            if !value.is_empty() && reading.found.facts.title.is_empty() =>
        {
            value.clone_into(&mut reading.found.facts.title);
            reading.set(at, Role::Moved("title"));
            reading.decide(
                at,
                ("headline", 80),
                format!("the title is the subject, `{value}`"),
            );
        }
        _ => return false,
    }
    true
}
