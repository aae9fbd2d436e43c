//! Names that many articles share, each kept once.
//!
//! An archive of a hundred thousand articles has a million names in its front
//! matter and some thousand different ones. While files are read, on any
//! thread, an [`Interner`] turns each name into a [`NameId`]; [`Names`] turns
//! it back. Which number a name gets depends on the threads, so that numbers
//! are compared for equality and never for order.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::hash::Index;

/// Into how many parts an interner is divided, so that threads seldom wait for
/// each other. A power of two.
const SHARDS: u32 = 16;

/// Which name, among those of one [`Names`]. In a cache it is nothing: a number
/// of one run means nothing in another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NameId(u32);

impl Serialize for NameId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for NameId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self::default())
    }
}

impl NameId {
    /// The number as an index, less than [`Names::bound`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Collects names, on any thread.
#[derive(Debug, Default)]
pub struct Interner {
    /// The parts, each with the names whose letters sum up to its number.
    shards: [Mutex<Shard>; SHARDS as usize],
}

/// A part of an interner.
#[derive(Debug, Default)]
struct Shard {
    /// The names in the order in which they came.
    texts: Vec<Box<str>>,
    /// Finds them by their letters.
    index: Index,
}

/// Names by their numbers.
#[derive(Debug, Default)]
pub struct Names {
    /// The names of each part of the interner.
    shards: Vec<Vec<Box<str>>>,
}

impl Interner {
    /// The number of a name, letter by letter as it is written.
    pub fn intern(&self, text: &str) -> NameId {
        let sum = text.bytes().fold(0_u32, |sum, byte| sum.wrapping_add(byte.into()));
        let n = sum % SHARDS;
        let mut shard =
            self.shards[n as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let Shard { texts, index } = &mut *shard;
        let place = index.find(text, |at| &*texts[at as usize]).unwrap_or_else(|| {
            let place = u32::try_from(texts.len()).expect("names are fewer than 2^32");
            texts.push(text.into());
            index.insert(place, |at| &*texts[at as usize]);
            place
        });
        NameId(place * SHARDS + n)
    }

    /// Hands the name of a number to `read`.
    pub fn with<R>(&self, id: NameId, read: impl FnOnce(&str) -> R) -> R {
        let shard = &self.shards[(id.0 % SHARDS) as usize];
        let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        read(&shard.texts[(id.0 / SHARDS) as usize])
    }

    /// The names, once all are collected.
    pub fn finish(self) -> Names {
        let texts = |shard: Mutex<Shard>| {
            shard.into_inner().unwrap_or_else(PoisonError::into_inner).texts
        };
        Names { shards: self.shards.into_iter().map(texts).collect() }
    }
}

impl Names {
    /// The name of this number.
    pub fn text(&self, id: NameId) -> &str {
        &self.shards[(id.0 % SHARDS) as usize][(id.0 / SHARDS) as usize]
    }

    /// A number that is greater than the index of every name.
    pub fn bound(&self) -> usize {
        let longest = self.shards.iter().map(Vec::len).max().unwrap_or_default();
        longest * SHARDS as usize
    }

    /// The numbers of all names, in no order that means anything.
    pub fn ids(&self) -> impl Iterator<Item = NameId> + use<'_> {
        (0..SHARDS).zip(&self.shards).flat_map(|(n, texts)| {
            (0..).zip(texts).map(move |(place, _)| NameId(place * SHARDS + n))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel;

    #[test]
    fn a_name_has_one_number_and_comes_back_as_it_was() {
        let names: Vec<String> = (0..5000).map(|n| format!("Name {}", n % 700)).collect();
        let interner = Interner::default();
        let ids = parallel::map(&names, |name| interner.intern(name));
        let kept = interner.finish();
        for (name, id) in names.iter().zip(&ids) {
            assert_eq!(kept.text(*id), name);
            assert!(id.index() < kept.bound());
        }
        assert_eq!(kept.ids().count(), 700);
        assert!(names.iter().zip(&ids).all(|(name, id)| {
            let first = names.iter().position(|other| other == name).unwrap();
            ids[first] == *id
        }));
    }
}
