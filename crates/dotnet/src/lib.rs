//! Published apps, installed runtimes, the rules of hostfxr, and the headers of PE, ELF and Mach-O files.
//!
//! Nothing here touches a disk: files arrive as bytes, folders as a [`publish::Folder`], today's date and the
//! environment as values. Everything that is read is taken to be hostile: sizes, counts and depths are bounded,
//! and each bound is a named constant.

pub mod appsettings;
pub mod codes;
pub mod deps;
pub mod image;
pub mod inventory;
pub mod json;
pub mod platform;
pub mod publish;
pub mod resolution;
pub mod rid;
pub mod runtimeconfig;
pub mod support;
pub mod text;
pub mod tfm;
pub mod version;
