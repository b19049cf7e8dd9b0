//! Headers of images tell what they are, and damaged ones do no harm.

mod samples;

#[cfg(test)]
mod image {
    use super::samples::*;
    use falconer_dotnet::image::{
        AppHost, Binding, Bundle, BundleFileKind, Code, Forward, Image, NotAnImage, Seekable, Source,
        Subsystem,
    };
    use falconer_dotnet::platform::{Arch, Os};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn read(bytes: &[u8]) -> Image {
        Image::read(&mut &*bytes).expect("a slice can be read")
    }

    fn code(bytes: &[u8]) -> Code {
        match read(bytes) {
            Image::Pe(pe) => pe.code(),
            other => panic!("{other:?}"),
        }
    }

    fn host(bytes: &[u8], stem: &str) -> Option<AppHost> {
        AppHost::read(&mut &*bytes, &read(bytes), stem).expect("a slice can be read")
    }

    #[test]
    fn assemblies_tell_their_platform() {
        for (machine, plus, flags, native, expected) in [
            (X86, false, IL_ONLY, false, Code::AnyCpu),
            (X86, false, IL_ONLY | REQUIRES_32_BIT | PREFERS_32_BIT, false, Code::AnyCpu32BitPreferred),
            (X86, false, IL_ONLY | REQUIRES_32_BIT, false, Code::Only(Arch::X86)),
            (X64, true, IL_ONLY, false, Code::Only(Arch::X64)),
            (0xAA64, true, IL_ONLY, false, Code::Only(Arch::Arm64)),
            (X64, true, 0, false, Code::MixedMode(Some(Arch::X64))),
            (X64, true, IL_LIBRARY, true, Code::ReadyToRun { arch: Arch::X64, os: Os::Windows }),
            (0xFD1D, true, IL_LIBRARY, true, Code::ReadyToRun { arch: Arch::X64, os: Os::Linux }),
            (0xD11D, true, IL_LIBRARY, true, Code::ReadyToRun { arch: Arch::Arm64, os: Os::Linux }),
            (0xEC20, true, IL_LIBRARY, true, Code::ReadyToRun { arch: Arch::Arm64, os: Os::MacOs }),
            (0x7A35, false, IL_LIBRARY, true, Code::ReadyToRun { arch: Arch::X86, os: Os::Linux }),
            (0x2BA0, true, IL_LIBRARY, true, Code::ReadyToRun { arch: Arch::X64, os: Os::FreeBsd }),
        ] {
            assert_eq!(code(&assembly(machine, plus, flags, native)), expected, "{machine:#x} {flags:#x}");
        }
        assert_eq!(code(&native(X64)), Code::Native(Some(Arch::X64)));
    }

    #[test]
    fn a_process_loads_what_fits_it() {
        let loads = |bytes: &[u8], arch| match read(bytes) {
            Image::Pe(pe) => pe.loads_on_windows(arch),
            other => panic!("{other:?}"),
        };
        for (bytes, x86, x64) in [
            (any_cpu(), true, true),
            (assembly(X86, false, IL_ONLY | REQUIRES_32_BIT, false), true, false),
            (assembly(X64, true, IL_LIBRARY, true), false, true),
            (assembly(0xFD1D, true, IL_LIBRARY, true), true, true),
            (native(X86), true, false),
        ] {
            assert_eq!((loads(&bytes, Arch::X86), loads(&bytes, Arch::X64)), (x86, x64));
        }
    }

    #[test]
    fn other_systems_are_told() {
        let linux = read(&elf(Arch::X64, b""));
        assert_eq!((linux.os(), linux.arch(), linux.is_managed()), (Some(Os::Linux), Some(Arch::X64), false));
        assert_eq!(read(&elf(Arch::Arm64, b"")).arch(), Some(Arch::Arm64));
        let mut mac = vec![0; 64];
        mac[..8].copy_from_slice(&[0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0, 0, 1]);
        assert_eq!((read(&mac).os(), read(&mac).arch()), (Some(Os::MacOs), Some(Arch::Arm64)));
        let mut fat = vec![0; 64];
        fat[..12].copy_from_slice(&[0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2, 1, 0, 0, 7]);
        fat[28..32].copy_from_slice(&[1, 0, 0, 0x0C]);
        assert!(matches!(read(&fat), Image::MachO(m) if m.archs == [Arch::X64, Arch::Arm64]));
    }

    #[test]
    fn files_that_are_no_images_are_told_apart() {
        for (bytes, kind) in [
            (&b""[..], NotAnImage::Empty),
            (&[0; 100], NotAnImage::Empty),
            (b"version https://git-lfs.github.com/spec/v1\n", NotAnImage::GitLfsPointer),
            (b"\xEF\xBB\xBF<!DOCTYPE html>", NotAnImage::Html),
            (b"  <html>", NotAnImage::Html),
            (b"hello", NotAnImage::Unknown),
            (b"\xCA\xFE\xBA\xBE\0\0\0\x34 a Java class", NotAnImage::Unknown),
            (b"MZ", NotAnImage::Truncated),
            (&any_cpu()[..0x500], NotAnImage::Truncated),
        ] {
            assert_eq!(read(bytes), Image::Other(kind), "{:?}", bytes.get(..12));
        }
        let mut dos = vec![0; 0x100];
        dos[..2].copy_from_slice(b"MZ");
        dos[0x3C] = 0x80;
        assert_eq!(read(&dos), Image::Other(NotAnImage::Unknown), "a DOS program");
    }

