//! Every test of the whole program, in one binary.
