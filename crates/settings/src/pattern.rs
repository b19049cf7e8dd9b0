//! Patterns of file names.

use globset::{GlobBuilder, GlobMatcher};
use thiserror::Error;

/// Longest pattern, in bytes; paths of Windows have 260 characters.
const LONGEST: usize = 512;

/// A pattern of paths in the checked folder.
///
/// Paths are relative to the folder, with `/`. `*` and `?` stay in one folder, `**` crosses folders, `[…]` and
/// `{…,…}` are alternatives. As in `.gitignore`, a pattern without `/` is a file's name in any folder, one that
/// begins with `/` or has `/` in the middle stands for the whole path, and one that ends with `/` is all that is in a
/// folder. Case does not count, as on Windows.
#[derive(Debug, Clone)]
pub struct FilePattern {
    written: String,
    matcher: GlobMatcher,
}

impl PartialEq for FilePattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for FilePattern {}

/// A text is no pattern of file names.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FilePatternError {
    /// There is nothing in it.
    #[error("a pattern of files is empty; write \"web.config\" or \"*.json\"")]
    Empty,
    /// It is longer than a path can be.
    #[error("a pattern of files has more than {LONGEST} bytes")]
    TooLong,
    /// It has a backslash.
    #[error("write \"/\" in patterns of files, not \"\\\": \"{with_slashes}\"")]
    Backslash {
        /// The same with `/`.
        with_slashes: String,
    },
    /// It leads out of the folder.
    #[error("\"..\" in a pattern of files matches nothing; patterns begin at the checked folder")]
    Outside,
    /// Brackets or braces do not close, or a range is empty.
    #[error("not a pattern of files: {0}")]
    Syntax(String),
}

impl FilePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// See [`FilePatternError`].
    pub fn new(written: &str) -> Result<Self, FilePatternError> {
        if written.trim().is_empty() {
            return Err(FilePatternError::Empty);
        }
        if written.len() > LONGEST {
            return Err(FilePatternError::TooLong);
        }
        if written.contains('\\') {
            return Err(FilePatternError::Backslash { with_slashes: written.replace('\\', "/") });
        }
        if written.split('/').any(|part| part == "..") {
            return Err(FilePatternError::Outside);
        }
        let glob = GlobBuilder::new(&whole_path(written))
            .case_insensitive(true)
            .literal_separator(true)
            .backslash_escape(false)
            .build()
            .map_err(|error| FilePatternError::Syntax(error.kind().to_string()))?;
        Ok(FilePattern { written: written.to_owned(), matcher: glob.compile_matcher() })
    }

    /// Does it match a path, relative to the checked folder, with `/`?
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.is_match(path)
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

/// The pattern in the terms of whole paths.
fn whole_path(written: &str) -> String {
    let written = written.strip_prefix("./").unwrap_or(written);
    let (body, inside) = match written.strip_suffix('/') {
        Some(folder) => (folder, "/**"),
        None => (written, ""),
    };
    match body.strip_prefix('/') {
        _ if body.is_empty() => "**".to_owned(),
        Some(rooted) => format!("{rooted}{inside}"),
        None if body.contains('/') => format!("{body}{inside}"),
        None => format!("**/{body}{inside}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_gitignore_and_without_regard_to_case() {
        for (pattern, matching, other) in [
            ("web.config", &["web.config", "Web.Config", "sub/web.config"][..], &["web.config.bak"][..]),
            ("/web.config", &["web.config"], &["sub/web.config"]),
            ("./sub/*.config", &["sub/web.config"], &["web.config", "sub/a/web.config"]),
            ("appsettings*.json", &["appsettings.json", "a/appsettings.Production.json"], &["app.json"]),
            ("logs/", &["logs/a.txt", "a/logs/b/c.txt"], &["logs", "logs.txt"]),
            ("a/**/x.dll", &["a/x.dll", "a/b/c/x.dll"], &["b/x.dll"]),
            ("*.{dll,exe}", &["App.DLL", "bin/app.exe"], &["app.pdb"]),
            (".", &["."], &["web.config"]),
            ("/", &["web.config", "a/b.dll"], &[]),
        ] {
            let compiled = FilePattern::new(pattern).unwrap();
            assert_eq!(compiled.as_str(), pattern);
            for path in matching {
                assert!(compiled.matches(path), "{pattern} {path}");
            }
            for path in other {
                assert!(!compiled.matches(path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_the_reason() {
        let refused = |written: &str| FilePattern::new(written).unwrap_err();
        assert_eq!(refused(" "), FilePatternError::Empty);
        assert_eq!(refused("../a"), FilePatternError::Outside);
        assert_eq!(refused(&"a".repeat(600)), FilePatternError::TooLong);
        assert!(refused("sub\\web.config").to_string().ends_with("\"sub/web.config\""));
        assert!(matches!(refused("a[b"), FilePatternError::Syntax(_)));
        assert!(matches!(refused("a{b"), FilePatternError::Syntax(_)));
    }
}