    #[test]
    fn an_apphost_names_its_dll() {
        let bound = apphost(X64, "App.dll", None);
        assert_eq!(
            host(&bound, "App"),
            Some(AppHost { binding: Binding::Dll("App.dll".into()), bundle: None })
        );
        assert_eq!(host(&bound, "Renamed").map(|h| h.binding), Some(Binding::Dll("App.dll".into())));
        let relative = apphost(X86, "bin/Über.dll", None);
        assert_eq!(host(&relative, "x").map(|h| h.binding), Some(Binding::Dll("bin/Über.dll".into())));
        assert_eq!(host(&apphost(X64, "", None), "apphost").map(|h| h.binding), Some(Binding::Unbound));
        assert!(matches!(read(&bound), Image::Pe(pe) if pe.subsystem == Subsystem::Console && !pe.dll));
    }

    #[test]
    fn other_files_are_no_apphosts() {
        assert_eq!(host(&native(X64), "App"), None);
        assert_eq!(host(&elf(Arch::X64, b"App2.dll\0\0\0"), "App"), None);
        let model = Pe { data: unbound(), ..Pe::assembly(None) };
        assert_eq!(host(&model.bytes(), "Microsoft.NET.HostModel"), None, "it is managed");
    }

    #[test]
    fn an_apphost_of_linux_is_read_too() {
        let host = host(&image("elf x64 apphost App.dll"), "App").expect("an apphost");
        assert_eq!((host.binding, host.bundle), (Binding::Dll("App.dll".into()), None));
    }

    #[test]
    fn a_bundle_lists_its_files() {
        let list = manifest(&[(1, 0x100, 7, "App.dll"), (4, 2, 5, "App.runtimeconfig.json")]);
        let bytes = apphost(X64, "App.dll", Some(&list));
        let header = host(&bytes, "App").and_then(|h| h.bundle).expect("a bundle");
        let bundle = Bundle::read(&mut &*bytes, header).expect("a whole list");
        assert_eq!((bundle.version, bundle.id.as_str(), bundle.unpacks_all), ((6, 0), "abcd", false));
        let config = bundle.file(BundleFileKind::RuntimeConfigJson).expect("is listed");
        assert_eq!(config.path, "App.runtimeconfig.json");
        assert_eq!(config.read(&mut &*bytes, 100).expect("lies in the file"), bytes[2..7]);
        assert!(config.read(&mut &*bytes, 4).is_err(), "larger than asked for");
        for cut in 0..list.len() {
            let cut = apphost(X64, "App.dll", Some(&list[..cut]));
            assert!(Bundle::read(&mut &*cut, header).is_err());
        }
    }

    #[test]
    fn native_ahead_of_time_code_is_guessed_by_its_sections() {
        let bytes = image("pe x64 native-aot");
        assert!(read(&bytes).is_native_aot(&mut &*bytes).expect("readable"));
        assert!(!read(&native(X64)).is_native_aot(&mut &*native(X64)).expect("readable"));
        assert!(!read(&any_cpu()).is_native_aot(&mut &*any_cpu()).expect("readable"));
    }

    #[test]
    fn every_kind_of_source_reads_the_same() {
        let bytes = apphost(X64, "App.dll", Some(&manifest(&[(1, 1, 1, "App.dll")])));
        let mut sources: [Box<dyn Source>; 3] = [
            Box::new(&*bytes),
            Box::new(Seekable::new(Cursor::new(&bytes)).expect("seeks")),
            Box::new(Forward::new(Cursor::new(&bytes), bytes.len() as u64, usize::MAX)),
        ];
        for source in &mut sources {
            let image = Image::read(source.as_mut()).expect("readable");
            let apphost =
                AppHost::read(source.as_mut(), &image, "App").expect("readable").expect("an apphost");
            let bundle = Bundle::read(source.as_mut(), apphost.bundle.expect("a bundle")).expect("whole");
            assert_eq!(bundle.files.len(), 1);
        }
    }

    #[test]
    fn a_forward_source_keeps_no_more_than_its_limit() {
        let mut source = Forward::new(std::io::repeat(7), 1 << 40, 1000);
        let mut buffer = [0; 16];
        assert_eq!(source.read_at(990, &mut buffer).expect("readable"), 10);
        assert_eq!(source.read_at(1 << 39, &mut buffer).expect("readable"), 0);
    }

    proptest! {
        #[test]
        fn damaged_images_do_not_panic(
            which in 0..4_usize, at in any::<prop::sample::Index>(), change in prop::collection::vec(any::<u8>(), 1..9),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = match which {
                0 => assembly(X64, true, IL_LIBRARY, true),
                1 => apphost(X64, "App.dll", Some(&manifest(&[(1, 1, 1, "App.dll")]))),
                2 => elf(Arch::X64, &unbound()),
                _ => { let mut mac = vec![0; 300]; mac[..4].copy_from_slice(&[0xCF, 0xFA, 0xED, 0xFE]); mac }
            };
            // Headers are where damage matters.
            let start = at.index(bytes.len().min(0x260));
            for (i, byte) in change.into_iter().enumerate() {
                if let Some(b) = bytes.get_mut(start + i) { *b = byte; }
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            let image = read(&bytes);
            let _ = image.is_native_aot(&mut &*bytes);
            if let Some(header) = host(&bytes, "App").and_then(|h| h.bundle) {
                let _ = Bundle::read(&mut &*bytes, header);
            }
        }
    }
}
