//! The values of a JSON text.

use std::borrow::Cow;

use crate::text::{Span, Spanned};

/// A value and where it stands, delimiters included.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// Where it stands.
    pub span: Span,
    /// The value.
    pub value: Value<'a>,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(&'a str),
    /// A string, unescaped.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object, members in the order of the file, repeated names included.
    Object(Vec<Member<'a>>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'a> {
    /// The name, unescaped.
    pub name: Cow<'a, str>,
    /// Where the name stands, quotation marks included.
    pub name_span: Span,
    /// The value.
    pub node: Node<'a>,
}

impl<'a> Node<'a> {
    /// The first member of that name, as RapidJSON's `FindMember`; `None` too when this is no object.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        self.members()?.iter().find(|m| m.name == name).map(|m| &m.node)
    }

    /// The members, when this is an object.
    pub fn members(&self) -> Option<&[Member<'a>]> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements, when this is an array.
    pub fn elements(&self) -> Option<&[Node<'a>]> {
        match &self.value {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The text, when this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text and its place, when this is a string.
    pub fn spanned_str(&self) -> Option<Spanned<String>> {
        self.as_str().map(|text| Spanned::new(text.to_owned(), self.span))
    }

    /// The truth value, when this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, when this is a whole one of 64 bits.
    pub fn as_integer(&self) -> Option<i64> {
        match self.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// What kind of value it is, for error messages: `a string`, `an object`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}
