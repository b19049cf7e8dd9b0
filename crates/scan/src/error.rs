/// Why a [`Matcher`](crate::Matcher) cannot be made of the given literals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A literal is too short to be found by sampling, and would hit everywhere.
    #[error("literal {index} has {len} bytes: use one of {min} bytes or more")]
    TooShort {
        /// Position of the literal in the given list, from 0.
        index: usize,
        /// Its length in bytes.
        len: usize,
        /// The least length, [`MIN_LITERAL`](crate::MIN_LITERAL).
        min: usize,
    },
    /// A literal is longer than the overlap kept between two blocks.
    #[error("literal {index} has {len} bytes: use a part of it with {max} bytes or fewer")]
    TooLong {
        /// Position of the literal in the given list, from 0.
        index: usize,
        /// Its length in bytes.
        len: usize,
        /// The greatest length, [`MAX_LITERAL`](crate::MAX_LITERAL).
        max: usize,
    },
    /// More literals than the tables are made for.
    #[error("more than {max} literals: split them over several matchers")]
    TooMany {
        /// The greatest number, [`MAX_LITERALS`](crate::MAX_LITERALS).
        max: usize,
    },
}
