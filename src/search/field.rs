//! The fields of a document, in the order in which they are indexed.

/// A part of a document that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Field {
    /// The headline.
    Title,
    /// The lines around it, and a summary of its own.
    Deck,
    /// Who wrote it.
    Byline,
    /// Whom and what it names, by all the names that these have.
    Name,
    /// The text.
    Text,
}

impl Field {
    /// The field of a number.
    pub(super) fn of(number: u32) -> Self {
        match number {
            0 => Self::Title,
            1 => Self::Deck,
            2 => Self::Byline,
            3 => Self::Name,
            _ => Self::Text,
        }
    }

    /// How much a word in it weighs beside one in the text.
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::Title | Self::Name => 6,
            Self::Deck | Self::Byline => 2,
            Self::Text => 1,
        }
    }
}

/// The texts of a document, each with its field, in the order of fields.
#[derive(Clone, Debug, Default)]
pub struct Texts(pub Vec<(Field, String)>);

impl Texts {
    /// Adds a text, if it holds anything.
    pub fn add(&mut self, field: Field, text: &str) {
        if !text.is_empty() {
            self.0.push((field, text.to_owned()));
        }
    }
}
