//! The failures as data: schema, loading, validation.
