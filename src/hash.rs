//! Fingerprints of bytes, and maps whose hashing is the same in every run.
//!
//! Nothing in a site depends on the order of a map: [`FixedMap`] is for
//! look-ups and is never iterated.

use std::hash::{BuildHasherDefault, DefaultHasher};

/// A map with a hash function that is the same in every run.
#[expect(clippy::disallowed_types, reason = "this is the map with fixed hashing")]
pub type FixedMap<K, V> =
    std::collections::HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// The BLAKE3 fingerprint of some bytes, cut to 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut digest = [0; 16];
        let hash = blake3::hash(bytes);
        digest.copy_from_slice(
            hash.as_bytes().first_chunk::<16>().expect("a hash has 32 bytes"),
        );
        Self(digest)
    }
}
