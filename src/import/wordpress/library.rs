//! What the text of one post may need of the rest of its export.

/// A file of the media library: a picture, a recording, a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Its number in the export.
    pub id: u64,
    /// The number of the post that it was uploaded to; 0 if there is none.
    pub parent: u64,
    /// Its place among the files of its post.
    pub menu_order: i64,
    /// The address of the file itself.
    pub url: String,
    /// The address of its page.
    pub link: String,
    /// Its title.
    pub title: String,
    /// What it shows, for who does not see it.
    pub alt: String,
    /// Its caption, which may hold HTML.
    pub caption: String,
    /// Its description, which may hold HTML.
    pub description: String,
}

/// The rest of an export, as one post may ask for it.
pub trait Library {
    /// The attachment of a number.
    fn attachment(&self, id: u64) -> Option<Attachment>;

    /// The attachments that were uploaded to a post, in the order of the
    /// galleries: by `menu_order`, then by number.
    fn attachments_of(&self, post: u64) -> Vec<Attachment>;

    /// The content of a block that several posts share (`wp:block {"ref":N}`).
    fn shared_block(&self, id: u64) -> Option<String>;
}
