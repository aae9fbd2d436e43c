//! Makes Atom feeds after RFC 4287.
//!
//! It decides which elements a feed has and in which order they stand, so
//! that the same archive always gives the same bytes. Which articles a feed
//! holds, how much of them and under which address is decided by its callers.

use serde::Serialize;

use crate::xml::Xml;

/// The namespace of Atom.
const ATOM: &str = "http://www.w3.org/2005/Atom";
/// The program that made the feed. Its version is left out, so that a new
/// version does not change every feed.
const GENERATOR: &str = "pressmark";

/// A feed: the newest articles of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Feed {
    /// What identifies the feed for ever: its whole address.
    pub id: String,
    /// The title as plain text.
    pub title: String,
    /// What the feed is about, as plain text; it may be empty.
    pub subtitle: String,
    /// The moment of the last change to any entry, after RFC 3339.
    pub updated: String,
    /// The whole address of the feed.
    pub self_url: String,
    /// The whole address of the page that shows the same list.
    pub page_url: String,
    /// The language of the feed, as a BCP 47 tag.
    pub language: String,
    /// Who holds the rights in the feed, as plain text.
    pub rights: Option<String>,
    /// Who answers for entries that name no author.
    pub author: Author,
    /// The entries, in the order in which they are shown.
    pub entries: Vec<Entry>,
}

/// Somebody who wrote something, or answers for it.
#[derive(Clone, Debug, Serialize)]
pub struct Author {
    /// The name as it is printed.
    pub name: String,
    /// The whole address of a page about them.
    pub url: Option<String>,
    /// Their mail address.
    pub email: Option<String>,
}

/// An article in a feed.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// What identifies the article for ever: its whole address.
    pub id: String,
    /// The title as plain text.
    pub title: String,
    /// The whole address of the article's page.
    pub url: String,
    /// When it was published first, after RFC 3339.
    pub published: Option<String>,
    /// When it changed last, after RFC 3339.
    pub updated: String,
    /// Who wrote it; if it is empty, the author of the feed stands in.
    pub authors: Vec<Author>,
    /// The terms it is filed under.
    pub categories: Vec<Category>,
    /// The language of the article, as a BCP 47 tag.
    pub language: String,
    /// A summary as plain text.
    pub summary: Option<String>,
    /// The whole text as HTML.
    pub content_html: Option<String>,
    /// Who holds the rights in the article, as plain text.
    pub rights: Option<String>,
}

/// A term that an article is filed under.
#[derive(Clone, Debug, Serialize)]
pub struct Category {
    /// The whole address of the term's page, which tells terms of one name
    /// apart.
    pub term: String,
    /// The term as it is shown.
    pub label: String,
}

impl Feed {
    /// The feed as an Atom document.
    pub fn to_atom(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("feed", &[("xmlns", ATOM), ("xml:lang", &self.language)]);
        xml.text("id", &[], &self.id);
        xml.text("title", &[], &self.title);
        if !self.subtitle.is_empty() {
            xml.text("subtitle", &[], &self.subtitle);
        }
        xml.text("updated", &[], &self.updated);
        xml.empty(
            "link",
            &[
                ("rel", "self"),
                ("type", "application/atom+xml"),
                ("href", &self.self_url),
            ],
        );
        alternate(&mut xml, &self.page_url, &self.language);
        xml.text("generator", &[], GENERATOR);
        rights(&mut xml, self.rights.as_deref());
        self.author.write(&mut xml);
        for entry in &self.entries {
            entry.write(&mut xml, &self.language);
        }
        xml.finish()
    }
}

impl Author {
    /// Writes the author of what is open.
    fn write(&self, xml: &mut Xml) {
        xml.open("author", &[]);
        xml.text("name", &[], &self.name);
        if let Some(url) = &self.url {
            xml.text("uri", &[], url);
        }
        if let Some(email) = &self.email {
            xml.text("email", &[], email);
        }
        xml.close();
    }
}

impl Entry {
    /// Writes the entry into a feed of this language.
    fn write(&self, xml: &mut Xml, feed_language: &str) {
        if self.language == feed_language {
            xml.open("entry", &[]);
        } else {
            xml.open("entry", &[("xml:lang", &self.language)]);
        }
        xml.text("id", &[], &self.id);
        xml.text("title", &[("type", "text")], &self.title);
        alternate(xml, &self.url, &self.language);
        if let Some(published) = &self.published {
            xml.text("published", &[], published);
        }
        xml.text("updated", &[], &self.updated);
        for author in &self.authors {
            author.write(xml);
        }
        for category in &self.categories {
            xml.empty(
                "category",
                &[("term", &category.term), ("label", &category.label)],
            );
        }
        if let Some(summary) = &self.summary {
            xml.text("summary", &[("type", "text")], summary);
        }
        if let Some(html) = &self.content_html {
            xml.text("content", &[("type", "html")], html);
        }
        rights(xml, self.rights.as_deref());
        xml.close();
    }
}

