//! Decides which HTML an article may hold, and which addresses no page may
//! lead to.
//!
//! There is one list of elements and attributes. [`clean`] takes out of a
//! finished body what is not on it, and [`element_allowed`] and
//! [`attribute_allowed`] tell beforehand what that will be, so that it can be
//! reported where it was written. What becomes of HTML that is trusted, and
//! how faults are worded, is decided elsewhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ammonia::Builder;

mod tokens;

pub use tokens::{Attribute, Tag, Token, Tokens, decode_references};

/// The elements that an article may hold, and what each may carry beyond
/// [`EVERYWHERE`].
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel", "type", "download", "name"]),
    ("abbr", &[]),
    ("address", &[]),
    ("article", &[]),
    ("aside", &[]),
    ("audio", &["src", "controls", "preload", "loop", "muted"]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &["cite"]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("dd", &[]),
    ("del", &["cite", "datetime"]),
    ("details", &["open", "name"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("footer", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("header", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"]),
    ("input", &["type", "checked", "disabled"]),
    ("ins", &["cite", "datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("nav", &[]),
    ("ol", &["start", "reversed", "type"]),
    ("p", &[]),
    ("picture", &[]),
    ("pre", &[]),
    ("q", &["cite"]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("source", &["src", "srcset", "sizes", "media", "type", "width", "height"]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    (
        "video",
        &[
            "src",
            "poster",
            "controls",
            "preload",
            "width",
            "height",
            "loop",
            "muted",
            "playsinline",
        ],
    ),
    ("wbr", &[]),
];

/// The attributes that every element may carry.
const EVERYWHERE: &[&str] =
    &["class", "dir", "hidden", "id", "lang", "role", "tabindex", "title", "translate"];

/// What the names of further attributes may begin with.
const PREFIXES: &[&str] = &["aria-", "data-"];

/// The elements that go together with all that they hold, because what they
/// hold is not text for readers.
const WITH_CONTENT: &[&str] = &[
    "iframe", "math", "noembed", "noframes", "script", "style", "svg", "template",
    "textarea", "title", "xmp",
];

/// The schemes that addresses may have in any case.
const SCHEMES: &[&str] = &["data", "ftp", "geo", "http", "https", "mailto", "sms", "tel"];

/// The kinds of picture that may stand in an address itself.
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp"];

/// Whether an article may hold an element; the name is in lower case.
pub fn element_allowed(name: &str) -> bool {
    own_attributes(name).is_some()
}

/// Whether an element that is allowed may carry an attribute; both names are
/// in lower case.
pub fn attribute_allowed(element: &str, attribute: &str) -> bool {
    EVERYWHERE.contains(&attribute)
        || PREFIXES.iter().any(|prefix| attribute.starts_with(prefix))
        || own_attributes(element).is_some_and(|own| own.contains(&attribute))
}

/// Whether an element that is not allowed goes together with all that it
/// holds; the name is in lower case.
pub fn goes_with_content(name: &str) -> bool {
    WITH_CONTENT.contains(&name)
}

/// What an element may carry beyond what all may.
fn own_attributes(element: &str) -> Option<&'static [&'static str]> {
    let at = ELEMENTS.binary_search_by(|(name, _)| (*name).cmp(element)).ok()?;
    ELEMENTS.get(at).map(|(_, own)| *own)
}

/// Whether an address that an attribute holds may not stand on any page.
pub fn attribute_refused(element: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "href" | "xlink:href" | "cite" | "action" | "formaction" | "data" | "ping"
        | "background" => address_refused(value, false),
        "src" | "poster" => address_refused(value, matches!(element, "img" | "video")),
        "srcset" => value
            .split_whitespace()
            .any(|part| address_refused(part.trim_matches(','), true)),
        _ => false,
    }
}

/// Whether an address can run a script, or carries a document of its own in
/// itself. Pictures may be carried.
///
/// Browsers skip some characters that cannot be seen; here all of them are
/// skipped, so that no address is refused too late.
pub fn address_refused(address: &str, is_image: bool) -> bool {
    let Some((scheme, rest)) = scheme_of(address) else { return false };
    match scheme.as_str() {
        "javascript" | "vbscript" => true,
        "data" => {
            let kind: String = rest
                .chars()
                .take_while(|c| !matches!(c, ';' | ','))
                .take(32)
                .collect::<String>()
                .to_ascii_lowercase();
            !(is_image && PICTURES.contains(&kind.trim()))
        }
        _ => false,
    }
}

/// The scheme of an address in lower case, and what follows it.
pub fn scheme_of(address: &str) -> Option<(String, &str)> {
    let mut scheme = String::new();
    for (at, c) in address.char_indices() {
        match c {
            ':' if !scheme.is_empty() => {
                return Some((scheme, address.get(at + 1..).unwrap_or_default()));
            }
            c if c.is_ascii_alphanumeric()
                || (matches!(c, '+' | '-' | '.') && !scheme.is_empty()) =>
            {
                scheme.push(c.to_ascii_lowercase());
            }
            c if is_unseen(c) => {}
            _ => return None,
        }
    }
    None
}

/// Whether a character does not show.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A body without the elements and attributes that are not on the list.
///
/// The whole body is cleaned at once, so that an element may open in one
/// block of HTML and close in another. Addresses may have the schemes given
/// besides the usual ones; those that are refused go in any case.
pub fn clean(html: &str, schemes: &BTreeSet<String>) -> String {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().map(|(name, _)| *name).collect())
        .clean_content_tags(WITH_CONTENT.iter().copied().collect())
        .tag_attributes(
            ELEMENTS
                .iter()
                .map(|(name, own)| (*name, own.iter().copied().collect()))
                .collect(),
        )
        .generic_attributes(EVERYWHERE.iter().copied().collect())
        .generic_attribute_prefixes(PREFIXES.iter().copied().collect())
        .url_schemes(
            SCHEMES.iter().copied().chain(schemes.iter().map(String::as_str)).collect(),
        )
        .link_rel(None)
        .attribute_filter(|element, attribute, value| {
            if attribute_refused(element, attribute, value) {
                None
            } else {
                Some(Cow::Borrowed(value))
            }
        })
        // A task list's box is the only input there is, so all are boxes that
        // nobody can tick.
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "");
    builder.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cleans with the usual schemes.
    fn cleaned(html: &str) -> String {
        clean(html, &BTreeSet::new())
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn scripts_go_with_their_content() {
        assert_eq!(cleaned("a<script>alert(1)</script>b"), "ab");
        assert_eq!(cleaned("<svg><script>x</script></svg>a"), "a");
        assert_eq!(cleaned("<iframe src=\"https://example.org\">x</iframe>a"), "a");
    }

    #[test]
    fn unknown_elements_leave_their_words() {
        assert_eq!(cleaned("<font color=red>a</font>"), "a");
    }

    #[test]
    fn attributes_that_run_scripts_go() {
        assert_eq!(
            cleaned("<p onclick=x() style=color:red class=a>b</p>"),
            "<p class=\"a\">b</p>"
        );
    }

    #[test]
    fn addresses_that_run_scripts_are_refused() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\n:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "data:image/svg+xml,x",
            "\u{200b}javascript:x",
        ] {
            assert!(address_refused(address, true), "{address:?}");
            assert!(address_refused(address, false), "{address:?}");
        }
    }

    #[test]
    fn other_addresses_are_let_through() {
        for address in
            ["https://example.org", "javascript", "a/javascript:b", "#x", "", ":", "?a:b"]
        {
            assert!(!address_refused(address, false), "{address:?}");
        }
        assert!(!address_refused("data:image/png;base64,AA", true));
        assert!(address_refused("data:image/png;base64,AA", false));
    }

    #[test]
    fn an_address_hidden_by_references_goes() {
        assert_eq!(cleaned("<a href=\"java&#x0A;script&colon;x\">b</a>"), "<a>b</a>");
        assert_eq!(cleaned("<img srcset=\"a.png 1x, javascript:x 2x\">"), "<img>");
    }

    #[test]
    fn schemes_that_were_named_stay() {
        let schemes = BTreeSet::from(["signal".to_owned()]);
        let link = "<a href=\"signal:x\">b</a>";
        assert_eq!(clean(link, &schemes), link);
        assert_eq!(cleaned(link), "<a>b</a>");
    }

    #[test]
    fn an_input_can_only_be_a_box() {
        let found = cleaned("<input type=\"password\">");
        assert!(found.contains("type=\"checkbox\""), "{found}");
        assert!(found.contains("disabled"), "{found}");
    }
}
