//! The list of files in a single-file app.

/// The list of a bundle of .NET 6 and later: the files by kind (1 for an assembly, 4 for the runtimeconfig.json, see
/// [`BundleFileKind`](crate::image::BundleFileKind)), offset, size and path. Of a path only the first 127 bytes are
/// taken.
pub fn manifest(files: &[(u8, u64, u64, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(6_u32.to_le_bytes());
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(i32::try_from(files.len()).unwrap_or(i32::MAX).to_le_bytes());
    bytes.extend(b"\x04abcd");
    // Places of deps.json and runtimeconfig.json, and flags.
    bytes.extend([0; 40]);
    for (kind, offset, size, path) in files {
        bytes.extend(offset.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend(0_u64.to_le_bytes());
        let path = path.get(..path.floor_char_boundary(127)).unwrap_or_default();
        bytes.extend([*kind, u8::try_from(path.len()).unwrap_or_default()]);
        bytes.extend(path.as_bytes());
    }
    bytes
}
