//! The source of an item without what is private, as an export of its own that
//! any importer can read again.

use crate::import::wordpress::comments::{self, Comments, Sort};
use crate::import::wordpress::element::Element;
use crate::import::wordpress::meta::{is_mail, is_private};
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
    // Of a feed: an address of e-mail.
    "author",
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
/// that stands in place of the login. The comments that were public stay only if
/// they are wanted.
pub(super) fn kept(
    item: &Element<'_>,
    base: &str,
    author: Option<&str>,
    comments: Comments,
) -> Vec<u8> {
    let mut out = HEAD.to_owned();
    if !base.is_empty() {
        let base = xml::escaped(base);
        out.push_str(&format!("<wp:base_blog_url>{base}</wp:base_blog_url>\n"));
    }
    if let Some(name) = author.map(xml::escaped) {
        out.push_str(&format!(
            "<wp:author><wp:author_login>{name}</wp:author_login>\
             <wp:author_display_name>{name}</wp:author_display_name></wp:author>\n"
        ));
    }
    item.write(&mut out, &|element| text_of(element, author, comments));
    out.push_str("</channel>\n</rss>\n");
    out.into_bytes()
}

/// The text of an element that stays; none if it does not.
fn text_of(
    element: &Element<'_>,
    author: Option<&str>,
    comments: Comments,
) -> Option<String> {
    let text = element.text.as_str();
    let is_left_out = match element.local {
        local if PRIVATE.contains(&local) => true,
        "postmeta" => is_private_field(element),
        "comment" => comments == Comments::None || !is_public(element),
        // What co-authors are called in addresses, and often the name too, is
        // their login.
        "category" => element.attribute("domain").as_deref() == Some("author"),
        "comment_author_url" => is_mail(text) || is_call(text),
        _ => false,
    };
    match element.local {
        _ if is_left_out => None,
        "creator" => author.map(str::to_owned),
        "comment_author" if is_private(text) => Some(String::new()),
        _ => Some(text.to_owned()),
    }
}

/// Whether a comment was public.
fn is_public(comment: &Element<'_>) -> bool {
    matches!(comments::sort_of(comment), Sort::Approved | Sort::Link)
}

/// Whether an address is one to write to or to call.
fn is_call(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["mailto:", "tel:", "sms:"].iter().any(|scheme| address.contains(scheme))
}

/// Whether a custom field may hold private data, by its name or its value.
fn is_private_field(field: &Element<'_>) -> bool {
    let [key, value] = ["meta_key", "meta_value"].map(|name| field.value_of(name));
    let name = key.to_ascii_lowercase();
    let is_named = PRIVATE_FIELDS.iter().any(|word| name.contains(word));
    is_named || is_private(key) || is_private(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::element::Spaces;

    /// The source of an item of these elements.
    fn kept_of(inner: &str, comments: Comments) -> String {
        let text = format!("<item>{inner}</item>");
        let item = Element::read(&text, &Spaces::default()).unwrap();
        let kept = kept(&item, "http://a.example", Some("Ana Reyes"), comments);
        String::from_utf8(kept).unwrap()
    }

    /// A custom field.
    fn field(key: &str, value: &str) -> String {
        format!(
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        )
    }

    /// A comment of a state by an author with an address.
    fn comment(state: &str, text: &str, author: &str, url: &str) -> String {
        format!(
            "<wp:comment><wp:comment_author>{author}</wp:comment_author><wp:comment_author_email>ben@example.org</wp:comment_author_email>\
             <wp:comment_author_url>{url}</wp:comment_author_url><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>\
             <wp:comment_approved>{state}</wp:comment_approved><wp:comment_content>{text}</wp:comment_content>\
             <wp:comment_user_id>55</wp:comment_user_id></wp:comment>"
        )
    }

    #[test]
    fn private_data_is_not_kept_and_the_rest_is() {
        let item = [
            "<title>T &amp;amp; U</title><dc:creator>loginname</dc:creator><author>loginname</author>".to_owned(),
            "<category domain=\"author\" nicename=\"cap-loginname\">loginname</category>".to_owned(),
            "<category domain=\"post_tag\" nicename=\"pier\">Pier</category>".to_owned(),
            "<wp:post_password>hush</wp:post_password>".to_owned(),
            "<content:encoded><![CDATA[a ]]]]><![CDATA[> b]]></content:encoded>".to_owned(),
            field("_edit_lock", "123:4"),
            field("_stcr@_x@example.org", "1"),
            field("contact", "call the desk or c@example.org"),
            field("desk", "call 404 555-0100"),
            field("call 404 555-0199", "1"),
            field("deck", "A deck"),
            field("day", "2019-10-11"),
            comment("1", "Seen.", "Ben", "https://ben.example/"),
            comment("1", "Linked.", "Cy", "MailTo:cy"),
            comment("1", "Called.", "404-555-0122", "http://dee@example.org/"),
            comment("0", "Unseen.", "Eva", ""),
        ];
        let kept = kept_of(&item.concat(), Comments::Approved);
        for private in [
            "loginname",
            "hush",
            "123:4",
            "@",
            "192.0.2",
            "Unseen",
            "user_id",
            "555-01",
            "ailTo",
            "Eva",
        ] {
            assert!(!kept.contains(private), "{private}: {kept}");
        }
        for public in [
            "T &amp;amp; U",
            "Ana Reyes",
            "Pier",
            "a ]]]]><![CDATA[> b",
            "A deck",
            "2019-10-11",
            "Seen.",
            "Ben",
            "https://ben.example/",
            "Linked.",
            "Cy",
            "Called.",
        ] {
            assert!(kept.contains(public), "{public}: {kept}");
        }
    }

    #[test]
    fn comments_are_kept_only_if_they_are_wanted() {
        let item = comment("1", "Seen.", "Ben", "https://ben.example/");
        assert!(kept_of(&item, Comments::Approved).contains("Seen."));
        let kept = kept_of(&item, Comments::None);
        for part in ["comment", "Seen.", "Ben", "ben.example"] {
            assert!(!kept.contains(part), "{part}: {kept}");
        }
    }
}
