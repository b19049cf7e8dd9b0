//! Inventories are read from the outputs of every era and from what pasting does to them.

#[cfg(test)]
mod inventory {
    use falconer_dotnet::inventory::{Form, Inventory, find};
    use falconer_dotnet::platform::Arch;
    use proptest::prelude::*;

    const INFO_9: &str = include_str!("data/inventory/info-9.0.txt");
    const INFO_31: &str = include_str!("data/inventory/info-3.1.txt");
    const INFO_21: &str = include_str!("data/inventory/info-2.1-sdk.txt");
    const INFO_10: &str = include_str!("data/inventory/info-1.0-sdk.txt");
    const INFO_GERMAN: &str = include_str!("data/inventory/info-german-10.0.txt");
    const LIST: &str = include_str!("data/inventory/list-runtimes.txt");
    const NOT_FOUND_9: &str = include_str!("data/inventory/not-found-9.0.txt");
    const NOT_FOUND_API_9: &str = include_str!("data/inventory/not-found-api-9.0.txt");
    const NOT_FOUND_31: &str = include_str!("data/inventory/not-found-3.1.txt");
    const NONE_FOUND_9: &str = include_str!("data/inventory/none-found-9.0.txt");
    const NOT_FOUND_OTHER: &str = include_str!("data/inventory/not-found-other-architecture.txt");
    const ALL: [&str; 11] = [
        INFO_9,
        INFO_31,
        INFO_21,
        INFO_10,
        INFO_GERMAN,
        LIST,
        NOT_FOUND_9,
        NOT_FOUND_API_9,
        NOT_FOUND_31,
        NONE_FOUND_9,
        NOT_FOUND_OTHER,
    ];

    /// The one inventory of a text.
    fn only(text: &str) -> Inventory {
        let mut found = find(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0).1
    }

    fn runtimes(inventory: &Inventory) -> Vec<String> {
        let show = |a: Arch| format!(" {a}");
        inventory
            .runtimes
            .iter()
            .map(|r| format!("{} {}{}", r.name, r.version, r.arch.map(show).unwrap_or_default()))
            .collect()
    }

    #[test]
    fn info_of_9_tells_host_architecture_and_runtimes() {
        let info = only(INFO_9);
        assert_eq!(info.form, Form::Info);
        assert_eq!(info.host_version.as_ref().map(ToString::to_string).as_deref(), Some("9.0.5"));
        assert_eq!((info.arch, info.rid.as_deref()), (Some(Arch::X64), Some("linux-x64")));
        assert_eq!(
            runtimes(&info),
            [
                "Microsoft.AspNetCore.App 9.0.5 x64",
                "Microsoft.NETCore.App 3.1.23 x64",
                "Microsoft.NETCore.App 9.0.5 x64"
            ]
        );
        assert_eq!(info.runtimes[0].dir, "/opt/dotnet/shared/Microsoft.AspNetCore.App");
        assert!(info.sdks.is_empty() && info.other_roots.is_empty() && info.environment.is_empty());
        assert_eq!(info.global_json, None);
    }

    #[test]
    fn info_of_3_1_and_2_1_and_1_0_is_read() {
        assert_eq!(runtimes(&only(INFO_31)), ["Microsoft.NETCore.App 3.1.23"]);
        let info = only(INFO_21);
        assert_eq!(info.sdk_version.as_deref(), Some("2.2.104"));
        assert_eq!(info.sdks.len(), 2);
        assert_eq!(runtimes(&info)[0], "Microsoft.AspNetCore.All 2.1.8 x64");
        let info = only(INFO_10);
        assert_eq!(info.sdk_version.as_deref(), Some("1.0.4"));
        assert_eq!(info.host_version.as_ref().map(ToString::to_string).as_deref(), Some("1.1.0"));
        assert!(!info.lists_runtimes, "1.0 does not list runtimes: nothing follows from their absence");
    }

    #[test]
    fn headings_may_be_in_another_language() {
        let info = only(INFO_GERMAN);
        assert_eq!(info.sdk_version.as_deref(), Some("10.0.100"));
        assert_eq!((info.arch, info.rid.as_deref()), (Some(Arch::X64), Some("win-x64")));
        assert_eq!(info.other_roots[0].arch, Arch::X86);
        assert_eq!(info.other_roots[0].dir, "C:\\Program Files (x86)\\dotnet");
        assert_eq!(
            info.environment,
            [
                ("DOTNET_ROOT".to_owned(), "C:\\dotnet".to_owned()),
                ("DOTNET_ROOT(x86)".to_owned(), "C:\\dotnet86".to_owned())
            ]
        );
        assert_eq!(info.global_json.as_deref(), Some("C:\\src\\global.json"));
        let old = ".NET Core SDK (gem\u{e4}\u{df} \"global.json\"):\n Version:   3.0.100\n\nLaufzeitumgebung:\n RID:         win10-x64\n";
        assert_eq!(only(old).sdk_version.as_deref(), Some("3.0.100"));
    }

