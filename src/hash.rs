//! Fingerprints of bytes, and maps whose hashing is the same in every run.
//!
//! Nothing in a site depends on the order of a map: [`FixedMap`] and
//! [`Index`] are for look-ups and are never iterated.

use std::fmt::Write as _;
use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use serde::{Deserialize, Serialize};

/// A map with a hash function that is the same in every run.
#[expect(clippy::disallowed_types, reason = "this is the map with fixed hashing")]
pub type FixedMap<K, V> = std::collections::HashMap<K, V, FixedState>;

/// A set with a hash function that is the same in every run.
#[expect(clippy::disallowed_types, reason = "this is the set with fixed hashing")]
pub type FixedSet<K> = std::collections::HashSet<K, FixedState>;

/// The BLAKE3 fingerprint of some bytes, cut to 128 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let hash = blake3::hash(bytes);
        Self(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
    }

    /// The fingerprint as bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// The fingerprint in 32 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }

    /// The first 64 bits of the fingerprint.
    pub fn short(self) -> u64 {
        u64::from_le_bytes(*self.0.first_chunk::<8>().expect("a digest has 16 bytes"))
    }
}

/// Makes the fingerprint of bytes that come one after the other.
#[derive(Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The fingerprint of all of them.
    pub fn finish(&self) -> Digest {
        let hash = self.0.finalize();
        Digest(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
    }
}

/// Makes the SHA-256 sum of bytes that come one after the other. Archivists can
/// check it with the tools of every system.
#[derive(Clone, Default)]
pub struct Sha256(sha2::Sha256);

impl Sha256 {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        sha2::Digest::update(&mut self.0, bytes);
    }

    /// The sum of all of them in 64 hexadecimal digits.
    pub fn hex(self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in sha2::Digest::finalize(self.0) {
            // A text takes whatever is written to it.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }

    /// The sum of these bytes in 64 hexadecimal digits.
    pub fn of(bytes: &[u8]) -> String {
        let mut sum = Self::default();
        sum.add(bytes);
        sum.hex()
    }
}

/// Finds things in a list by something in them, such as a path or an address,
/// without a copy of it: the index holds four bytes for each thing.
///
/// The list stays with the caller, who hands in what the thing at a place of
/// the list is known by.
#[derive(Debug, Default)]
pub struct Index(HashTable<u32>);

impl Index {
    /// An empty index with room for this many things.
    pub fn with_capacity(capacity: usize) -> Self {
        Self(HashTable::with_capacity(capacity))
    }

    /// The place of the thing that is known by `wanted`; `known_by` says by what
    /// the thing at a place is known.
    pub fn find<'k, K>(&self, wanted: &K, known_by: impl Fn(u32) -> &'k K) -> Option<u32>
    where
        K: Hash + Eq + ?Sized + 'k,
    {
        self.0.find(of(wanted), |place| known_by(*place) == wanted).copied()
    }

    /// Adds the thing at a place, unless one that is known by the same is there
    /// already; then its place is returned.
    pub fn insert<'k, K>(
        &mut self,
        place: u32,
        known_by: impl Fn(u32) -> &'k K,
    ) -> Option<u32>
    where
        K: Hash + Eq + ?Sized + 'k,
    {
        let added = known_by(place);
        let entry = self.0.entry(
            of(added),
            |other| known_by(*other) == added,
            |other| of(known_by(*other)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(found) => Some(*found.get()),
            hashbrown::hash_table::Entry::Vacant(vacant) => {
                vacant.insert(place);
                None
            }
        }
    }
}

/// A hash of 64 bits, the same in every run. Two things can have the same.
pub fn of<K: Hash + ?Sized>(key: &K) -> u64 {
    FixedState::default().hash_one(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_by_what_they_are_known_by() {
        let names: Vec<String> = (0..1000).map(|n| format!("n{n}")).collect();
        let mut index = Index::with_capacity(1);
        for place in 0..1000 {
            assert_eq!(index.insert(place, |at| names[at as usize].as_str()), None);
        }
        assert_eq!(index.insert(7, |at| names[at as usize].as_str()), Some(7));
        for (place, name) in (0..).zip(&names) {
            let found = index.find(name.as_str(), |at| names[at as usize].as_str());
            assert_eq!(found, Some(place));
        }
        assert_eq!(index.find("n1000", |at| names[at as usize].as_str()), None);
    }

    #[test]
    fn a_sum_is_that_of_the_standard() {
        let mut sum = Sha256::default();
        sum.add(b"a");
        sum.add(b"bc");
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sum.hex(), expected);
        assert_eq!(Sha256::of(b"abc"), expected);
    }

    #[test]
    fn a_digest_is_written_in_hexadecimal_digits() {
        let digest = Digest::of(b"");
        assert_eq!(digest.hex(), "af1349b9f5f9a1a6a0404dea36dcc949");
        assert_eq!(digest.short().to_le_bytes().as_slice(), &digest.bytes()[..8]);
    }
}
