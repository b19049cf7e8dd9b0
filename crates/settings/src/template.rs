//! The file that `falconer init` writes.

/// A `falconer.toml` with every key, commented out: as it is, it changes nothing. Lines that begin with `#` and no
/// space are settings; without the `#`, they count.
pub fn template() -> String {
    include_str!("template.toml").to_owned()
}
