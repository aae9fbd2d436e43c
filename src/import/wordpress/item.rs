//! One item of an export as plain values.
//!
//! It decides which elements are read and what stands in for those that are
//! missing. What becomes of an item is decided elsewhere.

use crate::import::wordpress::comments::Comment;
use crate::import::wordpress::element::{Element, Space};
use crate::import::wordpress::meta::plain;

/// A name that an item is filed under, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// The sort of name; empty if the export does not say it.
    pub domain: String,
    /// What it is called in addresses, as written.
    pub slug: String,
    /// The name.
    pub name: String,
}

/// An item.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Its title as written, which may hold HTML.
    pub title: String,
    /// Its address.
    pub link: String,
    /// Its date in the feed.
    pub published: String,
    /// The login of its author.
    pub creator: String,
    /// What it is known by in every feed.
    pub guid: String,
    /// Its text.
    pub content: String,
    /// Its summary, which may hold HTML.
    pub excerpt: String,
    /// Its number; 0 if it has none.
    pub id: u64,
    /// When it was written, by the clock of its site and in GMT.
    pub date: [String; 2],
    /// When it was changed, by the clock of its site and in GMT.
    pub modified: [String; 2],
    /// What it is called in addresses, as written.
    pub slug: String,
    /// Its state.
    pub status: String,
    /// The number of what it stands below; 0 if there is none.
    pub parent: u64,
    /// Its place among others.
    pub menu_order: i64,
    /// What it is: `post`, `page`; empty if the export does not say it.
    pub kind: String,
    /// Whether a password is asked for, and whether it stays on top of lists.
    pub flags: Flags,
    /// The address of the file that it stands for.
    pub file_url: String,
    /// The names that it is filed under.
    pub labels: Vec<Label>,
    /// Its custom fields.
    pub metas: Vec<(String, String)>,
    /// Its comments.
    pub comments: Vec<Comment>,
}

/// What an item says with yes or no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// Whether a password is asked for.
    pub has_password: bool,
    /// Whether it stays on top of lists.
    pub is_sticky: bool,
}

impl Record {
    /// Reads an item.
    pub(super) fn of(item: &Element<'_>) -> Self {
        let mut record = Self::default();
        let mut seen = Vec::new();
        let mut description = String::new();
        for child in &item.children {
            match (child.space, child.local) {
                (Space::Plain, "category") => record.labels.push(label(child)),
                (_, "postmeta") if child.is("postmeta") => record.metas.push(meta(child)),
                (_, "comment") if child.is("comment") => {
                    record.comments.push(Comment::of(child));
                }
                (Space::Plain, "description") => child.text.clone_into(&mut description),
                // Of two elements of the same name the first counts.
                (space, local) if seen.contains(&(space, local)) => {}
                (space, local) => {
                    seen.push((space, local));
                    record.take(child);
                }
            }
        }
        let has_content = seen.iter().any(|(_, local)| *local == "encoded");
        if !has_content {
            record.content = description;
        }
        record
    }

    /// Takes a value.
    fn take(&mut self, child: &Element<'_>) {
        let value = child.value().to_owned();
        match (child.space, child.local) {
            (Space::Plain, "title") => self.title = value,
            (Space::Plain, "link") => self.link = value,
            (Space::Plain, "pubDate") => self.published = value,
            (Space::Plain, "guid") => self.guid = value,
            (Space::DublinCore, "creator") => self.creator = value,
            (Space::Excerpt, "encoded") => self.excerpt = value,
            (Space::Content | Space::Plain, "encoded") => {
                child.text.clone_into(&mut self.content);
            }
            (Space::WordPress | Space::Plain, local) => self.take_own(local, value),
            _ => {}
        }
    }

