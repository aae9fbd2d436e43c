//! What becomes of an item: a public piece, a piece that is held back, or
//! nothing.
//!
//! Only what its site showed to everybody is public. Whatever is not known to
//! have been shown is held back, and machinery of a site is left out.

use crate::import::piece::{Sort, Visibility};
use crate::import::wordpress::item::Record;

/// What becomes of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It becomes a piece.
    Piece(Sort, Visibility),
    /// It is left out, and why.
    Skipped(String),
}

/// Sorts of items that are machinery of a site, and what they are.
const MACHINERY: &[(&str, &str)] = &[
    ("attachment", "is a file of the media library"),
    ("nav_menu_item", "is an entry of a menu"),
    ("revision", "is an old version of another item"),
    ("guest-author", "is the name of an author"),
    ("wp_block", "is a block that other items use"),
    ("wp_template", "is a template of a theme"),
    ("wp_template_part", "is a template of a theme"),
    ("wp_global_styles", "holds the style of a theme"),
    ("wp_navigation", "is a menu"),
    ("wp_font_family", "is a font"),
    ("wp_font_face", "is a font"),
    ("custom_css", "holds the style of a theme"),
    ("customize_changeset", "holds settings of a theme"),
    ("oembed_cache", "is a cache"),
    ("user_request", "is a request about private data"),
    ("feedback", "is a message to the site"),
    ("flamingo_inbound", "is a message to the site"),
    ("flamingo_contact", "is a private address"),
    ("flamingo_outbound", "is a message of the site"),
    ("wpforms", "is a form"),
    ("nf_sub", "is a message to the site"),
    ("popup", "is a window that opens by itself"),
    ("sharing_button", "is a part of the site"),
    ("spectra-popup", "is a window that opens by itself"),
    ("tablepress_table", "is the data of a table"),
    ("ml-slide", "is a part of a slide show"),
    ("ml-slider", "is the settings of a slide show"),
    ("redirect_rule", "is a redirect"),
    ("scheduled-action", "is a task of the site"),
];

/// How the names of further machinery begin, and what it is.
const FAMILIES: &[(&str, &str)] = &[
    ("acf-", "holds settings of custom fields"),
    ("wpcf7_", "is a form"),
    ("jp_", "is data of a plugin"),
    ("jetpack_", "is data of a plugin"),
    ("amp_", "is data of a plugin"),
    ("shop_", "is data of a shop"),
    ("wc_", "is data of a shop"),
    ("product_variation", "is data of a shop"),
    ("edd_", "is data of a shop"),
    ("elementor_", "is a part of a theme"),
    ("elementor-", "is a part of a theme"),
    ("et_pb_", "is a part of a theme"),
    ("et_body", "is a part of a theme"),
    ("et_header", "is a part of a theme"),
    ("et_footer", "is a part of a theme"),
    ("fusion_", "is a part of a theme"),
    ("vc_", "is a part of a theme"),
    ("vc4_", "is a part of a theme"),
    ("wp_", "is a part of a theme"),
    ("mc4wp-", "is a form"),
    ("wpforms_", "is a message to the site"),
    ("bwg_", "is data of a plugin"),
];

/// What becomes of an item. `says_states` is whether the items of this export
/// say their states at all.
pub(super) fn fate(record: &Record, says_states: bool) -> Fate {
    let kind = record.kind();
    if kind.is_empty() {
        return Fate::Skipped("is empty".to_owned());
    }
    let known = MACHINERY.iter().find(|(name, _)| *name == kind);
    let family = || FAMILIES.iter().find(|(start, _)| kind.starts_with(start));
    if let Some((_, reason)) = known.or_else(family) {
        return Fate::Skipped((*reason).to_owned());
    }
    let sort = if kind == "page" { Sort::Page } else { Sort::Article };
    let has_password = record.flags.has_password;
    let visibility = match record.status.as_str() {
        "trash" => return Fate::Skipped("is in the trash".to_owned()),
        "auto-draft" => return Fate::Skipped("was never saved".to_owned()),
        "inherit" => return Fate::Skipped("is a part of another item".to_owned()),
        "publish" | "" if has_password => Visibility::Held("password".to_owned()),
        "" if says_states => Visibility::Held("of no known state".to_owned()),
        "publish" | "" => Visibility::Public,
        other => Visibility::Held(other.to_owned()),
    };
    Fate::Piece(sort, visibility)
}

