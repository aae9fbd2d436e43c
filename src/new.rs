//! The command `new`: starts an article.

use crate::build::Opened;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::init::write_new;
use crate::slug::for_title;
use crate::source::CONTENT;
use crate::toml_reader::quote;

/// Writes a file for an article of this title and day, as a draft. Returns its
/// path from the site's folder.
pub fn new(
    title: &str,
    today: Date,
    opened: &Opened,
    faults: &mut Diagnostics,
) -> Option<String> {
    let title = title.trim();
    let slug = for_title(title);
    if slug.is_empty() {
        faults.push(
            Diagnostic::error(
                Code::SlugEmpty,
                format!("the title `{title}` leaves nothing for a file's name"),
            )
            .hint("write a title with letters or digits"),
        );
        return None;
    }
    let path = format!("{CONTENT}/{}/{slug}.md", today.year());
    let text = front_matter(title, today, opened);
    match write_new(&opened.folder.path(&path), &text) {
        Ok(()) => Some(path),
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// The front matter of a new article, with the keys that most articles use.
fn front_matter(title: &str, today: Date, opened: &Opened) -> String {
    let publisher = opened.config.as_ref().map(|config| &config.publisher);
    let byline =
        publisher.map_or_else(|| "\"\"".to_owned(), |publisher| quote(&publisher.name));
    let dateline = publisher.and_then(|publisher| publisher.place.as_ref());
    let dateline = match dateline {
        Some(place) => format!("dateline = {}\n", quote(&place.to_uppercase())),
        None => String::new(),
    };
    // TOML knows days that are certain; all other dates are texts.
    let date = match today.check_day() {
        Ok(()) => today.to_string(),
        Err(_) => quote(&today.to_string()),
    };
    format!(
        "+++\n\
         title = {}\n\
         date = {date}\n\
         draft = true\n\
         byline = [{byline}]\n\
         {dateline}\
         kind = \"news\"\n\
         tags = []\n\
         organizations = []\n\
         people = []\n\
         places = []\n\
         +++\n\n",
        quote(title)
    )
}
