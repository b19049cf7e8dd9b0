//! What is made from words is read as what the words say.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use falconer_dotnet::image::sample::{SampleError, sample};
use falconer_dotnet::image::{AppHost, AssemblyVersion, Binding, Bundle, Code, Image, NotAnImage};
use falconer_dotnet::platform::{Arch, Os};

const ARCHS: [Arch; 4] = [Arch::X86, Arch::X64, Arch::Arm, Arch::Arm64];

fn make(words: &str) -> Vec<u8> {
    sample(words).expect("words for an image")
}

fn read(words: &str) -> Image {
    Image::read(&mut make(words).as_slice()).expect("a slice can be read")
}

fn code(words: &str) -> Option<(Code, bool)> {
    match read(words) {
        Image::Pe(pe) => Some((pe.code(), pe.dll)),
        _ => None,
    }
}

fn host(words: &str) -> Option<AppHost> {
    AppHost::read(&mut make(words).as_slice(), &read(words), "App").expect("a slice can be read")
}

#[test]
fn windows_images_are_what_the_words_say() {
    assert_eq!(code("pe anycpu assembly"), Some((Code::AnyCpu, true)));
    for arch in ARCHS {
        let said = |words: &str| code(&format!("pe {arch} {words}"));
        assert_eq!(said("assembly"), Some((Code::Only(arch), true)));
        assert_eq!(said("assembly mixed"), Some((Code::MixedMode(Some(arch)), true)));
        for (system, os) in [("", Os::Windows), (" linux", Os::Linux), (" macos", Os::MacOs)] {
            let precompiled = said(&format!("assembly r2r{system}"));
            assert_eq!(precompiled, Some((Code::ReadyToRun { arch, os }, true)));
        }
        assert_eq!(said("native dll"), Some((Code::Native(Some(arch)), true)));
        assert_eq!(said("exe"), Some((Code::Native(Some(arch)), false)));
        assert_eq!(host(&format!("pe {arch} exe")), None);
        let native_aot = format!("pe {arch} native-aot");
        assert!(read(&native_aot).is_native_aot(&mut make(&native_aot).as_slice()).expect("readable"));
    }
}

#[test]
fn images_of_other_systems_are_what_the_words_say() {
    let formats = [("elf", Os::Linux, &ARCHS[..]), ("macho", Os::MacOs, &[Arch::X64, Arch::Arm64])];
    for (format, os, archs) in formats {
        for arch in archs {
            for kind in ["exe", "library"] {
                let image = read(&format!("{format} {arch} {kind}"));
                assert_eq!((image.os(), image.arch()), (Some(os), Some(*arch)), "{format} {arch} {kind}");
            }
        }
    }
}

#[test]
fn apphosts_are_bound_as_the_words_say() {
    for host_format in ["pe x86", "pe x64", "pe arm64", "elf x64", "elf arm", "macho arm64"] {
        let dll = |name: &str| Some(AppHost { binding: Binding::Dll(name.to_owned()), bundle: None });
        assert_eq!(host(&format!("{host_format} apphost App.dll")), dll("App.dll"), "{host_format}");
        assert_eq!(host(&format!("{host_format} apphost bin/My App.dll")), dll("bin/My App.dll"));
        let unbound = Some(AppHost { binding: Binding::Unbound, bundle: None });
        assert_eq!(host(&format!("{host_format} apphost unbound")), unbound, "{host_format}");
    }
}

#[test]
fn single_file_apps_list_their_files() {
    for (words, files) in [
        ("pe x64 single-file App.dll", &["App.dll"][..]),
        ("elf x64 single-file App.dll self-contained", &["App.dll", "System.Private.CoreLib.dll"]),
    ] {
        let header = host(words).and_then(|h| h.bundle).expect("a bundle");
        let bundle = Bundle::read(&mut make(words).as_slice(), header).expect("a whole list");
        assert_eq!(bundle.files.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), files);
    }
}

#[test]
fn assemblies_have_the_version_of_the_words() {
    for (words, version) in [
        ("pe anycpu assembly", Some("1.0.0.0")),
        ("pe anycpu assembly 13.0.0.65535", Some("13.0.0.65535")),
        ("pe x64 assembly 2.1.0.7", Some("2.1.0.7")),
        ("pe arm64 assembly r2r linux", Some("1.0.0.0")),
        ("pe x64 native dll", None),
        ("elf x64 exe", None),
    ] {
        let read = read(words).assembly_version(&mut make(words).as_slice()).expect("a slice can be read");
        assert_eq!(read, version.and_then(AssemblyVersion::parse), "{words}");
    }
}

#[test]
fn what_is_no_image_is_what_the_words_say() {
    for (words, kind) in [
        ("damaged", NotAnImage::Truncated),
        ("empty", NotAnImage::Empty),
        ("git-lfs-pointer", NotAnImage::GitLfsPointer),
        ("web-page", NotAnImage::Html),
    ] {
        assert_eq!(read(words), Image::Other(kind));
    }
}

#[test]
fn words_that_describe_nothing_are_refused() {
    for words in [
        "",
        "pe",
        "pe x64",
        "pe x64 assembly native",
        "pe anycpu exe",
        "pe x64 apphost",
        "elf x64 native dll",
        "pe x64 single-file self-contained",
        "pe anycpu assembly r2r",
        "coff x64 exe",
    ] {
        assert!(sample(words).is_err(), "{words}");
    }
    assert_eq!(sample("elf x64"), Err(SampleError::Unknown("elf x64".to_owned())));
    assert_eq!(sample("macho x86 exe"), Err(SampleError::Architecture("x86".to_owned())));
    assert_eq!(sample("pe mips exe"), Err(SampleError::Architecture("mips".to_owned())));
    let long = format!("pe x64 apphost {}.dll", "a".repeat(1024));
    assert_eq!(sample(&long), Err(SampleError::NameTooLong));
}