    #[test]
    fn a_list_of_runtimes_needs_no_heading() {
        let list = only(LIST);
        assert_eq!(list.form, Form::Info);
        assert_eq!(runtimes(&list).len(), 3);
        assert!(list.lists_runtimes);
    }

    #[test]
    fn nothing_follows_from_absence_in_a_shortened_list() {
        let shortened = only(
            ".NET runtimes installed:\n  Microsoft.AspNetCore.App 6.0.3 [C:\\d\\shared\\Microsoft.AspNetCore.App]\n",
        );
        assert_eq!((shortened.runtimes.len(), shortened.lists_runtimes), (1, false));
        assert_eq!(find(".NET runtimes installed: Microsoft.AspNetCore.App 2.1.2 ... 2.2.7 and later"), []);
        let none = only(".NET runtimes installed:\n  No runtimes were found.\n");
        assert!(none.lists_runtimes && none.runtimes.is_empty());
    }

    #[test]
    fn lists_in_errors_tell_the_framework_and_the_architecture() {
        for (text, arch) in [(NOT_FOUND_9, " x64"), (NOT_FOUND_API_9, " x64"), (NOT_FOUND_31, " x64")] {
            let found = only(text);
            assert_eq!(found.form, Form::Found);
            assert_eq!(found.asked_for.as_deref(), Some("Microsoft.NETCore.App"));
            assert_eq!(runtimes(&found)[0], format!("Microsoft.NETCore.App 3.1.23{arch}"));
        }
        let none = only(NONE_FOUND_9);
        assert_eq!(none.asked_for.as_deref(), Some("Microsoft.AspNetCore.App"));
        assert!(none.lists_runtimes && none.runtimes.is_empty());
    }

    #[test]
    fn frameworks_for_other_architectures_are_told_apart() {
        assert_eq!(
            runtimes(&only(NOT_FOUND_OTHER)),
            [
                "Microsoft.AspNetCore.App 6.0.5 x64",
                "Microsoft.AspNetCore.App 8.0.1 x86",
                "Microsoft.AspNetCore.App 8.0.2 arm64"
            ]
        );
    }

    #[test]
    fn lists_of_1_x_have_bare_versions() {
        let found = only(
            "The specified framework 'Microsoft.NETCore.App', version '1.1.0' was not found.\n\
             \x20 - Check application dependencies and target a framework version installed at:\n\
             \x20     /usr/share/dotnet/shared/Microsoft.NETCore.App\n\
             \x20 - The following versions are installed:\n      1.0.0\n      1.0.4\n\
             \x20 - Alternatively, install the framework version '1.1.0'.\n",
        );
        assert_eq!(runtimes(&found), ["Microsoft.NETCore.App 1.0.0", "Microsoft.NETCore.App 1.0.4"]);
    }

    #[test]
    fn lists_of_2_x_have_versions_with_folders() {
        let found = only(
            "The specified framework 'Microsoft.AspNetCore.App', version '2.1.3' was not found.\n\
             \x20 - The following versions are installed:\n\
             \x20     2.1.1 at [/usr/local/share/dotnet/shared/Microsoft.AspNetCore.App]\n",
        );
        assert_eq!(runtimes(&found), ["Microsoft.AspNetCore.App 2.1.1"]);
    }

    #[test]
    fn links_that_mail_programs_add_are_taken_off() {
        let list = only(
            "  [Microsoft.AspNetCore.App](http://microsoft.aspnetcore.app/) 6.0.3 \
             [C:\\Program Files\\dotnet\\shared\\[Microsoft.AspNetCore.App](http://microsoft.aspnetcore.app/)]",
        );
        assert_eq!(runtimes(&list), ["Microsoft.AspNetCore.App 6.0.3 x64"]);
        assert_eq!(list.runtimes[0].dir, "C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App");
    }

    #[test]
    fn a_console_may_wrap_inside_of_a_folder() {
        let list = only(
            ".NET Core runtimes installed:\n  Microsoft.AspNetCore.All 2.2.0 \
             [C:\\Program Files\\dotnet\\shared\\Microsoft.AspNe\r\ntCore.All]\n",
        );
        assert_eq!(list.runtimes[0].dir, "C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.All");
    }

