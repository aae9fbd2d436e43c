//! The source of an item without what is private, as an export of its own that
//! any importer can read again.

use crate::import::wordpress::comments::{self, Sort};
use crate::import::wordpress::element::{Element, Space};
use crate::import::wordpress::meta::is_mail;
use crate::xml;

/// The ending of the name of such a file.
pub(super) const ENDING: &str = "wxr.xml";

/// Elements that hold private data.
const PRIVATE: &[&str] = &[
    "post_password",
    "comment_author_email",
    "comment_author_IP",
    "comment_agent",
    "comment_user_id",
    "commentmeta",
    "author_email",
    "author_login",
];

/// Words in the names of custom fields that hold private data.
const PRIVATE_FIELDS: &[&str] = &[
    "_edit_", "mail", "phone", "passw", "token", "secret", "login", "user", "_ip", "ip_",
    "nonce", "address", "api", "key", "stcr",
];

/// What stands before the item.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
    xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\n<wp:wxr_version>1.2</wp:wxr_version>\n";

/// The source of an item. `base` is the address of its site, `author` the name
/// that stands in place of the login.
pub(super) fn kept(item: &Element<'_>, base: &str, author: Option<&str>) -> Vec<u8> {
    let mut out = HEAD.to_owned();
    if !base.is_empty() {
        let base = xml::escaped(base);
        out.push_str(&format!("<wp:base_blog_url>{base}</wp:base_blog_url>\n"));
    }
    item.write(&mut out, &|element| text_of(element, author));
    out.push_str("</channel>\n</rss>\n");
    out.into_bytes()
}

/// The text of an element that stays; none if it does not.
fn text_of(element: &Element<'_>, author: Option<&str>) -> Option<String> {
    if PRIVATE.contains(&element.local) {
        return None;
    }
    if element.is("postmeta") && is_private(element) {
        return None;
    }
    if element.is("comment")
        && !matches!(comments::sort_of(element), Sort::Approved | Sort::Link)
    {
        return None;
    }
    if element.is("comment_author") && is_mail(&element.text) {
        return Some(String::new());
    }
    if element.space == Space::DublinCore && element.local == "creator" {
        return author.map(str::to_owned);
    }
    Some(element.text.clone())
}

/// Whether a custom field may hold private data.
fn is_private(field: &Element<'_>) -> bool {
    let key = field.value_of("meta_key").to_ascii_lowercase();
    let is_named = PRIVATE_FIELDS.iter().any(|word| key.contains(word));
    is_named || is_mail(&key) || field.value_of("meta_value").contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::element::Spaces;

    #[test]
    fn private_data_is_not_kept_and_the_rest_is() {
        let field = |key: &str, value: &str| {
            format!(
                "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
            )
        };
        let comment = |state: &str, text: &str| {
            format!(
                "<wp:comment><wp:comment_author>Ben</wp:comment_author><wp:comment_author_email>ben@example.org</wp:comment_author_email>\
                 <wp:comment_author_IP>192.0.2.1</wp:comment_author_IP><wp:comment_approved>{state}</wp:comment_approved>\
                 <wp:comment_content>{text}</wp:comment_content><wp:comment_user_id>55</wp:comment_user_id></wp:comment>"
            )
        };
        let text = format!(
            "<item><title>T &amp; U</title><dc:creator>loginname</dc:creator><wp:post_password>hush</wp:post_password>\
             <content:encoded><![CDATA[a ]]]]><![CDATA[> b]]></content:encoded>{}{}{}{}{}{}</item>",
            field("_edit_lock", "123:4"),
            field("_stcr@_x@example.org", "1"),
            field("contact", "call 555-0100 or c@example.org"),
            field("deck", "A deck"),
            comment("1", "Seen."),
            comment("0", "Unseen."),
        );
        let item = Element::read(&text, &Spaces::default()).unwrap();
        let kept = String::from_utf8(kept(&item, "http://a.example", Some("Ana Reyes")))
            .unwrap();
        for private in [
            "loginname",
            "hush",
            "123:4",
            "@",
            "192.0.2",
            "Unseen",
            "user_id",
            "555-0100",
        ] {
            assert!(!kept.contains(private), "{private}: {kept}");
        }
        for public in
            ["T &amp; U", "Ana Reyes", "a ]]]]><![CDATA[> b", "A deck", "Seen.", "Ben"]
        {
            assert!(kept.contains(public), "{public}: {kept}");
        }
    }
}