/// Writes the link to the page that shows the same in a browser.
fn alternate(xml: &mut Xml, url: &str, language: &str) {
    let kind = ("type", "text/html");
    xml.empty(
        "link",
        &[("rel", "alternate"), kind, ("hreflang", language), ("href", url)],
    );
}

/// Writes who holds the rights, if that is known.
fn rights(xml: &mut Xml, rights: Option<&str>) {
    if let Some(rights) = rights {
        xml.text("rights", &[], rights);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::test::outline;

    fn author(name: &str) -> Author {
        Author { name: name.to_owned(), url: None, email: None }
    }

    fn feed(entries: Vec<Entry>) -> Feed {
        Feed {
            id: "https://e.org/feed.xml".to_owned(),
            title: "The Herald".to_owned(),
            subtitle: String::new(),
            updated: "2019-03-04T00:00:00Z".to_owned(),
            self_url: "https://e.org/feed.xml".to_owned(),
            page_url: "https://e.org/".to_owned(),
            language: "en".to_owned(),
            rights: None,
            author: author("The Herald"),
            entries,
        }
    }

    fn entry() -> Entry {
        Entry {
            id: "https://e.org/rally/".to_owned(),
            title: "Rally".to_owned(),
            url: "https://e.org/rally/".to_owned(),
            published: None,
            updated: "2019-03-04T00:00:00Z".to_owned(),
            authors: Vec::new(),
            categories: Vec::new(),
            language: "en".to_owned(),
            summary: None,
            content_html: None,
            rights: None,
        }
    }

    #[test]
    fn a_feed_without_entries_has_what_every_feed_must_have() {
        assert_eq!(
            outline(&feed(Vec::new()).to_atom()),
            "feed xmlns=[http://www.w3.org/2005/Atom] xml:lang=[en]: \n  \
             id: https://e.org/feed.xml\n  \
             title: The Herald\n  \
             updated: 2019-03-04T00:00:00Z\n  \
             link rel=[self] type=[application/atom+xml] href=[https://e.org/feed.xml]: \n  \
             link rel=[alternate] type=[text/html] hreflang=[en] href=[https://e.org/]: \n  \
             generator: pressmark\n  \
             author: \n    name: The Herald"
        );
    }

    #[test]
    fn a_feed_says_all_that_is_known_of_it() {
        let mut feed = feed(Vec::new());
        feed.subtitle = "News & views".to_owned();
        feed.rights = Some("© The Herald".to_owned());
        feed.author.url = Some("https://e.org/?a=1&b=2".to_owned());
        feed.author.email = Some("desk@e.org".to_owned());
        let outline = outline(&feed.to_atom());
        for line in [
            "  subtitle: News & views",
            "  rights: © The Herald",
            "    uri: https://e.org/?a=1&b=2",
            "    email: desk@e.org",
        ] {
            assert!(outline.lines().any(|found| found == line), "{line} in {outline}");
        }
    }

    #[test]
    fn an_entry_says_all_that_is_known_of_it() {
        let full = Entry {
            title: "Rally <in> Rome & \"beyond\"".to_owned(),
            published: Some("2019-03-01T00:00:00Z".to_owned()),
            authors: vec![author("Ana"), author("Bo")],
            categories: vec![Category {
                term: "https://e.org/places/rome/".to_owned(),
                label: "Rome".to_owned(),
            }],
            language: "it".to_owned(),
            summary: Some("Short.".to_owned()),
            content_html: Some("<p>Long &amp; <b>bold</b>.</p>\n".to_owned()),
            rights: Some("Ana".to_owned()),
            ..entry()
        };
        let outline = outline(&feed(vec![full]).to_atom());
        let (_, entry) = outline.split_once("  entry").unwrap();
        assert_eq!(
            entry,
            " xml:lang=[it]: \n    \
             id: https://e.org/rally/\n    \
             title type=[text]: Rally <in> Rome & \"beyond\"\n    \
             link rel=[alternate] type=[text/html] hreflang=[it] href=[https://e.org/rally/]: \n    \
             published: 2019-03-01T00:00:00Z\n    \
             updated: 2019-03-04T00:00:00Z\n    \
             author: \n      name: Ana\n    \
             author: \n      name: Bo\n    \
             category term=[https://e.org/places/rome/] label=[Rome]: \n    \
             summary type=[text]: Short.\n    \
             content type=[html]: <p>Long &amp; <b>bold</b>.</p>\n\n    \
             rights: Ana"
        );
    }

    #[test]
    fn an_entry_without_authors_leaves_them_to_the_feed() {
        let outline = outline(&feed(vec![entry()]).to_atom());
        assert_eq!(outline.matches("author: ").count(), 1);
        assert!(outline.contains("  entry: "), "{outline}");
    }
}