    #[test]
    fn flattened_texts_and_time_stamps_do_not_matter() {
        for text in
            [INFO_9, INFO_31, INFO_21, INFO_10, NOT_FOUND_9, NOT_FOUND_31, NONE_FOUND_9, NOT_FOUND_OTHER]
        {
            let plain = only(text);
            let flat = only(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            assert_eq!((&flat.runtimes, &flat.sdks), (&plain.runtimes, &plain.sdks), "{text}");
            assert_eq!((flat.host_version, flat.rid), (plain.host_version, plain.rid), "{text}");
        }
        let stamped: String =
            NOT_FOUND_9.lines().map(|l| format!("2023-09-09T17:50:26.375Z {l}\n")).collect();
        assert_eq!(runtimes(&only(&stamped)), runtimes(&only(NOT_FOUND_9)));
    }

    #[test]
    fn outputs_in_one_text_stay_apart() {
        let text = format!("before the update:\n{INFO_31}\nafter:\n{INFO_9}\nand then:\n{NOT_FOUND_9}");
        let found = find(&text);
        assert_eq!(found.iter().map(|(_, i)| i.runtimes.len()).collect::<Vec<_>>(), [1, 3, 2]);
        for ((range, _), start) in found.iter().zip(["Host (useful", "Host:", "Architecture"]) {
            assert!(text[range.clone()].contains(start) || range.start > 0, "{start}");
            assert!(range.start < range.end && range.end <= text.len());
        }
    }

    #[test]
    fn x86_is_told_by_the_folder() {
        let list = only(
            "Microsoft.NETCore.App 5.0.0 [C:\\Program Files (x86)\\dotnet\\shared\\Microsoft.NETCore.App]",
        );
        assert_eq!(list.runtimes[0].arch, Some(Arch::X86));
    }

    #[test]
    fn listings_of_folders_are_read() {
        for text in [
            " Directory of C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App\n\n\
             01/02/2024  10:00 AM    <DIR>          .\n01/02/2024  10:00 AM    <DIR>          ..\n\
             01/02/2024  10:00 AM    <DIR>          6.0.3\n01/02/2024  10:00 AM    <DIR>          8.0.1\n\
             \x20              0 File(s)              0 bytes\n",
            "PS> dir\n\n    Directory: C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App\n\n\
             Mode                LastWriteTime         Length Name\n----                -------------         ------ ----\n\
             d-----        1/2/2024  10:00 AM                6.0.3\nd-----        1/2/2024  10:00 AM                8.0.1\n",
            "C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App\\6.0.3\r\n\
             C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App\\8.0.1\r\n",
        ] {
            let listing = only(text);
            assert_eq!(listing.form, Form::Folder);
            assert_eq!(
                runtimes(&listing),
                ["Microsoft.AspNetCore.App 6.0.3 x64", "Microsoft.AspNetCore.App 8.0.1 x64"],
                "{text}"
            );
            assert_eq!(
                listing.runtimes[0].dir,
                "C:\\Program Files\\dotnet\\shared\\Microsoft.AspNetCore.App"
            );
        }
        let ls = only("$ ls /usr/share/dotnet/shared/Microsoft.NETCore.App/\n2.1.1  2.2.0\n$ ");
        assert_eq!(runtimes(&ls).len(), 2);
    }

    #[test]
    fn other_texts_hold_no_inventory() {
        for text in [
            "",
            "[12:00:00 INF] Now listening on: http://localhost:5000 [x]",
            "Install a .NET SDK from:\n  https://aka.ms/dotnet-download",
            "Package Foo.Bar 1.0.0 was restored. [C:\\x",
            "Host: www.example.com\nArchitecture: x64\n RID: win-x64",
            "Version 1.0.0 [beta]",
            "[[[[[[[[ ]]]]",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn hostile_repetitions_take_no_long_time() {
        for piece in
            ["[", "a.b 1.0.0 [", "shared/a.b", "shared/a.b\n", "global.json file:", ".NET SDK", "(1.0.0"]
        {
            let _ = find(&piece.repeat(20_000));
        }
    }

    proptest! {
        #[test]
        fn ranges_lie_in_the_text_and_nothing_panics(
            which in 0..ALL.len(),
            cut in any::<prop::sample::Index>(),
            at in any::<prop::sample::Index>(),
            insert in "\\PC{0,8}|\\[|\\]|\n|\r\n|at ",
        ) {
            let mut text: String = ALL[which].to_owned();
            let boundary = |i: usize, t: &str| (0..=i).rev().find(|i| t.is_char_boundary(*i)).unwrap_or(0);
            text.truncate(boundary(cut.index(text.len() + 1), &text));
            text.insert_str(boundary(at.index(text.len() + 1), &text), &insert);
            for (range, _) in find(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }

        #[test]
        fn no_text_panics(text in "(\\PC|[\\[\\]\n]|shared/|Host:|at |1\\.0\\.0 |A\\.B ){0,60}") {
            let _ = Inventory::parse(&text);
        }
    }
}