/// The sort of piece that a type of its own stands for, in the words of
/// docs/content.md.
pub(super) fn word_of(kind: &str) -> Option<&'static str> {
    let kind = kind.replace(['_', ' '], "-").to_ascii_lowercase();
    let is = |word: &str| kind == word || kind.strip_suffix('s') == Some(word);
    if kind.starts_with("press-release") || is("pressrelease") || is("release") {
        Some("press-release")
    } else if is("statement") {
        Some("statement")
    } else if is("interview") {
        Some("interview")
    } else if is("letter") {
        Some("letter")
    } else if is("opinion") || is("editorial") || is("column") {
        Some("opinion")
    } else if is("news") || is("news-item") {
        Some("news")
    } else if is("feature") {
        Some("feature")
    } else if is("advisory") || kind == "advisories" || is("media-advisory") {
        Some("advisory")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::item::tests::record;

    /// What becomes of an item of this type, state and password.
    fn told(kind: &str, status: &str, password: &str) -> String {
        let record = record(&format!(
            "<title>T</title><wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>\
             <wp:post_password>{password}</wp:post_password>"
        ));
        match fate(&record, true) {
            Fate::Piece(sort, Visibility::Public) => format!("{sort:?}"),
            Fate::Piece(sort, Visibility::Held(why)) => format!("{sort:?} held: {why}"),
            Fate::Skipped(why) => why,
        }
    }

    #[test]
    fn only_what_everybody_saw_is_public() {
        for (kind, status, password, expected) in [
            ("post", "publish", "", "Article"),
            ("page", "publish", "", "Page"),
            ("", "publish", "", "Article"),
            ("portfolio", "publish", "", "Article"),
            ("press_release", "publish", "", "Article"),
            ("product", "publish", "", "Article"),
            ("post", "publish", "secret", "Article held: password"),
            ("post", "", "secret", "Article held: password"),
            ("post", "draft", "", "Article held: draft"),
            ("page", "private", "", "Page held: private"),
            ("post", "pending", "", "Article held: pending"),
            ("post", "future", "", "Article held: future"),
            ("post", "in-review", "", "Article held: in-review"),
            ("post", "", "", "Article held: of no known state"),
            ("post", "trash", "", "is in the trash"),
            ("post", "auto-draft", "", "was never saved"),
            ("post", "inherit", "", "is a part of another item"),
            ("attachment", "inherit", "", "is a file of the media library"),
            ("nav_menu_item", "publish", "", "is an entry of a menu"),
            ("acf-field-group", "publish", "", "holds settings of custom fields"),
            ("shop_order", "wc-completed", "", "is data of a shop"),
            ("wpcf7_contact_form", "publish", "", "is a form"),
            ("feedback", "publish", "", "is a message to the site"),
            ("wp_block", "publish", "", "is a block that other items use"),
        ] {
            assert_eq!(
                told(kind, status, password),
                expected,
                "{kind} {status} {password}"
            );
        }
    }

    #[test]
    fn an_export_without_states_is_public_and_an_empty_item_is_nothing() {
        let post = record("<title>T</title>");
        assert_eq!(fate(&post, false), Fate::Piece(Sort::Article, Visibility::Public));
        assert_eq!(fate(&record(""), false), Fate::Skipped("is empty".to_owned()));
    }

    #[test]
    fn types_of_its_own_may_say_the_sort_of_piece() {
        for (kind, word) in [
            ("press_release", Some("press-release")),
            ("press-releases", Some("press-release")),
            ("Statements", Some("statement")),
            ("news", Some("news")),
            ("advisories", Some("advisory")),
            ("editorial", Some("opinion")),
            ("portfolio", None),
        ] {
            assert_eq!(word_of(kind), word, "{kind}");
        }
    }
}
