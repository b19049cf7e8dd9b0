//! Binary XML as tokens ([MS-EVEN6] section 2.2.12).

use crate::{
    Malformed,
    budget::Budget,
    bytes::{offset_at, u16_at},
    text::is_ascii_text,
    value,
};

/// The name of an element or attribute, as UTF-16LE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name<'c>(pub(crate) &'c [u8]);

impl Name<'_> {
    pub(crate) fn is(self, name: &str) -> bool {
        is_ascii_text(self.0, name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'c> {
    /// The start of an element. With a `dependency` it stands only where the value of that number is not null.
    Open { name: Name<'c>, dependency: Option<u16> },
    /// The name of an attribute; its value follows up to the next attribute or the end of the start tag.
    Attribute(Name<'c>),
    /// `>`
    CloseStart,
    /// `/>`
    CloseEmpty,
    /// The end tag.
    CloseElement,
    /// Literal text, UTF-16LE.
    Text(&'c [u8]),
    /// A literal value of another type.
    Value { kind: u8, bytes: &'c [u8] },
    /// A reference to a character.
    Character(u16),
    /// A reference to an entity (`lt`, `amp`, …).
    Entity(Name<'c>),
    /// The place of the value of that number. An optional one that is empty leaves its attribute out, which is
    /// the same here as an empty attribute.
    Substitution(u16),
    /// A template instance begins here, after its token.
    Instance,
    /// A processing instruction's part, which means nothing here.
    Instruction,
    /// The end.
    End,
}

/// Reads tokens from `pos` to `end` of a chunk; names are offsets in the chunk.
pub(crate) struct Tokens<'c> {
    chunk: &'c [u8],
    pos: usize,
    end: usize,
    /// In a template's definition, elements have a dependency.
    in_definition: bool,
    budget: &'c Budget,
}

impl<'c> Tokens<'c> {
    pub(crate) fn new(chunk: &'c [u8], pos: usize, end: usize, budget: &'c Budget) -> Self {
        Tokens { chunk, pos, end: end.min(chunk.len()), in_definition: false, budget }
    }

    /// The tokens of the template definition at an offset: next definition (4), GUID (16), size (4), content.
    pub(crate) fn of_definition(chunk: &'c [u8], at: usize, budget: &'c Budget) -> Result<Self, Malformed> {
        let size = at.checked_add(20).and_then(|at| offset_at(chunk, at)).ok_or(Malformed::Truncated)?;
        let pos = at.saturating_add(24);
        let end = pos.checked_add(size).filter(|end| *end <= chunk.len()).ok_or(Malformed::Truncated)?;
        Ok(Tokens { chunk, pos, end, in_definition: true, budget })
    }

    /// Where the next token begins.
    pub(crate) fn position(&self) -> usize {
        self.pos
    }

    /// Goes on at `pos`, behind something that was read by other means.
    pub(crate) fn go_on_at(&mut self, pos: usize) {
        self.pos = pos;
    }

    /// Where the tokens end.
    pub(crate) fn end(&self) -> usize {
        self.end
    }

    pub(crate) fn next(&mut self) -> Result<Token<'c>, Malformed> {
        loop {
            self.budget.steps(1)?;
            if self.pos >= self.end {
                return Ok(Token::End);
            }
            match self.byte()? {
                // A fragment's header: version and flags.
                0x0f => self.take(3)?,
                token => return self.after(token),
            };
        }
    }

    /// The token whose first byte was read. Bit 6 of it says that more of the same kind follows; those that
    /// follow say so themselves, but an element with attributes has the size of their list in front.
    fn after(&mut self, token: u8) -> Result<Token<'c>, Malformed> {
        Ok(match token {
            0x00 => Token::End,
            0x01 | 0x41 => self.open(token == 0x41)?,
            0x02 => Token::CloseStart,
            0x03 => Token::CloseEmpty,
            0x04 => Token::CloseElement,
            0x05 | 0x45 => self.literal()?,
            0x06 | 0x46 => Token::Attribute(self.name()?),
            0x07 | 0x47 => Token::Text(self.counted_text()?),
            0x08 | 0x48 => Token::Character(self.short()?),
            0x09 | 0x49 => Token::Entity(self.name()?),
            0x0a => self.name().map(|_| Token::Instruction)?,
            0x0b => self.counted_text().map(|_| Token::Instruction)?,
            0x0c => Token::Instance,
            0x0d | 0x0e => {
                let index = self.short()?;
                self.byte()?; // the type that the value should have; the value's own type counts
                Token::Substitution(index)
            }
            other => return Err(Malformed::Token(other)),
        })
    }

    fn open(&mut self, with_attributes: bool) -> Result<Token<'c>, Malformed> {
        const NO_DEPENDENCY: u16 = 0xffff;
        let dependency = if self.in_definition { self.short()? } else { NO_DEPENDENCY };
        self.take(4)?; // the size of the element
        let name = self.name()?;
        if with_attributes {
            self.take(4)?; // the size of the attribute list
        }
        Ok(Token::Open { name, dependency: (dependency != NO_DEPENDENCY).then_some(dependency) })
    }

    fn literal(&mut self) -> Result<Token<'c>, Malformed> {
        let kind = self.byte()?;
        if kind == value::STRING {
            return Ok(Token::Text(self.counted_text()?));
        }
        let size = value::fixed_size(kind).ok_or(Malformed::Value(kind))?;
        Ok(Token::Value { kind, bytes: self.take(size)? })
    }

    /// A name stands at its offset in the chunk: next name (4), hash (2), length in units (2), text, NUL. Where
    /// it is used first, that offset is right here.
    fn name(&mut self) -> Result<Name<'c>, Malformed> {
        let offset = self.take(4).and_then(|b| offset_at(b, 0).ok_or(Malformed::Truncated))?;
        let length =
            offset.checked_add(6).and_then(|at| u16_at(self.chunk, at)).ok_or(Malformed::Truncated)?;
        let bytes = usize::from(length) * 2;
        let text =
            self.chunk.get(offset + 8..).and_then(|rest| rest.get(..bytes)).ok_or(Malformed::Truncated)?;
        self.pay_for(text)?;
        if offset == self.pos {
            self.take(8 + bytes + 2)?;
        }
        Ok(Name(text))
    }

    fn counted_text(&mut self) -> Result<&'c [u8], Malformed> {
        let length = usize::from(self.short()?);
        let text = self.take(length * 2)?;
        self.pay_for(text)?;
        Ok(text)
    }

    /// A long text is more than one step: any number of tokens may name the same one.
    fn pay_for(&self, text: &[u8]) -> Result<(), Malformed> {
        self.budget.steps(text.len() / 32)
    }

    fn byte(&mut self) -> Result<u8, Malformed> {
        self.take(1).and_then(|b| b.first().copied().ok_or(Malformed::Truncated))
    }

    fn short(&mut self) -> Result<u16, Malformed> {
        self.take(2).and_then(|b| u16_at(b, 0).ok_or(Malformed::Truncated))
    }

    fn take(&mut self, count: usize) -> Result<&'c [u8], Malformed> {
        let rest = self.chunk.get(self.pos..self.end).ok_or(Malformed::Truncated)?;
        let taken = rest.get(..count).ok_or(Malformed::Truncated)?;
        self.pos += count;
        Ok(taken)
    }
}
