//! Readers: bytes of any kind into observations.
