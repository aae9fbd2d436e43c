//! Fills the patterns of addresses: `/:year/:month/:title/`.
//!
//! What a token stands for is told by each generator's rules; a token that
//! nobody knows stays as it is written.

use super::dates::{self, DAY_NAMES};
use crate::date::{Date, MONTHS};

/// Fills each `:token` of a pattern; the longest known token at a place wins.
pub(super) fn fill(
    pattern: &str,
    tokens: &[&str],
    value: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut parts = pattern.split(':');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let found = tokens
            .iter()
            .filter(|token| part.starts_with(**token))
            .max_by_key(|token| token.len())
            .and_then(|token| Some((token.len(), value(token)?)));
        if let Some((length, text)) = found {
            out.push_str(&text);
            out.push_str(part.get(length..).unwrap_or_default());
        } else {
            out.push(':');
            out.push_str(part);
        }
    }
    out
}

/// What a token of a date stands for.
pub(super) fn of_date(token: &str, date: &Date) -> Option<String> {
    let (month, day) = (date.month().unwrap_or(1), date.day().unwrap_or(1));
    let time = date.time();
    let part = |pick: fn(crate::date::Time) -> u8| time.map_or(0, pick);
    Some(match token {
        "year" => format!("{:04}", date.year()),
        "short_year" => format!("{:02}", date.year() % 100),
        "month" => format!("{month:02}"),
        "i_month" => month.to_string(),
        "day" => format!("{day:02}"),
        "i_day" => day.to_string(),
        "hour" => format!("{:02}", part(|time| time.hour)),
        "minute" => format!("{:02}", part(|time| time.minute)),
        "second" => format!("{:02}", part(|time| time.second)),
        "y_day" => format!("{:03}", dates::day_of_year(date)),
        "yearday" => dates::day_of_year(date).to_string(),
        "week" => format!("{:02}", dates::week(date)),
        "w_day" => (date.weekday() + 1).to_string(),
        "weekday" => ((date.weekday() + 1) % 7).to_string(),
        "weekdayname" | "long_day" => name_of(&DAY_NAMES, date.weekday()).to_owned(),
        "short_day" => short(name_of(&DAY_NAMES, date.weekday())),
        "monthname" | "long_month" => {
            name_of(&MONTHS, month.saturating_sub(1)).to_owned()
        }
        "short_month" => short(name_of(&MONTHS, month.saturating_sub(1))),
        _ => return None,
    })
}

/// A name of a list.
fn name_of<'n>(names: &[&'n str], at: u8) -> &'n str {
    names.get(usize::from(at)).copied().unwrap_or_default()
}

/// The first three letters of a name.
fn short(name: &str) -> String {
    name.chars().take(3).collect()
}

/// What a format in the manner of C stands for: `%Y-%m-%d`.
pub(super) fn strftime(format: &str, date: &Date) -> String {
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        let token = match (c, if c == '%' { chars.next() } else { None }) {
            ('%', Some('Y')) => "year",
            ('%', Some('y')) => "short_year",
            ('%', Some('m')) => "month",
            ('%', Some('d')) => "day",
            ('%', Some('H')) => "hour",
            ('%', Some('M')) => "minute",
            ('%', Some('S')) => "second",
            ('%', Some('j')) => "y_day",
            ('%', Some('b')) => "short_month",
            ('%', Some('B')) => "long_month",
            ('%', Some('a')) => "short_day",
            ('%', Some('A')) => "long_day",
            ('%', Some('-')) => match chars.next() {
                Some('d') => "i_day",
                Some('m') => "i_month",
                _ => continue,
            },
            ('%', Some(other)) => {
                out.push(other);
                continue;
            }
            (c, _) => {
                out.push(c);
                continue;
            }
        };
        out.push_str(&of_date(token, date).unwrap_or_default());
    }
    out
}