    /// Takes a value of WordPress.
    fn take_own(&mut self, local: &str, value: String) {
        let [date, date_gmt] = &mut self.date;
        let [modified, modified_gmt] = &mut self.modified;
        match local {
            "post_id" => self.id = value.parse().unwrap_or(0),
            "post_date" => *date = value,
            "post_date_gmt" => *date_gmt = value,
            "post_modified" => *modified = value,
            "post_modified_gmt" => *modified_gmt = value,
            "post_name" => self.slug = value,
            "status" => self.status = value,
            "post_parent" => self.parent = value.parse().unwrap_or(0),
            "menu_order" => self.menu_order = value.parse().unwrap_or(0),
            "post_type" => self.kind = value,
            "post_password" => self.flags.has_password = !value.is_empty(),
            "is_sticky" => self.flags.is_sticky = value == "1",
            "attachment_url" => self.file_url = value,
            _ => {}
        }
    }

    /// The value of the first custom field of these names that is not empty.
    pub(super) fn meta(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| {
            let mut own = self.metas.iter().filter(|(own, _)| own == key);
            own.find_map(|(_, value)| {
                Some(value.trim()).filter(|value| !value.is_empty())
            })
        })
    }

    /// What the item is, if need be by what it holds.
    pub(super) fn kind(&self) -> &str {
        if !self.kind.is_empty() {
            return &self.kind;
        }
        let [date, _] = &self.date;
        let says_something =
            [&self.content, &self.title, date].map(|text| !text.is_empty());
        if !self.file_url.is_empty() {
            "attachment"
        } else if says_something.contains(&true) {
            "post"
        } else {
            ""
        }
    }
}

/// A name that an item is filed under.
fn label(element: &Element<'_>) -> Label {
    Label {
        domain: element.attribute("domain").unwrap_or_default(),
        slug: element.attribute("nicename").unwrap_or_default(),
        name: plain(element.value()),
    }
}

/// A custom field.
fn meta(element: &Element<'_>) -> (String, String) {
    (element.value_of("meta_key").to_owned(), element.value_of("meta_value").to_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::import::wordpress::element::Spaces;

    /// The record of what stands in an item.
    pub(crate) fn record(inner: &str) -> Record {
        let text = format!("<item>{inner}</item>");
        Record::of(&Element::read(&text, &Spaces::default()).unwrap())
    }

    #[test]
    fn values_are_read_and_the_first_of_two_counts() {
        let record = record(
            "<title> A </title><link>http://a.example/?p=7</link><dc:creator>ana</dc:creator>\
             <content:encoded><![CDATA[ x\n]]></content:encoded><excerpt:encoded>e</excerpt:encoded>\
             <wp:post_id> 7 </wp:post_id><wp:post_id>8</wp:post_id><wp:post_password>s</wp:post_password>\
             <wp:is_sticky>1</wp:is_sticky><wp:menu_order>-2</wp:menu_order><wp:post_parent>x</wp:post_parent>\
             <wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value></wp:meta_value></wp:postmeta>\
             <wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value> v </wp:meta_value></wp:postmeta>\
             <category domain=\"post_tag\" nicename=\"n\">N</category><media:title>no</media:title>",
        );
        assert_eq!((record.title.as_str(), record.id, record.menu_order), ("A", 7, -2));
        assert_eq!((record.content.as_str(), record.excerpt.as_str()), (" x\n", "e"));
        assert_eq!((record.creator.as_str(), record.parent), ("ana", 0));
        assert_eq!(record.flags, Flags { has_password: true, is_sticky: true });
        assert_eq!(record.meta(&["none", "k"]), Some("v"));
        assert_eq!(record.labels[0].slug, "n");
    }

    #[test]
    fn what_is_missing_is_made_up_for() {
        for (inner, kind, content) in [
            ("<wp:post_type>page</wp:post_type>", "page", ""),
            ("<title>A</title><description>d</description>", "post", "d"),
            (
                "<wp:attachment_url>http://a.example/b.jpg</wp:attachment_url>",
                "attachment",
                "",
            ),
            ("<encoded>text</encoded><post_id>3</post_id>", "post", "text"),
            ("<wp:post_id>1</wp:post_id>", "", ""),
        ] {
            let record = record(inner);
            assert_eq!(
                (record.kind(), record.content.as_str()),
                (kind, content),
                "{inner}"
            );
        }
    }
}
