//! Errors in a runtimeconfig.json stand where hostfxr 9.0.5 says, in its words. The table was made by running
//! it on each text.

#[cfg(test)]
mod json_as_hostfxr {
    use falconer_dotnet::json::{Dialect, MAX_BYTES, Value, parse};
    use falconer_dotnet::runtimeconfig::{RuntimeConfig, RuntimeConfigError, RuntimeConfigProblem};
    use proptest::prelude::*;

    /// What stands before the interesting part in many of the texts.
    const HEAD: &str = r#"{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"3.1.0""#;

    fn error(text: &str) -> RuntimeConfigError {
        RuntimeConfig::parse(text.as_bytes()).expect_err(text)
    }

    #[test]
    fn syntax_errors_have_hostfxrs_offset_and_words() {
        for (text, offset, message) in [
            ("", 0, "line 1, column 1: The document is empty."),
            ("   \n ", 5, "line 2, column 2: The document is empty."),
            ("{HEAD,}}}", 81, "line 1, column 82: Missing a name for object member."),
            ("{HEAD,\"x\":\"\\uD800\"}}}", 86, "line 1, column 87: The surrogate pair in string is invalid."),
            ("{HEAD,\"x\":\"a\nb\"}}}", 87, "line 1, column 88: Invalid encoding in string."),
            ("{HEAD,\"x\":01}}}", 86, "line 1, column 87: Missing a comma or '}' after an object member."),
            ("{HEAD,\"x\":1.}}}", 87, "line 1, column 88: Miss fraction part in number."),
            ("{HEAD,\"x\":1e999}}}", 85, "line 1, column 86: Number too big to be stored in double."),
            ("{HEAD,\"x\":\"abc", 89, "line 1, column 90: Missing a closing quotation mark in string."),
            ("{HEAD \"x\":\"abc\"}", 81, "line 1, column 82: Missing a comma or '}' after an object member."),
            ("{HEAD,\"x\":nul}}}", 88, "line 1, column 89: Invalid value."),
            (
                "{\"runtimeOptions\" {}}",
                18,
                "line 1, column 19: Missing a colon after a name of object member.",
            ),
            (
                "{\"runtimeOptions\":{\"a\":[1 2]}}",
                26,
                "line 1, column 27: Missing a comma or ']' after an array element.",
            ),
            (
                "{\"runtimeOptions\":{\"a\":\"\\q\"}}",
                24,
                "line 1, column 25: Invalid escape character in string.",
            ),
            (
                "{\"runtimeOptions\":{\"a\":\"\\u12G4\"}}",
                24,
                "line 1, column 25: Incorrect hex digit after \\u escape in string.",
            ),
            ("{\"runtimeOptions\":{/ x}}", 20, "line 1, column 21: Unspecific syntax error."),
            ("{\"runtimeOptions\":{/* x", 23, "line 1, column 24: Unspecific syntax error."),
        ] {
            let error = error(&text.replace("{HEAD", HEAD));
            assert_eq!(error.to_string(), message);
            assert_eq!(error.span.start, offset, "{text}");
        }
    }

