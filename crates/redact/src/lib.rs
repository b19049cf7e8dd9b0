//! Takes secrets out of text, leaving stable placeholders.
