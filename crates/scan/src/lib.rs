//! Finds many literals in gigabytes of text at the speed of reading it.
