//! Tests of pages as a source of pieces.
