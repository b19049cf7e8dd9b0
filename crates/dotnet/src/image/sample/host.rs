//! What the SDK writes into the data of an apphost.

use super::SampleError;
use crate::image::apphost::{BUNDLE_SIGNATURE, PLACEHOLDER};

/// The room that an apphost has for the name of its dll.
pub(super) const MAX_NAME: usize = crate::image::apphost::MAX_NAME;

/// The data of an apphost that is bound to no dll.
pub fn unbound() -> Vec<u8> {
    data(PLACEHOLDER, 0)
}

/// The data of an apphost that is bound to a dll. `bundle` is where the header of its bundle lies in the file, and
/// 0 without one.
///
/// # Errors
/// [`SampleError::NameTooLong`].
pub fn bound(dll: &str, bundle: u64) -> Result<Vec<u8>, SampleError> {
    if dll.len() > MAX_NAME { Err(SampleError::NameTooLong) } else { Ok(data(dll.as_bytes(), bundle)) }
}

fn data(name: &[u8], bundle: u64) -> Vec<u8> {
    let mut data = bundle.to_le_bytes().to_vec();
    data.extend(BUNDLE_SIGNATURE);
    data.extend([0; 8]);
    let end = data.len() + MAX_NAME + 16;
    data.extend(name);
    data.resize(end, 0);
    data
}
