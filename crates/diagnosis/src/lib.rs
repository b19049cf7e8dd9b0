//! From observations to causes: recognise, correlate, decide.