    #[test]
    fn what_hostfxr_accepts_is_accepted() {
        for text in [
            "\u{feff}{HEAD}}}",
            "{HEAD}}} garbage",
            "// c\n{/* x */{HEAD}}}",
            "{\"runtimeOptions\":null}",
            "{\"runtimeOptions\":{}}",
        ] {
            let text =
                text.replace("{/* x */{HEAD", &HEAD.replacen('{', "{/* x */", 1)).replace("{HEAD", HEAD);
            assert!(RuntimeConfig::parse(text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn values_that_hostfxr_refuses_are_named() {
        use RuntimeConfigProblem as P;
        for (text, problem) in [
            ("[]", P::NotAnObject("an array")),
            ("{}", P::NoRuntimeOptions),
            ("{\"RuntimeOptions\":{}}", P::NoRuntimeOptions),
            ("{\"runtimeOptions\":{\"rollForward\":\"x\"}}", P::UnknownRollForward("x".to_owned())),
            ("{\"runtimeOptions\":{\"rollForward\":\"Major\",\"applyPatches\":true}}", P::MixedRollForward),
            ("{HEAD},\"includedFrameworks\":[]}}", P::IncludedAndReferenced),
            (
                "{HEAD},\"frameworks\":[{\"name\":\"Microsoft.NETCore.App\"}]}}",
                P::DuplicateFramework("Microsoft.NETCore.App".to_owned()),
            ),
            ("{\"runtimeOptions\":{\"framework\":{\"version\":\"1.0.0\"}}}", P::NoFrameworkName),
            (
                "{\"runtimeOptions\":{\"rollForward\":5}}",
                P::WrongType { key: "rollForward", expected: "a string", found: "a number" },
            ),
            (
                "{\"runtimeOptions\":{\"frameworks\":{}}}",
                P::WrongType { key: "frameworks", expected: "an array of frameworks", found: "an object" },
            ),
        ] {
            assert_eq!(error(&text.replace("{HEAD", HEAD)).problem, problem, "{text}");
        }
    }

    #[test]
    fn every_setting_is_read_with_its_place() {
        let text = r#"{ "runtimeOptions": {
            "tfm": "net8.0",
            "rollForward": "latestMinor",
            "frameworks": [
                { "name": "Microsoft.NETCore.App", "version": "8.0.0" },
                { "name": "Microsoft.AspNetCore.App", "version": "8.0.4", "rollForward": "Major" }
            ],
            "additionalProbingPaths": ["C:\\p"],
            "configProperties": { "System.GC.Server": true, "FX_DEPS_FILE": "x" }
        } }"#;
        let config = RuntimeConfig::parse(text.as_bytes()).expect("valid");
        let at = |span: falconer_dotnet::text::Span| &text[span.range()];
        let aspnetcore = config.framework("Microsoft.AspNetCore.App").expect("is referred to");
        assert_eq!(at(aspnetcore.span()), "\"8.0.4\"");
        assert_eq!(at(aspnetcore.name.span), "\"Microsoft.AspNetCore.App\"");
        assert_eq!(aspnetcore.roll_forward.map(|r| at(r.span)), Some("\"Major\""));
        assert_eq!(config.target_framework().map(|t| t.to_string()).as_deref(), Some("net8.0"));
        assert_eq!(config.additional_probing_paths[0].value, "C:\\p");
        assert_eq!(config.config_properties[0].value.value, "true");
        assert_eq!(config.reserved_property().map(|p| p.value.as_str()), Some("FX_DEPS_FILE"));
        assert!(config.framework_dependent && config.included_frameworks.is_empty());
    }

    #[test]
    fn bounds_are_errors() {
        let deep = "[".repeat(1_000_000);
        assert!(error(&deep).to_string().ends_with("The document is nested too deep."));
        let large = " ".repeat(MAX_BYTES + 1);
        assert!(error(&large).to_string().contains("The document is larger than"));
        let many = format!("[{}0]", "0,".repeat(1_000_001));
        assert!(error(&many).to_string().contains("The document has more than"));
    }

    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|b| b.to_string()),
            any::<f64>().prop_filter("finite", |f| f.is_finite()).prop_map(|f| format!("{f:e}")),
            "[a-z\u{e9}]{0,4}".prop_map(|t| format!("\"{t}\\n\"")),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|v| format!("[{}]", v.join(" , "))),
                prop::collection::vec(("[a-z]{0,3}", inner), 0..4).prop_map(|v| {
                    let members: Vec<String> = v.iter().map(|(k, v)| format!("\"{k}\" :{v}")).collect();
                    format!("{{ /* c */ {} }}", members.join(","))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn valid_json_is_read_by_both_dialects(text in json()) {
            for dialect in [Dialect::HostFxr, Dialect::AppSettings] {
                let node = parse(text.as_bytes(), dialect);
                prop_assert!(node.is_ok(), "{:?}", node);
            }
        }

        #[test]
        fn spans_cut_out_the_value_again(text in json()) {
            let root = parse(text.as_bytes(), Dialect::HostFxr).expect("valid");
            if let Value::Array(elements) = &root.value {
                for element in elements {
                    let again = parse(&text.as_bytes()[element.span.range()], Dialect::AppSettings);
                    prop_assert_eq!(again.map(|n| n.kind()), Ok(element.kind()));
                }
            }
        }

        #[test]
        fn damaged_json_is_an_error_at_a_place_in_the_text_or_no_error(
            text in json(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
        ) {
            let mut bytes = text.into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            for dialect in [Dialect::HostFxr, Dialect::AppSettings] {
                if let Err(error) = parse(&bytes, dialect) {
                    prop_assert!(error.offset <= bytes.len());
                }
            }
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = RuntimeConfig::parse(&bytes);
            let _ = falconer_dotnet::deps::DepsFile::parse(&bytes);
            let _ = falconer_dotnet::appsettings::inspect(&bytes);
        }
    }
}
