use crate::Error;

/// The least length of a literal in bytes: a shorter one leaves no choice of grams at any stride worth having.
pub const MIN_LITERAL: usize = 5;
/// The greatest length of a literal in bytes; it bounds the overlap of blocks.
pub const MAX_LITERAL: usize = 256;
/// The greatest number of literals of one matcher; it bounds the tables.
pub const MAX_LITERALS: usize = 10_000;

/// The checked literals, in the caller's order.
#[derive(Debug)]
pub(crate) struct Literals {
    all: Vec<Box<[u8]>>,
    longest: usize,
}

impl Literals {
    pub(crate) fn new<I>(literals: I) -> Result<Self, Error>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        let mut all: Vec<Box<[u8]>> = Vec::new();
        for (index, literal) in literals.into_iter().enumerate() {
            let literal = literal.as_ref();
            let len = literal.len();
            if index >= MAX_LITERALS {
                return Err(Error::TooMany { max: MAX_LITERALS });
            }
            if len < MIN_LITERAL {
                return Err(Error::TooShort { index, len, min: MIN_LITERAL });
            }
            if len > MAX_LITERAL {
                return Err(Error::TooLong { index, len, max: MAX_LITERAL });
            }
            all.push(literal.into());
        }
        let longest = all.iter().map(|literal| literal.len()).max().unwrap_or(0);
        Ok(Self { all, longest })
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&[u8]> {
        self.all.get(index).map(AsRef::as_ref)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &[u8])> {
        self.all.iter().map(AsRef::as_ref).enumerate()
    }

    /// How far a literal reaches beyond its first byte, at most.
    pub(crate) fn overlap(&self) -> usize {
        self.longest.saturating_sub(1)
    }
}
