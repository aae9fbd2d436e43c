//! What a page is made of, in few bytes: the same fingerprint is the same page.
//!
//! | part | what goes into it |
//! |---|---|
//! | `templates` | all templates, the words of all languages |
//! | `settings` | all of `config.toml`, what every page shows of the site |
//! | `page` | what the template sees of this page, but for its text and its list |
//! | `text` | the text of its file with its path; of what is no page, its bytes, or the stamp of the file that is copied |
//! | `links` | where each link of the text leads, and the texts that hold the headings that it wants |
//! | `list` | what its list shows of each work |
//!
//! The program and the flags are not among them: another of these has a cache of
//! its own, or starts one. Parts that a page does not have are 0. Each part is 64 bits of a BLAKE3
//! hash. What is not in this table must not be seen by a page.

use serde::{Deserialize, Serialize};

/// What a page or file of the site was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The templates and the words.
    pub templates: u64,
    /// The settings, and what every page shows of the site.
    pub settings: u64,
    /// What the page shows besides its text and its list.
    pub page: u64,
    /// The text.
    pub text: u64,
    /// Where its links lead.
    pub links: u64,
    /// Its list of works.
    pub list: u64,
}

impl Fingerprint {
    /// What of a page has changed since it was made of this, in words; nothing
    /// if it is the same.
    pub fn changes_to(&self, now: &Self) -> Vec<&'static str> {
        let parts = [
            (self.templates == now.templates, "the templates or the words"),
            (
                self.settings == now.settings,
                "the settings, or what every page shows of the site",
            ),
            (self.page == now.page, "what it shows besides its text and its list"),
            (self.text == now.text, "its text, or the file that it is made from"),
            (self.links == now.links, "what its links lead to"),
            (self.list == now.list, "the works on its list"),
        ];
        parts
            .into_iter()
            .filter(|(is_same, _)| !is_same)
            .map(|(_, words)| words)
            .collect()
    }
}
